"""How far a long calculation has come: a callback, or a bar in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pmkit.model.errors import Cancelled

Progress = Callable[[int, int], bool | None]
"""Called with what is done and what there is in all; returning False cancels."""


@contextmanager
def reporting(progress: Progress | None, unit: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function to report to.

    Parameters
    ----------
    progress
        The caller's; ``None`` for a bar on a terminal once a second has passed, and for nothing
        elsewhere (a notebook's output stays the same whatever the machine).
    unit
        What is counted.

    Raises
    ------
    Cancelled
        From the function, when the caller's says so.
    """
    if progress is not None:

        def report(done: int, total: int) -> None:
            if progress(done, total) is False:
                raise Cancelled(f"cancelled by the progress callback after {done:,} of {total:,} "
                                f"{unit}")  # fmt: skip

        yield report
    elif sys.stderr is not None and sys.stderr.isatty():
        from tqdm import tqdm

        with tqdm(unit=f" {unit}", unit_scale=True, delay=1, leave=False) as bar:

            def show(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            yield show
    else:
        yield lambda done, total: None
