"""Issues: a risk that occurs, or what nobody had foreseen, with its effect on the plan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pmkit.analysis.control.entries import added, found, local, next_id, project_of, revised
from pmkit.model.activity import Moment, is_finite
from pmkit.model.applying import applied
from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.issue import Issue, IssueState
from pmkit.model.program import Plan, Program
from pmkit.model.risk import RiskEvent, RiskKind, RiskState


def raise_issue(
    plan: Plan,
    risk: str = "",
    *,
    id: str = "",
    name: str = "",
    owner: str = "",
    due: Moment | None = None,
    raised: Moment | None = None,
    activities: tuple[str, ...] = (),
    days: float | None = None,
    cost_impact: float | None = None,
    note: str = "",
) -> Plan:
    """Put an issue in the log, and what it does to the plan into the plan.

    Parameters
    ----------
    plan
        A project or a program.
    risk
        Id of the risk that occurred: it is no longer drawn in a simulation, and what the register
        expects of it stands in for what is not given here.
    id
        By default the next of the log, ``"I1"``.
    name, owner, due, note
        What has happened, who sees to it, by when, and what else is to be said.
    raised
        When; the status date by default.
    activities
        Ids of the activities that it touches, in a program ``project.activity``.
    days
        Working days that it adds to each of them; less than 0 where it saves some.
    cost_impact
        Money that it adds beside what the activities cost; less than 0 where it saves some.

    Returns
    -------
    Project or Program
        With the issue, the risk occurred, and the activities longer, also what remains of those
        that have begun.

    Raises
    ------
    PlanError
        If there is no such risk or it is not open, an activity is not of the plan, or days are
        added to nothing that is still to be done.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> rain = RiskEvent("R1", "Rain", ("Dig",), 0.3, 4, 500)
    >>> plan = raise_issue(Project((Activity("Dig", 10),), risks=(rain,)), "R1", owner="Ann")
    >>> plan["Dig"].duration, plan.network.risks[0].state.value
    (14.0, 'occurred')
    >>> issue = plan.control.issues[0]
    >>> issue.id, issue.name, issue.days
    ('I1', 'Rain', 4.0)
    """
    project, event = _event(plan, risk) if risk else ("", None)
    if event is not None:
        touched = activities or event.activities
        name, owner = name or event.name, owner or event.owner
        days = _expected_days(event) if days is None else days
        cost_impact = _expected_cost(event) if cost_impact is None else cost_impact
    else:
        touched, project = activities, project_of(plan, activities)
        if not (name or note):
            raise PlanError("issue: must have a name, or the id of a risk that occurred")
    status = plan.network.settings.status_date
    issue = Issue(
        id or next_id(plan, project, "issues"), name, risk, owner,
        status if raised is None else raised, due, IssueState.OPEN, touched, days or 0.0,
        cost_impact or 0.0, note,
    )  # fmt: skip
    plan = _moved(plan, issue, issue.days)
    if event is not None:
        plan = applied(plan, Change(event.id, state=RiskState.OCCURRED.value))
    return added(plan, project, "issues",
                 replace(issue, activities=local(project, issue.activities)))  # fmt: skip


def _event(plan: Plan, id_: str) -> tuple[str, RiskEvent]:
    """The project that holds a risk, and the risk as the whole plan sees it."""
    for risk in plan.network.risks:
        if risk.id == str(id_):
            if not risk.is_open:
                raise PlanError(
                    f"risk {risk.id!r}: must be open to occur, is {risk.state.value}", risk.id
                )
            holders = plan.projects if isinstance(plan, Program) else ()
            held = [p.id for p in holders if any(own.id == risk.id for own in p.risks)]
            return (held[0] if held else ""), risk
    known = ", ".join(repr(risk.id) for risk in plan.network.risks) or "none"
    raise PlanError(f"issue: risk must be one of the register ({known}), got {str(id_)!r}")


def _sign(risk: RiskEvent) -> int:
    return -1 if risk.kind is RiskKind.OPPORTUNITY else 1


def _expected_days(risk: RiskEvent) -> float:
    impact = risk.as_it_stands.impact
    return 0.0 if impact is None else _sign(risk) * impact.most_likely


def _expected_cost(risk: RiskEvent) -> float:
    return _sign(risk) * risk.as_it_stands.cost_impact


def _moved(plan: Plan, issue: Issue, days: float) -> Plan:
    """Add days to what is still to be done of the activities that an issue touches."""
    network = plan.network
    for id_ in issue.activities:
        if id_ not in network.topology.index:
            raise PlanError(
                f"issue {issue.id!r}: activities must be activities of the plan, got {id_!r}",
                issue.id,
            )
    if not days:
        return plan
    left = [id_ for id_ in issue.activities
            if not network[id_].is_complete and not network[id_].type.is_span]  # fmt: skip
    if not left:
        came = ", ".join(map(repr, issue.activities)) or "none"
        raise PlanError(
            f"issue {issue.id!r}: days must be those of an activity that is still to be done, "
            f"got {days:g} days on {came}",
            issue.id,
        )
    for id_ in left:
        activity = network[id_]
        values = {"duration": float(max(activity.expected_duration + days, 0))}
        if activity.is_started:
            values["remaining_duration"] = float(max(activity.remaining + days, 0))
        plan = applied(plan, Change(id_, **values))
    return plan


def revise_issue(
    plan: Plan, id: str, *, days: float | None = None, cost_impact: float | None = None,
    **fields: Any,
) -> Plan:  # fmt: skip
    """Return the plan with an issue changed, and its effect with it.

    Parameters
    ----------
    plan
        A project or a program.
    id
        Of the issue, in a program ``project.issue`` where a project holds it.
    days
        Working days that it adds now; what it added before is taken off again.
    cost_impact
        Money that it adds now beside what the activities cost: 0 once it is in their actual cost.
    **fields
        ``name owner due note``.

    Raises
    ------
    PlanError
        If there is no such issue, or a field is another.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> plan = Project((Activity("Dig", 10),))
    >>> plan = raise_issue(plan, name="Rock", activities=("Dig",), days=4)
    >>> revise_issue(plan, "I1", days=1)["Dig"].duration
    11.0
    """
    allowed = ("name", "owner", "due", "note")
    if strange := [name for name in fields if name not in allowed]:
        raise PlanError(
            f"issue {id!r}: what is revised must be days, cost_impact, {', '.join(allowed)}, "
            f"got {strange[0]}"
        )
    _, issue = found(plan, "issues", id)
    if days is not None:
        if not is_finite(days):
            raise PlanError(f"issue {id!r}: days must be a finite number of working days, "
                            f"got {days!r}")  # fmt: skip
        plan = _moved(plan, issue, days - issue.days)
        fields["days"] = float(days)
    if cost_impact is not None:
        fields["cost_impact"] = cost_impact
    return revised(plan, "issues", id, **fields)


def close_issue(plan: Plan, id: str, note: str = "") -> Plan:
    """Return the plan with an issue closed: nobody has to act any more; its effect stays.

    Parameters
    ----------
    plan
        A project or a program.
    id
        Of the issue.
    note
        What was done; added to the note that it has.

    Raises
    ------
    PlanError
        If there is no such issue, or it is closed already.
    """
    _, issue = found(plan, "issues", id)
    if not issue.is_open:
        raise PlanError(f"issue {id!r}: must be open to be closed, is closed", id)
    told = "; ".join(filter(None, (issue.note, note)))
    return revised(plan, "issues", id, state=IssueState.CLOSED, note=told)
