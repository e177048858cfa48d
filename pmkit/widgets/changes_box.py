"""The changes made so far, and a way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from pmkit.widgets.history import History
from pmkit.widgets.inputs import ItemList
from pmkit.widgets.look import row
from pmkit.widgets.telling import told


class ChangesBox:
    """A list of changes, each of which can be taken back, above undo, redo and reset.

    Parameters
    ----------
    undo, redo, reset
        Called when the button is pressed.
    remove
        Called with the position of a change that is to be taken back.
    """

    def __init__(
        self,
        undo: Callable[[], object],
        redo: Callable[[], object],
        reset: Callable[[], object],
        remove: Callable[[int], object],
    ) -> None:
        self.changes = ItemList(
            lambda _, position: remove(position),
            actions=["Remove"],
            empty="No change yet: this is the plan as it stands.",
        )
        self.undo = widgets.Button(description="Undo")
        self.redo = widgets.Button(description="Redo")
        self.reset = widgets.Button(description="Reset")
        self.undo.on_click(lambda _: undo())
        self.redo.on_click(lambda _: redo())
        self.reset.on_click(lambda _: reset())

    @property
    def parts(self) -> tuple[Any, ...]:
        """The list, and the row of buttons."""
        return self.changes, row(self.undo, self.redo, self.reset)

    def show(self, history: History) -> None:
        """List what the present session holds."""
        session = history.present
        if session.plan is None:
            return
        plan = session.plan
        self.changes.items = [told(change, plan) for change in session.changes]
        self.undo.disabled = not history.past
        self.redo.disabled = not history.future
        self.reset.disabled = not session.changes
