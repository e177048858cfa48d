"""How long a lesson takes: reading, checks, decisions and panels, added up.

Usage: ``python -m pmkit.learning.timing notebooks/lessons/*.ipynb``; it fails above 30 minutes.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pmkit.analysis.explanation import Explanation
from pmkit.learning.lesson import DRAWN, Lesson, lesson
from pmkit.learning.quarter.script import quarter
from pmkit.model.errors import PlanError

MOST = 30.0
"""Minutes that a lesson may take."""
WORDS_A_MINUTE = 130
CHECK, DECISION, PANEL = 1.5, 3.0, 2.0
EVENT = 1.5
"""Minutes for each."""
_PANELS = ("predict", "cards", "checks", "skills", "messages", "conversations", "quarter")


@dataclass(frozen=True)
class LessonTime:
    """What a lesson is made of, and how long that takes.

    Attributes
    ----------
    name
        Of the notebook.
    words, checks, decisions, panels, events
        How many there are; events are those of a quarter that is played.
    """

    name: str
    words: int
    checks: int
    decisions: int
    panels: int
    events: int = 0

    @property
    def minutes(self) -> float:
        """All of it."""
        return sum(minutes for _, _, _, minutes in self._parts)

    @property
    def is_too_long(self) -> bool:
        """Whether it takes longer than a lesson may."""
        return self.minutes > MOST + 1e-9

    @property
    def _parts(self) -> tuple[tuple[str, int, str, float], ...]:
        return (
            ("prose", self.words, f"words / {WORDS_A_MINUTE} a minute",
             self.words / WORDS_A_MINUTE),
            ("checks", self.checks, f"x {CHECK:g}", self.checks * CHECK),
            ("decisions", self.decisions, f"x {DECISION:g}", self.decisions * DECISION),
            ("panels", self.panels, f"x {PANEL:g}", self.panels * PANEL),
            *([("events", self.events, f"x {EVENT:g}", self.events * EVENT)] if self.events
              else []),
        )  # fmt: skip

    def explain(self) -> Explanation:
        """Show what takes how long."""
        lines = tuple(f"{name}: {count} {how} = {minutes:.1f} min"
                      for name, count, how, minutes in self._parts)  # fmt: skip
        over = f", {self.minutes - MOST:.1f} more than {MOST:g}" if self.is_too_long else ""
        return Explanation(f"{self.name}: {self.minutes:.1f} min{over}", lines)

    def __repr__(self) -> str:
        return str(self.explain())


def time_lesson(path: str | Path, of: Lesson | None = None) -> LessonTime:
    """Estimate how long a lesson takes.

    Parameters
    ----------
    path
        Its notebook, such as ``04_progress.ipynb``.
    of
        The lesson; by the number in the name when not told.

    Returns
    -------
    LessonTime
        With ``.minutes`` and ``.explain()``.

    Raises
    ------
    PlanError
        If it is no notebook of a lesson.

    Notes
    -----
    130 words of prose a minute, which suits non-native readers; 90 seconds for each check of the
    lesson, 3 minutes for each card that is drawn, 2 minutes for each panel, those with cards and
    checks included; 90 seconds more for each event of a quarter.
    """
    path = Path(path)
    try:
        cells: list[dict[str, Any]] = json.loads(path.read_bytes())["cells"]
    except (OSError, ValueError, KeyError, TypeError):
        raise PlanError(
            f"lesson: must be a notebook, such as 04_progress.ipynb, got {path.name!r}"
        ) from None
    prose = sum(_words(_source(cell)) for cell in cells if cell["cell_type"] == "markdown")
    calls = [
        call for cell in cells if cell["cell_type"] == "code" for call in _calls(_source(cell))
    ]
    asks = any(name == "checks" for name, _ in calls)
    own = of or lesson(path.name[:2])
    return LessonTime(
        path.name, prose, len(own.all_checks) if asks else 0,
        sum(_drawn(call) for name, call in calls if name == "cards"), len(calls),
        len(quarter().events) if any(name == "quarter" for name, _ in calls) else 0,
    )  # fmt: skip


def _source(cell: dict[str, Any]) -> str:
    told = cell["source"]
    return told if isinstance(told, str) else "".join(told)


def _words(text: str) -> int:
    """Words that are read: of a link its text."""
    text = re.sub(r"\]\([^)]*\)|<[^>]*>", " ", text)
    return len(re.findall(r"\w+(?:['’.,%-]\w+)*", text))


def _calls(source: str) -> Iterator[tuple[str, ast.Call]]:
    """Calls that make a panel: ``pm.RiskPanel(...)``, ``lesson.predict(...)``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, owner = node.func.attr, node.func.value
            of_lesson = isinstance(owner, ast.Name) and owner.id == "lesson"
            if name.endswith("Panel") or name == "WhatIf" or (of_lesson and name in _PANELS):
                yield name, node


def _drawn(call: ast.Call) -> int:
    told = [*call.args, *(word.value for word in call.keywords)]
    value = told[0].value if told and isinstance(told[0], ast.Constant) else DRAWN
    return value if isinstance(value, int) else DRAWN


def main(words: list[str]) -> int:
    """Print how long each lesson takes; 1 where one takes too long."""
    found = [time_lesson(word) for word in words]
    for one in found:
        print(one)
    return int(any(one.is_too_long for one in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
