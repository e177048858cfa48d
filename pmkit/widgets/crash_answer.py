"""What a crash plan comes to on the page: slider, figures, curve, table, and why."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as widgets

from pmkit.analysis.crashing import CrashPlan
from pmkit.views.theme import DARK, LIGHT, titled
from pmkit.views.time_cost import LiveTimeCost, live_time_cost
from pmkit.views.time_cost.data import TimeCostData
from pmkit.widgets.boxes import MomentBox
from pmkit.widgets.crash_figures import figures
from pmkit.widgets.crash_inputs import CrashInputs
from pmkit.widgets.crash_slider import StopSlider
from pmkit.widgets.crash_table import crash_table, crashable
from pmkit.widgets.crash_terms import Terms
from pmkit.widgets.figure_cards import FigureCards
from pmkit.widgets.inputs import Region, StatusLine
from pmkit.widgets.live_chart import LiveChart
from pmkit.widgets.look import row, shown, stack, styled

_CURVE = 540


class CrashAnswer:
    """All of the panel below its head.

    Parameters
    ----------
    inputs
        The cards that stand in it.
    on_drag, on_drop
        Called with a finish while the slider moves, and where it comes to rest.
    on_finish
        Called with a finish that was typed; returns why it is refused, or nothing.
    on_cheapest, on_earliest, on_normal
        Called by the buttons.

    Attributes
    ----------
    sentence, slider, finish, figures, table
        Its parts.
    cheapest, earliest, normal
        The buttons.
    dark
        Whether the page is dark.
    """

    def __init__(
        self,
        inputs: CrashInputs,
        *,
        on_drag: Callable[[float], object],
        on_drop: Callable[[float], object],
        on_finish: Callable[[Any], str],
        on_cheapest: Callable[[], object],
        on_earliest: Callable[[], object],
        on_normal: Callable[[], object],
    ) -> None:
        self._inputs, self._on_finish = inputs, on_finish
        self.dark, self._showing = False, False
        self._live: LiveTimeCost | None = None
        self._drawn: tuple[object, ...] = ()
        self._chart: LiveChart | None = None
        self._now: CrashPlan | None = None
        self._terms = Terms()
        self.sentence = styled(StatusLine(), "answer")
        self.slider = StopSlider(
            "Drag the finish",
            lambda position: on_drag(self._stop(position)),
            lambda position: on_drop(self._stop(position)),
        )
        self.finish = MomentBox("Finish", required=True)
        self.finish.observe(self._on_typed, names="value")
        self.cheapest = styled(widgets.Button(description="Cheapest total"), "main")
        self.earliest = widgets.Button(description="Earliest")
        self.normal = widgets.Button(description="Normal pace")
        acts = ((self.cheapest, on_cheapest), (self.earliest, on_earliest),
                (self.normal, on_normal))  # fmt: skip
        for button, act in acts:
            button.on_click(lambda _, act=act: act())
        self.figures = FigureCards()
        self.table = widgets.HTML()
        self._curve = styled(widgets.Box([Region(label="Time against cost")]), "framed")
        self._drag = styled(
            widgets.VBox(
                [self.slider, row(self.finish, self.earliest, self.cheapest, self.normal)]
            ),
            "card",
        )
        self._table_box = styled(widgets.VBox([self.table]), "card", "wide")
        self._curves = styled(widgets.Box([self._curve, inputs.terms.box]), "pair")
        why = styled(widgets.Box([self._table_box, inputs.why]), "pair")
        self.box = stack(
            self.sentence, self._drag, self.figures, self._curves, why, inputs.changes_card
        )

    def _stop(self, position: int) -> float:
        assert self._live is not None
        return self._live.data.finishes[position]

    def show_none(self, why: str) -> None:
        """Say why there is nothing to crash; what could be crashed may be typed."""
        self._now, self._live, self._drawn = None, None, ()
        self.sentence.text = why
        self.table.value = ""
        self.figures.show(())
        self._shown(False)

    def _shown(self, any_: bool) -> None:
        for part in (self._drag, self.figures, self._curves, self._table_box):
            shown(part, any_)

    def show(self, now: CrashPlan, curve: CrashPlan, terms: Terms) -> None:
        """Show a finish.

        Parameters
        ----------
        now
            The crash plan at that finish.
        curve
            The one whose curve it is on; the chart is drawn anew where it is another.
        terms
            What a day is worth.
        """
        self._shown(True)
        self._now, self._terms = now, terms
        if self._live is None or self._drawn != (id(curve), self.dark):
            self._drawn = (id(curve), self.dark)
            theme = DARK if self.dark else LIGHT
            self._live = live_time_cost(curve, width=_CURVE, theme=theme)
            data = self._live.data
            self.slider.texts = [_stop_text(data, finish) for finish in data.finishes]
            self._draw(self._live.chart, self._live.state(now))
        else:
            assert self._chart is not None
            self._chart.state = self._live.state(now)
        data = self._live.data
        self.slider.value = _nearest(data.finishes, float(now.finish))
        self._show_finish(data, now)
        self.figures.show(figures(data, now, terms))
        self.table.value = crash_table(data, now)
        self.sentence.text = self._live.state(now)["title"] + "."

    def redraw(self) -> None:
        """Draw the chart again, in another light."""
        if self._now is not None and self._live is not None:
            self.show(self._now, self._live.data.crash_plan, self._terms)

    def _draw(self, chart: Any, state: dict[str, Any]) -> None:
        if "title" not in state:
            state = {**state, "title": ""}
        if self._chart is None:
            self._chart = LiveChart("Time against cost", chart, state)
            self._curve.children = (*self._curve.children, self._chart)
        else:
            self._chart.draw(chart, state)

    def _show_finish(self, data: TimeCostData, now: CrashPlan) -> None:
        self._showing = True
        try:
            self.finish.error = self.finish.refusal = ""
            self.finish.dated = data.is_dated
            self.finish.placeholder = "yyyy-mm-dd" if data.is_dated else "day"
            finish = round(float(now.finish), 6)
            self.finish.value = MomentBox.text(
                data.moment(finish).item().date() if data.is_dated else finish
            )
        finally:
            self._showing = False

    def _on_typed(self, _change: object) -> None:
        if not self._showing:
            self.finish.error = self._on_finish(self.finish.moment)


def _stop_text(data: TimeCostData, finish: float) -> str:
    text = data.when(finish)
    return f"{text[:1].upper()}{text[1:]}, {data.earlier(finish)}"


def _nearest(finishes: list[float], finish: float) -> int:
    return min(range(len(finishes)), key=lambda k: abs(finishes[k] - finish))


def explained(now: CrashPlan, id_: str) -> str:
    """Return why an activity is crashed, or not, as markup."""
    explanation = now.explain(id_)
    lines = "".join(f"<li>{escape(line)}</li>" for line in explanation.lines)
    return f"<p><strong>{escape(explanation.title)}</strong></p><ul>{lines}</ul>"


def choices(now: CrashPlan) -> list[tuple[str, str]]:
    """Return label and id of what can be explained, what is crashed first."""
    network = now.plan.network
    first = crashable(now)
    rest = [activity.id for activity in network.activities if activity.id not in set(first)]
    return [(titled(id_, network[id_].name), id_) for id_ in first + rest]
