"""The health of a schedule: every rule, who offends, and the way to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import traitlets as t

from pmkit.analysis.health import Health, check_health
from pmkit.analysis.health.rules import RULES
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.scenario import Scenario
from pmkit.widgets import files
from pmkit.widgets.guarded import File
from pmkit.widgets.health_parts import HealthParts
from pmkit.widgets.history import Session
from pmkit.widgets.outcomes import changed_plan
from pmkit.widgets.panel import Panel, Words
from pmkit.widgets.runner import Runner
from pmkit.widgets.telling import told

_WORDS = Words(
    "Health of the schedule",
    "Open a plan, see which of the DCMA's fourteen points and four more it keeps, who offends, and "
    "how to mend it.",
    "Pick a rule, then an offender.",
)


@dataclass(frozen=True)
class HealthSession(Session):
    """A session with thresholds of its own.

    Parameters
    ----------
    thresholds
        Name and value of those that are not the usual ones.
    """

    thresholds: tuple[tuple[str, float], ...] = ()


class HealthPanel(Panel):
    """A schedule held against every rule, mended by hand.

    Parameters
    ----------
    plan
        What to start with; without one, the panel asks for a file.

    Attributes
    ----------
    plan : Plan
        The plan as opened.
    result : Health
        Of the plan with what was mended; ``None`` without a plan.
    check, threshold, offenders
        The rule that is picked, its threshold, and who breaks it.
    mend_button, mend_all_button
        Make the obvious change, for the offender that is picked or for all of the rule.
    detail
        What the offender is, and what to do.
    undo_button, redo_button, reset_button, changes
        The way back, and what was mended.
    upload, sample_button, status, answer
        Opening a plan; the line that says what happened; the line with the answer.
    """

    result = t.Instance(Health, allow_none=True)

    def __init__(self, plan: Plan | None = None, **kwargs: Any) -> None:
        self._read: tuple[Session, Health] | None = None
        self._check_name, self._offender = "logic", ""
        lock = Runner(0, 0, lambda _: None, lambda _: None).lock
        super().__init__(plan, _WORDS, lock, **kwargs)

    def _made(self) -> Any:
        parts = self._parts = HealthParts(
            on_check=lambda name: self._guarded(lambda: self.pick_check(name)),
            on_offender=lambda n: self._guarded(lambda: self._pick_offender(n)),
            on_mend=lambda: self._guarded(self.mend),
            on_mend_all=lambda: self._guarded(self.mend_all),
            on_threshold=lambda value: self._guarded(lambda: self._set_threshold(value)),
            undo=lambda: self._guarded(self.undo),
            redo=lambda: self._guarded(self.redo),
            reset=lambda: self._guarded(self.reset),
            remove=lambda n: self._guarded(lambda: self.remove_change(n)),
            save=self._saved,
        )
        self.check, self.threshold, self.offenders = parts.check, parts.threshold, parts.offenders
        self.mend_button, self.mend_all_button = parts.mend, parts.mend_all
        self.detail, self.answer = parts.detail, parts.sentence
        done = parts.changes
        self.changes, self.undo_button = done.changes, done.undo
        self.redo_button, self.reset_button = done.redo, done.reset
        self._say_refusals(parts.threshold)
        return parts.box

    def __repr__(self) -> str:
        session = self._history.present
        if session.plan is None:
            return "HealthPanel without a plan"
        return f"HealthPanel {session.plan!r}, {self.result!r}"

    # What a caller may do, besides what every panel can

    def open_plan(self, plan: Plan) -> None:
        """Open a plan in place of the one that is open; the first rule that fails is picked."""
        session = HealthSession(plan)
        failed = self._reading(session).failed
        self._check_name, self._offender = (failed or ("logic",))[0], ""
        self._record(session, _WORDS.invitation)

    def reset(self) -> None:
        """Drop what was mended and the thresholds; undo brings them back."""
        self._record(
            HealthSession(self._open_plan),
            "Back to the plan as it stands. Undo brings the changes back.",
        )

    def pick_check(self, name: str) -> None:
        """Show who breaks a rule.

        Raises
        ------
        KeyError
            If there is no such rule.
        """
        health = self._reading(self._history.present)
        _ = health[name]
        self._check_name, self._offender = name, ""
        if self.status.kind == "problem":  # of the rule that was picked before
            self.status.say(_WORDS.invitation)
        self._show()

    def mend(self) -> None:
        """Make the obvious change for the offender that is picked.

        Raises
        ------
        PlanError
            If none is picked, or none is obvious.
        """
        health = self._reading(self._history.present)
        way = health.way(self._check_name, self._offender) if self._offender else None
        if way is None:
            raise PlanError("mend: an offender with an obvious change must be picked, got none")
        self._change(way)
        self._tell_what_broke(health)

    def mend_all(self) -> None:
        """Make the obvious change for every offender of the rule, in one step.

        Raises
        ------
        PlanError
            If there is none.
        """
        health = self._reading(self._history.present)
        ways = health.ways(self._check_name)
        if not ways:
            raise PlanError("mend: an offender with an obvious change must be there, got none")
        session = self._history.present
        for change in ways:
            session = session.with_change(change)
        first = told(ways[0], self._open_plan)
        more = f", and {len(ways) - 1} more" if len(ways) > 1 else ""
        self._record(session, f"Mended {first}{more}.")
        self._tell_what_broke(health)

    @property
    def meaning_text(self) -> str:
        """What the rule that is picked asks for, and how the plan keeps it, as markup."""
        return str(self._parts.meaning.value)

    # What happens behind it

    def _tell_what_broke(self, before: Health) -> None:
        """Say which rules were kept before and are not now: mending one may break another."""
        now = self._reading(self._history.present)
        broken = [now[name].rule.lower() for name in now.failed if name not in before.failed]
        if broken:
            self.status.say(f"{self.status.text} Now failing: {', '.join(broken)}.")

    def _set_threshold(self, value: float | None) -> None:
        session = self._history.present
        held = dict(session.thresholds) if isinstance(session, HealthSession) else {}
        name = self._check_name
        name = "critical_path_delay" if name == "critical_path_test" else name
        held.pop(name, None)
        if value is not None and value != RULES[self._check_name].limit:
            held[name] = float(value)
        settled = HealthSession(session.plan, session.changes, session.kept, tuple(held.items()))
        self._record(settled, "The threshold is changed.")

    def _pick_offender(self, position: int) -> None:
        health = self._reading(self._history.present)
        self._offender = health[self._check_name].offenders[position]
        self._parts.show_offender(health, self._check_name, position)

    def _reading(self, session: Session) -> Health:
        """The health of the plan with its changes; that of the last session is kept."""
        if session.plan is None:
            raise PlanError("health: a plan must be open, got none")
        if self._read is None or self._read[0] is not session:
            plan = changed_plan(Scenario("mended", session.changes), session.plan)
            limits = dict(session.thresholds) if isinstance(session, HealthSession) else {}
            self._read = session, check_health(plan, limits)
        return self._read[1]

    def _check(self, session: Session) -> None:
        self._reading(session)

    def _show(self) -> None:
        if not self._has_plan():
            self.plan = self.result = None
            return
        session = self._history.present
        health = self._reading(session)
        self._parts.show(health, self._check_name)
        found = health[self._check_name].offenders
        position = found.index(self._offender) if self._offender in found else -1
        self._parts.show_offender(health, self._check_name, position)
        self._parts.changes.show(self._history)
        self._parts.changes.reset.disabled = session == HealthSession(session.plan)
        self._opening.show(self._open_plan, ())
        self.result, self.plan = health, self._open_plan

    def _redraw(self, *, dark: bool) -> None:
        self._parts.dark = dark
        if self._history.present.plan is not None:
            self._parts.show(self._reading(self._history.present), self._check_name)

    def _saved(self) -> File | None:
        return self._download(
            lambda: files.workbook(self._reading(self._history.present).plan),
            "mended. Your file is as it was.",
        )
