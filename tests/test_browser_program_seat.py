"""The notebook of the program manager's seat in JupyterLab, run whole, without a network."""

from __future__ import annotations

import nbformat

from tests.panel_page import Panel, run_all_cells

NOTEBOOK = "workbench/program_seat.ipynb"
PANELS = ("weights", "funding", "roadmap", "gate")


def test_lab_the_whole_notebook_runs_and_draws(page, lab_server, foreign_requests):
    source = lab_server.root / NOTEBOOK
    notebook = nbformat.read(source, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, source.with_name("program_seat_again.ipynb"))
    panel = Panel(page)
    page.goto(lab_server.lab("workbench/program_seat_again.ipynb"))
    run_all_cells(page)
    assert page.locator(".jp-OutputArea-output[data-mime-type*='error']").count() == 0
    assert page.locator(".pmkit-panel").count() == len(PANELS)
    for place, name in enumerate(PANELS):
        drawn = page.locator(".pmkit-panel").nth(place).locator("svg.marks").first
        drawn.wait_for()
        page.locator(".pmkit-panel").nth(place).scroll_into_view_if_needed()
        assert drawn.is_visible()
        panel.keep_a_picture(f"lab_program_seat_{name}")
    pictures = page.locator(".jp-RenderedSVG > *")
    assert pictures.count() >= 12
    for place in range(pictures.count()):
        assert pictures.nth(place).bounding_box()["width"] > 300
    assert (panel.page_errors, foreign_requests) == ([], [])
