"""The figures that a project manager reads first, each with what it says in words."""

from __future__ import annotations

from pmkit.analysis.earning.forecast_range import ForecastRange
from pmkit.widgets.figure import Figure, missing
from pmkit.widgets.forecast_figures import (
    CHANCE,
    chance,
    cost_at_completion,
    forecast_finish,
    scheduled_finish,
)
from pmkit.widgets.performance_figures import (
    cost_performance,
    cost_variance,
    earned,
    schedule_performance,
    time_variance,
    to_complete,
)
from pmkit.widgets.reading import Reading


def figures(
    reading: Reading,
    cost: str,
    time: str,
    ranges: ForecastRange | None = None,
    *,
    busy: bool = False,
) -> list[Figure]:
    """Return the headlines of a reading.

    Parameters
    ----------
    reading
        The plan at its status date.
    cost, time
        Methods of forecasting, as `EarnedValue.eac` and `eac_t` take them.
    ranges
        How sure the forecasts are, once that is simulated.
    busy
        Whether that is still to come.
    """
    found = [scheduled_finish(reading)]
    if reading.status is not None:
        status = reading.status
        found += [
            forecast_finish(status, time, ranges),
            cost_at_completion(status, cost, ranges),
            earned(status),
            cost_performance(status),
            schedule_performance(status),
            cost_variance(status),
            time_variance(status),
            to_complete(status),
        ]
        if ranges is not None:
            found.append(chance(status, ranges))
        elif busy:
            found.append(missing("chance", CHANCE, "\u2026", "The rest is being simulated."))
    return found
