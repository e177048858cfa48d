"""Who does what: activities by people, with a column for what nobody covers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from pmkit.analysis.resourcing.team_result import Team
from pmkit.views.building import built
from pmkit.views.marks import of
from pmkit.views.note import note_chart
from pmkit.views.team_cells import (
    LETTER,
    NOBODY,
    cell_text,
    cells_of,
    chosen_activities,
    name_of,
    type_size,
)
from pmkit.views.theme import (
    LABEL,
    LIGHT,
    WIDTH,
    Theme,
    shortened,
    themed,
)

_NARROWEST = 24  # pixels of a column


@built
def team_chart(
    team: Team, *, most: int = 120, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart who covers the skills of each activity, and what nobody covers.

    Parameters
    ----------
    team
        What `assemble_team` returned.
    most
        Activities at most; those with a gap or with somebody who joins are kept first.
    width, theme
        As for `gantt_chart`; with very many people the chart is wider.

    Examples
    --------
    >>> from pmkit.analysis.resourcing.team import assemble_team
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.resource import Resource
    >>> plan = Project((Activity("Pipe", 3, skills=("welding", "rigging")),),
    ...                resources=(Resource("Ann", skills=("welding",)),))
    >>> team_chart(assemble_team(plan)).title.text
    '1 of 2 wanted skills covered, 1 gap: rigging in Pipe'
    """
    table = team.table
    if table.empty:
        return note_chart("Who does what", "No activity that is left wants a skill.", theme=theme)
    chosen, omitted = chosen_activities(team, most)
    cells = cells_of(team, chosen)
    parts = {cell["person"] for cell in cells if cell["cover"] != "gap"}
    everybody = [person.name for person in team.problem.people]
    people = everybody if len(everybody) <= 12 else [p for p in everybody if p in parts]
    columns = [*people, *([NOBODY] if any(cell["cover"] == "gap" for cell in cells) else [])]
    width = max(width, _NARROWEST * len(columns))
    pitch = width / len(columns)
    row = 24 if len(chosen) <= 50 else 19
    for cell in cells:
        is_gap = cell["cover"] == "gap"
        cell["x"] = len(people) if is_gap else columns.index(cell["person"])
        cell["text"] = cell_text(cell, pitch)
    marks = [_lines(len(chosen), width, row, cells, theme), *_boxes(cells, type_size(pitch), theme)]
    subtitle = ["Filled: on it by the plan.   + : joins.   ! in dashes: nobody covers it, a gap."]
    if idle := len(everybody) - len(people):
        subtitle.append(f"{idle} {'person' if idle == 1 else 'people'} without a part: not drawn.")
    if omitted:
        subtitle.append(f"{omitted} more activities, of {omitted + len(chosen)}, are not drawn.")
    title = _title(team)
    chart: Any = alt.layer(*marks).encode(
        x=_axis("x", columns, pitch), y=_axis("y", [name_of(team, id_) for id_ in chosen], row)
    )
    chart = chart.add_params(
        alt.param(name="columns", value=[shortened(name, 26) for name in columns]),
        alt.param(name="rows", value=[shortened(name_of(team, id_), 46) for id_ in chosen]),
    ).properties(
        width=width,
        height=row * len(chosen),
        title=alt.Title(text=title, subtitle=subtitle),
        description=f"Who does what. {title}.",
    )
    return themed(chart, theme)


def _title(team: Team) -> str:
    asked, gaps = len(team.table), team.gaps
    said = f"{asked - len(gaps)} of {asked} wanted {'skill' if asked == 1 else 'skills'} covered"
    if not gaps:
        return f"{said}: no gap"
    named = "; ".join(
        f"{shortened(g.skill, 24)} in {shortened(g.activity, 24)}" for g in gaps[:2]
    ) + (f" and {len(gaps) - 2} more" if gaps[2:] else "")
    return f"{said}, {len(gaps)} {'gap' if len(gaps) == 1 else 'gaps'}: {named}"


def _axis(channel: str, names: Sequence[str], step: float) -> Any:
    axis: dict[str, Any] = {"title": None, "ticks": False, "domain": False, "labelPadding": 8}
    scale = alt.Scale(domain=list(range(len(names))), paddingInner=0.12, paddingOuter=0.06)
    if channel == "y":
        return alt.Y("y:O", sort=None, scale=scale, axis=alt.Axis(
            labelExpr="rows[datum.value]", labelLimit=260, **axis))  # fmt: skip
    longest = max(len(name) for name in names)
    if (longest + 2) * LETTER * LABEL > step:
        axis |= {"labelAngle": -40, "labelAlign": "left", "labelLimit": 150}
    else:
        axis |= {"labelAngle": 0}
    return alt.X("x:O", sort=None, scale=scale, axis=alt.Axis(
        orient="top", labelExpr="columns[datum.value]", labelOverlap=False, **axis))  # fmt: skip


def _lines(count: int, width: int, row: int, cells: Sequence[dict[str, Any]], theme: Theme) -> Any:
    """A band behind each row, stronger where something is missing, that leads the eye across."""
    gaps = {cell["y"] for cell in cells if cell["cover"] == "gap"}
    rows = [{"y": y, "is_gap": y in gaps} for y in range(count)]
    return (
        of(*rows)
        .mark_rect(aria=False, tooltip=None)
        .encode(
            x=alt.value(0),
            x2=alt.value(width),
            color=alt.condition("datum.is_gap", alt.value(theme.grid), alt.value(theme.shade)),
        )
    )


def _boxes(cells: Sequence[dict[str, Any]], size: int, theme: Theme) -> list[Any]:
    """Boxes and their words, by how a skill is covered."""
    tooltip = [
        alt.Tooltip(f"{field}:N", title=name)
        for field, name in (("activity", "Activity"), ("wanted", "Skills"), ("person", "Person"),
                            ("when", "When"), ("money", "Costs"), ("reason", "Cover"))
    ]  # fmt: skip
    looks: dict[str, dict[str, Any]] = {
        "on it": {"fill": theme.has_float, "stroke": theme.has_float, "strokeWidth": 1},
        "joins": {"fill": theme.background, "stroke": theme.scenario, "strokeWidth": 2},
        "gap": {"fill": theme.critical, "fillOpacity": 0.2, "stroke": theme.critical,
                "strokeWidth": 2.5, "strokeDash": [5, 3]},
    }  # fmt: skip
    marks: list[Any] = []
    for cover, look in looks.items():
        mine = [cell for cell in cells if cell["cover"] == cover]
        if not mine:
            continue
        base = of(*mine).encode(tooltip=tooltip)
        color = theme.background if cover == "on it" else theme.text
        weight: Any = "bold" if cover == "gap" else "normal"
        marks += [
            base.mark_rect(cornerRadius=3, **look),
            base.mark_text(fontSize=size, color=color, fontWeight=weight, aria=False).encode(
                text="text:N"
            ),
        ]
    return marks
