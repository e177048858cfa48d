"""Plans of real projects and of other tools open, and nothing in them is lost."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from pmkit.files import inspect, read, write

FOLDERS = ("real", "msproject", "primavera")
OURS = ("activities", "resources", "calendars", "settings", "status")


def folders(truth):
    return [f.parent for group in FOLDERS for f in sorted((truth / group).glob("*/activities.csv"))]


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_all_seventeen_plans_open_with_every_column_understood(truth):
    found = folders(truth)
    assert len(found) == 17
    for folder in found:
        reading = inspect(folder)
        assert reading.columns["read_as"].all(), reading.columns
        assert len(reading.plan.activities) == len(table(folder / "activities.csv"))


def test_every_cell_of_the_activities_comes_back(truth):
    for folder in folders(truth):
        plan = read(folder)
        for row, activity in zip(table(folder / "activities.csv"), plan.activities, strict=True):
            assert activity.id == row["id"]
            assert activity.name == row["name"].strip()
            assert activity.duration == float(row["duration"])
            for column in ("fixed_cost", "cost_per_day"):
                assert getattr(activity, column) == float(row.get(column) or 0)
            if row.get("optimistic"):
                assert activity.three_point is not None
                assert activity.three_point.optimistic == float(row["optimistic"])
                assert activity.three_point.pessimistic == float(row["pessimistic"])
            if row.get("baseline_start"):
                assert activity.baseline_start.isoformat() == row["baseline_start"]
            assert len(activity.resources) == len(
                [part for part in (row.get("resources") or "").split(";") if part.strip()]
            )
            written = sorted(
                part.strip() for part in row["predecessors"].split(";") if part.strip()
            )
            mine = [x for x in plan.dependencies if x.successor == activity.id]
            assert sorted(x.as_predecessor() for x in mine) == [
                part.removesuffix(" FS") for part in written
            ]


def test_the_answers_beside_a_plan_are_kept_as_they_are(truth):
    plan = read(truth / "real" / "C2016-28")
    assert set(plan.sheets) == {
        "expected_baseline", "expected_earned_value", "expected_sensitivity",
    }  # fmt: skip
    assert len(plan.sheets["expected_sensitivity"]) == len(plan.activities)
    assert plan.notes == (
        "Sheets kept without being used: expected_baseline, expected_earned_value, "
        "expected_sensitivity.",
    )


@pytest.mark.parametrize("name", ["plan.json", "plan.xlsx", "plan"])
def test_they_are_the_same_after_writing_and_reading(truth, tmp_path, name):
    for folder in folders(truth):
        plan = read(folder)
        target = tmp_path / folder.name / name
        target.parent.mkdir()
        write(plan, target)
        assert read(target) == plan


def test_a_public_program_opens_without_a_word_of_help(truth):
    """Projects by number, durations as text, planned starts as dates, no predecessors."""
    plan = read(truth / "it_portfolio_2013" / "activities.csv")
    rows = table(truth / "it_portfolio_2013" / "activities.csv")
    assert {p.id for p in plan.projects} == {row["project_uid"] for row in rows}
    assert len(plan.activities) == 1102
    first = plan["304.305"]
    assert (first.duration, first.constraint_date) == (580, date(2011, 2, 28))
    assert first.extra["planned_cost_musd"] == "0.143"
