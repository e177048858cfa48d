"""What can be typed about crashing: terms, how far an activity can be crashed, the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from pmkit.model.activity import Activity
from pmkit.model.change import Change
from pmkit.widgets.boxes import NumberBox
from pmkit.widgets.changes_box import ChangesBox
from pmkit.widgets.crash_terms import Terms, TermsForm
from pmkit.widgets.inputs import DownloadButton
from pmkit.widgets.look import card, heading, row, stacked, styled

_SAVE = (
    "<p class='pmkit-muted'>Nothing is changed in your file. A copy has the crashed durations "
    "in it.</p>"
)


class CrashInputs:
    """Three cards.

    Parameters
    ----------
    on_terms
        Called with the terms as typed; returns why they are refused, or nothing.
    on_change
        Called with a change to make; returns why it is refused, or nothing.
    on_pick
        Called when another activity is picked.
    undo, redo, reset, remove
        Called by the way back.
    save
        Returns the workbook to download.

    Attributes
    ----------
    terms, changes
        Forms of two cards.
    activity, crash_duration, crash_cost, explanation
        The third card: an activity, how far it can be crashed, and why it is or is not.
    """

    def __init__(
        self,
        *,
        on_terms: Callable[[Terms], str],
        on_change: Callable[[Change], str],
        on_pick: Callable[[str | None], object],
        undo: Callable[[], object],
        redo: Callable[[], object],
        reset: Callable[[], object],
        remove: Callable[[int], object],
        save: Callable[[], tuple[str, str, bytes] | None],
    ) -> None:
        self._on_change, self._on_pick = on_change, on_pick
        self._filling = False
        self.terms = TermsForm(on_terms)
        self.changes = ChangesBox(undo, redo, reset, remove)
        self.changes.changes.empty = "No edit yet: this is the plan as it was opened."
        self.save = DownloadButton("Save the crashed plan (Excel)", save)
        self.activity = stacked(widgets.Dropdown(description="Activity", options=[]))
        self.crash_duration = NumberBox("Shortest duration (days)", required=False)
        self.crash_cost = NumberBox("Its cost then", required=False, step=100.0)
        self.explanation = widgets.HTML()
        halves = styled(widgets.Box([self.crash_duration, self.crash_cost]), "halves")
        self.why = card("Why this one?", self.activity, self.explanation, halves)
        self.changes_card = styled(
            widgets.VBox(
                [heading("Edits, and the way back"), *self.changes.parts, widgets.HTML(_SAVE),
                 row(self.save)]
            ),
            "card",
        )  # fmt: skip
        self.activity.observe(self._picked, names="value")
        self.crash_duration.observe(self._typed("crash_duration"), names="value")
        self.crash_cost.observe(self._typed("crash_cost"), names="value")

    @property
    def boxes(self) -> tuple[Any, ...]:
        """What is typed into."""
        return *self.terms.boxes, self.crash_duration, self.crash_cost

    def list(self, options: list[tuple[str, str]]) -> None:
        """Offer these activities, labels and ids; the one that is picked stays."""
        if list_of(self.activity.options) == options:
            return
        before = self.activity.value
        ids = [id_ for _, id_ in options]
        self._filling = True
        try:
            with self.activity.hold_sync():
                self.activity.options = options
                self.activity.value = before if before in ids else ids[0] if ids else None
        finally:
            self._filling = False

    def show_activity(self, activity: Activity | None, why: str) -> None:
        """Show how far an activity can be crashed, and why it is or is not."""
        self._filling = True
        try:
            for box, name in ((self.crash_duration, "crash_duration"),
                              (self.crash_cost, "crash_cost")):  # fmt: skip
                box.error = box.refusal = ""
                box.value = None if activity is None else getattr(activity, name)
            self.explanation.value = why
        finally:
            self._filling = False

    def _picked(self, change: dict[str, Any]) -> None:
        if not self._filling:
            self._on_pick(change["new"])

    def _typed(self, name: str) -> Callable[[Any], None]:
        def act(change: dict[str, Any]) -> None:
            if not self._filling and self.activity.value is not None:
                made = Change(self.activity.value, **{name: change["new"]})
                getattr(self, name).error = self._on_change(made)

        return act


def list_of(options: Any) -> list[tuple[str, str]]:
    """Return what a chooser offers as a list."""
    return [(str(label), str(id_)) for label, id_ in options]
