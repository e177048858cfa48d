"""Numbers of lesson 10: what a slip does, what float takes up, what is sure together."""

from __future__ import annotations

import random

import pytest

from pmkit.data import sample
from pmkit.learning.makers import working_together as together

VARIANTS = range(6)


def made(function, id_, variant):
    return function(random.Random(f"{id_}/{variant}"), variant)


@pytest.mark.parametrize("variant", VARIANTS)
def test_own_float_counts_to_what_the_project_has_promised(variant):
    found = made(together.own_float, "10-floats", variant)
    told = found.told
    assert found.answer == told["build"] - told["cable"]
    assert found.wrong["float-of-program"] == told["long"] - told["cable"]
    assert found.wrong["float-between-projects"] == told["long"] - told["build"]


def test_the_two_projects_of_the_lesson_are_asked_first():
    told = made(together.own_float, "10-floats", 0).told
    assert (told["build"], told["long"]) == (40, 60)


@pytest.mark.parametrize("variant", VARIANTS)
def test_two_slips_that_meet_count_as_the_later_of_both(variant):
    found = made(together.slips_meet, "10-meet", variant)
    told = found.told
    later = max(told["ready"] + told["depot"], told["early"] + told["fleet"])
    assert found.answer == later - told["ready"]
    assert found.wrong["slips-added"] == told["depot"] + told["fleet"]
    assert found.wrong["slip-one-for-one"] == max(told["depot"], told["fleet"])


@pytest.mark.parametrize("variant", VARIANTS)
def test_who_waits_for_a_shared_person_loses_what_float_does_not_take(variant):
    found = made(together.one_specialist, "10-person", variant)
    told = found.told
    assert found.answer == told["first"] - told["start"] - told["spare"]
    assert found.wrong["person-in-both"] == 0


@pytest.mark.parametrize("variant", VARIANTS)
def test_all_interfaces_are_met_less_often_than_the_least_sure_of_them(variant):
    found = made(together.all_met, "10-all", variant)
    first, second, third = (found.told[name] for name in ("first", "second", "third"))
    assert found.answer == pytest.approx(first * second * third / 10_000)
    wrong = found.wrong
    assert wrong["chances-misses-added"] < found.answer < wrong["chances-smallest"]
    assert wrong["chances-average"] == pytest.approx((first + second + third) / 3)


@pytest.mark.parametrize("variant", VARIANTS)
def test_money_is_surer_together_and_dates_are_less_sure(variant):
    told = made(together.money_and_dates, "10-purse", variant).told
    assert told["together"] < told["sure"] < told["pooled"]


def test_the_published_figures_of_pooling_come_out():
    told = [made(together.money_and_dates, "10-purse", variant).told for variant in (0, 1)]
    assert [(one["count"], one["sure"], one["pooled"]) for one in told] == [
        (4, 60, 69),
        (10, 60, 79),
    ]


def test_fleet_moves_by_eight_days_when_the_chargers_come_ten_days_later():
    found = together.fleet_moves(sample())
    assert found.answer == 8
    assert found.work[-1] == "Fleet.Accept2: 10 - 2 days of float = 8 days later"


def test_three_dates_that_are_eighty_per_cent_sure_are_not_eighty_per_cent_sure_together():
    found = together.all_dates(sample())
    assert 51.2 < found.answer < 80
