"""A program's money by year as a result: costs, benefits, net present value, payback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import accumulate
from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.valuing.benefit_forecast import summed
from pmkit.analysis.valuing.discounting import checked_rate, discount_factor, real_rate
from pmkit.analysis.valuing.payback import discounted_payback, payback
from pmkit.analysis.words import money_text

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class MoneyOverTime:
    """What a program costs and brings by year, and what that is worth at the base date.

    Attributes
    ----------
    costs
        ``{project: {year: money}}``.
    benefits
        ``{benefit: {year: money}}``, each benefit once.
    base
        The year at whose start money is counted.
    discount_rate
        Per year, as told: nominal. ``None`` where there is none; then there is no present value.
    terms
        Whether amounts are ``"nominal"`` (money of their day) or ``"real"`` (prices of the base).
    inflation
        Per year, with real terms.
    timing
        When in its year money flows.
    currency
        As in the settings; may be empty.
    notes
        What was inferred, a sentence each.
    """

    costs: Mapping[str, Mapping[int, float]]
    benefits: Mapping[str, Mapping[int, float]]
    base: int
    discount_rate: float | None = None
    terms: str = "nominal"
    inflation: float | None = None
    timing: str = "middle"
    currency: str = ""
    notes: tuple[str, ...] = ()

    @property
    def rate(self) -> float:
        """The rate that the amounts are discounted with; in real terms without inflation.

        Raises
        ------
        PlanError
            If no discount rate was told: there is no default.
        """
        told = checked_rate(self.discount_rate, None)
        return told if self.terms == "nominal" else real_rate(told, self.inflation or 0.0)

    @cached_property
    def cost(self) -> dict[int, float]:
        """All costs by year."""
        return summed(self.costs.values())

    @cached_property
    def benefit(self) -> dict[int, float]:
        """All benefits by year."""
        return summed(self.benefits.values())

    @cached_property
    def net(self) -> dict[int, float]:
        """Benefits less costs by year, every year from the first to the last."""
        years = {*self.cost, *self.benefit}
        span = range(min(years), max(years) + 1) if years else ()
        return {y: self.benefit.get(y, 0.0) - self.cost.get(y, 0.0) for y in span}

    @cached_property
    def factors(self) -> dict[int, float]:
        """What 1 of each year is worth at the start of the base year."""
        return {y: discount_factor(y, self.rate, self.base, self.timing) for y in self.net}

    def _worth(self, flows: Mapping[int, float]) -> float:
        return sum(amount * self.factors[year] for year, amount in flows.items())

    @property
    def npv(self) -> float:
        """Net present value: the sum of net x factor over the years.

        Raises
        ------
        PlanError
            If no discount rate was told: there is no default.
        """
        return self._worth(self.net)

    @property
    def payback(self) -> float | None:
        """Years from the start of the base year until the money is back; ``None`` for never."""
        return payback(self.net, self.base)

    @property
    def discounted_payback(self) -> float | None:
        """The same of present values."""
        return discounted_payback(self.net, self.rate, self.base, self.timing)

    @property
    def benefit_cost_ratio(self) -> float | None:
        """Present value of benefits over that of costs; ``None`` where nothing is spent.

        Disbenefits lower the benefits; they are not costs.
        """
        spent = self._worth(self.cost)
        return self._worth(self.benefit) / spent if spent else None

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per year: ``cost benefit net factor present_value cumulative``.

        And ``cumulative_present_value``, which ends in the NPV; ``cumulative`` adds up the net.
        Without a discount rate there are no factors and no present values.
        """
        import pandas as pd

        years, net = list(self.net), list(self.net.values())
        columns = {
            "cost": [self.cost.get(y, 0.0) for y in years],
            "benefit": [self.benefit.get(y, 0.0) for y in years],
            "net": net,
        }
        cumulative = list(accumulate(net))
        if self.discount_rate is None:
            columns["cumulative"] = cumulative
        else:
            worth = [amount * self.factors[y] for y, amount in self.net.items()]
            columns |= {
                "factor": [self.factors[y] for y in years], "present_value": worth,
                "cumulative": cumulative, "cumulative_present_value": list(accumulate(worth)),
            }  # fmt: skip
        return pd.DataFrame(columns, index=pd.Index(years, name="year", dtype=int), dtype=float)

    @cached_property
    def cost_table(self) -> pd.DataFrame:
        """One row per project, one column per year: costs."""
        return self._by_source(self.costs, "project")

    @cached_property
    def benefit_table(self) -> pd.DataFrame:
        """One row per benefit, one column per year: benefits, each counted once."""
        return self._by_source(self.benefits, "benefit")

    def _by_source(self, flows: Mapping[str, Mapping[int, float]], name: str) -> pd.DataFrame:
        import pandas as pd

        rows = [[told.get(year, 0.0) for year in self.net] for told in flows.values()]
        index = pd.Index(list(flows), name=name, dtype=object)
        columns = pd.Index(list(self.net), name="year", dtype=int)
        return pd.DataFrame(rows, index=index, columns=columns, dtype=float)

    def explain(self) -> Explanation:
        """Show the net present value with the numbers put in, and payback.

        Raises
        ------
        PlanError
            If no discount rate was told: there is no default.
        """
        rate, money = self.rate, self.currency
        lines = []
        if self.terms == "real":
            lines.append(
                f"amounts are in prices of {self.base}: real rate = (1 + {self.discount_rate:g}) / "
                f"(1 + {self.inflation:g}) - 1 = {rate:.6g}"
            )
        share = {"start": "", "middle": " + 0.5", "end": " + 1"}[self.timing]
        lines.append(f"factor = (1 + {rate:.6g}) ^ -(year - {self.base}{share}): money flows at "
                     f"the {self.timing} of its year")  # fmt: skip
        for year, net in self.net.items():
            benefit, cost = self.benefit.get(year, 0.0), self.cost.get(year, 0.0)
            lines.append(
                f"{year}: ({money_text(benefit)} benefit - {money_text(cost)} cost) x "
                f"{self.factors[year]:.4f} = {money_text(net * self.factors[year])}"
            )
        lines.append(f"NPV = sum of net x factor = {money_text(self.npv, money)}")
        ratio = self.benefit_cost_ratio
        if ratio is not None:
            lines.append(
                f"benefits over costs = {money_text(self._worth(self.benefit))} / "
                f"{money_text(self._worth(self.cost))} = {ratio:.3g}, present values"
            )
        back, discounted = _years(self.payback), _years(self.discounted_payback)
        lines.append(f"payback {back}, discounted {discounted}, from the start of {self.base}")
        return Explanation(
            f"net present value {money_text(self.npv, money)} at the start of {self.base}",
            (*lines, *self.notes),
        )

    def __repr__(self) -> str:
        if not self.net:
            return "MoneyOverTime, no money"
        first, last = min(self.net), max(self.net)
        when = f"{first}" if first == last else f"{first} to {last}"
        told = [f"cost {money_text(sum(self.cost.values()), self.currency)}",
                f"benefit {money_text(sum(self.benefit.values()), self.currency)}"]  # fmt: skip
        if self.discount_rate is None:
            told.append("no discount rate, so no NPV")
        else:
            told.append(f"NPV {money_text(self.npv, self.currency)} at {self.rate:.3g}")
        return f"MoneyOverTime {when}: {', '.join(told)}, payback {_years(self.payback)}"

    def _repr_html_(self) -> str:
        table = self.table.to_html(border=0, float_format="{:,.6g}".format)
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        return f"<p>{escape(repr(self))}</p>{table}{f'<ul>{notes}</ul>' if notes else ''}"


def _years(years: float | None) -> str:
    return "never" if years is None else f"{years:.1f} years"
