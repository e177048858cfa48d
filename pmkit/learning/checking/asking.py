"""How far a learner is with a check: worked out from what was stored, and from nothing else.

So a learner who stops half way, or whose kernel dies, comes back to the same question, the same
number of misses and the same variant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pmkit.learning.checking.check import Check
from pmkit.learning.checking.feedback import next_variant
from pmkit.learning.record import Event


@dataclass(frozen=True)
class Given:
    """One answer that was given.

    Attributes
    ----------
    answer
        A number, the key of an option, keys in order, ``{key: bin}``, or of a decision
        ``{"owner": role, "option": key}``.
    confidence
        In per cent.
    is_right, is_seen
        Whether it was right, and whether the solution was shown after it.
    misses
        How often the question had been missed before it, in this variant.
    """

    answer: Any
    confidence: int
    is_right: bool
    is_seen: bool
    misses: int


@dataclass(frozen=True)
class Asking:
    """A check as a learner stands with it.

    Attributes
    ----------
    check, variant
        What is asked now.
    given
        Answers to this variant, the first one first.
    first
        Whether the very first answer of all was right; ``None`` where there is none yet.
    seen
        How often a solution was shown.
    """

    check: Check
    variant: int = 0
    given: tuple[Given, ...] = ()
    first: bool | None = None
    seen: int = 0

    @property
    def misses(self) -> int:
        """How often this variant was missed."""
        return sum(not one.is_right for one in self.given)

    @property
    def is_right(self) -> bool:
        """Whether this variant was answered right."""
        return bool(self.given) and self.given[-1].is_right

    @property
    def is_over(self) -> bool:
        """Whether this variant is answered, by the learner or by the solution."""
        return bool(self.given) and (self.given[-1].is_right or self.given[-1].is_seen)

    @property
    def last(self) -> Given | None:
        """The last answer to this variant."""
        return self.given[-1] if self.given else None

    def after(self, facts: Mapping[str, Any]) -> Asking:
        """Return how the learner stands after one more answer.

        Parameters
        ----------
        facts
            As they are stored: ``variant answer confidence is_right seen``.
        """
        if facts.get("answer") is None:
            return self
        is_right, variant = bool(facts.get("is_right")), _number(facts, "variant", 0)
        is_seen = bool(facts.get("seen")) and not is_right
        before = self.given if variant == self.variant and not self.is_over else ()
        misses = sum(not one.is_right for one in before)
        given = Given(_answer(facts["answer"]), _number(facts, "confidence", 100), is_right,
                      is_seen, misses)  # fmt: skip
        return replace(
            self, variant=variant, given=(*before, given), seen=self.seen + is_seen,
            first=is_right if self.first is None else self.first,
        )  # fmt: skip

    def next_time(self) -> Asking:
        """Return what is asked when the learner comes back: after a solution, another variant."""
        if self.is_over and not self.is_right:
            return self.again()
        return self

    def again(self) -> Asking:
        """Return the same kind of question with other numbers."""
        variant = max(next_variant(self.seen), self.variant + 1 if self.variant else 2)
        return replace(self, variant=variant, given=())


def asking(check: Check, events: Iterable[Event]) -> Asking:
    """Return how far a learner is with a check.

    Parameters
    ----------
    check
        The question.
    events
        Of the record, the oldest first; those about something else are passed over.

    Examples
    --------
    >>> from pmkit.learning.checking.check import Wording
    >>> check = Check("01-who", "choice", "01a", "roles", (Wording("Who?"),))
    >>> told = {"variant": 0, "answer": "a", "confidence": 70, "is_right": False}
    >>> asking(check, [Event("check", "01-who", told, "")]).misses
    1
    """
    found = Asking(check)
    for event in events:
        if event.kind == "check" and event.item == check.id:
            found = found.after(event.facts)
    return found


def _number(facts: Mapping[str, Any], name: str, default: int) -> int:
    told = facts.get(name, default)
    return int(told) if isinstance(told, int | float) and told >= 0 else default


def _answer(told: Any) -> Any:
    """Return an answer as it was before it was written: json knows no tuples."""
    return tuple(told) if isinstance(told, list) else told
