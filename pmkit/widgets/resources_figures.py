"""The figures of a levelled plan: what levelling costs in time, and how good the answer is."""

from __future__ import annotations

from pmkit.analysis.resourcing.levelling import LevelledSchedule
from pmkit.analysis.resourcing.usage import ResourceUsage
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.views.theme import day_text, days_text, number_text, titled
from pmkit.widgets.figure import Figure, missing

_LEAST = 1e-6
_MOST = 12
_ARROW = " \u2192 "


def figures(before: ResourceUsage, after: ResourceUsage) -> list[Figure]:
    """Return the headlines.

    Parameters
    ----------
    before, after
        Use by logic alone, and levelled.
    """
    levelled = after.schedule
    assert isinstance(levelled, LevelledSchedule)
    return [
        _logic(before.schedule),
        _finish(before.schedule, levelled),
        _proof(levelled),
        _over(before, after),
        _peak(before, after),
        _delayed(levelled),
    ]


def figures_before(before: ResourceUsage) -> list[Figure]:
    """Return what is known before anything is levelled."""
    return [_logic(before.schedule), _over(before, None)]


def _logic(schedule: Schedule) -> Figure:
    return Figure(
        "logic",
        "Finish before levelling",
        when(schedule),
        f"{days_text(round(schedule.finish, 2))}, as if there were enough of everything.",
    )


def when(schedule: Schedule, days: float | None = None) -> str:
    """Return the finish in words, or that of another number of working days."""
    if days is None and schedule.finish_date is not None:
        return day_text(schedule.finish_date)
    days = schedule.finish if days is None else days
    if schedule.is_dated:
        return day_text(schedule.date_of(days)[()])
    return f"Day {number_text(round(days, 2))}"


def later(before: Schedule, levelled: Schedule) -> str:
    """Return how much later levelling ends, in words."""
    days = round(levelled.finish - before.finish, 2)
    if not days:
        return "as by logic alone"
    return f"{days_text(abs(days))} {'later' if days > 0 else 'earlier'} than by logic alone"


def proof(levelled: LevelledSchedule) -> str:
    """Return how good the finish is, in words."""
    if levelled.aim == "smooth":
        return "the finish is kept, and the peaks are lowered"
    if levelled.is_optimal:
        return "proven shortest"
    gain = round(levelled.finish - levelled.bound, 2)
    return f"at most {days_text(gain)} could still be gained"


def _finish(before: Schedule, levelled: LevelledSchedule) -> Figure:
    words = later(before, levelled)
    return Figure(
        "finish",
        "Finish after levelling",
        when(levelled),
        f"{words[:1].upper()}{words[1:]}.",
        arithmetic=(
            f"Before levelling: {when(before)}, after {days_text(round(before.finish, 4))}",
            f"After levelling: {when(levelled)}, after {days_text(round(levelled.finish, 4))}",
        ),
    )


def _proof(levelled: LevelledSchedule) -> Figure:
    title = "Could it be shorter?"
    bound = (
        f"Least that any schedule takes: {days_text(round(levelled.bound, 4))}, "
        f"{when(levelled, levelled.bound)}"
    )
    if levelled.aim == "smooth":
        return Figure("proof", "Smoothed", "Finish kept",
                      "Activities move within their float; capacities do not bind.")  # fmt: skip
    if levelled.is_optimal:
        return Figure("proof", title, "No", "Proven shortest: nothing finishes earlier.", "good",
                      (bound,))  # fmt: skip
    gain = round(levelled.finish - levelled.bound, 2)
    return Figure(
        "proof",
        title,
        f"{number_text(gain)} day{'' if gain == 1 else 's'} at most",
        f"At most {days_text(gain)} could still be gained, "
        f"{number_text(round(100 * levelled.gap, 1))} % of the finish.",
        arithmetic=(bound, levelled.outcome),
    )


def _over(before: ResourceUsage, after: ResourceUsage | None) -> Figure:
    usages = [before] if after is None else [before, after]
    days = [round(float(usage.table["over_days"].sum()), 2) for usage in usages]
    counts = [len({one.resource for one in usage.over_allocations}) for usage in usages]
    lines = []
    for name in before.resources:
        told = [float(usage.table["over_days"][name]) for usage in usages]
        if any(told):
            lines.append(f"{name}: {_ARROW.join(number_text(round(d, 2)) for d in told)}")
    told_counts = [f"{n} resource{'' if n == 1 else 's'}" if n else "none" for n in counts]
    words = f"{told_counts[0][:1].upper()}{told_counts[0][1:]} over capacity"
    words += " before levelling." if after is None else f" before, {told_counts[1]} after."
    return Figure(
        "over",
        "Days over capacity",
        _ARROW.join(number_text(d) for d in days) if any(days) else "0",
        words,
        "bad" if counts[-1] else "good",
        tuple(lines[:_MOST]),
    )


def _peak(before: ResourceUsage, after: ResourceUsage) -> Figure:
    title = "Highest peak"
    used = [name for name in before.resources if before.table["peak"][name] > 0]
    if not used:
        return missing("peak", title, "No use", "No activity that is left uses a resource.")

    def share(name: str) -> float:
        capacity = before.capacity[name]
        peak = float(before.table["peak"][name])
        return peak / capacity if capacity else float("inf")

    def told(name: str) -> str:
        peaks = [float(usage.table["peak"][name]) for usage in (before, after)]
        return _ARROW.join(number_text(p) for p in peaks)

    worst = max(used, key=share)
    capacity = after.capacity[worst]
    there = "no limit" if capacity == float("inf") else f"{number_text(capacity)} there"
    lines = [f"{name}: {told(name)}" for name in sorted(used, key=share, reverse=True)]
    return Figure("peak", title, told(worst), f"{worst}, {there}.", arithmetic=tuple(lines[:_MOST]))


def _delayed(levelled: LevelledSchedule) -> Figure:
    delays = [(float(delay), id_) for delay, id_ in zip(levelled.delay, levelled.ids, strict=True)
              if delay > _LEAST]  # fmt: skip
    network = levelled.plan.network
    chain = [titled(id_, network[id_].name) for id_ in levelled.critical_chain]
    lines = ["The finish hangs on, through logic and resources:", *chain[-_MOST:]]
    if not delays:
        return Figure("delayed", "Delayed activities", "None", "Everything starts as logic has it.",
                      arithmetic=tuple(lines))  # fmt: skip
    longest, id_ = max(delays)
    name = titled(id_, network[id_].name)
    return Figure(
        "delayed",
        "Delayed activities",
        f"{len(delays)} of {len(levelled.ids)}",
        f"{name} the longest, by {days_text(round(longest, 2))}.",
        arithmetic=tuple(lines),
    )
