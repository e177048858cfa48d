"""The interfaces of a roadmap as a small table below it, by number."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.analysis.together.interface import AT_RISK, LATE, Interface
from pmkit.views.marks import of
from pmkit.views.theme import LABEL, NOTE, shortened
from pmkit.views.together.canvas import Canvas, short, signed_days

LINE = 20
"""Pixels of a line."""

_LETTER = 6.1  # pixels


def table_layers(canvas: Canvas, listed: list[Interface], top: float) -> list[alt.Chart]:
    """Return the lines of the table: number, what, from whom to whom, dates, floats, status."""
    if not listed:
        return []
    theme, width = canvas.theme, canvas.width
    edges = {"pair": 0.36, "forecast": 0.57, "needed": 0.675, "own": 0.81, "whole": 0.9}
    at = {"what": 22.0, **{name: share * width for name, share in edges.items()}, "status": width}
    letters = {
        name: int((at[following] - at[name] - 8) / _LETTER)
        for name, following in (("what", "pair"), ("pair", "forecast"))
    }
    rows: list[dict[str, Any]] = []
    for n, one in enumerate(listed, start=1):
        troubled = one.status in (LATE, AT_RISK)
        rows.append({
            "y": top + LINE * n, "number": str(n), "what": shortened(one.what, letters["what"]),
            "pair": shortened(f"{one.giving_project} \u2192 {one.taking_project}", letters["pair"]),
            "forecast": short(one.forecast), "needed": short(one.needed),
            "own": signed_days(one.project_float), "whole": signed_days(one.total_float),
            "status": one.status,
            "shape": {LATE: "square", AT_RISK: "diamond"}.get(one.status, "circle"),
            "color": theme.critical if troubled else theme.has_float,
            "weight": "bold" if one.status == LATE else "normal",
        })  # fmt: skip
    heads = {
        "what": "Handed over", "pair": "From \u2192 to", "forecast": "Forecast", "needed": "Needed",
        "own": "project", "whole": "program", "status": "Status",
    }  # fmt: skip
    base = of(*rows)
    style: dict[str, Any] = {"aria": False, "tooltip": None, "baseline": "middle"}
    small: dict[str, Any] = {"fontSize": NOTE, "color": theme.muted, **style}
    above = of({"text": "Float to", "y": top - 13}).mark_text(align="right", **small)
    layers = [above.encode(x=alt.value(at["own"]), y=canvas.y(), text="text:N")]
    for name, x in at.items():
        align: Any = "right" if name in ("own", "whole", "status") else "left"
        head = of({"text": heads[name], "y": top}).mark_text(align=align, **small)
        cell = base.mark_text(align=align, fontSize=LABEL, color=theme.text, **style)
        layers.append(head.encode(x=alt.value(x), y=canvas.y(), text="text:N"))
        layers.append(cell.encode(x=alt.value(x), y=canvas.y(), text=f"{name}:N"))
    mark = base.mark_point(filled=True, size=200, opacity=1, aria=False, tooltip=None)
    number = base.mark_text(fontSize=NOTE, fontWeight="bold", color=theme.background, dy=0.5,
                            **style)  # fmt: skip
    return [
        *layers,
        mark.encode(x=alt.value(8), y=canvas.y(), color=alt.Color("color:N", scale=None),
                    shape=alt.Shape("shape:N", scale=None)),
        number.encode(x=alt.value(8), y=canvas.y(), text="number:N"),
    ]  # fmt: skip
