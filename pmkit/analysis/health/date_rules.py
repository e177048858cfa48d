"""Rules about dates, float and length of what is still to be done."""

from __future__ import annotations

from collections.abc import Mapping

from pmkit.analysis.health.examined import NOTHING_LEFT, Examined, Found
from pmkit.analysis.words import days_text, moment_words
from pmkit.model.activity import ConstraintKind

Limits = Mapping[str, float]

HARD = frozenset(
    {
        ConstraintKind.MUST_START_ON,
        ConstraintKind.MUST_FINISH_ON,
        ConstraintKind.START_NO_LATER_THAN,
        ConstraintKind.FINISH_NO_LATER_THAN,
    }
)
_WORK = "incomplete activities"
_SAME = 1e-6  # working days


def hard_constraints(plan: Examined, limits: Limits) -> Found:
    """Find dates that logic cannot move."""
    if not plan.work:
        return NOTHING_LEFT
    found = (plan.activities[i] for i in plan.work)
    offenders = tuple(
        (a.id, f"{a.constraint.replace('_', ' ')} {moment_words(a.constraint_date)}")
        for a in found
        if a.constraint in HARD
    )
    return Found(len(plan.work), _WORK, offenders)


def high_float(plan: Examined, limits: Limits) -> Found:
    """Find activities that may wait for long."""
    return _by_float(plan, lambda days: days > limits["high_float_days"] + _SAME)


def negative_float(plan: Examined, limits: Limits) -> Found:
    """Find activities that cannot keep a date."""
    return _by_float(plan, lambda days: days < -_SAME)


def _by_float(plan: Examined, offends: object) -> Found:
    if not plan.work:
        return NOTHING_LEFT
    assert callable(offends)
    total = plan.schedule.total_float.tolist()
    offenders = tuple(
        (plan.activities[i].id, f"total float {days_text(total[i])}")
        for i in plan.work
        if offends(total[i])
    )
    return Found(len(plan.work), _WORK, offenders)


def high_duration(plan: Examined, limits: Limits) -> Found:
    """Find activities that have long to go."""
    if not plan.work:
        return NOTHING_LEFT
    left = [(plan.activities[i].id, plan.activities[i].remaining) for i in plan.work]
    offenders = tuple(
        (id_, f"{days_text(days)} to go")
        for id_, days in left
        if days > limits["long_duration_days"] + _SAME
    )
    return Found(len(plan.work), _WORK, offenders)


def invalid_dates(plan: Examined, limits: Limits) -> Found:
    """Find forecasts that lie in the past."""
    if plan.status_date is None:
        return Found(reason="needs a status date")
    if not plan.open_nodes:
        return NOTHING_LEFT
    status = plan.days(plan.status_date) - _SAME
    starts, finishes = plan.schedule.start.tolist(), plan.schedule.end.tolist()
    offenders = []
    for i in plan.open_nodes:
        activity, past = plan.activities[i], []
        if starts[i] < status and not activity.is_started:
            past.append(f"to start on {plan.when(starts[i])}")
        if finishes[i] < status:
            past.append(f"to finish on {plan.when(finishes[i])}")
        if past:
            before = f"before the status date, {moment_words(plan.status_date)}"
            offenders.append((activity.id, f"{' and '.join(past)}, {before}"))
    return Found(len(plan.open_nodes), "incomplete activities and milestones", tuple(offenders))


def resources(plan: Examined, limits: Limits) -> Found:
    """Find work that nobody does and that costs nothing."""
    if not plan.work:
        return NOTHING_LEFT
    if not any(_is_loaded(plan, i) for i in plan.nodes):
        return Found(reason="the plan has no resources and no costs")
    looked = [
        i for i in plan.work
        if plan.activities[i].expected_duration >= limits["resource_days"] - _SAME
    ]  # fmt: skip
    if not looked:
        days = days_text(limits["resource_days"])
        return Found(reason=f"no incomplete activity lasts {days} or more")
    offenders = tuple(
        (plan.activities[i].id, f"{days_text(plan.activities[i].expected_duration)}, no resource "
                                "and no cost")
        for i in looked
        if not _is_loaded(plan, i)
    )  # fmt: skip
    days = days_text(limits["resource_days"])
    return Found(len(looked), f"incomplete activities of {days} or more", offenders)


def _is_loaded(plan: Examined, i: int) -> bool:
    activity = plan.activities[i]
    return bool(
        activity.resources
        or activity.fixed_cost
        or activity.cost_per_day
        or activity.fixed_cost_estimate
    )
