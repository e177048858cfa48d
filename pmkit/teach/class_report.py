"""What a class has understood of an exercise, and what it has not: one object for all of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from pmkit.teach import class_tables as tables
from pmkit.teach.attempts import Tries, tries_of
from pmkit.teach.class_mistakes import ClassMistake, class_mistakes
from pmkit.teach.class_reading import ClassData, read_class
from pmkit.teach.copying import Pair, copied
from pmkit.teach.intervals import FEW
from pmkit.teach.items import ItemAnalysis, analyze_items
from pmkit.teach.teach_again import Again, teach_again

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class ClassReport:
    """One exercise of one class, looked at.

    Attributes
    ----------
    data
        What it stands on.
    """

    data: ClassData

    @cached_property
    def items(self) -> ItemAnalysis:
        """How easy each question was, and whether it tells the able from the others."""
        points = {
            name: {one.question: None if one.waits else one.points for one in marked}
            for name, marked in self.data.marks.items()
        }
        asked = self.data.exercise.asked
        return analyze_items(points, {name: a.question.points for name, a in asked.items()})

    @cached_property
    def mistakes(self) -> tuple[ClassMistake, ...]:
        """Known mistakes, the most frequent first."""
        return class_mistakes(self.data.exercise, self.data.marks)

    @cached_property
    def again(self) -> tuple[Again, ...]:
        """What to teach again, what has cost most first."""
        return teach_again(self.data.exercise, self.data.marks, self.items, self.mistakes)

    @cached_property
    def copied(self) -> tuple[Pair, ...]:
        """Pairs whose wrong answers agree too often: to be talked to, never a penalty."""
        states = {
            name: {one.question: one.state for one in marked}
            for name, marked in self.data.marks.items()
        }
        return copied(self.data.exercise, self.data.variants, self.data.answers, states)

    @cached_property
    def tries(self) -> tuple[Tries, ...]:
        """How often answers were checked before they were handed in, where that is known."""
        return tries_of(self.data.attempts, self.data.exercise.asked)

    @cached_property
    def points(self) -> Mapping[str, float]:
        """Points of each student so far, the fewest first."""
        total = {name: round(sum(one.points for one in marked), 2)
                 for name, marked in self.data.marks.items()}  # fmt: skip
        return dict(sorted(total.items(), key=lambda item: (item[1], item[0])))

    @property
    def is_indicative(self) -> bool:
        """Whether fewer than 20 students handed in: another class may well show something else."""
        return len(self.data.marks) < FEW

    @cached_property
    def item_table(self) -> pd.DataFrame:
        """One row per question: share of the points, and correlation with the rest."""
        return tables.item_table(self.items)

    @cached_property
    def mistake_table(self) -> pd.DataFrame:
        """One row per known mistake: how many made it, their share, where, and what it has cost."""
        return tables.mistake_table(self.mistakes)

    @cached_property
    def stuck_table(self) -> pd.DataFrame:
        """One row per student, a column per question: how each answer stands; fewest points first.

        Who has not handed in is at the end.
        """
        return tables.stuck_table(self.data, self.points)

    @cached_property
    def again_table(self) -> pd.DataFrame:
        """What to teach again, a row each: why, where it is taught, and what to say."""
        return tables.again_table(self.again)

    @cached_property
    def copied_table(self) -> pd.DataFrame:
        """One row per answer that two students share without an explanation."""
        return tables.copied_table(self.copied)

    @cached_property
    def tries_table(self) -> pd.DataFrame:
        """One row per question: how many checked an answer, how often, and what was wrong most."""
        return tables.tries_table(self.tries)

    def items_chart(self, **look: Any) -> Any:
        """Return the picture of the questions; see `pictures.items`."""
        from pmkit.teach.pictures.items import items_chart

        return items_chart(self.items, **look)

    def mistakes_chart(self, **look: Any) -> Any:
        """Return the picture of the mistakes; see `pictures.mistakes`."""
        from pmkit.teach.pictures.mistakes import mistakes_chart

        return mistakes_chart(self.mistakes, **look)

    def stuck_chart(self, **look: Any) -> Any:
        """Return the picture of who is stuck where; see `pictures.stuck`."""
        from pmkit.teach.pictures.stuck import stuck_chart

        return stuck_chart(self.data.marks, list(self.data.exercise.asked), **look)

    def page(self) -> str:
        """Return the report as one page of html that needs no network."""
        from pmkit.teach.class_page import class_page

        return class_page(self)

    @property
    def sentences(self) -> list[str]:
        """What it comes to, a sentence each."""
        data, told = self.data, list(self.points.values())
        everybody = len(told) + len(data.missing)
        lines = [
            f"{len(told)} of {everybody} students have handed in and are marked.",
            f"The middle student has {median(told):.1f} of {data.exercise.points:g} points.",
        ]
        if self.is_indicative:
            lines.append("Fewer than 20 students: what follows is indicative.")
        if waiting := [one for one in self.items.items if one.waiting]:
            names = ", ".join(f"{one.question} ({one.waiting})" for one in waiting)
            lines.append(f"Your points are still missing: {names}.")
        if self.again:
            first = self.again[0]
            lines.append(f"To teach again first: {first.name}. {first.why}.")
        else:
            lines.append("Nothing stands out that is to be taught again.")
        if (alpha := self.items.alpha) is not None:
            lines.append(f"The questions together: alpha {alpha}.")
        if self.copied:
            pairs = "; ".join(f"{pair.one} and {pair.other}" for pair in self.copied)
            lines.append(f"To be talked to, for wrong answers that agree: {pairs}.")
        else:
            lines.append("No pair shares three or more wrong answers that need an explanation.")
        return lines

    def __repr__(self) -> str:
        return "\n".join([self.data.exercise.title, *(f"- {line}" for line in self.sentences)])

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{escape(line)}</li>" for line in self.sentences)
        return f"<p><strong>{escape(self.data.exercise.title)}</strong></p><ul>{items}</ul>"


def class_report(
    folder: str | os.PathLike[str], exercise: str, *, pseudonyms: bool = False
) -> ClassReport:
    """Return what a class has understood of an exercise.

    Parameters
    ----------
    folder
        Of the class, with the marks of the exercise.
    exercise
        Its name, such as ``ps04_progress``.
    pseudonyms
        Whether students go by pseudonyms, the same ones at any time, instead of their names.

    Raises
    ------
    PlanError
        If there is no such exercise, or it is not marked yet.

    Examples
    --------
    >>> from pmkit.data import sample_class
    >>> report = class_report(sample_class(), "ps04_progress")
    >>> print(report.sentences[0])
    30 of 30 students have handed in and are marked.
    """
    return ClassReport(read_class(Path(folder), exercise, pseudonyms=pseudonyms))
