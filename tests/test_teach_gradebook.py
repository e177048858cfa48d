from __future__ import annotations

import json
import shutil
import stat
from datetime import datetime

import nbformat
import pytest

from pmkit.model.errors import PlanError
from pmkit.teach.class_folder import ClassFolder
from pmkit.teach.gradebook import open_gradebook, read_timestamp
from pmkit.teach.manual import Manual, digest_of, read_manual, write_manual
from pmkit.teach.nbgrader_files import write_config
from tests.class_cases import PS04, hand_in, make_class
from tests.gradebook_cases import (
    NAME,
    TEXT,
    answered,
    enter,
    mark,
    marked_class,
    marking,
    stored,
    write,
)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    course = marked_class(tmp_path_factory.mktemp("class") / "pm401", "anna", "ben")
    write_config(course)
    with open_gradebook(course):
        pass
    shutil.copy(course.root / "gradebook.db", course.root.parent / "empty.db")
    write(course)
    return course


@pytest.fixture
def course(written, tmp_path):
    """A marked class with its gradebook, to be changed."""
    shutil.copytree(written.root, tmp_path / "pm401")
    return ClassFolder(tmp_path / "pm401")


def start_anew(course, written):
    """Put an empty gradebook in the place of the one that is there."""
    shutil.copy(written.root.parent / "empty.db", course.root / "gradebook.db")


def again(course, student, **given):
    """Hand in other answers, and mark them."""
    shutil.rmtree(course.submitted(NAME, student))
    hand_in(course, student, solved=False, edit=answered(course, student, **given))
    mark(course)


def table(course):
    fresh = ClassFolder(course.root)
    return read_manual(fresh, fresh.exercise(NAME))


def test_automatic_points_their_reasons_and_what_there_is_to_get_are_in_the_gradebook(course):
    again(course, "anna", cpi=0.001)
    write(course)
    grades = stored(course, "anna")
    wrong, right = grades["cpi_mark"], grades["eac_mark"]
    assert (wrong["auto_score"], wrong["max_score"], wrong["needs_manual_grade"]) == (0, 1, False)
    assert (right["auto_score"], right["max_score"], right["cell_type"]) == (2, 2, "code")
    with open_gradebook(course) as gradebook:
        said = gradebook.find_comment("cpi", NAME, NAME, "anna").auto_comment
        assert gradebook.find_assignment(NAME).max_score == 15
    (one,) = [m for m in marking(course).kept("anna").marked if m.question == "cpi"]
    assert said == one.said
    assert said.startswith("Not this answer.")


def test_what_waits_has_no_automatic_points_and_asks_for_a_person(course):
    grades = stored(course, "anna")
    assert (grades["tell"]["auto_score"], grades["tell"]["needs_manual_grade"]) == (None, True)
    assert grades["tell"]["cell_type"] == "markdown"
    assert grades["decides_mark"]["needs_manual_grade"]


def test_an_untouched_text_is_no_zero_that_nobody_has_seen(course):
    again(course, "anna", text="")
    write(course)
    grade = stored(course, "anna")["tell"]
    assert (grade["auto_score"], grade["needs_manual_grade"]) == (None, True)
    enter(course, "anna", "tell", 0)
    write(course)
    assert not stored(course, "anna")["tell"]["needs_manual_grade"]


def test_an_answer_that_fits_somebody_elses_numbers_is_flagged_once(course):
    exercise = marking(course).exercise
    theirs = marking(course).variants["ben"].made["eac"].answer
    again(course, "anna", eac=theirs)
    assert exercise.asked["eac"].question.kind == "number"
    write(course)
    with open_gradebook(course) as gradebook:
        notebook = gradebook.find_submission_notebook(NAME, NAME, "anna")
        assert notebook.flagged
        assert stored(course, "anna")["eac_mark"]["needs_manual_grade"]
        notebook.flagged = False
        gradebook.db.commit()
    write(course)
    with open_gradebook(course) as gradebook:
        assert not gradebook.find_submission_notebook(NAME, NAME, "anna").flagged


def test_written_twice_nothing_is_doubled_and_nothing_changes(course):
    with open_gradebook(course) as gradebook:
        before = "\n".join(gradebook.engine.raw_connection().driver_connection.iterdump())
    assert write(course) == ["2 of 2 are in gradebook.db; 2 wait for you there"]
    with open_gradebook(course) as gradebook:
        after = "\n".join(gradebook.engine.raw_connection().driver_connection.iterdump())
    assert after == before


def test_points_and_a_comment_of_the_formgrader_come_into_the_table_and_stay(course):
    enter(course, "anna", "tell", 1.5, "Say by when.\n\nAnd to whom.")
    told = write(course)
    assert told[0] == f"points and comments by hand: {course.root / 'manual' / NAME}.csv"
    expected = {"anna": {"tell": Manual(1.5, "Say by when.\n\nAnd to whom.", digest_of(TEXT))}}
    assert table(course) == expected
    write(course)
    assert table(course) == expected
    grade = stored(course, "anna")["tell"]
    assert (grade["manual_score"], grade["needs_manual_grade"]) == (1.5, False)


def test_points_of_the_table_come_into_the_formgrader(course):
    write_manual(course, course.exercise(NAME), {"ben": {"cpi": Manual(0.5, "Half of it.")}})
    write(course)
    assert stored(course, "ben")["cpi_mark"]["manual_score"] == 0.5
    with open_gradebook(course) as gradebook:
        assert gradebook.find_comment("cpi", NAME, NAME, "ben").comment == "Half of it."


def test_points_that_are_taken_away_on_either_side_are_away_on_both(course):
    enter(course, "anna", "tell", 1.5)
    enter(course, "ben", "tell", 2)
    write(course)
    enter(course, "anna", "tell", None)
    write(course)
    assert set(table(course)) == {"ben"}
    assert stored(course, "anna")["tell"]["needs_manual_grade"]
    write_manual(course, course.exercise(NAME), {})
    write(course)
    assert stored(course, "ben")["tell"]["manual_score"] is None
    assert table(course) == {}


def test_a_gradebook_that_is_lost_is_made_again_from_marks_and_table(course, written):
    enter(course, "anna", "tell", 1.5, "Good.")
    write(course)
    before = stored(course, "anna")["tell"]
    start_anew(course, written)
    write(course)
    after = stored(course, "anna")["tell"]
    assert {**before, "id": ""} == {**after, "id": ""}
    assert table(course)["anna"]["tell"].comment == "Good."


def test_a_gradebook_put_back_from_a_copy_does_not_undo_the_table(course):
    copy = (course.root / "gradebook.db").read_bytes()
    enter(course, "anna", "tell", 1.5)
    write(course)
    (course.root / "gradebook.db").write_bytes(copy)
    write(course)
    assert table(course)["anna"]["tell"].points == 1.5
    assert stored(course, "anna")["tell"]["manual_score"] == 1.5


def test_another_answer_than_the_one_that_was_read_asks_for_the_teacher_again(course):
    enter(course, "anna", "tell", 1.5)
    write(course)
    again(course, "anna", text="Something else.")
    write(course)
    grade = stored(course, "anna")["tell"]
    assert (grade["manual_score"], grade["needs_manual_grade"]) == (1.5, True)
    enter(course, "anna", "tell", 1.5)  # "Resolve" in the formgrader
    write(course)
    assert not stored(course, "anna")["tell"]["needs_manual_grade"]
    assert table(course)["anna"]["tell"].read == digest_of("Something else.")


def test_extra_credit_counts_up_to_what_there_is_to_get(course):
    enter(course, "anna", "tell", 1, extra=0.5)
    write(course)
    assert table(course)["anna"]["tell"].points == 1.5
    enter(course, "anna", "tell", 2, extra=1)
    assert write(course)[-1] == (
        "anna, tell: points in the formgrader must be between 0 and 2, got 3; it is not taken over"
    )
    grade = stored(course, "anna")["tell"]
    assert (grade["manual_score"], grade["extra_credit"]) == (2, 1)
    assert table(course)["anna"]["tell"].points == 1.5


def test_where_both_have_changed_the_formgrader_counts_and_it_is_said(course):
    enter(course, "anna", "tell", 1)
    write_manual(course, course.exercise(NAME), {"anna": {"tell": Manual(2, "Fine.")}})
    assert write(course)[-1] == (
        "anna, tell: the formgrader (1) and the table (2, 'Fine.') have both changed; "
        "the formgrader counts"
    )
    assert table(course)["anna"]["tell"].points == 1


def test_who_handed_in_nothing_has_no_zero(course, written):
    start_anew(course, written)
    (course.root / "marks" / NAME / "ben.json").unlink()
    shutil.rmtree(course.submitted(NAME, "ben"))
    assert write(course)[0] == "1 of 2 are in gradebook.db; 1 wait for you there"
    with open_gradebook(course) as gradebook:
        assert [student.id for student in gradebook.students] == ["anna", "ben"]
        assert [one.student.id for one in gradebook.assignment_submissions(NAME)] == ["anna"]


def test_a_class_that_is_not_marked_is_refused(tmp_path):
    course = make_class(tmp_path, "anna")
    with pytest.raises(PlanError, match=f"^gradebook: {NAME} must be marked first, got no marks$"):
        write(course)


def test_who_handed_in_again_and_who_is_not_on_the_roster_is_named(course):
    path = course.submitted(NAME, "anna") / f"{NAME}.ipynb"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    (course.root / "roster.csv").write_text("id\nanna\n", "utf-8")
    told = write(course)
    assert "handed in again since they were marked, mark them first: anna" in told
    assert "in the gradebook and not on the roster, left as they are: ben" in told


def test_names_are_divided_and_can_be_no_html_no_formula_and_no_column(course):
    (course.root / "roster.csv").write_text(
        'id,name,email\nanna,"Okafor, Amara",a@x.org\nben,Ben van Dam <b>,=1+1\n', "utf-8"
    )
    write(course)
    with open_gradebook(course) as gradebook:
        anna, ben = gradebook.find_student("anna"), gradebook.find_student("ben")
        assert (anna.first_name, anna.last_name, anna.email) == ("Amara", "Okafor", "a@x.org")
        assert (ben.first_name, ben.last_name, ben.email) == ("Ben van Dam", "‹b›", "'=1+1")


def test_a_student_whose_id_has_changed_takes_everything_along(course):
    enter(course, "anna", "tell", 1.5)
    write(course)
    (course.root / "roster.csv").write_text("id,was\na.okafor,anna\nben,\n", "utf-8")
    (course.root / "submitted" / "anna").rename(course.root / "submitted" / "a.okafor")
    table_ = course.root / "manual" / f"{NAME}.csv"
    table_.write_text(table_.read_text("utf-8").replace("anna", "a.okafor"), "utf-8")
    mark(course)
    write(course)
    with open_gradebook(course) as gradebook:
        assert {student.id for student in gradebook.students} == {"a.okafor", "ben"}
    assert stored(course, "a.okafor")["tell"]["manual_score"] == 1.5


def test_a_question_that_is_taken_out_goes_out_of_the_gradebook(course):
    folder = course.root / "source" / NAME
    for file in ("questions.csv", "mistakes.csv", "options.csv"):
        rows = (folder / file).read_text("utf-8").splitlines(keepends=True)
        kept = [row for row in rows if not row.startswith("order,")]
        (folder / file).write_text("".join(kept), "utf-8")
    source = folder / f"{NAME}.py"
    text = source.read_text("utf-8")
    start = text.index('# %% question="order"')
    source.write_text(text[:start] + text[text.index("# %% [markdown]", start) :], "utf-8")
    write(course)
    assert set(stored(course, "anna")) == {
        "cpi_mark", "eac_mark", "months_late_mark", "wrong_month_mark", "hides_mark",
        "decides_mark", "tell",
    }  # fmt: skip


def test_only_its_owner_may_read_a_new_gradebook(written):
    assert stat.S_IMODE((written.root / "gradebook.db").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("note", "read"),
    [("2026-11-29 23:59:00 UTC", datetime(2026, 11, 29, 23, 59)), ("never", None), ("", None),
     ("x" * 500, None)],
)  # fmt: skip
def test_the_time_of_a_submission_is_the_one_that_nbgrader_has_noted(tmp_path, note, read):
    (tmp_path / "timestamp.txt").write_text(note, "utf-8")
    found, problem = read_timestamp(tmp_path)
    assert found == read
    assert bool(problem) == (read is None)


def test_a_note_that_is_a_link_is_not_read(tmp_path):
    (tmp_path / "timestamp.txt").symlink_to("/etc/hostname")
    assert read_timestamp(tmp_path)[0] is None


def test_the_formgrader_has_a_notebook_of_each_submission(course):
    path = course.root / "autograded" / "anna" / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert "anna" not in json.dumps(notebook)
    told = [cell.metadata["nbgrader"]["grade_id"] for cell in notebook.cells
            if "nbgrader" in cell.metadata]  # fmt: skip
    questions = course.exercise(NAME).asked
    assert told == [each for name in questions for each in
                    ([name] if name == "tell" else [name, f"{name}_mark"])]  # fmt: skip
    assert (course.root / "release" / NAME / f"{NAME}.ipynb").is_file()
    assert PS04.name == NAME
