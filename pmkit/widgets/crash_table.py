"""The table of what is crashed, dearest last, and of what could be but is not."""

from __future__ import annotations

from html import escape
from typing import Any

from pmkit.analysis.crashing import CrashPlan
from pmkit.views.theme import number_text, titled
from pmkit.views.time_cost.data import TimeCostData

_LEAST = 1e-6
_MOST = 60
_HEADINGS = ("Normal", "Shortest", "Now", "Days crashed", "Per day", "Added cost")


def crashable(crash_plan: CrashPlan) -> list[str]:
    """Return the activities that can be crashed: those that are first, the cheapest day first."""
    table: Any = crash_plan.table
    rows = table[table["normal"] - table["crash"] > _LEAST]
    order = sorted(
        rows.index,
        key=lambda id_: (not rows["days_crashed"][id_] > _LEAST, float(rows["slope"][id_])),
    )
    return [str(id_) for id_ in order]


def crash_table(data: TimeCostData, now: CrashPlan) -> str:
    """Return the table as markup, every name in it escaped."""
    table: Any = now.table
    network = now.plan.network
    body = []
    ids = crashable(now)
    for id_ in ids[:_MOST]:
        row = table.loc[id_]
        days = float(row["days_crashed"])
        spent = days > _LEAST
        used = float(row["normal"] - row["crash"] - days) <= _LEAST
        state = "as short as it goes" if spent and used else "" if spent else (
            "critical" if row["is_critical"] else "has float"
        )  # fmt: skip
        cells = [
            number_text(float(row["normal"])),
            number_text(float(row["crash"])),
            number_text(round(float(row["duration"]), 4)),
            number_text(round(days, 4)) if spent else "\u2013",
            data.money(float(row["slope"])),
            data.money(days * float(row["slope"])) if spent else "\u2013",
        ]
        name = escape(titled(id_, network[id_].name))
        if spent:
            name = f"<strong>{name}</strong>"
        if state:
            name += f" <small>{state}</small>"
        markup = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        body.append(f"<tr><th scope='row'>{name}</th>{markup}</tr>")
    if len(ids) > _MOST:
        body.append(f"<tr><th scope='row' colspan='7'>\u2026 and {len(ids) - _MOST} more</th></tr>")
    head = "".join(f"<th scope='col'>{name}</th>" for name in _HEADINGS)
    return (
        "<div class='pmkit-table pmkit-crash'><table><caption>What can be crashed, and what is"
        f"</caption><thead><tr><td></td>{head}</tr></thead>"
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )
