"""An axis of money, and where an amount stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp, floor, log, log10
from typing import Any

import altair as alt

from pmkit.views.measures import multiples, nice_step
from pmkit.views.theme import money_text

_WIDE = 15
"""Amounts so many times apart stand on a logarithmic axis, or the small ones are a heap."""
_MOST = 7


@dataclass(frozen=True, slots=True)
class AmountAxis:
    """Ends of an axis of money, and its title."""

    low: float
    high: float
    title: str
    is_log: bool = False

    @classmethod
    def of(
        cls, values: Sequence[float], title: str, *, has_zero: bool = True, may_be_log: bool = False
    ) -> AmountAxis:
        """Return an axis with room for all values."""
        low, high = min(values), max(values)
        if may_be_log and low > 0 and high / low > _WIDE:
            room = (high / low) ** 0.08
            return cls(low / room, high * room, f"{title}, logarithmic", True)
        if has_zero or high == low:
            low, high = min(low, 0.0), max(high, 0.0)
        room = (high - low or 1.0) * 0.08
        return cls(low - (room if low else 0), high + room, title)

    def share(self, amount: float) -> float:
        """Return how far along the axis an amount is."""
        if self.is_log:
            return log(amount / self.low) / log(self.high / self.low)
        return (amount - self.low) / (self.high - self.low)

    def amount(self, share: float) -> float:
        """Return what stands so far along the axis."""
        if self.is_log:
            return self.low * exp(share * log(self.high / self.low))
        return self.low + share * (self.high - self.low)

    def channel(self, kind: Any, field: str) -> Any:
        """Return the channel of a field: ``alt.X`` or ``alt.Y``."""
        ticks = self._ticks()
        near = min(ticks, key=abs, default=1.0) or self.high
        named = [f"abs(datum.value - {t!r}) < {abs(near) / 1000!r} ? '{money_text(t)}'"
                 for t in ticks]  # fmt: skip
        axis = alt.Axis(values=ticks, title=self.title, grid=True, domain=False, ticks=False,
                        labelExpr=" : ".join([*named, "''"]))  # fmt: skip
        scale = alt.Scale(domain=[self.low, self.high], nice=False)
        if self.is_log:
            scale.type = "log"
        else:
            scale.zero = False
        return kind(f"{field}:Q", axis=axis, scale=scale)

    def _ticks(self) -> list[float]:
        if not self.is_log:
            return multiples(self.low, self.high, nice_step(self.high - self.low, _MOST, ()))
        powers = range(floor(log10(self.low)), ceil(log10(self.high)) + 1)
        for parts in ((1, 2, 5), (1, 3), (1,)):
            found = [float(n * 10**p) for p in powers for n in parts
                     if self.low <= n * 10**p <= self.high]  # fmt: skip
            if len(found) <= _MOST:
                break
        return found
