"""What can be chosen about levelling, and how much of each resource there could be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ipywidgets as widgets

from pmkit.analysis.resourcing.one_more import OneMore
from pmkit.analysis.resourcing.usage import ResourceUsage
from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.views.resources.rows import chosen
from pmkit.views.theme import days_text, number_text
from pmkit.widgets.boxes import NumberBox
from pmkit.widgets.changes_box import ChangesBox
from pmkit.widgets.inputs import ItemList
from pmkit.widgets.look import card, heading, row, shown, stacked, styled
from pmkit.widgets.resources_session import Choices

_AIMS = {
    "Earliest finish with what there is": "finish",
    "Keep the finish, lower the peaks": "smooth",
}
_ENGINES = {"Quick": "heuristic", "Exact, until the time limit": "exact"}
_EMPTY = "<p class='pmkit-muted'>The plan has no people or machines to try other numbers of.</p>"


class ChoicesForm:
    """A card that says how to level.

    Parameters
    ----------
    on_change
        Called with the choices made; returns why they are refused, or nothing.

    Attributes
    ----------
    aim, engine, seconds
        The inputs.
    """

    def __init__(self, on_change: Callable[[Choices], str]) -> None:
        self._on_change = on_change
        self._choices = Choices()
        self._showing = False
        self.aim = stacked(widgets.Dropdown(description="Aim", options=list(_AIMS.items())))
        self.engine = stacked(
            widgets.Dropdown(description="Engine", options=list(_ENGINES.items()))
        )
        self.seconds = NumberBox("Time limit (seconds)", step=5.0)
        for choice in (self.aim, self.engine):
            styled(choice, "long-choice")
        self.parts = (self.aim, self.engine, self.seconds)
        for name in ("aim", "engine", "seconds"):
            getattr(self, name).observe(self._typed(name), names="value")

    def show(self, choices: Choices) -> None:
        """Show the choices that hold."""
        self._choices, self._showing = choices, True
        try:
            self.aim.value, self.engine.value = choices.aim, choices.engine
            self.seconds.value = choices.seconds
            self.seconds.error = self.seconds.refusal = ""
            self.engine.disabled = choices.aim == "smooth"
            self.seconds.disabled = self.engine.disabled or choices.engine != "exact"
        finally:
            self._showing = False

    def _typed(self, name: str) -> Callable[[Any], None]:
        def act(change: dict[str, Any]) -> None:
            if self._showing:
                return
            refused = self._on_change(replace(self._choices, **{name: change["new"]}))
            if refused and name == "seconds":
                self.seconds.error = refused
            elif refused:
                self.show(self._choices)

        return act


class CapacityForm:
    """A card with a box for each resource.

    Parameters
    ----------
    on_change
        Called with a change of capacity; returns why it is refused, or nothing.
    below
        What stands below the boxes.

    Attributes
    ----------
    boxes
        The boxes by name of the resource.
    """

    def __init__(self, on_change: Callable[[Change], str], *below: Any) -> None:
        self._on_change = on_change
        self._showing = False
        self.boxes: dict[str, NumberBox] = {}
        self._list = styled(widgets.VBox([]), "capacities")
        self.box = card("What if there were more?", self._list, *below)

    def show(self, usage: ResourceUsage, plan: Plan) -> None:
        """Show how much of each resource there is, those most over capacity first.

        Parameters
        ----------
        usage
            By logic alone.
        plan
            As opened, whose capacities a hint tells.
        """
        if list(self.boxes) != self._order(usage) or not self._list.children:
            self._make(usage)
        opened = {resource.name: resource.capacity for resource in plan.network.resources}
        self._showing = True
        try:
            for name, box in self.boxes.items():
                capacity, was = usage.capacity[name], opened.get(name)
                box.error = box.refusal = ""
                box.value = None if capacity == float("inf") else capacity
                box.hint = f"In the plan: {'no limit' if was is None else number_text(was)}"
        finally:
            self._showing = False

    def _order(self, usage: ResourceUsage) -> list[str]:
        """Names in an order that a what-if does not change, where it need not."""
        if set(self.boxes) == set(usage.resources):
            return list(self.boxes)
        names, left_out = chosen([usage], None)
        used = [*names, *left_out]
        return [*used, *(name for name in usage.resources if name not in used)]

    def _make(self, usage: ResourceUsage) -> None:
        self.boxes = {}
        for name in self._order(usage):
            box = NumberBox(name, required=False, placeholder="no limit")
            box.observe(self._typed(name), names="value")
            self.boxes[name] = box
        if self.boxes:
            self._list.children = list(self.boxes.values())
        else:
            self._list.children = [widgets.HTML(_EMPTY)]

    def _typed(self, name: str) -> Callable[[Any], None]:
        def act(change: dict[str, Any]) -> None:
            if not self._showing:
                self.boxes[name].error = self._on_change(Change(name, capacity=change["new"]))

        return act


class ResourceInputs:
    """Two cards: how to level; what if there were more, and the way back.

    Parameters
    ----------
    on_choices
        Called with the choices made; returns why they are refused, or nothing.
    on_change
        Called with a change of capacity; returns why it is refused, or nothing.
    on_ask
        Called when somebody asks what one more would gain.
    undo, redo, reset, remove
        Called by the way back.

    Attributes
    ----------
    choices, capacities, changes
        The forms in them.
    ask, gains
        The button that asks what one more would gain, and the list of answers.
    """

    def __init__(
        self,
        *,
        on_choices: Callable[[Choices], str],
        on_change: Callable[[Change], str],
        on_ask: Callable[[], object],
        undo: Callable[[], object],
        redo: Callable[[], object],
        reset: Callable[[], object],
        remove: Callable[[int], object],
    ) -> None:
        self._on_change = on_change
        self._offered: tuple[OneMore, ...] = ()
        self.ask = widgets.Button(description="What would one more gain?")
        self.ask.on_click(lambda _: on_ask())
        self.gains = ItemList(self._on_gain, actions=["Try"])
        self.choices = ChoicesForm(on_choices)
        self.changes = ChangesBox(undo, redo, reset, remove)
        self.changes.changes.empty = "Nothing tried yet: these are the plan's own numbers."
        self.capacities = CapacityForm(
            on_change, row(self.ask), self.gains, heading("Tried, and the way back"),
            *self.changes.parts,
        )  # fmt: skip

    def show_gains(self, gains: tuple[OneMore, ...] | None) -> None:
        """Show what one more of each would gain; ``None`` where nobody has asked."""
        self._offered = gains or ()
        self.gains.empty = "" if gains is None else "Nobody waits for a resource."
        self.gains.items = [
            f"{gain.resource}, {number_text(gain.capacity)}: "
            + (f"{days_text(round(gain.gained, 2))} earlier" if gain.gained else "gains nothing")
            for gain in self._offered
        ]
        shown(self.gains, gains is not None)

    def _on_gain(self, _action: str, position: int) -> None:
        gain = self._offered[position]
        self._on_change(Change(gain.resource, capacity=gain.capacity))


def known_resource(plan: Plan, target: str) -> float | None:
    """Return the capacity that a plan has of a resource.

    Raises
    ------
    PlanError
        If it has no such resource.
    """
    for resource in plan.network.resources:
        if resource.name == target:
            return resource.capacity
    raise PlanError(f"resource {target!r}: must be one of the plan's, got another name")
