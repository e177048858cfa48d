"""Cards with a number, a sentence, and the arithmetic one click away."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import anywidget
import traitlets as t

from pmkit.widgets.figure import Figure


class FigureCards(anywidget.AnyWidget):
    """The headlines of a reading.

    Attributes
    ----------
    items
        What each card shows, as `Figure.to_dict` gives it; shown as text.
    """

    _esm = Path(__file__).parent / "browser" / "figure_cards.js"
    items = t.List(t.Dict()).tag(sync=True)

    def show(self, figures: Iterable[Figure]) -> None:
        """Show these."""
        self.items = [figure.to_dict() for figure in figures]
