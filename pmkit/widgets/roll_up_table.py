"""Sums by project or by branch of the work breakdown structure, and all forecasts, as tables."""

from __future__ import annotations

from html import escape
from math import isfinite
from typing import Any

from pmkit.analysis.earning.earned_value import EarnedValue
from pmkit.analysis.earning.forecast_range import ForecastRange
from pmkit.model.program import Plan, Program
from pmkit.views.status_words import index_text
from pmkit.views.theme import day_text, money_text, number_text, share_text

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


def first_choice(plan: Plan) -> str | None:
    """Return the first way to group that makes more than one group."""
    ways = choices(plan)
    for name, (what, level) in ways.items():
        if what == "project":
            return name
        if len({".".join(a.wbs.split(".")[:level]) for a in plan.activities}) > 1:
            return name
    return next(iter(ways), None)


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
    unit = f" ({status.currency})" if status.currency else ""
    body = []
    for group, row in table.iterrows():
        cells = [_amount(row[name], "") for name in _COLUMNS]
        cells += [index_text(row["cpi"]), index_text(row["spi"])]
        cells = ["\u2013" if cell == "missing" else cell for cell in cells]
        markup = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        body.append(f"<tr><th scope='row'>{escape(str(group) or '(none)')}</th>{markup}</tr>")
    head = "".join(f"<th scope='col'>{name}</th>" for name in _HEADINGS)
    return (
        f"<div class='pmkit-table pmkit-narrow'><table><caption>{escape(title + unit)}</caption>"
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _amount(value: float, currency: str) -> str:
    return money_text(value, currency) if isfinite(value) else "\u2013"


def forecast_tables(status: EarnedValue, ranges: ForecastRange | None) -> str:
    """Return every forecast as markup, and how many simulated trials end at most there."""
    heads = {"time": ("Finish", "Trials that end by then"),
             "cost": ("Cost", "Trials that cost no more")}  # fmt: skip
    tables = []
    for kind, (title, share) in heads.items():
        head = f"<th scope='col'>{title}</th>"
        head += f"<th scope='col'>{share}</th>" if ranges is not None else ""
        methods = status.forecast.index[status.forecast["kind"] == kind]
        body = "".join(_forecast_row(status, ranges, kind, str(method)) for method in methods)
        tables.append(
            f"<div class='pmkit-table'><table><thead><tr><th scope='col'>Assumes</th>{head}</tr>"
            f"</thead><tbody>{body}</tbody></table></div>"
        )
    return f"<div class='pmkit-forecasts'>{''.join(tables)}</div>"


def _forecast_row(status: EarnedValue, ranges: ForecastRange | None, kind: str, method: str) -> str:
    row: Any = status.forecast.loc[method]
    value, text = float(row["value"]), "\u2013"
    if isfinite(value) and kind == "cost":
        text = money_text(value, status.currency)
    elif isfinite(value):
        is_date = status.is_dated and row["date"] == row["date"]
        text = day_text(row["date"]) if is_date else f"{number_text(round(value, 1))} {status.unit}"
    cells = f"<td>{escape(text)}</td>"
    if ranges is not None:
        at_most = float(ranges.table["percentile"][method])
        cells += f"<td>{share_text(at_most / 100) if isfinite(at_most) else ''}</td>"
    words = f"{escape(str(row['assumption']))} <small>{escape(method)}</small>"
    return f"<tr><th scope='row'>{words}</th>{cells}</tr>"
