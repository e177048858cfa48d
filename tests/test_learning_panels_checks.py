"""Checks are answered one at a time, told why, and found again by who comes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pmkit.learning.checking.posing import Posed, pose
from pmkit.learning.lesson import Lesson, lessons
from pmkit.learning.panels.answering import answering
from pmkit.learning.panels.checks import CheckPanel
from pmkit.learning.record import Event, record
from tests.small_lesson import small_lesson


@pytest.fixture
def lesson(tmp_path, monkeypatch) -> Lesson:
    monkeypatch.setenv("PMKIT_PROGRESS", str(tmp_path / "progress.json"))
    return small_lesson(tmp_path / "tables")


RIGHT: dict[str, Any] = {
    "04-done-check": "57", "04-who": "pm", "04-steps": ("dig", "cable", "power", "test"),
    "04-sort": {"plan": "project manager", "share": "program manager", "risk": "project manager"},
    "04-decide": {"owner": "project manager", "option": "tell"},
}  # fmt: skip
WRONG: dict[str, Any] = {
    "04-done-check": "1", "04-who": "sponsor", "04-steps": ("cable", "dig", "power", "test"),
    "04-sort": {"plan": "program manager", "share": "program manager", "risk": "project manager"},
    "04-decide": {"owner": "sponsor", "option": "hide"},
}  # fmt: skip


def give(panel: CheckPanel, answer: Any, confidence: int = 80) -> str:
    panel.answer.put(answer)
    panel.confidence.say(confidence)
    panel.check_button.click()
    return str(panel.said.value)


def shown(widget: Any) -> bool:
    return widget.layout.display != "none"


def events(item: str = "") -> list[Event]:
    return list(record().events("check", item))


def test_what_a_notebook_stores_of_it_never_depends_on_the_learner(lesson):
    panel = lesson.checks()
    give(panel, "57")
    assert repr(panel) == repr(lesson.checks()) == "CheckPanel 5 checks"


def test_who_answers_everything_right_hears_so_and_gets_a_summary(lesson):
    panel = lesson.checks()
    for answer in RIGHT.values():
        assert panel.summary.value == ""
        assert "<p>Right.</p></div>" in give(panel, answer) or panel.at == 4
        assert (panel.result.is_right, panel.result.is_over) == (True, True)
        panel.next_button.click()
    assert "5 of 5 right at the first answer." in panel.summary.value
    assert "Look again" not in panel.summary.value
    told = [(e.item, e.facts["is_right"], e.facts["first"], e.facts["confidence"])
            for e in events()]  # fmt: skip
    assert told == [(id_, True, True, 80) for id_ in RIGHT]
    assert {e.item: e.facts["domain"] for e in events()} == {
        one.id: one.domain for one in lesson.all_checks
    }


def test_a_right_answer_that_was_a_guess_gets_its_reason_too(lesson):
    panel = lesson.checks()
    assert "Each package weighs as much as it was to cost." in give(panel, "57", 50)
    panel.next_button.click()
    assert "Three days are within five." not in give(panel, "pm", 60)


@pytest.mark.parametrize("at", range(5))
def test_three_misses_lead_over_a_hint_and_an_example_to_the_solution(lesson, at):
    panel = lesson.checks()
    panel.show(at)
    id_ = lesson.all_checks[at].id
    first = give(panel, WRONG[id_])
    assert "Hint: " in first
    assert panel.status.text == "Not right yet. Read why, and try again: 2 tries left."
    second = give(panel, WRONG[id_])
    assert "worked example" in second
    assert "1 try left" in panel.status.text
    third = give(panel, WRONG[id_])
    assert "It is marked as seen." in third
    assert panel.result.is_over
    assert not shown(panel.check_button)
    assert [(e.facts.get("seen"), e.facts["first"]) for e in events(id_)] == [
        (None, True), (None, False), (True, False),
    ]  # fmt: skip
    later = lesson.checks()
    later.show(at)
    assert later.session.askings[at].variant == 2
    assert later.result is None
    assert "another one of this kind" in later.progress.value


def test_the_first_try_does_not_give_a_decision_away(lesson):
    panel = lesson.checks()
    panel.show(4)
    said = give(panel, WRONG["04-decide"])
    assert "It is not the sponsor&#x27;s decision." in said
    assert "project manager" not in said
    assert "Tell who waits" not in said
    half = give(panel, {"owner": "project manager", "option": "hide"})
    assert "Yes, the project manager decides." in half
    assert "The program manager decides. Eight days are within ten." in half


def test_who_stops_half_way_comes_back_to_the_same_state(lesson):
    panel = lesson.checks()
    give(panel, RIGHT["04-done-check"])
    panel.next_button.click()
    give(panel, WRONG["04-who"])
    before = (panel.at, panel.said.value, panel.progress.value, panel.answer.answer())
    back = lesson.checks()
    assert (back.at, back.said.value, back.progress.value, back.answer.answer()) == before
    give(back, WRONG["04-who"])
    assert back.result.misses == 2
    back.previous_button.click()
    assert back.result.is_right
    assert back.answer.number.value == "57"
    assert not shown(back.check_button)


def test_what_was_missed_at_first_is_named_in_the_summary(lesson):
    panel = lesson.checks()
    give(panel, WRONG["04-done-check"])
    for answer in RIGHT.values():
        give(panel, answer)
        panel.next_button.click()
    assert "4 of 5 right at the first answer." in panel.summary.value
    assert "say how much is done" in panel.summary.value
    assert "say who decides" not in panel.summary.value


def test_another_one_of_the_kind_has_other_numbers_and_does_not_count(lesson):
    panel = lesson.checks()
    give(panel, RIGHT["04-done-check"])
    before = panel.question.value
    panel.again_button.click()
    assert panel.question.value != before
    assert shown(panel.check_button)
    give(panel, f"{pose(lesson.all_checks[0], 2).answer:.2f}")
    assert panel.result.is_right
    assert [e.facts["first"] for e in events()] == [True, False]
    assert [e.facts["variant"] for e in events()] == [0, 2]


def test_missing_input_ends_in_a_sentence_and_stores_nothing(lesson):
    panel = lesson.checks()
    said = []
    for id_ in RIGHT:
        panel.check_button.click()
        said.append(panel.status.text)
        panel.answer.put(RIGHT[id_])
        panel.check_button.click()
        said.append(panel.status.text)
        panel.next_button.click()
    sure = "confidence: must be said, from 50 % (a guess) to 100 %, got nothing"
    assert said == [
        "answer: must be a number, such as 12.5, got nothing", sure,
        "answer: one must be chosen, got nothing", sure, sure, sure,
        "answer: each must have its place, got none for 'Plan the week of the fitters' and 2 more",
        sure, "owner: one must be chosen, got nothing", sure,
    ]  # fmt: skip
    assert events() == []


def test_a_broken_file_is_a_sentence_and_the_question_is_there(lesson):
    record().path.write_text("{")
    panel = lesson.checks()
    assert panel.status.text.startswith("progress: progress.json must be a file that pmkit wrote")
    assert "Budgets of 100" in panel.question.value
    give(panel, "57")
    assert panel.status.kind == "problem"
    assert panel.answer.number.value == "57"


def test_an_answer_to_what_is_asked_otherwise_by_now_is_passed_over(lesson):
    record().add("check", "04-who", variant=0, answer="gone", confidence=70, is_right=False)
    record().add("check", "04-decide", variant=0, answer="pm", confidence=70, is_right=False)
    panel = lesson.checks()
    for _ in range(5):
        panel.next_button.click()
        assert panel.status.kind != "problem"


def test_a_lesson_without_checks_says_so(lesson):
    panel = Lesson("04", "a", "A", "Q?").checks()
    for button in (panel.check_button, panel.again_button, panel.next_button):
        button.click()
    assert panel.status.text == "This lesson has no checks."


def test_texts_of_a_table_are_escaped(lesson):
    panel = lesson.checks()
    panel.show(1)
    give(panel, "sponsor")
    give(panel, "sponsor")
    panel.show(4)
    assert "<everything>" not in panel.question.value + panel.said.value


def test_the_order_is_changed_by_its_buttons(lesson):
    panel = lesson.checks()
    panel.show(2)
    panel.answer.put(("dig", "power", "cable", "test"))
    panel.answer.order.move(2, -1)
    assert panel.answer.answer() == RIGHT["04-steps"]
    panel.answer.order.move(0, -1)
    panel.answer.order.order = [0, 0, 1, 2]
    assert panel.answer.answer() == RIGHT["04-steps"]


# Every check of the lessons


def _posed() -> Iterator[tuple[Lesson, int, Posed]]:
    for each in lessons():
        for at, check in enumerate(each.all_checks):
            yield each, at, pose(check)


def _right(lesson: Lesson, posed: Posed) -> Any:
    if posed.check.kind != "decision":
        return posed.answer
    from pmkit.learning.cards.judging import owner_of

    card = lesson.card(posed.card)
    best = next(one for one in card.options if one.verdict == "right")
    return {"owner": owner_of(card, lesson.program), "option": best.key}


@pytest.mark.long
def test_a_learner_who_knows_everything_is_right_everywhere(tmp_path, monkeypatch):
    monkeypatch.setenv("PMKIT_PROGRESS", str(tmp_path / "progress.json"))
    panels = {each.number: each.checks() for each in lessons() if each.all_checks}
    for each, at, posed in _posed():
        panel = panels[each.number]
        panel.show(at)
        give(panel, _right(each, posed))
        assert panel.result is not None, (posed.check.id, panel.status.text)
        assert panel.result.is_right, (posed.check.id, panel.said.value)
    for each in lessons():
        if each.all_checks:
            count = len(each.all_checks)
            assert f"{count} of {count} right" in panels[each.number].summary.value


@pytest.mark.long
def test_each_misconception_is_recognised_and_answered_with_its_hint(tmp_path, monkeypatch):
    monkeypatch.setenv("PMKIT_PROGRESS", str(tmp_path / "progress.json"))
    from pmkit.learning.misconceptions import misconceptions

    missed = []
    for each, at, posed in _posed():
        for believed, answer in posed.wrong.items():
            record().reset()
            panel = each.checks()
            panel.show(at)
            give(panel, answer)
            (event,) = record().events("check")
            told = misconceptions()[believed]
            if event.facts["misconception"] != believed or told.hint not in _text(panel):
                missed.append((posed.check.id, believed, event.facts["misconception"]))
    assert missed == []


def _text(panel: CheckPanel) -> str:
    from html import unescape

    return unescape(panel.said.value)


@pytest.mark.parametrize("kind", ["numeric", "choice", "order", "sort"])
def test_what_is_put_in_is_what_comes_out(lesson, kind):
    check = next(one for one in lesson.all_checks if one.kind == kind)
    posed = pose(check)
    form = answering(posed)
    form.put(posed.answer)
    assert form.answer() == posed.answer
