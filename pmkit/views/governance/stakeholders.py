"""Stakeholders by influence and interest: how to deal with each, and who is against it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import altair as alt

from pmkit.analysis.telling.communication import (
    CLOSELY,
    HALF,
    INFORMED,
    MONITOR,
    SATISFIED,
    CommunicationPlan,
    ToTell,
)
from pmkit.views.building import built
from pmkit.views.funding.labels import free_places
from pmkit.views.marks import of, words
from pmkit.views.note import note_chart
from pmkit.views.theme import LIGHT, NOTE, WIDTH, Theme, shortened, themed

_HEIGHT = 380  # pixels
_EDGE = 0.07  # room around 0 and 1 for the names of the groups
_RADIUS = 7  # pixels
_APART = 17  # pixels between two symbols
_MOST = 60
_NAMED = 3
_FOR, _NEUTRAL, _AGAINST = "for it", "neutral", "against it"
_SHAPES = {_FOR: "triangle-up", _NEUTRAL: "circle", _AGAINST: "triangle-down"}
_CORNERS = (
    (SATISFIED, False, True),
    (CLOSELY, True, True),
    (MONITOR, False, False),
    (INFORMED, True, False),
)
"""Groups: whether interest, and whether influence, is high."""


@built
def stakeholder_chart(
    plan: CommunicationPlan, *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart who has influence, who is interested, who is against it, and who should have heard.

    Parameters
    ----------
    plan
        From `communication_plan`.
    width, theme
        As for `gantt_chart`.

    Notes
    -----
    The grid of Mendelow (1991). Symbols that would cover each other are moved a little apart.

    Examples
    --------
    >>> from pmkit.analysis.telling.communication import communication_plan
    >>> from pmkit.model.governance import Governance, Stakeholder
    >>> from pmkit.model.program import Program
    >>> from pmkit.model.settings import ProjectInfo
    >>> mayor = Stakeholder("Mayor", influence=0.9, interest=0.8, position=-0.5)
    >>> told = Program((), candidates=(ProjectInfo("Depot"),), governance=Governance((), (mayor,)))
    >>> stakeholder_chart(communication_plan(told, at="2026-04-30")).title.text
    '1 of 1 stakeholders has influence and is against it: Mayor'
    """
    entries = sorted(plan.entries, key=_weight)
    if not entries:
        return note_chart("Stakeholders", "The program has no stakeholders.", theme=theme)
    shown = entries[:_MOST]
    spots = _spots(shown, width)
    rows = [_row(one, spot, width, theme) for one, spot in zip(shown, spots, strict=True)]
    labels = _labels(rows, spots, width)
    layers: list[Any] = [*_ground(width, theme), _symbols(rows)]
    shaded = replace(theme, background=theme.shade)
    for align, is_shaded in product(("left", "right", "center"), (True, False)):
        told = [row for row in labels if (row["align"], row["shaded"]) == (align, is_shaded)]
        if told:
            at = of(*told).encode(x=_x("x"), y=_y("y"), text="label:N")
            layers += words(at, shaded if is_shaded else theme, align=align, baseline="middle")
    title, how = _title(plan), _how(plan, len(labels), len(entries))
    chart: Any = alt.layer(*layers).properties(
        width=width, height=_HEIGHT, title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {' '.join(how)}",
    )  # fmt: skip
    return themed(chart, theme)


def _weight(one: ToTell) -> tuple[bool, bool, float]:
    """Whoever matters most comes first, and gets a label first."""
    who = one.stakeholder
    return not one.is_opponent, not one.overdue_days, -who.influence * (0.5 + who.interest)


def _stance(position: float) -> str:
    return _FOR if position > 0 else _AGAINST if position < 0 else _NEUTRAL


def _share(value: float) -> float:
    """Where 0 to 1 stands on an axis that has room at both ends."""
    return (value + _EDGE) / (1 + 2 * _EDGE)


def _spots(entries: list[ToTell], width: int) -> list[tuple[float, float]]:
    """Pixels of each symbol; one that would cover another stands beside it."""
    found: list[tuple[float, float]] = []
    for one in entries:
        x = _share(one.stakeholder.interest) * width
        y = (1 - _share(one.stakeholder.influence)) * _HEIGHT
        step = 0
        at = x
        while any(abs(at - a) < _APART and abs(y - b) < _APART for a, b in found):
            step = -step if step > 0 else 1 - step  # beside it, right and left in turn
            at = x + step * _APART
        found.append((min(max(at, _RADIUS), width - _RADIUS), y))
    return found


def _row(one: ToTell, spot: tuple[float, float], width: int, theme: Theme) -> dict[str, Any]:
    who = one.stakeholder
    stance = _stance(who.position)
    color = {_FOR: theme.opportunity, _NEUTRAL: theme.total_float, _AGAINST: theme.critical}[stance]
    late = f"{one.overdue_days} days overdue" if one.overdue_days else ""
    name = shortened(who.name or who.id, 32)
    return {
        "x": round(spot[0] / width, 5), "y": round(1 - spot[1] / _HEIGHT, 5),
        "name": shortened(who.name or who.id, 60), "role": shortened(who.role, 60),
        "stance": stance, "color": color, "fill": theme.background if late else color,
        "label": f"{name} (late)" if late else name,
        "influence": who.influence, "interest": who.interest, "position": who.position,
        "group": one.group, "due": "nothing due" if one.due is None else str(one.due), "late": late,
    }  # fmt: skip


def _labels(
    rows: list[dict[str, Any]], spots: list[tuple[float, float]], width: int
) -> list[dict[str, Any]]:
    """Names where there is room: not on symbols, and not on the names of the groups."""
    # the names of the groups stand along both edges
    edge = [(x, y, 9.0) for y in (10.0, _HEIGHT - 10.0) for x in range(0, width, 14)]
    points = [(x, y, float(_RADIUS)) for x, y in spots] + edge
    names = [row["label"] for row in rows] + [""] * len(edge)
    places = free_places(points, names, width, _HEIGHT)[: len(rows)]
    return [
        {"x": round(at[0] / width, 5), "y": round(1 - at[1] / _HEIGHT, 5), "align": at[2],
         "label": row["label"], "shaded": row["group"] == CLOSELY}
        for at, row in zip(places, rows, strict=True) if at is not None
    ]  # fmt: skip


def _axis(title: str) -> alt.Axis:
    at = [_share(0), _share(HALF), _share(1)]
    label = f"format((datum.value * {1 + 2 * _EDGE:g} - {_EDGE:g}), '.1~f')"
    return alt.Axis(title=title, values=at, labelExpr=label, ticks=False, domain=False)


def _x(field: str, axis: Any = alt.Undefined) -> alt.X:
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=axis)


def _y(field: str, axis: Any = alt.Undefined) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=axis)


def _ground(width: int, theme: Theme) -> list[alt.Chart]:
    """The four groups: the one to manage closely is shaded, each has its name in its corner."""
    half = _share(HALF)
    fields = [
        {"x": half if right else 0, "x2": 1 if right else half, "y": half if high else 0,
         "y2": 1 if high else half, "color": theme.shade if name == CLOSELY else theme.background}
        for name, right, high in _CORNERS
    ]  # fmt: skip
    aside, above = 8 / width, 10 / _HEIGHT
    names = [
        {"x": 1 - aside if right else aside, "y": 1 - above if high else above,
         "name": name.capitalize(), "align": "right" if right else "left"}
        for name, right, high in _CORNERS
    ]  # fmt: skip
    ground = of(*fields).mark_rect(aria=False, tooltip=None).encode(
        x=_x("x", _axis("Interest")), x2="x2:Q", y=_y("y", _axis("Influence")), y2="y2:Q",
        color=alt.Color("color:N", scale=None),
    )  # fmt: skip
    line: dict[str, Any] = {"color": theme.baseline, "strokeDash": [4, 4], "aria": False}
    lines = [
        of({"x": half}).mark_rule(**line).encode(x=_x("x")),
        of({"y": half}).mark_rule(**line).encode(y=_y("y")),
    ]
    captions = [
        of(*(n for n in names if n["align"] == align)).mark_text(
            align=align, baseline="middle", color=theme.muted, fontWeight="bold", fontSize=NOTE + 1,
            aria=False, tooltip=None,
        ).encode(x=_x("x"), y=_y("y"), text="name:N")
        for align in ("left", "right")
    ]  # fmt: skip
    return [ground, *lines, *captions]


def _symbols(rows: list[dict[str, Any]]) -> alt.Chart:
    """Who it is: up for it, down against it, round neutral; hollow where they should have heard."""
    shape = alt.Shape(
        "stance:N", legend=None,
        scale=alt.Scale(domain=list(_SHAPES), range=list(_SHAPES.values())),
    )  # fmt: skip
    tooltip = [
        alt.Tooltip("name:N", title="Stakeholder"), alt.Tooltip("role:N", title="Role"),
        alt.Tooltip("group:N", title="How"), alt.Tooltip("stance:N", title="Position"),
        alt.Tooltip("influence:Q", title="Influence"), alt.Tooltip("interest:Q", title="Interest"),
        alt.Tooltip("due:N", title="Due"), alt.Tooltip("late:N", title="Late"),
    ]  # fmt: skip
    return of(*rows).mark_point(size=130, strokeWidth=2, opacity=1, aria=False).encode(
        x=_x("x"), y=_y("y"), shape=shape, tooltip=tooltip,
        stroke=alt.Stroke("color:N", scale=None), fill=alt.Fill("fill:N", scale=None),
    )  # fmt: skip


def _title(plan: CommunicationPlan) -> str:
    count = len(plan.entries)
    if plan.opponents:
        names = _listed(plan, plan.opponents)
        one = len(plan.opponents) == 1
        verb = "has influence and is" if one else "have influence and are"
        return f"{len(plan.opponents)} of {count} stakeholders {verb} against it: {names}"
    if plan.overdue:
        names = _listed(plan, plan.overdue)
        return f"{len(plan.overdue)} of {count} stakeholders should have heard by now: {names}"
    word = "The one stakeholder has" if count == 1 else f"All {count} stakeholders have"
    return f"{word} heard in time, and nobody with influence is against it"


def _listed(plan: CommunicationPlan, ids: tuple[str, ...]) -> str:
    names = [shortened(plan[id_].stakeholder.id, 22) for id_ in ids[:_NAMED]]
    return ", ".join(names) + (f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else "")


def _how(plan: CommunicationPlan, labelled: int, count: int) -> list[str]:
    how = ["Triangle up, green: for it. Down, orange: against it. Circle: neutral. Hollow: should "
           f"have heard by {plan.at}."]  # fmt: skip
    if count > _MOST:
        how.append(f"The {_MOST} of {count} that matter most.")
    if labelled < min(count, _MOST):
        how.append("Where names would cover each other, point at a symbol to read it.")
    return how
