"""How long each activity waits by itself: for a date or a unit, with its predecessors done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from pmkit.analysis.resourcing.demands import Demands
from pmkit.analysis.resourcing.tasks import Tasks, tasks_of
from pmkit.analysis.scheduling.network import COMPLETE
from pmkit.analysis.scheduling.schedule import Schedule


@dataclass(frozen=True, slots=True)
class OwnWait:
    """An activity that could begin and does not.

    Attributes
    ----------
    activity
        Its id.
    ready, start
        When the plan's own logic would let it begin, and when it does, in working days.
    drivers
        Ids of what it waits for: the last of those that were added to the plan.
    """

    activity: str
    ready: float
    start: float
    drivers: tuple[str, ...]

    @property
    def days(self) -> float:
        """Working days that it waits."""
        return round(self.start - self.ready, 9)


def own_waits(schedule: Schedule, added: Collection[tuple[str, str]]) -> tuple[OwnWait, ...]:
    """Return every activity that waits only for what was added to its plan.

    Parameters
    ----------
    schedule
        Of the plan with what was added.
    added
        ``(predecessor, successor)`` of the dependencies that were added: finish to start, no lag.
    """
    net, index = schedule._net, schedule._net.topology.index
    into: dict[int, list[int]] = {}
    for before, after in added:
        into.setdefault(index[after], []).append(index[before])
    starts, finishes = (schedule._ticks[f"early_{end}"].tolist() for end in ("start", "finish"))
    nobody = Demands((), (), ((),) * net.count, 1)
    tasks = tasks_of(net, nobody, starts)
    done = net.standing.state == COMPLETE if net.standing is not None else None
    found = []
    for i, drivers in sorted(into.items()):
        if done is not None and done[i]:
            continue
        ready = _without(tasks, i, set(drivers)).ready(i, starts, finishes)
        if net.single_calendar:
            days = [tick / net.ticks_per_day for tick in (ready, starts[i])]
        else:
            days = [net.clocks[0].elapsed(t) / net.ticks_per_day for t in (ready, starts[i])]
        if days[1] - days[0] > 1e-9:
            last = max(finishes[p] for p in drivers)
            names = sorted(schedule.ids[p] for p in drivers if finishes[p] == last)
            found.append(OwnWait(schedule.ids[i], days[0], days[1], tuple(names)))
    return tuple(found)


def _without(tasks: Tasks, i: int, drivers: set[int]) -> Tasks:
    """The same work, of which one activity waits for its own logic only."""
    if tasks.is_line:
        into = list(tasks.into)
        into[i] = [(p, o) for p, o in into[i] if p not in drivers or o != tasks.duration[p]]
        return replace(tasks, into=into)
    links = list(tasks.links)
    links[i] = [
        k for k in links[i]
        if k.pred not in drivers or not k.from_finish or k.to_finish or k.lag
    ]  # fmt: skip
    return replace(tasks, links=links)
