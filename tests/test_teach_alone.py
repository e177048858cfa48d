"""Whoever learns alone sees what is right so far, and may try again before seeing the answers."""

from __future__ import annotations

import json
import re

import nbformat
import pytest

from pmkit.teach.alone import look_at, own_variant, self_study
from pmkit.teach.commands import main
from pmkit.teach.exercise_tables import read_exercise
from pmkit.teach.notebooks import make_notebook
from tests.class_cases import PS04, code

NAME = PS04.name
EXERCISE = read_exercise(PS04)
RIGHT = "Right is"
MODEL = "I ask you to decide about the second"


@pytest.fixture
def folder(tmp_path):
    self_study(EXERCISE, tmp_path / "mine")
    return tmp_path / "mine"


def solve(folder, *cells, text="", solved=False):
    notebook = make_notebook(EXERCISE, solved=solved)
    for cell in notebook.cells:
        if text and cell.metadata.get("nbgrader", {}).get("grade_id") == "tell":
            cell.source = text
    notebook.cells += [code(source) for source in cells]
    nbformat.write(notebook, folder / f"{NAME}.ipynb")


def states(folder):
    grade, _ = look_at(EXERCISE, folder)
    return {one.question: one.state for one in grade.marks.marked}


def looked(folder, *words):
    assert main(["alone", str(PS04), str(folder), *words]) == 0
    return (folder / "feedback.html").read_text("utf-8")


def sections(page):
    found = re.findall(r"<section.*?<h2>(\w+) .*?</section>", page, re.S)
    return dict(zip(found, re.findall(r"<section.*?</section>", page, re.S), strict=True))


def test_the_solution_is_right_and_the_text_is_left_to_the_learner(folder):
    solve(folder, solved=True)
    assert set(states(folder).values()) == {"right", "to read"}
    grade, _ = look_at(EXERCISE, folder)
    assert (grade.points, grade.waits) == (13, ("tell",))


def test_what_is_computed_is_run_and_a_mistake_is_named_without_the_answer(folder):
    right = own_variant(EXERCISE).made["cpi"].answer
    solve(folder, f"cpi = 1 / {right!r}")
    told = sections(looked(folder))
    assert states(folder)["cpi"] == "mistaken"
    assert "You divided AC by EV." in told["cpi"]
    assert RIGHT not in told["cpi"]
    assert RIGHT in sections(looked(folder, "--answers"))["cpi"]


def test_what_is_not_answered_yet_is_not_given_away(folder):
    page = looked(folder)
    assert RIGHT not in page
    assert MODEL not in page
    assert "Nothing was given as the answer." in page
    assert "Nothing is written yet." in page


def test_a_text_is_shown_beside_what_must_be_in_it(folder):
    solve(folder, text="We are <b>late</b>.")
    told = sections(looked(folder))["tell"]
    assert "Compare your text with these rows" in told
    assert MODEL in told
    assert "&lt;b&gt;late" in told
    assert "teacher" not in looked(folder)


def test_the_work_stays_as_it_is(folder):
    solve(folder, "open('left.txt', 'w').write('x')")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    looked(folder)
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {path.name for path in after.keys() - before.keys()} == {"feedback.html"}
    assert all(after[path] == content for path, content in before.items())


def test_the_command_says_how_each_question_stands_and_where_the_page_is(folder, capsys):
    solve(folder, "cpi = 0.001")
    looked(folder)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "cpi          wrong"
    assert "0 of 15 points so far; tell is for you to judge" in lines
    assert lines[-1] == f"why, is in {folder / 'feedback.html'}"


def test_a_cell_that_fails_is_told_and_the_others_count(folder):
    made = own_variant(EXERCISE).made["cpi"].answer
    solve(folder, "1 / 0", f"cpi = {made!r}")
    assert "A cell ended with ZeroDivisionError: division by zero." in looked(folder)
    assert states(folder)["cpi"] == "right"


def test_other_numbers_than_the_exercise_has_now_are_refused(folder, capsys):
    report = folder / "data" / "report.csv"
    report.write_text(report.read_text().replace("1", "2"))
    assert main(["alone", str(PS04), str(folder)]) == 1
    assert capsys.readouterr().err == (
        f"pmkit: folder: must have the numbers that {NAME} has now, but report.csv would be "
        f"another, got {folder}; make it anew in another folder\n"
    )


def test_a_folder_of_something_else_is_left_alone(tmp_path, capsys):
    (tmp_path / "notes.txt").write_text("mine")
    assert main(["alone", str(PS04), str(tmp_path)]) == 1
    assert capsys.readouterr().err == (
        f"pmkit: folder: must be new, or hold {NAME}.ipynb, got {tmp_path}; what is in it stays\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_notebook_that_cannot_be_read_is_a_sentence(folder, capsys):
    (folder / f"{NAME}.ipynb").write_text("{")
    assert main(["alone", str(PS04), str(folder)]) == 1
    told = f"pmkit: folder: must hold your notebook. {NAME}.ipynb is no notebook that can be read"
    assert capsys.readouterr().err.startswith(told)


def test_the_first_time_writes_the_exercise_and_says_how_to_go_on(tmp_path, capsys):
    folder = tmp_path / "new" / "mine"
    assert main(["alone", str(PS04), str(folder)]) == 0
    assert json.loads((folder / "data" / "questions.json").read_text())["exercise"] == NAME
    assert capsys.readouterr().out == (
        f"{folder} is yours: open the notebook in it; the same command again says what is right\n"
    )
