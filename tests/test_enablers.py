"""The projects that make a benefit possible, in one cell, each with its share."""

from __future__ import annotations

from typing import Any

import pytest

from pmkit.files.enablers import format_enablers, parse_enablers


@pytest.mark.parametrize(
    ("text", "shared", "found"),
    [
        ("A; B", False, (("A", None), ("B", None))),
        ("A 0.6; B 40%", True, (("A", 0.6), ("B", 0.4))),
        ("A 0,6; B 40 %", True, (("A", 0.6), ("B", 0.4))),
        ("Line 9; B", True, (("Line 9", None), ("B", None))),
        ("Line 9 0.5; B 0.5", True, (("Line 9", 0.5), ("B", 0.5))),
        ('"A 0.6" 0.5; "B" 0.5', True, (("A 0.6", 0.5), ("B", 0.5))),
        ("A 0.6", False, (("A", 0.6),)),
        ("Zed 5", False, (("Zed 5", None),)),
        ("Zed 0.5", True, (("Zed", 0.5),)),
    ],
)
def test_a_share_stands_after_its_project_and_an_exact_id_wins(
    text: str, shared: bool, found: Any
) -> None:
    assert parse_enablers(text, {"A", "B", "Line 9"}, shared=shared) == found


def test_an_id_that_looks_like_a_share_is_quoted_when_it_must() -> None:
    assert format_enablers(("A", "A 0.5"), (0.5, 0.5), {"A", "A 0.5"}) == '"A" 0.5; A 0.5 0.5'
