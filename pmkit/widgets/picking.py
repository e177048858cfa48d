"""Things to choose from, and to put in order, with the keyboard alone.

Each is made of native elements with a visible label, and long texts wrap.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets as t

_BROWSER = Path(__file__).parent / "browser"


class RadioGroup(anywidget.AnyWidget):
    """One of several texts to choose.

    Attributes
    ----------
    label
        The legend above it; may be empty where a heading stands there.
    options
        The texts.
    value
        Position of the one that is chosen; -1 for none.
    notes
        What is said behind each text afterwards, such as ``right``.
    inline
        Whether the texts stand side by side, which suits short ones.
    """

    _esm = _BROWSER / "radio_group.js"
    label = t.Unicode().tag(sync=True)
    options = t.List(t.Unicode()).tag(sync=True)
    value = t.Int(-1).tag(sync=True)
    notes = t.List(t.Unicode()).tag(sync=True)
    inline = t.Bool(False).tag(sync=True)
    disabled = t.Bool(False).tag(sync=True)

    def __init__(self, label: str = "", options: list[str] | None = None, **traits: Any) -> None:
        super().__init__(label=label, options=options or [], **traits)

    @t.validate("value")
    def _known(self, proposal: Any) -> int:
        told = int(proposal["value"])
        return told if -1 <= told < len(self.options) else -1

    @property
    def text(self) -> str:
        """The text that is chosen; empty for none."""
        return str(self.options[self.value]) if self.value >= 0 else ""

    def pick(self, text: str) -> None:
        """Do what happens when somebody chooses this text."""
        self.value = self.options.index(text)

    def offer(self, options: list[str]) -> None:
        """Offer these texts, none of them chosen yet."""
        with self.hold_sync():
            self.value, self.notes, self.options = -1, [], options


class OrderList(anywidget.AnyWidget):
    """Texts to put in order.

    Attributes
    ----------
    label
        The legend above it.
    items
        The texts.
    order
        Their positions, the first one first.
    """

    _esm = _BROWSER / "order_list.js"
    label = t.Unicode().tag(sync=True)
    items = t.List(t.Unicode()).tag(sync=True)
    order = t.List(t.Int()).tag(sync=True)
    disabled = t.Bool(False).tag(sync=True)

    def __init__(self, label: str, items: list[str], **traits: Any) -> None:
        super().__init__(label=label, items=items, order=list(range(len(items))), **traits)

    @t.validate("order")
    def _whole(self, proposal: Any) -> list[int]:
        told = list(proposal["value"])
        return told if sorted(told) == list(range(len(self.items))) else list(self.order)

    def move(self, place: int, step: int) -> None:
        """Do what happens when the item at a place is moved up (-1) or down (1)."""
        order, other = list(self.order), place + step
        if 0 <= place < len(order) and 0 <= other < len(order):
            order[place], order[other] = order[other], order[place]
            self.order = order
