"""Plans with and without dates in one program: who gives those without a start."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import pmkit as pm
from pmkit.files.workbook import write_workbook
from tests.merged_files import dated, notes_of, read, two_plans, week
from tests.wording import exactly


@pytest.fixture
def two(tmp_path: Path) -> list[Path]:
    return two_plans(tmp_path)


def test_a_plan_without_dates_needs_a_start_beside_those_that_have_one(
    tmp_path: Path, two: list[Path]
) -> None:
    plan = dated("D", week("site"))
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "depot.csv, project 'depot': it must have a start date, as D has one, got none; a "
            "sheet of projects or settings may say it",
            "fleet.csv, project 'fleet': it must have a start date, as D has one, got none; a "
            "sheet of projects or settings may say it",
        ),
    ):
        read(plan, *two)
    write_workbook(tmp_path / "links.xlsx",
                   {"projects": [["id", "start"], ["depot", date(2026, 4, 6)]]})  # fmt: skip
    program = read(plan, two[0], tmp_path / "links.xlsx")
    schedule = pm.critical_path(program)
    assert str(schedule.table.loc["depot.A", "early_start_date"])[:10] == "2026-04-06"
    assert notes_of(program) == []


def test_a_start_in_the_settings_holds_for_plans_without_dates(
    tmp_path: Path, two: list[Path]
) -> None:
    rows = [["key", "value"], ["start", date(2026, 4, 6)], ["calendar", "site"]]
    week_rows = [["name", "days", "hours"], ["site", "Mon-Sat", "08:00-16:00"]]
    write_workbook(tmp_path / "program.xlsx", {"settings": rows, "calendars": week_rows})
    program = read(*two, tmp_path / "program.xlsx")
    assert program.settings.start == date(2026, 4, 6)
    schedule = pm.critical_path(program)
    # its own calendar, Monday to Friday, is that of each plan, whatever the program's is
    assert str(schedule.table.loc["fleet.C", "early_finish_date"]) == "2026-04-10 17:00:00"
    write_workbook(tmp_path / "program.xlsx", {"settings": rows})
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "program.xlsx, settings, settings: calendar must be one of the plan's calendars, got "
            "'site'"
        ),
    ):
        read(*two, tmp_path / "program.xlsx")
