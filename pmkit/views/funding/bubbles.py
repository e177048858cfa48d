"""Benefit against cost of every project: who is funded, and who is not."""

from __future__ import annotations

from math import sqrt
from typing import Any

import altair as alt

from pmkit.analysis.funding.funding import Funding
from pmkit.views.building import built
from pmkit.views.funding.amounts import AmountAxis
from pmkit.views.funding.labels import free_places
from pmkit.views.marks import of, words
from pmkit.views.note import note_chart
from pmkit.views.theme import LIGHT, WIDTH, Theme, money_text, shortened, themed

_HEIGHT = 320  # pixels
_SMALL, _LARGE = 60, 620  # square pixels
_MOST = 2000


@built
def funding_chart(funding: Funding, *, width: int = WIDTH, theme: Theme = LIGHT) -> alt.LayerChart:
    """Chart what each project costs and brings, and whether it is funded.

    Parameters
    ----------
    funding
        From `fund`.
    width, theme
        As for `gantt_chart`.

    Notes
    -----
    The benefit of a project is what falls away without it, or comes in addition with it; so one
    that brings something only together with others stands at the benefit of all of them. The size
    of a bubble is its alignment with the strategy, where there is one.

    Examples
    --------
    >>> from pmkit.analysis.funding.fund import fund
    >>> from pmkit.model.program import Program
    >>> from pmkit.model.settings import ProjectInfo
    >>> told = {"A": (6, 10), "B": (5, 8), "C": (5, 8)}
    >>> infos = (ProjectInfo(i, money={"cost": c, "benefit": b}) for i, (c, b) in told.items())
    >>> funding_chart(fund(Program((), candidates=tuple(infos)), 10)).title.text
    '2 of 3 projects funded: value 16 for 10'
    """
    rows = _rows(funding, theme)
    if not rows:
        return note_chart("Funding", "There is no project to choose.", theme=theme)
    costs, gains = [r["cost"] for r in rows], [r["benefit"] for r in rows]
    across = AmountAxis.of(costs, _title("Cost", funding), may_be_log=True)
    up = AmountAxis.of(gains, _title("Benefit", funding), may_be_log=True)
    x, y = across.channel(alt.X, "cost"), up.channel(alt.Y, "benefit")
    spots = [(width * across.share(r["cost"]), _HEIGHT * (1 - up.share(r["benefit"])),
              sqrt(r["size"]) / 2) for r in rows]  # fmt: skip
    names = [r["label"] for r in rows]
    places = free_places(spots, names, width, _HEIGHT)
    labels = [
        {"cost": across.amount(at[0] / width), "benefit": up.amount(1 - at[1] / _HEIGHT),
         "align": at[2], "label": name}
        for at, name in zip(places, names, strict=True) if at is not None
    ]  # fmt: skip
    tooltip = [
        alt.Tooltip("project:N", title="Project"), alt.Tooltip("state:N", title="Decision"),
        alt.Tooltip("cost_text:N", title="Cost"), alt.Tooltip("benefit_text:N", title="Benefit"),
        alt.Tooltip("score:Q", title="Alignment", format=".2f"),
    ]  # fmt: skip
    base = of(*rows).encode(x=x, y=y, tooltip=tooltip)
    layers: list[Any] = [
        base.mark_point(opacity=0.85, strokeWidth=1.6, aria=False).encode(
            size=alt.Size("size:Q", scale=None), stroke=alt.Stroke("color:N", scale=None),
            fill=alt.Fill("fill:N", scale=None),
        )
    ]  # fmt: skip
    for align in ("left", "right", "center"):
        told = [row for row in labels if row["align"] == align]
        if told:
            at = of(*told).encode(x=x, y=y, text="label:N")
            layers += words(at, theme, align=align, baseline="middle")
    title, how = _heading(funding, len(labels) < len(rows))
    chart: Any = alt.layer(*layers).properties(
        width=width, height=_HEIGHT, title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {' '.join(how)}",
    )  # fmt: skip
    return themed(chart, theme)


def _rows(funding: Funding, theme: Theme) -> list[dict[str, Any]]:
    currency = funding.program.settings.currency
    table = funding.table
    most = max((abs(score) for score in funding.problem.scores), default=0.0)
    rows = []
    for id_, told in zip(table.index, table.to_dict("records"), strict=True):
        strength = max(told["score"], 0.0) / most if most else 0.25
        is_in = bool(told["selected"])
        rows.append({
            "project": f"{id_} {told['name']}".strip(), "label": shortened(str(id_), 18),
            "cost": told["cost"], "benefit": told["benefit"], "score": told["score"],
            "cost_text": money_text(told["cost"], currency),
            "benefit_text": money_text(told["benefit"], currency),
            "state": "funded" if is_in else "not funded", "is_in": is_in,
            "size": round(_SMALL + (_LARGE - _SMALL) * strength, 1),
            "color": theme.has_float if is_in else theme.muted,
            "fill": theme.has_float if is_in else theme.background,
        })  # fmt: skip
    rows.sort(key=lambda row: (not row["is_in"], -row["benefit"]))
    return rows[:_MOST]


def _title(word: str, funding: Funding) -> str:
    currency = funding.program.settings.currency
    return f"{word} ({currency})" if currency else word


def _heading(funding: Funding, is_crowded: bool) -> tuple[str, list[str]]:
    currency = funding.program.settings.currency
    count, of_all = len(funding.selected), len(funding.problem.ids)
    value, cost = money_text(funding.value, currency), money_text(funding.cost, currency)
    title = f"{count} of {of_all} projects funded: value {value} for {cost}"
    how = "Filled: funded, hollow: not. Benefit: what comes with it, beside the others"
    if any(funding.problem.scores):
        how += ". Size: alignment"
    lines = [how + "."]
    if is_crowded:
        lines.append("Where names would cover each other, point at a bubble to read it.")
    if proxy := funding.program.settings.extra.get("benefit_proxy"):
        lines.append(f"Benefits are a proxy: {shortened(str(proxy), 60)}.")
    return title, lines
