"""What can be varied about the activity that is picked: estimate, dependencies, risk."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as widgets

from pmkit.analysis.schedule import Schedule
from pmkit.model.activity import Activity
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency, LagUnit
from pmkit.model.errors import PlanError
from pmkit.model.risk import RiskEvent
from pmkit.views.theme import day_text, number_text
from pmkit.widgets.inputs import NumberBox
from pmkit.widgets.look import card, stacked, styled

_LAG_UNITS = {
    LagUnit.WORKING_DAYS: ("days", "Working days; negative for a lead"),
    LagUnit.ELAPSED_DAYS: ("elapsed", "Days of 24 hours; negative for a lead"),
    LagUnit.PERCENT: ("%", "Percent of the predecessor's duration; negative for a lead"),
}


class ActivityForm:
    """Boxes for one activity; each change of one becomes a `Change`.

    Parameters
    ----------
    on_change
        Called with a change to make; returns why it is refused, or nothing.
    """

    def __init__(self, on_change: Callable[[Change], str]) -> None:
        self._on_change = on_change
        self._showing = False
        self._activity: Activity | None = None
        self._links: dict[str, Dependency] = {}
        self.facts = widgets.HTML()
        self.duration = NumberBox(
            "Duration (working days)", relative=True, hint="A number, or a change: +5, -2, +10%"
        )
        self.optimistic = NumberBox("Optimistic")
        self.most_likely = NumberBox("Most likely")
        self.pessimistic = NumberBox("Pessimistic")
        self.dependency = stacked(widgets.Dropdown(description="Dependency", options=[]))
        self.lag = NumberBox("Lag (days)", signed=True)
        self.box = card(
            "2. Change it",
            self.facts,
            self.duration,
            styled(widgets.Box([self.optimistic, self.most_likely, self.pessimistic]), "thirds"),
            styled(widgets.Box([self.dependency, self.lag]), "split"),
        )
        self.duration.observe(self._on_duration, names="value")
        for box in self._points:
            box.observe(self._on_points, names="value")
        self.dependency.observe(lambda _: self._show_lag(), names="value")
        self.lag.observe(self._on_lag, names="value")

    @property
    def _points(self) -> tuple[NumberBox, NumberBox, NumberBox]:
        return self.optimistic, self.most_likely, self.pessimistic

    def show(self, schedule: Schedule | None, id_: str | None) -> None:
        """Fill the boxes from a schedule of the changed plan."""
        self._showing = True
        try:
            self._fill(schedule, id_)
        finally:
            self._showing = False

    def _fill(self, schedule: Schedule | None, id_: str | None) -> None:
        boxes = (self.duration, *self._points, self.lag)
        found = schedule is not None and id_ is not None
        for box in boxes:
            box.error = ""
            box.disabled = not found
        if schedule is None or id_ is None:
            self._activity = None
            self.facts.value = "<p class='pmkit-muted'>No activity is picked.</p>"
            for box in boxes:
                box.value = None
            self._list_links({})
            return
        network = schedule.plan.network
        activity = self._activity = network[id_]
        self.facts.value = _facts(activity, schedule)
        self.duration.value = round(activity.expected_duration, 6)
        points = activity.three_point
        for box, name in zip(self._points, ("optimistic", "most_likely", "pessimistic"),
                             strict=True):  # fmt: skip
            box.value = None if points is None else round(getattr(points, name), 6)
        links = [d for d in network.dependencies if id_ in (d.predecessor, d.successor)]
        self._list_links({target(d, links): d for d in links})

    def _list_links(self, links: dict[str, Dependency]) -> None:
        before = self.dependency.value
        self._links = links
        options = [(self._link_text(link), name) for name, link in links.items()]
        if tuple(options) != tuple(self.dependency.options):
            with self.dependency.hold_sync():
                self.dependency.options = options
                names = list(links)
                self.dependency.value = before if before in links else next(iter(names), None)
        self.dependency.disabled = not links
        self.dependency.description = "Dependency" if links else "Dependency (none here)"
        self._show_lag()

    def _link_text(self, link: Dependency) -> str:
        """A dependency as the picked activity sees it: after whom, or before whom."""
        assert self._activity is not None
        is_after = link.successor == self._activity.id
        other = link.predecessor if is_after else link.successor
        if self._activity.project:
            other = other.removeprefix(f"{self._activity.project}.")
        return f"{'after' if is_after else 'before'} {other} ({link.relation})"

    def _show_lag(self) -> None:
        before, self._showing = self._showing, True
        link = self._links.get(self.dependency.value or "")
        self.lag.disabled = link is None
        self.lag.error = ""
        self.lag.value = None if link is None else round(link.lag, 6)
        unit, self.lag.hint = _LAG_UNITS[link.unit if link else LagUnit.WORKING_DAYS]
        self.lag.label = f"Lag ({unit})"
        self._showing = before

    def _make(self, target: str, name: str, change: dict[str, Any]) -> None:
        """Ask for a change; where it is refused, the box goes back to what the plan has."""
        if self._on_change(Change(target, **{name: change["new"]})):
            self._showing = True
            change["owner"].value = change["old"]
            self._showing = False

    def _on_duration(self, change: dict[str, Any]) -> None:
        if not self._showing and self._activity is not None:
            self._make(self._activity.id, "duration", change)

    def _on_points(self, change: dict[str, Any]) -> None:
        activity = self._activity
        if self._showing or activity is None:
            return
        owner = change["owner"]
        names = ("optimistic", "most_likely", "pessimistic")
        if activity.three_point is None:
            # the points that are not typed yet start where the duration is
            self._showing = True
            for box in self._points:
                if box.value is None and box is not owner:
                    box.value = round(activity.expected_duration, 6)
            self._showing = False
        values = {name: box.value for name, box in zip(names, self._points, strict=True)}
        # points that are not in order yet wait in their boxes for the others
        refused = self._on_change(Change(activity.id, **values))
        for box in self._points:
            box.error = refused if box is owner else ""

    def _on_lag(self, change: dict[str, Any]) -> None:
        if not self._showing and self.dependency.value is not None:
            self._make(self.dependency.value, "lag", change)


class RiskForm:
    """A risk event on the activity that is picked.

    Parameters
    ----------
    on_add
        Called with the event's values when the button is pressed.
    """

    def __init__(self, on_add: Callable[[], object]) -> None:
        self.name = stacked(widgets.Text(description="Risk (name)", placeholder="e.g. Late permit"))
        self.probability = NumberBox("Probability (%)", value=30.0, step=5.0)
        self.days = NumberBox("Delay (days)", value=5.0, hint="Working days")
        self.cost = NumberBox("Cost", value=0.0, step=1000.0)
        self.add = widgets.Button(description="Add this risk")
        self.box = card(
            "3. Or add a risk to it",
            self.name,
            self.probability,
            styled(widgets.Box([self.days, self.cost]), "halves"),
            self.add,
        )
        self.add.on_click(lambda _: on_add())

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


def target(link: Dependency, links: list[Dependency]) -> str:
    """Return how a `Change` names a dependency among others."""
    ends = (link.predecessor, link.successor)
    twins = [other for other in links if (other.predecessor, other.successor) == ends]
    arrow = f"{link.predecessor} -> {link.successor}"
    return arrow if len(twins) == 1 else f"{arrow} ({link.kind})"


def _came(value: float | None) -> str:
    return "nothing" if value is None else f"{value:g}"


def _facts(activity: Activity, schedule: Schedule) -> str:
    dates = schedule[activity.id]
    if schedule.is_dated:
        position = schedule.ids.index(activity.id)
        start, finish = (
            day_text(schedule.dates(name)[position]) for name in ("early_start", "early_finish")
        )
        when = f"{start} to {finish}"
    else:
        when = f"day {number_text(dates.early_start)} to {number_text(dates.early_finish)}"
    spare = f"total float {number_text(dates.total_float)}, free {number_text(dates.free_float)}"
    state = "<b>critical</b>, " if dates.is_critical else ""
    name = f" {escape(activity.name)}" if activity.name else ""
    title = f"<b>{escape(activity.id)}</b>{name}"
    return (
        f"<p class='pmkit-name' title='{escape(activity.name)}'>{title}</p>"
        f"<p class='pmkit-muted'>{when}<br>{state}{spare}</p>"
    )
