"""A text that nobody wrote is no zero that nobody has seen: it waits, wherever marks are shown."""

from __future__ import annotations

import csv

import pytest

from pmkit.teach.class_folder import ClassFolder
from pmkit.teach.commands import main
from pmkit.teach.feedback import feedback_page
from pmkit.teach.grading import grades
from pmkit.teach.manual import Manual, read_manual, write_manual
from pmkit.teach.marking_class import Marking
from tests.class_cases import PS04, hand_in, make_class

NAME = PS04.name


def marking(root) -> Marking:
    course = ClassFolder(root)
    return Marking(course, course.exercise(NAME), None)


@pytest.fixture
def root(tmp_path):
    hand_in(make_class(tmp_path, "s1"), "s1", solved=False)
    marking(tmp_path).everybody()
    return tmp_path


def rows(path):
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def test_marking_names_who_wrote_nothing(root, capsys):
    main(["mark", str(root), NAME, "--without-running"])
    told = "nothing is written where a text was asked for, no points before you look: s1"
    assert told in capsys.readouterr().out.splitlines()


def test_the_sheet_has_no_points_for_it_and_says_that_it_waits(root):
    main(["sheet", str(root), NAME])
    (row,) = rows(root / "marks" / f"{NAME}.csv")
    assert row["tell"] == ""
    assert "tell" in row["waits for you"].split("; ")


def test_it_is_on_the_page_of_what_to_read_with_a_row_for_its_points(root):
    main(["reading", str(root), NAME])
    page = (root / "reading" / f"{NAME}.html").read_text("utf-8")
    assert "nothing written" in page
    assert "tell" in read_manual(ClassFolder(root), marking(root).exercise)["s1"]


def test_an_export_has_no_zero_for_it(root):
    main(["export", str(root), NAME, "--to", "moodle"])
    (row,) = rows(root / "export" / f"{NAME}.moodle.csv")
    assert row["ps04 tell"] == "-"


def test_the_student_is_told_that_nothing_was_found(root):
    mark = marking(root)
    page = feedback_page(mark.exercise, mark.variants["s1"], grades(mark)["s1"])
    assert "Nothing was written here. Your teacher looks at it before there are points." in page


def test_the_zero_of_a_teacher_who_has_looked_counts(root):
    mark = marking(root)
    write_manual(mark.course, mark.exercise, {"s1": {"tell": Manual(0.0, "")}})
    grade = grades(mark)["s1"]
    assert "tell" not in grade.waits
    assert grade.marked("tell").points == 0
