"""What every panel stands on: one thing at a time, and a sentence where something fails."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from threading import RLock
from typing import Any

import ipywidgets as widgets

from pmkit.model.errors import PmkitError
from pmkit.widgets.inputs import StatusLine
from pmkit.widgets.telling import problems

_LOG = logging.getLogger(__name__)

File = tuple[str, str, bytes]
"""Name, media type and content."""


_SET_ONCE = {"layout", "style", "tooltip", "tabbable", "_esm", "_css"}
"""Traits that are large, or that no panel changes after it is made."""


class Guarded(widgets.VBox):
    """A box whose callbacks run one at a time and never end in a traceback.

    Parameters
    ----------
    lock
        Held by whoever changes what is shown.
    """

    def __init__(self, lock: RLock, **kwargs: Any) -> None:
        self._lock = lock
        self.status = StatusLine(self._catch_up)
        super().__init__(**kwargs)

    def _catch_up(self) -> None:
        """Tell a page that has just come up how everything stands.

        What changes while Voila's page reads its widgets and does not listen yet is lost there.
        What the page has already is the same again, and changes nothing.
        """
        with self._lock:
            for widget in {id(one): one for one in _within(self)}.values():
                widget.send_state([key for key in widget.keys if key not in _SET_ONCE])

    def _redraw(self, *, dark: bool) -> None:
        """Draw everything again, in another light."""
        raise NotImplementedError

    def _guarded(self, act: Callable[[], None]) -> str:
        """Do it; where it fails, say why and return that: a page shows no traceback."""
        with self._lock:
            try:
                act()
            except Exception as error:
                if not isinstance(error, PmkitError):
                    _LOG.exception("panel: a callback failed")
                sentence = problems(error)
                self._refuse(sentence)
                return sentence
        return ""

    def _download(self, make: Callable[[], File], said: str) -> File | None:
        """Return a file to download, and say what is in it; where it cannot be made, say why."""
        made: list[File] = []
        self._guarded(lambda: made.append(make()))
        if made:
            self.status.say(f"Made {made[0][0]}, {said}")
        return made[0] if made else None

    def _refuse(self, sentence: str) -> None:
        self.status.say(sentence, "problem")

    def _say_refusals(self, *boxes: Any) -> None:
        """Say it on the status line when what is typed into one of these cannot be taken."""
        for box in boxes:
            box.observe(self._on_refusal, names="refusal")

    def _on_refusal(self, change: dict[str, Any]) -> None:
        if change["new"]:
            self._refuse(change["new"])

    def _on_dark(self, change: dict[str, Any]) -> None:
        self._guarded(lambda: self._redraw(dark=change["new"]))


def _within(widget: Any) -> Iterator[Any]:
    """A widget and everything in it; how it is laid out is a widget, too."""
    yield widget
    if layout := getattr(widget, "layout", None):
        yield layout
    for child in getattr(widget, "children", ()):
        yield from _within(child)
