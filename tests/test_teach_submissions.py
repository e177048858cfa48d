"""Cells are found by what they name, whatever a student has done to the notebook."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from pmkit.teach.exercise_tables import read_exercise
from pmkit.teach.notebooks import HAND_IN, make_notebook
from pmkit.teach.submissions import literal_answers, read_submission, setup_cells
from tests.class_cases import PS04, SOURCES, code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "submitted" / "s1" / PS04.name
    place.mkdir(parents=True)
    return place


def write(folder: Path, notebook: object) -> Path:
    path = folder / f"{PS04.name}.ipynb"
    nbformat.write(notebook, path)
    return path


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_a_student_s_notebook_has_a_place_and_a_check_for_each_question_and_no_solution(source):
    exercise = read_exercise(source)
    given, solved = (make_notebook(exercise, solved=each) for each in (False, True))
    nbformat.validate(given)
    nbformat.validate(solved)
    places = [cell for cell in given.cells if "question" in cell.metadata.get("pmkit", {})]
    assert [cell.metadata["pmkit"]["question"] for cell in places] == list(exercise.asked)
    points = [cell.metadata["nbgrader"].get("points", 0) for cell in given.cells]
    assert sum(points) == exercise.points
    own = {line.strip() for cell in solved.cells for line in cell.source.splitlines()}
    shown = {line.strip() for cell in given.cells for line in cell.source.splitlines()}
    answers = {cell.source for cell in solved.cells if "question" in cell.metadata.get("pmkit", {})}
    lines = {line.strip() for text in answers for line in text.splitlines() if len(line) > 20}
    lines = {line for line in lines if not line.startswith("def ")}  # its head is given
    assert lines <= own
    assert not lines & shown


def test_ids_of_grading_are_there_once():
    cells = make_notebook(read_exercise(PS04), solved=False).cells
    ids = [cell.metadata["nbgrader"]["grade_id"] for cell in cells]
    assert len(ids) == len(set(ids))


def test_the_set_up_is_known_where_a_student_has_deleted_it():
    setup = setup_cells(make_notebook(read_exercise(PS04), solved=False))
    assert "work = pm.open_exercise()" in setup[0]


def test_cells_and_written_answers_are_read(folder):
    notebook = make_notebook(read_exercise(PS04), solved=True)
    write(folder, notebook)
    read = read_submission(folder, PS04.name)
    assert read.problem == ""
    assert any("cpi = mine" in cell for cell in read.cells)
    assert read.texts["tell"].startswith("By value, less than half")


def test_an_untouched_written_answer_is_none(folder):
    write(folder, make_notebook(read_exercise(PS04), solved=False))
    assert read_submission(folder, PS04.name).texts == {}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "ps04_progress.ipynb is no notebook that can be read: NotJSONError."),
        (b"\xff\xfe", "ps04_progress.ipynb is no notebook that can be read: UnicodeDecodeError."),
        (b'{"cells": 3}', "ps04_progress.ipynb is no notebook that can be read: "),
    ],
)
def test_a_broken_notebook_is_a_sentence(folder, content, problem):
    (folder / f"{PS04.name}.ipynb").write_bytes(content)
    assert read_submission(folder, PS04.name).problem.startswith(problem)


def test_another_name_and_no_notebook_are_told(folder):
    told = read_submission(folder, PS04.name).problem
    assert told == "The notebook must be called ps04_progress.ipynb, got no notebook."
    (folder / "Untitled.ipynb").write_text("{}")
    told = read_submission(folder, PS04.name).problem
    assert told == "The notebook must be called ps04_progress.ipynb, got Untitled.ipynb."


def test_a_link_to_somebody_else_s_notebook_is_not_followed(folder, tmp_path):
    other = tmp_path / "other.ipynb"
    nbformat.write(make_notebook(read_exercise(PS04), solved=True), other)
    (folder / f"{PS04.name}.ipynb").symlink_to(other)
    told = read_submission(folder, PS04.name).problem
    assert told == "ps04_progress.ipynb is a link to another file, which is not followed."


def test_metadata_that_are_something_else_break_nothing(folder):
    notebook = make_notebook(read_exercise(PS04), solved=True)
    told = json.loads(nbformat.writes(notebook))
    for cell in told["cells"]:
        cell["metadata"] = {"pmkit": ["<script>"], "nbgrader": 3}
    (folder / f"{PS04.name}.ipynb").write_text(json.dumps(told))
    assert read_submission(folder, PS04.name).texts == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("x = 3", {"x": 3}), ("x = -0.5", {"x": -0.5}), ("x = ['a', 'b']", {"x": ["a", "b"]}),
        ("x = 3\nx = 4", {"x": 4}), ("x = 3\nx = 1 / 0", {}), ("x = open('f')", {}), ("x = (", {}),
        ("y = 3", {}), ("x = y = 3", {"x": 3}), ("x == 3", {}),
        ("x = " + "(" * 500 + ")" * 500, {}),
    ],
)  # fmt: skip
def test_plain_values_are_read_and_nothing_is_run(source, found):
    assert literal_answers((source,), ("x",)) == found


def test_a_copied_cell_counts_by_the_last_value(folder):
    notebook = make_notebook(read_exercise(PS04), solved=False)
    notebook.cells += [code("cpi = 0.5"), code("cpi = 0.6")]
    write(folder, notebook)
    read = read_submission(folder, PS04.name)
    assert literal_answers(read.cells, ("cpi",)) == {"cpi": 0.6}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_the_first_text_says_what_a_check_is_and_the_last_how_to_hand_in(source):
    cells = make_notebook(read_exercise(source), solved=False).cells
    first = " ".join(cells[0].source.split())
    assert "whether it has the right form, never whether it is right" in first
    assert [cells[-2].source, cells[-1].source] == [HAND_IN, "work"]


def test_the_place_for_an_answer_says_how_it_is_typed():
    cells = make_notebook(read_exercise(PS04), solved=False).cells
    own = [cell for cell in cells if "pmkit" in cell.metadata]
    places = {cell.metadata["pmkit"]["question"]: cell.source for cell in own}
    assert places["eac"] == "eac = None  # your answer: a number (thousand)"
    assert places["hides"] == 'hides = None  # your answer: one of "a", "b", "c", "d"'
    assert places["order"] == (
        'order = None  # your answer: a list such as ["a", "b", "c", "d"], the first one first'
    )
