"""Labelled boxes to type into: a number, or a date. What cannot be read is refused in a sentence.

What the browser sends is read here, and not in the browser, so that nothing is clamped, dropped or
rounded silently on the way.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import anywidget
import traitlets as t

from pmkit.model.activity import Moment

_NUMBER = re.compile(
    r"\s*(?P<sign>[-+*\u2212\u00d7]?)\s*(?P<size>\d{1,15}(?:[.,]\d{0,15})?|[.,]\d{1,15})"
    r"\s*(?P<unit>%|d|days?)?\s*",
    re.IGNORECASE,
)


class TypedBox(anywidget.AnyWidget):
    """A labelled box; `type` does what typing and Enter do.

    Attributes
    ----------
    error
        Why the value is not part of the plan yet; empty when it is.
    refusal
        Why what was typed last was not taken at all; the value stays as it was.
    required
        Whether it may not be emptied.
    """

    _esm = Path(__file__).parent / "browser" / "typed_box.js"
    value: Any
    label = t.Unicode().tag(sync=True)
    hint = t.Unicode().tag(sync=True)
    placeholder = t.Unicode().tag(sync=True)
    disabled = t.Bool(False).tag(sync=True)
    steps = t.Bool(False).tag(sync=True)
    error = t.Unicode().tag(sync=True)
    refusal = t.Unicode().tag(sync=True)
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

    def focus(self) -> None:
        """Bring the keyboard here, and the box into sight."""
        self.send({"focus": True})

    def _read(self, text: str) -> Any:
        """Return the value that a text means, or raise why it means none."""
        raise NotImplementedError


class NumberBox(TypedBox):
    """A labelled box for one number, empty allowed.

    Attributes
    ----------
    value
        The number, or ``None``.
    relative
        Whether ``+5``, ``-2``, ``*1.5`` and ``+10%`` start from the value shown.
    base
        What relative changes start from while the box is empty.
    signed
        Whether the number may be negative.
    """

    value = t.Float(None, allow_none=True).tag(sync=True)
    step = t.Float(1.0).tag(sync=True)
    signed = t.Bool(False).tag(sync=True)
    steps = t.Bool(True).tag(sync=True)
    relative = t.Bool(False)
    base = t.Float(0.0)

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
        now = self.base if self.value is None else self.value
        if sign in ("*", "\u00d7"):
            return now * size
        change = now * size / 100 if match["unit"] == "%" else size
        return now + change if sign == "+" else now - change

    def _may_be_percent(self, sign: str) -> bool:
        return "%" in self.label or (self.relative and sign in ("+", "-", "\u2212"))


class MomentBox(TypedBox):
    """A labelled box for a date, or for working days after the start of an undated plan.

    Attributes
    ----------
    value
        As text: ``2026-04-30``, ``2026-04-30 12:00``, or a number; empty for none.
    dated
        Whether it is a date.
    """

    value = t.Unicode("").tag(sync=True)
    dated = t.Bool(True)
    required = t.Bool(False)

    @property
    def moment(self) -> Moment | None:
        """What the value means."""
        if not self.value:
            return None
        if not self.dated:
            return float(self.value)
        return date.fromisoformat(self.value) if len(self.value) == 10 else (
            datetime.fromisoformat(self.value)
        )  # fmt: skip

    @staticmethod
    def text(moment: Moment | None) -> str:
        """Return the value that means a moment.

        Examples
        --------
        >>> MomentBox.text(date(2026, 4, 30)), MomentBox.text(datetime(2026, 4, 30, 17))
        ('2026-04-30', '2026-04-30 17:00')
        >>> MomentBox.text(2.5), MomentBox.text(None)
        ('2.5', '')
        """
        if moment is None:
            return ""
        if isinstance(moment, datetime):
            return f"{moment:%Y-%m-%d}" if moment.time() == datetime.min.time() else (
                f"{moment:%Y-%m-%d %H:%M}"
            )  # fmt: skip
        return moment.isoformat() if isinstance(moment, date) else f"{moment:.12g}"

    def _read(self, text: str) -> str:
        text = text.strip()
        if not text:
            if self.required:
                raise ValueError(f"{self.label}: must be given, got nothing")
            return ""
        if not self.dated:
            try:
                number = float(text.replace(",", "."))
            except ValueError:
                number = float("nan")
            if number - number != 0:
                raise ValueError(f"{self.label}: must be a number of working days, got {text!r}")
            return f"{number:.12g}"
        from pmkit.files.dates import read_moment
        from pmkit.files.numbers import Unreadable

        try:
            return self.text(read_moment(text))
        except Unreadable:
            raise ValueError(
                f"{self.label}: must be a date such as 2026-04-30 or 30 Apr 2026, got {text!r}"
            ) from None
