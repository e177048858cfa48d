"""Taking a decision at a gate: logged with what was known, and made in the plan where it can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pmkit.analysis.gating.gate_option import GateOption
from pmkit.analysis.gating.gate_review import GateReview
from pmkit.analysis.gating.pausing import held_back
from pmkit.analysis.gating.year_time import months_later
from pmkit.analysis.governing.status_findings import listed
from pmkit.analysis.words import moment_words, money_text
from pmkit.model.activity import Moment
from pmkit.model.errors import PlanError, Problem
from pmkit.model.governance import LoggedDecision, Verdict
from pmkit.model.program import Program

_NAMED = 4


def take_decision(
    program: Program,
    review: GateReview,
    option: str | Verdict,
    *,
    by: str,
    on: Moment | None = None,
    note: str = "",
) -> Program:
    """Return the program with a decision in its log, and its plan as the decision has it.

    Parameters
    ----------
    program
        The one that was reviewed, or one with other decisions in its log since.
    review
        From `review_gate`.
    option
        ``"fund"``, ``"pause"``, ``"stop"`` or ``"redirect"``; it need not be the one recommended.
    by
        The role that decides.
    on
        When; by default the date from which the review counts.
    note
        What else was known, in words.

    Returns
    -------
    Program
        With a `LoggedDecision`: what was known, the value expected of the option, and that of the
        best option rejected. A redirection that is a scenario is made. A pause moves what has not
        begun to its end. What the plan cannot express is said in its notes: work under way that
        must rest, and after a stop the work that is still in it; from then on reviews take a
        stopped project to deliver nothing.

    Raises
    ------
    PlanError
        If there is no such option, the role may not take it, or the program has not that project.

    Examples
    --------
    >>> from pmkit.analysis.gating.gate_review import review_gate
    >>> from pmkit.model.governance import Gate, Governance
    >>> from pmkit.model.settings import ProjectInfo
    >>> depot = ProjectInfo("Depot", money={"benefit": 120})
    >>> gate = Gate("G1", "Depot", cost_to_complete=100, recoverable=5)
    >>> plan = Program((), candidates=(depot,), governance=Governance(gates=(gate,)))
    >>> after = take_decision(plan, review_gate(plan, "G1"), "fund", by="program manager")
    >>> decision = after.governance.decisions[0]
    >>> decision.id, decision.name, decision.expected, decision.best_rejected
    ('D1', 'fund Depot', 20.0, 20.0)
    """
    chosen = _checked(program, review, option, by)
    rejected = [o for o in review.options if o is not chosen]
    best = max(o.value for o in rejected)
    settled: Moment | None = review.base if on is None else on
    decision = LoggedDecision(
        _next_id(program), f"{chosen.verdict} {review.project}", settled, by.strip(),
        review.project, review.gate.id if _is_there(program, review) else "", str(chosen.verdict),
        _known(review, note), chosen.value, best,
    )  # fmt: skip
    log = (*program.governance.decisions, decision)
    decided = replace(program, governance=replace(program.governance, decisions=log))
    return _made(decided, review, chosen, decision)


def _checked(
    program: Program, review: GateReview, option: str | Verdict, by: str
) -> GateOption:  # fmt: skip
    problems = []
    subject = f"decision on project {review.project!r}"
    if review.project not in [info.id for info in program.members]:
        problems.append("must be about a project of the program, which has none of that id")
    known = [str(one.verdict) for one in review.options]
    if str(option) not in known:
        problems.append(f"must be one of {', '.join(known)}, got {str(option)!r}")
    if not by.strip():
        problems.append("who decides must be named, got nobody")
    if problems:
        raise PlanError(Problem(f"{subject}: {said}", ids=(review.project,)) for said in problems)
    chosen = review[str(option)]
    if chosen.barred:
        raise PlanError(f"{subject}: {chosen.verdict} must not be decided, {chosen.barred}",
                        review.project)  # fmt: skip
    who = chosen.deciders
    if not who.include(by):
        roles = " or ".join(f"the {role}" for role in who.roles)
        raise PlanError(
            f"{subject}: {chosen.verdict} must be decided by {roles} ({who.reason}), got "
            f"{by.strip()!r}",
            review.project,
        )
    return chosen


def _is_there(program: Program, review: GateReview) -> bool:
    return any(gate.id == review.gate.id for gate in program.governance.gates)


def _next_id(program: Program) -> str:
    taken = {one.id for one in program.governance.decisions}
    number = len(taken) + 1
    while f"D{number}" in taken:
        number += 1
    return f"D{number}"


def _known(review: GateReview, note: str) -> str:
    """What was known then: what every option was worth, and whatever else was told."""
    currency = review.currency
    told = ", ".join(f"{o.label} {money_text(o.value, currency)}" for o in review.options)
    ahead = money_text(review.options[0].cost_to_complete, currency)
    words = [f"Worth from here on: {told}", f"cost to complete {ahead}"]
    if review.discount_rate is not None:
        words.append(f"discounted at {100 * review.discount_rate:.3g} % a year")
    return "; ".join(words) + "." + (f" {note.strip()}" if note.strip() else "")


def _made(
    program: Program, review: GateReview, chosen: GateOption, decision: LoggedDecision
) -> Program:
    """The plan as the decision has it, as far as a plan can."""
    project = review.project
    has_plan = any(one.id == project for one in program.projects)
    said = f"decision {decision.id}, {decision.name}"
    if chosen.verdict is Verdict.STOP:
        left = [a.id for a in program.project(project).activities if not a.is_complete] if (
            has_plan) else []  # fmt: skip
        told = f"{said}: it delivers nothing from now on"
        if left:
            told += (f"; its {len(left)} activities that are not complete are still in the plan, "
                     "take them out when their contracts have ended")  # fmt: skip
        dependants = [i.id for i in program.members if project in i.requires]
        if dependants:
            told += f"; plan {listed(dependants)} anew, which required it"
        return program.with_notes(told)
    if chosen.verdict is Verdict.REDIRECT:
        if chosen.scenario is None:
            return program.with_notes(f"{said}: the plan does not show it yet, change it")
        changed = chosen.scenario.apply(program)
        assert isinstance(changed, Program)
        return changed
    if chosen.verdict is not Verdict.PAUSE:
        return program
    if not (has_plan and program.network.settings.is_dated and isinstance(decision.date, date)):
        return program.with_notes(f"{said}: the plan has no dates to move, change it by hand")
    until = months_later(decision.date, chosen.months)
    held, unmoved = held_back(program, project, decision.date, until)
    if unmoved:
        names = ", ".join(unmoved[:_NAMED]) + (" and more" if len(unmoved) > _NAMED else "")
        held = held.with_notes(
            f"{said}, until {moment_words(until)}: a plan cannot split work, so {names}, under way "
            "or bound to a date, must be told to rest"
        )
    return held
