"""The keyboard goes on to the next button after an answer, unless it has gone elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget


class Onward(anywidget.AnyWidget):
    """Brings the keyboard from a button that sent an answer to the one that goes on.

    The button that sent it is gone by then, and the keyboard with it. An answer of a slow kernel
    may come when the keyboard is in use elsewhere on the page: there it stays.

    Parameters
    ----------
    senders
        Buttons that send an answer.
    onward
        The button that goes on.
    """

    _esm = Path(__file__).parent / "browser" / "onward.js"

    def __init__(self, *senders: Any, onward: Any) -> None:
        super().__init__(layout={"display": "none"})
        for sender in senders:
            sender.add_class("pmkit-sends")
        onward.add_class("pmkit-onward")

    def go(self) -> None:
        """Let the keyboard go on, if it still is where the answer was sent from."""
        self.send({"go": True})
