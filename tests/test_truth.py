"""Real and published plans, with answers that nobody here wrote (`../shared/truth/README.md`).

Dates are compared as working instants of the activity's own calendar: Friday 17:00 and Monday 08:00
are the same instant, and tools differ in which of the two they show for a milestone.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

import pmkit as pm
from pmkit.analysis.cost import direct_cost
from pmkit.model.activity import Activity
from pmkit.model.dependency import Dependency
from pmkit.model.program import Plan
from pmkit.model.project import Project
from pmkit.model.worktime import WorkClock, to_tick

TOOL_PLANS = [
    "msproject/10_mp_j30_a2_nr5",
    "msproject/121_mp_j120_a2_nr5_AgentCopp1",
    "msproject/16_mp_j30_a5_nr1",
    "msproject/1_mp_j30_a10_nr1",
    "msproject/mspdirelations",
    "msproject/task-links-project2010-mspdi",
    "primavera/MDL4RA",
    "primavera/xernative_sample",
]
PLAIN_BASELINES = ["C2011-08", "C2012-04", "C2016-28", "C2019-16"]
MOVED_BY_HAND = ["C2011-07", "C2012-13", "C2013-03", "C2014-04"]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def instant_of(plan: Plan) -> Callable[[str, datetime], int]:
    """Return a function (activity, date) -> working instant on the activity's calendar."""
    network = plan.network
    start = network.settings.start
    assert isinstance(start, datetime)
    calendars = {calendar.name: calendar for calendar in network.calendars}
    clocks: dict[str, WorkClock] = {}

    def instant(activity: str, moment: datetime) -> int:
        name = network[activity].calendar
        if name not in clocks:
            clocks[name] = WorkClock(calendars.get(name, network.calendar), to_tick(start))
        return clocks[name].elapsed(to_tick(moment))

    return instant


@pytest.mark.parametrize("folder", TOOL_PLANS)
def test_dates_and_floats_are_those_the_scheduling_tool_saved(truth: Path, folder: str) -> None:
    plan = pm.read(truth / folder)
    schedule, instant = pm.critical_path(plan), instant_of(plan)
    columns = ["early_start", "early_finish", "late_start", "late_finish"]
    if folder != "primavera/MDL4RA":  # the dates it runs by are levelled by resources
        columns += ["start", "finish"]
    minutes_per_day = plan.settings.hours_per_day * 60
    expected = rows_of(truth / folder / "expected.csv")
    wrong = []
    for row in expected:
        id_ = row["uid"]
        ours = schedule.table.loc[id_]
        for column in columns:
            theirs = instant(id_, datetime.fromisoformat(row[column]))
            if instant(id_, ours[f"{column}_date"].to_pydatetime()) != theirs:
                wrong.append(f"{id_} {column}: {ours[f'{column}_date']}, not {row[column]}")
        for theirs_column, column in (
            ("total_slack_min", "total_float"), ("free_slack_min", "free_float")
        ):  # fmt: skip
            if ours[column] * minutes_per_day != pytest.approx(float(row[theirs_column]), abs=1e-6):
                wrong.append(f"{id_} {column}: {ours[column]} days, not {row[theirs_column]} min")
        if bool(ours["is_critical"]) != (row["critical"] == "True"):
            wrong.append(f"{id_} is_critical: {ours['is_critical']}, not {row['critical']}")
    assert len(expected) == len(schedule.table)
    assert not wrong, "\n".join(wrong)


def test_every_tool_plan_of_the_folder_is_compared(truth: Path) -> None:
    found = {
        f"{tool}/{path.parent.name}"
        for tool in ("msproject", "primavera")
        for path in (truth / tool).glob("*/expected.csv")
    }
    assert found - {"msproject/sample"} == set(TOOL_PLANS)


def test_a_plan_whose_durations_follow_its_resources_can_be_read(truth: Path) -> None:
    plan = pm.read(truth / "msproject/sample")
    assert [a.id for a in plan.activities] == [
        row["uid"] for row in rows_of(truth / "msproject/sample/expected.csv")
    ]


def test_textbook_networks_have_their_published_answers(truth: Path) -> None:
    networks = json.loads((truth / "textbook_networks.json").read_text("utf-8"))
    assert len(networks) == 4
    for name, network in networks.items():
        plan = Project(
            tuple(Activity(id_, row["duration"]) for id_, row in network["activities"].items()),
            tuple(
                Dependency(predecessor, id_, kind, lag)
                for id_, row in network["activities"].items()
                for predecessor, kind, lag in row["predecessors"]
            ),
        )
        table = pm.critical_path(plan).table
        columns = ["early_start", "early_finish", "late_start", "late_finish", "total_float"]
        for id_, expected in network["expected"].items():
            ours = table.loc[id_, columns].tolist()
            assert ours == [expected[key] for key in ("ES", "EF", "LS", "LF", "TF")], (name, id_)
            assert table.loc[id_, "is_critical"] == (expected["TF"] == 0)


@pytest.mark.parametrize("name", PLAIN_BASELINES)
def test_an_early_schedule_gives_the_stored_baseline(truth: Path, name: str) -> None:
    plan = pm.read(truth / "real" / name)
    schedule, instant = pm.critical_path(plan), instant_of(plan)
    wrong = []
    for row in rows_of(truth / "real" / name / "expected_baseline.csv"):
        for end in ("start", "finish"):
            ours = schedule.table.loc[row["id"], f"early_{end}_date"].to_pydatetime()
            theirs = datetime.fromisoformat(row[f"baseline_{end}"])
            if instant(row["id"], ours) != instant(row["id"], theirs):
                wrong.append(f"{row['id']} {end}: {ours}, not {theirs}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", MOVED_BY_HAND)
def test_every_dependency_holds_in_a_baseline_that_was_moved_by_hand(
    truth: Path, name: str
) -> None:
    plan = pm.read(truth / "real" / name)
    instant = instant_of(plan)
    baseline = {row["id"]: row for row in rows_of(truth / "real" / name / "expected_baseline.csv")}
    ticks_per_day = plan.settings.hours_per_day * 3_600_000_000
    assert plan.dependencies
    for link in plan.dependencies:
        ends = [
            instant(id_, datetime.fromisoformat(
                baseline[id_]["baseline_finish" if letter == "F" else "baseline_start"]
            ))
            for id_, letter in zip((link.predecessor, link.successor), link.kind, strict=True)
        ]  # fmt: skip
        assert ends[1] - ends[0] >= link.lag * ticks_per_day, str(link)
        assert link.unit == "d"


@pytest.mark.parametrize("name", PLAIN_BASELINES + MOVED_BY_HAND)
def test_the_cost_rule_gives_the_stored_cost_of_every_activity(truth: Path, name: str) -> None:
    costs = direct_cost(pm.read(truth / "real" / name))
    expected = rows_of(truth / "real" / name / "expected_baseline.csv")
    assert len(expected) == len(costs.activities)
    for row in expected:
        ours = costs.table.loc[row["id"], "cost"]
        assert ours == pytest.approx(float(row["total_cost"]), rel=1e-9), row["id"]


def test_the_eight_real_plans_have_346_activities(truth: Path) -> None:
    names = [path.name for path in (truth / "real").iterdir() if path.is_dir()]
    assert sorted(names) == sorted(PLAIN_BASELINES + MOVED_BY_HAND)
    rows = [row for name in names for row in rows_of(truth / "real" / name / "activities.csv")]
    assert len(rows) == 346
