"""The door: every lesson is on it, with its question, and the tour still checks what it says."""

from __future__ import annotations

import re

import nbformat
import pytest

from pmkit.learning.lesson import lessons
from tests.servers import ROOT

PATH = ROOT / "notebooks" / "00_start_here.ipynb"


@pytest.fixture(scope="module")
def cells():
    return nbformat.read(PATH, as_version=4).cells


def test_every_lesson_stands_there_with_its_question_and_its_link(cells):
    rows = [
        found.groups()
        for cell in cells
        for found in re.finditer(r"\| (\d+) \| \[(.+?)\]\((lessons/.+?)\) \| (.+?) \|", cell.source)
    ]
    assert rows == [
        (str(int(one.number)), one.title, f"lessons/{one.number}_{one.name}.ipynb", one.question)
        for one in lessons()
    ]


def test_every_link_of_the_door_leads_somewhere(cells):
    targets = re.findall(r"\]\(([^)#]+)\)", "".join(cell.source for cell in cells))
    assert len(targets) > 16
    assert [t for t in targets if not (PATH.parent / t).exists()] == []


def test_the_tour_checks_what_it_says(cells):
    sources = [cell.source for cell in cells]
    for line in ("assert schedule.finish == 136", "assert later.finish == 139",
                 'assert "Depot.Commission" in later.critical_activities'):  # fmt: skip
        assert any(line in source for source in sources)


@pytest.mark.parametrize(
    "call", ["pm.ProgressPanel()", "pm.standing()", "pm.calibration()", "pm.standards()",
             "pm.glossary()"],
)  # fmt: skip
def test_progress_standards_and_glossary_are_there(cells, call):
    assert call in [cell.source for cell in cells]


def test_what_is_stored_is_what_somebody_sees_who_begins(cells):
    told = next(c.outputs[0].data["text/plain"] for c in cells if c.source == "pm.standing()")
    assert told.startswith("Standing: 0 of 12 lessons begun, 0 of ")
    told = next(c.outputs[0].data["text/plain"] for c in cells if c.source == "pm.calibration()")
    assert told == "Calibration: nothing predicted yet"
