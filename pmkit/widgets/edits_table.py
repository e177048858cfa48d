"""What edits do to the figures of a status: as opened, and now."""

from __future__ import annotations

from html import escape
from math import isfinite

from pmkit.views.status_words import index_text
from pmkit.views.theme import day_text, days_text, money_text
from pmkit.widgets.reading import Reading

_MINUS = "\u2212"


def edits_table(opened: Reading, now: Reading, cost: str, time: str) -> str:
    """Return the table as markup; nothing where no edit is made.

    Parameters
    ----------
    opened, now
        The plan as opened, and with the edits.
    cost, time
        The forecasts to show.
    """
    if now is opened:
        return ""
    rows = [("Finish", *(_finish(reading) for reading in (opened, now)), _moved(opened, now))]
    if opened.status is not None and now.status is not None:
        both = (opened.status, now.status)
        eac = [status.eac(cost) for status in both]
        currency = now.status.currency
        rows += [
            ("Forecast", *(_when(reading, time) for reading in (opened, now)), ""),
            ("EAC", *(_money(value, currency) for value in eac), _step(eac, currency)),
            ("CPI", *(index_text(status.cpi) for status in both), ""),
            ("SPI(t)", *(index_text(status.spi_t) for status in both), ""),
        ]
    body = []
    for title, before, after, step in rows:
        told = f"<span class='pmkit-delta'>{escape(step)}</span>" if step else ""
        strong = f"<b>{escape(after)}</b>" if after != before else escape(after)
        body.append(
            f"<tr><th scope='row'>{escape(title)}</th><td>{escape(before)}</td>"
            f"<td>{strong}{told}</td></tr>"
        )
    return (
        "<div class='pmkit-table pmkit-narrow'><table><thead><tr><td></td>"
        "<th scope='col'>As opened</th><th scope='col'>Now</th></tr></thead>"
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _finish(reading: Reading) -> str:
    finish = reading.schedule.finish_date
    return (
        day_text(finish) if finish else days_text(reading.schedule.finish).replace("working ", "")
    )


def _when(reading: Reading, method: str) -> str:
    status = reading.status
    assert status is not None
    days = status.eac_t(method)
    if not isfinite(days):
        return "\u2013"
    finish = status.date_of(days)
    return day_text(finish) if finish else f"{round(days, 1):g} {status.unit}"


def _moved(opened: Reading, now: Reading) -> str:
    days = round(now.schedule.finish - opened.schedule.finish, 1)
    if not days:
        return "no change"
    unit = "day" if abs(days) == 1 else "days"
    return f"{abs(days):g} {unit} {'later' if days > 0 else 'earlier'}"


def _money(value: float, currency: str) -> str:
    return money_text(value, currency) if isfinite(value) else "\u2013"


def _step(values: list[float], currency: str) -> str:
    step = values[1] - values[0]
    if not isfinite(step) or abs(step) < 0.5:
        return ""
    return f"{'+' if step > 0 else _MINUS}{money_text(abs(step), currency)}"
