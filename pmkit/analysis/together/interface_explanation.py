"""Why an interface stands as it does, in sentences with the numbers put in."""

from __future__ import annotations

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.together.interface import Interface
from pmkit.analysis.words import days_text

_SAME = 1e-6


def explain_interface(one: Interface, schedule: Schedule) -> Explanation:
    """Explain the dates of one interface."""
    title = f"{one.giver} -> {one.taker} ({one.link.relation}): {one.status}"
    lines = [
        f"{_owned(one.giving_project, one.giving_owner)} hands over {one.what!r} to "
        f"{_owned(one.taking_project, one.taking_owner)}",
        f"promised: {one.promised}"
        + ("" if one.is_promised else ", as planned now, because no baseline was saved"),
    ]
    if one.is_met:
        lines.append(f"handed over: {one.forecast}{_off(one)}")
        return Explanation(title, tuple(lines))
    lines.append(f"forecast: {one.forecast}{_off(one)}")
    if not one.needed.is_known:
        lines.append(
            "nobody waits for it: the taker went on without it" if not one.is_waited_for
            else "its dates follow from others, so that it has no float of its own"
        )  # fmt: skip
        return Explanation(title, tuple(lines))
    lines.append(f"needed by {one.taking_project}: {one.needed}, {_room(one)}")
    room = round(one.total_float, 6)
    lines.append(
        f"needed by the program: {one.needed_by_program}, "
        + (f"{days_text(room)} of float" if room >= 0 else f"{days_text(-room)} too late")
    )
    lines.append(_drives(one, schedule))
    return Explanation(title, tuple(lines))


def _owned(project: str, owner: str) -> str:
    return f"{project} ({owner})" if owner else project


def _off(one: Interface) -> str:
    if abs(one.late) <= _SAME:
        return "" if not one.is_promised else ", as promised"
    word = "later" if one.late > 0 else "earlier"
    return f", {days_text(abs(one.late))} {word} than promised"


def _room(one: Interface) -> str:
    room, taker = round(one.project_float, 6), one.taking_project
    if room > 0:
        return f"{days_text(room)} of float: up to that {taker} does not notice"
    if room == 0:
        return f"no float: any slip moves what {taker} is committed to"
    return f"{days_text(-room)} too late: {taker} cannot keep what it is committed to"


def _drives(one: Interface, schedule: Schedule) -> str:
    if one.is_driving:
        return (
            "it is on a driving chain to the program's finish"
            + (f", {schedule.finish_date:%Y-%m-%d}" if schedule.finish_date else
               f", day {schedule.finish:g}")
        )  # fmt: skip
    if one.drives_taker:
        return f"it drives {one.taker}, which does not drive the program's finish"
    return f"{one.taker} waits for something else as long, or longer"
