"""Numbers of lesson 06."""

from __future__ import annotations

import random

import pytest

from pmkit.data import sample
from pmkit.learning.checking.marking import mark
from pmkit.learning.checking.posing import pose
from pmkit.learning.lesson import lesson
from pmkit.learning.makers import budget_and_time

VARIANTS = range(6)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("id_", ["06-day", "06-stop", "06-merge", "06-baseline"])
def test_no_wrong_answer_is_right_or_the_same_as_another(id_, variant):
    check = next(one for one in lesson("06").all_checks if one.id == id_)
    posed = pose(check, variant)
    answers = [posed.answer, *posed.wrong.values()]
    apart = 2.0 * check.within
    assert all(abs(a - b) > apart for n, a in enumerate(answers) for b in answers[:n]), answers


def test_a_day_is_bought_of_what_is_critical():
    made = budget_and_time.cheapest_day(random.Random(0), 0)
    assert made.answer == pytest.approx(700)
    assert made.wrong == {
        "cheapest-not-critical": 200, "average-slope": 750, "crash-everything": 6000,
    }  # fmt: skip


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_cheapest_of_all_is_never_critical(variant):
    made = budget_and_time.cheapest_day(random.Random(variant), variant)
    told = made.told
    assert told["cc"] < made.answer == min(told["ca"], told["cb"], told["cd"])
    assert told["b"] - told["most"] > told["c"], "C stays off the longest path"


@pytest.mark.parametrize("variant", VARIANTS)
def test_days_are_bought_while_they_cost_less_than_they_save(variant):
    made = budget_and_time.days_worth_buying(random.Random(variant), variant)
    told = made.told
    saved = told["overhead"] + told["penalty"]
    prices = [told["ca"], told["cb"], told["cd"]]
    assert made.answer == pytest.approx(sum(told["most"] for price in prices if price < saved))


@pytest.mark.parametrize("variant", VARIANTS)
def test_all_paths_must_be_ready(variant):
    made = budget_and_time.all_ready(random.Random(variant), variant)
    p, n = made.told["p"], made.told["n"]
    assert made.answer == pytest.approx(100 * (p / 100) ** n)
    assert made.wrong["misses-added"] < made.answer < made.wrong["merge-bias-missed"]


def test_the_management_reserve_stands_outside_the_baseline():
    made = budget_and_time.baseline(random.Random(0), 0)
    assert made.answer == 890
    assert made.wrong["reserve-in-baseline"] == 950


def test_the_sample_seldom_ends_on_its_planned_day():
    assert budget_and_time.planned_date(sample()).answer == pytest.approx(13, abs=2)


def test_some_days_of_the_sample_are_worth_their_price():
    made = budget_and_time.worth_of_days(sample())
    assert made.answer == "some"
    assert made.work[0].startswith("3 of 6 working days are bought")


def test_the_published_network_depends_on_the_shape_of_its_estimates():
    made = budget_and_time.shape_of_estimates(sample())
    assert made.answer == "over 20 points"
    assert made.work == ("finish by day 47: beta-PERT 82 %, triangular 59 %",)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("id_", ["06-day", "06-stop", "06-merge", "06-baseline"])
def test_each_mistake_is_recognised_from_the_number_that_it_leads_to(id_, variant):
    posed = pose(next(one for one in lesson("06").all_checks if one.id == id_), variant)
    assert mark(posed, posed.answer).is_right
    for belief, leads_to in posed.wrong.items():
        marked = mark(posed, round(leads_to, posed.check.decimals))
        assert not marked.is_right
        assert marked.misconception.id == belief
        assert marked.sentence.startswith(marked.misconception.belief)
