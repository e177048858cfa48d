"""A table in which a row is picked, by mouse or by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets as t


class PickTable(anywidget.AnyWidget):
    """Rows of text, the first cell of each a button.

    Parameters
    ----------
    on_pick
        Called with the position of a row that is picked.

    Attributes
    ----------
    caption, headings, rows
        What the table shows, as text.
    empty
        What stands there when there is no row.
    picked
        Position of the row that is picked; -1 for none.
    words
        Positions of the columns that hold words, not numbers, besides the first.
    """

    _esm = Path(__file__).parent / "browser" / "pick_table.js"
    caption = t.Unicode().tag(sync=True)
    headings = t.List(t.Unicode()).tag(sync=True)
    rows = t.List(t.List(t.Unicode())).tag(sync=True)
    empty = t.Unicode().tag(sync=True)
    picked = t.Int(-1).tag(sync=True)
    words = t.List(t.Int()).tag(sync=True)

    def __init__(self, on_pick: Callable[[int], object], **traits: Any) -> None:
        super().__init__(**traits)
        self._on_pick = on_pick
        self.on_msg(self._on_sent)

    def _on_sent(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        position, name = int(content.get("picked", -1)), content.get("name")
        names = [row[0] for row in self.rows]
        if names[position : position + 1] != [name]:
            # the rows have another order since then: the one that was meant has its name
            position = names.index(name) if names.count(name) == 1 else -1
        self.pick(position)

    def pick(self, position: int) -> None:
        """Do what happens when a row is picked."""
        if 0 <= position < len(self.rows):
            self.picked = position
            self._on_pick(position)
