"""A lesson: its question, what it is for, and everything that it asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from pmkit.learning.bridge.conversation import Conversation, read_conversations
from pmkit.learning.bridge.message import Message
from pmkit.learning.bridge.message_reading import read_messages
from pmkit.learning.cards.card import Card, read_cards
from pmkit.learning.checking.check import Check, read_checks
from pmkit.learning.misconceptions import read_misconceptions
from pmkit.learning.predicting import Prediction, read_predictions
from pmkit.learning.tables import Reader, TableRow
from pmkit.model.errors import PlanError
from pmkit.model.program import Program

if TYPE_CHECKING:
    import pandas as pd

DRAWN = 3  # cards of a lesson: each takes about three minutes


@dataclass(frozen=True)
class LearningOutcome:
    """What a learner can do after a lesson.

    Attributes
    ----------
    id
        Such as ``04a``.
    text
        Goes on after "After this you can".
    """

    id: str
    text: str


@dataclass(frozen=True)
class Lesson:
    """One lesson, from one question.

    Attributes
    ----------
    number, name, title, question
        Such as ``04``, ``progress``, ``Progress``, ``Are we really 60 % done?``.
    outcomes, checks, cards, predictions, messages, conversations
        Everything in its tables.

    Examples
    --------
    >>> lesson("01").question
    'Who decides this?'
    """

    number: str
    name: str
    title: str
    question: str
    outcomes: tuple[LearningOutcome, ...] = ()
    all_checks: tuple[Check, ...] = ()
    all_cards: tuple[Card, ...] = ()
    all_predictions: tuple[Prediction, ...] = ()
    all_messages: tuple[Message, ...] = ()
    all_conversations: tuple[Conversation, ...] = ()

    def __repr__(self) -> str:
        told = f"{len(self.all_cards)} situations, {len(self.all_checks)} checks"
        return f"Lesson {self.number} {self.title}: {self.question} ({told})"

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{escape(one.text)}</li>" for one in self.outcomes)
        able = f"<p>After this you can</p><ul>{items}</ul>" if items else ""
        return (
            f"<p><strong>Lesson {int(self.number)}. {escape(self.title)}</strong><br>"
            f"<em>{escape(self.question)}</em></p>{able}"
        )

    @cached_property
    def program(self) -> Program:
        """The program that the lesson is about: the sample, as it stands at its status date."""
        from pmkit.data import sample

        program = sample()
        assert isinstance(program, Program)
        return program

    # What a notebook shows: panels

    def predict(self, name: str) -> Any:
        """Return the panel that asks for a prediction, such as ``"late"``."""
        from pmkit.learning.panels.predict import PredictPanel

        return PredictPanel(self.prediction(name))

    def cards(self, number: int = DRAWN) -> Any:
        """Return the panel with situations to decide, those missed before first."""
        from pmkit.learning.panels.cards import CardPanel

        return CardPanel(self, number)

    def checks(self) -> Any:
        """Return the panel with the checks of the lesson."""
        from pmkit.learning.panels.checks import CheckPanel

        return CheckPanel(self)

    def skills(self) -> Any:
        """Return the panel for a portrait of one's own skills."""
        from pmkit.learning.panels.skills import SkillPanel

        return SkillPanel(self)

    def messages(self) -> Any:
        """Return the panel in which messages are written, marked and answered."""
        from pmkit.learning.panels.message import MessagePanel

        return MessagePanel(self)

    def conversations(self) -> Any:
        """Return the panel with conversations of three turns."""
        from pmkit.learning.panels.conversation import ConversationPanel

        return ConversationPanel(self)

    def quarter(self) -> Any:
        """Return the panel in which a quarter is played from both seats."""
        from pmkit.learning.panels.quarter import QuarterPanel

        return QuarterPanel(self)

    # What stands beside them: plain tables

    def reveal(self, name: str) -> Any:
        """Return what a prediction came to, beside what the learner expected."""
        from pmkit.learning.revealing import Revealed

        return Revealed.of(self.prediction(name), self.program)

    @property
    def situations(self) -> pd.DataFrame:
        """The cards, without what is right: ``title seat date known question options`` ..."""
        from pmkit.learning.lesson_tables import situations

        return situations(self)

    @property
    def owners(self) -> pd.DataFrame:
        """The cards with what is right: ``title owner then why best also``."""
        from pmkit.learning.lesson_tables import owners

        return owners(self)

    @property
    def questions(self) -> pd.DataFrame:
        """The checks, without what is right: ``kind question options``."""
        from pmkit.learning.lesson_tables import questions

        return questions(self)

    @property
    def answers(self) -> pd.DataFrame:
        """The checks with what is right: ``question answer work reason``."""
        from pmkit.learning.lesson_tables import answers

        return answers(self)

    def card(self, id_: str) -> Card:
        """Return a situation of this lesson, else of any other, by its id."""
        own = {card.id: card for card in self.all_cards}
        return own[id_] if id_ in own else card_of(id_)

    def prediction(self, name: str) -> Prediction:
        """Return a prediction by its name, with or without the number of the lesson."""
        for one in self.all_predictions:
            if one.id in (name, f"{self.number}-{name}"):
                return one
        known = ", ".join(one.id for one in self.all_predictions)
        raise PlanError(f"lesson {self.number}: prediction must be one of {known}, got {name!r}")


LESSON_COLUMNS = ("lesson", "name", "title", "question")
OUTCOME_COLUMNS = ("id", "text")


def read_lessons(reader: Reader) -> tuple[Lesson, ...]:
    """Read all lessons; what is wrong is gathered in the reader."""
    known = read_misconceptions(reader)
    return tuple(reader.make(
        reader.rows("lessons.csv", LESSON_COLUMNS), lambda row: _lesson(reader, row, known)
    ))  # fmt: skip


def _lesson(reader: Reader, row: TableRow, known: dict[str, Any]) -> Lesson:
    number, name = row.needed("lesson"), row.needed("name")
    folder = f"{number}_{name}"
    outcomes = reader.make(
        reader.rows(f"{folder}/outcomes.csv", OUTCOME_COLUMNS),
        lambda told: LearningOutcome(told.needed("id"), told.needed("text")),
    )
    checks, cards = read_checks(reader, folder, known), read_cards(reader, folder, known)
    predictions = read_predictions(reader, folder)
    messages = read_messages(reader, folder, known)
    conversations = read_conversations(reader, folder, known)
    ids = [x.id for x in outcomes] + [x.id for x in checks] + [x.id for x in cards]
    ids += [x.id for x in predictions] + [x.id for x in messages] + [x.id for x in conversations]
    _numbered(reader, row, ids)
    return Lesson(number, name, row.needed("title"), row.needed("question"), tuple(outcomes),
                  tuple(checks), tuple(cards), tuple(predictions), tuple(messages),
                  tuple(conversations))  # fmt: skip


def _numbered(reader: Reader, row: TableRow, ids: Sequence[str]) -> None:
    """Ids begin with the number of their lesson: so they are unique in all."""
    reader.problems += [
        row.problem("lesson", f"must begin the id {id_!r} of everything in it")
        for id_ in ids if not id_.startswith(row["lesson"])
    ]  # fmt: skip


@cache
def lessons() -> tuple[Lesson, ...]:
    """Return all lessons that ship with pmkit.

    Raises
    ------
    PlanError
        With everything that is wrong in the tables, and where.
    """
    reader = Reader()
    found = read_lessons(reader)
    reader.done()
    return found


def lesson(number: str | int) -> Lesson:
    """Return a lesson by its number.

    Raises
    ------
    PlanError
        If there is none.

    Examples
    --------
    >>> lesson(4)  # doctest: +ELLIPSIS
    Lesson 04 Progress: Are we really 60 % done? (...)
    """
    for one in lessons():
        if one.number == str(number).rjust(2, "0"):
            return one
    raise PlanError(f"lesson: must be a number from 1 to {len(lessons())}, got {number!r}")


def card_of(id_: str) -> Card:
    """Return a card of any lesson by its id."""
    for one in lessons():
        for card in one.all_cards:
            if card.id == id_:
                return card
    raise PlanError(f"card: must be one of the lessons', got {id_!r}")
