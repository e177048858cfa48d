"""The figures that a comparison puts side by side: what each is called, counted in, and reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

Figure = float | int | datetime | None


class Unit(StrEnum):
    """What a figure is counted in."""

    WORKING_DAYS = "working days"
    DATE = "date"
    SHARE = "share"
    MONEY = "money"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class FigureKind:
    """What one figure is.

    Parameters
    ----------
    title
        As tables call it.
    unit
        What it is counted in; the delta of a date is counted in calendar days, that of a share in
        percentage points.
    """

    title: str
    unit: Unit


FIGURES = {
    "finish": FigureKind("Finish", Unit.WORKING_DAYS),
    "finish_date": FigureKind("Finish date", Unit.DATE),
    "finish_p50": FigureKind("Finish, 50 % sure (P50)", Unit.WORKING_DAYS),
    "finish_p50_date": FigureKind("Finish date, 50 % sure (P50)", Unit.DATE),
    "finish_p80": FigureKind("Finish, 80 % sure (P80)", Unit.WORKING_DAYS),
    "finish_p80_date": FigureKind("Finish date, 80 % sure (P80)", Unit.DATE),
    "finish_p95": FigureKind("Finish, 95 % sure (P95)", Unit.WORKING_DAYS),
    "finish_p95_date": FigureKind("Finish date, 95 % sure (P95)", Unit.DATE),
    "chance_of_plan_finish": FigureKind("Chance of the plan's finish", Unit.SHARE),
    "cost": FigureKind("Cost", Unit.MONEY),
    "cost_p50": FigureKind("Cost, 50 % sure (P50)", Unit.MONEY),
    "cost_p80": FigureKind("Cost, 80 % sure (P80)", Unit.MONEY),
    "cost_p95": FigureKind("Cost, 95 % sure (P95)", Unit.MONEY),
    "critical_activities": FigureKind("Critical activities", Unit.COUNT),
}
"""Every figure by name, in the order of the tables."""


def difference(value: Figure, base: Figure) -> float | None:
    """Return value - base: calendar days for dates, ``None`` where one of them is missing.

    Examples
    --------
    >>> difference(datetime(2026, 6, 2, 17), datetime(2026, 5, 29, 12)), difference(3, None)
    (4, None)
    """
    if value is None or base is None:
        return None
    if isinstance(value, datetime) and isinstance(base, datetime):
        return (value.date() - base.date()).days
    assert not isinstance(value, datetime)
    assert not isinstance(base, datetime)
    return value - base


def number_text(number: float) -> str:
    """Return a number with thousands separated, and no more decimals than its size deserves.

    Examples
    --------
    >>> [number_text(n) for n in (44.0, 9999.6, 123.46, 0.456, 1e-9)]
    ['44', '10,000', '123.5', '0.46', '0']
    """
    decimals = 0 if abs(number) >= 1000 else 1 if abs(number) >= 100 else 2
    text = f"{number:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def figure_text(name: str, value: Any, currency: str = "") -> str:
    """Return a figure with its unit, empty where there is none.

    Examples
    --------
    >>> figure_text("finish", 44.0), figure_text("chance_of_plan_finish", 0.456)
    ('44 days', '46 %')
    """
    if value is None or value != value:  # nan is not itself
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return _with_unit(FIGURES[name].unit, value, currency)


def delta_text(name: str, delta: float | None, currency: str = "") -> str:
    """Return the delta of a figure with its sign and unit.

    Examples
    --------
    >>> delta_text("finish", -5), delta_text("chance_of_plan_finish", 0.1), delta_text("cost", 0)
    ('-5 days', '+10 points', 'no change')
    >>> delta_text("finish_date", 7), delta_text("cost_p80", 1250.4, "EUR")
    ('+7 calendar days', '+EUR 1,250')
    """
    if delta is None or delta != delta:
        return "unknown"
    unit = FIGURES[name].unit
    text = (
        f"{number_text(abs(delta) * 100)} point{_s(abs(delta) * 100)}"
        if unit is Unit.SHARE
        else f"{number_text(abs(delta))} calendar day{_s(abs(delta))}"
        if unit is Unit.DATE
        else _with_unit(unit, abs(delta), currency)
    )
    is_zero = number_text(abs(delta) * (100 if unit is Unit.SHARE else 1)) == "0"
    return "no change" if is_zero else f"{'+' if delta > 0 else '-'}{text}"


def _with_unit(unit: Unit, value: float, currency: str) -> str:
    if unit is Unit.SHARE:
        return f"{value * 100:.0f} %"
    if unit is Unit.WORKING_DAYS:
        return f"{number_text(value)} day{_s(value)}"
    if unit is Unit.MONEY and currency:
        return f"{currency} {number_text(value)}"
    return number_text(value)


def _s(number: float) -> str:
    return "" if number_text(number) == "1" else "s"
