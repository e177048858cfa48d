"""What is still to come of a program's benefits, counted once, and what of it hangs on whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import prod

from pmkit.analysis.gating.year_time import amount_then
from pmkit.model.benefit import Benefit, EnablerRule
from pmkit.model.program import Program
from pmkit.model.yearly import yearly


@dataclass(frozen=True, slots=True)
class Piece:
    """Money of one stretch of time.

    Parameters
    ----------
    amount
        Money.
    start, end
        As years with a fraction; ``None`` where the plan gives no year.
    """

    amount: float
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Coming:
    """What is still to come of one benefit.

    Parameters
    ----------
    id, name
        Of the benefit; of the project where it is the project's own.
    enablers, rule, shares
        What it needs.
    pieces
        By year, what is planned from the base on and has not come yet.
    probability
        That it comes when what enables it is delivered.
    """

    id: str
    name: str
    enablers: tuple[str, ...]
    rule: EnablerRule = EnablerRule.ALL
    shares: tuple[float, ...] = ()
    pieces: tuple[Piece, ...] = ()
    probability: float = 1.0

    @property
    def horizon(self) -> float:
        """The end of its last year."""
        return max((piece.end for piece in self.pieces if piece.end is not None), default=0.0)


@dataclass(frozen=True)
class Delivering:
    """Who goes on, and when each delivers.

    Parameters
    ----------
    going
        Projects that go on.
    chances
        Of each project, that it delivers what it promises.
    deliveries
        When each is due to deliver, as a year with a fraction, where it is known.
    delays
        By how many years each delivers later than that.
    base, rate
        Of present values; without a rate what moves beyond the last year of a benefit is lost.
    """

    going: frozenset[str]
    chances: Mapping[str, float]
    deliveries: Mapping[str, float] = field(default_factory=dict)
    delays: Mapping[str, float] = field(default_factory=dict)
    base: float | None = None
    rate: float | None = None

    def worth(self, benefit: Coming) -> float:
        """Return what is to be expected of a benefit, money."""
        return benefit.probability * sum(
            share * self._moved(benefit, delay) for share, delay in self._parts(benefit)
        )

    def worths(self, benefits: Iterable[Coming]) -> dict[str, float]:
        """Return the same of each, by id."""
        return {one.id: self.worth(one) for one in benefits}

    def _parts(self, benefit: Coming) -> list[tuple[float, float]]:
        """The shares of it that come, each with its delay."""
        there = [p for p in benefit.enablers if p in self.going]
        if benefit.rule is EnablerRule.SHARE:
            shares = dict(zip(benefit.enablers, benefit.shares, strict=True))
            return [(shares[p] * self.chances[p], self.delays.get(p, 0.0)) for p in there]
        if not there or (benefit.rule is EnablerRule.ALL and len(there) < len(benefit.enablers)):
            return []
        if benefit.rule is EnablerRule.ALL:
            return [(prod(self.chances[p] for p in there), self._delay(there, last=True))]
        chance = 1 - prod(1 - self.chances[p] for p in there)
        return [(chance, self._delay(there, last=False))]

    def _delay(self, projects: list[str], *, last: bool) -> float:
        """By how much the last, or the first, of several deliveries moves."""
        pick = max if last else min
        delays = [self.delays.get(p, 0.0) for p in projects]
        due = [self.deliveries.get(p) for p in projects]
        if any(when is None for when in due):
            return pick(delays)
        known = [when for when in due if when is not None]
        after = [when + delay for when, delay in zip(known, delays, strict=True)]
        return pick(after) - pick(known)

    def _moved(self, benefit: Coming, delay: float) -> float:
        return sum(
            piece.amount if piece.start is None or piece.end is None else amount_then(
                piece.amount, piece.start + delay, piece.end + delay, base=self.base,
                rate=self.rate, horizon=benefit.horizon,
            )
            for piece in benefit.pieces
        )  # fmt: skip


def coming_benefits(program: Program, base: date | None = None) -> tuple[Coming, ...]:
    """Return what is still to come: each project's own benefit, and those of the strategy.

    Parameters
    ----------
    program
        Its benefits, as planned less what has come.
    base
        Years before it are over; without it all are ahead.

    Examples
    --------
    >>> from pmkit.model.settings import ProjectInfo
    >>> plan = Program((), candidates=(ProjectInfo("A", money={"benefit_2025": 5,
    ...                                                        "benefit_2027": 9}),))
    >>> coming_benefits(plan, date(2026, 7, 1))[0].pieces
    (Piece(amount=9.0, start=2027.0, end=2028.0),)
    """
    from pmkit.analysis.gating.year_time import year_of

    now = None if base is None else year_of(base)
    own = [
        Coming(info.id, "own benefit", (info.id,), pieces=_pieces(info.money, {}, now))
        for info in program.members
        if any(amount for amount in yearly(info.money, "benefit").values())
    ]
    taken = {one.id for one in own}
    return (*own, *(_of(benefit, now, taken) for benefit in program.strategy.benefits))


def _of(benefit: Benefit, now: float | None, taken: set[str]) -> Coming:
    # a benefit may have the id of a project: the two are told apart
    id_ = f"benefit {benefit.id}" if benefit.id in taken else benefit.id
    return Coming(
        id_, benefit.name or benefit.id, benefit.enablers, benefit.rule, benefit.shares,
        _pieces(benefit.money, benefit.realised, now), benefit.probability,
    )  # fmt: skip


def _pieces(
    money: Mapping[str, float], realised: Mapping[int, float], now: float | None
) -> tuple[Piece, ...]:
    found = []
    for year, amount in yearly(money, "benefit").items():
        came = sum(realised.values()) if year is None else realised.get(year, 0.0)
        left = _left(amount, came)
        if year is None:
            found.append(Piece(left))
        elif now is None or year + 1 > now:
            found.append(Piece(left, max(year, now or year) * 1.0, year + 1.0))
    return tuple(piece for piece in found if piece.amount)


def _left(planned: float, came: float) -> float:
    """What is left of a plan, never beyond it and never on the other side of 0."""
    low, high = min(planned, 0.0), max(planned, 0.0)
    return min(max(planned - came, low), high)
