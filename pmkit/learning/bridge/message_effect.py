"""What an answer does to the program: in time, or too late, seen from both seats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from pmkit.analysis.cutting.effects import effects
from pmkit.analysis.words import money_text
from pmkit.learning.bridge.message import Message
from pmkit.model.change import Change
from pmkit.model.program import Program
from pmkit.model.scenario import Scenario

_PROGRAM = (("launch", "finish_date"), ("cost", "cost"), ("benefits", "benefits"))


@dataclass(frozen=True)
class SeenFrom:
    """One figure of one seat: as it stands, answered in time, answered too late.

    Attributes
    ----------
    seat, figure
        Whose figure it is, and which: ``Depot delivers``, ``launch``.
    stands, in_time, too_late
        A date or an amount of money.
    """

    seat: str
    figure: str
    stands: datetime | float
    in_time: datetime | float
    too_late: datetime | float

    @property
    def is_the_same(self) -> bool:
        """Whether it makes no difference when the answer comes."""
        return self.in_time == self.too_late

    def texts(self, currency: str) -> tuple[str, str, str]:
        """Return the three as a person reads them."""
        a, b, c = (_text(told, currency) for told in (self.stands, self.in_time, self.too_late))
        return a, b, c


def _text(told: datetime | float, currency: str) -> str:
    return f"{told:%d %b %Y}" if isinstance(told, datetime) else money_text(told, currency)


def message_effect(message: Message, program: Program) -> tuple[SeenFrom, ...]:
    """Work out both endings on a program.

    Parameters
    ----------
    message
        With what happens when it is answered in time, and when too late.
    program
        As it stands.

    Returns
    -------
    tuple of SeenFrom
        When each project delivers, for the project managers; launch, cost and benefits of the
        projects at work, for the program manager.
    """
    stands, in_time, too_late = _endings(program, message.answered, message.late)
    rows = [("project manager", f"{p.id} delivers", f"{p.id} delivers") for p in program.projects]
    rows += [("program manager", figure, measure) for figure, measure in _PROGRAM]
    return tuple(
        SeenFrom(seat, figure, stands[measure], in_time[measure], too_late[measure])
        for seat, figure, measure in rows
    )


@cache
def _endings(
    program: Program, answered: tuple[Change, ...], late: tuple[Change, ...]
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Return every measure as it stands and at both ends; without changes it stays as it is."""
    tables = [
        effects(program, Scenario("message", told), trials=0).table if told else None
        for told in (answered, late)
    ]
    known = next(table for table in tables if table is not None)
    stands = _plain(known["before"].to_dict())
    in_time, too_late = (
        stands if table is None else _plain(table["after"].to_dict()) for table in tables
    )
    return stands, in_time, too_late


def _plain(told: dict[Any, Any]) -> dict[str, Any]:
    """Return timestamps as Python's own."""
    return {
        str(name): value.to_pydatetime() if hasattr(value, "to_pydatetime") else value
        for name, value in told.items()
    }
