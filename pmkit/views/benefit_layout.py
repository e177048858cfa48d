"""Where the boxes of a benefits map stand: few crossings, near what they are tied to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from pmkit.analysis.aligning.benefit_links import Edge, Key

Spot = tuple[int, int]
"""Column and number of a box within it, or of a place that a line passes."""
_SWEEPS = 12


class ColumnLayout:
    """Boxes in columns, and lines that pass a column through a place of their own.

    Parameters
    ----------
    columns
        Keys of the boxes, column by column.
    edges
        Lines between boxes, from left to right.
    heights
        Of the boxes, in pixels.
    gap, lane
        Pixels between two boxes, and of the place of a line that passes.
    """

    def __init__(
        self, columns: Sequence[Sequence[Key]], edges: Sequence[Edge], heights: Mapping[Key, float],
        gap: float, lane: float,
    ) -> None:  # fmt: skip
        self.column = {key: n for n, keys in enumerate(columns) for key in keys}
        spots: list[list[Spot]] = [[(n, k) for k in range(len(keys))]
                                   for n, keys in enumerate(columns)]  # fmt: skip
        spot_of = {key: (n, k) for n, keys in enumerate(columns) for k, key in enumerate(keys)}
        self._high = {spot_of[key]: heights[key] + gap for key in spot_of}
        self.routes: list[tuple[Edge, list[Spot]]] = []
        for edge in edges:
            route = [spot_of[edge.source]]
            for n in range(self.column[edge.source] + 1, self.column[edge.target]):
                passing = (n, len(spots[n]))
                spots[n].append(passing)
                self._high[passing] = lane
                route.append(passing)
            self.routes.append((edge, [*route, spot_of[edge.target]]))
        self._beside: dict[Spot, dict[int, list[Spot]]] = {s: {} for col in spots for s in col}
        for _, route in self.routes:
            for one, other in pairwise(route):
                self._beside[one].setdefault(1, []).append(other)
                self._beside[other].setdefault(-1, []).append(one)
        self._order = self._fewest_crossings(spots)
        middle = self._placed()
        top = min((middle[s] - self._high[s] / 2 for s in middle), default=0.0)
        self.middle = {spot: y - top for spot, y in middle.items()}
        self.height = max((self.middle[s] + self._high[s] / 2 for s in middle), default=0.0)
        self.at = {key: self.middle[spot] for key, spot in spot_of.items()}

    def _fewest_crossings(self, spots: list[list[Spot]]) -> list[list[Spot]]:
        """Each column in the order of the mean place of its neighbours (Sugiyama et al., 1981)."""
        order = [list(column) for column in spots]
        best, least = order, self._crossings(order)
        for sweep in range(_SWEEPS):
            side = -1 if sweep % 2 == 0 else 1
            order = [list(column) for column in order]
            for n in range(len(order)) if side < 0 else reversed(range(len(order))):
                if not 0 <= n + side < len(order):
                    continue
                place = {spot: k for k, spot in enumerate(order[n + side])}
                own = {spot: k for k, spot in enumerate(order[n])}
                order[n].sort(key=lambda spot, place=place, own=own, side=side: self._mean(  # type: ignore[misc]
                    [place[s] for s in self._beside[spot].get(side, ())], own[spot]))  # fmt: skip
            crossings = self._crossings(order)
            if crossings < least:
                best, least = order, crossings
        return best

    @staticmethod
    def _mean(places: Sequence[float], otherwise: float) -> float:
        return sum(places) / len(places) if places else otherwise

    def _crossings(self, order: list[list[Spot]]) -> int:
        total = 0
        for left, right in pairwise(order):
            place = {spot: k for k, spot in enumerate(right)}
            ends = [place[s] for spot in left for s in sorted(
                self._beside[spot].get(1, ()), key=place.__getitem__)]  # fmt: skip
            total += sum(a > b for k, a in enumerate(ends) for b in ends[k + 1 :])
        return total

    def _placed(self) -> dict[Spot, float]:
        """Middles in pixels: each as near as can be to the middle of its neighbours."""
        at: dict[Spot, float] = {}
        whole = [sum(self._high[spot] for spot in column) for column in self._order]
        for column, high in zip(self._order, whole, strict=True):
            y = (max(whole) - high) / 2
            for spot in column:
                at[spot] = y + self._high[spot] / 2
                y += self._high[spot]
        for sweep in range(_SWEEPS):
            columns = self._order if sweep % 2 else self._order[::-1]
            for column in columns:
                wanted = [self._mean([at[s] for beside in self._beside[spot].values()
                                      for s in beside], at[spot]) for spot in column]  # fmt: skip
                for spot, y in zip(column, self._apart(column, wanted), strict=True):
                    at[spot] = y
        return at

    def _apart(self, column: list[Spot], wanted: list[float]) -> list[float]:
        """Return the places nearest to those wanted that keep order and distance.

        Pool adjacent violators (Barlow et al., 1972): the least squares fit.
        """
        offset, offsets = 0.0, []
        for k, spot in enumerate(column):
            if k:
                offset += (self._high[column[k - 1]] + self._high[spot]) / 2
            offsets.append(offset)
        blocks: list[tuple[float, int]] = []
        for y, away in zip(wanted, offsets, strict=True):
            mean, count = y - away, 1
            while blocks and blocks[-1][0] > mean:
                other, more = blocks.pop()
                mean, count = (mean * count + other * more) / (count + more), count + more
            blocks.append((mean, count))
        base = [mean for mean, count in blocks for _ in range(count)]
        return [y + away for y, away in zip(base, offsets, strict=True)]
