"""A student's way in a real browser: sign in, the start page in JupyterLab, a panel as a page."""

from __future__ import annotations

import pytest

from tests.hub_class import can_have_accounts, hub_of
from tests.panel_page import Panel

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]
pytest.importorskip("jupyterhub")


def test_a_student_signs_in_reads_the_start_page_and_works_with_a_panel(
    page, foreign_requests, tmp_path
):
    with hub_of(tmp_path, ["ann"], accounts=can_have_accounts()) as hub:
        page.set_default_timeout(120_000)
        page.goto(hub.url)
        page.get_by_label("Username").fill("ann")
        page.get_by_label("Password").fill(hub.password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/user/ann/lab/tree/lessons/00_start_here.ipynb**")
        page.locator(".jp-NotebookPanel .jp-MarkdownOutput h1").first.wait_for()
        assert page.get_by_text("Create Assignment").count() == 0  # that is for teachers
        panel = Panel(page)
        page.goto(f"{hub.url}/user/ann/voila/render/lessons/workbench/what_if_app.ipynb")
        panel.wait_for_status("To begin")
        assert panel.page_errors == []
        assert page.goto(f"{hub.url}/user/bob/lab").status == 404
        assert foreign_requests == []
