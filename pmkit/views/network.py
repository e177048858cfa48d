"""Network diagram: activities as boxes, dependencies as arrows, left to right."""

from __future__ import annotations

from itertools import pairwise
from math import atan2, degrees
from typing import Any

import altair as alt

from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.views.building import built
from pmkit.views.layout import Layout, Link, Place, chain, layered
from pmkit.views.theme import LIGHT, NOTE, Theme, days_text, number_text, shortened, themed, titled

MOST_ACTIVITIES = 60
"""Beyond this many, the longest path alone is drawn."""

_MOST_ACROSS = 10  # boxes side by side; more would be too small to read on a page
_BOX = (104, 60)
_GAP = (36, 28)
"""Width and height of a box, and of the space around it, in pixels."""

_STEP = (_BOX[0] + _GAP[0], _BOX[1] + _GAP[1])
_LETTERS = 17  # that fit in a line of a box
_IN_EACH_BOX = (
    "In each box, in working days: early start, duration, early finish; below the name late "
    "start, total float, late finish"
)


@built
def network_chart(schedule: Schedule, *, theme: Theme = LIGHT) -> alt.LayerChart:
    """Chart the network of a small plan; of a large one, its longest path.

    A box holds early start, duration and early finish above the name, and late start, total float
    and late finish below it, in working days: the precedence diagram's usual form. Critical boxes
    and arrows are thicker, and the boxes have a double frame.

    Parameters
    ----------
    schedule
        What to draw.
    theme
        `LIGHT` or `DARK`.

    Examples
    --------
    >>> from pmkit.analysis.scheduling.schedule import critical_path
    >>> from pmkit.model.project import Project
    >>> plan = Project.from_table([("A", 3, ""), ("B", 1, ""), ("C", 2, "A; B")])
    >>> network_chart(critical_path(plan)).title.text
    'A → C is the longest path: 2 of 3 activities, 5 working days'
    """
    network = schedule.plan.network
    index, total = network.topology.index, len(schedule.ids)
    path = [index[id_] for id_ in schedule.longest_path]
    relations: dict[Link, list[str]] = {}
    for d in network.dependencies:
        link = (index[d.predecessor], index[d.successor])
        relations.setdefault(link, []).append(d.relation)
    layout = layered(network.topology.levels, relations) if total <= MOST_ACTIVITIES else None
    if layout and layout.columns > max(layout.rows, _MOST_ACROSS - 3):
        layout = layout.turned()
    lines = [_IN_EACH_BOX]
    if layout is None or layout.columns > _MOST_ACROSS:
        layout = chain(path[:MOST_ACTIVITIES], _MOST_ACROSS - 2)
        many = f"{number_text(total)} activities are too many for a page: this is the longest path"
        cut = f", its first {MOST_ACTIVITIES} activities" if len(path) > MOST_ACTIVITIES else ""
        lines.insert(0, many + cut)
    first, last = shortened(schedule.ids[path[0]], 30), shortened(schedule.ids[path[-1]], 30)
    ends = f"{first} \u2192 {last}" if len(path) > 1 else first
    title = (
        f"{ends} is the longest path: {len(path)} of {number_text(total)} "
        f"activit{'y' if total == 1 else 'ies'}, {days_text(schedule.finish)}"
    )
    chart: Any = alt.layer(
        *_arrows(layout, relations, set(pairwise(path)), theme), *_boxes(schedule, layout, theme)
    )
    chart = chart.properties(
        width=layout.columns * _STEP[0],
        height=layout.rows * _STEP[1],
        title=alt.Title(text=title, subtitle=lines),
        description=f"Network diagram. {title}.",
    )
    return themed(chart, theme)


def _centre(place: Place) -> tuple[float, float]:
    return (place[0] + 0.5) * _STEP[0], (place[1] + 0.5) * _STEP[1]


def _x(layout: Layout, field: str) -> alt.X:
    scale = alt.Scale(domain=[0, layout.columns * _STEP[0]], nice=False)
    return alt.X(f"{field}:Q", axis=None, scale=scale)


def _y(layout: Layout, field: str) -> alt.Y:
    scale = alt.Scale(domain=[0, layout.rows * _STEP[1]], reverse=True, nice=False)
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def _route(layout: Layout, a: int, b: int) -> list[tuple[float, float]]:
    """Corners of an arrow in pixels, from the border of one box to that of the other."""
    (xa, ya), (xb, yb) = _centre(layout.places[a]), _centre(layout.places[b])
    half, high = _BOX[0] / 2, _BOX[1] / 2
    bends = [_centre(place) for place in layout.bends[a, b]]
    if layout.is_turned:
        through = [(x, y + side) for x, y in bends for side in (-high, high)]
        return [(xa, ya + high), *through, (xb, yb - high)]
    if xb <= xa:  # a path that goes on in the next line
        between = ya + high + _GAP[1] / 2
        return [
            (xa + half, ya), (xa + half + _GAP[0] / 3, ya), (xa + half + _GAP[0] / 3, between),
            (xb - half - _GAP[0] / 3, between), (xb - half - _GAP[0] / 3, yb), (xb - half, yb),
        ]  # fmt: skip
    through = [(x + side, y) for x, y in bends for side in (-half, half)]
    return [(xa + half, ya), *through, (xb - half, yb)]


def _arrows(
    layout: Layout, relations: dict[Link, list[str]], path: set[Link], theme: Theme
) -> list[alt.Chart]:
    corners, heads, words = [], [], []
    for n, (a, b) in enumerate(layout.bends):
        route, on_path = _route(layout, a, b), (a, b) in path
        for k, (x, y) in enumerate(route):
            corners.append({"arrow": n, "k": k, "x": x, "y": y, "path": on_path})
        (x0, y0), (x1, y1) = route[-2:]
        angle = round(degrees(atan2(y1 - y0, x1 - x0)), 1)
        heads.append({"x": x1, "y": y1, "angle": angle, "path": on_path})
        kinds = [relation for relation in relations[a, b] if relation != "FS"]
        if kinds:
            (xa, ya), (xb, yb) = route[0], route[1]
            words.append({"x": (xa + xb) / 2, "y": (ya + yb) / 2, "text": ", ".join(kinds)})
    thick = alt.condition("datum.path", alt.value(3), alt.value(1.2))
    colour = alt.condition("datum.path", alt.value(theme.critical), alt.value(theme.muted))
    lines = (
        alt.Chart(alt.InlineData(values=corners))
        .mark_line(strokeJoin="round", aria=False, tooltip=None)
        .encode(
            x=_x(layout, "x"), y=_y(layout, "y"), order="k:Q", detail="arrow:N",
            strokeWidth=alt.StrokeWidth(
                "path:N", scale=alt.Scale(domain=[False, True], range=[1.2, 3]), legend=None
            ),
            color=alt.Color(
                "path:N",
                scale=alt.Scale(domain=[False, True], range=[theme.muted, theme.critical]),
                legend=None,
            ),
        )
    )  # fmt: skip
    points = (
        alt.Chart(alt.InlineData(values=heads))
        .mark_point(
            shape="M0,0L-1.6,-.8L-1.6,.8Z", size=90, filled=True, opacity=1, aria=False,
            angle=alt.ExprRef("datum.angle"), tooltip=None,
        )
        .encode(x=_x(layout, "x"), y=_y(layout, "y"), color=colour, strokeWidth=thick)
    )  # fmt: skip
    layers = [lines, points]
    if words:
        text = alt.Chart(alt.InlineData(values=words)).encode(
            x=_x(layout, "x"), y=_y(layout, "y"), text="text:N"
        )
        style: dict[str, Any] = {"fontSize": NOTE, "color": theme.text, "aria": False, "dy": -6}
        layers.append(text.mark_text(stroke=theme.background, strokeWidth=4, **style))
        layers.append(text.mark_text(**style))
    return layers


def _boxes(schedule: Schedule, layout: Layout, theme: Theme) -> list[alt.Chart]:
    half, high = _BOX[0] / 2, _BOX[1] / 2
    frames, words, rules = [], [], []
    for i, place in layout.places.items():
        x, y = _centre(place)
        activity = schedule.plan.network.activities[i]
        critical = bool(schedule.is_critical[i])
        values = {
            "Early start": schedule.early_start[i],
            "Duration": activity.expected_duration,
            "Early finish": schedule.early_finish[i],
            "Late start": schedule.late_start[i],
            "Total float": schedule.total_float[i],
            "Late finish": schedule.late_finish[i],
        }
        numbers = {word: number_text(float(value)) for word, value in values.items()}
        name = " ".join(titled(activity.id, activity.name).split())
        frame = {"name": name, "critical": critical, **numbers}
        frames.append({**frame, "x": x - half, "x2": x + half, "y": y - high, "y2": y + high})
        for line in (-1, 1):
            rules.append({"x": x - half, "x2": x + half, "y": y + line * (high - 16)})
        for (word, number), column, line in zip(
            numbers.items(), (-1, 0, 1, -1, 0, 1), (-1, -1, -1, 1, 1, 1), strict=True
        ):
            words.append(
                {"x": x + column * (half - 18), "y": y + line * (high - 8.5), "text": number,
                 "bold": word == "Total float" and critical, "size": NOTE}
            )  # fmt: skip
        lines = _in_two_lines(activity.id, activity.name)
        for n, text in enumerate(lines):
            lift = (n - (len(lines) - 1) / 2) * 12.5
            words.append({"x": x, "y": y + lift, "text": text, "bold": True, "size": NOTE})
    colour = alt.condition("datum.critical", alt.value(theme.critical), alt.value(theme.has_float))
    tooltip = [alt.Tooltip("name:N", title="Activity")] + [
        alt.Tooltip(f"{word}:N") for word in ("Early start", "Duration", "Early finish",
                                              "Late start", "Total float", "Late finish")
    ]  # fmt: skip
    boxes = alt.Chart(alt.InlineData(values=frames)).encode(
        x=_x(layout, "x"), x2="x2:Q", y=_y(layout, "y"), y2="y2:Q"
    )
    outer = boxes.mark_rect(fill=theme.background, aria=False).encode(
        stroke=colour,
        strokeWidth=alt.condition("datum.critical", alt.value(2), alt.value(1.2)),
        tooltip=tooltip,
    )
    inner = (  # the second frame of a critical box
        boxes.transform_filter("datum.critical")
        .transform_calculate(x="datum.x - 4", x2="datum.x2 + 4", y="datum.y - 4", y2="datum.y2 + 4")
        .mark_rect(fill=None, stroke=theme.critical, strokeWidth=1, aria=False, tooltip=None)
    )
    separators = (
        alt.Chart(alt.InlineData(values=rules))
        .mark_rule(color=theme.grid, aria=False, tooltip=None)
        .encode(x=_x(layout, "x"), x2="x2:Q", y=_y(layout, "y"))
    )
    written = alt.Chart(alt.InlineData(values=words)).encode(
        x=_x(layout, "x"), y=_y(layout, "y"), text="text:N"
    )
    texts = [
        written.transform_filter(f"{'' if bold else '!'}datum.bold").mark_text(
            fontSize=NOTE, fontWeight="bold" if bold else "normal", limit=_BOX[0] - 6,
            color=theme.text, aria=False, tooltip=None,
        )
        for bold in (True, False)
    ]  # fmt: skip
    return [outer, inner, separators, *texts]


def _in_two_lines(id_: str, name: str) -> list[str]:
    """What fits a box: a long id above the name, or both together, broken between words."""
    if name and name != id_ and len(id_) > 4:
        return [shortened(id_, _LETTERS), shortened(name, _LETTERS)]
    text = " ".join(titled(id_, name).split())
    place = text.rfind(" ", 0, _LETTERS + 1)
    if len(text) <= _LETTERS or place <= 0:
        return [shortened(text, _LETTERS)]
    return [text[:place], shortened(text[place + 1 :], _LETTERS)]
