"""Trial by trial the same as `critical_path`, which is tested on its own; on both kinds of time."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.simulating.simulation import simulate
from pmkit.analysis.simulating.trials import Trials
from pmkit.model.activity import Activity, ConstraintKind, ThreePoint
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import Settings

CALENDARS = (
    Calendar.from_rows("six", [("Mon-Sat", "07:00-12:00 12:30-16:00")]),
    Calendar.from_rows("short", [("Mon-Thu", "08:00-12:00"), ("2026-03-10..2026-03-20", "")]),
)
NO_LATE = ("as_soon_as_possible", "start_no_earlier_than", "finish_no_earlier_than")
TRIALS = 4


def random_plan(seed: int, calendars: tuple[Calendar, ...]) -> Project:
    """All kinds of dependencies, lags, constraints and risks, on a small network."""
    rng = random.Random(seed)
    is_dated = bool(calendars) or rng.random() < 0.5
    activities, links = [], []
    for k in range(rng.randint(1, 12)):
        fields: dict[str, Any] = {}
        if calendars and rng.random() < 0.4:
            fields["calendar"] = rng.choice(calendars).name
        if rng.random() < 0.3:
            fields["constraint"] = rng.choice([c for c in ConstraintKind if c.needs_date])
            fields["constraint_date"] = (
                date(2026, 3, 2) + timedelta(rng.randint(-3, 20)) if is_dated
                else float(rng.randint(0, 12))
            )  # fmt: skip
        if rng.random() < 0.6:
            low = rng.choice([0, 0.5, 1, 3])
            fields["three_point"] = ThreePoint(
                low, low + 1, low + rng.choice([1.5, 4]),
                rng.choice(["beta-PERT", "triangular"]),  # type: ignore[arg-type]
            )  # fmt: skip
        activities.append(Activity(f"A{k}", rng.choice([0, 0, 1, 2, 3.5, 0.1, 1 / 3]), **fields))
        for p in range(k):
            if rng.random() < 0.3:
                unit = rng.choice(["d", "d", "%", "ed"] if calendars else ["d", "d", "%"])
                lag = rng.choice([50, -30, 10] if unit == "%" else [0, 0, 1, -1, 2.5])
                kind = rng.choice(["FS", "SS", "FF", "SF"])
                links.append(Dependency(f"A{p}", f"A{k}", kind, lag, unit))  # type: ignore[arg-type]
    risk = RiskEvent("R", activities=("A0", activities[-1].id), probability=0.5,
                     impact=ThreePoint(1, 2, 5),
                     kind=rng.choice(["threat", "opportunity"]))  # fmt: skip
    settings = Settings(
        start=date(2026, 3, 2) if is_dated else None,
        constraints=rng.choice(["logic_first", "honour_dates"]),
        lag_calendar=rng.choice(["", "predecessor", "project", "24 hours"]) if calendars else "",
    )
    return Project(tuple(activities), tuple(links), settings, calendars, risks=(risk,))


@pytest.mark.parametrize("calendars", [(), CALENDARS], ids=["one calendar", "several calendars"])
@pytest.mark.parametrize("part", range(4))
def test_every_trial_is_the_critical_path_of_its_durations(
    calendars: tuple[Calendar, ...], part: int
) -> None:
    for seed in range(part * 25, part * 25 + 25):
        plan = random_plan(seed, calendars)
        simulation = simulate(plan, TRIALS, seed=seed)
        days, finishes = drawn_days(simulation)
        assert finishes == pytest.approx(simulation.finish.samples)
        on_path = np.zeros(len(plan.activities))
        significance, weight = np.zeros(len(plan.activities)), 0.0
        for trial in range(TRIALS):
            fixed = tuple(
                replace(a, duration=float(days[k, trial]), three_point=None)
                for k, a in enumerate(plan.activities)
            )
            schedule = critical_path(replace(plan, activities=fixed))
            assert finishes[trial] == pytest.approx(schedule.finish, rel=2e-6, abs=2e-6), seed
            for id_ in schedule.longest_path:
                on_path[plan.topology.index[id_]] += 1
            reach = days[:, trial] + np.maximum(schedule.total_float, 0)
            share = np.divide(days[:, trial], reach, out=np.zeros(len(days)), where=reach > 0)
            significance += share * schedule.finish
            weight += schedule.finish
        assert (simulation.criticality * TRIALS >= on_path - 1e-9).all(), seed
        if weight and all(a.constraint in NO_LATE for a in plan.activities):
            # caps bound late dates there, while significance counts from the finish alone
            assert simulation.significance == pytest.approx(significance / weight, abs=1e-4), seed


def drawn_days(simulation: Any) -> tuple[Any, Any]:
    """Draw the same trials again, and return all durations and the finishes, in days."""
    ready = simulation._ready
    trials = Trials(ready)
    days = np.zeros((len(ready.ids), TRIALS))
    trials.sampler.begin(0, TRIALS)

    def draw(position: int) -> Any:
        duration = trials.sampler.duration(position)
        days[position] = duration
        return duration

    finish = trials.kernel.forward(draw, TRIALS)
    return days / ready.units_per_day, finish.astype(np.float64) / ready.units_per_day


def test_float32_is_used_where_it_is_exact_and_not_elsewhere() -> None:
    whole = Project.from_table([("A", 2, ""), ("B", 0.125, "A")])
    odd = Project.from_table([("A", 1e6, ""), ("B", 1 / 28_800_000, "A")])
    assert simulate(whole, 1)._ready.dtype == "f4"
    assert simulate(odd, 1)._ready.dtype == "f8"
    assert simulate(odd, 1).finish.mean() == critical_path(odd).finish


def test_vectors_are_used_again_once_nobody_needs_them() -> None:
    chain = Project.from_table([(k, 1, str(k - 1) if k else "") for k in range(500)])
    assert simulate(chain, 10)._ready.network.slots <= 3
