"""A risk on the activity that is picked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.errors import PlanError
from pmkit.model.risk import RiskEvent
from pmkit.widgets.activity_form import states
from pmkit.widgets.boxes import NumberBox
from pmkit.widgets.look import card, stacked, styled


class RiskForm:
    """A risk event on the activity that is picked.

    Parameters
    ----------
    on_add
        Called with the event's values when the button is pressed.
    title
        Of the card.
    *above
        What stands above the boxes in it.
    """

    def __init__(
        self, on_add: Callable[[], object], title: str = "3. Or add a risk to it", *above: Any
    ) -> None:
        self.name = stacked(widgets.Text(description="Risk (name)", placeholder="e.g. Late permit"))
        self.probability = NumberBox("Probability (%)", value=30.0, step=5.0)
        self.days = NumberBox("Delay (days)", value=5.0, hint="Working days")
        self.cost = NumberBox("Cost", value=0.0, step=1000.0)
        self.add = widgets.Button(description="Add this risk")
        self.box = card(
            title,
            *above,
            self.name,
            self.probability,
            styled(widgets.Box([self.days, self.cost]), "halves"),
            self.add,
        )
        self.add.on_click(lambda _: on_add())

    def show(self, schedule: Schedule | None, id_: str | None) -> None:
        """Let a risk be added only where something can still happen."""
        self.add.disabled = schedule is None or id_ is None or states(schedule)[id_] == "complete"

    def event(self, id_: str, activity: str) -> RiskEvent:
        """Return the risk event that the boxes describe.

        Raises
        ------
        PlanError
            If a box holds what a risk event cannot have.
        """
        percent = self.probability.value
        if percent is None or not 0 <= percent <= 100:
            raise PlanError(
                f"risk {id_!r}: probability must be between 0 and 100 %, got {_came(percent)}"
            )
        days, cost = self.days.value or 0.0, self.cost.value or 0.0
        if not days and not cost:
            raise PlanError(f"risk {id_!r}: must delay or cost something, got neither")
        return RiskEvent(
            id_,
            " ".join(self.name.value.split()),
            (activity,),
            percent / 100,
            days if days else None,  # type: ignore[arg-type]
            cost,
        )


def _came(value: float | None) -> str:
    return "nothing" if value is None else f"{value:g}"
