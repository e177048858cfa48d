"""Change requests: what a change would do, who may approve it, and what follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.analysis.control.entries import added, found, next_id, revised
from pmkit.analysis.control.rebaselining import with_moved_baseline
from pmkit.analysis.control.tolerance_check import (
    PROJECT_MANAGER,
    ToleranceCheck,
    check_tolerances,
)
from pmkit.analysis.cost_at_completion import cost_at_completion
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.scheduling.kept_baselines import with_kept_baseline
from pmkit.analysis.words import days_text, moment_text, money_text
from pmkit.model.activity import Moment
from pmkit.model.change_request import ChangeRequest, Decision
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


def ask_change(plan: Plan, request: ChangeRequest) -> Plan:
    """Return the plan with a change request in its log; nothing else changes yet.

    Parameters
    ----------
    plan
        A project or a program; the request is kept with the whole plan.
    request
        What is asked for. When it was asked for is the status date unless it says so.

    Raises
    ------
    PlanError
        If the log has its id already, it is decided already, or its changes cannot be made.

    Examples
    --------
    >>> from pmkit.model.change import Change
    >>> from pmkit.model.project import Project
    >>> plan = Project.from_table([("A", 3, ""), ("B", 2, "A")])
    >>> door = ChangeRequest("C1", "A second door", (Change("B", duration="+2"),), benefit=500)
    >>> ask_change(plan, door).control.requests[0].name
    'A second door'
    """
    if not request.is_open:
        raise PlanError(
            f"change request {request.id!r}: must be open when it is asked for, is "
            f"{request.decision.value}",
            request.id,
        )
    if request.changes:
        Scenario(request.name or request.id, request.changes).apply(plan)
    if request.asked_on is None:
        request = replace(request, asked_on=plan.network.settings.status_date)
    return added(plan, "", "requests", request)


def next_change_id(plan: Plan) -> str:
    """Return an id that the change log does not have yet, such as ``"C2"``."""
    return next_id(plan, "", "requests")


@dataclass(frozen=True, eq=False, repr=False)
class ChangeAssessment:
    """What a change request would do, and who may approve it.

    Attributes
    ----------
    request
        The request.
    before, after
        Tolerances of the plan as it is and with the change.
    """

    request: ChangeRequest
    before: ToleranceCheck
    after: ToleranceCheck

    @property
    def plan(self) -> Plan:
        """The plan without the change."""
        return self.before.plan

    @property
    def changed(self) -> Plan:
        """The plan with it."""
        return self.after.plan

    @cached_property
    def finish_delta(self) -> float:
        """Working days that it moves the finish by."""
        return round(self.after.schedule.finish - self.before.schedule.finish, 9)

    @cached_property
    def cost_delta(self) -> float:
        """Money that it adds to the cost at completion."""
        return cost_at_completion(self.changed) - cost_at_completion(self.plan)

    @property
    def net_value(self) -> float:
        """Benefit less added cost, money; the days are not priced."""
        return self.request.benefit - self.cost_delta

    @property
    def authority(self) -> str:
        """Who may approve it: the project manager where everything stays within tolerance."""
        return self.after.authority

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per tolerance: ``before after limit unit state_before state_after``.

        Deviations and limits in `unit`.
        """
        import pandas as pd

        rows = [
            (b.deviation, a.deviation, a.limit, a.tolerance.limit_unit, b.state, a.state)
            for b, a in zip(self.before.checks, self.after.checks, strict=True)
        ]
        columns = ["before", "after", "limit", "unit", "state_before", "state_after"]
        index = pd.Index([c.subject for c in self.after.checks], name="tolerance", dtype=object)
        return pd.DataFrame(rows, index=index, columns=columns)

    def explain(self) -> Explanation:
        """Show the effect on date, cost and benefit, and why that authority decides."""
        old, new = self.before.schedule, self.after.schedule
        currency = self.plan.settings.currency
        cost = cost_at_completion(self.plan)
        lines = [
            f"finish: {moment_text(old, old.finish)} -> {moment_text(new, new.finish)}, "
            f"{_signed(days_text(self.finish_delta))}",
            f"cost: {money_text(cost, currency)} -> "
            f"{money_text(cost + self.cost_delta, currency)}, "
            f"{_signed(money_text(self.cost_delta, currency))}",
            f"benefit: {_signed(money_text(self.request.benefit, currency))}",
            f"benefit - cost = {money_text(self.net_value, currency)}",
        ]
        lines += [self.after.sentence(check) for check in self.after.checks]
        name = f"{self.request.id} {self.request.name}".rstrip()
        return Explanation(f"change {name}: {self.after.verdict}", tuple(lines))

    def __repr__(self) -> str:
        currency = self.plan.settings.currency
        return (
            f"ChangeAssessment {self.request.id}: finish {_signed(days_text(self.finish_delta))}, "
            f"cost {_signed(money_text(self.cost_delta, currency))}, benefit "
            f"{_signed(money_text(self.request.benefit, currency))}; {self.after.verdict}"
        )

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{escape(line)}</li>" for line in self.explain().lines)
        return f"<p>{escape(repr(self))}</p><ul>{items}</ul>"


def _signed(text: str) -> str:
    return text if text.startswith("-") or text.split(" ")[0] == "0" else f"+{text}"


def assess_change(plan: Plan, request: ChangeRequest | str) -> ChangeAssessment:
    """Find what a change request would do to date, cost and tolerances, and who may approve it.

    Parameters
    ----------
    plan
        A project or a program.
    request
        A request, or the id of one in the change log.

    Raises
    ------
    PlanError
        If the log has no such request, or its changes cannot be made.

    Examples
    --------
    >>> from pmkit.model.change import Change
    >>> from pmkit.model.project import Project
    >>> plan = Project.from_table([("A", 3, ""), ("B", 2, "A")])
    >>> assess_change(plan, ChangeRequest("C1", "", (Change("B", duration="+2"),), benefit=500))
    ChangeAssessment C1: finish +2 days, cost 0, benefit +500; the project manager decides
    """
    asked: ChangeRequest = (
        found(plan, "requests", request)[1] if isinstance(request, str) else request
    )
    changed = plan
    if asked.changes:
        changed = Scenario(asked.name or asked.id, asked.changes).apply(plan)
    return ChangeAssessment(asked, check_tolerances(plan), check_tolerances(changed))


def decide_change(
    plan: Plan,
    id: str,
    decision: Decision | str,
    *,
    by: str = PROJECT_MANAGER,
    on: Moment | None = None,
    note: str = "",
    rebaseline: bool = True,
) -> Plan:
    """Decide a change request: approved, it is made and the baseline moves with it.

    Parameters
    ----------
    plan
        A project or a program.
    id
        Of a request in the change log that is not decided yet.
    decision
        ``"approved"``, ``"rejected"`` or ``"deferred"``.
    by
        Who decides. The project manager may approve what stays within tolerance.
    on
        When; the status date by default.
    note
        With what words.
    rebaseline
        Whether the baseline is moved by what the change does; the one before it is kept.

    Returns
    -------
    Project or Program
        With the decision in its log, and the changes made where it is approved.

    Raises
    ------
    PlanError
        If the log has no such request, it is decided already, or who decides may not.

    Examples
    --------
    >>> from pmkit.analysis.scheduling.baseline import set_baseline
    >>> from pmkit.model.change import Change
    >>> from pmkit.model.project import Project
    >>> plan = set_baseline(Project.from_table([("A", 3, ""), ("B", 2, "A")]))
    >>> plan = ask_change(plan, ChangeRequest("C1", "", (Change("B", duration="+2"),)))
    >>> plan = decide_change(plan, "C1", "approved", on=1)
    >>> plan["B"].baseline_finish, plan.control.baselines[0].activities["B"].finish
    (7.0, 5.0)
    """
    try:
        settled = Decision(decision)
    except ValueError:
        settled = Decision.OPEN
    if settled is Decision.OPEN:
        raise PlanError(
            f"change request {id!r}: decision must be approved, rejected or deferred, "
            f"got {str(decision)!r}",
            id,
        )
    assessment = assess_change(plan, id)
    request = assessment.request
    if not request.is_open:
        raise PlanError(
            f"change request {id!r}: must be open to be decided, is {request.decision.value}", id
        )
    if not by.strip():
        raise PlanError(f"change request {id!r}: who decides must be named, got nobody", id)
    on = plan.network.settings.status_date if on is None else on
    told = {"decision": settled, "decided_by": by, "decided_on": on, "note": note or request.note}
    if settled is not Decision.APPROVED:
        return revised(plan, "requests", id, **told)
    _refuse_without_authority(assessment, by)
    changed = assessment.changed
    kept = ""
    if rebaseline:
        reason = f"change {request.id} {request.name}".rstrip()
        control = with_kept_baseline(plan, reason, on).control
        if len(control.baselines) > len(plan.control.baselines):
            kept = control.baselines[-1].name
            changed = with_moved_baseline(plan, replace(changed, control=control))
    return revised(
        changed, "requests", id, **told, baseline=kept,
        finish_delta=assessment.finish_delta, cost_delta=assessment.cost_delta,
    )  # fmt: skip


def _refuse_without_authority(assessment: ChangeAssessment, by: str) -> None:
    wanted = assessment.authority
    if by.strip().casefold() == PROJECT_MANAGER and wanted != PROJECT_MANAGER:
        beyond = "; ".join(assessment.after.sentence(c) for c in assessment.after.exceeded)
        raise PlanError(
            f"change request {assessment.request.id!r}: must be approved by the {wanted} "
            f"({beyond}), got the {PROJECT_MANAGER}",
            assessment.request.id,
        )
