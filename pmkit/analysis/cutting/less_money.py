"""Released money of which a share is cut in one year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pmkit.analysis.cutting.asking import Asked
from pmkit.analysis.cutting.queue import Queue


def still_to_pay(queue: Queue, year: int, from_now: int) -> float:
    """Return what is still to be paid in a year: what starts in it, and the rest of what has begun.

    Parameters
    ----------
    queue
        Of one project.
    year
        The year that is cut.
    from_now
        The year of the status date, in which what has begun is paid off.
    """
    starting = sum(claim.cost for claim in queue.claims if claim.start.year == year)
    return starting + (queue.rest if year == from_now else 0.0)


def cut_money(
    money: Mapping[Any, float], less: float, asked: Asked, queue: Queue
) -> dict[date, float]:
    """Return released money with a cut in one year, spread over its periods; and back, or not.

    Each period of the year that still has something to release gives up the same share.
    """
    found: dict[date, float] = dict(money)
    first = min(found)
    left = {
        period: amount - (queue.committed if period == first else 0.0)
        for period, amount in money.items()
        if period.year == asked.year
    }
    if asked.year == asked.from_now:  # the rest of what has begun is paid now
        now = max((p for p in left if asked.now is None or p <= asked.now), default=None)
        now = now or date(asked.year, 1, 1)
        found.setdefault(now, 0.0)
        if now != first:  # it counts where it is still to be paid
            found[first] -= queue.rest
            found[now] += queue.rest
        left[now] = left.get(now, 0.0) + queue.rest
    total = sum(left.values())
    for period, amount in left.items():
        if total:
            found[period] -= less * amount / total
    if asked.returns == "next year" and less:
        back = date(asked.year + 1, 1, 1)
        found[back] = found.get(back, 0.0) + less
    return dict(sorted(found.items()))
