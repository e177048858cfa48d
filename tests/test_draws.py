"""Random numbers that belong to a name."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.simulating.draws import Draws


@given(st.integers(0, 3000), st.integers(1, 500), st.integers())
def test_a_stream_is_the_same_wherever_one_begins_to_read(
    first: int, count: int, seed: int
) -> None:
    whole = Draws(seed).numbers("activity A", 0, first + count)
    draws = Draws(seed)
    draws.numbers("activity B", 7, 30)  # another stream in between leaves nothing behind
    assert (draws.numbers("activity A", first, count) == whole[first:]).all()


@given(st.integers(0, 300), st.integers(1, 50))
def test_uniforms_are_the_same_wherever_one_begins_to_read(first: int, count: int) -> None:
    whole = Draws(3).uniforms("risk R", 0, first + count)
    assert (Draws(3).uniforms("risk R", first, count) == whole[first:]).all()


def test_numbers_are_even_and_streams_independent() -> None:
    draws = Draws(1)
    count = 100_000
    streams = np.array([draws.numbers(f"activity {k}", 0, count) for k in range(20)])
    # 256 bins of 100,000 numbers: chi-squared with 255 degrees of freedom, sd sqrt(510)
    for stream in streams:
        found = np.bincount(stream >> 8, minlength=256)
        chi_squared = ((found - count / 256) ** 2 / (count / 256)).sum()
        assert abs(chi_squared - 255) < 5 * np.sqrt(510)
    correlation = np.corrcoef(streams)
    assert np.abs(correlation[~np.eye(20, dtype=bool)]).max() < 5 / np.sqrt(count)


def test_seeds_differ_and_may_be_any_integer() -> None:
    seeds = [0, 1, -1, 2**64, 10**40]
    found = {tuple(Draws(seed).numbers("A", 0, 8).tolist()) for seed in seeds}
    assert len(found) == len(seeds)


def test_the_numbers_of_a_seed_do_not_change_between_versions() -> None:
    # A report that states its seed can be repeated years later only while this holds.
    assert Draws(7).numbers("activity A", 0, 4).tolist() == [13935, 15449, 62214, 11398]


def test_uniforms_have_mean_one_half() -> None:
    assert Draws(0).uniforms("R", 0, 100_000).mean() == pytest.approx(0.5, abs=0.005)
