"""What is assumed at a gate: what was typed, and the program and the question that it makes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pmkit.analysis.gating.gate_review import GateReview, review_gate
from pmkit.analysis.gating.still_to_spend import still_to_spend
from pmkit.model.activity import Moment, is_finite
from pmkit.model.errors import PlanError
from pmkit.model.governance import Gate
from pmkit.model.moments import as_datetime
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo
from pmkit.model.yearly import of_year
from pmkit.views.theme import money_text, number_text
from pmkit.widgets.gate_session import EVERYWHERE, Told, said_at

AMOUNTS = {
    "cost_to_complete": "Cost to complete",
    "termination_cost": "Ending it costs",
    "recoverable": "Comes back if stopped",
    "holding_cost": "Pause costs a month",
    "restart_cost": "Restart costs",
}
"""What a gate says, and its label."""
TERMS = {
    "benefit": "Benefits (% of plan)",
    "pause_months": "Pause (months)",
    "discount_rate": "Discount rate (%)",
}
"""What is assumed besides, and its label."""
REDIRECT = {
    "redirect.cost_to_complete": "Cost to complete",
    "redirect.benefit": "Benefit to come",
    "redirect.delay_months": "Later (months)",
    "redirect.other_costs": "Other costs",
}
"""What is different another way, and its label."""
NAME, DEPENDANTS = "redirect.name", "stop_dependants"
PAUSE = 3.0
"""Months that a pause takes, where nothing else is said."""


@dataclass(frozen=True)
class Place:
    """A line of the table: a gate of the plan, or a project that has none.

    Parameters
    ----------
    key
        Id of the gate, or of the project.
    project
        Id of the project.
    gate
        As the plan has it; ``None`` without one.
    """

    key: str
    project: str
    gate: Gate | None = None

    @property
    def title(self) -> str:
        """What it is called: ``"G1 Fleet"``."""
        return self.project if self.gate is None else f"{self.key} {self.project}"


def places(plan: Program) -> dict[str, Place]:
    """Return the gates by date, then the projects without one, by key."""
    gates = plan.governance.gates
    ids = [gate.id for gate in gates]
    order = sorted(gates, key=lambda gate: _when(gate.date))
    found = {gate.id: Place(gate.id, gate.project, gate) for gate in order}
    with_gate = {gate.project for gate in gates}
    for info in plan.members:
        if info.id not in with_gate and info.id not in ids:
            found[info.id] = Place(info.id, info.id)
    return found


def _when(moment: Moment | None) -> tuple[int, float]:
    """Dates first, then days of an undated plan, then what has no date."""
    if isinstance(moment, date):
        return 0, as_datetime(moment).timestamp()
    return (2, 0.0) if moment is None else (1, float(moment))


def as_planned(plan: Program, place: Place) -> dict[str, Any]:
    """Return what the plan says of each assumption at a place."""
    gate = place.gate or Gate(place.key, place.project)
    rate = plan.settings.discount_rate
    amounts = {name: getattr(gate, name) for name in AMOUNTS}
    return amounts | {
        "benefit": 100.0, "pause_months": PAUSE,
        "discount_rate": None if rate is None else round(100 * rate, 10),
        DEPENDANTS: False, NAME: "",
    } | dict.fromkeys(REDIRECT)  # fmt: skip


def plan_cost(program: Program, review: GateReview) -> float:
    """Return the cost to complete that the plan knows, whatever the gate says."""
    return still_to_spend(program, review.project, None, review.base).amount


def placed(program: Program, place: Place, told: Told) -> tuple[Program, str]:
    """Return the program with the amounts of a gate as typed, and what is to be reviewed in it.

    A project without a gate gets one when an amount is typed: something must carry it.
    """
    said = said_at(told, place.key)
    amounts = {name: said[name] for name in AMOUNTS if name in said}
    gates = program.governance.gates
    if place.gate is not None:
        if not amounts:
            return program, place.key
        changed = tuple(replace(g, **amounts) if g.id == place.key else g for g in gates)
    else:
        made = next((g for g in gates if g.project == place.project), None)
        if made is None and not amounts:
            return program, place.key
        id_ = _free(program) if made is None else made.id
        place = replace(place, key=id_)
        changed = (*(g for g in gates if g is not made), Gate(id_, place.project, **amounts))
    governance = replace(program.governance, gates=changed)
    return replace(program, governance=governance), place.key


def reviewed(program: Program, place: Place, told: Told) -> tuple[Program, GateReview]:
    """Return the program with the gate as typed, and its review with all that is assumed.

    Raises
    ------
    PlanError
        If an assumption is none.
    """
    said = said_at(told, place.key)
    there, asked = placed(program, place, told)
    share = said.get("benefit", 100.0)
    if not (is_finite(share) and share >= 0):
        raise PlanError(f"gate review: benefits must be a share of the plan >= 0 %, got {share!r}")
    assumed = there if share == 100 else with_benefits(there, place.project, share / 100)
    redirect = {name.partition(".")[2]: said[name] for name in (NAME, *REDIRECT)
                if said.get(name) not in (None, "")}  # fmt: skip
    rate = said.get("discount_rate")
    review = review_gate(
        assumed, asked, discount_rate=None if rate is None else rate / 100,
        pause_months=said.get("pause_months", PAUSE), redirect=redirect or None,
        stop_dependants=said.get(DEPENDANTS, False),
    )  # fmt: skip
    return there, review


def with_benefits(program: Program, project: str, share: float) -> Program:
    """Return the program in which what a project enables comes to a share of what is planned.

    A disbenefit stays as it is: it does not shrink when benefits do.

    Examples
    --------
    >>> plan = Program((), candidates=(ProjectInfo("A", money={"benefit": 100, "cost": 60}),))
    >>> with_benefits(plan, "A", 0.8).member("A").money
    {'benefit': 80.0, 'cost': 60}
    """

    def scaled(money: Any) -> dict[str, float]:
        amounts = {key: amount * share if of_year(key)[0] == "benefit" and amount > 0 else amount
                   for key, amount in money.items()}  # fmt: skip
        years = [amount for key, amount in amounts.items()
                 if of_year(key)[0] == "benefit" and key != "benefit"]  # fmt: skip
        if years and "benefit" in amounts:  # it is their sum
            amounts["benefit"] = sum(years)
        return amounts

    def own(infos: Iterable[ProjectInfo]) -> tuple[ProjectInfo, ...]:
        return tuple(replace(i, money=scaled(i.money)) if i.id == project else i for i in infos)

    benefits = tuple(
        replace(one, money=scaled(one.money)) if project in one.enablers else one
        for one in program.strategy.benefits
    )
    projects = tuple(
        replace(one, members=own(one.members)) if one.id == project else one
        for one in program.projects
    )
    return replace(
        program, projects=projects, candidates=own(program.candidates),
        strategy=replace(program.strategy, benefits=benefits),
    )  # fmt: skip


def span_of(review: GateReview, name: str, now: float) -> tuple[float, float, float]:
    """Return how far down and up an assumption is looked at, and how exactly."""
    if name in TERMS:
        return {"benefit": (0.0, 1000.0, 0.05), "pause_months": (0.1, 60.0, 0.02),
                "discount_rate": (0.0, 50.0, 0.005)}[name]  # fmt: skip
    amounts = [now, *(abs(a) for o in review.options
                      for a in (o.value, o.benefit, o.cost_to_complete, o.dependants))]  # fmt: skip
    largest = max(amounts)
    return 0.0, 3 * largest, 2e-5 * largest


def value_text(name: str, value: Any, currency: str) -> str:
    """Return an assumption as it is read."""
    if name == NAME:
        return f"called {value}" if value else "no name"
    if name == DEPENDANTS:
        return "yes" if value else "no"
    if value is None:
        return "as the plan has it" if name == "cost_to_complete" else "none"
    if name in ("benefit", "discount_rate"):
        return f"{number_text(value)} %"
    if name.endswith("_months"):
        return f"{number_text(value)} month{'' if value == 1 else 's'}"
    sign = "\u2212" if value < 0 else ""
    return f"{sign}{money_text(abs(value), currency)}"


def told_text(plan: Program, place: Place | None, name: str, value: Any) -> str:
    """Return one thing that was typed, in a sentence for the list of edits."""
    currency = plan.settings.currency
    where = "Everywhere" if place is None or name in EVERYWHERE else place.title
    is_redirect = name.startswith("redirect.")
    label = (AMOUNTS | TERMS | REDIRECT).get(name, "stops what requires it, too")
    label = label.split(" (")[0]
    words = f"{label[0].lower()}{label[1:]}"
    if name == NAME:
        return f"{where}: redirect {value_text(name, value, currency)}"
    if name == DEPENDANTS:
        return f"{where}: stopping it {words}" if value else f"{where}: only it is stopped"
    said = f"{where}: {'redirect, ' if is_redirect else ''}{words} "
    said += value_text(name, value, currency)
    if is_redirect or place is None:
        return said
    before = as_planned(plan, place)[name]
    return said if before is None else f"{said}, not {value_text(name, before, currency)}"


def assumed_text(plan: Program, place: Place, told: Told) -> str:
    """Return what was assumed at a place other than the plan has it, for the log; may be empty."""
    currency, parts = plan.settings.currency, []
    for name, value in said_at(told, place.key).items():
        if name in TERMS:
            label = TERMS[name].split(" (")[0].lower()
            parts.append(f"{label} {value_text(name, value, currency)}")
    return f"Assumed: {', '.join(parts)}." if parts else ""


def _free(program: Program) -> str:
    taken = {gate.id for gate in program.governance.gates} | {i.id for i in program.members}
    number = len(program.governance.gates) + 1
    while f"G{number}" in taken:
        number += 1
    return f"G{number}"
