"""One input for each kind of question: what is answered, and how it is put back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import ipywidgets as widgets

from pmkit.learning.cards.card import Card
from pmkit.learning.checking.posing import Posed
from pmkit.learning.panels.parts import AnswerBox
from pmkit.learning.words import ROLES
from pmkit.model.errors import PlanError
from pmkit.widgets.look import stack, styled
from pmkit.widgets.picking import OrderList, RadioGroup


class Answering(Protocol):
    """An input for an answer."""

    box: Any

    def answer(self) -> Any:
        """Return what is answered, as `pmkit.learning.checking` takes it; raise where it is not."""

    def put(self, answer: Any) -> None:
        """Put an answer into the input, as somebody would give it."""

    def close(self, closed: bool) -> None:
        """Take no more answers, or take them again."""


class NumberAnswer:
    """A number.

    Parameters
    ----------
    unit
        Of the number.
    """

    def __init__(self, unit: str = "") -> None:
        self.number = AnswerBox(unit)
        self.box = self.number

    def answer(self) -> float:
        """Return the number."""
        return self.number.number

    def put(self, answer: Any) -> None:
        """Type it."""
        self.number.type(answer if isinstance(answer, str) else f"{float(answer):.10g}")

    def close(self, closed: bool) -> None:
        """Take no more."""
        self.number.disabled = closed


class ChoiceAnswer:
    """One of several.

    Parameters
    ----------
    options
        Text by key.
    label
        Above them.
    what
        What a refusal calls it.
    """

    def __init__(
        self, options: Mapping[str, str], label: str = "Your answer", what: str = "answer"
    ) -> None:
        self._keys, self._what = list(options), what
        self.options = RadioGroup(label, list(options.values()))
        self.box = self.options

    def answer(self) -> str:
        """Return the key of what is chosen."""
        if self.options.value < 0:
            raise PlanError(f"{self._what}: one must be chosen, got nothing")
        return self._keys[self.options.value]

    def put(self, answer: Any) -> None:
        """Choose it."""
        self.options.value = self._keys.index(answer)

    def close(self, closed: bool) -> None:
        """Take no more."""
        self.options.disabled = closed


class OrderAnswer:
    """Things in order.

    Parameters
    ----------
    options
        Text by key.
    """

    def __init__(self, options: Mapping[str, str]) -> None:
        self._keys = list(options)
        self.order = OrderList("Put them in order, the first on top", list(options.values()))
        self.box = self.order

    def answer(self) -> tuple[str, ...]:
        """Return the keys in order."""
        return tuple(self._keys[place] for place in self.order.order)

    def put(self, answer: Any) -> None:
        """Put them in this order."""
        self.order.order = [self._keys.index(key) for key in answer]

    def close(self, closed: bool) -> None:
        """Take no more."""
        self.order.disabled = closed


class SortAnswer:
    """Things that belong somewhere.

    Parameters
    ----------
    options
        Text by key.
    bins
        Where they can belong.
    """

    def __init__(self, options: Mapping[str, str], bins: tuple[str, ...]) -> None:
        self._bins = bins
        self.items = {key: RadioGroup(text, list(bins), inline=True)
                      for key, text in options.items()}  # fmt: skip
        self.box = styled(stack(*self.items.values()), "sorting")

    def answer(self) -> dict[str, str]:
        """Return the bin of each key."""
        left = [group.label for group in self.items.values() if group.value < 0]
        if left:
            more = f" and {len(left) - 1} more" if len(left) > 1 else ""
            raise PlanError(f"answer: each must have its place, got none for '{left[0]}'{more}")
        return {key: group.text for key, group in self.items.items()}

    def put(self, answer: Any) -> None:
        """Put each into its bin."""
        for key, where in answer.items():
            self.items[key].pick(where)

    def close(self, closed: bool) -> None:
        """Take no more."""
        for group in self.items.values():
            group.disabled = closed


class DecisionAnswer:
    """Whose decision it is, and what is done.

    Parameters
    ----------
    card
        The situation.
    """

    def __init__(self, card: Card) -> None:
        self.owner = ChoiceAnswer({role: role.capitalize() for role in ROLES},
                                  "Whose decision is it?", "owner")  # fmt: skip
        self.owner.options.inline = True
        self.option = ChoiceAnswer({one.key: one.text for one in card.options},
                                   "What is a good decision?", "option")  # fmt: skip
        self.box = stack(self.owner.box, self.option.box)

    def answer(self) -> dict[str, str]:
        """Return ``{"owner": role, "option": key}``."""
        return {"owner": self.owner.answer(), "option": self.option.answer()}

    def put(self, answer: Any) -> None:
        """Choose both."""
        self.owner.put(answer["owner"])
        self.option.put(answer["option"])

    def close(self, closed: bool) -> None:
        """Take no more."""
        self.owner.close(closed)
        self.option.close(closed)


def answering(posed: Posed, card: Card | None = None) -> Answering:
    """Return the input for a question.

    Parameters
    ----------
    posed
        With its numbers.
    card
        The situation, of a decision.
    """
    kind, options = posed.check.kind, {one.key: one.text for one in posed.options}
    if kind == "decision":
        assert card is not None
        return DecisionAnswer(card)
    if kind == "choice":
        return ChoiceAnswer(options)
    if kind == "order":
        return OrderAnswer(options)
    if kind == "sort":
        return SortAnswer(options, posed.bins)
    return NumberAnswer(posed.check.unit)


def place() -> Any:
    """Return the box into which an input is put, and another later."""
    return styled(widgets.VBox(), "stack")
