"""Write docs/coverage.md: every line of what is taught, with its lessons, panels, cards and checks.

Usage: python tools/make_coverage.py

A panel belongs to a line where the lesson that shows it has a card or a check for that line, or
where its cell is tagged so: ``teaches:pm-risks``.
"""

from __future__ import annotations

import ast
import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pmkit.learning.lesson import Lesson, lessons
from pmkit.learning.tables import tables_folder

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "coverage.md"
LESSONS = ROOT / "notebooks" / "lessons"
OF_LESSON = {
    "skills": "SkillPanel", "messages": "MessagePanel", "conversations": "ConversationPanel",
    "quarter": "QuarterPanel",
}  # fmt: skip
"""Panels of a lesson's own; those that every lesson has (predict, cards, checks) are left out."""
TAG = "teaches:"


@dataclass(frozen=True)
class Covered:
    """One line of what is taught, and where it is."""

    id: str
    seat: str
    line: str
    lessons: tuple[str, ...]
    panels: tuple[str, ...]
    cards: tuple[str, ...]
    checks: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """What this line has none of."""
        return tuple(
            name for name in ("lessons", "panels", "cards", "checks") if not getattr(self, name)
        )


def covered(found: tuple[Lesson, ...] | None = None, folder: Path = LESSONS) -> list[Covered]:
    """Return every line of ``taught.csv`` with what there is of it."""
    all_lessons = lessons() if found is None else found
    panels = {each.number: list(panels_of(folder, each)) for each in all_lessons}
    with (tables_folder() / "taught.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    return [_line(row, all_lessons, panels) for row in rows]


def _line(
    row: dict[str, str], found: tuple[Lesson, ...], panels: dict[str, list[tuple[str, set[str]]]]
) -> Covered:
    id_ = row["id"]
    where, shown, cards, checks = [], [], [], []
    for each in found:
        asked = (*each.all_cards, *each.all_messages, *each.all_conversations)
        own_cards = [one.id for one in asked if id_ in one.teaches]
        own_checks = [one.id for one in each.all_checks if id_ in one.teaches]
        tagged = [name for name, tags in panels[each.number] if id_ in tags]
        if own_cards or own_checks or tagged:
            where.append(each.number)
            shown += tagged or [name for name, tags in panels[each.number] if not tags]
        cards += own_cards
        checks += own_checks
    return Covered(id_, row["seat"], row["line"], tuple(where), tuple(dict.fromkeys(shown)),
                   tuple(cards), tuple(checks))  # fmt: skip


def panels_of(folder: Path, lesson: Lesson) -> Iterator[tuple[str, set[str]]]:
    """Yield the panels that a lesson's notebook shows, each with the lines it is tagged with."""
    path = folder / f"{lesson.number}_{lesson.name}.ipynb"
    if not path.is_file():
        return
    for cell in json.loads(path.read_bytes())["cells"]:
        if cell["cell_type"] == "code":
            tags = cell["metadata"].get("tags", [])
            lines = {tag.removeprefix(TAG) for tag in tags if tag.startswith(TAG)}
            for name in _names("".join(cell["source"])):
                yield name, lines


def _names(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name: Any = node.func.attr
            if name.endswith("Panel") or name == "WhatIf":
                yield name
            elif re.fullmatch("lesson", getattr(node.func.value, "id", "")) and name in OF_LESSON:
                yield OF_LESSON[name]


def page(lines: list[Covered]) -> str:
    """Return the page."""
    text = [
        "# What is taught, and where",
        "",
        "Made by `tools/make_coverage.py` from the tables in `pmkit/data/lessons` and from the "
        "notebooks in `notebooks/lessons`. A test fails when a line has no lesson, panel, decision "
        "or check, and when this page is not up to date.",
        "",
    ]
    for seat in dict.fromkeys(one.seat for one in lines):
        title = "Comparison" if seat == "both" else seat.capitalize()
        text += [f"## {title}", "", "| what | lessons | panels | decisions | checks |",
                 "|---|---|---|---|---|"]  # fmt: skip
        for one in (one for one in lines if one.seat == seat):
            parts = (one.lessons, one.panels, one.cards, one.checks)
            cells = [", ".join(part) or "**none**" for part in parts]
            text.append(f"| {one.line} (`{one.id}`) | {' | '.join(cells)} |")
        text.append("")
    return "\n".join(text)


if __name__ == "__main__":
    PAGE.write_text(page(covered()), encoding="utf-8", newline="\n")
    for one in covered():
        if one.missing:
            print(f"{one.id}: no {', '.join(one.missing)}")
