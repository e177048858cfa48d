"""Which rows a Gantt chart has: one per activity, or one per group when there are too many."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pmkit.model.activity import Activity
from pmkit.model.project import Project
from pmkit.views.theme import shortened, titled

MOST_OPEN = 120
"""Above this many activities, groups start closed."""

MOST_ROWS = 600
"""Above this many rows, those with the least float are drawn."""

MOST_GROUPS = 100

_LONGEST = 46  # letters; more never fit beside a chart, and are slow to measure
_INDENT = "\u00a0" * 4  # other spaces would collapse in an SVG


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the chart.

    Attributes
    ----------
    label, name
        Text at the axis, and in full.
    members
        Positions of the activities it stands for: one, or those of a group.
    is_summary
        Whether it stands for a group.
    """

    label: str
    name: str
    members: tuple[int, ...]
    is_summary: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """All lines, and where each activity is drawn.

    Attributes
    ----------
    rows
        From top to bottom.
    row_of
        For each activity its row, that of its closed group, or -1 where it is not drawn.
    has_own
        Whether that row is its own.
    omitted
        Activities that are not drawn for want of room.
    closed
        Groups of which only the summary is drawn.
    """

    rows: tuple[Row, ...]
    row_of: tuple[int, ...]
    has_own: tuple[bool, ...]
    omitted: int = 0
    closed: int = 0


def arrange(
    project: Project,
    total_float: Sequence[float],
    *,
    collapse: bool | None = None,
    expand: Collection[str] = (),
    most: int = MOST_ROWS,
) -> Rows:
    """Choose the rows for a plan.

    Parameters
    ----------
    project
        A plan's network.
    total_float
        Of each activity; decides which are drawn when there are more than `most`.
    collapse
        Whether groups (the projects of a program, or branches of the work breakdown structure) are
        closed to one row each; ``None``: when there are more than `MOST_OPEN` activities.
    expand
        Groups (project ids or WBS codes) that stay open.
    most
        Rows at most.
    """
    activities = project.activities
    groups = group_activities(activities)
    if collapse is None:
        collapse = len(activities) > MOST_OPEN
    if not groups or not (collapse or activities[0].project):
        return _flat(activities, total_float, most)
    titles = {info.id: info.name for info in project.members}
    rows: list[Row] = []
    closed = 0
    row_of, has_own = [-1] * len(activities), [False] * len(activities)
    for key, members in groups.items():
        name = titles.get(key) or key
        if not activities[members[0]].project:
            name = f"WBS {key}"
        is_open = not collapse or key in expand
        closed += not is_open
        count = "" if is_open else f" ({len(members)})"
        for i in members:
            row_of[i] = len(rows)
        rows.append(
            Row(shortened(name, 40) + count, f"{name}, {len(members)} activities", members, True)
        )
        if is_open:
            for i in members:
                row_of[i], has_own[i] = len(rows), True
                rows.append(_row(activities[i], i, indent=True))
    if len(rows) > most:
        if not collapse:
            return arrange(project, total_float, collapse=True, expand=expand, most=most)
        return _flat(activities, total_float, most)
    return Rows(tuple(rows), tuple(row_of), tuple(has_own), closed=closed)


def _flat(activities: Sequence[Activity], total_float: Sequence[float], most: int) -> Rows:
    drawn = range(len(activities))
    if len(activities) > most:
        drawn = sorted(sorted(drawn, key=lambda i: (total_float[i], i))[:most])  # type: ignore[assignment]
    row_of, has_own = [-1] * len(activities), [False] * len(activities)
    for row, i in enumerate(drawn):
        row_of[i], has_own[i] = row, True
    rows = tuple(_row(activities[i], i) for i in drawn)
    return Rows(rows, tuple(row_of), tuple(has_own), len(activities) - len(rows))


def _row(activity: Activity, position: int, *, indent: bool = False) -> Row:
    id_ = activity.id
    if activity.project:
        id_ = id_.removeprefix(f"{activity.project}.")
    name = activity.name
    text = name if name and len(id_) > 14 else titled(id_, name)
    return Row(_INDENT * indent + shortened(text, _LONGEST), text, (position,))


def group_activities(activities: Sequence[Activity]) -> dict[str, tuple[int, ...]]:
    """Return positions by project, or by the deepest branch of the WBS that makes few groups.

    Empty where there is nothing to group by.

    Examples
    --------
    >>> group_activities([Activity("A", 1, wbs="1.1.1"), Activity("B", 1, wbs="1.1.2"),
    ...                   Activity("C", 1, wbs="1.2.1")])
    {'1.1': (0, 1), '1.2': (2,)}
    """
    if any(activity.project for activity in activities):
        return _by_key([activity.project for activity in activities])
    branches = [activity.wbs.split(".")[:-1] for activity in activities]
    if not all(activity.wbs for activity in activities):
        return {}
    found: dict[str, tuple[int, ...]] = {}
    for depth in range(1, max(map(len, branches)) + 1):
        groups = _by_key([".".join(branch[:depth]) for branch in branches])
        if 1 < len(groups) <= min(MOST_GROUPS, len(activities) / 1.4):
            found = groups
    return found


def _by_key(keys: Sequence[str]) -> dict[str, tuple[int, ...]]:
    groups: dict[str, list[int]] = {}
    for i, key in enumerate(keys):
        groups.setdefault(key, []).append(i)
    return {key: tuple(members) for key, members in groups.items()}
