"""Judging what a learner says to a card: whose decision it is, and what a good one looks like."""

from __future__ import annotations

from dataclasses import dataclass

from pmkit.analysis.governing.authority import who_decides
from pmkit.learning.cards.card import Card, CardOption
from pmkit.learning.misconceptions import Misconception, misconceptions
from pmkit.model.program import Program

ESCALATED, BEYOND = "escalated-everything", "decided-beyond-authority"
"""Misconceptions that an owner too high, or too low, stands for."""
_WORDS = {"right": "Better", "defensible": "Also accepted"}


@dataclass(frozen=True)
class Judgement:
    """What is said to a card that was answered.

    Attributes
    ----------
    is_owner_right, is_option_accepted
        The two halves of the answer.
    owner
        Whose decision it is.
    option
        What was chosen.
    misconceptions
        Beliefs that lead to this answer.
    said
        Paragraphs: about the owner, about the option, and what else would have been accepted.
    """

    is_owner_right: bool
    is_option_accepted: bool
    owner: str
    option: CardOption
    misconceptions: tuple[Misconception, ...]
    said: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether both halves are right."""
        return self.is_owner_right and self.is_option_accepted


def owner_of(card: Card, program: Program) -> str:
    """Return whose decision a card is: by the program's authority table, else by its role."""
    if card.basis == "role":
        return card.owner
    return who_decides(
        program, project=card.project or None, cost=card.cost, days=card.days,
        benefit=card.benefit,
    ).role  # fmt: skip


def judge(card: Card, program: Program, owner: str, key: str) -> Judgement:
    """Judge an answer to a card.

    Parameters
    ----------
    card
        The situation.
    program
        Whose authority table decides.
    owner
        Whose decision the learner says it is, one of `ROLES`.
    key
        Of the option that the learner takes.
    """
    right, option = owner_of(card, program), card.option(key)
    believed = [*_about_owner(program, owner, right),
                *([option.misconception] if option.misconception else [])]  # fmt: skip
    known = misconceptions()
    after = f" After that the {card.then} acts." if card.then else ""
    said = [
        f"The {right} decides. {card.why}{after}" if owner == right
        else f"It is not the {owner}: the {right} decides. {card.why}{after}"
    ]  # fmt: skip
    said += [known[b].reason for b in believed[:1] if owner != right and b in known]
    said.append(f"Your decision: {option.reason}")
    others = [o for o in card.options if o.is_accepted and o.key != key]
    if option.is_accepted:
        said += [f"Also accepted: {o.text} {o.reason}" for o in others]
    else:
        said += [f"{_WORDS[o.verdict]}: {o.text} {o.reason}" for o in others]
    return Judgement(owner == right, option.is_accepted, right, option,
                     tuple(known[b] for b in believed if b in known), tuple(said))  # fmt: skip


def _about_owner(program: Program, owner: str, right: str) -> list[str]:
    ranks = [row.role for row in program.governance.authority]
    if owner == right or owner not in ranks or right not in ranks:
        return []
    return [ESCALATED if ranks.index(owner) > ranks.index(right) else BEYOND]
