"""The tornado of risks: how far each moves the finish or the cost, if it occurs and if not."""

from __future__ import annotations

from typing import Any, Literal

import altair as alt

from pmkit.analysis.risking.risk_assessment import RiskAssessment
from pmkit.analysis.risking.variants import means
from pmkit.views.building import built
from pmkit.views.note import note_chart
from pmkit.views.theme import (
    LIGHT,
    NOTE,
    WIDTH,
    Theme,
    days_text,
    money_text,
    number_text,
    shortened,
    themed,
    titled,
)

_ROW = 30  # pixels
_LABELS = 280  # pixels
_LETTER = 6.7  # pixels, of a wide font: what measures the labels may have a narrower one
_NAME = 42  # letters
_SAME = {"finish": 0.005, "cost": 0.5}


@built
def risk_chart(
    assessment: RiskAssessment,
    measure: Literal["finish", "cost"] = "finish",
    *,
    top: int = 15,
    width: int = WIDTH,
    theme: Theme = LIGHT,
) -> alt.LayerChart:
    """Chart what each risk does to the mean finish or the mean cost, the widest swing first.

    Parameters
    ----------
    assessment
        Of the risks of a plan.
    measure
        ``"finish"`` in working days, or ``"cost"`` in money.
    top
        How many risks to show.
    width, theme
        As for `gantt_chart`.

    Raises
    ------
    ValueError
        For another measure.

    Examples
    --------
    >>> from pmkit.analysis.risking import assess_risks
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.risk import RiskEvent
    >>> plan = Project((Activity("A", 10),), risks=(RiskEvent("R1", "Frost", ("A",), 0.5, 4),))
    >>> risk_chart(assess_risks(plan)).title.text
    'R1 – Frost swings the mean finish most: by 4 working days'
    """
    if measure not in _SAME:
        raise ValueError(f"risk_chart: measure must be finish or cost, got {measure!r}")
    table = assessment.tornado
    low, high = f"{measure}_if_not", f"{measure}_if_it_occurs"
    swing = (table[high] - table[low]).abs()
    order = swing.sort_values(ascending=False, kind="stable").index
    chosen = [id_ for id_ in order if swing[id_] > _SAME[measure]][:top]
    what = "finish" if measure == "finish" else "cost"
    if not chosen:
        return note_chart(f"Risks and {what}", f"No risk moves the mean {what}.", theme=theme)
    base = means(assessment.now)[0 if measure == "finish" else 1]
    currency = assessment.plan.settings.currency
    rows: list[dict[str, Any]] = []
    for n, id_ in enumerate(chosen):
        name = titled(str(id_), assessment[id_].name)
        for side, word, color in ((low, "if it does not occur", theme.has_float),
                                  (high, "if it occurs", theme.critical)):  # fmt: skip
            value = float(table.loc[id_, side]) - base
            rows.append({"row": n, "name": name, "value": round(value, 4), "word": word,
                         "color": color, "text": _signed(value, measure, currency)})  # fmt: skip
    leader = shortened(rows[0]["name"], 44)
    size = float(swing[chosen[0]])
    told = days_text(size) if measure == "finish" else money_text(size, currency)
    title = f"{leader} swings the mean {what} most: by {told}"
    how = (
        "Blue, thin: if it does not occur. Orange, thick: if it occurs. All other risks as they "
        "stand"
    )
    chart: Any = alt.layer(*_layers(rows, measure, currency, theme)).properties(
        width=width, height=_ROW * len(chosen), title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {how}.",
    )  # fmt: skip
    labels = [shortened(r["name"], _NAME) for r in rows[::2]]
    return themed(chart.add_params(alt.param(name="labels", value=labels)), theme)


def _signed(value: float, measure: str, currency: str) -> str:
    if measure == "finish":
        text = number_text(round(value, 2))
        text += " d"
    else:
        sign = "\u2212" if value < 0 else ""
        text = sign + money_text(abs(value), currency)
    return text if text.startswith("\u2212") or value <= 0 else f"+{text}"


def _layers(
    rows: list[dict[str, Any]], measure: str, currency: str, theme: Theme
) -> list[alt.Chart]:
    values = [row["value"] for row in rows]
    span = (max(values) - min(0.0, *values)) or 1.0
    room = 0.14 * span
    domain = [min(0.0, min(values)) - room, max(0.0, max(values)) + room]
    unit = "working days" if measure == "finish" else currency or "money"
    axis = alt.Axis(title=f"Against the mean {measure} as it stands, {unit}", grid=True,
                    tickCount=6, format="~s" if measure == "cost" else "~g")  # fmt: skip
    x = alt.X("value:Q", axis=axis, scale=alt.Scale(domain=domain, nice=False))
    longest = max(len(shortened(row["name"], _NAME)) for row in rows)
    y = alt.Y(
        "row:O", sort=None, scale=alt.Scale(paddingInner=0.3, paddingOuter=0.2),
        axis=alt.Axis(labelExpr="labels[datum.value]", labelLimit=_LABELS, title=None, ticks=False,
                      domain=False, labelPadding=8, minExtent=min(_LABELS + 20, _LETTER * longest)),
    )  # fmt: skip
    tooltip = [alt.Tooltip("name:N", title="Risk"), alt.Tooltip("word:N", title="Shown"),
               alt.Tooltip("text:N", title="Moves it by")]  # fmt: skip
    made = []
    for word, size in (("if it does not occur", 8), ("if it occurs", 16)):
        data = alt.InlineData(values=[row for row in rows if row["word"] == word])
        base = alt.Chart(data).encode(x=x, y=y, tooltip=tooltip)
        made.append(
            base.mark_bar(size=size, aria=False).encode(
                x2=alt.datum(0), color=alt.Color("color:N", scale=None)
            )
        )
        words: dict[str, Any] = {"color": theme.text, "fontSize": NOTE, "aria": False}
        text = base.encode(text="text:N")
        made += [
            text.transform_filter("datum.value >= 0").mark_text(align="left", dx=4, **words),
            text.transform_filter("datum.value < 0").mark_text(align="right", dx=-4, **words),
        ]
    zero = alt.Chart(alt.InlineData(values=[{}])).mark_rule(color=theme.muted, aria=False)
    return [*made, zero.encode(x=alt.datum(0))]
