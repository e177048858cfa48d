"""The panel of the quarter as people meet it, by keyboard alone and without a network."""

from __future__ import annotations

import nbformat
import pytest

from tests.panel_page import Panel

_CODE = """import os, tempfile
os.environ["PMKIT_PROGRESS"] = os.path.join(tempfile.mkdtemp(), "progress.json")
import pmkit as pm

pm.lesson("12").quarter()"""


@pytest.fixture
def panel(page, voila_server):
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(_CODE)], metadata=kernel)
    nbformat.write(notebook, voila_server.root / "quarter_alone.ipynb")
    found = Panel(page)
    page.goto(voila_server.page("quarter_alone.ipynb"))
    return found


def decide(page, panel, option, sure):
    """Decide with the keyboard alone."""
    page.get_by_role("group").first.get_by_role("radio").nth(option).focus()
    page.keyboard.press("Space")
    page.get_by_role("group", name="How sure").get_by_role("radio").nth(sure).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Decide").focus()
    page.keyboard.press("Enter")
    panel.wait_for_status("Decided: quality ")


def test_voila_a_quarter_is_played_from_both_seats_by_keyboard(page, panel, axe, foreign_requests):
    panel.wait_for_status("Take an option")
    page.get_by_role("heading", name="The chargers come late").wait_for()
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_quarter_asked")
    page.get_by_role("button", name="Decide").focus()
    page.keyboard.press("Enter")
    panel.wait_for_status("\u26a0 option: must be taken, got none")
    decide(page, panel, 1, 3)
    page.get_by_text("Decision quality 0 of 100").wait_for()
    page.get_by_role("heading", name="What the program manager sees").wait_for()
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_quarter_decided")
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    panel.wait_for_status("Take an option")
    for title, option in (("The chargers come late", 0), ("Six buses a week earlier", 2),
                          ("The mayor wants a date", 1), ("One specialist, two projects", 2),
                          ("The board cuts EUR 20,000", 0),
                          ("The gate before the trial run", 1)):  # fmt: skip
        page.locator("h3", has_text=title).wait_for()
        page.wait_for_timeout(1000)  # a person reads; the new options come a moment later
        decide(page, panel, option, 3)
        # the keyboard stands on the button that goes on
        page.wait_for_function("() => /Next event|To the debrief/.test("
                               "document.activeElement?.textContent ?? '')")  # fmt: skip
        page.keyboard.press("Enter")
    panel.wait_for_status("Both seats are played.")
    page.get_by_text("you were 80 % sure on average").wait_for()
    page.locator(".pmkit-framed svg.marks").nth(1).wait_for()
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_quarter_debrief")
    page.get_by_role("button", name="Restart").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The chargers come late").wait_for()
    assert (panel.page_errors, foreign_requests) == ([], [])
