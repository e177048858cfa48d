"""Numbers of lesson 09: each way to choose leads to its own number, and the right one is best."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from pmkit.analysis.governing.authority import who_decides
from pmkit.data import sample
from pmkit.learning.checking.posing import pose
from pmkit.learning.lesson import lesson
from pmkit.learning.makers import funding

VARIANTS = range(6)
NUMERIC = ("09-caps", "09-shared", "09-stop")


def check(id_):
    return next(one for one in lesson("09").all_checks if one.id == id_)


@pytest.mark.parametrize("variant", VARIANTS)
def test_nothing_within_the_budgets_of_both_years_brings_more(variant):
    posed = pose(check("09-caps"), variant)
    told = funding.best_in_caps(random.Random(f"09-caps/{variant}"), variant)
    ideas = [read_idea(part) for part in str(told.told["rows"]).split("; ")]
    fitting = [
        sum(idea[2] for idea in some)
        for n in range(5)
        for some in combinations(ideas, n)
        if sum(idea[0] for idea in some) <= told.told["first"]
        and sum(idea[1] for idea in some) <= told.told["second"]
    ]
    assert posed.answer == told.answer == max(fitting)
    assert max(told.wrong[f"fund-by-{way}"] for way in ("ratio", "benefit", "score")) < told.answer
    assert told.wrong["fund-years-added"] > told.answer


def read_idea(text):
    """Read 'A costs 3 + 4, brings 14 (score 40)'."""
    words = text.replace(",", "").split()
    return int(words[2]), int(words[4]), int(words[6])


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_benefit_of_any_counts_once_and_a_project_comes_with_what_it_requires(variant):
    made = funding.shared_benefit(random.Random(f"09-shared/{variant}"), variant)
    told = made.told
    possible = [
        sum(told[id_] for id_ in some) + (told["grid"] if {"a", "b"} & set(some) else 0)
        for n in range(4)
        for some in combinations("abc", n)
        if sum(told[f"cost_{id_}"] for id_ in some) <= told["limit"]
        and ("c" not in some or "b" in some)
    ]
    assert made.answer == max(possible)
    assert min(made.wrong.values()) > made.answer


def test_what_is_spent_changes_nothing_at_a_gate():
    made = funding.going_on(random.Random(0), 0)
    told = made.told
    stop = told["back"] - told["ending"]
    assert made.answer == told["benefit"] - told["rest"] - stop
    assert made.wrong["gate-sunk-cost"] == made.answer - told["spent"]
    assert made.wrong["gate-exit-forgotten"] == made.answer - told["ending"]
    assert made.wrong["gate-stop-is-nothing"] == made.answer + stop
    assert made.wrong["gate-nothing-comes-back"] == made.answer + told["back"]


def test_the_numbers_of_a_variant_are_the_same_each_time():
    assert [pose(check(id_), 3).question for id_ in NUMERIC] == [
        pose(check(id_), 3).question for id_ in NUMERIC
    ]


def test_the_list_loses_an_eighth_on_the_sample():
    made = funding.list_loses(sample())
    assert made.answer == pytest.approx(100 * (8_068_000 - 7_000_000) / 8_068_000)
    assert "8,068,000" in made.work[0]


def test_to_go_on_is_the_least_bad_at_the_gate_of_the_sample():
    made = funding.best_at_gate(sample())
    assert made.answer == "fund"
    assert [line.split(":")[0] for line in made.work] == ["fund", "pause", "stop"]


@pytest.mark.parametrize("variant", [0, 1, 2])
def test_who_decides_is_what_the_table_of_the_sample_says(variant):
    amounts = {
        "EUR 100,000 more, nothing later": {"cost": 100_000},
        "EUR 30,000 more, 12 days later": {"cost": 30_000, "days": 12},
        "Give up 98,000 of benefit, no cost": {"benefit": 98_000},
        "LineNine, 3.9 million, is new": {"cost": 3_900_000},
        "8 days later, EUR 60,000 more": {"cost": 60_000, "days": 8},
        "EUR 101,000 more": {"cost": 101_000},
        "25,000 of benefit given up": {"benefit": 25_000},
        "21 days later, EUR 5,000 more": {"cost": 5_000, "days": 21},
        "10 days later": {"days": 10},
        "1,050,000 of benefit given up": {"benefit": 1_050_000},
        "EUR 200,000 more for 2026": {"cost": 200_000},
        "EUR 45,000 more, 40,000 of benefit given up": {"cost": 45_000, "benefit": 40_000},
    }
    posed = pose(check("09-who"), variant)
    for key, where in posed.answer.items():
        assert who_decides(sample(), **amounts[posed.option(key).text]).role == where
