"""Headlines of what is to come: finish, cost, and the chance to keep the plan."""

from __future__ import annotations

from math import isfinite

from pmkit.analysis.earning.earned_value import EarnedValue
from pmkit.analysis.earning.forecast_range import ForecastRange
from pmkit.views.theme import day_text, days_text, share_text
from pmkit.widgets.figure import (
    Figure,
    lines_of,
    measured,
    missing,
    money,
    no_cost,
    span,
)
from pmkit.widgets.reading import Reading

_LEVEL = 0.8
CHANCE = "Chance to keep the plan"


def scheduled_finish(reading: Reading) -> Figure:
    """Return when the plan ends as it is scheduled, beside the baseline."""
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
    return Figure(
        "finish", "Finish, as scheduled", value, sentence, tone, lines_of(schedule.explain(last))
    )


def forecast_finish(status: EarnedValue, method: str, ranges: ForecastRange | None) -> Figure:
    """Return when it ends by one of the forecasts."""
    title, days = "Finish, forecast", status.eac_t(method)
    if not isfinite(days):
        return missing(
            f"eac_t {method}",
            title,
            "No forecast",
            "Nothing is earned yet that would tell the pace.",
        )
    when = status.date_of(days)
    value = day_text(when) if when else f"After {span(status, days)}"
    words = _assumes(status, method)
    if ranges is not None:
        sure = ranges.finish
        by = (
            f"by {day_text(sure.date_quantile(_LEVEL))}"
            if status.is_dated
            else (f"within {days_text(round(sure.quantile(_LEVEL), 1))}")
        )
        words += f" Simulated: 80 % sure {by}."
    late = days - (status.planned_duration if status.unit == "days" else float("nan"))
    tone = "bad" if late > 0.05 else "good" if late <= 0.05 else ""
    return measured(status, f"eac_t {method}", title, value, words, tone)


def cost_at_completion(status: EarnedValue, method: str, ranges: ForecastRange | None) -> Figure:
    """Return what it will have cost by one of the forecasts."""
    title, eac = "Cost at completion (EAC)", status.eac(method)
    if not isfinite(eac):
        return missing(f"eac {method}", title, no_cost(status), "Without it, no forecast.")
    over = eac - status.bac
    way = "more" if over > 0 else "less"
    words = f"{money(status, abs(over))} {way} than the budget. "
    words += _assumes(status, method)
    if ranges is not None and isfinite(status.ac):
        most = money(status, ranges.cost.quantile(_LEVEL))
        words += f" Simulated: 80 % sure of at most {most}."
    return measured(
        status, f"eac {method}", title, money(status, eac), words, "bad" if over > 0 else "good"
    )


def chance(status: EarnedValue, ranges: ForecastRange) -> Figure:
    """How likely the rest, played many times, keeps the plan."""
    planned = status._measured.origin + status.planned_duration
    if not isfinite(planned):
        return missing("chance", CHANCE, "Not known", "The planned finish is not known.")
    in_time = ranges.finish.probability(planned)
    when = status.planned_finish
    by = f"by {day_text(when)}" if when else f"within {days_text(planned)}"
    words = f"that it ends {by}, as planned."
    lines = [f"{round(in_time * len(ranges.finish)):,} of {len(ranges.finish):,} trials end {by}"]
    if isfinite(status.ac):
        within = ranges.cost.probability(status.bac)
        words = f"that it ends {by}; {share_text(within)} that the budget is kept."
        count = round(within * len(ranges.cost))
        lines.append(f"{count:,} cost no more than {money(status, status.bac)}")
    how = "as the work so far" if ranges.performance == "so_far" else "as planned"
    lines += [f"each trial draws what remains anew; it goes {how}", *ranges.notes]
    return Figure(
        "chance",
        CHANCE,
        share_text(in_time),
        words,
        "bad" if in_time < 0.5 else "good",
        tuple(lines),
    )


def _assumes(status: EarnedValue, method: str) -> str:
    text = str(status.forecast.loc[method, "assumption"])
    return f"Assumes: {text[:1].lower()}{text[1:]}"
