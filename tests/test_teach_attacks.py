"""Notebooks with something planted in them are marked on their merits; the table says what came."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmkit.teach.commands import main
from pmkit.teach.feedback import feedback_page
from pmkit.teach.gradesheet import gradesheet
from pmkit.teach.grading import grades
from pmkit.teach.marking_class import Marking
from pmkit.teach.sandbox.bubblewrap import Bubblewrap
from tests.class_cases import PS04, contained, hand_in, make_class
from tests.hostile import ATTACKS, PLANTED, planted

pytestmark = contained
TABLE = Path(__file__).parents[1] / "docs" / "attacks.md"


@pytest.mark.long
@pytest.mark.parametrize("attack", PLANTED, ids=lambda attack: attack.tries)
def test_what_is_planted_is_marked_on_its_merits(attack, tmp_path):
    assert planted(attack, Bubblewrap(), tmp_path) == attack.points


def test_a_payload_reaches_neither_the_feedback_nor_the_sheet(tmp_path):
    payload = next(attack for attack in PLANTED if "payload" in attack.tries)
    course = make_class(tmp_path, "s1")
    hand_in(course, "s1", edit=payload.edit)
    marking = Marking(course, course.exercise(PS04.name), Bubblewrap())
    marking.student("s1")
    grade = grades(marking)["s1"]
    page = feedback_page(marking.exercise, marking.variants["s1"], grade)
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<img" not in page
    sheet = gradesheet(marking.exercise, course.roster, {"s1": grade})
    assert not [cell for line in sheet.splitlines() for cell in line.split(",") if cell[:1] == "="]


def test_halves_of_letters_stop_no_command_for_the_class(tmp_path, capsys):
    halves = next(attack for attack in PLANTED if "halves" in attack.tries)
    course = make_class(tmp_path, "s1", "s2")
    hand_in(course, "s1", edit=halves.edit)
    hand_in(course, "s2")
    for command in ("mark", "sheet", "reading", "feedback", "report", "export"):
        more = ["--to", "canvas"] if command == "export" else []
        assert main([command, str(tmp_path), PS04.name, *more]) == 0, capsys.readouterr().err
    sheet = (course.root / "marks" / f"{PS04.name}.csv").read_text("utf-8")
    assert "ValueError: \ufffd" in sheet


def test_the_page_has_every_attack_with_its_outcome():
    told = TABLE.read_text("utf-8")
    assert [
        a.tries for a in (*ATTACKS, *PLANTED) if f"| {a.tries} | {a.outcome} |" not in told
    ] == []
    assert len(ATTACKS) + len(PLANTED) >= 25
