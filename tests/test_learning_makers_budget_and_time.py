"""Numbers of lesson 06."""

from __future__ import annotations

import random

import pytest

from pmkit.data import sample
from pmkit.learning.makers import budget_and_time

VARIANTS = range(6)


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
