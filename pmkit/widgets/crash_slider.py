"""A slider over named stops: it tells where it is while it moves, and where it comes to rest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets as t


class StopSlider(anywidget.AnyWidget):
    """A labelled slider; `drag` does what a hand does, `drop` what letting go does.

    Parameters
    ----------
    on_drag
        Called with the position while it moves.
    on_drop
        Called with the position where it comes to rest.

    Attributes
    ----------
    texts
        What each stop is called, from left to right.
    value
        Position of the stop that is shown.
    """

    _esm = Path(__file__).parent / "browser" / "stop_slider.js"
    label = t.Unicode().tag(sync=True)
    texts = t.List(t.Unicode()).tag(sync=True)
    value = t.Int(0).tag(sync=True)

    def __init__(
        self,
        label: str,
        on_drag: Callable[[int], object],
        on_drop: Callable[[int], object],
        **traits: Any,
    ) -> None:
        super().__init__(label=label, **traits)
        self._on_drag, self._on_drop = on_drag, on_drop
        self.on_msg(self._on_sent)

    def _on_sent(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        for name, act in (("moved", self.drag), ("settled", self.drop)):
            if isinstance(content.get(name), int):
                act(content[name])

    def drag(self, position: int) -> None:
        """Do what happens when it is moved over a stop."""
        if 0 <= position < len(self.texts):
            self._on_drag(position)

    def drop(self, position: int) -> None:
        """Do what happens when it is let go at a stop."""
        if 0 <= position < len(self.texts):
            self._on_drop(position)
