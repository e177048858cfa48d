"""Choices of projects, drawn: what is funded, every budget, and how surely."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

from pmkit.analysis.funding.fund import fund
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.views.funding import confidence_chart, frontier_chart, funding_chart
from pmkit.views.show import svg
from pmkit.views.theme import DARK
from tests.funding_cases import candidates

ABC = candidates({"A": (6, 10), "B": (5, 8), "C": (5, 9)})


def _texts(chart: Any) -> list[str]:
    return [e.text or "" for e in ET.fromstring(svg(chart)).iter() if e.tag.endswith("text")]


def test_every_project_has_its_bubble_and_its_name_and_says_whether_it_is_funded() -> None:
    chart = funding_chart(fund(ABC, 10))
    rows = chart.layer[0].data.values
    assert {(row["project"], row["state"]) for row in rows} == {
        ("A", "not funded"), ("B", "funded"), ("C", "funded")
    }  # fmt: skip
    assert {"A", "B", "C"} <= set(_texts(chart))
    assert chart.title.text == "2 of 3 projects funded: value 17 for 10"


def test_funded_or_not_is_not_carried_by_colour_alone() -> None:
    rows = funding_chart(fund(ABC, 10), theme=DARK).layer[0].data.values
    fills = {row["state"]: row["fill"] for row in rows}
    assert fills["not funded"] == DARK.background  # hollow
    assert fills["funded"] == DARK.has_float


def test_the_frontier_shows_what_more_would_buy_and_what_a_list_reaches() -> None:
    chart = frontier_chart(fund(ABC, 10))
    assert chart.title.text == "The budget of 10 buys 17; 1 more would buy 19"
    assert "today: 17" in _texts(chart)
    worse = frontier_chart(fund(candidates({"A": (6, 10), "B": (5, 8), "C": (5, 8)}), 10))
    assert "by ratio: 10, by benefit: 10" in _texts(worse)


def test_a_choice_made_by_hand_takes_the_place_of_the_best_one() -> None:
    funding = fund(ABC, 10)
    chart = frontier_chart(funding, line=funding.manual(["A", "B"]))
    assert chart.title.text == "Your choice brings 18; at best the budget of 10 buys 17"
    assert "your choice: 18, breaks 1 limit" in _texts(chart)
    assert "your choice: 10" in _texts(frontier_chart(funding, line=funding.manual("A")))


def test_without_a_budget_there_is_a_sentence() -> None:
    assert frontier_chart(fund(ABC)).description == "Frontier. No budget limits the choice."


def test_shares_of_the_draws_the_surest_first() -> None:
    sure = fund(ABC, 10).with_uncertainty(20)
    texts = _texts(confidence_chart(sure))
    assert [t for t in texts if t in ("A", "B", "C")] == list(sure.table.index)
    assert len([t for t in texts if t.endswith("%, not selected")]) == 1


def test_what_people_typed_is_only_words() -> None:
    info = ProjectInfo("<b>x</b>", "<i>", money={"cost": 1, "benefit": 2})
    program = Program((), candidates=(info,), settings=Settings(currency="<u>"))
    for chart in (funding_chart(fund(program, 3)), frontier_chart(fund(program, 3))):
        drawn = svg(chart)
        assert "<b>" not in drawn
        assert "<u>" not in drawn
