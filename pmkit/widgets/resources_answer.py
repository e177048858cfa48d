"""What levelling comes to on the page: figures, histogram, who waits, and why."""

from __future__ import annotations

import ipywidgets as widgets

from pmkit.analysis.resourcing.levelling import LevelledSchedule
from pmkit.analysis.resourcing.usage import ResourceUsage
from pmkit.views.resources import resource_chart
from pmkit.views.theme import DARK, LIGHT
from pmkit.widgets.figure_cards import FigureCards
from pmkit.widgets.inputs import Region, StatusLine
from pmkit.widgets.live_chart import LiveChart
from pmkit.widgets.look import row, shown, stack, styled
from pmkit.widgets.pick_table import PickTable
from pmkit.widgets.progress import ProgressRow
from pmkit.widgets.resources_delays import HEADINGS, delayed, explained, rows
from pmkit.widgets.resources_figures import figures, figures_before, later, proof, when
from pmkit.widgets.resources_inputs import ResourceInputs

_CHART = 560


class ResourceAnswer:
    """All of the panel below its head.

    Parameters
    ----------
    inputs
        The cards that stand in it.
    progress
        The bar.

    Attributes
    ----------
    sentence, figures, table, explanation
        Its parts.
    dark
        Whether the page is dark.
    """

    def __init__(self, inputs: ResourceInputs, progress: ProgressRow) -> None:
        self.dark = False
        self._chart: LiveChart | None = None
        self._usages: tuple[ResourceUsage, ...] = ()
        self._drawn: tuple[object, ...] = ()
        self._ids: list[str] = []
        self.sentence = styled(StatusLine(), "answer")
        self.figures = FigureCards()
        self.table = PickTable(
            self._on_pick, caption="Who waits", headings=HEADINGS, empty="Nobody waits."
        )
        self.explanation = widgets.HTML()
        self._framed = styled(widgets.Box([Region(label="Resources in use")]), "framed")
        self._how = styled(widgets.VBox([row(*inputs.choices.parts)]), "card")
        charts = styled(widgets.Box([self._framed, inputs.capacities.box]), "pair")
        region = Region(label="Delayed activities")
        self._table_box = styled(widgets.Box([region, self.table]), "card", "wide", "delays")
        self._why = styled(widgets.VBox([self.explanation]), "card")
        self._waits = styled(widgets.Box([self._table_box, self._why]), "pair")
        self.box = stack(
            self.sentence, self._how, progress.box, self.figures, charts, self._waits,
        )  # fmt: skip

    def show_before(self, before: ResourceUsage, why: str) -> None:
        """Show the use by logic alone, and why nothing is levelled, or not yet."""
        self.sentence.text = why
        self.figures.show(figures_before(before))
        shown(self._waits, False)
        self._draw((before,))

    def show(self, before: ResourceUsage, after: ResourceUsage) -> None:
        """Show a levelled plan beside the one by logic alone."""
        levelled = after.schedule
        assert isinstance(levelled, LevelledSchedule)
        finish = when(levelled)
        self.sentence.text = (
            f"Finish {finish[:1].lower()}{finish[1:]}, {later(before.schedule, levelled)}: "
            f"{proof(levelled)}."
        )
        self.figures.show(figures(before, after))
        self._draw((before, after))
        picked = self._ids[self.table.picked] if 0 <= self.table.picked < len(self._ids) else ""
        self._ids = delayed(levelled)
        self.table.caption = "Who waits" if levelled.aim == "finish" else "What is moved"
        self.table.rows = rows(levelled, self._ids)
        self.table.picked = self._ids.index(picked) if picked in self._ids else min(
            0, len(self._ids) - 1
        )  # fmt: skip
        shown(self._waits, True)
        shown(self._why, bool(self._ids))
        self._on_pick(self.table.picked)

    def redraw(self) -> None:
        """Draw the chart again, in another light."""
        self._draw(self._usages)

    def _draw(self, usages: tuple[ResourceUsage, ...]) -> None:
        drawn = (*map(id, usages), self.dark)
        if not usages or drawn == self._drawn:
            return
        self._usages, self._drawn = usages, drawn
        after = usages[1] if len(usages) > 1 else None
        theme = DARK if self.dark else LIGHT
        chart = resource_chart(usages[0], after, width=_CHART, theme=theme)
        state = {"title": str(chart.to_dict(validate=False)["title"]["text"])}
        if self._chart is None:
            self._chart = LiveChart("Resources in use", chart, state)
            self._framed.children = (*self._framed.children, self._chart)
        else:
            self._chart.draw(chart, state)

    def _on_pick(self, position: int) -> None:
        levelled = self._usages[-1].schedule if self._usages else None
        if not isinstance(levelled, LevelledSchedule) or not 0 <= position < len(self._ids):
            self.explanation.value = ""
            return
        self.explanation.value = explained(levelled, self._ids[position])
