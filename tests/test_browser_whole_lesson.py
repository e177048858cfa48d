"""A whole lesson as a page, taken by somebody without a mouse who knows everything."""

from __future__ import annotations

from typing import Any

import pytest

import pmkit as pm
from pmkit.learning.cards.card import Card
from pmkit.learning.cards.judging import owner_of
from pmkit.learning.checking.posing import pose
from pmkit.learning.lesson import Lesson
from tests.panel_page import Panel
from tests.test_browser_lesson import Keys

_SURE, _ANSWER, _BACK = "How sure are you?", "Your answer", "Shift+Tab"
_FAR = 300  # a workbench panel lies between


def predict(keys: Keys, lesson: Lesson, name: str) -> None:
    """Say what will come, before the next cell."""
    prediction = lesson.prediction(name)
    came = prediction.outcome(lesson.program).answer
    if isinstance(came, str):
        keys.choose(_ANSWER, came)
    else:
        keys.type(_ANSWER, f"{came:.{prediction.decimals}f}")
    keys.choose(_SURE, "80 %")
    keys.press("Save my prediction")
    keys.says("Saved. Now run the next cell.")
    keys.is_on("Change")


def shown_card(panel: Any, cards: tuple[Card, ...]) -> Card:
    """Return the situation that is on the screen."""
    said = panel.inner_text()
    return next(card for card in cards if card.known in " ".join(said.split()))


def decide(keys: Keys, panel: Any, lesson: Lesson, key: str) -> None:
    """Say whose decision it is, and take the right option."""
    card = shown_card(panel, lesson.all_cards)
    right = next(option.text for option in card.options if option.verdict == "right")
    keys.choose("Whose decision is it?", owner_of(card, lesson.program).capitalize(), key)
    keys.choose("What is a good decision?", right[:40])
    keys.choose(_SURE, "100 %")
    keys.press("Decide")
    keys.says("Owner right, decision right.")
    keys.is_on("Next")


@pytest.mark.long
def test_voila_a_whole_lesson_is_taken_with_the_keyboard_alone(
    page, voila_server, foreign_requests
):
    lesson, first = pm.lesson("04"), Panel(page)
    page.goto(voila_server.page("lessons/04_progress.ipynb"), timeout=180_000)
    panels = page.locator(".pmkit-panel")
    panels.nth(4).get_by_role("button", name="Check my answer").wait_for()
    predict(Keys(page, panels.nth(0)), lesson, "done")
    predict(Keys(page, panels.nth(1)), lesson, "hides")
    keys = Keys(page, panels.nth(3), _FAR)
    for place in range(3):
        decide(keys, panels.nth(3), lesson, _BACK if place else "Tab")
        if place < 2:
            keys.press("Next")
            panels.nth(3).get_by_text(f"{place + 2} of 3").wait_for()
            page.wait_for_timeout(1000)
    keys = Keys(page, panels.nth(4))
    for place, check in enumerate(lesson.all_checks):
        posed, key = pose(check), _BACK if place else "Tab"
        if isinstance(posed.answer, str):
            keys.choose(_ANSWER, posed.option(posed.answer).text[:40], key)
        else:
            keys.type(_ANSWER, posed.told(posed.answer), key)
        keys.choose(_SURE, "100 %")
        keys.press("Check my answer")
        keys.says("Right.")
        keys.is_on("Next")
        if place < len(lesson.all_checks) - 1:
            keys.press("Next")
            panels.nth(4).get_by_text(f"{place + 2} of 5").wait_for()
            page.wait_for_timeout(1000)  # a person reads; the new answer box comes a moment later
    panels.nth(4).get_by_text("5 answered, 5 right at first.").wait_for()
    first.keep_a_picture("voila_whole_lesson")
    assert (first.page_errors, foreign_requests) == ([], [])
