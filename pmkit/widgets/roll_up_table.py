"""Earned value of each project, or of each branch of the work breakdown structure, as a table."""

from __future__ import annotations

from html import escape
from math import isfinite

from pmkit.analysis.earned_value import EarnedValue
from pmkit.model.program import Plan, Program
from pmkit.views.status_words import index_text
from pmkit.views.theme import money_text

_HEADINGS = ("Budget", "Planned", "Earned", "Spent", "CPI", "SPI")
_COLUMNS = ("bac", "pv", "ev", "ac")


def choices(plan: Plan) -> dict[str, tuple[str, int]]:
    """Return the ways to group this plan's activities, by name, as `EarnedValue.by` takes them.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> list(choices(Project((Activity("A", 3, wbs="1.2"),))))
    ['WBS, level 1', 'WBS, level 2']
    """
    found: dict[str, tuple[str, int]] = {}
    if isinstance(plan, Program):
        found["Project"] = ("project", 1)
    deepest = max(activity.wbs.count(".") + bool(activity.wbs) for activity in plan.activities)
    found |= {f"WBS, level {level}": ("wbs", level) for level in range(1, min(deepest, 3) + 1)}
    return found


def roll_up_table(status: EarnedValue, by: str, level: int, title: str) -> str:
    """Return the table as markup, every name in it escaped.

    Parameters
    ----------
    status
        What was measured.
    by, level
        As `EarnedValue.by` takes them.
    title
        Its caption.
    """
    table = status.by(by, level)
    body = []
    for group, row in table.iterrows():
        cells = [_amount(row[name], status.currency) for name in _COLUMNS]
        cells += [index_text(row["cpi"]), index_text(row["spi"])]
        cells = ["\u2013" if cell == "missing" else cell for cell in cells]
        markup = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        body.append(f"<tr><th scope='row'>{escape(str(group) or '(none)')}</th>{markup}</tr>")
    head = "".join(f"<th scope='col'>{name}</th>" for name in _HEADINGS)
    return (
        f"<div class='pmkit-table'><table><caption>{escape(title)}</caption>"
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _amount(value: float, currency: str) -> str:
    return money_text(value, currency) if isfinite(value) else "\u2013"
