"""What can be varied about the activity that is picked: estimate, dependencies, risk."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as widgets

from pmkit.analysis.scheduling.network import NONE
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.activity import Activity
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency, LagUnit
from pmkit.views.theme import day_text, number_text
from pmkit.widgets.boxes import NumberBox
from pmkit.widgets.look import card, stacked, styled

DURATION, REMAINING = "Duration (working days)", "Remaining duration (working days)"
COMPLETE = "Complete: what has happened cannot be changed."
SPAN = "Its dates follow from other activities, so it has no duration to change."
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
        self._states: dict[str, str] = {}
        self.facts = widgets.HTML()
        self.duration = NumberBox(
            DURATION, relative=True, hint="A number, or a change: +5, -2, +10%"
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
        for box in self.points:
            box.observe(self._on_points, names="value")
        self.dependency.observe(lambda _: self._show_lag(), names="value")
        self.lag.observe(self._on_lag, names="value")

    @property
    def points(self) -> tuple[NumberBox, NumberBox, NumberBox]:
        """The boxes of the three points, in order."""
        return self.optimistic, self.most_likely, self.pessimistic

    def show(self, schedule: Schedule | None, id_: str | None) -> None:
        """Fill the boxes from a schedule of the changed plan."""
        self._showing = True
        try:
            self._fill(schedule, id_)
        finally:
            self._showing = False

    def _fill(self, schedule: Schedule | None, id_: str | None) -> None:
        boxes = (self.duration, *self.points, self.lag)
        found = schedule is not None and id_ is not None
        for box in boxes:
            box.error = ""
            box.disabled = not found
        if schedule is None or id_ is None:
            self._activity = None
            self.duration.label = DURATION
            self.facts.value = "<p class='pmkit-muted'>No activity is picked.</p>"
            for box in boxes:
                box.value = None
            self._list_links({})
            return
        network = schedule.plan.network
        activity = self._activity = network[id_]
        self._states = states(schedule)
        state = self._states[id_]
        fixed = COMPLETE if state == "complete" else SPAN if activity.type.is_span else ""
        for box in boxes[:-1]:
            box.disabled = bool(fixed)
        self.facts.value = _facts(activity, schedule, state, fixed)
        in_progress = state == "in progress"
        self.duration.label = REMAINING if in_progress else DURATION
        self.duration.value = round(
            activity.remaining if in_progress else activity.expected_duration, 6
        )
        points = activity.three_point
        for box, name in zip(self.points, ("optimistic", "most_likely", "pessimistic"),
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
        # a lag before what is complete is over
        self.lag.disabled = link is None or self._states[link.successor] == "complete"
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
            in_progress = self.duration.label == REMAINING
            name = "remaining_duration" if in_progress else "duration"
            self._make(self._activity.id, name, change)

    def _on_points(self, change: dict[str, Any]) -> None:
        activity = self._activity
        if self._showing or activity is None:
            return
        owner = change["owner"]
        names = ("optimistic", "most_likely", "pessimistic")
        if activity.three_point is None:
            # the points that are not typed yet start where the duration is
            self._showing = True
            for box in self.points:
                if box.value is None and box is not owner:
                    box.value = round(activity.expected_duration, 6)
            self._showing = False
        values = {name: box.value for name, box in zip(names, self.points, strict=True)}
        # points that are not in order yet wait in their boxes for the others
        refused = self._on_change(Change(activity.id, **values))
        for box in self.points:
            box.error = refused if box is owner else ""

    def _on_lag(self, change: dict[str, Any]) -> None:
        if not self._showing and self.dependency.value is not None:
            self._make(self.dependency.value, "lag", change)


def target(link: Dependency, links: list[Dependency]) -> str:
    """Return how a `Change` names a dependency among others."""
    ends = (link.predecessor, link.successor)
    twins = [other for other in links if (other.predecessor, other.successor) == ends]
    arrow = f"{link.predecessor} -> {link.successor}"
    return arrow if len(twins) == 1 else f"{arrow} ({link.kind})"


def states(schedule: Schedule) -> dict[str, str]:
    """Return the state of each activity; none has begun where progress has no date and moves none.

    Examples
    --------
    >>> from pmkit.analysis.scheduling.schedule import critical_path
    >>> from pmkit.model.project import Project
    >>> states(critical_path(Project.from_table([("A", 3, "")])))
    {'A': 'not started'}
    """
    standing = schedule._net.standing
    if standing is None or standing.status == NONE:
        return dict.fromkeys(schedule.ids, "not started")
    return dict(zip(schedule.ids, schedule.state.tolist(), strict=True))


def _facts(activity: Activity, schedule: Schedule, state: str, fixed: str) -> str:
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
    if state == "in progress":
        when = f"the rest {when}"
        if activity.three_point is not None:
            whole = number_text(activity.expected_duration)
            spare += f"; the three points are of all {whole} days, what is left keeps its share"
    spare = ("<b>critical</b>, " if dates.is_critical else "") + spare
    name = f" {escape(activity.name)}" if activity.name else ""
    title = f"<b>{escape(activity.id)}</b>{name}"
    return (
        f"<p class='pmkit-name' title='{escape(activity.name)}'>{title}</p>"
        f"<p class='pmkit-muted'>{when}<br>{fixed or spare}</p>"
    )
