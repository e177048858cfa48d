"""The resource panel as people meet it: capacities typed, rows picked, without a network.

``PMKIT_SCREENSHOTS=folder`` keeps what it looked like.
"""

from __future__ import annotations

import nbformat
import pytest

from tests.panel_page import Panel

_CODE = """
import pmkit as pm

pm.ResourcePanel(pm.sample(progress=False))
"""


def test_voila_capacities_are_tried_and_the_levelled_plan_follows(
    page, voila_server, axe, foreign_requests
):
    pytest.importorskip("ortools")
    cell = nbformat.v4.new_code_cell(_CODE)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata=kernel)
    nbformat.write(notebook, voila_server.root / "resources_alone.ipynb")
    panel = Panel(page)
    page.goto(voila_server.page("resources_alone.ipynb"))
    panel.wait_for_status("Choose an aim")
    page.locator(".pmkit-framed svg.marks").first.wait_for()
    panel.wait_for_answer("Finish 31 Jul 2026, 4 working days later than by logic alone")
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_resources")

    row = page.get_by_role("button", name="Fleet.Mechanics")
    row.focus()
    row.press("Enter")
    page.locator(".pmkit-card", has_text="it wants 1 of 1").first.wait_for()
    assert row.get_attribute("aria-pressed") == "true"

    drawn = panel.drawing("framed")
    box = page.get_by_label("Charging specialist", exact=True)
    box.press("ArrowUp")
    panel.wait_for_status("Tried Charging specialist")
    panel.wait_for_change("framed", drawn)
    crane = page.get_by_label("Crane", exact=True)
    crane.fill("0")
    crane.press("Enter")
    page.locator(".pmkit-why", has_text="its capacity of 0 units, got 1").wait_for()
    page.get_by_role("button", name="Undo").click()
    panel.wait_for_answer("Finish 31 Jul 2026, 4 working days later")

    page.get_by_label("Engine", exact=True).select_option("Exact, until the time limit")
    panel.wait_for_answer("proven shortest")
    page.get_by_label("Aim", exact=True).select_option("Keep the finish, lower the peaks")
    panel.wait_for_answer("Finish 27 Jul 2026, as by logic alone")
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_resources_smooth")
    assert (panel.page_errors, foreign_requests) == ([], [])
