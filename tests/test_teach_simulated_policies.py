"""Functions of simulated students: the solution's, or with one slip in it."""

from __future__ import annotations

import random

from pmkit.teach.simulated_policies import with_a_slip


def test_a_slip_changes_one_comparison_or_one_and():
    source = "def f(a, b):\n    return a <= 1 and b > 2"
    slips = {with_a_slip(source, random.Random(n)).splitlines()[1] for n in range(20)}
    assert slips == {"    return a < 1 and b > 2", "    return a <= 1 and b >= 2",
                     "    return a <= 1 or b > 2"}  # fmt: skip
    assert with_a_slip("def f(a):\n    return a", random.Random(1)) is None
