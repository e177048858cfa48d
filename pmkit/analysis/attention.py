"""What in a plan under way asks for a project manager's attention, a sentence each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from pmkit.analysis.figures import number_text
from pmkit.analysis.scheduling.progress_line import progress_line
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.scheduling.slip import slip
from pmkit.model.activity import Activity

if TYPE_CHECKING:
    from pmkit.analysis.earning.earned_value import EarnedValue

KINDS = {
    "promise": "Promised dates that are not met",
    "late_start": "Should have started",
    "out_of_sequence": "Out of sequence",
    "contradiction": "Remaining work contradicts the percentage",
    "no_cost": "Started, and no actual cost reported",
    "slip": "Where delay arises",
    "over_cost": "Most over cost",
}
"""What each kind of finding is called, the most pressing first."""

_NOTABLE_DAYS = 1.0
_NOTABLE_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at.

    Parameters
    ----------
    kind
        One of `KINDS`.
    id
        Of the activity.
    size
        How much of it: working days, or money for ``over_cost``; 0 where it is not counted.
    sentence
        What it is.
    """

    kind: str
    id: str
    size: float
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def findings(schedule: Schedule, status: EarnedValue | None = None) -> tuple[Finding, ...]:
    """Return what asks for attention, by kind, the largest of each kind first.

    Parameters
    ----------
    schedule
        Of a plan with progress.
    status
        Its earned value; without it, nothing is said of cost.

    Examples
    --------
    >>> from pmkit.analysis.scheduling.schedule import critical_path
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import Settings
    >>> plan = Project((Activity("A", 4, baseline_start=0, baseline_finish=4),
    ...                 Activity("B", 4, actual_start=0)), settings=Settings(status_date=3))
    >>> for found in findings(critical_path(plan)):
    ...     print(found.kind, "-", found)
    late_start - 'A' should have started 3 working days ago, and has not.
    slip - 'A' finishes 3 working days later than in the baseline; it is critical.
    """
    found = [
        *_promises(schedule),
        *_late_starts(schedule),
        *(Finding("out_of_sequence", o.successor, 0, o.sentence) for o in schedule.out_of_sequence),
        *_contradictions(schedule),
        *(_without_cost(schedule, status) if status is not None else ()),
        *_slips(schedule),
        *(_over_cost(status, schedule) if status is not None else ()),
    ]
    order = list(KINDS)
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), -one.size)))


def _activities(schedule: Schedule) -> tuple[Activity, ...]:
    return schedule.plan.network.activities


def _label(activity: Activity) -> str:
    return f"{activity.id!r} {activity.name}".rstrip()


def _days(days: float) -> str:
    text = number_text(round(days, 1))
    return f"{text} working day{'' if text == '1' else 's'}"


def _promises(schedule: Schedule) -> Iterator[Finding]:
    """Constraints and an imposed finish that the logic of the plan cannot keep."""
    late = schedule.total_float
    for i, activity in enumerate(_activities(schedule)):
        if not activity.constraint_date or late[i] >= -1e-9 or activity.is_complete:
            continue
        what = activity.constraint.value.replace("_", " ")
        when = f"{activity.constraint_date:%Y-%m-%d}" if schedule.is_dated else (
            f"day {activity.constraint_date}"
        )  # fmt: skip
        yield Finding(
            "promise", activity.id, -float(late[i]),
            f"{_label(activity)} must {what} {when}, and misses that by {_days(-late[i])}.",
        )  # fmt: skip


def _late_starts(schedule: Schedule) -> Iterator[Finding]:
    line, planned = progress_line(schedule), slip(schedule).baseline_start
    if line is None:
        return
    for i, activity in enumerate(_activities(schedule)):
        late = line.status - planned[i]
        if schedule.state[i] == "not started" and late > 1e-6 and not activity.type.is_span:
            yield Finding(
                "late_start", activity.id, float(late),
                f"{_label(activity)} should have started {_days(late)} ago, and has not.",
            )  # fmt: skip


def _contradictions(schedule: Schedule) -> Iterator[Finding]:
    for i, activity in enumerate(_activities(schedule)):
        given, percent = activity.remaining_duration, activity.percent_complete
        if schedule.state[i] != "in progress" or given is None or percent is None:
            continue
        left = activity.expected_duration * (1 - percent / 100)
        off = abs(given - left)
        if off > max(_NOTABLE_DAYS, _NOTABLE_SHARE * activity.expected_duration):
            yield Finding(
                "contradiction", activity.id, off,
                f"{_label(activity)} is {number_text(percent)} % complete, which leaves "
                f"{_days(left)} of {number_text(activity.expected_duration)}, "
                f"but {_days(given)} {'is' if given == 1 else 'are'} said to remain.",
            )  # fmt: skip


def _without_cost(schedule: Schedule, status: EarnedValue) -> Iterator[Finding]:
    """Only where costs are reported at all; otherwise the figures say so once."""
    if isnan(status.ac):
        return
    budget = status.activities["bac"].to_numpy()
    for i, activity in enumerate(_activities(schedule)):
        started = schedule.state[i] != "not started"
        if started and activity.actual_cost is None and budget[i] > 0:
            yield Finding(
                "no_cost", activity.id, float(budget[i]),
                f"{_label(activity)} has started, and no actual cost is reported for it.",
            )  # fmt: skip


def _slips(schedule: Schedule) -> Iterator[Finding]:
    """Where lateness arises: more of it than was handed on by what came before."""
    late = slip(schedule).finish
    network = schedule.plan.network
    index, handed_on = network.topology.index, np.zeros(len(late))
    for link in network.dependencies:
        before, after = index[link.predecessor], index[link.successor]
        handed_on[after] = np.fmax(handed_on[after], late[before])
    for i in np.flatnonzero(late - handed_on > 1e-6).tolist():
        activity, own = _activities(schedule)[i], float(late[i] - handed_on[i])
        if schedule.state[i] == "complete" or activity.type.is_span:
            continue
        what = f"{_label(activity)} finishes {_days(late[i])} later than in the baseline"
        if handed_on[i] > 1e-6:
            what += f", {_days(own)} of that by itself"
        also = "; it is critical" if schedule.is_critical[i] else ""
        yield Finding("slip", activity.id, own, f"{what}{also}.")


def _over_cost(status: EarnedValue, schedule: Schedule) -> Iterator[Finding]:
    table = status.activities
    currency = f"{status.currency} " if status.currency else ""
    for activity, cv, ev in zip(_activities(schedule), table["cv"], table["ev"], strict=True):
        if not cv < 0:
            continue
        earned = f"than the {currency}{number_text(ev)} that its work was to cost"
        what = f"has cost {currency}{number_text(-cv)} more {earned}"
        if not ev:
            what = f"has cost {currency}{number_text(-cv)}, and has earned nothing yet"
        yield Finding("over_cost", activity.id, -float(cv), f"{_label(activity)} {what}.")
