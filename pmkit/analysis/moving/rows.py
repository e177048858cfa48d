"""What is different between two states of a plan, one row for each difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pmkit.analysis.moving.matching import Matching
from pmkit.analysis.moving.states import State
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.dependency import Dependency
from pmkit.model.program import Program

_SAME = 1e-6
_AMOUNTS = ("duration", "remaining_duration", "percent_complete", "actual_cost", "baseline_cost")
_MOMENTS = ("actual_start", "actual_finish", "baseline_start", "baseline_finish", "constraint_date")
_WORDS = ("name", "wbs", "type", "constraint", "calendar", "resources", "three_point")
_OF_RESOURCES = ("type", "capacity", "cost_per_day", "cost_per_use", "cost_per_unit", "calendar")
_OF_RISKS = ("state", "probability", "impact", "cost_impact", "is_responded")
_OF_PLANS = ("start", "status_date", "finish", "calendar", "hours_per_day", "currency",
             "lag_calendar", "critical_float", "constraints", "progress", "total_float",
             "critical", "contingency", "management_reserve")  # fmt: skip
BASELINE = ("baseline_start", "baseline_finish", "baseline_cost")


@dataclass(frozen=True, slots=True)
class Moved:
    """One difference.

    Parameters
    ----------
    project
        Whose it is; empty for the program.
    activity
        Id in the later plan (that of the earlier one for what was removed); of a dependency or an
        interface ``A -> B``; empty for what is about the project.
    what
        ``added`` ``removed`` ``id``, a field, ``interface``, ``dependency``, ``resource X`` ...
    before, after
        As the plans have it; ``None`` for nothing.
    delta
        Working days of the later plan's calendar, money or percentage points; ``None`` for words.
    """

    project: str
    activity: str
    what: str
    before: Any
    after: Any
    delta: float | None = None


def differences(before: State, after: State, matching: Matching) -> Iterator[Moved]:
    """Yield every difference: of the plan, its projects, activities, links, resources, risks."""
    yield from _of_plan(before, after)
    for id_ in matching.added:
        yield Moved(after.project_of(id_), id_, "added", None, after.name_of(id_))
    for id_ in matching.removed:
        yield Moved(before.project_of(id_), id_, "removed", before.name_of(id_), None)
    for old, new in matching.pairs:
        yield from _of_activity(before, after, old, new)
    renamed = dict(matching.pairs)
    yield from _of_links(before, after, renamed)
    yield from _of_interfaces(before, after, renamed)
    for kind, fields in (("resources", _OF_RESOURCES), ("risks", _OF_RISKS)):
        yield from _of_register(before, after, kind, fields)
    yield from _of_calendars(before, after)


def _of_calendars(before: State, after: State) -> Iterator[Moved]:
    """Calendars of one name whose working hours are others: the rows that differ."""
    old = {c.name: c for c in before.network.calendars}
    for calendar in after.network.calendars:
        if calendar.name not in old or old[calendar.name] == calendar:
            continue
        rows = [[" ".join(row).strip() for row in c.to_rows()]
                for c in (old[calendar.name], calendar)]  # fmt: skip
        told = ["; ".join(row for row in one if row not in other) or None
                for one, other in (rows, rows[::-1])]  # fmt: skip
        yield Moved("", "", f"calendar {calendar.name}", told[0], told[1])


def _of_plan(before: State, after: State) -> Iterator[Moved]:
    told: set[tuple[Any, ...]] = set()
    for project in after.projects:
        if project not in before.projects:
            yield Moved(project, "", "project added", None, project)
            continue
        settings = before.settings_of(project), after.settings_of(project)
        for name in _OF_PLANS:
            values = tuple(getattr(one, name) for one in settings)
            if (name, *values) not in told:  # what the program has, its projects have too
                told.add((name, *values))
                yield from _field(before, after, project, "", name, *values)
    for project in before.projects:
        if project not in after.projects:
            yield Moved(project, "", "project removed", project, None)


def _of_activity(before: State, after: State, old: str, new: str) -> Iterator[Moved]:
    project = after.project_of(new)
    one, other = before.activity(old), after.activity(new)
    if old != new:
        yield Moved(project, new, "id", old, new)
    for name in ("start", "finish"):
        dates = _dates(before, after, (old, name), (new, name))
        if dates is not None:
            yield Moved(project, new, name, *dates)
    for name in _AMOUNTS:
        yield from _field(before, after, project, new, name, _amount(one, name),
                          _amount(other, name))  # fmt: skip
    for name in (*_MOMENTS, *_WORDS):
        yield from _field(before, after, project, new, name, getattr(one, name),
                          getattr(other, name))  # fmt: skip
    yield from _field(before, after, project, new, "cost", before.cost(old), after.cost(new))
    floats = before.float_of(old) * after.days_in(before), after.float_of(new)
    if before.is_done(old) == after.is_done(new) and abs(floats[1] - floats[0]) > _SAME:
        yield Moved(project, new, "total_float", *floats, floats[1] - floats[0])
    if before.is_critical(old) != after.is_critical(new):
        yield Moved(project, new, "is_critical", before.is_critical(old), after.is_critical(new))


def _dates(
    before: State, after: State, old: tuple[str, str], new: tuple[str, str]
) -> tuple[Any, Any, float] | None:
    """Return two instants and the working days between them; ``None`` where nothing moved."""
    dates = before.date(*old), after.date(*new)
    if not after.is_dated:
        dates = dates[0] * after.days_in(before), dates[1]
    days = 0.0 if dates[0] == dates[1] else after.between(*dates)
    return None if abs(days) <= _SAME else (*dates, days)


def _amount(activity: Activity, name: str) -> float | None:
    if name == "duration":
        return activity.expected_duration
    value: float | None = getattr(activity, name)
    return None if name == "percent_complete" and not value else value


def _field(
    before: State, after: State, project: str, activity: str, name: str, old: Any, new: Any
) -> Iterator[Moved]:
    """Yield a row where a field is different, in the units of the later plan."""
    if old == new:
        return
    if isinstance(old, int | float) and not isinstance(old, bool) and name in _IN_DAYS:
        old = old * after.days_in(before)
    old, new = _shown(old), _shown(new)
    delta: float | None = None
    if isinstance(old, date) and isinstance(new, date):
        if _same_day(old, new):
            return
        delta = after.between(old, new)
    elif isinstance(old, int | float) and isinstance(new, int | float):
        if abs(new - old) <= _SAME * max(1.0, abs(old)):
            return
        delta = None if isinstance(old, bool) else float(new - old)
    if old != new:
        yield Moved(project, activity, name, old, new, delta)


def _same_day(one: date, other: date) -> bool:
    """Whether two dates are the same, of which one has no time: another tool has written it."""
    times = [isinstance(moment, datetime) for moment in (one, other)]
    return times[0] != times[1] and f"{one:%Y%m%d}" == f"{other:%Y%m%d}"


_IN_DAYS = {"duration", "remaining_duration", "critical_float", *_MOMENTS, "start", "finish",
            "status_date"}  # fmt: skip


def _shown(value: Any) -> Any:
    """Return a value as a table shows it: words for what is made of parts."""
    if value is None or value == "" or value == ():
        return None
    if isinstance(value, ThreePoint):
        points = (value.optimistic, value.most_likely, value.pessimistic)
        return " / ".join(f"{point:.12g}" for point in points)
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return value if isinstance(value, int | float | date) else str(value)


def _of_links(before: State, after: State, renamed: Mapping[str, str]) -> Iterator[Moved]:
    """Dependencies by their two ends; between what is in both plans one can change."""
    old = _by_ends(before.network.dependencies, renamed)
    new = _by_ends(after.network.dependencies, {})
    for ends in dict.fromkeys((*old, *new)):
        one, other = old.get(ends, []), new.get(ends, [])
        gone = [x for x in one if x not in other]
        come = [x for x in other if x not in one]
        project = after.project_of(ends[1]) or before.project_of(ends[1])
        for number in range(max(len(gone), len(come))):
            was, now = (x[number] if number < len(x) else None for x in (gone, come))
            yield Moved(project, f"{ends[0]} -> {ends[1]}", "dependency", was, now)


def _by_ends(
    links: Iterable[Dependency], renamed: Mapping[str, str]
) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for link in links:
        one, other = link.predecessor, link.successor
        ends = renamed.get(one, one), renamed.get(other, other)
        found.setdefault(ends, []).append(link.relation)
    return found


def _of_interfaces(before: State, after: State, renamed: Mapping[str, str]) -> Iterator[Moved]:
    """When one project hands over to another: the end of the predecessor that the link is about."""
    if not (isinstance(before.plan, Program) and isinstance(after.plan, Program)):
        return
    old = {
        (renamed.get(x.predecessor, x.predecessor), renamed.get(x.successor, x.successor)): x
        for x in before.plan.interdependencies
    }
    for link in after.plan.interdependencies:
        one = old.get((link.predecessor, link.successor))
        if one is None:
            continue
        ends = ["start" if x.kind[0] == "S" else "finish" for x in (one, link)]
        dates = _dates(before, after, (one.predecessor, ends[0]), (link.predecessor, ends[1]))
        if dates is not None:
            label = f"{link.predecessor} -> {link.successor}"
            yield Moved(after.project_of(link.predecessor), label, "interface", *dates)


def _of_register(
    before: State, after: State, kind: str, fields: tuple[str, ...]
) -> Iterator[Moved]:
    key = "name" if kind == "resources" else "id"
    word = kind[:-1]
    old = {getattr(one, key): one for one in getattr(before.network, kind)}
    new = {getattr(one, key): one for one in getattr(after.network, kind)}
    for id_ in dict.fromkeys((*old, *new)):
        if id_ not in old or id_ not in new:
            there = "added" if id_ not in old else "removed"
            was, now = (one[id_].name or id_ if id_ in one else None for one in (old, new))
            yield Moved("", "", f"{word} {id_} {there}", was, now)
            continue
        for name in fields:
            values = getattr(old[id_], name), getattr(new[id_], name)
            yield from _field(before, after, "", "", f"{word} {id_}: {name}", *values)
