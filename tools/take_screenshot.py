"""Take ``docs/what_if.png``, the picture on the README: the panel as a page, one change tried.

``python -m tools.take_screenshot`` with the test extras installed and a Chromium on the PATH.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.conftest import BROWSERS, CHROMIUM_ARGS
from tests.servers import ROOT, VOILA, serve

PICTURE = ROOT / "docs" / "what_if.png"


def try_a_change(page: Page, address: str) -> None:
    """Open the sample; the order for the chargers is signed in one day, three before it was due."""
    page.goto(address)
    page.get_by_role("button", name="Open the sample").click()
    page.get_by_label("Search").fill("Sign for twelve")
    duration = page.get_by_label("Remaining duration (working days)")
    duration.wait_for()
    page.wait_for_function("input => input.value === '4'", arg=duration.element_handle())
    duration.fill("1")
    duration.press("Enter")
    page.get_by_text("Finish 30 Jul 2026").first.wait_for()
    page.wait_for_timeout(3000)  # the simulation follows the finish, the curves follow it


def main() -> None:
    """Serve the page, try the change, take the picture."""
    path = next(filter(None, map(shutil.which, BROWSERS)))
    with (
        serve(VOILA, Path(tempfile.mkdtemp()), "/") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        page = browser.new_page(viewport={"width": 1290, "height": 1000})
        page.set_default_timeout(90_000)
        try_a_change(page, server.page("workbench/what_if_app.ipynb"))
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
