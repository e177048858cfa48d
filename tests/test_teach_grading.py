"""From marks to grades, sheets, corrections and exports: nothing given by hand is lost."""

from __future__ import annotations

import csv
import re
from dataclasses import replace

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.model.errors import PlanError
from pmkit.teach.class_folder import ClassFolder
from pmkit.teach.collecting import Collected
from pmkit.teach.commands import main
from pmkit.teach.correcting import apply_corrections, corrections
from pmkit.teach.exporting import canvas, moodle
from pmkit.teach.grading import Grade, grades
from pmkit.teach.kept_answers import Kept, as_kept, keep
from pmkit.teach.kept_marks import Marks
from pmkit.teach.manual import Manual, digest_of, read_manual, write_manual
from pmkit.teach.marking import Marked
from pmkit.teach.marking_class import Marking
from pmkit.teach.reading import pin, prepare_reading
from pmkit.teach.variants import right_answer
from tests.class_cases import PS04, code, hand_in, make_class

NAME = PS04.name
TEXT = "<b>We are late</b> & need a crew by Friday."


def marking(root) -> Marking:
    course = ClassFolder(root)
    return Marking(course, course.exercise(NAME), None)


def write_text_answer(text):
    def edit(notebook):
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") == "tell":
                cell.source = text

    return edit


@pytest.fixture
def root(tmp_path):
    course = make_class(tmp_path, "s1", "s2")
    path = hand_in(course, "s1", solved=False, edit=write_text_answer(TEXT))
    made = marking(tmp_path).variants["s1"].made["cpi"].answer
    notebook = nbformat.read(path, 4)
    notebook.cells.append(code(f"cpi = {made}"))
    nbformat.write(notebook, path)
    marking(tmp_path).everybody()
    return tmp_path


def test_points_by_hand_survive_and_a_changed_text_is_flagged(root):
    mark = marking(root)
    write_manual(mark.course, mark.exercise, {"s1": {"tell": Manual(1.5, "Good."),
                                                     "cpi": Manual(0.0, "Copied.")}})  # fmt: skip
    pin(mark)
    grade = grades(mark)["s1"]
    assert (grade.points, grade.changed) == (1.5, ())
    assert "tell" not in grade.waits
    path = mark.course.submitted(NAME, "s1") / f"{NAME}.ipynb"
    notebook = nbformat.read(path, 4)
    write_text_answer("Another text.")(notebook)
    nbformat.write(notebook, path)
    mark.everybody()
    grade = grades(mark)["s1"]
    assert (grade.points, grade.changed) == (1.5, ("tell",))
    page, count = prepare_reading(mark, {"s1": "s1", "s2": "s2"})
    assert "We are late" in page
    assert "Another text." in page
    assert "Has changed since you gave 1.5 points." in page
    assert count == 2  # the text, and the policy, which nothing was run of
    assert read_manual(mark.course, mark.exercise)["s1"]["tell"].points == 1.5


def test_the_reading_list_is_escaped_and_can_be_anonymous(root, capsys):
    assert main(["reading", str(root), NAME, "--anonymous"]) == 0
    page = (root / "reading" / f"{NAME}.html").read_text()
    assert "&lt;b&gt;We are late&lt;/b&gt; &amp; need" in page
    assert "<b>" not in page
    assert "s1" not in page
    assert "def decides(cost, days):" in page  # it was not run, so it is read
    assert "By value, 46 % of the work is done" in page
    table = (root / "manual" / f"{NAME}.csv").read_text()
    assert "s1" not in table
    mark = marking(root)
    assert read_manual(mark.course, mark.exercise)["s1"]["tell"].points is None


def test_a_corrected_key_is_listed_first_and_applied_when_asked(root, capsys):
    path = root / "source" / NAME / "questions.csv"
    text = path.read_text("utf-8")
    path.write_text(text.replace("cpi,number,compute,1,", "cpi,number,compute,2,"), "utf-8")
    before = marking(root).kept("s1")
    assert main(["mark", str(root), NAME, "--without-running"]) == 0
    out = capsys.readouterr().out
    assert "the exercise has changed since it was marked: 1 marks of 1 students stay" in out
    assert marking(root).kept("s1") == before
    assert main(["correct", str(root), NAME]) == 0
    assert "s1 cpi: 1 of 1 (right) -> 2 of 2 (right): Right." in capsys.readouterr().out
    assert marking(root).kept("s1") == before
    assert main(["correct", str(root), NAME, "--apply"]) == 0
    assert marking(root).kept("s1").points == 2
    assert "corrected" in (root / "changes" / f"{NAME}.csv").read_text()
    assert corrections(marking(root)) == apply_corrections(marking(root)) == []


def test_other_numbers_than_those_handed_out_are_refused(root, capsys):
    path = root / "source" / NAME / "variant.py"
    text = path.read_text("utf-8")
    path.write_text(text.replace("(80, 120, 160, 200, 260)", "(80, 120, 160, 200, 280)"), "utf-8")
    for command in (["mark", "--without-running"], ["correct"]):
        assert main([command[0], str(root), NAME, *command[1:]]) == 1
        said = capsys.readouterr().err
        assert "variant.py must make the numbers that were handed out, but of student s1" in said
        assert "nothing was marked" in said
    path.write_text(text + "\n# another word\n", "utf-8")
    assert main(["correct", str(root), NAME]) == 0


def test_marks_are_not_lost_with_a_folder_that_was_moved_away(root):
    mark = marking(root)
    mark.course.submitted(NAME, "s1").rename(root / "elsewhere")
    assert mark.everybody()["s1"] == mark.kept("s1") is not None


def test_lateness_costs_each_day_that_has_begun(root):
    (root / "deadlines.csv").write_text(
        f"exercise,due,share_per_day,days_at_most\n{NAME},2026-03-02 18:00 Europe/Berlin,0.1,3\n"
    )
    stamp = root / "submitted" / "s1" / NAME / "timestamp.txt"
    for came, days, points in [
        ("2026-03-02 17:00:00.000000 UTC", 0, 1),
        ("2026-03-02 17:00:00.000001 UTC", 1, 0.9),
        ("2026-03-04T18:00:00+01:00", 2, 0.8),
        ("2026-03-20", 18, 0.7),
    ]:
        stamp.write_text(came)
        grade = grades(marking(root))["s1"]
        assert (grade.days_late, grade.points) == (days, points)
    (root / "extensions.csv").write_text(
        f"id,exercise,extra_days,why\ns1,,10,ill\ns1,{NAME},8,extra time\ns2,,1,\n"
    )
    grade = grades(marking(root))["s1"]
    assert (grade.days_late, grade.taken_off, list(grade.late())) == (0, 0, [])
    stamp.write_text("yesterday")
    with pytest.raises(PlanError, match=r"s1/ps04_progress/timestamp.txt: must be a date and a"):
        grades(marking(root))


@given(st.lists(st.integers(0, 200), min_size=8, max_size=8), st.floats(0, 1))
def test_the_points_of_the_questions_add_up_to_the_grade(exercise, points, share):
    names = list(exercise.asked)
    marked = tuple(Marked(name, p / 100, 2, "right", "") for name, p in
                   zip(names, points, strict=True))  # fmt: skip
    grade = Grade("s1", exercise, Marks("s1", "", marked), share_off=share)
    assert sum(grade.by_question().values()) == pytest.approx(grade.points)
    assert all(one >= 0 for one in grade.by_question().values())


@pytest.fixture(scope="module")
def exercise():
    from pmkit.teach.exercise_tables import read_exercise

    return read_exercise(PS04)


def test_exports_have_a_column_per_question_and_nothing_for_what_waits(root, capsys):
    (root / "roster.csv").write_text("id,name,email\ns1,=1+1,s1@x.org\ns2,Mei,\n")
    mark = marking(root)
    found = grades(mark)
    rows = list(csv.reader(canvas(mark.exercise, mark.course.roster, found).splitlines()))
    assert rows[0][:6] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "ps04 cpi"]
    assert rows[1][0] == "    Points Possible"
    assert sum(map(float, rows[1][5:])) == mark.exercise.points
    assert rows[2][0] == "'=1+1"
    assert rows[2][5] == "1.0"
    assert rows[2][-1] == ""
    assert set(rows[3][5:]) == {""}
    told = list(csv.DictReader(moodle(mark.exercise, mark.course.roster, found).splitlines()))
    assert "Email address" not in told[0]  # not everybody has one
    assert (told[0]["ps04 cpi"], told[0]["ps04 tell"], told[1]["ps04 cpi"]) == ("1.0", "-", "-")
    assert told[0]["ps04 cpi feedback"].startswith("Right. CPI = EV / AC")
    assert main(["export", str(root), NAME, "--to", "canvas"]) == 0
    assert "answers that wait for you" in capsys.readouterr().out


def test_a_sheet_without_names_and_feedback_with_the_teacher_s_words(root, capsys):
    mark = marking(root)
    write_manual(mark.course, mark.exercise, {"s1": {"tell": Manual(2.0, "<i>Well said</i>")}})
    assert main(["sheet", str(root), NAME, "--anonymous"]) == 0
    assert "s1" not in (root / "marks" / f"{NAME}.anonymous.csv").read_text()
    assert main(["mark", str(root), NAME, "--without-running"]) == 0
    assert "students with answers that you read" in capsys.readouterr().out  # not the text
    write_manual(mark.course, mark.exercise, {"s1": {"tell": Manual(2.0, "<i>Well said</i>"),
                                                     "decides": Manual(3.0)}})  # fmt: skip
    assert main(["mark", str(root), NAME, "--without-running"]) == 0
    assert "students with answers that you read" not in capsys.readouterr().out
    assert main(["feedback", str(root), NAME]) == 0
    page = (root / "feedback" / "s1" / NAME / "feedback.html").read_text()
    assert "Your teacher says: &lt;i&gt;Well said&lt;/i&gt;" in page
    assert "tell <span class='points'>2 of 2</span>" in page
    assert right_answer(mark.exercise.asked["cpi"], mark.variants["s1"].made["cpi"])


def test_a_rule_with_other_cases_has_to_be_run_again(root, capsys):
    mark = marking(root)
    kept = mark.answers("s1")
    was_run = replace(kept, engine="bubblewrap", collected=replace(kept.collected, is_literal=False,
                      returned={"decides": []}))  # fmt: skip
    keep(mark.course, NAME, "s1", was_run)
    assert corrections(mark) != []
    path = root / "source" / NAME / "variant.py"
    text = path.read_text("utf-8")
    path.write_text(text.replace("(pm_cost, pg_days + 1)", "(pm_cost, pg_days + 2)"), "utf-8")
    said = (
        "ps04_progress: decides must have been run as it is asked now, but is new or has other "
        "cases; mark --again runs all that was handed in, with a list of what changes"
    )
    with pytest.raises(PlanError, match=f"^{re.escape(said)}$"):
        corrections(marking(root))
    assert main(["mark", str(root), NAME, "--without-running"]) == 0
    assert said in capsys.readouterr().out
    assert main(["mark", str(root), NAME, "--without-running", "--again"]) == 0
    assert corrections(marking(root)) == []


def test_what_was_run_is_not_replaced_by_what_is_only_read(root):
    mark = marking(root)
    keep(mark.course, NAME, "s1", replace(mark.answers("s1"), engine="bubblewrap"))
    before = mark.kept("s1")
    assert mark.student("s1") == before
    assert mark.answers("s1").engine == "bubblewrap"


def test_killed_between_answers_and_marks_nothing_is_run_twice(root, monkeypatch):
    mark = marking(root)
    before = mark.kept("s1")
    mark.course.kept("marks", NAME, "s1").unlink()
    monkeypatch.setattr("pmkit.teach.marking_class.collect", None)  # would be called to run
    assert marking(root).student("s1") == before


@given(st.recursive(st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(),
                    lambda inner: st.lists(inner, max_size=3)
                    | st.dictionaries(st.text(), inner, max_size=3), max_leaves=8))  # fmt: skip
def test_answers_are_kept_as_they_were_given(value):
    first = as_kept(Kept("d", "", Collected({"x": value}, texts={"t": "text"})))
    assert first.collected.values["x"] == value
    assert as_kept(first) == first
    assert digest_of(first.answer("x")) == digest_of(as_kept(first).answer("x"))


def test_a_table_that_is_read_without_names_stays_so_when_a_class_is_marked_again(root):
    assert main(["reading", str(root), NAME, "--anonymous"]) == 0
    path = root / "manual" / f"{NAME}.csv"
    rows = list(csv.reader(path.read_text().splitlines()))
    rows[1][2:] = ["1", "By hand."]  # as somebody types it who leaves out the last column
    path.write_text("\n".join(",".join(row) for row in rows) + "\n")
    assert main(["mark", str(root), NAME, "--without-running"]) == 0
    assert "s1" not in path.read_text()
    mark = marking(root)
    given_ = read_manual(mark.course, mark.exercise)["s1"][rows[1][1]]
    assert given_ == Manual(1.0, "By hand.", digest_of(mark.answers("s1").answer(rows[1][1])))
