"""The roadmap panel as people meet it, without a network."""

from __future__ import annotations

import nbformat

from tests.panel_page import Panel

_CODE = """import pmkit as pm

depot = pm.Project((pm.Activity("Build", 10),), members=(pm.ProjectInfo("Depot"),))
fleet = pm.Project((pm.Activity("Buy", 12), pm.Activity("Test", 3)),
                   (pm.Dependency("Buy", "Test"),), members=(pm.ProjectInfo("Fleet"),))
link = pm.Dependency("Depot.Build", "Fleet.Test")
pm.RoadmapPanel(pm.Program((depot, fleet), (link,)), trials=200)"""


def test_voila_a_slip_and_a_pause_are_tried(page, voila_server, axe, foreign_requests):
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(_CODE)], metadata=kernel)
    nbformat.write(notebook, voila_server.root / "roadmap_alone.ipynb")
    panel = Panel(page)
    page.goto(voila_server.page("roadmap_alone.ipynb"))
    panel.wait_for_answer("The program finishes after 15 working days. Nothing has been moved yet.")
    page.locator(".pmkit-framed svg.marks").first.wait_for()
    assert axe(page, ".pmkit-panel") == []
    drawn = panel.drawing("framed")
    box = page.get_by_label("Slips by (working days)")
    box.fill("much")
    box.press("Enter")
    panel.wait_for_status("\u26a0 Slips by (working days): must be a number, got 'much'")
    page.get_by_label("What slips").select_option(label="Build")
    box.fill("5")
    box.press("Enter")
    panel.wait_for_answer("Depot finishes 5 working days later, Fleet 3. Float takes up 2 working")
    panel.wait_for_change("framed", drawn)
    page.locator(".pmkit-framed svg.marks").nth(1).wait_for()  # the slip, followed
    page.get_by_role("button", name="Fleet", exact=True).click()
    page.get_by_label("Pause from").fill("14")
    page.get_by_label("Pause from").press("Enter")
    page.get_by_label("For", exact=True).fill("6")
    page.get_by_label("For", exact=True).press("Enter")
    panel.wait_for_answer("The program finishes after 23 working days, 8 working days later")
    page.get_by_label("Seen from").select_option(label="The manager of Depot")
    panel.wait_for_answer("Depot finishes after 15 working days, 5 working days later")
    page.locator(".pmkit-tile", has_text="Depot: 80 % sure by").get_by_text("day 15").wait_for()
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_roadmap")
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Undo").click()
    panel.wait_for_answer("Depot finishes after 10 working days. Nothing has been moved yet.")
    assert (panel.page_errors, foreign_requests) == ([], [])
