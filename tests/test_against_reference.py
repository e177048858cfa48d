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

from pmkit.analysis.schedule import Schedule, critical_path
from pmkit.model.activity import Activity, ConstraintKind
from pmkit.model.dependency import Dependency, DependencyKind, LagUnit
from pmkit.model.project import Project
from tests.reference.minutes import ORIGIN
from tests.reference.plans import random_plan
from tests.reference.scheduler import Reference, reference_schedule

PLANS = 10_000
GROUP = 500
EPOCH = np.datetime64(ORIGIN, "us")


def wall_minutes(schedule: Schedule, prefix: str) -> list[tuple[float, float]]:
    """Start and finish dates as minutes of the reference's horizon."""
    pairs = [
        ((schedule.table[f"{prefix}{end}_date"].to_numpy("datetime64[us]") - EPOCH)
         / np.timedelta64(60_000_000, "us")).tolist()
        for end in ("start", "finish")
    ]  # fmt: skip
    return list(zip(*pairs, strict=True))


def line_minutes(schedule: Schedule, prefix: str, per_day: int) -> list[tuple[float, float]]:
    """Start and finish numbers as minutes after the project start."""
    pairs = [
        (schedule.table[f"{prefix}{end}"].to_numpy() * per_day).tolist()
        for end in ("start", "finish")
    ]
    return list(zip(*pairs, strict=True))


def differences(plan: Project) -> list[str]:
    """Say where the two schedulers differ; empty when they agree."""
    reference = Reference(plan)
    expected = reference.solve()
    schedule = critical_path(plan)
    found = []

    def compare(what: str, i: int, ours: float, theirs: float) -> None:
        if abs(ours - theirs) > 1e-3:
            found.append(f"{plan.activities[i].id} {what}: {ours} instead of {theirs}")

    for prefix, dates in (
        ("early_", expected.early), ("late_", expected.late), ("", expected.scheduled)
    ):  # fmt: skip
        numbers = line_minutes(schedule, prefix, reference.per_day)
        walls = wall_minutes(schedule, prefix) if reference.dated else numbers
        for i, pair in enumerate(dates):
            line, milestone = reference.lines[i], not reference.durations[i]
            for end, name in enumerate(("start", "finish")):
                if milestone and reference.dated:
                    # where a milestone shows is a matter of taste, the working instant is not
                    ours, theirs = line.elapsed(round(walls[i][end])), line.elapsed(pair[end])
                else:
                    ours, theirs = walls[i][end], pair[end]
                compare(f"{prefix}{name}", i, ours, theirs)
                if reference.dated and walls[i][end] == pair[end]:
                    days = reference.project.elapsed(pair[end]) - reference.project.elapsed(
                        reference.start
                    )
                    compare(f"{prefix}{name} in days", i, numbers[i][end], days)
    if reference.dated and schedule.finish_date is not None:
        last = round((np.datetime64(schedule.finish_date, "us") - EPOCH) / np.timedelta64(60, "s"))
        if reference.project.elapsed(last) != reference.project.elapsed(expected.finish):
            found.append(f"finish: {last} instead of {expected.finish}")
    for i, (total, free, critical) in enumerate(
        zip(expected.total_float, expected.free_float, expected.is_critical, strict=True)
    ):
        compare("total_float", i, schedule.total_float[i] * reference.per_day, total)
        compare("free_float", i, schedule.free_float[i] * reference.per_day, free)
        compare("is_critical", i, bool(schedule.is_critical[i]), critical)
    return found


def report(wrong: dict[int, list[str]]) -> str:
    return "\n".join(f"random_plan({seed}): {'; '.join(found)}" for seed, found in wrong.items())


@pytest.mark.parametrize("group", range(PLANS // GROUP))
def test_five_hundred_random_plans_agree_with_the_reference(group: int) -> None:
    seeds = range(group * GROUP, (group + 1) * GROUP)
    wrong = {seed: found for seed in seeds if (found := differences(random_plan(seed)))}
    assert not wrong, report(wrong)


@pytest.mark.parametrize("seed", [*range(12), 108, 130])
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
