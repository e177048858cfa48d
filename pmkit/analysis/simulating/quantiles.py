"""Uncertain estimates as tables of equally probable values.

With lambda 4 a beta-PERT has one parameter besides its ends, the mode fraction
``f = (m - o) / (p - o)``, so one table over f serves every estimate
(``tools/make_pert_table.py`` makes it). An estimate is drawn by picking one of `CELLS` values, each
the mean of the distribution within a slice of probability ``1 / CELLS``: the mean is exact, the
standard deviation within 0.01 %, and no draw lies further out than the mean of the last slice.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from pmkit.model.activity import Distribution, ThreePoint

CELLS = 4096
"""Values that stand for one estimate."""

NORMALS = 16384
"""Values that stand for the standard normal."""

_REACH = 5.0  # the table of standard normals ends at 4.08


@cache
def _tables() -> tuple[Any, Any]:
    with files("pmkit.data").joinpath("pert_quantiles.npz").open("rb") as file:
        stored = np.load(file)
        lower, upper = stored["pert"], stored["normal"]
    mirrored = np.float32(1) - lower[-2::-1, ::-1]
    return np.vstack([lower, mirrored]), np.concatenate([-upper[::-1], upper])


def values(estimate: ThreePoint, scale: float = 1.0) -> Any:
    """Return the values of an estimate in increasing order, float32, shape (CELLS,).

    Parameters
    ----------
    estimate
        Three points and their shape.
    scale
        Multiplies every value.

    Examples
    --------
    >>> drawn = values(ThreePoint(2, 3.5, 8))
    >>> round(float(drawn.mean()), 3), round(float(drawn.std()), 3)
    (4.0, 1.069)
    """
    low, mode, high = estimate.optimistic, estimate.most_likely, estimate.pessimistic
    span = high - low
    if not span:
        return np.full(CELLS, low * scale, dtype=np.float32)
    fraction = (mode - low) / span
    low, span = low * scale, span * scale
    if estimate.distribution is Distribution.TRIANGULAR:
        return (low + span * _triangular(fraction)).astype(np.float32)
    table = _tables()[0]
    place = fraction * (len(table) - 1)
    row = min(int(place), len(table) - 2)
    share = place - row
    mixed = table[row] * np.float32(span * (1 - share))
    mixed += table[row + 1] * np.float32(span * share)
    mixed += np.float32(low)
    return mixed


def _triangular(mode: float) -> Any:
    """Slice means on [0, 1]: differences of the quantile function's integral."""
    edges = np.linspace(0.0, 1.0, CELLS + 1)
    below = 2 / 3 * np.sqrt(mode) * np.minimum(edges, mode) ** 1.5
    rest = np.minimum(1 - edges, 1 - mode)
    above = np.maximum(edges - mode, 0) - 2 / 3 * np.sqrt(1 - mode) * (
        (1 - mode) ** 1.5 - rest**1.5
    )
    return np.diff(below + above) * CELLS


def normals() -> Any:
    """Return the values of the standard normal in increasing order, float32, shape (NORMALS,)."""
    return _tables()[1]


@cache
def _cell_of_normal() -> Any:
    """The slice, of CELLS, that each point of a fine grid over the normal belongs to."""
    grid = np.linspace(-_REACH, _REACH, 65536)
    middles = normals()
    per_cell = NORMALS // CELLS
    edges = (middles[per_cell - 1 : -1 : per_cell] + middles[per_cell::per_cell]) / 2
    return np.searchsorted(edges, grid).astype(np.uint16)


def cells_of_normals(normal: Any) -> Any:
    """Return the slice of probability that each standard normal falls in, uint16, same shape.

    This is the step of a Gaussian copula from correlated normals to correlated ranks.
    """
    place = (normal + np.float32(_REACH)) * np.float32(65535 / (2 * _REACH))
    np.clip(place, 0, 65535, out=place)
    return _cell_of_normal()[place.astype(np.uint16)]
