"""How far a learner has come: by lesson, by domain, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from pmkit.analysis.explanation import Explanation
from pmkit.learning.answers import Answered, answered
from pmkit.learning.lesson import LearningOutcome, Lesson, lessons
from pmkit.learning.record import Record, record
from pmkit.learning.words import DOMAINS
from pmkit.model.errors import PlanError

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ("predicted", "predictions", "checks_right", "checks_answered", "checks", "cards_right",
            "cards_answered", "cards", "seen")  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class Standing:
    """What was done of what there is.

    Attributes
    ----------
    lessons
        Everything there is.
    answers
        Everything that was answered, item by item.
    """

    lessons: tuple[Lesson, ...]
    answers: tuple[Answered, ...] = ()

    @cached_property
    def by_item(self) -> dict[tuple[str, str], Answered]:
        """What was answered, by kind and id."""
        return {(one.kind, one.item): one for one in self.answers}

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per lesson: how many of what, and outcomes reached.

        ``predicted`` of ``predictions``; ``checks_right`` at the first answer, ``checks_answered``
        of ``checks``; the same of cards; ``seen`` solutions; ``reached`` of ``outcomes``.
        """
        import pandas as pd

        rows = [
            (each.title,
             *self._counts([x.id for x in each.all_predictions], [x.id for x in each.all_checks],
                           [x.id for x in each.all_cards]),
             sum(self.is_reached(each, one) for one in each.outcomes), len(each.outcomes))
            for each in self.lessons
        ]  # fmt: skip
        index = pd.Index([each.number for each in self.lessons], name="lesson", dtype=object)
        return pd.DataFrame(rows, index, ["title", *_COLUMNS, "reached", "outcomes"])

    @cached_property
    def domains(self) -> pd.DataFrame:
        """One row per domain, the same counts; a domain that nothing asks about is left out."""
        import pandas as pd

        rows = {}
        for domain in DOMAINS:
            counts = self._counts(
                [x.id for each in self.lessons for x in each.all_predictions if x.domain == domain],
                [x.id for each in self.lessons for x in each.all_checks if x.domain == domain],
                [x.id for each in self.lessons for x in each.all_cards if x.domain == domain],
            )
            if counts[1] + counts[4] + counts[7]:
                rows[domain] = counts
        index = pd.Index(list(rows), name="domain", dtype=object)
        return pd.DataFrame(list(rows.values()), index, list(_COLUMNS))

    def is_reached(self, lesson: Lesson, outcome: LearningOutcome) -> bool:
        """Tell whether every check of an outcome was answered right, at whichever try."""
        tied = [check.id for check in lesson.all_checks if check.outcome == outcome.id]
        return bool(tied) and len(self._right(tied)) == len(tied)

    @property
    def next_steps(self) -> tuple[str, ...]:
        """What to do next, the first first: go on, come back to what was missed, begin."""
        steps = [self._go_on(), *self._come_back(), self._begin()]
        done = "Everything is answered. Draw new cards in any lesson."
        return tuple(step for step in steps if step) or (done,)

    def explain(self, lesson: str) -> Explanation:
        """Show what is done and what is missing of one lesson.

        Raises
        ------
        PlanError
            If there is no such lesson.
        """
        for each in self.lessons:
            if each.number == lesson:
                break
        else:
            known = ", ".join(each.number for each in self.lessons)
            raise PlanError(f"lesson: must be one of {known}, got {lesson!r}")
        lines = []
        for outcome in each.outcomes:
            tied = [check.id for check in each.all_checks if check.outcome == outcome.id]
            right = self._right(tied)
            word = "reached" if self.is_reached(each, outcome) else "not yet"
            lines.append(f"{outcome.text}: {word}, {len(right)} of {len(tied)} checks right")
        missed = [one.item for one in self._missed() if one.item.startswith(each.number)]
        if missed:
            lines.append(f"missed at first: {', '.join(missed)}")
        return Explanation(f"Lesson {each.number} {each.title}", tuple(lines))

    def __repr__(self) -> str:
        table = self.table
        done = table[["predicted", "checks_answered", "cards_answered"]].sum(axis=1)
        total = table.drop(columns="title").sum()
        return (f"Standing: {int((done > 0).sum())} of {len(table)} lessons begun, "
                f"{total['reached']} of {total['outcomes']} outcomes reached, "
                f"{total['checks_right']} of {total['checks']} checks right at the first answer"
                )  # fmt: skip

    def _repr_html_(self) -> str:
        tables = "".join(_told(table).to_html(border=0) for table in (self.table, self.domains))
        return f"<p>{escape(repr(self))}</p>{tables}"

    def _counts(
        self, predictions: Sequence[str], checks: Sequence[str], cards: Sequence[str]
    ) -> tuple[int, ...]:
        asked, solved = self._of("check", checks), self._of("card", cards)
        predicted = [one for one in self._of("prediction", predictions) if not one.is_skipped]
        return (
            len(predicted), len(predictions),
            sum(one.is_right_first for one in asked), len(asked), len(checks),
            sum(one.is_right_first for one in solved), len(solved), len(cards),
            sum(one.is_seen for one in asked),
        )  # fmt: skip

    def _of(self, kind: str, ids: Iterable[str]) -> list[Answered]:
        return [self.by_item[kind, id_] for id_ in ids if (kind, id_) in self.by_item]

    def _right(self, checks: Iterable[str]) -> list[str]:
        return [one.item for one in self._of("check", checks) if one.is_right_once]

    def _missed(self) -> list[Answered]:
        """Checks and cards that were never right."""
        return [one for one in self.answers if one.kind != "prediction" and not one.is_right_once]

    def _go_on(self) -> str:
        for each in self.lessons:
            row: Any = self.table.loc[each.number]
            if 0 < row["checks_answered"] < row["checks"]:
                left = int(row["checks"] - row["checks_answered"])
                return (f"Go on with lesson {each.number}, {each.title}: {left} "
                        f"check{'' if left == 1 else 's'} left.")  # fmt: skip
        return ""

    def _come_back(self) -> list[str]:
        missed: dict[str, int] = {}
        for one in self._missed():
            missed[one.item[:2]] = missed.get(one.item[:2], 0) + 1
        most = sorted(missed.items(), key=lambda item: (-item[1], item[0]))[:2]
        titles = {each.number: each.title for each in self.lessons}
        return [f"Come back to lesson {number}, {titles[number]}: {count} missed."
                for number, count in most if number in titles]  # fmt: skip

    def _begin(self) -> str:
        for each in self.lessons:
            row = self.table.loc[each.number]
            if row["predicted"] + row["checks_answered"] + row["cards_answered"] == 0:
                return f"Begin lesson {each.number}, {each.title}: {each.question}"
        return ""


def _told(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table as people read it: 3 of 5."""
    import pandas as pd

    columns = {"predicted": "predictions", "checks_right": "checks", "cards_right": "cards",
               "seen": "checks", "reached": "outcomes"}  # fmt: skip
    headings = {"checks_right": "checks right at first", "cards_right": "cards right at first",
                "seen": "solutions seen", "reached": "outcomes reached"}  # fmt: skip
    shown = {
        headings.get(done, done): [f"{x} of {y}" for x, y in zip(table[done], table[there],
                                                                 strict=True)]
        for done, there in columns.items() if done in table
    }  # fmt: skip
    titles = {"title": table["title"]} if "title" in table else {}
    return pd.DataFrame(titles | shown, table.index)


def standing(own: Record | None = None) -> Standing:
    """Return how far a learner has come.

    Parameters
    ----------
    own
        The learner's file; their own one when not told.

    Returns
    -------
    Standing
        With ``.table`` by lesson, ``.domains``, ``.next_steps`` and ``.explain("04")``.

    Examples
    --------
    >>> from pathlib import Path
    >>> standing(Record(Path("nothing.json"))).next_steps
    ('Begin lesson 01, Two roles: Who decides this?',)
    """
    return Standing(lessons(), answered(own or record(), "prediction", "check", "card"))
