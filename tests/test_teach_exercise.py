"""An exercise's tables are read, and each mistake in them is told with its place."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pmkit.model.errors import PlanError
from pmkit.teach.exercise_tables import QUESTION_COLUMNS, read_exercise
from tests.class_cases import PS04, SOURCES

GOOD = {"name": "cpi", "kind": "number", "asks": "compute", "points": "1",
        "text": "CPI?", "reason": "EV / AC."}  # fmt: skip


def exercise(folder: Path, *rows: dict[str, str], **tables: str) -> Path:
    """Write a small exercise."""
    folder.mkdir(exist_ok=True)
    (folder / "exercise.toml").write_text('title = "T"\nlesson = "04"\nminutes = 5\nversion = 1\n')
    with (folder / "questions.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, QUESTION_COLUMNS)
        writer.writeheader()
        writer.writerows(rows or (GOOD,))
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("folder", SOURCES, ids=lambda folder: folder.name)
def test_every_exercise_has_six_to_ten_questions_one_of_them_written(folder):
    read = read_exercise(folder)
    kinds = [asked.question.kind for asked in read.asked.values()]
    assert 6 <= len(kinds) <= 10
    assert kinds.count("written") == 1
    written = next(a for a in read.asked.values() if a.question.kind == "written")
    assert len(written.rubric) == 4


@pytest.mark.parametrize("folder", SOURCES, ids=lambda folder: folder.name)
def test_half_of_the_points_or_more_are_for_judging_what_pmkit_has_told(folder):
    read = read_exercise(folder)
    assert read.judged >= read.points / 2


@pytest.mark.parametrize("folder", SOURCES, ids=lambda folder: folder.name)
def test_a_later_exercise_asks_for_a_policy(folder):
    read = read_exercise(folder)
    policies = [a for a in read.asked.values() if a.question.kind == "policy"]
    assert policies or int(read.lesson) < 7


def test_what_is_said_of_a_known_mistake_comes_from_the_catalogue():
    mistakes = read_exercise(PS04).asked["eac"].mistakes
    assert mistakes["eac-over-spi"].said.startswith("You divided the budget by SPI.")
    assert mistakes["eac-over-spi"].share == 0.4


def test_a_tolerance_is_half_a_per_cent_or_half_the_last_digit(tmp_path):
    asked = read_exercise(exercise(tmp_path / "ps", GOOD | {"decimals": "1"})).asked["cpi"]
    assert asked.tolerance(1000.0) == pytest.approx(5.0)
    assert asked.tolerance(2.0) == pytest.approx(0.05)
    own = read_exercise(exercise(tmp_path / "own", GOOD | {"within": "3"})).asked["cpi"]
    assert own.tolerance(1000.0) == 3.0


@pytest.mark.parametrize(
    ("row", "tables", "sentence"),
    [
        ({"kind": "guess"}, {},
         "kind must be one of number, choice, order, table, policy, written, got 'guess'"),
        ({"name": "c p"}, {}, "name must be the name of a variable, got 'c p'"),
        ({"asks": "guess"}, {}, "asks must be one of compute, judge, got 'guess'"),
        ({"points": "many"}, {}, "points must be a number, got 'many'"),
        ({"text": ""}, {}, "text must not be empty"),
        ({"reason": ""}, {}, "reason must not be empty"),
        ({"kind": "choice"}, {}, "kind needs at least two options in options.csv"),
        ({"kind": "table"}, {}, "rows must not be empty for a table"),
        ({"kind": "policy"}, {}, "takes must not be empty for a policy"),
        ({"kind": "written"}, {}, "points must be what the rows of rubric.csv add up to"),
        ({}, {"mistakes": "question,code,share,said\ncpi,own,,\n"},
         "said must not be empty for a mistake of one's own"),
        ({}, {"mistakes": "question,code,share,said\ncpi,own,1,Why.\n"},
         "share must be between 0 and less than 1, got '1'"),
        ({}, {"mistakes": "question,code,share,said\nspi,own,,Why.\n"},
         "question must be one of questions.csv, got 'spi'"),
        ({}, {"options": "question,key,text,right,mistake,reason\ncpi,a,A,,other,Why.\n"},
         "option a names a mistake that is not in mistakes.csv"),
        ({}, {"options": "question,key,text,right,mistake,reason\ncpi,None,A,,,Why.\n"},
         "must have no option whose key is none"),
        ({}, {"options": "question,key,text,right,mistake,reason\ncpi,a,A,,,Look at {bac}.\n"},
         "must have no {number} in any reason"),
        ({}, {"mistakes": "question,code,share,said\ncpi,own,,It is {bac}.\n"},
         "must have no {number} in any said"),
    ],
)  # fmt: skip
def test_a_broken_table_is_told_what_breaks_which_rule(tmp_path, row, tables, sentence):
    with pytest.raises(PlanError) as error:
        read_exercise(exercise(tmp_path / "ps", GOOD | row, **tables))
    assert sentence in str(error.value)


def test_a_question_that_is_there_twice_is_refused(tmp_path):
    with pytest.raises(PlanError, match="name must be there once, got 'cpi'"):
        read_exercise(exercise(tmp_path / "ps", GOOD, GOOD))


def test_a_folder_without_settings_is_refused(tmp_path):
    with pytest.raises(PlanError) as error:
        read_exercise(tmp_path)
    assert str(error.value) == (
        f"exercise: must be a folder with an exercise.toml, got {tmp_path.name!r}"
    )
    (tmp_path / "exercise.toml").write_text('title = "T"\n')
    with pytest.raises(
        PlanError, match=r"exercise\.toml must name lesson, minutes, version, got n"
    ):
        read_exercise(tmp_path)
