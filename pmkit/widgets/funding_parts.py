"""What the funding panel consists of: budgets and aim, projects to tick, why, bubbles, frontier."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from html import escape
from typing import Any

import ipywidgets as widgets

from pmkit.analysis.funding.funding import Funding
from pmkit.views.funding import frontier_chart, funding_chart
from pmkit.views.theme import DARK, LIGHT, Theme
from pmkit.widgets.boxes import NumberBox
from pmkit.widgets.changes_box import ChangesBox
from pmkit.widgets.figure_cards import FigureCards
from pmkit.widgets.funding_choice import ToldChoice
from pmkit.widgets.funding_figures import (
    MOST_STANDINGS,
    figures,
    hand_table,
    headings,
    price_table,
    project_rows,
    said,
)
from pmkit.widgets.guarded import File
from pmkit.widgets.inputs import DownloadButton, Region, StatusLine
from pmkit.widgets.live_chart import Drawings
from pmkit.widgets.look import card, row, shown, stack, stacked, styled
from pmkit.widgets.pick_table import PickTable

AIMS = {
    "Benefits": "benefit",
    "Benefits less costs": "net benefit",
    "Net present value": "npv",
    "Alignment with the strategy": "score",
}
LINES = {"The best choice around my ticks": False, "Only what I ticked": True}
_BUBBLES, _FRONTIER = 520, 600
_SCROLLED = {"max_height": "520px", "overflow": "auto"}
_CARDS = "repeat(auto-fill, minmax(max(190px, 22%), 1fr))"


class FundingParts:
    """All of the panel below its head.

    Parameters
    ----------
    on_pick
        Called with the id of a project that is picked.
    on_tick
        Called with in, out, or neither (``None``), for the one that is picked.
    on_term
        Called with the name of a term and its value; returns why it is refused, or nothing.
    undo, redo, reset, remove
        Called by the way back.
    save
        Returns the choice to download.
    """

    def __init__(
        self,
        *,
        on_pick: Callable[[str], object],
        on_tick: Callable[[bool | None], object],
        on_term: Callable[[str, Any], str],
        undo: Callable[[], object],
        redo: Callable[[], object],
        reset: Callable[[], object],
        remove: Callable[[int], object],
        save: Callable[[], File | None],
    ) -> None:
        self._filling, self.dark = False, False
        self._ids: list[str] = []
        self._drawn: dict[str, tuple[object, ...]] = {}
        self._pictures = Drawings("Funding")
        self._on_term = on_term
        self.sentence = styled(StatusLine(), "answer")
        self.figures = FigureCards(layout={"grid_template_columns": _CARDS})
        self.projects = PickTable(
            lambda n: on_pick(self._ids[n]), words=[1, 2, 3],
            caption="The projects: what is funded first, then what brings most",
            empty="This program has no project to choose.",
        )  # fmt: skip
        self.why = styled(widgets.HTML(), "notes")
        self.tick_in = widgets.Button(description="Tick in")
        self.tick_out = widgets.Button(description="Tick out")
        self.untick = widgets.Button(description="Let the optimum decide")
        for button, tick in ((self.tick_in, True), (self.tick_out, False), (self.untick, None)):
            button.on_click(lambda _, tick=tick: on_tick(tick))
        self.budget = NumberBox("Budget in all", required=False, step=100_000.0,
                                placeholder="no limit")  # fmt: skip
        self.budget.observe(self._told("budget", self.budget), names="value")
        self.years: dict[int, NumberBox] = {}
        self._years = styled(widgets.Box([]), "halves")
        self.aim = stacked(widgets.Dropdown(description="Best at", options=list(AIMS.items())))
        self.aim.observe(self._told("aim"), names="value")
        self.risk = widgets.Checkbox(description="Count probabilities", indent=False)
        self.risk.observe(self._told("risk_adjusted"), names="value")
        self.carry = widgets.Checkbox(description="Money left over may be spent later",
                                      indent=False)  # fmt: skip
        self.carry.observe(self._told("carry_over"), names="value")
        self.line = stacked(
            widgets.Dropdown(description="What is funded", options=list(LINES.items()))
        )
        self.line.observe(self._told("is_exact"), names="value")
        self.prices = styled(widgets.HTML(), "figures")
        self.changes = ChangesBox(undo, redo, reset, remove)
        self.changes.changes.empty = "No tick yet: the optimum decides on every project."
        self.save = DownloadButton("Save the choice (csv)", save)
        self.box = self._laid_out()

    def _laid_out(self) -> Any:
        scrolled = widgets.Box([self.projects], layout=_SCROLLED)
        table = styled(widgets.VBox([scrolled], layout={"flex": "2 1 690px"}), "card")
        self._picked = card("The project that is picked", self.why,
                            row(self.tick_in, self.tick_out, self.untick))  # fmt: skip
        terms = card("Money and aim", self.budget, self._years, self.carry, self.aim, self.risk,
                     self.line)  # fmt: skip
        back = card("My ticks, and the way back", *self.changes.parts, row(self.save))
        self._bubbles = styled(widgets.Box([Region(label="Benefit against cost")]), "framed")
        self._frontier = styled(widgets.Box([Region(label="What every budget buys")]), "framed")
        self._limits = styled(widgets.VBox([self.prices]), "card")
        self.hand = styled(widgets.HTML(), "figures")
        self._hand = styled(widgets.VBox([self.hand], layout={"flex": "1 1 300px"}), "card")
        self._third = styled(widgets.Box([self._frontier, self._hand]), "pair")
        beside = stack(self._picked, terms)
        beside.layout.flex = "1 1 300px"
        first = styled(widgets.Box([table, beside]), "pair")
        side = stack(self._limits, back)
        side.layout.flex = "1 1 300px"
        second = styled(widgets.Box([self._bubbles, side]), "pair")
        return stack(self.sentence, self.figures, first, second, self._third)

    def show(self, told: ToldChoice, session: Any, picked: str) -> None:
        """Show a choice, with one of the projects picked.

        Why it is in or out asks for every budget and takes longest: the bubbles do not wait for it,
        and frontier and prices are covered until theirs are there.
        """
        ticks = dict(session.ticks)
        self._ids, rows = project_rows(told, ticks)
        with self.projects.hold_sync():
            self.projects.headings, self.projects.rows = headings(told.funding), rows
        self.projects.picked = self._ids.index(picked) if picked in self._ids else -1
        self.figures.show(figures(told))
        self.sentence.text = said(told)
        with self._filled():
            self._show_terms(told.funding, session)
        if self._drawn:  # the first drawing waits, because it loads what draws
            self._draw_bubbles(told)
            self._cover("frontier" in self._drawn and self._is_new("frontier", told))
        shown(self._picked, picked in self._ids)
        if picked in self._ids:
            self._show_why(told, picked)
            now = ticks.get(picked)
            self.tick_in.disabled = now is True
            self.tick_out.disabled = now is False
            self.untick.disabled = now is None

    def _show_why(self, told: ToldChoice, picked: str) -> None:
        why = told.best.why(picked)
        lines = "".join(f"<li>{escape(said_)}</li>" for said_ in why.lines)
        mine = ""
        if told.line is not None:  # the reasons are those of the best choice, and say so
            is_in = "In" if picked in told.line.selected else "Not in"
            mine = f"{is_in} your choice. The best one: "
        self.why.value = f"<p><strong>{escape(mine + why.title)}</strong></p><ul>{lines}</ul>"

    def _show_terms(self, funding: Funding, session: Any) -> None:
        currency = funding.program.settings.currency
        self.budget.label = f"Budget in all ({currency})" if currency else "Budget in all"
        self.budget.error = self.budget.refusal = ""
        self.budget.value = session.budget
        by_year: Mapping[int, float | None] = dict(session.by_year)
        if list(by_year) != list(self.years):
            self.years = {
                year: NumberBox(f"In {year}", required=False, step=100_000.0,
                                placeholder="no limit")
                for year in by_year
            }  # fmt: skip
            for year, box in self.years.items():
                box.observe(self._told(str(year), box), names="value")
            self._years.children = tuple(self.years.values())
        for year, amount in by_year.items():
            self.years[year].error = self.years[year].refusal = ""
            self.years[year].value = amount
        shown(self._years, bool(by_year))
        shown(self.carry, bool(by_year))
        self.aim.value, self.risk.value = session.aim, session.risk_adjusted
        self.carry.value, self.line.value = session.carry_over, session.is_exact

    def draw(self, told: ToldChoice) -> None:
        """Draw bubbles, frontier and prices, unless they are on the screen."""
        self._draw_bubbles(told)
        if not self._is_new("frontier", told):
            return
        best = told.best
        few = len(best.problem.ids) <= MOST_STANDINGS
        shown(self._third, few and best.has_budget)
        self.hand.value = hand_table(best) if few else ""
        if few and best.has_budget:
            chart = frontier_chart(best, line=told.line, width=_FRONTIER, theme=self._theme)
            self._pictures.draw({"frontier": (self._frontier, chart)})
        shown(self._limits, few)
        self.prices.value = price_table(best) if few else ""
        self._drawn["frontier"] = (*told.key, self.dark)
        self._cover(False)

    def _draw_bubbles(self, told: ToldChoice) -> None:
        if self._is_new("bubbles", told):
            chart = funding_chart(told.funding, width=_BUBBLES, theme=self._theme)
            self._pictures.draw({"bubbles": (self._bubbles, chart)})
            self._drawn["bubbles"] = (*told.key, self.dark)

    def _is_new(self, name: str, told: ToldChoice) -> bool:
        return self._drawn.get(name) != (*told.key, self.dark)

    def _cover(self, is_old: bool) -> None:
        """Cover what was drawn for another choice until that of this one is there."""
        for box in (self._third, self._limits):
            (box.add_class if is_old else box.remove_class)("pmkit-old")

    @property
    def _theme(self) -> Theme:
        return DARK if self.dark else LIGHT

    @contextmanager
    def _filled(self) -> Iterator[None]:
        """Fill inputs by the program: nobody has set them."""
        self._filling = True
        try:
            yield
        finally:
            self._filling = False

    def _told(self, name: str, box: NumberBox | None = None) -> Callable[[Any], None]:
        def told(change: dict[str, Any]) -> None:
            if self._filling:
                return
            refused = self._on_term(name, change["new"])
            if box is not None:
                box.error = refused
            elif refused:  # an input without a line for it must not say what does not count
                with self._filled():
                    change["owner"].value = change["old"]

        return told
