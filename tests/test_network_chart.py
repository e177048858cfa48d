"""The network diagram as data: six numbers in each box, the longest path thick."""

from __future__ import annotations

from typing import Any

import pytest

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.project import Project
from pmkit.views.network import MOST_ACTIVITIES, network_chart
from pmkit.views.show import svg
from pmkit.views.theme import DARK

TABLE = [("Design", 3, ""), ("Permit", 5, ""), ("Build", 4, "Design; Permit"),
         ("Test", 2, "Build SS+1")]  # fmt: skip


def data(chart: Any, field: str) -> list[dict[str, Any]]:
    """The inline data that has a field."""
    return next(rows for rows in chart.to_dict()["datasets"].values() if field in rows[0])


def test_a_box_holds_the_six_numbers_of_a_precedence_diagram():
    boxes = data(network_chart(critical_path(Project.from_table(TABLE))), "Early start")

    design = next(box for box in boxes if box["name"] == "Design")
    names = ("Early start", "Duration", "Early finish", "Late start", "Total float", "Late finish")
    assert [design[name] for name in names] == ["0", "3", "3", "2", "2", "5"]


def test_critical_boxes_have_a_second_frame_and_the_longest_path_thicker_arrows():
    chart = network_chart(critical_path(Project.from_table(TABLE)))

    boxes = data(chart, "Early start")
    assert [box["critical"] for box in boxes] == [False, True, True, False]
    frames = [one for one in chart.to_dict()["layer"] if one["mark"].get("fill", "") is None]
    assert frames[0]["transform"][0] == {"filter": "datum.critical"}
    corners = data(chart, "arrow")
    assert {c["arrow"] for c in corners if c["path"]} == {1}


def test_an_arrow_says_its_kind_and_lag_unless_it_is_plain():
    chart = network_chart(critical_path(Project.from_table(TABLE)))

    words = [rows for rows in chart.to_dict()["datasets"].values()
             if rows[0].get("text") == "SS+1"]  # fmt: skip
    assert len(words[0]) == 1


def test_the_title_is_the_longest_path():
    assert network_chart(critical_path(Project.from_table(TABLE))).title.text == (
        "Permit \u2192 Build is the longest path: 2 of 4 activities, 9 working days"
    )


def test_a_large_plan_shows_its_longest_path_and_says_so():
    rows = [(f"A{n}", 1, f"A{n - 1}" if n else "") for n in range(9)]
    rows += [(f"B{n}", 1, "") for n in range(MOST_ACTIVITIES)]

    chart = network_chart(critical_path(Project.from_table(rows)))

    assert len(data(chart, "Early start")) == 9
    assert chart.title.subtitle[0] == (
        "69 activities are too many for a page: this is the longest path"
    )


def test_a_long_chain_goes_down_the_page_and_stays_narrow():
    rows = [(f"A{n}", 1, f"A{n - 1}" if n else "") for n in range(40)]

    chart = network_chart(critical_path(Project.from_table(rows)))

    assert chart.width < 200
    assert len(data(chart, "Early start")) == 40


@pytest.mark.parametrize("table", [TABLE, [("A", 0, "")], TABLE[:2]])
def test_every_small_network_can_be_drawn(table):
    assert svg(network_chart(critical_path(Project.from_table(table)), theme=DARK)).startswith(
        "<svg"
    )
