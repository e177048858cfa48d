"""The risk panel as people meet it, without a network."""

from __future__ import annotations

import nbformat

from tests.panel_page import Panel

_CODE = """
import pmkit as pm
from pmkit.widgets.risks import RiskPanel

RiskPanel(pm.sample())
"""


def test_voila_a_response_is_taken_and_everything_follows(
    page, voila_server, axe, foreign_requests
):
    cell = nbformat.v4.new_code_cell(_CODE)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata=kernel)
    nbformat.write(notebook, voila_server.root / "risk_alone.ipynb")
    panel = Panel(page)
    page.goto(voila_server.page("risk_alone.ipynb"))
    panel.wait_for_status("Pick a risk")
    page.locator(".pmkit-framed svg.marks").nth(1).wait_for()
    assert axe(page, ".pmkit-panel") == []
    page.get_by_role("button", name="Fire brigade asks for a second exit").click()
    page.get_by_role("button", name="Take the response").click()
    panel.wait_for_status("Changed R5: response taken")
    page.get_by_role("button", name="Give the response up").wait_for()
    box = page.get_by_label("Probability (%)").first
    box.fill("a lot")
    box.press("Enter")
    page.locator(".pmkit-why", has_text="must be a number").wait_for()
    page.get_by_label("A day earlier is worth").fill("20000")
    page.get_by_label("A day earlier is worth").press("Enter")
    panel.wait_for_answer("responses are worth what they cost")
    page.get_by_role("button", name="Take the best responses").click()
    panel.wait_for_status("Took R")
    page.get_by_role("button", name="Undo").click()
    panel.wait_for_status("Undone.")
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_risk")
    assert (panel.page_errors, foreign_requests) == ([], [])
