"""A panel on a page, in JupyterLab or Voila, by what a person sees of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any


class Panel:
    """The panel on a page, by what a person sees of it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.page_errors: list[str] = []
        page.on("pageerror", lambda error: self.page_errors.append(str(error)))

    @property
    def status(self) -> str:
        return str(self.page.locator(".pmkit-panel > .pmkit-status").text_content())

    @property
    def answer(self) -> str:
        return str(self.page.locator(".pmkit-answer").text_content())

    def wait_for_status(self, start: str) -> None:
        self.page.wait_for_function(
            "start => document.querySelector('.pmkit-panel > .pmkit-status')?"
            ".textContent.startsWith(start)",
            arg=start,
        )

    def wait_for_answer(self, text: str) -> None:
        """Wait for the sentence: it comes after the line that says what happened."""
        self.page.locator(".pmkit-answer", has_text=text).wait_for()

    def drawing(self, box: str) -> str:
        return str(self.page.locator(f".pmkit-{box} svg.marks").first.inner_html())

    def wait_for_change(self, box: str, before: str) -> None:
        self.page.wait_for_function(
            "([box, before]) => { const svg = document.querySelector(`.pmkit-${box} svg.marks`);"
            " return svg && svg.innerHTML !== before; }",
            arg=[box, before],
        )

    def upload(self, *files: Path | dict[str, Any]) -> None:
        self.page.locator(".pmkit-head input[type=file]").set_input_files(list(files))

    def keep_a_picture(self, name: str, *, whole: bool = False) -> None:
        if folder := os.environ.get("PMKIT_SCREENSHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            if whole:  # the page scrolls inside a box of its own: make room for all of it
                height = self.page.evaluate(
                    "() => Math.max(...[...document.querySelectorAll('*')]"
                    ".map(each => each.scrollHeight))"
                )
                self.page.set_viewport_size({"width": 1400, "height": height})
            self.page.wait_for_timeout(1000)  # Lab paints what was scrolled to a moment later
            self.page.screenshot(path=str(Path(folder) / f"{name}.png"))


def run_the_first_cell(page: Any) -> None:
    idle = ".jp-Notebook-ExecutionIndicator[data-status='idle']"
    page.wait_for_selector(idle, state="attached")
    page.wait_for_selector(".jp-KernelName:has-text('Python 3')")
    prompt = page.locator(".jp-CodeCell .jp-InputPrompt").first
    for _ in range(20):
        # before the kernel is connected, Lab forgets a command or asks for a kernel
        page.wait_for_timeout(1000)
        if page.locator("dialog.jp-Dialog").count():
            page.locator("dialog.jp-Dialog .jp-mod-accept").last.click()
            continue
        page.locator(".jp-CodeCell .cm-content").first.click()
        page.keyboard.press("Control+Enter")
        page.wait_for_timeout(1000)
        if prompt.text_content() != "[1]:" or page.locator(".pmkit-panel").count():
            return
    raise AssertionError("the cell did not run")


def run_all_cells(page: Any) -> None:
    """Run the notebook that is open in Lab, and wait until every cell has been run."""
    run_the_first_cell(page)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]"
        ".every(prompt => /^\\[\\d+\\]:$/.test(prompt.textContent))",
        timeout=300_000,  # under a minute on a quick machine
    )
