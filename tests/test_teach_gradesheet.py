"""The sheet has a column for each question, and no cell of it is a formula."""

from __future__ import annotations

import csv

from pmkit.teach.gradesheet import gradesheet
from pmkit.teach.grading import Grade
from pmkit.teach.kept_marks import Marks
from pmkit.teach.marking import Marked
from pmkit.teach.roster import Student
from tests.class_cases import PS04, make_class

NAME = PS04.name


def test_the_sheet_has_a_column_per_question_and_no_formula(tmp_path):
    course = make_class(tmp_path, "s1", "s2")
    exercise = course.exercise(NAME)
    roster = {"s1": Student("s1", "=cmd|' /C calc'!A0", "+1"), "s2": Student("s2", "Mei")}
    marked = (Marked("cpi", 1, 1, "right", ""), Marked("tell", 0, 2, "to read", ""))
    rows = list(csv.DictReader(
        gradesheet(exercise, roster, {"s1": Grade("s1", exercise, Marks("s1", "", marked, "@x")),
                                      "s2": Grade("s2", exercise, None)}).splitlines()
    ))  # fmt: skip
    assert list(rows[0])[3:11] == list(exercise.asked)
    assert (rows[0]["cpi"], rows[0]["tell"], rows[0]["waits for you"]) == ("1", "", "tell")
    assert rows[0]["name"][0] == rows[0]["email"][0] == rows[0]["state"][0] == "'"
    assert (rows[1]["state"], rows[1]["points"]) == ("not handed in", "")
