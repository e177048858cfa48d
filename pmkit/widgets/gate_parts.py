"""What the gate panel consists of: gates to pick, assumptions, options, a decision, the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import ipywidgets as widgets

from pmkit.analysis.gating.decision_log import DecisionLog
from pmkit.analysis.gating.gate_review import GateReview
from pmkit.analysis.gating.turning import Turn
from pmkit.model.program import Program
from pmkit.views.governance import gate_chart
from pmkit.views.theme import DARK, LIGHT
from pmkit.widgets.boxes import NumberBox
from pmkit.widgets.changes_box import ChangesBox
from pmkit.widgets.figure_cards import FigureCards
from pmkit.widgets.gate_figures import (
    LOG,
    OPTIONS,
    PLACES,
    figures,
    log_html,
    log_rows,
    luck_text,
    notes_html,
    option_caption,
    option_html,
    option_rows,
    place_rows,
    said,
    turn_html,
)
from pmkit.widgets.gate_inputs import AssumptionForm, DecisionForm
from pmkit.widgets.gate_terms import Place
from pmkit.widgets.guarded import File
from pmkit.widgets.inputs import DownloadButton, Region, StatusLine
from pmkit.widgets.live_chart import LiveChart
from pmkit.widgets.look import card, row, shown, stack, styled
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
        self._on_realised = on_realised
        self.sentence = styled(StatusLine(), "answer")
        self.figures = FigureCards(layout={"grid_template_columns": _CARDS})
        self.places = PickTable(
            on_place, headings=PLACES, words=[1, 3, 4, 6],
            caption="The gates by date, then the projects without one",
        )  # fmt: skip
        self.assumed = AssumptionForm(on_term)
        self.turns = styled(widgets.HTML(), "figures")
        self.options = PickTable(on_option, headings=OPTIONS, words=[7])
        self.why, self.notes = (styled(widgets.HTML(), "notes") for _ in range(2))
        self.decision = DecisionForm(on_option, on_decide)
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

    @property
    def boxes(self) -> tuple[Any, ...]:
        """What may refuse what is typed."""
        return (*self.assumed.boxes, self.decision.on, self.realised)

    def _laid_out(self) -> Any:
        gates = styled(widgets.VBox([_scrolled(self.places, **_GATES)]), "card")
        self._frame = styled(widgets.Box([Region(label="The options")]), "framed")
        turned = styled(widgets.VBox([self.turns]), "card")
        options = styled(widgets.VBox([_scrolled(self.options), self.why, self.notes]), "card")
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
            styled(widgets.Box([gates, self.assumed.box]), "pair"),
            self.assumed.other_way,
            styled(widgets.Box([self._frame, turned]), "pair"),
            styled(widgets.Box([options, self.decision.box]), "pair"),
            styled(widgets.Box([kept, back]), "pair"),
        )  # fmt: skip

    def show(
        self, review: GateReview, place: Place, verdict: str, said_here: Mapping[str, Any],
        planned: Mapping[str, Any], plan_cost: float, decided: str,
    ) -> None:  # fmt: skip
        """Show a review, with one of its options picked, what it assumes, and what was decided."""
        self.sentence.text = said(review, place)
        self.figures.show(figures(review))
        self.assumed.show(review, place, {**planned, **said_here}, plan_cost)
        self._show_options(review, verdict)
        self.decision.show(review, verdict, decided)

    def _show_options(self, review: GateReview, verdict: str) -> None:
        verdicts = [str(option.verdict) for option in review.options]
        with self.options.hold_sync():
            self.options.caption, self.options.rows = option_caption(review), option_rows(review)
        self.options.picked = verdicts.index(verdict)
        self.why.value, self.notes.value = option_html(review, verdict), notes_html(review)

    def show_places(
        self, program: Program, places: Mapping[str, Place],
        best: Mapping[str, GateReview | None], picked: str,
    ) -> None:  # fmt: skip
        """Show the gates, with what is best at those that were weighed already."""
        rows = place_rows(program, places, best)
        if rows != self.places.rows:
            self.places.rows = rows
        self.places.picked = list(places).index(picked)

    def show_turns(self, now: Mapping[str, float], found: Mapping[str, tuple[Turn, ...]]) -> None:
        """Show what would turn the recommendation, as far as it is known."""
        self.turns.value = turn_html(now, found)

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

    def _came(self, change: dict[str, Any]) -> None:
        if not self._filling:
            self.realised.error = self._on_realised(change["new"])


def _scrolled(table: PickTable, **layout: str) -> Any:
    return widgets.Box([table], layout={"overflow": "auto", **layout})
