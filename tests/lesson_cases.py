"""Two small lessons, and files of learners who have done this and that of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from pmkit.learning.cards.card import Card, CardOption
from pmkit.learning.checking.check import Check, Wording
from pmkit.learning.lesson import LearningOutcome, Lesson
from pmkit.learning.predicting import Prediction


def check(id_: str, outcome: str, domain: str = "progress") -> Check:
    """Return a check that asks nothing in particular."""
    return Check(id_, "numeric", outcome, domain, (Wording("How many?"),))


def card(id_: str, domain: str = "governance", **more: Any) -> Card:
    """Return a card with a right, a defensible and a wrong option."""
    told: dict[str, Any] = {
        "id": id_, "title": "Crane", "domain": domain, "seat": "project manager",
        "date": date(2026, 5, 4), "project": "", "known": "It rains.", "tolerance": "",
        "question": "What do you do?", "basis": "role", "cost": 0, "days": 0, "benefit": 0,
        "owner": "sponsor", "then": "", "why": "It is the sponsor's.", "pair": "", "fact": "",
        "teaches": (),
        "options": (CardOption("a", "Ask", "right", "Good."), CardOption("b", "Wait", "defensible",
                    "So so."), CardOption("c", "Run", "wrong", "Bad.")),
    } | more  # fmt: skip
    return Card(**told)


def prediction(id_: str, domain: str = "progress") -> Prediction:
    """Return a prediction that asks for a number."""
    return Prediction(id_, domain, "How late?", (), "days", 0, 0.5, "", "So it is.")


def lessons() -> tuple[Lesson, ...]:
    """Return two lessons: the first with two outcomes, the second with one."""
    return (
        Lesson(
            "01", "one", "One <first>", "Who?",
            (LearningOutcome("01a", "say who"), LearningOutcome("01b", "say why")),
            (check("01-a", "01a"), check("01-b", "01a"), check("01-c", "01b", "risk"),
             check("01-d", "01b", "risk")),
            (card("01-x"), card("01-y")),
            (prediction("01-p"),),
        ),
        Lesson(
            "02", "two", "Two", "When?", (LearningOutcome("02a", "say when"),),
            (check("02-a", "02a"), check("02-b", "02a")), (card("02-x", "risk"),),
            (prediction("02-p"), prediction("02-q", "risk")),
        ),
    )  # fmt: skip
