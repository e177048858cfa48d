"""The what-if panel as people meet it: in JupyterLab and as a Voila page, without a network.

One page serves several plans: each is uploaded as its owner would. ``PMKIT_ALL_PLANS=1`` opens all
nine plans in both, and ``PMKIT_SCREENSHOTS=folder`` keeps what they looked like.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.panel_page import Panel, run_the_first_cell
from tests.project_files import java_or_skip

REAL = ("C2011-07", "C2011-08", "C2012-04", "C2012-13", "C2013-03", "C2014-04", "C2016-28",
        "C2019-16")  # fmt: skip
LARGE = "1_mp_j30_a10_nr1"  # 320 activities
SAMPLE = 6  # days that seven more days of its order move the launch: its builders work on Saturdays
ALL = os.environ.get("PMKIT_ALL_PLANS", "") not in {"", "0"}
APP = "workbench/what_if_app.ipynb"
DURATION = "Duration (working days)"


class WhatIfPage(Panel):
    """The what-if panel."""

    def wait_until_drawn(self) -> None:
        self.page.locator(".pmkit-scroll svg.marks").first.wait_for()
        self.page.locator(".pmkit-beside").wait_for()  # it appears with the simulation

    def move_a_duration(self, later: int = 7) -> None:
        """Make the first activity of the longest chain longer by keyboard, and see it matter."""
        finish, bars = self.answer, self.drawing("scroll")
        box = self.page.get_by_label(DURATION)
        box.fill("+7")
        box.press("Enter")
        self.wait_for_status("Changed ")
        self.wait_for_change("scroll", bars)
        answer = f"{later} working days later than the plan"
        self.page.locator(".pmkit-answer", has_text=answer).wait_for()
        assert self.answer != finish


@pytest.fixture
def voila_panel(page: Any, voila_server: Any) -> WhatIfPage:
    panel = WhatIfPage(page)
    page.goto(voila_server.page(APP))
    panel.wait_for_status("To begin")
    return panel


@pytest.fixture
def lab_panel(page: Any, lab_server: Any) -> WhatIfPage:
    panel = WhatIfPage(page)
    page.goto(lab_server.lab(APP))
    run_the_first_cell(page)
    panel.wait_for_status("To begin")
    return panel


def files_of(truth: Path, plan: str) -> list[Path]:
    folder = truth / ("msproject" if plan == LARGE else "real") / plan
    return [path for path in sorted(folder.glob("*.csv")) if "expected" not in path.name]


def open_and_move(panel: WhatIfPage, truth: Path, plans: tuple[str, ...], where: str) -> None:
    for plan in plans:
        panel.upload(*files_of(truth, plan))
        panel.wait_for_status("Opened ")
        panel.wait_until_drawn()
        panel.move_a_duration()
        panel.keep_a_picture(f"{where}_{plan}")


def test_voila_the_sample_moves_and_everybody_can_use_it(voila_panel, axe, foreign_requests):
    panel, page = voila_panel, voila_panel.page
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_first_screen")
    page.get_by_role("button", name="Open the sample").click()
    panel.wait_until_drawn()
    curves = panel.drawing("beside")
    panel.move_a_duration(SAMPLE)
    panel.wait_for_change("beside", curves)
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("voila_sample")
    assert (panel.page_errors, foreign_requests) == ([], [])


def test_voila_real_plans_are_uploaded_and_moved(voila_panel, truth, foreign_requests):
    plans = (*REAL, LARGE) if ALL else ("C2012-13", LARGE)
    open_and_move(voila_panel, truth, plans, "voila")
    assert (voila_panel.page_errors, foreign_requests) == ([], [])


def test_lab_the_sample_and_real_plans_move(lab_panel, truth, axe, foreign_requests):
    panel, page = lab_panel, lab_panel.page
    page.get_by_role("button", name="Open the sample").click()
    panel.wait_until_drawn()
    panel.move_a_duration(SAMPLE)
    assert axe(page, ".pmkit-panel") == []
    panel.keep_a_picture("lab_sample")
    open_and_move(panel, truth, (*REAL, LARGE) if ALL else ("C2016-28",), "lab")
    assert (panel.page_errors, foreign_requests) == ([], [])


@pytest.mark.parametrize(
    "name", ["msproject/1_mp_j30_a10_nr1.mpp", "primavera/MDL4RA.xer", "msproject/sample.xml"]
)
def test_lab_a_project_tools_file_is_uploaded_and_changed(name, lab_panel, truth, foreign_requests):
    java_or_skip()
    panel, page = lab_panel, lab_panel.page
    panel.upload(truth / name)
    panel.wait_for_status("Opened ")
    panel.wait_until_drawn()
    assert page.locator("summary", has_text="How the plan was read").count() == 1
    panel.keep_a_picture(f"lab_opened_{Path(name).suffix[1:]}")
    finish, bars = panel.answer, panel.drawing("scroll")
    box = page.get_by_label(DURATION)
    box.fill("+7")
    box.press("Enter")
    panel.wait_for_status("Changed ")
    panel.wait_for_change("scroll", bars)
    page.locator(".pmkit-answer", has_text="later than the plan").wait_for()
    assert panel.answer != finish
    panel.keep_a_picture(f"lab_changed_{Path(name).suffix[1:]}")
    assert (panel.page_errors, foreign_requests) == ([], [])


def test_lab_the_notebook_runs_on_a_project_tools_file(page, lab_server, truth, foreign_requests):
    java_or_skip()
    source = lab_server.root / "workbench" / "what_if.ipynb"
    notebook = nbformat.read(source, as_version=4)
    path = truth / "msproject" / "10_mp_j30_a2_nr5.mpp"
    for cell in notebook.cells:
        cell.source = cell.source.replace("pm.sample(progress=False)", f"pm.read({str(path)!r})")
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, source.with_name("what_if_mpp.ipynb"))
    page.goto(lab_server.lab("workbench/what_if_mpp.ipynb"))
    run_the_first_cell(page)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.locator(".jp-OutputArea-output", has_text="64 activities").first.wait_for()
    page.locator(".jp-OutputArea-output svg").first.wait_for()
    page.locator(".jp-OutputArea-output svg").first.scroll_into_view_if_needed()
    Panel(page).keep_a_picture("lab_notebook_mpp")
    assert page.locator(".jp-OutputArea-output[data-mime-type*='error']").count() == 0
    assert foreign_requests == []


def test_the_main_job_needs_no_mouse(voila_panel):
    panel, page = voila_panel, voila_panel.page
    page.get_by_role("button", name="Open the sample").focus()
    page.keyboard.press("Enter")
    panel.wait_until_drawn()
    page.get_by_label("Search").focus()
    page.keyboard.type("forty drivers")
    page.wait_for_function("document.querySelector('.pmkit-panel select').options.length === 1")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.labels[0].textContent") == DURATION
    page.keyboard.press("ArrowUp")
    panel.wait_for_status("Changed Service.Drivers: duration 11 days (plan: 10).")
    names = [
        page.evaluate("document.activeElement.labels?.[0]?.textContent")
        for _ in range(4)
        if page.keyboard.press("Tab") is None
    ]
    assert names == ["Optimistic", "Most likely", "Pessimistic", "Dependency"]


def test_wrong_clicks_and_hostile_files_end_in_a_sentence(voila_panel, tmp_path):
    panel, page = voila_panel, voila_panel.page
    hostile = "<img src=x onerror=alert(1)>"
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    panel.upload({"name": f"{hostile}.xlsx", "mimeType": "", "buffer": b"not a workbook"})
    panel.wait_for_status("\u26a0 ")
    assert hostile in panel.status
    rows = f"id,name,duration,predecessors\nA,{hostile},5,\nB,<script>alert(2)</script>,3,A\n"
    panel.upload({"name": "plan.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    panel.wait_for_status("Opened plan.csv")
    panel.wait_until_drawn()
    box = page.get_by_label(DURATION)
    box.fill("soon")
    box.press("Enter")
    panel.wait_for_status("\u26a0 Duration (working days): must be a number")
    assert box.input_value() == "5"
    panel.move_a_duration()
    page.get_by_label("Name of the scenario").fill(hostile)
    page.get_by_role("button", name="Keep", exact=True).click()
    panel.wait_for_status(f"Kept '{hostile}'")
    page.get_by_role("button", name=f"Remove: {hostile} (1 change)").click()
    panel.wait_for_status("Removed the scenario")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as json").click()
    saved = tmp_path / "scenarios.json"
    download.value.save_as(saved)
    page.get_by_role("button", name="Reset").click()
    panel.wait_for_status("Back to the plan")
    page.locator(".pmkit-card input[type=file]").set_input_files(str(saved))
    panel.wait_for_status("Loaded 0 scenarios")
    panel.wait_for_answer("7 working days later")
    assert page.locator(".pmkit-panel img, .pmkit-panel script").count() == 0
    assert (dialogs, panel.page_errors) == ([], [])


def test_a_panel_that_was_moved_before_it_is_shown_shows_what_it_holds(page, voila_server):
    code = (
        "import pmkit as pm\n"
        "panel = pm.WhatIf(pm.Project.from_table([('A', 3, '')]), trials=0)\n"
        "panel.change('A', duration=70)\n"
        "panel"
    )
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(
        nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(code)], metadata={"kernelspec": kernel}
        ),
        voila_server.root / "moved.ipynb",
    )
    page.goto(voila_server.page("moved.ipynb"))
    page.wait_for_selector(".pmkit-scroll svg.marks >> text='70'")
    name = page.locator(".pmkit-scroll .vega-embed").get_attribute("aria-label")
    assert name.startswith("Gantt chart. Finish after 70 working days")
