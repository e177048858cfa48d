from __future__ import annotations

import pytest
from nbformat.v4 import new_markdown_cell

from pmkit.teach.handed_in import handed_in
from pmkit.teach.notebooks import YOURS
from tests.class_cases import PS04, code, hand_in, make_class

NAME = PS04.name


@pytest.fixture
def course(tmp_path):
    return make_class(tmp_path, "anna")


def cells(course, edit=None, *, solved=True):
    hand_in(course, "anna", solved=solved, edit=edit)
    return handed_in(course.exercise(NAME), course.submitted(NAME, "anna"))


def test_each_cell_is_found_by_what_it_assigns(course):
    found = {name: cell.source for cell in cells(course) for name in cell.questions}
    assert set(found) == set(course.exercise(NAME).asked)
    assert found["eac"] == 'eac = plan["pv"].iloc[-1] / cpi'
    assert found["decides"].startswith("limits = ")


def test_what_was_handed_out_is_left_out_unless_it_was_changed(course):
    assert not any("open_exercise" in cell.source for cell in cells(course))

    def change(notebook):
        for cell in notebook.cells:
            if "open_exercise" in cell.source:
                cell.source += "\nimport os"

    (course.submitted(NAME, "anna") / f"{NAME}.ipynb").unlink()
    course.submitted(NAME, "anna").rmdir()
    (rest,) = [cell for cell in cells(course, change) if not cell.questions]
    assert rest.source.endswith("import os")


def test_copied_split_and_untagged_cells_are_found(course):
    def edit(notebook):
        notebook.cells = [
            code("cpi = 0.9"), code("half = 2\neac, hides = half * 2, 'a'"),
            code("if 1:\n cpi = 1"), code("def decides(cost, days):\n    return 'sponsor'"),
            code("x = 1"), new_markdown_cell("A remark."),
        ]  # fmt: skip

    told = [sorted(cell.questions) for cell in cells(course, edit)]
    assert told == [["cpi"], ["eac", "hides"], ["cpi"], ["decides"], [], []]


def test_a_cell_that_cannot_be_read_as_code_is_found_by_its_place(course):
    def edit(notebook):
        for cell in notebook.cells:
            if cell.metadata.get("pmkit", {}).get("question") == "cpi":
                cell.source = "cpi = = 1"

    (cell,) = [cell for cell in cells(course, edit) if cell.source == "cpi = = 1"]
    assert cell.questions == {"cpi"}


def test_an_untouched_text_is_none(course):
    assert YOURS not in [cell.source for cell in cells(course, solved=False)]


def test_metadata_that_are_no_metadata_do_no_harm(course):
    def edit(notebook):
        for cell in notebook.cells:
            cell.metadata = {"pmkit": 7 if cell.cell_type == "code" else {"question": [1]}}

    assert {"cpi", "tell"} & {name for cell in cells(course, edit) for name in cell.questions} == {
        "cpi"
    }
