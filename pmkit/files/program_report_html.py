"""A program report as one page of html: no script, no network, and every text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from html import escape
from typing import Any

from pmkit.analysis.figures import number_text
from pmkit.analysis.governing.decisions_needed import EXCEPTION, DecisionNeeded
from pmkit.analysis.governing.program_status import ProjectStatus
from pmkit.analysis.governing.rag import Rag
from pmkit.analysis.together.interface import AT_RISK, LATE, ON_TIME, Instant
from pmkit.files.program_report_facts import ReportFacts
from pmkit.files.program_report_fit import LONGEST, MOST, fit
from pmkit.files.program_report_strip import Strip, money_bar
from pmkit.files.program_report_style import STYLE
from pmkit.files.report_facts import day_text

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_HOW = {LATE: Rag.RED.symbol, AT_RISK: Rag.AMBER.symbol, ON_TIME: Rag.GREEN.symbol}
_OTHERS = 2  # gates and changes that are shown beside many exceptions
_NONE = "\u2013"
_MINUS, _TO, _DOT = "\u2212", " \u2192 ", " \u00b7 "


def page(facts: ReportFacts, made_on: date | None) -> str:
    """Return the whole page."""
    title = facts.program.name or "Program"
    money = _section("Money", _money(facts), note=facts.unit)
    benefits = _section("Benefits", _benefits(facts), note=facts.unit)
    exceptions = _section("Exceptions", _list(facts.exceptions, "Nothing is beyond tolerance."))
    body = (
        _header(facts, title, made_on), _decisions(facts), _rag(facts), _interfaces(facts),
        f"<div class='pair'>{money}{benefits}</div>",
        f"<div class='pair even'>{exceptions}{_changes(facts)}</div>",
        _footer(facts),
    )  # fmt: skip
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}: program report</title>\n<style>\n{STYLE}</style>\n</head>\n"
        f"<body>\n<main style='--fit: {fit(facts):.3f}'>\n"
        + "\n".join(body)
        + "\n</main>\n</body>\n</html>\n"
    )


# -- Blocks, in the order of the page --------------------------------------------------


def _header(facts: ReportFacts, title: str, made_on: date | None) -> str:
    status, whole = facts.status, facts.status.whole
    at = status.status_date
    parts = ["Program report"]
    if at is not None:
        parts.append(f"status at {_when(facts, at)}")
    if made_on is not None:
        parts.append(f"made on {day_text(made_on)}")
    said = f"P80 of the finish is {_instant(facts, whole.time.p80)}"
    if whole.time.limit.target is not None and whole.time.limit.value is not None:
        said += f"; committed to {_instant(facts, whole.time.limit.target)}"
        if whole.time.limit.value > whole.time.limit.target:
            said += f", at the latest {_instant(facts, whole.time.limit.value)}"
    return (
        f"<header><div><h1>{_name(title, 70)}</h1><p>{escape(_DOT.join(parts))}</p></div>"
        f"<div class='overall'>{_chip(whole.rag, is_long=True)}<p>{escape(said)}</p></div></header>"
    )


def _decisions(facts: ReportFacts) -> str:
    others = [one for one in facts.decisions if one.kind != EXCEPTION]
    first = [one for one in facts.decisions if one.kind == EXCEPTION]
    first = first[: MOST["decisions"] - min(len(others), _OTHERS)]
    rows = [
        [
            f"<b>{_name(one.project or 'Program', 24)}</b> {_name(one.what, 74)}",
            _name(one.role + (f", {one.person}" if one.person else ""), 44) or _NONE,
            _date(_by(facts, one)),
            _name(one.recommended, 52) or _NONE,
        ]
        for one in (*first, *others)[: MOST["decisions"]]
    ]
    heading = "Decisions needed"
    if not rows:
        said = "<p>None: every forecast is within its tolerance.</p>"
        return f"<section class='needed none'><h2>{heading}</h2>{said}</section>"
    head = ("What", "Who decides", "By", "Recommended")
    table = _table(heading, head, rows, (38, 22, 10.5, 29.5))
    more = _more(len(facts.decisions), MOST["decisions"])
    return f"<section class='needed'><h2>{heading}</h2>{table}{more}</section>"


def _by(facts: ReportFacts, one: DecisionNeeded) -> str:
    return "now" if one.by is None else _when(facts, one.by)


def _rag(facts: ReportFacts) -> str:
    projects = list(facts.status.projects)
    most = MOST["projects"]
    if len(projects) > most:  # the worst are shown, in the order of the program
        worst = sorted(projects, key=lambda row: -row.rag.rank)[:most]
        projects = [row for row in projects if row in worst]
    shown = (*projects, facts.status.whole)
    strip = Strip.over(shown)
    rows = [_project(facts, row, strip) for row in shown]
    head = ("Project", "RAG", "Time", "Cost", "Reported", "Finish, P80", "Against plan", "",
            "Cost, P80", "SPI", "SPI(t)", "CPI")  # fmt: skip
    widths = (20, 8.6, 5.4, 5.4, 9.2, 10.4, 10, 11.6, 7, 4, 5, 3.4)
    table = _table("Status of every project", head, rows, widths,
                   numbers=(8, 9, 10, 11), last="whole")  # fmt: skip
    hidden = len(facts.status.projects) - len(projects)
    more = f"<p class='more'>and {hidden:,} more, none of them worse</p>" if hidden > 0 else ""
    note = "green: P80 within tolerance; amber: P50 within, P80 beyond; red: P50 beyond"
    key = (
        "<p class='more'>Strip: <b>|</b> commitment, grey its tolerance, bar P50 to P80 of the "
        "finish. Cost: P80 against budget. <b>\u2260</b> reported better than computed.</p>"
    )
    return _section("Status", f"{table}{more}{key}", note=note)


def _project(facts: ReportFacts, row: ProjectStatus, strip: Strip) -> list[str]:
    label = _name(row.project or "Program", 24)
    if row.project and row.name and row.name != row.project:
        label += f" <span class='muted'>{_name(row.name, 30)}</span>"
    reported = _NONE
    if row.reported is not None:
        flag = " <b>\u2260</b>" if row.is_overstated else ""
        reported = f"<span class='date'>{row.reported.symbol} {row.reported}{flag}</span>"
    cost = row.cost.p80
    over = _NONE
    if row.cost.limit.target:
        share = 100 * (cost / row.cost.limit.target - 1)
        over = f"{share:+.1f} %".replace("-", _MINUS)
    late = _NONE
    if row.time.limit.target is not None:
        late = _days(row.time.p80 - row.time.limit.target)
    return [
        f"<div class='one'>{label}</div>", _chip(row.rag, is_long=True),
        _chip(row.time.rag), _chip(row.cost.rag), reported,
        _date(_instant(facts, row.time.p80)), _date(late),
        strip.draw(row, lambda days: _instant(facts, days)), escape(over),
        *(_index(row.values[name]) for name in ("spi", "spi_t", "cpi")),
    ]  # fmt: skip


def _interfaces(facts: ReportFacts) -> str:
    heading, days = "Interfaces", facts.days
    unit = "days" if facts.status.schedule.is_dated else "working days"
    note = f"what projects deliver to each other in the next {days:,} {unit}"
    if not facts.interfaces:
        return _section(heading, "<p class='muted'>None.</p>", note=note)
    rows = []
    for one in facts.interfaces[: MOST["interfaces"]]:
        owners = _TO.join(who or _NONE for who in (one.giving_owner, one.taking_owner))
        moments = [f"<span class='date'>{escape(_at(facts, at))}</span>"
                   for at in (one.promised, one.forecast, one.needed)]  # fmt: skip
        rows.append([
            f"<div class='one'>{_name(one.what, 48)}</div>",
            f"<div class='one'>{_name(one.giving_project + _TO + one.taking_project, 40)}</div>",
            f"<div class='one'>{_name(owners, 48)}</div>",
            *moments, _date(f"{_HOW.get(one.status, '')} {one.status}"),
        ])  # fmt: skip
    head = ("Delivery", "From \u2192 to", "Owners", "Promised", "Forecast", "Needed", "Stands")
    widths = (22, 14.5, 25, 10.4, 10.4, 10.4, 7.3)
    table = _table("Interfaces that come", head, rows, widths)
    return _section(
        heading, table + _more(len(facts.interfaces), MOST["interfaces"]), note=note
    )  # fmt: skip


def _money(facts: ReportFacts) -> str:
    money, size = facts.money, facts.size
    rows = [["Total", *(_amount(one, size) for one in (money.budget, money.spent, money.forecast,
                                                       money.p80))]]  # fmt: skip
    years = sorted({*money.budget_by_year, *money.forecast_by_year})
    for year in years[: MOST["years"]]:
        budget, forecast = (_amount(of.get(year, 0.0), size)
                            for of in (money.budget_by_year, money.forecast_by_year))  # fmt: skip
        rows.append([str(year), budget, "", forecast, ""])
    head = ("", "Budget", "Spent", "Forecast", "P80")
    table = _table("Money", head, rows, (16, 21, 21, 21, 21), numbers=(1, 2, 3, 4), first="total")
    cpi, to_come = facts.status.whole.values["cpi"], ""
    if cpi == cpi and money.budget == money.budget and cpi > 0:
        to_come = f"<p class='key'>At the CPI so far, {cpi:.2f}, it would cost " \
                  f"{_amount(money.budget / cpi, size)}</p>"  # fmt: skip
    return table + _more(len(years), MOST["years"], "year") + money_bar(money) + to_come


def _benefits(facts: ReportFacts) -> str:
    found, size = facts.benefits, facts.size
    if not found:
        return "<p class='muted'>No benefits are told.</p>"
    rows = [
        [
            f"<div class='one'>{_name(one.name, 60)}</div>",
            f"<div class='one'>{_name(one.owner, 40) if one.owner else '<b>nobody</b>'}</div>",
            *(_amount(money, size) for money in (one.planned, one.forecast, one.realised)),
        ]
        for one in found[: MOST["benefits"]]
    ]  # fmt: skip
    realised = [one.realised for one in found if one.realised == one.realised]
    rows.append([
        "All", "", _amount(sum(one.planned for one in found), size),
        _amount(sum(one.forecast for one in found), size),
        _amount(sum(realised), size) if realised else _NONE,
    ])  # fmt: skip
    head = ("", "Owner", "Planned", "Forecast", "Realised")
    widths = (42, 25, 11.5, 11.5, 10)
    table = _table("Benefits", head, rows, widths, numbers=(2, 3, 4), last="total", kind="plain")
    return table + _more(len(found), MOST["benefits"])


def _changes(facts: ReportFacts) -> str:
    heading = "Changes since the last report"
    if facts.changes is None:
        return _section(heading, "<p class='muted'>No earlier report was given.</p>")
    before = facts.changes.before.status_date
    note = "" if before is None else f"of {_when(facts, before)}"
    return _section(
        heading, _list(facts.changes.sentences, "Nothing has moved."), note=note
    )  # fmt: skip


def _footer(facts: ReportFacts) -> str:
    status = facts.status
    said = [
        f"Forecasts: {status.trials:,} trials of the program as one network, seed {status.seed}; "
        f"correlation {status.correlation}",
        f"Decisions go up at P{100 * facts.escalation.confidence:g}",
        "SPI, SPI(t), CPI from sums", *status.notes[:2],
    ]  # fmt: skip
    return f"<footer>{_DOT.join(_name(one, 160) for one in said)}</footer>"


# -- Pieces ----------------------------------------------------------------------------


def _name(text: object, most: int) -> str:
    """Escape a text from the plan, cut it, and keep its writing direction to itself."""
    told = " ".join(str(text).split())
    if len(told) > most:
        told = told[: most - 1].rstrip() + "\u2026"
    return f"<bdi>{escape(told)}</bdi>" if told else ""


def _section(heading: str, content: str, *, note: str = "") -> str:
    small = f" <small>{escape(note)}</small>" if note else ""
    return f"<section><h2>{heading}{small}</h2>{content}</section>"


def _table(
    caption: str, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float],
    *, numbers: Iterable[int] = (), first: str = "", last: str = "", kind: str = "",
) -> str:  # fmt: skip
    """Return a table; cells are markup already, the first of a row heads it."""
    right = set(numbers)

    def mark(n: int) -> str:
        return " class='n'" if n in right else ""

    heads = "".join(
        f"<th scope='col'{mark(n)} style='width:{width:g}%'>{cell}</th>"
        for n, (cell, width) in enumerate(zip(head, widths, strict=True))
    )
    body = []
    for place, row in enumerate(rows):
        mine = first if place == 0 else last if place == len(rows) - 1 else ""
        cells = "".join(f"<td{mark(n)}>{cell}</td>" for n, cell in enumerate(row) if n)
        opened = f"<tr class='{mine}'>" if mine else "<tr>"
        body.append(f"{opened}<th scope='row'>{row[0]}</th>{cells}</tr>")
    return (
        f"<div class='wide {kind}'><table aria-label='{escape(caption)}'>"
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _list(sentences: Sequence[str], nothing: str) -> str:
    if not sentences:
        return f"<p class='muted'>{escape(nothing)}</p>"
    items = "".join(f"<li>{_name(one, LONGEST)}</li>" for one in sentences[: MOST["said"]])
    return f"<ul>{items}</ul>{_more(len(sentences), MOST['said'])}"


def _more(count: int, most: int, what: str = "") -> str:
    left = count - most
    if left <= 0:
        return ""
    told = f" {what}{'' if left == 1 else 's'}" if what else ""
    return f"<p class='more'>and {left:,} more{told}</p>"


def _chip(rag: Rag, *, is_long: bool = False) -> str:
    """A colour with its symbol, and its word or letter."""
    word = str(rag) if is_long else rag.letter
    spoken = "" if is_long else f" title='{rag}'"
    return f"<span class='chip {rag}'{spoken}>{rag.symbol} {word}</span>"


def _date(text: str) -> str:
    return f"<span class='date'>{escape(text)}</span>"


def _instant(facts: ReportFacts, days: float) -> str:
    """An instant of the schedule as a date, or as the day of a plan without dates."""
    if days != days:
        return _NONE
    schedule = facts.status.schedule
    if not schedule.is_dated:
        return f"day {number_text(round(days, 1))}"
    return day_text(schedule.date_of(days).item())


def _at(facts: ReportFacts, moment: Instant) -> str:
    """An instant of an interface: its date, or its day."""
    if not moment.is_known:
        return _NONE
    return _when(facts, moment.days if moment.date is None else moment.date)


def _when(facts: ReportFacts, moment: Any) -> str:
    if isinstance(moment, date | datetime):
        return day_text(moment)
    return f"day {number_text(round(float(moment), 1))}"


def _days(days: float) -> str:
    """How many working days later or earlier, in words that need no sign."""
    text = number_text(round(abs(days), 1))
    if text == "0":
        return "on it"
    return f"{text} d {'later' if days > 0 else 'earlier'}"


def _amount(amount: float, size: float) -> str:
    """An amount in the unit that all amounts of the page share."""
    return _NONE if amount != amount else f"{amount / size:,.0f}".replace("-", _MINUS)


def _index(value: float) -> str:
    return _NONE if value != value else f"{value:.2f}"
