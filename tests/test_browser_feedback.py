"""The pages of one student's answers are read by everybody, light and dark, wide and narrow."""

from __future__ import annotations

import pytest

from pmkit.teach.feedback import feedback_page
from pmkit.teach.grading import grades
from pmkit.teach.marking_class import Marking
from pmkit.teach.reading import prepare_reading
from tests.class_cases import PS04, code, hand_in, make_class

HOSTILE = "<img src='https://example.org/x.png' onerror='document.title = 1'>" + "x" * 2000


def edit(notebook):
    notebook.cells += [code("cpi = 0.123"), code("order = ['d', 'c', 'b', 'a']"),
                       code(f"hides = {HOSTILE!r}")]  # fmt: skip
    for cell in notebook.cells:
        if cell.metadata.get("pmkit", {}).get("question") == "tell":
            cell.source = HOSTILE


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 700])
def test_the_pages_are_accessible_and_ask_nobody(
    tmp_path, page, axe, foreign_requests, scheme, width
):
    course = make_class(tmp_path, "s1")
    hand_in(course, "s1", solved=False, edit=edit)
    marking = Marking(course, course.exercise(PS04.name), None)
    marking.everybody()
    feedback = feedback_page(marking.exercise, marking.variants["s1"], grades(marking)["s1"],
                             marking.answers("s1"))  # fmt: skip
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    for shown in (feedback, prepare_reading(marking, {"s1": "Mei Lin"})[0]):
        page.set_content(shown)
        assert page.locator(".given .typed", has_text="onerror").first.is_visible()
        assert page.locator("img").count() == 0
        assert page.title() != "1"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert axe(page) == []
    assert foreign_requests == []
