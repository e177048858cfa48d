"""Situations of a lesson to decide: whose decision it is, and what to do."""

from __future__ import annotations

from threading import RLock
from typing import Any

from pmkit.learning.lesson import Lesson
from pmkit.widgets.guarded import Guarded
from pmkit.widgets.look import style_sheet, styled


class CardPanel(Guarded):
    """Asks for decisions on a few situations.

    Parameters
    ----------
    lesson
        Whose situations are drawn.
    number
        How many.
    """

    def __init__(self, lesson: Lesson, number: int = 3, **kwargs: Any) -> None:
        super().__init__(RLock(), **kwargs)
        self.lesson, self.number = lesson, number
        self.children = [style_sheet(), self.status]
        styled(self, "panel")

    def __repr__(self) -> str:
        cards = len(self.lesson.all_cards)
        return f"CardPanel {min(self.number, cards)} of {cards} situations"
