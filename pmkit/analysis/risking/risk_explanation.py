"""What a risk does to the plan, and what its response returns, with the numbers put in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.figures import number_text
from pmkit.analysis.words import days_text, money_text
from pmkit.model.risk import RiskEvent, RiskKind

if TYPE_CHECKING:
    from pmkit.analysis.risking.risk_assessment import RiskAssessment


def explain_risk(assessment: RiskAssessment, risk: RiskEvent) -> Explanation:
    """Explain one risk of an assessment."""
    title = f"{risk.id} {risk.name}".rstrip()
    if not risk.is_open:
        return Explanation(title, (f"it is {risk.state.value} and can no longer occur",))
    if not assessment.can_occur(risk):
        done = ", ".join(risk.activities)
        return Explanation(title, (f"it can no longer occur: {done} complete; close it",))
    row: dict[str, Any] = assessment.table.loc[risk.id].to_dict()  # type: ignore[assignment]
    currency = assessment.plan.settings.currency
    trials = f"in {assessment.variants.trials:,} trials"
    lines = [
        _told(risk.as_it_stands, risk.activities, currency, "as it stands it"),
        f"{trials} it moves the mean finish by {_signed_days(row['finish_effect'])} and the "
        f"mean cost by {money_text(float(row['cost_effect']), currency)}",
    ]
    if not risk.has_response:
        return Explanation(title, (*lines, "the register has no response to it"))
    cost, gain = float(row["response_cost"]), float(row["cost_gain"])
    days, worth = float(row["finish_gain"]), assessment.day_worth
    taken = "taken" if risk.is_responded else "not taken yet"
    lines += [
        f"response, {taken}: {risk.response or 'without words'}, costs "
        f"{money_text(cost, currency)}",
        _told(risk.residual, risk.activities, currency, "with it the risk"),
        f"{trials} with the same random numbers it gains {_signed_days(days)} of the mean "
        f"finish and {money_text(gain, currency)} of the mean cost",
    ]
    total = money_text(gain, currency)
    if worth:
        total += f" + {number_text(round(days, 2))} days x {money_text(worth, currency)}"
        total = f"({total})"
    if cost:
        lines.append(f"return = {total} / {money_text(cost, currency)} = "
                     f"{float(row['response_return']):.2f}")  # fmt: skip
    net = money_text(float(row["net_gain"]), currency)
    verdict = "worth it" if row["is_worth_it"] else "not worth it"
    price = float(row["cost_per_day"])
    if not row["is_worth_it"] and price == price:  # it gains days
        verdict += f" unless a day is worth more than {money_text(price, currency)}"
    lines.append(f"net gain {net}: {verdict}")
    return Explanation(title, tuple(lines))


def _signed_days(days: Any) -> str:
    return days_text(round(float(days), 2))


def _told(risk: RiskEvent, activities: Sequence[str], currency: str, who: str) -> str:
    verb = "saves" if risk.kind is RiskKind.OPPORTUNITY else "adds"
    parts = []
    if risk.impact is not None:
        points = (risk.impact.optimistic, risk.impact.most_likely, risk.impact.pessimistic)
        same = len(set(points)) == 1
        days = number_text(points[0]) if same else " / ".join(number_text(p) for p in points)
        parts.append(f"{days} days to {', '.join(activities)}" if verb == "adds" else
                     f"{days} days of {', '.join(activities)}")  # fmt: skip
    if risk.cost_impact:
        parts.append(money_text(risk.cost_impact, currency))
    what = " and ".join(parts) or "nothing"
    return f"{who} has a probability of {100 * risk.probability:.3g} % and {verb} {what}"
