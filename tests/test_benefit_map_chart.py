"""The benefits map, drawn: no box on another, gaps in words, lines that go around."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.aligning.benefit_links import Edge, Key, NodeKind
from pmkit.analysis.aligning.benefit_map import map_benefits
from pmkit.model.benefit import Benefit
from pmkit.model.settings import ProjectInfo
from pmkit.views.benefit_layout import ColumnLayout
from pmkit.views.benefit_map import benefit_map_chart
from pmkit.views.show import svg
from pmkit.views.theme import DARK
from tests.test_benefit_map import program


def _texts(chart: Any) -> list[str]:
    return [e.text or "" for e in ET.fromstring(svg(chart)).iter() if e.tag.endswith("text")]


def _boxes(chart: Any) -> list[dict[str, Any]]:
    data = [layer.data.values for layer in chart.layer]
    return next(values for values in data if "x2" in values[0])


def test_every_column_and_box_is_named_and_long_names_stand_on_several_lines() -> None:
    name = "Rebuild the depot for electric buses and their chargers"
    infos = (ProjectInfo("Depot", name, delivers=("Chargers",)),
             ProjectInfo("Fleet", delivers=("Buses",)))  # fmt: skip
    texts = _texts(benefit_map_chart(map_benefits(program(infos=infos))))
    assert {"Projects", "Outputs", "Outcomes", "Benefits", "Objectives"} <= set(texts)
    assert {"Chargers", "O1 \u2013 Electric line", "B1 \u2013 Less NO2"} <= set(texts)
    assert name not in texts
    assert " ".join(texts).count("Rebuild") == 1


def test_gaps_are_told_in_words_and_by_shape_not_by_colour_alone() -> None:
    infos = (ProjectInfo("Depot", delivers=("Chargers", "Manual")),
             ProjectInfo("Fleet", delivers=("Buses",)))  # fmt: skip
    chart: Any = benefit_map_chart(map_benefits(program(infos=infos)), theme=DARK)
    assert chart.title.text == "Benefits map: 1 gap between projects and objectives"
    assert "used by nobody" in _texts(chart)
    signs = next(layer.data.values for layer in chart.layer if "sign" in layer.data.values[0])
    assert [sign["sign"] for sign in signs] == ["gap"]


def test_what_is_not_funded_is_crossed_and_told() -> None:
    chart: Any = benefit_map_chart(map_benefits(program(), projects=["Depot"]))
    assert chart.title.text == "Benefits map: 0 of 1 benefits come in full with what is chosen"
    assert {"not funded", "lacks buses", "needs Fleet, not"} <= set(_texts(chart))
    assert "Tick: funded, cross: not funded, dash: in part" in chart.title.subtitle[1]


def test_no_box_stands_on_another_and_a_line_that_passes_has_room() -> None:
    benefits = tuple(Benefit(f"B{n}", "word " * n, enablers=("Depot", "Fleet")) for n in range(6))
    chart = benefit_map_chart(map_benefits(program(benefits=benefits)))
    boxes = sorted(_boxes(chart), key=lambda box: (box["x"], box["y"]))
    for one, other in pairwise(boxes):
        assert one["x"] != other["x"] or one["y2"] <= other["y"]
    assert min(box["y"] for box in boxes) >= 0


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12),
       st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=6))  # fmt: skip
def test_places_keep_their_distance(near: list[Any], far: list[Any]) -> None:
    kinds = (NodeKind.PROJECT, NodeKind.OUTPUT, NodeKind.OUTCOME)
    columns: list[list[Key]] = [[(kind, str(n)) for n in range(6)] for kind in kinds]
    edges = [Edge(columns[0][a], columns[1][b]) for a, b in near]
    edges += [Edge(columns[0][a], columns[2][b]) for a, b in far]
    heights = {key: 20.0 + 5 * n for keys in columns for n, key in enumerate(keys)}
    layout = ColumnLayout(columns, edges, heights, 10, 12)
    for keys in columns:
        placed = sorted(keys, key=layout.at.__getitem__)
        for one, other in pairwise(placed):
            room = (heights[one] + heights[other]) / 2 + 10
            assert layout.at[other] - layout.at[one] >= room - 1e-6
    assert all(len(route) == (3 if edge.target[0] is NodeKind.OUTCOME else 2)
               for edge, route in layout.routes)  # fmt: skip


def test_a_crossing_that_can_be_avoided_is() -> None:
    one, two = (NodeKind.PROJECT, "a"), (NodeKind.PROJECT, "b")
    three, four = (NodeKind.OUTPUT, "c"), (NodeKind.OUTPUT, "d")
    crossed = [Edge(one, four), Edge(two, three)]
    layout = ColumnLayout([[one, two], [three, four]], crossed,
                          dict.fromkeys((one, two, three, four), 20.0), 10, 12)  # fmt: skip
    assert (layout.at[one] < layout.at[two]) == (layout.at[four] < layout.at[three])
    assert layout.at[one] == layout.at[four]  # and the line is level


def test_of_many_the_largest_benefits_are_drawn_and_that_is_told() -> None:
    infos = tuple(ProjectInfo(f"P{n}", money={"benefit": n + 1}) for n in range(60))
    chart: Any = benefit_map_chart(map_benefits(program(infos=infos, outcomes=(), benefits=())))
    assert "The largest benefits: 61 of 121 boxes" in chart.title.subtitle[1]
    names = {box["name"] for box in _boxes(chart)}
    assert {"P59", "P59: benefit", "P30"} <= names
    assert "P29" not in names


def test_nothing_to_draw_is_told() -> None:
    found = map_benefits(program())
    object.__setattr__(found, "_links", type(found._links)(found._links.strategy, (), {}, ()))
    chart: Any = benefit_map_chart(found)
    assert chart.title.subtitle == "There are no projects, benefits or objectives."


def test_what_people_typed_is_only_words() -> None:
    infos = (ProjectInfo("P", "<b>x</b>", delivers=("<i>y</i>",)),)
    drawn = svg(benefit_map_chart(map_benefits(program(infos=infos, benefits=()))))
    assert "<b>" not in drawn
    assert "<i>" not in drawn
