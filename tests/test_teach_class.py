"""A class from handout to feedback: nobody twice, nobody silently, nobody for our own fault."""

from __future__ import annotations

import csv
import os
import stat
from pathlib import Path

import nbformat
import pytest

from pmkit.model.errors import PlanError
from pmkit.teach.cells import safe
from pmkit.teach.class_folder import KEY, ClassFolder
from pmkit.teach.commands import main
from pmkit.teach.feedback import feedback_page
from pmkit.teach.gradesheet import gradesheet
from pmkit.teach.grading import Grade
from pmkit.teach.kept_marks import Marks
from pmkit.teach.marking import Marked
from pmkit.teach.marking_class import Marking
from pmkit.teach.rehearsing import NotMarked
from pmkit.teach.releasing import release
from pmkit.teach.roster import Student
from pmkit.teach.sandbox.bubblewrap import Bubblewrap
from tests.class_cases import PS04, SOURCES, code, hand_in, make_class

CI = os.environ.get("CI", "").lower() in {"1", "true"}
contained = pytest.mark.skipif(
    not Bubblewrap.is_there() and not CI, reason="bubblewrap (bwrap) is not installed"
)
NAME = PS04.name


def marking(course: ClassFolder, *, run: bool = True) -> Marking:
    return Marking(course, course.exercise(NAME), Bubblewrap() if run else None)


def states(marks: Marks | None) -> dict[str, str]:
    assert marks is not None
    return {one.question: one.state for one in marks.marked}


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


def test_a_changed_id_keeps_its_numbers(tmp_path):
    course = make_class(tmp_path, "s1", "s2")
    before = marking(course).variants["s2"].made["cpi"].answer
    (tmp_path / "roster.csv").write_text("id,was\ns1,\nnew,s2\n")
    later = ClassFolder(tmp_path)
    assert marking(later).variants["new"].made["cpi"].answer == before


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    first = ClassFolder(tmp_path).key
    assert ClassFolder(tmp_path).key == first
    assert len(first) == 32
    assert stat.S_IMODE((tmp_path / KEY).stat().st_mode) == 0o600
    (tmp_path / KEY).write_text("nonsense")
    with pytest.raises(PlanError, match="must be the key that was made for the class"):
        _ = ClassFolder(tmp_path).key


@contained
def test_a_class_is_marked_on_its_merits(tmp_path):
    course = make_class(tmp_path, "good", "empty", "upside", "ended", "absent", "broken")
    hand_in(course, "good")
    hand_in(course, "empty", solved=False)

    def upside_down(notebook):
        for cell in notebook.cells:
            cell.source = cell.source.replace('mine["ev"] / mine["ac"]', 'mine["ac"] / mine["ev"]')
        notebook.cells.reverse()

    hand_in(course, "upside", edit=upside_down)
    hand_in(course, "ended", edit=lambda nb: nb.cells.append(code("import os; os._exit(1)")))
    hand_in(course, "broken").write_text("{")
    told: list[str] = []
    found = marking(course).everybody(told.append)
    assert told == list(course.roster)
    assert set(states(found["good"]).values()) == {"right", "to read"}
    assert found["good"].points == 13
    assert found["good"].waits == ("tell",)
    assert found["empty"].points == 0
    assert set(states(found["empty"]).values()) == {"empty", "untouched"}
    assert found["empty"].waits == ("tell",)
    assert states(found["upside"])["cpi"] == "mistaken"
    assert states(found["upside"])["eac"] == "follows"
    assert found["upside"].points == 12.4
    assert found["ended"].problem == "Your notebook was ended: it ended before its last cell."
    assert found["ended"].points == 10
    assert found["absent"] is None
    assert found["broken"].problem.startswith("ps04_progress.ipynb is no notebook")

    class NoEngine:
        name = "bubblewrap"

        def command(self, given, limits):
            raise OSError("must not be asked again")

    again = Marking(course, course.exercise(NAME), NoEngine())
    assert again.student("good") == found["good"]  # kept: what is the same is not marked again


def test_without_an_engine_plain_values_are_marked_and_the_rest_waits(tmp_path):
    course = make_class(tmp_path, "s1", "s2")
    right = marking(course).variants["s1"].made
    hand_in(course, "s1", solved=False,
            edit=lambda nb: nb.cells.extend([code(f"cpi = {right['cpi'].answer:.3f}"),
                                             code("eac = open('x')")]))  # fmt: skip
    found = states(marking(course, run=False).everybody()["s1"])
    assert (found["cpi"], found["eac"], found["decides"]) == ("right", "to read", "to read")


def test_somebody_else_s_answer_is_held_and_no_number_leaks_into_the_feedback(tmp_path):
    course = make_class(tmp_path, "s1", "s2")
    mark = marking(course, run=False)
    theirs = mark.variants["s2"].made["eac"].answer
    hand_in(course, "s1", solved=False, edit=lambda nb: nb.cells.append(code(f"eac = {theirs}")))
    marks = mark.everybody()["s1"]
    held = next(one for one in marks.marked if one.question == "eac")
    assert (held.state, held.said) == ("held", "fits the variant of student s2")
    page = feedback_page(mark.exercise, mark.variants["s1"], Grade("s1", mark.exercise, marks))
    assert "s2" not in page
    assert "Your teacher looks at this answer first." in page


def test_nobody_is_marked_where_the_engine_does_not_start(tmp_path):
    course = make_class(tmp_path, "s1")
    hand_in(course, "s1")

    class Broken:
        name = "broken"

        def command(self, given, limits):
            return [str(given / "no-such-program")]

        def end(self, given):
            pass

    with pytest.raises(NotMarked, match=r"^broken: must start to mark anything, but .*nobody"):
        Marking(course, course.exercise(NAME), Broken()).everybody()
    assert not list(tmp_path.rglob("marks/**/*.json"))


@contained
def test_nobody_is_marked_where_the_solution_does_not_score_full(tmp_path):
    course = make_class(tmp_path, "s1")
    hand_in(course, "s1")
    source = course.exercise(NAME).source
    text = source.read_text("utf-8")
    source.write_text(text.replace('mine["ev"] / mine["ac"]', '99 * mine["ev"]'), "utf-8")
    with pytest.raises(NotMarked, match=r"must score full before anybody is marked, but it"):
        marking(course).everybody()
    source.write_text(text.replace("import numpy as np", "import no_such_package"), "utf-8")
    with pytest.raises(NotMarked, match="the solution must run here before anybody is marked"):
        marking(course).everybody()
    assert not list(tmp_path.rglob("marks/**/*.json"))


def test_killed_half_way_and_run_again_nothing_is_lost(tmp_path):
    course = make_class(tmp_path, "s1", "s2")
    for id_ in ("s1", "s2"):
        hand_in(course, id_, solved=False)
    first = marking(course, run=False).student("s1")
    path = course.kept("marks", NAME, "s1")
    before = path.stat().st_mtime_ns
    path.with_name("s2.json").write_text("{ half")  # what a killed writer of another kind leaves
    both = marking(course, run=False).everybody()
    assert both["s1"] == first
    assert both["s2"] is not None
    assert path.stat().st_mtime_ns == before


def test_what_is_handed_in_again_is_marked_again(tmp_path):
    course = make_class(tmp_path, "s1")
    path = hand_in(course, "s1", solved=False)
    mark = marking(course, run=False)
    before = mark.student("s1")
    notebook = nbformat.read(path, 4)
    notebook.cells.append(code(f"cpi = {mark.variants['s1'].made['cpi'].answer}"))
    nbformat.write(notebook, path)
    assert mark.student("s1").points == before.points + 1


HOSTILE = "<script>alert(1)</script>"


def test_feedback_is_escaped_and_runs_nothing(tmp_path):
    course = make_class(tmp_path, "s1")
    mark = marking(course, run=False)
    marked = tuple(
        Marked(name, 0, asked.question.points, "wrong", HOSTILE)
        for name, asked in mark.exercise.asked.items() if asked.question.kind != "written"
    )  # fmt: skip
    grade = Grade("s1", mark.exercise, Marks("s1", "", marked, HOSTILE))
    page = feedback_page(mark.exercise, mark.variants["s1"], grade)
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert "0 of 15 points" in page


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


@pytest.mark.parametrize("start", "=+-@\t\r")
def test_no_cell_starts_a_formula(start):
    assert safe(f"{start}1+1").startswith("'")


def test_the_commands_lead_from_the_exercises_to_the_feedback(tmp_path, capsys):
    course, source = str(tmp_path / "class"), str(PS04.parent)
    assert main(["start", course, source]) == 0
    assert main(["release", course, NAME]) == 1
    assert "roster must name at least one student, got none" in capsys.readouterr().err
    (tmp_path / "class" / "roster.csv").write_text("id,name\ns1,Mei\n")
    assert main(["release", course, NAME]) == 0
    assert capsys.readouterr().out.startswith("handouts made: 1, there before: 0; in ")
    assert main(["feedback", course, NAME]) == 1
    assert "ps04_progress must be marked first, got no marks" in capsys.readouterr().err
    hand_in(ClassFolder(Path(course)), "s1", solved=False)
    assert main(["mark", course, NAME, "--without-running"]) == 0
    assert "1 of 1 have handed in and are marked" in capsys.readouterr().out
    assert main(["feedback", course, NAME]) == 0
    assert (tmp_path / "class" / "feedback" / "s1" / NAME / "feedback.html").is_file()
    capsys.readouterr()
    assert main(["mark", course, "ps99"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("pmkit: exercise: must be one of ps01_two_roles, ")
    assert said.endswith(", got 'ps99'\n")


def test_to_start_again_leaves_what_the_instructor_has_changed(tmp_path, capsys):
    course, source = str(tmp_path / "class"), str(PS04.parent)
    assert main(["start", course, source]) == 0
    corrected = tmp_path / "class" / "source" / NAME / "questions.csv"
    corrected.write_text("corrected")
    key = (tmp_path / "class" / KEY).read_text()
    capsys.readouterr()
    assert main(["start", course, source]) == 0
    assert f"left as they are, marks may hang on them: {SOURCES[0].name}, " in (
        capsys.readouterr().out
    )
    assert corrected.read_text() == "corrected"
    assert (tmp_path / "class" / KEY).read_text() == key
