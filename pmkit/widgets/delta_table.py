"""The table of figures: the plan, each scenario beside it, and how far apart they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape
from math import isnan
from typing import Any

from pmkit.analysis.compare import PLAN, Comparison, Outcome
from pmkit.model.scenario import Scenario
from pmkit.views.theme import day_text, money_text, number_text, share_text
from pmkit.widgets.telling import told

_ROWS = (
    ("Finish", "finish"),
    ("Finish, 50 % sure (P50)", "finish_p50"),
    ("Finish, 80 % sure (P80)", "finish_p80"),
    ("Finish, 95 % sure (P95)", "finish_p95"),
    ("Chance of the plan's finish", "chance_of_plan_finish"),
    ("Cost", "cost"),
    ("Cost, 80 % sure (P80)", "cost_p80"),
    ("Critical activities", "critical_activities"),
)


def delta_table(outcomes: Mapping[str, Outcome]) -> str:
    """Return the table as markup, every name in it escaped.

    Parameters
    ----------
    outcomes
        By name, the plan first; those not simulated yet show a dash where a simulation is needed.
    """
    base = outcomes[PLAN]
    currency = base.plan.network.settings.currency
    costs = any(outcome.figures["cost"] for outcome in outcomes.values())
    wanted = [
        (title, name)
        for title, name in _ROWS
        if any(name in outcome.figures for outcome in outcomes.values())
        and (costs or not name.startswith("cost"))
    ]
    head = "".join(f"<th scope='col'>{escape(_column(name))}</th>" for name in outcomes)
    body = []
    for title, name in wanted:
        cells = []
        for column, outcome in outcomes.items():
            value, delta = _cell(name, outcome, None if column == PLAN else base, currency)
            told = f"<span class='pmkit-delta'>{escape(delta)}</span>" if delta else ""
            cells.append(f"<td>{escape(value)}{told}</td>")
        body.append(f"<tr><th scope='row'>{escape(title)}</th>{''.join(cells)}</tr>")
    return (
        "<div class='pmkit-table'><table><caption>Side by side</caption>"
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def effects_table(comparison: Comparison, scenario: Scenario) -> str:
    """Return which of several changes does what to the finish, as markup; nothing for one alone.

    Parameters
    ----------
    comparison
        With the scenario in it; without simulations, so that it is quick.
    scenario
        Whose changes are told apart.
    """
    if len(scenario.changes) < 2:
        return ""
    effects = comparison.changes
    body = []
    for position, change in enumerate(scenario.changes):
        row = effects.iloc[position]
        cells = "".join(
            f"<td>{escape(_signed(None if isnan(step) else step, _days) or 'needs an earlier one')}"
            "</td>"
            for step in (row["finish_alone"], row["finish_in_order"])
        )
        words = escape(told(change, comparison.plan))
        body.append(f"<tr><th scope='row'>{words}</th>{cells}</tr>")
    return (
        "<div class='pmkit-table pmkit-effects'><table>"
        "<caption>What each change does to the finish</caption><thead><tr><td></td>"
        "<th scope='col'>By itself</th><th scope='col'>After those above</th></tr></thead>"
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _days(days: float) -> str:
    text = number_text(round(days, 1))
    return f"{text} day{'' if text == '1' else 's'}"


def _column(name: str) -> str:
    return "Plan" if name == PLAN else name


def _cell(name: str, outcome: Outcome, base: Outcome | None, currency: str) -> tuple[str, str]:
    figures = outcome.figures
    if name not in figures:
        return "\u2013", ""
    value: Any = figures[name]
    before: Any = None if base is None else base.figures.get(name)
    step = None if before is None or value is None else value - before
    if name.startswith("finish"):
        moment = figures.get("finish_date" if name == "finish" else f"{name}_date")
        shown = day_text(moment) if isinstance(moment, datetime) else _days(value)
        return shown, _signed(step, _days)
    if name.startswith("chance"):
        return share_text(value), _signed(
            None if step is None else round(100 * step), lambda x: f"{number_text(x)} points"
        )
    if name.startswith("cost"):
        return money_text(value, currency), _signed(step, lambda x: money_text(x, currency))
    return number_text(value), _signed(step, number_text)


def _signed(step: float | None, text: Any) -> str:
    if step is None:
        return ""
    size = str(text(abs(step)))
    if size.split()[0] == "0" or abs(step) < 5e-7:
        return "no change"
    return ("+" if step > 0 else "\u2212") + size
