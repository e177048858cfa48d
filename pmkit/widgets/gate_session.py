"""What a session at the gates holds: what was assumed and decided. Values only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pmkit.model.activity import Moment
from pmkit.widgets.history import Session

EVERYWHERE = ("discount_rate",)
"""What counts at every gate."""

Told = tuple[tuple[str, str, Any], ...]
"""``(place, name, value)`` in the order in which they were typed."""


@dataclass(frozen=True)
class Taken:
    """A decision that was taken here.

    Parameters
    ----------
    key
        Where.
    told
        What was assumed then, wherever it was typed.
    option
        The verdict.
    by, on, note
        Who, when, and what else was known.
    realised
        What came of it, where that is known.
    """

    key: str
    told: Told
    option: str
    by: str
    on: Moment | None = None
    note: str = ""
    realised: float | None = None


@dataclass(frozen=True)
class GateSession(Session):
    """A program, what is assumed at its gates, and what was decided.

    Parameters
    ----------
    told
        Assumptions as typed.
    taken
        Decisions taken here, in order.
    came
        ``(id, money)``: what came of decisions that the plan brought along.
    at
        Key of the gate at which something was done last.
    """

    told: Told = ()
    taken: tuple[Taken, ...] = ()
    came: tuple[tuple[str, float | None], ...] = ()
    at: str = ""

    def without(self, position: int) -> GateSession:
        """Return the session without one assumption, or after those one decision, from 0."""
        first = len(self.told)
        if position < first:
            return replace(self, told=self.told[:position] + self.told[position + 1 :])
        place = position - first
        return replace(self, taken=self.taken[:place] + self.taken[place + 1 :])

    def with_realised(self, decision: str, own: int, amount: float | None) -> GateSession:
        """Return the session in which it is known what came of a decision.

        Parameters
        ----------
        decision
            Its id.
        own
            Its position among those taken here; less than 0 for one that the plan brought along.
        amount
            Money; ``None`` for not known yet.
        """
        if own >= 0:
            one = replace(self.taken[own], realised=amount)
            return replace(self, taken=(*self.taken[:own], one, *self.taken[own + 1 :]))
        kept = tuple(one for one in self.came if one[0] != decision)
        return replace(self, came=(*kept, (decision, amount)))


def said_at(told: Told, key: str) -> dict[str, Any]:
    """Return what was typed that counts at a place."""
    return {name: value for at, name, value in told if at == key or name in EVERYWHERE}


def with_told(told: Told, key: str, name: str, value: Any, *, is_said: bool) -> Told:
    """Return what was typed with one more; what it says again, it says instead."""
    at = "" if name in EVERYWHERE else key
    kept = [one for one in told if one[:2] != (at, name)]
    if not is_said:
        return tuple(kept)
    place = next((n for n, one in enumerate(told) if one[:2] == (at, name)), len(kept))
    kept.insert(place, (at, name, value))
    return tuple(kept)
