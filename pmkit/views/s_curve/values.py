"""Values at the status date, beside a piece of each line, where no curve runs."""

from __future__ import annotations

from math import isfinite

import altair as alt

from pmkit.views.marks import of, words
from pmkit.views.placing import free_box
from pmkit.views.s_curve.drawing import (
    AC,
    DASHES,
    EV,
    HEIGHT,
    PV,
    SHAPES,
    WIDTHS,
    Drawing,
)
from pmkit.views.status_words import moment_text

_LINE = 16  # pixels from one line of words to the next
_NARROW = 560  # pixels; with less, lines are short


def values(drawing: Drawing) -> list[alt.Chart]:
    """Values at the status date, each behind a piece of its line, where no curve runs."""
    data, status = drawing.data, drawing.data.status
    lines = _lines(drawing)
    head = moment_text(status, status.status_date)
    size = (6.1 * max(len(text) for _, text in lines) + 34, _LINE * (len(lines) + 1))
    drawn = [
        [(drawing.axis.pixel(x), drawing.pixel(y)) for x, y in corners]
        for corners in [*drawing.curves.values(), *drawing.leads.values()]
    ]
    now = drawing.axis.pixel(data.now)
    drawn.append([(now, 0), (now, HEIGHT)])
    known = [v for v in (status.pv, status.ev, status.ac) if isfinite(v)]
    near = (now, drawing.pixel(sum(known) / len(known)))
    left, top, *_ = free_box(size, near, drawn, (4, 4, drawing.axis.width - 4, HEIGHT - 4))
    marks = words(
        of({"text": head}).encode(
            x=alt.value(left), y=alt.value(top + _LINE / 2), text="text:N"
        ),
        drawing.theme, align="left", fontWeight="bold", color=drawing.theme.today,
    )  # fmt: skip
    for n, (name, text) in enumerate(lines, start=1):
        y = alt.value(top + _LINE * (n + 0.5))
        marks += words(
            of({"text": text}).encode(x=alt.value(left + 32), y=y, text="text:N"),
            drawing.theme, align="left",
        )  # fmt: skip
        if name not in drawing.colors:
            continue
        color = drawing.colors[name]
        sample = of({})
        marks.append(
            sample.mark_rule(
                color=color, strokeWidth=WIDTHS[name], strokeDash=DASHES[name], aria=False,
                tooltip=None,
            ).encode(x=alt.value(left), x2=alt.value(left + 26), y=y)
        )  # fmt: skip
        if name != PV:
            marks.append(
                sample.mark_point(
                    shape=SHAPES[name], size=34, filled=True, color=color, opacity=1,
                    aria=False, tooltip=None,
                ).encode(x=alt.value(left + 13), y=y)
            )  # fmt: skip
    return marks


def _lines(drawing: Drawing) -> list[tuple[str, str]]:
    """Which curve, and what is said of it; a narrow chart gives each variance its own line."""
    status = drawing.data.status
    pv, ev, ac = map(drawing.money, (status.pv, status.ev, status.ac))
    sv, cv = (
        f"{name} {drawing.variance(value)}" if isfinite(value) else ""
        for name, value in (("SV", status.sv), ("CV", status.cv))
    )
    known = isfinite(status.ac)
    if drawing.axis.width < _NARROW:
        found = [(PV, f"PV {pv}"), (EV, f"EV {ev}"), (AC, f"AC {ac}")]
        return found + [("", text) for text in (sv, cv) if text]
    return [
        (PV, f"PV {pv} planned"),
        (EV, ", ".join(filter(None, (f"EV {ev} earned", sv)))),
        (AC, ", ".join(filter(None, (f"AC {ac} spent", cv))) if known else "AC is not known"),
    ]
