from __future__ import annotations

import csv
import io

import pytest
from nbgrader.api import Gradebook

from pmkit.teach.nbgrader_export import COLUMNS, SheetExport
from tests.gradebook_cases import marked_class, run_nbgrader, write


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory):
    """A gradebook as nbgrader keeps one, with names that nobody has checked."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nbgrader.api.get_alembic_version", lambda: "head")
        made = Gradebook(f"sqlite:///{path}")
    made.add_student("anna", first_name="=1+1", last_name='Okafor, "A"', email="a@x.org")
    made.add_student("ben")
    for name in ("ps1", "ps2"):
        made.add_assignment(name)
        made.add_notebook("n", name)
        made.add_grade_cell("q", "n", name, max_score=3, cell_type="code")
    with made.db.no_autoflush:
        made.add_submission("ps1", "anna")
    grade = made.find_grade("q", "n", "ps1", "anna")
    grade.auto_score, grade.needs_manual_grade = 2, False
    made.db.commit()
    yield made
    made.close()


def export(gradebook, path, **words):
    SheetExport(to=str(path), **words).export(gradebook)
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


def test_the_sheet_is_quoted_and_starts_no_formula(gradebook, tmp_path):
    row = export(gradebook, tmp_path / "g.csv", student=["anna"], assignment=["ps1"])[0]
    assert tuple(row) == COLUMNS
    assert (row["first_name"], row["last_name"]) == ("'=1+1", 'Okafor, "A"')
    assert (row["score"], row["max_score"], row["needs_manual_grade"]) == ("2.0", "3.0", "no")


def test_who_handed_in_nothing_has_no_zero(gradebook, tmp_path):
    rows = export(gradebook, tmp_path / "g.csv", student=["ben"])
    assert [(row["assignment"], row["score"], row["raw_score"]) for row in rows] == [
        ("ps1", "", ""), ("ps2", "", "")
    ]  # fmt: skip


def test_everybody_and_every_assignment_is_in_the_sheet_unless_some_are_named(gradebook, tmp_path):
    assert len(export(gradebook, tmp_path / "g.csv")) == 4
    assert len(export(gradebook, tmp_path / "g.csv", assignment=["ps2"])) == 2


@pytest.mark.long
def test_nbgrader_export_writes_this_sheet_in_a_class_folder(tmp_path):
    course = marked_class(tmp_path / "pm401", "anna")
    write(course)
    ran = run_nbgrader(course.root, tmp_path, "export")
    assert ran.returncode == 0, ran.stderr
    (row,) = csv.DictReader(io.StringIO((course.root / "grades.csv").read_text("utf-8")))
    assert (row["student_id"], row["score"], row["needs_manual_grade"]) == ("anna", "10.0", "yes")
