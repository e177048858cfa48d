"""Lists to choose from, which keep what was chosen when what they offer changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import ipywidgets as widgets

from pmkit.widgets.look import stacked


def choice(label: str) -> Any:
    """Return a labelled list to choose from, empty yet."""
    return stacked(widgets.Dropdown(description=label, options=[]))


def offer(chooser: Any, options: Iterable[tuple[str, Any]]) -> None:
    """Offer these; what was chosen stays where it is among them."""
    told = list(options)
    if list(chooser.options) == told:
        return
    before, values = chooser.value, [value for _, value in told]
    with chooser.hold_sync():
        chooser.options = told
        chooser.value = before if before in values else values[0] if values else None
