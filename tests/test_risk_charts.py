"""The risk matrix and the tornado of risks: what they say, and what they draw."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import pytest

from pmkit.analysis.risking import assess_risks
from pmkit.data import sample
from pmkit.model.activity import Activity
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent
from pmkit.views.risks import risk_chart, risk_matrix_chart
from pmkit.views.show import svg
from pmkit.views.theme import DARK


def _texts(chart: Any) -> list[str]:
    return [e.text or "" for e in ET.fromstring(svg(chart)).iter() if e.tag.endswith("text")]


def _plan(*risks: RiskEvent) -> Project:
    return Project((Activity("A", 10, fixed_cost=1000),), risks=risks)


def _risk(id_: str, **fields: Any) -> RiskEvent:
    told = {"activities": ("A",), "probability": 0.5, "impact": 4, **fields}
    return RiskEvent(id_, f"Risk {id_}", **told)


def test_a_response_moves_a_risk_and_the_title_counts() -> None:
    grave = _risk("R1", response_probability=0.1)
    chart = risk_matrix_chart(assess_risks(_plan(grave, _risk("R2", impact=0.05)), trials=50))
    assert chart.title.text == "1 of 2 threats is high before its response, none after"
    texts = _texts(chart)
    assert texts.count("R1") == 4  # hollow and filled, each with paper around it
    assert texts.count("R2") == 2
    assert texts.count("high") >= 8  # fields say in words how grave they are


def test_without_responses_the_title_says_so() -> None:
    chart = risk_matrix_chart(assess_risks(_plan(_risk("R1")), trials=50))
    assert chart.title.text == "1 of 1 threats is high; the register has no responses"
    small = _risk("R1", probability=0.1, impact=0.05)
    assert risk_matrix_chart(assess_risks(_plan(small), trials=50)).title.text == (
        "1 of 1 threats is low"
    )


def test_a_field_with_many_risks_says_how_many_more() -> None:
    many = [_risk(f"R{n}") for n in range(12)]
    texts = _texts(risk_matrix_chart(assess_risks(_plan(*many), trials=20)))
    assert "+4" in texts
    long = [_risk(f"Depot.R{n}") for n in range(8)]
    texts = _texts(risk_matrix_chart(assess_risks(_plan(*long), trials=20)))
    assert "+3" in texts
    assert "Depot.R0" in texts


def test_the_tornado_names_what_moves_most() -> None:
    plan = _plan(_risk("R1"), _risk("R2", impact=1, cost_impact=900.0))
    answer = assess_risks(plan, trials=200)
    finish, cost = risk_chart(answer), risk_chart(answer, "cost", theme=DARK)
    assert finish.title.text == "R1 \u2013 Risk R1 swings the mean finish most: by 4 working days"
    assert cost.title.text == "R2 \u2013 Risk R2 swings the mean cost most: by 900"
    texts = _texts(finish)
    assert texts.index("R1 \u2013 Risk R1") < texts.index("R2 \u2013 Risk R2")
    shown = _texts(cost)
    assert any(text.startswith("+") for text in shown)
    assert any(text.startswith("\u2212") for text in shown)


def test_where_there_is_nothing_to_draw_a_sentence_says_so() -> None:
    none = assess_risks(_plan(), trials=20)
    assert risk_matrix_chart(none).description == (
        "Risk matrix. No risk of this plan may still occur."
    )
    assert risk_chart(none).description == "Risks and finish. No risk moves the mean finish."


def test_another_measure_is_refused() -> None:
    with pytest.raises(ValueError, match="risk_chart: measure must be finish or cost, got 'mood'"):
        risk_chart(assess_risks(_plan(), trials=20), "mood")  # type: ignore[arg-type]


def test_the_sample_is_drawn_the_same_every_time() -> None:
    one, two = (assess_risks(sample(), trials=200) for _ in range(2))
    assert svg(risk_matrix_chart(one)) == svg(risk_matrix_chart(two))
    assert svg(risk_chart(one)) == svg(risk_chart(two))


def test_what_can_no_longer_occur_is_not_drawn() -> None:
    gone = replace(_risk("R1"), state="closed")  # type: ignore[arg-type]
    texts = _texts(risk_matrix_chart(assess_risks(_plan(gone, _risk("R2")), trials=20)))
    assert "R1" not in texts
