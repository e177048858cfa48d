"""How far a learner has come, drawn: a row for each lesson and each domain."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.learning.standing import Standing
from pmkit.views.building import built
from pmkit.views.marks import of
from pmkit.views.note import note_chart
from pmkit.views.theme import LABEL, LIGHT, WIDTH, Theme, themed

_ROW = 24  # pixels
_NAMES = 190  # pixels on the left
_BAR = 0.44  # of a column; the words stand in what is left
_LESSON = (("Predicted", "predicted", "predictions"), ("Checks, first", "checks_right", "checks"),
           ("Cards, first", "cards_right", "cards"),
           ("Outcomes", "reached", "outcomes"))  # fmt: skip
_PRACTICE = (("Done", "answered", "number"), ("Right at first", "right", "number"),
             ("Score, first", "score", "%"), ("Luck, 50 is none", "luck", "of 100"))  # fmt: skip
_PRACTICE_NAMES = {"decisions": "Decisions of a quarter"}
_DOMAIN = (*_LESSON[:3], ("Solutions seen", "seen", "checks"))


@built
def progress_chart(
    standing: Standing, *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.VConcatChart | alt.LayerChart:
    """Chart what was predicted, right at the first answer, and reached, by lesson and by domain.

    Parameters
    ----------
    standing
        From `standing`.
    width, theme
        As for `gantt_chart`; names stand inside the width.

    Examples
    --------
    >>> from pathlib import Path
    >>> from pmkit.learning.record import Record
    >>> from pmkit.learning.standing import standing
    >>> progress_chart(standing(Record(Path("nothing.json")))).title.text
    'Nothing answered yet: begin with lesson 01'
    """
    table, domains = standing.table, standing.domains
    if not len(table):
        return note_chart("Progress", "There are no lessons.", theme=theme)
    title = _title(standing)
    how = ["A full bar: all there are. Checks and cards count as right at the first answer"]
    lessons = [(f"{number} {row['title']}", row.to_dict()) for number, row in table.iterrows()]
    by_domain = [(str(name).capitalize(), row.to_dict()) for name, row in domains.iterrows()]
    plots = [_plot(lessons, _LESSON, width, theme)]
    if by_domain:
        plots.append(_plot(by_domain, _DOMAIN, width, theme))
    practice = [(_PRACTICE_NAMES.get(str(name), str(name).capitalize()), row.to_dict())
                for name, row in standing.practice.iterrows()]  # fmt: skip
    if practice:
        plots.append(_plot(practice, _PRACTICE, width, theme))
    chart: Any = alt.vconcat(*plots, spacing=34).properties(
        title=alt.Title(text=title, subtitle=how), description=f"{title}. {how[0]}."
    )
    return themed(chart, theme)


def _title(standing: Standing) -> str:
    table = standing.table
    if not standing.answers:
        return f"Nothing answered yet: begin with lesson {table.index[0]}"
    reached, outcomes = int(table["reached"].sum()), int(table["outcomes"].sum())
    answered, right = int(table["checks_answered"].sum()), int(table["checks_right"].sum())
    return f"{reached} of {outcomes} outcomes reached, {right} of {answered} checks right at first"


def _plot(rows: list[tuple[str, dict[Any, Any]]], columns: Any, width: int, theme: Theme) -> Any:
    """Return names on the left, and for each column a bar and its words."""
    cell = (width - _NAMES) / len(columns)
    y = alt.Y("row:Q", axis=None,
              scale=alt.Scale(domain=[len(rows) - 0.5, -0.5], nice=False))  # fmt: skip
    names = of(*({"row": n, "name": name} for n, (name, _) in enumerate(rows)))
    layers: list[Any] = [
        names.mark_text(align="left", baseline="middle", color=theme.text, fontSize=LABEL,
                        aria=False, tooltip=None)
        .encode(x=alt.value(0), y=y, text="name:N")
    ]  # fmt: skip
    for place, (heading, done, there) in enumerate(columns):
        left = _NAMES + place * cell
        cells: list[dict[str, Any]] = [
            {
                "row": n, "name": name, "left": left,
                **_cell(counts, done, there),
            }
            for n, (name, counts) in enumerate(rows)
        ]  # fmt: skip
        for one in cells:
            one["all"] = left + _BAR * cell * bool(one["told"])
            one["end"] = left + _BAR * cell * one["share"]
        layers += _column(cells, heading, left, left + _BAR * cell, y, width, theme)
    return alt.layer(*layers).properties(width=width, height=_ROW * len(rows))


def _cell(counts: dict[Any, Any], done: str, there: str) -> dict[str, Any]:
    """Return how long a bar is, and its words; none where there is nothing to count."""
    if there not in counts:  # a share that has its unit instead
        share = counts[done]
        if share != share:
            return {"share": 0.0, "told": ""}
        told = f"{100 * share:.0f} {there}"
        return {"share": share, "told": told}
    if not counts[there]:
        return {"share": 0.0, "told": ""}
    return {"share": counts[done] / counts[there],
            "told": f"{int(counts[done])} of {int(counts[there])}"}  # fmt: skip


def _column(
    cells: list[dict[str, Any]],
    heading: str,
    left: float,
    right: float,
    y: alt.Y,
    width: int,
    theme: Theme,
) -> list[Any]:
    base = of(*cells).encode(y=y)
    color = theme.today if heading == "Solutions seen" else theme.scenario
    scale = alt.Scale(domain=[0, width], range=[0, width], nice=False)
    tooltip = [alt.Tooltip("name:N", title="Of"), alt.Tooltip("told:N", title=heading)]
    style: dict[str, Any] = {"align": "left", "fontSize": LABEL, "aria": False, "tooltip": None}

    def bar(field: str, paint: str) -> alt.Chart:
        return base.mark_bar(size=12, color=paint, aria=False).encode(
            x=alt.X("left:Q", axis=None, scale=scale), x2=f"{field}:Q", tooltip=tooltip
        )

    above = of({"text": heading}).mark_text(color=theme.muted, **style)
    beside = base.mark_text(color=theme.text, baseline="middle", **style)
    return [
        bar("all", theme.grid), bar("end", color),
        beside.encode(x=alt.value(right + 6), text="told:N"),
        above.encode(x=alt.value(left), y=alt.value(-8), text="text:N"),
    ]  # fmt: skip
