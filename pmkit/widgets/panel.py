"""What every panel has: a plan that is opened, a line that says what happened, and a way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import RLock
from typing import Any

import traitlets as t

from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan, Program
from pmkit.model.project import Project
from pmkit.widgets import files
from pmkit.widgets.as_planned import without_what_is_so
from pmkit.widgets.guarded import Guarded
from pmkit.widgets.history import History, Session
from pmkit.widgets.look import shown, style_sheet, styled
from pmkit.widgets.opening import Opening
from pmkit.widgets.telling import told


@dataclass(frozen=True)
class Words:
    """What a panel says of itself.

    Parameters
    ----------
    title, welcome
        Of the first screen; `welcome` is one sentence.
    invitation
        What to do first, once a plan is open.
    """

    title: str
    welcome: str
    invitation: str


class Panel(Guarded):
    """A panel on a plan that is opened, changed and never overwritten.

    Parameters
    ----------
    plan
        What to start with; without one, the panel asks for a file.
    words
        What it says of itself.
    lock
        Held by whoever changes what is shown.
    """

    plan = t.Union([t.Instance(Project), t.Instance(Program)], allow_none=True)

    def __init__(self, plan: Plan | None, words: Words, lock: RLock, **kwargs: Any) -> None:
        super().__init__(lock, **kwargs)
        self._words = words
        self._history = History()
        self._opening = Opening(
            words.title,
            words.welcome,
            lambda uploaded: self._guarded(lambda: self._load(uploaded)),
            self._refuse,
            lambda: self._guarded(self.open_sample),
        )
        self.upload, self.sample_button = self._opening.upload, self._opening.sample
        self._work = self._made()
        self.children = [
            style_sheet(), self._opening.head, self.status, self._opening.notes, self._work,
        ]  # fmt: skip
        styled(self, "panel")
        self.status.observe(self._on_dark, names="dark")
        self._show()
        if plan is not None:
            self.open_plan(plan)

    # What a caller may do

    def open_plan(self, plan: Plan) -> None:
        """Open a plan in place of the one that is open; undo brings that one back."""
        self._record(Session(plan), self._words.invitation)

    def open_sample(self) -> None:
        """Open the program that ships with pmkit."""
        from pmkit.data import sample

        self.open_plan(sample())
        self.status.say(f"This is the sample program. {self._words.invitation}")

    def load_plan(self, name: str, content: bytes) -> None:
        """Open a plan from the content of a file.

        Parameters
        ----------
        name
            Of the file; its ending tells the format.
        content
            The bytes in it.

        Raises
        ------
        PlanError
            If it is not a plan; the one that is open stays open.
        """
        self._load({name: content})

    def change(self, target: object, **values: Any) -> None:
        """Make a change, as `Change` takes it; what it says again, it says instead.

        Raises
        ------
        PlanError
            If it does not fit the plan; nothing is changed then.
        """
        self._change(Change(target, **values))

    def remove_change(self, position: int) -> None:
        """Take back one of the changes, counted from 0."""
        session = self._history.present
        gone = told(session.changes[position], self._open_plan)
        self._record(session.without_change(position), f"Removed: {gone}.")

    def undo(self) -> None:
        """Go one step back."""
        if self._history.past:
            self._turn_to(self._history.undone(), "Undone.")

    def redo(self) -> None:
        """Take back the undo."""
        if self._history.future:
            self._turn_to(self._history.redone(), "Redone.")

    def reset(self) -> None:
        """Drop all changes; undo brings them back."""
        self._record(
            replace(self._history.present, changes=()),
            "Back to the plan as it stands. Undo brings the changes back.",
        )

    # What each panel has of its own

    def _made(self) -> Any:
        """Make the inputs, and return the box of all that needs a plan."""
        raise NotImplementedError

    def _check(self, session: Session) -> None:
        """Raise the error that says why a session does not fit together."""
        raise NotImplementedError

    def _show(self) -> None:
        """Bring everything on the screen in line with the present session, quickest first."""
        raise NotImplementedError

    # What happens behind it

    @property
    def _open_plan(self) -> Plan:
        plan = self._history.present.plan
        if plan is None:
            name = self._words.title.rstrip("?").lower()
            raise PlanError(f"{name}: a plan must be open before it is changed, got none")
        return plan

    def _has_plan(self) -> bool:
        """Whether a plan is open; where none is, show the first screen."""
        plan = self._history.present.plan
        shown(self._work, plan is not None)
        if plan is None:
            self.status.say("To begin, open a plan, or the sample.")
            self._opening.show(None)
        return plan is not None

    def _load(self, uploaded: Mapping[str, bytes]) -> None:
        plan = files.read_plan(uploaded)
        self.open_plan(plan)
        self.status.say(f"Opened {', '.join(uploaded)}.")

    def _record(self, session: Session, said: str = "") -> None:
        """Make a session the present one, unless it does not fit together."""
        self._check(session)
        self._turn_to(self._history.after(session), said)

    def _turn_to(self, history: History, said: str) -> None:
        before, self._history = self._history, history
        self.status.say(said)
        try:
            self._show()
        except Exception:
            self._history = before  # nothing is half done
            raise

    def _change(self, change: Change) -> None:
        plan = self._open_plan
        session = self._history.present.with_change(change)
        self._record(without_what_is_so(session, change, plan), f"Changed {told(change, plan)}.")
