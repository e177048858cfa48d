"""Project tools' own files: early and late dates, float and critical flags as the tool saved them.

Compared in working time of the activity's calendar, as `tests/test_truth.py` does with the same
plans as csv (`../shared/truth/README.md`).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

import pmkit as pm
from pmkit.model.worktime import WorkClock, to_tick
from tests.now_and_later import rest_is_long
from tests.project_files import java_or_skip
from tests.test_truth import rows_of

FILES = [
    "msproject/10_mp_j30_a2_nr5.mpp",
    "msproject/121_mp_j120_a2_nr5_AgentCopp1.mpp",
    "msproject/16_mp_j30_a5_nr1.mpp",
    "msproject/1_mp_j30_a10_nr1.mpp",
    "msproject/mspdirelations.xml",
    "msproject/sample.xml",
    "msproject/task-links-project2010-mspdi.xml",
    "primavera/MDL4RA.xer",
    "primavera/xernative_sample.xer",
]
DATES = ["early_start", "early_finish", "late_start", "late_finish"]


@pytest.mark.parametrize("file", rest_is_long(FILES, FILES[2:3] + FILES[4:]))
def test_a_tools_own_file_has_the_dates_and_floats_that_it_saved(truth: Path, file: str) -> None:
    java_or_skip()
    plan = pm.read(truth / file)
    network = plan.network
    schedule = pm.critical_path(plan)
    calendars = {calendar.name: calendar for calendar in network.calendars}
    by_uid = {activity.extra["uid"]: activity for activity in network.activities}
    start = network.settings.start
    assert isinstance(start, datetime)
    expected = rows_of((truth / file).with_suffix("") / "expected.csv")
    assert len(expected) == len(schedule.table) == len(by_uid)
    wrong = []
    for row in expected:
        activity = by_uid[row["uid"]]
        clock = WorkClock(calendars.get(activity.calendar, network.calendar), to_tick(start))
        ours = schedule.table.loc[activity.id]
        assert activity.name == " ".join(row["name"].split())
        for column in DATES:
            theirs = datetime.fromisoformat(row[column])
            mine = ours[f"{column}_date"].to_pydatetime()
            if clock.elapsed(to_tick(mine)) != clock.elapsed(to_tick(theirs)):
                wrong.append(f"{activity.id} {column}: {mine}, not {theirs}")
        minutes = ours["total_float"] * network.settings.hours_per_day * 60
        if minutes != pytest.approx(float(row["total_slack_min"]), abs=1e-6):
            wrong.append(f"{activity.id} total float: {minutes}, not {row['total_slack_min']}")
        if bool(ours["is_critical"]) != (row["critical"] == "True"):
            wrong.append(f"{activity.id} is_critical: not {row['critical']}")
    assert not wrong, "\n".join(wrong)
    assert not any("other early dates" in note for note in plan.notes)


def test_every_project_file_of_the_folder_is_compared(truth: Path) -> None:
    endings = {".mpp", ".xml", ".xer"}
    found = {
        f"{tool}/{path.name}"
        for tool in ("msproject", "primavera")
        for path in (truth / tool).iterdir()
        if path.suffix in endings
    }
    assert found == set(FILES)


def test_ids_are_those_that_people_of_the_tool_know(truth: Path) -> None:
    java_or_skip()
    primavera = pm.read(truth / "primavera/xernative_sample.xer")
    assert [a.id for a in primavera.activities][:3] == ["A1010", "A1020", "A1030"]
    microsoft = pm.read(truth / "msproject/sample.xml")
    assert [a.id for a in microsoft.activities][:3] == ["2", "3", "7"]
    assert microsoft.activities[2].extra["row"] == "5"
