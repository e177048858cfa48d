"""Numbers of lesson 3, and the mistakes that lead to other ones."""

from __future__ import annotations

import random

import pytest

from pmkit.data import sample
from pmkit.learning.adding_people import add_people
from pmkit.learning.makers import team

VARIANTS = range(6)


def made(maker, variant):
    return maker(random.Random(f"{maker.__name__}/{variant}"), variant)


def test_three_want_the_one_specialist():
    found = team.specialists_wanted(sample())
    assert found.answer == 3
    assert found.work[0] == "on 26 Jun 2026 3 are wanted, and there is 1"


def test_the_program_ends_eight_days_later_when_people_do_one_thing_at_a_time():
    assert team.program_later(sample()).answer == 8


@pytest.mark.parametrize("variant", VARIANTS)
def test_too_few_is_counted_by_day_while_the_average_hides_it(variant):
    found = made(team.days_of_too_few, variant)
    first, start, second = (found.told[name] for name in ("first", "start", "second"))
    assert found.answer == first - start
    work = first * found.told["wanted"] + second * found.told["other"]
    assert work / (start + second) <= found.told["there"]
    assert found.wrong["over-allocation-averaged"] == 0


@pytest.mark.parametrize("variant", VARIANTS)
def test_who_waits_uses_float_first(variant):
    found = made(team.later_by_waiting, variant)
    first, second, rest = (found.told[name] for name in ("first", "second", "rest"))
    assert found.answer == max(first + second, rest) - max(second, rest)
    assert found.wrong["levelling-always-moves"] == first


def test_levelling_moves_the_finish_in_some_cases_and_not_in_others():
    moved = {made(team.later_by_waiting, v).answer > 0 for v in VARIANTS}
    assert moved == {True, False}


def test_late_help_is_once_too_late_and_once_in_time():
    late, early = (made(team.rest_with_help, v) for v in (0, 1))
    assert late.answer > float(late.told["before"])
    assert early.answer < float(early.told["before"])


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_rest_is_computed_by_the_model_of_late_help(variant):
    found = made(team.rest_with_help, variant)
    work, people, more, ramp_up = (
        found.told[name] for name in ("work", "people", "more", "ramp_up")
    )
    assert found.answer == add_people(work, people, more, ramp_up=ramp_up).days
    assert found.wrong["twice-the-people-half-the-time"] == work / (people + more)


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_request_waits_the_longer_the_fuller_the_calendar(variant):
    found = made(team.waiting_when_busy, variant)
    busy, service = found.told["busy"] / 100, found.told["service"]
    assert found.answer == pytest.approx(service * busy / (1 - busy))
    assert found.answer > found.wrong["waiting-left-out"]
