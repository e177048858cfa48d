"""Who does what: activities by people, with a column for what nobody covers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from pmkit.analysis.resourcing.team_result import Team
from pmkit.views.marks import of
from pmkit.views.note import note_chart
from pmkit.views.theme import (
    LABEL,
    LIGHT,
    NOTE,
    WIDTH,
    Theme,
    as_datetime,
    day_text,
    days_text,
    money_text,
    number_text,
    shortened,
    themed,
    titled,
)

NOBODY = "Nobody"
_SAID = {"on it": "on it by the plan", "joins": "joins", "gap": "a gap: nobody covers it"}
_MARKS = {"on it": "", "joins": "+", "gap": "!"}
_LETTER = 0.5  # of the size of type: how wide a letter is on average
_NARROWEST = 24  # pixels of a column


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
    chosen, omitted = _chosen(team, most)
    cells = _cells(team, chosen)
    parts = {cell["person"] for cell in cells}
    everybody = [person.name for person in team.problem.people]
    people = everybody if len(everybody) <= 12 else [p for p in everybody if p in parts]
    columns = [*people, *([NOBODY] if NOBODY in parts else [])]
    width = max(width, _NARROWEST * len(columns))
    pitch = width / len(columns)
    row = 24 if len(chosen) <= 50 else 19
    for cell in cells:
        cell["x"], cell["text"] = columns.index(cell["person"]), _text(cell, pitch)
    marks = [_lines(len(chosen), width, row, cells, theme), *_boxes(cells, _size(pitch), theme)]
    subtitle = ["Filled: on it by the plan.   + : joins.   ! in dashes: nobody covers it, a gap."]
    if idle := len(everybody) - len(people):
        subtitle.append(f"{idle} {'person' if idle == 1 else 'people'} without a part: not drawn.")
    if omitted:
        subtitle.append(f"{omitted} activities whose own people cover them are not drawn.")
    title = _title(team)
    chart: Any = alt.layer(*marks).encode(
        x=_axis("x", columns, pitch), y=_axis("y", [_name(team, id_) for id_ in chosen], row)
    )
    chart = chart.add_params(
        alt.param(name="columns", value=[shortened(name, 26) for name in columns]),
        alt.param(name="rows", value=[shortened(_name(team, id_), 46) for id_ in chosen]),
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


def _chosen(team: Team, most: int) -> tuple[list[str], int]:
    """Ids of the activities that are drawn, in the order of the plan, and how many are not."""
    cover = team.table["cover"].groupby(level=0, sort=False)
    ids = [str(id_) for id_, _ in cover]
    rank = {"gap": 0, "joins": 1, "on it": 2}
    need = [min(rank[one] for one in covers) for _, covers in cover]
    kept = sorted(sorted(range(len(ids)), key=lambda n: (need[n], n))[:most])
    return [ids[n] for n in kept], len(ids) - len(kept)


def _name(team: Team, id_: str) -> str:
    return titled(id_, team.plan.network[id_].name)


def _cells(team: Team, chosen: Sequence[str]) -> list[dict[str, Any]]:
    """One cell for each activity and person (or nobody), with its skills."""
    currency = team.plan.network.settings.currency
    place = {id_: y for y, id_ in enumerate(chosen)}
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for id_, said in zip(team.table.index, team.table.to_dict("records"), strict=True):
        if id_ not in place:
            continue
        key = (id_, said["person"] or NOBODY, said["cover"])
        cell = found.setdefault(key, {
            "y": place[id_], "person": key[1], "cover": key[2], "activity": _name(team, id_),
            "skills": [], "when": _when(team, said), "costs": 0.0, "said": _SAID[key[2]],
            "why": [],
        })  # fmt: skip
        cell["skills"].append(said["skill"])
        cell["costs"] += said["cost"]
        if said["reason"]:
            cell["why"].append(f"{said['skill']}: {said['reason']}")
    for cell in found.values():
        cell["wanted"] = ", ".join(cell["skills"])
        cell["money"] = "nothing more"
        if cell["cover"] == "joins":
            cell["money"] = money_text(cell["costs"], currency)
        cell["reason"] = "; ".join(cell.pop("why")) or cell["said"]
        del cell["costs"]
    return list(found.values())


def _when(team: Team, said: dict[Any, Any]) -> str:
    ends = [said["start"], said["finish"]]
    texts = [f"day {number_text(end)}" for end in ends]
    if team.schedule.is_dated:
        texts = [day_text(as_datetime(said[name])) for name in ("start_date", "finish_date")]
    return f"{' to '.join(dict.fromkeys(texts))}, {days_text(said['days'])}"


def _text(cell: dict[str, Any], pitch: float) -> str:
    """As much as the cell has room for: its skills, the first and how many more, or a sign."""
    sign, skills = _MARKS[cell["cover"]], cell.pop("skills")
    room = int((0.88 * pitch - 4) / (_LETTER * _size(pitch))) - (2 if sign else 0)
    told = ", ".join(skills)
    if len(told) > room and len(skills) > 1:
        more = f" +{len(skills) - 1}"
        told = shortened(skills[0], max(room - len(more), 1)) + more
    if room < 5:
        return sign or ("\u2713" if len(skills) == 1 else str(len(skills)))
    return f"{sign} {shortened(told, room)}".strip()


def _size(pitch: float) -> int:
    return LABEL if pitch > 100 else NOTE


def _axis(channel: str, names: Sequence[str], step: float) -> Any:
    axis: dict[str, Any] = {"title": None, "ticks": False, "domain": False, "labelPadding": 8}
    scale = alt.Scale(domain=list(range(len(names))), paddingInner=0.12, paddingOuter=0.06)
    if channel == "y":
        return alt.Y("y:O", sort=None, scale=scale, axis=alt.Axis(
            labelExpr="rows[datum.value]", labelLimit=260, **axis))  # fmt: skip
    longest = max(len(name) for name in names)
    if (longest + 2) * _LETTER * LABEL > step:
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
        "gap": {"fill": theme.critical, "fillOpacity": 0.2, "stroke": theme.critical, "strokeWidth": 2.5,
                "strokeDash": [5, 3]},
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
