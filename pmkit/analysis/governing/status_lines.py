"""Why a project has its colour, in lines with the numbers put in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmkit.analysis.figures import number_text
from pmkit.analysis.governing.rag import Rag
from pmkit.analysis.words import days_text, money_text
from pmkit.model.tolerance import Measure

if TYPE_CHECKING:
    from pmkit.analysis.governing.program_measures import ProgramMeasures
    from pmkit.analysis.governing.program_status import ProjectStatus, Standing


def standing_lines(one: Standing, measures: ProgramMeasures) -> Iterator[str]:
    """Yield target, limit and forecast of time or cost, and what they come to."""
    limit = one.limit
    p50, p80 = (measures.amount_text(one.on, amount) for amount in (one.p50, one.p80))
    trials = f"{measures.trials:,} trials"
    if limit.value is None or limit.target is None:
        yield f"{one.on}: no colour, {limit.reason}"
        yield f"{one.on}: P50 {p50}, P80 {p80}, {trials}"
        return
    yield f"{one.on}: {limit.source}"
    where = measures.amount_text(one.on, limit.value)
    if limit.is_default:
        yield f"{one.on}: no tolerance is set, so the limit is the baseline itself: {where}"
    else:
        allowed = difference_text(one.on, limit.value - limit.target, measures)
        yield f"{one.on}: {allowed} allowed, so the limit is {where}"
    yield f"{one.on}: P50 {p50}, P80 {p80}, {trials}: {verdict(one, measures)}"


def verdict(one: Standing, measures: ProgramMeasures) -> str:
    """Return which quantile is beyond its limit, and by how much."""
    assert one.limit.value is not None
    if one.rag is Rag.GREEN:
        return "P80 is within the limit"
    name, amount = ("P50", one.p50) if one.rag is Rag.RED else ("P80", one.p80)
    told = difference_text(one.on, amount - one.limit.value, measures)
    before = "" if one.rag is Rag.RED else "P50 is within the limit, "
    return f"{before}{name} is beyond the limit by {told}"


def difference_text(on: Measure, amount: float, measures: ProgramMeasures) -> str:
    """Return days or money between two forecasts, as people read them."""
    if on is Measure.TIME:
        return days_text(round(amount, 1) or round(amount, 6))
    return money_text(amount, measures.plan.settings.currency)


def value_lines(row: ProjectStatus) -> Iterator[str]:
    """Yield the indices with their numbers; those that do not exist are left out."""
    values = row.values
    for word, above, below in (("SPI", "ev", "pv"), ("SPI(t)", "es", "at"), ("CPI", "ev", "ac")):
        index = values["spi_t" if above == "es" else word.lower()]
        if index == index:
            a, b = number_text(values[above]), number_text(values[below])
            yield f"{word} = {above.upper()} / {below.upper()} = {a} / {b} = {index:.2f}"
