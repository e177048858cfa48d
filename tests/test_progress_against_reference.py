"""Plans under way against a scheduler that lists minutes and was written from definitions alone.

Thousands of random networks with actual dates told fully, in part or out of sequence, under
retained logic, progress override and "unmoved".
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.simulating.simulation import simulate
from pmkit.model.dependency import DependencyKind, LagUnit
from pmkit.model.project import Project
from tests.now_and_later import rest_is_long
from tests.reference.comparing import differing, report
from tests.reference.minutes import to_minute
from tests.reference.plans import random_plan
from tests.reference.progressed import Progressed, progressed_schedule
from tests.reference.progressed_plans import progressed_plan
from tests.reference.scheduler import reference_schedule

PLANS = 5_000
GROUP = 500


def differences(plan: Project) -> list[str]:
    """Say where the two schedulers differ; empty when they agree."""
    reference = Progressed(plan)
    schedule = critical_path(plan)
    found = differing(schedule, reference, reference.solve())
    states = list(schedule.state)
    if states != reference.states:
        found.append(f"states: {states} instead of {reference.states}")
    broken = {(one.predecessor, one.successor, one.relation) for one in schedule.out_of_sequence}
    surely, at_most = (reference.out_of_sequence(same_instant=same) for same in (True, False))
    if not surely <= broken <= at_most:
        found.append(f"out of sequence: {broken} instead of {reference.out_of_sequence()}")
    if reference.dated and schedule.status_date is not None:
        elapsed = reference.project.elapsed
        if elapsed(to_minute(schedule.status_date)) != elapsed(reference.status):
            found.append(f"status date: {schedule.status_date} instead of {reference.status}")
    return found


@pytest.mark.parametrize("group", rest_is_long(range(PLANS // GROUP), range(3)))
def test_five_hundred_random_plans_under_way_agree_with_the_reference(group: int) -> None:
    seeds = range(group * GROUP, (group + 1) * GROUP)
    wrong = {seed: found for seed in seeds if (found := differences(progressed_plan(seed)))}
    assert not wrong, report(wrong, "progressed_plan")


@pytest.mark.parametrize("seed", rest_is_long(range(10, 12), [10]))
def test_plans_under_way_that_are_large_enough_for_the_array_pass_agree_too(seed: int) -> None:
    found = differences(progressed_plan(seed, count=2_500))
    assert not found, report({seed: found[:5]}, "progressed_plan")


def test_a_simulation_without_uncertainty_finishes_when_the_schedule_does() -> None:
    wrong = {}
    for seed in range(400):
        plan = progressed_plan(seed)
        finish, expected = simulate(plan, trials=2, seed=1).finish, critical_path(plan).finish
        if finish.std() or abs(finish.mean() - expected) > 1e-9:
            wrong[seed] = [f"finish: {finish.mean()} instead of {expected}"]
    assert not wrong, report(wrong, "progressed_plan")


def test_the_random_plans_under_way_reach_every_rule() -> None:
    seen: Counter[str] = Counter()
    for seed in range(1_000):
        plan = progressed_plan(seed)
        reference = Progressed(plan)
        answer = reference.solve()
        settings = plan.settings
        seen[settings.progress] += 1
        seen[f"total float {settings.total_float}"] += 1
        seen[f"critical by {settings.critical}"] += 1
        seen["dated" if settings.is_dated else "undated"] += 1
        seen["status date from the actual dates"] += settings.status_date is None
        seen["several calendars"] += len(plan.calendars) > 1
        seen["negative float"] += min(answer.total_float) < 0
        for p, s, link in reference.all_links:
            seen[f"{link.kind} from {reference.states[p]} to {reference.states[s]}"] += 1
            seen[f"{link.unit} {np.sign(link.lag):+g}"] += 1
            seen["overridden"] += reference.is_overridden(p, s, link)
        for kind in DependencyKind:
            seen[f"{kind} out of sequence"] += any(
                relation.startswith(kind) for *_, relation in reference.out_of_sequence()
            )
        for activity, state in zip(plan.activities, reference.states, strict=True):
            seen[state] += 1
            if state == "not started":
                continue
            seen["actual start to be inferred"] += activity.actual_start is None
            seen["baseline dates"] += activity.baseline_start is not None
            seen["remaining duration"] += activity.remaining_duration is not None
            seen["constraint on what has started"] += activity.constraint.needs_date
            seen["actual finish to be inferred"] += (
                state == "complete" and activity.actual_finish is None
            )
    states = ["complete", "in progress", "not started"]
    rules = [
        "retained_logic", "progress_override", "unmoved", "dated", "undated", "several calendars",
        *(f"total float {one}" for one in ("smaller", "start", "finish")),
        *(f"critical by {one}" for one in ("total_float", "longest_path")),
        *(f"{kind} from {p} to {s}" for kind in DependencyKind for p in states for s in states),
        *(f"{kind} out of sequence" for kind in DependencyKind),
        *(f"{unit} {sign}1" for unit in LagUnit for sign in "+-"), *states, "overridden",
        "actual start to be inferred", "actual finish to be inferred", "baseline dates",
        "remaining duration", "status date from the actual dates", "negative float",
        "constraint on what has started",
    ]  # fmt: skip
    rare = {rule: seen[rule] for rule in rules if seen[rule] < 20}
    assert not rare


def test_with_nothing_begun_the_reference_is_the_plain_one() -> None:
    for seed in range(200):
        plan = random_plan(seed)
        start = plan.settings.start
        before = 0.0 if start is None else start - timedelta(1)
        settings = replace(plan.settings, status_date=before)
        assert progressed_schedule(replace(plan, settings=settings)) == reference_schedule(plan)
