"""The decision panel as people meet it, without a network."""

from __future__ import annotations

import nbformat

from tests.panel_page import Panel


def test_voila_a_probability_is_typed_and_the_choice_flips(
    page, voila_server, axe, foreign_requests
):
    code = "from pmkit.widgets.decision import DecisionPanel\n\nDecisionPanel()"
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)], metadata=kernel)
    nbformat.write(notebook, voila_server.root / "decision_alone.ipynb")
    panel = Panel(page)
    page.goto(voila_server.page("decision_alone.ipynb"))
    panel.wait_for_status("Pick a branch")
    page.locator(".pmkit-framed svg.marks").nth(1).wait_for()
    assert axe(page, ".pmkit-panel") == []
    drawn = panel.drawing("framed")
    page.get_by_label("Branch").select_option(label="build new > strong")
    box = page.get_by_label("Probability (%)")
    box.fill("probably")
    box.press("Enter")
    panel.wait_for_status("\u26a0 Probability (%): must be a number, got 'probably'")
    box.fill("85")
    box.press("Enter")
    panel.wait_for_answer("build new is best")
    panel.wait_for_change("framed", drawn)
    page.get_by_label("Outcome").select_option(label="weak")
    page.get_by_role("button", name="Undo").click()
    panel.wait_for_answer("upgrade is best: expected value 46, against build new 36.")
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_decision")
    assert (panel.page_errors, foreign_requests) == ([], [])
