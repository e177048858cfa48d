"""A risk register assessed: effects, responses and what they return, contingency, the matrix."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.cost_at_completion import cost_at_completion
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.figures import number_text
from pmkit.analysis.risking.bands import WORDS, Place, place_of
from pmkit.analysis.risking.contingency import Contingency, check_confidence
from pmkit.analysis.risking.variants import (
    AS_IT_IS,
    NEVER,
    RESPONDED,
    SURELY,
    UNRESPONDED,
    Variants,
    means,
)
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.analysis.simulating.simulation import Simulation
from pmkit.analysis.words import days_text, moment_text, money_text
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.risk import RiskEvent, RiskKind

if TYPE_CHECKING:
    import pandas as pd

    from pmkit.analysis.risking.response_plan import ResponsePlan

_COLUMNS = (
    "name", "kind", "state", "can_occur", "owner", "probability", "expected_days", "expected_cost",
    "finish_effect", "cost_effect", "response", "response_cost", "residual_probability",
    "residual_days", "residual_cost", "finish_gain", "finish_gain_at_confidence", "cost_gain",
    "net_gain", "response_return", "cost_per_day", "is_responded", "is_worth_it",
)  # fmt: skip
_SAME = 1e-9
_NOTABLE = 0.005
"""Working days; a gain below is none."""


@dataclass(frozen=True, eq=False, repr=False)
class RiskAssessment:
    """The risks of a plan, each weighed by simulation with common random numbers.

    Attributes
    ----------
    variants
        The simulations, run when they are asked for.
    confidence
        Of finishes and costs that are to be kept, 0 to 1.
    day_worth
        What one working day earlier is worth, money.
    """

    variants: Variants
    confidence: float
    day_worth: float

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.variants.plan

    @property
    def risks(self) -> tuple[RiskEvent, ...]:
        """The register, with the ids of the whole plan."""
        return self.plan.network.risks

    @property
    def now(self) -> Simulation:
        """The plan as it stands."""
        return self.variants.run()

    @property
    def before(self) -> Simulation:
        """The plan without any response."""
        return self._all_in(UNRESPONDED)

    @property
    def after(self) -> Simulation:
        """The plan with every response that the register knows."""
        return self._all_in(RESPONDED)

    @property
    def without_risks(self) -> Simulation:
        """The plan if no risk occurred: what remains is the spread of its estimates."""
        return self._all_in(NEVER)

    def _all_in(self, state: str) -> Simulation:
        """The plan with everything that may still occur in one state."""
        return self.variants.run({r.id: state for r in self.risks if self.can_occur(r)})

    @cached_property
    def schedule(self) -> Schedule:
        """The schedule of the plan itself, on which no risk has occurred."""
        return critical_path(self.plan)

    @cached_property
    def cost(self) -> float:
        """The cost at completion of the plan itself, money."""
        return cost_at_completion(self.plan)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per risk.

        ``name kind state can_occur owner probability expected_days expected_cost`` as the register
        has them now: it can occur while it is open and one of its activities is still to be done;
        working days of its activities, and money, less than 0 for an opportunity;
        ``finish_effect cost_effect``: what it adds to the mean finish and the mean cost;
        ``response response_cost residual_probability residual_days residual_cost``: what remains
        with the response; ``finish_gain finish_gain_at_confidence cost_gain``: what the response
        gains, the money before what it costs; ``net_gain = cost_gain + day_worth x finish_gain -
        response_cost``; ``response_return``: the gain for each unit of money that it costs;
        ``cost_per_day``: what a day that it gains costs net; ``is_responded is_worth_it``.
        """
        import pandas as pd

        rows = [self._row(risk) for risk in self.risks]
        index = pd.Index([risk.id for risk in self.risks], name="risk", dtype=object)
        table = pd.DataFrame(rows, index=index, columns=list(_COLUMNS))
        numbers = [n for n in _COLUMNS[5:22] if n not in ("response", "is_responded")]
        return table.astype(dict.fromkeys(numbers, float))

    def _row(self, risk: RiskEvent) -> tuple[Any, ...]:
        standing, sign = risk.as_it_stands, _sign(risk)
        nan, effect = float("nan"), (0.0, 0.0)
        can = self.can_occur(risk)
        if can:
            effect = self._difference(risk, AS_IT_IS, NEVER)
        row: list[Any] = [
            risk.name, str(risk.kind), str(risk.state), can, risk.owner,
            standing.probability if can else 0.0,
            sign * _days(standing) * can, sign * _money(standing) * can, *effect,
        ]  # fmt: skip
        if not risk.has_response:
            return (*row, "", *[nan] * 10, risk.is_responded, None)
        left, cost = risk.residual, risk.response_cost or 0.0
        row += [risk.response, cost, left.probability, sign * _days(left), sign * _money(left)]
        if not can:
            return (*row, *[nan] * 6, risk.is_responded, None)
        days, less = self._difference(risk, UNRESPONDED, RESPONDED)
        gain, level = less + cost, self.confidence
        without, with_ = (self._run(risk, state) for state in (UNRESPONDED, RESPONDED))
        at_level = without.finish.quantile(level) - with_.finish.quantile(level)
        worth = gain + self.day_worth * days
        returns = worth / cost if cost else (float("inf") if worth > _SAME else nan)
        per_day = (cost - gain) / days if days > _NOTABLE else nan
        net = worth - cost
        return (*row, days, at_level, gain, net, returns, per_day, risk.is_responded, net > _SAME)

    def can_occur(self, risk: RiskEvent) -> bool:
        """Whether it is open, and one of its activities, where it has any, is still to be done."""
        network = self.plan.network
        over = risk.activities and all(network[id_].is_complete for id_ in risk.activities)
        return risk.is_open and not over

    def _run(self, risk: RiskEvent, state: str) -> Simulation:
        return self.variants.run({risk.id: state})

    def _difference(self, risk: RiskEvent, one: str, other: str) -> tuple[float, float]:
        """Mean finish and mean cost in one state less those in another, trial by trial."""
        a, b = self._run(risk, one), self._run(risk, other)
        days = float(np.mean(a.finish.samples - b.finish.samples))
        return days, float(np.mean(a.cost.samples - b.cost.samples))

    def __getitem__(self, id_: object) -> RiskEvent:
        """Return a risk by id."""
        for risk in self.risks:
            if risk.id == str(id_):
                return risk
        known = ", ".join(repr(risk.id) for risk in self.risks) or "none"
        raise KeyError(f"no risk {id_!r}, only {known}")

    @cached_property
    def tornado(self) -> pd.DataFrame:
        """One row per risk that may occur, the widest swing of the finish first, then of the cost.

        ``finish_if_not finish_if_it_occurs cost_if_not cost_if_it_occurs``: means, all other risks
        as they stand; working days and money.
        """
        import pandas as pd

        rows, ids = [], []
        for risk in self.risks:
            if self.can_occur(risk):
                calm, hit = means(self._run(risk, NEVER)), means(self._run(risk, SURELY))
                rows.append((calm[0], hit[0], calm[1], hit[1]))
                ids.append(risk.id)
        columns = ["finish_if_not", "finish_if_it_occurs", "cost_if_not", "cost_if_it_occurs"]
        table = pd.DataFrame(rows, index=pd.Index(ids, name="risk", dtype=object), columns=columns)
        swing = (table["finish_if_it_occurs"] - table["finish_if_not"]).abs().round(6)
        dear = (table["cost_if_it_occurs"] - table["cost_if_not"]).abs().round(6)
        order = np.lexsort((-dear.to_numpy(float), -swing.to_numpy(float)))
        return table.iloc[order]

    def contingency(
        self, confidence: float | None = None, *, responses: str = "now"
    ) -> Contingency:
        """Return what is needed beside the plan, in days and money.

        Parameters
        ----------
        confidence
            The probability with which finish and cost, each for itself, are to be kept; that of the
            assessment by default.
        responses
            ``"now"``: as the register has them taken; ``"none"``; ``"all"``.

        Raises
        ------
        PlanError
            If the confidence is not between 0 and 1, or for another word.

        Notes
        -----
        The quantile less what the plan itself says, which has no risk in it: contingency for known
        risks and for the spread of the estimates (Hulett, *Integrated Cost-Schedule Risk Analysis*,
        2011).
        """
        level = self.confidence if confidence is None else confidence
        check_confidence(level)
        found = {"now": lambda: self.now, "none": lambda: self.before, "all": lambda: self.after}
        if responses not in found:
            raise PlanError(f"contingency: responses must be now, none or all, got {responses!r}")
        simulation = found[responses]()
        finish, total = simulation.finish.quantile(level), simulation.cost.quantile(level)
        mean_finish, mean_cost = means(simulation)
        return Contingency(
            level, max(finish - self.schedule.finish, 0.0), max(total - self.cost, 0.0), finish,
            total, mean_finish - self.schedule.finish, mean_cost - self.cost,
        )  # fmt: skip

    def place(self, id_: object, *, responded: bool = False) -> Place:
        """Return where a risk stands in the matrix, without or with its response."""
        risk = self[id_]
        shown = risk.residual if responded and risk.has_response else risk
        return place_of(shown, self.schedule.finish, self.cost)

    def matrix(self, *, responded: bool = False) -> pd.DataFrame:
        """Return the probability and impact matrix: ids of what may occur, the likeliest on top.

        Parameters
        ----------
        responded
            Whether with all responses.
        """
        import pandas as pd

        cells: dict[tuple[int, int], list[str]] = {}
        for risk in self.risks:
            if self.can_occur(risk):
                place = self.place(risk.id, responded=responded)
                cells.setdefault((place.probability, place.impact), []).append(risk.id)
        rows = [[", ".join(cells.get((p, i), [])) for i in range(5)] for p in reversed(range(5))]
        return pd.DataFrame(
            rows, index=pd.Index(WORDS[::-1], name="probability"),
            columns=pd.Index(WORDS, name="impact"),
        )  # fmt: skip

    def best_responses(self, budget: float | None = None) -> ResponsePlan:
        """Return the responses with the largest net gain together that a budget allows.

        Parameters
        ----------
        budget
            Money for responses; ``None`` for as much as is worth it.

        Raises
        ------
        PlanError
            If the budget is not a finite amount >= 0.
        """
        from pmkit.analysis.risking.response_plan import best_responses

        return best_responses(self, budget)

    def explain(self, id_: object) -> Explanation:
        """Show what a risk does to the plan, and what its response returns."""
        from pmkit.analysis.risking.risk_explanation import explain_risk

        return explain_risk(self, self[id_])

    def __repr__(self) -> str:
        live = [risk for risk in self.risks if self.can_occur(risk)]
        if not live:
            return f"RiskAssessment {len(self.risks)} risks, none can occur"
        need = self.contingency()
        currency = self.plan.settings.currency
        worth = int((self.table["is_worth_it"] == True).sum())  # noqa: E712  (None is neither)
        return (
            f"RiskAssessment {len(live)} risks that may occur, {worth} responses worth it; for "
            f"{need.confidence:.0%} confidence {days_text(round(need.days, 1))} and "
            f"{money_text(need.cost, currency)} beside the plan, finish "
            f"{moment_text(self.schedule, need.finish)}"
        )

    def _repr_html_(self) -> str:
        shown = self.table[["name", "probability", "finish_effect", "cost_effect", "response_cost",
                            "net_gain", "response_return"]].copy()  # fmt: skip
        for column in shown.columns[1:]:
            shown[column] = ["" if v != v else number_text(v) for v in shown[column]]
        return f"<p>{escape(repr(self))}</p>{shown.to_html(border=0)}"


def _sign(risk: RiskEvent) -> int:
    return -1 if risk.kind is RiskKind.OPPORTUNITY else 1


def _days(risk: RiskEvent) -> float:
    return 0.0 if risk.impact is None else risk.probability * risk.impact.mean


def _money(risk: RiskEvent) -> float:
    return risk.probability * risk.cost_impact
