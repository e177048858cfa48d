"""What the health panel consists of: the card, the offenders of a rule, and the way to each."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as widgets

from pmkit.analysis.health.health import Check, Health
from pmkit.analysis.health.rules import RULES
from pmkit.analysis.words import days_text
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.relinking import named_link
from pmkit.views.health import health_chart
from pmkit.views.theme import DARK, LIGHT, day_text, number_text, titled
from pmkit.widgets.boxes import NumberBox
from pmkit.widgets.changes_box import ChangesBox
from pmkit.widgets.guarded import File
from pmkit.widgets.inputs import DownloadButton, Region, StatusLine
from pmkit.widgets.live_chart import LiveChart
from pmkit.widgets.look import card, heading, row, shown, stack, stacked, styled
from pmkit.widgets.pick_table import PickTable

_WIDTH = 620
_MOST = 300
"""Offenders that are listed; more are told."""
_SCROLLED = {"max_height": "430px", "overflow": "auto"}
_SAVE = (
    "<p class='pmkit-muted'>Nothing is changed in your file. A copy has the mended plan in it.</p>"
)


class HealthParts:
    """All of the panel below its head.

    Parameters
    ----------
    on_check, on_offender
        Called with the name of a rule, and with the position of an offender, that is picked.
    on_mend, on_mend_all
        Called by the buttons.
    on_threshold
        Called with a threshold that was typed; returns why it is refused, or nothing.
    undo, redo, reset, remove
        Called by the way back.
    save
        Returns the workbook to download.
    """

    def __init__(
        self,
        *,
        on_check: Callable[[str], object],
        on_offender: Callable[[int], object],
        on_mend: Callable[[], object],
        on_mend_all: Callable[[], object],
        on_threshold: Callable[[float | None], str],
        undo: Callable[[], object],
        redo: Callable[[], object],
        reset: Callable[[], object],
        remove: Callable[[int], object],
        save: Callable[[], File | None],
    ) -> None:
        self._filling = False
        self._drawn: tuple[object, ...] = ()
        self._on_check, self._on_threshold = on_check, on_threshold
        self._chart: LiveChart | None = None
        self.dark = False
        self.sentence = styled(StatusLine(), "answer")
        self._card = styled(widgets.Box([Region(label="Health of the schedule")]), "framed")
        self.check = stacked(widgets.Dropdown(description="Rule", options=[]))
        self.check.observe(self._picked, names="value")
        self.threshold = NumberBox("Threshold", required=False)
        self.threshold.observe(self._typed, names="value")
        self.meaning = widgets.HTML()
        self.offenders = PickTable(
            on_offender, caption="Offenders", headings=["Offender", "What is wrong"], words=[1],
            empty="Nothing offends.",
        )  # fmt: skip
        self.more = widgets.HTML()
        self.detail = styled(widgets.HTML(), "notes")
        self.mend = styled(widgets.Button(description="Mend it"), "main")
        self.mend_all = widgets.Button(description="Mend all of these")
        self.mend.on_click(lambda _: on_mend())
        self.mend_all.on_click(lambda _: on_mend_all())
        self.changes = ChangesBox(undo, redo, reset, remove)
        self.changes.changes.empty = "Nothing mended yet: this is the plan as it was opened."
        self.save = DownloadButton("Save the mended plan (Excel)", save)
        pick = card(
            "Who offends?", self.check, self.threshold, self.meaning,
            widgets.Box([self.offenders], layout=_SCROLLED), self.more,
        )  # fmt: skip
        way = card("The way there", self.detail, row(self.mend, self.mend_all))
        back = styled(
            widgets.VBox([heading("Mended, and the way back"), *self.changes.parts,
                          widgets.HTML(_SAVE), row(self.save)]),
            "card",
        )  # fmt: skip
        top = styled(widgets.Box([self._card, pick]), "pair")
        below = styled(widgets.Box([way, back]), "pair")
        self.box = stack(self.sentence, top, below)

    def show(self, health: Health, picked: str) -> None:
        """Show the health of a plan, with one of its rules picked."""
        names = [(_label(check), check.name) for check in health.checks]
        self._filling = True
        try:
            if list(self.check.options) != names:
                with self.check.hold_sync():
                    self.check.options = names
                    self.check.value = picked
            else:
                self.check.value = picked
        finally:
            self._filling = False
        self._draw(health, picked)
        check = health[picked]
        self._show_check(check)
        failed = len(health.failed)
        said = f"{len(health.passed)} of {len(health.passed) + failed} checks passed"
        left = len(health.unchecked)
        self.sentence.text = f"{said}{f', {left} not checked' if left else ''}."

    def _draw(self, health: Health, picked: str) -> None:
        key: tuple[object, ...] = (id(health), picked, self.dark)
        if key == self._drawn:
            return
        self._drawn = key
        theme = DARK if self.dark else LIGHT
        chart = health_chart(health, picked=picked, width=_WIDTH, theme=theme)
        state = {"title": f"{chart.title.text}."}
        if self._chart is None:
            self._chart = LiveChart("Health of the schedule", chart, state)
            self._card.children = (*self._card.children, self._chart)
        else:
            self._chart.draw(chart, state)

    def _show_check(self, check: Check) -> None:
        rule = RULES[check.name]
        self._filling = True
        try:
            least = "At least" if rule.at_least else "At most"
            unit = f" ({check.unit})" if check.unit in ("%", "days") else ""
            is_tried = check.name == "critical_path_test"
            self.threshold.label = "Delay that is tried (days)" if is_tried else f"{least}{unit}"
            self.threshold.step = 0.05 if 0 < rule.limit < 1 else 1.0  # an index
            self.threshold.error = self.threshold.refusal = ""
            self.threshold.value = check.threshold
            self.threshold.hint = f"Usually {number_text(rule.limit)}; emptied, it is that again"
        finally:
            self._filling = False
        words = [check.meaning]
        words.append(check.reason if check.passed is None else (
            f"{check.value_text}, {check.threshold_text}: {check.mark}."
        ))  # fmt: skip
        self.meaning.value = "".join(f"<p>{escape(word)}</p>" for word in words)
        listed = list(zip(check.offenders, check.details, strict=True))[:_MOST]
        self.offenders.empty = (
            "It cannot be checked." if check.passed is None else "Nothing offends."
        )
        self.offenders.rows = [list(one) for one in listed]
        more = check.count - len(listed)
        self.more.value = f"<p>and {more:,} more, which are in the table of the result</p>" * (
            more > 0
        )

    def show_offender(self, health: Health, check: str, position: int) -> None:
        """Show an offender, why it offends, and what to do; nothing for -1."""
        found = health[check]
        self.offenders.picked = position
        can_any = any(health.ways(check))
        shown(self.mend_all, can_any)
        if not 0 <= position < len(found.offenders):
            shown(self.mend, False)
            what = "Pick an offender to see it." if found.count else "There is nothing to mend."
            self.detail.value = f"<p>{what}</p>"
            return
        offender = found.offenders[position]
        way = health.way(check, offender)
        shown(self.mend, way is not None)
        lines = [found.details[position].rstrip("."), *_facts(health, offender)]
        if way is not None:
            lines.append(f"Mending it: {way}")
        advice = (
            found.advice
            if way is None
            else f"{found.advice} Mend it makes the change above, and no other."
        )
        items = "".join(f"<li>{escape(line)}</li>" for line in lines)
        self.detail.value = (
            f"<p><strong>{escape(_name(health.plan, offender))}</strong></p><ul>{items}</ul>"
            f"<p>{escape(advice)}</p>"
        )

    def _picked(self, change: dict[str, Any]) -> None:
        if not self._filling and change["new"] is not None:
            self._on_check(change["new"])

    def _typed(self, change: dict[str, Any]) -> None:
        if not self._filling:
            self.threshold.error = self._on_threshold(change["new"])


def _label(check: Check) -> str:
    count = f", {check.count} offend" if check.count else ""
    return f"{check.rule}: {check.mark}{count}"


def _name(plan: Plan, offender: str) -> str:
    network = plan.network
    if offender in network.topology.index:
        return titled(offender, network[offender].name)
    return offender


def _facts(health: Health, offender: str) -> list[str]:
    """When an activity is, and what it is tied to; or the two ends of a dependency."""
    network, schedule = health.plan.network, health.schedule
    index = network.topology.index
    if offender not in index:
        try:
            link = named_link(health.plan, offender, "offender")
        except PlanError:
            return []
        return [_when(health, link.predecessor), _when(health, link.successor)]
    i = index[offender]
    before = [str(link) for link in network.dependencies if link.successor == offender]
    after = [str(link) for link in network.dependencies if link.predecessor == offender]
    return [
        _when(health, offender),
        f"total float {days_text(float(schedule.total_float[i]))}",
        f"waits for: {'; '.join(before) or 'nothing'}",
        f"waited for by: {'; '.join(after) or 'nothing'}",
    ]


def _when(health: Health, id_: str) -> str:
    schedule = health.schedule
    i = health.plan.network.topology.index[id_]
    name = _name(health.plan, id_)
    if schedule.is_dated:
        start, end = schedule.dates("start")[i], schedule.dates("finish")[i]
        return f"{name}: {day_text(start)} to {day_text(end)}"
    start, end = float(schedule.start[i]), float(schedule.end[i])
    return f"{name}: day {number_text(start)} to {number_text(end)}"
