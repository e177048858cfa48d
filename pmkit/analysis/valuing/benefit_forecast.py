"""One benefit: when it starts, how late, and what of it comes in which year."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from pmkit.analysis.valuing.delivery import Delivery, Instant, Part, parts_of
from pmkit.analysis.valuing.year_profile import DAYS_A_YEAR, moved, year_of
from pmkit.model.benefit import Benefit, EnablerRule
from pmkit.model.yearly import yearly

HORIZONS = ("fixed", "moves")
"""What the last planned year of a benefit is: where it ends, or where it would end on time."""


@dataclass(frozen=True)
class BenefitForecast:
    """What is planned of a benefit, and what comes of it when its projects deliver as forecast.

    Attributes
    ----------
    benefit
        The benefit.
    approved
        Its parts when every enabler delivers as approved.
    parts
        Its parts that come: those of projects that count.
    horizon
        ``"fixed"`` or ``"moves"``.
    is_dated
        Whether delivery has dates.
    is_own
        Whether it is a project's own.
    """

    benefit: Benefit
    approved: tuple[Part, ...]
    parts: tuple[Part, ...]
    horizon: str = "fixed"
    is_dated: bool = True
    is_own: bool = False

    @cached_property
    def amounts(self) -> dict[int, float]:
        """In full by year, as told."""
        told = yearly(self.benefit.money, "benefit")
        return {year: amount for year, amount in told.items() if year is not None and amount}

    @cached_property
    def timeless(self) -> float:
        """What is told without a year."""
        return yearly(self.benefit.money, "benefit").get(None, 0.0)

    @cached_property
    def last(self) -> int | None:
        """The last year with an amount."""
        return max(self.amounts, default=None)

    @cached_property
    def planned(self) -> dict[int, float]:
        """By year with delivery as approved, growing where it has a ramp."""
        return summed(self._of(part, delayed=False) for part in self.approved)

    @cached_property
    def forecast(self) -> dict[int, float]:
        """By year, moved with delivery; empty where nothing that enables it is delivered."""
        return summed(self._of(part, delayed=True) for part in self.parts)

    @cached_property
    def risk_adjusted(self) -> dict[int, float]:
        """The forecast times the probability that it comes."""
        return summed(
            {y: a * self.chance(part) for y, a in self._of(part, delayed=True).items()}
            for part in self.parts
        )

    def chance(self, part: Part) -> float:
        """Return the probability that a part comes: that it is delivered, and then realised."""
        return part.chance * self.benefit.probability

    @property
    def planned_total(self) -> float:
        """All years as planned, and what has no year."""
        return sum(self.planned.values()) + self.timeless

    @property
    def forecast_total(self) -> float:
        """All years as forecast, and what has no year; NaN where years cannot move."""
        if not self.can_move:
            return float("nan")
        return sum(self.forecast.values()) + self.timeless_forecast

    @property
    def risk_adjusted_total(self) -> float:
        """The same with its probability."""
        if not self.can_move:
            return float("nan")
        timeless = self.timeless * sum(part.share * self.chance(part) for part in self.parts)
        return sum(self.risk_adjusted.values()) + timeless

    @property
    def timeless_forecast(self) -> float:
        """What has no year, as far as it is delivered."""
        return self.timeless * self.share

    @property
    def share(self) -> float:
        """How much of it is delivered, 0 to 1, whenever."""
        return sum(part.share for part in self.parts)

    @property
    def can_move(self) -> bool:
        """Whether years can move with delivery: without dates only when nothing moves."""
        return self.is_dated or not self.amounts or not any(p.delay_days for p in self.parts)

    @property
    def beyond(self) -> float:
        """What would come after the last planned year and is not counted."""
        if self.horizon == "moves" or self.last is None or not self.can_move:
            return 0.0
        whole = sum(sum(self._of(p, delayed=True, cut=False).values()) for p in self.parts)
        lost = whole - sum(self.forecast.values())
        return lost if abs(lost) > 1e-9 * abs(whole) else 0.0

    @property
    def delay_days(self) -> float:
        """Later by so many days; of several parts their mean, weighted by share; NaN for none."""
        if not self.parts or all(p.planned is None or p.forecast is None for p in self.parts):
            return float("nan")
        if self.share == 0:
            return 0.0
        return sum(part.share * part.delay_days for part in self.parts) / self.share

    @property
    def starts_planned(self) -> Instant | None:
        """When the first of it is delivered, as approved."""
        return _first(part.planned for part in self.approved)

    @property
    def starts_forecast(self) -> Instant | None:
        """When the first of it is delivered, as forecast."""
        return _first(part.forecast for part in self.parts)

    @property
    def begins_too_early(self) -> tuple[int, ...]:
        """Years with an amount that are over before anything is delivered, as approved."""
        start = self.starts_planned
        if not isinstance(start, datetime):
            return ()
        return tuple(year for year in sorted(self.amounts) if year + 1 <= year_of(start))

    def until(self, moment: float, *, of_forecast: bool = False) -> float:
        """Return what should have come by a moment (a year with a fraction)."""
        parts = self.parts if of_forecast else self.approved
        return sum(
            sum(self._of(part, delayed=of_forecast, until=moment).values()) for part in parts
        )

    def _of(
        self, part: Part, *, delayed: bool, cut: bool = True, until: float | None = None
    ) -> dict[int, float]:
        delay = part.delay_days / DAYS_A_YEAR if delayed and self.is_dated else 0.0
        start = year_of(part.planned) if isinstance(part.planned, datetime) else None
        ends = [] if until is None else [until]
        if delay > 0 and cut and self.horizon == "fixed" and self.last is not None:
            ends.append(self.last + 1.0)
        come = moved(
            self.amounts, delay=delay, start=start, ramp_years=self.benefit.ramp_years,
            until=min(ends, default=None),
        )  # fmt: skip
        return {year: part.share * amount for year, amount in come.items()}


def _first(moments: Any) -> Instant | None:
    return min((moment for moment in moments if moment is not None), default=None)


def summed(parts: Any) -> dict[int, float]:
    """Return amounts by year, added up."""
    total: dict[int, float] = {}
    for part in parts:
        for year, amount in part.items():
            total[year] = total.get(year, 0.0) + amount
    return dict(sorted(total.items()))


def benefit_forecast(
    benefit: Benefit,
    projects: Collection[str],
    known: Mapping[str, Delivery],
    chances: Mapping[str, float],
    *,
    horizon: str = "fixed",
    is_dated: bool = True,
    is_own: bool = False,
) -> BenefitForecast:
    """Return what comes of a benefit when some projects are delivered.

    Parameters
    ----------
    benefit
        The benefit.
    projects
        Ids of those that are delivered.
    known
        When each is; without one, what it enables stands as planned.
    chances
        That each project delivers what it promises.
    horizon
        ``"fixed"``: what moves beyond its last planned year is not counted. ``"moves"``: it is.
    is_dated, is_own
        Whether delivery has dates; whether it is a project's own.

    Examples
    --------
    >>> from datetime import datetime
    >>> late = {"A": Delivery(datetime(2026, 6, 1), datetime(2027, 6, 1, 6))}
    >>> b1 = Benefit("B1", money={"benefit_2027": 100, "benefit_2028": 100}, enablers=("A",))
    >>> found = benefit_forecast(b1, {"A"}, late, {"A": 1.0})
    >>> found.forecast, found.beyond, found.delay_days
    ({2028: 100.0}, 100.0, 365.25)
    """
    approved = parts_of(benefit, benefit.enablers, known, chances)
    return BenefitForecast(
        benefit, approved or (Part(1.0, (), None, None),),  # a plan without anybody to enable it
        parts_of(benefit, projects, known, chances), horizon, is_dated, is_own,
    )  # fmt: skip


def enablers_text(benefit: Benefit) -> str:
    """Return who enables a benefit, and how.

    Examples
    --------
    >>> enablers_text(Benefit("B", enablers=("P", "Q"), rule="any"))
    'any of P, Q'
    """
    if not benefit.enablers:
        return "nothing enables it"
    if benefit.rule is EnablerRule.SHARE:
        told = zip(benefit.enablers, benefit.shares, strict=True)
        return "shared by " + ", ".join(f"{one} {100 * share:.3g} %" for one, share in told)
    if len(benefit.enablers) == 1:
        return f"needs {benefit.enablers[0]}"
    word = "all" if benefit.rule is EnablerRule.ALL else "any"
    return f"{word} of {', '.join(benefit.enablers)}"
