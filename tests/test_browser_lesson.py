"""The panels of a lesson as people meet them: with the keyboard alone, without a network."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest

from tests.panel_page import Panel

_OPEN = """import os
from pathlib import Path

folder = Path({folder!r})
os.environ["PMKIT_PROGRESS"] = str(folder / "progress.json")
from tests.small_lesson import small_lesson

lesson = small_lesson(folder / "tables")"""

_SLOW = """import time
from pmkit.learning.panels.checks import CheckPanel

check = CheckPanel.check

def slowly(panel):
    ends = time.monotonic() + 60
    while not (folder / "go").exists() and time.monotonic() < ends:
        time.sleep(0.02)
    check(panel)

CheckPanel.check = slowly"""
"""A kernel that marks nothing until it is let go."""

_ANSWERED_LATER = """(input, text) => {
  input.value = text;
  input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
}"""
"""Send something else to the kernel, without the keyboard; it is answered after all before it."""

_WHERE = """() => {
  const here = document.activeElement;
  const name = here.ariaLabel || (here.labels?.[0] ?? here).textContent || "";
  return [name.trim(), here.closest("fieldset")?.querySelector("legend")?.textContent ?? ""];
}"""


_BACK, _SURE = "Shift+Tab", "How sure are you?"


class Keys:
    """A person without a mouse, in one of the panels of a page."""

    def __init__(self, page: Any, panel: Any, presses: int = 60) -> None:
        self.page, self.panel, self.presses = page, panel, presses

    def go_to(self, name: str, key: str = "Tab", legend: str = "") -> None:
        """Press Tab until the keyboard is on what has this name, or in a group of this legend."""
        for _ in range(self.presses):
            label, group = self.page.evaluate(_WHERE)
            if group == legend if legend else label.startswith(name):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{name or legend} is not within reach of {key}: {label!r}")

    def type(self, name: str, text: str, key: str = "Tab") -> None:
        self.go_to(name, key)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, legend: str, text: str, key: str = "Tab") -> None:
        """Choose in a group of radio buttons."""
        self.go_to("", key, legend)
        self.page.keyboard.press("Space")
        for _ in range(9):
            if self.page.evaluate(_WHERE)[0].startswith(text):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{text} is not in {legend}: {self.page.evaluate(_WHERE)}")

    def press(self, name: str, key: str = "Tab") -> None:
        self.go_to(name, key)
        self.page.keyboard.press("Enter")

    def is_on(self, name: str) -> None:
        """Wait until the panel has brought the keyboard to one of its buttons."""
        self.panel.locator("button:focus", has_text=name).wait_for()

    def says(self, text: str) -> None:
        self.panel.locator(".pmkit-status", has_text=text).wait_for()


def open_lesson(page: Any, server: Any, name: str, *codes: str) -> None:
    """Open a notebook of these cells, the last of which has checks."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(code) for code in codes], metadata=kernel
    )
    nbformat.write(notebook, server.root / name)
    page.goto(server.page(name))
    page.locator(".pmkit-panel").last.get_by_label("Your answer (%)").wait_for()


@pytest.fixture
def lesson_page(page, voila_server, tmp_path) -> Any:
    calls = ('lesson.predict("done")', "lesson.cards()", "lesson.checks()")
    open_lesson(
        page, voila_server, "small_lesson.ipynb", _OPEN.format(folder=str(tmp_path)), *calls
    )
    return page


def test_voila_a_lesson_is_taken_with_the_keyboard_alone(
    lesson_page, voila_server, axe, foreign_requests
):
    page, first = lesson_page, Panel(lesson_page)
    panels = page.locator(".pmkit-panel")
    assert axe(page) == []

    keys = Keys(page, panels.nth(0))  # a prediction: first what cannot be read, then a number
    keys.type("Your answer (%)", "sixty")
    keys.press("Save my prediction")
    keys.says("answer: must be a number, such as 12.5, got 'sixty'")
    keys.type("Your answer (%)", "60 %", _BACK)
    keys.press("Save my prediction")
    keys.says("confidence: must be said")
    keys.choose(_SURE, "50 %", _BACK)
    keys.press("Save my prediction")
    keys.says("Saved. Now run the next cell.")
    keys.is_on("Change")

    keys = Keys(page, panels.nth(1))  # a situation: nothing, then half right
    keys.press("Decide")
    keys.says("owner: one must be chosen, got nothing")
    keys.choose("Whose decision is it?", "Sponsor", _BACK)
    keys.choose("What is a good decision?", "Tell who waits")
    keys.choose(_SURE, "80 %")
    keys.press("Decide")
    keys.says("Owner not right, decision right.")
    keys.is_on("Next")
    page.locator(".pmkit-seat", has_text="The program finishes 10 Aug 2026").wait_for()
    first.keep_a_picture("voila_lesson_card")

    keys = Keys(page, panels.nth(2))  # checks: missed, then right, an order, and back
    keys.type("Your answer (%)", "65")
    keys.choose(_SURE, "90 %")
    keys.press("Check my answer")
    keys.says("Not right yet. Read why, and try again: 2 tries left.")
    keys.type("Your answer (%)", "57", _BACK)
    keys.press("Check my answer")
    keys.says("Right. Go on with Next.")
    keys.is_on("Next")
    page.keyboard.press("Enter")
    panels.nth(2).get_by_text("Case 0: who accepts").wait_for()
    keys.is_on("Next")
    page.keyboard.press("Enter")
    panels.nth(2).get_by_text("Case 0: put the work").wait_for()
    keys.press("Move up: Lay the cable", _BACK)
    panels.nth(2).locator(".pmkit-order li").nth(1).get_by_text("Lay the cable").wait_for()
    assert page.evaluate(_WHERE)[0] == "Move up: Lay the cable"  # the keyboard moves with it
    said = panels.nth(2).locator(".pmkit-order .pmkit-unseen")
    assert said.text_content() == "Lay the cable: place 2 of 4"
    keys.choose(_SURE, "100 %")
    keys.press("Check my answer")
    keys.says("Right. Go on with Next.")
    assert axe(page) == []
    first.keep_a_picture("voila_lesson_checks")

    page.set_viewport_size({"width": 900, "height": 1000})
    assert axe(page) == []
    wide = page.evaluate(
        "[...document.querySelectorAll('.pmkit-panel *')].filter(e => e.offsetParent && "
        "!e.closest('.pmkit-unseen') && e.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert wide == 0

    assert (first.page_errors, foreign_requests) == ([], [])

    page.goto(voila_server.page("small_lesson.ipynb"))  # a new kernel, the same learner
    panels.nth(0).get_by_text("You expect 60 %, and you are 50 % sure.").wait_for()
    panels.nth(2).get_by_text("2 answered, 1 right at first.").wait_for()
    assert foreign_requests == []


def test_voila_a_late_answer_leaves_the_keyboard_where_the_learner_has_gone(
    page, voila_server, tmp_path
):
    first = Panel(page)
    codes = (_OPEN.format(folder=str(tmp_path)), _SLOW, 'lesson.predict("done")', "lesson.checks()")
    open_lesson(page, voila_server, "slow_lesson.ipynb", *codes)
    predict, checks = page.locator(".pmkit-panel").all()
    box, go = predict.get_by_label("Your answer (%)"), tmp_path / "go"
    keys = Keys(page, checks)

    def let_go(word: str) -> None:
        """Let the kernel answer, and wait until all that it has to say is said."""
        box.evaluate(_ANSWERED_LATER, word)
        go.touch()
        keys.says("Right. Go on with Next.")
        predict.get_by_text(f"must be a number, such as 12.5, got '{word}'").wait_for()
        go.unlink()

    checks.get_by_label("Your answer (%)").focus()
    keys.type("Your answer (%)", "57")
    keys.choose(_SURE, "90 %")
    keys.press("Check my answer")
    box.click()  # in another panel
    let_go("one")
    assert predict.locator("input:focus").count() == 1
    assert checks.locator("button:focus").count() == 0

    keys.press("Next")
    checks.get_by_text("Case 0: who accepts").wait_for()
    page.wait_for_timeout(1000)  # a person reads; the new answer box comes a moment later
    keys.choose("Your answer", "The project manager", _BACK)
    keys.choose(_SURE, "80 %")
    keys.press("Check my answer")
    keys.go_to("", _BACK, _SURE)  # in the same panel, where the answer closes it
    let_go("two")
    assert checks.locator("button:focus").count() == 0

    keys.press("Next")
    checks.get_by_text("Case 0: put the work").wait_for()
    page.wait_for_timeout(1000)  # a person reads; the new answer box comes a moment later
    keys.press("Move up: Lay the cable", _BACK)
    checks.locator(".pmkit-order li").nth(1).get_by_text("Lay the cable").wait_for()
    keys.choose(_SURE, "70 %")
    keys.press("Check my answer")  # and waits for the answer
    let_go("three")
    keys.is_on("Next")
    assert first.page_errors == []
