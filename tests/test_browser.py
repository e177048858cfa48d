"""The browser tests' own ground: servers answer, pages have no network, axe sees what is wrong."""

from __future__ import annotations

import nbformat

from tests.servers import late_notebook


def test_a_page_cannot_leave_this_machine_and_the_attempt_is_noted(page, foreign_requests):
    page.set_content("<img src='https://example.org/a.png'>")
    page.wait_for_timeout(200)
    assert foreign_requests == ["https://example.org/a.png"]


def test_axe_reports_an_input_without_a_label_and_is_silent_with_one(page, axe):
    page.set_content("<html lang=en><title>t</title><main><h1>h</h1><input type=text></main>")
    assert [v for v in axe(page) if v.startswith("label (critical)")]
    page.set_content(
        "<html lang=en><title>t</title><main><h1>h</h1><label>days <input></label></main>"
    )
    assert axe(page) == []


def test_lab_serves_a_copy_of_the_notebooks_without_a_network(page, lab_server, foreign_requests):
    page.goto(lab_server.url + f"/lab?reset&token={lab_server.token}")
    page.wait_for_selector("#jp-main-dock-panel", state="attached")
    assert lab_server.root.is_dir()
    assert foreign_requests == []


def test_voila_shows_a_widget_without_a_network(page, voila_server, foreign_requests):
    cells = [nbformat.v4.new_code_cell("import ipywidgets\nipywidgets.Button(description='Ask')")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), voila_server.root / "button.ipynb")
    page.goto(voila_server.page("button.ipynb"))
    page.wait_for_selector("button:has-text('Ask')")
    assert foreign_requests == []


def test_voila_waits_for_what_a_cell_shows_late(page, voila_server):
    (voila_server.root / "late.ipynb").write_text(late_notebook())
    page.goto(voila_server.page("late.ipynb"))
    page.wait_for_selector("button:has-text('Ask')")
