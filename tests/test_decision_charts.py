"""The decision tree and the chart of flips: what they say, and what they draw."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest

from pmkit.analysis.deciding.decide import decide
from pmkit.model.decision import Chance, Choice
from pmkit.model.errors import PlanError
from pmkit.views.decision import decision_tree_chart, flip_chart
from pmkit.views.decision.layout import laid_out
from pmkit.views.show import svg
from pmkit.views.theme import DARK
from tests.wording import exactly


def _texts(chart: Any) -> list[str]:
    return [e.text or "" for e in ET.fromstring(svg(chart)).iter() if e.tag.endswith("text")]


def _demand(strong: float, weak: float) -> Chance:
    return Chance("demand", {"strong": (0.6, strong), "weak": (0.4, weak)})


def _plant() -> Choice:
    """PMBOK Guide, 6th ed. (2017), figure 11-16."""
    return Choice("plant", {"build": (_demand(200, 90), 120), "upgrade": (_demand(120, 60), 50)})


def test_the_tree_says_which_way_and_by_how_much() -> None:
    chart = decision_tree_chart(decide(_plant()), theme=DARK)
    assert chart.title.text == "upgrade: 46, 10 better than build"
    texts = _texts(chart)
    for text in ("strong 60 %", "costs 120", "pays 200", "156", "96", "46", "demand", "plant"):
        assert text in texts
    assert texts.count("||") == 1


def test_ends_stand_in_rows_and_nodes_in_the_middle_of_their_own() -> None:
    twigs, root, rows, depth = laid_out(decide(_plant()))
    assert (root, rows, depth) == (1.5, 4, 2)
    ends = [twig.y for twig in twigs if twig.kind == "end"]
    assert ends == [0, 1, 2, 3]
    assert {t.path: t.y for t in twigs if t.kind == "event"} == {("build",): 0.5, ("upgrade",): 2.5}
    assert [t.path for t in twigs if t.is_taken] == [
        ("upgrade", "strong"), ("upgrade", "weak"), ("upgrade",)]  # fmt: skip


def test_equally_good_and_only_options_have_titles_too() -> None:
    assert decision_tree_chart(decide(Choice("c", {"a": 3, "b": 3}))).title.text == (
        "a and b are equally good: 3"
    )
    assert decision_tree_chart(decide(Choice("c", {"a": 3}))).title.text == "a: 3, the only option"


def test_costs_are_told_as_costs() -> None:
    chart = decision_tree_chart(decide(Choice("c", {"a": (3, 2), "b": 9}), minimise=True))
    assert chart.title.text == "a: 5, 4 better than b"
    assert "expected cost" in chart.title.subtitle


def test_a_tree_of_many_ends_says_what_is_left_out() -> None:
    many = Chance("e", {f"o{n}": (1 / 80, n) for n in range(80)})
    chart = decision_tree_chart(decide(Choice("c", {"a": many})))
    assert "The first 60 of 80 ends" in chart.title.subtitle
    assert "pays 59" in _texts(chart)
    assert "pays 60" not in _texts(chart)


def test_the_flip_is_where_the_lines_cross() -> None:
    chart = flip_chart(decide(_plant()), "demand", "strong")
    assert chart.title.text == "From 80 % strong on, build is better than upgrade"
    texts = _texts(chart)
    for text in ("80 %", "now 60 %", "build 80", "upgrade 70"):
        assert text in texts


def test_where_nothing_flips_it_says_so() -> None:
    tree = Choice("c", {"a": _demand(9, 8), "b": 1})
    assert flip_chart(decide(tree), "demand", "strong").title.text == (
        "a is the best whatever the probability"
    )


def test_an_event_that_there_is_not_is_refused() -> None:
    with pytest.raises(PlanError, match=exactly(
        "decision: event must be one of the tree ('demand'), got 'rain'"
    )):  # fmt: skip
        flip_chart(decide(_plant()), "rain", "strong")


def test_what_people_typed_is_text() -> None:
    chart = decision_tree_chart(decide(Choice("c", {"<b>&": 1, "b": 0})))
    assert "<b>&amp;" not in svg(chart)
    assert "<b>&" in "".join(_texts(chart))


def test_long_names_leave_the_flips_as_wide_as_asked():
    soil = Chance("soil", {"clean all the way down to the rock": (0.5, 6e6), "not": (0.5, 1e6)})
    tree = Choice("depot", {"at the old gasworks beside the river": soil, "x" * 40: 3_200_000})
    title = flip_chart(decide(tree), "soil", "clean all the way down to the rock", width=500).title
    assert title.text == "From 44 % on, at the old ga\u2026 is better than xxxxxxxxxxxxx\u2026"
