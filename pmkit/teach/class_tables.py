"""What is found of a class, as tables: one row per question, mistake, student or answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pmkit.teach.attempts import Tries
from pmkit.teach.class_mistakes import ClassMistake
from pmkit.teach.class_reading import ClassData
from pmkit.teach.copying import Pair
from pmkit.teach.intervals import Estimate
from pmkit.teach.items import ItemAnalysis
from pmkit.teach.teach_again import Again

if TYPE_CHECKING:
    import pandas as pd


def item_table(items: ItemAnalysis) -> pd.DataFrame:
    """Return a row per question: share of the points, and correlation with the rest."""
    import pandas as pd

    rows = [
        (one.out_of, *_three(one.facility), *_three(one.discrimination),
         one.why or _doubt(one.discrimination))
        for one in items.items
    ]  # fmt: skip
    index = pd.Index([one.question for one in items.items], name="question")
    columns = ["points", "share", "from", "to", "correlation", "r from", "r to", "note"]
    return pd.DataFrame(rows, index, columns)


def mistake_table(mistakes: Sequence[ClassMistake]) -> pd.DataFrame:
    """Return a row per mistake: how many made it, their share, where, and what it has cost."""
    import pandas as pd

    rows = [
        (one.count, one.share.value, one.share.low, one.share.high, ", ".join(one.questions),
         one.lost, one.said)
        for one in mistakes
    ]  # fmt: skip
    index = pd.Index([one.code for one in mistakes], name="mistake", dtype=object)
    columns = ["students", "share", "from", "to", "questions", "points lost", "what was done"]
    return pd.DataFrame(rows, index, columns)


def stuck_table(data: ClassData, points: Mapping[str, float]) -> pd.DataFrame:
    """Return a row per student, in the order of ``points``, and how each answer stands.

    Who has not handed in is at the end.
    """
    import pandas as pd

    questions, rows = list(data.exercise.asked), []
    for name, total in points.items():
        states = {one.question: " ".join(filter(None, (one.state, one.code)))
                  for one in data.marks[name]}  # fmt: skip
        rows.append([*(states.get(question, "") for question in questions), total])
    rows += [[*("not handed in" for _ in questions), None] for _ in data.missing]
    index = pd.Index([*points, *data.missing], name="student")
    return pd.DataFrame(rows, index, [*questions, "points"])


def again_table(again: Sequence[Again]) -> pd.DataFrame:
    """Return what to teach again, a row each: why, where it is taught, and what to say."""
    import pandas as pd

    rows = [
        (one.kind, one.name, one.count, one.lost, one.lesson, one.why, one.tell, one.doubt)
        for one in again
    ]
    index = pd.RangeIndex(1, len(rows) + 1, name="rank")
    columns = ["kind", "name", "students", "points lost", "lesson", "why", "tell", "doubt"]
    return pd.DataFrame(rows, index, columns)


def copied_table(copied: Sequence[Pair]) -> pd.DataFrame:
    """Return a row per answer that two students share without an explanation."""
    import pandas as pd

    rows = [
        (pair.one, pair.other, match.question, match.answer, match.chance, match.why)
        for pair in copied for match in pair.matches
    ]  # fmt: skip
    columns = ["first", "second", "question", "answer", "chance", "what it is"]
    return pd.DataFrame(rows, columns=columns)


def tries_table(tries: Sequence[Tries]) -> pd.DataFrame:
    """Return a row per question: how many checked an answer, how often, and what was wrong most."""
    import pandas as pd

    rows = [
        (one.students, one.tries, one.most, *(one.problems[0] if one.problems else ("", 0)))
        for one in tries
    ]
    index = pd.Index([one.question for one in tries], name="question", dtype=object)
    columns = ["students", "checks", "most", "most frequent problem", "met by"]
    return pd.DataFrame(rows, index, columns)


def _three(one: Estimate | None) -> tuple[float | None, float | None, float | None]:
    return (None, None, None) if one is None else (one.value, one.low, one.high)


def _doubt(one: Estimate | None) -> str:
    """Of a question in which the able do not better than the others."""
    return "look at the question" if one is not None and one.value < 0 else ""
