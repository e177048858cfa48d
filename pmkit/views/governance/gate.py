"""The options at a gate: what each brings and costs from here on, and which is worth most."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.analysis.gating.gate_option import GateOption
from pmkit.analysis.gating.gate_review import GateReview
from pmkit.views.building import built
from pmkit.views.marks import of
from pmkit.views.theme import (
    LABEL,
    LIGHT,
    NOTE,
    WIDTH,
    Theme,
    money_text,
    number_text,
    shortened,
    themed,
)

_ROW, _BAR = 74, 26  # pixels
_NAMES, _VALUE = 92, 92  # pixels on the left and on the right
_LETTER = 6.2  # pixels
_PAD = 8
_MIDDLE = 0.34  # of the bar, as a share of its row
_MINUS = "\u2212"
_PARTS = (
    ("benefit", "benefit", 1, "scenario"),
    ("recovered", "comes back", 1, "has_float"),
    ("cost_to_complete", "to complete", -1, "critical"),
    ("other_costs", "other costs", -1, "today"),
    ("dependants", "lost elsewhere", -1, "summary"),
)
"""Column of the table, word, sign in the value, and colour of the theme."""


@built
def gate_chart(review: GateReview, *, width: int = WIDTH, theme: Theme = LIGHT) -> alt.LayerChart:
    """Chart what each option at a gate brings and costs from here on, and what that leaves.

    Parameters
    ----------
    review
        From `review_gate`.
    width, theme
        As for `gantt_chart`; names and values stand inside the width.

    Notes
    -----
    To the right of zero what comes, to the left what goes; the triangle is the value, what is left.

    Examples
    --------
    >>> from pmkit.analysis.gating.gate_review import review_gate
    >>> from pmkit.model.governance import Gate, Governance
    >>> from pmkit.model.program import Program
    >>> from pmkit.model.settings import ProjectInfo
    >>> depot = ProjectInfo("Depot", money={"benefit": 120})
    >>> gate = Gate("G1", "Depot", cost_to_complete=100, recoverable=5, holding_cost=2)
    >>> plan = Program((), candidates=(depot,), governance=Governance(gates=(gate,)))
    >>> gate_chart(review_gate(plan, "G1")).title.text
    'Depot: fund is worth most, 20, 6 more than pause'
    """
    options = list(review.options)
    segments = [one for n, option in enumerate(options) for one in _segments(n, option, theme)]
    ends = [0.0, *(one[key] for one in segments for key in ("start", "end")),
            *(option.value for option in options)]  # fmt: skip
    domain = [min(ends), max(ends)] if max(ends) > min(ends) else [0.0, 1.0]
    left, right = _NAMES + _PAD, width - _VALUE - _PAD
    scale = alt.Scale(domain=domain, range=[left, right], nice=False, zero=False)
    per_pixel = (domain[1] - domain[0]) / (right - left)
    for one in segments:
        room = abs(one["end"] - one["start"]) / per_pixel
        one["text"] = next((t for t in one.pop("texts") if _LETTER * len(t) + 8 < room), "")
    rows = [_row(n, option, review, left) for n, option in enumerate(options)]
    layers = [
        *_ground(rows, scale, theme), *_bars(segments, scale, theme),
        *_values(rows, scale, theme), *_words(rows, width, theme),
    ]  # fmt: skip
    title, how = _title(review), _how(review)
    chart: Any = alt.layer(*layers).properties(
        width=width, height=_ROW * len(options), title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {' '.join(how)}",
    )  # fmt: skip
    return themed(chart, theme)


def _segments(row: int, option: GateOption, theme: Theme) -> list[dict[str, Any]]:
    """The parts of an option, from zero to either side."""
    found = []
    end = {True: 0.0, False: 0.0}
    for column, word, sign, color in _PARTS:
        amount = sign * getattr(option, column)
        if not amount:
            continue
        side = amount > 0
        start = end[side]
        end[side] = start + amount
        shown = money_text(abs(amount))
        found.append({
            "row": row, "option": str(option.verdict), "part": word, "start": start,
            "end": end[side], "amount": _signed(amount), "color": getattr(theme, color),
            "texts": [f"{word} {shown}", shown],
        })  # fmt: skip
    return found


def _row(n: int, option: GateOption, review: GateReview, left: float) -> dict[str, Any]:
    best = option is review.best
    name = str(option.verdict).capitalize()
    note = "best" if best else "mandatory" if option.barred else ""
    return {
        "row": n, "option": str(option.verdict), "name": name, "note": note,
        "value": option.value, "shown": _signed(option.value), "sum": _sum(option),
        "best": best, "left": left, "who": f"the {option.deciders.lowest}",
        "full": shortened(option.label, 60),
    }  # fmt: skip


def _sum(option: GateOption) -> str:
    """The arithmetic in words, so that no colour has to be read."""
    parts = []
    for column, word, sign, _ in _PARTS:
        amount = sign * getattr(option, column)
        if amount:
            what = f"{word} {money_text(abs(amount))}"
            parts.append((_MINUS if amount < 0 else "+", what))
    if not parts:
        return "nothing comes, nothing goes"
    first, *rest = parts
    lead = f"{_MINUS} {first[1]}" if first[0] == _MINUS else first[1]
    return " ".join([lead, *(f"{sign} {what}" for sign, what in rest)])


def _signed(amount: float) -> str:
    text = money_text(abs(amount))
    return f"{_MINUS}{text}" if amount < 0 and text != "0" else text


def _y(field: str, rows: int) -> alt.Y:
    scale = alt.Scale(domain=[0, rows], range=[0, _ROW * rows], nice=False)
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def _ground(rows: list[dict[str, Any]], scale: alt.Scale, theme: Theme) -> list[alt.Chart]:
    """A band behind the best option, and the line from which everything is counted."""
    count = len(rows)
    best = [{"top": row["row"] + 0.02, "low": row["row"] + 0.98} for row in rows if row["best"]]
    band = of(*best).mark_rect(color=theme.shade, aria=False, tooltip=None).encode(
        y=_y("top", count), y2="low:Q"
    )  # fmt: skip
    base = of(*rows).transform_calculate(
        zero="0", top=f"datum.row + {_MIDDLE - 0.75 * _BAR / _ROW}",
        low=f"datum.row + {_MIDDLE + 0.75 * _BAR / _ROW}",
    )  # fmt: skip
    zero = base.mark_rule(color=theme.muted, aria=False, tooltip=None).encode(
        x=alt.X("zero:Q", scale=scale, axis=None), y=_y("top", count), y2="low:Q"
    )
    return [band, zero]


def _bars(segments: list[dict[str, Any]], scale: alt.Scale, theme: Theme) -> list[alt.Chart]:
    """The parts of each option, with their words where these fit."""
    if not segments:
        return []
    count = max(one["row"] for one in segments) + 1
    high = _BAR / _ROW
    base = of(*segments).transform_calculate(
        top=f"datum.row + {_MIDDLE - high / 2}", low=f"datum.row + {_MIDDLE + high / 2}",
        middle=f"datum.row + {_MIDDLE}", centre="(datum.start + datum.end) / 2",
    )  # fmt: skip
    tooltip = [alt.Tooltip("option:N", title="Option"), alt.Tooltip("part:N", title="Part"),
               alt.Tooltip("amount:N", title="Amount")]  # fmt: skip
    rows = max(count, 1)
    bar = base.mark_rect(aria=False, stroke=theme.background, strokeWidth=1).encode(
        x=alt.X("start:Q", scale=scale, axis=None), x2="end:Q", y=_y("top", rows), y2="low:Q",
        color=alt.Color("color:N", scale=None), tooltip=tooltip,
    )  # fmt: skip
    text = base.mark_text(
        fontSize=NOTE + 1, color=theme.background, baseline="middle", aria=False, tooltip=None
    ).encode(x=alt.X("centre:Q", scale=scale, axis=None), y=_y("middle", rows), text="text:N")
    return [bar, text]


def _values(rows: list[dict[str, Any]], scale: alt.Scale, theme: Theme) -> list[alt.Chart]:
    """A triangle below each bar, where its value stands."""
    base = of(*rows).transform_calculate(edge=f"datum.row + {_MIDDLE + (_BAR / 2 + 4) / _ROW}")
    tooltip = [alt.Tooltip("full:N", title="Option"), alt.Tooltip("shown:N", title="Value"),
               alt.Tooltip("who:N", title="May decide")]  # fmt: skip
    mark = base.mark_point(
        shape="triangle-up", size=80, fill=theme.text, stroke=theme.background, strokeWidth=1,
        opacity=1, aria=False,
    )  # fmt: skip
    return [
        mark.encode(x=alt.X("value:Q", scale=scale, axis=None), y=_y("edge", len(rows)),
                    tooltip=tooltip)
    ]  # fmt: skip


def _words(rows: list[dict[str, Any]], width: int, theme: Theme) -> list[alt.Chart]:
    """Options on the left, values on the right, the arithmetic below each bar."""
    count = len(rows)
    layers: list[alt.Chart] = []
    style: dict[str, Any] = {"aria": False, "tooltip": None, "baseline": "middle"}
    for is_best, weight in ((True, "bold"), (False, "normal")):
        told = [row for row in rows if row["best"] is is_best]
        if not told:
            continue
        at = of(*told).transform_calculate(middle=f"datum.row + {_MIDDLE}")
        look: dict[str, Any] = {"color": theme.text, "fontSize": LABEL + 1, "fontWeight": weight}
        for align, x, text in (("left", _PAD, "name"), ("right", width - _PAD, "shown")):
            look["align"] = align
            mark = at.mark_text(**style, **look)
            layers.append(mark.encode(x=alt.value(x), y=_y("middle", count), text=f"{text}:N"))
    base = of(*rows).transform_calculate(below="datum.row + 0.76", beneath="datum.row + 0.58")
    note = base.mark_text(align="left", color=theme.muted, fontSize=NOTE, **style).encode(
        x=alt.value(_PAD), y=_y("beneath", count), text="note:N"
    )
    sums = base.encode(x=alt.value(_NAMES + _PAD), y=_y("below", count), text="sum:N")
    told = sums.mark_text(align="left", color=theme.muted, fontSize=NOTE, **style)
    return [*layers, note, told]


def _title(review: GateReview) -> str:
    best = review.best
    rivals = [o for o in review.options if o is not best and not o.barred]
    second = max(rivals, key=lambda option: option.value)
    project, currency = shortened(review.project, 24), review.currency
    worth = _worth(best.value, currency)
    gain = best.value - second.value
    if gain <= 1e-6 * max(1.0, abs(best.value)):
        return f"{project}: {best.verdict} and {second.verdict} are worth the same, {worth}"
    if best.value < 0:
        return (f"{project}: {best.verdict} loses least, {worth}, "
                f"{_worth(gain, currency)} less than {second.verdict}")  # fmt: skip
    return (f"{project}: {best.verdict} is worth most, {worth}, "
            f"{_worth(gain, currency)} more than {second.verdict}")  # fmt: skip


def _worth(amount: float, currency: str) -> str:
    text = money_text(abs(amount), currency)
    return f"{_MINUS}{text}" if amount < 0 and text.split(" ")[-1] != "0" else text


def _how(review: GateReview) -> list[str]:
    unit = f" In {review.currency}." if review.currency else ""
    how = [f"Right of zero what comes, left what goes; the triangle is what is left.{unit}"]
    said = []
    if review.discount_rate is not None:
        said.append(f"Present values at {review.base}, {number_text(100 * review.discount_rate)} % "
                    "a year.")  # fmt: skip
    if review.spent:
        said.append(f"{money_text(review.spent)} spent so far is in none of them.")
    said.append(f"The {review.authority} may decide.")
    return [*how, " ".join(said)]
