"""What a learner hears after a decision that is asked as a check: three tries, as of all checks."""

from __future__ import annotations

from pmkit.learning.cards.card import Card
from pmkit.learning.cards.judging import Judgement, owner_of
from pmkit.learning.checking.feedback import UNSURE, Feedback
from pmkit.learning.checking.posing import Posed
from pmkit.model.program import Program


def decision_feedback(
    posed: Posed,
    judged: Judgement,
    owner: str,
    example: Card,
    program: Program,
    *,
    misses: int,
    confidence: int,
) -> Feedback:
    """Say what follows from an answer to a decision.

    Parameters
    ----------
    posed
        The question.
    judged, owner
        What the answer is worth, and whose decision the learner said it is.
    example
        Another situation, which is the worked example after the second miss.
    program
        Whose authority table decides.
    misses
        How often this question was missed before.
    confidence
        How sure the learner was, 50 to 100 per cent.
    """
    if judged.is_right:
        why = judged.said if confidence < UNSURE or misses else judged.said[:1]
        return Feedback(True, ("Right.", *why), True, misses)
    misses += 1
    halves = _halves(judged, owner)
    if misses == 1:
        believed = judged.misconceptions
        hint = believed[0].hint if believed else posed.hint
        return Feedback(False, (*halves, f"Hint: {hint}"), False, misses)
    if misses == 2:
        return Feedback(False, (*halves, *_worked(example, program)), False, misses)
    last = "It is marked as seen. Next time you get a question of the same kind."
    return Feedback(False, (*judged.said, last), True, misses)


def _halves(judged: Judgement, owner: str) -> tuple[str, ...]:
    """Say which half is right, without giving the other away."""
    if judged.is_owner_right:
        first = f"Yes, the {owner} decides."
    else:
        known = [one for one in judged.misconceptions if one.id != judged.option.misconception]
        first = " ".join([f"It is not the {owner}'s decision.",
                          *(f"{one.belief} {one.reason}" for one in known)])  # fmt: skip
    if judged.is_option_accepted:
        return first, "What you would do is accepted."
    return first, judged.option.reason


def _worked(card: Card, program: Program) -> tuple[str, ...]:
    best = next(option for option in card.options if option.verdict == "right")
    return ("A worked example, another situation:", f"{card.title}. {card.known}",
            f"The {owner_of(card, program)} decides. {card.why}",
            f"A good answer: {best.text} {best.reason}")  # fmt: skip
