"""A prediction is asked for, stored, and stays once the answer is out."""

from __future__ import annotations

import pytest

from pmkit.learning.lesson import Lesson
from pmkit.learning.panels.predict import PredictPanel
from pmkit.learning.record import record
from tests.small_lesson import small_lesson


@pytest.fixture
def lesson(tmp_path, monkeypatch) -> Lesson:
    monkeypatch.setenv("PMKIT_PROGRESS", str(tmp_path / "own" / "progress.json"))
    return small_lesson(tmp_path / "tables")


def saved(panel: PredictPanel, answer: object, confidence: int = 70) -> str:
    panel.answer.put(answer)
    panel.confidence.say(confidence)
    panel.save_button.click()
    return str(panel.status.text)


def test_what_a_notebook_stores_of_it_never_depends_on_the_learner(lesson):
    panel = lesson.predict("done")
    assert repr(panel) == "PredictPanel 04-done"
    saved(panel, "60")
    assert repr(lesson.predict("done")) == "PredictPanel 04-done"


def test_a_number_is_stored_with_confidence_and_whether_it_is_right(lesson):
    panel = lesson.predict("done")
    assert saved(panel, "57 %", 80) == "Saved. Now run the next cell."
    (event,) = record().events("prediction", "04-done")
    assert event.facts == panel.result == {
        "expected": 57.0, "confidence": 80, "is_right": True, "domain": "progress",
    }  # fmt: skip
    assert "right" not in panel.status.text + panel._stored.value


def test_an_option_is_stored_by_its_text(lesson):
    panel = lesson.predict("hides")
    saved(panel, "about 0.94")
    (event,) = record().events("prediction")
    assert (event.facts["expected"], event.facts["is_right"]) == ("about 0.94", False)


def test_bad_input_ends_in_a_sentence_and_stays_in_the_box(lesson):
    panel = lesson.predict("done")
    panel.save_button.click()
    assert panel.status.text == "answer: must be a number, such as 12.5, got nothing"
    assert saved(panel, "sixty") == "answer: must be a number, such as 12.5, got 'sixty'"
    assert panel.status.kind == "problem"
    assert panel.answer.number.value == "sixty"
    assert panel.answer.number.error == (
        "Your answer (%): must be a number, such as 12.5, got 'sixty'"
    )
    panel.answer.put("60")
    assert panel.answer.number.error == ""
    panel.confidence.value = -1
    panel.save_button.click()
    assert panel.status.text == (
        "confidence: must be said, from 50 % (a guess) to 100 %, got nothing"
    )
    assert record().events() == ()


def test_a_skip_is_stored(lesson):
    lesson.predict("done").skip_button.click()
    assert record().events()[0].facts == {"skipped": True, "domain": "progress"}
    assert "You skipped this prediction." in lesson.predict("done")._stored.value


def test_who_comes_back_finds_it_and_can_change_it_and_the_first_one_counts(lesson):
    saved(lesson.predict("done"), "40", 90)
    panel = lesson.predict("done")
    assert panel.status.text == "This is what you saved. Now run the next cell."
    assert "You expect 40 %, and you are 90 % sure." in panel._stored.value
    panel.change_button.click()
    assert (panel.answer.number.value, panel.confidence.confidence) == ("40", 90)
    saved(panel, "57", 60)
    assert [event.facts["expected"] for event in record().events("prediction")] == [40.0, 57.0]


def test_once_the_answer_is_out_it_stays(lesson):
    panel = lesson.predict("done")
    saved(panel, "40")
    told = lesson.reveal("done")
    assert any(line.startswith("You said 40 %") for line in told.lines)
    panel.change_button.click()
    assert panel.status.text == "The answer is out: what you expected stays as it is."
    saved(panel, "57")
    assert len(record().events("prediction")) == 1
    assert lesson.predict("done").change_button.layout.display == "none"


def test_without_a_prediction_the_answer_writes_nothing(lesson):
    lesson.reveal("done")
    assert not record().path.exists()


def test_a_broken_file_is_a_sentence_and_hides_no_answer(lesson):
    record().path.parent.mkdir(parents=True)
    record().path.write_text("{")
    panel = lesson.predict("done")
    assert panel.status.kind == "problem"
    assert panel.status.text.startswith("progress: progress.json must be a file that pmkit wrote")
    assert saved(panel, "57").startswith("progress: progress.json must be a file that pmkit wrote")
    assert panel.answer.number.value == "57"
    assert lesson.reveal("done").expected is None


def test_a_folder_that_cannot_be_written_to_is_a_sentence(lesson):
    record().path.parent.parent.mkdir(exist_ok=True)
    record().path.parent.write_text("a file where a folder should be")
    panel = lesson.predict("done")
    assert "nothing was stored" in saved(panel, "57")
    assert panel.result is None


def test_what_was_stored_for_another_question_is_passed_over(lesson):
    record().add("prediction", "04-hides", expected="it is blue", confidence=70)
    panel = lesson.predict("hides")
    assert panel.result is None
    assert panel.status.text.startswith("Say what you expect")
