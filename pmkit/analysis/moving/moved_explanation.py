"""What moved an activity, and what moved a project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.moving.matching import Matching
from pmkit.analysis.moving.rows import Moved
from pmkit.analysis.moving.states import State
from pmkit.analysis.moving.telling import delta_text, row_text, value_text

_LONGEST = 12
_OWN = ("duration", "remaining_duration", "actual_start", "actual_finish", "constraint_date",
        "constraint", "calendar", "percent_complete")  # fmt: skip
"""What moves an activity by itself."""


def explain_activity(
    own: Sequence[Moved], id_: str, matching: Matching, before: State, after: State,
    rows: Sequence[Moved],
) -> Explanation:  # fmt: skip
    """Say what is different of an activity, and who made it wait."""
    currency = after.network.settings.currency
    if id_ in matching.removed:
        name = before.name_of(id_)
        return Explanation(_title(id_, name), ("only the earlier plan has it",))
    lines = [row_text(row, currency) for row in own]
    links = [row for row in rows if row.what == "dependency"
             and row.activity.endswith(f"-> {id_}")]  # fmt: skip
    lines += [f"{row.activity}: {row_text(row)}" for row in links]
    if not lines:
        lines.append("nothing of it moved")
    if any(row.what in ("start", "finish") and row.delta for row in own):
        lines += _chain(id_, after, rows)
    return Explanation(_title(id_, after.name_of(id_)), tuple(lines))


def _title(id_: str, name: str) -> str:
    return f"Activity {id_}" + (f", {name}" if name != id_ else "")


def _chain(id_: str, after: State, rows: Sequence[Moved]) -> Iterator[str]:
    """Follow what drives it back for as long as that moved too, up to what moved by itself."""
    moves = {(row.activity, row.what): row.delta or 0.0 for row in rows
             if row.what in ("start", "finish")}  # fmt: skip
    new = {row.activity for row in rows if row.what == "added"}
    reasons: dict[str, list[str]] = {}
    for row in rows:
        if row.what in _OWN:
            reasons.setdefault(row.activity, []).append(row_text(row))
    drivers = _drivers(after)
    seen, now = {id_}, id_
    for _ in range(_LONGEST):
        driver, end = drivers.get(now, ("", ""))
        if not driver or driver in seen:
            return
        seen.add(driver)
        who = "it" if now == id_ else now
        why = f": {'; '.join(reasons[driver])}" if driver in reasons else ""
        if driver in new:
            yield f"{who} waits for {driver}, which is new"
            return
        move = moves.get((driver, end), 0.0)
        if not move:
            yield f"{who} waits for {driver}, which did not move{why}"
            return
        yield f"{who} waits for {driver}, which {end}{_VERB[end]} {delta_text(end, move)}{why}"
        now = driver


_VERB = {"start": "s", "finish": "es"}


def _drivers(state: State) -> Mapping[str, tuple[str, str]]:
    """Return for each activity one that drives it, the first in the plan, and by which end."""
    schedule = state.schedule
    net = schedule._net
    ids, found = schedule.ids, dict[str, tuple[str, str]]()
    kinds = {(x.predecessor, x.successor): x.kind for x in state.network.dependencies}
    for k in np.flatnonzero(schedule._drives).tolist():
        ends = ids[net.topology.pred[k]], ids[net.topology.succ[k]]
        end = "start" if kinds.get(ends, "FS")[0] == "S" else "finish"
        found.setdefault(ends[1], (ends[0], end))
    return found


def explain_project(
    rows: Sequence[Moved], project: str, label: str, figures: Sequence[Any], after: State
) -> Explanation:
    """Say how finish and cost of a project, or of the whole, came to be others."""
    currency = after.network.settings.currency
    old, new, delta, cost_old, cost_new, more, *_ = figures
    title = f"Project {label}" if project else label.capitalize() if label == "program" else label
    if old is None or new is None:
        told = "only the later plan has it" if old is None else "only the earlier plan has it"
        return Explanation(title, (told,))
    lines = [
        f"finish {value_text('finish', old)} -> {value_text('finish', new)}"
        f" ({delta_text('finish', delta)})",
        f"cost {value_text('cost', cost_old, currency)} -> {value_text('cost', cost_new, currency)}"
        f" ({delta_text('cost', more, currency)})",
    ]
    own = [row for row in rows if not project or row.project == project]
    last = [
        id_ for id_ in after.schedule.longest_path
        if not project or after.project_of(id_) == project
    ]  # fmt: skip
    on_path = [row for row in own if row.activity in last and row.what in (*_OWN, "added")]
    lines += [f"on the longest path, {row.activity}: {row_text(row, currency)}" for row in on_path]
    costs = sorted((row for row in own if row.what == "cost"), key=lambda r: -abs(r.delta or 0.0))
    lines += [f"{row.activity}: {row_text(row, currency)}" for row in costs[:5]]
    lines += [row_text(row, currency) for row in own if not row.activity
              and row.project == project]  # fmt: skip
    return Explanation(title, tuple(lines))
