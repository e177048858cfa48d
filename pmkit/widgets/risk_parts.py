"""What the risk panel consists of: the register, a risk and its response, matrix, swings, terms."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as widgets

from pmkit.analysis.risking import RiskAssessment
from pmkit.model.risk import RiskEvent
from pmkit.views.risks import risk_chart, risk_matrix_chart
from pmkit.views.theme import DARK, LIGHT, titled
from pmkit.widgets.boxes import NumberBox
from pmkit.widgets.changes_box import ChangesBox
from pmkit.widgets.figure_cards import FigureCards
from pmkit.widgets.guarded import File
from pmkit.widgets.inputs import DownloadButton, Region, StatusLine
from pmkit.widgets.live_chart import Drawings
from pmkit.widgets.look import card, heading, row, shown, stack, stacked, styled
from pmkit.widgets.pick_table import PickTable
from pmkit.widgets.risk_figures import figures, register_rows, said
from pmkit.widgets.risk_form import RiskForm

_MATRIX, _SWING = 560, 380
_HEADINGS = ["Risk", "Probability", "Finish", "Cost", "Response costs", "Net gain", "Taken"]
_SCROLLED = {"max_height": "560px", "overflow": "auto"}
_CARDS = "repeat(auto-fill, minmax(max(190px, 22%), 1fr))"
"""Four cards in a row, or two: none is left alone."""
_SAVE = (
    "<p class='pmkit-muted'>Nothing is changed in your file. A copy has the register as it stands "
    "here in it.</p>"
)
FIELDS = ("probability", "days", "cost_impact", "response_cost", "response_probability")
"""What can be typed of a risk."""


class RiskParts:
    """All of the panel below its head.

    Parameters
    ----------
    on_pick
        Called with the id of a risk that is picked.
    on_take
        Called by the button that takes a response, or gives it up.
    on_best
        Called by the button that takes the best responses.
    on_field
        Called with the name of a field and what was typed; returns why it is refused, or nothing.
    on_terms
        Called when a term was typed; returns why it is refused, or nothing.
    on_add
        Called when a risk is to be added.
    undo, redo, reset, remove
        Called by the way back.
    save
        Returns the workbook to download.
    """

    def __init__(
        self,
        *,
        on_pick: Callable[[str], object],
        on_take: Callable[[], object],
        on_best: Callable[[], object],
        on_field: Callable[[str, float | None], str],
        on_terms: Callable[[str, float | None], str],
        on_add: Callable[[], object],
        undo: Callable[[], object],
        redo: Callable[[], object],
        reset: Callable[[], object],
        remove: Callable[[int], object],
        save: Callable[[], File | None],
    ) -> None:
        self._filling, self.dark = False, False
        self._ids: list[str] = []
        self._drawn: tuple[object, ...] = ()
        self._pictures = Drawings("Risks")
        self.sentence = styled(StatusLine(), "answer")
        self.figures = FigureCards(layout={"grid_template_columns": _CARDS})
        self.register = PickTable(
            lambda n: on_pick(self._ids[n]),
            caption="The register: how each risk moves the mean finish and cost",
            headings=_HEADINGS, empty="This plan has no risks yet. Add one below.",
        )  # fmt: skip
        self.explanation = styled(widgets.HTML(), "notes")
        self.take = styled(widgets.Button(description="Take the response"), "main")
        self.take.on_click(lambda _: on_take())
        self.boxes = {
            "probability": NumberBox("Probability (%)", step=5.0),
            "days": NumberBox("Days if it occurs", required=False, hint="Most likely"),
            "cost_impact": NumberBox("Cost if it occurs", step=1000.0),
            "response_cost": NumberBox("The response costs", required=False, step=1000.0),
            "response_probability": NumberBox("Probability with it (%)", required=False, step=5.0),
        }
        self.terms = {
            "confidence": NumberBox("To be kept with (% confidence)", value=80.0, step=5.0),
            "day_worth": NumberBox("A day earlier is worth", value=0.0, step=500.0),
            "budget": NumberBox("Budget for responses", required=False, step=1000.0,
                                placeholder="as much as is worth it"),
        }  # fmt: skip
        for boxes, act in ((self.boxes, on_field), (self.terms, on_terms)):
            for name, box in boxes.items():
                box.observe(self._typed(name, box, act), names="value")
        self.best = styled(widgets.Button(description="Take the best responses"), "main")
        self.best.on_click(lambda _: on_best())
        self.activity = stacked(widgets.Dropdown(description="Activity", options=[]))
        self.form = RiskForm(on_add, "Add a risk", self.activity)
        self.changes = ChangesBox(undo, redo, reset, remove)
        self.changes.changes.empty = "No edit yet: this is the register as it was opened."
        self.save = DownloadButton("Save the register (Excel)", save)
        self.box = self._laid_out()

    def _laid_out(self) -> Any:
        scrolled = widgets.Box([self.register], layout=_SCROLLED)
        # seven columns need this room; beside the risk that is picked only where there is more
        register = styled(widgets.VBox([scrolled], layout={"flex": "2 1 690px"}), "card")
        halves = styled(widgets.Box(list(self.boxes.values())), "halves")
        picked = card("The risk that is picked", self.explanation, row(self.take), halves)
        self._picked = picked
        self._matrix = styled(widgets.Box([Region(label="Risk matrix")]), "framed")
        self._swing = styled(widgets.Box([Region(label="What swings the finish")]), "framed")
        terms = card("Terms", *self.terms.values(), row(self.best))
        back = styled(
            widgets.VBox([heading("Edits, and the way back"), *self.changes.parts,
                          widgets.HTML(_SAVE), row(self.save)]),
            "card",
        )  # fmt: skip
        first = styled(widgets.Box([register, picked]), "pair")
        beside = stack(terms, back)
        beside.layout.flex = "1 1 290px"
        second = styled(widgets.Box([self._matrix, beside]), "pair")
        third = styled(widgets.Box([self._swing, self.form.box]), "pair")
        self._drawings = (second, third)
        return stack(self.sentence, self.figures, first, second, third)

    def show(self, answer: RiskAssessment, picked: str, terms: dict[str, float | None]) -> None:
        """Show the register of a plan, with one of its risks picked."""
        self._ids, self.register.rows = register_rows(answer)
        self.register.picked = self._ids.index(picked) if picked in self._ids else -1
        self.figures.show(figures(answer))
        self._filling = True
        try:
            for name, box in self.terms.items():
                box.error = box.refusal = ""
                box.value = terms[name]
            network = answer.plan.network
            options = [(titled(a.id, a.name), a.id) for a in network.activities
                       if not a.is_complete]  # fmt: skip
            if list(self.activity.options) != options:
                self.activity.options = options
                self.activity.value = options[0][1] if options else None
        finally:
            self._filling = False
        self.form.add.disabled = not options
        risk = answer[picked] if picked in self._ids else None
        self._show_risk(answer, risk)
        shown(self._matrix, bool(self._ids))
        shown(self._swing, bool(self._ids))
        self.sentence.text = said(answer)

    def _show_risk(self, answer: RiskAssessment, risk: RiskEvent | None) -> None:
        shown(self._picked, risk is not None)
        if risk is None:
            return
        explanation = answer.explain(risk.id)
        lines = "".join(f"<li>{escape(line)}</li>" for line in explanation.lines)
        self.explanation.value = (
            f"<p><strong>{escape(titled(risk.id, risk.name))}</strong></p><ul>{lines}</ul>"
        )
        taken = "Give the response up" if risk.is_responded else "Take the response"
        self.take.description = taken
        self.take.disabled = not (risk.has_response and answer.can_occur(risk))
        chance, left = 100 * risk.probability, risk.response_probability
        values = {
            "probability": round(chance, 6),
            "days": None if risk.impact is None else risk.impact.most_likely,
            "cost_impact": risk.cost_impact,
            "response_cost": risk.response_cost,
            "response_probability": None if left is None else round(100 * left, 6),
        }
        self._filling = True
        try:
            for name, box in self.boxes.items():
                box.error = box.refusal = ""
                box.value = values[name]
        finally:
            self._filling = False

    def draw(self, answer: RiskAssessment) -> None:
        """Draw the matrix and the swings, unless they are on the screen."""
        key: tuple[object, ...] = (id(answer), self.dark)
        if key == self._drawn or not self._ids:
            return
        self._drawn = key
        theme = DARK if self.dark else LIGHT
        made = {
            "matrix": (self._matrix, risk_matrix_chart(answer, width=_MATRIX, theme=theme)),
            "swing": (self._swing, risk_chart(answer, width=_SWING, theme=theme)),
        }
        self._pictures.draw(made)

    def _typed(
        self, name: str, box: NumberBox, act: Callable[[str, float | None], str]
    ) -> Callable[[Any], None]:
        def typed(change: dict[str, Any]) -> None:
            if not self._filling:
                box.error = act(name, change["new"])

        return typed
