"""Whether a project has the dates in the program, before any link, that it has alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.analysis.words import days_text
from pmkit.files.cells import count
from pmkit.files.merging.sources import Source
from pmkit.model.program import Program
from pmkit.model.worktime import WorkClock, to_tick

_SAME = 1e-6
_SHOWN = 3


def moved_dates(unlinked: Program, sources: Sequence[Source]) -> list[str]:
    """Say whose early dates the rules of the program move: how many, and which the most.

    Parameters
    ----------
    unlinked
        The program without the links between its files.
    sources
        The files, with the plans as they were read.
    """
    within = critical_path(unlinked)
    position = {id_: place for place, id_ in enumerate(within.ids)}
    notes = []
    for source in sources:
        plan = source.plan
        alone = critical_path(plan)
        if isinstance(plan, Program):
            names = {f"{old}.": f"{new}." for old, new in source.ids.items()}
            keys = [_renamed(id_, names) for id_ in alone.ids]
        else:
            keys = [f"{source.projects[0].id}.{id_}" for id_ in alone.ids]
        places = np.array([position[key] for key in keys])
        moves, starts = (
            _between(alone, within, name, places) for name in ("early_finish", "early_start")
        )
        moves = np.where(np.abs(moves) > _SAME, moves, starts)
        moved = np.flatnonzero(np.abs(moves) > _SAME).tolist()
        if not moved:
            continue
        most = sorted(moved, key=lambda place: -abs(moves[place]))[:_SHOWN]
        told = ", ".join(f"{keys[i]} {_later(float(moves[i]))}" for i in most)
        notes.append(
            f"{source.told}: in the program, before any link between the files, "
            f"{len(moved)} of {count(len(keys), 'activity')} {'has' if len(moved) == 1 else 'have'}"
            f" other early dates than alone, the most {told}."
        )
    return notes


def _renamed(id_: str, names: dict[str, str]) -> str:
    old = max((name for name in names if id_.startswith(name)), key=len)
    return names[old] + id_[len(old) :]


def _later(days: float) -> str:
    return f"{days_text(abs(days))} {'later' if days > 0 else 'earlier'}"


def _between(alone: Schedule, within: Schedule, name: str, places: np.ndarray) -> np.ndarray:
    """Return by how many working days of its own calendar each activity is later in the program."""
    network = within.plan.network
    if not within.is_dated:
        by = alone.plan.network.settings.hours_per_day / network.settings.hours_per_day
        return np.asarray(getattr(within, name)[places] - getattr(alone, name) * by)
    dates = [within.dates(name)[places], alone.dates(name)]
    start = to_tick(min(one.min() for one in dates).item())
    per_day = network.settings.hours_per_day * 3600e6
    calendars = {c.name: c for c in network.calendars}
    groups: dict[str, list[int]] = {}
    for row, place in enumerate(places.tolist()):
        groups.setdefault(network.activities[place].calendar, []).append(row)
    days = np.zeros(len(places))
    for calendar, rows in groups.items():
        clock = WorkClock(calendars.get(calendar, network.calendar), start)
        after, before = (clock.elapsed_array(_ticks(one[rows])) for one in dates)
        days[rows] = (after - before) / per_day
    return days


def _ticks(dates: np.ndarray) -> np.ndarray:
    return dates.astype("datetime64[us]").astype(np.int64)
