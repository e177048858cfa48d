"""The portrait by hand, without a browser: rate, see, store, come back."""

from __future__ import annotations

import pytest

from pmkit.learning.lesson import lesson
from pmkit.learning.panels.skills import SkillPanel
from pmkit.learning.record import PLACE, record
from pmkit.model.errors import PlanError
from tests.wording import exactly


@pytest.fixture(autouse=True)
def own_file(tmp_path, monkeypatch):
    monkeypatch.setenv(PLACE, str(tmp_path / "progress.json"))


@pytest.fixture
def panel() -> SkillPanel:
    return lesson("01").skills()


def test_it_begins_with_nothing_rated(panel):
    assert repr(panel) == "SkillPanel 10 skills"
    assert panel.result.ratings == {}
    assert panel.status.text == "Say how well you know each skill. Nobody else sees it."
    assert "Rate your skills, and lessons are named here." in panel.next_lessons.value


def test_every_input_has_a_label(panel):
    labels = [box.description for box in (*panel.ratings.values(), panel.aim)]
    assert labels[0] == "Schedules"
    assert labels[-1] == "I aim at"
    assert all(labels)


def test_a_choice_is_seen_at_once(panel):
    panel.ratings["strategy"].value = 1
    assert panel.result.ratings == {"strategy": 1}
    assert "08 Alignment" in panel.next_lessons.value
    panel.aim.value = "project manager"
    assert panel.result.table["missing"].sum() == 1
    assert panel.status.text == (
        "1 of 10 skills rated: Strategic mindset is below what the project manager's seat asks for."
    )


def test_at_most_five_lessons_are_named(panel):
    panel.rate(dict.fromkeys(panel.ratings, 1))
    assert panel.next_lessons.value.count("<tr><th scope='row'") == 5
    assert len(panel.result.next_lessons) > 5


def test_a_portrait_is_stored_and_comes_back(panel):
    panel.rate({"risk": 4, "authority": 2}, "program manager")
    panel.store_button.click()
    assert panel.status.text.startswith("Stored on this machine.")
    (event,) = record().events("skill", "portrait")
    assert event.facts == {"ratings": {"risk": 4, "authority": 2}, "aim": "program manager"}
    again = SkillPanel(lesson("01"))
    assert again.result.ratings == {"risk": 4, "authority": 2}
    assert again.aim.value == "program manager"
    assert again.status.text == "This is the portrait that you stored last."


def test_nothing_is_not_stored(panel):
    panel.store_button.click()
    sentence = "portrait: at least one skill must be rated to be stored, got none"
    assert (panel.status.kind, panel.status.text) == ("problem", sentence)
    assert record().events("skill") == ()
    with pytest.raises(PlanError, match=exactly(sentence)):
        panel.store()


@pytest.mark.parametrize("ratings", [None, "x", {"golf": 3}, {"risk": 9}, {"risk": [1]}])
def test_what_a_file_holds_that_no_longer_means_anything_is_left_out(ratings):
    record().add("skill", "portrait", ratings=ratings)
    panel = SkillPanel(lesson("01"))
    assert panel.result.ratings == {}
    assert panel.status.kind == "done"


def test_in_the_dark_all_stays_as_it_is(panel):
    panel.rate({"risk": 4})
    said = panel.status.text
    panel.status.dark = True
    assert panel.status.text == said
    assert panel.result.ratings == {"risk": 4}
