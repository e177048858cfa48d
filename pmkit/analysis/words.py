"""Days, money and moments as sentences have them."""

from __future__ import annotations

from datetime import date

from pmkit.analysis.figures import number_text
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.activity import Moment


def days_text(days: float) -> str:
    """Return working days in words.

    Examples
    --------
    >>> days_text(1), days_text(-2.5)
    ('1 day', '-2.5 days')
    """
    text = number_text(round(days, 6))
    return f"{text} day{'' if text in ('1', '-1') else 's'}"


def money_text(amount: float, currency: str = "") -> str:
    """Return an amount with its currency.

    Examples
    --------
    >>> money_text(-1250.4, "EUR"), money_text(3)
    ('-EUR 1,250', '3')
    """
    text = number_text(abs(amount))
    sign = "-" if amount < 0 and text != "0" else ""
    return f"{sign}{currency} {text}" if currency else f"{sign}{text}"


def moment_text(schedule: Schedule, days: float) -> str:
    """Return an instant as its reader sees it: a date, or the day of an undated plan."""
    if schedule.is_dated:
        return str(schedule.date_of(days).astype("datetime64[D]"))
    return f"day {number_text(round(days, 6))}"


def moment_words(moment: Moment | None) -> str:
    """Return a moment as the plan has it: a date, or the day of an undated plan; empty for none.

    Examples
    --------
    >>> moment_words(date(2026, 4, 30)), moment_words(2.5), moment_words(None)
    ('2026-04-30', 'day 2.5', '')
    """
    if moment is None:
        return ""
    return f"{moment:%Y-%m-%d}" if isinstance(moment, date) else f"day {moment:,.12g}"
