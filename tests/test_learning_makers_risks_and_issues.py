"""Numbers of lesson 05."""

from __future__ import annotations

import random

import pytest

from pmkit.analysis.simulating.simulation import simulate
from pmkit.data import sample
from pmkit.learning.makers import risks_and_issues
from pmkit.model.activity import Activity
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent

VARIANTS = range(6)


def test_a_response_is_worth_what_it_takes_off_less_its_cost():
    made = risks_and_issues.response_worth(random.Random(0), 0)
    assert made.answer == pytest.approx(0.2 * 60 - 0.1 * 45 - 4)
    assert made.wrong == pytest.approx({
        "response-for-free": 7.5, "response-removes-all": 8.0, "impact-in-full": 11.0,
    })  # fmt: skip


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_response_that_is_asked_about_pays(variant):
    assert risks_and_issues.response_worth(random.Random(variant), variant).answer > 0


@pytest.mark.parametrize("variant", [0, 1, 2])
def test_money_in_hand_is_what_a_simulation_says(variant):
    made = risks_and_issues.money_in_hand(random.Random(variant), variant)
    told = made.told
    risks = tuple(
        RiskEvent(f"R{n}", "", (), told[f"p{n}"] / 100, cost_impact=float(told[f"i{n}"]))
        for n in (1, 2, 3)
    )
    plan = Project((Activity("Work", 1.0),), risks=risks)
    cost = simulate(plan, trials=20_000, seed=3).cost
    assert cost.probability(made.answer) >= 0.79
    assert cost.probability(made.answer - 1) < 0.81


def test_money_in_hand_lies_between_the_mean_and_the_worst_case():
    made = risks_and_issues.money_in_hand(random.Random(0), 0)
    assert (made.wrong["expected-value-enough"], made.answer) == (37, 70)
    assert made.wrong["every-risk-in-full"] == 170
    assert made.work[-1] == "70 thousand is enough in 90.0 %"


def test_the_published_decision_tree_comes_out():
    made = risks_and_issues.tree(random.Random(0), 0)
    assert made.answer == pytest.approx(46)
    assert made.work[0] == "build = 60 % x 80 + 40 % x -30 = 36"
    assert made.work[1] == "upgrade = 60 % x 70 + 40 % x 10 = 46"


def test_only_the_last_inspection_of_the_sample_moves_its_finish():
    program = sample()
    made = risks_and_issues.moves_the_finish(program)
    assert made.answer == "Fire brigade asks for a second exit"
    assert len(made.work) == 3, "a risk that is over is not among them"


def test_the_forecast_of_the_sample_goes_to_the_board():
    assert risks_and_issues.who_decides_on_depot(sample()).answer == "portfolio board"
