"""Performance period by period: the indices to date hide how the last period went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.earning.earned_value import EarnedValue

if TYPE_CHECKING:
    import pandas as pd

_PARTS = {"cpi": ("ev", "ac"), "spi": ("ev", "pv"), "spi_t": ("es_days", "at_days")}


def period_indices(status: EarnedValue) -> pd.DataFrame:
    """Return ``cpi spi spi_t`` of each period between two status dates, the first from the start.

    Parameters
    ----------
    status
        With its status dates.

    Returns
    -------
    DataFrame
        What was earned in a period over what was spent, planned, or went by in it; NaN where a
        period has none of that.

    Examples
    --------
    >>> from datetime import date
    >>> from pmkit.analysis.earning.earned_value import earned_value
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import Settings, StatusPoint
    >>> plan = Project(
    ...     (Activity("A", 10, fixed_cost=100, baseline_start=date(2026, 3, 2),
    ...               baseline_finish=date(2026, 3, 13)),),
    ...     settings=Settings(start=date(2026, 3, 2)),
    ...     status=(StatusPoint(date(2026, 3, 6), 50, 40, 50),
    ...             StatusPoint(date(2026, 3, 13), 100, 90, 90)))
    >>> period_indices(earned_value(plan))["cpi"].tolist()
    [0.8, 1.25]
    """
    import pandas as pd

    table = status.table
    columns: dict[str, Any] = {}
    for name, (top, bottom) in _PARTS.items():
        over, under = (_steps(table[column].to_numpy(float)) for column in (top, bottom))
        with np.errstate(divide="ignore", invalid="ignore"):
            columns[name] = np.where(under > 0, over / under, np.nan)
    if np.isnan(table["es_days"].to_numpy(float)).all():  # a series without a dated baseline
        columns["spi_t"] = _in_periods(table)
    return pd.DataFrame(columns, index=table.index)


def _steps(values: Any) -> Any:
    """What each period added; NaN where an end of it is not known."""
    return np.diff(values, prepend=0.0)


def _in_periods(table: pd.DataFrame) -> Any:
    """A status date ends one period, so that each adds 1 to the actual time."""
    return _steps(table["es_periods"].to_numpy(float))
