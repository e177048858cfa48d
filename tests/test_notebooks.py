"""Committed notebooks were run, hold no logic, and one wrong number in them is noticed."""

from __future__ import annotations

import ast
import copy
import json
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nbformat
import pytest

from tests.servers import ROOT
from tools.run_notebooks import WIDGET, tidy

PATHS = sorted(
    path for path in (ROOT / "notebooks").rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts
)
# Measured with all, few and no system fonts: of the letters a chart may use these come out alike.
# Others (a middle dot, a diamond, a tick) are as wide as the machine's own font says.
SAME_WIDTH_EVERYWHERE = set("…–—−×±≤≥→←•°äöüÄÖÜéèçñß“”‘’€£§½¼")
SVG = "image/svg+xml"
LOGIC = (
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.For,
    ast.FunctionDef,
    ast.If,
    ast.Lambda,
    ast.Try,
    ast.While,
    ast.With,
)
each_notebook = pytest.mark.parametrize(
    "path", PATHS, ids=lambda path: path.relative_to(ROOT / "notebooks").as_posix()
)


def read(path: Path) -> Any:
    """Return the notebook, its multi-line texts joined."""
    return nbformat.read(path, as_version=4)


def code_cells(notebook: Any) -> list[Any]:
    """Return the cells that do something."""
    return [c for c in notebook.cells if c.cell_type == "code" and c.source.strip()]


def outputs(notebook: Any) -> list[Any]:
    """Return every output of every cell."""
    return [output for cell in code_cells(notebook) for output in cell.outputs]


def test_there_are_notebooks_to_open():
    names = {path.relative_to(ROOT / "notebooks").as_posix() for path in PATHS}
    assert {"00_start_here.ipynb", "workbench/what_if.ipynb"} <= names


@each_notebook
def test_every_code_cell_was_run_once_in_order(path):
    counts = [cell.execution_count for cell in code_cells(read(path))]
    assert counts == list(range(1, len(counts) + 1))


@each_notebook
def test_no_output_is_an_error_or_a_warning(path):
    bad = [o for o in outputs(read(path)) if o.output_type == "error" or o.get("name") == "stderr"]
    assert bad == []


@each_notebook
def test_nothing_of_the_machine_or_of_a_session_is_stored(path):
    notebook = read(path)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook == tidy(read(path)), "make notebooks saves it without times and widget state"
    text = json.dumps([cell.get("outputs") for cell in notebook.cells])
    assert re.search(r"/(root|home|Users|tmp)/|[A-Z]:\\\\\\\\Users", text) is None


@each_notebook
def test_no_output_is_a_bitmap_which_nbval_does_not_compare(path):
    kinds = {kind for output in outputs(read(path)) for kind in output.get("data", {})}
    assert {kind for kind in kinds if kind.startswith("image/")} <= {SVG}


@each_notebook
def test_the_letters_of_a_chart_are_as_wide_on_a_machine_with_other_fonts(path):
    for output in outputs(read(path)):
        letters = {letter for letter in output.get("data", {}).get(SVG, "") if letter > "~"}
        assert letters <= SAME_WIDTH_EVERYWHERE


@each_notebook
def test_code_cells_are_short_and_hold_no_logic(path):
    for cell in code_cells(read(path)):
        assert len(cell.source.splitlines()) <= 12, cell.source
        logic = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, LOGIC)]
        assert logic == [], f"logic belongs in the package:\n{cell.source}"


@each_notebook
def test_half_of_the_code_cells_are_of_four_lines_or_fewer(path):
    lines = [len(cell.source.splitlines()) for cell in code_cells(read(path))]
    assert statistics.median(lines) <= 4


@each_notebook
def test_every_link_to_a_file_leads_to_one(path):
    texts = [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]
    for link in re.findall(r"\]\(([^)#]+)", "\n".join(texts)):
        assert link.startswith("https://") or (path.parent / link).exists(), link


@each_notebook
def test_no_cell_is_excused_from_comparison(path):
    for cell in code_cells(read(path)):
        assert not re.search(r"NBVAL_|PYTEST_VALIDATE", cell.source), cell.source
        assert not [tag for tag in cell.metadata.get("tags", []) if tag.startswith("nbval")]


@each_notebook
def test_beside_every_panel_stands_a_cell_with_plain_output(path):
    if path.stem.endswith("_app"):  # a page for Voila: its panel stands in the notebook beside it
        path = path.with_stem(path.stem.removesuffix("_app"))
    cells = code_cells(read(path))
    plain = [any(map(compared, cell.outputs)) for cell in cells]
    for number, cell in enumerate(cells):
        if any(map(is_panel, cell.outputs)):
            assert any(plain[number + 1 : number + 3]), cell.source


def is_panel(output: Any) -> bool:
    """Tell whether an output is what is left of a panel when its kernel has ended."""
    return re.match(r"\w*Panel |WhatIf ", output.get("data", {}).get("text/plain", "")) is not None


def compared(output: Any) -> bool:
    """Tell whether nbval compares what this output says: of a panel it cuts the text."""
    return not is_panel(output)


def change_svg(data: dict[str, str]) -> dict[str, str]:
    """Return the data with one coordinate of a mark changed, half-way through the chart."""
    svg = data[SVG]
    marks = [match.start(1) for match in re.finditer(r'<path [^>]*\bd="M-?\d*\.?\d*,(\d)', svg)]
    return {**data, SVG: with_next_digit(svg, marks[len(marks) // 2])}


def change_table(data: dict[str, str]) -> dict[str, str]:
    """Return the data with the last number of the table changed, in each form it is stored in."""
    changed = dict(data)
    for kind, number in (("text/html", r"<td[^>]*>[^<]*?(\d)"), ("text/plain", r"\b(\d)")):
        for last in list(re.finditer(number, data[kind]))[-1:]:
            changed[kind] = with_next_digit(data[kind], last.start(1))
    return changed


def with_next_digit(text: str, position: int) -> str:
    """Return the text with the digit at `position` one higher, or 0 after 9."""
    digit = str((int(text[position]) + 1) % 10)
    return text[:position] + digit + text[position + 1 :]


def find(wanted: Callable[[dict[str, str]], bool]) -> dict[Path, tuple[int, int]]:
    """Return for each notebook the first cell and output whose data is wanted."""
    found: dict[Path, tuple[int, int]] = {}
    for path in PATHS:
        for number, cell in enumerate(read(path).cells):
            for place, output in enumerate(cell.get("outputs", [])):
                if wanted(output.get("data", {})):
                    found.setdefault(path, (number, place))
    return found


def is_chart(data: dict[str, str]) -> bool:
    """Tell whether an output is a picture with marks in it."""
    return "<path" in data.get(SVG, "")


def is_table(data: dict[str, str]) -> bool:
    """Tell whether an output is a table with a number in it."""
    return re.search(r"<td[^>]*>[^<]*\d", data.get("text/html", "")) is not None


def nbval(folder: Path) -> dict[str, list[str]]:
    """Validate the notebooks of a folder, and return for each the cells that failed."""
    report = folder / "report.xml"
    command = f"-m pytest -q -p no:cacheprovider -c {ROOT / 'pyproject.toml'} --rootdir {folder}"
    command += f" --nbval --nbval-current-env --junitxml {report} --nbval-cell-timeout 120"
    command += f" --nbval-sanitize-with {ROOT / 'tests' / 'nbval_sanitize.cfg'} {folder}"
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    ran = subprocess.run(
        [sys.executable, *command.split()],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
    )
    assert ran.returncode in {0, 1}, ran.stdout + ran.stderr
    failed: dict[str, list[str]] = {path.stem: [] for path in folder.glob("*.ipynb")}
    for case in ElementTree.parse(report).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed[case.attrib["classname"].split(".")[-2]].append(case.attrib["name"])
    return failed


@pytest.mark.long
def test_one_changed_number_in_a_chart_or_in_a_table_is_noticed(tmp_path):
    charts, tables = find(is_chart), find(is_table)
    both = [path for path in PATHS if path in charts and path in tables]
    assert both, "no notebook has both a chart and a table with numbers"
    path = min(both, key=lambda each: len(code_cells(read(each))))
    enough = max(charts[path][0], tables[path][0]) + 1  # the cells after it would only take time
    committed = read(path)
    committed.cells = committed.cells[:enough]
    nbformat.write(committed, tmp_path / "as_committed.ipynb")
    for name, (cell, output), change in (
        ("chart", charts[path], change_svg),
        ("table", tables[path], change_table),
    ):
        notebook = copy.deepcopy(committed)
        data = notebook.cells[cell].outputs[output].data
        notebook.cells[cell].outputs[output].data = nbformat.from_dict(change(data))
        nbformat.write(notebook, tmp_path / f"{name}.ipynb")
    failed = nbval(tmp_path)
    assert failed["as_committed"] == []
    assert len(failed["chart"]) == 1
    assert len(failed["table"]) == 1


def test_saving_clears_what_belongs_to_one_session_and_keeps_the_tags():
    shown = {WIDGET: {"model_id": "9f3a"}, "text/plain": "CrashPanel without a plan"}
    panel = nbformat.v4.new_output("display_data", data=shown)
    cell = nbformat.v4.new_code_cell(
        "1",
        outputs=[panel],
        metadata={"tags": ["a"], "execution": {"iopub.status.idle": "2026"}, "trusted": True},
    )
    dirty = nbformat.v4.new_notebook(cells=[cell], metadata={"widgets": {"state": {}}})
    tidied = tidy(dirty)
    assert set(tidied.metadata) == {"kernelspec", "language_info"}
    assert tidied.cells[0].metadata == {"tags": ["a"]}
    assert tidied.cells[0].id == "cell-01"
    assert tidied.cells[0].outputs[0].data == {"text/plain": "CrashPanel without a plan"}
