"""Numbers of lesson 2, and the mistakes that lead to other ones."""

from __future__ import annotations

import random

import pytest

from pmkit.data import sample
from pmkit.learning.makers import objectives_and_plan as maker_of

VARIANTS = range(6)


def made(maker, variant):
    return maker(random.Random(f"{maker.__name__}/{variant}"), variant)


def test_install_is_critical_and_two_days_more_move_no_handover():
    found = maker_of.critical_yet_harmless(sample())
    assert found.answer == 0
    assert found.work[1] == (
        "Wiring waits for the start of Install, and ends on day 109, as before"
    )


def test_ten_days_used_by_one_are_gone_for_the_next():
    found = maker_of.float_left(sample())
    assert found.answer == 3
    assert found.work[-1] == "left for Accept2 = 13 - 10 = 3 days"


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_longest_path_decides_and_each_mistake_is_computed_from_the_same_data(variant):
    found = made(maker_of.finish_of_network, variant)
    design, permit, tender, build, lag = (
        found.told[name] for name in ("design", "permit", "tender", "build", "lag")
    )
    assert found.answer == design + max(permit + lag, tender) + build
    assert found.wrong == {
        "summed-all-durations": design + permit + tender + build,
        "shortest-path": design + tender + build,
        "lag-forgotten": design + permit + build,
    }


@pytest.mark.parametrize("variant", VARIANTS)
def test_float_is_there_once(variant):
    found = made(maker_of.shared_float, variant)
    first, second, longer, used = (found.told[n] for n in ("first", "second", "longer", "used"))
    float_ = longer - first - second
    assert found.answer == float_ - used
    assert found.wrong["float-counted-twice"] == 2 * float_ - used
    assert found.wrong["total-float-is-own"] == float_


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_new_baseline_keeps_the_old_delay(variant):
    found = made(maker_of.late_after_rebaseline, variant)
    late = found.told["forecast"] - found.told["planned"]
    assert found.answer == late
    assert found.wrong["late-against-first-baseline"] == late + found.told["more"]
