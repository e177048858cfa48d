"""Everybody gets the same notebook and numbers of their own, and keeps what is there already."""

from __future__ import annotations

from pmkit.teach.class_folder import ClassFolder
from pmkit.teach.releasing import release
from tests.class_cases import PS04, make_class

NAME = PS04.name


def test_everybody_gets_the_same_notebook_and_numbers_of_their_own(tmp_path):
    course = make_class(tmp_path, "s1", "s2")
    notebooks, reports = set(), set()
    for id_ in ("s1", "s2"):
        folder = course.handout(NAME, id_)
        notebooks.add((folder / f"{NAME}.ipynb").read_text("utf-8"))
        reports.add((folder / "data" / "report.csv").read_text("utf-8"))
        given = {path.name for path in folder.rglob("*") if path.is_file()}
        assert given == {f"{NAME}.ipynb", "questions.json", "report.csv", "plan.csv", "four.csv",
                         "parts.csv", "limits.csv"}  # fmt: skip
    assert (len(notebooks), len(reports)) == (1, 2)


def test_who_joins_late_gets_a_handout_and_nobody_else_s_changes(tmp_path):
    course = make_class(tmp_path, "s1")
    mine = course.handout(NAME, "s1") / "my work.txt"
    mine.write_text("kept")
    (tmp_path / "roster.csv").write_text("id\ns1\nlate\n")
    later = ClassFolder(tmp_path)
    assert release(later, NAME) == ["late"]
    assert mine.read_text() == "kept"
