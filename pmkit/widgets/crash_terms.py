"""What a contract makes of the finish: the terms as values, and the boxes they are typed into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import ipywidgets as widgets

from pmkit.model.activity import Moment
from pmkit.widgets.boxes import MomentBox, NumberBox
from pmkit.widgets.history import Session
from pmkit.widgets.look import card, stacked

_STEPS = {
    "Any part of a day": "continuous",
    "Whole days": "days",
    "All of it or nothing": "all_or_nothing",
}
_MONEY = ("indirect_cost", "bonus", "penalty")


@dataclass(frozen=True)
class Terms:
    """What a day is worth, as `crash` takes it.

    Parameters
    ----------
    indirect_cost, due, bonus, penalty, steps
        As for `crash`.
    """

    indirect_cost: float = 0.0
    due: Moment | None = None
    bonus: float = 0.0
    penalty: float = 0.0
    steps: str = "continuous"


@dataclass(frozen=True)
class CrashSession(Session):
    """A plan with changes, the terms, and the finish that is chosen.

    Parameters
    ----------
    terms
        What a day is worth.
    finish
        In working days; ``None`` follows the cheapest total, whatever the terms are.
    """

    terms: Terms = Terms()
    finish: float | None = None


class TermsForm:
    """A card with the terms.

    Parameters
    ----------
    on_change
        Called with the terms as typed; returns why they are refused, or nothing.

    Attributes
    ----------
    indirect_cost, due, bonus, penalty, steps
        The inputs.
    """

    def __init__(self, on_change: Callable[[Terms], str]) -> None:
        self._on_change = on_change
        self._terms = Terms()
        self._showing = False
        self.indirect_cost = NumberBox("Indirect cost per day", step=100.0)
        self.due = MomentBox("Due")
        self.bonus = NumberBox("Bonus per day early", step=100.0)
        self.penalty = NumberBox("Penalty per day late", step=100.0)
        self.steps = stacked(
            widgets.Dropdown(
                description="Activities are crashed by",
                options=list(_STEPS.items()),
                value="continuous",
            )
        )
        self.box = card(
            "What a day is worth",
            widgets.HTML("<p class='pmkit-muted'>In the money of the plan, per working day.</p>"),
            self.indirect_cost,
            self.due,
            self.bonus,
            self.penalty,
            self.steps,
        )
        for name in (*_MONEY, "due", "steps"):
            getattr(self, name).observe(self._typed(name), names="value")

    @property
    def boxes(self) -> tuple[Any, ...]:
        """What is typed into."""
        return self.indirect_cost, self.due, self.bonus, self.penalty

    def show(self, terms: Terms, *, dated: bool) -> None:
        """Show the terms that hold."""
        self._terms, self._showing = terms, True
        try:
            for name in _MONEY:
                getattr(self, name).value = getattr(terms, name)
            self.due.dated = dated
            self.due.placeholder = "yyyy-mm-dd" if dated else "day"
            self.due.value = MomentBox.text(terms.due)
            self.steps.value = terms.steps
            for box in self.boxes:
                box.error = box.refusal = ""
        finally:
            self._showing = False

    def _typed(self, name: str) -> Callable[[Any], None]:
        def act(change: dict[str, Any]) -> None:
            if self._showing:
                return
            value: Any = self.due.moment if name == "due" else change["new"]
            refused = self._on_change(replace(self._terms, **{name: value}))
            if not refused:
                return
            if name == "steps":
                self.show(self._terms, dated=self.due.dated)
            else:
                getattr(self, name).error = refused

        return act
