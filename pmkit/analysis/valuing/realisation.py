"""The benefits of a program as a result: planned, forecast with delivery, realised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.resourcing.over_allocation import named
from pmkit.analysis.valuing.benefit_explanation import explain_benefit
from pmkit.analysis.valuing.benefit_findings import findings_of
from pmkit.analysis.valuing.benefit_forecast import BenefitForecast, summed
from pmkit.analysis.valuing.discounting import checked_rate, present_value
from pmkit.analysis.words import money_text
from pmkit.model.errors import PlanError
from pmkit.model.program import Program

if TYPE_CHECKING:
    import pandas as pd

_FLOWS = ("planned", "forecast", "risk_adjusted", "realised")


@dataclass(frozen=True, eq=False, repr=False)
class BenefitPlan:
    """The benefits of a program: planned, forecast, and realised.

    Attributes
    ----------
    program
        Whose benefits they are.
    benefits
        One for each, shared ones first, then each project's own.
    projects
        Ids of the projects that count as delivered.
    at
        Up to when realised is held against planned, a year with a fraction; ``None`` where nothing
        says.
    discount_rate
        As told; ``None`` for that of the settings.
    notes
        What could not be answered, and what was assumed, a sentence each.
    """

    program: Program
    benefits: tuple[BenefitForecast, ...]
    projects: frozenset[str]
    at: float | None = None
    discount_rate: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def currency(self) -> str:
        """As in the settings; may be empty."""
        return self.program.settings.currency

    @property
    def planned(self) -> float:
        """All benefits as planned, undiscounted."""
        return sum(one.planned_total for one in self.benefits)

    @property
    def forecast(self) -> float:
        """All benefits as forecast, undiscounted; NaN where a plan without dates moves some."""
        return sum(one.forecast_total for one in self.benefits)

    @property
    def risk_adjusted(self) -> float:
        """The forecast, each benefit times the probability that it comes."""
        return sum(one.risk_adjusted_total for one in self.benefits)

    @property
    def realised(self) -> float:
        """All that has come, as far as it is recorded."""
        return sum(sum(one.benefit.realised.values()) for one in self.benefits)

    @property
    def beyond_horizon(self) -> float:
        """What delay moves beyond the last planned years, and what is therefore not counted."""
        return sum(one.beyond for one in self.benefits)

    @cached_property
    def _findings(self) -> dict[str, tuple[str, ...]]:
        return {one.benefit.id: findings_of(one, self.at, self.currency) for one in self.benefits}

    @property
    def findings(self) -> tuple[str, ...]:
        """What is amiss, a sentence each: nobody owns it, nothing enables it, it is below plan."""
        return tuple(f"benefit {id_!r}: {said}" for id_, told in self._findings.items()
                     for said in told)  # fmt: skip

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per benefit: money, delivery, realised against planned, and findings.

        ``name owner rule starts_planned starts_forecast delay_days planned forecast risk_adjusted
        realised planned_to_date findings``. Starts are dates, in a plan without dates working days.
        ``realised`` is NaN where nothing is recorded, ``planned_to_date`` where nothing says to
        when.
        """
        import pandas as pd

        rows = [
            {
                "name": one.benefit.name, "owner": one.benefit.owner,
                "rule": str(one.benefit.rule), "starts_planned": one.starts_planned,
                "starts_forecast": one.starts_forecast, "delay_days": one.delay_days,
                "planned": one.planned_total, "forecast": one.forecast_total,
                "risk_adjusted": one.risk_adjusted_total,
                "realised": _realised(one), "planned_to_date": self._to_date(one),
                "findings": "; ".join(self._findings[one.benefit.id]),
            }
            for one in self.benefits
        ]  # fmt: skip
        index = pd.Index([one.benefit.id for one in self.benefits], name="benefit", dtype=object)
        table = pd.DataFrame(rows, index=index, columns=[*_TEXTS, *_STARTS, *_NUMBERS, "findings"])
        is_dated = any(isinstance(row[name], datetime) for row in rows for name in _STARTS)
        kinds: dict[str, Any] = dict.fromkeys(_NUMBERS, "float64")
        kinds |= dict.fromkeys(_STARTS, "datetime64[us]" if is_dated else "float64")
        return table.astype(kinds)

    def _to_date(self, one: BenefitForecast) -> float:
        return float("nan") if self.at is None else one.until(self.at)

    @cached_property
    def by_year(self) -> pd.DataFrame:
        """One row per year, all benefits: ``planned forecast risk_adjusted realised``.

        What is told without a year is in the totals only.
        """
        return self._frame(self.benefits)

    def profile(self, benefit: str) -> pd.DataFrame:
        """Return the same for one benefit.

        Raises
        ------
        PlanError
            If there is no such benefit.
        """
        return self._frame((self._one(benefit),))

    def _frame(self, benefits: Iterable[BenefitForecast]) -> pd.DataFrame:
        import pandas as pd

        told = {name: self._flows(name, benefits) for name in _FLOWS}
        years = {year for flows in told.values() for year in flows}
        span = list(range(min(years), max(years) + 1)) if years else []
        columns = {name: [flows.get(y, 0.0) for y in span] for name, flows in told.items()}
        return pd.DataFrame(columns, index=pd.Index(span, name="year", dtype=int), dtype=float)

    def _flows(self, name: str, benefits: Iterable[BenefitForecast]) -> dict[int, float]:
        if name == "realised":
            return summed(one.benefit.realised for one in benefits)
        if name == "planned":
            return summed(one.planned for one in benefits)
        nan = float("nan")
        return summed(
            getattr(one, name) if one.can_move else dict.fromkeys(one.amounts, nan)
            for one in benefits
        )

    def present_value(
        self,
        discount_rate: float | None = None,
        *,
        of: str = "forecast",
        base: int | None = None,
        timing: str = "middle",
    ) -> float:
        """Return what the benefits are worth at the start of the base year; costs are not in it.

        Parameters
        ----------
        discount_rate
            Per year; by default as told to `plan_benefits`, else that of the settings.
        of
            ``"forecast"``, ``"planned"``, ``"risk_adjusted"`` or ``"realised"``.
        base
            By default the first year of all amounts. What is told without a year counts there.
        timing
            As for `discount_factor`.

        Raises
        ------
        PlanError
            Without a rate, for an unknown column, or where years cannot move with delivery.
        """
        if of not in _FLOWS:
            raise PlanError(f"benefits: of must be one of {', '.join(_FLOWS)}, got {of!r}")
        told = self.discount_rate if discount_rate is None else discount_rate
        rate = checked_rate(told, self.program.settings.discount_rate)
        if of in ("forecast", "risk_adjusted"):
            stuck = [one.benefit.id for one in self.benefits if not one.can_move]
            if stuck:
                raise PlanError(f"net present value: {no_dates(stuck)}")
        flows = {name: self._flows(name, self.benefits) for name in _FLOWS}
        years = [year for amounts in flows.values() for year in amounts]
        first = base if base is not None else min(years, default=0)
        totals = {"planned": self.planned, "forecast": self.forecast,
                  "risk_adjusted": self.risk_adjusted, "realised": self.realised}  # fmt: skip
        timeless = totals[of] - sum(flows[of].values())
        worth = summed([flows[of], {first: timeless}])
        return present_value(worth, rate, first, timing)

    def explain(self, benefit: str) -> Explanation:
        """Show when a benefit starts, and how its years move.

        Raises
        ------
        PlanError
            If there is no such benefit.
        """
        one = self._one(benefit)
        return explain_benefit(one, self.at, self._findings[one.benefit.id], self.currency)

    def _one(self, benefit: str) -> BenefitForecast:
        for one in self.benefits:
            if one.benefit.id == str(benefit):
                return one
        known = ", ".join(repr(one.benefit.id) for one in self.benefits) or "none"
        raise PlanError(f"benefits: benefit must be one of {known}, got {benefit!r}")

    def __repr__(self) -> str:
        if not self.benefits:
            return "BenefitPlan, no benefits"
        count = len(self.benefits)
        told = [f"planned {money_text(self.planned, self.currency)}"]
        if self.forecast == self.forecast:
            told.append(f"forecast {money_text(self.forecast, self.currency)}")
        if any(one.benefit.realised for one in self.benefits):
            told.append(f"realised {money_text(self.realised, self.currency)}")
        if self.findings:
            told.append(f"{len(self.findings)} finding{'s' if len(self.findings) > 1 else ''}")
        return f"BenefitPlan {count} benefit{'s' if count > 1 else ''}: {', '.join(told)}"

    def _repr_html_(self) -> str:
        shown = self.table.copy()
        for name in _STARTS:
            if shown[name].dtype.kind == "M":
                shown[name] = shown[name].dt.strftime("%Y-%m-%d")
        table = shown.to_html(max_rows=20, border=0, na_rep="", float_format="{:,.10g}".format)
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        return f"<p>{escape(repr(self))}</p>{table}{f'<ul>{notes}</ul>' if notes else ''}"


_TEXTS = ("name", "owner", "rule")
_STARTS = ("starts_planned", "starts_forecast")
_NUMBERS = ("delay_days", "planned", "forecast", "risk_adjusted", "realised", "planned_to_date")


def _realised(one: BenefitForecast) -> float:
    told = one.benefit.realised
    return float(sum(told.values())) if told else float("nan")


def no_dates(ids: Iterable[str]) -> str:
    """Return the sentence of benefits whose years cannot move."""
    return (
        "amounts by year cannot move with delivery, the plan must have a start date (settings: "
        f"start), got none: {named(list(ids))}"
    )
