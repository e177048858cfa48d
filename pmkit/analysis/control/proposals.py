"""What a project manager could propose when a tolerance is exceeded, as far as the plan knows."""

from __future__ import annotations

from collections.abc import Iterator

from pmkit.analysis.control.lines import moment_text
from pmkit.analysis.control.tolerance_check import ToleranceCheck
from pmkit.analysis.crashing import crash
from pmkit.model.change import Change
from pmkit.model.errors import InfeasibleError, PlanError
from pmkit.model.program import Plan
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
    late = [c for c in check.exceeded if c.tolerance.on is Measure.TIME and not c.tolerance.project
            and c.tolerance.confidence is None and (c.deviation or 0) > 0]  # fmt: skip
    activities = check.plan.network.activities
    if not late or not any(a.crash_cost is not None and not a.is_complete for a in activities):
        return
    limits = []
    for one in late:
        target, above = one.measured.target, one.tolerance.above
        assert target is not None
        assert above is not None  # it is exceeded above
        limits.append(
            target + (above * one.measured.base / 100 if one.tolerance.unit == "%" else above)
        )
    try:
        curve = crash(check.plan, time_limit=_PATIENCE)
    except PlanError:
        return
    for wanted in dict.fromkeys((min(limits), max(curve.earliest, min(limits)))):
        try:
            now = curve.at(wanted)
        except (InfeasibleError, PlanError):
            continue
        if now.changes:
            when = moment_text(check.schedule, now.finish)
            yield Scenario(f"Crash to {when}", now.changes)
            return


def _responses(plan: Plan, check: ToleranceCheck) -> Iterator[Scenario]:
    if not any(c.tolerance.confidence is not None for c in check.exceeded):
        return
    left = [risk for risk in plan.network.risks
            if risk.is_open and risk.has_response and not risk.is_responded]  # fmt: skip
    if left:
        yield Scenario("Respond to the risks", tuple(Change(r.id, is_responded=True) for r in left))
