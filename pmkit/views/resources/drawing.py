"""The layers of a resource histogram, from back to front."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import isinf
from typing import Any

import altair as alt

from pmkit.views.marks import of, words
from pmkit.views.resources.rows import Step, Steps
from pmkit.views.theme import LABEL, NOTE, Theme, number_text, shortened
from pmkit.views.time_axis import TimeAxis

_GAP = 10
"""Between rows, in pixels."""

_HEIGHTS = ((3, 96), (6, 68), (12, 50), (20, 38))
_LEAST_HEIGHT = 30
_LETTERS = 26  # of a name beside its row


@dataclass(frozen=True, eq=False)
class Drawing:
    """Rows of steps, an axis and colours.

    Attributes
    ----------
    names
        From top to bottom.
    before, after
        Steps of use; `after` may be missing.
    """

    names: list[str]
    before: Steps
    after: Steps | None
    axis: TimeAxis
    theme: Theme

    @property
    def row(self) -> int:
        """Height of a row, in pixels."""
        count = len(self.names)
        return next((height for most, height in _HEIGHTS if count <= most), _LEAST_HEIGHT)

    @property
    def height(self) -> int:
        """Of the plot, in pixels."""
        return len(self.names) * (self.row + _GAP)

    @property
    def shown(self) -> list[Steps]:
        """What is drawn: one or two usages."""
        return [self.before] if self.after is None else [self.before, self.after]

    @cached_property
    def steps(self) -> list[dict[str, list[Step]]]:
        """Steps by resource, of each of those."""
        return [one.by_name for one in self.shown]

    def capacity(self, name: str) -> float:
        """Units there are; where what-ifs differ, those of the last."""
        return self.shown[-1].usage.capacity[name]

    @cached_property
    def tops(self) -> dict[str, float]:
        """Units at the top of each row."""
        found = {}
        for name in self.names:
            most = [step.units for steps in self.steps for step in steps[name]]
            limits = [one.usage.capacity[name] for one in self.shown]
            most += [limit for limit in limits if not isinf(limit)]
            found[name] = max([*most, 1e-9]) * 1.08
        return found

    def base(self, k: int) -> float:
        """How far from the top a row stands, in pixels."""
        return (k + 1) * (self.row + _GAP)

    def y(self, k: int, units: float) -> float:
        """How far from the top a number of units stands."""
        return round(self.base(k) - self.row * units / self.tops[self.names[k]], 2)

    def channel(self, field: str) -> alt.Y:
        """The channel of units, in pixels from the top."""
        scale = alt.Scale(domain=[self.height, 0], nice=False, zero=False)
        return alt.Y(f"{field}:Q", axis=None, scale=scale)


def frame(drawing: Drawing) -> alt.Chart:
    """The axis of time, its grid, and a line under each row."""
    title = None if drawing.axis.is_dated else "Working days after project start"
    lines = [{"x": drawing.axis.low, "x2": drawing.axis.high, "y": drawing.base(k)}
             for k in range(len(drawing.names))]  # fmt: skip
    return (
        of(*lines)
        .mark_rule(color=drawing.theme.muted, strokeWidth=0.6, aria=False, tooltip=None)
        .encode(x=drawing.axis.x("x", labels=True, title=title), x2="x2:Q", y=drawing.channel("y"))
    )


def bars(drawing: Drawing) -> list[alt.Chart]:
    """What is in use, up to the capacity and above it."""
    theme = drawing.theme
    within, above = _split(drawing, len(drawing.steps) - 1)
    tooltip = [
        alt.Tooltip("resource:N", title="Resource"), alt.Tooltip("from:N", title="From"),
        alt.Tooltip("to:N", title="To"), alt.Tooltip("used:N", title="In use"),
    ]  # fmt: skip
    if drawing.shown[-1].is_told:
        tooltip.append(alt.Tooltip("who:N", title="By"))
    marks = [_rects(drawing, within, tooltip, color=theme.has_float, opacity=0.8)]
    marks.append(
        _rects(drawing, above, tooltip, color=theme.critical, stroke=theme.text, strokeWidth=1)
    )
    if drawing.after is not None:
        _, over = _split(drawing, 0)
        marks.append(
            _rects(drawing, over, tooltip[: 4 + drawing.before.is_told], color=theme.critical,
                   fillOpacity=0.28, stroke=theme.critical, strokeWidth=1.4, strokeDash=[4, 2])
        )  # fmt: skip
        marks.append(_outline(drawing))
    return marks


def _rects(drawing: Drawing, points: list[dict[str, Any]], tooltip: Any, **style: Any) -> alt.Chart:
    return (
        of(*points)
        .mark_rect(aria=False, **style)
        .encode(x=drawing.axis.x("left"), x2="right:Q", y=drawing.channel("top"), y2="base:Q",
                tooltip=tooltip)
    )  # fmt: skip


def _split(drawing: Drawing, which: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Boxes up to the capacity, and those above it."""
    within, above = [], []
    usage = drawing.shown[which].usage
    for k, name in enumerate(drawing.names):
        capacity = usage.capacity[name]
        for step in drawing.steps[which][name]:
            low = min(step.units, capacity)
            side = {"left": step.left, "right": step.right, **step.told}
            within.append({**side, "top": drawing.y(k, low), "base": drawing.base(k)})
            if step.units > capacity + 1e-9:
                above.append({**side, "top": drawing.y(k, step.units), "base": drawing.y(k, low)})
    return within, above


def _outline(drawing: Drawing) -> alt.Chart:
    """The first of two usages as a line that goes around its steps."""
    points: list[dict[str, Any]] = []
    run = 0
    for k, name in enumerate(drawing.names):
        end: float | None = None
        base = drawing.base(k)
        for step in drawing.steps[0][name]:
            if step.left != end:  # a new stretch, after one without use
                if end is not None:
                    points.append({"run": run, "x": end, "y": base})
                run += 1
                points.append({"run": run, "x": step.left, "y": base})
            top = drawing.y(k, step.units)
            points += [{"run": run, "x": x, "y": top} for x in (step.left, step.right)]
            end = step.right
        if end is not None:
            points.append({"run": run, "x": end, "y": base})
        run += 1
    ordered = [{**point, "n": n} for n, point in enumerate(points)]
    return (
        of(*ordered)
        .mark_line(color=drawing.theme.text, strokeWidth=1.3, strokeDash=[3, 2], aria=False,
                   tooltip=None, strokeJoin="round")
        .encode(x=drawing.axis.x("x"), y=drawing.channel("y"), order="n:Q", detail="run:N")
    )  # fmt: skip


def limits(drawing: Drawing) -> list[alt.Chart]:
    """A line at what there is of each, and its number at the right."""
    lines, texts = [], []
    for k, name in enumerate(drawing.names):
        capacity = drawing.capacity(name)
        if isinf(capacity):
            texts.append({"y": drawing.base(k) - drawing.row / 2, "text": "no limit"})
            continue
        y = drawing.y(k, capacity)
        lines.append({"x": drawing.axis.low, "x2": drawing.axis.high, "y": y})
        texts.append({"y": y, "text": f"{number_text(capacity)} there"})
    rule = (
        of(*lines)
        .mark_rule(color=drawing.theme.text, strokeWidth=1.8, aria=False, tooltip=None)
        .encode(x=drawing.axis.x("x"), x2="x2:Q", y=drawing.channel("y"))
    )
    text = of(*texts).encode(
        x=alt.value(drawing.axis.width + 6), y=drawing.channel("y"), text="text:N"
    )
    return [rule, *words(text, drawing.theme, align="left", baseline="middle")]


def labels(drawing: Drawing) -> list[alt.Chart]:
    """Name and peak of each resource, left of its row."""
    names: list[dict[str, Any]] = []
    peaks: list[dict[str, Any]] = []
    heavy: list[dict[str, Any]] = []
    for k, name in enumerate(drawing.names):
        y = drawing.base(k) - drawing.row / 2
        tall = drawing.row >= 34
        names.append({"y": y - (7 if tall else 0), "text": shortened(name, _LETTERS)})
        if tall:
            told = [max((s.units for s in steps[name]), default=0.0) for steps in drawing.steps]
            is_over = any(
                most > one.usage.capacity[name] + 1e-9
                for most, one in zip(told, drawing.shown, strict=True)
            )
            text = "peak " + (
                " \u2192 ".join(number_text(n) for n in told)
                if len(set(told)) > 1 else number_text(told[0])
            )  # fmt: skip
            (heavy if is_over else peaks).append({"y": y + 8, "text": text})
    marks = []
    looks: tuple[tuple[list[dict[str, Any]], dict[str, Any]], ...] = (
        (names, {"fontSize": LABEL, "fontWeight": "bold"}),
        (peaks, {"fontSize": NOTE, "color": drawing.theme.muted}),
        (heavy, {"fontSize": NOTE, "color": drawing.theme.critical, "fontWeight": "bold"}),
    )
    for points, style in looks:
        if points:
            marks.append(
                of(*points)
                .mark_text(align="right", baseline="middle", aria=False, tooltip=None, **style)
                .encode(x=alt.value(-8), y=drawing.channel("y"), text="text:N")
            )
    return marks


def peaks_named(drawing: Drawing) -> list[alt.Chart]:
    """How much is wanted, at the worst moment of each resource that is over capacity."""
    points = []
    for k, name in enumerate(drawing.names):
        for which, one in reversed(list(enumerate(drawing.shown))):
            steps = drawing.steps[which][name]
            worst = max(steps, key=lambda s: s.units, default=None)
            if worst is not None and worst.units > one.usage.capacity[name] + 1e-9:
                points.append(
                    {"x": (worst.left + worst.right) / 2, "y": drawing.y(k, worst.units) - 1,
                     "text": f"{number_text(worst.units)} wanted"}
                )  # fmt: skip
                break
    if not points or drawing.row < 34:
        return []
    text = of(*points).encode(x=drawing.axis.x("x"), y=drawing.channel("y"), text="text:N")
    return words(text, drawing.theme, baseline="bottom", fontSize=NOTE, fontWeight="bold",
                 color=drawing.theme.critical)  # fmt: skip


def finishes(drawing: Drawing) -> list[alt.Chart]:
    """Upright lines where the plan ends, before and after."""
    styles = [[3, 2], [1, 0]] if drawing.after is not None else [[1, 0]]
    lines: list[alt.Chart] = []
    for one, dash in zip(drawing.shown, styles, strict=True):
        lines.append(
            of({"x": one.finish})
            .mark_rule(color=drawing.theme.today, strokeWidth=1.4, strokeDash=dash, aria=False,
                       tooltip=None)
            .encode(x=drawing.axis.x("x"), y=alt.value(0), y2=alt.value(drawing.height))
        )  # fmt: skip
    return lines


def key(drawing: Drawing) -> list[alt.Chart]:
    """What the marks mean, above the plot."""
    theme = drawing.theme
    if drawing.after is None:
        items = [("box", theme.has_float, "in use"), ("over", theme.critical, "more than there is")]
    else:
        items = [("box", theme.has_float, "in use after"), ("line", theme.text, "before"),
                 ("over", theme.critical, "more than there is")]  # fmt: skip
    items += [("rule", theme.text, "what there is"), ("finish", theme.today, "finish")]
    marks: list[alt.Chart] = []
    at = 0.0
    for kind, color, text in items:
        where = {"x": alt.value(at), "x2": alt.value(at + 16)}
        none: dict[str, Any] = {"aria": False, "tooltip": None}
        if kind in ("box", "over"):
            style = {"stroke": theme.text, "strokeWidth": 1} if kind == "over" else {"opacity": 0.8}
            marks.append(
                of({}).mark_rect(color=color, **style, **none)
                .encode(y=alt.value(-17), y2=alt.value(-7), **where)
            )  # fmt: skip
        elif kind == "finish":
            marks.append(
                of({}).mark_rule(color=color, strokeWidth=1.6, **none)
                .encode(x=alt.value(at + 8), y=alt.value(-18), y2=alt.value(-6))
            )  # fmt: skip
        else:
            dash = [3, 2] if kind == "line" else [1, 0]
            marks.append(
                of({}).mark_rule(color=color, strokeWidth=1.8, strokeDash=dash, **none)
                .encode(y=alt.value(-12), **where)
            )  # fmt: skip
        marks.append(
            of({"text": text}).mark_text(align="left", baseline="middle", fontSize=NOTE, **none)
            .encode(x=alt.value(at + 21), y=alt.value(-12), text="text:N")
        )  # fmt: skip
        at += 21 + 5.6 * len(text) + 16
    return marks
