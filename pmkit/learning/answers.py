"""What a learner has answered, item by item: the first answer counts, and what came later helps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pmkit.learning.lesson import lessons
from pmkit.learning.record import Event, Record


@dataclass(frozen=True)
class Answered:
    """All that was answered to one prediction, check or card.

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
    def is_seen(self) -> bool:
        """Whether its solution was shown."""
        return any(event.facts.get("seen") for event in self.events)


def _is_right(event: Event) -> bool:
    return bool(event.facts.get("is_right")) and not event.facts.get("skipped")


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


def domains_of_items() -> Mapping[tuple[str, str], str]:
    """Return the domain of everything that is asked, by kind and id.

    A prediction and a check may have the same id: they are about the same.
    """
    found: dict[tuple[str, str], str] = {}
    for each in lessons():
        found |= {("prediction", one.id): one.domain for one in each.all_predictions}
        found |= {("check", one.id): one.domain for one in each.all_checks}
        found |= {("card", one.id): one.domain for one in each.all_cards}
    return found
