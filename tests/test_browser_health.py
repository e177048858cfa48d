"""The health panel as people meet it, without a network."""

from __future__ import annotations

import nbformat

from tests.panel_page import Panel

_CODE = """
import pmkit as pm
from pmkit.widgets.health import HealthPanel

HealthPanel(pm.sample())
"""


def test_voila_an_offender_is_found_and_mended(page, voila_server, axe, foreign_requests):
    cell = nbformat.v4.new_code_cell(_CODE)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata=kernel)
    nbformat.write(notebook, voila_server.root / "health_alone.ipynb")
    panel = Panel(page)
    page.goto(voila_server.page("health_alone.ipynb"))
    panel.wait_for_status("Pick a rule")
    page.locator(".pmkit-framed svg.marks").first.wait_for()
    assert axe(page, ".pmkit-panel") == []
    drawn = panel.drawing("framed")
    page.get_by_label("Rule").select_option(label="Lags: failed, 10 offend")
    panel.wait_for_change("framed", drawn)
    page.get_by_role("button", name="Depot.Install -> Depot.Wiring (SS+5)").click()
    page.get_by_role("button", name="Mend it").click()
    panel.wait_for_status("Changed Depot.Install -> Depot.Wiring (SS+5): lag 0")
    box = page.get_by_label("At most (%)")
    box.fill("seven")
    box.press("Enter")
    page.locator(".pmkit-why", has_text="must be a number").wait_for()
    box.fill("20")
    box.press("Enter")
    panel.wait_for_answer("10 of 18 checks passed.")
    page.get_by_role("button", name="Undo").click()
    panel.wait_for_answer("9 of 18 checks passed.")
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_health")
    assert (panel.page_errors, foreign_requests) == ([], [])
