from __future__ import annotations

import openpyxl
import pytest

from pmkit.files import read, template, write
from pmkit.files.program_schema import PROGRAM_SHEETS
from pmkit.files.schema import ACTIVITIES, RESOURCES, SHEETS
from pmkit.model.errors import PlanError
from pmkit.model.program import Program


@pytest.fixture
def book(tmp_path):
    template(tmp_path / "plan.xlsx")
    return openpyxl.load_workbook(tmp_path / "plan.xlsx")


def test_the_template_reads_as_a_plan_without_a_note(tmp_path):
    template(tmp_path / "plan.xlsx")
    plan = read(tmp_path / "plan.xlsx")
    assert len(plan.activities) == 5
    assert plan.notes == ()
    write(plan, tmp_path / "copy.xlsx")
    assert read(tmp_path / "copy.xlsx") == plan


def test_every_heading_of_every_sheet_says_what_it_must_hold(book):
    assert book.sheetnames == ["read me", "activities", "resources", "calendars", "risks",
                               "settings", "tolerances", "issues", "changes", "status",
                               "projects"]  # fmt: skip
    for title in book.sheetnames[1:]:
        headings = [cell for cell in book[title][1] if cell.value]
        columns = [c for c in SHEETS[title].columns if not c.reading_only]
        assert [cell.value for cell in headings] == [c.name for c in columns]
        assert all("Holds " in cell.comment.text for cell in headings)


def test_the_template_of_a_program_reads_as_one_without_a_note(tmp_path):
    template(tmp_path / "plan.xlsx", program=True)
    plan = read(tmp_path / "plan.xlsx")
    assert isinstance(plan, Program)
    assert plan.notes == ()
    assert [project.id for project in plan.projects] == ["Depot"]
    assert [info.id for info in plan.candidates] == ["Fleet", "Solar", "Storage"]
    assert repr(plan.strategy.benefits[0]) == (
        "Benefit Fuel: 250,000 when Depot and Fleet are delivered"
    )
    assert [one.role for one in plan.governance.authority] == [
        "project manager", "program manager", "sponsor"]  # fmt: skip
    for name in ("stakeholders", "gates", "decisions"):
        assert len(getattr(plan.governance, name)) == 1
    assert plan.groups
    assert plan.people
    write(plan, tmp_path / "copy.xlsx")
    assert read(tmp_path / "copy.xlsx") == plan
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert book.sheetnames[-len(PROGRAM_SHEETS) :] == [sheet.name for sheet in PROGRAM_SHEETS]
    first = " ".join(str(cell.value) for row in book["read me"] for cell in row if cell.value)
    assert "a project without activities is a candidate" in first


def test_words_of_a_closed_list_are_offered(book):
    offered = {str(v.sqref): v.formula1 for v in book["activities"].data_validations.dataValidation}
    assert any("must_start_on" in words for words in offered.values())
    assert any("triangular" in words for words in offered.values())
    kinds = [v.formula1 for v in book["resources"].data_validations.dataValidation]
    assert kinds == ['"renewable,consumable"']
    assert book["activities"].freeze_panes == "C2"


def test_the_template_explains_itself_on_its_first_page(book):
    text = " ".join(str(cell.value) for row in book["read me"] for cell in row if cell.value)
    for word in ("pm.read", "duration", "hours_per_day", "working days"):
        assert word in text


def test_examples_stand_in_the_columns_that_they_are_for():
    for sheet in (ACTIVITIES, RESOURCES):
        for column in sheet.columns:
            assert not column.reading_only or not column.examples


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(PlanError, match=r"a template must be written as .xlsx, got '.csv'"):
        template(tmp_path / "plan.csv")
