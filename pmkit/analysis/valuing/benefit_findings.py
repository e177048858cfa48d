"""What is amiss with a benefit: nobody owns it, nothing enables it, less has come than planned."""

from __future__ import annotations

from collections.abc import Iterator

from pmkit.analysis.resourcing.over_allocation import named
from pmkit.analysis.valuing.benefit_forecast import BenefitForecast
from pmkit.analysis.words import money_text
from pmkit.model.benefit import EnablerRule

_SAME = 1e-9


def findings_of(one: BenefitForecast, at: float | None, currency: str = "") -> tuple[str, ...]:
    """Return what is amiss with a benefit, a sentence each without its subject.

    Parameters
    ----------
    one
        The benefit, planned and forecast.
    at
        Up to when realised is held against planned; ``None`` for not at all.
    currency
        For amounts.

    Examples
    --------
    >>> from pmkit.analysis.valuing.benefit_forecast import benefit_forecast
    >>> from pmkit.model.benefit import Benefit
    >>> findings_of(benefit_forecast(Benefit("B1", money={"benefit": 5}), (), {}, {}), None)
    ('no owner who answers for it', 'no enabler: no project brings it about')
    """
    return tuple(_findings(one, at, currency))


def _findings(one: BenefitForecast, at: float | None, currency: str) -> Iterator[str]:
    benefit = one.benefit
    if not benefit.owner:
        yield "no owner who answers for it" + (", the project has no sponsor" * one.is_own)
    if not benefit.enablers:
        yield "no enabler: no project brings it about"
    elif not one.parts:
        yield f"no funded enabler: it needs {_needed(one)}"
    elif one.share < 1 - _SAME:
        absent = [p for p in benefit.enablers if not any(p in part.enablers for part in one.parts)]
        yield f"{100 * one.share:.3g} % of it has a funded enabler: {named(absent)} not funded"
    if years := one.begins_too_early:
        told = ", ".join(map(str, years))
        yield f"planned for {told}, which is over before anything that enables it is delivered"
    if at is not None and not one.is_own:
        yield from _below_plan(one, at, currency)


def _needed(one: BenefitForecast) -> str:
    word = "one of " if one.benefit.rule is not EnablerRule.ALL else ""
    return (word if len(one.benefit.enablers) > 1 else "") + named(list(one.benefit.enablers))


def _below_plan(one: BenefitForecast, at: float, currency: str) -> Iterator[str]:
    """Say where less has come to date than was planned; of a disbenefit, where it is worse."""
    planned, realised = one.until(at), one.benefit.realised
    late = [year for year in sorted(realised) if year >= at]
    if late:
        yield f"realised in {', '.join(map(str, late))}, which is after the status date"
    came = sum(amount for year, amount in realised.items() if year < at)
    if came >= planned - _SAME * max(abs(planned), 1.0):
        return
    told = f"{money_text(planned, currency)} planned to date"
    if not realised:
        yield f"{told}, nothing recorded as realised"
        return
    due = one.until(at, of_forecast=True)
    by_delivery = (
        f", {money_text(due, currency)} with delivery as it is"
        if abs(due - planned) > _SAME * max(abs(planned), 1.0) and one.can_move
        else ""
    )
    yield f"{money_text(came, currency)} realised of {told}{by_delivery}"
