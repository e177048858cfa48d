"""What becomes of an exception: the option that is agreed on is the plan, and the new baseline."""

from __future__ import annotations

from dataclasses import replace

from pmkit.analysis.control.change_requests import ask_change, next_change_id
from pmkit.analysis.control.entries import revised
from pmkit.analysis.control.exceptions import ExceptionReport
from pmkit.analysis.cost_at_completion import activity_costs_at_completion, cost_at_completion
from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.model.activity import Moment
from pmkit.model.change_request import ChangeRequest, Decision
from pmkit.model.program import Plan, Program
from pmkit.model.project import Project


def settle_exception(
    report: ExceptionReport,
    option: str = "",
    *,
    by: str = "",
    on: Moment | None = None,
    note: str = "",
) -> Plan:
    """Return the plan with one option of an exception report agreed on.

    The option is made, recorded in the change log, and approved as the new baseline as it stands:
    dates as scheduled now, budgets as the work will have cost. The baseline before it is kept, so
    that progress can still be measured against what was first agreed.

    Parameters
    ----------
    report
        From `exception_report`.
    option
        Name of the option; the recommended one by default.
    by
        Who decides; those to whom the report goes, by default.
    on
        When; the status date by default.
    note
        With what words; by default those of the recommendation, where that is taken.

    Raises
    ------
    KeyError
        If the report has no such option.

    Notes
    -----
    An approved exception plan replaces the plan that it is an exception to (AXELOS, *Managing
    Successful Projects with PRINCE2*, 2017, 16.4); with budgets that cover what was overspent it is
    an over-target baseline (GAO-09-3SP, *Cost Estimating and Assessment Guide*, 2009, ch. 20).

    Examples
    --------
    >>> from pmkit.analysis.control.exceptions import exception_report
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.control import Control
    >>> from pmkit.model.tolerance import Measure, Tolerance
    >>> build = Activity("Build", 8, fixed_cost=100, crash_duration=5, crash_cost=400,
    ...                  baseline_start=0, baseline_finish=5)
    >>> late = Project((build,), control=Control((Tolerance(Measure.TIME, above=1),)))
    >>> plan = settle_exception(exception_report(late), by="sponsor")
    >>> plan["Build"].baseline_finish, plan.control.requests[0].decided_by
    (6.0, 'sponsor')
    """
    chosen = report[option or report.recommended]
    plan, status = report.plan, report.plan.network.settings.status_date
    id_ = next_change_id(plan)
    beyond = "; ".join(check.subject for check in report.check.exceeded)
    words = note or (report.reason if chosen.name == report.recommended else "")
    asked = ChangeRequest(id_, chosen.name, chosen.scenario.changes, reason=f"exception: {beyond}")
    logged = ask_change(plan, asked)
    made = chosen.scenario.apply(logged) if chosen.scenario.changes else logged
    settled = _with_budgets_as_they_come(
        set_baseline(made, keep=True, reason=f"exception {id_}: {chosen.name}", at=on)
    )
    return revised(
        settled, "requests", id_, decision=Decision.APPROVED, decided_by=by or report.authority,
        decided_on=status if on is None else on, note=words,
        finish_delta=round(chosen.finish - report.check.schedule.finish, 9),
        cost_delta=chosen.cost - cost_at_completion(plan),
        baseline=settled.control.baselines[-1].name if settled.control.baselines else "",
    )  # fmt: skip


def _with_budgets_as_they_come(plan: Plan) -> Plan:
    """Give each activity what it will have cost as its budget."""
    costs = dict(
        zip((a.id for a in plan.network.activities), activity_costs_at_completion(plan).tolist(),
            strict=True)
    )  # fmt: skip

    def budgeted(project: Project, prefix: str) -> Project:
        activities = tuple(
            replace(a, baseline_cost=max(costs[prefix + a.id], 0.0)) for a in project.activities
        )
        return replace(project, activities=activities)

    if isinstance(plan, Program):
        return replace(plan, projects=tuple(budgeted(p, f"{p.id}.") for p in plan.projects))
    return budgeted(plan, "")
