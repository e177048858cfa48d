"""Finding one activity among many: type a few letters, or walk through the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from pmkit.model.activity import Activity
from pmkit.model.program import Plan
from pmkit.widgets.look import card, stacked, styled


class ActivityPicker:
    """A search box above a list of activities.

    Parameters
    ----------
    on_pick
        Called with the id of the activity that is picked, or ``None``.

    Attributes
    ----------
    search, activity
        The two inputs; the value of `activity` is an id.
    """

    def __init__(self, on_pick: Callable[[str | None], object]) -> None:
        self._on_pick = on_pick
        self._rows: list[tuple[str, str, str]] = []
        self._filling = False
        self.search = stacked(
            widgets.Text(description="Search", placeholder="id, name, WBS or project")
        )
        self.activity = styled(
            stacked(widgets.Select(description="Activity", options=[], rows=8)), "grows"
        )
        self.box = card("1. Pick an activity", self.search, self.activity)
        self.search.observe(self._filter, names="value")
        self.activity.observe(self._picked, names="value")

    def show(self, plan: Plan, wish: str | None = None) -> None:
        """List the activities of a plan, and pick one.

        Parameters
        ----------
        plan
            The plan.
        wish
            Id of the activity to pick; the first one if not given.
        """
        self._rows = [
            (_label(activity), activity.id, _searched(activity))
            for activity in plan.network.activities
        ]
        self._filling = True
        self.search.value = ""
        self._filling = False
        self._list([(label, id_) for label, id_, _ in self._rows], wish)

    def pick(self, id_: str) -> None:
        """Pick an activity by id, whatever is in the search box."""
        if id_ not in {found for _, found in self.activity.options}:
            self.search.value = ""
        self.activity.value = id_

    def _filter(self, _change: object) -> None:
        if self._filling:
            return
        words = self.search.value.casefold().split()
        matches = [
            (label, id_) for label, id_, text in self._rows if all(word in text for word in words)
        ]
        self._list(matches, self.activity.value)

    def _list(self, options: list[tuple[str, str]], wish: str | None) -> None:
        ids = [id_ for _, id_ in options]
        chosen = wish if wish in ids else (ids[0] if ids else None)
        self._filling = True
        try:
            with self.activity.hold_sync():
                self.activity.options = options
                self.activity.value = chosen
                count = f"{len(options)} of {len(self._rows)}"
                self.activity.description = (
                    f"Activity ({len(options)})"
                    if len(options) == len(self._rows)
                    else f"Activity ({count} match)"
                )
        finally:
            self._filling = False
        self._on_pick(chosen)

    def _picked(self, change: dict[str, Any]) -> None:
        if not self._filling:
            self._on_pick(change["new"])


def _label(activity: Activity) -> str:
    text = activity.id.removeprefix(f"{activity.project}.") if activity.project else activity.id
    if activity.name and activity.name != text:
        text += f" {activity.name}"
    if activity.project:
        text += f" ({activity.project})"
    return " ".join(text.split())


def _searched(activity: Activity) -> str:
    return f"{activity.id} {activity.name} {activity.wbs} {activity.project}".casefold()
