"""Where the boxes of a network diagram stand.

Columns are the levels of the network; in a column, boxes are ordered so that few arrows cross
(the barycentre heuristic of Sugiyama, Tagawa & Toda, 1981). An arrow that skips columns passes
through a free row of each, so that it never runs behind a box.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

_SWEEPS = 12

Link = tuple[int, int]
"""Positions of predecessor and successor."""

Place = tuple[float, float]
"""Column and row."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Places in a grid.

    Attributes
    ----------
    places
        Column and row (one of them may be a half) of each activity, by position.
    bends
        For each dependency, the places that its arrow passes on the way.
    columns, rows
        Size of the grid.
    is_turned
        Whether work goes down the page, not across it.
    """

    places: dict[int, Place]
    bends: dict[Link, list[Place]]
    columns: float
    rows: float
    is_turned: bool = False

    def turned(self) -> Layout:
        """Return the same layout with rows for columns."""
        return Layout(
            {i: (y, x) for i, (x, y) in self.places.items()},
            {link: [(y, x) for x, y in route] for link, route in self.bends.items()},
            self.rows,
            self.columns,
            not self.is_turned,
        )


def layered(levels: Sequence[int], links: Iterable[Link]) -> Layout:
    """Place activities by level, and order each level so that few arrows cross.

    Parameters
    ----------
    levels
        Level of each activity; the column it stands in.
    links
        Positions of predecessor and successor.

    Examples
    --------
    >>> layered([0, 0, 1], [(0, 2), (1, 2)]).places
    {0: (0, 0.0), 1: (0, 1.0), 2: (1, 0.5)}
    """
    level = dict(enumerate(levels))
    nodes: list[list[int]] = [[] for _ in range(max(levels) + 1)]
    for i, column in level.items():
        nodes[column].append(i)
    before: dict[int, list[int]] = {i: [] for i in level}
    after: dict[int, list[int]] = {i: [] for i in level}
    routes: dict[Link, list[int]] = {}
    fresh = len(level)
    for a, b in dict.fromkeys(links):
        route = [a]
        for column in range(level[a] + 1, level[b]):  # a stand-in in every column it skips
            nodes[column].append(fresh)
            level[fresh], before[fresh], after[fresh] = column, [], []
            route.append(fresh)
            fresh += 1
        route.append(b)
        for one, next_ in pairwise(route):
            after[one].append(next_)
            before[next_].append(one)
        routes[a, b] = route[1:-1]

    _uncross(nodes, before, after)
    rows = _rows(nodes, before, after)
    real = len(levels)
    return Layout(
        places={i: (level[i], rows[i]) for i in range(real)},
        bends={link: [(level[i], rows[i]) for i in route] for link, route in routes.items()},
        columns=len(nodes),
        rows=max(rows.values()) + 1,
    )


def _uncross(
    nodes: list[list[int]], before: dict[int, list[int]], after: dict[int, list[int]]
) -> None:
    """Sort each column by the mean place of its neighbours, keeping the best order seen."""
    best, fewest = [list(column) for column in nodes], _crossings(nodes, after)
    for sweep in range(_SWEEPS):
        forwards = sweep % 2 == 0
        columns = range(1, len(nodes)) if forwards else range(len(nodes) - 2, -1, -1)
        for c in columns:
            beside = nodes[c - 1] if forwards else nodes[c + 1]
            place = {i: n for n, i in enumerate(beside)}
            neighbours = before if forwards else after
            own = {i: n for n, i in enumerate(nodes[c])}
            nodes[c].sort(
                key=lambda i: fmean(place[k] for k in neighbours[i]) if neighbours[i] else own[i]
            )
        crossings = _crossings(nodes, after)
        if crossings < fewest:
            best, fewest = [list(column) for column in nodes], crossings
    nodes[:] = best


def _crossings(nodes: list[list[int]], after: dict[int, list[int]]) -> int:
    total = 0
    for c in range(len(nodes) - 1):
        place = {i: n for n, i in enumerate(nodes[c + 1])}
        ends = [sorted(place[k] for k in after[i]) for i in nodes[c]]
        flat = [end for group in ends for end in group]
        total += sum(flat[a] > flat[b] for a in range(len(flat)) for b in range(a + 1, len(flat)))
    return total


def _rows(
    nodes: list[list[int]], before: dict[int, list[int]], after: dict[int, list[int]]
) -> dict[int, float]:
    """Pull each box towards the middle of its neighbours, in the order found, one row apart."""
    height = max(map(len, nodes))
    rows = {i: n + (height - len(column)) / 2 for column in nodes for n, i in enumerate(column)}
    for sweep in range(_SWEEPS):
        for column in nodes if sweep % 2 == 0 else nodes[::-1]:
            wanted = []
            for i in column:
                beside = before[i] + after[i]
                wanted.append(fmean(rows[k] for k in beside) if beside else rows[i])
            for i, row in zip(column, _spread(wanted), strict=True):
                rows[i] = row
    lowest = min(rows.values())
    return {i: round(2 * (row - lowest)) / 2 for i, row in rows.items()}


def _spread(wanted: list[float]) -> list[float]:
    """Return ascending rows at least 1 apart, close to those wanted (pooled neighbours)."""
    blocks: list[tuple[float, int]] = []  # mean of (wanted - own number), size
    for n, row in enumerate(wanted):
        mean, size = row - n, 1
        while blocks and blocks[-1][0] > mean:
            other, count = blocks.pop()
            mean, size = (mean * size + other * count) / (size + count), size + count
        blocks.append((mean, size))
    found = [mean for mean, size in blocks for _ in range(size)]
    return [mean + n for n, mean in enumerate(found)]


def chain(path: Sequence[int], most_columns: int = 7) -> Layout:
    """Place one path in lines, as text is written.

    Examples
    --------
    >>> chain([5, 3, 8], most_columns=2).places
    {5: (0, 0.0), 3: (1, 0.0), 8: (0, 1.0)}
    """
    places: dict[int, Place] = {
        i: (n % most_columns, float(n // most_columns)) for n, i in enumerate(path)
    }
    return Layout(
        places,
        {link: [] for link in pairwise(path)},
        min(len(path), most_columns),
        float(-(-len(path) // most_columns)),
    )
