"""Changes, problems and outcomes in words, as plain text."""

from __future__ import annotations

from datetime import date
from typing import Any

from pmkit.analysis.compare import PLAN, Outcome
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.activity import Activity
from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import Settings
from pmkit.views.theme import day_text, days_text, money_text, number_text

_MOST_PROBLEMS = 8
PROGRESS = ("percent_complete", "remaining_duration", "actual_start", "actual_finish",
            "actual_cost")  # fmt: skip
"""Fields of an activity that report progress."""

_POINTS = ("optimistic", "most_likely", "pessimistic")


def told(change: Change, plan: Plan) -> str:
    """Return a change in words, with what the plan has instead.

    Examples
    --------
    >>> from pmkit.model.project import Project
    >>> told(Change("A", duration=8), Project.from_table([("A", 5, "")]))
    'A: duration 8 days (plan: 5)'
    """
    values = dict(change.values)
    event = values.pop("risk", None)
    parts = []
    if isinstance(event, RiskEvent):
        parts.append(_told_risk(event))
    network = plan.network
    if change.target in network.topology.index:
        activity = network[change.target]
        if "duration" in values:
            before = number_text(activity.expected_duration)
            parts.append(f"duration {_days(values.pop('duration'))} (plan: {before})")
        if set(_POINTS) <= set(values):
            points = ", ".join(_value(values.pop(name)) for name in _POINTS)
            old = activity.three_point
            before = "none" if old is None else ", ".join(
                number_text(getattr(old, name)) for name in _POINTS
            )  # fmt: skip
            parts.append(f"three points {points} days (plan: {before})")
        for name in PROGRESS:
            if name in values:
                parts.append(_told_progress(name, values.pop(name), activity, network.settings))
    if change.target == "settings":
        return ", ".join(_told_setting(*item, network.settings) for item in values.items())
    parts += [f"{name.replace('_', ' ')} {_value(value)}" for name, value in values.items()]
    return f"{change.target}: {', '.join(parts)}"


def _told_progress(name: str, value: object, activity: Activity, settings: Settings) -> str:
    before = getattr(activity, name)
    if before is None and name == "remaining_duration":
        before = activity.remaining
    told = [_progress_value(name, one, settings.currency) for one in (value, before)]
    return f"{name.replace('_', ' ')} {told[0]} (was {told[1]})"


def _progress_value(name: str, value: Any, currency: str) -> str:
    if value is None:
        return "none"
    if name == "percent_complete":
        return f"{number_text(value)} %"
    if name == "actual_cost":
        return money_text(value, currency)
    if isinstance(value, date):
        return day_text(value)
    return _days(value) if name == "remaining_duration" else f"day {number_text(value)}"


def _told_setting(name: str, value: object, settings: Settings) -> str:
    texts = [
        day_text(one) if isinstance(one, date) else "none" if one is None else _value(one)
        for one in (value, getattr(settings, name))
    ]
    words = [text.replace("_", " ") for text in texts]
    return f"{name.replace('_', ' ')} {words[0]} (was {words[1]})"


def _told_risk(event: RiskEvent) -> str:
    title = f"risk {event.name!r}" if event.name else "risk"
    effects = [f"{number_text(100 * event.probability)} %"]
    if event.impact is not None:
        effects.append(f"{days_text(event.impact.most_likely)}")
    if event.cost_impact:
        effects.append(f"cost {number_text(event.cost_impact)}")
    return f"{title} on {', '.join(event.activities)}: {', '.join(effects)}"


def _days(value: object) -> str:
    return f"{_value(value)} day{'' if value == 1 else 's'}"


def _value(value: object) -> str:
    if value is None:
        return "none"
    return number_text(value) if isinstance(value, int | float) else str(value)


def problems(error: BaseException) -> str:
    """Return what is wrong, one sentence a line, not more lines than a person reads."""
    if not isinstance(error, PlanError):
        return f"That did not work, and nothing was changed ({type(error).__name__}: {error})."
    lines = [str(problem) for problem in error.problems]
    more = len(lines) - _MOST_PROBLEMS
    if more > 0:
        lines[_MOST_PROBLEMS:] = [f"... and {more} more problems like these."]
    return "\n".join(lines)


def answer(outcomes: dict[str, Outcome], tried: str) -> str:
    """Return when the plan ends, how far that moved, and how sure it is.

    Parameters
    ----------
    outcomes
        By name, the plan among them.
    tried
        Which of them is being tried.
    """
    base, last = outcomes[PLAN], outcomes[tried]
    text = f"Finish {_when(last.schedule)}"
    if tried != PLAN:
        text += f", {_moved(last.schedule.finish - base.schedule.finish)}"
    if last.simulation is None:
        return f"{text}."
    if last.simulation.finish.std() < 1e-9:
        return f"{text}. Nothing in it is uncertain yet."
    days = last.simulation.finish.quantile(0.8)
    if last.schedule.is_dated:
        text += f". 80 % sure by {day_text(last.simulation.finish.date_quantile(0.8))}"
    else:
        text += f". 80 % sure within {days_text(days)}"
    if tried != PLAN and base.simulation is not None:
        text += f", {_moved(round(days - base.simulation.finish.quantile(0.8), 1))}"
    return f"{text}."


def _when(schedule: Schedule) -> str:
    if schedule.finish_date is not None:
        return f"{day_text(schedule.finish_date)} (after {days_text(schedule.finish)})"
    return f"after {days_text(schedule.finish)}"


def _moved(days: float) -> str:
    if abs(days) < 5e-7:
        return "as in the plan"
    return f"{days_text(abs(days))} {'later' if days > 0 else 'earlier'} than the plan"
