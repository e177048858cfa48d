"""The resource panel as people meet it: capacities typed, rows picked, without a network.

``PMKIT_SCREENSHOTS=folder`` keeps what it looked like.
"""

from __future__ import annotations

from typing import Any

import nbformat
import pytest

from tests.panel_page import Panel

_SITE = """
from datetime import date
from pmkit.widgets.resources import ResourcePanel
from tests.shared_cranes import site

ResourcePanel(site(start=date(2026, 3, 2)))
"""
_YARD = """
from pmkit.widgets.resources import ResourcePanel
from tests.shared_cranes import yard

ResourcePanel(yard())
"""


def open_panel(page: Any, server: Any, code: str, name: str) -> Panel:
    cell = nbformat.v4.new_code_cell(code)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata=kernel)
    nbformat.write(notebook, server.root / f"{name}.ipynb")
    panel = Panel(page)
    page.goto(server.page(f"{name}.ipynb"))
    panel.wait_for_status("Choose an aim")
    page.locator(".pmkit-framed svg.marks").first.wait_for()
    return panel


def test_voila_capacities_are_tried_and_the_levelled_plan_follows(
    page, voila_server, axe, foreign_requests
):
    panel = open_panel(page, voila_server, _SITE, "resources_alone")
    panel.wait_for_answer("Finish 12 Mar 2026, 4 working days later than by logic alone")
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_resources")

    why = page.locator(".pmkit-card", has_text="levelled start day").last
    before = why.text_content()
    row = page.locator(".pmkit-pick tbody button").nth(1)
    row.focus()
    row.press("Enter")
    page.wait_for_function(
        "before => ![...document.querySelectorAll('.pmkit-card')].some("
        "card => card.textContent === before)",
        arg=before,
    )
    assert row.get_attribute("aria-pressed") == "true"
    assert "it wants 1 of 1" in why.text_content()

    drawn = panel.drawing("framed")
    crane = page.get_by_label("Crane", exact=True)
    crane.press("ArrowUp")
    panel.wait_for_answer("Finish 6 Mar 2026, as by logic alone: proven shortest.")
    panel.wait_for_change("framed", drawn)
    crane.fill("0")
    crane.press("Enter")
    page.locator(".pmkit-why", has_text="its capacity of 0 units, got 1").wait_for()
    page.get_by_role("button", name="Undo").click()
    panel.wait_for_answer("Finish 12 Mar 2026, 4 working days later")
    page.get_by_label("Aim", exact=True).select_option("Keep the finish, lower the peaks")
    panel.wait_for_answer("Finish 6 Mar 2026, as by logic alone: the finish is kept")
    assert axe(page, ".pmkit-panel") == []
    assert (panel.page_errors, foreign_requests) == ([], [])


def test_voila_the_exact_engine_shows_how_far_it_is_and_can_be_stopped(page, voila_server, axe):
    pytest.importorskip("ortools")
    panel = open_panel(page, voila_server, _YARD, "resources_yard")
    page.locator(".pmkit-answer", has_text="could still be gained").wait_for()
    answer = panel.answer
    page.get_by_label("Engine", exact=True).select_option("Exact, until the time limit")
    limit = page.get_by_label("Time limit (seconds)", exact=True)
    limit.fill("120")
    limit.press("Enter")
    page.get_by_label("Levelling", exact=True).wait_for()
    page.locator(".pmkit-row", has_text="Levelling: 1 %").wait_for()
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_resources_exact")
    page.get_by_role("button", name="Stop levelling").click()
    panel.wait_for_status("Levelling was stopped. The last answer is still shown.")
    assert panel.answer == answer
    assert panel.page_errors == []
