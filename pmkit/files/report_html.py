"""A comparison as one page of html: no script, no network, and every text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from typing import Any

from pmkit.analysis.compare import EXPLAINED, PLAN, Comparison
from pmkit.analysis.figures import FIGURES, Unit, difference
from pmkit.files.report import ReportChart
from pmkit.files.report_facts import (
    answer,
    assumptions,
    day_text,
    delta_words,
    is_certain,
    moved_activities,
    report_title,
    value_text,
)
from pmkit.files.report_style import STYLE
from pmkit.model.scenario import Scenario

_MOST_ROWS = 40
"""Activities in a table; the workbook has them all."""

_PAGE = 1800
"""Pixels; a higher picture runs over several pages of paper, a lower one is fitted to one."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page(comparison: Comparison, charts: Sequence[ReportChart], made_on: date | None) -> str:
    """Return the whole page."""
    title = report_title(comparison)
    scenarios = comparison.scenarios
    made = f"<p class='muted'>Made on {day_text(made_on)}</p>" if made_on else ""
    parts = [
        f"<header><h1>{_name(title)}</h1>{made}{_answers(comparison)}</header>",
        _section("figures", "Side by side", [_figures(comparison), *_pictures(charts, "")]),
    ]
    for position, scenario in enumerate(scenarios, 1):
        parts.append(
            _section(
                f"scenario-{position}",
                f"Scenario: {_name(scenario.name)}",
                _scenario(comparison, scenario, charts),
            )
        )
    parts.append(_section("assumptions", "What the numbers rest on", [_assumptions(comparison)]))
    if comparison.plan.notes:
        notes = "".join(f"<li>{_name(note)}</li>" for note in comparison.plan.notes)
        parts.append(_section("notes", "Notes on the plan", [f"<ul>{notes}</ul>"]))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(parts)
        + "\n</main>\n</body>\n</html>\n"
    )


def _name(text: object) -> str:
    """Escape a text from the plan, and keep its writing direction to itself."""
    return f"<bdi>{escape(str(text))}</bdi>"


def _section(id_: str, heading: str, parts: Iterable[str]) -> str:
    return f"<section id='{id_}'><h2>{heading}</h2>\n" + "\n".join(parts) + "</section>"


def _answers(comparison: Comparison) -> str:
    table, currency = comparison.table, comparison.plan.network.settings.currency
    shown = "finish_date" if "finish_date" in table.index else "finish"
    after = "" if shown == "finish_date" and table.at[shown, PLAN] else "after "
    plan = f"finishes {after}{value_text(shown, table.at[shown, PLAN], currency)}"
    if "chance_of_plan_finish" in table.index and not is_certain(comparison):
        chance = value_text("chance_of_plan_finish", table.at["chance_of_plan_finish", PLAN])
        plan += f"; the chance of that is {chance}"
    items = [f"<li><b>The plan</b> {plan}.</li>"]
    items += [
        f"<li><a href='#scenario-{position}'>{_name(scenario.name)}</a> "
        f"{escape(answer(comparison, scenario.name))}</li>"
        for position, scenario in enumerate(comparison.scenarios, 1)
    ]
    return f"<ul class='answers'>{''.join(items)}</ul>"


def _table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    """Return a table whose first column heads its rows; cells are markup already."""
    columns = "".join(f"<th scope='col'>{cell}</th>" for cell in head)
    body = "".join(
        f"<tr><th scope='row'>{first}</th>{''.join(f'<td>{cell}</td>' for cell in rest)}</tr>"
        for first, *rest in rows
    )
    return (
        f"<div class='wide' role='region' tabindex='0' aria-label='{escape(caption)}'>"
        f"<table class='{kind}'><caption>{escape(caption)}</caption>"
        f"<thead><tr>{columns}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _figures(comparison: Comparison) -> str:
    names = [scenario.name for scenario in comparison.scenarios]
    rows = []
    for figure in _worth_showing(comparison):
        cells = [escape(FIGURES[figure].title), _value(comparison, figure, PLAN)]
        cells += [_value(comparison, figure, name) for name in names]
        rows.append(cells)
    head = ["Figure", "Plan", *map(_name, names)]
    return _table("The plan and its scenarios, and how far apart they are", head, rows, "figures")


def _worth_showing(comparison: Comparison) -> Iterator[str]:
    """Yield figures; dates stand with their days, and what cannot vary is told once."""
    table, names = comparison.table, list(comparison.outcomes)
    has_cost = any(outcome.cost for outcome in comparison.outcomes.values())
    for figure in table.index:
        is_money = FIGURES[figure].unit is Unit.MONEY
        certain = table.loc["cost" if is_money else "finish", names]
        repeats = "_p" in figure and table.loc[figure, names].equals(certain)
        idle = figure == "chance_of_plan_finish" and is_certain(comparison)
        hidden = repeats or idle or (is_money and not has_cost)
        if FIGURES[figure].unit is not Unit.DATE and not hidden:
            yield figure


def _value(comparison: Comparison, figure: str, name: str) -> str:
    """Return a cell: the date where there is one, the number, and the difference in words."""
    table: Any = comparison.table
    currency = comparison.plan.network.settings.currency
    shown = [f for f in (f"{figure}_date", figure) if f in table.index]
    texts = [value_text(f, table.at[f, name], currency) for f in shown]
    cell = f"<span class='value'>{escape(texts[0])}</span>"
    if texts[1:] and texts[0] != texts[1]:
        cell += f"<span class='muted'>{escape(texts[1])}</span>"
    if name == PLAN:
        return cell
    words = delta_words(figure, difference(table.at[figure, name], table.at[figure, PLAN]),
                        currency)  # fmt: skip
    return cell + f"<span class='delta'>{escape(words)}</span>"


def _scenario(
    comparison: Comparison, scenario: Scenario, charts: Sequence[ReportChart]
) -> Iterator[str]:
    yield f"<p>It {escape(answer(comparison, scenario.name))}</p>"
    if not scenario.changes:
        yield "<p>It changes nothing.</p>"
    else:
        yield _effects(comparison, scenario)
    yield from _pictures(charts, scenario.name)
    yield _moved(comparison, scenario.name)


def _effects(comparison: Comparison, scenario: Scenario) -> str:
    currency = comparison.plan.network.settings.currency
    effects = comparison.changes.xs(scenario.name, level="scenario")
    figures = [figure for figure in _worth_showing(comparison) if figure in EXPLAINED]
    rows = []
    for change, (_, row) in zip(scenario.changes, effects.iterrows(), strict=True):
        cells = [_name(change)]
        for figure in figures:
            in_order, alone = row[f"{figure}_in_order"], row[f"{figure}_alone"]
            words = delta_words(figure, in_order, currency)
            by_itself = delta_words(figure, alone, currency)
            cell = f"<span class='value'>{escape(words)}</span>"
            if alone == alone and by_itself != words:
                cell += f"<span class='muted'>by itself: {escape(by_itself)}</span>"
            cells.append(cell)
        rows.append(cells)
    if len(rows) > 1:
        totals = [effects[f"{figure}_in_order"].sum(skipna=False) for figure in figures]
        rows.append(
            [
                "All together",
                *(
                    f"<span class='value'>{escape(delta_words(f, total, currency))}</span>"
                    for f, total in zip(figures, totals, strict=True)
                ),
            ]
        )
    head = ["Change", *(escape(FIGURES[figure].title) for figure in figures)]
    return _table("What each change causes, on top of those before it", head, rows, "effects")


def _moved(comparison: Comparison, name: str) -> str:
    moved = moved_activities(comparison, name)
    if moved.empty:
        return "<p>No activity moves, and no float changes.</p>"
    shown = moved[moved["dates_moved"]].head(_MOST_ROWS)
    rest = moved.drop(shown.index)
    more = int(rest["dates_moved"].sum())
    told = []
    if more:
        told.append(f"{more:,} more activities move")
    if len(rest) > more:
        told.append(f"{len(rest) - more:,} keep their dates but not their float or criticality")
    note = f"<p class='muted'>Not in the table: {' and '.join(told)}.</p>" if told else ""
    if shown.empty:
        return note.replace("Not in the table: ", "")
    is_dated, risky = "finish_date" in shown, "criticality" in shown
    head = ["Activity", "Starts", "Finishes", "Finish moves", "Total float"]
    head += ["Criticality"] if risky else []
    rows = [_moved_row(str(id_), row, is_dated, risky) for id_, row in shown.iterrows()]
    return _table("Activities that move, the farthest first", head, rows, "moved") + note


def _moved_row(id_: str, row: Any, is_dated: bool, risky: bool) -> list[str]:
    label = _name(id_) + (
        f" <span class='muted'>{_name(row['name'])}</span>" if row["name"] else ""
    )
    days = [value_text("finish", row[name]) for name in ("start", "finish")]
    if is_dated:
        days = [day_text(row[f"{name}_date"]) for name in ("start", "finish")]
    moves = delta_words("finish", row["finish_delta"])
    if moves == "no change" and is_dated:
        moves = delta_words("finish_date", row.get("finish_date_delta"))
    float_now = value_text("finish", row["total_float"]).replace("working ", "")
    before = value_text("finish", row["total_float"] - row["total_float_delta"])
    cells = [label, *map(escape, days), escape(moves), _now_and_before(float_now, before)]
    if risky:
        now, was = (
            value_text("chance_of_plan_finish", share)
            for share in (row["criticality"], row["criticality"] - row["criticality_delta"])
        )
        cells.append(_now_and_before(now, was))
    return cells


def _now_and_before(now: str, before: str) -> str:
    before = before.replace("working ", "")
    was = f"<span class='muted'>was {escape(before)}</span>" if now != before else ""
    return escape(now) + was


def _pictures(charts: Sequence[ReportChart], scenario: str) -> Iterator[str]:
    for chart in charts:
        if chart.scenario != scenario:
            continue
        drawn = chart.light
        if chart.dark:
            drawn = f"<div class='light'>{chart.light}</div><div class='dark'>{chart.dark}</div>"
        tall = " class='tall'" if _height(chart.light) > _PAGE else ""
        yield f"<figure{tall}>{drawn}<figcaption>{escape(chart.caption)}</figcaption></figure>"


def _height(svg: str) -> float:
    found = re.search(r'<svg[^>]*\bheight="([\d.]+)"', svg)
    return float(found[1]) if found else 0.0


def _assumptions(comparison: Comparison) -> str:
    rows = [(escape(label), _name(text)) for label, text in assumptions(comparison)]
    return _table("Assumptions", ("Assumption", "Value"), rows, "facts")
