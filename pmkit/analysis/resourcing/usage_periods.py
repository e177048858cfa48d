"""Use of resources summed over days, weeks or months."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.resourcing.usage_steps import PARTS, Held

if TYPE_CHECKING:
    import pandas as pd

    from pmkit.analysis.resourcing.usage import ResourceUsage

_LENGTHS = {"day": 1, "week": 5, "month": 20}
"""Working days, where there are no dates."""


def by_period(usage: ResourceUsage, period: str) -> pd.DataFrame:
    """Return what `ResourceUsage.by_period` does."""
    import pandas as pd

    if period not in _LENGTHS:
        raise ValueError(f"by_period: period must be one of {', '.join(_LENGTHS)}, got {period!r}")
    tables = []
    for name, held in usage._held.items():
        if not len(held.who):
            continue
        labels, instants = _edges(usage, held, period)
        unit_days = usage._unit_days(held, instants)
        used = unit_days > 1e-9
        tables.append(
            pd.DataFrame(
                {
                    "resource": name,
                    "unit_days": unit_days[used],
                    "peak": _peaks(held, instants)[used] / PARTS,
                    "capacity": usage.capacity[name],
                },
                index=pd.Index(labels[:-1][used], name=period),
            )
        )
    if not tables:
        empty: dict[str, Any] = {"resource": [], "unit_days": [], "peak": [], "capacity": []}
        return pd.DataFrame(empty, index=pd.Index([], name=period))
    return pd.concat(tables).sort_index(kind="stable")


def _edges(usage: ResourceUsage, held: Held, period: str) -> tuple[Any, Any]:
    """Starts of the periods that hold everything, one beyond, and the same as instants."""
    net = usage.schedule._net
    first, last = held.edges[:1], held.edges[-1:]
    if not usage.is_dated:
        length = _LENGTHS[period] * net.ticks_per_day
        low, high = int(first[0]) // length, -(-int(last[0]) // length)
        instants = np.arange(low, high + 1, dtype=np.int64) * length
        return instants / net.ticks_per_day, instants
    low_date = usage._walls(first, "start")[0].astype("datetime64[D]")
    high_date = usage._walls(last, "finish")[0].astype("datetime64[D]") + 1
    if period == "month":
        month = low_date.astype("datetime64[M]")
        beyond = (high_date - 1).astype("datetime64[M]") + 1
        labels = np.arange(month, beyond + 1).astype("datetime64[D]")
    else:
        days = 1 if period == "day" else 7
        monday = np.datetime64("1970-01-05")
        low_date = low_date - (low_date - monday).astype(int) % days
        count = -(-int((high_date - low_date).astype(int)) // days)
        labels = low_date + days * np.arange(count + 1)
    walls = labels.astype("datetime64[us]").astype(np.int64)
    instants = net.clocks[0].elapsed_array(walls) if net.single_calendar else walls
    return labels.astype("datetime64[us]"), instants


def _peaks(held: Held, instants: Any) -> Any:
    """The most parts in use while somebody works, between instants that ascend."""
    grid = np.unique(np.concatenate([held.edges, instants]))
    place = np.searchsorted(held.edges, grid, side="right") - 1
    level = np.where(place < 0, 0, held.level[np.maximum(place, 0)])
    # held over a night or a weekend in which nobody works is no use of those hours
    level[:-1] = np.where(held.worked(grid) > 0, level[:-1], 0)
    return np.maximum.reduceat(level, np.searchsorted(grid, instants[:-1]))
