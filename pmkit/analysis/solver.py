"""HiGHS without its banner: what it prints would stand in a notebook's output."""

from __future__ import annotations

from math import inf
from typing import Any


def quiet_solver() -> Any:
    """Return a HiGHS solver (Huangfu & Hall, 2018) that prints nothing, not even when made."""
    import highspy

    highs: Any = highspy  # untyped

    class Quiet(highs.Highs):  # type: ignore[misc]
        """Silent before the first thing it would say: that callbacks are on."""

        def enableCallbacks(self) -> None:
            """Turn output off first."""
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()

    return Quiet()


def run_within(solver: Any, seconds: float | None) -> float:
    """Run a solver for so many seconds at most (``None``: to the end); return how long it took.

    Its limit counts from the start of each run, though its clock goes on from run to run.
    """
    solver.setOptionValue("time_limit", inf if seconds is None else max(seconds, 0.05))
    begun = solver.getRunTime()
    solver.run()
    return float(solver.getRunTime() - begun)
