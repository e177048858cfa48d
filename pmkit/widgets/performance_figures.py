"""Headlines of what has been: what is earned, at what cost, how late."""

from __future__ import annotations

from math import isfinite

from pmkit.analysis.earning.earned_value import EarnedValue
from pmkit.views.status_words import index_text
from pmkit.views.theme import day_text
from pmkit.widgets.figure import (
    Figure,
    measured,
    missing,
    money,
    no_cost,
    signed,
    span,
    tone_of,
)

_COINS = {"EUR": ("euro", "cents"), "USD": ("dollar", "cents"), "GBP": ("pound", "pence")}


def earned(status: EarnedValue) -> Figure:
    """Return how much is earned, of what and beside what."""
    spent = f", and {status.percent_spent:.0f} % of it is spent" if isfinite(status.ac) else ""
    words = (
        f"of the budget of {money(status, status.bac)}. By now {status.percent_planned:.0f} % "
        f"should have been earned{spent}."
    )
    behind = status.percent_earned < status.percent_planned - 0.5
    return measured(
        status, "ev", "Earned", f"{status.percent_earned:.0f} %", words, "bad" if behind else "good"
    )


def cost_performance(status: EarnedValue) -> Figure:
    """Return what money spent has earned."""
    title, cpi = "Cost performance (CPI)", status.cpi
    if not isfinite(cpi):
        return missing("cpi", title, no_cost(status), "Say under Report progress what work cost.")
    coin, change = _COINS.get(status.currency, ("1.00", ""))
    earned = f"{100 * cpi:.0f} {change}" if change else f"{cpi:.2f}"
    words = f"Each {coin} spent has earned {earned} of planned work."
    return measured(status, "cpi", title, index_text(cpi), words, tone_of(cpi))


def schedule_performance(status: EarnedValue) -> Figure:
    """Return how much time was earned in the time that has passed."""
    title, spi_t = "Schedule performance (SPI(t))", status.spi_t
    if not isfinite(spi_t):
        return missing("spi_t", title, "No pace yet", "No time has passed, or nothing is planned.")
    passed, done = (
        span(status, value) for value in (status.es - status.sv_t, status.es)
    )  # AT = ES - SV(t), in the unit of ES
    words = f"In {passed}, as much was done as was planned for {done}."
    return measured(status, "spi_t", title, index_text(spi_t), words, tone_of(spi_t))


def cost_variance(status: EarnedValue) -> Figure:
    """Return how far cost is from what the work was to cost."""
    title, cv = "Cost variance (CV)", status.cv
    if not isfinite(cv):
        return missing("cv", title, no_cost(status), "So what was done cannot be compared.")
    way = "more" if cv < 0 else "less"
    words = f"The work done has cost {money(status, abs(cv))} {way} than its budget."
    if abs(cv) < 0.0005 * status.bac:
        words = "The work done has cost what was budgeted for it."
    return measured(
        status, "cv", title, signed(money(status, abs(cv)), cv), words, "bad" if cv < 0 else "good"
    )


def time_variance(status: EarnedValue) -> Figure:
    """Return how far the work is from where it was to be."""
    title, late = "Time variance (SV(t))", status.sv_t
    if not isfinite(late):
        return missing("sv_t", title, "Not known", "The planned finish is not known.")
    then = f"after {span(status, status.es)}"
    if status.es_date is not None:
        then = f"for {day_text(status.es_date)}"
    words = f"What is done by now was planned {then}."
    size = span(status, abs(late)).replace("working ", "")
    return measured(
        status, "sv_t", title, signed(size, late), words, "bad" if late < -0.05 else "good"
    )


def to_complete(status: EarnedValue) -> Figure:
    """Return what the rest must earn to keep the budget."""
    title, tcpi = "To end within budget (TCPI)", status.tcpi
    if not isfinite(status.ac):
        return missing("tcpi", title, no_cost(status), "So nobody knows what may still be spent.")
    if not isfinite(tcpi) or tcpi <= 0:
        return missing("tcpi", title, "Out of reach", "The budget is spent.")
    coin, change = _COINS.get(status.currency, ("1.00", ""))
    earn = f"{100 * tcpi:.0f} {change}" if change else f"{tcpi:.2f}"
    words = f"From now on each {coin} spent must earn {earn}."
    if isfinite(status.cpi):
        so_far = f"{100 * status.cpi:.0f} {change}" if change else f"{status.cpi:.2f}"
        words += f" So far each earned {so_far}."
    return measured(status, "tcpi", title, index_text(tcpi), words, tone_of(1 / tcpi))
