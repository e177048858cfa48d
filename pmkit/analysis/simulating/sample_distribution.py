"""A distribution known by its trials: what may happen to the finish, or to the cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from math import ceil, sqrt
from typing import Any

import numpy as np

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.scheduling.network import wall_tick
from pmkit.model.worktime import WorkClock, from_tick

_SAME = 1e-9  # relative; a number that went through text or a division still counts as equal


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bins of equal width.

    Parameters
    ----------
    edges
        Bounds of the bins, one more than there are bins.
    counts
        Trials in each.
    """

    edges: Any
    counts: Any


@dataclass(frozen=True, eq=False, repr=False)
class SampleDistribution:
    """The trials of one figure, and what follows from them.

    Parameters
    ----------
    name
        ``"finish"`` or ``"cost"``.
    samples
        One number per trial, in the order of the trials: working days after the project start, or
        money.
    unit
        What they are counted in, for people.
    clock, ticks_per_day
        The project calendar, where the numbers are instants of a dated plan.

    Examples
    --------
    >>> finish = SampleDistribution("finish", np.array([3.0, 5.0, 4.0, 4.0]), "d")
    >>> finish.mean(), finish.quantile(0.5), finish.probability(4)
    (4.0, 4.0, 0.75)
    """

    name: str
    samples: Any
    unit: str = ""
    clock: WorkClock | None = None
    ticks_per_day: int = 0

    def __post_init__(self) -> None:
        self.samples.setflags(write=False)

    def __len__(self) -> int:
        return len(self.samples)

    @cached_property
    def sorted(self) -> Any:
        """The trials in increasing order."""
        values = np.sort(self.samples)
        values.setflags(write=False)
        return values

    def mean(self) -> float:
        """Mean of the trials."""
        return float(np.mean(self.samples))

    def std(self) -> float:
        """Standard deviation, with n - 1; 0 for a single trial."""
        return float(np.std(self.samples, ddof=1)) if len(self) > 1 else 0.0

    def standard_error(self) -> float:
        """Standard error of the mean: standard deviation / sqrt(trials)."""
        return self.std() / sqrt(len(self))

    def quantile(self, q: float) -> float:
        """Return the least value that at least a share `q` of the trials does not exceed.

        Parameters
        ----------
        q
            0 to 1; 0.8 for P80.

        Raises
        ------
        ValueError
            For a share outside 0 to 1.
        """
        return float(self.sorted[self._rank(q)])

    def _rank(self, q: float) -> int:
        if not 0 <= q <= 1:
            raise ValueError(
                f"{self.name}: a quantile must be between 0 and 1 (0.8 for P80), got {q!r}"
            )
        return max(ceil(q * len(self) * (1 - _SAME)) - 1, 0)

    def quantile_error(self, q: float) -> float:
        """Return the standard error of a quantile.

        Half the distance between the trials one standard deviation of the rank,
        ``sqrt(n q (1 - q))``, above and below (distribution-free: David & Nagaraja, 2003, ch. 7).
        """
        count, rank = len(self), self._rank(q)
        reach = max(sqrt(count * q * (1 - q)), 1.0)
        low, high = max(rank - reach, 0.0), min(rank + reach, count - 1.0)
        if high == low:
            return 0.0
        at = np.interp([low, high], np.arange(count), self.sorted)
        return float((at[1] - at[0]) / (high - low) * reach)

    def probability(self, at_most: float | date | datetime | str) -> float:
        """Return the share of trials that are not above a value.

        Parameters
        ----------
        at_most
            A number; for the finish of a dated plan also a date (the end of that day), a date with
            a time, or either as text: ``"2026-05-29"``.

        Raises
        ------
        ValueError
            If it is a date and the figure has no dates, or is no date at all.
        """
        return float(np.searchsorted(self.sorted, self.reading(at_most), side="right") / len(self))

    def probability_error(self, at_most: float | date | datetime | str) -> float:
        """Standard error of a probability: sqrt(p (1 - p) / trials)."""
        p = self.probability(at_most)
        return sqrt(p * (1 - p) / len(self))

    def reading(self, value: float | date | datetime | str) -> float:
        """Return the largest number of the samples' scale that counts as at most a value."""
        number = self._number(value)
        if number != number:  # not a number
            raise ValueError(f"{self.name}: a limit must be a number or a date, got {value!r}")
        return number + _SAME * max(abs(number), 1.0)

    def _number(self, value: float | date | datetime | str) -> float:
        if isinstance(value, str):
            value = self._read(value)
        if not isinstance(value, date):
            return float(value)
        if self.clock is None:
            what = "the plan has no start date" if self.name == "finish" else "money has no date"
            raise ValueError(f"{self.name}: a limit must be a number ({what}), got {value}")
        if isinstance(value, datetime) and value.tzinfo is not None:
            raise ValueError(
                f"{self.name}: a limit must be in the plan's own time, without a time zone, "
                f"got {value}"
            )
        return self.clock.elapsed(wall_tick(value, end_of_day=True)) / self.ticks_per_day

    def _read(self, text: str) -> float | date:
        for kind in (float, date.fromisoformat, datetime.fromisoformat):
            try:
                return kind(text.strip())
            except ValueError:
                continue
        raise ValueError(
            f"{self.name}: a limit must be a number or a date such as 2026-05-29, got {text!r}"
        )

    @property
    def is_dated(self) -> bool:
        """Whether the numbers are instants that have dates."""
        return self.clock is not None

    def date_quantile(self, q: float) -> datetime | None:
        """Return `quantile` as a date; ``None`` for an undated plan.

        The end of a working day counts to that day.
        """
        return self.date_of(self.quantile(q))

    def date_of(self, days: float) -> datetime | None:
        """Return the date of an instant in working days; ``None`` for an undated plan."""
        if self.clock is None:
            return None
        return from_tick(self.clock.left(round(days * self.ticks_per_day)))

    def histogram(self, bins: int = 40) -> Histogram:
        """Return bins of equal width over all trials."""
        counts, edges = np.histogram(self.samples, bins=bins)
        return Histogram(edges, counts)

    def amount(self, value: float) -> str:
        """Return a value as people read it, with its unit and date."""
        text = _readable(value) if self.name == "cost" else f"{value:,.1f}"
        text = f"{text} {self.unit}".strip()
        when = self.date_of(value) if self.clock is not None else None
        return f"{text} ({when:%Y-%m-%d})" if when else text

    def explain(self, q: float) -> Explanation:
        """Show what a quantile is, with the numbers put in."""
        value, error, count = self.quantile(q), self.quantile_error(q), len(self)
        label = f"{self.name} P{100 * q:g}"
        rank = self._rank(q) + 1
        reach = sqrt(count * q * (1 - q))
        return Explanation(
            f"{label} = {self.amount(value)}",
            (
                f"rank = {q:g} x {count:,} trials = {rank:,}",
                f"{label} is the trial of that rank in increasing order: {self.amount(value)}",
                f"share of trials at most that: {self.probability(value):.4f}",
                f"standard error: rank +- sqrt({count:,} x {q:g} x {1 - q:.4g}) = {reach:.1f} "
                f"ranks, that is +- {error:,.4g} {self.unit}".rstrip(),
            ),
        )

    def __repr__(self) -> str:
        points = ", ".join(
            f"P{100 * q:g} {self.amount(self.quantile(q))}" for q in (0.5, 0.8, 0.95)
        )
        return f"{self.name} of {len(self):,} trials: {points}"


def _readable(money: float) -> str:
    for size, suffix in ((1e9, " bn"), (1e6, " M")):
        if abs(money) >= size:
            return f"{money / size:,.2f}{suffix}"
    return f"{money:,.0f}" if abs(money) >= 100 or money == round(money) else f"{money:,.2f}"
