"""Every lesson as a page of Voila, and one in JupyterLab from the copy of a learner."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest

from pmkit.learning.copies import make_copies
from tests.panel_page import Panel, run_all_cells
from tests.servers import ROOT
from tests.test_notebooks import is_panel

LESSONS = sorted((ROOT / "notebooks" / "lessons").glob("*.ipynb"))
FIRST = ("04",)
"""Lessons whose page is looked at in `make test`; the others wait for `make test-all`."""
each_lesson = pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.stem, marks=() if path.stem[:2] in FIRST else pytest.mark.long)
        for path in LESSONS
    ],
)


def outputs(path: Path) -> list[Any]:
    """Return everything that the committed lesson shows."""
    cells = nbformat.read(path, as_version=4).cells
    return [output for cell in cells for output in cell.get("outputs", [])]


def panels(path: Path) -> int:
    """Return how many panels a lesson has."""
    return sum(map(is_panel, outputs(path)))


def pictures(path: Path) -> int:
    """Return how many pictures a lesson has, those inside panels left out."""
    return sum("image/svg+xml" in output.get("data", {}) for output in outputs(path))


def look_through(page: Any, pictured: Any, path: Path) -> None:
    """Nothing is an error, and every picture is there and has a size."""
    assert page.locator("[data-mime-type*='error']").count() == 0
    assert pictured.count() == pictures(path) > 0
    for place in range(pictured.count()):
        box = pictured.nth(place).bounding_box()
        assert box["width"] > 300
        assert box["height"] > 80


@each_lesson
def test_voila_a_lesson_draws_everything_and_everybody_can_use_it(
    page, voila_server, foreign_requests, axe, path
):
    panel = Panel(page)
    page.goto(voila_server.page(f"lessons/{path.name}"), timeout=180_000)  # it runs first
    page.locator(".pmkit-panel").nth(panels(path) - 1).wait_for()
    page.get_by_role("heading", name="What you can do now").wait_for()
    look_through(page, page.locator(".jp-RenderedSVG > *"), path)
    page.wait_for_function(
        "() => [...document.querySelectorAll('.pmkit-panel')].every(p => p.clientHeight > 100)"
    )
    panel.keep_a_picture(f"voila_lesson_{path.stem}", whole=True)
    assert axe(page, "main, body") == []
    assert (panel.page_errors, foreign_requests) == ([], [])


def test_lab_a_learner_s_copy_runs_from_top_to_bottom(page, lab_server, foreign_requests):
    path = next(path for path in LESSONS if path.stem.startswith("09"))  # the most panels
    make_copies(ROOT / "notebooks", lab_server.root / "work")
    panel = Panel(page)
    page.goto(lab_server.lab(f"work/lessons/{path.name}"))
    run_all_cells(page)
    page.locator(".pmkit-panel").nth(panels(path) - 1).wait_for()
    look_through(page, page.locator(".jp-RenderedSVG > *"), path)
    panel.keep_a_picture(f"lab_lesson_{path.stem}")
    assert (panel.page_errors, foreign_requests) == ([], [])
