"""Priority rules: who goes first when two want the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pmkit.analysis.resourcing.tasks import Tasks
from pmkit.analysis.scheduling.network import Compiled

RULES = {
    "late_finish": "the earliest late finish first (Davis & Patterson, 1975)",
    "late_start": "the earliest late start first (Kolisch, 1996)",
    "total_float": "the least total float first",
    "rank_weight": "the most work in it and right behind it first (Alvarez-Valdes & Tamarit, 1989)",
    "successors": "the most activities behind it first",
    "early_start": "the earliest early start first",
    "priority": "the largest priority of the plan first, then the earliest late finish",
}
"""Names of the rules, and what each says."""


def rule_keys(net: Compiled, tasks: Tasks, columns: Mapping[str, Any]) -> dict[str, list[float]]:
    """Return for each rule a number for each activity; the smallest goes first.

    Parameters
    ----------
    net
        The plan.
    tasks
        What is to be placed.
    columns
        Dates and floats by logic alone.
    """
    late_finish = columns["late_finish"].astype(float)
    behind: list[set[int]] | None = None
    if tasks.count <= 2000:
        behind = [set() for _ in range(tasks.count)]
        for i in reversed(tasks.order):
            for s in tasks.following[i]:
                behind[i].add(s)
                behind[i] |= behind[s]
    weight = [
        tasks.duration[i] + sum(tasks.duration[s] for s in set(tasks.following[i]))
        for i in range(tasks.count)
    ]
    given = [activity.priority for activity in net.project.activities]
    span = float(late_finish.max() - late_finish.min()) + 1.0
    urgent = [
        (0.0 if priority is None else -float(priority)) * span + float(late_finish[i])
        for i, priority in enumerate(given)
    ]
    keys = {
        "late_finish": late_finish.tolist(),
        "late_start": columns["late_start"].astype(float).tolist(),
        "total_float": columns["total_float"].astype(float).tolist(),
        "rank_weight": [-float(w) for w in weight],
        "successors": [
            -float(len(tasks.following[i] if behind is None else behind[i]))
            for i in range(tasks.count)
        ],
        "early_start": columns["early_start"].astype(float).tolist(),
        "priority": urgent,
    }
    assert keys.keys() == RULES.keys()
    return keys
