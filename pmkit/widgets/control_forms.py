"""What is typed of an issue, a change and a tolerance, as what the model knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.views.theme import titled
from pmkit.widgets.boxes import MomentBox, NumberBox
from pmkit.widgets.choices import choice, offer
from pmkit.widgets.look import card, row, stacked, styled

NOT_FORESEEN = ""


def text_box(label: str, placeholder: str = "") -> Any:
    """Return a labelled box for a few words."""
    return stacked(
        widgets.Text(description=label, placeholder=placeholder, continuous_update=False)
    )


def words(box: Any) -> str:
    """Return what a box holds, on one line."""
    return " ".join(box.value.split())


def still_to_do(plan: Plan) -> list[tuple[str, str]]:
    """Return label and id of each activity that is not complete."""
    return [
        (titled(a.id, a.name), a.id)
        for a in plan.network.activities
        if not a.is_complete and not a.type.is_span
    ]


class IssueForm:
    """Something has happened: a risk of the register, or what nobody had foreseen.

    Parameters
    ----------
    on_raise
        Called by the button.
    """

    def __init__(self, on_raise: Callable[[], object]) -> None:
        self._plan: Plan | None = None
        self.risk = choice("What was it?")
        self.name = text_box("What has happened", "e.g. The crane broke down")
        self.owner = text_box("Who sees to it")
        self.due = MomentBox("To be settled by", hint="A date")
        self.activity = choice("Activity it touches")
        self.days = NumberBox("Adds (days)", required=False, signed=True)
        self.cost = NumberBox("Adds (cost)", required=False, step=1000.0, signed=True)
        self.add = styled(widgets.Button(description="Raise the issue"), "main")
        self.add.on_click(lambda _: on_raise())
        self.risk.observe(self._on_risk, names="value")
        self.box = card(
            "Something has happened",
            self.risk, self.name,
            styled(widgets.Box([self.owner, self.due]), "halves"),
            self.activity,
            styled(widgets.Box([self.days, self.cost]), "halves"),
            row(self.add),
        )  # fmt: skip

    @property
    def boxes(self) -> tuple[Any, ...]:
        """What may refuse what is typed."""
        return self.due, self.days, self.cost

    def show(self, plan: Plan) -> None:
        """Offer the open risks and what is still to be done."""
        self._plan = plan
        dated = plan.network.settings.is_dated
        self.due.dated, self.due.hint = dated, "A date" if dated else "Working days after the start"
        risks = [(titled(r.id, r.name), r.id) for r in plan.network.risks if r.is_open]
        offer(self.risk, [("Nobody had foreseen it", NOT_FORESEEN), *risks])
        offer(self.activity, [("None", ""), *still_to_do(plan)])

    def _on_risk(self, change: dict[str, Any]) -> None:
        """Put what the register expects into the boxes, to be corrected."""
        found = [
            r for r in (self._plan.network.risks if self._plan else ()) if r.id == change["new"]
        ]
        if not found:
            return
        risk = found[0].as_it_stands
        sign = -1 if risk.kind == "opportunity" else 1
        self.name.value, self.owner.value = risk.name, risk.owner
        self.days.value = None if risk.impact is None else sign * risk.impact.most_likely
        self.cost.value = sign * risk.cost_impact or None

    def clear(self) -> None:
        """Empty the boxes for the next one."""
        self.risk.value = NOT_FORESEEN
        self.name.value = self.owner.value = self.due.value = ""
        self.days.value = self.cost.value = None
        if self.activity.options:
            self.activity.value = ""

    def fields(self) -> dict[str, Any]:
        """Return what `raise_issue` takes."""
        given = {
            "name": words(self.name),
            "owner": words(self.owner),
            "due": self.due.moment,
            "activities": (self.activity.value,) if self.activity.value else (),
            "days": self.days.value,
            "cost_impact": self.cost.value,
        }
        return given | {"risk": self.risk.value or ""}


class ChangeForm:
    """Something could be different: asked for as a change, or weighed as an option.

    Parameters
    ----------
    on_ask, on_weigh
        Called by the two buttons.
    """

    def __init__(self, on_ask: Callable[[], object], on_weigh: Callable[[], object]) -> None:
        self.name = text_box("What would be different", "e.g. A second door")
        self.asked_by = text_box("Who asks")
        self.activity = choice("Activity")
        self.days = NumberBox("More days", required=False, signed=True, hint="Fewer: -2")
        self.cost = NumberBox("More cost", required=False, step=1000.0, signed=True)
        self.benefit = NumberBox("More benefit", required=False, step=1000.0, signed=True)
        self.ask = styled(widgets.Button(description="Ask for this change"), "main")
        self.weigh = widgets.Button(description="Weigh it as an option")
        self.ask.on_click(lambda _: on_ask())
        self.weigh.on_click(lambda _: on_weigh())
        self.box = card(
            "Something could be different",
            styled(widgets.Box([self.name, self.asked_by]), "halves"),
            self.activity,
            styled(widgets.Box([self.days, self.cost, self.benefit]), "thirds"),
            row(self.ask, self.weigh),
        )

    @property
    def boxes(self) -> tuple[Any, ...]:
        """What may refuse what is typed."""
        return self.days, self.cost, self.benefit

    def show(self, plan: Plan) -> None:
        """Offer what is still to be done."""
        offer(self.activity, [("None: the benefit alone", ""), *still_to_do(plan)])

    def clear(self) -> None:
        """Empty the boxes for the next one."""
        self.name.value = self.asked_by.value = ""
        self.days.value = self.cost.value = self.benefit.value = None

    def title(self) -> str:
        """Return what it is called.

        Raises
        ------
        PlanError
            If it has no name.
        """
        if not words(self.name):
            raise PlanError("change: must say what would be different, got nothing")
        return words(self.name)

    def changes(self, plan: Plan) -> tuple[Change, ...]:
        """Return what would be different in the plan; nothing where only the benefit is."""
        days, cost, id_ = self.days.value or 0.0, self.cost.value or 0.0, self.activity.value
        if not days and not cost:
            return ()
        if not id_:
            raise PlanError("change: an activity must be picked for its days and cost, got none")
        activity = plan.network[id_]
        values: dict[str, Any] = {}
        if days:
            values["duration"] = float(max(activity.expected_duration + days, 0))
            if activity.is_started:
                values["remaining_duration"] = float(max(activity.remaining + days, 0))
        if cost:
            values["fixed_cost"] = activity.fixed_cost + cost
        return (Change(id_, **values),)
