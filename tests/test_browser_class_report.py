"""The page of a class is read by everybody, light and dark, and asks nothing of the network."""

from __future__ import annotations

import pytest

from pmkit.data import sample_class
from pmkit.teach.class_report import class_report


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_a_class_is_accessible_and_asks_nobody(page, axe, foreign_requests, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_content(class_report(sample_class(), "ps04_progress").page())
    for summary in page.locator("summary").all():
        summary.click()
    assert page.locator(f"figure .{scheme}").first.is_visible()
    assert axe(page) == []
    assert foreign_requests == []
