"""Scenarios beside the plan: published trade-offs, deltas that add up, and no noise in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.compare import PLAN, Comparison, compare
from pmkit.analysis.figures import FIGURES
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.simulating.simulation import simulate
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.errors import Cancelled, PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent
from pmkit.model.scenario import Scenario
from pmkit.model.settings import ProjectInfo, Settings
from tests.wording import exactly

TRIALS = 1_000


@pytest.fixture
def foundry() -> Project:
    """Return the General Foundry network: 15 weeks, 308,000 dollars.

    Render, Stair & Hanna, *Quantitative Analysis for Management*, chapter on project management
    (PERT/CPM), the table of normal and crash times and costs.
    """
    table = [
        ("A", 2, 22_000, ""), ("B", 3, 30_000, ""), ("C", 2, 26_000, "A"), ("D", 4, 48_000, "B"),
        ("E", 4, 56_000, "C"), ("F", 3, 30_000, "C"), ("G", 5, 80_000, "D; E"),
        ("H", 2, 16_000, "F; G"),
    ]  # fmt: skip
    plan = Project.from_table([(id_, weeks, before) for id_, weeks, _, before in table])
    costs = {id_: cost for id_, _, cost, _ in table}
    activities = tuple(replace(a, fixed_cost=costs[a.id]) for a in plan.activities)
    return replace(plan, activities=activities)


@pytest.fixture
def plan() -> Project:
    """Return a dated plan with uncertain durations, money and a risk."""
    return Project(
        (
            Activity("A", 4, fixed_cost=100, three_point=ThreePoint(3, 4, 8)),
            Activity("B", 6, cost_per_day=10, three_point=ThreePoint(5, 6, 12)),
            Activity("C", 5, three_point=ThreePoint(2, 5, 9)),
            Activity("D", 0),
        ),
        (Dependency("A", "B"), Dependency("A", "C"), Dependency("B", "D"), Dependency("C", "D")),
        Settings(start=date(2026, 3, 2), currency="EUR"),
        risks=(RiskEvent("R1", "frost", ("C",), 0.2, 3, 500),),
    )


CRASH = [
    Change("A", duration="-1", fixed_cost="+1000"),  # the cheapest week, A, C or E
    Change("G", duration="-1", fixed_cost="+2000"),  # then two paths are critical: G serves both
]


# -- Published trade-offs --------------------------------------------------------------


def test_crashing_the_foundry_costs_what_the_book_says(foundry: Project) -> None:
    # 14 weeks for 1,000 dollars more, 13 weeks for 3,000
    found = compare(
        foundry, [Scenario("14 weeks", CRASH[:1]), Scenario("13 weeks", CRASH)], trials=0
    )
    assert found.table.loc[["finish", "cost"]].to_numpy().tolist() == [
        [15, 14, -1, 13, -2],
        [308_000, 309_000, 1_000, 311_000, 3_000],
    ]


def test_each_week_is_traced_to_the_change_that_bought_it(foundry: Project) -> None:
    changes = compare(foundry, [Scenario("13 weeks", CRASH)], trials=0).changes
    assert changes.index.names == ["scenario", "change"]
    assert changes.reset_index().to_dict("records") == [
        {
            "scenario": "13 weeks", "change": "A: duration -1, fixed cost +1000",
            "finish_in_order": -1, "finish_alone": -1,
            "cost_in_order": 1_000, "cost_alone": 1_000,
        },
        {
            "scenario": "13 weeks", "change": "G: duration -1, fixed cost +2000",
            "finish_in_order": -1, "finish_alone": -1,
            "cost_in_order": 2_000, "cost_alone": 2_000,
        },
    ]  # fmt: skip


def test_changes_that_act_on_each_other_differ_alone_and_in_order(foundry: Project) -> None:
    # A alone buys one week: after it B-D-G-H (14 weeks) is critical too, so C then buys nothing,
    # though alone it would
    both = [Change("A", duration="-1"), Change("C", duration="-1")]
    changes = compare(foundry, [Scenario("early", both)], trials=0).changes
    assert changes["finish_in_order"].tolist() == [-1, 0]
    assert changes["finish_alone"].tolist() == [-1, -1]


def test_the_crashed_foundry_has_two_critical_paths(foundry: Project) -> None:
    found = compare(foundry, Scenario("14 weeks", CRASH[:1]), trials=0)
    assert found.schedules[PLAN].critical_activities == ("A", "C", "E", "G", "H")
    assert found.schedules["14 weeks"].critical_activities == tuple("ABCDEGH")
    assert found.table.loc["critical_activities", "14 weeks delta"] == 2


# -- The table -------------------------------------------------------------------------


def test_a_dated_plan_has_every_figure_and_each_scenario_a_delta(plan: Project) -> None:
    slow, cheap = Scenario("slow", [Change("B", duration="+3")]), Scenario("cheap")
    table = compare(plan, [slow, cheap], trials=TRIALS, seed=3).table
    assert table.index.name == "figure"
    assert list(table.index) == list(FIGURES)
    assert list(table.columns) == [PLAN, "slow", "slow delta", "cheap", "cheap delta"]
    # 2026-03-02 is a Monday: ten working days end on Friday the 13th, thirteen on Wednesday
    assert table.loc["finish"].tolist()[:3] == [10, 13, 3]
    assert table.loc["finish_date"].tolist()[:3] == [
        datetime(2026, 3, 13, 17), datetime(2026, 3, 18, 17), 5,
    ]  # fmt: skip
    assert table.loc["cost"].tolist()[:3] == [160, 190, 30]


def test_an_undated_plan_has_no_dates_and_one_without_trials_no_chances(foundry: Project) -> None:
    table = compare(foundry, [Scenario("same")], trials=0).table
    assert list(table.index) == ["finish", "cost", "critical_activities"]
    assert list(compare(foundry).table.columns) == [PLAN]


def test_figures_are_those_of_the_schedule_and_the_simulation(plan: Project) -> None:
    slow = Scenario("slow", [Change("B", duration="+3")])
    found = compare(plan, [slow], trials=TRIALS, seed=3)
    alone = simulate(slow.apply(plan), trials=TRIALS, seed=3)
    column = found.table["slow"]
    assert column["finish"] == critical_path(slow.apply(plan)).finish
    assert column["finish_p80"] == alone.finish.quantile(0.8)
    assert column["finish_p95_date"] == alone.finish.date_quantile(0.95)
    assert column["cost_p50"] == alone.cost.quantile(0.5)
    assert column["chance_of_plan_finish"] == alone.finish.probability(10)
    assert (found.simulations["slow"].trials, found.simulations["slow"].seed) == (TRIALS, 3)


def test_the_chance_is_that_of_the_date_promised_even_when_the_start_moves() -> None:
    certain = Project((Activity("A", 5),), settings=Settings(start=date(2026, 3, 2)))
    later = Scenario("later", [Change("settings", start="2026-03-03")])
    table = compare(certain, [later], trials=10).table
    # five working days all the same, but not by Friday
    assert table.loc["finish", "later delta"] == 0
    assert table.loc["finish_date", "later delta"] == 3
    assert table.loc["chance_of_plan_finish"].tolist() == [1, 0, -1]


def test_a_plan_that_gets_its_start_from_a_scenario_has_no_deltas_of_dates(
    foundry: Project,
) -> None:
    dated = Scenario("dated", [Change("settings", start="2026-03-02")])
    table = compare(foundry, [dated], trials=10).table
    assert table.loc["finish_date"].tolist() == [None, datetime(2026, 3, 20, 17), None]
    back = compare(dated.apply(foundry), [Scenario("undated", Change("settings", start=None))],
                   trials=10).table  # fmt: skip
    assert back.loc["finish_date"].tolist() == [datetime(2026, 3, 20, 17), None, None]
    assert back.loc["chance_of_plan_finish"].tolist() == [1, None, None]


def test_a_program_is_compared_as_one_network() -> None:
    depot = Project.from_table([("Build", 10, "")], members=(ProjectInfo("Depot"),))
    fleet = Project.from_table([("Accept", 2, "")], members=(ProjectInfo("Fleet"),))
    program = Program((depot, fleet), (Dependency("Depot.Build", "Fleet.Accept"),))
    found = compare(program, Scenario("late", Change("Depot.Build", duration="+5")), trials=0)
    assert found.table.loc["finish"].tolist() == [12, 17, 5]
    assert list(found.activities.index) == ["Depot.Build", "Fleet.Accept"]


# -- Common random numbers -------------------------------------------------------------


def test_a_scenario_that_changes_nothing_has_deltas_of_exactly_zero(plan: Project) -> None:
    same = [Scenario("same"), Scenario("named", [Change("A", name="Dig", wbs="1")])]
    found = compare(plan, same, trials=TRIALS)
    for name in ("same delta", "named delta"):
        assert found.table[name].tolist() == [0] * len(FIGURES)
    assert found.activities.empty


def test_where_nothing_changed_the_trials_are_the_same_to_the_last_bit(plan: Project) -> None:
    free = Scenario("free", [Change("C", duration=5, predecessors="")])
    found = compare(plan, [free], trials=TRIALS)
    costs = [simulation.cost.samples for simulation in found.simulations.values()]
    np.testing.assert_array_equal(*costs)


def test_a_risk_taken_out_leaves_the_other_random_numbers_alone(plan: Project) -> None:
    found = compare(plan, [Scenario("warm", [Change("R1", remove=True)])], trials=TRIALS)
    cold, warm = (simulation.cost.samples for simulation in found.simulations.values())
    saved = cold - warm
    assert set(np.round(saved, 9)) == {0.0, 500.0}
    assert np.mean(saved > 0) == pytest.approx(0.2, abs=0.05)


# -- What moved, and why ---------------------------------------------------------------


def test_activities_tell_what_moved_and_leave_out_what_did_not(plan: Project) -> None:
    slow = Scenario("slow", [Change("B", duration="+3")])
    moved = compare(plan, [slow, Scenario("same")], trials=TRIALS).activities
    assert moved.index.name == "activity"
    assert set(moved["scenario"]) == {"slow"}
    assert moved.loc["B", ["start", "finish", "start_delta", "finish_delta"]].tolist() == [
        4, 13, 0, 3,
    ]  # fmt: skip
    assert moved.loc["B", "finish_date"] == datetime(2026, 3, 18, 17)
    assert moved.loc["B", "finish_date_delta"] == 5
    assert moved.loc["C", "total_float_delta"] == 3
    assert moved.loc["C", "criticality_delta"] < 0 < moved.loc["B", "criticality_delta"]
    assert "A" not in moved.index


def test_activities_move_with_the_start_of_the_plan_though_their_days_stay(plan: Project) -> None:
    later = Scenario("later", [Change("settings", start="2026-03-09")])
    moved = compare(plan, [later], trials=0).activities
    assert list(moved.index) == ["A", "B", "C", "D"]
    assert set(moved["finish_date_delta"]) == {7}
    assert set(moved["finish_delta"]) == {0}


@pytest.mark.parametrize("scenarios", [[], [Scenario("same")]])
def test_without_changes_nothing_moved_and_nothing_caused_it(
    plan: Project, scenarios: list[Scenario]
) -> None:
    found = compare(plan, scenarios, trials=0)
    assert found.activities.empty
    assert found.changes.empty
    assert {"scenario", "start", "finish", "total_float"} <= set(found.activities.columns)


def test_a_change_that_builds_on_another_has_no_effect_alone(plan: Project) -> None:
    snow = RiskEvent("R2", "snow", ("B",), 0.5, 2)
    winter = Scenario("winter", [Change("R2", risk=snow), Change("R2", probability=1)])
    changes = compare(plan, [winter], trials=TRIALS).changes
    assert changes["finish_p80_alone"].isna().tolist() == [False, True]
    assert (changes["finish_p80_in_order"] > 0).all()


_CHANGES = st.one_of(
    st.builds(lambda i, d: Change(i, duration=d), st.sampled_from("ABC"), st.integers(0, 12)),
    st.builds(lambda d: Change("A -> C", lag=d), st.integers(-3, 6)),
    st.builds(lambda c: Change("A", fixed_cost=c), st.integers(0, 900)),
    st.builds(lambda p: Change("R1", probability=p), st.floats(0, 1)),
    st.builds(lambda p: Change("B", pessimistic=p), st.integers(12, 40)),
)
_PLAN = Project.from_table(
    [("A", 4, ""), ("B", 6, "A"), ("C", 5, "A")],
    risks=(RiskEvent("R1", "frost", ("C",), 0.2, 3, 500),),
)
_UNCERTAIN = Scenario(
    "uncertain", [Change(id_, three_point=(1, 5, 12)) for id_ in "ABC"]
).apply(_PLAN)  # fmt: skip


@settings(max_examples=25)
@given(st.lists(_CHANGES, max_size=4))
def test_effects_in_order_add_up_to_the_delta_of_the_scenario(changes: list[Change]) -> None:
    try:
        found = compare(_UNCERTAIN, [Scenario("any", changes)], trials=200)
    except PlanError:  # three points stretched below a pessimistic one that comes later
        return
    for name in ("finish", "finish_p80", "cost", "cost_p80"):
        effects = found.changes.get(f"{name}_in_order", default=np.zeros(0))
        delta = found.table.loc[name, "any delta"]
        assert np.sum(effects) == pytest.approx(delta, abs=1e-6), name


@settings(max_examples=25)
@given(st.lists(_CHANGES, max_size=3))
def test_a_delta_is_the_scenario_less_the_plan(changes: list[Change]) -> None:
    found = compare(_PLAN, [Scenario("any", [c for c in changes if c.target != "B"])], trials=50)
    for name in found.table.index:
        plan, scenario, delta = found.table.loc[name]
        assert delta == scenario - plan


def test_a_scenario_explains_itself(plan: Project) -> None:
    rush = Scenario("rush", [Change("B", duration=3), Change("C", duration="+1", fixed_cost=50)])
    found = compare(plan, [rush], trials=TRIALS, seed=7)
    lines = str(found.explain("rush")).splitlines()
    assert lines[:3] == [
        "Scenario 'rush'",
        "  Finish: 10 days -> 10 days (no change)",
        "  Finish date: 2026-03-13 -> 2026-03-13 (no change)",
    ]
    assert "  Cost: EUR 160 -> EUR 180 (+EUR 20)" in lines
    assert lines[-3].startswith("  B: duration 3: Finish -1 day; Finish, 80 % sure (P80) -")
    assert lines[-3].endswith("; Cost -EUR 30")
    assert lines[-2].startswith("  C: duration +1, fixed cost 50: Finish +1 day; ")
    assert lines[-1] == "  1,000 trials, seed 7, common random numbers"


def test_only_a_scenario_of_the_comparison_can_be_explained(plan: Project) -> None:
    found = compare(plan, [Scenario("rush")], trials=0)
    for name in ("plan", "slow"):
        with pytest.raises(KeyError, match=f"no scenario '{name}' in the comparison, there is"):
            found.explain(name)


# -- How it shows itself ---------------------------------------------------------------


def test_its_repr_is_one_line(foundry: Project) -> None:
    found = compare(foundry, [Scenario("13 weeks", CRASH), Scenario("same")], trials=0)
    assert repr(found) == "Comparison plan 15 days; 13 weeks -2 days; same no change"
    assert repr(compare(foundry, trials=0)) == "Comparison plan 15 days; no scenarios"


def test_its_html_shows_units_and_runs_no_name(plan: Project) -> None:
    hostile = Scenario("<script>alert(1)</script>", [Change("A", duration=6)])
    html = compare(plan, [hostile], trials=100)._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "+2 days" in html
    assert "2026-03-13" in html


# -- Progress, and what is refused -----------------------------------------------------


def test_progress_counts_the_trials_of_all_simulations(plan: Project) -> None:
    seen: list[tuple[int, int]] = []
    scenarios = [Scenario("one"), Scenario("two")]
    compare(plan, scenarios, trials=100, progress=lambda *told: seen.append(told))
    assert seen[-1] == (300, 300)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_progress_that_returns_false_stops_it(plan: Project) -> None:
    with pytest.raises(Cancelled):
        compare(plan, trials=100, progress=lambda done, total: False)


@pytest.mark.parametrize(
    ("names", "came"),
    [(["a", "a"], "'a'"), (["plan"], "'plan'"), (["a", "a delta"], "'a delta'")],
)
def test_names_that_clash_are_refused(plan: Project, names: list[str], came: str) -> None:
    sentence = (
        "compare: scenario names must differ from each other, from 'plan' and from the names of "
        f"columns such as '{names[0]} delta', got {came} more than once"
    )
    with pytest.raises(PlanError, match=exactly(sentence)):
        compare(plan, [Scenario(name) for name in names])


def test_a_change_that_does_not_fit_is_told_with_its_scenario(plan: Project) -> None:
    sentence = (
        "scenario 'odd': activity 'A': duration must be a finite number of working days >= 0, "
        "got -1"
    )
    with pytest.raises(PlanError, match=exactly(sentence)):
        compare(plan, [Scenario("odd", [Change("A", duration=-1)])])


def test_the_plan_is_not_touched(plan: Project) -> None:
    before: tuple[Any, ...] = (plan.activities, plan.dependencies, plan.risks, plan.settings)
    found: Comparison = compare(plan, [Scenario("slow", [Change("B", duration=9)])], trials=10)
    assert found.plan is plan
    assert (plan.activities, plan.dependencies, plan.risks, plan.settings) == before
