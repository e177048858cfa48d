"""What asks for a project manager's attention: each kind by hand, and nothing where all is well."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pmkit.analysis.attention import KINDS, findings
from pmkit.analysis.earning.earned_value import earned_value
from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.data import sample
from pmkit.model.activity import Activity, ConstraintKind
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.settings import Settings


def under_way(status_date: float = 5, **progress: dict[str, object]) -> Project:
    """A then B then C, four days each at 100 a day, with a baseline and this progress."""
    plan = set_baseline(
        Project(
            tuple(Activity(id_, 4, cost_per_day=100) for id_ in "ABC"),
            (Dependency("A", "B"), Dependency("B", "C")),
            Settings(status_date=status_date),
        )
    )
    return replace(
        plan, activities=tuple(replace(a, **progress.get(a.id, {})) for a in plan.activities)
    )


def told(plan: Project, kind: str) -> list[str]:
    return [f.sentence for f in findings(critical_path(plan), earned_value(plan)) if f.kind == kind]


DONE = {"actual_start": 0, "actual_finish": 4, "percent_complete": 100, "actual_cost": 400}


def test_a_plan_that_is_kept_asks_for_nothing():
    half = {"actual_start": 4, "percent_complete": 25, "actual_cost": 100}
    plan = under_way(A=DONE, B=half)
    assert findings(critical_path(plan), earned_value(plan)) == ()


def test_what_should_have_started_is_told_with_how_long_ago():
    assert told(under_way(A=DONE), "late_start") == [
        "'B' should have started 1 working day ago, and has not."
    ]


def test_remaining_work_that_contradicts_the_percentage_is_told():
    b = {"actual_start": 4, "percent_complete": 75, "remaining_duration": 3}
    assert told(under_way(A=DONE, B=b), "contradiction") == [
        "'B' is 75 % complete, which leaves 1 working day of 4, but 3 working days are said to "
        "remain."
    ]
    b["remaining_duration"] = 2  # a day more than the percentage leaves: people round
    assert told(under_way(A=DONE, B=b), "contradiction") == []


def test_a_started_activity_without_cost_is_told_where_costs_are_reported_at_all():
    b = {"actual_start": 4, "percent_complete": 25}
    assert told(under_way(A=DONE, B=b), "no_cost") == [
        "'B' has started, and no actual cost is reported for it."
    ]
    assert told(under_way(A=DONE | {"actual_cost": None}, B=b), "no_cost") == []


def test_delay_is_told_where_it_arises_and_not_where_it_is_handed_on():
    late = under_way(6, A=DONE | {"actual_finish": 6})
    assert critical_path(late).finish == 14
    assert told(late, "slip") == []  # it arose in A, which is done
    b = {"actual_start": 4, "percent_complete": 25, "remaining_duration": 5}
    assert told(under_way(A=DONE, B=b), "slip") == [
        "'B' finishes 2 working days later than in the baseline; it is critical."
    ]


def test_the_largest_overrun_of_cost_comes_first_and_cost_without_value_is_named():
    b = {"actual_start": 4, "percent_complete": 25, "actual_cost": 300}
    c = {"actual_start": 4, "actual_cost": 50}
    assert told(under_way(A=DONE | {"actual_cost": 450}, B=b, C=c), "over_cost") == [
        "'B' has cost 200 more than the 100 that its work was to cost.",
        "'A' has cost 50 more than the 400 that its work was to cost.",
        "'C' has cost 50, and has earned nothing yet.",
    ]


def test_a_promised_date_that_is_missed_comes_before_all_else():
    plan = under_way(A=DONE)
    promised = replace(
        plan.activities[2], constraint=ConstraintKind.FINISH_NO_LATER_THAN, constraint_date=12.0
    )
    plan = replace(plan, activities=(*plan.activities[:2], promised))
    first = findings(critical_path(plan), earned_value(plan))[0]
    assert (first.kind, first.id, first.size) == ("promise", "C", 1)
    assert str(first) == "'C' must finish no later than day 12.0, and misses that by 1 working day."


def test_without_earned_value_nothing_is_said_of_cost():
    plan = under_way(A=DONE | {"actual_cost": 900})
    kinds = {finding.kind for finding in findings(critical_path(plan))}
    assert kinds == {"late_start", "slip"}


def test_the_sample_tells_its_story_most_pressing_first():
    plan = sample()
    found = findings(critical_path(plan), earned_value(plan))
    order = list(KINDS)
    assert [order.index(f.kind) for f in found] == sorted(order.index(f.kind) for f in found)
    ids = {kind: [f.id for f in found if f.kind == kind] for kind in KINDS}
    assert ids["out_of_sequence"] == ["Depot.Chargers"]
    assert "Depot.ChargerOrder" in ids["contradiction"]
    assert ids["slip"][0] == "Depot.ChargerOrder"
    assert plan.settings.status_date == date(2026, 4, 30)
