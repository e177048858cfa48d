"""How the forecast of a benefit comes about, in lines with the numbers put in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.figures import number_text
from pmkit.analysis.resourcing.over_allocation import named
from pmkit.analysis.valuing.benefit_forecast import BenefitForecast, enablers_text
from pmkit.analysis.valuing.delivery import Instant, Part
from pmkit.analysis.valuing.year_profile import DAYS_A_YEAR
from pmkit.analysis.words import moment_words, money_text


def explain_benefit(
    one: BenefitForecast, at: float | None, findings: Iterable[str], currency: str = ""
) -> Explanation:
    """Show when a benefit starts, how its years move with delivery, and what has come.

    Parameters
    ----------
    one
        The benefit, planned and forecast.
    at
        Up to when realised is held against planned.
    findings
        What is amiss.
    currency
        For amounts.
    """
    benefit = one.benefit
    owner = f", {benefit.owner} answers for it" if benefit.owner else ""
    title = f"benefit {benefit.id!r}: {enablers_text(benefit)}{owner}"
    return Explanation(title, (*_lines(one, at, currency), *findings))


def _lines(one: BenefitForecast, at: float | None, currency: str) -> Iterator[str]:
    benefit, planned = one.benefit, money_text(one.planned_total, currency)
    if one.amounts:
        told = ", ".join(f"{y}: {money_text(a, currency)}" for y, a in one.amounts.items())
        yield f"in full, by year: {told}"
    if one.timeless:
        yield f"in full, without a year: {money_text(one.timeless, currency)}"
    if benefit.ramp_years and one.amounts:
        yield (f"it grows from delivery to the full amount over {benefit.ramp_years:g} years, so "
               f"{planned} is planned")  # fmt: skip
    for part in one.parts:
        yield from _delivery(one, part)
    if not one.parts:
        yield f"forecast 0 of {planned}: what enables it is not delivered"
        return
    if not one.can_move:
        yield "without a start date nobody knows in which years it comes"
        return
    if one.forecast and one.forecast != one.planned:
        before = one.planned
        for year in sorted({*before, *one.forecast}):
            yield (f"{year}: {money_text(before.get(year, 0.0), currency)} becomes "
                   f"{money_text(one.forecast.get(year, 0.0), currency)}")  # fmt: skip
    if one.beyond:
        yield (f"{money_text(one.beyond, currency)} would come after {one.last}, its last planned "
               "year, and is not counted")  # fmt: skip
    yield f"forecast {money_text(one.forecast_total, currency)} of {planned} planned"
    chances = {one.chance(part) for part in one.parts}
    if chances != {1.0}:
        how = f"{100 * chances.pop():.3g} %" if len(chances) == 1 else "its parts' probabilities"
        yield (f"risk-adjusted: {money_text(one.forecast_total, currency)} x {how} = "
               f"{money_text(one.risk_adjusted_total, currency)}")  # fmt: skip
    if at is not None and benefit.realised:
        came = sum(benefit.realised.values())
        yield (f"realised {money_text(came, currency)}, planned to date "
               f"{money_text(one.until(at), currency)}")  # fmt: skip


def _delivery(one: BenefitForecast, part: Part) -> Iterator[str]:
    who = named(list(part.enablers))
    of = f"{100 * part.share:.3g} % of it: " if len(one.parts) > 1 or part.share != 1 else ""
    if part.planned is None or part.forecast is None:
        yield f"{of}no activities say when {who} delivers, so it stands as planned"
        return
    first = {"any": "first delivery of ", "all": "last delivery of "}.get(str(one.benefit.rule), "")
    what = first + who if len(part.enablers) > 1 else f"delivery of {who}"
    yield f"{of}{what}: {_moment(part.planned)} as approved, {_moment(part.forecast)} as forecast"
    days = part.delay_days
    if not days:
        yield f"{of}no delay"
        return
    text = number_text(abs(days))
    when = "later" if days > 0 else "earlier"
    unit = "day" if text == "1" else "days"
    years = f" / {DAYS_A_YEAR} = {abs(days) / DAYS_A_YEAR:.3f} years" if one.is_dated else ""
    yield f"{of}{text} {unit}{years} {when}"


def _moment(moment: Instant) -> str:
    return moment_words(moment) if isinstance(moment, datetime) else moment_words(float(moment))
