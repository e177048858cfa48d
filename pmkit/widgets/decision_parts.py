"""What the decision panel consists of: the tree, a branch, what knowing is worth, the flips."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from typing import Any

import ipywidgets as widgets

from pmkit.analysis.deciding.decision_analysis import DecisionAnalysis
from pmkit.analysis.deciding.information import chances_of
from pmkit.model.decision import Branch, Choice, events_of
from pmkit.model.decision_editing import Path, branches_of
from pmkit.model.errors import PlanError
from pmkit.views.decision import decision_tree_chart, flip_chart
from pmkit.views.note import note_chart
from pmkit.views.theme import DARK, LIGHT, number_text, shortened
from pmkit.widgets.boxes import NumberBox
from pmkit.widgets.choices import choice, offer
from pmkit.widgets.guarded import File
from pmkit.widgets.inputs import DownloadButton, Region, StatusLine, UploadButton
from pmkit.widgets.live_chart import LiveChart
from pmkit.widgets.look import card, heading, row, shown, stack, styled

_TREE, _FLIP = 830, 500
_LABEL = 20  # letters of an outcome above a box
_SAVE = (
    "<p class='pmkit-muted'>A table with a row for each branch, which Open a tree reads again.</p>"
)


class DecisionParts:
    """All of the panel below its head.

    Parameters
    ----------
    on_branch, on_event, on_outcome
        Called when another one is picked.
    on_amount
        Called with ``cost``, ``payoff`` or ``probability`` and what was typed; returns why it is
        refused, or nothing.
    on_study
        Called with the box in which what a study finds, or its cost, was typed; returns why it is
        refused.
    on_tolerance
        Called with the risk tolerance that was typed; returns why it is refused.
    undo, redo, reset
        Called by the way back.
    save
        Returns the file to download.
    """

    def __init__(
        self,
        *,
        on_branch: Callable[[], object],
        on_event: Callable[[], object],
        on_outcome: Callable[[], object],
        on_amount: Callable[[str, float | None], str],
        on_study: Callable[[NumberBox], str],
        on_tolerance: Callable[[], str],
        undo: Callable[[], object],
        redo: Callable[[], object],
        reset: Callable[[], object],
        save: Callable[[], File | None],
    ) -> None:
        self._filling, self.dark = False, False
        self._charts: dict[str, LiveChart] = {}
        self.sentence = styled(StatusLine(), "answer")
        self.branch = self._list("Branch", on_branch)
        self.event = self._list("Event", on_event)
        self.outcome = self._list("Outcome", on_outcome)
        self.explanation, self.knowing, self.averse, self.study = (
            styled(widgets.HTML(), "notes") for _ in range(4)
        )
        self.amounts = {
            "cost": NumberBox("Cost", step=10.0),
            "payoff": NumberBox("Pays", step=10.0, signed=True),
            "probability": NumberBox("Probability (%)", step=5.0),
        }
        for name, box in self.amounts.items():
            box.observe(self._typed(box, partial(on_amount, name)), names="value")
        self.right = [NumberBox("", value=80.0, step=5.0) for _ in range(2)]
        self.study_cost = NumberBox("The study costs", value=0.0, step=1.0)
        self.tolerance = NumberBox("Risk tolerance", required=False, step=50.0)
        for box in (*self.right, self.study_cost):
            box.observe(self._typed(box, partial(_of, on_study, box)), names="value")
        self.tolerance.observe(self._typed(self.tolerance, lambda _: on_tolerance()),
                               names="value")  # fmt: skip
        self.undo = widgets.Button(description="Undo")
        self.redo = widgets.Button(description="Redo")
        self.reset = widgets.Button(description="Reset")
        for button, act in ((self.undo, undo), (self.redo, redo), (self.reset, reset)):
            button.on_click(lambda _, act=act: act())
        self.save = DownloadButton("Save the tree (csv)", save)
        self.box = self._laid_out()

    def _list(self, label: str, act: Callable[[], object]) -> Any:
        made = choice(label)
        made.observe(lambda _: None if self._filling else act(), names="value")
        return made

    def _laid_out(self) -> Any:
        self._tree = styled(widgets.Box([Region(label="Decision tree")]), "framed")
        self._flip = styled(widgets.Box([Region(label="Where the choice flips")]), "framed")
        thirds = styled(widgets.Box(list(self.amounts.values())), "thirds")
        branch = card("A branch", self.branch, thirds, self.explanation)
        self._study_box = stack(
            styled(widgets.Box(self.right), "halves"), self.study_cost, self.study
        )
        know = card("What is it worth to know?", self.event, self.knowing, self._study_box)
        averse = card(
            "Rather not gamble?", self.tolerance,
            widgets.HTML("<p class='pmkit-muted'>About the largest amount R for which you would "
                         "still take an even chance of winning R or losing half of it.</p>"),
            self.averse,
        )  # fmt: skip
        back = styled(
            widgets.VBox([heading("The way back"), row(self.undo, self.redo, self.reset),
                          widgets.HTML(_SAVE), row(self.save)]),
            "card",
        )  # fmt: skip
        # what is typed stands beside the tree that it changes
        first = styled(widgets.Box([self._tree, branch]), "pair")
        flips = card("Where does it flip?", self.outcome)
        asked = stack(flips, averse, back)
        asked.layout.flex = "1 1 290px"
        self._flip.layout.align_self = "flex-start"  # in the dark its ground is not the page's
        second = styled(widgets.Box([self._flip, asked]), "pair")
        return stack(self.sentence, first, second, know)

    def list(self, tree: Choice) -> None:
        """Offer the branches, the events and the outcomes of a tree; what is picked stays."""
        paths = [(" > ".join(path), path) for path, _, _ in branches_of(tree)]
        events = list(events_of(tree))
        self._filling = True
        try:
            offer(self.branch, paths)
            offer(self.event, [(event, event) for event in events])
            self.list_outcomes(tree)
        finally:
            self._filling = False

    def list_outcomes(self, tree: Choice) -> None:
        """Offer the outcomes of the event that is picked."""
        was, self._filling = self._filling, True
        try:
            places = events_of(tree).get(self.event.value or "", ())
            labels = dict.fromkeys(o for node in places for o in node.probabilities)
            offer(self.outcome, [(label, label) for label in labels])
        finally:
            self._filling = was

    def show_tree(self, analysis: DecisionAnalysis) -> None:
        """Draw the tree, and say what is best."""
        theme = DARK if self.dark else LIGHT
        chart = decision_tree_chart(analysis, width=_TREE, theme=theme)
        self._put("tree", self._tree, chart)
        self.sentence.text = _said(analysis)

    def show_branch(self, analysis: DecisionAnalysis, path: Path, branch: Branch) -> None:
        """Show the amounts of a branch, and what it is worth."""
        chance = branch.probability
        values = {
            "cost": branch.cost,
            "payoff": branch.to if isinstance(branch.to, float) else None,
            "probability": None if chance is None else round(100 * chance, 6),
        }
        self._filling = True
        try:
            for name, box in self.amounts.items():
                box.error = box.refusal = ""
                box.value = values[name]
                shown(box, values[name] is not None)
        finally:
            self._filling = False
        told = analysis.explain(" > ".join(path))
        lines = "".join(f"<li>{escape(line)}</li>" for line in told.lines)
        self.explanation.value = f"<ul>{lines}</ul>"

    def show_event(self, analysis: DecisionAnalysis) -> None:
        """Show what it is worth to know the event, and where it flips the choice."""
        event, outcome = self.event.value, self.outcome.value
        theme = DARK if self.dark else LIGHT
        if event is None:
            self.knowing.value = "<p>This tree has no event: nothing is uncertain.</p>"
            shown(self._study_box, False)
            self._put("flip", self._flip,
                      note_chart("Flips", "This tree has no event.", theme=theme))  # fmt: skip
            return
        try:
            told = analysis.explain_perfect_information(event)
            lines = "".join(f"<li>{escape(line)}</li>" for line in told.lines)
            self.knowing.value = f"<p>To know {escape(event)} beforehand:</p><ul>{lines}</ul>"
            outcomes: Mapping[str, float] = chances_of(analysis.tree, event)
        except PlanError as error:
            self.knowing.value = f"<p>{escape(error.problems[0].sentence)}</p>"
            outcomes = {}
        shown(self._study_box, len(outcomes) == 2)
        self._filling = True
        try:
            for box, label in zip(self.right, outcomes, strict=False):
                box.label = f"Right when {shortened(label, _LABEL)} (%)"
        finally:
            self._filling = False
        try:
            chart = flip_chart(analysis, event, outcome, width=_FLIP, theme=theme)
        except PlanError as error:
            chart = note_chart("Flips", error.problems[0].sentence, theme=theme)
        self._put("flip", self._flip, chart)

    def show_way_back(self, *, undo: bool, redo: bool, reset: bool) -> None:
        """Offer what there is to go back to."""
        for button, there in ((self.undo, undo), (self.redo, redo), (self.reset, reset)):
            button.disabled = not there

    def _put(self, name: str, box: Any, chart: Any) -> None:
        title = chart.title.text if hasattr(chart.title, "text") else str(chart.title)
        state = {"title": f"{title}."}
        if name not in self._charts:
            self._charts[name] = LiveChart("Decision", chart, state)
            box.children = (*box.children, self._charts[name])
        else:
            self._charts[name].draw(chart, state)

    def _typed(self, box: NumberBox, act: Callable[[Any], str]) -> Callable[[Any], None]:
        def typed(change: dict[str, Any]) -> None:
            if not self._filling:
                box.error = act(change["new"])

        return typed


def _of(act: Callable[[NumberBox], str], box: NumberBox, _value: float | None) -> str:
    """Answer by the box, not by what was typed: all that is asked of a study counts together."""
    return act(box)


def _said(analysis: DecisionAnalysis) -> str:
    options, best = analysis.options, analysis.equally_good
    told = f"{' and '.join(best)} {'are equally good' if len(best) > 1 else 'is best'}"
    worth = f"expected {'cost' if analysis.minimise else 'value'} {number_text(options[best[0]])}"
    others = ", ".join(f"{k} {number_text(v)}" for k, v in options.items() if k not in best)
    return f"{told}: {worth}{f', against {others}' if others else ''}."


def head(
    on_files: Callable[[Mapping[str, bytes]], object],
    on_refused: Callable[[str], object],
    on_example: Callable[[], object],
) -> tuple[Any, UploadButton, Any]:
    """Return title and buttons above the panel, and the two buttons."""
    upload = UploadButton(
        "Open a tree", on_files, on_refused, accept=".csv,.xlsx,.json",
        hint="A table with node, branch, probability, cost and leads_to, or its json",
    )  # fmt: skip
    example = widgets.Button(description="Open the example")
    example.on_click(lambda _: on_example())
    title = widgets.HTML("<h2>Decision tree</h2>")
    return styled(widgets.Box([title, row(upload, example)]), "head"), upload, example
