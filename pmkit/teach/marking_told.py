"""What an instructor is told of a class that was marked: who needs a look, and what has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pmkit.model.errors import PlanError
from pmkit.teach.correcting import corrections
from pmkit.teach.grading import Grade
from pmkit.teach.kept_marks import Marks
from pmkit.teach.mark_changes import changes
from pmkit.teach.marking_class import Marking


def summary(found: Mapping[str, Grade]) -> list[str]:
    """Return how marking went, and who needs the teacher."""
    there = {id_: grade for id_, grade in found.items() if grade.marks is not None}
    lines = [f"{len(there)} of {len(found)} have handed in and are marked"]
    waiting = {id_: [marked.state for name in grade.waits if (marked := grade.marked(name))]
               for id_, grade in there.items()}  # fmt: skip
    if held := [id_ for id_, states in waiting.items() if "held" in states]:
        lines.append(f"held, their answers fit somebody else's numbers: {', '.join(held)}")
    if reading := sum("to read" in states for states in waiting.values()):
        lines.append(f"students with answers that you read yourself: {reading}; see reading")
    if nothing := [id_ for id_, states in waiting.items() if "untouched" in states]:
        lines.append(f"nothing is written where a text was asked for, no points before you "
                     f"look: {', '.join(nothing)}")  # fmt: skip
    return lines + [f"{id_}: {grade.marks.problem}" for id_, grade in there.items()
                    if grade.marks and grade.marks.problem]  # fmt: skip


def changed_since(
    marking: Marking, before: dict[str, Marks | None], marks: dict[str, Marks | None]
) -> Iterator[str]:
    """Say which marks are others than before, and whose would be with the exercise as it is."""
    for id_, now in marks.items():
        if (old := before[id_]) is not None and now is not None and old.digest == now.digest:
            yield from map(str, changes(id_, old.marked, now.marked, ""))
        elif old is not None and now is not None and now.points < old.points:
            yield f"{id_}: handed in again, {now.points:g} points, before {old.points:g}"
    if any(one is not None and one.source != marking.exercise.digest for one in marks.values()):
        try:
            found = [one for one in corrections(marking) if not one.is_wording]
        except PlanError as error:
            yield str(error)
            return
        if found:
            students = len({one.student for one in found})
            yield (f"the exercise has changed since it was marked: {len(found)} marks of "
                   f"{students} students stay as they were; correct lists what would "
                   "change")  # fmt: skip
