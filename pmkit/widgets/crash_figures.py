"""The figures of a crash plan: what a finish costs, part by part, and what the next day costs."""

from __future__ import annotations

from math import isfinite

from pmkit.analysis.crashing import CrashPlan
from pmkit.views.theme import days_text, number_text
from pmkit.views.time_cost.data import TimeCostData
from pmkit.widgets.crash_terms import Terms
from pmkit.widgets.figure import Figure, missing

_LEAST = 1e-6


def figures(data: TimeCostData, now: CrashPlan, terms: Terms) -> list[Figure]:
    """Return the headlines of a finish.

    Parameters
    ----------
    data
        The curve.
    now
        The crash plan at the finish that is chosen.
    terms
        What a day is worth.
    """
    found = [_finish(data, now), _direct(data, now), _next_day(data, now)]
    if data.has_terms:
        found += _terms(data, now, terms)
    return found


def _finish(data: TimeCostData, now: CrashPlan) -> Figure:
    finish = float(now.finish)
    saved = round(data.finishes[-1] - finish, 4)
    words = f"{days_text(saved)} earlier than the normal pace." if saved > 0 else "The normal pace."
    first, last = data.when(data.finishes[0]), data.when(data.finishes[-1])
    return Figure(
        "finish",
        "Finish",
        _opened(data.when(finish)),
        words,
        arithmetic=(
            f"Earliest possible: {first}, after {days_text(data.finishes[0])}",
            f"Normal pace: {last}, after {days_text(data.finishes[-1])}",
            f"{number_text(data.finishes[-1])} \u2212 {number_text(round(finish, 4))} = "
            f"{days_text(saved)} earlier",
        ),
    )


def _direct(data: TimeCostData, now: CrashPlan) -> Figure:
    added = float(now.cost) - data.normal_cost
    count = int((now.table["days_crashed"] > _LEAST).sum())
    what = "1 activity is" if count == 1 else f"{count} activities are"
    words = f"{data.money(added)} more than at the normal pace: {what} crashed."
    if not count:
        words = "Nothing is crashed."
    parts = [
        f"{activity}: {number_text(row['days_crashed'])} \u00d7 {data.money(row['slope'])} = "
        f"{data.money(row['days_crashed'] * row['slope'])}"
        for activity, row in now.table.iterrows()
        if row["days_crashed"] > _LEAST and isfinite(row["slope"])
    ]
    lines = [f"Normal direct cost: {data.money(data.normal_cost)}", *parts[:12]]
    if len(parts) > 12:
        lines.append(f"\u2026 and {len(parts) - 12} more")
    lines.append(
        f"{data.money(data.normal_cost)} + {data.money(added)} = {data.money(float(now.cost))}"
    )
    return Figure(
        "cost", "Direct cost", data.money(float(now.cost)), words, arithmetic=tuple(lines)
    )


def _next_day(data: TimeCostData, now: CrashPlan) -> Figure:
    title, finish, first = "One day earlier", float(now.finish), data.finishes[0]
    if finish - first <= _LEAST:
        return missing("next", title, "Not possible", "This is the earliest finish.")
    step = min(1.0, finish - first)
    line = data.judged
    crashing = data.at("crashing", finish - step) - data.at("crashing", finish)
    change = data.at(line, finish - step) - data.at(line, finish)
    days = "" if step == 1.0 else f" ({number_text(step)} of a day, to the earliest finish)"
    lines = [f"Crashing from {data.when(finish)} to {data.when(finish - step)}: "
             f"{data.money(crashing)}{days}"]  # fmt: skip
    if not data.has_terms:
        return Figure("next", title, data.money(crashing), "What crashing it would cost.",
                      arithmetic=tuple(lines))  # fmt: skip
    saved = crashing - change
    words = f"It saves {data.money(saved)} of other cost: the total rises by {data.money(change)}."
    if change < -_LEAST * max(1.0, abs(crashing)):
        words = f"It saves {data.money(saved)} of other cost: worth {data.money(-change)}."
    lines.append(f"Indirect cost, penalty and bonus that it saves: {data.money(saved)}")
    lines.append(f"{data.money(crashing)} \u2212 {data.money(saved)} = {data.money(change)}")
    return Figure("next", title, data.money(crashing), words, arithmetic=tuple(lines))


def _terms(data: TimeCostData, now: CrashPlan, terms: Terms) -> list[Figure]:
    finish, cost, total = float(now.finish), float(now.cost), float(now.total)
    indirect = terms.indirect_cost * finish
    contract = total - cost - indirect
    found = []
    if terms.indirect_cost:
        found.append(
            Figure(
                "indirect", "Indirect cost", data.money(indirect),
                f"{data.money(terms.indirect_cost)} for each of {days_text(round(finish, 2))}.",
                arithmetic=(f"{number_text(round(finish, 4))} \u00d7 "
                            f"{data.money(terms.indirect_cost)} = {data.money(indirect)}",),
            )
        )  # fmt: skip
    due = data.crash_plan.due
    late = 0.0 if due is None else round(finish - data.days(due), 4)
    if due is not None and (terms.penalty if late > 0 else terms.bonus):
        rate, name = (terms.penalty, "Penalty") if late > 0 else (terms.bonus, "Bonus")
        way = f"{days_text(abs(late))} {'late' if late > 0 else 'early'}" if late else "On time"
        found.append(
            Figure(
                "contract", name, data.money(abs(contract)),
                f"{_opened(way)} against {data.when(data.days(due))}.",
                "bad" if late > 0 and rate else "good",
                (f"{number_text(abs(late))} \u00d7 {data.money(rate)} = "
                 f"{data.money(abs(late) * rate)}",),
            )
        )  # fmt: skip
    cheapest = float(data.crash_plan.cheapest)
    over = data.at(data.judged, finish) - data.at(data.judged, cheapest)
    is_least = over <= _LEAST * max(1.0, abs(total))
    words = "No finish is cheaper." if is_least else (
        f"{data.money(over)} more than at {data.when(cheapest)}, the cheapest."
    )  # fmt: skip
    sign = "+" if contract >= 0 else "\u2212"
    found.append(
        Figure(
            "total", "Total", data.money(total), words, "good" if is_least else "",
            (f"Total = direct + indirect + penalty \u2212 bonus = {data.money(cost)} + "
             f"{data.money(indirect)} {sign} {data.money(abs(contract))} = {data.money(total)}",),
        )
    )  # fmt: skip
    return found


def _opened(text: str) -> str:
    """The text as a sentence begins."""
    return text[:1].upper() + text[1:]
