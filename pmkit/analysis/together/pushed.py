"""Whom a slip pushes, and what came through: two schedules of one program, compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.program import Program

SAME = 1e-6
"""Working days; a movement that is smaller is none."""
PLACES = 6


@dataclass(frozen=True, slots=True)
class Moved:
    """What a slip does to one activity.

    Parameters
    ----------
    id, project
        Of the activity.
    moved
        Working days of the project calendar that it finishes later; 0 where it does not move.
    absorbed
        Days of the push that float took up before it; what did not come through.
    via
        The activity that pushes it; empty for the one that slips.
    interface
        The interface that the push came through; empty within a project.
    """

    id: str
    project: str
    moved: float
    absorbed: float
    via: str
    interface: str


def pushed(program: Program, id_: str, before: Schedule, after: Schedule) -> tuple[Moved, ...]:
    """Activities that the slip reaches, in the order of work."""
    net, network = after._net, after._net.topology
    owner = [activity.project for activity in net.project.activities]
    finish = np.round(after.end - before.end, PLACES)
    # of work under way the rest moves, although its start shows as it was
    start = np.round(after.early_start - before.early_start, PLACES)
    start = np.where(after.state == "not started", np.round(after.start - before.start, PLACES),
                     start)  # fmt: skip
    into: dict[int, list[int]] = {}
    for k, s in enumerate(network.successors):
        into.setdefault(s, []).append(k)
    names = {
        (link.predecessor, link.successor): f"{link.predecessor} -> {link.successor}"
        for link in program.interdependencies
    }
    spans = {span.position: span for span in net.spans}
    first = net.topology.index[id_]
    rows: list[Moved] = []
    order = [*(i for i in network.order if i not in spans), *spans]  # spans follow what they span
    for i in order:
        pushes = [
            (float((finish if network.from_finish[k] else start)[network.predecessors[k]]),
             bool(after._drives[k]), network.predecessors[k])
            for k in into.get(i, ())
        ]  # fmt: skip
        if i in spans:
            pushes += [
                (float((finish if of_finish else start)[p]), True, p)
                for p, of_finish, *_ in spans[i].finishes
            ]
        pushes = [push for push in pushes if abs(push[0]) > SAME]
        moved = float(finish[i])
        if i != first and not pushes and abs(moved) <= SAME:
            continue
        push, via = 0.0, ""
        if pushes and i != first:
            # what drives it now has pushed it; where nothing came through, the hardest push
            came = [one for one in pushes if one[1]] if abs(moved) > SAME else []
            push, _, p = max(came or pushes, key=lambda one: one[0])
            via = after.ids[p]
        crosses = bool(via) and owner[i] != owner[net.topology.index[via]]
        rows.append(
            Moved(
                after.ids[i], owner[i], moved,
                round(max(push - moved, 0.0), PLACES) if via else 0.0, via,
                names.get((via, after.ids[i]), "") if crosses else "",
            )
        )  # fmt: skip
    rows.sort(key=lambda row: row.id != id_)  # stable: what slips comes first
    return tuple(rows)
