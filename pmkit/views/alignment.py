"""Projects against objectives: who serves what, who opposes it, and what that comes to."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import altair as alt

from pmkit.analysis.aligning.alignment import Alignment
from pmkit.views.building import built
from pmkit.views.marks import of
from pmkit.views.note import note_chart
from pmkit.views.theme import LABEL, LIGHT, NOTE, WIDTH, Theme, shortened, themed

_ROW = 34  # pixels
_NAMES, _SCORE = 150, 86  # pixels on the left and on the right
_MOST = 40
_WIDE = 90  # pixels of a column that has room for words
_LETTER = 6.8  # pixels, of a wide font
_MINUS = "\u2212"
_SHADES = {"light": ("#d55e00", "#0072b2"), "dark": ("#ee7214", "#56b4e9")}


@built
def alignment_chart(
    alignment: Alignment, *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart what each project contributes to each objective, the best aligned project first.

    Parameters
    ----------
    alignment
        From `align`.
    width, theme
        As for `gantt_chart`; names and scores stand inside the width.

    Examples
    --------
    >>> from pmkit.analysis.aligning.alignment import align
    >>> from pmkit.data import sample
    >>> alignment_chart(align(sample())).title.text
    'Fleet is aligned best (0.615), Training least (0.000)'
    """
    table, weights = alignment.table, alignment.weights
    contributions = dict(
        zip(alignment.projects, alignment.contributions.to_numpy(float).tolist(), strict=True)
    )
    projects = [str(project) for project in table.index][:_MOST]
    objectives = [str(objective) for objective in weights.index]
    if not objectives or not projects:
        return note_chart("Alignment", "There is nothing to compare.", theme=theme)
    cell = (width - _NAMES - _SCORE) / len(objectives)
    names = {one.id: one.name or one.id for one in alignment.strategy.objectives}
    cells = [
        {
            "row": n, "column": k, "project": project, "objective": names[objective],
            "score": score, "text": f"{score:+.2g}".replace("-", _MINUS) if score else "",
            "strength": round(0.08 + 0.72 * abs(score), 3), "weight": f"{100 * weight:.3g} %",
            "color": _SHADES[theme.name][score > 0] if score else theme.shade,
            "ink": theme.background if abs(score) >= 0.8 and theme.name == "dark" else theme.text,
        }
        for n, project in enumerate(projects)
        for k, (objective, weight, score) in enumerate(
            zip(objectives, weights.tolist(), contributions[project],
                strict=True)
        )
    ]  # fmt: skip
    totals = [
        {"row": n, "project": shortened(p, int(_NAMES / _LETTER)), "score": _signed(s)}
        for n, (p, s) in enumerate(zip(projects, table["score"].tolist(), strict=False))
    ]
    letters = max(int(cell / _LETTER) - 1, 4)
    word = "weight " if cell > _WIDE else ""
    heads = [
        {"column": k, "name": line, "weight": f"{word}{100 * w:.3g} %" if n == 0 else "",
         "at": -22 - 14 * n}
        for k, (o, w) in enumerate(zip(objectives, weights.tolist(), strict=True))
        for n, line in enumerate(reversed(_lines(names[o], letters)))
    ]  # fmt: skip
    chart: Any = alt.layer(*_fields(cells, cell, len(projects)),
                           *_names(totals, heads, cell, width, len(projects), theme))  # fmt: skip
    title, how = _title(alignment), _how(alignment, len(projects))
    chart = chart.properties(
        width=width, height=_ROW * len(projects), title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {how}.",
    )  # fmt: skip
    return themed(chart, theme)


def _signed(score: float) -> str:
    return f"{score:.3f}".replace("-", _MINUS)


def _lines(name: str, letters: int) -> list[str]:
    """A name on one line, or two."""
    return wrap(name, letters, max_lines=2, placeholder="\u2026") or [""]


def _title(alignment: Alignment) -> str:
    table = alignment.table
    first, last = str(table.index[0]), str(table.index[-1])
    best, worst = (_signed(score) for score in (table["score"].iloc[0], table["score"].iloc[-1]))
    if len(table) == 1 or best == worst:
        return f"{shortened(first, 40)}: score {best}"
    return f"{shortened(first, 30)} is aligned best ({best}), {shortened(last, 30)} least ({worst})"


def _how(alignment: Alignment, shown: int) -> str:
    how = "Blue: serves the objective, orange and below 0: opposes it. Right: weighted score"
    if alignment.orphans:
        how += f". Serve nothing: {shortened(', '.join(alignment.orphans), 40)}"
    if alignment.unserved:
        how += f". Served by nobody: {shortened(', '.join(alignment.unserved), 40)}"
    if len(alignment.projects) > shown:
        how += f". The first {shown} of {len(alignment.projects)}"
    return how


def _y(field: str, rows: int) -> alt.Y:
    scale = alt.Scale(domain=[rows - 0.5, -0.5], nice=False)
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def _x(field: str, cell: float) -> alt.X:
    """Columns of the same width, beside the names."""
    scale = alt.Scale(domain=[0, 1], range=[_NAMES, _NAMES + cell], nice=False)
    return alt.X(f"{field}:Q", axis=None, scale=scale)


def _fields(cells: list[dict[str, Any]], cell: float, rows: int) -> list[alt.Chart]:
    """A field for each contribution, darker where it is stronger, with its number."""
    base = of(*cells).transform_calculate(
        left="datum.column", right="datum.column + 1", middle="datum.column + 0.5",
        low="datum.row - 0.47", high="datum.row + 0.47",
    )  # fmt: skip
    tooltip = [
        alt.Tooltip("project:N", title="Project"), alt.Tooltip("objective:N", title="Objective"),
        alt.Tooltip("score:Q", title="Contribution"), alt.Tooltip("weight:N", title="Weight"),
    ]  # fmt: skip
    field = base.mark_rect(aria=False).encode(
        x=_x("left", cell), x2="right:Q", y=_y("low", rows), y2="high:Q", tooltip=tooltip,
        color=alt.Color("color:N", scale=None),
        opacity=alt.Opacity("strength:Q", scale=None),
    )  # fmt: skip
    text = base.mark_text(fontSize=LABEL, aria=False, tooltip=None).encode(
        x=_x("middle", cell), y=_y("row", rows), text="text:N",
        color=alt.Color("ink:N", scale=None),
    )  # fmt: skip
    return [field, text]


def _names(
    totals: list[dict[str, Any]], heads: list[dict[str, Any]], cell: float, width: int, rows: int,
    theme: Theme,
) -> list[alt.Chart]:  # fmt: skip
    """Projects on the left, scores on the right, objectives with their weights above."""
    style: dict[str, Any] = {"aria": False, "tooltip": None, "baseline": "middle"}
    side = of(*totals).encode(y=_y("row", rows))
    above = of(*heads).transform_calculate(middle="datum.column + 0.5")
    return [
        side.mark_text(align="left", color=theme.text, fontSize=LABEL, **style).encode(
            x=alt.value(0), text="project:N"
        ),
        side.mark_text(align="right", color=theme.text, fontWeight="bold", **style).encode(
            x=alt.value(width), text="score:N"
        ),
        above.mark_text(color=theme.text, fontSize=LABEL, **style).encode(
            x=_x("middle", cell), y=alt.Y("at:Q", scale=None, axis=None), text="name:N"
        ),
        above.mark_text(color=theme.muted, fontSize=NOTE, **style).encode(
            x=_x("middle", cell), y=alt.value(-8), text="weight:N"
        ),
    ]
