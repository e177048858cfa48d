"""Numbers of lesson 1, and the mistakes that lead to other ones."""

from __future__ import annotations

import random

import pytest

from pmkit.analysis.governing.authority import LEVELS, who_decides
from pmkit.data import sample
from pmkit.learning.makers import two_roles

VARIANTS = range(6)


def made(maker, variant):
    return maker(random.Random(f"{maker.__name__}/{variant}"), variant)


def test_without_depot_no_diesel_is_saved():
    found = two_roles.without_depot(sample())
    assert found.answer == "nothing"
    assert found.work[0] == "Fuel needs all of Depot, Fleet, Service"


def test_a_week_of_depots_snags_is_lost_in_one_seat_and_not_in_the_other():
    found = two_roles.launch_later(sample())
    assert found.answer == 0
    assert found.work[0] == "in the project's seat: Depot ends 5 days later"
    assert found.work[-1] == "launch later by 0 days"


@pytest.mark.parametrize("variant", VARIANTS)
def test_whoever_decides_must_be_allowed_all_three_amounts(variant):
    found = made(two_roles.who_may, variant)
    cost, benefit = (float(str(found.told[k]).replace(",", "")) for k in ("cost", "benefit"))
    decider = who_decides(sample(), project="Depot", cost=cost, benefit=benefit,
                          days=float(found.told["days"]))  # fmt: skip
    assert found.answer == decider.role
    assert LEVELS.index(found.wrong["authority-lowest-counts"]) < LEVELS.index(found.answer)
    assert found.wrong["escalated-everything"] == "portfolio board"


def test_both_the_sponsor_and_the_program_manager_are_asked_for():
    assert {made(two_roles.who_may, v).answer for v in VARIANTS} == {"sponsor", "program manager"}


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_launch_moves_by_what_the_float_does_not_absorb(variant):
    found = made(two_roles.slip_in_both_seats, variant)
    float_ = found.told["longer"] - found.told["shorter"]
    assert found.answer == found.told["slip"] - float_
    assert found.wrong == {
        "slip-passes-on": found.told["slip"],
        "slip-stops-at-the-project": 0,
        "slip-is-used-float": float_,
    }
