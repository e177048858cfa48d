"""Reporting progress of one activity: percentage, what remains, actual dates and cost."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from math import isnan
from typing import Any

import ipywidgets as widgets

from pmkit.model.activity import Activity
from pmkit.model.change import Change
from pmkit.views.theme import day_text, days_text, number_text
from pmkit.widgets.boxes import MomentBox, NumberBox, TypedBox
from pmkit.widgets.look import card, styled
from pmkit.widgets.progress_change import progress_change
from pmkit.widgets.reading import Reading

_SPAN = "Its dates and progress follow from other activities."


class ProgressForm:
    """Boxes for the progress of one activity.

    Parameters
    ----------
    on_change
        Called with a change to make; returns why it is refused, or nothing.

    Attributes
    ----------
    percent, remaining, actual_start, actual_finish, actual_cost
        The boxes.
    """

    def __init__(self, on_change: Callable[[Change], str]) -> None:
        self._on_change = on_change
        self._showing = False
        self._activity: Activity | None = None
        self.facts = widgets.HTML()
        self.percent = NumberBox("Complete (%)", step=10.0, required=False)
        self.remaining = NumberBox("Days left", required=False, relative=True)
        self.actual_start = MomentBox("Actual start")
        self.actual_finish = MomentBox("Actual finish")
        self.actual_cost = NumberBox("Actual cost", step=1000.0, required=False)
        self.remaining.hint = "Working days; empty: what the percentage leaves"
        self.box = card(
            "2. Report its progress",
            self.facts,
            styled(widgets.Box([self.percent, self.remaining]), "halves"),
            styled(widgets.Box([self.actual_start, self.actual_finish]), "halves"),
            self.actual_cost,
        )
        for name, box in self.boxes.items():
            box.observe(lambda change, name=name: self._on_value(name, change), names="value")

    @property
    def boxes(self) -> dict[str, TypedBox]:
        """Each box by the field that it reports."""
        return {
            "percent_complete": self.percent,
            "remaining_duration": self.remaining,
            "actual_start": self.actual_start,
            "actual_finish": self.actual_finish,
            "actual_cost": self.actual_cost,
        }

    def show(self, reading: Reading | None, id_: str | None) -> None:
        """Fill the boxes from the plan with the edits made."""
        self._showing = True
        try:
            self._fill(reading, id_)
        finally:
            self._showing = False

    def _fill(self, reading: Reading | None, id_: str | None) -> None:
        found = reading is not None and id_ is not None
        for box in self.boxes.values():
            box.error = box.refusal = ""
            box.disabled = not found
        if reading is None or id_ is None:
            self._activity = None
            self.facts.value = "<p class='pmkit-muted'>No activity is picked.</p>"
            for box in self.boxes.values():
                box.value = "" if isinstance(box, MomentBox) else None
            return
        activity = self._activity = reading.plan.network[id_]
        settings = reading.plan.network.settings
        for name, box in self.boxes.items():
            value = getattr(activity, name)
            if isinstance(box, MomentBox):
                box.dated = reading.schedule.is_dated
                box.placeholder = "yyyy-mm-dd" if box.dated else "day"
                box.value = MomentBox.text(value)
            else:
                box.value = value if value is None else round(float(value), 6)
            box.disabled = activity.type.is_span
        self.remaining.base = activity.remaining
        self.remaining.placeholder = number_text(round(activity.remaining, 2))
        self.remaining.disabled = activity.type.is_span or activity.is_complete
        self.actual_cost.label = "Actual cost" + (
            f" ({settings.currency})" if settings.currency else ""
        )
        self.facts.value = _facts(activity, reading)

    def _on_value(self, name: str, change: dict[str, Any]) -> None:
        if self._showing or self._activity is None:
            return
        box = change["owner"]
        try:
            value = box.moment if isinstance(box, MomentBox) else box.value
            wanted = progress_change(self._activity, name, value)
        except ValueError as error:
            box.error = str(error)
            return
        # where it is refused, what was typed stays, and the plan is as it was
        refused = self._on_change(wanted)
        box.error = re.sub(rf"^activity '.*?': {name} ", f"{box.label}: ", refused)


def _facts(activity: Activity, reading: Reading) -> str:
    name = f" {escape(activity.name)}" if activity.name else ""
    title = f"<b>{escape(activity.id)}</b>{name}"
    lines = [_when(activity, reading), _state(activity, reading)]
    told = "<br>".join(escape(line) for line in lines if line)
    return (
        f"<p class='pmkit-name' title='{escape(activity.name)}'>{title}</p>"
        f"<p class='pmkit-muted'>{told}</p>"
    )


def _when(activity: Activity, reading: Reading) -> str:
    schedule = reading.schedule
    place = schedule.ids.index(activity.id)
    if schedule.is_dated:
        start, finish = (day_text(schedule.dates(n)[place]) for n in ("start", "finish"))
        text = f"{start} to {finish}"
    else:
        text = f"day {number_text(schedule.start[place])} to {number_text(schedule.end[place])}"
    late = float(reading.slip.finish[place])
    if isnan(late):
        return text
    if abs(late) < 0.05:
        return f"{text}, as in the baseline"
    way = "later" if late > 0 else "earlier"
    return f"{text}, {days_text(round(abs(late), 1))} {way} than the baseline"


def _state(activity: Activity, reading: Reading) -> str:
    if activity.type.is_span:
        return _SPAN
    state = reading.schedule.state[reading.schedule.ids.index(activity.id)]
    if state == "complete":
        inferred = "" if activity.actual_finish is not None else " No actual finish is reported."
        return f"Complete.{inferred} A percentage below 100 opens it again."
    if state == "not started":
        return f"Not started; it takes {days_text(activity.expected_duration)}."
    whole = number_text(activity.expected_duration)
    text = f"In progress: {number_text(round(activity.remaining, 2))} of {whole} days remain"
    given, percent = activity.remaining_duration, activity.percent_complete
    if given is None or percent is None:
        return f"{text}."
    left = round(activity.expected_duration * (1 - percent / 100), 2)
    if abs(left - given) < 0.01:
        return f"{text}."
    return f"{text}, as reported; the percentage alone would leave {number_text(left)}."
