"""A tolerance, typed: how far the forecast may drift before somebody else decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ipywidgets as widgets

from pmkit.model.errors import PlanError
from pmkit.model.program import Plan, Program
from pmkit.model.tolerance import Measure, Tolerance
from pmkit.widgets.boxes import NumberBox
from pmkit.widgets.choices import choice, offer
from pmkit.widgets.control_forms import text_box, words
from pmkit.widgets.look import card, row, shown, styled

_NEW = "new"
_LABELS = {
    Measure.TIME: ("Days late", "Days early"),
    Measure.COST: ("Cost above", "Cost below"),
}


class ToleranceForm:
    """The tolerances that there are, and one to set.

    Parameters
    ----------
    on_set, on_drop
        Called by the two buttons.
    """

    def __init__(self, on_set: Callable[[], object], on_drop: Callable[[], object]) -> None:
        self._filling = False
        self._known: dict[str, Tolerance] = {}
        self.which = choice("Tolerance")
        self.measure = choice("On")
        self.project = choice("Of")
        self.name = text_box("What is measured")
        self.above = NumberBox("Above", required=False)
        self.below = NumberBox("Below", required=False)
        self.unit = text_box("Counted in", "e.g. %")
        self.target = NumberBox("Agreed", required=False, signed=True)
        self.forecast = NumberBox("Expected now", required=False, signed=True)
        self.lost = NumberBox("Lost per day late", required=False)
        self.confidence = NumberBox("Kept with (% confidence)", required=False, step=5.0,
                                    hint="Empty: the plan's own dates and cost")  # fmt: skip
        self.authority = text_box("Who decides beyond")
        self.set = styled(widgets.Button(description="Set this tolerance"), "main")
        self.drop = widgets.Button(description="Drop it")
        self.set.on_click(lambda _: on_set())
        self.drop.on_click(lambda _: on_drop())
        self.which.observe(lambda _: None if self._filling else self._fill(), names="value")
        self.measure.observe(lambda _: self._suit(), names="value")
        self.measure.options = [(str(m).capitalize(), str(m)) for m in Measure]
        self.measure.value = str(Measure.TIME)
        self.box = card(
            "How far may it drift?",
            self.which,
            styled(widgets.Box([self.measure, self.project]), "halves"),
            self.name,
            styled(widgets.Box([self.above, self.below, self.unit]), "thirds"),
            styled(widgets.Box([self.target, self.forecast, self.lost]), "thirds"),
            styled(widgets.Box([self.authority, self.confidence]), "halves"),
            row(self.set, self.drop),
        )
        self._suit()

    @property
    def boxes(self) -> tuple[Any, ...]:
        """What may refuse what is typed."""
        return (self.above, self.below, self.target, self.forecast, self.lost, self.confidence)

    def show(self, plan: Plan, picked: str) -> None:
        """List what a plan has, with one of them filled in."""
        self._known = {t.subject: t for t in plan.network.control.tolerances}
        projects = [("the whole", "")]
        if isinstance(plan, Program):
            projects += [(project.id, project.id) for project in plan.projects]
        options = [(_label(t), subject) for subject, t in self._known.items()]
        self._filling = True
        try:
            offer(self.project, projects)
            offer(self.which, [*options, ("Another one", _NEW)])
            self.which.value = picked if picked in self._known else self.which.value
        finally:
            self._filling = False
        shown(self.project, len(projects) > 1)
        self._fill()

    def tolerance(self) -> Tolerance:
        """Return the tolerance that the boxes describe.

        Raises
        ------
        PlanError
            If they hold what a tolerance cannot have.
        """
        measure = Measure(self.measure.value)
        percent = self.confidence.value
        if percent is not None and not 0 < percent < 100:
            raise PlanError(
                f"tolerance on {words(self.name) or measure}: confidence must be more than 0 and "
                f"less than 100 %, got {percent:g}"
            )
        told = not measure.is_computed
        base = self._known.get(self.which.value)
        if base is None or base.on is not measure:
            base = Tolerance(measure, above=0, target=0 if told else None,
                             forecast=0 if told else None)  # fmt: skip
        return replace(
            base,
            project=self.project.value or "",
            name=words(self.name),
            above=self.above.value,
            below=self.below.value,
            unit=words(self.unit),
            target=self.target.value if told else base.target,
            forecast=self.forecast.value if told else None,
            lost_per_day=self.lost.value if measure is Measure.BENEFIT else None,
            confidence=None if told or percent is None else percent / 100,
            authority=words(self.authority) or "program manager",
        )

    def picked(self) -> Tolerance | None:
        """Return the one that is picked; ``None`` for a new one."""
        return self._known.get(self.which.value)

    def _fill(self) -> None:
        found = self.picked()
        self.drop.disabled = found is None
        one = found or Tolerance(Measure.TIME, above=5)
        self.measure.value, self.project.value = str(one.on), one.project
        self.name.value, self.unit.value, self.authority.value = one.name, one.unit, one.authority
        self.above.value, self.below.value = one.above, one.below
        told = not one.on.is_computed and isinstance(one.target, int | float)
        self.target.value = float(one.target) if told else None  # type: ignore[arg-type]
        self.forecast.value, self.lost.value = one.forecast, one.lost_per_day
        sure = one.confidence
        self.confidence.value = None if sure is None else round(100 * sure, 6)
        for box in self.boxes:
            box.error = box.refusal = ""

    def _suit(self) -> None:
        """Show the boxes that a measure has."""
        measure = Measure(self.measure.value or Measure.TIME)
        above, below = _LABELS.get(measure, ("Above", "Below"))
        self.above.label, self.below.label = above, below
        told = not measure.is_computed
        for box in (self.target, self.forecast):
            shown(box, told)
        shown(self.lost, measure is Measure.BENEFIT)
        shown(self.confidence, not told)


def _label(tolerance: Tolerance) -> str:
    of = f", {tolerance.project}" if tolerance.project else ""
    return f"{tolerance.label}{of}"
