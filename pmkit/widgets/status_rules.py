"""How the status is read: up to when, by which forecast, and what late work does to the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from pmkit.analysis.earning.forecasts import COST, TIME
from pmkit.model.change import Change
from pmkit.model.settings import PROGRESS_RULES
from pmkit.views.theme import day_text, days_text, number_text
from pmkit.widgets.boxes import MomentBox
from pmkit.widgets.look import card, stacked
from pmkit.widgets.reading import Reading

_RULES = {
    "retained_logic": "Retained logic",
    "progress_override": "Progress override",
    "unmoved": "Unmoved (MS Project)",
}
_RULE_HINTS = {
    "retained_logic": "Work begun out of sequence still waits for what came before it.",
    "progress_override": "Work begun out of sequence goes on, whatever came before it.",
    "unmoved": "Late work stays where it was until somebody reschedules it.",
}
_PERFORMANCES = {"As the work so far": "so_far", "As planned": "as_planned"}
COST_METHOD, TIME_METHOD = "cpi", "es_spi_t"
"""Where the choosers start."""


class StatusRules:
    """Choosers for what a figure assumes.

    Parameters
    ----------
    on_change
        Called with a change of the plan's settings; returns why it is refused, or nothing.
    on_method
        Called when another forecast is chosen, which changes nothing of the plan.

    Attributes
    ----------
    at
        The status date.
    cost_method, time_method, performance
        What forecasts assume of the rest.
    progress_rule
        What progress out of sequence, and late work, do to the rest of the schedule.
    """

    def __init__(self, on_change: Callable[[Change], str], on_method: Callable[[], object]) -> None:
        self._on_change, self._on_method = on_change, on_method
        self._showing = False
        self.at = MomentBox("Status date", required=True)
        self.cost_method = _chooser("Cost forecast", _methods(COST), COST_METHOD)
        self.time_method = _chooser("Time forecast", _methods(TIME), TIME_METHOD)
        self.performance = _chooser("Simulated: the rest goes", _PERFORMANCES, "so_far")
        rules = {title: rule for rule, title in _RULES.items()}
        self.progress_rule = _chooser("Progress moves the rest by", rules, "retained_logic")
        self.hint = widgets.HTML()
        self.box = card(
            "How it is read",
            self.at,
            self.cost_method,
            self.time_method,
            self.performance,
            self.progress_rule,
            self.hint,
        )
        self.at.observe(self._on_date, names="value")
        self.progress_rule.observe(self._on_rule, names="value")
        for chooser in (self.cost_method, self.time_method, self.performance):
            chooser.observe(self._on_chosen, names="value")

    def show(self, reading: Reading) -> None:
        """Show what holds for a plan."""
        self._showing = True
        try:
            settings = reading.plan.network.settings
            self.at.error = self.at.refusal = ""
            self.at.dated = reading.schedule.is_dated
            self.at.hint = "Up to when progress is known"
            self.at.placeholder = "yyyy-mm-dd" if self.at.dated else "day"
            self.at.value = MomentBox.text(settings.status_date)
            with self.progress_rule.hold_sync():
                self.progress_rule.options = [
                    (_with_finish(rule, reading), rule) for rule in PROGRESS_RULES
                ]
                self.progress_rule.value = settings.progress
            self.hint.value = f"<p class='pmkit-muted'>{_RULE_HINTS[settings.progress]}</p>"
        finally:
            self._showing = False

    def _on_date(self, change: dict[str, Any]) -> None:
        if self._showing:
            return
        self.at.error = self._on_change(Change("settings", status_date=self.at.moment))

    def _on_rule(self, change: dict[str, Any]) -> None:
        if self._showing or change["new"] is None:
            return
        if self._on_change(Change("settings", progress=change["new"])):
            self._showing = True
            self.progress_rule.value = change["old"]
            self._showing = False

    def _on_chosen(self, _change: object) -> None:
        if not self._showing:
            self._on_method()


def _chooser(label: str, options: dict[str, str], value: str) -> Any:
    chosen = widgets.Dropdown(description=label, options=list(options.items()), value=value)
    return stacked(chosen)


def _methods(methods: Any) -> dict[str, str]:
    return {f"{name}: {method.assumption}": name for name, method in methods.items()}


def _with_finish(rule: str, reading: Reading) -> str:
    """The rule, and what it does to the finish."""
    schedule, own = reading.finishes[rule], reading.schedule
    when = f"after {days_text(schedule.finish)}"
    if schedule.finish_date is not None:
        when = day_text(schedule.finish_date)
    text, step = f"{_RULES[rule]}: {when}", round(schedule.finish - own.finish, 1)
    if not step:
        return text
    way = "later" if step > 0 else "earlier"
    return f"{text}, {number_text(abs(step))} {'day' if abs(step) == 1 else 'days'} {way}"
