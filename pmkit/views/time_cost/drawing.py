"""The layers of a time-cost chart, from back to front."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import altair as alt

from pmkit.views.marks import of, words
from pmkit.views.measures import multiples, nice_step
from pmkit.views.placing import spread
from pmkit.views.theme import Theme, money_text
from pmkit.views.time_cost.data import CONTRACT, CRASHING, INDIRECT, TOTAL, TimeCostData

HEIGHT = 320
"""Of the plot, in pixels."""

NAMES = {
    CRASHING: "crashing",
    INDIRECT: "indirect",
    CONTRACT: "penalty less bonus",
    TOTAL: "total",
}
_DASHES = {CRASHING: [1, 0], INDIRECT: [7, 3], CONTRACT: [2, 3], TOTAL: [1, 0]}
_WIDTHS = {CRASHING: 2.2, INDIRECT: 1.8, CONTRACT: 1.8, TOTAL: 3.2}
"""The lines differ by word, pattern and width, not by colour alone."""

_ROOM = 0.07
_LETTER = 6.2  # pixels, about


@dataclass(frozen=True, eq=False)
class Drawing:
    """Data, axes and colours."""

    data: TimeCostData
    width: int
    theme: Theme

    @cached_property
    def names(self) -> dict[str, str]:
        """Of the lines: what comes from the contract is called by what is in it."""
        columns = self.data.columns
        parts = [name for name in ("penalty", "bonus") if any(columns[name])]
        return NAMES | {CONTRACT: " less ".join(parts)}

    @property
    def colors(self) -> dict[str, str]:
        """Of the lines."""
        theme = self.theme
        return {CRASHING: theme.has_float, INDIRECT: theme.muted, CONTRACT: theme.scenario,
                TOTAL: theme.critical}  # fmt: skip

    @cached_property
    def ends(self) -> tuple[float, float]:
        """Of the horizontal axis, in working days."""
        places = list(self.data.finishes)
        if self.data.due is not None:
            places.append(self.data.due)
        margin = max((max(places) - min(places)) * 0.04, 0.25)
        return min(places) - margin, max(places) + margin

    @cached_property
    def heights(self) -> tuple[float, float]:
        """Of the vertical axis, in money."""
        values = [value for line in self.data.lines.values() for value in line] + [0.0]
        low, high = min(values), max(values)
        span = (high - low) or 1.0
        return low - _ROOM * span if low < 0 else 0.0, high + _ROOM * span

    def pixel(self, finish: float) -> float:
        """How far from the left a finish stands."""
        low, high = self.ends
        return (finish - low) / (high - low) * self.width

    def below(self, amount: float) -> float:
        """How far from the top an amount stands."""
        low, high = self.heights
        return HEIGHT * (high - amount) / (high - low)

    def x(self, field: str, axis: Any = None) -> alt.X:
        """The channel of time."""
        return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(domain=list(self.ends), nice=False))

    def y(self, field: str, axis: Any = None) -> alt.Y:
        """The channel of money."""
        return alt.Y(
            f"{field}:Q", axis=axis, scale=alt.Scale(domain=list(self.heights), nice=False)
        )


def frame(drawing: Drawing) -> alt.Chart:
    """Nothing but the axes."""
    data = drawing.data
    low, high = drawing.ends
    days = multiples(
        low, high, nice_step(high - low, drawing.width // 64, (0.25, 0.5, 1, 2, 5, 10, 20, 50, 100))
    )
    amounts = multiples(*drawing.heights, nice_step(drawing.heights[1] - drawing.heights[0], 7, ()))
    texts = [_signed(amount) for amount in amounts]
    currency = data.crash_plan.plan.network.settings.currency
    title = "Cost that the finish decides" + (f" ({currency})" if currency else "")
    x_axis = alt.Axis(
        values=days,
        labelExpr=f"{[data.tick(day) for day in days]}[indexof({days}, datum.value)]",
        title="Finish" if data.is_dated else "Finish, working days after project start",
        labelOverlap=False,
    )
    y_axis = alt.Axis(
        values=amounts,
        labelExpr=f"{texts}[indexof({amounts}, datum.value)]",
        grid=True,
        title=title,
    )
    return (
        of({"x": data.finishes[-1], "y": 0})
        .mark_point(opacity=0, aria=False, tooltip=None)
        .encode(x=drawing.x("x", x_axis), y=drawing.y("y", y_axis))
    )


def marked(drawing: Drawing) -> list[alt.Chart]:
    """Upright lines at the cheapest finish and at the due date, with words above the plot."""
    data, theme = drawing.data, drawing.theme
    cheapest = data.crash_plan.cheapest
    named = []
    if data.has_terms:
        named.append((cheapest, f"cheapest {data.when(cheapest)}", theme.critical, [1, 0]))
    if data.due is not None:
        named.append((data.due, f"due {data.when(data.due)}", theme.muted, [6, 3]))
    if not named:
        return []
    half = max(_LETTER * len(text) for _, text, _, _ in named) / 2
    places = spread(
        [drawing.pixel(x) for x, *_ in named], 2 * half + 10, half, drawing.width + 80 - half
    )
    marks: list[alt.Chart] = []
    for place, (x, text, color, dash) in zip(places, named, strict=True):
        marks.append(
            of({"x": x})
            .mark_rule(color=color, strokeWidth=1.2, strokeDash=dash, aria=False, tooltip=None)
            .encode(x=drawing.x("x"), y=alt.value(0), y2=alt.value(HEIGHT))
        )
        at = of({"text": text}).encode(
            x=alt.value(round(place, 1)), y=alt.value(-10), text="text:N"
        )
        marks += words(at, theme, fontWeight="bold" if color == theme.critical else "normal")
    return marks


def lines(drawing: Drawing) -> list[alt.Chart]:
    """Every part of the cost, with a dot where crashing changes its price, and its name."""
    data = drawing.data
    marks: list[alt.Chart] = []
    tooltip = [
        alt.Tooltip("when:N", title="Finish"),
        alt.Tooltip("days:N", title="Is"),
        *[alt.Tooltip(f"{name}:N", title=drawing.names[name].capitalize()) for name in data.lines],
        alt.Tooltip("direct:N", title="Direct cost"),
    ]
    for name, heights in data.lines.items():
        points = [
            {"x": x, "y": y, "corner": k in data.corners} | _told(data, k)
            for k, (x, y) in enumerate(zip(data.finishes, heights, strict=True))
        ]
        base = of(*points).encode(x=drawing.x("x"), y=drawing.y("y"))
        marks.append(
            base.mark_line(
                color=drawing.colors[name], strokeWidth=_WIDTHS[name], strokeDash=_DASHES[name],
                strokeJoin="round", aria=False, tooltip=None,
                interpolate="step-after" if data.is_stepped else "linear",
            ).encode(order="x:Q")
        )  # fmt: skip
        if name == CRASHING:
            marks.append(
                base.transform_filter("datum.corner").mark_point(
                    shape="circle", size=30, filled=True, color=drawing.colors[name],
                    opacity=1, aria=False, tooltip=None,
                )
            )  # fmt: skip
        if name in (data.judged, CRASHING):  # what answers the pointer
            marks.append(
                base.mark_point(size=120, opacity=0, filled=True, aria=False).encode(
                    tooltip=tooltip
                )
            )
    return marks + _line_names(drawing) + _cheapest(drawing)


def _cheapest(drawing: Drawing) -> list[alt.Chart]:
    data, theme = drawing.data, drawing.theme
    if not data.has_terms:
        return []
    cheapest = data.crash_plan.cheapest
    return [
        of({"x": cheapest, "y": data.at(TOTAL, cheapest)})
        .mark_point(
            shape="diamond", size=130, fill=theme.critical, stroke=theme.background,
            strokeWidth=1, opacity=1, aria=False, tooltip=None,
        )
        .encode(x=drawing.x("x"), y=drawing.y("y"))
    ]  # fmt: skip


def _line_names(drawing: Drawing) -> list[alt.Chart]:
    """Names beside the right ends of the lines."""
    data = drawing.data
    wanted = [drawing.below(heights[-1]) for heights in data.lines.values()]
    at = drawing.pixel(data.finishes[-1]) + 8
    marks: list[alt.Chart] = []
    for place, name in zip(spread(wanted, 15, 6, HEIGHT - 6), data.lines, strict=True):
        base = of({"text": drawing.names[name]}).encode(
            x=alt.value(round(at, 1)), y=alt.value(round(place, 1)), text="text:N"
        )
        marks += words(
            base, drawing.theme, align="left", color=drawing.colors[name],
            fontWeight="bold" if name == data.judged else "normal",
        )  # fmt: skip
    return marks


def chosen(drawing: Drawing) -> list[alt.Chart]:
    """The finish that is chosen, which the state moves."""
    data, theme = drawing.data, drawing.theme
    base = (
        of(*[{"line": name} for name in data.lines])
        .transform_calculate(x="state.finish", y="state.heights[datum.line]", text="state.text")
        .encode(x=drawing.x("x"))
    )
    first = base.transform_filter(f"datum.line === '{CRASHING}'")
    rule = first.mark_rule(
        color=theme.today, strokeWidth=1.8, aria=False, tooltip=None
    ).encode(y=alt.value(0), y2=alt.value(HEIGHT))  # fmt: skip
    dots = base.mark_point(
        shape="circle", size=70, fill=theme.background, stroke=theme.today, strokeWidth=2.2,
        opacity=1, aria=False, tooltip=None,
    ).encode(y=drawing.y("y"))  # fmt: skip
    marks = [rule, dots]
    share = f"(datum.x - {drawing.ends[0]!r}) / {drawing.ends[1] - drawing.ends[0]!r}"
    for align, rule_of in (
        ("left", f"{share} < 0.3"),
        ("center", f"{share} >= 0.3 && {share} <= 0.7"),
        ("right", f"{share} > 0.7"),
    ):
        side = first.transform_filter(rule_of).encode(y=alt.value(-28), text="text:N")
        marks += words(side, theme, align=align, fontWeight="bold", color=theme.today)
    return marks


def _told(data: TimeCostData, k: int) -> dict[str, str]:
    """What the pointer is told at a point of the curve."""
    told = {name: data.money(heights[k]) for name, heights in data.lines.items()}
    told["when"] = data.when(data.finishes[k])
    told["days"] = data.earlier(data.finishes[k])
    if INDIRECT in told:
        told[INDIRECT] = data.money(data.columns["indirect"][k])
    if TOTAL in told:
        told[TOTAL] = data.money(data.columns["total"][k])
    told["direct"] = data.money(data.columns["cost"][k])
    return told


def _signed(amount: float) -> str:
    text = money_text(abs(amount))
    return f"\u2212{text}" if amount < 0 else text
