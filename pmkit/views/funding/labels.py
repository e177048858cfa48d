"""Names beside points, where there is room for them."""

from __future__ import annotations

from collections.abc import Sequence

Box = tuple[float, float, float, float]

_LETTER, _HEIGHT = 6.6, 13  # pixels


def free_places(
    points: Sequence[tuple[float, float, float]], names: Sequence[str], width: float, height: float
) -> list[tuple[float, float, str] | None]:
    """Return where the name of each point stands: x, y and its alignment; ``None`` without room.

    Parameters
    ----------
    points
        x, y and radius, in pixels, the most important first.
    names
        Of the points.
    width, height
        Of the room, in pixels.

    Examples
    --------
    >>> free_places([(20, 10, 4), (24, 10, 4)], ["A", "B"], 100, 50)
    [(28, 10, 'left'), (16, 10, 'right')]
    """
    taken: list[Box] = [(x - r, y - r, x + r, y + r) for x, y, r in points]
    found: list[tuple[float, float, str] | None] = []
    for n, ((x, y, r), name) in enumerate(zip(points, names, strict=True)):
        wide = _LETTER * len(name)
        options = [
            (x + r + 4, y, "left", (x + r + 4, x + r + 4 + wide)),
            (x - r - 4, y, "right", (x - r - 4 - wide, x - r - 4)),
            (x, y - r - 9, "center", (x - wide / 2, x + wide / 2)),
            (x, y + r + 9, "center", (x - wide / 2, x + wide / 2)),
        ]
        place = None
        for at, row, align, (left, right) in options:
            box = (left, row - _HEIGHT / 2, right, row + _HEIGHT / 2)
            inside = left >= 0 and right <= width and box[1] >= 0 and box[3] <= height
            if inside and not any(_touch(box, b) for k, b in enumerate(taken) if k != n):
                place = (at, row, align)
                taken.append(box)
                break
        found.append(place)
    return found


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
