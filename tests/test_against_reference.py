"""`critical_path` against a scheduler that lists minutes and was written from the design alone.

Ten thousand random networks: all link types, lags and leads in three units, several calendars with
exceptions, all constraints under both rules, imposed finishes, milestones, undated plans. The
reference knows nothing of the code under test, and is itself checked here against published
answers and against the definition of an early date.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.activity import Activity, ConstraintKind
from pmkit.model.dependency import Dependency, DependencyKind, LagUnit
from pmkit.model.project import Project
from tests.now_and_later import rest_is_long
from tests.reference.comparing import differing, report
from tests.reference.plans import random_plan
from tests.reference.scheduler import Reference, reference_schedule

PLANS = 10_000
GROUP = 500


def differences(plan: Project) -> list[str]:
    """Say where the two schedulers differ; empty when they agree."""
    reference = Reference(plan)
    return differing(critical_path(plan), reference, reference.solve())


@pytest.mark.parametrize("group", rest_is_long(range(PLANS // GROUP), range(3)))
def test_five_hundred_random_plans_agree_with_the_reference(group: int) -> None:
    seeds = range(group * GROUP, (group + 1) * GROUP)
    wrong = {seed: found for seed in seeds if (found := differences(random_plan(seed)))}
    assert not wrong, report(wrong)


@pytest.mark.parametrize("seed", rest_is_long([*range(12), 108, 130], [0, 1, 108, 130]))
def test_plans_large_enough_for_the_array_pass_agree_too(seed: int) -> None:
    found = differences(random_plan(seed, count=2_500))
    assert not found, report({seed: found[:5]})


def test_the_random_plans_reach_every_rule() -> None:
    seen: Counter[str] = Counter()
    for seed in range(1_000):
        plan = random_plan(seed)
        answer = reference_schedule(plan)
        seen.update(activity.constraint for activity in plan.activities)
        seen.update(link.kind for link in plan.dependencies)
        seen.update(f"{link.unit} {np.sign(link.lag):+g}" for link in plan.dependencies)
        seen.update(f"lags on {plan.settings.lag_calendar}" for _ in plan.dependencies)
        seen[plan.settings.constraints] += 1
        seen["dated" if plan.settings.is_dated else "undated"] += 1
        seen["imposed finish"] += plan.settings.finish is not None
        seen["negative float"] += min(answer.total_float) < 0
        seen["milestone"] += any(activity.is_milestone for activity in plan.activities)
        seen["parallel links"] += len(plan.dependencies) > len(
            {(link.predecessor, link.successor) for link in plan.dependencies}
        )
        seen["several calendars"] += len(plan.calendars) > 1
        seen["several projects"] += bool(plan.members)
    rules = [
        *ConstraintKind, *DependencyKind, "logic_first", "honour_dates", "dated", "undated",
        "imposed finish", "negative float", "milestone", "parallel links", "several calendars",
        "several projects", *(f"{unit} {sign}1" for unit in LagUnit for sign in "+-"),
        *(f"lags on {name}" for name in ("", "successor", "predecessor", "project", "24 hours")),
    ]  # fmt: skip
    rare = {str(rule): seen[rule] for rule in rules if seen[rule] < 40}
    assert not rare


def test_the_reference_gives_the_published_answers(truth: Path) -> None:
    networks = json.loads((truth / "textbook_networks.json").read_text("utf-8"))
    for name, network in networks.items():
        plan = Project(
            tuple(Activity(id_, row["duration"]) for id_, row in network["activities"].items()),
            tuple(
                Dependency(predecessor, id_, kind, lag)
                for id_, row in network["activities"].items()
                for predecessor, kind, lag in row["predecessors"]
            ),
        )
        answer = reference_schedule(plan)
        for i, activity in enumerate(plan.activities):
            expected = network["expected"][activity.id]
            found = [*answer.early[i], *answer.late[i], answer.total_float[i]]
            days = [expected[key] for key in ("ES", "EF", "LS", "LF", "TF")]
            assert [minutes / 480 for minutes in found] == days, f"{name} {activity.id}"


def test_an_early_start_of_the_reference_is_the_first_minute_that_every_dependency_allows() -> None:
    tried = 0
    for seed in range(400):
        plan = random_plan(seed)
        if any(activity.constraint.needs_date for activity in plan.activities):
            continue
        reference = Reference(plan)
        early = reference.solve().early
        for i, line in enumerate(reference.lines):
            if not reference.durations[i]:
                continue
            demands = [
                (
                    link.kind[1],
                    line.elapsed(reference.later(early[p][link.kind[0] == "F"], p, i, link)),
                )
                for p, link in reference.incoming[i]
            ]
            work = line.elapsed(reference.floors[i])
            while not all(
                (line.elapsed(line.right(work)) if end == "S"
                 else line.elapsed(line.left(work + reference.durations[i]))) >= demand
                for end, demand in demands
            ):  # fmt: skip
                work += 1
            assert early[i] == (line.right(work), line.left(work + reference.durations[i]))
            tried += 1
    assert tried > 500
