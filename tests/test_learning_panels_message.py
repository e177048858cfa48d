"""The message panel: what is picked is kept, three facts are asked for, and answered."""

from __future__ import annotations

import pytest

from pmkit.learning.bridge.message import CHOICES
from pmkit.learning.lesson import lesson
from pmkit.learning.record import PLACE, record

LESSON = lesson("11")
FIRST = LESSON.all_messages[0]
RIGHT = {kind: FIRST.right(kind).key for kind in CHOICES}
WRONG = {"audience": "copy", "ask": "inform", "deadline": "asap", "detail": "plan"}


@pytest.fixture(autouse=True)
def own_file(tmp_path, monkeypatch):
    """Keep what these learners do out of anybody's file."""
    monkeypatch.setenv(PLACE, str(tmp_path / "progress.json"))


def sent():
    return [dict(event.facts) for event in record().events("message", FIRST.id)]


def test_it_says_how_many_there_are():
    assert repr(LESSON.messages()) == "MessagePanel 6 messages"


def test_who_does_everything_right_gets_five_and_an_answer_in_time():
    panel = LESSON.messages()
    panel.pick("launch", "float", "price", **RIGHT)
    panel.send_button.click()
    assert panel.status.text == "Sent. 5 of 5; the answer stands below."
    assert "I take it to those who decide" in panel._parts.reply.value
    assert "answered in time (yours)" in panel._parts.effect.value
    (facts,) = sent()
    assert (facts["score"], facts["of"], facts["is_right"], facts["domain"]) == (
        5, 5, True, "stakeholders",
    )  # fmt: skip


def test_who_does_everything_wrong_is_told_why_and_what_it_costs():
    panel = LESSON.messages()
    panel.pick("wiring", "rota", "drawing", **WRONG)
    panel.send_button.click()
    assert panel.result.score == 0
    assert "With so many names on it" in panel._parts.reply.value
    assert "Answered too late." in panel._parts.reply.value
    assert sent()[0]["misconceptions"] == [
        "copied-to-escalate", "no-ask", "news-without-date", "activity-detail-upward",
    ]  # fmt: skip


@pytest.mark.parametrize("facts", [("launch", "float"), ("launch", "float", "price", "walls")])
def test_exactly_three_facts_are_asked_for_with_a_sentence(facts):
    panel = LESSON.messages()
    panel.pick(*facts, **RIGHT)
    panel.send_button.click()
    assert panel.status.text == f"facts: exactly three of eight must be picked, got {len(facts)}"
    assert (panel.status.kind, panel.result, sent()) == ("problem", None, [])


def test_a_fourth_box_is_answered_at_once():
    panel = LESSON.messages()
    panel.pick("launch", "float", "price", **RIGHT)
    panel.facts["walls"].value = True
    assert panel.status.text == "Exactly three of eight must be picked, got 4."


def test_the_draft_is_read_while_it_is_written():
    panel = LESSON.messages()
    panel.choices["audience"].value = "program"
    panel.facts["price"].value = True
    draft = panel._parts.draft.value
    assert "To: The program manager" in draft
    assert "<li>For EUR 30,000 we win back 6 days" in draft
    assert "1 of 3 picked" in panel._parts.count.value


def test_who_stops_half_way_finds_everything_again():
    panel = LESSON.messages()
    panel.choices["ask"].value = "blame"
    panel.facts["walls"].value = True
    again = LESSON.messages()
    assert again.status.text == "Your draft is as you left it."
    assert (again.choices["ask"].value, again.facts["walls"].value) == ("blame", True)
    assert again.written == panel.written


def test_who_has_sent_one_begins_with_the_next_and_finds_the_first_as_sent():
    panel = LESSON.messages()
    panel.pick("launch", "float", "price", **RIGHT)
    panel.send()
    again = LESSON.messages()
    assert again.message.value == LESSON.all_messages[1].id
    again.open_message(FIRST.id)
    assert again.result.score == 5
    assert again.choices["ask"].disabled


def test_the_second_try_is_kept_beside_the_first():
    panel = LESSON.messages()
    panel.pick("launch", "float", "price", **{**RIGHT, "ask": "inform"})
    panel.send()
    panel.again_button.click()
    assert panel.result is None
    panel.choices["ask"].value = "back"
    panel.send_button.click()
    assert [facts["score"] for facts in sent()] == [4, 5]


def test_what_is_in_the_tables_is_text_and_no_markup():
    from dataclasses import replace

    from pmkit.learning.bridge.writing import Written
    from pmkit.learning.panels.message_parts import draft_html

    evil = replace(FIRST, title="<img src=x>", sender="<b>")
    assert "<img" not in draft_html(Written(evil))
    assert "&lt;img src=x&gt;" in draft_html(Written(evil))


def test_where_nothing_can_be_stored_it_says_so(tmp_path, monkeypatch):
    panel = LESSON.messages()
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(PLACE, str(tmp_path / "file" / "progress.json"))
    panel.choices["ask"].value = "blame"
    assert panel.status.text.startswith("progress: the folder of progress.json must be one")
