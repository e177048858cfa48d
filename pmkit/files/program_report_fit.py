"""How much stands on the page, so that it is one page of A4 whatever the program."""

from __future__ import annotations

from collections.abc import Sequence

from pmkit.files.program_report_facts import ReportFacts

MOST = {"decisions": 6, "projects": 8, "interfaces": 4, "years": 5, "benefits": 5, "said": 6}
"""Rows of each block; the page says how many more there are."""

LONGEST = 104
"""Letters of a sentence, which has two lines."""

_ROOM = 270.0  # millimetres, of 278 that the margins leave
_ROW, _LINE, _HEAD = 5.35, 3.9, 10.5  # a row, each further line of it, a block without its rows
_HALF = 52  # letters in half the width of the page


def fit(facts: ReportFacts) -> float:
    """Return by how much the page is made smaller when it is printed: 1 for not at all.

    From its rows and the lines that they take, counted on the side of too many: a letter is taken
    for as wide as in the widest font that may stand in.
    """
    high = 20.0 + 9.0  # header, footer
    high += _HEAD + _decisions(facts)
    high += _HEAD + 10 + _ROW * (min(len(facts.status.projects), MOST["projects"]) + 1)
    high += _HEAD + 5 + _ROW * min(len(facts.interfaces), MOST["interfaces"])
    years = {*facts.money.budget_by_year, *facts.money.forecast_by_year}
    money = _ROW * (min(len(years), MOST["years"]) + 1) + 19
    high += _HEAD + max(money, _ROW * (min(len(facts.benefits), MOST["benefits"]) + 1) + 5)
    changes = facts.changes.sentences if facts.changes is not None else ("",)
    high += 8 + max(_said(facts.exceptions), _said(changes))
    return min(1.0, _ROOM / high)


def _decisions(facts: ReportFacts) -> float:
    shown = facts.decisions[: MOST["decisions"]]
    lines = [
        max(len(one.what) + len(one.project) > 48, len(one.role) + len(one.person) > 28,
            len(one.recommended) > 36)
        for one in shown
    ]  # fmt: skip
    return _ROW * len(shown) + _LINE * sum(lines) + 5


def _said(sentences: Sequence[str]) -> float:
    shown = sentences[: MOST["said"]]
    return 5 + sum(5.2 + _LINE * (len(one) > _HALF) for one in shown)
