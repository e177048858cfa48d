"""Sums by project or by branch of the work breakdown structure, and all forecasts, as tables."""

from __future__ import annotations

from html import escape
from math import isfinite

from pmkit.analysis.earned_value import EarnedValue
from pmkit.analysis.forecast_range import ForecastRange
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


def forecast_table(status: EarnedValue, ranges: ForecastRange | None) -> str:
    """Return every forecast as markup, and how many simulated trials end at most there."""
    table = status.forecast
    percentiles = None if ranges is None else ranges.table["percentile"]
    body = []
    for kind, title in (("time", "Finish"), ("cost", "Cost")):
        share = "Trials that end by then" if kind == "time" else "Trials that cost no more"
        body.append(
            f"<tr class='pmkit-part'><th scope='rowgroup'>{title}</th><td></td>"
            f"<th scope='col'>{share if ranges is not None else ''}</th></tr>"
        )
        for method in table.index[table["kind"] == kind].astype(str):
            row = table.loc[method]
            value = float(row["value"])
            text = "\u2013"
            if isfinite(value) and kind == "cost":
                text = money_text(value, status.currency)
            elif isfinite(value):
                text = (
                    day_text(row["date"])
                    if status.is_dated and row["date"] == row["date"]
                    else (f"{number_text(round(value, 1))} {status.unit}")
                )
            at_most = float("nan") if percentiles is None else float(percentiles[method])
            shown = share_text(at_most / 100) if isfinite(at_most) else ""
            body.append(
                f"<tr><th scope='row'>{escape(str(row['assumption']))} <small>{escape(method)}"
                f"</small></th><td>{escape(text)}</td><td>{shown}</td></tr>"
            )
    return (
        "<div class='pmkit-table pmkit-forecasts'><table>"
        "<caption>Every forecast, and how careful it is</caption>"
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )
