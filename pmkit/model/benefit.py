"""Outcomes and benefits: what changes because of what projects deliver, and what it is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pmkit.model.activity import at_least_zero, id_text, is_finite
from pmkit.model.errors import PlanError, Problem
from pmkit.model.yearly import broken_money


class EnablerRule(StrEnum):
    """How the projects that enable a benefit work together."""

    ALL = "all"
    """It comes when all are delivered."""
    ANY = "any"
    """It comes, once, when one of them is."""
    SHARE = "share"
    """Each brings a share of it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is different because outputs are used.

    Parameters
    ----------
    id, name
        Identifier and label.
    outputs
        What must be delivered for it, in the words of the projects' ``delivers``.
    owner
        Who sees to it that people work differently: a business change manager.
    extra
        Columns that pmkit does not know, kept.

    Raises
    ------
    PlanError
        If it has no id.
    """

    id: str
    name: str = ""
    outputs: tuple[str, ...] = ()
    owner: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", id_text(self.id))
        object.__setattr__(self, "outputs", tuple(self.outputs))
        if not self.id:
            raise PlanError("outcome: id must not be empty")


@dataclass(frozen=True, slots=True)
class Benefit:
    """What an organisation gains, once, from what one or several projects deliver.

    Parameters
    ----------
    id, name
        Identifier and label.
    money
        ``benefit``, or by year ``benefit_2027`` ..., as planned; less than 0 for a disbenefit.
        In a plan where delivery matters, the years are those of delivery on time.
    enablers
        Projects that it needs: ids, or under the rule ``share`` ``(id, share)``.
    rule
        ``"all"``, ``"any"`` or ``"share"``.
    outcomes, objectives
        Ids of the outcomes that it comes from and of the objectives that it serves.
    owner
        Who answers for it after the projects have ended.
    probability
        That it comes, when what enables it is delivered.
    ramp_years
        Years from delivery until it is there in full, growing evenly.
    realised
        ``{year: money}`` that came.
    extra
        Columns that pmkit does not know, kept.

    Raises
    ------
    PlanError
        With every field that breaks a rule.

    Examples
    --------
    >>> Benefit("B1", money={"benefit": 100}, enablers=("A", "B"))
    Benefit B1: 100 when A and B are delivered
    >>> Benefit("B2", money={"benefit": 80}, enablers=(("A", 0.75), ("B", 0.25)), rule="share")
    Benefit B2: 80, shared by A 0.75 and B 0.25
    """

    id: str
    name: str = ""
    money: Mapping[str, float] = field(default_factory=dict, hash=False)
    enablers: tuple[str, ...] = ()
    rule: EnablerRule = EnablerRule.ALL
    outcomes: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    owner: str = ""
    probability: float = 1.0
    ramp_years: float = 0.0
    realised: Mapping[int, float] = field(default_factory=dict, hash=False)
    shares: tuple[float, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", id_text(self.id))
        told: tuple[Any, ...] = tuple(self.enablers)
        if any(not isinstance(one, str) for one in told):
            pairs = [one if isinstance(one, tuple) else (one, None) for one in told]
            object.__setattr__(self, "shares", tuple(share for _, share in pairs))
            told = tuple(project for project, _ in pairs)
        object.__setattr__(self, "enablers", tuple(id_text(one) for one in told))
        for name in ("outcomes", "objectives"):
            object.__setattr__(self, name, tuple(id_text(one) for one in getattr(self, name)))
        problems = [*self._broken()]
        if problems:
            raise PlanError(Problem(f"benefit {self.id!r}: {said}", ids=(self.id,))
                            for said in problems)  # fmt: skip

    def _broken(self) -> Iterable[str]:
        if not self.id:
            yield "id must not be empty"
        try:
            object.__setattr__(self, "rule", EnablerRule(self.rule))
        except ValueError:
            yield f"rule must be one of {', '.join(EnablerRule)}, got {self.rule!r}"
            return
        yield from broken_money(self.money, "benefit", may_be_negative=True)
        if not (at_least_zero(self.probability) and self.probability <= 1):
            yield f"probability must be from 0 to 1, got {self.probability!r}"
        if not at_least_zero(self.ramp_years):
            yield f"ramp_years must be a finite number of years >= 0, got {self.ramp_years!r}"
        for year, amount in self.realised.items():
            if not is_finite(amount):
                yield f"realised_{year} must be a finite amount, got {amount!r}"
        twice = [one for one in dict.fromkeys(self.enablers) if self.enablers.count(one) > 1]
        if twice:
            yield f"enablers must be named once each, {twice[0]!r} came more than once"
        yield from self._broken_shares()

    def _broken_shares(self) -> Iterable[str]:
        if self.rule is not EnablerRule.SHARE:
            if self.shares:
                yield f"shares must be given with the rule share only, got {self.rule}"
            return
        if not self.shares and self.enablers:  # equal ones, where none is told
            object.__setattr__(self, "shares", (1 / len(self.enablers),) * len(self.enablers))
        if any(share is None or not at_least_zero(share) for share in self.shares):
            yield (f"shares must be a number >= 0 for each enabler, got "
                   f"{', '.join(map(repr, self.shares))}")  # fmt: skip
        elif self.enablers and abs(sum(self.shares) - 1) > _SAME:
            yield f"shares must add up to 1, got {sum(self.shares):g}"

    def __repr__(self) -> str:
        amount = f"{sum(self.money.values()):,.12g}"
        if not self.enablers:
            return f"Benefit {self.id}: {amount}, nothing enables it"
        if self.rule is EnablerRule.SHARE:
            parts = [f"{p} {s:g}" for p, s in zip(self.enablers, self.shares, strict=True)]
            return f"Benefit {self.id}: {amount}, shared by {' and '.join(parts)}"
        word = " and " if self.rule is EnablerRule.ALL else " or "
        is_one = len(self.enablers) == 1 or self.rule is EnablerRule.ANY
        verb = "is" if is_one else "are"
        return f"Benefit {self.id}: {amount} when {word.join(self.enablers)} {verb} delivered"


_SAME = 1e-6
