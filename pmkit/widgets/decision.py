"""A decision tree in the hand: change an amount or a probability, and see what is best."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import traitlets as t

from pmkit.analysis.deciding.decide import decide
from pmkit.analysis.deciding.decision_analysis import DecisionAnalysis
from pmkit.analysis.deciding.information import chances_of
from pmkit.model.decision import Branch, Chance, Choice, events_of
from pmkit.model.decision_editing import Path, branches_of, with_amounts, with_probability
from pmkit.model.errors import PlanError
from pmkit.views.theme import number_text
from pmkit.widgets.decision_parts import DecisionParts, head
from pmkit.widgets.guarded import File, Guarded
from pmkit.widgets.look import style_sheet, styled
from pmkit.widgets.runner import Runner

_Step = tuple[Choice, Choice]
"""A tree as it stood, and the one that was opened, to which Reset goes."""
_INVITATION = "Pick a branch, and change what it costs, pays, or how likely it is."


def example() -> Choice:
    """Return the plant of the PMBOK Guide, 6th ed. (PMI, 2017), figure 11-16."""

    def demand(strong: float, weak: float) -> Chance:
        return Chance("demand", {"strong": (0.6, strong), "weak": (0.4, weak)})

    return Choice("plant", {"build new": (demand(200, 90), 120), "upgrade": (demand(120, 60), 50)})


class DecisionPanel(Guarded):
    """A decision tree that is changed by hand; the one that was opened comes back by Reset.

    Parameters
    ----------
    tree
        What to start with; the example of the *PMBOK Guide* if none is given.
    minimise
        Whether its payoffs are costs.

    Attributes
    ----------
    tree : Choice
        The tree as it stands.
    result : DecisionAnalysis
        Of that tree.
    branch, amounts, explanation
        A branch, what can be typed of it, and what it is worth.
    event, outcome, knowing, right, study_cost, study
        An event, what it is worth to know it, and what a study is worth that may err.
    tolerance, averse
        A risk tolerance, and what the options are worth with it.
    undo_button, redo_button, reset_button
        The way back.
    upload, example_button, status, answer
        Opening a tree; the line that says what happened; the line with the answer.
    """

    tree = t.Instance(Choice)
    result = t.Instance(DecisionAnalysis)

    def __init__(self, tree: Choice | None = None, *, minimise: bool = False, **kw: Any) -> None:
        super().__init__(Runner(0, 0, lambda _: None, lambda _: None).lock, **kw)
        self.minimise = minimise
        opened = example() if tree is None else tree
        self._opened, self._past, self._future = opened, list[_Step](), list[_Step]()
        self._head, self.upload, self.example_button = head(
            lambda files: self._guarded(lambda: self._load(files)),
            self._refuse,
            lambda: self._guarded(lambda: self.open_tree(example())),
        )
        parts = self._parts = DecisionParts(
            on_branch=lambda: self._guarded(self._show_another_branch),
            on_event=lambda: self._guarded(self._show_another_event),
            on_outcome=lambda: self._guarded(self._show_event),
            on_amount=lambda name, value: self._guarded(lambda: self._type(name, value)),
            on_study=lambda box: self._guarded(lambda: self._type_study(box)),
            on_tolerance=lambda: self._guarded(self._type_tolerance),
            undo=lambda: self._guarded(self.undo),
            redo=lambda: self._guarded(self.redo),
            reset=lambda: self._guarded(self.reset),
            save=self._saved,
        )
        self.branch, self.amounts, self.explanation = parts.branch, parts.amounts, parts.explanation
        self.event, self.outcome, self.knowing = parts.event, parts.outcome, parts.knowing
        self.right, self.study_cost, self.study = parts.right, parts.study_cost, parts.study
        self.tolerance, self.averse, self.answer = parts.tolerance, parts.averse, parts.sentence
        self.undo_button, self.redo_button, self.reset_button = parts.undo, parts.redo, parts.reset
        self._say_refusals(*parts.amounts.values(), *parts.right, parts.study_cost,
                           parts.tolerance)  # fmt: skip
        self.children = [style_sheet(), self._head, self.status, parts.box]
        styled(self, "panel")
        self.status.observe(self._on_dark, names="dark")
        self._turn_to(opened, _INVITATION)

    def __repr__(self) -> str:
        return f"DecisionPanel {self.result!r}"

    # What a caller may do

    def open_tree(self, tree: Choice) -> None:
        """Open a tree in place of the one that is open; undo brings that one back."""
        self._record(tree, _INVITATION, opened=tree)

    def load_tree(self, name: str, content: bytes) -> None:
        """Open a tree from the content of a csv, xlsx or json file.

        Raises
        ------
        PlanError
            If it is no decision tree; the one that is open stays open.
        """
        self._load({name: content})

    def undo(self) -> None:
        """Go one step back."""
        if self._past:
            self._future.append((self.tree, self._opened))
            tree, self._opened = self._past.pop()
            self._turn_to(tree, "Undone.")

    def redo(self) -> None:
        """Take back the undo."""
        if self._future:
            self._past.append((self.tree, self._opened))
            tree, self._opened = self._future.pop()
            self._turn_to(tree, "Redone.")

    def reset(self) -> None:
        """Bring back the tree that was opened; undo brings the changes back."""
        self._record(self._opened, "Back to the tree as it was opened.")

    # What happens behind it

    def _load(self, files: Mapping[str, bytes]) -> None:
        from pmkit.files.decisions import read_decision

        ((name, content),) = list(files.items())[:1]
        self.open_tree(read_decision(name, content))
        self.status.say(f"Opened {name}.")

    def _record(self, tree: Choice, said: str, opened: Choice | None = None) -> None:
        _ = decide(tree, minimise=self.minimise)  # nothing is half done
        opened = self._opened if opened is None else opened
        if (tree, opened) != (self.tree, self._opened):
            self._past.append((self.tree, self._opened))
            self._future.clear()
        self._opened = opened
        self._turn_to(tree, said)

    def _turn_to(self, tree: Choice, said: str) -> None:
        self.result = decide(tree, minimise=self.minimise)
        self.tree = tree
        self.status.say(said)
        self._show()

    def _show(self) -> None:
        parts = self._parts
        parts.list(self.tree)
        parts.show_tree(self.result)
        self._show_branch()
        self._show_event()
        self._told(self._show_tolerance, self.averse)
        parts.show_way_back(
            undo=bool(self._past), redo=bool(self._future), reset=self.tree != self._opened
        )

    def _at(self) -> tuple[Path, Any, Branch]:
        """The branch that is picked: its path, the node that it leaves, and itself."""
        picked = self.branch.value
        return next(found for found in branches_of(self.tree) if found[0] == picked)

    def _show_branch(self) -> None:
        path, _, branch = self._at()
        self._parts.show_branch(self.result, path, branch)

    def _show_another_branch(self) -> None:
        self._forget_problem()
        self._show_branch()

    def _forget_problem(self) -> None:
        """What was refused of the one that was picked before is no longer of interest."""
        if self.status.kind == "problem":
            self.status.say(_INVITATION)

    def _show_another_event(self) -> None:
        self._parts.list_outcomes(self.tree)
        self._show_event()

    def _show_event(self) -> None:
        self._parts.show_event(self.result)
        self._told(self._show_study, self.study)

    def _type_study(self, box: Any) -> None:
        self._forget_problem()
        self._told(self._show_study, self.study)
        if box is not self.study_cost:
            self._share(box)
        elif (box.value or 0.0) < 0:
            raise PlanError(f"{box.label}: must be at least 0, got {box.value:g}")

    def _type_tolerance(self) -> None:
        self._forget_problem()
        self.averse.value = ""
        self._show_tolerance()

    @staticmethod
    def _told(show: Callable[[], None], where: Any) -> None:
        """Show an answer, or why there is none: a box that is wrong holds nothing else up."""
        try:
            show()
        except PlanError as error:
            where.value = f"<p>{escape(error.problems[0].sentence)}</p>"

    def _type(self, name: str, value: float | None) -> None:
        path, node, branch = self._at()
        if value is None:
            raise PlanError(f"{' > '.join(path)!r}: {name} must be a number, got nothing")
        if name == "probability":
            if not 0 <= value <= 100:
                raise PlanError(
                    f"event {node.name!r}, outcome {branch.label!r}: probability must be between 0 "
                    f"and 100 %, got {value:g}"
                )
            tree = with_probability(self.tree, node.name, branch.label, value / 100)
        else:
            tree = with_amounts(self.tree, path, **{name: value})
        word = {"payoff": "pays", "cost": "costs", "probability": "has a probability of"}[name]
        unit = " %" if name == "probability" else ""
        self._record(tree, f"{' > '.join(path)} now {word} {number_text(value)}{unit}.")

    def _show_study(self) -> None:
        event = self.event.value
        if event is None:
            return
        try:
            outcomes = list(chances_of(self.tree, event))
        except PlanError:
            outcomes = []
        if len(outcomes) != 2:
            return
        one, other = (self._share(box) for box in self.right)
        first, second = outcomes
        likely = {first: {first: one, second: 1 - other}, second: {first: 1 - one, second: other}}
        found = self.result.sample_information(event, likely, self.study_cost.value or 0.0)
        lines = "".join(f"<li>{escape(line)}</li>" for line in found.explain().lines)
        verdict = "worth" if found.is_worth_it else "not worth"
        self.study.value = (
            f"<p><strong>A study that is right so often adds {number_text(found.value)}: "
            f"{verdict} its cost of {number_text(found.cost)}.</strong></p><ul>{lines}</ul>"
        )

    @staticmethod
    def _share(box: Any) -> float:
        value = box.value
        if value is None or not 0 <= value <= 100:
            came = "nothing" if value is None else f"{value:g}"
            raise PlanError(f"{box.label}: must be between 0 and 100 %, got {came}")
        return float(value) / 100

    def _show_tolerance(self) -> None:
        value = self.tolerance.value
        if value is None:
            self.averse.value = "<p>Type one to see what each option is worth to you.</p>"
            return
        found = self.result.certainty_equivalent(value)
        items = "".join(
            f"<li>{escape(label)}: worth {number_text(sure)} for certain"
            f"{' (best)' if label == found.best else ''}</li>"
            for label, sure in found.options.items()
        )
        self.averse.value = f"<ul>{items}</ul>"

    def _redraw(self, *, dark: bool) -> None:
        self._parts.dark = dark
        self._parts.show_tree(self.result)
        if events_of(self.tree):
            self._parts.show_event(self.result)

    def _saved(self) -> File | None:
        from pmkit.files.decisions import decision_csv

        return self._download(
            lambda: ("decision.csv", "text/csv", decision_csv(self.tree).encode()),
            "with the tree as it stands.",
        )
