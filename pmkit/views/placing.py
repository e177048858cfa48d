"""Where words go so that they cover neither each other nor a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return places at least a gap apart and close to those wanted, in the order given.

    Parameters
    ----------
    wanted
        Places, in any order.
    gap
        Between neighbours.
    low, high
        Ends of the room; where it is too short, the last ones stand beyond.

    Examples
    --------
    >>> spread([10, 12, 50], 14, 0, 100)
    [4.0, 18.0, 50.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    blocks: list[tuple[float, int]] = []  # mean of (wanted - own number x gap), size
    for n, i in enumerate(order):
        mean, size = wanted[i] - n * gap, 1
        while blocks and blocks[-1][0] > mean:
            other, count = blocks.pop()
            mean, size = (mean * size + other * count) / (size + count), size + count
        blocks.append((mean, size))
    starts = [mean for mean, size in blocks for _ in range(size)]
    most = high - (len(order) - 1) * gap
    places = [0.0] * len(order)
    for n, (i, start) in enumerate(zip(order, starts, strict=True)):
        places[i] = float(max(min(start, most), low)) + n * gap
    return places


def free_box(
    size: Point, near: Point, lines: Iterable[Sequence[Point]], room: Box, gap: float = 12
) -> Box:
    """Return the place of a box of words beside a point that covers the lines least.

    Parameters
    ----------
    size
        Width and height of the box.
    near
        What it belongs to; of places that cover as little, the nearest wins.
    lines
        Corners of the lines that are drawn.
    room
        What the box must stay within, where it can.
    gap
        Between the point and the box, and between the box and a line.

    Examples
    --------
    >>> free_box((40, 20), (50, 80), [[(0, 100), (50, 80), (100, 0)]], (0, 0, 100, 100))
    (60, 80.0, 100, 100.0)
    """
    width, height = size
    left, top, right, bottom = room
    points = [point for line in lines for point in _dense(line)]
    best: tuple[tuple[int, float], Box] | None = None
    for x in (near[0] - gap - width, near[0] + gap):
        x = min(max(x, left), max(right - width, left))
        y = top
        while y <= max(bottom - height, top):
            box = (x, y, x + width, y + height)
            inside = sum(
                x - gap / 2 < a < box[2] + gap / 2 and y - gap / 2 < b < box[3] + gap / 2
                for a, b in points
            )
            away = hypot(x + width / 2 - near[0], y + height / 2 - near[1])
            if best is None or (inside, away) < best[0]:
                best = (inside, away), box
            y += 10.0
    assert best is not None
    return best[1]


def _dense(line: Sequence[Point], step: float = 4) -> Iterable[Point]:
    """Points of a line, no further apart than a step."""
    for (x0, y0), (x1, y1) in pairwise(line):
        count = max(1, int(hypot(x1 - x0, y1 - y0) / step))
        for n in range(count):
            yield x0 + (x1 - x0) * n / count, y0 + (y1 - y0) * n / count
    yield from line[-1:]
