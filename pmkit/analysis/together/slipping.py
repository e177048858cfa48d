"""A slip as a scenario: the change that makes one activity come so many days later."""

from __future__ import annotations

from datetime import datetime

from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.activity import ConstraintKind, is_finite
from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.scenario import Scenario
from pmkit.model.worktime import from_tick, to_tick


def slip_of(program: Program, id_: str, days: float) -> Scenario | None:
    """The slip as a change of duration; ``None`` for a milestone, which has none to stretch."""
    if not (is_finite(days) and days > 0):
        raise PlanError(
            f"propagate: days must be a finite number of working days > 0, got {days!r}"
        )
    if id_ not in program.network.topology.index:
        raise PlanError(f"propagate: must name an activity of the program, got {id_!r}", id_)
    one = program[id_]
    if one.is_complete:
        raise PlanError(f"activity {id_!r}: is complete, so that it cannot slip", id_)
    if one.type.is_span:
        raise PlanError(
            f"activity {id_!r}: only spans others, so that it slips when they do and not by itself",
            id_,
        )
    if one.is_milestone and not one.remaining:
        return None
    more = f"+{float(days)!r}"
    if one.is_started or one.remaining_duration is not None:
        return Scenario(f"{id_} slips", (Change(id_, remaining_duration=more),))
    return Scenario(f"{id_} slips", (Change(id_, duration=more),))


def milestone_later(before: Schedule, id_: str, days: float) -> Scenario:
    """A milestone comes later by a date, where stretching it would make it work."""
    i = before._position(id_)
    net = before._net
    clock = net.clocks[int(net.clock[i])] if net.clocks else None
    moment: datetime | float
    if clock is None:
        moment = float(before.start[i]) + float(days)
    else:
        shown: datetime = before.dates("finish")[i].astype("datetime64[us]").item()
        work = clock.elapsed(to_tick(shown)) + round(days * net.ticks_per_day)
        moment = from_tick(clock.left(work))
    kind = ConstraintKind.START_NO_EARLIER_THAN
    return Scenario(f"{id_} slips", (Change(id_, constraint=kind, constraint_date=moment),))
