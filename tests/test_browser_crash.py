"""The crash panel as people meet it: dragged by mouse and by keyboard, without a network.

``PMKIT_SCREENSHOTS=folder`` keeps what it looked like.
"""

from __future__ import annotations

import nbformat

from tests.panel_page import Panel

_CODE = """
from datetime import date
from pmkit.widgets.crash import CrashPanel
from tests.crash_plans import foundry

CrashPanel(foundry(start=date(2026, 3, 2), currency="EUR"))
"""


def test_voila_the_finish_is_dragged_and_everything_follows(
    page, voila_server, axe, foreign_requests
):
    cell = nbformat.v4.new_code_cell(_CODE)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata=kernel)
    nbformat.write(notebook, voila_server.root / "crash_alone.ipynb")
    panel = Panel(page)
    page.goto(voila_server.page("crash_alone.ipynb"))
    panel.wait_for_status("Drag the finish")
    page.locator(".pmkit-framed svg.marks").first.wait_for()
    assert axe(page, ".pmkit-panel") == []

    terms = {"Indirect cost per day": "2500", "Due": "2026-03-18", "Penalty per day late": "1500"}
    for label, text in terms.items():
        page.get_by_label(label, exact=True).fill(text)
        page.get_by_label(label, exact=True).press("Enter")
    panel.wait_for_answer("Finish 13 Mar 2026: the cheapest total")

    slider = page.get_by_label("Drag the finish")
    box, drawn = slider.bounding_box(), panel.drawing("framed")
    page.mouse.move(box["x"] + box["width"] * 3 / 8, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2, steps=6)
    panel.wait_for_answer("Finish 10 Mar 2026: EUR 18 k for crashing")  # before it is let go
    panel.wait_for_change("framed", drawn)
    page.mouse.up()
    panel.wait_for_status("Finish 10 Mar 2026.")
    slider.press("ArrowRight")
    panel.wait_for_status("Finish 11 Mar 2026.")
    assert slider.get_attribute("aria-valuetext") == "11 Mar 2026, 7 working days earlier"
    page.get_by_role("button", name="Undo").click()
    panel.wait_for_answer("Finish 10 Mar 2026")

    page.get_by_label("Finish", exact=True).fill("2026-03-03")
    page.get_by_label("Finish", exact=True).press("Enter")
    page.locator(".pmkit-why", has_text="must be at least day 7").wait_for()
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_crash")
    assert (panel.page_errors, foreign_requests) == ([], [])
