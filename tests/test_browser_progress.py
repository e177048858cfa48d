"""The panel of a learner's progress as people meet it, by keyboard alone and without a network."""

from __future__ import annotations

import nbformat
import pytest

from pmkit.learning.record import Record
from tests.panel_page import Panel

_KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
_CODE = """import os
os.environ["PMKIT_PROGRESS"] = {path!r}
from pmkit.learning.panels.progress import ProgressPanel

ProgressPanel()"""


@pytest.fixture
def own(tmp_path) -> Record:
    return Record(tmp_path / "progress.json")


@pytest.fixture
def panel(page, voila_server, own):
    cell = nbformat.v4.new_code_cell(_CODE.format(path=str(own.path)))
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata=_KERNEL)
    nbformat.write(notebook, voila_server.root / "progress_alone.ipynb")
    found = Panel(page)
    page.goto(voila_server.page("progress_alone.ipynb"))
    return found


def press(page, name):
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")


def fits(page):
    return page.evaluate(
        "[...document.querySelectorAll('.pmkit-panel, .pmkit-framed')].every("
        "box => box.scrollWidth <= box.clientWidth + 1)"
    )


def test_voila_progress_is_looked_at_exported_reset_and_brought_back(
    page, panel, own, axe, foreign_requests, tmp_path
):
    panel.wait_for_status("Nothing is answered yet.")
    page.get_by_text("Begin lesson 01, Two roles").wait_for()
    page.locator(".pmkit-framed svg.marks").first.wait_for()
    assert axe(page, ".pmkit-panel") == []
    press(page, "Reset")
    press(page, "Yes, begin again")
    panel.wait_for_status("There was nothing to forget.")

    own.add("prediction", "04-done", confidence=80, is_right=False)
    own.add("check", "04-eac", confidence=80, is_right=True)
    press(page, "Refresh")
    panel.wait_for_status("This is where you stand.")
    page.get_by_text("Go on with lesson 04, Progress").wait_for()
    page.locator(".pmkit-framed svg.marks").nth(1).wait_for()
    assert axe(page, ".pmkit-panel") == []
    assert fits(page)
    panel.keep_a_picture("voila_progress")
    with page.expect_download() as download:
        press(page, "Export")
    copy = tmp_path / "copy.json"
    download.value.save_as(copy)

    press(page, "Reset")
    panel.wait_for_status("Nothing is forgotten yet.")
    press(page, "No, keep it")
    panel.wait_for_status("Everything is still there.")
    press(page, "Reset")
    press(page, "Yes, begin again")
    panel.wait_for_status("You begin again.")
    press(page, "Undo the reset")
    panel.wait_for_status("2 entries are back.")
    press(page, "Reset")
    press(page, "Yes, begin again")
    panel.wait_for_status("You begin again.")
    page.locator(".pmkit-panel input[type=file]").set_input_files(copy)
    panel.wait_for_status("2 entries are added.")

    own.path.write_text("{")
    press(page, "Refresh")
    panel.wait_for_status("\u26a0 progress: progress.json must be a file that pmkit wrote")
    page.get_by_text("Press Reset to begin a new file").wait_for()
    page.set_viewport_size({"width": 900, "height": 1000})
    assert axe(page, ".pmkit-panel") == []
    assert fits(page)
    assert (panel.page_errors, foreign_requests) == ([], [])
