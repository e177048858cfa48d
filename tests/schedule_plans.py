"""Plans for the critical path: a table of activities, and one with a printed solution."""

from __future__ import annotations

from datetime import date
from typing import Any

from pmkit.model.project import Project
from pmkit.model.settings import Settings

MONDAY = date(2026, 1, 5)


def table_of(*rows: tuple[Any, float, str], **settings: Any) -> Project:
    return Project.from_table(rows, settings=Settings(**settings))


def taylors_plan() -> Project:
    """Seven activities with a printed solution.

    Taylor, *Introduction to Management Science*, ch. 8 (Project Management), the solutions table
    for arrows 1-2, 1-3, 2-4, 3-4, 3-5, 4-5, 5-6, here A to G.
    """
    return table_of(
        ("A", 7, ""), ("B", 10, ""), ("C", 6, "A"), ("D", 5, "B"), ("E", 4, "B"),
        ("F", 3, "C; D"), ("G", 2, "E; F"),
    )  # fmt: skip
