"""A plan as a model for CP-SAT: intervals, cumulative resources, dependencies.

On the number line a dependency is a difference of two starts. On the wall clock each activity is a
number of working slots on its own calendar, and a table turns that into the moments at which it
starts and finishes, and at which a lag that it begins has elapsed.
"""

from __future__ import annotations

from collections.abc import Callable
from math import gcd
from typing import Any

from pmkit.analysis.resourcing.grid_placing import step_of
from pmkit.analysis.resourcing.search import Placed
from pmkit.analysis.resourcing.tasks import Clock, Link, Tasks
from pmkit.model.worktime import TICKS_PER_MINUTE, WorkClock

_LONGEST_TABLE = 20_000  # slots; a plan that needs more is too fine or too long for this
_MOST_ENTRIES = 3_000_000


def build(tasks: Tasks, hint: Placed, bound: int, model: Any) -> tuple[list[Any], int, int] | None:
    """Put a plan into a model, with its finish to be minimised.

    Parameters
    ----------
    tasks
        What is to be placed.
    hint
        A schedule; nothing longer is looked at.
    bound
        No schedule can finish before it.
    model
        A `CpModel`, which is filled.

    Returns
    -------
    tuple or None
        Variables of the starts, the instant of slot 0 and the ticks of a slot; ``None`` where the
        calendars would need tables that are too long.
    """
    if tasks.is_line:
        origin = min(tasks.floor, default=0)
        step = step_of(tasks, origin)
        starts, ends = _on_the_line(tasks, hint, model, origin, step)
    else:
        origin = min(min(tasks.floor), min(hint.start))
        step = _wall_step(tasks, origin)
        slots = (hint.length - origin) // step + 1
        if slots > _LONGEST_TABLE or slots * tasks.count > _MOST_ENTRIES:
            return None
        starts, ends = _on_the_wall(tasks, hint, model, origin, step)
    last = (hint.length - origin) // step
    intervals = []
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        size = model.new_int_var(0, last + 1, f"l{i}") if not tasks.is_line else (
            tasks.duration[i] // step
        )  # fmt: skip
        intervals.append(model.new_interval_var(start, size, end, f"i{i}"))
    for r, capacity in enumerate(tasks.capacity):
        using = [(i, dict(w)[r]) for i, w in enumerate(tasks.wanted) if r in dict(w)]
        using = [(i, parts) for i, parts in using if tasks.duration[i]]
        # work that has begun may ask for more than there is; it is where it is
        begun = sum(parts for i, parts in using if i in tasks.pinned)
        model.add_cumulative(
            [intervals[i] for i, _ in using], [n for _, n in using], max(capacity, begun)
        )
    finish = model.new_int_var(min((bound - origin) // step, last), last, "finish")
    for end in ends:
        model.add(finish >= end)
    model.minimize(finish)
    return starts, origin, step


def _on_the_line(
    tasks: Tasks, hint: Placed, model: Any, origin: int, step: int
) -> tuple[list[Any], list[Any]]:
    last = (hint.length - origin) // step
    starts = []
    for i, duration in enumerate(tasks.duration):
        low, at = (tasks.floor[i] - origin) // step, (hint.start[i] - origin) // step
        if i in tasks.pinned:
            starts.append(model.new_constant(at))
            continue
        starts.append(model.new_int_var(low, max(last - duration // step, low), f"s{i}"))
        model.add_hint(starts[-1], at)
    for i, into in enumerate(tasks.into):
        for p, offset in into if i not in tasks.pinned else ():
            model.add(starts[i] >= starts[p] + offset // step)
    lengths = (duration // step for duration in tasks.duration)
    return starts, [start + length for start, length in zip(starts, lengths, strict=True)]


def _on_the_wall(
    tasks: Tasks, hint: Placed, model: Any, origin: int, step: int
) -> tuple[list[Any], list[Any]]:
    last = (hint.length - origin) // step

    def slot(wall: int, *, up: bool) -> int:
        return -(-(wall - origin) // step) if up else (wall - origin) // step

    def slotted(moment: Callable[[int], int], *, up: bool) -> Callable[[int], int]:
        return lambda n: slot(moment(n), up=up)

    def looked_up(key: Any, low: int, high: int, value: Callable[[int], int], name: str) -> Any:
        """A variable that is a function of another one."""
        table = [value(n) for n in range(low, high + 1)]
        found = model.new_int_var(min(table), max(table), name)
        model.add_element(key - low, table, found)
        return found

    starts: list[Any] = []
    ends: list[Any] = []
    keys: list[tuple[Any, int, int, Callable[[int], int], Callable[[int], int]]] = []
    for i, duration in enumerate(tasks.duration):
        clock = tasks.clocks[i]
        if i in tasks.pinned or not duration:
            low = slot(tasks.floor[i], up=False)
            at = slot(hint.start[i], up=False)
            fixed = i in tasks.pinned
            key = model.new_int_var(at if fixed else low, at if fixed else max(last, low), f"k{i}")
            length = slot(hint.finish[i], up=False) - at if fixed else 0
            starts.append(key)
            ends.append(key + length)

            def moment(n: int) -> int:
                return origin + n * step

            def after(n: int, length: int = length) -> int:
                return origin + (n + length) * step

            keys.append((key, at if fixed else low, at if fixed else max(last, low), moment, after))
            continue
        base = clock.elapsed(origin)
        low = -(-(clock.elapsed(tasks.floor[i]) - base) // step)
        high = max((clock.elapsed(hint.length) - duration - base) // step, low)
        key = model.new_int_var(low, high, f"k{i}")
        model.add_hint(key, (clock.elapsed(hint.start[i]) - base) // step)

        def begins(n: int, clock: Clock = clock, base: int = base) -> int:
            return clock.right(base + n * step)

        def finishes(
            n: int, clock: Clock = clock, base: int = base, duration: int = duration
        ) -> int:
            return clock.left(base + n * step + duration)

        starts.append(looked_up(key, low, high, slotted(begins, up=False), f"s{i}"))
        ends.append(looked_up(key, low, high, slotted(finishes, up=False), f"e{i}"))
        keys.append((key, low, high, begins, finishes))
    for i, links in enumerate(tasks.links):
        if i in tasks.pinned:
            continue
        for k, link in enumerate(links):
            moment_of = _asked(link, keys[link.pred][3], keys[link.pred][4])
            key, low, high = keys[link.pred][:3]
            asked = (
                (ends if link.from_finish else starts)[link.pred]
                if not link.lag
                else looked_up(key, low, high, slotted(moment_of, up=True), f"m{i}.{k}")
            )
            if not link.to_finish or not tasks.duration[i]:
                model.add(starts[i] >= asked)
                continue
            # the latest moment of that much work: a night after it is the same instant
            clock, duration = tasks.clocks[i], tasks.duration[i]
            base = clock.elapsed(origin)
            own, first, final = keys[i][:3]

            def until_end(
                n: int, clock: Clock = clock, base: int = base, duration: int = duration
            ) -> int:
                return clock.right(base + n * step + duration)

            until = looked_up(own, first, final, slotted(until_end, up=False), f"r{i}.{k}")
            model.add(until >= asked)
    return starts, ends


def _asked(
    link: Link, begins: Callable[[int], int], finishes: Callable[[int], int]
) -> Callable[[int], int]:
    """When a lag has elapsed that begins with the end of an activity."""
    end = finishes if link.from_finish else begins

    def moment(n: int) -> int:
        work = link.clock.elapsed(end(n)) + link.lag
        return link.clock.left(work) if link.lag > 0 else link.clock.right(work)

    return moment


def _wall_step(tasks: Tasks, origin: int) -> int:
    """Ticks that all lengths, dates and working hours are multiples of."""
    lags = (link.lag for links in tasks.links for link in links)
    floors = (floor - origin for floor in tasks.floor)
    starts = (start - origin for start in tasks.pinned.values())
    step = gcd(*tasks.duration, *lags, *floors, *starts)
    clocks = {id(c): c for c in tasks.clocks}
    for clock in (*clocks.values(), *(k.clock for links in tasks.links for k in links)):
        assert isinstance(clock, WorkClock)  # only a mirrored plan has others
        calendar = clock.calendar
        for intervals in (*calendar.week, *(hours for _, hours in calendar.exceptions)):
            for start, end in intervals:
                step = gcd(step, start * TICKS_PER_MINUTE, end * TICKS_PER_MINUTE)
    return gcd(step, origin) or 1
