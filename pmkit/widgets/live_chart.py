"""A chart that redraws by arithmetic in the browser when its state changes, without a network."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import altair as alt
import anywidget
import traitlets as t

_SCRIPT = Path(__file__).parent / "browser" / "live_chart.js"


class LiveChart(anywidget.AnyWidget):
    """A view's chart on the screen.

    Parameters
    ----------
    label
        What assistive technology calls it, before the title that the state carries.
    chart, state
        As for `draw`.

    Attributes
    ----------
    state
        Value of the chart's ``state`` param. Setting it redraws what moved. Of a chart without
        one, only the title counts, which assistive technology reads.
    """

    label = t.Unicode().tag(sync=True)
    spec = t.Dict().tag(sync=True)
    state = t.Dict().tag(sync=True)

    def __init__(self, label: str, chart: Any, state: dict[str, Any], **traits: Any) -> None:
        LiveChart._esm = _bundle()  # with Vega in it, made once, when the first chart is
        super().__init__(label=label, spec=_spec(chart), state=state, **traits)

    def draw(self, chart: Any, state: dict[str, Any]) -> None:
        """Show another chart in place of this one.

        Parameters
        ----------
        chart
            What a view returned; it has a param called ``state``.
        state
            Its value.
        """
        with self.hold_sync():
            self.state, self.spec = state, _spec(chart)


class Drawings:
    """The charts of a panel, each made in its box once and drawn anew afterwards.

    Parameters
    ----------
    label
        What assistive technology calls them.

    Attributes
    ----------
    charts
        By name, once they are drawn.
    """

    def __init__(self, label: str) -> None:
        self._label = label
        self.charts: dict[str, LiveChart] = {}

    def draw(self, made: Mapping[str, tuple[Any, Any]]) -> None:
        """Show charts by name, each with the box that it stands in."""
        for name, (box, chart) in made.items():
            state = {"title": f"{chart.title.text}."}
            if name in self.charts:
                self.charts[name].draw(chart, state)
            else:
                self.charts[name] = LiveChart(self._label, chart, state)
                box.children = (*box.children, self.charts[name])


def _spec(chart: Any) -> dict[str, Any]:
    """The specification; checking it against the schema takes longer than making it."""
    spec: dict[str, Any] = chart.to_dict(validate=False)
    return spec


@cache
def _bundle() -> str:
    import vl_convert

    version = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    return str(vl_convert.javascript_bundle(_SCRIPT.read_text(), vl_version=version))
