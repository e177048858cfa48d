"""The interfaces of a program: what its projects owe each other, when, and with how much float.

Each interdependency is a milestone with two owners, the giving and the taking project manager.
What was promised, what is forecast and what is needed are three dates, and differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.scheduling.network import IN_PROGRESS, NONE, NOT_STARTED
from pmkit.analysis.scheduling.project_float import committed_columns, needed_by
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.analysis.scheduling.slip import Slip, slip
from pmkit.analysis.together.chains import Chain, driving_chains
from pmkit.analysis.together.coming import is_coming
from pmkit.analysis.together.interface import NEVER, Instant, Interface
from pmkit.analysis.together.interface_explanation import explain_interface
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.worktime import from_tick

if TYPE_CHECKING:
    import pandas as pd

_MOMENTS = ("promised", "forecast", "needed", "needed_by_program")


@dataclass(frozen=True, eq=False, repr=False)
class Interfaces:
    """What the projects of a program hand over to each other, what is needed first, first.

    Attributes
    ----------
    program, schedule
        The program, and the schedule of it that was looked at.
    rows
        The interfaces.
    """

    program: Program
    schedule: Schedule
    rows: tuple[Interface, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Interface]:
        return iter(self.rows)

    def __getitem__(self, id_: object) -> Interface:
        """Return one by its id, ``"giver -> taker"``."""
        for one in self.rows:
            if one.id == str(id_):
                return one
        known = ", ".join(repr(one.id) for one in self.rows[:5]) or "none"
        raise KeyError(f"no interface {str(id_)!r}, only {known}{', ...' * (len(self.rows) > 5)}")

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per interface, indexed by ``giver -> taker``, what is needed first, first.

        ``what giving_project taking_project giving_owner taking_owner relation`` say what it is;
        ``promised forecast needed needed_by_program`` when (dates where the plan has them, else
        working days); ``late project_float total_float`` in working days: after what was
        promised, to what the taking project needs, to what the program needs; ``drives_taker
        is_driving status`` what it does.
        """
        import pandas as pd

        columns: dict[str, Any] = {
            name: [getattr(one, name) for one in self.rows]
            for name in ("what", "giving_project", "taking_project", "giving_owner",
                         "taking_owner")
        }  # fmt: skip
        columns["relation"] = [one.link.relation for one in self.rows]
        for name in _MOMENTS:
            moments = [getattr(one, name) for one in self.rows]
            columns[name] = (
                pd.to_datetime(pd.Series([one.date for one in moments], dtype="datetime64[us]"))
                .to_numpy()
                if self.schedule.is_dated else np.array([one.days for one in moments])
            )  # fmt: skip
        for name in ("late", "project_float", "total_float"):
            columns[name] = np.array([getattr(one, name) for one in self.rows], dtype=float)
        for name in ("drives_taker", "is_driving", "status"):
            columns[name] = [getattr(one, name) for one in self.rows]
        index = pd.Index([one.id for one in self.rows], name="interface", dtype=object)
        return pd.DataFrame(columns, index=index)

    def due_within(self, days: float) -> Interfaces:
        """Return what is to be handed over within so many days of the status date, or is overdue.

        Parameters
        ----------
        days
            Calendar days; working days in a plan without dates. Forecast, promise and need
            count: whichever is first.
        """
        schedule = self.schedule
        kept = [
            one for one in self.rows
            if not one.is_met and one.is_waited_for
            and any(is_coming(schedule, moment, days)
                    for moment in (one.forecast, one.promised, one.needed))
        ]  # fmt: skip
        return replace(self, rows=tuple(kept))

    def of(self, project: str) -> Interfaces:
        """Return those that a project gives or takes."""
        self.program.member(project)
        kept = [o for o in self.rows if project in (o.giving_project, o.taking_project)]
        return replace(self, rows=tuple(kept))

    @cached_property
    def chains(self) -> tuple[Chain, ...]:
        """The driving chains to the program's finish that cross projects differently."""
        return driving_chains(self.schedule)

    @cached_property
    def chain(self) -> pd.DataFrame:
        """The longest path as segments by project: ``project from to start finish days wait``.

        Working days on the project calendar, with dates where the plan has them; `wait` is the
        lag before a segment, and below 0 where it overlaps the one before. Days and waits add up
        to the whole chain.
        """
        import pandas as pd

        found = self.chains[0].segments
        schedule = self.schedule
        place = {id_: n for n, id_ in enumerate(schedule.ids)}
        start: Any = np.array([one.start for one in found])
        finish: Any = np.array([one.finish for one in found])
        if schedule.is_dated:
            start = schedule.dates("early_start")[[place[one.first] for one in found]]
            finish = schedule.dates("early_finish")[[place[one.last] for one in found]]
        columns = {
            "project": [one.project for one in found],
            "from": [one.first for one in found],
            "to": [one.last for one in found],
            "start": start,
            "finish": finish,
            "days": [one.days for one in found],
            "wait": [one.wait for one in found],
        }
        return pd.DataFrame(columns, index=pd.RangeIndex(1, len(found) + 1, name="segment"))

    def explain(self, id_: object) -> Explanation:
        """Show the three dates of an interface, its floats, and whom a slip would reach."""
        return explain_interface(self[id_], self.schedule)

    def __repr__(self) -> str:
        if not self.rows:
            return "Interfaces none: no project waits for another"
        told = Counter(one.status for one in self.rows)
        parts = ", ".join(f"{n} {status}" for status, n in sorted(told.items()))
        driving = sum(one.is_driving for one in self.rows)
        chain = " -> ".join(self.chains[0].projects)
        return f"Interfaces {len(self.rows)}: {parts}; {driving} driving, through {chain}"

    def _repr_html_(self) -> str:
        shown = self.table.copy()
        for name in _MOMENTS if self.schedule.is_dated else ():
            shown[name] = shown[name].dt.strftime("%Y-%m-%d")
        table = shown.to_html(max_rows=30, border=0, float_format="{:.4g}".format, na_rep="")
        return f"<p>{escape(repr(self))}</p>{table}"


def interfaces(program: Program, schedule: Schedule | None = None) -> Interfaces:
    """Return every interdependency of a program as a milestone with two owners.

    Parameters
    ----------
    program
        With or without dates, progress and a baseline.
    schedule
        Of it, such as a levelled one; its critical path by default.

    Returns
    -------
    Interfaces
        What is promised, forecast and needed, floats for each seat, and the driving chains.

    Raises
    ------
    PlanError
        If the plan is not a program, or the schedule is not of it.

    Notes
    -----
    *Promised* is the baseline's date of the end that counts (the giver's finish, of a link ``FS``
    or ``FF``); without a baseline it is what is planned now. *Needed* is the latest moment that
    keeps what the taking project is committed to (see `project_float`): its imposed finish, else
    its baseline, else its schedule, and what it has promised in turn. *Needed by the program* is
    the latest that keeps the program's finish. Both are backward passes, read through kind and lag
    of the interface (Kelley & Walker, 1959); their floats count on the giver's own calendar. Other
    successors of the giver may leave it less.

    Examples
    --------
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import ProjectInfo
    >>> depot = Project.from_table([("Build", 10, "")],
    ...                            members=(ProjectInfo("Depot", manager="Amara"),))
    >>> fleet = Project.from_table([("Buy", 12, ""), ("Test", 3, "Buy")],
    ...                            members=(ProjectInfo("Fleet", manager="Jonas"),))
    >>> found = interfaces(Program((depot, fleet), (Dependency("Depot.Build", "Fleet.Test"),)))
    >>> found
    Interfaces 1: 1 on time; 0 driving, through Fleet
    >>> print(found.explain("Depot.Build -> Fleet.Test"))
    Depot.Build -> Fleet.Test (FS): on time
      Depot (Amara) hands over 'Build' to Fleet (Jonas)
      promised: day 10, as planned now, because no baseline was saved
      forecast: day 10
      needed by Fleet: day 12, 2 days of float: up to that Fleet does not notice
      needed by the program: day 12, 2 days of float
      Fleet.Test waits for something else as long, or longer
    """
    if not isinstance(program, Program):
        raise PlanError(f"interfaces: must be asked of a Program, got a {type(program).__name__}")
    if schedule is None:
        schedule = critical_path(program)
    elif schedule.ids != tuple(program.network.topology.index):
        raise PlanError(
            "interfaces: the schedule must be of the program's own activities, got another"
        )
    rows = _Rows(program, schedule)
    found = sorted(
        (rows.of(n, link) for n, link in enumerate(program.interdependencies)),
        key=lambda one: one.due.days,
    )
    return Interfaces(program, schedule, tuple(found))


class _Rows:
    """Looks up what is known of an interdependency."""

    def __init__(self, program: Program, schedule: Schedule) -> None:
        self.program, self.schedule = program, schedule
        self.net = schedule._net
        self.back = self.net.backward or self.net
        self.saved: Slip = slip(schedule)
        links = program.interdependencies
        self.manager = {info.id: info.manager for info in program.members}
        self.pairs = Counter((link.predecessor, link.successor) for link in links)
        # interdependencies come last in the network
        self.first = len(program.network.dependencies) - len(links)
        self.kept = {int(n): k for k, n in enumerate(self.back.topology.links.tolist())}
        self.drives = {
            int(n): bool(drives) for n, drives in
            zip(self.net.topology.links.tolist(), schedule._drives.tolist(), strict=True)
        }  # fmt: skip
        self.for_project = self._needed(committed_columns(schedule))
        self.for_program = self._needed(schedule._ticks)

    def of(self, n: int, link: Dependency) -> Interface:
        """Return the interdependency at a position of the program."""
        schedule, net = self.schedule, self.net
        before, after = self.program[link.predecessor], self.program[link.successor]
        p, s = (net.topology.index[one.id] for one in (before, after))
        of_finish = link.kind.value[0] == "F"
        end = "finish" if of_finish else "start"
        is_met = before.is_complete or (before.is_started and not of_finish)
        forecast = self._shown(end, p)
        promised = self._promised(end, p)
        k = self.kept.get(self.first + n)
        at: tuple[Instant, Instant] = (NEVER, NEVER)
        room = [float("nan")] * 2
        if k is not None and not is_met and not after.is_complete:
            needed = self.for_project(k), self.for_program(k)
            at = self._instant(p, needed[0], of_finish), self._instant(p, needed[1], of_finish)
            scheduled = int(schedule._ticks[end][p])
            room = [self._between(p, scheduled, tick) for tick in needed]
        drives = not is_met and self.drives.get(self.first + n, False)
        pair = (link.predecessor, link.successor)
        return Interface(
            str(link) if self.pairs[pair] > 1 else " -> ".join(pair),
            link, before.name or before.id.removeprefix(f"{before.project}."),
            before.project, after.project,
            self.manager.get(before.project, ""), self.manager.get(after.project, ""),
            promised if promised.is_known else forecast, promised.is_known, forecast, at[0], at[1],
            project_float=room[0], total_float=room[1],
            drives_taker=drives, is_driving=drives and bool(schedule.is_driving[s]),
            is_met=is_met, is_waited_for=not after.is_complete and self._is_waited_for(k, s, p),
        )  # fmt: skip

    def _needed(self, columns: Mapping[str, Any]) -> Callable[[int], int]:
        """Until when each dependency can wait, by the late dates of one backward pass."""
        net, back, standing = self.net, self.back, self.net.standing
        start, finish = columns["late_start"].copy(), columns["late_finish"]
        if standing is not None and standing.status != NONE:
            # of work under way it is the rest that waits, although its start shows as it was
            for i in np.flatnonzero(standing.state == IN_PROGRESS).tolist():
                end, days = int(finish[i]), int(back.duration[i])
                clock = net.clocks[int(net.clock[i])] if net.clocks else None
                if net.single_calendar or clock is None:
                    start[i] = end - days
                else:
                    start[i] = clock.right(clock.elapsed(end) - days)
        return needed_by(back, start, finish)

    def _is_waited_for(self, k: int | None, s: int, p: int) -> bool:
        """Whether it still moves the taker; what only spans does not wait, but is not over."""
        standing = self.net.standing
        if standing is None or standing.status == NONE:
            return True
        spans = {span.position for span in self.net.spans}
        return k is not None or (bool({s, p} & spans) and standing.state[s] == NOT_STARTED)

    def _shown(self, end: str, i: int) -> Instant:
        schedule = self.schedule
        days = float((schedule.end if end == "finish" else schedule.start)[i])
        if not schedule.is_dated:
            return Instant(days)
        return Instant(days, _moment(schedule.dates(end)[i]))

    def _promised(self, end: str, i: int) -> Instant:
        saved = self.saved
        days = float((saved.baseline_finish if end == "finish" else saved.baseline_start)[i])
        if days != days or not self.schedule.is_dated:
            return Instant(days)
        moment = saved.dates(end)[i]
        known = None if np.isnat(moment) else _moment(moment)
        return Instant(days, known or _moment(self.schedule.date_of(days, end)))

    def _instant(self, i: int, tick: int, of_finish: bool) -> Instant:
        """A bound as it shows: a finish at the end of a working day, a start at the next."""
        net = self.net
        if not self.schedule.is_dated:
            return Instant(tick / net.ticks_per_day)
        clock = net.clocks[0 if net.single_calendar else int(net.clock[i])]
        work = tick if net.single_calendar else clock.elapsed(tick)
        wall = clock.left(work) if of_finish else clock.right(work)
        return Instant(net.clocks[0].elapsed(wall) / net.ticks_per_day, from_tick(wall))

    def _between(self, i: int, earlier: int, later: int) -> float:
        """Working days of the calendar of an activity from one instant to another."""
        net = self.net
        if not net.single_calendar:
            clock = net.clocks[int(net.clock[i])]
            earlier, later = clock.elapsed(earlier), clock.elapsed(later)
        return (later - earlier) / net.ticks_per_day


def _moment(value: Any) -> datetime:
    found: datetime = np.asarray(value).astype("datetime64[us]").item()
    return found
