"""HiGHS without its banner: what it prints would stand in a notebook's output."""

from __future__ import annotations

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
