"""Stakeholders and gates, drawn."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from pmkit.analysis.gating.gate_review import review_gate
from pmkit.analysis.telling.communication import communication_plan
from pmkit.data import sample
from pmkit.model.governance import Gate, Governance, Stakeholder
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo
from pmkit.views.governance import gate_chart, stakeholder_chart
from pmkit.views.show import svg
from pmkit.views.theme import DARK

_AT = date(2026, 4, 30)


def _texts(chart: Any) -> list[str]:
    return [e.text or "" for e in ET.fromstring(svg(chart)).iter() if e.tag.endswith("text")]


def _map(*who: Stakeholder, **fields: Any) -> Any:
    plan = Program((), candidates=(ProjectInfo("P"),), governance=Governance(stakeholders=who))
    return stakeholder_chart(communication_plan(plan, at=_AT), **fields)


def _rows(chart: Any, key: str) -> list[dict[str, Any]]:
    """The rows of every layer that has a field; layers share rows, which count once."""
    found: list[dict[str, Any]] = []
    for layer in chart.layer:
        values = getattr(layer.data, "values", None) or []
        found += [row for row in values if key in row and row not in found]
    return found


def test_everybody_stands_where_influence_and_interest_put_them() -> None:
    chart = _map(
        Stakeholder("A", influence=1, interest=0), Stakeholder("B", influence=0, interest=1)
    )
    spots = {row["name"]: (row["x"], row["y"]) for row in _rows(chart, "stance")}
    assert spots["A"][0] < 0.5 < spots["B"][0]
    assert spots["A"][1] > 0.5 > spots["B"][1]
    texts = _texts(chart)
    assert {"Keep satisfied", "Manage closely", "Monitor", "Keep informed", "Influence", "Interest",
            "0", "0.5", "1", "A", "B"} <= set(texts)  # fmt: skip


def test_position_is_told_by_shape_and_by_words_not_by_colour_alone() -> None:
    chart = _map(*(Stakeholder(f"S{p}", position=p) for p in (-1, 0, 1)))
    marks = {row["position"]: row["stance"] for row in _rows(chart, "stance")}
    assert marks == {-1: "against it", 0: "neutral", 1: "for it"}
    told = svg(chart)
    assert len({row["color"] for row in _rows(chart, "stance")}) == 3
    layer = next(one for one in chart.layer if getattr(one.mark, "type", "") == "point")
    assert len(set(layer.to_dict()["encoding"]["shape"]["scale"]["range"])) == 3
    assert "Triangle up, green: for it" in told


def test_the_title_names_opponents_then_those_who_should_have_heard() -> None:
    late = Stakeholder("Late", cadence_days=5, last_told=date(2026, 4, 1), influence=0.2)
    foe = Stakeholder("Foe", influence=0.9, position=-1)
    assert _map(late, foe).title.text == (
        "1 of 2 stakeholders has influence and is against it: Foe"
    )
    assert _map(late).title.text == "1 of 1 stakeholders should have heard by now: Late"
    assert "Late (late)" in _texts(_map(late))
    assert _map(Stakeholder("S", owner="P")).title.text == (
        "The one stakeholder has heard in time, and nobody with influence is against it"
    )


def test_names_and_symbols_do_not_cover_each_other() -> None:
    crowd = [
        Stakeholder(f"Somebody {n}", influence=0.55 + 0.02 * (n % 4), interest=0.6)
        for n in range(14)
    ]
    chart = _map(*crowd)
    spots = [(640 * row["x"], 380 * row["y"]) for row in _rows(chart, "stance")]
    for (a, b), (c, d) in combinations(spots, 2):
        assert max(abs(a - c), abs(b - d)) >= 16
    boxes = []
    for row in _rows(chart, "align"):
        if "label" not in row:
            continue
        wide, x, y = 6.6 * len(row["label"]), 640 * row["x"], 380 * (1 - row["y"])
        left = {"left": x, "right": x - wide, "center": x - wide / 2}[row["align"]]
        boxes.append((left, y - 6.5, left + wide, y + 6.5))
    assert boxes
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] + 0.1 or other[2] <= one[0] + 0.1
        assert apart or one[3] <= other[1] + 0.1 or other[3] <= one[1] + 0.1
    if len(boxes) < len(crowd):
        assert "point at a symbol to read it" in chart.title.subtitle[-1]


def test_many_are_cut_and_none_are_a_sentence() -> None:
    many = [Stakeholder(f"S{n}", influence=n / 100, interest=0.5) for n in range(80)]
    assert "The 60 of 80 that matter most." in _map(*many).title.subtitle
    assert len(_rows(_map(*many), "stance")) == 60
    assert _map().description == "Stakeholders. The program has no stakeholders."


def _gate(benefit: float, cost: float, **told: float) -> Any:
    gate = Gate("G", "P", cost_to_complete=cost, **told)  # type: ignore[arg-type]
    info = ProjectInfo("P", money={"benefit": benefit})
    return review_gate(Program((), candidates=(info,), governance=Governance(gates=(gate,))), "G")


def test_the_parts_of_each_option_and_their_sum_are_there_in_words() -> None:
    chart = gate_chart(_gate(120, 100, recoverable=5, termination_cost=30, holding_cost=2))
    texts = _texts(chart)
    assert {"benefit 120 \u2212 to complete 100",
            "benefit 120 \u2212 to complete 100 \u2212 other costs 6",
            "comes back 5 \u2212 other costs 30"} <= set(texts)  # fmt: skip
    assert {"Fund", "Pause", "Stop", "20", "14", "\u221225", "best"} <= set(texts)
    assert "benefit 120" in texts  # in its bar
    segments = _rows(chart, "part")
    for option in ("fund", "pause", "stop"):
        mine = [row for row in segments if row["option"] == option]
        value = next(row["value"] for row in _rows(chart, "value") if row["option"] == option)
        assert sum(row["end"] - row["start"] for row in mine) == pytest.approx(value)


@pytest.mark.parametrize(
    ("benefit", "cost", "told", "title"),
    [
        (120, 100, {"holding_cost": 2},
         "P: fund is worth most, 20, 6 more than pause"),
        (60, 100, {"termination_cost": 80},
         "P: fund and pause are worth the same, \u221240"),
        (60, 100, {"termination_cost": 80, "restart_cost": 5},
         "P: fund loses least, \u221240, 5 less than pause"),
        (0, 100, {}, "P: stop is worth most, 0, 100 more than fund"),
    ],
)  # fmt: skip
def test_the_title_names_the_best(
    benefit: float, cost: float, told: dict[str, float], title: str
) -> None:
    assert gate_chart(_gate(benefit, cost, **told)).title.text == title


def test_of_nothing_there_is_a_picture_too() -> None:
    assert "nothing comes, nothing goes" in _texts(gate_chart(_gate(0, 0)))


def test_the_sample_is_drawn_in_both_themes() -> None:
    plan = sample()
    for theme in ({}, {"theme": DARK}):
        chart = gate_chart(review_gate(plan, "Depot"), **theme)
        assert "spent so far is in none of them" in chart.title.subtitle[-1]
        assert _texts(chart)
        assert _texts(stakeholder_chart(communication_plan(plan), **theme))


def test_what_people_typed_is_only_words() -> None:
    html = "<b>x</b>"
    assert "<b>" not in svg(_map(Stakeholder("S", html * 6, role=html)))
    told = Program((), candidates=(ProjectInfo(html, money={"benefit": 3}),))
    assert "<b>" not in svg(gate_chart(review_gate(told, html)))
