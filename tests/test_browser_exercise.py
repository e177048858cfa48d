"""An exercise in JupyterLab as its student meets it, with a wrong answer and how far one is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pmkit.teach.alone import self_study
from pmkit.teach.exercise_tables import read_exercise
from tests.class_cases import PS04, SOURCES
from tests.panel_page import Panel, run_all_cells


@pytest.fixture
def opened(page: Any, lab_server: Any) -> Any:
    """Return a function that opens an exercise in Lab and runs all that stands there."""

    def open_it(source: Path, learner: str = "1") -> Any:
        folder = f"{source.name}_{learner}"
        self_study(read_exercise(source), lab_server.root / folder, learner)
        page.set_viewport_size({"width": 1400, "height": 9_000})  # Lab draws only what is in sight
        page.goto(lab_server.lab(f"{folder}/{source.name}.ipynb"))
        run_all_cells(page)
        return page

    return open_it


def cell_of(page: Any, start: str) -> Any:
    """Return the last cell whose code starts so."""
    lines = page.locator(".jp-CodeCell .cm-content").all_text_contents()
    place = max(n for n, text in enumerate(lines) if text.startswith(start))
    return page.locator(".jp-CodeCell").nth(place)


def run(page: Any, start: str, typed: str = "") -> str:
    """Type something in place of what stands in a cell, run it, and return what it says."""
    cell = cell_of(page, start)
    before = cell.locator(".jp-InputPrompt").text_content()
    cell.locator(".cm-content").click()
    if typed:
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(typed)  # as it is: nobody closes quotes for us
    page.keyboard.press("Control+Enter")
    page.wait_for_function(
        "([cell, before]) => { const now = cell.querySelector('.jp-InputPrompt').textContent;"
        " return now !== before && /\\d/.test(now); }",
        arg=[cell.element_handle(), before],
    )
    return str(cell.locator(".jp-OutputArea").inner_text())


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_every_exercise_opens_and_says_how_far_one_is(opened, axe, foreign_requests, source):
    page = opened(source)
    asked = len(read_exercise(source).asked)
    assert page.locator("[data-mime-type*='error'], [data-mime-type*='stderr']").count() == 0
    assert page.get_by_text(f"0 of {asked - 1} answered, no check for").is_visible()
    assert axe(page, ".jp-RenderedHTML, .jp-RenderedMarkdown, .jp-RenderedText") == []
    assert foreign_requests == []


def test_a_student_answers_wrongly_and_then_in_the_form_that_is_asked_for(opened):
    page = opened(PS04, "2")
    panel = Panel(page)
    run(page, "hides = None", 'hides = "e"')
    said = run(page, 'work.check("hides"')
    assert "hides: must be one of a, b, c, d, got 'e'. 0 of 3 visible checks" in said
    run(page, "hides = ", 'hides = "B"')
    assert "3 of 3 visible checks; more run at grading" in run(page, 'work.check("hides"')
    run(page, "eac = None", "eac = bac / cpi")  # names that are not there: Python says so
    assert "NameError" in cell_of(page, "eac = ").locator(".jp-OutputArea").inner_text()
    assert "eac: is not answered yet" in run(page, 'work.check("eac"')
    told = run(page, "work")
    panel.keep_a_picture("exercise_answered")
    assert "1 of 7 answered, no check for tell" in told
