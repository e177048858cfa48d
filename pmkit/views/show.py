"""Charts on the screen without a network: the one place that knows how.

A picture in a notebook is an SVG made here by vl-convert, with one line of text beside it; it draws
in JupyterLab and Voila, and strict nbval compares it. A chart that moves is in
`pmkit.widgets.live_chart`. ``docs/design.md`` says what was tried and why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from html import escape
from typing import Any

import altair as alt

from pmkit.views.theme import Chart

_VEGALITE = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DEFINED = re.compile(r'(\bid="|url\(#)((?:clip|gradient_)\d+)\b')


@dataclass(frozen=True, eq=False, repr=False)
class Picture:
    """A chart as a notebook shows it: an SVG, and a line that says what it shows."""

    chart: Chart
    summary: str

    @cached_property
    def svg(self) -> str:
        """The drawing, made when first asked for."""
        return svg(self.chart)

    def __repr__(self) -> str:
        return self.summary

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"image/svg+xml": self.svg, "text/plain": self.summary}


def show(chart: Chart, summary: str = "") -> Picture:
    """Return a chart in the form in which a notebook shows it offline.

    Parameters
    ----------
    chart
        What a view returned.
    summary
        One line for who does not see the picture; the chart's title and subtitle if empty.

    Examples
    --------
    >>> from pmkit.analysis.scheduling.schedule import critical_path
    >>> from pmkit.model.project import Project
    >>> from pmkit.views.gantt import gantt_chart
    >>> plan = Project.from_table([("A", 3, ""), ("B", 1, ""), ("C", 2, "A; B")])
    >>> show(gantt_chart(critical_path(plan)))
    Finish after 5 working days: 2 of 3 activities are critical
    """
    return Picture(chart, " ".join((summary or headline(chart)).split()))


def headline(chart: Chart) -> str:
    """Return the title and subtitle of a chart on one line."""
    title = chart.to_dict(validate=False).get("title", "Chart")
    if isinstance(title, str):
        return title
    parts: list[str] = []
    for key in ("text", "subtitle"):
        part = title.get(key, "")
        if isinstance(part, dict):  # an expression, such as state.title, of a chart that moves
            part = _value_of(chart, part["expr"])
        parts += [part] if isinstance(part, str) else part
    return ". ".join(filter(None, parts))


def _value_of(chart: Chart, expression: str) -> Any:
    name, _, key = expression.partition(".")
    for param in chart.to_dict(validate=False).get("params", ()):
        if param["name"] == name:
            return param["value"][key]
    return ""


def svg(chart: Chart) -> str:
    """Return the chart as SVG text, byte for byte the same on every run and machine.

    It scales down to the cell it stands in, and its accessible name is the chart's description.
    """
    import vl_convert

    spec = _drawable(chart.to_dict(validate=False))
    drawing = vl_convert.vegalite_to_svg(spec, vl_version=_VEGALITE)
    # The renderer numbers clips and gradients through the life of the process. Counted anew and
    # marked with the drawing's content, they repeat between runs, but not within a page.
    mark = blake2b(_DEFINED.sub(r"\1", drawing).encode(), digest_size=4).hexdigest()
    numbers: dict[str, int] = {}
    drawing = _DEFINED.sub(
        lambda m: f"{m[1]}part{numbers.setdefault(m[2], len(numbers))}-{mark}", drawing
    )
    name = escape(_drawable(spec.get("description") or headline(chart)))
    opening = f'<svg role="img" aria-label="{name}" style="max-width:100%;height:auto"'
    return drawing.replace("<svg", opening, 1)


def _drawable(value: Any) -> Any:
    """Return a specification without letters that an SVG cannot hold: vl-convert aborts on them."""
    if isinstance(value, str):
        return _NOT_XML.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_drawable(key): _drawable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_drawable(item) for item in value]
    return value
