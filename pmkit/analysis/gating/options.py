"""The options at a gate, each with what it brings and costs from the base date on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pmkit.analysis.gating.deciders import Demand, deciders
from pmkit.analysis.gating.gate_option import GateOption
from pmkit.analysis.gating.redirecting import redirected
from pmkit.analysis.gating.standing import Standing, undecided
from pmkit.analysis.gating.still_to_spend import still_to_spend
from pmkit.analysis.gating.telling import Telling
from pmkit.analysis.governing.status_findings import listed
from pmkit.analysis.words import days_text, money_text
from pmkit.model.governance import Gate, Verdict
from pmkit.model.scenario import Scenario
from pmkit.model.yearly import yearly


def gate_options(
    standing: Standing,
    pause_months: float,
    redirect: Scenario | Mapping[str, Any] | None,
    stop_dependants: bool,
) -> tuple[tuple[GateOption, ...], tuple[str, ...]]:
    """Return the options, what changes least first, and notes on what was assumed."""
    fund = funded(standing)
    found = [fund]
    if redirect is not None:
        found.append(redirected(standing, fund, redirect))
    found.append(held(standing, fund, pause_months))
    found.append(stopped(standing, fund, stop_dependants))
    return tuple(found), tuple(_notes(standing, found, stop_dependants))


def funded(standing: Standing) -> GateOption:
    """Return what going on is worth."""
    own, telling = standing.own(), Telling(standing)
    spending = standing.spending
    cost = standing.present(spending)
    beyond = 0.0 if spending.planned is None else spending.amount - spending.planned
    told = standing.gate.cost_to_complete is not None
    demand = Demand(cost=max(beyond, 0.0) if told else 0.0)
    return GateOption(
        Verdict.FUND, sum(own.values()), cost, demand=demand,
        deciders=deciders(standing.program, standing.project, demand, standing.gate.authority),
        lines=(telling.benefit(own), telling.cost(spending.amount, cost, spending.source)),
    )  # fmt: skip


def held(standing: Standing, fund: GateOption, months: float) -> GateOption:
    """Return what going on after a pause is worth."""
    gate, telling = standing.gate, Telling(standing)
    known, days = standing.paused(months)
    own, lost = standing.own(known), standing.lost_elsewhere(known)
    now, years = standing.now or 0.0, months / 12
    cost = standing.present(standing.spending, delay=years)
    holding = standing.at(gate.holding_cost * months, now, now + years)
    restart = standing.at(gate.restart_cost, now + years)
    benefit = sum(own.values())
    given_up = fund.benefit - benefit + sum(lost.values())
    demand = Demand(max(holding + restart + cost - fund.cost_to_complete, 0.0), max(days, 0.0),
                    max(given_up, 0.0))  # fmt: skip
    lines = [f"a pause of {_months(months)}: it delivers {days_text(round(days, 1))} later",
             telling.benefit(own),
             telling.cost(standing.spending.amount, cost, standing.spending.source)]  # fmt: skip
    if gate.holding_cost or gate.restart_cost:
        lines.append(
            f"holding {telling.money(gate.holding_cost)} a month x {months:g} = "
            f"{telling.money(gate.holding_cost * months)}, restarting "
            f"{telling.money(gate.restart_cost)}"
            + telling.at_present(gate.holding_cost * months + gate.restart_cost, holding + restart)
        )
    lines += telling.elsewhere(lost, "later")
    return GateOption(
        Verdict.PAUSE, benefit, cost, holding + restart, 0.0, sum(lost.values()), demand,
        deciders(standing.program, standing.project, demand, gate.authority), tuple(lines),
        months=months,
    )  # fmt: skip


def stopped(standing: Standing, fund: GateOption, stop_dependants: bool) -> GateOption:
    """Return what ending it now is worth."""
    gate, telling = standing.gate, Telling(standing)
    lost = standing.lost_elsewhere(stopped=True)
    saved = _saved(standing) if stop_dependants else {}
    dependants = sum(lost.values()) - sum(saved.values())
    demand = Demand(gate.termination_cost, 0.0, max(fund.benefit + sum(lost.values()), 0.0))
    lines = [telling.gone(standing.own())]
    if gate.termination_cost:
        lines.append(f"ending it costs {telling.money(gate.termination_cost)}")
    if gate.recoverable:
        lines.append(f"{telling.money(gate.recoverable)} comes back")
    lines += telling.elsewhere(lost, "not")
    if standing.required_by:
        names = listed(standing.required_by)
        verb = "requires" if len(standing.required_by) == 1 else "require"
        lines.append(f"{names} {verb} it and can no longer deliver")
    lines += [f"stopping {other}, too, saves {telling.money(amount)}"
              for other, amount in saved.items()]  # fmt: skip
    mandatory = standing.program.member(standing.project).mandatory
    return GateOption(
        Verdict.STOP, 0.0, 0.0, gate.termination_cost, gate.recoverable, dependants, demand,
        deciders(standing.program, standing.project, demand, gate.authority), tuple(lines),
        barred="the project is mandatory" if mandatory else "",
    )  # fmt: skip


def _saved(standing: Standing) -> dict[str, float]:
    """What stopping each project that requires this one saves: its cost ahead, less its ending."""
    found = {}
    for other in standing.required_by:
        own = [g for g in standing.program.governance.gates if g.project == other]
        gate = own[0] if own else Gate(other, other)
        spending = still_to_spend(standing.program, other, gate, standing.base)
        due = standing.due(other)
        cost = standing.present(spending, due=due or standing.now)
        found[other] = cost - gate.termination_cost + gate.recoverable
    return found


def _months(months: float) -> str:
    return f"{months:g} month{'' if months == 1 else 's'}"


def _notes(standing: Standing, options: list[GateOption], stop_dependants: bool) -> list[str]:
    found = []
    project, currency = standing.project, standing.program.settings.currency
    if standing.gate.id == project:
        found.append(f"project {project!r} has no gate: ending it, and holding it during a pause, "
                     "are taken to cost nothing")  # fmt: skip
    waiting = [p for p in undecided(standing.program)
               if p not in standing.going and p != project]  # fmt: skip
    if waiting:
        found.append(f"{listed(waiting)}: not decided on yet, so not counted (going=[...])")
    if standing.lacking:
        names = ", ".join(map(repr, standing.lacking))
        found.append(f"project {project!r} requires {names}, which does not go on: it is taken to "
                     "bring nothing")  # fmt: skip
    if any(None in yearly(one.money, "benefit") for one in standing.benefits
           if project in one.enablers):  # fmt: skip
        found.append("benefits without years: a delay is taken to cost nothing of them")
    fund, stop = options[0], options[-1]
    if standing.required_by and not stop_dependants:
        saved = sum(_saved(standing).values())
        after = stop.value + saved
        best = max(option.value for option in options[:-1])
        turns = after > best >= stop.value
        found.append(
            f"stopping {listed(standing.required_by)}, too, would save "
            f"{money_text(saved, currency)}: stop would then be worth "
            f"{money_text(after, currency)}{', the most' if turns else ''}"
            " (stop_dependants=True)"
        )
    if fund.value > stop.value:
        return found
    stranded = _stranded(standing)
    if stranded:
        verb = "brings" if len(stranded) == 1 else "bring"
        found.append(f"without it {listed(stranded)} {verb} nothing any more: review "
                     f"{'it' if len(stranded) == 1 else 'them'}, too")  # fmt: skip
    return found


def _stranded(standing: Standing) -> list[str]:
    """Projects beside it that bring something now, and nothing when it is stopped."""
    gone = {standing.project, *standing.required_by}

    def brings(going: frozenset[str], other: str) -> float:
        return sum(
            abs(standing.coming.worth(one, going, standing.known))
            for one in standing.benefits
            if other in one.enablers
        )

    return [
        other for other in sorted(standing.going - gone)
        if brings(standing.going, other) > 0 and brings(standing.going - gone, other) == 0
    ]  # fmt: skip
