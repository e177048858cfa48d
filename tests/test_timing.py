"""How long a lesson takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.learning.timing import MOST, LessonTime, main, time_lesson
from pmkit.model.errors import PlanError
from tests.lesson_cases import lessons
from tests.servers import ROOT

LESSONS = sorted((ROOT / "notebooks" / "lessons").glob("*.ipynb"))
text, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell


def write(path: Path, *cells: Any) -> Path:
    """Write a notebook."""
    nbformat.write(nbformat.v4.new_notebook(cells=list(cells)), path)
    return path


def test_prose_checks_decisions_and_panels_are_added_up(tmp_path):
    path = write(
        tmp_path / "01_one.ipynb", text("word " * 260), code("import pmkit as pm\nlesson"),
        code('lesson.predict("p")'), code("panel = pm.RiskPanel(plan)\npanel"),
        code("lesson.cards()"),
        code("lesson.situations"), code("lesson.checks()"), code("pm.show(pm.gantt_chart(plan))"),
    )  # fmt: skip
    found = time_lesson(path, lessons()[0])
    assert found == LessonTime("01_one.ipynb", 260, 4, 3, 4)
    assert found.minutes == 2 + 4 * 1.5 + 3 * 3 + 4 * 2
    assert str(found.explain()).splitlines() == [
        "01_one.ipynb: 25.0 min",
        "  prose: 260 words / 130 a minute = 2.0 min",
        "  checks: 4 x 1.5 = 6.0 min",
        "  decisions: 3 x 3 = 9.0 min",
        "  panels: 4 x 2 = 8.0 min",
    ]


@pytest.mark.parametrize(("source", "drawn"), [("lesson.cards(2)", 2), ("lesson.cards()", 3),
                                               ("lesson.cards(number=5)", 5)])  # fmt: skip
def test_as_many_cards_count_as_are_drawn(tmp_path, source, drawn):
    path = write(tmp_path / "01_one.ipynb", code(source))
    assert time_lesson(path, lessons()[0]).decisions == drawn


def test_checks_that_are_not_asked_take_no_time_and_a_link_is_its_text(tmp_path):
    path = write(tmp_path / "01_one.ipynb", text("[two words](../a_long/address.ipynb) <br> 60 %"))
    assert time_lesson(path, lessons()[0]) == LessonTime("01_one.ipynb", 3, 0, 0, 0)


def test_too_long_is_said_with_how_much():
    found = LessonTime("04.ipynb", 1300, 8, 3, 2)
    assert found.is_too_long
    assert found.explain().title == "04.ipynb: 35.0 min, 5.0 more than 30"
    assert not LessonTime("04.ipynb", 0, 0, 10, 0).is_too_long  # 30 minutes are not above 30


@given(*[st.integers(0, 50)] * 4)
def test_the_parts_add_up_and_more_of_anything_takes_longer(words, checks, decisions, panels):
    found = LessonTime("x", words, checks, decisions, panels)
    told = [float(line.rpartition("= ")[2].removesuffix(" min")) for line in found.explain().lines]
    assert sum(told) == pytest.approx(found.minutes, abs=0.2)
    assert LessonTime("x", words, checks + 1, decisions, panels).minutes > found.minutes


def test_what_is_no_notebook_is_told(tmp_path):
    with pytest.raises(PlanError) as error:
        time_lesson(tmp_path / "01_none.ipynb")
    assert str(error.value) == (
        "lesson: must be a notebook, such as 04_progress.ipynb, got '01_none.ipynb'"
    )


def test_the_command_fails_when_a_lesson_takes_too_long(tmp_path, capsys):
    short = write(tmp_path / "01_short.ipynb", text("word"))
    long = write(tmp_path / "01_long.ipynb", text("word " * 5000))
    assert main([str(short)]) == 0
    assert main([str(short), str(long)]) == 1
    assert "01_long.ipynb: 38.5 min, 8.5 more than 30" in capsys.readouterr().out


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_no_lesson_takes_more_than_half_an_hour(path):
    found = time_lesson(path)
    assert found.minutes <= MOST, str(found)
    assert found.minutes >= 15, f"a lesson is 20 to 30 minutes:\n{found}"
