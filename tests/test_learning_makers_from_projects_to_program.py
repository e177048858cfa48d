"""Makers of lesson 07: what several projects bring, once, and from when on."""

from __future__ import annotations

import random

import pytest

from pmkit.analysis.valuing.benefit_plan import plan_benefits
from pmkit.data import sample
from pmkit.learning.checking.marking import mark
from pmkit.learning.checking.posing import pose
from pmkit.learning.lesson import lesson
from pmkit.learning.makers import from_projects_to_program as makers

VARIANTS = range(6)
CHECKS = {one.id: one for one in lesson("07").all_checks}


@pytest.mark.parametrize("maker", [makers.worth_of_two, makers.first_year])
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_right_answer_and_all_wrong_ones_are_told_apart(maker, variant):
    made = maker(random.Random(variant), variant)
    answers = [made.answer, *made.wrong.values()]
    assert len({round(answer) for answer in answers}) == len(answers)
    assert all(float(answer).is_integer() for answer in answers)


@pytest.mark.parametrize("variant", VARIANTS)
def test_two_of_three_projects_bring_what_their_rules_say(variant):
    made = makers.worth_of_two(random.Random(variant), variant)
    told = made.told
    assert made.answer == told["single"] + told["both"] - told["loss"]
    assert made.wrong["benefit-added-per-project"] == made.answer + told["single"]
    assert made.wrong["benefit-shared-per-head"] == made.answer + told["joint"] * 2 / 3


def test_a_ramp_of_two_years_gives_a_quarter_in_the_first():
    made = makers.first_year(random.Random(0), 0)
    assert (made.told["full"], made.told["ramp"], made.answer) == (240, 2, 60)
    assert made.wrong["starts-with-first"] == 120  # from a quarter to three quarters


def test_a_thing_sorted_as_a_benefit_is_called_an_output():
    posed = pose(CHECKS["07-kind"])
    answer = dict.fromkeys((one.key for one in posed.options), "benefit")
    found = mark(posed, answer)
    assert found.misconception is not None
    assert found.misconception.id == "output-as-benefit"


def test_a_program_that_is_closed_before_its_gains_are_measured_is_closed_too_early():
    posed = pose(CHECKS["07-cycle"])
    assert isinstance(posed.answer, tuple)
    found = mark(posed, (*posed.answer[:-2], posed.answer[-1], posed.answer[-2]))
    assert found.misconception is not None
    assert found.misconception.id == "program-as-big-project"


def test_alone_the_projects_bring_a_third_of_what_they_bring_together():
    program = sample()
    made = makers.alone_share(program)
    together = plan_benefits(program, projects=makers.UNDER_WAY).forecast
    assert together == pytest.approx(5_733_276, abs=1)
    assert made.answer == pytest.approx(32.42, abs=0.01)


def test_diesel_is_saved_when_the_last_of_three_projects_delivers():
    made = makers.fuel_delay(sample())
    assert made.answer == 9
    assert made.work[-1] == "2026-08-05 - 2026-07-27 = 9 days"


def test_the_question_about_diesel_tells_the_dates_of_the_sample():
    question = lesson("07").prediction("fuel").question
    table = plan_benefits(sample()).table
    depot, last = table.loc["Parking"], table.loc["Fuel"]
    for when, words in ((depot["starts_planned"], "Depot on {}"), (last["starts_planned"],
                        "Service on {}"), (depot["starts_forecast"], "Depot on {}"),
                        (last["starts_forecast"], "Service on {}")):  # fmt: skip
        assert words.format(f"{when.day} {when:%B}") in question
