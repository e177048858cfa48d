"""What the changes come to: a sentence, a Gantt chart, the spread of the finish, a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import ipywidgets as widgets

from pmkit.analysis.compare import PLAN, Outcome
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.scheduling.slip import slip
from pmkit.views.distribution import LiveDistribution, live_finish
from pmkit.views.gantt import LiveGantt, live_gantt
from pmkit.views.gantt.live import Baseline
from pmkit.views.theme import DARK, LIGHT, shortened
from pmkit.widgets.delta_table import delta_table
from pmkit.widgets.inputs import Region, StatusLine
from pmkit.widgets.live_chart import LiveChart
from pmkit.widgets.look import shown, stack, styled
from pmkit.widgets.telling import answer

_SAVED = "saved baseline"  # no scenario of this name can hide it: see RESERVED
_BARS, _CURVES = 560, 290
_GANTT_TITLE, _SPREAD_TITLE = "When is what done?", "How sure is the finish?"
_CERTAIN = (
    f"<h3>{_SPREAD_TITLE}</h3><p>Every trial gives the same finish: no activity on the way has "
    "three points, and no risk may occur.</p><p class='pmkit-muted'>Type an optimistic, a most "
    "likely and a pessimistic duration, or add a risk, and the spread shows here.</p>"
)
DETAILS = {"Every activity": False, "Groups only": True}


class Answer:
    """The lower half of the panel.

    Attributes
    ----------
    behind
        Which schedule is drawn behind the bars.
    detail
        Whether projects or branches of the WBS are closed to one row each.
    """

    def __init__(self, downloads: Any) -> None:
        self.dark = False
        self._gantt: LiveGantt | None = None
        self._gantt_chart: LiveChart | None = None
        self._spread: LiveDistribution | None = None
        self._spread_chart: LiveChart | None = None
        self._outcomes: dict[str, Outcome] = {}
        self._filling = False
        self._tried = PLAN
        self.sentence = styled(StatusLine(), "answer")
        self.behind = styled(widgets.Dropdown(description="Grey bars", options=[PLAN]), "inline")
        self.detail = styled(widgets.Dropdown(description="Rows", options=list(DETAILS)), "inline")
        self.gantt = styled(widgets.Box([Region(label="Gantt chart")]), "scroll")
        self._certain = styled(widgets.HTML(_CERTAIN), "certain")
        self.curves = styled(
            widgets.Box([Region(label="Spread of the finish"), self._certain]), "beside"
        )
        self.table = styled(widgets.HTML(), "figures")
        self.box = stack(
            styled(widgets.Box([self.sentence, self.behind, self.detail]), "head"),
            styled(widgets.Box([self.gantt, self.curves, self.table, downloads]), "side"),
        )
        self.behind.observe(self._redraw, names="value")
        self.detail.observe(self._redraw, names="value")

    def open(self, schedule: Schedule) -> None:
        """Start anew with another plan."""
        from pmkit.views.rows import MOST_OPEN, group_activities

        self._gantt = None
        grouped = bool(group_activities(schedule.plan.network.activities))
        self._filling = True
        self.detail.value = list(DETAILS)[len(schedule.ids) > MOST_OPEN and grouped]
        self._filling = False
        shown(self.detail, grouped)

    def show(
        self, outcomes: Mapping[str, Outcome], tried: str, busy: bool, effects: str = ""
    ) -> None:
        """Show what the plan and its scenarios come to.

        Parameters
        ----------
        outcomes
            By name, the plan first.
        tried
            Which of them the bars show.
        busy
            Whether simulations are still to come.
        effects
            Markup of the table that says which change does what.
        """
        self._outcomes, self._tried = dict(outcomes), tried
        self._list_behind()
        self._draw_gantt()
        self.sentence.text = answer(self._outcomes, tried)
        if not busy:
            self._draw_curves()
        self.table.value = delta_table(self._outcomes) + effects

    def _list_behind(self) -> None:
        names = [name for name in self._outcomes if name == PLAN or name != self._tried]
        options = [("Current plan" if name == PLAN else name, name) for name in names]
        if not slip(self._outcomes[PLAN].schedule).is_empty:
            options.append(("Saved baseline", _SAVED))
        if tuple(options) == tuple(self.behind.options):
            return
        before = self.behind.value
        self._filling = True
        with self.behind.hold_sync():
            self.behind.options = options
            self.behind.value = before if before in dict(options).values() else PLAN
        self._filling = False
        shown(self.behind, len(options) > 1)

    def _redraw(self, _change: object) -> None:
        if not self._filling:
            self._gantt = None
            self._draw_gantt()

    def redraw(self) -> None:
        """Draw everything again, in another light."""
        if self._outcomes:
            self._gantt = self._spread = None
            self._draw_gantt()
            self._draw_curves()

    def _draw_gantt(self) -> None:
        schedule = self._outcomes[self._tried].schedule
        chosen = self.behind.value or PLAN
        behind: Baseline = "saved" if chosen == _SAVED else self._outcomes[chosen].schedule
        gantt, on_screen = self._gantt, self._gantt_chart
        if (
            gantt is None
            or on_screen is None
            or not gantt.fits(schedule)
            or gantt.baseline is not behind
        ):
            self._gantt = gantt = live_gantt(
                schedule,
                behind,
                baseline_name={PLAN: "current plan", _SAVED: "baseline"}.get(chosen, chosen),
                collapse=DETAILS[self.detail.value],
                arrows=False,
                width=_BARS,
                theme=DARK if self.dark else LIGHT,
            )
            chart, state = _titled(gantt.chart, _GANTT_TITLE), gantt.state(schedule)
            if on_screen is None:
                self._gantt_chart = LiveChart("Gantt chart", chart, state)
                self.gantt.children = (*self.gantt.children, self._gantt_chart)
            else:
                on_screen.draw(chart, state)
        else:
            on_screen.state = gantt.state(schedule)

    def _draw_curves(self) -> None:
        found = {
            "current plan" if name == PLAN else name: outcome.simulation
            for name, outcome in self._outcomes.items()
            if outcome.simulation is not None
        }
        shown(self.curves, bool(found))
        if not found:
            return
        is_certain = all(one.finish.std() < 1e-9 for one in found.values())
        shown(self._certain, is_certain)
        if self._spread_chart is not None:
            shown(self._spread_chart, not is_certain)
        if is_certain:
            return
        (name, first), *rest = found.items()
        others = dict(rest)
        # the table beside the chart has the P-values that its key would repeat
        names = [shortened(name, 40) for name in found]
        spread, on_screen = self._spread, self._spread_chart
        if (
            spread is None
            or on_screen is None
            or not spread.fits(others)
            or spread.simulation is not first
        ):
            theme = DARK if self.dark else LIGHT
            self._spread = spread = live_finish(
                first, others, name=name, width=_CURVES, theme=theme
            )
            chart = _titled(spread.chart, _SPREAD_TITLE)
            state = spread.state(first, others) | {"names": names}
            if on_screen is None:
                self._spread_chart = LiveChart("Distribution of the finish", chart, state)
                self.curves.children = (*self.curves.children, self._spread_chart)
            else:
                on_screen.draw(chart, state)
        else:
            on_screen.state = spread.state(first, others) | {"names": names}


def _titled(chart: Any, text: str) -> Any:
    """The panel tells the finish in words of its own, above both charts."""
    changed = chart.copy(deep=False)
    changed.title = alt.Title(text=text, subtitle=chart.title.subtitle)
    return changed
