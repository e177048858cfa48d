"""Numbers of lesson 04."""

from __future__ import annotations

import random

import pytest

from pmkit.data import sample
from pmkit.learning.checking.posing import pose
from pmkit.learning.lesson import lesson
from pmkit.learning.makers import progress

VARIANTS = range(6)
NUMERIC = {"04-done", "04-eac", "04-late"}


def check(id_):
    return next(one for one in lesson("04").all_checks if one.id == id_)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("id_", sorted(NUMERIC))
def test_no_wrong_answer_is_right_or_the_same_as_another(id_, variant):
    posed = pose(check(id_), variant)
    answers = [posed.answer, *posed.wrong.values()]
    apart = 2.5 * posed.check.within
    assert all(abs(a - b) > apart for n, a in enumerate(answers) for b in answers[:n]), answers


def test_the_published_figures_come_out():
    made = progress.eac_by_cpi(random.Random(0), 0)
    assert made.answer == pytest.approx(351.9, abs=0.05)
    assert made.told == {"bac": 248, "pv": 158, "ev": 148, "ac": 210}
    told = progress.reading(random.Random(0), 0).told
    assert (told["over"], told["short"], told["cpi"], told["tcpi"]) == (62, 10, "0.70", "2.63")


def test_mistakes_lead_to_the_answers_that_they_lead_to():
    wrong = progress.eac_by_cpi(random.Random(0), 0).wrong
    assert wrong["eac-over-spi"] == pytest.approx(248 / (148 / 158))
    assert wrong["eac-spent-plus-budget"] == 458
    assert wrong["eac-times-cpi"] == pytest.approx(248 * 148 / 210)
    assert wrong["eac-rest-as-planned"] == pytest.approx(210 + 248 - 148)


def test_late_is_read_from_the_plan_and_not_from_money():
    made = progress.weeks_late(random.Random(0), 0)
    assert made.answer == pytest.approx(4 - 2.5)
    assert made.wrong["sv-as-time"] == pytest.approx(100 - 45)
    assert made.wrong["lateness-by-money"] == pytest.approx(4 * (1 - 45 / 100))


def test_what_is_done_is_weighed_by_its_budget():
    made = progress.percent_done(random.Random(0), 0)
    assert made.answer == pytest.approx(57.0)
    assert made.wrong["average-of-percentages"] == pytest.approx(70)


@pytest.mark.parametrize("variant", VARIANTS)
def test_two_projects_cancel_each_other_in_the_sum(variant):
    told = progress.what_the_sum_hides(random.Random(variant), variant).told
    assert told["ev1"] + told["ev2"] == told["pv1"] + told["pv2"]
    assert told["ev2"] / told["pv2"] == pytest.approx(float(told["low"]), abs=0.005)


def test_the_sample_has_one_project_that_is_late():
    program = sample()
    assert progress.done_at_depot(program).answer == pytest.approx(56.67, abs=0.01)
    assert progress.without_depot(program).answer == "above 1.00"


def test_spi_comes_back_to_one_and_spi_t_does_not():
    made = progress.at_the_end(sample())
    assert made.answer == "SPI 1.00, SPI(t) 0.67"
    assert made.work[0].endswith("0.60, 0.80, 1.00")
    assert made.work[1].endswith("0.60, 0.64, 0.67")
