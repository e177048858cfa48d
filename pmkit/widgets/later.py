"""What can wait a moment: drawn when a quick hand has come to rest."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import RLock
from typing import Any


class Later:
    """One thing to do soon; asking again puts it off.

    Parameters
    ----------
    act
        What to do.
    lock
        Held while it is done.
    delay
        Seconds to wait. Without an event loop nothing waits.
    """

    def __init__(self, act: Callable[[], object], lock: RLock, delay: float) -> None:
        self._act, self._lock, self._delay = act, lock, delay
        self._timer: Any = None

    @property
    def waits(self) -> bool:
        """Whether there is an event loop, so that asking waits."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return False
        return True

    def ask(self) -> None:
        """Do it after the delay, counted from now."""
        self.cancel()
        if self.waits:
            self._timer = asyncio.get_running_loop().call_later(self._delay, self.finish)
        else:
            self._act()

    def finish(self) -> None:
        """Do it now, if it is still to come."""
        with self._lock:
            if self._timer is not None:
                self.cancel()
                self._act()

    def cancel(self) -> None:
        """Do it no more."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
