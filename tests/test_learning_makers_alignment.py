"""Makers of lesson 08: scores, weights from swings and pairs, and how sure a rank is."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from pmkit.analysis.aligning.pairwise import weigh
from pmkit.data import sample
from pmkit.learning.checking.marking import mark
from pmkit.learning.checking.posing import pose
from pmkit.learning.lesson import lesson
from pmkit.learning.makers import alignment as makers

VARIANTS = range(6)
CHECKS = {one.id: one for one in lesson("08").all_checks}


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_score_is_the_weighted_sum_with_its_signs(variant):
    made = makers.weighted_score(random.Random(variant), variant)
    points = [made.told[f"points_{one}"] for one in makers.OBJECTIVES]
    scores = [float(made.told[f"score_{one}"]) for one in makers.OBJECTIVES]
    by_hand = sum(p * s for p, s in zip(points, scores, strict=True)) / sum(points)
    assert made.answer == pytest.approx(by_hand)
    assert min(scores) < 0


def test_the_score_that_the_lesson_asks_for_is_found_by_hand():
    made = makers.weighted_score(random.Random(0), 0)
    assert made.answer == pytest.approx((80 * 0.8 + 70 * 0.6 - 50 * 0.4) / 200)  # 0.43
    assert made.wrong["negative-as-size"] == pytest.approx(0.63)


@pytest.mark.parametrize(
    ("maker", "apart"), [(makers.weighted_score, 0.02), (makers.swing_share, 2)]
)
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_right_number_and_all_wrong_ones_are_told_apart(maker, apart, variant):
    made = maker(random.Random(variant), variant)
    answers = sorted([made.answer, *made.wrong.values()])
    assert min(b - a for a, b in pairwise(answers)) > apart


@pytest.mark.parametrize("variant", VARIANTS)
def test_swing_points_are_shared_out_and_importance_is_another_number(variant):
    told = makers.swing_share(random.Random(variant), variant).told
    made = makers.swing_share(random.Random(variant), variant)
    total = sum(told[f"points_{one}"] for one in makers.OBJECTIVES)
    assert made.answer == pytest.approx(100 * told["points_Air"] / total)
    assert sum(told[f"asked_{one}"] for one in makers.OBJECTIVES) == 100


@pytest.mark.parametrize("variant", VARIANTS)
def test_judgements_are_kept_up_to_a_ratio_of_a_tenth(variant):
    made = makers.ratio_of_pairs(random.Random(variant), variant)
    assert (made.answer == "keep") == (float(made.told["ratio"]) <= 0.1)
    third = {"just as": 1, "half as": 0.5}.get(made.told["third"])
    ratio = third or float(made.told["third"].removesuffix(" times as"))
    found = weigh([("Air", "Riders", made.told["first"]), ("Riders", "Money", made.told["second"]),
                   ("Air", "Money", ratio)])  # fmt: skip
    assert found.consistency_ratio == pytest.approx(float(made.told["ratio"]), abs=0.005)


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_lead_is_firm_when_the_order_hardly_ever_turns(variant):
    made = makers.how_sure(random.Random(variant), variant)
    assert (made.answer == "sure") == (int(made.told["share"]) >= 95)
    assert float(made.told["score_first"]) >= float(made.told["score_second"])


def test_every_choice_says_why_it_is_not_the_right_one():
    for check in ("08-pairs", "08-sure"):
        for variant in VARIANTS:
            posed = pose(CHECKS[check], variant)
            assert all(one.reason and "{" not in one.reason + one.text for one in posed.options)


def test_to_ask_why_of_a_duty_is_to_take_an_orphan_for_wrong():
    posed = pose(CHECKS["08-orphan"])
    found = mark(posed, dict.fromkeys((one.key for one in posed.options), "ask why"))
    assert found.misconception is not None
    assert found.misconception.id == "orphan-is-wrong"


def test_the_project_that_others_stand_on_is_eighth_of_eleven():
    made = makers.depot_rank(sample())
    assert made.answer == 8
    assert made.work[-1] == "7 of 11 projects score more"


def test_the_leader_stays_first_in_nine_of_ten_draws():
    made = makers.sure_first(sample())
    assert made.answer == pytest.approx(89, abs=3)  # standard error 1.1 points at most
    assert made.work[1].startswith("Fleet is first in")
