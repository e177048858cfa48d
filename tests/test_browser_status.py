"""The status panel as people meet it: in JupyterLab and as a Voila page, without a network.

``PMKIT_SCREENSHOTS=folder`` keeps what it looked like.
"""

from __future__ import annotations

from typing import Any

import nbformat
import pytest

from tests.panel_page import Panel, run_all_cells, run_the_first_cell

NOTEBOOK = "workbench/project_seat.ipynb"
PANELS = ("health", "status", "resources", "crashing", "risks", "decision", "control")
"""In the order of the notebook."""
APP = "workbench/project_seat_app.ipynb"


class StatusPage(Panel):
    """The status panel."""

    def figure(self, title: str) -> str:
        """Value and sentence of a headline."""
        tile = self.page.locator(".pmkit-tile", has=self.page.get_by_text(title, exact=True))
        return " ".join(tile.locator("p").all_text_contents())

    def wait_for_figure(self, title: str, text: str) -> None:
        tile = self.page.locator(".pmkit-tile", has=self.page.get_by_text(title, exact=True))
        tile.get_by_text(text).first.wait_for()

    def wait_until_drawn(self) -> None:
        self.page.locator(".pmkit-scroll svg.marks").first.wait_for()
        self.page.locator(".pmkit-framed svg.marks").nth(1).wait_for()
        self.wait_for_figure("Finish, forecast", "Simulated: 80 % sure")

    def type(self, label: str, text: str) -> None:
        box = self.page.get_by_label(label, exact=True)
        box.fill(text)
        box.press("Enter")


@pytest.fixture
def voila_panel(page: Any, voila_server: Any) -> StatusPage:
    panel = StatusPage(page)
    page.goto(voila_server.page(APP))
    panel.wait_for_status("To begin")
    return panel


def test_lab_the_whole_notebook_runs_and_draws(page, lab_server, foreign_requests):
    source = lab_server.root / NOTEBOOK
    notebook = nbformat.read(source, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, source.with_name("seat_again.ipynb"))
    panel = StatusPage(page)
    page.goto(lab_server.lab("workbench/seat_again.ipynb"))
    run_all_cells(page)
    panel.wait_until_drawn()
    for place in range(len(PANELS)):
        page.locator(".pmkit-panel").nth(place).locator("svg.marks").first.wait_for()
    assert page.locator(".jp-OutputArea-output[data-mime-type*='error']").count() == 0
    # the last cells moved the panel and took it back: it shows the plan as it was opened
    assert "20 Jul 2026" in panel.figure("Finish, as scheduled")
    for place in range(page.locator(".jp-RenderedSVG svg").count()):
        assert page.locator(".jp-RenderedSVG svg").nth(place).bounding_box()["width"] > 300
    for place, name in enumerate(PANELS):
        page.locator(".pmkit-panel").nth(place).scroll_into_view_if_needed()
        assert page.locator(".pmkit-panel").nth(place).locator("svg.marks").first.is_visible()
        panel.keep_a_picture(f"lab_project_seat_{name}")
    assert page.locator(".pmkit-panel").count() == len(PANELS)
    assert (panel.page_errors, foreign_requests) == ([], [])


def test_lab_the_notebook_s_panel_moves_and_everybody_can_use_it(
    page, lab_server, axe, foreign_requests
):
    committed = nbformat.read(lab_server.root / NOTEBOOK, as_version=4)
    (shown,) = [c.source for c in committed.cells if c.source.startswith("panel = ")]
    plan = next(c.source for c in committed.cells if c.source.startswith("plan = "))
    committed.cells = [nbformat.v4.new_code_cell(f"import pmkit as pm\n{plan}\n{shown}")]
    nbformat.write(committed, lab_server.root / "workbench" / "panel_alone.ipynb")
    panel = StatusPage(page)
    page.goto(lab_server.lab("workbench/panel_alone.ipynb"))
    run_the_first_cell(page)
    panel.wait_for_status("Read the figures")
    panel.wait_until_drawn()
    assert axe(page, ".pmkit-panel") == []
    assert panel.answer.startswith("30 Apr 2026: EUR 180.1 k over budget (CPI 0.81)")
    assert "11 working days later than the baseline" in panel.figure("Finish, as scheduled")

    page.get_by_role("button", name="Edit: 'ChargerOrder' Sign for twelve chargers is").click()
    page.locator(".pmkit-name", has_text="Sign for twelve chargers").wait_for()
    bars = panel.drawing("tall")
    panel.type("Days left", "1")
    panel.wait_for_status("Changed ChargerOrder: remaining duration 1 day (was 4 days).")
    panel.wait_for_figure("Finish, as scheduled", "14 Jul 2026")
    panel.wait_for_change("tall", bars)

    panel.type("Complete (%)", "140")
    page.get_by_text("It must be between 0 and 100, got 140.0.").wait_for()
    assert panel.status.endswith("percent_complete must be between 0 and 100, got 140.0")
    panel.type("Actual finish", "soon")
    page.get_by_text("It must be a date such as 2026-04-30 or 30 Apr 2026, got 'soon'.").wait_for()
    assert "14 Jul 2026" in panel.figure("Finish, as scheduled")  # nothing is lost
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("lab_status")
    assert (panel.page_errors, foreign_requests) == ([], [])


def test_voila_the_sample_is_opened_edited_saved_and_brought_back(
    voila_panel, axe, foreign_requests, tmp_path
):
    panel, page = voila_panel, voila_panel.page
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_status_first_screen")
    page.get_by_role("button", name="Open the sample").click()
    panel.wait_until_drawn()
    page.get_by_label("Show the arithmetic: Cost performance (CPI)").click()
    page.get_by_text("CPI = EV / AC", exact=True).wait_for()
    panel.type("Search", "snags")
    page.wait_for_function("document.querySelector('.pmkit-panel select').options.length === 1")
    panel.type("Complete (%)", "20")
    panel.wait_for_status("Changed Depot.Snags: percent complete 20 % (was none).")
    assert page.get_by_text("CPI = EV / AC", exact=True).is_visible()  # what is open stays open
    with page.expect_download() as download:
        page.get_by_role("button", name="Save a copy (Excel)").click()
    download.value.save_as(tmp_path / download.value.suggested_filename)
    page.get_by_role("button", name="Reset").click()
    panel.wait_for_status("Back to the plan")
    panel.upload(tmp_path / download.value.suggested_filename)
    panel.wait_for_status("Opened ")
    panel.wait_until_drawn()
    page.locator("option", has_text="Snags").wait_for(state="attached")
    page.get_by_label("Activity (60)").select_option(label="Snags Finish the snag list (Depot)")
    page.wait_for_function(
        "[...document.querySelectorAll('.pmkit-number')]"
        ".find((e) => e.textContent.startsWith('Complete')).querySelector('input').value === '20'"
    )
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_status_sample")
    assert (panel.page_errors, foreign_requests) == ([], [])


def test_a_plan_without_baseline_or_date_is_helped_on_its_way(voila_panel):
    panel, page = voila_panel, voila_panel.page
    hostile = "<img src=x onerror=alert(1)>"
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    rows = f"id,name,duration,predecessors,cost_per_day\nA,{hostile},5,,100\nB,Build,3,A,200\n"
    panel.upload({"name": "plan.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    panel.wait_for_status("Opened plan.csv")
    page.locator(".pmkit-scroll svg.marks").first.wait_for()
    panel.wait_for_answer("The plan has no saved baseline.")
    page.get_by_role("button", name="Save the plan as its baseline").click()
    panel.wait_for_status("The plan as it stands is its baseline now.")
    panel.wait_for_answer("The plan has no status date.")
    panel.type("Status date", "4")
    panel.wait_for_figure("Cost performance (CPI)", "No cost reported")
    panel.type("Complete (%)", "60")
    panel.type("Actual cost", "350")
    panel.wait_for_figure("Cost performance (CPI)", "0.86")
    panel.keep_a_picture("voila_status_small")
    assert page.locator(".pmkit-panel img, .pmkit-panel script").count() == 0
    assert (dialogs, panel.page_errors) == ([], [])
