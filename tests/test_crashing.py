"""Crashing: the cheapest way to each earlier finish."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pmkit as pm
from pmkit.analysis.cost import direct_cost
from tests.crash_plans import foundry
from tests.reference.plans import random_plan
from tests.reference.progressed_plans import progressed_plan
from tests.wording import exactly

_RELIABLE = {
    "A": (2, 180, 1, 280, ""), "B": (4, 320, 2, 420, "A"), "C": (10, 620, 7, 860, "B"),
    "D": (6, 260, 4, 340, "C"), "E": (4, 410, 3, 570, "C"), "F": (5, 180, 3, 260, "E"),
    "G": (7, 900, 4, 1020, "D"), "H": (9, 200, 6, 380, "EG"), "I": (7, 210, 5, 270, "C"),
    "J": (8, 430, 6, 490, "FI"), "K": (4, 160, 3, 200, "J"), "L": (5, 250, 3, 350, "J"),
    "M": (2, 100, 1, 200, "H"), "N": (6, 330, 3, 510, "KL"),
}  # fmt: skip
"""Reliable Construction Co. (Hillier & Lieberman, Introduction to Operations Research, 2001,
section 10.5): normal weeks and thousand dollars, crash weeks and thousand dollars, predecessors."""


def reliable(**options: Any) -> pm.Project:
    return pm.Project(
        tuple(
            pm.Activity(id_, weeks, fixed_cost=cost, crash_duration=short, crash_cost=dear)
            for id_, (weeks, cost, short, dear, _) in _RELIABLE.items()
        ),
        tuple(pm.Dependency(p, id_) for id_, row in _RELIABLE.items() for p in row[4]),
        **options,
    )


def test_reliable_construction_is_crashed_as_published():
    """44 weeks cost 4.55 million, 40 weeks 4.69: J and F by two weeks each; all crashed, 6.15."""
    crashed = pm.crash(reliable(), 40)
    assert crashed.curve["cost"].iloc[-1] == pytest.approx(4550)
    assert (crashed.normal_finish, crashed.finish, crashed.cost) == (44, 40, pytest.approx(4690))
    table = crashed.table
    assert table["days_crashed"][table["days_crashed"] > 0].to_dict() == {"F": 2, "J": 2}
    assert table["cost"][table["cost"] > 0].to_dict() == {"F": 80, "J": 60}
    assert table["direct_cost"].sum() == pytest.approx(crashed.cost)
    assert crashed.earliest == 28
    assert sum(a.crash_cost or 0 for a in reliable().activities) == 6150
    assert pm.crash(reliable(), 28).cost < 6150  # not all of it has to be crashed for that


def test_general_foundry_costs_what_was_published():
    """14 weeks cost 1,000 more, and 13 weeks 3,000 (Render, Stair & Hanna)."""
    normal = direct_cost(foundry()).total
    assert pm.crash(foundry(), 14).cost - normal == pytest.approx(1000)
    assert pm.crash(foundry(), 13).cost - normal == pytest.approx(3000)


def test_by_default_the_cheapest_total_is_taken_and_of_several_the_earliest():
    crashed = pm.crash(foundry(), indirect_cost=2500)
    assert (crashed.finish, crashed.cheapest) == (10, 10)
    assert crashed.total == pytest.approx(317_000 + 25_000)
    tie = pm.crash(foundry(), indirect_cost=2000)  # each day from 14 to 10 costs just as much
    assert tie.cheapest == 10
    assert pm.crash(foundry()).finish == 15


def test_bonus_and_penalty_count_from_the_end_of_the_due_day():
    terms: dict[str, Any] = {"due": 12, "bonus": 100.0, "penalty": 900.0}
    late, early = pm.crash(foundry(), 14, **terms), pm.crash(foundry(), 11, **terms)
    assert late.total == pytest.approx(309_000 + 2 * 900)
    assert early.total == pytest.approx(315_000 - 100)
    curve = late.curve.set_index("finish")
    assert curve["penalty"][13.0] == 900
    assert curve["bonus"][8.0] == 400
    assert (curve["total"] == curve.eval("cost + indirect - bonus + penalty")).all()


def test_a_due_date_is_a_corner_of_the_total():
    crashed = pm.crash(foundry(), due=12.5, penalty=50_000)
    assert crashed.cheapest == 12.5
    assert crashed.finish == 12.5


def test_a_date_is_the_end_of_that_working_day():
    plan = foundry(start=date(2026, 3, 2))  # a Monday
    crashed = pm.crash(plan, date(2026, 3, 13))
    assert crashed.finish == 10
    assert str(crashed.finish_date) == "2026-03-13 17:00:00"
    assert str(crashed.curve["finish_date"].iloc[-1]) == "2026-03-20 17:00:00"
    assert pm.crash(plan, "2026-03-13").finish == 10
    assert repr(crashed) == "CrashPlan finish day 10 (2026-03-13), 4 crashed, 317,000"


def test_a_finish_after_the_normal_pace_is_the_normal_pace():
    assert pm.crash(foundry(), 99).finish == 15
    assert pm.crash(foundry(), 99).changes == ()


def test_the_crashed_plan_finishes_and_costs_what_was_said():
    for finish in (14.0, 12.3, 10.0, 7.0):
        crashed = pm.crash(foundry(), finish)
        assert pm.critical_path(crashed.crashed).finish == pytest.approx(finish)
        assert direct_cost(crashed.crashed).total == pytest.approx(crashed.cost)
        again = pm.crash(crashed.crashed)  # what is left to crash starts from there
        assert again.normal_finish == pytest.approx(finish)
        assert again.earliest == pytest.approx(7)


def test_costs_by_the_day_and_of_resources_stay_right_in_the_crashed_plan():
    mason = pm.Resource("Mason", capacity=2, cost_per_day=300, cost_per_use=50)
    wall = pm.Activity("Wall", 6, cost_per_day=100, fixed_cost=20, crash_duration=4,
                       crash_cost=6000, resources=(pm.Assignment("Mason", 2),))  # fmt: skip
    plan = pm.Project((wall,), resources=(mason,))
    assert direct_cost(plan).total == 6 * 700 + 70
    crashed = pm.crash(plan, 5)
    assert crashed.table["slope"]["Wall"] == (6000 - 4270) / 2
    assert direct_cost(crashed.crashed).total == pytest.approx(4270 + 865)


def test_whole_days_and_all_or_nothing_are_staircases():
    plan = pm.Project.from_table([("A", 5, ""), ("B", 5, "A")])
    plan = pm.Scenario("crash", [
        pm.Change("A", crash_duration=2.5, crash_cost=500),
        pm.Change("B", crash_duration=3, crash_cost=100),
    ]).apply(plan)  # fmt: skip
    days = pm.crash(plan, steps="days")
    assert days.curve["finish"].tolist() == [6, 7, 8, 9, 10]
    assert days.curve["cost"].tolist() == pytest.approx([500, 300, 100, 50, 0])
    assert days.at(7.9).finish == 7
    whole = pm.crash(plan, steps="all_or_nothing")
    assert whole.curve["finish"].tolist() == [5.5, 7.5, 8, 10]
    assert whole.curve["cost"].tolist() == pytest.approx([600, 500, 100, 0])
    assert whole.at(9.5).finish == 8
    assert whole.explain("A").lines[-1] == (
        "crashed by 2.5 days, too, it would move the finish to day 7.5, for 500"
    )


def test_work_under_way_is_crashed_in_proportion_and_what_is_complete_is_not():
    plan = pm.Project(
        (
            pm.Activity("Done", 4, crash_duration=1, crash_cost=900, percent_complete=100,
                        actual_start=0.0, actual_finish=4.0),
            pm.Activity("Going", 10, crash_duration=6, crash_cost=400, percent_complete=50,
                        actual_start=4.0),
        ),
        (pm.Dependency("Done", "Going"),),
        pm.Settings(status_date=9.0),
    )  # fmt: skip
    crashed = pm.crash(plan, 12)
    assert (crashed.normal_finish, crashed.earliest) == (14, 12)
    assert crashed.table["days_crashed"].to_dict() == {"Done": 0, "Going": 2}
    assert crashed.table["crash"].to_dict() == {"Done": 4, "Going": 8}
    assert pm.critical_path(crashed.crashed).finish == 12
    assert crashed.explain("Done").lines == ("it is complete: no money makes it shorter",)


def test_a_lag_in_percent_shrinks_with_its_predecessor():
    plan = pm.Project(
        (pm.Activity("A", 10, crash_duration=6, crash_cost=40), pm.Activity("B", 8)),
        (pm.Dependency("A", "B", "SS", 50, unit="%"),),
    )
    crashed = pm.crash(plan, 12)
    assert (crashed.normal_finish, crashed.earliest) == (13, 11)
    assert crashed.cost == pytest.approx(20)
    assert pm.critical_path(crashed.crashed).finish == 12


def test_a_day_less_that_costs_less_than_nothing_is_taken_at_every_finish_and_told():
    plan = pm.Project((pm.Activity("A", 4, cost_per_day=100, crash_duration=3, crash_cost=310),))
    crashed = pm.crash(plan)
    assert crashed.finish == 3
    assert crashed.notes == ("A day less costs less than nothing for A: crashed at every finish.",)


def test_why_one_is_crashed_and_another_is_not_is_told_with_its_price():
    crashed = pm.crash(foundry(), 12)
    assert str(crashed.explain("G")) == (
        "Activity 'G' is crashed by 1 day, for 2,000\n"
        "  a day less costs (86,000 - 80,000) / (5 - 2 days) = 2,000\n"
        "  1 day of the 3 days that can be taken from it\n"
        "  the last day that was saved costs 2,000 in all\n"
        "  a day less of this activity is worth 2,000 of it, and costs as much: it is among those "
        "that set the price\n"
        "  at its normal pace the plan would finish on day 13, 1 day later"
    )
    assert crashed.explain("H").lines[2:] == (
        "a day less of this activity is worth 2,000 of it, and costs more, so others are "
        "shortened instead",
        "crashed by 1 day, too, it would move the finish to day 11, for 3,000",
    )
    assert crashed.explain("F").lines[-1] == (
        "crashed by 1 day, too, it would not move the finish: it has 5 days of float"
    )
    with pytest.raises(KeyError, match=r"no activity 'Z' in the schedule"):
        crashed.explain("Z")


def test_with_terms_it_is_told_what_the_total_would_do():
    crashed = pm.crash(foundry(), indirect_cost=2500)
    assert crashed.explain("H").lines[-1] == (
        "crashed by 1 day, too, it would move the finish to day 9, for 3,000; the total would "
        "rise by 500"
    )
    assert crashed.explain("G").lines[-1] == (
        "at its normal pace the plan would finish on day 13, 3 days later; the total would rise "
        "by 1,500"
    )


def test_with_several_calendars_every_finish_of_the_curve_is_one_of_the_schedule():
    crashed = pm.crash(pm.sample())
    assert not crashed.is_exact
    assert "a cheaper way to it is not ruled out" in crashed.notes[0]
    assert crashed.normal_finish == pm.critical_path(pm.sample()).finish
    assert crashed.curve["cost"].is_monotonic_decreasing
    for finish in crashed.curve["finish"]:
        now = crashed.at(float(finish))
        assert pm.critical_path(now.crashed).finish == pytest.approx(finish, abs=1e-5)
        assert direct_cost(now.crashed).total == pytest.approx(now.cost)


def test_what_limits_it_is_a_sentence():
    with pytest.raises(pm.InfeasibleError, match=exactly(
        "finish: must be at least day 7, the earliest possible with every activity crashed as far "
        "as it goes, got 6"
    )):  # fmt: skip
        pm.crash(foundry(), 6)
    dated = foundry(start=date(2026, 3, 2))
    with pytest.raises(pm.InfeasibleError, match=exactly(
        "finish: must be at least day 7 (2026-03-10), the earliest possible with every activity "
        "crashed as far as it goes, got 2026-03-09"
    )):  # fmt: skip
        pm.crash(dated, date(2026, 3, 9))
    with pytest.raises(pm.PlanError, match=exactly(
        "plan: at least one activity that is not complete must have a crash duration below its "
        "duration and a crash cost, or nothing can be crashed, got none"
    )):  # fmt: skip
        pm.crash(foundry(crash=False))
    with pytest.raises(pm.PlanError, match=exactly(
        "finish: must be a number of working days, because the plan has no start date, "
        "got 2026-03-09"
    )):  # fmt: skip
        pm.crash(foundry(), date(2026, 3, 9))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"steps": "weeks"},
         "steps: must be one of 'continuous', 'days', 'all_or_nothing', got 'weeks'"),
        ({"indirect_cost": -1},
         "indirect_cost: must be a finite amount of money >= 0 per working day, got -1"),
        ({"penalty": float("nan")},
         "penalty: must be a finite amount of money >= 0 per working day, got nan"),
        ({"due": float("inf")},
         "due: must be a date or a finite number of working days >= 0, got inf"),
        ({"due": "soon"},
         "due: must be a date such as 2026-07-10 or a number of working days, got 'soon'"),
        ({"time_limit": 0}, "time_limit: must be a number of seconds > 0, got 0"),
    ],
)  # fmt: skip
def test_terms_that_are_none_are_refused(options: dict[str, Any], sentence: str):
    with pytest.raises(pm.PlanError, match=exactly(sentence)):
        pm.crash(foundry(), **options)


def test_bonus_without_a_due_date_is_told():
    assert pm.crash(foundry(), bonus=5).notes == (
        "Bonus and penalty count from a due date, and none is given: they add nothing.",
    )


def test_out_of_time_the_ends_are_there_and_it_is_told():
    crashed = pm.crash(reliable(), time_limit=1e-9)
    assert not crashed.is_exact
    assert (crashed.earliest, crashed.curve["finish"].iloc[-1]) == (28, 44)
    assert crashed.notes == (
        "The time limit of 1e-09 s was reached: between the finishes that were worked out, the "
        "curve may lie above the cheapest cost.",
    )
    best = pm.crash(reliable())
    for finish in (30, 36.5, 42):
        assert crashed.at(finish).cost >= best.at(finish).cost - 1e-6


def test_it_can_be_cancelled():
    with pytest.raises(pm.Cancelled):
        pm.crash(reliable(), progress=lambda done, total: done == 0)


# Laws


@st.composite
def plans(draw: st.DrawFn) -> pm.Project:
    """Small plans in whole days, with all kinds of dependencies."""
    count = draw(st.integers(2, 4))
    activities = []
    for n in range(count):
        normal = draw(st.integers(1, 4))
        most = draw(st.integers(0, min(normal, 2)))
        cost = draw(st.integers(0, 20))
        slope = draw(st.integers(0, 9))
        activities.append(pm.Activity(
            f"A{n}", normal, fixed_cost=cost,
            crash_duration=normal - most if most else None,
            crash_cost=cost + slope * most if most else None,
        ))  # fmt: skip
    links = [
        pm.Dependency(f"A{p}", f"A{s}", draw(st.sampled_from(["FS", "SS", "FF", "SF"])),
                      draw(st.integers(-1, 2)))
        for s in range(count) for p in range(s) if draw(st.booleans())
    ]  # fmt: skip
    return pm.Project(tuple(activities), tuple(links))


def brute_force(plan: pm.Project, wholly: bool) -> dict[float, float]:
    """Cheapest cost of each finish that whole days can reach, by trying all of them."""
    takes = []
    for activity in plan.activities:
        normal, least = activity.expected_duration, activity.crash_duration
        most = 0 if least is None else round(normal - least)
        takes.append([0, most] if wholly and most else range(most + 1))
    found: dict[float, float] = {}
    for taken in product(*takes):
        changes = [pm.Change(a.id, duration=a.expected_duration - days)
                   for a, days in zip(plan.activities, taken, strict=True) if days]  # fmt: skip
        tried = pm.Scenario("tried", changes).apply(plan) if changes else plan
        finish = round(pm.critical_path(tried).finish, 6)
        cost = sum(
            a.fixed_cost + (days * (a.crash_cost - a.fixed_cost)
                            / (a.expected_duration - a.crash_duration) if days else 0)
            for a, days in zip(plan.activities, taken, strict=True)
        )  # fmt: skip
        found[finish] = min(cost, found.get(finish, np.inf))
    return found


@settings(max_examples=30, deadline=None, derandomize=True)
@given(plans())
def test_no_combination_of_whole_days_is_cheaper(plan: pm.Project):
    if all(a.crash_duration is None for a in plan.activities):
        return
    linear, days = pm.crash(plan), pm.crash(plan, steps="days")
    wholly = pm.crash(plan, steps="all_or_nothing")
    for found, curve in (
        (brute_force(plan, False), days), (brute_force(plan, True), wholly)
    ):  # fmt: skip
        best = {f: c for f, c in found.items()
                if all(c < other for at, other in found.items() if at < f)}  # fmt: skip
        assert dict(zip(curve.curve["finish"], curve.curve["cost"], strict=True)) == pytest.approx(
            best
        )
    # in whole days the linear programme has whole answers, too (its matrix is totally unimodular)
    for finish, cost in zip(days.curve["finish"], days.curve["cost"], strict=True):
        assert linear.at(finish).cost == pytest.approx(cost)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(plans())
def test_the_curve_falls_and_is_convex_and_is_what_the_plan_then_does(plan: pm.Project):
    if all(a.crash_duration is None for a in plan.activities):
        return
    crashed = pm.crash(plan)
    curve = crashed.curve
    steps = np.diff(curve["cost"]) / np.diff(curve["finish"])
    assert (steps <= 1e-6).all()
    assert (np.diff(steps) >= -1e-6).all()
    assert set(crashed.breakpoints) <= set(curve["finish"])
    middle = (crashed.earliest + crashed.normal_finish) / 2
    now = crashed.at(middle)
    assert pm.critical_path(now.crashed).finish <= middle + 1e-6
    assert direct_cost(now.crashed).total == pytest.approx(now.cost)
    for id_ in (activity.id for activity in plan.activities):
        assert now.explain(id_).title


@pytest.mark.parametrize("seed", range(0, 60, 4))
def test_whatever_calendars_dates_and_progress_a_plan_has_it_does_what_the_curve_says(seed: int):
    """The plans with which `critical_path` is held against its slow twin, made crashable."""
    chance = np.random.default_rng(seed)
    plan = random_plan(seed) if seed % 8 else progressed_plan(seed)
    costs = {cost.activity: cost.total for cost in direct_cost(plan).activities}
    changes = [
        pm.Change(a.id, crash_duration=a.expected_duration * float(chance.random()),
                  crash_cost=costs[a.id] + float(chance.integers(1, 1000)))
        for a in plan.activities if a.expected_duration and not a.is_complete
    ]  # fmt: skip
    if not changes:
        return
    plan = pm.Scenario("crashable", changes).apply(plan)
    for steps in ("continuous", "days", "all_or_nothing"):
        try:
            crashed = pm.crash(plan, steps=steps)
        except pm.PlanError as error:
            assert "nothing can be crashed" in str(error)  # spans have no days of their own
            continue
        curve = crashed.curve
        assert (np.diff(curve["cost"]) <= 1e-6).all()
        for finish in (*curve["finish"][:6], curve["finish"].mean()):
            now = crashed.at(float(finish))
            assert pm.critical_path(now.crashed).finish <= finish + 1e-5
            assert direct_cost(now.crashed).total == pytest.approx(now.cost)
            assert now.explain(plan.network.activities[0].id).title
