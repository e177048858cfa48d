"""The indicators of earned value management, from PV, EV, AC and earned schedule.

Cost and schedule: ANSI/EIA-748 and PMI, *Practice Standard for Earned Value Management* (2011).
Earned schedule: Lipke (2003). What does not exist, such as CPI without cost, is NaN, never
infinite.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def ratio(a: Any, b: Any) -> Any:
    """Return a / b, NaN where that does not exist.

    Examples
    --------
    >>> ratio(np.array([1.0, 1.0]), np.array([4.0, 0.0]))
    array([0.25,  nan])
    """
    a, b = np.broadcast_arrays(np.asarray(a, np.float64), np.asarray(b, np.float64))
    with np.errstate(all="ignore"):
        quotient = np.where(b == 0, np.nan, a / np.where(b == 0, 1.0, b))
    return np.where(np.isfinite(quotient), quotient, np.nan) + 0.0


def money_indicators(pv: Any, ev: Any, ac: Any, bac: Any) -> dict[str, Any]:
    """Return variances and indices of money.

    ``CV = EV - AC``, ``SV = EV - PV``, ``CPI = EV / AC``, ``SPI = EV / PV``, ``SCI = SPI x CPI``,
    ``TCPI = (BAC - EV) / (BAC - AC)``, and PV, EV, AC as percentages of BAC.

    Parameters
    ----------
    pv, ev, ac, bac
        Money, arrays of one shape.

    Examples
    --------
    Gray & Larson, *Project Management: The Managerial Process*, in their manner: BAC 248, PV 158,
    EV 148, AC 210.

    >>> found = money_indicators(158.0, 148.0, 210.0, 248.0)
    >>> [round(float(found[name]), 3) for name in ("cv", "sv", "cpi", "spi", "tcpi")]
    [-62.0, -10.0, 0.705, 0.937, 2.632]
    """
    cpi, spi = ratio(ev, ac), ratio(ev, pv)
    return {
        "cv": ev - ac,
        "sv": ev - pv,
        "cpi": cpi,
        "spi": spi,
        "sci": spi * cpi,
        "tcpi": ratio(bac - ev, bac - ac),
        "percent_planned": 100 * ratio(pv, bac),
        "percent_earned": 100 * ratio(ev, bac),
        "percent_spent": 100 * ratio(ac, bac),
    }


def time_indicators(es: Any, at: Any, planned_duration: float, cpi: Any) -> dict[str, Any]:
    """Return variances and indices of time.

    ``SV(t) = ES - AT``, ``SPI(t) = ES / AT``, ``SCI(t) = SPI(t) x CPI``,
    ``TSPI = (PD - ES) / (PD - AT)``.

    Parameters
    ----------
    es, at, planned_duration
        Earned schedule, actual time and planned duration, in one unit.
    cpi
        Cost performance index.

    Examples
    --------
    >>> found = time_indicators(np.array([5.5]), np.array([8.0]), 10.0, np.array([1.0]))
    >>> {name: float(values[0]) for name, values in found.items()}
    {'sv_t': -2.5, 'spi_t': 0.6875, 'sci_t': 0.6875, 'tspi': 2.25}
    """
    spi_t = ratio(es, at)
    return {
        "sv_t": es - at,
        "spi_t": spi_t,
        "sci_t": spi_t * cpi,
        "tspi": ratio(planned_duration - es, planned_duration - at),
    }
