"""The upper half of the what-if panel: pick an activity, change it, keep what you tried."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.change import Change
from pmkit.model.program import Plan
from pmkit.widgets.activity_form import ActivityForm
from pmkit.widgets.history import History
from pmkit.widgets.look import styled
from pmkit.widgets.picker import ActivityPicker
from pmkit.widgets.risk_form import RiskForm
from pmkit.widgets.scenario_box import ScenarioActions, ScenarioBox


class WhatIfInputs:
    """Four cards side by side.

    Parameters
    ----------
    on_pick
        Called when another activity is picked.
    on_change
        Called with a change to make; returns why it is refused, or nothing.
    on_risk
        Called when a risk is to be added.
    actions
        What the panel does with changes and scenarios.

    Attributes
    ----------
    picker, form, risk, scenarios
        One for each card.
    """

    def __init__(
        self,
        on_pick: Callable[[str | None], object],
        on_change: Callable[[Change], str],
        on_risk: Callable[[], object],
        actions: ScenarioActions,
    ) -> None:
        self.form = ActivityForm(on_change)
        self.risk = RiskForm(on_risk)
        self.scenarios = ScenarioBox(actions)
        self.picker = ActivityPicker(on_pick)
        cards = (self.picker, self.form, self.risk, self.scenarios)
        self.box = styled(widgets.Box([card.box for card in cards]), "band")

    @property
    def numbers(self) -> tuple[object, ...]:
        """The boxes that may refuse what is typed."""
        form, risk = self.form, self.risk
        return (form.duration, *form.points, form.lag, risk.probability, risk.days, risk.cost)

    def open(self, plan: Plan, schedule: Schedule) -> None:
        """List the activities of another plan, and pick one that matters."""
        self.picker.show(plan, first_pick(schedule))

    def show_activity(self, schedule: Schedule | None, id_: str | None) -> None:
        """Fill what is about the activity that is picked."""
        self.form.show(schedule, id_)
        self.risk.show(schedule, id_)

    def show_session(self, history: History) -> None:
        """List changes and scenarios."""
        self.scenarios.show(history)


def first_pick(schedule: Schedule) -> str | None:
    """Return the first activity on the chain that decides the finish, with work still to do.

    Examples
    --------
    >>> from pmkit.analysis.scheduling.schedule import critical_path
    >>> from pmkit.model.project import Project
    >>> first_pick(critical_path(Project.from_table([("Go", 0, ""), ("Dig", 3, "Go")])))
    'Dig'
    """
    network = schedule.plan.network
    lasting = [id_ for id_ in schedule.longest_path if not network[id_].is_milestone]
    to_do = [id_ for id_ in lasting if not network[id_].is_complete]
    return next(iter(to_do + lasting), None)
