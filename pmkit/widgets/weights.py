"""The weights panel: how important each objective is, and what that does to the projects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import traitlets as t

from pmkit.analysis.aligning.alignment import Alignment, align
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan, Program
from pmkit.widgets import files
from pmkit.widgets.guarded import File
from pmkit.widgets.history import Session
from pmkit.widgets.later import Later
from pmkit.widgets.panel import Panel, Words
from pmkit.widgets.runner import Runner
from pmkit.widgets.weights_figures import (
    PAIRS,
    SWING,
    WAYS,
    Values,
    beginning,
    groups,
    weighed,
)
from pmkit.widgets.weights_parts import WeightsParts

_REST = 0.25  # seconds
_WORDS = Words(
    "What matters most?",
    "Open a program with objectives and contributions, weigh the objectives, and see which "
    "projects serve them.",
    "Change a weight, or compare the objectives in pairs.",
)


@dataclass(frozen=True)
class WeightsSession(Session):
    """A program, and the groups of objectives that were weighed anew.

    Parameters
    ----------
    told
        ``(parent, way, values)`` of each group that was.
    parent, way
        The group that is shown, and how it is weighed.
    """

    told: tuple[tuple[str, str, Values], ...] = ()
    parent: str = ""
    way: str = SWING


class WeightsPanel(Panel):
    """Weights of objectives, and what they do to the alignment of projects.

    Parameters
    ----------
    plan
        A program with objectives; without one, the panel asks for a file.

    Attributes
    ----------
    plan : Program
        As opened.
    result : Alignment
        With the weights as they stand here; ``None`` without a plan.
    group, way, boxes
        Which objectives are weighed, how, and the numbers.
    undo_button, redo_button, reset_button, changes
        The way back, and the groups that were weighed anew.
    figures, weights
        What the weights come to.
    upload, sample_button, status, answer
        Opening a plan; the line that says what happened; the line with the answer.
    """

    result = t.Instance(Alignment, allow_none=True)

    def __init__(self, plan: Plan | None = None, **kwargs: Any) -> None:
        self._read: dict[tuple[int, str], Alignment] = {}
        lock = Runner(0, 0, lambda _: None, lambda _: None).lock
        self._pictures = Later(lambda: self._guarded(self._draw), lock, _REST)
        super().__init__(plan, _WORDS, lock, **kwargs)

    def _made(self) -> Any:
        parts = self._parts = WeightsParts(
            on_group=lambda parent: self._guarded(lambda: self.show_group(parent)),
            on_way=lambda way: self._guarded(lambda: self.weigh_by(way)),
            on_value=lambda key, value: self._guarded(lambda: self.set(key, value)),
            undo=lambda: self._guarded(self.undo),
            redo=lambda: self._guarded(self.redo),
            reset=lambda: self._guarded(self.reset),
            remove=lambda n: self._guarded(lambda: self.remove_change(n)),
            save=self._saved,
        )
        self.group, self.way, self.figures = parts.group, parts.way, parts.figures
        self.weights, done = parts.weights, parts.changes
        self.changes, self.undo_button = done.changes, done.undo
        self.redo_button, self.reset_button = done.redo, done.reset
        self.answer = parts.sentence
        return parts.box

    @property
    def boxes(self) -> dict[str, Any]:
        """The number of each objective, or of each pair, by ``"way objective"``."""
        return self._parts.boxes

    def __repr__(self) -> str:
        if self._history.present.plan is None:
            return "WeightsPanel without a plan"
        return f"WeightsPanel {self.result!r}"

    # What a caller may do, besides what every panel can

    def open_plan(self, plan: Plan) -> None:
        """Open a program in place of the one that is open; undo brings that one back.

        Raises
        ------
        PlanError
            If it is not a program with at least two objectives to weigh.
        """
        if not isinstance(plan, Program) or not groups(plan.strategy):
            raise PlanError("weights: the plan must be a program with two objectives or more to "
                            "weigh, this has none")  # fmt: skip
        parent = groups(plan.strategy)[0][1]
        way = PAIRS if parent in plan.strategy.judgements else SWING
        self._record(WeightsSession(plan, parent=parent, way=way), _WORDS.invitation)

    def reset(self) -> None:
        """Go back to the weights of the plan; undo brings the edits back."""
        session = self._present
        self._record(WeightsSession(session.plan, parent=session.parent, way=session.way),
                     "Back to the weights of the plan. Undo brings the edits back.")  # fmt: skip

    def show_group(self, parent: str) -> None:
        """Show another group of objectives: the parts of one, or those at the top.

        Raises
        ------
        PlanError
            If that is no group with two or more.
        """
        known = [told for _, told in groups(self._program.strategy)]
        if parent not in known:
            raise PlanError(f"weights: group must be one of {', '.join(map(repr, known))}, "
                            f"got {parent!r}")  # fmt: skip
        self._record(replace(self._present, parent=parent))

    def weigh_by(self, way: str) -> None:
        """Weigh the group by ``"swing"``, ``"pairs"`` or ``"direct"``; the weights stay till then.

        Raises
        ------
        PlanError
            If there is no such way.
        """
        if way not in WAYS.values():
            raise PlanError(f"weights: way must be one of {', '.join(WAYS.values())}, got {way!r}")
        self._record(replace(self._present, way=way))

    def set(self, key: str, value: float | None) -> None:
        """Set the number of an objective, or of a pair ``"one > other"``.

        Raises
        ------
        PlanError
            If it is no number that fits.
        """
        session = self._present
        values = dict(self._values(session))
        if key not in values:
            raise PlanError(f"weights: must be about one of {', '.join(map(repr, values))}, "
                            f"got {key!r}")  # fmt: skip
        values[key] = value
        kept = tuple(one for one in session.told if one[0] != session.parent)
        told = (session.parent, session.way, tuple(values.items()))
        self._record(replace(session, told=(*kept, told)), "The weights are changed.")

    def remove_change(self, position: int) -> None:
        """Take back what was told of one group, counted from 0."""
        told = self._present.told
        self._record(replace(self._present, told=told[:position] + told[position + 1 :]),
                     "Back to the weights of the plan.")  # fmt: skip

    # What happens behind it

    @property
    def _present(self) -> WeightsSession:
        session = self._history.present
        return session if isinstance(session, WeightsSession) else WeightsSession(session.plan)

    @property
    def _program(self) -> Program:
        plan = self._open_plan
        assert isinstance(plan, Program)
        return plan

    def _values(self, session: WeightsSession) -> Values:
        """What was told of the group that is shown, else what the plan says of it."""
        for parent, way, values in session.told:
            if (parent, way) == (session.parent, session.way):
                return values
        return beginning(self._weighed(session).strategy, session.parent, session.way)

    @staticmethod
    def _weighed(session: WeightsSession) -> Program:
        plan = session.plan
        if not isinstance(plan, Program):
            raise PlanError("weights: a program must be open, got none")
        return weighed(plan, {parent: (way, values) for parent, way, values in session.told})

    def _alignment(self, session: WeightsSession) -> Alignment:
        key = id(session.plan), repr(session.told)
        if key not in self._read:
            self._read[key] = align(self._weighed(session))
        return self._read[key]

    def _check(self, session: Session) -> None:
        if isinstance(session, WeightsSession):
            self._alignment(session)

    def _show(self) -> None:
        if not self._has_plan():
            self.plan = self.result = None
            return
        session = self._present
        now, before = self._alignment(session), self._alignment(replace(session, told=()))
        self._parts.show(now, before, session.parent, session.way, self._values(session))
        self._pictures.ask()
        self._parts.changes.show(self._history)
        labels = {parent: label for label, parent in groups(self._program.strategy)}
        words = {way: label for label, way in WAYS.items()}
        self.changes.items = [f"{labels[parent]}: {words[way].lower()}"
                              for parent, way, _ in session.told]  # fmt: skip
        self._parts.changes.reset.disabled = not session.told
        self._opening.show(self._open_plan, ())
        self.result, self.plan = now, self._open_plan

    def _draw(self) -> None:
        if self._history.present.plan is not None:
            self._parts.draw(self._alignment(self._present))

    def _redraw(self, *, dark: bool) -> None:
        self._parts.dark = dark
        self._draw()

    def _saved(self) -> File | None:
        return self._download(
            lambda: files.workbook(self._weighed(self._present)),
            "with these weights. Your file is as it was.",
        )
