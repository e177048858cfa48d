"""Resource levelling: dates that the people and machines of a plan can keep.

The resource-constrained project scheduling problem (Pritsker, Watters & Wolfe, 1969) with all four
kinds of dependency, lags, calendars and work under way. An activity is not split: from its start to
its finish it holds its units, nights and weekends included.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.progress import Progress, reporting
from pmkit.analysis.resourcing.as_late import pushed_late
from pmkit.analysis.resourcing.bounds import finish_bound
from pmkit.analysis.resourcing.demands import Demands, demands_of
from pmkit.analysis.resourcing.event_placing import place_in_order
from pmkit.analysis.resourcing.joint_calendars import as_reported, with_joint_calendars
from pmkit.analysis.resourcing.rules import RULES, rule_keys
from pmkit.analysis.resourcing.search import Placed, Search, feasible
from pmkit.analysis.resourcing.smoothing import smoothed
from pmkit.analysis.resourcing.tasks import Tasks, tasks_of
from pmkit.analysis.resourcing.waiting import Wait, find_waits
from pmkit.analysis.scheduling.as_late import is_late
from pmkit.analysis.scheduling.compiling import compiled, compiled_with_lags_of
from pmkit.analysis.scheduling.network import COMPLETE, NONE, Compiled
from pmkit.analysis.scheduling.passes import instants_and_floats
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.model.program import Plan
from pmkit.model.worktime import from_tick

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

AIMS = ("finish", "smooth")
ENGINES = ("heuristic", "exact")
_PLACEMENTS = 120_000  # activities placed by the search unless told: a second or less
_SECONDS = 10.0  # for the exact engine unless told


@dataclass(frozen=True, eq=False, repr=False)
class LevelledSchedule(Schedule):
    """A schedule that respects the capacity of resources.

    Early and late dates and floats are those of logic alone; `start`, `end`, `finish` are levelled.

    Attributes
    ----------
    aim, engine
        What was asked for, and what answered.
    bound
        No schedule finishes before it, in working days after the project start.
    outcome
        What was found and what is proven, in a sentence.
    unlevelled
        The schedule by logic alone.
    """

    aim: str
    engine: str
    outcome: str
    unlevelled: Schedule
    _bound: int
    _tasks: Tasks
    _demands: Demands

    def _in_days(self, tick: int) -> float:
        if not self._net.single_calendar:
            tick = self._net.clocks[0].elapsed(tick)
        return tick / self._net.ticks_per_day

    @cached_property
    def bound(self) -> float:
        """No schedule finishes before it, in working days after the project start."""
        return self._in_days(self._bound)

    @property
    def gap(self) -> float:
        """Share of the finish by which it could at most be earlier; 0 when it is proven best."""
        return max(self.finish - self.bound, 0.0) / self.finish if self.finish else 0.0

    @property
    def is_optimal(self) -> bool:
        """Whether no schedule that respects the resources finishes earlier."""
        return self.finish <= self.bound + 1e-9

    @property
    def _levelled_finish(self) -> int:
        return int(self._ticks["finish"][self._net.is_counted].max())

    @cached_property
    def finish(self) -> float:
        """The latest finish, in working days after the project start."""
        return self._in_days(self._levelled_finish)

    @cached_property
    def finish_date(self) -> datetime | None:
        """The date of the latest finish; ``None`` for an undated plan."""
        return from_tick(int(self._walls("finish").max())) if self.is_dated else None

    @cached_property
    def delay(self) -> Any:
        """Working days (of the project calendar) from the start by logic to the levelled one."""
        waits = np.maximum(self.start - self._days("_logic"), 0.0)
        if self._standing is not None:
            waits = np.where(self._standing.state != 0, 0.0, waits)
        return waits

    @cached_property
    def waits(self) -> dict[str, Wait]:
        """What keeps each activity that logic alone would let begin, by id."""
        start, finish = (self._ticks[name].tolist() for name in ("_begin", "finish"))
        found = find_waits(self._tasks, self._demands, start, finish)
        late = self._ticks["_late"]  # these stand where they do because they were asked to
        return {self.ids[i]: wait for i, wait in found.items() if not late[i]}

    @cached_property
    def critical_chain(self) -> tuple[str, ...]:
        """What the levelled finish hangs on, through logic and resources (Goldratt, 1997)."""
        finish = self._ticks["finish"].tolist()
        begin = self._ticks["_begin"].tolist()
        counted = np.flatnonzero(self._net.is_counted).tolist()
        i: int | None = max(counted, key=lambda k: (finish[k], begin[k]))
        chain: list[int] = []
        seen: set[int] = set()
        while i is not None and i not in seen:
            seen.add(i)
            chain.append(i)
            wait = self.waits.get(self.ids[i])
            if wait is not None and wait.holders:
                i = wait.holders[-1]
                continue
            tasks = self._tasks
            driving = [
                p for p in tasks.preceding[i]
                if tasks.duration[p] and self._gap_of(p, i, begin, finish)
            ]  # fmt: skip
            i = max(driving, key=lambda p: finish[p], default=None)
        return tuple(self.ids[k] for k in reversed(chain))

    def _gap_of(self, p: int, i: int, begin: list[int], finish: list[int]) -> bool:
        """Whether an activity that comes before is what another begins right after."""
        without = replace(
            self._tasks,
            into=[[(q, o) for q, o in row if q != p] for row in self._tasks.into],
            links=[[k for k in row if k.pred != p] for row in self._tasks.links],
        )
        return without.ready(i, begin, finish) < begin[i]

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What had to be inferred or could not be kept."""
        still: list[str] = []
        if self._tasks.pinned or self._net.project.settings.constraints == "honour_dates":
            from pmkit.analysis.resourcing.usage import resource_usage

            still = [
                "Still over capacity, because what has begun, or must keep a date, does not move: "
                f"{found.sentence}"
                for found in (resource_usage(self).over_allocations if self.aim == "finish" else ())
            ]
        return (*self._net.project.notes[len(self.plan.network.notes):], *still,
                *super().notes)  # fmt: skip

    @cached_property
    def table(self) -> pd.DataFrame:
        """As for any schedule, with the levelled ``start finish``, ``delay`` and ``waits_for``."""
        # a cached property of the parent keeps its value under the same name: ask its function
        found = Schedule.__dict__["table"].func(self)
        found["delay"] = self.delay
        found["waits_for"] = [
            "" if (wait := self.waits.get(id_)) is None else wait.resource for id_ in self.ids
        ]
        return found  # type: ignore[no-any-return]

    def explain(self, id_: object) -> Explanation:
        """Say why an activity waits, and for whom."""
        i = self._position(id_)
        name = self._net.project.activities[i].name
        label = f" {name}" if name else ""
        start = self._told(self.start[i], "start")
        title = f"Activity {self.ids[i]!r}{label}, levelled start {start}"
        lines = [f"by logic alone it could start on {self._told(self.early_start[i], 'start')}"]
        wait = self.waits.get(self.ids[i])
        if wait is not None:
            ready = self._in_days(wait.ready)
            held = ", ".join(repr(self.ids[k]) for k in wait.holders)
            lines.append(
                f"what it waits for by logic is done on {self._told(ready)}; then it waits "
                f"{_days(self.start[i] - ready)} for {wait.resource!r}: it wants {wait.wanted:g} "
                f"of {wait.capacity:g}, and {held or 'work under way'} {_holds(wait)}"
            )
        elif self._ticks["_late"][i]:
            lines.append("it is to happen as late as possible: what comes after it keeps it there")
        elif self.delay[i] > 0 and self.aim == "smooth":
            lines.append(f"it is moved {_days(self.delay[i])} within its float, to lower the peaks")
        elif self.delay[i] > 0:
            lines.append(
                f"it starts {_days(self.delay[i])} later, because what comes before it is later"
            )
        else:
            lines.append("it starts there: nobody holds what it needs")
        lines.append(f"levelled finish = {self._told(self.end[i])}")
        return Explanation(title, tuple(lines))

    def _told(self, days: float, side: str = "finish") -> str:
        """An instant in words, with its date where there is one."""
        day = f"day {days:g}"
        return f"{day} ({self.date_of(days, side)[()]!s:.10})" if self.is_dated else day

    def __repr__(self) -> str:
        when = f" ({self.finish_date:%Y-%m-%d})" if self.finish_date else ""
        return (
            f"LevelledSchedule {len(self.ids)} activities, finish {self.finish:.6g} days{when}, "
            f"{self.finish - self.unlevelled.finish:.6g} after logic alone; {self.outcome}"
        )


def _days(days: float) -> str:
    return "1 day" if f"{days:g}" == "1" else f"{days:g} days"


def _holds(wait: Wait) -> str:
    return "holds it" if len(wait.holders) == 1 else "hold it"


def level(
    plan: Plan,
    *,
    aim: str = "finish",
    engine: str = "heuristic",
    rule: str | None = None,
    schedules: int | None = None,
    time_limit: float | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> LevelledSchedule:
    """Schedule a plan with the people and machines that there are.

    Parameters
    ----------
    plan
        A project, or a program, whose projects then share their resources.
    aim
        ``"finish"``: the earliest finish that capacities allow. ``"smooth"``: the finish of logic
        alone stays, and activities move within their float so that peaks get lower, whatever the
        capacities.
    engine
        ``"heuristic"``, or ``"exact"`` for OR-tools CP-SAT (``pip install 'pmkit[exact]'``) after
        it.
    rule
        Only this priority rule, in one pass, as most tools do it: ``"late_finish"``,
        ``"late_start"``, ``"total_float"``, ``"priority"`` (the largest first), ...
    schedules
        How many the heuristic may make, before the exact engine too; about a second's worth unless
        told.
    time_limit
        Seconds; the heuristic then goes on until they are over or its answer is proven best.
        Such an answer depends on the machine. The exact engine stops after 10 unless told.
    seed
        Of the search: the same seed gives the same schedule.
    progress
        Called with what is done and what there is in all; returning False cancels.

    Returns
    -------
    LevelledSchedule
        Levelled `start` and `finish` beside the early and late dates of logic alone, `bound`,
        `gap`, why each activity waits.

    Raises
    ------
    InfeasibleError
        If an activity wants more of a resource than there is.
    PlanError
        If an activity and the resources it needs never work at the same time.

    Notes
    -----
    Resources without a capacity and consumables limit nothing. What has begun is not interrupted.
    An activity works only when those of its resources do that have a calendar of their own.

    Examples
    --------
    >>> from pmkit.model.activity import Activity, Assignment
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.resource import Resource
    >>> crane = (Assignment("Crane"),)
    >>> plan = Project((Activity("A", 3, resources=crane), Activity("B", 2, resources=crane)),
    ...                resources=(Resource("Crane"),))
    >>> levelled = level(plan)
    >>> levelled.finish, levelled.bound, levelled.is_optimal
    (5.0, 5.0, True)
    """
    _check(aim, engine, rule, schedules, time_limit)
    begun = time.perf_counter()
    network, notes = with_joint_calendars(plan.network)
    net = compiled(plan.network)
    if notes:  # a lag is no work: it counts without the calendars of resources
        joint = compiled_with_lags_of(network.with_notes(*notes), plan.network)
        net = as_reported(joint, net)
    columns = instants_and_floats(net)
    standing = net.standing
    complete = np.zeros(net.count, dtype=bool) if standing is None else standing.state == COMPLETE
    is_span = np.zeros(net.count, dtype=bool)
    is_span[[span.position for span in net.spans]] = True
    demands = demands_of(net.project, (~complete & ~is_span).tolist())
    tasks = tasks_of(net, demands, columns["early_start"])
    # as placing sees it: on the wall clock a milestone may stand on the other side of a night
    logic = max(place_in_order(replace(tasks, wanted=((),) * net.count), tasks.order)[1])
    unlevelled = critical_path(plan)
    with reporting(progress, "schedules") as report:
        if aim == "smooth":
            placed, bound = smoothed(tasks, logic), logic
            outcome = "the finish is kept and the peaks are lowered"
        else:
            bound = _bound(net, tasks, columns, logic)
            keys = rule_keys(net, tasks, columns)
            deadline = None if time_limit is None else begun + time_limit
            if engine == "exact" and time_limit is not None and schedules is None:
                deadline = begun + min(0.25 * time_limit, 1.0)  # the rest is for the solver
            allowed = schedules or (
                2**40 if time_limit is not None and engine == "heuristic"
                else max(3 * len(RULES), _PLACEMENTS // net.count)
            )  # fmt: skip
            search = Search(tasks, keys, bound, allowed, deadline, report)
            nobody_waits = not any(tasks.wanted)
            placed = search.by_rule(rule or "late_finish") if rule or nobody_waits else (
                search.run(seed)
            )  # fmt: skip
            bound = min(bound, placed.length)
            if engine == "exact" and placed.length > bound:
                from pmkit.analysis.resourcing.exact import solve

                left = (_SECONDS if time_limit is None else time_limit) - (
                    time.perf_counter() - begun
                )
                answer = solve(tasks, placed, bound, left, seed, report)
                placed, bound = _left_justified(tasks, answer.start, placed), answer.bound
            outcome = _outcome(net, placed, bound, engine, rule, time_limit, begun)
    late = is_late(net)
    if aim == "finish":
        free = [i for i, put_off in enumerate(late) if put_off and i not in tasks.pinned]
        placed = pushed_late(tasks, placed, free)
    columns["_late"], columns["_logic"] = np.array(late, dtype=bool), columns["start"]
    columns["_begin"] = np.array(placed.start, dtype=np.int64)
    columns["start"], columns["finish"] = _scheduled(net, tasks, placed, late)
    # as it is shown: on the wall clock placing counts to the instant, a schedule to the working day
    shown = int(columns["finish"][net.is_counted].max())
    least = int(columns["early_finish"][net.is_counted].max())
    is_proven = aim == "smooth" or placed.length <= bound
    bound = shown if is_proven else min(max(bound, least), shown)
    return LevelledSchedule(
        plan, net, MappingProxyType(columns), aim, engine, outcome, unlevelled, bound, tasks,
        demands,
    )  # fmt: skip


def _check(
    aim: str, engine: str, rule: str | None, schedules: int | None, time_limit: float | None
) -> None:
    for name, came, words in (("aim", aim, AIMS), ("engine", engine, ENGINES)):
        if came not in words:
            raise ValueError(f"level: {name} must be one of {', '.join(words)}, got {came!r}")
    if rule is not None and rule not in RULES:
        raise ValueError(f"level: rule must be one of {', '.join(RULES)}, got {rule!r}")
    if schedules is not None and schedules < 1:
        raise ValueError(f"level: schedules must be at least 1, got {schedules!r}")
    if time_limit is not None and not 0 < time_limit < float("inf"):
        raise ValueError(
            f"level: time_limit must be a finite number of seconds > 0, got {time_limit!r}"
        )


def _bound(net: Compiled, tasks: Tasks, columns: Mapping[str, Any], logic: int) -> int:
    """No schedule finishes before it. With several calendars only logic is counted on."""
    if not tasks.is_line:
        return logic
    head = columns["early_start"].tolist()
    tail = [0] * net.count
    for i in reversed(tasks.order):
        for p, offset in tasks.into[i]:
            after = offset + tasks.duration[i] - tasks.duration[p] + tail[i]
            tail[p] = max(tail[p], after)
    return finish_bound(tasks, head, tail, logic)


def _left_justified(tasks: Tasks, start: list[int] | None, placed: Placed) -> Placed:
    """Return a solver's schedule with every activity as early as its order allows."""
    if start is None:
        return placed
    order = feasible(tasks, sorted(range(tasks.count), key=lambda i: start[i]))
    starts, finishes = place_in_order(tasks, order)
    found = Placed(starts, finishes, max(finishes))
    return min(placed, found, key=lambda one: one.length)


def _scheduled(net: Compiled, tasks: Tasks, placed: Placed, late: list[bool]) -> tuple[Any, Any]:
    """Return starts and finishes as a schedule holds them, spans and what is done included."""
    begin = np.array(placed.start, dtype=np.int64)
    floor = np.where(net.start_floor == NONE, begin, np.maximum(net.start_floor, begin))
    moved = [
        i for i in range(net.count) if (tasks.duration[i] or late[i]) and i not in tasks.pinned
    ]
    raised = net.start_floor.copy()
    raised[moved] = floor[moved]
    # a date that caps is a promise: levelling may break it, and it must not pull work back
    caps = net.start_cap.copy(), net.finish_cap.copy()
    for cap in caps:
        cap[moved] = NONE
    again = instants_and_floats(
        replace(net, start_floor=raised, start_cap=caps[0], finish_cap=caps[1])
    )
    start, finish = again["early_start"], again["early_finish"]
    if net.standing is not None and net.standing.status != NONE:
        started = net.standing.state != 0
        start = np.where(started, again["start"], start)
        finish = np.where(started, again["finish"], finish)
    return start, finish


def _outcome(
    net: Compiled,
    placed: Placed,
    bound: int,
    engine: str,
    rule: str | None,
    time_limit: float | None,
    begun: float,
) -> str:
    if placed.length <= bound:
        return "no schedule finishes earlier"
    days = [tick if net.single_calendar else net.clocks[0].elapsed(tick)
            for tick in (placed.length, bound)]  # fmt: skip
    found, least = (tick / net.ticks_per_day for tick in days)
    proof = f"{found:.6g} days, and at least {least:.6g} are needed"
    if engine == "exact" or (time_limit is not None and time.perf_counter() - begun >= time_limit):
        limit = _SECONDS if time_limit is None else time_limit
        return f"time limit of {limit:g} s reached: best so far {proof}"
    return f"{f'rule {rule}' if rule else 'best found'}: {proof}"
