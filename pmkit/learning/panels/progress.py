"""What a learner has done, as two pictures; what to do next; and a way to take it along."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import RLock
from typing import Any

import ipywidgets as widgets
import traitlets as t

from pmkit.learning.calibration import calibration
from pmkit.learning.pictures.calibration import calibration_chart
from pmkit.learning.pictures.progress import progress_chart
from pmkit.learning.record import Record, record
from pmkit.learning.standing import Standing, standing
from pmkit.model.errors import PlanError
from pmkit.views.theme import DARK, LIGHT
from pmkit.widgets.guarded import File, Guarded
from pmkit.widgets.inputs import DownloadButton, Region, UploadButton
from pmkit.widgets.live_chart import Drawings
from pmkit.widgets.look import heading, row, shown, style_sheet, styled

_KEPT = "All of it is in one file on this machine. Nothing is sent anywhere."
_STANDS = "This is where you stand."
_EMPTY = "Nothing is answered yet. Open a lesson and answer something, then press Refresh here."
_BROKEN = (
    "Press Reset to begin a new file; the one that cannot be read is kept beside it. Or press "
    "Refresh once it is mended."
)
_SURE_WIDTH = 480  # pixels: both pictures stand side by side on a wide page
_ASKED = (
    "Begin again from nothing? What you have answered is kept in a file beside, and undo brings "
    "it back."
)


class ProgressPanel(Guarded):
    """How far a learner has come, how well they judge themselves, and what to do next.

    Parameters
    ----------
    own
        The learner's file; their own one when not told.

    Attributes
    ----------
    result : Standing
        What is drawn.
    next_steps
        What to do next, as markup.
    refresh_button, export_button, restore_button, reset_button
        Look again; save a copy; add what such a copy holds; begin again, which asks first.
    yes_button, no_button, undo_button
        The answers to that, and the way back.
    status
        The line that says what happened.
    """

    result = t.Instance(Standing, allow_none=True)

    def __init__(self, own: Record | None = None, **kwargs: Any) -> None:
        super().__init__(RLock(), **kwargs)
        self._own = own or record()
        self._kept: Path | None = None
        self._dark = False
        self.next_steps = styled(widgets.HTML(), "notes")
        self.refresh_button = widgets.Button(description="Refresh")
        self.export_button = DownloadButton("Export", self._exported)
        self.restore_button = UploadButton(
            "Restore", self._on_files, self._refuse, accept=".json",
            hint="adds what an exported file holds",
        )  # fmt: skip
        self.reset_button = widgets.Button(description="Reset")
        self.yes_button = widgets.Button(description="Yes, begin again")
        self.no_button = widgets.Button(description="No, keep it")
        self.undo_button = widgets.Button(description="Undo the reset")
        self._question = row(widgets.HTML(f"<p>{_ASKED}</p>"), self.yes_button, self.no_button)
        self._on_clicks()
        self._drawings = Drawings("Progress")
        self._progress = styled(widgets.Box([Region(label="How far you have come")]), "framed")
        self._judged = styled(widgets.Box([Region(label="How sure, how right")]), "framed")
        self._pictures = styled(widgets.Box([self._progress, self._judged]), "pair", "top")
        self.children = [
            style_sheet(), heading("Your progress", 2),
            widgets.HTML(f"<p class='pmkit-muted'>{_KEPT}</p>"),
            row(self.refresh_button, self.export_button, self.restore_button, self.reset_button,
                self.undo_button),
            self._question, self.status, heading("What to do next"), self.next_steps,
            self._pictures,
        ]  # fmt: skip
        styled(self, "panel")
        shown(self._question, False)
        shown(self.undo_button, False)
        self.status.observe(self._on_dark, names="dark")
        self._guarded(self.refresh)

    def __repr__(self) -> str:
        return "ProgressPanel of what is answered on this machine"

    # What a caller may do

    def refresh(self) -> None:
        """Read the file again: another notebook may have written to it."""
        self._show()
        self.status.say(_STANDS if self.result and self.result.answers else _EMPTY)

    def ask_reset(self) -> None:
        """Ask whether everything is to be forgotten."""
        shown(self._question, True)
        self.status.say("Nothing is forgotten yet.")

    def reset(self) -> None:
        """Forget everything; `undo` brings it back."""
        shown(self._question, False)
        self._kept = self._own.reset()
        shown(self.undo_button, self._kept is not None)
        self._show()
        name = self._kept.name if self._kept else ""
        self.status.say(f"You begin again. What was there is kept as {name}." if name
                        else "There was nothing to forget.")  # fmt: skip

    def keep(self) -> None:
        """Forget nothing after all."""
        shown(self._question, False)
        self.status.say("Everything is still there.")

    def undo(self) -> None:
        """Bring back what the reset has put aside, beside what was answered since.

        Raises
        ------
        PlanError
            If nothing was reset.
        """
        if self._kept is None:
            raise PlanError("undo: something must have been reset before, got nothing")
        count = self._own.add_from(self._kept)
        self._kept = None
        shown(self.undo_button, False)
        self._show()
        self.status.say(f"{count} entr{'y is' if count == 1 else 'ies are'} back.")

    def restore(self, name: str, content: bytes) -> None:
        """Add what an exported file holds; what is here stays.

        Parameters
        ----------
        name, content
            Of the file.

        Raises
        ------
        PlanError
            If `Export` did not make it.
        """
        with TemporaryDirectory() as folder:
            file = Path(folder) / "told.json"
            file.write_bytes(content)
            try:
                Record(file).events()
            except PlanError:
                raise PlanError(
                    f"{name}: must be a file that Export made, got something else; nothing is added"
                ) from None
            count = self._own.add_from(file)
        self._show()
        self.status.say(f"{count} entr{'y is' if count == 1 else 'ies are'} added." if count
                        else "All that it holds was here already.")  # fmt: skip

    # What happens behind it

    def _on_files(self, files: Mapping[str, bytes]) -> None:
        for told in files.items():
            self._guarded(partial(self.restore, *told))

    def _on_clicks(self) -> None:
        for button, act in (
            (self.refresh_button, self.refresh), (self.reset_button, self.ask_reset),
            (self.yes_button, self.reset), (self.no_button, self.keep),
            (self.undo_button, self.undo),
        ):  # fmt: skip
            button.on_click(lambda _, act=act: self._guarded(act))

    def _show(self) -> None:
        self.next_steps.value = f"<p>{_BROKEN}</p>"  # it stays where the file cannot be read
        shown(self._pictures, False)
        found = standing(self._own)
        steps = "".join(f"<li>{escape(step)}</li>" for step in found.next_steps)
        self.next_steps.value = f"<ul>{steps}</ul>"
        theme = DARK if self._dark else LIGHT
        shown(self._pictures, True)
        self._drawings.draw({
            "progress": (self._progress, progress_chart(found, theme=theme)),
            "judged": (self._judged,
                       calibration_chart(calibration(self._own), width=_SURE_WIDTH, theme=theme)),
        })  # fmt: skip
        self.result = found

    def _redraw(self, *, dark: bool) -> None:
        self._dark = dark
        self._show()

    def _exported(self) -> File | None:
        return self._download(
            lambda: ("pmkit-progress.json", "application/json", self._own.content()),
            "everything that you have answered.",
        )
