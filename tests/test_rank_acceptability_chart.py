"""How often each project takes each rank, drawn."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pandas as pd
import pytest

from pmkit.analysis.aligning.robustness import Robustness
from pmkit.views.rank_acceptability import _ordinal, rank_acceptability_chart
from pmkit.views.show import svg
from pmkit.views.theme import DARK
from tests.test_alignment import _alignment


def _robustness(rows: dict[str, list[float]], draws: int = 100) -> Robustness:
    ranks = pd.Index(range(1, len(rows) + 1), name="rank")
    return Robustness(draws, pd.DataFrame.from_dict(rows, orient="index", columns=ranks))


def _fields(chart: Any) -> list[dict[str, Any]]:
    fields: list[dict[str, Any]] = chart.layer[0].data.values
    return fields


def test_each_project_has_a_field_for_each_rank_with_share_and_standard_error() -> None:
    """The standard error of .2 in 100 draws is the root of .2 x .8 / 100: 4 points."""
    found = _robustness({"Q": [0.2, 0.8], "P": [0.8, 0.2]})
    chart: Any = rank_acceptability_chart(found)
    assert [(f["project"], f["place"], f["text"], f["error"]) for f in _fields(chart)] == [
        ("P", "1st", "80 %", "4 points"), ("P", "2nd", "20 %", "4 points"),
        ("Q", "1st", "20 %", "4 points"), ("Q", "2nd", "80 %", "4 points"),
    ]  # fmt: skip
    assert chart.title.text == "P is first in 80 % of draws, Q in 20 %"
    assert "Share of 100 draws" in chart.title.subtitle[0]
    texts = [e.text for e in ET.fromstring(svg(chart)).iter() if e.tag.endswith("text")]
    assert {"80 %", "1st", "P"} <= set(texts)


def test_who_is_first_for_sure_stands_alone_and_empty_fields_are_empty() -> None:
    chart: Any = rank_acceptability_chart(_robustness({"P": [1, 0], "Q": [0, 1]}), theme=DARK)
    assert chart.title.text == "P is first in 100 % of draws"
    assert [f["text"] for f in _fields(chart)] == ["100 %", "", "", "100 %"]
    assert {f["error"] for f in _fields(chart)} == {"0 points"}


def test_the_shares_of_an_alignment_are_drawn_as_they_are() -> None:
    found = _alignment({"P": (0.5, 0.1), "Q": (0.4, 0.3), "R": (0, 0)}, (1, 1)).robustness(500)
    shares = {(f["project"], f["rank"] + 1): f["share"]
              for f in _fields(rank_acceptability_chart(found))}  # fmt: skip
    for project in "PQR":
        for rank in (1, 2, 3):
            assert shares[project, rank] == found.table.loc[project, rank]


def test_many_are_cut_and_narrow_fields_have_no_number() -> None:
    rows = {f"P{n}": [float(k == n) for k in range(40)] for n in range(40)}
    chart: Any = rank_acceptability_chart(_robustness(rows))
    assert chart.title.subtitle[1].endswith("The first 30 of 40 projects and ranks")
    assert len(_fields(chart)) == 900
    assert len(chart.layer) == 3  # fields, names and ranks


def test_nothing_to_compare_is_told_and_one_alone_is_first() -> None:
    nothing: Any = rank_acceptability_chart(Robustness(10, pd.DataFrame()))
    assert nothing.title.subtitle == "There is nothing to compare."
    one: Any = rank_acceptability_chart(_robustness({"P": [1.0]}))
    assert one.title.text == "P is first in 100 % of draws"


def test_a_share_that_is_not_quite_all_is_not_called_all() -> None:
    rows = {"P": [0.996, 0.004], "Q": [0.004, 0.996]}
    chart: Any = rank_acceptability_chart(_robustness(rows, 1000))
    assert [f["text"] for f in _fields(chart)] == ["99 %", "", "", "99 %"]
    assert _fields(chart)[0]["told"] == "over 99 %"


@pytest.mark.parametrize(("rank", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"),
                                            (22, "22nd"), (113, "113th")])  # fmt: skip
def test_ordinals(rank: int, text: str) -> None:
    assert _ordinal(rank) == text


def test_what_people_typed_is_only_words() -> None:
    assert "<b>" not in svg(rank_acceptability_chart(_robustness({"<b>x</b>": [1.0]})))
