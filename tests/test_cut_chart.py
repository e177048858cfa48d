"""A cut, drawn."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest

from pmkit.analysis.cutting.cutting import cut
from pmkit.analysis.cutting.funding_cut import FundingCut
from pmkit.data import sample
from pmkit.views.cutting import cut_chart
from pmkit.views.show import svg
from pmkit.views.theme import DARK
from tests.test_cut_capacity import asked, crew


def _texts(chart: Any) -> list[str]:
    return [e.text or "" for e in ET.fromstring(svg(chart)).iter() if e.tag.endswith("text")]


@pytest.fixture(scope="module")
def found() -> FundingCut:
    return cut(sample(), trials=300, seed=7)


def test_each_share_has_its_money_finish_p80_and_worth(found: FundingCut) -> None:
    texts = _texts(cut_chart(found))
    assert {"0 %", "as planned", "30 %", "\u2212EUR 1.61 M", "5 Aug 2026", "5 Mar 2027"} <= set(
        texts
    )
    assert [t for t in texts if t.endswith(" %") and t[0].isdigit()] == [
        "0 %",
        "10 %",
        "20 %",
        "30 %",
    ]
    assert {"NPV", "\u2212EUR 4.22 M", "\u2212EUR 883.3 k"} <= set(texts)
    sure = found.outcomes[0.3].p80_date
    assert sure is not None
    assert f"{sure.day} {sure:%b} {sure.year}" in texts


def test_the_title_says_what_the_largest_cut_does(found: FundingCut) -> None:
    title = cut_chart(found, theme=DARK).title
    assert title.text == "30 % less money in 2026: finish 5 Mar 2027, not 5 Aug 2026"
    assert title.subtitle == [
        "Dot: finish as scheduled. Ring: 80 % sure (P80). Dashed: finish without the cut",
        "What is cut comes back in 2027. Right: net present value, and what the cut changes",
    ]


def test_what_never_finishes_says_so_in_words() -> None:
    chart = cut_chart(cut(sample(), shares=(0, 0.1), returns="never", trials=0))
    assert "never: 14 activities have no money" in _texts(chart)
    assert chart.title.text == "10 % less money in 2026: the program never finishes"
    assert "does not come back" in chart.title.subtitle[1]


def test_people_without_dates_trials_or_worth_are_drawn_too() -> None:
    chart = cut_chart(asked(crew(("A", 4, 1), ("B", 4, 1), ("C", 4, 1)), 0.5))
    texts = _texts(chart)
    assert {"2 of 2 units", "1 of 2 units", "day 8", "day 12", "working days"} <= set(texts)
    assert "NPV" not in texts
    assert chart.title.text == "50 % fewer units of Crew: finish day 12, not day 8"
    assert "Ring" not in chart.title.subtitle[0]


def test_a_cut_that_changes_nothing_says_so_and_many_shares_are_cut_short() -> None:
    chart = cut_chart(asked(crew(("A", 4, 0.01)), *(n / 100 for n in range(40))))
    assert chart.title.text.endswith("finish day 4, as without the cut")
    assert chart.title.subtitle[1].endswith("The first 20 of 40")


def test_what_people_typed_is_only_words() -> None:
    plan = crew(("<b>x</b>", 4, 1), ("B", 4, 1))
    assert "<b>" not in svg(cut_chart(asked(plan, 0.5)))
