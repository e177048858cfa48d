"""What a student's exercise comes to: automatic marks, what a teacher gave, what lateness costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pmkit.teach.arrivals import arrival, stamped
from pmkit.teach.exercise import Exercise
from pmkit.teach.kept_answers import Kept
from pmkit.teach.kept_marks import Marks
from pmkit.teach.lateness import Deadline, deadlines
from pmkit.teach.manual import Manual, digest_of, read_manual
from pmkit.teach.marking import Marked
from pmkit.teach.marking_class import Marking


@dataclass(frozen=True)
class Grade:
    """What one student gets.

    Attributes
    ----------
    student
        Id on the roster.
    exercise
        What was asked.
    marks
        Automatic ones; ``None``: nothing was handed in.
    manual
        What the teacher gave, by question: it stands above the automatic mark.
    days_late
        Days that have begun after the due time.
    share_off
        Of the points, for these days.
    due
        What the due time was and when it came, in words; empty where there is no deadline.
    changed
        Questions whose answer is another than the one that the teacher has looked at.
    """

    student: str
    exercise: Exercise
    marks: Marks | None
    manual: Mapping[str, Manual] = field(default_factory=dict)
    days_late: int = 0
    share_off: float = 0.0
    due: str = ""
    changed: tuple[str, ...] = ()

    @property
    def out_of(self) -> float:
        """What there is to get."""
        return self.exercise.points

    def marked(self, question: str) -> Marked | None:
        """Return the automatic mark of a question."""
        found = self.marks.marked if self.marks else ()
        return next((one for one in found if one.question == question), None)

    def given(self, question: str) -> float | None:
        """Return the points of a question before lateness; ``None`` while it waits, or is absent.

        What the teacher gave stands above the automatic mark.
        """
        manual, marked = self.manual.get(question), self.marked(question)
        if manual is not None and manual.points is not None:
            return manual.points
        return None if marked is None or marked.waits else marked.points

    @property
    def waits(self) -> tuple[str, ...]:
        """Questions that have no points before the teacher has looked at them."""
        waiting = self.marks.waits if self.marks else ()
        return tuple(name for name in waiting if self.given(name) is None)

    @property
    def before(self) -> float:
        """Points before lateness; what waits counts nothing yet."""
        return round(sum(self.given(name) or 0.0 for name in self.exercise.asked), 2)

    @property
    def taken_off(self) -> float:
        """What lateness costs."""
        return round(self.before * self.share_off, 2)

    @property
    def points(self) -> float:
        """What the student gets so far."""
        return round(self.before - self.taken_off, 2)

    @property
    def is_there(self) -> bool:
        """Whether there is anything to tell: a submission, or points by hand."""
        return self.marks is not None or any(one.points is not None for one in self.manual.values())

    def by_question(self) -> dict[str, float | None]:
        """Return points with lateness taken off each in its share; they add up to ``points``."""
        given = {name: self.given(name) for name in self.exercise.asked}
        exact = {name: (1 - self.share_off) * 100 * one
                 for name, one in given.items() if one is not None}  # fmt: skip
        cents = {name: int(one + 1e-9) for name, one in exact.items()}
        left = round(100 * self.points) - sum(cents.values())
        for name in sorted(exact, key=lambda name: cents[name] - exact[name])[: max(0, left)]:
            cents[name] += 1
        return {name: cents[name] / 100 if name in cents else None for name in given}

    def late(self) -> Iterator[str]:
        """Say what lateness costs; nothing of who was in time."""
        if self.taken_off or self.days_late:
            days = f"{self.days_late} day{'' if self.days_late == 1 else 's'}"
            yield (f"{days} late ({self.due}): {100 * self.share_off:g} % of {self.before:g} "
                   f"points, {self.taken_off:g}, taken off.")  # fmt: skip

    def why(self) -> Iterator[str]:
        """Say what is more than an automatic mark, to the student."""
        yield from self.late()
        for name, one in self.manual.items():
            if one.points is not None:
                out_of = self.exercise.asked[name].question.points
                yield f"{name}: {one.points:g} of {out_of:g} given by your teacher."
        if self.waits:
            yield f"Your teacher looks at {', '.join(self.waits)}."


def grades(marking: Marking) -> dict[str, Grade]:
    """Return the grade of everybody on the roster, from the marks that are kept.

    Raises
    ------
    PlanError
        If a table of manual marks, deadlines or extensions breaks a rule, or a time stamp is none.
    """
    course, exercise = marking.course, marking.exercise
    manual, due = read_manual(course, exercise), deadlines(course, exercise)
    return {id_: _grade(marking, id_, manual.get(id_, {}), due.get(id_)) for id_ in course.roster}


def _grade(
    marking: Marking, student: str, manual: Mapping[str, Manual], deadline: Deadline | None
) -> Grade:
    marks, kept = marking.kept(student), marking.answers(student)
    changed = tuple(name for name, one in manual.items() if kept and is_changed(one, kept, name))
    if marks is None or deadline is None:
        return Grade(student, marking.exercise, marks, manual, changed=changed)
    folder = marking.course.submitted(marking.exercise.name, student)
    # A folder that was copied has other file times: what was noted when it was marked counts.
    came = stamped(folder) or (kept.arrived if kept else None)
    came = came or arrival(folder, marking.exercise.name)
    if came is None:
        return Grade(student, marking.exercise, marks, manual, changed=changed)
    late = deadline.days_late(came)
    due = (f"due {deadline.due:%Y-%m-%d %H:%M}, came "
           f"{came.astimezone(deadline.due.tzinfo):%Y-%m-%d %H:%M}")  # fmt: skip
    return Grade(student, marking.exercise, marks, manual, late, deadline.share_off(late), due,
                 changed)  # fmt: skip


def is_changed(manual: Manual, kept: Kept, question: str) -> bool:
    """Whether an answer is another than the one that the teacher has looked at."""
    return bool(manual.read) and manual.read != digest_of(kept.answer(question))
