"""The inputs that ipywidgets lacks: a number that may be refused, a list with buttons, a download.

Each is a native element with a visible label. What the browser sends is checked here, and what
cannot be used is answered with a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets as t

_BROWSER = Path(__file__).parent / "browser"
_NUMBER = re.compile(
    r"\s*(?P<sign>[-+*\u2212\u00d7]?)\s*(?P<size>\d{1,15}(?:[.,]\d{0,15})?|[.,]\d{1,15})"
    r"\s*(?P<unit>%|d|days?)?\s*",
    re.IGNORECASE,
)


class NumberBox(anywidget.AnyWidget):
    """A labelled box for one number, empty allowed.

    Attributes
    ----------
    value
        The number, or ``None``.
    error
        Why the value is not part of the plan yet; empty when it is.
    refusal
        Why what was typed last was not taken at all; the value stays as it was.
    relative
        Whether ``+5``, ``-2``, ``*1.5`` and ``+10%`` start from the value shown.
    required
        Whether it may not be emptied.
    signed
        Whether the number may be negative.
    """

    _esm = _BROWSER / "number_box.js"
    value = t.Float(None, allow_none=True).tag(sync=True)
    label = t.Unicode().tag(sync=True)
    hint = t.Unicode().tag(sync=True)
    placeholder = t.Unicode().tag(sync=True)
    step = t.Float(1.0).tag(sync=True)
    signed = t.Bool(False).tag(sync=True)
    disabled = t.Bool(False).tag(sync=True)
    error = t.Unicode().tag(sync=True)
    refusal = t.Unicode()
    relative = t.Bool(False)
    required = t.Bool(True)

    def __init__(self, label: str = "", **traits: Any) -> None:
        super().__init__(label=label, **traits)
        self.on_msg(self._on_typed)

    def _on_typed(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        self.type(str(content.get("typed", "")))

    def type(self, text: str) -> None:
        """Do what happens when somebody types this and presses Enter."""
        self.refusal = ""
        try:
            self.value = self._read(text[:60])
        except ValueError as error:
            self.refusal = str(error)
        self.send({"settled": True})

    def _read(self, text: str) -> float | None:
        if not text.strip():
            if self.required:
                raise ValueError(f"{self.label}: must be a number, got nothing")
            return None
        match = _NUMBER.fullmatch(text)
        if match is None or (match["unit"] == "%" and not self._may_be_percent(match["sign"])):
            example = " or a change such as +5 or +10%" if self.relative else ""
            raise ValueError(f"{self.label}: must be a number{example}, got {text.strip()!r}")
        size, sign = float(match["size"].replace(",", ".")), match["sign"]
        if not sign or not self.relative:
            if sign in ("*", "\u00d7"):
                raise ValueError(f"{self.label}: must be a number, got {text.strip()!r}")
            return -size if sign in ("-", "\u2212") else size
        now = self.value or 0.0
        if sign in ("*", "\u00d7"):
            return now * size
        change = now * size / 100 if match["unit"] == "%" else size
        return now + change if sign == "+" else now - change

    def _may_be_percent(self, sign: str) -> bool:
        return "%" in self.label or (self.relative and sign in ("+", "-", "\u2212"))


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
    """

    _esm = _BROWSER / "item_list.js"
    items = t.List(t.Unicode()).tag(sync=True)
    actions = t.List(t.Unicode()).tag(sync=True)
    empty = t.Unicode().tag(sync=True)

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
    """

    _esm = _BROWSER / "status_line.js"
    text = t.Unicode().tag(sync=True)
    kind = t.Unicode("done").tag(sync=True)
    dark = t.Bool(False).tag(sync=True)

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
