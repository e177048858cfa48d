"""Fewer units of a resource, with the order of work frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pmkit.analysis.cutting.frozen_order import FrozenOrder, frozen_order
from pmkit.analysis.cutting.holding import Held, Hold, with_holds
from pmkit.analysis.progress import Progress
from pmkit.analysis.resourcing.levelling import LevelledSchedule, level
from pmkit.analysis.scheduling.network import wall_tick
from pmkit.model.change import Change
from pmkit.model.errors import InfeasibleError
from pmkit.model.program import Program
from pmkit.model.scenario import Scenario


@dataclass(frozen=True)
class Window:
    """From when to when units are missing; ``None`` for the start, and for ever."""

    first: date | None
    back: date | None


@dataclass(frozen=True)
class FewerUnits:
    """A program with fewer units of a resource.

    Attributes
    ----------
    held
        The program with the order of work as links; ``None`` where some work can never start.
    links
        Those links, each with the resource it is about.
    never
        Ids of activities that want more units than are left, for ever.
    """

    held: Held | None
    links: Mapping[tuple[str, str], str] = field(default_factory=dict)
    never: tuple[str, ...] = ()


def with_fewer_units(
    program: Program, levelled: LevelledSchedule, resource: str, left: float, window: Window
) -> FewerUnits:
    """Return a program in which fewer units of a resource are left for a while, or for ever.

    Parameters
    ----------
    program
        The program.
    levelled
        Of it, with all units: its order of work is kept.
    resource, left
        Its name, and the units that are left.
    window
        While that is so. What runs into it as levelled finds so few units; an activity that
        wants more than are left starts when the others are back. What has begun is not stopped.
    """
    order = frozen_order(levelled)
    hit = _hit(order, levelled, resource, window)
    wanted = order.wanted(resource)
    waiting = tuple(id_ for id_ in hit if wanted[id_] > left + 1e-9)
    if waiting and window.back is None:
        return FewerUnits(None, never=waiting)
    links = order.links(resource, left, hit)
    owner = {activity.id: activity.project for activity in program.activities}
    back: Any = window.back
    holds = [
        Hold(
            project, (f"{resource} back", f"{resource} back from {back:%Y-%m-%d}"), back,
            tuple(id_ for id_ in waiting if owner[id_] == project),
        )
        for project in dict.fromkeys(owner[id_] for id_ in waiting)
    ]  # fmt: skip
    return FewerUnits(with_holds(order.with_calendars(program), holds, links, order.movable), links)


def levelled_again(
    program: Program, resource: str, left: float, seed: int, progress: Progress | None = None
) -> FewerUnits:
    """Return a program that is levelled with fewer units, for ever, and whose order is then kept.

    Parameters
    ----------
    program
        The program.
    resource, left
        Its name, and the units that are left.
    seed
        Of `level`.
    progress
        As for `level`.
    """
    fewer = Scenario("fewer units", (Change(resource, capacity=left),)).apply(program)
    assert isinstance(fewer, Program)
    try:
        order = frozen_order(level(fewer, seed=seed, progress=progress))
    except InfeasibleError as error:
        return FewerUnits(None, never=error.ids)
    links = order.links()
    return FewerUnits(with_holds(order.with_calendars(fewer), (), links, order.movable), links)


def _hit(
    order: FrozenOrder, levelled: LevelledSchedule, resource: str, window: Window
) -> tuple[str, ...]:
    """Users of a resource that have not begun and run into the window as levelled."""
    first = None if window.first is None else _tick(levelled, window.first)
    back = None if window.back is None else _tick(levelled, window.back)
    return tuple(
        user.activity
        for user in order.users.get(resource, ())
        if not user.stays
        and (first is None or user.finish > first)
        and (back is None or user.start < back)
    )


def _tick(levelled: LevelledSchedule, moment: date) -> int:
    net = levelled._net
    wall = wall_tick(moment, end_of_day=False)
    return net.clocks[0].elapsed(wall) if net.single_calendar else wall
