"""One look for all charts: type, sizes, colours by meaning, numbers and dates, light and dark.

Nothing is registered anywhere: a view calls `themed` on the chart it returns. Colours are those of
Okabe & Ito (2008), which people with any kind of colour vision can tell apart; every meaning also
has a shape, a line or a word, because colour alone must never carry it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import altair as alt
import numpy as np

Chart = alt.Chart | alt.LayerChart | alt.VConcatChart | alt.HConcatChart
"""What a view returns."""

AnyChart = TypeVar("AnyChart", alt.Chart, alt.LayerChart, alt.VConcatChart, alt.HConcatChart)

FONT = "Arial, Helvetica, sans-serif"
TITLE, SUBTITLE, LABEL, NOTE = 15, 12, 11, 10
"""Type sizes, in pixels."""

WIDTH = 640
"""Width of the plot, in pixels; titles and labels stand beside it."""

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by meaning. Use `LIGHT` or `DARK`.

    Parameters
    ----------
    background, text, muted, grid, shade
        Paper, words, secondary words, grid lines, and bands such as weekends.
    critical, has_float, done, total_float, baseline, scenario, today, threat, opportunity, summary
        What they say.
    series
        Colours of several scenarios, the plan first; `DASHES` tells them apart without colour.
    density
        Two ends of a scale for shares, from few to many.
    """

    name: str
    background: str
    text: str
    muted: str
    grid: str
    shade: str
    critical: str
    has_float: str
    done: str
    total_float: str
    baseline: str
    scenario: str
    today: str
    threat: str
    opportunity: str
    summary: str
    series: tuple[str, ...]
    density: tuple[str, str]


LIGHT = Theme(
    name="light",
    background="#ffffff",
    text="#1f2328",
    muted="#59636e",
    grid="#e4e7eb",
    shade="#f1f3f5",
    critical="#d55e00",
    has_float="#0072b2",
    done="#4a545f",
    total_float="#6e7781",
    baseline="#b4bbc4",
    scenario="#009e73",
    today="#a3447a",
    threat="#d55e00",
    opportunity="#009e73",
    summary="#3d444d",
    series=("#0072b2", "#d55e00", "#009e73", "#a3447a", "#9a6a00", "#1f2328"),
    density=("#dbe9f4", "#08519c"),
)

DARK = Theme(
    name="dark",
    background="#16191d",
    text="#eceff2",
    muted="#a9b2bc",
    grid="#2c3238",
    shade="#20252a",
    critical="#ee7214",
    has_float="#56b4e9",
    done="#8a96a3",
    total_float="#98a2ad",
    baseline="#59636e",
    scenario="#1fc19b",
    today="#e394c1",
    threat="#ee7214",
    opportunity="#1fc19b",
    summary="#c9d1d9",
    series=("#56b4e9", "#ee7214", "#1fc19b", "#e394c1", "#f0e442", "#eceff2"),
    density=("#16324a", "#8fd0ff"),
)

DASHES: tuple[list[int], ...] = ([1, 0], [7, 3], [2, 3], [9, 3, 2, 3], [5, 5], [12, 4])
"""Line patterns of several scenarios, the plan (solid) first."""


def themed(chart: AnyChart, theme: Theme = LIGHT) -> AnyChart:
    """Return the chart in the one look of all charts.

    Parameters
    ----------
    chart
        Any chart; its own configuration is replaced.
    theme
        `LIGHT` or `DARK`.

    Examples
    --------
    >>> chart = themed(alt.Chart(alt.InlineData(values=[])).mark_bar(), DARK)
    >>> chart.to_dict()["config"]["background"]
    '#16191d'
    """
    axis: dict[str, Any] = {
        "domainColor": theme.muted,
        "grid": False,
        "gridColor": theme.grid,
        "labelColor": theme.text,
        "labelFont": FONT,
        "labelFontSize": LABEL,
        "tickColor": theme.muted,
        "titleColor": theme.muted,
        "titleFont": FONT,
        "titleFontSize": LABEL,
        "titleFontWeight": "normal",
        "titlePadding": 8,
    }
    legend: dict[str, Any] = {
        "labelColor": theme.text,
        "labelFont": FONT,
        "labelFontSize": LABEL,
        "labelLimit": 260,
        "symbolOpacity": 1,
        "titleColor": theme.muted,
        "titleFont": FONT,
        "titleFontSize": LABEL,
        "titleFontWeight": "normal",
    }
    title: dict[str, Any] = {
        "anchor": "start",
        "color": theme.text,
        "font": FONT,
        "fontSize": TITLE,
        "fontWeight": "bold",
        "frame": "bounds",
        "offset": 12,
        "subtitleColor": theme.muted,
        "subtitleFont": FONT,
        "subtitleFontSize": SUBTITLE,
        "subtitlePadding": 4,
    }
    settled = chart.copy(deep=False)
    settled.config = alt.Config(
        axis=alt.AxisConfig(**axis),
        background=theme.background,
        font=FONT,
        legend=alt.LegendConfig(**legend),
        padding=10,
        text=alt.MarkConfig(color=theme.text, font=FONT, fontSize=LABEL),
        title=alt.TitleConfig(**title),
        view=alt.ViewConfig(stroke=None),
    )
    return settled


def day_text(moment: Any) -> str:
    """Return a date as people read it, the same in every language setting of the machine.

    Parameters
    ----------
    moment
        A date, a datetime or a numpy datetime64.

    Examples
    --------
    >>> day_text(date(2026, 5, 29)), day_text(np.datetime64("2026-06-01T17:00"))
    ('29 May 2026', '1 Jun 2026')
    """
    day = as_datetime(moment)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day_text(moment: datetime) -> str:
    """Return a date without its year: ``29 May``."""
    return f"{moment.day} {_MONTHS[moment.month - 1]}"


def month_text(moment: datetime) -> str:
    """Return the name of a month: ``May``."""
    return _MONTHS[moment.month - 1]


def as_datetime(moment: Any) -> datetime:
    """Return a date, datetime or datetime64 as a naive datetime; a date is its midnight."""
    if isinstance(moment, np.datetime64):
        moment = moment.astype("datetime64[us]").item()
    if isinstance(moment, datetime):
        return moment
    assert isinstance(moment, date)
    return datetime(moment.year, moment.month, moment.day)


def number_text(number: float) -> str:
    """Return a number with thousands separated, and no more decimals than its size deserves.

    Examples
    --------
    >>> number_text(44.0), number_text(12345.678), number_text(2.25), number_text(-0.001)
    ('44', '12,346', '2.25', '0')
    """
    decimals = 0 if abs(number) >= 1000 else 1 if abs(number) >= 100 else 2
    text = f"{number:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace("-", "\u2212")


def days_text(days: float) -> str:
    """Return a number of working days with its unit.

    Examples
    --------
    >>> days_text(1), days_text(2.5)
    ('1 working day', '2.5 working days')
    """
    text = number_text(days)
    return f"{text} working day{'' if text in {'1', chr(0x2212) + '1'} else 's'}"


def money_text(amount: float, currency: str = "") -> str:
    """Return an amount of money, in thousands or millions where it is large.

    Examples
    --------
    >>> money_text(1_234_567, "EUR"), money_text(950), money_text(45_600, "EUR")
    ('EUR 1.23 M', '950', 'EUR 45.6 k')
    """
    for unit, size in ((" bn", 1e9), (" M", 1e6), (" k", 1e4)):
        if abs(amount) >= size:
            amount /= 1e3 if unit == " k" else size
            break
    else:
        unit = ""
    text = f"{amount:,.{0 if abs(amount) >= 1000 else 1 if abs(amount) >= 10 else 2}f}"
    text = (text.rstrip("0").rstrip(".") if "." in text else text) + unit
    return f"{currency} {text}" if currency else text


def share_text(share: float) -> str:
    """Return a share as percent: ``80 %``.

    Examples
    --------
    >>> share_text(0.8), share_text(0.0004), share_text(0.996)
    ('80 %', 'under 1 %', 'over 99 %')
    """
    if 0 < share < 0.01:
        return "under 1 %"
    if 0.99 < share < 1:
        return "over 99 %"
    return f"{100 * share:.0f} %"


def titled(id_: str, name: str) -> str:
    """Return what an activity is called: its id, and its name where that says more.

    Examples
    --------
    >>> titled("12", "Dig"), titled("Gate", "Dig the gate"), titled("A", "")
    ('12 Dig', 'Gate \u2013 Dig the gate', 'A')
    """
    if not name or name == id_:
        return id_
    # A dash, not a middle dot: machines with other fonts measure that one differently.
    between = " " if id_[:1].isdigit() else " \u2013 "
    return id_ + between + name


def shortened(text: str, length: int) -> str:
    """Return the text on one line, cut to a length with an ellipsis."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "\u2026"


def epoch_ms(dates: Any) -> Any:
    """Return milliseconds from 1970 of datetime64 values, read as UTC, as int64.

    A chart draws them on a scale of type ``utc``: the same picture in every time zone, and no
    hour that does not exist because clocks changed.
    """
    return np.asarray(dates).astype("datetime64[ms]").astype(np.int64)
