"""What a spreadsheet would take for a formula is text."""

from __future__ import annotations

import pytest

from pmkit.teach.cells import safe


@pytest.mark.parametrize("start", "=+-@\t\r")
def test_no_cell_starts_a_formula(start):
    assert safe(f"{start}1+1").startswith("'")
