"""Released money and what it is for, in words."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from typing import Any

from pmkit.analysis.cutting.own_waits import OwnWait
from pmkit.analysis.cutting.queue import Queue
from pmkit.analysis.cutting.releasing import SAME
from pmkit.analysis.resourcing.over_allocation import named
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.words import days_text, moment_text, moment_words, money_text


def needs(queue: Queue, activity: str, currency: str) -> list[str]:
    """Say in lines what the money is for that an activity needs to start."""
    claims = list(queue.claims)
    place = next(n for n, claim in enumerate(claims) if claim.activity == activity)
    parts = []
    if queue.spent:
        parts.append(f"{money_text(queue.spent)} spent")
    if queue.rest:
        parts.append(f"{money_text(queue.rest)} for the rest of what has begun")
    if place:
        before = sum(claim.cost for claim in claims[:place])
        parts.append(f"{money_text(before)} for {named([c.activity for c in claims[:place]])}")
    parts.append(f"{money_text(claims[place].cost)} of its own")
    needed = money_text(queue.cumulative[activity], currency)
    return [f"needed = {' + '.join(parts)} = {needed}"]


def released_by(money: Mapping[Any, float], needed: float, currency: str) -> str:
    """Say how released money adds up until it covers what is needed."""
    sums = list(accumulate(money.values()))
    room = SAME * max(needed, 1.0)
    last = next((n for n, total in enumerate(sums) if total + room >= needed), len(sums) - 1)
    return ", ".join(
        f"{money_text(total, currency)} from {moment_words(moment)}"
        for moment, total in zip(list(money)[: last + 1], sums, strict=False)
    )


def money_wait(
    schedule: Schedule, wait: OwnWait, project: str, needed: float, released: Any, currency: str
) -> str:
    """Say in a sentence how long an activity waited for money."""
    return (
        f"{wait.activity!r} waited {days_text(wait.days)}, from "
        f"{moment_text_at(schedule, wait.ready)} to {moment_text_at(schedule, wait.start)}, for "
        f"money of {project}: it needs {money_text(needed, currency)}, which is released on "
        f"{moment_words(released)}"
    )


def moment_text_at(schedule: Schedule, days: float) -> str:
    """Return the instant of a start as its reader sees it."""
    if not schedule.is_dated:
        return moment_text(schedule, days)
    return str(schedule.date_of(days, "start").astype("datetime64[D]"))
