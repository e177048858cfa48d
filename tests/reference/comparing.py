"""Say where `critical_path` and the reference differ, minute by minute."""

from __future__ import annotations

import numpy as np

from pmkit.analysis.scheduling.schedule import Schedule
from tests.reference.minutes import ORIGIN
from tests.reference.scheduler import Answer, Reference

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


def differing(schedule: Schedule, reference: Reference, expected: Answer) -> list[str]:
    """Say where a schedule differs from what the reference expects; empty when they agree."""
    found = []

    def compare(what: str, i: int, ours: float, theirs: float) -> None:
        if abs(ours - theirs) > 1e-3:
            found.append(f"{reference.activities[i].id} {what}: {ours} instead of {theirs}")

    for prefix, dates in (
        ("early_", expected.early), ("late_", expected.late), ("", expected.scheduled)
    ):  # fmt: skip
        numbers = line_minutes(schedule, prefix, reference.per_day)
        walls = wall_minutes(schedule, prefix) if reference.dated else numbers
        for i, pair in enumerate(dates):
            line = reference.lines[i]
            for end, name in enumerate(("start", "finish")):
                if reference.is_an_instant(i, f"{prefix}{name}") and reference.dated:
                    # where an instant shows is a matter of taste, the working instant is not
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
        if schedule.is_critical[i] not in (critical, expected.may_be_critical[i]):
            found.append(f"{reference.activities[i].id} is_critical: {not critical} is wrong")
    return found


def report(wrong: dict[int, list[str]], plan: str = "random_plan") -> str:
    """One line for each plan that came out differently."""
    return "\n".join(f"{plan}({seed}): {'; '.join(found)}" for seed, found in wrong.items())
