"""Marks are read as they were kept, and not at all where the file is another."""

from __future__ import annotations

import pytest

from pmkit.teach.class_folder import ClassFolder
from pmkit.teach.kept_marks import Marks, keep_marks, read_marks
from pmkit.teach.marking import Marked

MARKED = (
    Marked("cpi", 1.0, 1.0, "right", "Right."),
    Marked("eac", 0.4, 1.0, "mistaken", "Over SPI.", "eac-over-spi"),
    Marked("tell", 0.0, 2.0, "to read", "Your text is read by your teacher."),
)
MARKS = Marks("s1", "of the notebook", MARKED, "It was ended.", "of the exercise")


def test_marks_are_read_as_they_were_kept(tmp_path):
    course = ClassFolder(tmp_path)
    assert read_marks(course, "ps04", "s1") is None
    keep_marks(course, "ps04", MARKS)
    assert read_marks(course, "ps04", "s1") == MARKS
    assert read_marks(course, "ps04", "s2") is read_marks(course, "ps05", "s1") is None


@pytest.mark.parametrize("text", ["", "{ half", '{"form": 1, "student": "s1"}'])
def test_what_is_damaged_or_of_an_earlier_form_is_no_marks(tmp_path, text):
    course = ClassFolder(tmp_path)
    keep_marks(course, "ps04", MARKS)
    course.kept("marks", "ps04", "s1").write_text(text)
    assert read_marks(course, "ps04", "s1") is None


def test_what_waits_counts_nothing_yet():
    assert (MARKS.points, MARKS.waits) == (1.4, ("tell",))
