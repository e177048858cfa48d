"""What moved, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pmkit.analysis.figures import number_text
from pmkit.analysis.moving.rows import BASELINE, Moved
from pmkit.analysis.moving.states import State
from pmkit.analysis.words import days_text, moment_words, money_text

_MONEY = {"cost", "actual_cost", "baseline_cost", "contingency", "management_reserve"}
_DAYS = {"duration", "remaining_duration", "total_float", "critical_float"}
_INSTANTS = {"start", "finish", "interface", "actual_start", "actual_finish", "baseline_start",
             "baseline_finish", "constraint_date", "status_date"}  # fmt: skip
_SAME = 1e-6
_SHOWN = 3


def value_text(what: str, value: Any, currency: str = "") -> str:
    """Return a value before or after, with its unit; ``none`` where there is none.

    Examples
    --------
    >>> value_text("duration", 3.0), value_text("cost", 1200.0, "EUR"), value_text("finish", 4.0)
    ('3 days', 'EUR 1,200', 'day 4')
    """
    if value is None:
        return "none"
    if isinstance(value, date) or what in _INSTANTS:
        return moment_words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        if what in _MONEY:
            return money_text(value, currency)
        if what in _DAYS:
            return days_text(value)
        return f"{number_text(value)} %" if what == "percent_complete" else number_text(value)
    return str(value)


def moved_text(what: str, delta: float | None, currency: str = "") -> str:
    """Return a delta in words.

    Examples
    --------
    >>> moved_text("finish", 2.0), moved_text("cost", -50.0, "EUR"), moved_text("finish", 0.0)
    ('finish 2 days later', 'cost EUR 50 less', 'finish the same')
    """
    return f"{what} {delta_text(what, delta or 0.0, currency)}"


def delta_text(what: str, delta: float, currency: str = "") -> str:
    """Return a delta in words, without what it is of."""
    if abs(delta) <= _SAME:
        return "the same"
    size = abs(delta)
    if what in _INSTANTS:
        return f"{days_text(size)} {'later' if delta > 0 else 'earlier'}"
    more = "more" if delta > 0 else "less"
    if what in _MONEY:
        return f"{money_text(size, currency)} {more}"
    if what in _DAYS:
        return f"{days_text(size)} {more}"
    return f"{number_text(size)} {'points ' if what == 'percent_complete' else ''}{more}"


def row_text(row: Moved, currency: str = "") -> str:
    """Return one difference as a line: what, before, after, and by how much."""
    if row.what in ("added", "removed", "project added", "project removed"):
        return f"{row.what}: {row.after or row.before}"
    told = f"{value_text(row.what, row.before, currency)} -> " + value_text(
        row.what, row.after, currency
    )
    by = f" ({delta_text(row.what, row.delta, currency)})" if row.delta is not None else ""
    return f"{row.what.replace('_', ' ')} {told}{by}"


def summary_of(
    rows: Sequence[Moved], figures: Mapping[str, Sequence[Any]], whole: str, after: State
) -> Iterator[str]:
    """Yield what matters of all differences, a sentence each."""
    currency = after.network.settings.currency
    yield from _baseline(rows)
    for project, row in figures.items():
        yield from _figures(project or whole, row, currency)
    by_what: dict[str, list[Moved]] = {}
    for one in rows:
        by_what.setdefault(one.what, []).append(one)
    yield from _named(by_what.get("added", []), "added")
    yield from _named(by_what.get("removed", []), "removed")
    yield from _named(by_what.get("id", []), "with another id")
    yield from _named(by_what.get("name", []), "with another name")
    yield from _progress(rows)
    for what, title in (("finish", "finish"), ("interface", "interface")):
        for late, word in ((True, "later"), (False, "earlier")):
            fitting = [r for r in by_what.get(what, [])
                       if r.activity and ((r.delta or 0) > 0) == late]  # fmt: skip
            if not fitting:
                continue
            verb = "finishes" if len(fitting) == 1 else "finish"
            subject = (f"{_count(fitting, 'activity')} {verb} {word}" if title == "finish"
                       else f"{_count(fitting, 'interface')} {word}")  # fmt: skip
            yield f"{subject}, {_most(fitting, 'days')}."
    lost = [r for r in by_what.get("total_float", []) if (r.delta or 0) < 0]
    if lost:
        verb = "loses" if len(lost) == 1 else "lose"
        yield f"{_count(lost, 'activity')} {verb} float, {_most(lost, 'days')}."
    critical = [r for r in by_what.get("is_critical", []) if r.after]
    yield from _named(critical, "critical now")
    yield from _links(by_what.get("dependency", []))
    yield from _registers(rows)


def _baseline(rows: Sequence[Moved]) -> Iterator[str]:
    found = [row for row in rows if row.what in BASELINE]
    moved = list(dict.fromkeys(row.activity for row in found))
    if moved:
        first = [next(row for row in found if row.activity == id_) for id_ in moved]
        verb = "has" if len(moved) == 1 else "have"
        new = sum(row.before is None for row in first)
        told = "a baseline that there was not before" if new == len(first) else "another baseline"
        yield f"{_count(first, 'activity')} {verb} {told}: {_ids(first)}."


def _figures(label: str, row: Sequence[Any], currency: str) -> Iterator[str]:
    old, new, delta, cost_old, cost_new, more, *_ = row
    if old is None or new is None:
        yield f"{label}: {'new' if old is None else 'no longer there'}."
        return
    parts = []
    if abs(delta) > _SAME:
        parts.append(f"finish {value_text('finish', old)} -> {value_text('finish', new)}, "
                     f"{delta_text('finish', delta)}")  # fmt: skip
    if abs(more) > _SAME * max(1.0, abs(cost_old)):
        parts.append(f"cost {money_text(cost_old, currency)} -> {money_text(cost_new, currency)}, "
                     f"{delta_text('cost', more, currency)}")  # fmt: skip
    if parts:
        yield f"{label}: {'; '.join(parts)}."


def _progress(rows: Sequence[Moved]) -> Iterator[str]:
    begun = [r for r in rows if r.what == "actual_start" and r.before is None]
    done = [r for r in rows if r.what == "actual_finish" and r.before is None]
    undone = [r for r in rows if r.what == "actual_finish" and r.after is None]
    less = [r for r in rows if r.what == "percent_complete" and (r.delta or 0) < 0]
    yield from _named(begun, "begun")
    yield from _named(done, "finished")
    yield from _named(undone, "no longer finished")
    yield from _named(less, "less complete than before")


def _links(rows: Sequence[Moved]) -> Iterator[str]:
    kinds = {
        "added": [r for r in rows if r.before is None],
        "removed": [r for r in rows if r.after is None],
        "changed": [r for r in rows if r.before is not None and r.after is not None],
    }
    told = [f"{len(found)} {word} ({_ids(found)})" for word, found in kinds.items() if found]
    if told:
        yield f"Dependencies: {'; '.join(told)}."


def _registers(rows: Sequence[Moved]) -> Iterator[str]:
    for word, title in (("resource", "Resources"), ("risk", "Risks"), ("calendar", "Calendars")):
        found = [r.what.removeprefix(f"{word} ") for r in rows
                 if not r.activity and r.what.startswith(f"{word} ")]  # fmt: skip
        if found:
            more = f" ... and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
            yield f"{title}: {'; '.join(found[:_SHOWN])}{more}."


def _named(rows: Sequence[Moved], word: str) -> Iterator[str]:
    if rows:
        yield f"{_count(rows, 'activity')} {word}: {_ids(rows)}."


def _ids(rows: Sequence[Moved]) -> str:
    ids = list(dict.fromkeys(row.activity for row in rows))
    more = f" ... and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
    return ", ".join(ids[:_SHOWN]) + more


def _most(rows: Sequence[Moved], unit: str) -> str:
    worst = sorted(rows, key=lambda row: -abs(row.delta or 0.0))[:_SHOWN]
    told = [f"{row.activity} {days_text(abs(row.delta or 0.0))}" for row in worst]
    return f"{'the most ' if len(rows) > 1 else ''}{', '.join(told)}"


def _count(rows: Sequence[Moved], word: str) -> str:
    number = len(rows)
    many = "activities" if word == "activity" else f"{word}s"
    return f"{number} {word if number == 1 else many}"
