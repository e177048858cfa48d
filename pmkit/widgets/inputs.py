"""The parts that ipywidgets lacks: a list with buttons, a line of status, an upload, a download.

Each is a native element with a visible label. What the browser sends is checked here, and what
cannot be used is answered with a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets as t

_BROWSER = Path(__file__).parent / "browser"


class ItemList(anywidget.AnyWidget):
    """Sentences, each with the same buttons.

    Attributes
    ----------
    items
        The sentences, shown as text.
    actions
        What the buttons say.
    empty
        What stands there when there is nothing.
    groups
        A heading for each item, shown above the first of those in a row that share it.
    """

    _esm = _BROWSER / "item_list.js"
    items = t.List(t.Unicode()).tag(sync=True)
    actions = t.List(t.Unicode()).tag(sync=True)
    empty = t.Unicode().tag(sync=True)
    groups = t.List(t.Unicode()).tag(sync=True)

    def __init__(self, on_action: Callable[[str, int], object], **traits: Any) -> None:
        super().__init__(**traits)
        self._on_action = on_action
        self.on_msg(self._on_click)

    def _on_click(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        self.click(str(content.get("action")), int(content.get("position", -1)))

    def click(self, action: str, position: int) -> None:
        """Do what happens when a button of one item is pressed."""
        if action in self.actions and 0 <= position < len(self.items):
            self._on_action(action, position)


class StatusLine(anywidget.AnyWidget):
    """The line that says what happened; assistive technology announces it.

    Attributes
    ----------
    text
        The sentence, shown as text.
    kind
        ``"done"``, ``"busy"`` or ``"problem"``.
    dark
        Whether the page around it is dark; the browser says so.

    Parameters
    ----------
    on_shown
        Called when the line is on a page.
    """

    _esm = _BROWSER / "status_line.js"
    text = t.Unicode().tag(sync=True)
    kind = t.Unicode("done").tag(sync=True)
    dark = t.Bool(False).tag(sync=True)

    def __init__(self, on_shown: Callable[[], object] | None = None, **traits: Any) -> None:
        super().__init__(**traits)
        self._on_shown = on_shown
        self.on_msg(self._on_sent)

    def _on_sent(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        if content.get("shown") and self._on_shown:
            self._on_shown()

    def say(self, text: str, kind: str = "done") -> None:
        """Show a sentence."""
        with self.hold_sync():
            self.text, self.kind = text, kind


class Region(anywidget.AnyWidget):
    """Makes the box that holds it a named region, which the keyboard can reach and scroll."""

    _esm = _BROWSER / "region.js"
    label = t.Unicode().tag(sync=True)


class DownloadButton(anywidget.AnyWidget):
    """A button that saves a file which is made when it is pressed.

    Parameters
    ----------
    make
        Returns the name, the media type and the bytes, or ``None`` if it could not.
    """

    _esm = _BROWSER / "download_button.js"
    description = t.Unicode().tag(sync=True)
    disabled = t.Bool(False).tag(sync=True)

    def __init__(
        self, description: str, make: Callable[[], tuple[str, str, bytes] | None], **traits: Any
    ) -> None:
        super().__init__(description=description, **traits)
        self._make = make
        self.on_msg(self._on_click)

    def _on_click(self, _widget: object, _content: object, _buffers: object) -> None:
        made = self._make()
        if made is not None:
            name, media_type, content = made
            self.send({"name": name, "type": media_type}, [content])


class UploadButton(anywidget.AnyWidget):
    """A button that takes files, chosen or dropped on it.

    Parameters
    ----------
    on_files
        Called with their content by name.
    on_refused
        Called with a sentence when they are too large for the way through the browser.
    """

    _esm = _BROWSER / "upload_button.js"
    description = t.Unicode().tag(sync=True)
    hint = t.Unicode().tag(sync=True)
    accept = t.Unicode().tag(sync=True)
    multiple = t.Bool(False).tag(sync=True)
    most_bytes = t.Int(7_000_000).tag(sync=True)  # Jupyter drops messages of 10 MB

    def __init__(
        self,
        description: str,
        on_files: Callable[[Mapping[str, bytes]], object],
        on_refused: Callable[[str], object],
        **traits: Any,
    ) -> None:
        super().__init__(description=description, **traits)
        self._on_files, self._on_refused = on_files, on_refused
        self.on_msg(self._on_sent)

    def _on_sent(self, _widget: object, content: dict[str, Any], buffers: list[Any]) -> None:
        names = [str(name) for name in content.get("names", [])]
        if len(buffers) == len(names):
            self.receive({n: bytes(b) for n, b in zip(names, buffers, strict=True)})
            return
        size, most = content.get("size", 0) / 1e6, self.most_bytes / 1e6
        self._on_refused(
            f"{', '.join(names)}: an upload must be at most {most:.0f} MB, got {size:.1f} MB; "
            "in a notebook, pm.read(path) opens larger plans"
        )

    def receive(self, files: Mapping[str, bytes]) -> None:
        """Do what happens when somebody chooses these files, content by name."""
        self._on_files(files)
