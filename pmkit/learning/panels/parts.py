"""What the panels of a lesson share: how sure, a box for a number, what is said to an answer."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

import ipywidgets as widgets
import traitlets as t

from pmkit.learning.numbers import read_number
from pmkit.learning.record import Event, record
from pmkit.model.errors import PlanError
from pmkit.widgets.boxes import TypedBox
from pmkit.widgets.look import styled
from pmkit.widgets.picking import RadioGroup

CONFIDENCES = (50, 60, 70, 80, 90, 100)
"""Per cent that may be said; fifty is a guess."""
_NAMES = {50: "50 %, a guess", 100: "100 %, certain"}
_LONG = 60  # characters of a number that are read


class ConfidenceGroup(RadioGroup):
    """How sure the learner is."""

    def __init__(self) -> None:
        told = [_NAMES.get(each, f"{each} %") for each in CONFIDENCES]
        super().__init__("How sure are you?", told, inline=True)

    @property
    def confidence(self) -> int:
        """What was said, in per cent.

        Raises
        ------
        PlanError
            If nothing was.
        """
        if self.value < 0:
            raise PlanError("confidence: must be said, from 50 % (a guess) to 100 %, got nothing")
        return CONFIDENCES[self.value]

    def say(self, confidence: int) -> None:
        """Do what happens when somebody says how sure they are."""
        self.value = CONFIDENCES.index(confidence) if confidence in CONFIDENCES else -1


class AnswerBox(TypedBox):
    """A labelled box for a number as people write it; what cannot be read stays in it.

    Attributes
    ----------
    value
        The text.
    """

    value = t.Unicode("").tag(sync=True)

    def __init__(self, unit: str = "", **traits: Any) -> None:
        super().__init__(f"Your answer ({unit})" if unit else "Your answer", **traits)
        styled(self, "answer-box")

    def _read(self, text: str) -> str:
        try:
            if text.strip():
                read_number(text)
            self.error = ""
        except PlanError as error:
            self.error = f"{self.label}{str(error).removeprefix('answer')}"
        return text

    @property
    def number(self) -> float:
        """What is in it.

        Raises
        ------
        PlanError
            If it is no number.
        """
        if not self.value.strip():
            raise PlanError("answer: must be a number, such as 12.5, got nothing")
        return read_number(self.value[:_LONG])


def said_html(paragraphs: Iterable[str], tone: str = "") -> str:
    """Return paragraphs as markup, escaped; the tone is ``good``, ``bad`` or none."""
    told = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return f"<div class='pmkit-said' data-tone='{tone}'>{told}</div>" if told else ""


def asked_html(text: str) -> str:
    """Return a question as markup, escaped."""
    return f"<p class='pmkit-asked'>{escape(text)}</p>"


def steps_html(marks: Iterable[str], at: int) -> str:
    """Return a small mark for each question: ``right``, ``missed`` or none."""
    told = "".join(f"<i data-is='{mark}' data-now='{'yes' if n == at else 'no'}'></i>"
                   for n, mark in enumerate(marks))  # fmt: skip
    return f"<span class='pmkit-steps' aria-hidden='true'>{told}</span>"


def button(text: str, act: Any, *, main: bool = False) -> Any:
    """Return a button that does something."""
    made = widgets.Button(description=text)
    made.on_click(lambda _: act())
    return styled(made, "main") if main else made


def stored(kind: str = "", item: str = "") -> tuple[tuple[Event, ...], str]:
    """Return what the learner's file holds, and why it cannot be read, if that is so."""
    try:
        return record().events(kind, item), ""
    except PlanError as error:
        return (), str(error)
