"""The roadmap of a program: its projects, what they hand over to each other, and its benefits."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.scheduling.slip import slip
from pmkit.analysis.together.finishes import stretches
from pmkit.analysis.together.interface import AT_RISK, LATE, MET, NOT_NEEDED, Interface
from pmkit.analysis.together.interfaces import Interfaces, interfaces
from pmkit.model.program import Program
from pmkit.views.building import built
from pmkit.views.marks import of, words
from pmkit.views.note import note_chart
from pmkit.views.placing import spread
from pmkit.views.theme import LIGHT, NOTE, WIDTH, Theme, shortened, themed
from pmkit.views.together.canvas import (
    Canvas,
    axis_for,
    placed,
    short,
    signed_days,
    status_place,
)
from pmkit.views.together.roadmap_rows import (
    BASELINE,
    PLAN,
    Lane,
    benefit_starts,
    lanes_of,
    title_of,
)
from pmkit.views.together.roadmap_table import LINE, table_layers

_LANE, _TOP = 54, 8  # pixels of a project, and above the first
_NAMES, _AFTER = 128, 96  # pixels on the left and on the right
_AXIS = 40  # pixels of the labels of the axis
_BENEFIT = 19  # pixels of a line of benefits
_LETTER = 6.3  # pixels
_MOST = 24
"""Projects that are drawn."""
MOST_LISTED = 14
"""Interfaces that are numbered and listed."""
SHAPES = {LATE: "square", AT_RISK: "diamond", MET: "circle"}
SIZES = {AT_RISK: 330}  # a diamond has less room for its number


@built
def roadmap_chart(
    plan: Program | Interfaces,
    before: Schedule | None = None,
    *,
    width: int = WIDTH,
    theme: Theme = LIGHT,
) -> alt.LayerChart:
    """Chart projects as bars, what they hand over to each other, and when benefits start.

    Parameters
    ----------
    plan
        A program, or its interfaces.
    before
        The schedule of the plan before something was tried on it, to stand behind the bars; the
        saved baseline by default.
    width, theme
        As for `gantt_chart`; names and dates stand inside the width.

    Examples
    --------
    >>> from pmkit.data import sample
    >>> roadmap_chart(sample()).title.text
    'The program finishes on 5 Aug 2026, 7 working days later than the baseline'
    """
    told = interfaces(plan) if isinstance(plan, Program) else plan
    program, schedule = told.program, told.schedule
    saved = slip(schedule, before)
    was = BASELINE if before is None else PLAN
    lanes = lanes_of(told, _MOST, saved, was)
    if not lanes:
        return note_chart("Roadmap", "No project of the program has dates.", theme=theme)
    benefits = benefit_starts(program, schedule)
    ends = stretches(program, schedule)
    places = [placed(one) for lane in lanes for one in (lane.start, lane.finish, *lane.baseline)]
    places += [placed(one) for one, _ in benefits]
    status = status_place(schedule)
    if status is not None:
        places.append(status)
    axis = axis_for(places, schedule.is_dated, width - _NAMES - _AFTER)
    top = {lane.id: _TOP + n * _LANE + _LANE / 2 for n, lane in enumerate(lanes)}
    last = _TOP + len(lanes) * _LANE
    milestone = last + 18
    foot = milestone + 20 + _BENEFIT * len(benefits)
    listed = _listed(told, top)
    height = int(foot + _AXIS + (LINE * (len(listed) + 1) + 12 if listed else 0))
    canvas = Canvas(axis, _NAMES, width - _AFTER, width, height, foot, theme)
    name = "status date"
    layers: list[Any] = [
        *canvas.grid(),
        *_bars(canvas, lanes, top, status, was),
        *canvas.status(status, name),
        *_links(canvas, told, listed, top),
        *_milestone(canvas, told, saved, ends[""].finish, milestone),
        *_benefits(canvas, benefits, milestone + 26),
        *table_layers(canvas, listed, foot + _AXIS + 8),
    ]
    title, how = title_of(told, lanes, listed, _MOST, saved, was)
    chart: Any = alt.layer(*layers).properties(
        width=width, height=height, title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {'. '.join(how)}.",
    )  # fmt: skip
    return themed(chart, theme)


def _listed(told: Interfaces, top: dict[str, float]) -> list[Interface]:
    """The interfaces that get a number, in the order in which they are forecast.

    Where there are too many, those that are late or have no float go before those that have.
    """
    open_ = [
        one for one in told
        if one.status not in (MET, NOT_NEEDED)
        and one.giving_project in top and one.taking_project in top
    ]  # fmt: skip
    pressing = sorted(open_, key=lambda one: (one.status != LATE, one.status != AT_RISK))
    open_ = pressing[:MOST_LISTED]
    return sorted(open_, key=lambda one: one.forecast.days)


def _bars(
    canvas: Canvas, lanes: list[Lane], top: dict[str, float], status: float | None, was: str
) -> list[alt.Chart]:
    """A bar for each project over that of its baseline, with its name, manager and finish."""
    theme = canvas.theme
    rows = []
    for lane in lanes:
        start, finish = placed(lane.start), placed(lane.finish)
        done = min(max(status, start), finish) if status is not None else start
        known = bool(lane.baseline)
        rows.append({
            "name": shortened(lane.id, 17), "full": lane.name,
            "manager": shortened(lane.manager, 20), "y": top[lane.id],
            "start": start, "finish": finish, "done": done,
            "base_start": placed(lane.baseline[0]) if known else None,
            "base_finish": placed(lane.baseline[1]) if known else None,
            "from": short(lane.start), "until": short(lane.finish), "slip": lane.slip_text,
            "drives": "drives the finish" if lane.drives else "",
            "color": theme.critical if lane.drives else theme.has_float,
        })  # fmt: skip
    tooltip = [
        alt.Tooltip("full:N", title="Project"), alt.Tooltip("from:N", title="Start"),
        alt.Tooltip("until:N", title="Finish"), alt.Tooltip("slip:N", title=f"Against the {was}"),
        alt.Tooltip("manager:N", title="Project manager"),
    ]  # fmt: skip
    base = of(*rows)
    before = base.transform_filter("isValid(datum.base_start)")
    color = alt.Color("color:N", scale=None)

    def bar(source: alt.Chart, start: str, end: str, size: int, **mark: Any) -> Any:
        shape = source.mark_bar(size=size, aria=False, **mark)
        return shape.encode(x=canvas.x(start), x2=f"{end}:Q", y=canvas.y(), tooltip=tooltip)

    left: dict[str, Any] = {"align": "left", "aria": False, "tooltip": None}
    rule = of(*({"y": y + _LANE / 2} for y in top.values())).mark_rule(
        color=theme.grid, aria=False, tooltip=None
    )
    beside = base.transform_calculate(at="datum.finish")
    return [
        rule.encode(y=canvas.y(), x=alt.value(0), x2=alt.value(canvas.width)),
        bar(before, "base_start", "base_finish", 26, color=theme.baseline, opacity=0.75),
        bar(base, "start", "finish", 13).encode(color=color),
        bar(base, "start", "done", 13, color=theme.done),
        base.mark_text(fontWeight="bold", dy=-8, color=theme.text, **left).encode(
            x=alt.value(0), y=canvas.y(), text="name:N"
        ),
        base.mark_text(fontSize=NOTE, dy=6, color=theme.muted, **left).encode(
            x=alt.value(0), y=canvas.y(), text="manager:N"
        ),
        base.mark_text(fontSize=NOTE, dy=19, color=theme.critical, **left).encode(
            x=alt.value(0), y=canvas.y(), text="drives:N"
        ),
        *(
            layer.encode(x=alt.value(canvas.right + 8), y=canvas.y(), text="until:N")
            for layer in words(beside, theme, dy=-8, fontWeight="bold", align="left")
        ),
        beside.mark_text(fontSize=NOTE, dy=7, color=theme.muted, **left).encode(
            x=alt.value(canvas.right + 8), y=canvas.y(), text="slip:N"
        ),
    ]


def _links(
    canvas: Canvas, told: Interfaces, listed: list[Interface], top: dict[str, float]
) -> list[alt.Chart]:
    """A mark where something is handed over, and a line to the project that takes it."""
    theme = canvas.theme
    drawn = [one for one in told if one.giving_project in top and one.taking_project in top]
    if not drawn:
        return []
    number = {one.id: n for n, one in enumerate(listed, start=1)}
    at = {one.id: placed(one.forecast) for one in drawn}
    for project in top:  # marks of one project stand side by side, or their numbers overlap
        mine = [one for one in listed if one.giving_project == project]
        pixels = spread([canvas.pixel(at[one.id]) for one in mine], 19, canvas.left,
                        canvas.right)  # fmt: skip
        at |= {one.id: canvas.at(x) for one, x in zip(mine, pixels, strict=True)}
    rows = []
    for one in drawn:
        y, until = top[one.giving_project], top[one.taking_project]
        down = until > y
        rows.append({
            "at": at[one.id], "y": y, "until": until + (-9 if down else 9), "id": one.id,
            "number": str(number.get(one.id, "")), "status": one.status, "what": one.what,
            "forecast": short(one.forecast), "needed": short(one.needed),
            "float": signed_days(one.project_float), "room": signed_days(one.total_float),
            "shape": SHAPES.get(one.status, "circle"), "angle": 180 if down else 0,
            "size": SIZES.get(one.status, 230) if one.id in number else 50,
            "color": _color(one, theme), "weight": 2.5 if one.is_driving else 1.3,
        })  # fmt: skip
    tooltip = [
        alt.Tooltip("what:N", title="Handed over"), alt.Tooltip("id:N", title="Interface"),
        alt.Tooltip("status:N", title="Status"), alt.Tooltip("forecast:N", title="Forecast"),
        alt.Tooltip("needed:N", title="Needed by the project"),
        alt.Tooltip("float:N", title="Float to the taking project"),
        alt.Tooltip("room:N", title="Float to the program"),
    ]  # fmt: skip
    base = of(*rows)
    color = alt.Color("color:N", scale=None)
    halo = base.mark_rule(color=theme.background, strokeWidth=4.5, aria=False, tooltip=None)
    line = base.mark_rule(aria=False)
    head = base.mark_point(shape="triangle", filled=True, size=46, opacity=1, aria=False,
                           tooltip=None)  # fmt: skip
    mark = base.mark_point(filled=True, opacity=1, stroke=theme.background, strokeWidth=1.5,
                           aria=False)  # fmt: skip
    text = base.mark_text(fontSize=NOTE, fontWeight="bold", color=theme.background, dy=0.5,
                          baseline="middle", aria=False, tooltip=None)  # fmt: skip
    stand: dict[str, Any] = {"x": canvas.x(), "y": canvas.y()}
    return [
        halo.encode(**stand, y2="until:Q"),
        line.encode(**stand, y2="until:Q", color=color, tooltip=tooltip,
                    strokeWidth=alt.StrokeWidth("weight:Q", scale=None)),
        head.encode(x=canvas.x(), y=canvas.y("until"), color=color,
                    angle=alt.Angle("angle:Q", scale=None)),
        mark.encode(**stand, color=color, shape=alt.Shape("shape:N", scale=None),
                    size=alt.Size("size:Q", scale=None), tooltip=tooltip),
        text.encode(**stand, text="number:N"),
    ]  # fmt: skip


def _color(one: Interface, theme: Theme) -> str:
    if one.status in (LATE, AT_RISK):
        return theme.critical
    return theme.done if one.status in (MET, NOT_NEEDED) else theme.has_float


def _milestone(
    canvas: Canvas, told: Interfaces, saved: Any, finish: Any, y: float
) -> list[alt.Chart]:
    """The finish of the program as a diamond, and where the baseline has it."""
    theme, schedule = canvas.theme, told.schedule
    layers = []
    if not saved.is_empty:
        then = saved.planned_finish
        at = placed(
            type(finish)(then, schedule.date_of(then).item() if schedule.is_dated else None)
        )
        was = of({"at": at, "y": y}).mark_point(
            shape="diamond", size=190, filled=True, opacity=1, color=theme.baseline, aria=False,
            tooltip=None,
        )  # fmt: skip
        layers.append(was.encode(x=canvas.x(), y=canvas.y()))
    now = of({"at": placed(finish), "y": y, "text": short(finish), "name": "Program"})
    mark = now.mark_point(shape="diamond", size=190, filled=True, opacity=1, color=theme.text,
                          aria=False)  # fmt: skip
    left: dict[str, Any] = {"align": "left", "fontWeight": "bold", "aria": False, "tooltip": None}
    return [
        *layers,
        mark.encode(x=canvas.x(), y=canvas.y(),
                    tooltip=[alt.Tooltip("text:N", title="Program finishes")]),
        now.mark_text(color=theme.text, **left).encode(
            x=alt.value(0), y=canvas.y(), text="name:N"
        ),
        now.mark_text(color=theme.text, **left).encode(
            x=alt.value(canvas.right + 8), y=canvas.y(), text="text:N"
        ),
    ]  # fmt: skip


def _benefits(canvas: Canvas, starts: list[tuple[Any, str]], y: float) -> list[alt.Chart]:
    """When benefits start, and which."""
    if not starts:
        return []
    theme = canvas.theme
    rows = []
    for n, (moment, names) in enumerate(starts):
        x = canvas.pixel(placed(moment))
        before = x - canvas.left > 0.5 * (canvas.right - canvas.left)
        room = (x - canvas.left if before else canvas.width - x) - 16
        rows.append({
            "at": placed(moment), "y": y + _BENEFIT * n, "full": names, "when": short(moment),
            "before": shortened(names, int(room / _LETTER)) if before else "",
            "after": "" if before else shortened(names, int(room / _LETTER)),
        })  # fmt: skip
    base = of(*rows)
    tooltip = [alt.Tooltip("full:N", title="Benefits"), alt.Tooltip("when:N", title="Start")]
    mark = base.mark_point(shape="triangle-up", size=110, filled=True, opacity=1,
                           color=theme.opportunity, aria=False)  # fmt: skip
    style: dict[str, Any] = {"aria": False, "tooltip": None}
    title = of({"y": y, "text": "Benefits start"}).mark_text(
        align="left", fontWeight="bold", color=theme.text, **style
    )
    return [
        mark.encode(x=canvas.x(), y=canvas.y(), tooltip=tooltip),
        *(layer.encode(x=canvas.x(), y=canvas.y(), text="before:N")
          for layer in words(base, theme, align="right", dx=-11, baseline="middle")),
        *(layer.encode(x=canvas.x(), y=canvas.y(), text="after:N")
          for layer in words(base, theme, align="left", dx=11, baseline="middle")),
        title.encode(x=alt.value(0), y=canvas.y(), text="text:N"),
    ]  # fmt: skip
