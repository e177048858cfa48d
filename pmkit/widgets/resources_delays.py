"""Rows of the table of delayed activities, and why each waits."""

from __future__ import annotations

from html import escape
from typing import Any

from pmkit.analysis.resourcing.levelling import LevelledSchedule
from pmkit.views.theme import number_text, short_day_text, shortened, titled

HEADINGS = ["Activity", "Delay (days)", "Start by logic", "Start levelled", "Waits for"]
_LEAST = 1e-6
_MOST = 200
_LETTERS = 44


def delayed(levelled: LevelledSchedule) -> list[str]:
    """Return the activities that start later than logic asks, the longest delay first."""
    delays = dict(zip(levelled.ids, levelled.delay.tolist(), strict=True))
    found = [id_ for id_, delay in delays.items() if delay > _LEAST]
    return sorted(found, key=lambda id_: -delays[id_])[:_MOST]


def rows(levelled: LevelledSchedule, ids: list[str]) -> list[list[str]]:
    """Return the cells of the table."""
    network = levelled.plan.network
    position = {id_: i for i, id_ in enumerate(levelled.ids)}
    both: list[Any] = [levelled.early_start, levelled.start]
    if levelled.is_dated:
        both = [levelled.dates("early_start").tolist(), levelled.dates("start").tolist()]
    found = []
    for id_ in ids:
        i = position[id_]
        wait = levelled.waits.get(id_)
        found.append(
            [
                shortened(titled(id_, network[id_].name), _LETTERS),
                number_text(round(float(levelled.delay[i]), 2)),
                *(
                    short_day_text(column[i]) if levelled.is_dated
                    else f"day {number_text(round(float(column[i]), 2))}"
                    for column in both
                ),
                "what comes before it" if wait is None else wait.resource,
            ]
        )  # fmt: skip
    return found


def explained(levelled: LevelledSchedule, id_: str) -> str:
    """Return why an activity waits, as markup."""
    explanation = levelled.explain(id_)
    lines = "".join(f"<li>{escape(line)}</li>" for line in explanation.lines)
    return f"<p><strong>{escape(explanation.title)}</strong></p><ul>{lines}</ul>"
