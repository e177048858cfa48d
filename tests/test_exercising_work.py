"""The student's side: the question with own numbers, the files, a check of the form alone."""

from __future__ import annotations

import json
import random
from pathlib import Path

import nbformat
import pandas as pd
import pytest

import pmkit as pm
from pmkit.teach.alone import self_study
from pmkit.teach.exercise_tables import read_exercise
from tests.class_cases import PS04


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("alone") / "ps04"
    self_study(read_exercise(PS04), place)
    return place


def test_it_is_opened_where_its_notebook_lies(folder, monkeypatch):
    monkeypatch.chdir(folder)
    work = pm.open_exercise()
    title = "Problem set 4: are we really 60 % done? \u2013 8 questions, 15 points"
    assert repr(work) == f"{title}; 0 of 7 answered, no check for tell"
    assert list(work.table("report").columns) == ["project", "month", "pv", "ev", "ac", "cpi"]
    assert isinstance(work.table("plan"), pd.DataFrame)


def test_nothing_that_is_handed_out_tells_an_answer(folder):
    told = json.loads((folder / "data" / "questions.json").read_text("utf-8"))
    assert set(told) == {"exercise", "title", "version", "questions"}
    allowed = {"name", "kind", "points", "text", "unit", "decimals", "low", "high", "options",
               "rows", "takes"}  # fmt: skip
    assert all(set(question) == allowed for question in told["questions"])
    text = "".join(path.read_text("utf-8") for path in folder.rglob("*") if path.is_file())
    assert "mistake" not in text
    assert "BEGIN" not in text


def test_a_question_is_read_with_its_form(folder):
    asked = pm.open_exercise(folder).ask("hides")
    assert "Give hides: one of a, b, c, d." in repr(asked)
    assert "<code>hides</code>" in asked._repr_html_()


def test_texts_of_questions_are_escaped():
    from pmkit.learning.exercising.question import Question
    from pmkit.learning.exercising.work import Asking

    asked = Asking(Question("x", "choice", 1, "<script>", options={"a": "<b>"}))
    assert "<script>" not in asked._repr_html_()
    assert "<b>" not in asked._repr_html_()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("cpi", 0.9, "cpi: 3 of 3 visible checks; more run at grading."),
        ("cpi", 99, "cpi: must be between 0 and 5, got 99. 0 of 3 visible checks; more run at "
                    "grading."),
        ("cpi", None, "cpi: is not answered yet. 0 of 3 visible checks; more run at grading."),
        ("decides", max, "decides: 1 of 1 visible checks; more run at grading."),
        ("decides", 3, "decides: must be a function of cost, days, got int. 0 of 1 visible checks; "
                       "more run at grading."),
    ],
)  # fmt: skip
def test_a_check_tells_the_form_and_never_whether_it_is_right(folder, name, value, sentence):
    assert repr(pm.open_exercise(folder).check(name, value)) == sentence


def test_every_value_in_range_has_the_same_check(folder):
    work, chance = pm.open_exercise(folder), random.Random(1)
    assert len({repr(work.check("cpi", chance.uniform(0, 5))) for _ in range(50)}) == 1


def test_attempts_are_logged_beside_the_notebook(folder):
    log = folder / "attempts.jsonl"
    before = len(log.read_text("utf-8").splitlines()) if log.exists() else 0
    pm.open_exercise(folder).check("cpi", "much")
    last = json.loads(log.read_text("utf-8").splitlines()[-1])
    assert len(log.read_text("utf-8").splitlines()) == before + 1
    assert (last["question"], last["problem"][:16]) == ("cpi", "cpi: must be a n")


@pytest.fixture
def work(tmp_path):
    place = tmp_path / "ps04"
    self_study(read_exercise(PS04), place)
    return pm.open_exercise(place)


def test_own_attempts_are_a_table_the_newest_last(work):
    assert list(work.attempts.columns) == ["when", "question", "given", "said"]
    assert len(work.attempts) == 0
    for name, answer in (("cpi", "much"), ("cpi", 0.83), ("hides", "b"), ("eac", None)):
        work.check(name, answer)
    with (work.folder / "attempts.jsonl").open("a") as log:
        log.write('{"question": "cpi", "prob\n[[\n')
    work.check("decides", max)
    table = work.attempts
    assert list(table["question"]) == ["cpi", "cpi", "hides", "eac", "decides"]
    told = f"b: {work.questions['hides'].options['b']}"
    assert list(table["given"]) == ["'much'", "0.83", told, "", "a function of cost, days"]
    right = "has the form that is asked for"
    assert list(table["said"]) == ["must be a number, such as 12.5, got 'much'", right, right,
                                   "is not answered yet", right]  # fmt: skip
    assert table["when"].is_monotonic_increasing
    assert str(table["when"].dt.tz) == "UTC"


def test_the_exercise_shows_how_far_one_is(work):
    work.check("cpi", 0.83)
    work.check("eac", "<script>")
    assert repr(work).endswith("; 1 of 7 answered, no check for tell")
    shown = work._repr_html_()
    assert "<p>1 of 7 answered, no check for tell.</p>" in shown
    assert "got &#x27;&lt;script&gt;&#x27;" in shown
    assert "<script>" not in shown
    assert work.progress.answered == ("cpi",)


def test_a_notebook_that_was_run_as_it_was_handed_out_has_no_answer(work):
    path = work.folder / f"{PS04.name}.ipynb"
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    names = {"work": work}
    for cell in cells:
        if "setup" not in cell.metadata.get("tags", ()):
            exec(cell.source, names)
    assert len(work.attempts) == 7
    assert set(work.attempts["said"]) == {"is not answered yet"}
    assert repr(work).endswith("; 0 of 7 answered, no check for tell")
    assert work.check("decides", lambda cost, days: "sponsor").problem == ""
    assert work.check("decides", lambda cost, days: cost or None).problem == ""


def test_what_is_not_there_is_told(tmp_path, folder):
    with pytest.raises(pm.PlanError) as error:
        pm.open_exercise(tmp_path)
    assert str(error.value) == (
        "exercise: the folder data that was handed out must lie beside the notebook, "
        f"is not in {tmp_path.name}"
    )
    with pytest.raises(pm.PlanError) as error:
        pm.open_exercise(folder).table("costs")
    assert str(error.value) == "costs.csv: must lie in data beside the notebook, is not there"
    with pytest.raises(pm.PlanError, match=r"^question: must be one of cpi, eac, .*, got 'spi'$"):
        pm.open_exercise(folder).ask("spi")
