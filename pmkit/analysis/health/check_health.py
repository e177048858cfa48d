"""Checking the health of a schedule, rule by rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pmkit.analysis.health import baseline_rules, date_rules, logic_rules
from pmkit.analysis.health.examined import Examined, Found, number
from pmkit.analysis.health.health import Check, Health
from pmkit.analysis.health.path_test import critical_path_test
from pmkit.analysis.health.rules import COUNT, PERCENT, RULES, Rule
from pmkit.analysis.health.thresholds import settled
from pmkit.model.program import Plan

_SAME = 1e-9

_LOOKS: dict[str, Callable[[Examined, Mapping[str, float]], Found]] = {
    look.__name__: look
    for look in (
        logic_rules.logic,
        logic_rules.leads,
        logic_rules.lags,
        logic_rules.relationship_types,
        date_rules.hard_constraints,
        date_rules.high_float,
        date_rules.negative_float,
        date_rules.high_duration,
        date_rules.invalid_dates,
        date_rules.resources,
        baseline_rules.missed_activities,
        critical_path_test,
        baseline_rules.cpli,
        baseline_rules.bei,
        logic_rules.merge_hotspots,
        logic_rules.out_of_sequence,
        logic_rules.dangling_starts,
        logic_rules.dangling_finishes,
    )
}


def check_health(plan: Plan, thresholds: Mapping[str, Any] | None = None) -> Health:
    """Hold a schedule against the DCMA's fourteen points, and four more.

    Parameters
    ----------
    plan
        A project, or a program, which is looked at as one network.
    thresholds
        Others than the usual: ``{"lags": 10}``. Named like the checks (percent from 0 to 100,
        indices, counts), or ``high_float_days`` (44 working days), ``long_duration_days`` (44),
        ``resource_days`` (1), ``critical_path_delay`` (600), ``merge_predecessors`` (2).

    Returns
    -------
    Health
        For each rule its value, its threshold, and the activities or dependencies that break it.

    Raises
    ------
    PlanError
        If a threshold has a name that there is not, or a value that it cannot have.

    Notes
    -----
    The rules are those of DCMA-EA PAM 200.1 (2012): incomplete activities are counted, without
    level of effort, summaries and milestones; dependencies are those into incomplete activities
    and milestones. Where it leaves a choice: the first activity and the last of each project need
    no predecessor and no successor; duration is what remains; a value at its threshold passes.
    Merge hotspots as in Deltek Acumen Fuse, dangling ends and progress out of sequence from the
    *Schedule Assessment Guide* (GAO-16-89G, 2015). The critical path test is one forward pass.

    Examples
    --------
    >>> from pmkit.model.project import Project
    >>> plan = Project.from_table([("A", 3, ""), ("B", 60, "A"), ("C", 2, "A FS+2; B")])
    >>> health = check_health(plan)
    >>> health
    Health 10 of 12 checks passed, 6 not checked
    >>> health.failed, health["lags"].offenders
    (('lags', 'high_duration'), ('A -> C (FS+2)',))
    >>> round(health["lags"].value, 2), health["lags"].threshold, health["lags"].passed
    (33.33, 5.0, False)
    """
    limits = settled(thresholds)
    examined = Examined.of(plan)
    checks = (_checked(rule, _LOOKS[name](examined, limits), limits)
              for name, rule in RULES.items())  # fmt: skip
    return Health(plan, limits, tuple(checks), examined)


def _checked(rule: Rule, found: Found, limits: Mapping[str, float]) -> Check:
    """Hold what was found against the threshold."""
    limit = limits["critical_path_delay" if rule.name == "critical_path_test" else rule.name]
    count, value, lines = len(found.offenders), found.value, found.lines
    passed = found.passed
    if found.reason:
        value = passed = None
    elif value is None:
        value = float(count)
        if rule.unit == PERCENT:
            value = 100 * count / found.of
            lines = (f"{count:,} of {found.of:,} {found.what} = {number(value)} %",)
        elif rule.unit == COUNT:
            lines = (f"{count:,} of {found.of:,} {found.what}",)
    if value is not None and passed is None:
        room = _SAME * max(1.0, limit)
        passed = value >= limit - room if rule.at_least else value <= limit + room
    return Check(
        name=rule.name,
        rule=rule.title,
        value=value,
        unit=rule.unit,
        threshold=limit,
        at_least=rule.at_least,
        passed=passed,
        offenders=tuple(offender for offender, _ in found.offenders),
        details=tuple(detail for _, detail in found.offenders),
        of=found.of,
        what=found.what,
        meaning=rule.meaning.format(**{name: number(x) for name, x in limits.items()}),
        advice=rule.advice,
        reason=found.reason,
        lines=lines,
    )
