"""One look for all panels: the style sheet, and small pieces of text.

Colours are JupyterLab's own variables, which Voila has too, so that a panel is light or dark with
the page around it. Everything that is put into markup here is escaped here.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

STYLE = (Path(__file__).parent / "browser" / "panel.css").read_text(encoding="utf-8")


def style_sheet() -> Any:
    """Return the widget that carries the style sheet; a panel holds one."""
    return widgets.HTML(f"<style>{STYLE}</style>", layout=widgets.Layout(display="none"))


def styled(widget: Any, *names: str) -> Any:
    """Return the widget with classes of the style sheet, for use inside an expression."""
    for name in names:
        widget.add_class(f"pmkit-{name}")
    return widget


def heading(text: str, level: int = 3) -> Any:
    """Return a heading; the text is escaped."""
    return widgets.HTML(f"<h{level}>{escape(text)}</h{level}>")


def card(title: str, *children: Any) -> Any:
    """Return a framed group of inputs under a heading."""
    return styled(widgets.VBox([heading(title), *children]), "card")


def stack(*children: Any) -> Any:
    """Return widgets below each other, at the distance that all panels keep."""
    return styled(widgets.VBox(children), "stack")


def row(*children: Any) -> Any:
    """Return widgets side by side, which wrap when there is no room."""
    return styled(widgets.Box(children), "row")


def stacked(widget: Any) -> Any:
    """Return an input whose label stands above it."""
    return styled(widget, "stacked")


def shown(widget: Any, visible: bool) -> None:
    """Show a widget, or take it out of the page and out of the keyboard's way."""
    wanted = None if visible else "none"
    if widget.layout.display != wanted:
        widget.layout.display = wanted
