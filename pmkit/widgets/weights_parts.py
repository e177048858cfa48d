"""What the weights panel consists of: a group of objectives, a way to weigh them, what it does."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as widgets

from pmkit.analysis.aligning.alignment import Alignment
from pmkit.views.alignment import alignment_chart
from pmkit.views.rank_acceptability import rank_acceptability_chart
from pmkit.views.theme import DARK, LIGHT
from pmkit.widgets.boxes import NumberBox
from pmkit.widgets.changes_box import ChangesBox
from pmkit.widgets.choices import choice, offer
from pmkit.widgets.figure_cards import FigureCards
from pmkit.widgets.guarded import File
from pmkit.widgets.inputs import DownloadButton, Region, StatusLine
from pmkit.widgets.live_chart import Drawings
from pmkit.widgets.look import card, row, shown, stack, stacked, styled
from pmkit.widgets.weights_figures import PAIRS, WAYS, Values, figures, groups, said

_MAP, _RANKS = 560, 560
_CARDS = "repeat(auto-fill, minmax(max(190px, 22%), 1fr))"
_HINTS = {
    "swing": "100 for the objective on which going from the worst to the best project matters "
    "most; the others in proportion (von Winterfeldt & Edwards, 1986).",
    "pairs": "How many times as important is the first as the second? 1 is as important, 9 "
    "extremely more, 0.33 a third (Saaty, 1977). Leave a pair empty to skip it.",
    "direct": "Any scale: only the proportions count.",
}


class WeightsParts:
    """All of the panel below its head.

    Parameters
    ----------
    on_group, on_way
        Called with the parent of a group of objectives, and with a way to weigh them.
    on_value
        Called with what a number is for and the number; returns why it is refused, or nothing.
    undo, redo, reset, remove
        Called by the way back.
    save
        Returns the workbook to download.
    """

    def __init__(
        self,
        *,
        on_group: Callable[[str], object],
        on_way: Callable[[str], object],
        on_value: Callable[[str, float | None], str],
        undo: Callable[[], object],
        redo: Callable[[], object],
        reset: Callable[[], object],
        remove: Callable[[int], object],
        save: Callable[[], File | None],
    ) -> None:
        self._filling, self.dark = False, False
        self._drawn: tuple[object, ...] = ()
        self._pictures = Drawings("Alignment")
        self._on_value = on_value
        self.sentence = styled(StatusLine(), "answer")
        self.figures = FigureCards(layout={"grid_template_columns": _CARDS})
        self.group = choice("Weigh")
        self.way = stacked(widgets.Dropdown(description="How", options=list(WAYS.items())))
        self.group.observe(self._heard(on_group), names="value")
        self.way.observe(self._heard(on_way), names="value")
        self.hint = styled(widgets.HTML(), "muted")
        self.boxes: dict[str, NumberBox] = {}
        self._boxes = styled(widgets.Box([]), "halves")
        self.weights = styled(widgets.HTML(), "figures")
        self.changes = ChangesBox(undo, redo, reset, remove)
        self.changes.changes.empty = "The weights are those of the plan."
        self.save = DownloadButton("Save the plan with these weights (Excel)", save)
        self.box = self._laid_out()

    def _laid_out(self) -> Any:
        self._map = styled(widgets.Box([Region(label="Projects against objectives")]), "framed")
        self._ranks = styled(widgets.Box([Region(label="How sure the ranks are")]), "framed")
        terms = card("Weights", self.group, self.way, self.hint, self._boxes)
        shares = styled(widgets.VBox([self.weights]), "card")
        back = card("Edits, and the way back", *self.changes.parts, row(self.save))
        beside = stack(terms, shares)
        beside.layout.flex = "1 1 300px"
        first = styled(widgets.Box([self._map, beside]), "pair")
        back.layout.flex = "1 1 300px"
        second = styled(widgets.Box([self._ranks, back]), "pair")
        return stack(self.sentence, self.figures, first, second)

    def show(
        self, alignment: Alignment, before: Alignment, parent: str, way: str, values: Values
    ) -> None:
        """Show the alignment with these weights, and one group of objectives to weigh."""
        self.sentence.text = said(alignment)
        self.figures.show(figures(alignment, before))
        self._filling = True
        try:
            offer(self.group, groups(alignment.strategy))
            self.group.value, self.way.value = parent, way
            shown(self.group, len(self.group.options) > 1)
            self._fill(alignment, way, values)
        finally:
            self._filling = False
        self.hint.value = f"<p>{escape(_HINTS[way])}</p>"
        self.weights.value = _shares(alignment, before)

    def _fill(self, alignment: Alignment, way: str, values: Values) -> None:
        names = {one.id: one.name or one.id for one in alignment.strategy.objectives}
        if [f"{way} {key}" for key, _ in values] != list(self.boxes):
            self.boxes = {}
            for key, _ in values:
                label = key.replace(" > ", " against ") if way == PAIRS else names[key]
                box = NumberBox(label, required=way != PAIRS, step=1.0 if way == PAIRS else 5.0)
                box.observe(self._typed(key, box), names="value")
                self.boxes[f"{way} {key}"] = box
            self._boxes.children = tuple(self.boxes.values())
        for key, value in values:
            box = self.boxes[f"{way} {key}"]
            box.error = box.refusal = ""
            box.value = None if value is None else round(value, 4)

    def draw(self, alignment: Alignment) -> None:
        """Draw the projects against the objectives, and how sure the ranks are."""
        key: tuple[object, ...] = (id(alignment), self.dark)
        if key == self._drawn:
            return
        self._drawn = key
        theme = DARK if self.dark else LIGHT
        made = {
            "map": (self._map, alignment_chart(alignment, width=_MAP, theme=theme)),
            "ranks": (self._ranks, rank_acceptability_chart(
                alignment.robustness(2000), width=_RANKS, theme=theme)),
        }  # fmt: skip
        self._pictures.draw(made)

    def _heard(self, act: Callable[[str], object]) -> Callable[[Any], None]:
        def heard(change: dict[str, Any]) -> None:
            if not self._filling and change["new"] is not None:
                act(change["new"])

        return heard

    def _typed(self, key: str, box: NumberBox) -> Callable[[Any], None]:
        def typed(change: dict[str, Any]) -> None:
            if not self._filling:
                box.error = self._on_value(key, change["new"])

        return typed


def _shares(alignment: Alignment, before: Alignment) -> str:
    """What each objective without parts weighs, and weighed, as markup."""
    names = {one.id: one.name or one.id for one in alignment.strategy.objectives}
    was = dict(zip(before.weights.index, before.weights.tolist(), strict=True))
    rows = "".join(
        f"<tr><th scope='row' class='pmkit-words'>{escape(names[str(o)])}</th>"
        f"<td>{100 * w:.1f} %</td><td>{100 * was[o]:.1f} %</td></tr>"
        for o, w in zip(alignment.weights.index, alignment.weights.tolist(), strict=True)
    )
    return (
        "<div class='pmkit-table'><table><caption>What each objective weighs</caption><thead><tr>"
        "<th scope='col' class='pmkit-words'>Objective</th><th scope='col'>Now</th>"
        f"<th scope='col'>Plan</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )
