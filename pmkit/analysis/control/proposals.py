"""What a project manager could propose when a tolerance is exceeded, as far as the plan knows."""

from __future__ import annotations

from collections.abc import Iterator

from pmkit.analysis.control.tolerance_check import ToleranceCheck
from pmkit.analysis.crashing import crash
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.words import moment_text
from pmkit.model.change import Change
from pmkit.model.errors import InfeasibleError, PlanError
from pmkit.model.program import Plan, Program
from pmkit.model.scenario import Scenario
from pmkit.model.tolerance import Measure

ACCEPT = "Go on as it is"
"""The option that there always is: ask for more time, money, or less of the result."""
_PATIENCE = 8.0
"""Seconds that a time-cost curve may take."""


def proposals(check: ToleranceCheck) -> tuple[Scenario, ...]:
    """Return what could be done about the tolerances that are exceeded.

    Parameters
    ----------
    check
        Of the plan.

    Notes
    -----
    Going on; crashing to the latest finish that is within tolerance, or as far as money can, where
    time is exceeded and activities have crash costs; taking the responses that the risk register
    still holds, where a tolerance is to be kept with some confidence.
    """
    found = [Scenario(ACCEPT)]
    found += _crashes(check)
    found += _responses(check.plan, check)
    return tuple(found)


def _crashes(check: ToleranceCheck) -> Iterator[Scenario]:
    """To the latest finish that is within tolerance, of the whole and of each project of a program.

    Of several tolerances on one finish the closest counts.
    """
    limits: dict[str, float] = {}
    for one in check.exceeded:
        tolerance, target = one.tolerance, one.measured.target
        if (
            tolerance.on is Measure.TIME
            and tolerance.confidence is None
            and (one.deviation or 0) > 0
        ):
            assert target is not None
            assert tolerance.above is not None  # it is exceeded above
            share = one.measured.base / 100 if tolerance.unit == "%" else 1.0
            limit = target + tolerance.above * share
            limits[tolerance.project] = min(limits.get(tolerance.project, limit), limit)
    for project, limit in limits.items():
        yield from crash_to(check, project, limit)


def crash_to(check: ToleranceCheck, project: str, limit: float) -> Iterator[Scenario]:
    """Crash one project, or the whole, to a limit in working days; or as far as money can."""
    plan, prefix = check.plan, ""
    if project and isinstance(plan, Program):
        plan, prefix = plan.project(project), f"{project}."
    elif project:
        return  # one project of a flat network has no finish of its own to be crashed
    activities = plan.network.activities
    if not any(a.crash_cost is not None and not a.is_complete for a in activities):
        return
    try:
        curve = crash(plan, time_limit=_PATIENCE)
    except PlanError:
        return
    # a project may count its days from another start than its program
    days = limit
    if check.schedule.is_dated:
        days = critical_path(plan).days_of(check.schedule.date_of(limit).item())
    for wanted in dict.fromkeys((days, max(curve.earliest, days))):
        try:
            now = curve.at(wanted)
        except (InfeasibleError, PlanError):
            continue
        if now.changes:
            changes = tuple(Change(prefix + c.target, **c.values) for c in now.changes)
            when = moment_text(critical_path(plan), now.finish)
            yield Scenario(f"Crash {f'{project} ' if project else ''}to {when}", changes)
            return


def _responses(plan: Plan, check: ToleranceCheck) -> Iterator[Scenario]:
    if not any(c.tolerance.confidence is not None for c in check.exceeded):
        return
    left = [risk for risk in plan.network.risks
            if risk.is_open and risk.has_response and not risk.is_responded]  # fmt: skip
    if left:
        yield Scenario("Respond to the risks", tuple(Change(r.id, is_responded=True) for r in left))
