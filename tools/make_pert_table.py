"""Make pmkit/data/pert_quantiles.npz, the table that every beta-PERT estimate is drawn from.

Run `python tools/make_pert_table.py` after changing a size here; a test compares the table with
scipy's beta distribution.

With lambda 4 (Malcolm et al., 1959) a beta-PERT on [0, 1] has only its mode as a parameter: it is
Beta(1 + 4 f, 5 - 4 f) for the mode fraction f = (m - o) / (p - o). Each row is one f, each entry
the mean of the distribution within one of CELLS slices of equal probability. Means rather than
midpoints, because then the mean of a row is exact, and stays so between rows: it is linear in f.
Rows for f > 1/2 are mirror images and are not stored.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from scipy import special

CELLS = 4096
ROWS = 65  # f = 0, 1/128, ..., 1/2
NORMALS = 16384  # slices of the standard normal; the lower half is the mirror image
TARGET = Path(__file__).resolve().parents[1] / "pmkit" / "data" / "pert_quantiles.npz"


def slice_means(fraction: float) -> np.ndarray:
    """Return the mean of Beta(1 + 4 f, 5 - 4 f) within each slice of equal probability."""
    a, b = 1 + 4 * fraction, 5 - 4 * fraction
    edges = special.betaincinv(a, b, np.linspace(0, 1, CELLS + 1))
    # The integral of x dF up to x is the mean times the distribution function of Beta(a + 1, b).
    # Each half is taken from its own end, so that no small number is a difference of large ones.
    below = special.betainc(a + 1, b, edges)
    above = special.betaincc(a + 1, b, edges)
    middle = CELLS // 2
    parts = np.concatenate([np.diff(below)[:middle], -np.diff(above)[middle:]])
    return a / (a + b) * parts * CELLS


def upper_normal_means() -> np.ndarray:
    """Return the mean of the standard normal within each slice of its upper half."""
    edges = special.ndtri(np.linspace(0.5, 1, NORMALS // 2 + 1))
    density = np.exp(-(edges**2) / 2) / np.sqrt(2 * np.pi)
    return -np.diff(density) * NORMALS


def main() -> None:
    pert = np.array([slice_means(row / (2 * (ROWS - 1))) for row in range(ROWS)])
    np.savez_compressed(
        TARGET, pert=pert.astype(np.float32), normal=upper_normal_means().astype(np.float32)
    )
    sys.stdout.write(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
