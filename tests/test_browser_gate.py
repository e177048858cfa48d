"""The gate panel as people meet it, without a network."""

from __future__ import annotations

import nbformat

from tests.panel_page import Panel

_CODE = """import pmkit as pm

rules = (pm.Authority("program manager", cost=50, benefit=50), pm.Authority("sponsor"))
gate = pm.Gate("G1", "Depot", "Before the chargers", cost_to_complete=100, recoverable=5,
               holding_cost=2)
infos = (pm.ProjectInfo("Depot", money={"benefit": 120}), pm.ProjectInfo("Roof"))
pm.GatePanel(pm.Program((), candidates=infos, governance=pm.Governance(rules, gates=(gate,))))"""


def test_voila_a_gate_is_weighed_and_decided(page, voila_server, axe, foreign_requests):
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(_CODE)], metadata=kernel)
    nbformat.write(notebook, voila_server.root / "gate_alone.ipynb")
    panel = Panel(page)
    page.goto(voila_server.page("gate_alone.ipynb"))
    panel.wait_for_answer("G1 Depot: fund is best, worth 20 from here on, 6 more than pause.")
    page.locator(".pmkit-framed svg.marks").first.wait_for()
    page.get_by_role("row", name="Cost to complete 100 stop above 115").wait_for()
    page.get_by_role("row", name="Roof").get_by_role("cell", name="fund").wait_for()
    assert axe(page, ".pmkit-panel") == []
    drawn = panel.drawing("framed")
    box = page.get_by_label("Cost to complete").first
    box.fill("much")
    box.press("Enter")
    panel.wait_for_status("⚠ Cost to complete: must be a number, got 'much'")
    box.fill("130")
    box.press("Enter")
    panel.wait_for_answer("G1 Depot: stop is best, worth 5 from here on, 15 more than fund.")
    panel.wait_for_change("framed", drawn)
    page.get_by_role("row", name="Cost to complete 130 fund below 115").wait_for()
    page.get_by_label("What else is known").fill("The maker is bankrupt")
    page.get_by_role("button", name="Take this decision").click()
    panel.wait_for_status("⚠ decision on project 'Depot': stop must be decided by the sponsor")
    assert page.get_by_label("What else is known").input_value() == "The maker is bankrupt"
    page.get_by_label("Decided by").select_option(label="sponsor")
    page.get_by_role("button", name="Take this decision").click()
    panel.wait_for_status("D1: stop Depot, decided by the sponsor.")
    box = page.get_by_label("What came of it")
    box.fill("9")
    box.press("Enter")
    page.get_by_role("row", name="D1 stop Depot").get_by_role(
        "cell", name="deserved success"
    ).wait_for()
    assert axe(page, ".pmkit-panel") == []
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("No decision has been taken yet.").wait_for()
    page.get_by_role("button", name="Undo").click()
    panel.wait_for_answer("G1 Depot: fund is best")
    panel.keep_a_picture("voila_gate")
    assert (panel.page_errors, foreign_requests) == ([], [])
