"""Simulated finish and cost, against published answers and the laws they must keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.cost import direct_cost
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.simulating.convergence import Convergence
from pmkit.analysis.simulating.simulation import Simulation, simulate
from pmkit.model.activity import Activity, Assignment, ThreePoint
from pmkit.model.dependency import Dependency
from pmkit.model.errors import Cancelled, PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import ProjectInfo, Settings
from tests.wording import exactly

# The three-point network of the reliable construction example in Hillier & Lieberman,
# "Introduction to Operations Research" (PERT chapter): published mean 44, variance 9 and, by the
# normal approximation along the longest path, P(T <= 47) = 0.84.
RELIABLE = {
    "A": (1, 2, 3, ""), "B": (2, 3.5, 8, "A"), "C": (6, 9, 18, "B"), "D": (4, 5.5, 10, "C"),
    "E": (1, 4.5, 5, "C"), "F": (4, 4, 10, "E"), "G": (5, 6.5, 11, "D"), "H": (5, 8, 17, "EG"),
    "I": (3, 7.5, 9, "C"), "J": (3, 9, 9, "FI"), "K": (4, 4, 4, "J"), "L": (1, 5.5, 7, "J"),
    "M": (1, 2, 3, "H"), "N": (5, 5.5, 9, "KL"),
}  # fmt: skip


def reliable(shape: str = "beta-PERT") -> Project:
    return Project(
        tuple(
            Activity(id_, three_point=ThreePoint(*row[:3], shape))  # type: ignore[arg-type, misc]
            for id_, row in RELIABLE.items()
        ),
        tuple(Dependency(p, id_) for id_, row in RELIABLE.items() for p in str(row[3])),
    )


def chain(*activities: Activity, **fields: Any) -> Project:
    ids = [activity.id for activity in activities]
    links = tuple(Dependency(a, b) for a, b in pairwise(ids))
    return Project(activities, links, **fields)


def uncertain(id_: str, low: float, mode: float, high: float, **fields: Any) -> Activity:
    return Activity(id_, three_point=ThreePoint(low, mode, high), **fields)


# Accuracy


def test_the_published_network_finishes_by_47_as_often_as_its_shape_says() -> None:
    # Recomputed independently: .82 with beta-PERT, .59 with triangular (a lesson in itself).
    beta = simulate(reliable(), 100_000, seed=1)
    triangular = simulate(reliable("triangular"), 100_000, seed=1)
    assert beta.finish.probability(47) == pytest.approx(0.82, abs=0.006)
    assert triangular.finish.probability(47) == pytest.approx(0.59, abs=0.006)
    # The true finish is later than the 44 of the longest path of means: other paths compete.
    assert 44.2 < beta.finish.mean() < 44.5
    assert beta.finish.std() ** 2 == pytest.approx(9, abs=0.6)


def test_the_later_of_three_equal_paths_is_late_by_0_8463_sigma() -> None:
    # The mean of the largest of three independent normals is mu + 3 / (2 sqrt(pi)) sigma
    # (Clark, 1961). Sums of twelve symmetric estimates are as good as normal.
    steps = [
        [uncertain(f"{path}{k}", 2, 5, 8) for k in range(12)] for path in ("red", "green", "blue")
    ]
    links = tuple(Dependency(a.id, b.id) for path in steps for a, b in pairwise(path))
    plan = Project(tuple(activity for path in steps for activity in path), links)
    finish = simulate(plan, 100_000, seed=2).finish
    sigma = np.sqrt(12 * 36 / 28)  # a symmetric beta-PERT has variance range^2 / 28
    assert (finish.mean() - 60) / sigma == pytest.approx(0.8463, abs=0.015)


def test_a_sum_has_the_mean_and_variance_of_its_parts() -> None:
    plan = chain(uncertain("A", 2, 3.5, 8), uncertain("B", 1, 1, 9), Activity("C", 4))
    finish = simulate(plan, 200_000, seed=3).finish
    means = [4.0, 14 / 6]
    variances = [(4 - 2) * (8 - 4) / 7, (14 / 6 - 1) * (9 - 14 / 6) / 7]  # Beta with lambda 4
    assert finish.mean() == pytest.approx(sum(means) + 4, abs=4 * finish.standard_error())
    assert finish.std() ** 2 == pytest.approx(sum(variances), rel=0.02)


def test_without_uncertainty_every_trial_is_the_critical_path() -> None:
    plan = Project.from_table(
        [("A", 1 / 3, ""), ("B", 0.1, "A SS+50%"), ("C", 0.2, "B; A FF+1.5"), ("D", 7, "C-2")],
        settings=Settings(start=date(2026, 3, 2)),
    )
    simulation = simulate(plan, 20)
    schedule = critical_path(plan)
    assert simulation.finish.samples == pytest.approx(np.full(20, schedule.finish), rel=1e-12)
    assert simulation.finish.date_quantile(0.8) == schedule.finish_date
    assert simulation.cost.quantile(1) == direct_cost(plan).total


def test_paths_of_equal_length_are_both_critical() -> None:
    # 0.1 + 0.2 and 0.3 differ in floating point; a plan does not.
    plan = Project.from_table(
        [("A", 0.1, ""), ("B", 0.2, "A"), ("C", 0.3, ""), ("D", 1, "B; C"), ("E", 1.25, "")]
    )
    assert simulate(plan, 10).criticality.tolist() == [1, 1, 1, 1, 0]


def test_sixty_activities_of_one_second_finish_after_a_minute() -> None:
    rows = [(k, 1 / 28_800, str(k - 1) if k else "") for k in range(60)]
    simulation = simulate(Project.from_table(rows), 10)
    assert simulation.finish.mean() == pytest.approx(60 / 28_800, rel=1e-6)
    assert simulation.criticality.min() == 1


@settings(max_examples=40)
@given(st.data())
def test_every_trial_lies_between_the_optimistic_and_the_pessimistic_plan(data: Any) -> None:
    count = data.draw(st.integers(1, 7))
    points = [sorted(data.draw(st.tuples(*[st.floats(0, 50)] * 3))) for _ in range(count)]
    links = tuple(
        Dependency(f"{a}", f"{b}")
        for b in range(count)
        for a in range(b)
        if data.draw(st.booleans())
    )
    plan = Project(tuple(uncertain(f"{k}", *p) for k, p in enumerate(points)), links)
    bounds = []
    for end in (0, 2):
        fixed = tuple(Activity(f"{k}", p[end]) for k, p in enumerate(points))
        bounds.append(critical_path(Project(fixed, links)).finish)
    finish = simulate(plan, 50, seed=4).finish.sorted
    slack = 1e-6 * (bounds[1] + 1)
    assert bounds[0] - slack <= finish[0] <= finish[-1] <= bounds[1] + slack


def test_with_both_duration_and_three_points_the_three_points_are_drawn() -> None:
    plan = Project((Activity("A", 100, three_point=ThreePoint(1, 2, 3)),))
    assert simulate(plan, 100).finish.quantile(1) < 3


# Risks


def test_a_risk_moves_the_mean_by_probability_times_impact() -> None:
    risk = RiskEvent("Flood", activities=("A",), probability=0.3, impact=ThreePoint(2, 4, 12),
                     cost_impact=1_000)  # fmt: skip
    plan = Project((uncertain("A", 4, 6, 14),), risks=(risk,))
    with_risk, without = simulate(plan, 100_000), simulate(plan, 100_000, risks=False)
    shift = with_risk.finish.mean() - without.finish.mean()
    assert shift == pytest.approx(0.3 * 5, abs=0.03)
    assert with_risk.cost.mean() == pytest.approx(300, abs=6)
    assert without.cost.mean() == 0
    untouched = np.isclose(with_risk.finish.samples, without.finish.samples, rtol=1e-6)
    assert untouched.mean() == pytest.approx(0.7, abs=0.006)


def test_an_opportunity_shortens_but_not_below_zero() -> None:
    chance = RiskEvent("Luck", activities=("A",), probability=1, impact=ThreePoint(2, 2, 2),
                       cost_impact=50, kind="opportunity")  # type: ignore[arg-type]  # fmt: skip
    plan = Project((Activity("A", 1.5, fixed_cost=80), Activity("B", 0.25)), risks=(chance,))
    simulation = simulate(plan, 10)
    assert simulation.finish.quantile(1) == 0.25
    assert simulation.cost.quantile(0.5) == 30


def test_a_risk_strikes_all_its_activities_in_the_same_trials() -> None:
    risk = RiskEvent("Strike", activities=("A", "B"), probability=0.5, impact=ThreePoint(1, 1, 1))
    plan = chain(Activity("A", 2), Activity("B", 2), risks=(risk,))
    assert set(simulate(plan, 200).finish.samples) == {4.0, 6.0}


# Cost


def test_costs_grow_with_the_durations_drawn() -> None:
    crew, sand = (
        Resource("Crew", cost_per_day=100, cost_per_use=40),
        Resource(
            "Sand",
            "consumable",
            cost_per_unit=7,  # type: ignore[arg-type]
        ),
    )
    build = uncertain(
        "A", 2, 3, 10, fixed_cost=1_000, cost_per_day=50,
        resources=(Assignment("Crew", 2), Assignment("Sand", 10)),
    )  # fmt: skip
    simulation = simulate(Project((build,), resources=(crew, sand)), 500)
    expected = 1_000 + 40 + 70 + (50 + 2 * 100) * simulation.finish.samples
    assert simulation.cost.samples == pytest.approx(expected, rel=1e-12)


def test_an_uncertain_fixed_cost_takes_the_place_of_the_fixed_one() -> None:
    activity = Activity("A", 2, fixed_cost=999, fixed_cost_estimate=ThreePoint(100, 200, 600),
                        cost_per_day=10)  # fmt: skip
    cost = simulate(Project((activity,)), 50_000).cost
    assert cost.mean() == pytest.approx(250 + 20, abs=2)
    assert 120 <= cost.quantile(0) < cost.quantile(1) <= 620


def test_joint_confidence_keeps_frechets_bounds() -> None:
    plan = chain(uncertain("A", 2, 3, 10, cost_per_day=100), uncertain("B", 4, 5, 9))
    simulation = simulate(plan, seed=5)
    days, money = simulation.finish.quantile(0.6), simulation.cost.quantile(0.7)
    one, other = simulation.finish.probability(days), simulation.cost.probability(money)
    both = simulation.joint(finish=days, cost=money)
    assert one + other - 1 <= both <= min(one, other)
    assert both > one * other + 0.05, "time-dependent cost and finish rise together"
    assert simulation.joint(finish=1e9, cost=money) == other


# Random numbers


def test_the_same_seed_gives_the_same_answer_and_another_seed_another() -> None:
    one, same, other = (simulate(reliable(), 500, seed=seed) for seed in (7, 7, 8))
    assert (one.finish.samples == same.finish.samples).all()
    assert (one.finish.samples != other.finish.samples).any()


def test_more_trials_begin_with_the_same_trials() -> None:
    few, many = (simulate(reliable(), trials) for trials in (700, 25_000))
    assert (many.finish.samples[:700] == few.finish.samples).all()


def test_a_change_elsewhere_leaves_an_activitys_draws_alone() -> None:
    long = uncertain("long", 40, 50, 80)
    plan = Project((long, uncertain("short", 1, 2, 3)))
    changed = (
        Project((long, uncertain("short", 2, 3, 9))),
        Project((uncertain("new", 1, 1, 2), uncertain("short", 1, 2, 3), long)),
        replace(plan, risks=(RiskEvent("R", activities=("short",), probability=0.5,
                                       impact=ThreePoint(1, 2, 3)),)),
    )  # fmt: skip
    before = simulate(plan, 1_000).finish.samples
    for other in changed:
        assert simulate(other, 1_000).finish.samples == pytest.approx(before, rel=1e-6)


def test_common_random_numbers_make_a_difference_far_surer() -> None:
    crashed = Project(
        tuple(uncertain("C", 5, 8, 17) if a.id == "C" else a for a in reliable().activities),
        reliable().dependencies,
    )
    same, apart = [], []
    for seed in range(30):
        base = simulate(reliable(), 400, seed=seed).finish.mean()
        same.append(simulate(crashed, 400, seed=seed).finish.mean() - base)
        apart.append(simulate(crashed, 400, seed=seed + 1_000).finish.mean() - base)
    assert np.mean(same) == pytest.approx(-1, abs=0.02)
    assert np.std(same) < np.std(apart) / 10


def test_standard_errors_hold_over_seeds() -> None:
    runs = [simulate(reliable(), 500, seed=seed).finish for seed in range(120)]
    assert np.std([r.mean() for r in runs]) == pytest.approx(
        np.mean([r.standard_error() for r in runs]), rel=0.25
    )
    assert np.std([r.quantile(0.8) for r in runs]) == pytest.approx(
        np.mean([r.quantile_error(0.8) for r in runs]), rel=0.25
    )


# Stopping


def test_it_stops_once_the_estimate_is_sure_enough() -> None:
    rule = Convergence(quantile=0.8, half_width=0.06)
    simulation = simulate(reliable(), 1_000, seed=1, until=rule)
    error = simulation.finish.quantile_error(0.8) * NormalDist().inv_cdf(0.975)
    assert error <= 0.06
    assert simulation.has_converged
    assert 1_000 < simulation.trials < 100_000


def test_it_stops_at_the_most_trials_and_says_so() -> None:
    rule = Convergence(quantile=0.8, half_width=1e-9, max_trials=2_000)
    simulation = simulate(reliable(), 500, until=rule)
    assert simulation.trials == 2_000
    assert not simulation.has_converged


def test_progress_counts_trials_and_may_cancel() -> None:
    seen = []
    simulate(reliable(), 25_000, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 25_000), (10_000, 25_000), (20_000, 25_000), (25_000, 25_000)]
    with pytest.raises(
        Cancelled,
        match=exactly("cancelled by the progress callback after 10,000 of 25,000 trials"),
    ):
        simulate(reliable(), 25_000, progress=lambda done, total: done < 10_000)


# What people read


@pytest.fixture(scope="module")
def depot() -> Simulation:
    plan = chain(
        uncertain("Dig", 4, 6, 14, name="<b>Dig</b>", cost_per_day=1e5), Activity("Build", 5),
        settings=Settings(start=date(2026, 3, 2), currency="EUR"),
    )  # fmt: skip
    return simulate(plan, seed=7)


def test_it_sums_itself_up_in_one_line(depot: Simulation) -> None:
    assert repr(depot) == (
        "Simulation 10,000 trials, seed 7: finish P50 11.8 d (2026-03-17), "
        "P80 13.5 d (2026-03-19), cost P80 845,524 EUR"
    )
    html = depot._repr_html_()
    assert "P95" in html
    assert "<b>" not in html


def test_it_explains_a_quantile_and_an_activity(depot: Simulation) -> None:
    assert str(depot.explain("P80")).startswith("finish P80 = 13.5 d (2026-03-19)\n  rank = 0.8 x")
    assert str(depot.explain("cost P50")).startswith("cost P50 = ")
    assert "standard error = " in str(depot.explain("mean"))
    lines = str(depot.explain("Dig"))
    assert "critical in 10,000 of 10,000 trials = 1.000" in lines
    assert "cruciality = |covariance|" in lines
    assert "its duration is certain" in str(depot.explain("Build"))
    assert "&lt;b&gt;" in depot.explain("Dig")._repr_html_()
    with pytest.raises(KeyError, match="no activity 'Paint' in the plan"):
        depot.explain("Paint")


def test_the_finish_has_dates(depot: Simulation) -> None:
    assert depot.is_dated
    assert depot.finish.probability("2026-03-19") == depot.finish.probability(14)
    assert depot.joint(finish="2026-03-19", cost=1e12) == depot.finish.probability(14)


def test_a_program_is_simulated_as_one_network() -> None:
    projects = tuple(
        Project((uncertain("A", 2, 3, 6),), members=(ProjectInfo(name),)) for name in ("P", "Q")
    )
    program = Program(projects, (Dependency("P.A", "Q.A"),))
    simulation = simulate(program, 1_000)
    assert simulation.ids == ("P.A", "Q.A")
    assert simulation.finish.mean() == pytest.approx(2 * 20 / 6, abs=0.1)
    assert simulation.cost.quantile(1) == 0
    assert "cost" not in repr(simulation)


@pytest.mark.parametrize("trials", [0, -5, 2.5])
def test_less_than_one_trial_is_refused(trials: int) -> None:
    sentence = f"simulate: trials must be a whole number of at least 1, got {trials}"
    with pytest.raises(ValueError, match=exactly(sentence)):
        simulate(reliable(), trials)


def test_a_seed_that_is_no_whole_number_is_refused() -> None:
    with pytest.raises(ValueError, match=exactly("simulate: seed must be a whole number, got 1.5")):
        simulate(reliable(), seed=1.5)  # type: ignore[arg-type]


def test_one_trial_is_enough() -> None:
    simulation = simulate(reliable(), 1)
    assert simulation.table.notna().all().all()
    assert simulation.finish.standard_error() == 0


def test_an_unknown_group_is_named() -> None:
    with pytest.raises(
        PlanError,
        match=exactly(
            "correlation: group 'x' must be a correlation_group of the plan, which has none"
        ),
    ):
        simulate(reliable(), correlation={"x": 0.5})
