"""Who has marked a class hears who needs a look, and which marks are not what they were."""

from __future__ import annotations

from dataclasses import replace

from pmkit.teach.exercise_tables import read_exercise
from pmkit.teach.grading import Grade
from pmkit.teach.kept_marks import Marks
from pmkit.teach.marking import Marked
from pmkit.teach.marking_class import Marking
from pmkit.teach.marking_told import changed_since, summary
from tests.class_cases import PS04, make_class

EXERCISE = read_exercise(PS04)


def marks(points=1.0, state="right", *, question="cpi", problem="", digest="of the notebook"):
    marked = (Marked(question, points, 1.0, state, "Said."),)
    return Marks("s1", digest, marked, problem, EXERCISE.digest)


def test_who_needs_a_look_is_named_by_the_reason():
    found = {
        "done": marks(), "held": marks(0.0, "held"), "read": marks(0.0, "to read"),
        "nothing": marks(0.0, "untouched", question="tell"),
        "ended": marks(problem="It was ended."), "absent": None,
    }  # fmt: skip
    assert summary({id_: Grade(id_, EXERCISE, one) for id_, one in found.items()}) == [
        "5 of 6 have handed in and are marked",
        "held, their answers fit somebody else's numbers: held",
        "students with answers that you read yourself: 1; see reading",
        "nothing is written where a text was asked for, no points before you look: nothing",
        "ended: It was ended.",
    ]


def test_of_a_class_that_is_done_there_is_one_line():
    assert summary({"s1": Grade("s1", EXERCISE, marks())}) == [
        "1 of 1 have handed in and are marked"
    ]


def test_marks_that_are_others_of_the_same_notebook_and_fewer_of_another_are_told(tmp_path):
    course = make_class(tmp_path, "s1")
    marking = Marking(course, course.exercise(PS04.name), None)

    def told(before, now):
        return list(changed_since(marking, {"s1": before}, {"s1": now}))

    assert told(None, marks()) == told(marks(), None) == told(marks(), marks()) == []
    assert told(marks(), marks(0.0, "wrong")) == ["s1 cpi: 1 of 1 (right) -> 0 of 1 (wrong): Said."]
    again = replace(marks(0.0, "wrong"), digest="of another notebook")
    assert told(marks(), again) == ["s1: handed in again, 0 points, before 1"]
    assert told(again, marks()) == []
