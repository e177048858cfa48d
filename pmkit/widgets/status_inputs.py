"""What can be edited in a status: progress of an activity, and how the status is read."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from pmkit.model.change import Change
from pmkit.widgets.changes_box import ChangesBox
from pmkit.widgets.edits_table import edits_table
from pmkit.widgets.history import History
from pmkit.widgets.inputs import DownloadButton
from pmkit.widgets.look import heading, row, styled
from pmkit.widgets.picker import ActivityPicker
from pmkit.widgets.progress_form import ProgressForm
from pmkit.widgets.reading import Reading
from pmkit.widgets.status_rules import StatusRules
from pmkit.widgets.what_if_inputs import first_pick

_SAVE = (
    "<p class='pmkit-muted'>Edits live in this panel only. The file is as it was; save a copy "
    "to keep them.</p>"
)


class StatusInputs:
    """Four cards side by side.

    Parameters
    ----------
    on_pick
        Called when another activity is picked.
    on_change
        Called with a change to make; returns why it is refused, or nothing.
    on_method
        Called when another forecast is chosen.
    undo, redo, reset, remove
        Called by the way back.
    save
        Returns the workbook to download.

    Attributes
    ----------
    picker, form, changes, rules
        One for each card.
    """

    def __init__(
        self,
        *,
        on_pick: Callable[[str | None], object],
        on_change: Callable[[Change], str],
        on_method: Callable[[], object],
        undo: Callable[[], object],
        redo: Callable[[], object],
        reset: Callable[[], object],
        remove: Callable[[int], object],
        save: Callable[[], tuple[str, str, bytes] | None],
    ) -> None:
        self.form = ProgressForm(on_change)
        self.rules = StatusRules(on_change, on_method)
        self.changes = ChangesBox(undo, redo, reset, remove)
        self.changes.changes.empty = "No edit yet: this is the plan as it was opened."
        self.picker = ActivityPicker(on_pick)
        self.save = DownloadButton("Save a copy (Excel)", save)
        self._deltas = widgets.HTML()
        edits = widgets.VBox(
            [
                heading("3. See what it does"),
                *self.changes.parts,
                self._deltas,
                widgets.HTML(_SAVE),
                row(self.save),
            ]
        )
        cards = [self.picker.box, self.form.box, styled(edits, "card"), self.rules.box]
        self.box = styled(widgets.Box(cards), "band")

    def open(self, reading: Reading) -> None:
        """List the activities of another plan, and pick one that matters."""
        found = next((finding.id for finding in reading.findings), None)
        self.picker.show(reading.plan, found or first_pick(reading.schedule))

    def show(self, history: History, opened: Reading, reading: Reading) -> None:
        """Show what the present session holds, and what it does to the plan as it was opened."""
        self.changes.show(history)
        self.rules.show(reading)
        cost, time = self.rules.cost_method.value, self.rules.time_method.value
        self._deltas.value = edits_table(opened, reading, cost, time)
