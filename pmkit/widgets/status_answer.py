"""What a status comes to: headlines, pictures, what needs attention, and sums by part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from html import escape

import ipywidgets as widgets

from pmkit.analysis.attention import KINDS, Finding
from pmkit.analysis.earning.forecast_range import ForecastRange
from pmkit.views.status_words import standing
from pmkit.widgets.figure_cards import FigureCards
from pmkit.widgets.inputs import ItemList, StatusLine
from pmkit.widgets.look import card, heading, row, shown, stack, styled
from pmkit.widgets.progress import ProgressRow
from pmkit.widgets.reading import Reading
from pmkit.widgets.roll_up_table import choices, first_choice, forecast_tables, roll_up_table
from pmkit.widgets.status_charts import StatusCharts
from pmkit.widgets.status_figures import figures
from pmkit.widgets.status_inputs import StatusInputs

_MOST = 4
_LACKS = {
    "baseline": (
        "There is no baseline yet",
        "A baseline is the plan as it was approved: dates and cost of every activity, against "
        "which progress is measured. Saving one takes the plan as it stands on this page. What is "
        "done already then counts as done on time. The file is as it was until you save it.",
    ),
    "status date": (
        "Up to when is progress known?",
        "Give the status date, under How it is read. What is planned by then is compared with what "
        "is done.",
    ),
    "": ("What cannot be measured", ""),
}


class StatusAnswer:
    """All of the panel below its head.

    Parameters
    ----------
    inputs
        The cards that stand in the middle of it.
    on_baseline
        Called when the plan is to become its own baseline.
    on_cancel
        Called when the simulation is to stop.

    Attributes
    ----------
    sentence, figures, attention, group, charts, progress, baseline
        Its parts.
    """

    def __init__(
        self,
        inputs: StatusInputs,
        on_baseline: Callable[[], object],
        on_cancel: Callable[[], object],
    ) -> None:
        self._inputs = inputs
        self._reading: Reading | None = None
        self._found: list[Finding] = []
        self._choices: dict[str, tuple[str, int]] = {}
        self._filling = False
        self.progress = ProgressRow(on_cancel)
        self.sentence = styled(StatusLine(), "answer")
        self.figures = FigureCards()
        self.charts = StatusCharts()
        self.attention = ItemList(self._on_finding, actions=["Edit"], empty="Nothing stands out.")
        self.attention.add_class("pmkit-long")
        self.baseline = styled(widgets.Button(description="Save the plan as its baseline"), "main")
        self.baseline.on_click(lambda _: on_baseline())
        self._why = widgets.HTML()
        self._lacking = styled(widgets.VBox([self._why, row(self.baseline)]), "card")
        self.group = styled(widgets.Dropdown(description="Sums by", options=[]), "inline")
        self.group.observe(self._on_group, names="value")
        self._sums, self._forecasts = widgets.HTML(), widgets.HTML()
        sums = self._sums_card = styled(widgets.VBox([self.group, self._sums]), "card")
        self._forecasts_card = card("Every forecast, and how careful it is", self._forecasts)
        attention = card("What needs attention", self.attention)
        top = styled(widgets.Box([self.charts.curve, attention]), "pair")
        bottom = styled(widgets.Box([self.charts.trend, sums]), "pair")
        gantt = styled(widgets.Box([self.charts.gantt]), "side")
        self.box = stack(
            self.sentence,
            self.progress.box,
            self._lacking,
            self.figures,
            top,
            styled(widgets.Box([heading("Report progress, and see what it does", 2)]), "head"),
            inputs.box,
            styled(widgets.Box([heading("When is what done?", 2), self.charts.detail]), "head"),
            gantt,
            bottom,
            self._forecasts_card,
        )

    def open(self, reading: Reading) -> None:
        """Start anew with another plan."""
        self.charts.open(reading)
        self._choices = choices(reading.plan)
        self._filling = True
        with self.group.hold_sync():
            self.group.options = list(self._choices)
            self.group.value = first_choice(reading.plan)
        self._filling = False
        shown(self.group, len(self._choices) > 1)

    def show(self, reading: Reading, ranges: ForecastRange | None, *, busy: bool) -> None:
        """Show a reading; with ranges, how sure its forecasts are.

        `busy` says that ranges are still to come.
        """
        self._reading = reading
        status = reading.status
        shown(self._lacking, status is None)
        shown(self.baseline, reading.lacks == "baseline")
        title, words = _LACKS[reading.lacks]
        self._why.value = f"<h3>{escape(title)}</h3><p>{escape(words or reading.why)}</p>"
        self.sentence.text = standing(status) + "." if status else reading.why
        self._show_figures(ranges, busy=busy)
        self._show_attention()
        self.charts.show_bars(reading)
        self._show_sums()

    def show_ranges(self, ranges: ForecastRange) -> None:
        """Say how sure the forecasts are of the reading on the screen."""
        if self._reading is not None and self._reading.status is not None:
            self._show_figures(ranges)

    def _show_figures(self, ranges: ForecastRange | None, *, busy: bool = False) -> None:
        assert self._reading is not None
        rules = self._inputs.rules
        cost, time = rules.cost_method.value, rules.time_method.value
        self.figures.show(figures(self._reading, cost, time, ranges, busy=busy))
        status = self._reading.status
        shown(self._forecasts_card, status is not None)
        self._forecasts.value = forecast_tables(status, ranges) if status is not None else ""

    def _show_attention(self) -> None:
        assert self._reading is not None
        counts: Counter[str] = Counter()
        total = Counter(finding.kind for finding in self._reading.findings)
        self._found, groups = [], []
        for finding in self._reading.findings:
            counts[finding.kind] += 1
            if counts[finding.kind] <= _MOST:
                more = f" ({_MOST} of {total[finding.kind]})" if total[finding.kind] > _MOST else ""
                self._found.append(finding)
                groups.append(KINDS[finding.kind] + more)
        with self.attention.hold_sync():
            self.attention.groups = groups
            self.attention.items = [finding.sentence for finding in self._found]

    def _show_sums(self) -> None:
        assert self._reading is not None
        status = self._reading.status
        shown(self._sums_card, status is not None and bool(self._choices))
        if status is not None and self.group.value is not None:
            by, level = self._choices[self.group.value]
            self._sums.value = roll_up_table(status, by, level, "Where the money is")

    def _on_group(self, _change: object) -> None:
        if not self._filling and self._reading is not None:
            self._show_sums()

    def _on_finding(self, _action: str, position: int) -> None:
        self._inputs.picker.pick(self._found[position].id)
        self._inputs.form.percent.focus()
