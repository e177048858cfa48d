"""The register as rows of text, and the figures above it."""

from __future__ import annotations

from pmkit.analysis.risking import RiskAssessment
from pmkit.views.theme import day_text, days_text, money_text, number_text, titled
from pmkit.widgets.figure import Figure

_LEAST_DAYS, _LEAST_MONEY = 0.005, 0.5


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
    spent = sum(risk.response_cost or 0.0 for risk in taken)
    trials = f"{answer.variants.trials:,} trials"
    return [
        Figure(
            "days", "Days beside the plan", days_text(round(now.days, 1)),
            f"With {level} confidence it is done by {when}.", "",
            (f"finish with {level} confidence, {trials}: {number_text(round(now.finish, 2))} days",
             f"finish of the plan itself: {number_text(round(schedule.finish, 2))} days",
             f"on average {days_text(round(now.expected_days, 1))}"),
        ),
        Figure(
            "money", "Money beside the plan", money_text(now.cost, currency),
            f"With {level} confidence it costs {money_text(now.total, currency)} or less.", "",
            (f"cost with {level} confidence, {trials}: {money_text(now.total, currency)}",
             f"cost of the plan itself: {money_text(answer.cost, currency)}",
             f"on average {money_text(now.expected_cost, currency)}"),
        ),
        Figure(
            "taken", "Responses taken", f"{len(taken)} of "
            f"{sum(risk.has_response for risk in answer.risks)}",
            f"They cost {money_text(spent, currency)}." if taken else "None is paid for yet.",
        ),
        Figure(
            "gained", "Gained by them", days_text(round(none.finish - now.finish, 1)),
            f"Earlier with {level} confidence, and {_money(none.total - now.total, currency)} of "
            "cost after what they cost." if taken else "Take one, and see.",
        ),
    ]  # fmt: skip
