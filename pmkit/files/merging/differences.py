"""What files of one program say differently, and what the program says then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from pmkit.files.merging.sources import Source
from pmkit.files.merging.telling import listed
from pmkit.model.moments import as_datetime

RULES = ("lag_calendar", "critical_float", "constraints", "progress", "total_float", "critical")
"""Settings by which a program is scheduled, beside the hours of a day and the calendar."""


def rule_differences(
    sources: Sequence[Source], base: Source, values: dict[str, Any],
    told: dict[str, tuple[Any, str]],
) -> Iterable[str]:  # fmt: skip
    """Say, for each file, which of the program's rules are not its own, and whose they are."""
    for source in sources:
        own = source.projects[0].settings
        parts = []
        for name in RULES:
            mine, theirs = getattr(own, name), values[name]
            if _same_rule(name, mine) == _same_rule(name, theirs):
                continue
            parts.append(f"{name} is {theirs or 'successor'!r} here, {mine or 'successor'!r} there")
        hours = values["hours_per_day"]
        if own.hours_per_day != hours:
            parts.append(
                f"a working day has {hours:g} hours here, {own.hours_per_day:g} there (durations, "
                "lags and costs per day are counted anew)"
            )
        if parts:
            whose = dict.fromkeys(
                told[n][1] if n in told else base.file for n in (*RULES, "hours_per_day")
            )
            yield (
                f"{source.told}: a program has one set of rules, of {listed(whose)}: "
                f"{'; '.join(parts)}."
            )


def _same_rule(name: str, value: Any) -> Any:
    return "successor" if name == "lag_calendar" and not value else value


def settle_status(sources: Sequence[Source], values: dict[str, Any]) -> Iterable[str]:
    """The program's status date is the latest one, or the one that a sheet states."""
    dates: dict[str, Any] = {}
    for source in sources:
        own = [p.settings.status_date for p in source.projects] + [source.plan.settings.status_date]
        known = [moment for moment in own if moment is not None]
        dates[source.file] = max(known, key=_end) if known else None
    known = [moment for moment in dates.values() if moment is not None]
    if not known:
        return
    stated = values.setdefault("status_date", max(known, key=_end))
    if len({_end(m) for m in (*known, stated)}) > 1 or len(known) < len(dates):
        each = ", ".join(
            f"{file} {_moment(moment) if moment is not None else 'none'}"
            for file, moment in dates.items()
        )
        yield (
            f"Status dates differ: {each}. In the program progress is known up to "
            f"{_moment(stated)}."
        )


def _end(moment: Any) -> Any:
    return as_datetime(moment, end_of_day=True) if isinstance(moment, date) else moment


def _moment(moment: Any) -> str:
    return f"{moment:%Y-%m-%d}" if isinstance(moment, date) else f"day {moment:g}"


def settle_currency(sources: Sequence[Source], values: dict[str, Any]) -> Iterable[str]:
    """The program has the one currency of its files, or none; nothing is converted."""
    found = {source.file: _currencies(source) for source in sources}
    named = dict.fromkeys(word for words in found.values() for word in words)
    stated = values.get("currency")
    if len(named) > 1 or (stated and named and set(named) != {stated}):
        each = ", ".join(f"{file} {listed(words) or 'none'}" for file, words in found.items())
        yield (
            f"Currencies differ: {each}. Costs are not converted, so a sum over projects adds "
            f"amounts of different money{f' under the name of {stated}' if stated else ''}; bring "
            "the files to one currency first."
        )
        values.setdefault("currency", "")
    elif named and not stated:
        values["currency"] = next(iter(named))
        silent = [file for file, words in found.items() if not words]
        if silent:
            yield (
                f"{listed(silent)} {'names' if len(silent) == 1 else 'name'} no currency: "
                f"amounts there are taken to be in {values['currency']}."
            )


def _currencies(source: Source) -> list[str]:
    words = [source.plan.settings.currency, *(p.settings.currency for p in source.projects)]
    return list(dict.fromkeys(word for word in words if word))


def settle_discount(sources: Sequence[Source], values: dict[str, Any]) -> Iterable[str]:
    """The program has the one discount rate of its files, or none."""
    rates = {s.file: s.plan.settings.discount_rate for s in sources}
    known = {rate for rate in rates.values() if rate is not None}
    if "discount_rate" in values or not known:
        return
    if len(known) == 1:
        values["discount_rate"] = known.pop()
        return
    each = ", ".join(f"{file} {rate:g}" for file, rate in rates.items() if rate is not None)
    yield f"Discount rates differ: {each}. The program has none until it is told one."
