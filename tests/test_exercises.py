"""Every assignment passes with its solutions, and says what is wrong without them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jupytext
import pytest

from tools.student_version import student_version

# Those with an exercise.toml have numbers of their own for each student, and tests of their own.
SOURCES = [
    path
    for path in sorted((Path(__file__).parents[1] / "exercises" / "source").glob("*/*.py"))
    if not (path.parent / "exercise.toml").exists()
]
FLOAT = next(path for path in SOURCES if path.stem == "ps1_whose_float")

pytestmark = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)


def run(source: str) -> dict[str, Any]:
    """Run a percent source as the plain script that it is."""
    names: dict[str, Any] = {}
    exec(compile(source, "assignment", "exec"), names)
    return names


def cells(source: str) -> list[Any]:
    """Return the cells of a percent source."""
    return list(jupytext.reads(source, "py:percent").cells)


def test_the_solutions_pass_all_tests(path: Path) -> None:
    assert "plan" in run(path.read_text("utf-8"))


def test_an_empty_answer_fails_with_a_sentence_that_names_it(path: Path) -> None:
    student = student_version(path.read_text("utf-8"))
    with pytest.raises(NotImplementedError, match=r"^\w+: write your answer in place of this line"):
        run(student)


def test_students_get_no_solution_and_no_hidden_test(path: Path) -> None:
    source = path.read_text("utf-8")
    student = student_version(source)
    assert source.count("BEGIN SOLUTION") >= 1
    assert source.count("BEGIN HIDDEN TESTS") >= 1
    assert "SOLUTION" not in student
    assert "HIDDEN" not in student
    hidden = re.findall(r"BEGIN HIDDEN TESTS\n(.*?)### END", source, re.S)
    solved = re.findall(r"BEGIN SOLUTION\n(.*?)### END", source, re.S)
    lines = {line.strip() for block in (*hidden, *solved) for line in block.splitlines()}
    shown = {line.strip() for line in student.splitlines()}
    assert not {line for line in lines & shown if len(line) > 8}
    essays = [c for c in cells(source) if _is_essay(c)]
    given = [c.source for c in cells(student) if _is_essay(c)]
    assert essays
    assert given == ["*Your answer here.*"] * len(essays)


def test_both_versions_have_the_same_cells_in_the_same_order(path: Path) -> None:
    source = path.read_text("utf-8")
    assert [(c.cell_type, c.metadata) for c in cells(source)] == [
        (c.cell_type, c.metadata) for c in cells(student_version(source))
    ]


def test_every_grade_cell_has_its_own_id_its_points_and_a_reason(path: Path) -> None:
    marked = [c for c in cells(path.read_text("utf-8")) if "nbgrader" in c.metadata]
    ids = [c.metadata["nbgrader"]["grade_id"] for c in marked]
    assert len(set(ids)) == len(ids) > 0
    assert sum(c.metadata["nbgrader"].get("points", 0) for c in marked) == 10
    for cell in marked:
        meta = cell.metadata["nbgrader"]
        assert meta["schema_version"] == 3
        if meta["grade"] and cell.cell_type == "code":
            assert meta["points"] > 0
            assert meta["locked"]
            assert re.match(r'"""Checks [^"]+\."""\n', cell.source)
            assert all(isinstance(reason, str) for reason in _reasons(cell.source))


WRONG = {
    "looks at total float, so an own chain seems to move nothing": (
        "    return set(before.index[after > before + 1e-6]) - {activity}\n",
        "    late = pm.critical_path(plan)[activity].total_float < days\n"
        "    return set(before.index) - {activity} if late else set()\n",
        "follows Depot.ChargerOrder without any free float",
    ),
    "forgets to leave out the activity itself": (
        '    delayed = pm.Scenario("delay"',
        '    return {activity}\n    delayed = pm.Scenario("delay"',
        "follows Depot.ChargerOrder without any free float",
    ),
    "returns a list": (
        "    return set(before.index[after > before + 1e-6]) - {activity}\n",
        "    return list(before.index[after > before + 1e-6])\n",
        "must return a set of ids",
    ),
    "asks the program about every delay that moves anything": (
        "    others = [id_ for id_ in starts_later(plan, activity, days) "
        'if id_.split(".")[0] != own]\n',
        "    others = starts_later(plan, activity, days)\n",
        "all of them are in Depot",
    ),
    "lets the project manager decide always": (
        '    return "program manager" if others else "project manager"\n',
        '    return "project manager"\n',
        "one day of Fleet.Ship1 is a day of Service",
    ),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_wrong_answer_is_told_why(path: Path, mistake: str) -> None:
    if path != FLOAT:
        pytest.skip("these mistakes belong to ps1_whose_float")
    right, wrong, reason = WRONG[mistake]
    source = FLOAT.read_text("utf-8")
    assert source.count(right) == 1
    with pytest.raises(AssertionError, match=re.escape(reason)):
        run(source.replace(right, wrong))


def _is_essay(cell: Any) -> bool:
    return cell.cell_type == "markdown" and "nbgrader" in cell.metadata


def _reasons(source: str) -> list[Any]:
    """Return the message of each assert, ``None`` where it has none."""
    import ast

    return [
        node.msg if node.msg is None else ast.literal_eval(node.msg)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assert)
    ]
