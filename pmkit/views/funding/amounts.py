"""An axis of money, and where an amount stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from pmkit.views.measures import multiples, nice_step
from pmkit.views.theme import money_text


@dataclass(frozen=True, slots=True)
class AmountAxis:
    """Ends of an axis of money, and its title."""

    low: float
    high: float
    title: str

    @classmethod
    def of(cls, values: Sequence[float], title: str, *, has_zero: bool = True) -> AmountAxis:
        """Return an axis with room for all values."""
        low, high = min(values), max(values)
        if has_zero or high == low:
            low, high = min(low, 0.0), max(high, 0.0)
        room = (high - low or 1.0) * 0.08
        return cls(low - (room if low else 0), high + room, title)

    def share(self, amount: float) -> float:
        """Return how far along the axis an amount is."""
        return (amount - self.low) / (self.high - self.low)

    def amount(self, share: float) -> float:
        """Return what stands so far along the axis."""
        return self.low + share * (self.high - self.low)

    def channel(self, kind: Any, field: str) -> Any:
        """Return the channel of a field: ``alt.X`` or ``alt.Y``."""
        step = nice_step(self.high - self.low, 7, ())
        ticks = multiples(self.low, self.high, step)
        named = [f"abs(datum.value - {t!r}) < {step / 1000!r} ? '{money_text(t)}'" for t in ticks]
        axis = alt.Axis(values=ticks, title=self.title, grid=True, domain=False, ticks=False,
                        labelExpr=" : ".join([*named, "''"]))  # fmt: skip
        scale = alt.Scale(domain=[self.low, self.high], nice=False, zero=False)
        return kind(f"{field}:Q", axis=axis, scale=scale)
