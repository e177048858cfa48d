"""What a learner has answered, item by item: the first answer counts, and what came later helps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pmkit.learning.lesson import Lesson, lessons
from pmkit.learning.record import Event, Record

if TYPE_CHECKING:
    from pmkit.learning.quarter.script import QuarterEvent

PRACTICE = ("message", "conversation", "quarter")
"""Kinds with a score: what a learner writes, says and decides in a lesson's larger exercises."""
_QUARTER_LESSON = "12"


@dataclass(frozen=True)
class Item:
    """One thing that a lesson asks.

    Attributes
    ----------
    kind, id
        As in the record.
    lesson, domain
        Number of the lesson, and what it is about.
    """

    kind: str
    id: str
    lesson: str
    domain: str


@dataclass(frozen=True)
class Answered:
    """All that was answered to one prediction, check or card, or done in one exercise.

    Attributes
    ----------
    kind, item
        As in the record.
    events
        Every answer, the first one first.
    """

    kind: str
    item: str
    events: tuple[Event, ...]

    @property
    def is_skipped(self) -> bool:
        """Whether it was skipped when it was asked first: what came later was no prediction."""
        return bool(self.events[0].facts.get("skipped"))

    @property
    def confidence(self) -> float | None:
        """How sure the learner was at first, from 0 to 1; ``None`` where that was not asked."""
        told = self.events[0].facts.get("confidence")
        if self.is_skipped or isinstance(told, bool) or not isinstance(told, int | float):
            return None
        return told / 100 if 0 <= told <= 100 else None

    @property
    def is_right_first(self) -> bool:
        """Whether the first answer was right."""
        return _is_right(self.events[0])

    @property
    def is_right_once(self) -> bool:
        """Whether any answer was right."""
        return any(map(_is_right, self.events))

    @property
    def score(self) -> float | None:
        """How good the first one was, from 0 to 1; ``None`` where there are no scores.

        A message has points of so many; a conversation and a decision of the quarter have per cent.
        """
        if self.kind not in PRACTICE:
            return None
        facts = self.events[0].facts
        return _share(facts.get("score"), facts.get("of") if self.kind == "message" else 100)

    @property
    def luck(self) -> float | None:
        """Percentile of what then happened, from 0 to 1, where 0.5 is none; mostly ``None``."""
        return _share(self.events[0].facts.get("luck"), 100)

    @property
    def is_seen(self) -> bool:
        """Whether its solution was shown."""
        return any(event.facts.get("seen") for event in self.events)


def _is_right(event: Event) -> bool:
    return bool(event.facts.get("is_right")) and not event.facts.get("skipped")


def _share(told: Any, of: Any) -> float | None:
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in (told, of)):
        return None
    return float(told / of) if 0 <= told <= of and of else None


def answered(own: Record, *kinds: str) -> tuple[Answered, ...]:
    """Return what was answered of some kinds, in the order in which it was first.

    Parameters
    ----------
    own
        The learner's file.
    kinds
        Such as ``"prediction", "check"``.
    """
    found: dict[tuple[str, str], list[Event]] = {}
    for event in own.events():
        if event.kind in kinds:
            found.setdefault((event.kind, event.item), []).append(event)
    return tuple(Answered(kind, item, tuple(events)) for (kind, item), events in found.items())


def items_of(lesson: Lesson) -> tuple[Item, ...]:
    """Return everything that a lesson asks and has done.

    A prediction and a check may have the same id: they are about the same.
    """
    asked: dict[str, tuple[Any, ...]] = {
        "prediction": lesson.all_predictions, "check": lesson.all_checks, "card": lesson.all_cards,
        "message": lesson.all_messages, "conversation": lesson.all_conversations,
        "quarter": _quarter_of(lesson),
    }  # fmt: skip
    return tuple(
        Item(kind, one.id, lesson.number, one.domain) for kind, those in asked.items()
        for one in those
    )  # fmt: skip


def _quarter_of(lesson: Lesson) -> tuple[QuarterEvent, ...]:
    """What comes up in the quarter, which is played in one lesson."""
    if lesson.number != _QUARTER_LESSON:
        return ()
    from pmkit.learning.quarter.script import quarter  # reads a program: only where it is needed

    return quarter().events


def domains_of_items() -> Mapping[tuple[str, str], str]:
    """Return the domain of everything that is asked, by kind and id."""
    return {(one.kind, one.id): one.domain for each in lessons() for one in items_of(each)}
