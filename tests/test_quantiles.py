"""The table behind every estimate, against scipy's distributions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.simulating.quantiles import CELLS, NORMALS, cells_of_normals, normals, values
from pmkit.model.activity import ThreePoint

stats = pytest.importorskip("scipy.stats")
MIDDLES = (np.arange(CELLS) + 0.5) / CELLS
FRACTIONS = [0, 1 / 256, 0.01, 0.1, 0.25, 1 / 3, 0.5, 0.6180, 0.875, 0.99, 1]


@pytest.mark.parametrize("fraction", FRACTIONS)
def test_beta_pert_has_the_quantiles_and_moments_of_scipys_beta(fraction: float) -> None:
    # Malcolm et al. (1959) with lambda 4 is Beta(1 + 4f, 5 - 4f) on the range.
    exact = stats.beta(1 + 4 * fraction, 5 - 4 * fraction)
    drawn = values(ThreePoint(0, fraction, 1)).astype(np.float64)
    assert np.abs(drawn - exact.ppf(MIDDLES))[1:-1].max() < 7e-4
    assert drawn.mean() == pytest.approx(exact.mean(), abs=2e-7)
    assert drawn.std() == pytest.approx(exact.std(), rel=1e-4)


@pytest.mark.parametrize("fraction", [0, 0.2, 0.5, 1])
def test_triangular_has_the_quantiles_and_moments_of_scipys_triang(fraction: float) -> None:
    exact = stats.triang(fraction)
    drawn = values(ThreePoint(0, fraction, 1, "triangular")).astype(np.float64)  # type: ignore[arg-type]
    assert np.abs(drawn - exact.ppf(MIDDLES)).max() < 7e-4
    assert drawn.mean() == pytest.approx(exact.mean(), abs=2e-7)
    assert drawn.std() == pytest.approx(exact.std(), rel=1e-4)


def test_normals_have_mean_0_and_variance_1() -> None:
    assert len(normals()) == NORMALS
    assert normals().mean(dtype=np.float64) == pytest.approx(0, abs=1e-7)
    assert normals().var(dtype=np.float64) == pytest.approx(1, abs=1e-4)


def test_independent_normals_give_even_ranks() -> None:
    cells = cells_of_normals(normals())
    by_tenth = np.histogram(cells, bins=10, range=(0, CELLS))[0] / NORMALS
    assert by_tenth == pytest.approx(np.full(10, 0.1), abs=5e-4)


@given(
    st.tuples(*[st.floats(0, 1e4)] * 3).map(sorted), st.sampled_from(["beta-PERT", "triangular"])
)
def test_values_rise_and_stay_between_the_points(points: list[float], shape: str) -> None:
    drawn = values(ThreePoint(*points, shape))  # type: ignore[arg-type]
    slack = 1e-6 * max(points[2], 1e-30)
    assert (np.diff(drawn) >= -slack).all()
    assert points[0] - slack <= drawn[0] <= drawn[-1] <= points[2] + slack


def test_an_estimate_without_spread_is_one_value() -> None:
    assert set(values(ThreePoint(4, 4, 4)).tolist()) == {4.0}
