"""A strip of time for each project of a report: commitment, tolerance, and the forecast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from pmkit.analysis.governing.program_money import ProgramMoney
from pmkit.analysis.governing.program_status import ProjectStatus
from pmkit.analysis.governing.rag import Rag

_WIDE, _HIGH = 200.0, 24.0
_COLOURS = {Rag.GREEN: "#00704f", Rag.AMBER: "#c98a00", Rag.RED: "#b23a00",
            Rag.UNKNOWN: "#55626f"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Strip:
    """The scale that all strips of a table share.

    Parameters
    ----------
    first, last
        Working days at its two ends.
    """

    first: float
    last: float

    @classmethod
    def over(cls, rows: Sequence[ProjectStatus]) -> Strip:
        """Return a scale on which every row has room."""
        days = [row.time.p50 for row in rows] + [row.time.p80 for row in rows]
        for row in rows:
            days += [
                one for one in (row.time.limit.target, row.time.limit.value) if one is not None
            ]
        first, last = min(days), max(days)
        room = 0.04 * (last - first) or 1.0
        return cls(first - room, last + room)

    def _x(self, days: float) -> float:
        return round(_WIDE * (days - self.first) / (self.last - self.first), 1)

    def draw(self, row: ProjectStatus, told: Callable[[float], str]) -> str:
        """Return the strip of one row as an svg, with what it shows in words."""
        time = row.time
        parts, said = [], [f"P50 {told(time.p50)}, P80 {told(time.p80)}"]
        parts.append(f"<path d='M0 12H{_WIDE:g}' stroke='#d8dee4' stroke-width='1.5'/>")
        target, limit = time.limit.target, time.limit.value
        if target is not None and limit is not None:
            left, right = self._x(target), self._x(limit)
            parts.append(f"<rect x='{left}' y='3' width='{max(right - left, 0):.1f}' height='18' "
                         "fill='#cfd8e1'/>")  # fmt: skip
            parts.append(f"<rect x='{left - 1.5:.1f}' y='1' width='3' height='22' "
                         "fill='#17212b'/>")  # fmt: skip
            said.append(f"commitment {told(target)}, limit {told(limit)}")
        left, right = self._x(time.p50), self._x(time.p80)
        parts.append(
            f"<rect x='{left - 2:.1f}' y='8' width='{max(right - left, 0) + 4:.1f}' height='8' "
            f"rx='2' fill='{_COLOURS[time.rag]}'/>"
        )  # fmt: skip
        label = escape("; ".join(said))
        return (
            f"<svg class='strip' viewBox='0 0 {_WIDE:g} {_HIGH:g}' preserveAspectRatio='none' "
            f"role='img' aria-label='{label}'>{''.join(parts)}</svg>"
        )  # fmt: skip


def money_bar(money: ProgramMoney) -> str:
    """Return what is spent and still to be spent as one bar against the budget, as an svg."""
    if not (money.forecast > 0 and money.budget > 0):
        return ""
    spent = 0.0 if money.spent != money.spent else money.spent
    most = max(money.forecast, money.p80, money.budget, spent) * 1.02

    def x(amount: float) -> str:
        return f"{_WIDE * amount / most:.1f}"

    drawn = (
        f"<rect width='{x(money.forecast)}' y='4' height='16' fill='#9db4c8'/>"
        f"<rect width='{x(spent)}' y='4' height='16' fill='#123a5c'/>"
        f"<rect x='{x(money.budget)}' width='1' y='0' height='24' fill='#17212b'/>"
        f"<path d='M{x(money.forecast)} 12H{x(money.p80)}' stroke='#b23a00' stroke-width='5'/>"
    )
    share = 100 * spent / money.forecast
    said = f"{share:.0f} % of the forecast is spent"
    return (
        f"<svg class='bar' viewBox='0 0 {_WIDE:g} {_HIGH:g}' preserveAspectRatio='none' role='img' "
        f"aria-label='{said}'>{drawn}</svg><p class='key'>Dark: spent ({share:.0f} %); light: "
        "still to be spent; <b>|</b> budget; line: up to P80</p>"
    )
