"""A key that was corrected after marking: what would change, and only then the change itself."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pmkit.model.errors import PlanError
from pmkit.teach.handed_out import must_be_as_handed_out
from pmkit.teach.kept_answers import Kept
from pmkit.teach.mark_changes import Change, changes
from pmkit.teach.marking_class import Marking


def corrections(marking: Marking) -> list[Change]:
    """Return what changes when the kept answers are marked with the exercise as it is now.

    Nothing is run, and nothing is written.

    Raises
    ------
    PlanError
        If other numbers would be made than were handed out, or an answer is needed that is not
        kept: then what was handed in has to be run again.
    """
    must_be_as_handed_out(marking.course, marking.exercise, marking.variants)
    found: list[Change] = []
    for student, kept in _marked(marking):
        _must_have_been_run(marking, student, kept)
        before = marking.kept(student)
        assert before is not None
        after = marking.marks(student, kept.collected)
        found += changes(student, before.marked, after, "corrected")
    return found


def apply_corrections(marking: Marking) -> list[Change]:
    """Mark the kept answers with the exercise as it is now, and return what has changed."""
    found = corrections(marking)
    for student, kept in _marked(marking):
        marking.record(student, kept, marking.kept(student), "corrected")
    return found


def _marked(marking: Marking) -> Iterator[tuple[str, Kept]]:
    """Students whose marks belong to the answers that are kept."""
    for student in marking.course.roster:
        marks, kept = marking.kept(student), marking.answers(student)
        if marks is not None and kept is not None and marks.digest == kept.digest:
            yield student, kept


def _must_have_been_run(marking: Marking, student: str, kept: Kept) -> None:
    new = [name for name in marking.exercise.asked if name not in kept.asked]
    if not kept.collected.is_literal:
        cases = marking.variants[student].cases
        new += [
            name for name, all_ in cases.items() if name not in new
            and json.loads(json.dumps([case.arguments for case in all_])) != kept.cases.get(name)
        ]  # fmt: skip
    if new:
        raise PlanError(
            f"{marking.exercise.name}: {', '.join(new)} must have been run as it is asked now, but "
            f"is new or has other cases; mark --again runs all that was handed in, with a list of "
            "what changes"
        )
