"""A simulation of a plan in progress draws what is left, and pays what was spent."""

from __future__ import annotations

from datetime import date

from pmkit.analysis.scheduling.compiling import compiled
from pmkit.analysis.simulating.simulation import simulate
from pmkit.analysis.simulating.still_uncertain import is_over, what_is_uncertain
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import Settings

MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 6)
POINTS = ThreePoint(6, 9, 18)


def plan(*activities: Activity, risks: tuple[RiskEvent, ...] = (), **settings: str) -> Project:
    return Project(
        activities, settings=Settings(start=MONDAY, status_date=FRIDAY, **settings), risks=risks
    )  # type: ignore[arg-type]


def test_what_is_left_of_an_activity_has_its_share_of_the_spread() -> None:
    third = Activity("A", 9, three_point=POINTS, actual_start=MONDAY, remaining_duration=3)
    done = Activity("B", 9, three_point=POINTS, actual_start=MONDAY, actual_finish=FRIDAY)
    net = compiled(plan(third, done, Activity("C", 9, three_point=POINTS)))
    assert what_is_uncertain(net) == [ThreePoint(2, 3, 6), None, POINTS]
    assert is_over(net).tolist() == [False, True, False]


def test_a_piece_that_is_not_moved_keeps_its_past_certain() -> None:
    third = Activity("A", 9, three_point=POINTS, actual_start=MONDAY, remaining_duration=3)
    net = compiled(plan(third, progress="unmoved"))
    assert what_is_uncertain(net) == [ThreePoint(8, 9, 12)]


def test_a_plan_that_is_done_has_one_finish_and_one_cost() -> None:
    done = Activity("A", 5, three_point=POINTS, cost_per_day=100, actual_start=MONDAY,
                    actual_finish=date(2026, 3, 4), actual_cost=777)  # fmt: skip
    risk = RiskEvent("R", "late", ("A",), 0.9, ThreePoint(5, 5, 5), 1_000)
    found = simulate(plan(done, risks=(risk,)), 50)
    assert set(found.finish.samples) == {3.0}
    assert set(found.cost.samples) == {777.0}


def test_a_risk_strikes_only_what_is_not_over() -> None:
    done = Activity("A", 3, actual_start=MONDAY, actual_finish=date(2026, 3, 4))
    risk = RiskEvent("R", "late", ("A", "B"), 1.0, ThreePoint(2, 2, 2))
    found = simulate(plan(done, Activity("B", 4), risks=(risk,)), 20)
    assert set(found.finish.samples) == {5 + 4 + 2.0}


def test_a_plan_without_progress_is_as_uncertain_as_it_says() -> None:
    net = compiled(plan(Activity("A", 9, three_point=POINTS)))
    assert what_is_uncertain(net) == [POINTS]
