"""What an option does in both seats, worked out on the program as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from pmkit.analysis.cost_at_completion import activity_costs_at_completion
from pmkit.analysis.cutting.effects import Effects, effects
from pmkit.analysis.cutting.effects_result import Side
from pmkit.analysis.figures import number_text
from pmkit.analysis.valuing.delivery import deliveries
from pmkit.analysis.words import days_text, money_text
from pmkit.learning.cards.card import Card, CardOption
from pmkit.model.errors import PlanError
from pmkit.model.program import Program

TRIALS, SEED = 500, 7
"""Common random numbers: a few are enough for a difference."""
_MOST = 4  # interfaces that are named
_SAME = 1e-6
_CANNOT = (
    "The model cannot say what this does: it changes no duration, date, cost or dependency of the "
    "plan."
)


@dataclass(frozen=True)
class Consequences:
    """What follows from an option.

    Attributes
    ----------
    project_seat, program_seat
        What each manager then sees, a line each; empty where the model cannot say.
    note
        Why it cannot, or how it was worked out.
    """

    project_seat: tuple[str, ...] = ()
    program_seat: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_known(self) -> bool:
        """Whether the model can say something."""
        return bool(self.program_seat)


def consequences(card: Card, option: CardOption, program: Program) -> Consequences:
    """Return what an option of a card does, as the project and as the program manager see it.

    Parameters
    ----------
    card, option
        The situation, and what is done.
    program
        As it stands.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from pmkit.learning.lesson import lesson
    >>> card = lesson("04").all_cards[0]
    >>> consequences(card, replace(card.options[0], changes=()), lesson("04").program).is_known
    False
    """
    if not option.changes:
        return Consequences(note=_CANNOT)
    try:
        return _followed(_Asked(program, card.project, option))
    except PlanError as error:
        why = error.problems[0].sentence
        return Consequences(note=f"The model cannot say what this does ({why}).")


class _Asked:
    """What is asked as a key: what is worked out once is known the next time."""

    def __init__(self, program: Program, project: str, option: CardOption) -> None:
        self.program, self.project, self.option = program, project, option
        self._key = (id(program), project, tuple(map(str, option.changes)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@lru_cache(maxsize=64)
def _followed(asked: _Asked) -> Consequences:
    found = effects(asked.program, asked.option.changes, trials=TRIALS, seed=SEED)
    return Consequences(
        tuple(_of_projects(found, asked.project)), tuple(_of_program(found)),
        f"Worked out on the program at its status date, {TRIALS} trials.",
    )  # fmt: skip


def _of_projects(found: Effects, project: str) -> Iterator[str]:
    """Say what each project manager sees: finish, cost, float to the own commitment."""
    program, currency = found.program, found.program.settings.currency
    ends = [deliveries(program, side.outcome.schedule) for side in (found.before, found.after)]
    costs = [_by_project(side) for side in (found.before, found.after)]
    room = [_float(side) for side in (found.before, found.after)]
    for each in (project.id for project in program.projects):
        when = _day(ends[0][each].forecast)
        finish = _moved(ends[0][each].forecast, ends[1][each].forecast)
        spent = _more(costs[1].get(each, 0.0) - costs[0].get(each, 0.0), currency)
        floats = [side.get(each) for side in room]
        if each == project:
            yield f"{each} finishes {finish or f'{when}, as before'}."
            yield f"{each} costs {spent or 'as much as before'}."
            if None not in floats:
                yield _room(each, *floats)  # type: ignore[arg-type]
        elif finish:
            yield f"{each} finishes {finish}{f', and costs {spent}' if spent else ''}."
        elif spent:
            yield f"{each} costs {spent}."
        elif floats[0] != floats[1] and None not in floats:
            yield _room(each, *floats)  # type: ignore[arg-type]


def _more(amount: float, currency: str) -> str:
    if abs(amount) < 0.5:
        return ""
    return f"{money_text(abs(amount), currency)} {'more' if amount > 0 else 'less'}"


def _room(project: str, before: float, after: float) -> str:
    if after < 0:
        told = f"{project} is {days_text(-after)} behind its commitment"
    else:
        told = f"{project} has {days_text(after)} of float to its commitment"
    if before == after:
        return f"{told}, as before."
    was = f"{days_text(-before)} behind" if before < 0 else f"{days_text(before)} of float"
    return f"{told}; before: {was}."


def _of_program(found: Effects) -> Iterator[str]:
    """Say what the program manager sees: finish, interfaces, benefits."""
    sides = found.before, found.after
    currency = found.program.settings.currency
    ends = [side.outcome.schedule.finish_date or side.outcome.schedule.finish for side in sides]
    yield f"The program finishes {_moved(*ends) or f'{_day(ends[0])}, as before'}."
    late = [side.outcome.figures.get("finish_p80_date") for side in sides]
    if None not in late:
        yield f"80 % sure: {_moved(*late) or f'{_day(late[0])}, as before'}."
    yield from _handovers(found)
    gain = found.after.benefits.forecast - found.before.benefits.forecast
    total = money_text(found.after.benefits.forecast, currency)
    yield f"Benefits: {total}, {_more(gain, currency) or 'as before'}."


def _handovers(found: Effects) -> Iterator[str]:
    now = {one.id: one for one in found.after.interfaces}
    told = []
    for one in found.before.interfaces:
        other = now.get(one.id)
        if other is None:
            told.append(f"{_arrow(one.id)}: is not there any more.")
        elif abs(other.forecast.days - one.forecast.days) > _SAME:
            moved = _moved(one.forecast.date or one.forecast.days,
                           other.forecast.date or other.forecast.days)  # fmt: skip
            told.append(f"{_arrow(one.id)}: {moved}; it is {other.status}.")
    if not told:
        yield "No handover between projects moves."
    yield from told[:_MOST]
    if len(told) > _MOST:
        yield f"{len(told) - _MOST} more handovers move."


def _arrow(interface: str) -> str:
    return interface.replace("->", "to")


def _by_project(side: Side) -> dict[str, float]:
    costs = activity_costs_at_completion(side.outcome.plan)
    return _summed(side, costs, sum)


def _float(side: Side) -> dict[str, float]:
    """Return the least float of what is still to be done, by project."""
    schedule = side.outcome.schedule
    left = np.array([not a.is_complete and not a.type.is_span for a in _activities(side)])
    days = np.where(left, schedule.project_float, np.inf)
    found = _summed(side, days, min)
    return {id_: round(value, 6) for id_, value in found.items() if np.isfinite(value)}


def _summed(side: Side, values: Iterable[float], how: Any) -> dict[str, float]:
    by: dict[str, list[float]] = {}
    for activity, value in zip(_activities(side), values, strict=True):
        by.setdefault(activity.project, []).append(float(value))
    return {id_: float(how(told)) for id_, told in by.items()}


def _activities(side: Side) -> Sequence[Any]:
    return side.outcome.plan.network.activities


def _moved(before: Any, after: Any) -> str:
    """Return from when to when, and how far that is; empty where it stays."""
    if hasattr(before, "date"):
        days, unit = (after.date() - before.date()).days, "calendar day"
    else:
        days, unit = after - before, "working day"
    if abs(days) < _SAME:
        return ""
    text = number_text(abs(days))
    way = f"{text} {unit}{'' if text == '1' else 's'} {'later' if days > 0 else 'earlier'}"
    return f"{_day(after)} instead of {_day(before)}, {way}"


def _day(moment: Any) -> str:
    if hasattr(moment, "date"):
        return f"{moment.day} {moment:%b %Y}"
    return f"on day {number_text(round(float(moment), 2))}"
