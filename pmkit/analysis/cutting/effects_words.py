"""What a change does, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.figures import Unit, delta_text, difference, figure_text
from pmkit.analysis.together.interfaces import Interfaces
from pmkit.analysis.words import days_text, money_text

_FIGURE = {Unit.WORKING_DAYS: "finish", Unit.DATE: "finish_date", Unit.MONEY: "cost"}
_SAME = 1e-6


@dataclass(frozen=True, slots=True)
class Row:
    """One measure before and after.

    Attributes
    ----------
    measure
        Its name.
    of
        What it is about: ``"program"``, ``"project"`` or ``"interface"``.
    unit
        What it is counted in.
    before, after
        Numbers or dates; ``None`` or NaN where there is none.
    """

    measure: str
    of: str
    unit: Unit
    before: Any
    after: Any

    @property
    def has_changed(self) -> bool:
        """Whether it differs; what is not there on one side only differs too."""
        if _is_missing(self.before) or _is_missing(self.after):
            return _is_missing(self.before) != _is_missing(self.after)
        if isinstance(self.before, datetime):
            return bool(self.before != self.after)
        return bool(abs(self.after - self.before) > _SAME)

    def delta_text(self, currency: str) -> str:
        """Return the difference with its sign and unit; empty where one side is not there."""
        if _is_missing(self.before) or _is_missing(self.after):
            return ""
        return delta_text(_FIGURE[self.unit], difference(self.after, self.before), currency)


def _is_missing(value: Any) -> bool:
    return value is None or value != value


def text_of(unit: Unit, value: Any, currency: str) -> str:
    """Return a number or date as a person reads it; empty where there is none."""
    if not _is_missing(value) and unit is Unit.MONEY:
        return money_text(value, currency)
    return figure_text(_FIGURE[unit], value, currency)


def explain_effects(
    rows: Iterable[Row], before: Interfaces, after: Interfaces, title: str, currency: str,
    notes: tuple[str, ...],
) -> Explanation:  # fmt: skip
    """Say what `Effects.explain` says."""
    told = {row.measure: row for row in rows}
    lines = [_finish(told, "finish"), *([_finish(told, "p80")] if "p80" in told else [])]
    lines += list(handed_over(before, after))
    lines += [
        f"{row.measure} {_instant(row.before)} -> {_instant(row.after)} "
        f"({row.delta_text(currency)})"
        for row in told.values() if row.of == "project" and row.has_changed
    ]  # fmt: skip
    for name, words in (("cost", "cost"), ("benefits", "benefits"), ("npv", "NPV")):
        row = told[name]
        if not (_is_missing(row.before) and _is_missing(row.after)):
            lines.append(
                f"{words} {text_of(row.unit, row.before, currency)} -> "
                f"{text_of(row.unit, row.after, currency)} ({row.delta_text(currency)})"
            )
    return Explanation(title, (*lines, *notes))


def _finish(told: dict[str, Row], name: str) -> str:
    row, word = told[name], "P80" if name == "p80" else name
    dates = told.get(f"{name}_date")
    ends = (dates.before, dates.after) if dates is not None else (row.before, row.after)
    return f"{word} {_instant(ends[0])} -> {_instant(ends[1])} ({row.delta_text('')})"


def _instant(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return f"day {round(value, 6):,.10g}"


def handed_over(before: Interfaces, after: Interfaces) -> Iterator[str]:
    """Yield a sentence for each interface that moved, or whose float did."""
    known = {one.id: one for one in after}
    for one in before:
        now = known.pop(one.id, None)
        if now is None:
            yield f"{one.id}: is no interface any more"
            continue
        moved = abs(now.forecast.days - one.forecast.days) > _SAME
        room = [round(side.total_float, 6) for side in (one, now)]
        if not moved and (room[0] == room[1] or room[0] != room[0]):
            continue
        when = f"handed over {one.forecast}"
        if moved:
            when += f" -> {now.forecast}"
        yield f"{one.id}: {when}, float {_room(room[0])} -> {_room(room[1])}"
    for id_ in known:
        yield f"{id_}: is a new interface, float {_room(round(known[id_].total_float, 6))}"


def _room(days: float) -> str:
    return "none" if days != days else days_text(days)
