"""A learner's own copies: no answer on the page, nothing ever written over, links that work."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pmkit.learning.copies as module
from pmkit.learning.copies import Copied, learner_copy, main, make_copies
from pmkit.learning.record import record
from pmkit.model.errors import PlanError
from tests.servers import ROOT

NOTEBOOKS = ROOT / "notebooks"


def code(source: str, *tags: str) -> Any:
    """Return a cell that was run."""
    output = nbformat.v4.new_output(
        "execute_result", data={"text/plain": source}, execution_count=1
    )
    return nbformat.v4.new_code_cell(
        source, outputs=[output], execution_count=1, metadata={"tags": list(tags)}
    )


def write(path: Path, *cells: Any) -> Path:
    """Write a notebook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=list(cells)), path)
    return path


@pytest.fixture
def source(tmp_path) -> Path:
    """A door, and a lesson that asks for a prediction."""
    folder = tmp_path / "notebooks"
    write(folder / "00_start_here.ipynb", code("door"))
    write(
        folder / "lessons" / "04_progress.ipynb",
        nbformat.v4.new_markdown_cell("# 4"), code("before"), code("guess", "predict"),
        code("answer"), code("owners", "validate"), nbformat.v4.new_markdown_cell("end"),
    )  # fmt: skip
    write(folder / ".ipynb_checkpoints" / "old.ipynb", code("old"))
    return folder


def shown(path: Path) -> list[tuple[str, int]]:
    """Return each code cell with the number of its outputs."""
    cells = nbformat.read(path, as_version=4).cells
    return [(c.source, len(c.outputs)) for c in cells if c.cell_type == "code"]


def test_a_copy_shows_nothing_from_the_first_prediction_on_and_nothing_to_validate(
    source, tmp_path
):
    done = make_copies(source, tmp_path / "work")
    assert done == Copied(("00_start_here.ipynb", "lessons/04_progress.ipynb"))
    copy = tmp_path / "work" / "lessons" / "04_progress.ipynb"
    assert shown(copy) == [("before", 1), ("guess", 0), ("answer", 0)]
    cells = nbformat.read(copy, as_version=4).cells
    assert [c.cell_type for c in cells] == ["markdown", "code", "code", "code", "markdown"]
    assert cells[3].execution_count is None
    nbformat.validate(nbformat.read(copy, as_version=4))


@pytest.mark.parametrize("told", ["It is **late**.\n\n- why", ["It is **late**.\n", "\n", "- why"]])
def test_text_that_tells_the_answer_is_folded_in_the_copy_alone(told):
    def cell(kind: str, *tags: str) -> dict[str, Any]:
        return {"cell_type": kind, "source": told, "metadata": {"tags": list(tags)}, "outputs": []}

    notebook = {"cells": [cell("markdown", "answer"), cell("markdown"), cell("code", "answer")]}
    folded, plain, code_cell = learner_copy(notebook)["cells"]
    assert folded["source"] == (
        "<details><summary>Open this after your prediction</summary>\n\n"
        "It is **late**.\n\n- why\n\n</details>"
    )
    assert plain["source"] == code_cell["source"] == told
    assert notebook["cells"][0]["source"] == told


def test_a_notebook_without_predictions_keeps_everything(source, tmp_path):
    make_copies(source, tmp_path / "work")
    names = ("notebooks", "work")
    one, other = (nbformat.read(tmp_path / n / "00_start_here.ipynb", 4) for n in names)
    assert one == other


def test_what_a_learner_has_is_never_written_over(source, tmp_path):
    work = tmp_path / "work"
    make_copies(source, work)
    mine = write(work / "lessons" / "04_progress.ipynb", code("my own work"))
    before = mine.read_bytes()
    assert make_copies(source, work) == Copied()
    write(source / "lessons" / "04_progress.ipynb", code("a better lesson"))
    done = make_copies(source, work)
    assert done == Copied((), ("lessons/04_progress.ipynb",))
    assert mine.read_bytes() == before
    assert done.sentences("work") == [
        "work/lessons/04_progress.ipynb: this notebook has a newer version; yours stays as it is; "
        "to get the new one, rename or delete yours and start again"
    ]


def test_after_renaming_theirs_a_learner_gets_the_new_one(source, tmp_path):
    work = tmp_path / "work"
    make_copies(source, work)
    write(source / "lessons" / "04_progress.ipynb", code("a better lesson"))
    mine = work / "lessons" / "04_progress.ipynb"
    mine.rename(mine.with_stem("mine"))
    assert make_copies(source, work).made == ("lessons/04_progress.ipynb",)
    assert shown(mine) == [("a better lesson", 1)]
    assert make_copies(source, work) == Copied()


def test_a_new_lesson_is_added_and_the_others_stay(source, tmp_path):
    make_copies(source, tmp_path / "work")
    write(source / "lessons" / "05_risks.ipynb", code("new"))
    assert make_copies(source, tmp_path / "work").made == ("lessons/05_risks.ipynb",)


def test_a_copy_that_is_stopped_half_way_goes_on_next_time(source, tmp_path, monkeypatch):
    write_one, done = module._write, []

    def stop(path: Path, text: str) -> None:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(path)
        write_one(path, text)

    monkeypatch.setattr(module, "_write", stop)
    with pytest.raises(KeyboardInterrupt):
        make_copies(source, tmp_path / "work")
    monkeypatch.undo()
    assert make_copies(source, tmp_path / "work").made == ("lessons/04_progress.ipynb",)


def test_a_write_that_fails_leaves_no_half_notebook(source, tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.os, "replace", full)
    with pytest.raises(PlanError) as error:
        make_copies(source, tmp_path / "work")
    assert str(error.value) == (
        f"copies: {str(tmp_path / 'work')!r} must be a folder that can be written to, got no space "
        "left on device"
    )
    assert [p.name for p in (tmp_path / "work").iterdir()] == [".pmkit_work.lock"]


def test_a_marker_that_is_broken_is_made_anew_and_nothing_is_lost(source, tmp_path):
    work = tmp_path / "work"
    make_copies(source, work)
    mine = write(work / "00_start_here.ipynb", code("mine"))
    (work / ".pmkit_work").write_text("{")
    (work / "lessons" / "04_progress.ipynb").unlink()
    assert make_copies(source, work).made == ("lessons/04_progress.ipynb",)
    assert shown(mine) == [("mine", 1)]
    assert list(json.loads((work / ".pmkit_work").read_text())["copies"]) == [
        "lessons/04_progress.ipynb"
    ]


def test_what_is_no_notebook_and_what_is_no_folder_is_told(source, tmp_path):
    (source / "broken.ipynb").write_text("{}")
    with pytest.raises(PlanError) as error:
        make_copies(source, tmp_path / "work")
    assert str(error.value) == "broken.ipynb: must be a notebook, got something else ('cells')"
    with pytest.raises(PlanError) as error:
        make_copies("nowhere", tmp_path / "work")
    assert str(error.value) == (
        "copies: notebooks must be in a folder that is there, got 'nowhere'"
    )


def test_from_a_copy_the_record_is_that_of_its_folder(source, tmp_path, monkeypatch):
    monkeypatch.delenv("PMKIT_PROGRESS", raising=False)
    make_copies(source, tmp_path / "work")
    monkeypatch.chdir(tmp_path / "work" / "lessons")
    assert record().path == tmp_path / "work" / "progress.json"


def test_two_that_copy_at_once_make_each_copy_once(source, tmp_path):
    for n in range(20):
        write(source / "lessons" / f"more_{n:02}.ipynb", code("x"))
    words = [sys.executable, "-m", "pmkit.learning.copies", str(source), str(tmp_path / "work")]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    both = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=env) for _ in "ab"]
    said = "".join(process.communicate()[0] for process in both)
    assert said == f"pmkit: 22 notebooks are yours now, in {tmp_path / 'work'}/\n"


def test_the_command_says_what_is_wrong(tmp_path, capsys):
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("usage:")
    assert main([str(tmp_path / "none"), str(tmp_path)]) == 1
    assert "must be in a folder that is there" in capsys.readouterr().err


tags = st.lists(st.sampled_from(["predict", "validate", "other"]), max_size=2)


@given(st.lists(st.tuples(st.sampled_from(["code", "markdown"]), tags), max_size=12))
def test_no_output_follows_a_prediction_whatever_the_order(told):
    cells = [
        {"cell_type": kind, "source": str(n), "metadata": {"tags": tags},
         **({"outputs": [{}], "execution_count": n} if kind == "code" else {})}
        for n, (kind, tags) in enumerate(told)
    ]  # fmt: skip
    before = json.dumps(cells)
    copy = learner_copy({"cells": cells})["cells"]
    assert json.dumps(cells) == before  # the reference is left alone
    kept = [c for c in cells if "validate" not in c["metadata"]["tags"]]
    assert [c["source"] for c in copy] == [c["source"] for c in kept]
    first = next((n for n, c in enumerate(kept) if "predict" in c["metadata"]["tags"]), len(kept))
    assert copy[:first] == kept[:first]
    assert not any(c.get("outputs") for c in copy[first:])


# Those that ship


@pytest.fixture(scope="module")
def work(tmp_path_factory) -> Path:
    """Copies of the notebooks that ship, beside the exercises, as in a working copy."""
    root = tmp_path_factory.mktemp("root")
    (root / "exercises").symlink_to(ROOT / "exercises")
    make_copies(NOTEBOOKS, root / "work")
    return root / "work"


def test_links_between_the_copies_and_out_of_them_work(work):
    broken = [
        f"{path.relative_to(work)}: {target}"
        for path in work.rglob("*.ipynb")
        for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown"
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", cell.source)
        if "://" not in target and not (path.parent / target).exists()
    ]  # fmt: skip
    assert broken == []


def test_copies_of_the_workbench_keep_their_pictures(work):
    for path in (NOTEBOOKS / "workbench").glob("*.ipynb"):
        assert nbformat.read(work / "workbench" / path.name, 4) == nbformat.read(path, 4)


def test_no_copy_of_a_lesson_has_an_answer_on_the_page(work):
    for path in (work / "lessons").glob("*.ipynb"):
        cells = nbformat.read(path, 4).cells
        tagged = [n for n, c in enumerate(cells) if "predict" in c.metadata.get("tags", [])]
        assert tagged, path.name
        assert not any(c.get("outputs") for c in cells[tagged[0] :]), path.name
        assert not any("validate" in c.metadata.get("tags", []) for c in cells), path.name
