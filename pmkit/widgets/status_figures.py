"""The figures that a project manager reads first, each with what it says in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

from pmkit.analysis.earned_value import EarnedValue
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.forecast_range import ForecastRange
from pmkit.views.status_words import index_text
from pmkit.views.theme import day_text, days_text, money_text, number_text, share_text
from pmkit.widgets.reading import Reading

_COINS = {"EUR": ("euro", "cents"), "USD": ("dollar", "cents"), "GBP": ("pound", "pence")}
_LEVEL = 0.8
_CHANCE = "Chance to keep the plan"


@dataclass(frozen=True)
class Figure:
    """One headline.

    Parameters
    ----------
    name
        What `EarnedValue.explain` calls it.
    title, value, sentence
        What is shown.
    tone
        ``"good"``, ``"bad"``, or ``""`` for neither; the sentence says it too.
    arithmetic
        How it came about, in lines.
    missing
        Whether the value is a reason instead of a number.
    """

    name: str
    title: str
    value: str
    sentence: str
    tone: str = ""
    arithmetic: tuple[str, ...] = ()
    missing: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return it as a card takes it."""
        return {**vars(self), "arithmetic": list(self.arithmetic)}


def figures(
    reading: Reading,
    cost: str,
    time: str,
    ranges: ForecastRange | None = None,
    *,
    busy: bool = False,
) -> list[Figure]:
    """Return the headlines of a reading.

    Parameters
    ----------
    reading
        The plan at its status date.
    cost, time
        Methods of forecasting, as `EarnedValue.eac` and `eac_t` take them.
    ranges
        How sure the forecasts are, once that is simulated.
    busy
        Whether that is still to come.
    """
    found = [_scheduled(reading)]
    if reading.status is not None:
        found += _measured(reading.status, cost, time, ranges)
        if ranges is not None:
            found.append(_chance(reading.status, ranges))
        elif busy:
            found.append(_missing("chance", _CHANCE, "\u2026", "The rest is being simulated."))
    return found


def _scheduled(reading: Reading) -> Figure:
    schedule, moved = reading.schedule, reading.slip
    value = f"After {days_text(schedule.finish)}"
    if schedule.finish_date is not None:
        value = day_text(schedule.finish_date)
    late = moved.project_slip
    if not isfinite(late):
        sentence, tone = "There is no baseline to compare it with.", ""
    elif abs(late) < 0.05:
        sentence, tone = "As in the baseline.", "good"
    else:
        way = "later" if late > 0 else "earlier"
        then = days_text(moved.planned_finish)
        if schedule.is_dated:
            then = day_text(schedule.date_of(moved.planned_finish).item())
        sentence = f"{days_text(round(abs(late), 1))} {way} than the baseline ({then})."
        tone = "bad" if late > 0 else "good"
    last = schedule.longest_path[-1]
    return Figure("finish", "Finish, as scheduled", value, sentence, tone,
                  _lines(schedule.explain(last)))  # fmt: skip


def _measured(
    status: EarnedValue, cost: str, time: str, ranges: ForecastRange | None
) -> Iterator[Figure]:
    yield _finish(status, time, ranges)
    yield _at_completion(status, cost, ranges)
    yield _earned(status)
    yield _cpi(status)
    yield _spi_t(status)
    yield _cost_variance(status)
    yield _time_variance(status)
    yield _to_complete(status)


def _figure(status: EarnedValue, name: str, title: str, value: str, sentence: str,
            tone: str = "") -> Figure:  # fmt: skip
    return Figure(name, title, value, sentence, tone, _lines(status.explain(name)))


def _missing(name: str, title: str, why: str, sentence: str) -> Figure:
    return Figure(name, title, why, sentence, missing=True)


def _finish(status: EarnedValue, method: str, ranges: ForecastRange | None) -> Figure:
    title, days = "Finish, forecast", status.eac_t(method)
    if not isfinite(days):
        return _missing(f"eac_t {method}", title, "No forecast",
                        "Nothing is earned yet that would tell the pace.")  # fmt: skip
    when = status.date_of(days)
    value = day_text(when) if when else f"After {_span(status, days)}"
    words = _assumes(status, method)
    if ranges is not None:
        sure = ranges.finish
        by = f"by {day_text(sure.date_quantile(_LEVEL))}" if status.is_dated else (
            f"within {days_text(round(sure.quantile(_LEVEL), 1))}"
        )  # fmt: skip
        words += f" Simulated: 80 % sure {by}."
    late = days - (status.planned_duration if status.unit == "days" else float("nan"))
    tone = "bad" if late > 0.05 else "good" if late <= 0.05 else ""
    return _figure(status, f"eac_t {method}", title, value, words, tone)


def _at_completion(status: EarnedValue, method: str, ranges: ForecastRange | None) -> Figure:
    title, eac = "Cost at completion (EAC)", status.eac(method)
    if not isfinite(eac):
        return _missing(f"eac {method}", title, _no_cost(status), "Without it, no forecast.")
    over = eac - status.bac
    way = "more" if over > 0 else "less"
    words = f"{_money(status, abs(over))} {way} than the budget. "
    words += _assumes(status, method)
    if ranges is not None and isfinite(status.ac):
        most = _money(status, ranges.cost.quantile(_LEVEL))
        words += f" Simulated: 80 % sure of at most {most}."
    return _figure(status, f"eac {method}", title, _money(status, eac), words,
                   "bad" if over > 0 else "good")  # fmt: skip


def _earned(status: EarnedValue) -> Figure:
    spent = f", and {status.percent_spent:.0f} % of it is spent" if isfinite(status.ac) else ""
    words = (
        f"of the budget of {_money(status, status.bac)}. By now {status.percent_planned:.0f} % "
        f"should have been earned{spent}."
    )
    behind = status.percent_earned < status.percent_planned - 0.5
    return _figure(status, "ev", "Earned", f"{status.percent_earned:.0f} %", words,
                   "bad" if behind else "good")  # fmt: skip


def _cpi(status: EarnedValue) -> Figure:
    title, cpi = "Cost performance (CPI)", status.cpi
    if not isfinite(cpi):
        return _missing("cpi", title, _no_cost(status), "Say under Report progress what work cost.")
    coin, change = _COINS.get(status.currency, ("1.00", ""))
    earned = f"{100 * cpi:.0f} {change}" if change else f"{cpi:.2f}"
    words = f"Each {coin} spent has earned {earned} of planned work."
    return _figure(status, "cpi", title, index_text(cpi), words, _tone(cpi))


def _spi_t(status: EarnedValue) -> Figure:
    title, spi_t = "Schedule performance (SPI(t))", status.spi_t
    if not isfinite(spi_t):
        return _missing("spi_t", title, "No pace yet", "No time has passed, or nothing is planned.")
    passed, done = (
        _span(status, value) for value in (status.es - status.sv_t, status.es)
    )  # AT = ES - SV(t), in the unit of ES
    words = f"In {passed}, as much was done as was planned for {done}."
    return _figure(status, "spi_t", title, index_text(spi_t), words, _tone(spi_t))


def _cost_variance(status: EarnedValue) -> Figure:
    title, cv = "Cost variance (CV)", status.cv
    if not isfinite(cv):
        return _missing("cv", title, _no_cost(status), "So what was done cannot be compared.")
    way = "more" if cv < 0 else "less"
    words = f"The work done has cost {_money(status, abs(cv))} {way} than its budget."
    if abs(cv) < 0.0005 * status.bac:
        words = "The work done has cost what was budgeted for it."
    return _figure(status, "cv", title, _signed(_money(status, abs(cv)), cv), words,
                   "bad" if cv < 0 else "good")  # fmt: skip


def _time_variance(status: EarnedValue) -> Figure:
    title, late = "Time variance (SV(t))", status.sv_t
    if not isfinite(late):
        return _missing("sv_t", title, "Not known", "The planned finish is not known.")
    then = f"after {_span(status, status.es)}"
    if status.es_date is not None:
        then = f"for {day_text(status.es_date)}"
    words = f"What is done by now was planned {then}."
    size = _span(status, abs(late)).replace("working ", "")
    return _figure(status, "sv_t", title, _signed(size, late), words,
                   "bad" if late < -0.05 else "good")  # fmt: skip


def _to_complete(status: EarnedValue) -> Figure:
    title, tcpi = "To end within budget (TCPI)", status.tcpi
    if not isfinite(status.ac):
        return _missing("tcpi", title, _no_cost(status), "So nobody knows what may still be spent.")
    if not isfinite(tcpi) or tcpi <= 0:
        return _missing("tcpi", title, "Out of reach", "The budget is spent.")
    coin, change = _COINS.get(status.currency, ("1.00", ""))
    earn = f"{100 * tcpi:.0f} {change}" if change else f"{tcpi:.2f}"
    words = f"From now on each {coin} spent must earn {earn}."
    if isfinite(status.cpi):
        so_far = f"{100 * status.cpi:.0f} {change}" if change else f"{status.cpi:.2f}"
        words += f" So far each earned {so_far}."
    return _figure(status, "tcpi", title, index_text(tcpi), words, _tone(1 / tcpi))


def _chance(status: EarnedValue, ranges: ForecastRange) -> Figure:
    """How likely the rest, played many times, keeps the plan."""
    planned = status._measured.origin + status.planned_duration
    if not isfinite(planned):
        return _missing("chance", _CHANCE, "Not known",
                        "The planned finish is not known.")  # fmt: skip
    in_time = ranges.finish.probability(planned)
    when = status.planned_finish
    by = f"by {day_text(when)}" if when else f"within {days_text(planned)}"
    words = f"that it ends {by}, as planned."
    lines = [f"{round(in_time * len(ranges.finish)):,} of {len(ranges.finish):,} trials end {by}"]
    if isfinite(status.ac):
        within = ranges.cost.probability(status.bac)
        words = f"that it ends {by}; {share_text(within)} that the budget is kept."
        count = round(within * len(ranges.cost))
        lines.append(f"{count:,} cost no more than {_money(status, status.bac)}")
    how = "as the work so far" if ranges.performance == "so_far" else "as planned"
    lines += [f"each trial draws what remains anew; it goes {how}", *ranges.notes]
    return Figure("chance", _CHANCE, share_text(in_time), words,
                  "bad" if in_time < 0.5 else "good", tuple(lines))  # fmt: skip


def _assumes(status: EarnedValue, method: str) -> str:
    text = str(status.forecast.loc[method, "assumption"])
    return f"Assumes: {text[:1].lower()}{text[1:]}"


def _no_cost(status: EarnedValue) -> str:
    return "No cost reported" if not isfinite(status.ac) else "Nothing spent yet"


def _money(status: EarnedValue, amount: float) -> str:
    return money_text(amount, status.currency)


def _span(status: EarnedValue, length: float) -> str:
    if status.unit == "periods":
        return f"{number_text(round(length, 1))} periods"
    return days_text(round(length, 1))


def _signed(text: str, value: float) -> str:
    return ("\u2212" if value < 0 else "+" if value > 0 else "") + text


def _tone(index: float) -> str:
    return "bad" if index < 0.995 else "good"


def _lines(explanation: Explanation) -> tuple[str, ...]:
    return (explanation.title, *explanation.lines)
