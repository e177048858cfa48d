"""The checks of a lesson, one at a time."""

from __future__ import annotations

from threading import RLock
from typing import Any

from pmkit.learning.lesson import Lesson
from pmkit.widgets.guarded import Guarded
from pmkit.widgets.look import style_sheet, styled


class CheckPanel(Guarded):
    """Asks the checks of a lesson.

    Parameters
    ----------
    lesson
        Whose checks are asked.
    """

    def __init__(self, lesson: Lesson, **kwargs: Any) -> None:
        super().__init__(RLock(), **kwargs)
        self.lesson = lesson
        self.children = [style_sheet(), self.status]
        styled(self, "panel")

    def __repr__(self) -> str:
        return f"CheckPanel {len(self.lesson.all_checks)} checks"
