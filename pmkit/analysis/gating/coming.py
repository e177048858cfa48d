"""What is still to come of a program's benefits when some projects go on and deliver some day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pmkit.analysis.gating.year_time import amount_then, year_of
from pmkit.analysis.valuing.benefit_forecast import BenefitForecast, benefit_forecast
from pmkit.analysis.valuing.counted_benefits import counted_benefits
from pmkit.analysis.valuing.delivery import Delivery, deliveries
from pmkit.analysis.valuing.year_profile import DAYS_A_YEAR
from pmkit.model.benefit import Benefit
from pmkit.model.program import Program

_LONG_AGO = datetime(1900, 1, 1)


@dataclass(frozen=True)
class Coming:
    """The benefits of a program from a date on.

    Parameters
    ----------
    program
        With its benefits.
    chances
        Of each project, that it delivers what it promises.
    base
        Years before it are over, and its amounts are worth what they are then; ``None`` for all.
    rate
        Discount rate per year. Without one, what moves beyond the last year of a benefit is lost.
    """

    program: Program
    chances: Mapping[str, float]
    base: date | None = None
    rate: float | None = None

    @property
    def benefits(self) -> tuple[Benefit, ...]:
        """Each once: those of the strategy, and each project's own."""
        return counted_benefits(self.program)

    def worth(
        self, benefit: Benefit, going: Collection[str], known: Mapping[str, Delivery]
    ) -> float:
        """Return what is still to be expected of a benefit, money.

        Parameters
        ----------
        benefit
            One of them.
        going
            Ids of the projects that go on.
        known
            When each delivers.
        """
        horizon = "fixed" if self.rate is None else "moves"
        found = benefit_forecast(benefit, going, known, self.chances, horizon=horizon)
        total = self._timeless(found)
        for year, amount in found.risk_adjusted.items():
            total += self._ahead(benefit, year, amount)
        return total

    def worths(self, going: Collection[str], known: Mapping[str, Delivery]) -> dict[str, float]:
        """Return the same of each, by id."""
        return {one.id: self.worth(one, going, known) for one in self.benefits}

    def _ahead(self, benefit: Benefit, year: int, amount: float) -> float:
        if self.base is None:
            return amount
        now = year_of(self.base)
        if year + 1 <= now:
            return 0.0
        left = _left(amount, benefit.realised.get(year, 0.0))
        return amount_then(left, max(float(year), now), year + 1.0, base=now, rate=self.rate)

    def _timeless(self, found: BenefitForecast) -> float:
        """What is told without a year, as far as it has not come."""
        if not found.timeless:
            return 0.0
        chance = sum(part.share * found.chance(part) for part in found.parts)
        return _left(found.timeless * chance, sum(found.benefit.realised.values()))


def arrivals(program: Program, base: date | None, *projects: str) -> dict[str, Delivery]:
    """Return when projects deliver; some without dates are taken to be the last.

    Parameters
    ----------
    program
        Dated; of one without dates nothing is known.
    base
        From when on anything counts.
    projects
        Ids that must be among them.
    """
    known = {
        project: one for project, one in deliveries(program).items()
        if isinstance(one.forecast, datetime)
    }  # fmt: skip
    start = _LONG_AGO if base is None else datetime(base.year, base.month, base.day)
    moments = [m for one in known.values() for m in (one.planned, one.forecast)
               if isinstance(m, datetime)]  # fmt: skip
    last = max(moments, default=start)
    return {p: Delivery(last, last) for p in projects} | known


def later(known: Mapping[str, Delivery], months: float, *projects: str) -> dict[str, Delivery]:
    """Return the same with some projects delivering months later."""
    found, delay = dict(known), timedelta(DAYS_A_YEAR * months / 12)
    for project in projects:
        one = found[project]
        assert isinstance(one.forecast, datetime)
        found[project] = Delivery(one.planned, one.forecast + delay)
    return found


def _left(expected: float, came: float) -> float:
    """What is left of an amount, never beyond it and never on the other side of 0."""
    low, high = min(expected, 0.0), max(expected, 0.0)
    return min(max(expected - came, low), high)
