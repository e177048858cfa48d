"""The register as rows of text, and the figures above it."""

from __future__ import annotations

from typing import Any

from pmkit.analysis.risking import RiskAssessment
from pmkit.model.change import Change
from pmkit.model.program import Plan
from pmkit.model.risk import RiskEvent
from pmkit.views.theme import day_text, days_text, money_text, number_text, titled
from pmkit.widgets.figure import Figure
from pmkit.widgets.telling import told

_LEAST_DAYS, _LEAST_MONEY = 0.005, 0.5
_EDITED = {"probability": "probability", "impact": "days if it occurs",
           "cost_impact": "cost if it occurs", "response_cost": "cost of the response",
           "response_probability": "probability with the response"}  # fmt: skip


def register_rows(answer: RiskAssessment) -> tuple[list[str], list[list[str]]]:
    """Return the ids of the risks, what moves the plan most first, and a row of text for each."""
    table, currency = answer.table, answer.plan.settings.currency
    weight = table["finish_effect"].abs().round(4)
    money = table["cost_effect"].abs().round(2)
    order = sorted(
        table.index, key=lambda id_: (not table["can_occur"][id_], -weight[id_], -money[id_])
    )
    rows = []
    for id_ in order:
        risk, row = answer[id_], table.loc[id_].to_dict()
        can = bool(row["can_occur"])
        cost, net = row["response_cost"], row["net_gain"]
        rows.append([
            titled(risk.id, risk.name),
            f"{100 * row['probability']:.3g} %" if can else "over",
            _days(row["finish_effect"]) if can else "",
            _money(row["cost_effect"], currency) if can else "",
            "" if cost != cost else money_text(float(cost), currency),
            "" if net != net else _money(net, currency),
            "yes" if risk.is_responded else "",
        ])  # fmt: skip
    return [str(id_) for id_ in order], rows


def _days(days: float) -> str:
    if abs(days) < _LEAST_DAYS:
        return "nothing"
    return f"{'+' if days > 0 else ''}{number_text(round(days, 2))} d"


def _money(amount: float, currency: str) -> str:
    if abs(amount) < _LEAST_MONEY:
        return "nothing"
    sign = "+" if amount > 0 else "\u2212"
    return f"{sign}{money_text(abs(amount), currency)}"


def told_edit(change: Change, plan: Plan) -> str:
    """Return an edit of a risk in words, with what the plan has instead.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> plan = Project((Activity("A", 5),), risks=(RiskEvent("R1", "Frost", ("A",), 0.3, 4),))
    >>> told_edit(Change("R1", probability=0.25), plan)
    'R1: probability 25 % (plan: 30 %)'
    """
    if "risk" in change.values:
        return told(change, plan)
    before = next((risk for risk in plan.network.risks if risk.id == change.target), None)
    parts = []
    for name, value in change.values.items():
        if name == "is_responded":
            parts.append("response taken" if value else "response given up")
            continue
        text = f"{_EDITED[name]} {_edited(name, value, plan)}"
        if before is not None:
            text += f" (plan: {_edited(name, getattr(before, name), plan)})"
        parts.append(text)
    return f"{change.target}: {', '.join(parts)}"


def _edited(name: str, value: Any, plan: Plan) -> str:
    if value is None:
        return "none"
    if name.endswith("probability"):
        return f"{100 * value:.3g} %"
    if name == "impact":
        return number_text(value[1] if isinstance(value, tuple) else value.most_likely)
    return money_text(value, plan.settings.currency)


def as_opened(risk: RiskEvent | None, name: str, value: object) -> bool:
    """Whether an edit says what the plan has anyway, so that it is none."""
    return risk is not None and name != "risk" and bool(getattr(risk, name) == value)


def said(answer: RiskAssessment) -> str:
    """Return what the register comes to in a sentence."""
    if not answer.risks:
        return "No risk is in the register."
    if not any(answer.can_occur(risk) for risk in answer.risks):
        return "No risk of the register may still occur."
    need, currency = answer.contingency(), answer.plan.settings.currency
    worth = sum(value is True for value in answer.table["is_worth_it"])
    level = f"{100 * need.confidence:.3g} %"
    told = f"{worth} response{' is' if worth == 1 else 's are'} worth what "
    told += "it costs" if worth == 1 else "they cost"
    return (
        f"For {level} confidence keep {days_text(round(need.days, 1))} and "
        f"{money_text(need.cost, currency)} in hand. {told}."
    )


def figures(answer: RiskAssessment) -> list[Figure]:
    """Return the headlines: what is needed beside the plan, and what responses make of it."""
    currency = answer.plan.settings.currency
    now, none = answer.contingency(), answer.contingency(responses="none")
    level = f"{now.confidence:.0%}".replace("%", " %")
    schedule = answer.schedule
    when = (
        day_text(schedule.date_of(now.finish)[()])
        if schedule.is_dated
        else f"day {number_text(round(now.finish, 1))}"
    )
    taken = [risk for risk in answer.risks if risk.is_responded]
    # what is over can be taken no more
    there = [r for r in answer.risks if r.has_response and (r.is_responded or answer.can_occur(r))]
    spent = sum(risk.response_cost or 0.0 for risk in taken)
    trials = f"{answer.variants.trials:,} trials"
    return [
        Figure(
            "days", "Time to keep in hand", _short(now.days),
            f"With {level} confidence it is done by {when}.", "",
            (f"finish with {level} confidence, {trials}: {number_text(round(now.finish, 2))} days",
             f"finish of the plan itself: {number_text(round(schedule.finish, 2))} days",
             f"on average {days_text(round(now.expected_days, 1))}"),
        ),
        Figure(
            "money", "Money to keep in hand", money_text(now.cost, currency),
            f"With {level} confidence it costs {money_text(now.total, currency)} or less.", "",
            (f"cost with {level} confidence, {trials}: {money_text(now.total, currency)}",
             f"cost of the plan itself: {money_text(answer.cost, currency)}",
             f"on average {money_text(now.expected_cost, currency)}"),
        ),
        Figure(
            "taken", "Responses taken", f"{len(taken)} of {len(there)}",
            f"They cost {money_text(spent, currency)}." if taken else "None is paid for yet.",
        ),
        Figure(
            "gained", "Gained by them", _short(none.finish - now.finish),
            f"Earlier with {level} confidence, and {_money(none.total - now.total, currency)} of "
            "cost after what they cost." if taken else "Take one, and see.",
        ),
    ]  # fmt: skip


def _short(days: float) -> str:
    """Working days on a card, where a longer unit breaks the line."""
    return days_text(round(days, 1)).replace("working ", "")
