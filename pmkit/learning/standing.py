"""How far a learner has come: by lesson, by domain, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from pmkit.analysis.explanation import Explanation
from pmkit.learning.answers import PRACTICE, Answered, Item, answered, items_of
from pmkit.learning.lesson import LearningOutcome, Lesson, lessons
from pmkit.learning.record import Record, record
from pmkit.learning.words import DOMAINS
from pmkit.model.errors import PlanError

if TYPE_CHECKING:
    import pandas as pd

_MANY = {"check": "checks", "card": "cards", "message": "messages",
         "conversation": "conversations", "quarter": "decisions"}  # fmt: skip
"""What answers of a kind are called; those of the quarter are decisions."""
_COLUMNS = ("predicted", "predictions",
            *(f"{many}{end}" for many in _MANY.values() for end in ("_right", "_answered", "")),
            "seen")  # fmt: skip
_DONE = ["predicted", *(f"{many}_answered" for many in _MANY.values())]


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
    def items(self) -> tuple[Item, ...]:
        """Everything that there is to answer, lesson by lesson."""
        return tuple(item for each in self.lessons for item in items_of(each))

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per lesson: how many of what, and outcomes reached.

        ``predicted`` of ``predictions``; ``checks_right`` at the first answer, ``checks_answered``
        of ``checks``; the same of cards, messages, conversations and decisions of the quarter;
        ``seen`` solutions; ``reached`` of ``outcomes``.
        """
        import pandas as pd

        rows = [
            (each.title, *self._counts([x for x in self.items if x.lesson == each.number]),
             sum(self.is_reached(each, one) for one in each.outcomes), len(each.outcomes))
            for each in self.lessons
        ]  # fmt: skip
        index = pd.Index([each.number for each in self.lessons], name="lesson", dtype=object)
        return pd.DataFrame(rows, index, ["title", *_COLUMNS, "reached", "outcomes"])

    @cached_property
    def domains(self) -> pd.DataFrame:
        """One row per domain, the same counts; a domain that nothing asks about is left out."""
        import pandas as pd

        rows = {
            domain: self._counts([x for x in self.items if x.domain == domain])
            for domain in DOMAINS if any(x.domain == domain for x in self.items)
        }  # fmt: skip
        index = pd.Index(list(rows), name="domain", dtype=object)
        return pd.DataFrame(list(rows.values()), index, list(_COLUMNS))

    @cached_property
    def practice(self) -> pd.DataFrame:
        """Messages, conversations and the quarter: ``right answered number score luck``.

        ``score`` is the average of the first ones, from 0 to 1, and so is ``luck``, the percentile
        of what then happened, where 0.5 is none; a kind that there is nothing of is left out.
        """
        import pandas as pd

        rows = {}
        for kind in PRACTICE:
            ids = [x.id for x in self.items if x.kind == kind]
            done = self._of(kind, ids)
            if ids:
                rows[_MANY[kind]] = (
                    sum(one.is_right_first for one in done), len(done), len(ids),
                    _mean(one.score for one in done), _mean(one.luck for one in done),
                )  # fmt: skip
        index = pd.Index(list(rows), name="kind", dtype=object)
        columns = ["right", "answered", "number", "score", "luck"]
        return pd.DataFrame(list(rows.values()), index, columns).astype(
            {"score": float, "luck": float}
        )

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
        missed = [one.item for number, one in self._missed() if number == each.number]
        if missed:
            lines.append(f"missed at first: {', '.join(missed)}")
        return Explanation(f"Lesson {each.number} {each.title}", tuple(lines))

    def __repr__(self) -> str:
        table = self.table
        done = table[_DONE].sum(axis=1)
        total = table.drop(columns="title").sum()
        return (f"Standing: {int((done > 0).sum())} of {len(table)} lessons begun, "
                f"{total['reached']} of {total['outcomes']} outcomes reached, "
                f"{total['checks_right']} of {total['checks']} checks right at the first answer"
                )  # fmt: skip

    def _repr_html_(self) -> str:
        tables = "".join(_told(table).to_html(border=0) for table in (self.table, self.domains))
        if len(self.practice):
            tables += _practice_told(self.practice).to_html(border=0)
        return f"<p>{escape(repr(self))}</p>{tables}"

    def _counts(self, items: Sequence[Item]) -> tuple[int, ...]:
        ids = {kind: [x.id for x in items if x.kind == kind] for kind in ("prediction", *_MANY)}
        predicted = [x for x in self._of("prediction", ids["prediction"]) if not x.is_skipped]
        counts = [len(predicted), len(ids["prediction"])]
        for kind in _MANY:
            done = self._of(kind, ids[kind])
            counts += [sum(one.is_right_first for one in done), len(done), len(ids[kind])]
        return (*counts, sum(one.is_seen for one in self._of("check", ids["check"])))

    def _of(self, kind: str, ids: Iterable[str]) -> list[Answered]:
        return [self.by_item[kind, id_] for id_ in ids if (kind, id_) in self.by_item]

    def _right(self, checks: Iterable[str]) -> list[str]:
        return [one.item for one in self._of("check", checks) if one.is_right_once]

    def _missed(self) -> list[tuple[str, Answered]]:
        """What is asked and was never right, with the lesson that it is of; no predictions."""
        lessons = {(item.kind, item.id): item.lesson for item in self.items}
        return [
            (lessons[one.kind, one.item], one) for one in self.answers
            if one.kind != "prediction" and not one.is_right_once
            and (one.kind, one.item) in lessons
        ]  # fmt: skip

    def _go_on(self) -> str:
        for each in self.lessons:
            row: Any = self.table.loc[each.number]
            left = [
                f"{count} {many.removesuffix('s') if count == 1 else many}"
                for kind, many in _MANY.items()
                if kind != "card" and (count := int(row[many] - row[f"{many}_answered"]))
            ]  # fmt: skip
            if row[_DONE].sum() and left:
                words = " and ".join(filter(None, [", ".join(left[:-1]), left[-1]]))
                return f"Go on with lesson {each.number}, {each.title}: {words} left."
        return ""

    def _come_back(self) -> list[str]:
        missed = Counter(number for number, _ in self._missed())
        most = sorted(missed.items(), key=lambda item: (-item[1], item[0]))[:2]
        titles = {each.number: each.title for each in self.lessons}
        return [f"Come back to lesson {number}, {titles[number]}: {count} missed."
                for number, count in most]  # fmt: skip

    def _begin(self) -> str:
        for each in self.lessons:
            if not self.table.loc[each.number, _DONE].sum():
                return f"Begin lesson {each.number}, {each.title}: {each.question}"
        return ""


def _mean(told: Iterable[float | None]) -> float | None:
    known = [one for one in told if one is not None]
    return sum(known) / len(known) if known else None


def _practice_told(table: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    shown = {
        "done": [f"{x} of {y}" for x, y in zip(table["answered"], table["number"], strict=True)],
        "right at first": table["right"].to_list(),
        "score": ["" if x != x else f"{x:.0%}" for x in table["score"]],
        "luck (50 is none)": ["" if x != x else f"{100 * x:.0f}" for x in table["luck"]],
    }
    return pd.DataFrame(shown, table.index)


def _told(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table as people read it: 3 of 5."""
    import pandas as pd

    columns = {"predicted": "predictions", **{f"{many}_right": many for many in _MANY.values()},
               "seen": "checks", "reached": "outcomes"}  # fmt: skip
    headings = {f"{many}_right": f"{many} right at first" for many in _MANY.values()}
    headings |= {"seen": "solutions seen", "reached": "outcomes reached"}
    shown = {
        headings.get(done, done): [f"{x} of {y}" for x, y in zip(table[done], table[there],
                                                                 strict=True)]
        for done, there in columns.items() if done in table and table[there].sum()
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
        With ``.table`` by lesson, ``.domains``, ``.practice``, ``.next_steps`` and
        ``.explain("04")``.

    Examples
    --------
    >>> from pathlib import Path
    >>> standing(Record(Path("nothing.json"))).next_steps
    ('Begin lesson 01, Two roles: Who decides this?',)
    """
    return Standing(lessons(), answered(own or record(), "prediction", *_MANY))
