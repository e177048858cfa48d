"""Memory that is kept between blocks, per thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from pmkit.analysis.simulating.workspace import vectors


def test_the_same_name_returns_the_same_memory_in_any_shape() -> None:
    first = vectors("test", 3, 5, "f4")
    first[:] = 7
    assert vectors("test", 3, 5, "f4").tolist() == first.tolist()
    assert vectors("test", 2, 3, "f8").shape == (2, 3)
    assert np.shares_memory(first, vectors("test", 1, 15, "f4"))
    assert vectors("test", 0, 15, "?").shape == (0, 15)


def test_another_name_and_another_thread_have_memory_of_their_own() -> None:
    mine = vectors("test", 3, 5, "f4")
    assert not np.shares_memory(mine, vectors("other", 3, 5, "f4"))
    with ThreadPoolExecutor(1) as executor:
        theirs = executor.submit(vectors, "test", 3, 5, "f4").result()
    assert not np.shares_memory(mine, theirs)


def test_a_huge_request_is_served_but_not_kept() -> None:
    huge = vectors("huge", 1, 65_000_000, "?")
    assert not np.shares_memory(huge, vectors("huge", 1, 65_000_000, "?"))
