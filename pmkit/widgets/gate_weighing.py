"""Weighing gates, and remembering it: what was decided, each review, and what would turn it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from pmkit.analysis.gating.gate_review import GateReview
from pmkit.analysis.gating.taking import take_decision
from pmkit.analysis.gating.turning import Turn, looking
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.widgets.gate_session import GateSession, said_at, with_told
from pmkit.widgets.gate_terms import (
    AMOUNTS,
    TERMS,
    as_planned,
    assumed_text,
    places,
    plan_cost,
    reviewed,
    span_of,
)

MOST_PLACES = 60
"""Of more gates and projects only those that were picked are weighed."""
_REMEMBERED = 150


class Weighing:
    """Every review of a session, each worked out once."""

    def __init__(self) -> None:
        self._programs: dict[Any, Program] = {}
        self._reviews: dict[Any, GateReview | PlanError] = {}
        self._turns: dict[Any, dict[str, tuple[Turn, ...]]] = {}
        self._looking: tuple[Any, str, Any, float] | None = None

    def forget(self) -> None:
        """Forget everything: a plan is known by its place in memory."""
        for known in (self._programs, self._reviews, self._turns):
            known.clear()
        self._looking = None

    def decided(self, session: GateSession) -> Program:
        """Return the program with what was decided in the session, one after the other.

        Raises
        ------
        PlanError
            If a decision could not have been taken, or no program is open.
        """
        plan = _plan(session)
        at = id(plan), session.taken, session.came
        if at in self._programs:
            return self._programs[at]
        if session.taken:
            last = session.taken[-1]
            place = places(plan)[last.key]
            before = self.decided(replace(session, taken=session.taken[:-1]))
            there, review = reviewed(before, place, last.told)
            note = f"{assumed_text(plan, place, last.told)} {last.note}".strip()
            made = take_decision(there, review, last.option, by=last.by, on=last.on, note=note)
            came = {made.governance.decisions[-1].id: last.realised}
        else:
            made, came = plan, dict(session.came)
        log = tuple(replace(one, realised=came.get(one.id, one.realised))
                    for one in made.governance.decisions)  # fmt: skip
        if log != made.governance.decisions:
            made = replace(made, governance=replace(made.governance, decisions=log))
        _keep(self._programs, at, made)
        return made

    def review(self, session: GateSession, key: str) -> GateReview:
        """Return the review at a gate, with what is assumed there.

        Raises
        ------
        PlanError
            If an assumption is none.
        """
        at = _at(session, key)
        if at not in self._reviews:
            found: GateReview | PlanError
            try:
                place = places(_plan(session))[key]
                _, found = reviewed(self.decided(session), place, session.told)
            except PlanError as error:
                found = error
            _keep(self._reviews, at, found)
        found = self._reviews[at]
        if isinstance(found, PlanError):
            raise found
        return found

    def known(self, session: GateSession) -> dict[str, GateReview | None]:
        """Return the reviews that were worked out, by key; ``None`` where there is none to have."""
        keys = places(_plan(session))
        found: dict[str, GateReview | None] = {}
        for key in keys:
            one = self._reviews.get(_at(session, key))
            if one is not None or len(keys) > MOST_PLACES:
                found[key] = one if isinstance(one, GateReview) else None
        return found

    def turned(self, session: GateSession, key: str) -> dict[str, tuple[Turn, ...]]:
        """Return where assumptions turn the recommendation, as far as it was worked out."""
        return self._turns.get(_at(session, key), {})

    def now(self, session: GateSession, key: str) -> dict[str, float]:
        """Return what each assumption is that can be looked at."""
        plan, review = _plan(session), self.review(session, key)
        said = as_planned(plan, places(plan)[key]) | said_at(session.told, key)
        if said["cost_to_complete"] is None:
            said["cost_to_complete"] = plan_cost(plan, review)
        if review.discount_rate is not None:
            said["discount_rate"] = 100 * review.discount_rate
        return {name: float(said[name]) for name in (*AMOUNTS, *TERMS) if said[name] is not None}

    def go_on(self, session: GateSession, key: str) -> bool:
        """Work out one thing more; return whether there was any.

        First what would turn the recommendation at one gate, then what is best at the others.
        """
        at, now = _at(session, key), self.now(session, key)
        if at not in self._turns:
            _keep(self._turns, at, {})
        found = self._turns[at]
        wanted = next((name for name in now if name not in found), None)
        if wanted is not None:
            self._look(session, key, wanted, now[wanted])
            return True
        keys = places(_plan(session))
        other = next((one for one in keys if _at(session, one) not in self._reviews), None)
        if other is None or len(keys) > MOST_PLACES:
            return False
        with suppress(PlanError):  # it is remembered that there is none to have
            _ = self.review(session, other)
        return True

    def _look(self, session: GateSession, key: str, name: str, now: float) -> None:
        """Make one review more of those that tell where an assumption turns the recommendation."""
        at = _at(session, key)
        if self._looking is None or self._looking[:2] != (at, name):
            asked = looking(now, *span_of(self.review(session, key), name, now))
            self._looking = at, name, asked, next(asked)
        *_, asked, value = self._looking
        try:
            try:
                found = self._with(session, key, name, value, now)
            except PlanError as error:
                value = asked.throw(error)
            else:
                value = asked.send(found)
        except StopIteration as done:
            self._turns[at][name] = done.value
            self._looking = None
        else:
            self._looking = at, name, asked, value

    def _with(
        self, session: GateSession, key: str, name: str, value: float, now: float
    ) -> GateReview:
        """The review at a gate with another value of an assumption."""
        if value == now:
            return self.review(session, key)
        told = with_told(session.told, key, name, value, is_said=True)
        return reviewed(self.decided(session), places(_plan(session))[key], told)[1]


def _plan(session: GateSession) -> Program:
    if not isinstance(session.plan, Program):
        raise PlanError("gates: a program must be open, got none")
    return session.plan


def _at(session: GateSession, key: str) -> Any:
    """What a review is remembered by."""
    said = tuple(said_at(session.told, key).items())
    return id(session.plan), session.taken, session.came, key, said


def _keep(known: dict[Any, Any], key: Any, value: Any) -> None:
    """Remember it, and forget what is oldest."""
    known[key] = value
    while len(known) > _REMEMBERED:
        del known[next(iter(known))]
