"""Situations are decided, judged with reasons, and followed into both seats."""

from __future__ import annotations

import pytest

from pmkit.learning.cards.judging import owner_of
from pmkit.learning.lesson import Lesson, lessons
from pmkit.learning.panels.cards import CardPanel
from pmkit.learning.record import record
from tests.small_lesson import small_lesson


@pytest.fixture
def lesson(tmp_path, monkeypatch) -> Lesson:
    monkeypatch.setenv("PMKIT_PROGRESS", str(tmp_path / "progress.json"))
    return small_lesson(tmp_path / "tables")


def panel_of(lesson: Lesson, number: int = 3) -> CardPanel:
    return CardPanel(lesson, number, others=(lesson,))


def decide(panel: CardPanel, owner: str, option: str, confidence: int = 80) -> str:
    panel.answer.put({"owner": owner, "option": option})
    panel.confidence.say(confidence)
    panel.decide_button.click()
    return str(panel.said.value)


def test_what_a_notebook_stores_of_it_never_depends_on_the_learner(lesson):
    panel = panel_of(lesson)
    decide(panel, "sponsor", "tell")
    assert repr(panel) == repr(panel_of(lesson)) == "CardPanel 3 of 6 situations"
    assert repr(panel_of(lesson, 9)) == "CardPanel 6 of 6 situations"


def test_a_situation_says_who_one_is_when_and_what_is_known(lesson):
    told = panel_of(lesson).situation.value
    assert "4 May 2026. You are the project manager of Depot (Amara Okafor)." in told
    assert "A slip of &lt;four&gt; days" in told
    assert "<strong>Agreed:</strong> 5 days and EUR 20,000." in told
    assert "<strong>At stake:</strong> 4 days." in told
    panel = panel_of(lesson)
    panel.next_button.click()
    assert "You are the program manager of the whole program." in panel.situation.value


def test_a_right_decision_is_followed_into_both_seats(lesson):
    panel = panel_of(lesson)
    said = decide(panel, "project manager", "tell", 90)
    assert "data-tone='good'" in said
    assert "Also accepted: Ask those who wait" in said
    assert "Depot finishes 24 Jul 2026 instead of 20 Jul 2026" in panel.follows.value
    assert "The program finishes 10 Aug 2026 instead of 5 Aug 2026" in panel.follows.value
    (event,) = record().events("card")
    assert event.item == "04-slip"
    assert event.facts == {
        "owner": "project manager", "option": "tell", "confidence": 90, "is_right": True,
        "owner_right": True, "option_right": True, "domain": "schedule", "misconceptions": [],
    }  # fmt: skip


def test_each_half_gets_its_reason(lesson):
    panel = panel_of(lesson)
    said = decide(panel, "sponsor", "ask")
    assert "It is not the sponsor: the project manager decides. Four days are within five." in said
    assert "Your decision: It takes a day" in said
    assert panel.status.text.startswith("Owner not right, decision right.")
    assert "The model cannot say what this does" in panel.follows.value
    panel.next_button.click()
    said = decide(panel, "sponsor", "hide")
    assert "After that the program manager acts." in said
    assert "Better: Tell who waits" in said
    assert "Also accepted: Ask those" in said
    assert [e.facts["is_right"] for e in record().events("card")] == [False, False]
    assert record().events("card")[0].facts["misconceptions"] == ["escalated-everything"]


def test_a_decision_is_taken_once_and_stays(lesson):
    panel = panel_of(lesson)
    decide(panel, "sponsor", "tell")
    panel.next_button.click()
    assert panel.result is None
    panel.previous_button.click()
    assert panel.result is not None
    assert panel.owner.text == "Sponsor"
    panel.decide_button.click()
    assert len(record().events("card")) == 1


def test_missing_input_ends_in_a_sentence_and_stores_nothing(lesson):
    panel = panel_of(lesson)
    panel.decide_button.click()
    assert panel.status.text == "owner: one must be chosen, got nothing"
    panel.owner.pick("Sponsor")
    panel.decide_button.click()
    assert panel.status.text == "option: one must be chosen, got nothing"
    panel.option.value = 0
    panel.decide_button.click()
    assert panel.status.text == (
        "confidence: must be said, from 50 % (a guess) to 100 %, got nothing"
    )
    assert record().events() == ()


def test_who_comes_back_gets_new_ones_and_what_was_missed(lesson):
    panel = panel_of(lesson)
    assert [one.id for one in panel.drawn] == ["04-slip", "04-late", "04-value"]
    decide(panel, "sponsor", "tell")
    panel.next_button.click()
    decide(panel, "sponsor", "tell")
    assert [one.id for one in panel_of(lesson).drawn] == ["04-value", "04-three", "04-slip"]


def test_more_can_be_drawn_when_all_are_decided(lesson):
    panel = panel_of(lesson, 2)
    assert panel.more_button.layout.display == "none"
    for _ in range(2):
        decide(panel, "project manager", "tell")
        panel.next_button.click()
    assert panel.more_button.layout.display != "none"
    panel.more_button.click()
    assert [one.id for one in panel.drawn] == ["04-value", "04-late"]
    assert panel.result is None


def test_a_broken_file_is_a_sentence_and_the_situation_is_there(lesson):
    record().path.write_text("{")
    panel = panel_of(lesson)
    assert panel.status.text.startswith("progress: progress.json must be a file that pmkit wrote")
    assert "The wiring takes four days longer." in panel.situation.value
    decide(panel, "sponsor", "tell")
    assert panel.status.kind == "problem"
    assert panel.result is None


def test_a_lesson_without_situations_says_so(lesson):
    panel = panel_of(Lesson("04", "a", "A", "Q?"))
    assert panel.status.text == "This lesson has no situations."
    panel.next_button.click()
    panel.decide_button.click()
    assert panel.status.text == "This lesson has no situations."


@pytest.mark.long
def test_a_learner_who_knows_everything_is_right_everywhere(tmp_path, monkeypatch):
    monkeypatch.setenv("PMKIT_PROGRESS", str(tmp_path / "progress.json"))
    from pmkit.learning.cards.judging import judge

    for each in lessons():
        for card in each.all_cards:
            best = next(one for one in card.options if one.verdict == "right")
            assert judge(card, each.program, owner_of(card, each.program), best.key).is_right
