"""Numbers of lesson 12."""

from __future__ import annotations

import random

import pytest

from pmkit.data import sample
from pmkit.learning.checking.posing import pose
from pmkit.learning.lesson import lesson
from pmkit.learning.makers import both_seats

VARIANTS = range(6)


def check(id_):
    return next(one for one in lesson("12").all_checks if one.id == id_)


@pytest.mark.parametrize("variant", VARIANTS)
def test_no_wrong_score_is_right_or_the_same_as_another(variant):
    posed = pose(check("12-score"), variant)
    answers = [posed.answer, *posed.wrong.values()]
    apart = 2.5 * posed.check.within
    assert all(abs(a - b) > apart for n, a in enumerate(answers) for b in answers[:n]), answers


def test_the_score_is_measured_from_the_worst_option():
    made = both_seats.decision_score(random.Random(0), 0)
    assert made.answer == pytest.approx(100 * (396 - 340) / (420 - 340))
    assert made.wrong["worst-as-zero"] == pytest.approx(100 * 396 / 420)
    assert made.wrong["score-counts-loss"] == pytest.approx(30)
    assert made.wrong["rank-is-score"] == 50


@pytest.mark.parametrize("variant", VARIANTS)
def test_one_option_is_cheapest_one_leaves_most_and_one_is_best(variant):
    told = both_seats.best_option(random.Random(variant), variant).told
    costs = [told[f"c{n}"] for n in range(1, 5)]
    left = [told[f"b{n}"] - told[f"c{n}"] for n in range(1, 5)]
    values = [told[f"v{n}"] for n in range(1, 5)]
    assert costs[0] == min(costs)
    assert left[2] == max(left)
    assert values[1] == max(values)
    assert sorted(values)[-2] < max(values)
    benefits = [told[f"b{n}"] for n in range(1, 5)]
    assert benefits[3] == max(benefits)


def test_the_futures_of_the_sample_are_weeks_apart_and_half_of_them_unlucky():
    program = sample()
    assert both_seats.width_of_the_futures(program).answer == pytest.approx(18.6, abs=0.2)
    assert both_seats.well_decided_badly_turned_out(program).answer == 3
