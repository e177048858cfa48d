"""What the gate panel consists of: gates to pick, assumptions, options, a decision, the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from math import floor, log10
from typing import Any

import ipywidgets as widgets

from pmkit.analysis.gating.decision_log import DecisionLog
from pmkit.analysis.gating.gate_review import GateReview
from pmkit.analysis.gating.turning import Turn
from pmkit.analysis.governing.authority import PROGRAM_MANAGER
from pmkit.model.program import Program
from pmkit.views.governance import gate_chart
from pmkit.views.theme import DARK, LIGHT, number_text
from pmkit.widgets.boxes import MomentBox, NumberBox
from pmkit.widgets.changes_box import ChangesBox
from pmkit.widgets.choices import choice, offer
from pmkit.widgets.control_forms import text_box
from pmkit.widgets.figure_cards import FigureCards
from pmkit.widgets.gate_figures import (
    LOG,
    OPTIONS,
    PLACES,
    figures,
    log_html,
    log_rows,
    luck_text,
    may_text,
    named,
    notes_html,
    option_caption,
    option_html,
    option_rows,
    place_rows,
    roles_of,
    said,
    turn_html,
)
from pmkit.widgets.gate_terms import AMOUNTS, DEPENDANTS, NAME, REDIRECT, TERMS, Place
from pmkit.widgets.guarded import File
from pmkit.widgets.inputs import DownloadButton, Region, StatusLine
from pmkit.widgets.live_chart import LiveChart
from pmkit.widgets.look import card, heading, row, shown, stack, styled
from pmkit.widgets.pick_table import PickTable

_CHART = 660
_CARDS = "repeat(auto-fill, minmax(max(190px, 22%), 1fr))"
_GATES, _LOG = {"max_height": "330px"}, {"max_height": "440px"}
_SAVE = (
    "<p class='pmkit-muted'>Nothing is changed in your file. A copy has the gates as typed and the "
    "decisions in it.</p>"
)


class GateParts:
    """All of the panel below its head.

    Parameters
    ----------
    on_place, on_option, on_logged
        Called with the position of a line that is picked: a gate, an option, a decision.
    on_term
        Called with the name of an assumption and its value; returns why it is refused, or nothing.
    on_decide
        Called by the button.
    on_realised
        Called with what came of the decision that is picked; returns why it is refused.
    undo, redo, reset, remove
        Called by the way back.
    save
        Returns the workbook to download.
    """

    def __init__(
        self,
        *,
        on_place: Callable[[int], object],
        on_option: Callable[[int], object],
        on_logged: Callable[[int], object],
        on_term: Callable[[str, Any], str],
        on_decide: Callable[[], object],
        on_realised: Callable[[float | None], str],
        undo: Callable[[], object],
        redo: Callable[[], object],
        reset: Callable[[], object],
        remove: Callable[[int], object],
        save: Callable[[], File | None],
    ) -> None:
        self._filling, self.dark = False, False
        self._drawn: tuple[object, ...] = ()
        self._chart: LiveChart | None = None
        self._review: GateReview | None = None
        self._decided = ""
        self._on_term, self._on_realised = on_term, on_realised
        self.sentence = styled(StatusLine(), "answer")
        self.figures = FigureCards(layout={"grid_template_columns": _CARDS})
        self.places = PickTable(
            on_place, headings=PLACES, words=[1, 3, 4, 6],
            caption="The gates by date, then the projects without one",
        )  # fmt: skip
        self._make_terms()
        self.turns = styled(widgets.HTML(), "figures")
        self.options = PickTable(on_option, headings=OPTIONS, words=[7])
        self.why, self.notes = (styled(widgets.HTML(), "notes") for _ in range(2))
        self._make_decision(on_option, on_decide)
        self.log = PickTable(
            on_logged, headings=LOG, words=[2, 7],
            caption="Decision log: how good on what was known, apart from what luck did after",
            empty="No decision has been taken yet.",
        )  # fmt: skip
        self.judged, self.luck = (styled(widgets.HTML(), "notes") for _ in range(2))
        self.realised = NumberBox("What came of it", required=False, signed=True,
                                  placeholder="not known yet")  # fmt: skip
        self.realised.observe(self._came, names="value")
        self.changes = ChangesBox(undo, redo, reset, remove)
        styled(self.changes.changes, "long")
        self.left = styled(widgets.HTML(), "notes")
        self.changes.changes.empty = "Nothing is assumed or decided yet: this is the plan."
        self.save = DownloadButton("Save the plan as decided (Excel)", save)
        self.box = self._laid_out()

    def _make_terms(self) -> None:
        """Boxes for what is assumed."""
        self.terms = {
            name: NumberBox(label, required=name not in ("cost_to_complete", "discount_rate"),
                            step={"benefit": 5.0}.get(name, 1.0))
            for name, label in (AMOUNTS | TERMS).items()
        }  # fmt: skip
        self.terms["cost_to_complete"].hint = "Empty: as the plan has it"
        self.terms["discount_rate"].placeholder = "none"
        self.terms["discount_rate"].hint = "It counts at every gate"
        self.redirect = {
            name: NumberBox(label, required=False, signed=name == "redirect.benefit")
            for name, label in REDIRECT.items()
        }
        for name, box in (self.terms | self.redirect).items():
            box.observe(self._told(name, box), names="value")
        self.redirect_name = text_box("What it is called", "e.g. A smaller depot")
        self.redirect_name.observe(self._told(NAME), names="value")
        self.dependants = widgets.Checkbox(
            description="Stopping it stops what requires it, too", indent=False
        )
        self.dependants.observe(self._told(DEPENDANTS), names="value")

    def _make_decision(self, on_option: Callable[[int], object],
                       on_decide: Callable[[], object]) -> None:  # fmt: skip
        """Which option, by whom, when, and what else was known."""
        self.option, self.role = choice("Option"), choice("Decided by")
        self.option.observe(self._chosen(on_option), names="value")
        self.role.observe(lambda _: self._say_may(), names="value")
        self.on = MomentBox("On")
        self.note = text_box("What else is known")
        self.may, self.refused = widgets.HTML(), widgets.HTML()
        self.decide = styled(widgets.Button(description="Take this decision"), "main")
        self.decide.on_click(lambda _: on_decide())

    @property
    def boxes(self) -> tuple[Any, ...]:
        """What may refuse what is typed."""
        return (*self.terms.values(), *self.redirect.values(), self.on, self.realised)

    def _laid_out(self) -> Any:
        gates = styled(widgets.VBox([_scrolled(self.places, **_GATES)]), "card")
        self._assumed = heading("")
        boxes = styled(widgets.Box(list(self.terms.values())), "halves")
        assumed = styled(widgets.VBox([self._assumed, boxes, self.dependants]), "card")
        other_way = row(self.redirect_name, *self.redirect.values())
        other_way.layout.align_items = "flex-start"
        for box in self.redirect.values():
            box.layout.flex = "1 1 120px"
        self.redirect_name.layout.flex = "2 1 200px"
        other = card("Another way to go on: what would be different", other_way)
        self._frame = styled(widgets.Box([Region(label="The options")]), "framed")
        turned = styled(widgets.VBox([self.turns]), "card")
        options = styled(widgets.VBox([_scrolled(self.options), self.why, self.notes]), "card")
        deciding = card(
            "Decide", self.option, styled(widgets.Box([self.role, self.on]), "halves"), self.may,
            self.note, row(self.decide), self.refused,
        )  # fmt: skip
        log = styled(widgets.VBox([_scrolled(self.log, **_LOG), self.luck]), "card")
        self.realised.layout.width = "220px"
        self._came_of_it = stack(self.realised)
        judged = card("The decision that is picked", self.judged, self._came_of_it)
        back = card("Edits, and the way back", *self.changes.parts, self.left,
                    widgets.HTML(_SAVE), row(self.save))  # fmt: skip
        kept = stack(log, judged)
        for wide in (gates, options, kept):
            wide.layout.flex = "2 1 690px"
        back.layout.flex = "1 1 290px"  # as a card beside a table has it
        return stack(
            self.sentence, self.figures,
            styled(widgets.Box([gates, assumed]), "pair"),
            other,
            styled(widgets.Box([self._frame, turned]), "pair"),
            styled(widgets.Box([options, deciding]), "pair"),
            styled(widgets.Box([kept, back]), "pair"),
        )  # fmt: skip

    def show(
        self, review: GateReview, place: Place, verdict: str, said_here: Mapping[str, Any],
        planned: Mapping[str, Any], plan_cost: float, decided: str,
    ) -> None:  # fmt: skip
        """Show a review, with one of its options picked, what it assumes, and what was decided."""
        self._review, self._decided = review, decided
        self.sentence.text = said(review, place)
        self.figures.show(figures(review))
        self._filling = True
        try:
            self._show_terms(review, place, {**planned, **said_here}, plan_cost)
            self._show_options(review, verdict)
            self._show_deciding(review)
        finally:
            self._filling = False
        self._say_may()

    def _show_terms(
        self, review: GateReview, place: Place, told: Mapping[str, Any], plan_cost: float
    ) -> None:
        unit = f" ({review.currency})" if review.currency else ""
        title = f"What is assumed at {place.title}{unit}"
        self._assumed.value = f"<h3>{escape(title)}</h3>"
        step = _step(review)
        fund = review["fund"]
        for name, box in (self.terms | self.redirect).items():
            box.error = box.refusal = ""
            value = told[name]
            if name == "cost_to_complete" and value is None:
                value = plan_cost
            box.value = None if value is None else _readable(value)
            if name in AMOUNTS or name in ("redirect.cost_to_complete", "redirect.benefit",
                                           "redirect.other_costs"):  # fmt: skip
                box.step = step
        for name, amount in (("cost_to_complete", fund.cost_to_complete),
                             ("benefit", fund.benefit), ("delay_months", 0.0),
                             ("other_costs", 0.0)):  # fmt: skip
            self.redirect[f"redirect.{name}"].placeholder = number_text(amount)
        self.redirect_name.value = told[NAME]
        self.dependants.value = told[DEPENDANTS]

    def _show_options(self, review: GateReview, verdict: str) -> None:
        verdicts = [str(option.verdict) for option in review.options]
        with self.options.hold_sync():
            self.options.caption, self.options.rows = option_caption(review), option_rows(review)
        self.options.picked = verdicts.index(verdict)
        self.why.value, self.notes.value = option_html(review, verdict), notes_html(review)
        offer(self.option, [(named(option), str(option.verdict)) for option in review.options])
        self.option.value = verdict

    def _show_deciding(self, review: GateReview) -> None:
        is_new = self.role.value is None
        offer(self.role, [(role, role) for role in roles_of(review.program, review)])
        if is_new:  # whoever sits here
            self.role.value = PROGRAM_MANAGER
        dated = review.base is not None
        if dated != self.on.dated:
            self.on.dated, self.on.value = dated, ""
        self.on.hint = "A date" if dated else "Working days after the start"
        self.on.placeholder = str(review.base) if dated else ""
        self.tell("")

    def tell(self, sentence: str) -> None:
        """Say beside the button why it did nothing."""
        told = f"<span class='pmkit-why'>{escape(sentence)}</span>" if sentence else ""
        self.refused.value = told

    def _say_may(self) -> None:
        if self._filling or self._review is None or not self.role.value:
            return
        option = self._review[self.option.value]
        told = may_text(option, self.role.value)
        before = f"Decided here already: {self._decided}. " if self._decided else ""
        self.may.value = f"<p>{escape(before + told)}</p>"

    def show_places(
        self, program: Program, places: Mapping[str, Place],
        best: Mapping[str, GateReview | None], picked: str,
    ) -> None:  # fmt: skip
        """Show the gates, with what is best at those that were weighed already."""
        rows = place_rows(program, places, best)
        if rows != self.places.rows:
            self.places.rows = rows
        self.places.picked = list(places).index(picked)

    def show_turns(
        self, review: GateReview, now: Mapping[str, float], found: Mapping[str, tuple[Turn, ...]]
    ) -> None:
        """Show what would turn the recommendation, as far as it is known."""
        self.turns.value = turn_html(review, now, found)

    def show_log(self, log: DecisionLog, picked: str) -> None:
        """Show the decisions, one of them picked."""
        ids = [one.decision.id for one in log.decisions]
        self.log.rows = log_rows(log)
        self.log.picked = ids.index(picked) if picked in ids else -1
        one = log[picked] if picked in ids else None
        self.judged.value, self.luck.value = log_html(log, one), f"<p>{escape(luck_text(log))}</p>"
        shown(self._came_of_it, one is not None)
        self._filling = True
        try:
            self.realised.error = self.realised.refusal = ""
            self.realised.label = f"What came of it{f' ({log.currency})' if log.currency else ''}"
            self.realised.value = None if one is None else one.decision.realised
        finally:
            self._filling = False

    def show_left(self, notes: tuple[str, ...]) -> None:
        """Show what decisions ask for that a plan cannot express."""
        items = "".join(f"<li>{escape(note)}</li>" for note in notes)
        title = "<p><strong>Still to be done in the plan</strong></p>"
        self.left.value = f"{title}<ul>{items}</ul>" if notes else ""
        shown(self.left, bool(notes))

    def draw(self, review: GateReview) -> None:
        """Draw the options, unless they are on the screen."""
        key: tuple[object, ...] = (id(review), self.dark)
        if key == self._drawn:
            return
        self._drawn = key
        chart = gate_chart(review, width=_CHART, theme=DARK if self.dark else LIGHT)
        state = {"title": f"{chart.title.text}."}
        if self._chart is None:
            self._chart = LiveChart("Gate", chart, state)
            self._frame.children = (*self._frame.children, self._chart)
        else:
            self._chart.draw(chart, state)

    def _told(self, name: str, box: NumberBox | None = None) -> Callable[[Any], None]:
        def told(change: dict[str, Any]) -> None:
            if self._filling:
                return
            refused = self._on_term(name, change["new"])
            if box is not None:
                box.error = refused

        return told

    def _chosen(self, on_option: Callable[[int], object]) -> Callable[[Any], None]:
        def chosen(change: dict[str, Any]) -> None:
            if not self._filling and self._review is not None:
                verdicts = [str(option.verdict) for option in self._review.options]
                on_option(verdicts.index(change["new"]))

        return chosen

    def _came(self, change: dict[str, Any]) -> None:
        if not self._filling:
            self.realised.error = self._on_realised(change["new"])


def _scrolled(table: PickTable, **layout: str) -> Any:
    return widgets.Box([table], layout={"overflow": "auto", **layout})


def _readable(value: float) -> float:
    """As exact as a person types it."""
    return round(value) if abs(value) >= 1000 else round(value, 2)


def _step(review: GateReview) -> float:
    """About a tenth of the largest amount, as a round number."""
    largest = max(abs(amount) for o in review.options
                  for amount in (o.value, o.benefit, o.cost_to_complete))  # fmt: skip
    return float(10 ** max(floor(log10(largest)) - 1, 0)) if largest > 0 else 1.0
