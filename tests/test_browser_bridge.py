"""Messages and conversations as people meet them, without a network, by keyboard only."""

from __future__ import annotations

import nbformat
import pytest

from tests.panel_page import Panel

_KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
_CODE = """import os, tempfile
os.environ["PMKIT_PROGRESS"] = tempfile.mkdtemp() + "/progress.json"
import pmkit as pm
lesson = pm.lesson("11")
lesson.{panel}()"""


@pytest.fixture
def opened(page, voila_server):
    """Return a function that opens a page with one panel of the lesson."""

    def open_page(panel, width=1400):
        page.set_viewport_size({"width": width, "height": 1000})
        cell = nbformat.v4.new_code_cell(_CODE.format(panel=panel))
        notebook = nbformat.v4.new_notebook(cells=[cell], metadata=_KERNEL)
        nbformat.write(notebook, voila_server.root / f"bridge_{panel}.ipynb")
        found = Panel(page)
        page.goto(voila_server.page(f"bridge_{panel}.ipynb"))
        return found

    return open_page


def _check(page, label):
    """Reach an input by its label, and pick it with the space bar."""
    page.get_by_label(label).focus()
    page.keyboard.press("Space")


def _press(page, button):
    page.get_by_role("button", name=button).first.focus()
    page.keyboard.press("Enter")


def _fits(page):
    return page.evaluate(
        "document.querySelector('.pmkit-panel').scrollWidth <= "
        "document.querySelector('.pmkit-panel').clientWidth + 1"
    )


def test_voila_a_message_is_written_sent_and_answered(page, opened, axe, foreign_requests):
    panel = opened("messages")
    panel.wait_for_status("Pick to whom")
    assert axe(page, ".pmkit-panel") == []
    for label in ("The program manager, with copies", "Back the faster option", "By 22 May",
                  "Half a page", "The launch is now", "Service's trial"):  # fmt: skip
        _check(page, label)
    page.get_by_text("2 of 3 picked.").wait_for()
    _press(page, "Send it")
    panel.wait_for_status("⚠ facts: exactly three of eight must be picked, got 2")
    _check(page, "For EUR 30,000")
    page.get_by_text("3 of 3 picked.").wait_for()
    _press(page, "Send it")
    panel.wait_for_status("Sent. 4 of 5")
    page.get_by_text("With so many names on it I took it for information.").wait_for()
    page.get_by_role("columnheader", name="answered too late (yours)").wait_for()
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_message")
    _press(page, "Write it again")
    panel.wait_for_status("Change what you like")
    page.set_viewport_size({"width": 900, "height": 1000})
    assert axe(page, ".pmkit-panel") == []
    assert _fits(page)
    panel.keep_a_picture("voila_message_900")
    assert (panel.page_errors, foreign_requests) == ([], [])


def test_voila_a_conversation_is_held_and_scored(page, opened, axe, foreign_requests):
    panel = opened("conversations")
    panel.wait_for_status("Read what the other says")
    assert axe(page, ".pmkit-panel") == []
    _press(page, "Say this: What do you need her for")
    panel.wait_for_status("Turn 1 of 3 is taken.")
    page.get_by_text("Two days later would be fine").wait_for()
    _press(page, "Say this: So it is not that week")
    panel.wait_for_status("Turn 2 of 3 is taken.")
    _press(page, "Say this: So can we have her first?")
    panel.wait_for_status("The conversation is over: 5 of 6 points.")
    page.get_by_text("Turn 3: you could have said").wait_for()
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_conversation")
    page.set_viewport_size({"width": 900, "height": 1000})
    assert axe(page, ".pmkit-panel") == []
    assert _fits(page)
    panel.keep_a_picture("voila_conversation_900")
    assert (panel.page_errors, foreign_requests) == ([], [])
