"""Rules about the logic: what is tied to what, and how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pmkit.analysis.health.examined import NOTHING_LEFT, Examined, Found, number
from pmkit.model.dependency import Dependency, DependencyKind

Limits = Mapping[str, float]

_NO_LINKS = Found(reason="the plan has no dependencies into incomplete work")
_LINKS, _WORK = "dependencies", "incomplete activities"
_FS = DependencyKind.FINISH_TO_START


def logic(plan: Examined, limits: Limits) -> Found:
    """Find activities without a predecessor or a successor."""
    if not plan.work:
        return NOTHING_LEFT
    first = _excused(plan, plan.into, plan.schedule.start)
    last = _excused(plan, plan.out_of, -plan.schedule.end)
    offenders = []
    for i in plan.work:
        missing = [
            name for name, links, excused in (("predecessor", plan.into, first),
                                              ("successor", plan.out_of, last))
            if not links[i] and i not in excused
        ]  # fmt: skip
        if missing:
            offenders.append((plan.activities[i].id, f"no {' and no '.join(missing)}"))
    return Found(len(plan.work), _WORK, tuple(offenders))


def _excused(plan: Examined, links: list[list[Dependency]], order: Any) -> set[int]:
    """Of what is tied to nothing on one side, the outermost of each project: a milestone first."""
    outermost: dict[str, tuple[float, bool, int]] = {}
    for i in plan.nodes:
        if not links[i]:
            activity = plan.activities[i]
            place = (float(order[i]), not activity.is_milestone, i)
            known = outermost.get(activity.project)
            outermost[activity.project] = place if known is None else min(known, place)
    return {i for _, _, i in outermost.values()}


def _named(links: Iterable[Dependency], why: str) -> tuple[tuple[str, str], ...]:
    return tuple((str(link), f"{why} {link.relation[2:]}".rstrip()) for link in links)


def leads(plan: Examined, limits: Limits) -> Found:
    """Find dependencies with a lag below 0."""
    if not plan.links:
        return _NO_LINKS
    found = (link for link in plan.links if link.lag < 0)
    return Found(len(plan.links), _LINKS, _named(found, "lead"))


def lags(plan: Examined, limits: Limits) -> Found:
    """Find dependencies with a lag above 0."""
    if not plan.links:
        return _NO_LINKS
    found = (link for link in plan.links if link.lag > 0)
    return Found(len(plan.links), _LINKS, _named(found, "lag"))


_KINDS = {
    DependencyKind.START_TO_START: "start-to-start",
    DependencyKind.FINISH_TO_FINISH: "finish-to-finish",
    DependencyKind.START_TO_FINISH: "start-to-finish",
}


def relationship_types(plan: Examined, limits: Limits) -> Found:
    """Find dependencies that are not finish-to-start."""
    if not plan.links:
        return _NO_LINKS
    count = len(plan.links)
    found = [link for link in plan.links if link.kind is not _FS]
    share = 100 * (count - len(found)) / count
    line = f"{count - len(found):,} finish-to-start of {count:,} dependencies = {number(share)} %"
    return Found(count, _LINKS, tuple((str(link), _KINDS[link.kind]) for link in found), share,
                 (line,))  # fmt: skip


def merge_hotspots(plan: Examined, limits: Limits) -> Found:
    """Find what waits for many others at once."""
    waiting = [i for i in plan.open_nodes if not plan.activities[i].is_started]
    if not waiting:
        return Found(reason="everything has begun")
    offenders = []
    for i in waiting:
        count = len({link.predecessor for link in plan.into[i]})
        if count > limits["merge_predecessors"]:
            offenders.append((plan.activities[i].id, f"{count} predecessors"))
    return Found(len(waiting), "activities and milestones that have not begun", tuple(offenders))


def dangling_starts(plan: Examined, limits: Limits) -> Found:
    """Find starts that no predecessor governs."""
    waiting = [i for i in plan.work if not plan.activities[i].is_started]
    if not waiting:
        return Found(reason="everything has begun")
    offenders = [
        (plan.activities[i].id, f"predecessors only by {_only(plan.into[i])}")
        for i in waiting
        if plan.into[i] and all(link.kind[1] == "F" for link in plan.into[i])
    ]
    return Found(len(waiting), "activities that have not begun", tuple(offenders))


def dangling_finishes(plan: Examined, limits: Limits) -> Found:
    """Find finishes that no successor waits for."""
    if not plan.work:
        return NOTHING_LEFT
    offenders = [
        (plan.activities[i].id, f"successors only by {_only(plan.out_of[i])}")
        for i in plan.work
        if plan.out_of[i] and all(link.kind[0] == "S" for link in plan.out_of[i])
    ]
    return Found(len(plan.work), _WORK, tuple(offenders))


def _only(links: Iterable[Dependency]) -> str:
    return " and ".join(dict.fromkeys(_KINDS[link.kind] for link in links))


def out_of_sequence(plan: Examined, limits: Limits) -> Found:
    """Find dependencies whose order progress has broken."""
    if not plan.reports_progress:
        return Found(reason="needs progress that is reported with dates, or a status date")
    if not plan.begun_links:
        return Found(reason="nothing that has begun has a predecessor")
    broken = plan.schedule.out_of_sequence
    offenders = tuple(
        (f"{one.predecessor} -> {one.successor} ({one.relation})", one.sentence) for one in broken
    )
    return Found(len(plan.begun_links), "dependencies into what has begun", offenders)
