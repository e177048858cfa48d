"""What is typed at a gate: what is assumed, another way to go on, and a decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from math import floor, log10
from typing import Any

import ipywidgets as widgets

from pmkit.analysis.gating.gate_review import GateReview
from pmkit.analysis.governing.authority import PROGRAM_MANAGER
from pmkit.views.theme import number_text
from pmkit.widgets.boxes import MomentBox, NumberBox
from pmkit.widgets.choices import choice, offer
from pmkit.widgets.control_forms import text_box
from pmkit.widgets.gate_figures import may_text, named, roles_of
from pmkit.widgets.gate_terms import AMOUNTS, DEPENDANTS, NAME, REDIRECT, TERMS, Place
from pmkit.widgets.look import card, heading, row, styled


class AssumptionForm:
    """What is assumed at a gate, and another way to go on.

    Parameters
    ----------
    on_term
        Called with the name of an assumption and its value; returns why it is refused, or nothing.
    """

    def __init__(self, on_term: Callable[[str, Any], str]) -> None:
        self._filling, self._on_term = False, on_term
        self.terms = {
            name: NumberBox(label, required=name not in ("cost_to_complete", "discount_rate"),
                            step={"benefit": 5.0}.get(name, 1.0))
            for name, label in (AMOUNTS | TERMS).items()
        }  # fmt: skip
        self.terms["cost_to_complete"].hint = "Empty: as the plan has it"
        self.terms["discount_rate"].placeholder = "none"
        self.terms["discount_rate"].hint = "It counts at every gate"
        self.redirect = {
            name: NumberBox(label, required=False, signed=name == "redirect.benefit",
                            layout={"flex": "1 1 120px"})
            for name, label in REDIRECT.items()
        }  # fmt: skip
        for name, box in (self.terms | self.redirect).items():
            box.observe(self._told(name, box), names="value")
        self.name = text_box("What it is called", "e.g. A smaller depot")
        self.name.layout.flex = "2 1 200px"
        self.name.observe(self._told(NAME), names="value")
        self.dependants = widgets.Checkbox(
            description="Stopping it stops what requires it, too", indent=False
        )
        self.dependants.observe(self._told(DEPENDANTS), names="value")
        self.title = heading("")
        boxes = styled(widgets.Box(list(self.terms.values())), "halves")
        self.box = styled(widgets.VBox([self.title, boxes, self.dependants]), "card")
        other = row(self.name, *self.redirect.values())
        other.layout.align_items = "flex-start"  # a sentence below one moves no other
        self.other_way = card("Another way to go on: what would be different", other)

    @property
    def boxes(self) -> tuple[NumberBox, ...]:
        """What may refuse what is typed."""
        return (*self.terms.values(), *self.redirect.values())

    def show(
        self, review: GateReview, place: Place, told: Mapping[str, Any], plan_cost: float
    ) -> None:
        """Show what is assumed at a place.

        Parameters
        ----------
        review, place
            What is weighed.
        told
            Every assumption.
        plan_cost
            The cost to complete where nothing else is assumed.
        """
        unit = f" ({review.currency})" if review.currency else ""
        title = f"What is assumed at {place.title}{unit}"
        self.title.value = f"<h3>{escape(title)}</h3>"
        self._filling = True
        try:
            self._fill(_step(review), told, plan_cost)
        finally:
            self._filling = False
        fund = review["fund"]
        for name, amount in (("cost_to_complete", fund.cost_to_complete),
                             ("benefit", fund.benefit), ("delay_months", 0.0),
                             ("other_costs", 0.0)):  # fmt: skip
            self.redirect[f"redirect.{name}"].placeholder = number_text(amount)

    def _fill(self, step: float, told: Mapping[str, Any], plan_cost: float) -> None:
        for name, box in (self.terms | self.redirect).items():
            box.error = box.refusal = ""
            value = told[name]
            if name == "cost_to_complete" and value is None:
                value = plan_cost
            box.value = None if value is None else _readable(value)
            if name not in (*TERMS, "redirect.delay_months"):
                box.step = step
        self.name.value, self.dependants.value = told[NAME], told[DEPENDANTS]

    def _told(self, name: str, box: NumberBox | None = None) -> Callable[[Any], None]:
        def told(change: dict[str, Any]) -> None:
            if self._filling:
                return
            refused = self._on_term(name, change["new"])
            if box is not None:
                box.error = refused

        return told


class DecisionForm:
    """Which option is taken, by whom, when, and what else was known.

    Parameters
    ----------
    on_option
        Called with the position of the option that is chosen.
    on_decide
        Called by the button.
    """

    def __init__(
        self, on_option: Callable[[int], object], on_decide: Callable[[], object]
    ) -> None:  # fmt: skip
        self._filling = False
        self._review: GateReview | None = None
        self._decided = ""
        self._on_option = on_option
        self.option, self.role = choice("Option"), choice("Decided by")
        self.option.observe(self._chosen, names="value")
        self.role.observe(lambda _: self._say_may(), names="value")
        self.on = MomentBox("On")
        self.note = text_box("What else is known")
        self.may, self.refused = widgets.HTML(), widgets.HTML()
        self.take = styled(widgets.Button(description="Take this decision"), "main")
        self.take.on_click(lambda _: on_decide())
        self.box = card(
            "Decide", self.option, styled(widgets.Box([self.role, self.on]), "halves"), self.may,
            self.note, row(self.take), self.refused,
        )  # fmt: skip

    def show(self, review: GateReview, verdict: str, decided: str) -> None:
        """Offer the options and the roles, one option chosen; say what was decided already."""
        self._review, self._decided = review, decided
        self._filling = True
        try:
            told = [(named(option), str(option.verdict)) for option in review.options]
            offer(self.option, told)
            self.option.value = verdict
            is_new = self.role.value is None
            offer(self.role, [(role, role) for role in roles_of(review.program, review)])
            if is_new:  # whoever sits here
                self.role.value = PROGRAM_MANAGER
        finally:
            self._filling = False
        dated = review.base is not None
        if dated != self.on.dated:
            self.on.dated, self.on.value = dated, ""
        self.on.hint = "A date" if dated else "Working days after the start"
        self.on.placeholder = str(review.base) if dated else ""
        self.tell("")
        self._say_may()

    def tell(self, sentence: str) -> None:
        """Say below the button why it did nothing."""
        told = f"<span class='pmkit-why'>{escape(sentence)}</span>" if sentence else ""
        self.refused.value = told

    def _say_may(self) -> None:
        if self._filling or self._review is None or not self.role.value:
            return
        told = may_text(self._review[self.option.value], self.role.value)
        before = f"Decided here already: {self._decided}. " if self._decided else ""
        self.may.value = f"<p>{escape(before + told)}</p>"

    def _chosen(self, change: dict[str, Any]) -> None:
        if not self._filling and self._review is not None:
            verdicts = [str(option.verdict) for option in self._review.options]
            self._on_option(verdicts.index(change["new"]))


def _readable(value: float) -> float:
    """As exact as a person types it."""
    return round(value) if abs(value) >= 1000 else round(value, 2)


def _step(review: GateReview) -> float:
    """About a tenth of the largest amount, as a round number."""
    largest = max(abs(amount) for o in review.options
                  for amount in (o.value, o.benefit, o.cost_to_complete))  # fmt: skip
    return float(10 ** max(floor(log10(largest)) - 1, 0)) if largest > 0 else 1.0
