"""The probability and impact matrix: every risk before its response, and where that moves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt

from pmkit.analysis.risking.bands import GRAVITY, PROBABILITY, WORDS, Place, gravity_of
from pmkit.analysis.risking.risk_assessment import RiskAssessment
from pmkit.model.risk import RiskEvent, RiskKind
from pmkit.views.building import built
from pmkit.views.marks import of, words
from pmkit.views.note import note_chart
from pmkit.views.theme import LIGHT, NOTE, WIDTH, Theme, shortened, themed, titled

_CELL = 84  # pixels high
_ROWS = 3
_SHORT = 3  # letters of an id of which three stand beside each other
_ID = 9  # letters


@dataclass(frozen=True, slots=True)
class _Mark:
    """One risk at one place: before its response (hollow) or after it (filled)."""

    risk: RiskEvent
    place: Place
    is_after: bool


@built
def risk_matrix_chart(
    assessment: RiskAssessment, *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart how likely and how grave each risk is, and what its response makes of it.

    Parameters
    ----------
    assessment
        Of the risks of a plan.
    width, theme
        As for `gantt_chart`.

    Examples
    --------
    >>> from pmkit.analysis.risking import assess_risks
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> frost = RiskEvent("R1", "Frost", ("A",), 0.5, 4, response_probability=0.1)
    >>> plan = Project((Activity("A", 10),), risks=(frost,))
    >>> risk_matrix_chart(assess_risks(plan)).title.text
    '1 of 1 threats is high before its response, none after'
    """
    live = [risk for risk in assessment.risks if assessment.can_occur(risk)]
    if not live:
        return note_chart("Risk matrix", "No risk of this plan may still occur.", theme=theme)
    marks = [_Mark(risk, assessment.place(risk.id), False) for risk in live]
    marks += [
        _Mark(risk, assessment.place(risk.id, responded=True), True)
        for risk in live if risk.has_response
    ]  # fmt: skip
    places, rest = _placed(marks)
    chart: Any = alt.layer(
        *_fields(theme), *_arrows(marks, places, theme), *_symbols(places, theme),
        *_labels(places, rest, theme),
    )  # fmt: skip
    title = _title(marks)
    how = (
        "Hollow: as the register has it. Filled: with its response. Circle: threat, diamond: "
        "opportunity"
    )
    chart = chart.properties(
        width=width, height=5 * _CELL, title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {how}.",
    )  # fmt: skip
    return themed(chart, theme)


def _title(marks: list[_Mark]) -> str:
    """How many are of the gravest kind that there is, before and after."""
    threats = [m for m in marks if m.risk.kind is RiskKind.THREAT]
    what = "threats" if threats else "opportunities"
    marks = threats or marks
    every = {m.risk.id for m in marks}
    responded = {m.risk.id for m in marks if m.is_after}

    def counted(gravity: str, *, after: bool) -> int:
        return sum(
            m.place.gravity == gravity and (m.is_after or not after or m.risk.id not in responded)
            for m in marks
            if after or not m.is_after
        )

    word = next((g for g in reversed(GRAVITY) if counted(g, after=False)), GRAVITY[0])
    before, after = counted(word, after=False), counted(word, after=True)
    verb = "is" if before == 1 else "are"
    told = f"{before} of {len(every)} {what} {verb} {word}"
    if word == GRAVITY[0]:
        return told
    if not responded:
        return f"{told}; the register has no responses"
    whose = "its response" if before == 1 else "their responses"
    return f"{told} before {whose}, {after or 'none'} after"


def _placed(
    marks: list[_Mark],
) -> tuple[dict[_Mark, tuple[float, float]], dict[Any, tuple[int, float]]]:
    """A slot of its field for each mark, and how many of a field have none."""
    columns = 3 if max(len(mark.risk.id) for mark in marks) <= _SHORT else 2
    most = columns * _ROWS
    cells: dict[tuple[int, int], list[_Mark]] = {}
    for mark in marks:
        cells.setdefault((mark.place.impact, mark.place.probability), []).append(mark)
    places, rest = {}, {}
    for (column, row), held in cells.items():
        shown = held if len(held) <= most else held[: most - 1]
        if len(held) > len(shown):
            rest[column, row] = len(held) - len(shown), (columns - 1 + 0.2) / (columns + 0.1)
        for n, mark in enumerate(shown):
            x = column + (n % columns + 0.2) / (columns + 0.1)
            y = row + 1 - (n // columns + 0.62) / (_ROWS + 0.25) - 0.04
            places[mark] = (round(x, 4), round(y, 4))
    return places, rest


def _x(field: str, axis: Any = alt.Undefined) -> alt.X:
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, 5], nice=False), axis=axis)


def _y(field: str, axis: Any = alt.Undefined) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, 5], nice=False), axis=axis)


def _fields(theme: Theme) -> list[alt.Chart]:
    """The fields of the matrix: how grave each is, by colour and by word."""
    shades = {
        "light": ("#e8f3ee", "#fdf2d0", "#fbdccb"),
        "dark": ("#16302a", "#3a3215", "#472616"),
    }[theme.name]
    rows = []
    for p in range(5):
        for i in range(5):
            gravity = gravity_of(p, i)
            rows.append({"x": i, "x2": i + 1, "y": p, "y2": p + 1, "word": gravity,
                         "color": shades[GRAVITY.index(gravity)]})  # fmt: skip
    middles = [n + 0.5 for n in range(5)]
    impact = alt.Axis(
        values=middles, labelExpr=f"{list(WORDS)}[floor(datum.value)]", ticks=False, domain=False,
        title="Impact: its share of the duration or of the cost, the larger one",
    )  # fmt: skip
    words = [[w, f"{100 * v:.0f} %"] for w, v in zip(WORDS, PROBABILITY, strict=True)]
    chance = alt.Axis(
        values=middles, labelExpr=f"{words}[floor(datum.value)]", ticks=False, domain=False,
        title="Probability", minExtent=62,
    )  # fmt: skip
    base = alt.Chart(alt.InlineData(values=rows))
    fields = base.mark_rect(stroke=theme.background, strokeWidth=2, aria=False).encode(
        x=_x("x", impact), x2="x2:Q", y=_y("y", chance), y2="y2:Q",
        color=alt.Color("color:N", scale=None),
    )  # fmt: skip
    text = base.mark_text(
        align="right", baseline="bottom", dx=-5, dy=-3, color=theme.muted, fontSize=NOTE,
        aria=False,
    ).encode(x=_x("x2"), y=_y("y"), text="word:N")  # fmt: skip
    return [fields, text]


def _arrows(
    marks: list[_Mark], places: dict[_Mark, tuple[float, float]], theme: Theme
) -> list[alt.Chart]:
    """From where a risk is to where its response moves it."""
    before = {m.risk.id: places[m] for m in marks if not m.is_after and m in places}
    rows = [
        {"x": before[m.risk.id][0], "y": before[m.risk.id][1], "x2": places[m][0],
         "y2": places[m][1]}
        for m in marks
        if m.is_after and m in places and m.risk.id in before
    ]  # fmt: skip
    if not rows:
        return []
    line = alt.Chart(alt.InlineData(values=rows)).mark_rule(
        color=theme.muted, strokeWidth=1, strokeDash=[3, 3], aria=False
    )
    return [line.encode(x=_x("x"), x2="x2:Q", y=_y("y"), y2="y2:Q")]


def _symbols(places: dict[_Mark, tuple[float, float]], theme: Theme) -> list[alt.Chart]:
    rows = []
    for mark, (x, y) in places.items():
        is_threat = mark.risk.kind is RiskKind.THREAT
        color = theme.threat if is_threat else theme.opportunity
        rows.append({
            "x": x, "y": y, "shape": "circle" if is_threat else "diamond", "stroke": color,
            "fill": color if mark.is_after else theme.background,
            "name": titled(mark.risk.id, mark.risk.name),
            "what": "with its response" if mark.is_after else "as the register has it",
            "probability": f"{100 * mark.risk.probability:.3g} %" if not mark.is_after
            else f"{100 * mark.risk.residual.probability:.3g} %",
            "place": f"probability {WORDS[mark.place.probability]}, impact "
                     f"{WORDS[mark.place.impact]}: {mark.place.gravity}",
        })  # fmt: skip
    tooltip = [alt.Tooltip("name:N", title="Risk"), alt.Tooltip("what:N", title="Shown"),
               alt.Tooltip("probability:N", title="Probability"),
               alt.Tooltip("place:N", title="Place")]  # fmt: skip
    points = alt.Chart(alt.InlineData(values=rows)).mark_point(
        size=95, strokeWidth=2, opacity=1, filled=True, aria=False
    )
    return [
        points.encode(
            x=_x("x"), y=_y("y"), shape=alt.Shape("shape:N", scale=None),
            fill=alt.Fill("fill:N", scale=None), stroke=alt.Stroke("stroke:N", scale=None),
            tooltip=tooltip,
        )
    ]  # fmt: skip


def _labels(
    places: dict[_Mark, tuple[float, float]], rest: dict[Any, tuple[int, float]], theme: Theme
) -> list[alt.Chart]:  # fmt: skip
    rows = [
        {"x": x, "y": y, "text": shortened(mark.risk.id, _ID)} for mark, (x, y) in places.items()
    ]
    style: dict[str, Any] = {"align": "left", "baseline": "middle"}
    base = of(*rows).encode(x=_x("x"), y=_y("y"), text="text:N")
    made = words(base, theme, dx=9, **style)  # with paper around them: arrows pass below
    more = [{"x": c + dx, "y": r + 0.24, "text": f"+{n}"} for (c, r), (n, dx) in rest.items()]
    if more:
        base = of(*more).encode(x=_x("x"), y=_y("y"), text="text:N")
        made += words(base, theme, **style)
    return made
