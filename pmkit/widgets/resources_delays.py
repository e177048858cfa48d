"""Rows of the table of delayed activities, and why each waits."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.resourcing.levelling import LevelledSchedule
from pmkit.analysis.resourcing.waiting import Wait
from pmkit.views.theme import (
    as_datetime,
    days_text,
    number_text,
    short_day_text,
    shortened,
    titled,
)

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
    early, now = _starts(levelled)
    found = []
    for id_ in ids:
        i = position[id_]
        wait = levelled.waits.get(id_)
        found.append(
            [
                shortened(titled(id_, network[id_].name), _LETTERS),
                number_text(round(float(levelled.delay[i]), 2)),
                _when(early[i]),
                _when(now[i]),
                _reason(levelled, wait),
            ]
        )
    return found


def _reason(levelled: LevelledSchedule, wait: Wait | None) -> str:
    if levelled.aim == "smooth":
        return "nothing: moved within its float"
    return "what comes before it" if wait is None else wait.resource


def _moved(levelled: LevelledSchedule, id_: str) -> Explanation:
    """Smoothing moves work that could have begun: it waits for nobody."""
    i = levelled.ids.index(id_)
    first, now = (_when(starts[i]) for starts in _starts(levelled))
    title = f"Activity {titled(id_, levelled.plan.network[id_].name)}"
    return Explanation(
        title,
        (
            f"by logic alone it could start on {first}",
            f"it starts on {now}, {days_text(round(float(levelled.delay[i]), 2))} later, so that "
            "the peaks of the resources get lower; the finish stays",
        ),
    )


def _starts(levelled: LevelledSchedule) -> tuple[Any, Any]:
    """Starts by logic and levelled, as dates or working days."""
    if levelled.is_dated:
        return levelled.dates("early_start"), levelled.dates("start")
    return levelled.early_start, levelled.start


def _when(start: Any) -> str:
    if isinstance(start, np.datetime64):
        return short_day_text(as_datetime(start))
    return f"day {number_text(round(float(start), 2))}"


def explained(levelled: LevelledSchedule, id_: str) -> str:
    """Return why an activity waits, as markup."""
    explanation = levelled.explain(id_) if levelled.aim == "finish" else _moved(levelled, id_)
    lines = "".join(f"<li>{escape(line)}</li>" for line in explanation.lines)
    return f"<p><strong>{escape(explanation.title)}</strong></p><ul>{lines}</ul>"
