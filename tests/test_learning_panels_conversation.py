"""The conversation panel: one turn at a time, kept as it goes, scored at its end."""

from __future__ import annotations

import pytest

from pmkit.learning.lesson import lesson
from pmkit.learning.record import PLACE, record
from pmkit.model.errors import PlanError

LESSON = lesson("11")
BEST = ["asks-openly", "says-back", "offers-options"]


@pytest.fixture(autouse=True)
def own_file(tmp_path, monkeypatch):
    """Keep what these learners do out of anybody's file."""
    monkeypatch.setenv(PLACE, str(tmp_path / "progress.json"))


def press(panel, text):
    panel.replies.click("Say this", panel.replies.items.index(text))


def test_it_says_how_many_there_are():
    assert repr(LESSON.conversations()) == "ConversationPanel 4 conversations"


def test_three_turns_end_it_with_points_and_reasons():
    panel = LESSON.conversations()
    for reply in BEST:
        panel.say(reply)
    assert panel.status.text == "The conversation is over: 6 of 6 points."
    assert panel.replies.items == []
    assert "2 of 2" in panel._end.value
    assert "you could have said" not in panel._end.value
    facts = record().events("conversation", "11-engineer")[0].facts
    assert (facts["score"], facts["points"], facts["of"], facts["is_right"]) == (100, 6, 6, True)
    assert facts["domain"] == "stakeholders"


def test_a_reply_is_answered_and_a_bad_one_is_answered_otherwise():
    panel = LESSON.conversations()
    press(panel, "Then the program manager will have to tell you whose she is.")
    assert "Fine. Let him." in panel._said.value
    assert panel.status.text == "Turn 1 of 3 is taken."
    panel.begin_again()
    press(panel, "What do you need her for that week, and what happens if it is two days later?")
    assert "Fine. Let him." not in panel._said.value
    assert "For the test of every bus" in panel._said.value


def test_who_speaks_badly_reads_what_could_have_been_said():
    panel = LESSON.conversations()
    for reply in ("threatens", "blames", "gives-in"):
        panel.say(reply)
    assert panel._end.value.count("you could have said") == 3
    facts = record().events("conversation")[0].facts
    assert (facts["score"], facts["is_right"]) == (0, False)
    assert facts["misconceptions"] == ["higher-is-safer", "blamed-first", "gave-in"]


def test_who_stops_half_way_goes_on_there():
    LESSON.conversations().say("asks-openly")
    again = LESSON.conversations()
    assert again.status.text == "You go on where you stopped: 2 of 3 turns are left."
    assert [reply.key for reply in again.result.said] == ["asks-openly"]
    assert record().events("conversation") == ()


def test_who_has_held_one_begins_with_the_next_and_can_hold_it_again():
    panel = LESSON.conversations()
    for reply in BEST:
        panel.say(reply)
    again = LESSON.conversations()
    assert again.conversation.value == "11-badnews"
    again.open_conversation("11-engineer")
    assert again.status.text == "You have held this one. Hold it again, or take the next."
    again.again_button.click()
    assert len(again.replies.items) == 3
    assert len(record().events("conversation", "11-engineer")) == 1


def test_what_cannot_be_said_now_is_refused():
    panel = LESSON.conversations()
    with pytest.raises(PlanError, match=r"replies: turn 1 must be one of .*, got 'sings'"):
        panel.say("sings")
    assert panel.result.said == ()


def test_the_best_reply_is_not_always_the_first_on_screen():
    panel, places = LESSON.conversations(), set()
    for talk in LESSON.all_conversations:
        panel.open_conversation(talk.id)
        places.add(panel.replies.items.index(talk.best("1").text))
    assert len(places) > 1
