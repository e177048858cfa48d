"""Where a project stands, in words: the findings that are titles of charts of earned value."""

from __future__ import annotations

from datetime import datetime
from math import isfinite

from pmkit.analysis.earning.earned_value import EarnedValue
from pmkit.views.theme import day_text, days_text, money_text, number_text


def moment_text(status: EarnedValue, moment: datetime | float) -> str:
    """Return a status date in words."""
    if isinstance(moment, datetime):
        return day_text(moment)
    return f"Day {number_text(moment)}"


def index_text(value: float) -> str:
    """Return an index as it is spoken of, with two decimals, or three where it is close to 1.

    Examples
    --------
    >>> index_text(0.8349), index_text(0.9972), index_text(float("nan"))
    ('0.83', '0.997', 'missing')
    """
    if not isfinite(value):
        return "missing"
    return f"{value:.3f}" if 0.0005 <= abs(value - 1) < 0.005 else f"{value:.2f}"


def cost_finding(status: EarnedValue) -> str:
    """Return how cost stands: ``EUR 8.2 k over budget (CPI 0.98)``."""
    if not isfinite(status.cv):
        return "no actual cost is known"
    if not isfinite(status.cpi):
        return "nothing is spent yet"
    index = f" (CPI {index_text(status.cpi)})"
    if abs(status.cv) < 0.0005 * max(status.ev, status.ac):
        return f"on budget{index}"
    way = "over" if status.cv < 0 else "under"
    return f"{money_text(abs(status.cv), status.currency)} {way} budget{index}"


def time_finding(status: EarnedValue) -> str:
    """Return how time stands: ``11 working days late (SPI(t) 0.83)``."""
    late = status.sv_t
    if not isfinite(late):
        return "no schedule variance is known"
    index = f" (SPI(t) {index_text(status.spi_t)})" if isfinite(status.spi_t) else ""
    if abs(late) < 0.05:
        return f"on schedule{index}"
    way = "late" if late < 0 else "early"
    size = round(abs(late), 1)
    unit = "period" if size == 1 else "periods"
    amount = days_text(size) if status.unit == "days" else f"{number_text(size)} {unit}"
    return f"{amount} {way}{index}"


def is_complete(status: EarnedValue) -> bool:
    """Whether everything that was budgeted is earned."""
    return status.ev >= status.bac * (1 - 1e-9)


def standing(status: EarnedValue) -> str:
    """Return the finding: the date, cost and time."""
    when = moment_text(status, status.status_date)
    if status.ev <= 0 and not status.ac > 0:
        begun = "nothing is earned or spent yet"
        if isfinite(status.sv_t) and status.sv_t < -0.05:
            begun += f", {time_finding(status)}"
        return f"{when}: {begun}"
    if is_complete(status):
        when += ", all is done"
    return f"{when}: {cost_finding(status)}, {time_finding(status)}"
