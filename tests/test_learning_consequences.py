"""What an option does in both seats."""

from __future__ import annotations

import pytest

from pmkit.data import sample
from pmkit.learning.cards.card import CardOption
from pmkit.learning.cards.consequences import consequences
from pmkit.model.change import Change
from pmkit.model.program import Program
from tests.lesson_cases import card


@pytest.fixture(scope="module")
def program() -> Program:
    found = sample()
    assert isinstance(found, Program)
    return found


def option(*changes: Change) -> CardOption:
    return CardOption("a", "Do it", "right", "Good.", changes=changes)


def test_a_slip_is_seen_in_both_seats(program: Program):
    found = consequences(card("01-x", project="Depot"), option(Change("Depot.Wiring",
                         duration="+4")), program)  # fmt: skip
    assert found.is_known
    assert found.project_seat[0].startswith("Depot finishes 24 Jul 2026 instead of 20 Jul 2026")
    assert any(line.startswith("Service finishes ") for line in found.project_seat)
    assert found.program_seat[0].startswith("The program finishes 10 Aug 2026 instead of 5 Aug")
    assert any("Depot.Handover to Service.TrialRun" in line for line in found.program_seat)
    assert found.program_seat[-1].endswith(" less.")


def test_what_moves_nothing_is_said_to_stay(program: Program):
    found = consequences(card("01-x", project="Depot"),
                         option(Change("Depot.Wiring", priority=3)), program)  # fmt: skip
    assert found.project_seat[0] == "Depot finishes 20 Jul 2026, as before."
    assert found.project_seat[1] == "Depot costs as much as before."
    assert found.program_seat[0] == "The program finishes 5 Aug 2026, as before."
    assert "No handover between projects moves." in found.program_seat


def test_without_changes_the_model_says_that_it_cannot_say(program: Program):
    found = consequences(card("01-x"), option(), program)
    assert not found.is_known
    assert found.project_seat == ()
    assert found.note == (
        "The model cannot say what this does: it changes no duration, date, cost or dependency "
        "of the plan."
    )


def test_changes_that_do_not_fit_end_in_a_sentence(program: Program):
    found = consequences(card("01-x"), option(Change("Depot.Nothing", duration=3)), program)
    assert not found.is_known
    assert found.note.startswith("The model cannot say what this does (")


def test_the_same_question_is_worked_out_once(program: Program):
    one = consequences(card("01-x"), option(Change("Depot.Wiring", duration="+2")), program)
    other = consequences(card("01-y"), option(Change("Depot.Wiring", duration="+2")), program)
    assert one is other
