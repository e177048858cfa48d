from __future__ import annotations

import nbformat
import pytest

from pmkit.teach.autograded import autograded, mark_cell
from pmkit.teach.collecting import Collected
from pmkit.teach.kept_answers import Kept
from tests.class_cases import code, hand_in, make_class
from tests.gradebook_cases import NAME, TEXT, answered, mark, marking


@pytest.fixture
def course(tmp_path):
    return make_class(tmp_path, "anna")


def shown(course, edit, kept=None):
    """The notebook of a submission, after an edit of its cells."""
    hand_in(course, "anna", solved=False, edit=edit)
    mark(course)
    marks = marking(course)
    told, folder = marks.kept("anna"), course.submitted(NAME, "anna")
    notebook = autograded(marks.exercise, marks.variants["anna"], told, folder, kept)
    nbformat.validate(notebook)
    return notebook


def cells(notebook):
    """Cells by the name that nbgrader knows them by."""
    return {cell.metadata["nbgrader"]["grade_id"]: cell for cell in notebook.cells
            if "nbgrader" in cell.metadata}  # fmt: skip


def test_each_question_has_its_answer_and_its_mark_once_even_where_cells_were_copied(course):
    right = answered(course, "anna")

    def edit(notebook):
        right(notebook)
        notebook.cells += [code("cpi = 1"), code("cpi = 2")]

    notebook = shown(course, edit)
    names = [cell.metadata["nbgrader"]["grade_id"] for cell in notebook.cells
             if "nbgrader" in cell.metadata]  # fmt: skip
    assert len(names) == len(set(names)) == 15
    assert cells(notebook)["cpi"].source == "cpi = 2"
    assert [cell.source for cell in notebook.cells].count("cpi = 1") == 1


def test_the_reason_of_a_mark_stands_beside_its_answer(course):
    notebook = shown(course, answered(course, "anna", cpi=0.001))
    assert cells(notebook)["cpi_mark"].source == (
        "# wrong: 0 of 1\n# Not this answer. CPI = EV / AC: what one euro spent has earned."
    )
    assert cells(notebook)["tell"].metadata["nbgrader"]["grade"] is True


def test_what_an_answer_came_to_is_shown_with_its_mark(course):
    kept = Kept("", "bubblewrap", Collected(values={"cpi": 0.25}))
    notebook = shown(course, answered(course, "anna", cpi=0.25), kept)
    assert cells(notebook)["cpi_mark"].source.startswith("# given: 0.25\n# ")


def test_a_written_answer_has_its_question_and_its_rubric_before_it(course):
    notebook = shown(course, answered(course, "anna"))
    place = notebook.cells.index(cells(notebook)["tell"])
    before = notebook.cells[place - 1].source
    assert "Asks for a decision" in before
    assert "I ask you to decide about the second crew" in before
    assert TEXT.partition(" ")[0] in notebook.cells[place].source


def test_a_question_without_a_cell_has_a_place_for_the_comment(course):
    def edit(notebook):
        notebook.cells = [code("x = 1")]

    notebook = shown(course, edit)
    assert cells(notebook)["cpi"].source == "# no cell gives cpi"
    assert notebook.cells[-1].source == "x = 1"


def test_a_notebook_that_cannot_be_read_is_shown_as_what_is_wrong_with_it(course):
    folder = course.submitted(NAME, "anna")
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_text("{", "utf-8")
    mark(course)
    marks = marking(course)
    told = marks.kept("anna")
    notebook = autograded(marks.exercise, marks.variants["anna"], told, folder)
    assert "is no notebook that can be read" in notebook.cells[1].source.replace("&#46;", ".")
    assert set(cells(notebook)) >= {mark_cell(a) for a in marks.exercise.asked.values()}


def test_nothing_of_a_students_metadata_is_in_it_and_no_kernel_is_started(course):
    def edit(notebook):
        notebook.metadata["title"] = "planted"
        notebook.metadata["kernelspec"]["name"] = "planted"
        for cell in notebook.cells:
            cell.metadata["tags"] = ["planted"]
            cell["attachments"] = {"a.png": {"image/png": "planted"}}

    notebook = shown(course, edit)
    assert "planted" not in nbformat.writes(notebook)
    assert notebook.metadata["kernelspec"]["name"] == "not-to-be-run"
