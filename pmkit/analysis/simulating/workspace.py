"""Memory for vectors of trials, kept between blocks and between simulations.

Asking the system for fresh memory costs as much as filling it, so each thread keeps what it used
last, up to a limit. A vector is valid until the same thread asks for the same name again.
"""

from __future__ import annotations

from threading import local
from typing import Any

import numpy as np

_LIMIT = 64_000_000  # bytes kept under one name
_kept = local()


def vectors(name: str, rows: int, size: int, dtype: str) -> Any:
    """Return uninitialised vectors, shape (rows, size).

    Parameters
    ----------
    name
        What they are for: the same name returns the same memory.
    rows, size
        How many, and how long.
    dtype
        Of numpy.
    """
    wanted = rows * size * np.dtype(dtype).itemsize
    kept = vars(_kept).get(name)
    if kept is None or len(kept) < wanted:
        kept = np.empty(wanted, dtype=np.uint8)
        if wanted <= _LIMIT:
            vars(_kept)[name] = kept
    return kept[:wanted].view(dtype).reshape(rows, size)
