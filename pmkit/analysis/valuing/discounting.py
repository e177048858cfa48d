"""Money through time: what an amount of a later year is worth at the start of the base year."""

from __future__ import annotations

from collections.abc import Mapping

from pmkit.model.activity import is_finite
from pmkit.model.errors import PlanError

TIMINGS = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""When the money of a calendar year flows: how far into the year, as a share of it."""


def discount_factor(year: int, rate: float, base: int, timing: str = "middle") -> float:
    """Return what 1 of a calendar year is worth at the start of the base year.

    Parameters
    ----------
    year
        In which it flows.
    rate
        Per year: 0.07 for 7 %.
    base
        The year at whose start money is counted. An earlier year counts for more than 1.
    timing
        When in its year the money flows: at its ``"start"``, ``"middle"`` or ``"end"``.

    Raises
    ------
    PlanError
        For a rate of -1 or less, or an unknown timing.

    Notes
    -----
    ``(1 + rate) ^ -(year - base + 0.5)`` for money that flows all year round: the mid-year
    convention of OMB Circular A-94 (1992, appendix C). Its table of year-end factors is
    ``timing="end"``.

    Examples
    --------
    >>> round(discount_factor(2026, 0.07, 2026), 4), round(discount_factor(2027, 0.07, 2026), 4)
    (0.9667, 0.9035)
    >>> discount_factor(2026, 0.25, 2026, timing="end")
    0.8
    """
    return float((1 + _known(rate)) ** -(year - base + _share(timing)))


def present_value(
    flows: Mapping[int, float], rate: float, base: int, timing: str = "middle"
) -> float:
    """Return what amounts by year are worth together at the start of the base year.

    Parameters
    ----------
    flows
        ``{year: amount}``; less than 0 for what is spent.
    rate, base, timing
        As for `discount_factor`.

    Raises
    ------
    PlanError
        For a rate of -1 or less, or an unknown timing.

    Examples
    --------
    >>> round(present_value({2026: -100, 2027: 60, 2028: 60}, 0.1, 2026, timing="start"), 2)
    4.13
    """
    known, share = 1 + _known(rate), _share(timing)
    return float(sum(amount * known ** -(year - base + share) for year, amount in flows.items()))


def real_rate(nominal: float, inflation: float) -> float:
    """Return the rate that remains when prices rise: for amounts in today's prices.

    Parameters
    ----------
    nominal, inflation
        Per year: 0.08 for 8 %.

    Raises
    ------
    PlanError
        For a rate or an inflation of -1 or less.

    Notes
    -----
    ``(1 + nominal) / (1 + inflation) - 1`` (Fisher, *The Theory of Interest*, 1930).

    Examples
    --------
    >>> round(real_rate(0.10, 0.06), 6)
    0.037736
    """
    return (1 + _known(nominal)) / (1 + _known(inflation, "inflation")) - 1


def checked_rate(rate: float | None, settings_rate: float | None) -> float:
    """Return the rate that is told here, or else the plan's; without one there is no NPV.

    Parameters
    ----------
    rate
        Told here; goes before the other.
    settings_rate
        `discount_rate` of the plan's settings.

    Raises
    ------
    PlanError
        If there is none, or it is not a rate.

    Examples
    --------
    >>> checked_rate(None, 0.05)
    0.05
    """
    told = settings_rate if rate is None else rate
    if told is None:
        raise PlanError(
            "net present value: discount_rate must be given, in settings or here; there is no "
            "default, because it decides which projects pay, got none"
        )
    return _known(told)


def _known(rate: float, name: str = "discount_rate") -> float:
    if not (is_finite(rate) and rate > -1):
        raise PlanError(
            f"net present value: {name} must be a finite share per year above -1 "
            f"(0.07 for 7 %), got {rate!r}"
        )
    return float(rate)


def _share(timing: str) -> float:
    try:
        return TIMINGS[timing]
    except KeyError:
        raise PlanError(
            f"net present value: timing must be one of {', '.join(TIMINGS)}, got {timing!r}"
        ) from None
