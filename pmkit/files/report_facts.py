"""What a report says, whatever the kind of file: the answer, the assumptions, the notes."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pmkit.analysis.compare import PLAN, Comparison, delta_column
from pmkit.analysis.figures import FIGURES, Unit, number_text
from pmkit.analysis.simulating.correlation import GROUP_DEFAULT
from pmkit.model.calendar import Calendar
from pmkit.model.program import Program

if TYPE_CHECKING:
    import pandas as pd

_PROGRESS_WORDS = {
    "retained_logic": "what remains is scheduled from the status date (retained logic)",
    "progress_override": "what remains is scheduled from the status date (progress override)",
    "unmoved": "actual dates stand, late work is not moved to the status date (MS Project's way)",
}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def day_text(day: Any) -> str:
    """Return a date as people read it, the same in every language setting of the machine.

    Examples
    --------
    >>> day_text(date(2026, 5, 29))
    '29 May 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def report_title(comparison: Comparison) -> str:
    """Return the title of a report: the plan, and that its scenarios stand beside it."""
    name = comparison.plan.name
    return f"{name}: scenarios" if name else "Plan and scenarios"


def value_text(name: str, value: Any, currency: str = "") -> str:
    """Return a figure with its unit, as the tables of a report show it.

    Examples
    --------
    >>> value_text("finish", 136.0), value_text("finish_date", date(2026, 7, 27))
    ('136 working days', '27 Jul 2026')
    """
    if value is None or value != value:  # nan is not itself
        return "–"
    unit = FIGURES[name].unit
    if unit is Unit.DATE:
        return day_text(value)
    if unit is Unit.SHARE:
        return f"{100 * value:.1f} %" if 0 < value < 0.1 else f"{100 * value:.0f} %"
    if unit is Unit.MONEY:
        return f"{currency} {number_text(value)}".strip()
    if unit is Unit.WORKING_DAYS:
        return _counted(_as_sure(name, value), "working day")
    return number_text(value)


def delta_words(name: str, delta: float | None, currency: str = "") -> str:
    """Return a difference in words that need no sign and no colour.

    Examples
    --------
    >>> delta_words("finish", 5.0), delta_words("finish_date", -7), delta_words("cost", 1200, "EUR")
    ('5 working days later', '7 calendar days earlier', 'EUR 1,200 more')
    """
    if delta is None or delta != delta:
        return "–"
    unit, size = FIGURES[name].unit, abs(_as_sure(name, delta))
    more, less = ("later", "earlier")
    if unit is Unit.SHARE:
        size, text = 100 * size, _counted(100 * size, "percentage point")
    elif unit is Unit.DATE:
        text = _counted(size, "calendar day")
    elif unit is Unit.WORKING_DAYS:
        text = _counted(size, "working day")
    else:
        text = f"{currency} {number_text(size)}" if unit is Unit.MONEY else number_text(size)
    if unit not in (Unit.WORKING_DAYS, Unit.DATE):
        more, less = ("more", "less")
    return (
        "no change" if number_text(size) == "0" else f"{text.strip()} {more if delta > 0 else less}"
    )


def _as_sure(name: str, number: float) -> float:
    """Round what is estimated from trials to what ten thousand of them can tell."""
    if "_p" in name and FIGURES[name].unit is Unit.WORKING_DAYS:
        return round(number, 1)
    return round(number, 3) if FIGURES[name].unit is Unit.SHARE else number


def _counted(number: float, what: str) -> str:
    text = number_text(number)
    return f"{text} {what}{'' if text in ('1', '-1') else 's'}"


def is_certain(comparison: Comparison) -> bool:
    """Tell whether no trial finishes at another time than the others of its plan."""
    return not any(simulation.finish.std() > 0 for simulation in comparison.simulations.values())


def answer(comparison: Comparison, name: str) -> str:
    """Return in one sentence what a scenario does to the plan."""
    table: Any = comparison.table
    currency = comparison.plan.network.settings.currency

    def told(figure: str, of_days: str, of_date: str) -> str:
        shown = f"{figure}_date" if f"{figure}_date" in table.index else figure
        value, delta = table.at[shown, name], table.at[figure, delta_column(name)]
        words = delta_words(figure, delta, currency)
        joined = of_date if isinstance(value, date) else of_days
        return f"{joined}{value_text(shown, value, currency)} ({words})"

    parts = [told("finish", "finishes after ", "finishes ")]
    if "finish_p80" in table.index and not is_certain(comparison):
        parts.append("is 80 % sure to finish " + told("finish_p80", "within ", "by "))
    if comparison.outcomes[PLAN].cost or comparison.outcomes[name].cost:
        parts.append(told("cost", "costs ", ""))
    if len(parts) > 1:
        parts[-1] = f"and {parts[-1]}"
    return f"{', '.join(parts) if len(parts) > 2 else ' '.join(parts)}."


def moved_activities(comparison: Comparison, name: str) -> pd.DataFrame:
    """Return what moved in a scenario, what moved farthest first, names beside the ids."""
    moved = comparison.activities
    moved = moved[moved["scenario"] == name].drop(columns="scenario")
    network = comparison.plan.network
    moved.insert(0, "name", [network[id_].name for id_ in moved.index])
    columns = [c for c in ("finish_date_delta", "finish_delta", "start_delta") if c in moved]
    farthest = moved[columns].abs().max(axis=1)
    moved["dates_moved"] = farthest > 1e-9
    floats = moved["total_float_delta"].abs()
    order = sorted(
        range(len(moved)), key=lambda i: (-farthest.iloc[i], -floats.iloc[i])
    )  # fmt: skip
    return moved.iloc[order]


def assumptions(comparison: Comparison) -> tuple[tuple[str, str], ...]:
    """Return what the numbers rest on, each with its label."""
    return tuple(_assumptions(comparison))


def _assumptions(comparison: Comparison) -> Iterator[tuple[str, str]]:
    plan, network = comparison.plan, comparison.plan.network
    settings = network.settings
    counts = f"{_things(network.activities, 'activity')}, "
    counts += _things(network.dependencies, "dependency")
    if isinstance(plan, Program):
        counts = f"{_things(plan.projects, 'project')}, {counts}"
    yield "Plan", f"{plan.name}: {counts}" if plan.name else counts
    yield "Start", _moment(settings.start) if settings.start else "undated: days count from 0"
    if settings.finish is not None:
        yield "Imposed finish", f"{_moment(settings.finish)}; late dates count back from it"
    if settings.status_date is not None:
        yield "Date of the status", _moment(settings.status_date)
    if any(activity.has_progress for activity in network.activities):
        yield "Progress", _PROGRESS_WORDS[settings.progress]
    if settings.is_dated:
        yield "Project calendar", _calendar_text(network.calendar)
        others = [c.name for c in network.calendars if c.name != network.calendar.name]
        if others:
            yield "Other calendars", ", ".join(others)
    yield "Working day", f"{settings.hours_per_day:.12g} hours"
    yield (
        "Date constraints",
        "dependencies come first; a conflict shows as negative float"
        if settings.constraints == "logic_first"
        else "dates come first, as in MS Project (honour_dates)",
    )
    yield "Critical", f"total float of at most {_counted(settings.critical_float, 'working day')}"
    yield "Resources", "as many as needed: the plan is not levelled"
    if comparison.trials:
        yield from _chances(comparison)
    else:
        yield "Simulation", "none: durations and costs are taken as certain"
    yield "Made with", f"pmkit {_version()}"


def _chances(comparison: Comparison) -> Iterator[tuple[str, str]]:
    network = comparison.plan.network
    yield (
        "Simulation",
        f"{comparison.trials:,} trials, seed {comparison.seed}, the same random numbers in the "
        "plan and in each scenario: a difference is the change, not chance",
    )
    shapes = Counter(str(a.three_point.distribution) for a in network.activities if a.three_point)
    told = [f"{count:,} {shape}" for shape, count in sorted(shapes.items())]
    fixed = len(network.activities) - shapes.total()
    yield "Uncertain durations", f"{', '.join(told) or 'none'}; {fixed:,} certain"
    costs = sum(a.fixed_cost_estimate is not None for a in network.activities)
    yield "Uncertain fixed costs", f"{costs:,}" if costs else "none; costs vary with the durations"
    groups = Counter(a.correlation_group for a in network.activities if a.correlation_group)
    yield (
        "Correlation",
        f"{GROUP_DEFAULT:g} between durations of the same group: "
        + ", ".join(f"{group} ({count})" for group, count in groups.items())
        if groups
        else "none: durations vary on their own",
    )
    events = _things(network.risks, "event")
    yield "Risk events", f"{events}, drawn in every trial" if network.risks else "none"
    if is_certain(comparison):
        yield "Certainty", "the finish is the same in every trial: nothing uncertain decides it"
        return
    plan = comparison.simulations[PLAN]
    days, money = plan.finish.quantile_error(0.8), plan.cost.quantile_error(0.8)
    within = f"P80 of the finish ± {_counted(days, 'working day')}"
    if money:
        within += f", of the cost ± {value_text('cost', money, network.settings.currency)}"
    yield "Sure to within", f"{within} (standard error of the plan's figures)"


def _things(items: Any, one: str) -> str:
    many = f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"
    return f"{len(items):,} {one if len(items) == 1 else many}"


def _moment(moment: Any) -> str:
    if isinstance(moment, datetime):
        return f"{day_text(moment)} {moment:%H:%M}"
    return day_text(moment) if isinstance(moment, date) else _counted(moment, "working day")


def _calendar_text(calendar: Calendar) -> str:
    week = "; ".join(
        f"{days} {hours}" for days, hours in calendar.to_rows() if not days[:1].isdigit()
    )
    count = len(calendar.exceptions)
    off = f"; {count:,} other day{'' if count == 1 else 's'}" if count else ""
    return f"{calendar.name}: {week}{off}"


def _version() -> str:
    # the package is imported by now; a room does not import through its front door
    return str(sys.modules["pmkit"].__version__)
