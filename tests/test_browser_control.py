"""The control panel as people meet it, without a network."""

from __future__ import annotations

import nbformat

from tests.panel_page import Panel

_CODE = """
import pmkit as pm

pm.ControlPanel(pm.sample().project("Depot"))
"""


def test_voila_what_may_not_be_decided_here_goes_up_and_is_agreed_on(
    page, voila_server, axe, foreign_requests
):
    cell = nbformat.v4.new_code_cell(_CODE)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata=kernel)
    nbformat.write(notebook, voila_server.root / "control_alone.ipynb")
    panel = Panel(page)
    page.goto(voila_server.page("control_alone.ipynb"))
    panel.wait_for_status("Raise an issue")
    page.locator(".pmkit-framed svg.marks").nth(1).wait_for()
    panel.wait_for_answer("beyond tolerance: time; cost.")
    assert axe(page, ".pmkit-panel") == []

    page.get_by_role("button", name="Approve").click()
    panel.wait_for_status("⚠ change request 'C2': must be approved by the program manager")
    page.locator(".pmkit-why", has_text="must be approved by").wait_for()  # beside the button
    page.get_by_label("Decided by").select_option("sponsor")
    page.get_by_role("button", name="Approve").click()
    panel.wait_for_status("Change C2 approved by the sponsor.")

    page.get_by_label("What was it?").select_option(label="R2 – Grid operator moves the outage")
    page.get_by_label("To be settled by").fill("soon")
    page.get_by_label("To be settled by").press("Enter")
    page.locator(".pmkit-why", has_text="must be a date such as").wait_for()
    page.get_by_label("To be settled by").fill("22 May 2026")
    page.get_by_label("To be settled by").press("Enter")
    page.get_by_role("button", name="Raise the issue").click()
    panel.wait_for_status("Raised issue I4 Grid operator moves the outage.")
    page.get_by_role("button", name="I4 – Grid operator").wait_for()

    before = panel.drawing("framed")
    page.get_by_role("button", name="Agree on this option").click()
    panel.wait_for_status("Crash to 2026-07-10: agreed on by")
    panel.wait_for_answer("within tolerance. The project manager decides.")
    panel.wait_for_change("framed", before)
    page.get_by_text("Nothing goes up: the project manager decides.").wait_for()
    page.get_by_role("button", name="Undo").click()
    panel.wait_for_answer("beyond tolerance")
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_control")
    assert (panel.page_errors, foreign_requests) == ([], [])
