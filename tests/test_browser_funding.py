"""The funding panel as people meet it, without a network."""

from __future__ import annotations

import nbformat

from tests.panel_page import Panel

_CODE = """import pmkit as pm

told = {"A": (6, 10), "B": (5, 8), "C": (5, 8)}
infos = (pm.ProjectInfo(i, money={"cost": c, "benefit": b}) for i, (c, b) in told.items())
pm.FundingPanel(pm.Program((), candidates=tuple(infos)))"""


def test_voila_a_budget_is_typed_and_a_project_is_ticked(page, voila_server, axe, foreign_requests):
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(_CODE)], metadata=kernel)
    nbformat.write(notebook, voila_server.root / "funding_alone.ipynb")
    panel = Panel(page)
    page.goto(voila_server.page("funding_alone.ipynb"))
    panel.wait_for_answer("Fund A: 10.")
    page.locator(".pmkit-framed svg.marks").nth(1).wait_for()
    assert axe(page, ".pmkit-panel") == []
    drawn = panel.drawing("framed")
    box = page.get_by_label("Budget in all")
    box.fill("much")
    box.press("Enter")
    panel.wait_for_status("\u26a0 Budget in all: must be a number, got 'much'")
    box.fill("10")
    box.press("Enter")
    panel.wait_for_answer("Fund B, C: 16.")
    panel.wait_for_change("framed", drawn)
    page.get_by_role("button", name="A", exact=True).click()
    page.get_by_role("button", name="Tick in").click()
    panel.wait_for_answer("Fund A: 10.")
    page.get_by_label("What is funded").select_option(label="Only what I ticked")
    panel.wait_for_answer("Your choice brings 10. It keeps to all limits.")
    page.locator(".pmkit-framed svg.marks", has_text="your choice: 10").wait_for()
    page.get_by_role("button", name="B", exact=True).click()
    page.get_by_role("button", name="Tick in").click()
    panel.wait_for_answer("Your choice brings 18. It breaks 1 limit: budget: 11 of 10, 1 too much.")
    page.locator(".pmkit-framed svg.marks", has_text="2 of 3 projects funded").wait_for()
    page.locator(".pmkit-framed svg.marks", has_text="your choice: 18, breaks 1 limit").wait_for()
    page.get_by_role("button", name="Undo").click()
    panel.wait_for_answer("Your choice brings 10. It keeps to all limits.")
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Undo").click()
    panel.wait_for_answer("Fund B, C: 16.")
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_funding")
    assert (panel.page_errors, foreign_requests) == ([], [])
