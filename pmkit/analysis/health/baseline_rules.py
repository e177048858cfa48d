"""Rules about the baseline: whether what was due is done, and whether the finish can be kept."""

from __future__ import annotations

from collections.abc import Mapping

from pmkit.analysis.health.examined import NOTHING_LEFT, Examined, Found, number
from pmkit.analysis.words import days_text, moment_words
from pmkit.model.moments import is_after

Limits = Mapping[str, float]
_SAME = 1e-6  # working days


def _lacks(plan: Examined) -> str:
    needs = []
    if not plan.has_baseline:
        needs.append("a saved baseline")
    if plan.status_date is None:
        needs.append("a status date")
    return f"needs {' and '.join(needs)}" if needs else ""


def _due(plan: Examined) -> list[int]:
    """What the baseline has finished by the status date."""
    status, found = plan.status_date, []
    assert status is not None
    for i in plan.tasks:
        planned = plan.activities[i].baseline_finish
        if planned is not None and not is_after(planned, status):
            found.append(i)
    return found


def missed_activities(plan: Examined, limits: Limits) -> Found:
    """Find what finished later than in the baseline, or should have."""
    if reason := _lacks(plan):
        return Found(reason=reason)
    due = _due(plan)
    if not due:
        return Found(reason="the baseline has nothing finished by the status date")
    offenders = []
    for i in due:
        activity = plan.activities[i]
        assert activity.baseline_finish is not None
        planned = f"planned for {moment_words(activity.baseline_finish)}"
        if not activity.is_complete:
            offenders.append((activity.id, f"{planned}, not finished"))
        elif activity.actual_finish is not None and is_after(
            activity.actual_finish, activity.baseline_finish
        ):
            finished = moment_words(activity.actual_finish)
            offenders.append((activity.id, f"{planned}, finished {finished}"))
    return Found(len(due), "activities due by the status date", tuple(offenders))


def bei(plan: Examined, limits: Limits) -> Found:
    """Count what is complete against what was to be."""
    if reason := _lacks(plan):
        return Found(reason=reason)
    due = _due(plan)
    unplanned = [i for i in plan.tasks if plan.activities[i].baseline_finish is None]
    asked = len(due) + len(unplanned)
    if not asked:
        return Found(reason="the baseline has nothing finished by the status date")
    done = sum(plan.activities[i].is_complete for i in plan.tasks)
    open_ = [plan.activities[i] for i in sorted(due + unplanned)]
    line = (
        f"BEI = {done:,} complete / ({len(due):,} due by the status date + {len(unplanned):,} "
        f"without a baseline finish) = {number(done / asked)}"
    )
    offenders = tuple(
        (a.id, "no baseline finish, not finished" if a.baseline_finish is None
         else f"planned for {moment_words(a.baseline_finish)}, not finished")
        for a in open_
        if not a.is_complete
    )  # fmt: skip
    what = "activities due by the status date, or without a baseline finish"
    return Found(asked, what, offenders, done / asked, (line,))


def cpli(plan: Examined, limits: Limits) -> Found:
    """Weigh the float of the longest path against its length."""
    imposed = plan.network.settings.finish
    target = plan.planned_finish if imposed is None else plan.days(imposed)
    if target is None:
        return Found(reason="needs a saved baseline or an imposed finish")
    if not plan.open_nodes:
        return NOTHING_LEFT
    begin = 0.0 if plan.status_date is None else max(plan.days(plan.status_date), 0.0)
    finish = plan.schedule.finish
    length = finish - begin
    if length <= _SAME:
        return Found(reason="the plan finishes by its status date")
    spare = target - finish
    value = (length + spare) / length
    since = "the project start" if plan.status_date is None else "the status date"
    name = "baseline finish" if imposed is None else "imposed finish"
    lines = (
        f"length: from {since}, {plan.when(begin)}, to the finish, {plan.when(finish)} = "
        f"{days_text(length)}",
        f"total float: from the finish to the {name}, {plan.when(target)} = {days_text(spare)}",
        f"CPLI = ({number(length)} {'+' if spare >= 0 else '-'} {number(abs(spare))}) / "
        f"{number(length)} = {number(value)}",
    )
    ids = plan.network.topology.index
    path = [id_ for id_ in plan.schedule.longest_path if not plan.activities[ids[id_]].is_complete]
    offenders: tuple[tuple[str, str], ...] = ()
    if value < limits["cpli"] - 1e-9:
        offenders = tuple((id_, "on the longest path") for id_ in path)
    return Found(len(path), "activities on the longest path", offenders, value, lines)
