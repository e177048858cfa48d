"""Risks and responses weighed with common random numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.risking import RiskAssessment, assess_risks
from pmkit.analysis.risking.bands import IMPACT, PROBABILITY, gravity_of, place_of
from pmkit.analysis.simulating.simulation import simulate
from pmkit.data import sample
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import Settings
from tests.wording import exactly

_CHAIN = (
    Activity("A", 10, cost_per_day=100),
    Activity("B", three_point=ThreePoint(4, 5, 9), fixed_cost=1000),
)


def _plan(*risks: RiskEvent) -> Project:
    return Project(_CHAIN, (Dependency("A", "B"),), risks=risks)


def _risk(id_: str = "R1", **fields: Any) -> RiskEvent:
    told = {"activities": ("A",), "probability": 0.4, "impact": 6, "cost_impact": 500.0,
            "response": "Do it", "response_cost": 300.0, "response_probability": 0.1}  # fmt: skip
    return RiskEvent(id_, "Frost", **{**told, **fields})


def _assess(*risks: RiskEvent, **options: Any) -> RiskAssessment:
    return assess_risks(_plan(*risks), **{"trials": 2000, **options})


def test_what_a_response_returns_is_exact() -> None:
    """On one chain it gains the days of each trial in which it keeps the risk away, no noise."""
    answer = _assess(_risk(), day_worth=50)
    without, with_ = answer.before, answer.after
    kept_away = np.mean(without.finish.samples - with_.finish.samples > 1)
    assert set(np.round(without.finish.samples - with_.finish.samples, 6)) == {0.0, 6.0}
    row = answer.table.loc["R1"].to_dict()
    assert row["finish_gain"] == pytest.approx(6 * kept_away, rel=1e-12)
    # 6 days of A at 100, and 500
    assert row["cost_gain"] == pytest.approx(1100 * kept_away, rel=1e-9)
    assert row["net_gain"] == pytest.approx((1100 + 6 * 50) * kept_away - 300, rel=1e-9)
    assert row["response_return"] == pytest.approx(1400 * kept_away / 300, rel=1e-9)
    assert row["cost_per_day"] == pytest.approx((300 - 1100 * kept_away) / (6 * kept_away))
    assert kept_away == pytest.approx(0.3, abs=0.03)


def test_a_sure_risk_and_a_sure_response_are_arithmetic() -> None:
    row = _assess(_risk(probability=1.0, response_probability=0.0)).table.loc["R1"].to_dict()
    assert (row["finish_effect"], row["cost_effect"]) == (pytest.approx(6), pytest.approx(1100))
    assert (row["finish_gain"], row["net_gain"]) == (pytest.approx(6), pytest.approx(800))
    assert row["response_return"] == pytest.approx(1100 / 300)
    assert row["is_worth_it"]


def test_a_response_that_leaves_everything_gains_nothing() -> None:
    row = _assess(_risk(response_probability=None)).table.loc["R1"].to_dict()
    assert (row["finish_gain"], row["cost_gain"], row["net_gain"]) == (0, 0, -300)
    assert row["is_worth_it"] is False


def test_the_same_is_gained_whether_or_not_it_is_taken_already() -> None:
    open_, taken = (_assess(_risk(is_responded=r)).table.loc["R1"] for r in (False, True))
    for name in ("finish_gain", "cost_gain", "net_gain"):
        assert open_[name] == taken[name]
    assert taken["probability"] == 0.1


def test_an_opportunity_is_worth_having_more_often() -> None:
    risk = _risk(kind="opportunity", response_probability=0.9, response_cost=10)
    row = _assess(risk).table.loc["R1"].to_dict()
    assert row["finish_effect"] < 0
    assert row["expected_cost"] == -200
    assert row["finish_gain"] > 0
    assert row["net_gain"] > 0


def test_where_there_is_float_a_response_gains_money_alone() -> None:
    side = Activity("C", 1)
    plan = replace(_plan(), activities=(*_CHAIN, side))
    plan = replace(plan, risks=(_risk(activities=("C",)),))
    row = assess_risks(plan, trials=500).table.loc["R1"].to_dict()
    assert row["finish_gain"] == 0
    assert np.isnan(row["cost_per_day"])
    assert row["cost_gain"] > 0


def test_a_free_response_returns_without_end_and_one_without_numbers_nothing() -> None:
    table = _assess(_risk(response_cost=None), _risk("R2", response="", response_cost=None,
                    response_probability=None)).table  # fmt: skip
    assert table.loc["R1", "response_return"] == float("inf")
    assert table.loc["R2", "is_worth_it"] is None
    assert np.isnan(float(table.loc["R2", "net_gain"]))  # type: ignore[arg-type]


def test_what_can_no_longer_occur_moves_nothing() -> None:
    done = Activity("D", 2, actual_start=0, actual_finish=2, percent_complete=100)
    risks = (_risk(state="occurred"), _risk("R2", activities=("D",)))
    answer = assess_risks(Project((*_CHAIN, done), risks=risks), trials=100)
    assert answer.table["can_occur"].tolist() == [False, False]
    assert answer.table["finish_effect"].tolist() == [0, 0]
    assert "it is occurred and can no longer occur" in str(answer.explain("R1"))
    assert "it can no longer occur: D complete; close it" in str(answer.explain("R2"))
    assert repr(answer) == "RiskAssessment 2 risks, none can occur"
    assert answer.tornado.empty


def test_contingency_is_the_quantile_beside_the_plan() -> None:
    answer = _assess(_risk(), confidence=0.7)
    need = answer.contingency()
    result = simulate(_plan(_risk()), trials=2000)
    assert need.finish == result.finish.quantile(0.7)
    assert need.days == pytest.approx(need.finish - answer.schedule.finish)
    assert need.cost == pytest.approx(result.cost.quantile(0.7) - 2000)
    higher = answer.contingency(0.95)
    assert higher.days >= need.days
    assert higher.cost >= need.cost
    # with the response it is rarer, and the response itself costs
    assert answer.contingency(0.7, responses="all").cost <= need.cost
    assert answer.contingency(0.05).days == 0


def test_without_risks_and_spread_nothing_is_needed() -> None:
    answer = assess_risks(Project((Activity("A", 3),)), trials=50)
    need = answer.contingency()
    assert (need.days, need.cost) == (0, 0)
    assert answer.table.empty
    assert answer.best_responses().risks == ()


def test_the_tornado_swings_from_never_to_surely() -> None:
    small = _risk("R2", impact=2, cost_impact=0.0)
    table = _assess(small, _risk()).tornado
    assert table.index.tolist() == ["R1", "R2"]
    swing = table["finish_if_it_occurs"] - table["finish_if_not"]
    assert swing.tolist() == pytest.approx([6, 2], abs=1e-3)
    money = table["cost_if_it_occurs"] - table["cost_if_not"]
    assert money.tolist() == pytest.approx([1100, 200], abs=0.1)


def test_the_matrix_is_the_one_of_the_guide() -> None:
    """PMBOK Guide, 3rd ed. (2004), figure 11-8: products and their shading."""
    assert [[round(p * i, 3) for i in IMPACT] for p in PROBABILITY] == [
        [0.005, 0.01, 0.02, 0.04, 0.08], [0.015, 0.03, 0.06, 0.12, 0.24],
        [0.025, 0.05, 0.1, 0.2, 0.4], [0.035, 0.07, 0.14, 0.28, 0.56],
        [0.045, 0.09, 0.18, 0.36, 0.72],
    ]  # fmt: skip
    shaded = ["".join(gravity_of(p, i)[0] for i in range(5)) for p in range(5)]
    assert shaded == ["llllm", "llmmh", "llmhh", "lmmhh", "lmhhh"]


def test_a_response_moves_a_risk_in_the_matrix() -> None:
    answer = _assess(_risk(probability=0.7, cost_impact=900))
    before, after = answer.matrix(), answer.matrix(responded=True)
    assert before.loc["high", "very high"] == "R1"
    assert after.loc["very low", "very high"] == "R1"
    assert answer.place("R1").gravity == "high"
    assert place_of(_risk(impact=None, cost_impact=0), 10, 100).impact == 0


def test_the_best_responses_fit_the_budget() -> None:
    good = _risk(probability=1.0, response_probability=0.0)  # gains 800 net
    better = _risk("R2", probability=1.0, response_probability=0.0, cost_impact=900.0)
    bad = _risk("R3", response_cost=9000.0)
    answer = _assess(good, better, bad)
    assert answer.best_responses().risks == ("R1", "R2")
    assert answer.best_responses(300).risks == ("R2",)
    assert answer.best_responses(100).risks == ()
    both = answer.best_responses()
    assert both.cost == 600
    assert both.net_gain == pytest.approx(800 + 1200)
    assert both.finish_gain == pytest.approx(12)
    assert both.cost_gain == pytest.approx(1100 + 1500)
    assert [str(c) for c in both.changes] == ["R1: is responded True", "R2: is responded True"]
    assert both.scenario.apply(answer.plan).network.risks[0].is_responded


def test_two_paths_are_only_worth_shortening_together() -> None:
    """Alone neither response gains a day; the simulation finds that both do."""
    paths = (Activity("A", 5), Activity("B", 5))
    sure = {"probability": 1.0, "response_probability": 0.0, "cost_impact": 0.0}
    risks = tuple(_risk(f"R{n}", activities=(a.id,), **sure) for n, a in enumerate(paths))
    plan = Project(paths, risks=risks)
    answer = assess_risks(plan, trials=50, day_worth=1000)
    assert answer.table["finish_gain"].tolist() == [0, 0]
    best = answer.best_responses()
    assert best.risks == ("R0", "R1")
    assert best.is_proven
    assert (best.finish_gain, best.net_gain) == (pytest.approx(6), pytest.approx(5400))
    assert answer.best_responses(300).risks == ()


def test_many_responses_are_exchanged_one_by_one() -> None:
    paths = (Activity("A", 5), Activity("B", 5))
    sure = {"probability": 1.0, "response_probability": 0.0, "cost_impact": 0.0}
    both = [_risk(f"R{n}", activities=(a.id,), **sure) for n, a in enumerate(paths)]
    idle = [_risk(f"S{n}", impact=None, cost_impact=1.0) for n in range(5)]
    best = assess_risks(Project(paths, risks=(*both, *idle)), trials=50, day_worth=1000)
    found = best.best_responses()
    assert found.risks == ("R0", "R1")
    assert not found.is_proven
    assert "a better set is not ruled out" in str(found.explain())


def test_a_program_is_assessed_like_its_network() -> None:
    program = sample()
    whole, flat = (assess_risks(p, trials=300) for p in (program, program.network))
    assert whole.table["finish_effect"].tolist() == flat.table["finish_effect"].tolist()
    assert len(whole.table) == 9


def test_the_explanation_shows_its_arithmetic() -> None:
    sure = _risk(probability=1.0, response_probability=0.0)
    answer = _assess(sure, day_worth=10, trials=100)
    assert str(answer.explain("R1")).splitlines() == [
        "R1 Frost",
        "  as it stands it has a probability of 100 % and adds 6 days to A and 500",
        "  in 100 trials it moves the mean finish by 6 days and the mean cost by 1,100",
        "  response, not taken yet: Do it, costs 300",
        "  with it the risk has a probability of 0 % and adds 6 days to A and 500",
        "  in 100 trials with the same random numbers it gains 6 days of the mean finish and 1,100 "
        "of the mean cost",
        "  return = (1,100 + 6 days x 10) / 300 = 3.87",
        "  net gain 860: worth it",
    ]
    dear = _assess(replace(sure, response_cost=5000.0), trials=100).explain("R1")
    assert "not worth it unless a day is worth more than 650" in str(dear)


def test_what_people_typed_is_escaped() -> None:
    html = _assess(replace(_risk(), name="<b>"))._repr_html_()
    assert "<b>" not in html


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: _assess(confidence=1), "confidence: must be between 0 and 1, got 1"),
        (lambda: _assess(day_worth=-1), "day_worth: must be a finite amount >= 0, got -1"),
        (lambda: _assess().contingency(0), "confidence: must be between 0 and 1, got 0"),
        (lambda: _assess().contingency(responses="some"),
         "contingency: responses must be now, none or all, got 'some'"),
        (lambda: _assess().best_responses(float("nan")),
         "best responses: budget must be a finite amount >= 0, got nan"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(call: Any, sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        call()


def test_a_risk_that_there_is_not_is_not_found() -> None:
    with pytest.raises(KeyError, match="no risk 'X', only 'R1'"):
        _assess(_risk()).explain("X")


@given(
    chance=st.floats(0, 1), left=st.floats(0, 1), days=st.floats(0, 20), less=st.floats(0, 1),
)  # fmt: skip
@settings(max_examples=30)
def test_a_response_that_makes_a_threat_smaller_never_delays(
    chance: float, left: float, days: float, less: float
) -> None:
    risk = _risk(probability=chance, impact=days, response_probability=chance * left,
                 response_most_likely=days * less)  # fmt: skip
    answer = _assess(risk, trials=60)
    gained = answer.before.finish.samples - answer.after.finish.samples
    assert (gained >= -1e-4).all()  # days are drawn in single precision


def test_what_can_no_longer_occur_is_not_responded_to() -> None:
    dig = Activity("Dig", 3, actual_start=0, actual_finish=3, percent_complete=100)
    over = RiskEvent("R1", "Rain", ("Dig",), 1, 5, response="Pump", response_cost=700,
                     response_probability=0)  # fmt: skip
    plan = Project((dig, Activity("Pour", 2)), settings=Settings(status_date=3), risks=(over,))
    answer = assess_risks(plan, trials=100)
    assert answer.contingency(responses="all").cost == 0
