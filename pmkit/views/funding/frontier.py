"""What every budget buys: the best value from half of it to half as much again."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.analysis.funding.funding import Funding
from pmkit.analysis.funding.manual_line import ManualLine
from pmkit.views.building import built
from pmkit.views.funding.amounts import AmountAxis
from pmkit.views.marks import of, words
from pmkit.views.note import note_chart
from pmkit.views.theme import LIGHT, WIDTH, Theme, money_text, themed

_HEIGHT = 300  # pixels
_WAYS = {"by benefit per money": "by ratio", "by benefit": "by benefit", "by score": "by score"}


@built
def frontier_chart(
    funding: Funding, *, line: ManualLine | None = None, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart the best value at every budget, the choice of today, and what ranked lists reach.

    Parameters
    ----------
    funding
        From `fund`, with a budget.
    line
        From `Funding.manual`: a choice made by hand, marked in place of the best one.
    width, theme
        As for `gantt_chart`.

    Examples
    --------
    >>> from pmkit.analysis.funding.fund import fund
    >>> from pmkit.model.program import Program
    >>> from pmkit.model.settings import ProjectInfo
    >>> told = {"A": (6, 10), "B": (5, 8), "C": (5, 8)}
    >>> infos = (ProjectInfo(i, money={"cost": c, "benefit": b}) for i, (c, b) in told.items())
    >>> frontier_chart(fund(Program((), candidates=tuple(infos)), 10)).title.text
    'The budget of 10 buys 16; 1 more would buy 18'
    """
    if not funding.has_budget:
        return note_chart("Frontier", "No budget limits the choice.", theme=theme)
    table = funding.frontier
    rows: list[dict[str, Any]] = [dict(zip(table.columns, told, strict=True))
                                  for told in table.itertuples(index=False)]  # fmt: skip
    steps = [row for row in rows if row["selected"]]
    if not steps:
        return note_chart("Frontier", "At no budget there is a choice.", theme=theme)
    currency = funding.program.settings.currency
    budget = funding.whole_budget
    best: list[dict[str, Any]] = [
        {"budget": _clean(at), "value": _clean(row["value"]),
         "text": f"{money_text(row['value'], currency)} from {money_text(row['budget_from'])} on",
         "projects": f"{len(row['selected'])} projects"}
        for row in steps for at in (row["budget_from"], row["budget_to"])
    ]  # fmt: skip
    hand: list[dict[str, Any]] = [
        {"budget": budget, "value": _clean(row["value"]), "name": f"{_WAYS[str(way)]}: "
         f"{money_text(row['value'])}"}
        for way, row in zip(funding.by_hand.index, funding.by_hand.to_dict("records"), strict=True)
        if way in _WAYS and not row["breaks"]
    ]  # fmt: skip
    now = _today(funding, line)
    values = [row["value"] for row in (*best, *hand, now)]
    ends = [row["budget"] for row in best]
    word = "Budget" if funding.question.total is not None else "Budget of all years, changed alike"
    of_money = f" ({currency})" if currency else ""
    x = AmountAxis(min(ends), max(ends), word + of_money).channel(alt.X, "budget")
    y = AmountAxis.of(values, f"Value{of_money}", has_zero=False).channel(alt.Y, "value")
    base = of(*best).encode(x=x, y=y)
    tooltip = [alt.Tooltip("text:N", title="Value"), alt.Tooltip("projects:N", title="Choice")]
    today = of(now).encode(x=x, y=y)
    layers: list[Any] = [
        base.mark_line(color=theme.has_float, strokeWidth=2.2, aria=False),
        base.mark_point(opacity=0, size=160, aria=False).encode(tooltip=tooltip),
        of({"budget": budget}).mark_rule(color=theme.today, strokeDash=[4, 3], aria=False)
        .encode(x=x),
        today.mark_point(filled=True, size=110, opacity=1, color=theme.today, aria=False),
        *words(today.encode(text="name:N"), theme, align="right", dx=-9, dy=-9,
               fontWeight="bold"),
    ]  # fmt: skip
    if lower := _apart([row for row in hand if row["value"] < funding.value * 0.999], values):
        other = of(*lower).encode(x=x, y=y)
        layers += [
            other.mark_point(shape="diamond", filled=False, size=80, strokeWidth=2,
                             color=theme.critical, opacity=1, aria=False),
            *words(other.encode(text="name:N"), theme, align="left", dx=9),
        ]  # fmt: skip
    title, how = _heading(funding, line, steps, bool(lower))
    chart: Any = alt.layer(*layers).properties(
        width=width, height=_HEIGHT, title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {' '.join(how)}",
    )  # fmt: skip
    return themed(chart, theme)


def _today(funding: Funding, line: ManualLine | None) -> dict[str, Any]:
    """The mark at the budget of today."""
    currency, value = funding.program.settings.currency, funding.value
    name = f"today: {money_text(value, currency)}"
    if line is not None:
        value, count = line.value, len(line.breaks)
        broken = f", breaks {count} limit{'' if count == 1 else 's'}" if count else ""
        name = f"your choice: {money_text(value, currency)}{broken}"
    return {"budget": funding.whole_budget, "value": _clean(value), "name": name}


def _clean(amount: float) -> float:
    """Leave out the dust of the solver: the picture is the same on every machine."""
    return float(f"{amount:.8g}")


def _apart(rows: list[dict[str, Any]], values: list[float]) -> list[dict[str, Any]]:
    """Join ways whose words would stand on each other."""
    room = (max(values) - min(values)) * 16 / _HEIGHT
    found: list[dict[str, Any]] = []
    for row in sorted(rows, key=lambda r: -r["value"]):
        if found and found[-1]["value"] - row["value"] < room:
            found[-1] = {**found[-1], "name": f"{found[-1]['name']}, {row['name']}"}
        else:
            found.append(row)
    return found


def _heading(
    funding: Funding, line: ManualLine | None, steps: list[dict[str, Any]], has_hand: bool
) -> tuple[str, list[str]]:
    currency, budget = funding.program.settings.currency, funding.whole_budget
    title = f"The budget of {money_text(budget, currency)} buys {money_text(funding.value)}"
    room = 1e-9 * max(budget, 1.0)
    more = [row for row in steps if row["budget_from"] > budget + room
            and row["value"] > funding.value]  # fmt: skip
    if line is not None:
        title = (f"Your choice brings {money_text(line.value, currency)}; at best the budget of "
                 f"{money_text(budget)} buys {money_text(funding.value)}")  # fmt: skip
    elif more:
        extra = money_text(more[0]["budget_from"] - budget)
        title += f"; {extra} more would buy {money_text(more[0]['value'])}"
    looked = "" if funding.is_frontier_exact else ", looked at each per cent"
    how = [f"Line: the best choice at each budget{looked}."]
    if has_hand:
        how.append("Diamonds: what a ranked list reaches with the same money.")
    return title, how
