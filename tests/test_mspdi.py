"""Microsoft Project XML out and in again: the same plan, and what is lost is told."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pytest

import pmkit as pm
from pmkit.files import left_out, read_bytes, write_bytes
from pmkit.model.activity import Activity, Assignment, ThreePoint
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.settings import Settings
from tests.now_and_later import rest_is_long
from tests.project_files import java_or_skip

SPACE = {"p": "http://schemas.microsoft.com/project"}
REAL = [
    *(f"msproject/{name}" for name in ("1_mp_j30_a10_nr1.mpp", "121_mp_j120_a2_nr5_AgentCopp1.mpp",
                                       "sample.xml", "mspdirelations.xml",
                                       "task-links-project2010-mspdi.xml")),
    "primavera/MDL4RA.xer", "primavera/xernative_sample.xer", "real/C2011-07", "real/C2012-13",
    "real/C2013-03", "real/C2014-04", "real/C2016-28", "real/C2019-16",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _java():
    java_or_skip()


def there_and_back(plan: Plan) -> Plan:
    """Return the plan as it comes back from Microsoft Project XML."""
    return read_bytes("plan.xml", write_bytes(plan, "plan.xml"))


def same_schedule(plan: Plan, back: Plan) -> None:
    """Check dates, floats and critical flags of every activity."""
    before, after = pm.critical_path(plan).table, pm.critical_path(back).table
    assert set(before.index) == set(after.index)
    after = after.loc[before.index]
    for column in before.columns:
        if before[column].dtype == float:
            np.testing.assert_allclose(after[column], before[column], atol=1e-9, err_msg=column)
        else:
            both = before[column].isna() & after[column].isna()
            assert ((before[column] == after[column]) | both).all(), column


def same_plan(plan: Plan, back: Plan) -> None:
    """Check every field of every activity, calendars, resources and the rules."""
    same_schedule(plan, back)
    for activity in plan.network.activities:
        other = back.network[activity.id]
        for field in Activity.__dataclass_fields__:
            expected = getattr(activity, field)
            if field == "name":
                expected = " ".join(expected.split()) or activity.id
            assert getattr(other, field) == expected, f"{activity.id}: {field}"
    by_name = {c.name: c for c in back.network.calendars}
    used = {a.calendar for a in plan.network.activities} | {plan.network.settings.calendar}
    used |= {r.calendar for r in plan.network.resources}
    for calendar in plan.network.calendars:
        if calendar.name in used:
            found = by_name[calendar.name]
            assert found.week == calendar.week
            days = {day for day, _ in (*calendar.exceptions, *found.exceptions)}
            assert all(found.intervals_on(day) == calendar.intervals_on(day) for day in days)
    assert back.network.resources == plan.network.resources
    assert set(back.network.dependencies) == set(plan.network.dependencies)
    for key in ("name", "hours_per_day", "lag_calendar", "critical_float", "constraints",
                "progress", "total_float", "critical", "currency", "discount_rate", "start",
                "status_date", "finish"):  # fmt: skip
        assert getattr(back.network.settings, key) == getattr(plan.network.settings, key), key


def test_the_sample_program_comes_back_whole_with_its_projects_and_progress():
    plan = pm.sample()
    back = there_and_back(plan)
    same_plan(plan, back)
    assert isinstance(back, pm.Program)
    assert [p.members for p in back.projects] == [p.members for p in plan.projects]
    assert not [note for note in back.notes if "pmkit" in note or "Manually" in note]


@pytest.mark.parametrize("name", rest_is_long(REAL, REAL[2:]))
def test_a_real_plan_has_the_same_schedule_when_it_comes_back(name, truth):
    plan = pm.read(truth / name)
    back = there_and_back(plan)
    same_schedule(plan, back)
    for activity in plan.network.activities:
        other = back.network[activity.id]
        assert other.resources == activity.resources
        assert other.fixed_cost == activity.fixed_cost
        assert other.percent_complete == activity.percent_complete
        assert other.baseline_cost == activity.baseline_cost


SITE = Calendar.from_rows(
    "Site & yard", [("Mon-Sat", "06:00-14:00"), ("2026-05-01", ""), ("2026-05-02", "08:00-24:00")]
)
NIGHT = Calendar.from_rows("Nights", [("Mon-Sun", "00:00-04:00 20:00-24:00")])
CITY = Calendar.from_rows("City", [("Mon-Fri", "08:00-12:00 13:00-17:00"),
                                   ("2026-12-24..2026-12-31", "")])  # fmt: skip
ODD = Project(
    (
        Activity("A.1", 3, 'Dig <deep> & "wide" ⚙', wbs="1", resources=(Assignment("Ann", 0.5),)),
        Activity("B", 2.123456789, "Gießen Привет 工程", calendar="Site & yard",
                 constraint="start_no_earlier_than", constraint_date=datetime(2026, 3, 9, 10, 30)),
        Activity("C", name="Three points only", three_point=ThreePoint(1, 2.5, 7, "triangular")),
        Activity("D; x", 4, "Elapsed", calendar="Nights", crash_duration=2, crash_cost=500.5),
        Activity("E", 0, "Gate", constraint="must_finish_on", constraint_date=date(2026, 6, 30)),
        Activity("F", 5, "Late", constraint="as_late_as_possible", priority=700,
                 resources=(Assignment("Sand", 12.25), Assignment("Ann"), Assignment("Crane"))),
        Activity("G", 6, "Going", percent_complete=33.3, actual_start=date(2026, 3, 2),
                 remaining_duration=4.5, actual_cost=100, baseline_start=date(2026, 3, 2),
                 baseline_finish=date(2026, 3, 9), baseline_cost=1234.56, ev_method="50/50"),
        Activity("H", 1, "Kept", fixed_cost=9.99, cost_per_day=3.5, skills=("weld", "cut"),
                 correlation_group="weather", extra={"Their column": "their = value"},
                 fixed_cost_estimate=ThreePoint(5, 9.99, 30)),
    ),
    (
        Dependency("A.1", "B", "FS", 1.5), Dependency("A.1", "C", "SS", -0.5),
        Dependency("B", "C", "FF", 3, "ed"), Dependency("C", "D; x", "SF", 2),
        Dependency("B", "D; x", "FS", 50, "%"), Dependency("D; x", "E"), Dependency("A.1", "F"),
        Dependency("H", "E", "FS", -25, "%"), Dependency("A.1", "H", "FS", -1, "ed"),
    ),
    Settings(name="Odd & whole", start=date(2026, 3, 2), status_date=date(2026, 3, 4),
             calendar="City", currency="EUR", lag_calendar="predecessor", critical_float=1.5,
             constraints="honour_dates", progress="progress_override", total_float="finish"),
    (CITY, SITE, NIGHT),
    (Resource("Ann", cost_per_day=333.33, cost_per_use=5, skills=("dig",), calendar="Site & yard"),
     Resource("Sand", "consumable", capacity=None, cost_per_unit=7.25),
     Resource("Crane", capacity=None, cost_per_day=80, extra={"owner": "hired"})),
)  # fmt: skip


def test_everything_that_a_plan_may_hold_comes_back():
    same_plan(ODD, there_and_back(ODD))


def test_seven_and_a_half_hours_a_day_and_no_name_come_back():
    seven = replace(
        ODD,
        settings=replace(ODD.settings, name="", hours_per_day=7.5, calendar=""),
        calendars=(SITE, NIGHT),
    )
    back = there_and_back(seven)
    same_schedule(seven, back)
    assert back.settings.hours_per_day == 7.5
    assert back.name == ""


def test_the_branches_of_the_work_breakdown_become_summary_tasks_and_come_back():
    plan = Project(
        (
            Activity("A", 1, wbs="1.1"), Activity("B", 2, wbs="2.1"), Activity("C", 3, wbs="1.2"),
        ),
        (Dependency("A", "C"),),
        Settings(name="Tree", start=date(2026, 3, 2)),
        sheets={"wbs": ({"wbs": "1", "name": "Ground"}, {"wbs": "2", "name": "House"})},
    )  # fmt: skip
    root = ElementTree.fromstring(write_bytes(plan, "plan.xml"))
    outline = [
        (task.findtext("p:OutlineLevel", "", SPACE), task.findtext("p:Name", "", SPACE))
        for task in root.iterfind("p:Tasks/p:Task", SPACE)
    ]
    assert outline == [
        ("0", "Tree"), ("1", "Ground"), ("2", "A"), ("2", "C"), ("1", "House"), ("2", "B"),
    ]  # fmt: skip
    back = there_and_back(plan)
    same_plan(plan, back)
    assert back.sheets["wbs"] == plan.sheets["wbs"]


def test_what_another_tool_changes_wins_over_the_exact_value_kept_beside_it():
    plan = replace(ODD, activities=(*ODD.activities[:1], replace(ODD.activities[1], calendar=""),
                                    *ODD.activities[2:]))  # fmt: skip
    root = ElementTree.fromstring(write_bytes(plan, "plan.xml"))
    ElementTree.register_namespace("", SPACE["p"])
    for task in root.iterfind("p:Tasks/p:Task", SPACE):
        if task.findtext("p:Name", "", SPACE).startswith("Gießen"):
            for name in ("Duration", "RemainingDuration"):
                found = task.find(f"p:{name}", SPACE)
                assert found is not None
                found.text = "PT24H0M0S"
    back = read_bytes("plan.xml", ElementTree.tostring(root))
    assert plan["B"].duration == 2.123456789
    assert back["B"].duration == 3


@pytest.mark.parametrize(
    ("ours", "theirs", "reason"),
    [
        (b'{"currency', b"{currency", "JSONDecodeError: "),
        (b">500.5<", b">five hundred<", "activity 'D; x': crash_cost must be a finite amount >= 0"),
    ],
)
def test_fields_of_ours_that_somebody_spoilt_are_a_note(ours, theirs, reason):
    content = write_bytes(ODD, "plan.xml").replace(ours, theirs)
    back = read_bytes("plan.xml", content)
    (note,) = [note for note in back.notes if "were changed by hand" in note]
    assert reason in note
    assert len(back.activities) == 8


def test_what_microsoft_project_cannot_hold_is_told_in_words_and_in_the_file():
    plan = pm.sample()
    told = left_out(plan)
    counts = [(len(plan.network.risks), "risks"), (len(plan.network.status), "status")]
    control = plan.network.control
    counts += [(len(control.tolerances), "tolerances"), (len(control.issues), "issues"),
               (len(control.requests), "changes")]  # fmt: skip
    strategy, governance = plan.strategy, plan.governance
    counts += [(len(plan.candidates), "projects without activities"),
               (len(strategy.objectives), "objectives"),
               (len(strategy.contributions), "contributions"),
               (len(strategy.outcomes), "outcomes"), (len(strategy.benefits), "benefits"),
               (len(plan.groups), "groups"), (len(plan.people), "people"),
               (len(governance.authority), "authority"),
               (len(governance.stakeholders), "stakeholders"), (len(governance.gates), "gates"),
               (len(governance.decisions), "decisions")]  # fmt: skip
    assert all(count for count, _ in counts)
    assert told == tuple(f"{count} rows of {name}" for count, name in counts)
    root = ElementTree.fromstring(write_bytes(plan, "plan.xml"))
    notes = root.findtext("p:Tasks/p:Task/p:Notes", "", SPACE)
    assert notes == f"Written by pmkit. Not in this file: {'; '.join(told)}."


def test_a_plan_without_dates_is_refused():
    plan = Project.from_table([("A", 3, "")])
    with pytest.raises(PlanError) as caught:
        write_bytes(plan, "plan.xml")
    assert str(caught.value) == (
        "plan.xml, Microsoft Project XML must have dates, this plan has no start date; set start "
        "in its settings"
    )


def test_a_plan_is_replaced_whole_or_not_at_all(tmp_path):
    path = tmp_path / "plan.xml"
    pm.write(ODD, path)
    before = path.read_bytes()
    with pytest.raises(PlanError):
        pm.write(Project.from_table([("A", 3, "")]), path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["plan.xml"]
    same_schedule(ODD, pm.read(path))
