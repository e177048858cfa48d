"""The panel of the quarter: played twice, kept, taken back."""

from __future__ import annotations

import pytest

from pmkit import lesson
from pmkit.learning.panels.quarter import QuarterPanel
from pmkit.learning.quarter.script import quarter
from pmkit.learning.quarter.twice import Twice
from pmkit.learning.record import record
from pmkit.learning.words import SEATS

BEST = {"chargers": "shift", "offer": "sure", "promise": "range", "specialist": "second",
        "cut": "service", "gate": "ready"}  # fmt: skip


@pytest.fixture(autouse=True)
def own_record(tmp_path, monkeypatch):
    monkeypatch.setenv("PMKIT_PROGRESS", str(tmp_path / "progress.json"))


def take(panel, key, confidence=80):
    """Do what a learner does: take an option, say how sure, decide."""
    now = panel.game.now
    panel.options.value = [option.key for option in now.options].index(key)
    panel.confidence.say(confidence)
    panel.decide_button.click()


def played(**choices):
    panel = QuarterPanel()
    for event in panel.game.events:
        take(panel, {**BEST, **choices}[event.id])
        panel.next_button.click()
    return panel


def test_it_opens_with_the_project_managers_first_event():
    panel = lesson("12").quarter()
    assert repr(panel) == "QuarterPanel 6 events"
    assert panel.game.now.id == "chargers"
    assert "Decision 1 of 6" in panel.progress.value
    assert panel.undo_button.disabled
    assert [option.text for option in panel.game.now.options] == list(panel.options.options)


def test_a_decision_is_shown_in_both_seats_and_stored():
    panel = QuarterPanel()
    take(panel, "saturday", 70)
    assert panel.result.option.key == "saturday"
    assert "Decision quality 41 of 100" in panel.quality.value
    assert "What the program manager sees" in panel.seats.value
    assert "Against the better option: Program: launch" in panel.seats.value
    assert "What then happened" in panel.happened.value
    (event,) = record().events("quarter")
    assert event.item == "chargers"
    facts = dict(event.facts)
    assert {key: facts[key] for key in ("option", "confidence", "seat", "is_right")} == {
        "option": "saturday", "confidence": 70, "seat": "project manager", "is_right": False
    }  # fmt: skip
    assert facts["score"] == pytest.approx(41, abs=1)
    assert 0 < facts["luck"] < 50


def test_first_the_project_managers_events_are_asked_and_then_the_program_managers():
    assert [event.seat for event in Twice(quarter()).events] == [SEATS[0]] * 3 + [SEATS[1]] * 3


def test_what_the_rule_decided_meanwhile_is_told():
    panel = QuarterPanel()
    take(panel, "shift")
    panel.next_button.click()
    assert panel.game.now.id == "offer"
    assert "One specialist, two projects" in panel.situation.value


def test_without_an_option_or_a_confidence_nothing_is_stored():
    panel = QuarterPanel()
    panel.decide_button.click()
    assert panel.status.text == "option: must be taken, got none"
    panel.options.value = 0
    panel.decide_button.click()
    assert panel.status.text.startswith("confidence: must be said")
    assert record().events("quarter") == ()


def test_who_stopped_half_way_goes_on_there():
    panel = QuarterPanel()
    take(panel, "shift")
    panel.next_button.click()
    take(panel, "decline")
    again = QuarterPanel()
    assert again.game == panel.game
    assert again.game.now.id == "promise"
    assert repr(again) == "QuarterPanel 6 events"


def test_undo_takes_the_last_decision_back_and_restart_all_also_for_who_comes_back():
    panel = QuarterPanel()
    take(panel, "shift")
    panel.next_button.click()
    take(panel, "take")
    panel.undo_button.click()
    assert panel.game.now.id == "offer"
    assert QuarterPanel().game.now.id == "offer"
    panel.restart_button.click()
    assert panel.game.choices == ()
    assert QuarterPanel().game.choices == ()
    assert len(record().events("quarter")) == 4


def test_the_second_round_begins_with_the_same_quarter():
    panel = QuarterPanel()
    for event in panel.game.events[:3]:
        take(panel, "wait" if event.id == "chargers" else BEST[event.id])
        panel.next_button.click()
    assert panel.game.now.id == "specialist"
    assert panel.game.path(panel.game.now) == ("shift",)
    assert "Second round" in panel.progress.value


def test_the_debrief_compares_belief_quality_luck_and_what_the_other_seat_paid():
    panel = played(chargers="wait", cut="depot")
    said = " ".join(panel.game.debrief)
    assert "you were 80 % sure on average" in said
    assert "4 of 6 were, 67 %: surer than you were right" in said
    assert "Decision quality: 67 of 100" in said
    assert "was still a good decision" in said or "still not a good decision" in said
    assert "got from your round as project manager, against the rule: a launch" in said
    assert (
        "What the project manager got from your round as program manager, against the rule: "
        in said
    )
    assert panel.taken.value.count("<tr>") == 7
    assert len(panel._drawings.charts) == 2


def test_who_follows_the_rule_leaves_the_other_seat_where_the_rule_would():
    game = Twice(quarter())
    for event in game.events:
        game = game.with_choice(BEST[event.id], 90)
    said = " ".join(game.debrief)
    assert (
        "What the program manager paid for your round as project manager: nothing against" in said
    )
    assert "Decision quality: 100 of 100" in said


def test_a_record_of_another_table_is_left_out():
    record().add("quarter", "chargers", option="unheard", confidence=80)
    record().add("quarter", "chargers", option="shift")
    record().add("quarter", "flood", option="run", confidence=80)
    assert QuarterPanel().game.choices == ()


def test_a_dark_page_draws_the_pictures_anew():
    panel = played()
    before = dict(panel._drawings.charts["project manager"].spec)
    panel.status.dark = True
    assert panel._drawings.charts["project manager"].spec != before
