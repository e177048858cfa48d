"""Going on another way: as changes to the plan, or as figures of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pmkit.analysis.gating.asking import LONGEST
from pmkit.analysis.gating.deciders import Demand, deciders
from pmkit.analysis.gating.gate_option import GateOption
from pmkit.analysis.gating.standing import Standing
from pmkit.analysis.gating.still_to_spend import still_to_spend
from pmkit.analysis.gating.telling import Telling
from pmkit.analysis.words import days_text
from pmkit.model.activity import is_finite
from pmkit.model.errors import PlanError, Problem
from pmkit.model.governance import Verdict
from pmkit.model.program import Program
from pmkit.model.scenario import Scenario

_AMOUNTS = ("cost_to_complete", "benefit", "other_costs", "recovered", "dependants",
            "delay_months")  # fmt: skip


def redirected(
    standing: Standing, fund: GateOption, redirect: Scenario | Mapping[str, Any]
) -> GateOption:
    """Return what another way to go on is worth.

    Raises
    ------
    PlanError
        If the changes cannot be made, or with every figure that is none.
    """
    if isinstance(redirect, Scenario):
        return _by_plan(standing, fund, redirect)
    if not isinstance(redirect, Mapping):
        raise PlanError(f"gate review: redirect must be a Scenario or a mapping of figures, got "
                        f"{redirect!r}")  # fmt: skip
    return _by_figures(standing, fund, redirect)


def _by_plan(standing: Standing, fund: GateOption, scenario: Scenario) -> GateOption:
    """Its cost, its delivery and what follows from them, worked out on the changed plan."""
    changed, telling = scenario.apply(standing.program), Telling(standing)
    assert isinstance(changed, Program)  # changes of a program make a program
    project = standing.project
    before = still_to_spend(standing.program, project, None, standing.base)
    after = still_to_spend(changed, project, None, standing.base)
    more = after.amount - before.amount
    amount = max(standing.spending.amount + more, 0.0)
    spending = replace(standing.spending, amount=amount, by_year=after.by_year)
    known, days = standing.moved(changed)
    cost = standing.present(spending, due=standing.due(project, known))
    others = sum(
        still_to_spend(changed, p.id, None, standing.base).amount
        - still_to_spend(standing.program, p.id, None, standing.base).amount
        for p in standing.program.projects
        if p.id != project
    )
    own, lost = standing.own(known), standing.lost_elsewhere(known)
    source = f"{telling.money(abs(more))} {'more' if more >= 0 else 'less'} than going on"
    when = "it delivers as planned now"
    if abs(days) > _SAME:
        shown = days_text(abs(round(days, 1)))
        when = f"it delivers {shown} {'later' if days > 0 else 'earlier'}"
    lines = [when, telling.benefit(own), telling.cost(amount, cost, source)]
    lines += [str(change) for change in scenario.changes]
    if abs(others) > _SAME:
        lines.append(f"other projects cost {telling.money(abs(others))} "
                     f"{'more' if others > 0 else 'less'}")  # fmt: skip
    lines += telling.elsewhere(lost, "later")
    option = GateOption(
        Verdict.REDIRECT, sum(own.values()), cost, others, 0.0, sum(lost.values()),
        lines=tuple(lines), name=scenario.name, scenario=scenario,
    )  # fmt: skip
    return _with_deciders(standing, fund, option, days)


def _by_figures(standing: Standing, fund: GateOption, told: Mapping[str, Any]) -> GateOption:
    """As told; what is not told is as for going on, and what hangs on it as its delay has it."""
    problems = [
        f"redirect must have {', '.join(('name', *_AMOUNTS))}, got {key!r}"
        for key in told if key not in ("name", *_AMOUNTS)
    ]  # fmt: skip
    for key in _AMOUNTS:
        value = told.get(key, 0.0)
        may_be_negative = key in ("benefit", "dependants")
        if not is_finite(value) or (value < 0 and not may_be_negative):
            rule = "" if may_be_negative else " >= 0"
            unit = "number of months" if key == "delay_months" else "amount"
            problems.append(f"{key} of redirect must be a finite {unit}{rule}, got {value!r}")
        elif key == "delay_months" and value > LONGEST:
            problems.append(f"delay_months of redirect must be at most {LONGEST:,} months, got "
                            f"{value:,g}")  # fmt: skip
    if problems:
        raise PlanError(Problem(f"gate review: {said}") for said in problems)
    telling, months = Telling(standing), float(told.get("delay_months", 0.0))
    known, days = standing.later(months)
    own, lost = standing.own(known), standing.lost_elsewhere(known)
    amount = float(told.get("cost_to_complete", standing.spending.amount))
    told_cost = "cost_to_complete" in told
    spending = replace(standing.spending, amount=amount,
                       by_year=() if told_cost else standing.spending.by_year)  # fmt: skip
    cost = standing.present(spending, due=standing.due(standing.project, known))
    benefit = float(told.get("benefit", sum(own.values())))
    dependants = float(told.get("dependants", sum(lost.values())))
    lines = []
    if months:
        lines.append(f"it delivers {days_text(round(days, 1))} later")
    lines.append(f"remaining benefit: {telling.money(benefit)} (as told)" if "benefit" in told
                 else telling.benefit(own))  # fmt: skip
    lines.append(telling.cost(amount, cost, "as told" if told_cost else standing.spending.source))
    for key, what in (("other_costs", "other costs: {}"), ("recovered", "{} comes back"),
                      ("dependants", "{} does not come elsewhere")):  # fmt: skip
        if key in told:
            lines.append(what.format(telling.money(float(told[key]))) + " (as told)")
    if "dependants" not in told:
        lines += telling.elsewhere(lost, "later")
    option = GateOption(
        Verdict.REDIRECT, benefit, cost, float(told.get("other_costs", 0.0)),
        float(told.get("recovered", 0.0)), dependants, lines=tuple(lines),
        name=str(told.get("name", "")),
    )  # fmt: skip
    return _with_deciders(standing, fund, option, days)


def _with_deciders(
    standing: Standing, fund: GateOption, option: GateOption, days: float
) -> GateOption:
    more = option.cost_to_complete - fund.cost_to_complete + option.other_costs
    given_up = fund.benefit - option.benefit + option.dependants
    demand = Demand(max(more, 0.0), max(days, 0.0), max(given_up, 0.0))
    who = deciders(standing.program, standing.project, demand, standing.gate.authority)
    return replace(option, demand=demand, deciders=who)


_SAME = 1e-9
