"""Which situations a learner gets: new ones of the lesson, and those that were missed before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pmkit.learning.cards.card import Card
from pmkit.learning.record import Event

if TYPE_CHECKING:
    from pmkit.learning.lesson import Lesson


def draw(
    lesson: Lesson, lessons: Sequence[Lesson], events: Iterable[Event], number: int
) -> tuple[Card, ...]:
    """Return the situations to decide now; the same record gives the same ones.

    Parameters
    ----------
    lesson
        Which the learner has open.
    lessons
        All of them, in order; those up to `lesson` count.
    events
        Of the record, the oldest first.
    number
        How many to return; fewer where there are not so many.

    Notes
    -----
    First the lesson's own situations that were not answered yet, as the table has them; those that
    a check of the lesson asks about come after the others. One place is kept for a situation that
    was missed before, in any lesson so far, the one that waits longest. What is left is filled with
    more of those, and then with what was right, the longest ago first.
    """
    last: dict[str, tuple[int, bool]] = {}
    for place, event in enumerate(events):
        if event.kind == "card":
            last.pop(event.item, None)
            last[event.item] = (place, bool(event.facts.get("is_right")))
    asked = {wording.card for check in lesson.all_checks for wording in check.wordings}
    own = sorted((card for card in lesson.all_cards if card.id not in last),
                 key=lambda card: card.id in asked)  # fmt: skip
    so_far = {card.id: card for one in _so_far(lesson, lessons) for card in one.all_cards}
    missed = [so_far[id_] for id_, (_, is_right) in last.items() if not is_right and id_ in so_far]
    known = {card.id: card for card in lesson.all_cards}
    right = [known[id_] for id_, (_, is_right) in last.items() if is_right and id_ in known]
    kept = missed[:1] if number > 1 else []
    first = [*own[: max(number - len(kept), 0)], *kept]
    rest = [card for card in (*missed, *own, *right) if card not in first]
    return tuple([*first, *rest][:number])


def _so_far(lesson: Lesson, lessons: Sequence[Lesson]) -> list[Lesson]:
    earlier = [one for one in lessons if one.number < lesson.number]
    return [*earlier, lesson]
