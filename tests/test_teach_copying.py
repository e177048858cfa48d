"""Copied answers are found, honest classes are left alone, and each chance is what it says."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.learning.makers import Made
from pmkit.teach.answers import mark_answers
from pmkit.teach.collecting import Collected
from pmkit.teach.copy_chances import shorth
from pmkit.teach.copying import MATCHES, RARE, copied, matches
from pmkit.teach.exercise_tables import read_exercise
from pmkit.teach.simulating import simulate
from pmkit.teach.variants import Variant, chance_of, make_variant
from tests.class_cases import PS04

EXERCISE = read_exercise(PS04)
FOLLOW = EXERCISE.code()["FOLLOW"]
NUMBERS = ("cpi", "eac", "months_late")


@cache
def a_class(seed, count):
    """Numbers and answers of a class of mixed ability that works honestly."""
    variants, answers = {}, {}
    for n in range(count):
        variants[f"s{n}"] = make_variant(EXERCISE, chance_of(b"c", f"{seed} {n}", EXERCISE))
        chance = random.Random(1000 * seed + n)
        answers[f"s{n}"] = dict(simulate(EXERCISE, variants[f"s{n}"], chance).answers)
    return variants, answers


def states_of(variants, answers):
    return {
        id_: {one.question: one.state for one in mark_answers(
            EXERCISE, variants[id_], Collected(there), follow=FOLLOW, others={
                other: variants[other] for other in variants if other != id_})}
        for id_, there in answers.items()
    }  # fmt: skip


def pairs_of(variants, answers):
    return copied(EXERCISE, variants, answers, states_of(variants, answers))


def with_copies(variants, answers, *, count, rng):
    """Let some hand in the answers of somebody else, as they stand there."""
    changed, planted = {id_: dict(there) for id_, there in answers.items()}, set()
    ids = list(variants)
    rng.shuffle(ids)
    for one, other in zip(ids[:count], ids[count : 2 * count], strict=True):
        changed[other] = dict(answers[one])
        planted.add(frozenset((one, other)))
    return changed, planted


def test_in_an_honest_class_of_forty_nobody_is_flagged():
    variants, answers = a_class(1, 40)
    assert len(list(combinations(variants, 2))) == 780
    assert pairs_of(variants, answers) == ()


@pytest.mark.long
def test_of_many_honest_pairs_none_is_flagged_and_of_many_copies_most_are():
    honest = flagged = rare = whole = found = 0
    for seed in range(2, 27):
        variants, answers = a_class(seed, 40)
        states = states_of(variants, answers)
        flagged += len(copied(EXERCISE, variants, answers, states))
        rare += sum(one.chance < RARE for _, one in matches(EXERCISE, variants, answers, states))
        honest += 780
        changed, planted = with_copies(variants, answers, count=5, rng=random.Random(seed))
        pairs = {frozenset((one.one, one.other)) for one in pairs_of(variants, changed)}
        assert pairs <= planted
        found += len(pairs)
        whole += sum(all(name in changed[min(pair)] for name in NUMBERS) for pair in planted)
    assert (honest, flagged) == (19_500, 0)
    assert rare <= RARE * len(NUMBERS) * honest / 10  # measured: 20 of 58,500
    assert found >= 0.6 * whole  # measured: 70 of the 102 who took over all three numbers


def test_whoever_hands_in_the_numbers_of_another_is_flagged_with_what_agrees():
    variants, answers = a_class(1, 40)
    able = {id_ for id_, there in states_of(variants, answers).items()
            if all(there.get(name) == "right" for name in NUMBERS)}  # fmt: skip
    one = next(
        id_ for id_ in sorted(able)
        if all(round(answers[id_][name], 1) != answers[id_][name]
               for name in ("cpi", "months_late"))
    )  # fmt: skip
    other = next(id_ for id_ in variants if id_ not in able)
    changed = answers | {other: dict(answers[one])}
    (pair,) = pairs_of(variants, changed)
    assert {pair.one, pair.other} == {one, other}
    assert {match.question for match in pair.matches} >= set(NUMBERS)
    assert all(match.chance < RARE for match in pair.matches)
    assert [m.chance for m in pair.matches] == sorted(m.chance for m in pair.matches)
    told = f"right on the numbers of {one}, not explained on those of {other}"
    if pair.one == other:
        told = f"not explained on the numbers of {other}, right on those of {one}"
    assert {match.why for match in pair.matches} == {told}


def test_planted_copies_are_found_and_nobody_else():
    variants, answers = a_class(1, 40)
    changed, planted = with_copies(variants, answers, count=8, rng=random.Random(4))
    found = {frozenset((pair.one, pair.other)) for pair in pairs_of(variants, changed)}
    assert found <= planted
    assert len(found) >= 3  # who copies from somebody with empty answers shares too few


def test_a_group_that_shares_one_list_does_not_hide_behind_its_number():
    variants, answers = a_class(1, 40)
    states = states_of(variants, answers)
    one = next(id_ for id_, there in states.items()
               if all(there.get(name) in ("right", "mistaken") for name in NUMBERS)
               and round(answers[id_]["months_late"], 1) != answers[id_]["months_late"]
    )  # fmt: skip
    group = [id_ for id_ in variants if id_ != one][:6]
    alone = {
        frozenset((one, id_)) for id_ in group
        if pairs_of(variants, answers | {id_: answers[one]})
    }  # fmt: skip
    together = pairs_of(variants, answers | dict.fromkeys(group, answers[one]))
    assert len(alone) >= 2
    assert alone <= {frozenset((pair.one, pair.other)) for pair in together}


ONE = replace(EXERCISE, asked={"eac": EXERCISE.asked["eac"]})


def two(right, given, *, others=(), wrong=None):
    """Numbers, answers and states of two students (and others) in one question."""
    made = [Made(value, {"project": "", "bac": 1, "month": 1}, wrong or {}) for value in right]
    ids = [f"s{n}" for n in range(len(right))]
    variants = {id_: Variant({"eac": one}) for id_, one in zip(ids, made, strict=True)}
    answers = {id_: {"eac": value} for id_, value in zip(ids, [*given, *others], strict=True)}
    states = {
        id_: {"eac": "right" if abs(answers[id_]["eac"] - one.answer) < 0.5 else "wrong"}
        for id_, one in zip(ids, made, strict=True)
    }  # fmt: skip
    return variants, answers, states


def matches_of(*told):
    return [one for _, one in matches(ONE, *told)]


def test_a_number_of_five_digits_that_agrees_is_rare_and_a_round_one_is_not():
    right = (1412.3, 1187.9, 1260.4, 1301.1)
    (rare,) = matches_of(*two(right, (1412.3, 1412.3), others=(1260.4, 1301.1)))
    assert rare.chance < 0.001
    assert rare.answer == "1412.3 thousand"
    (round_,) = matches_of(*two(right, (1000, 1000), others=(1260.4, 1301.1)))
    assert round_.chance == 0.25  # nobody else of two is without an explanation


def test_a_number_that_many_give_and_that_fits_nobody_is_a_number_that_people_give():
    right = (1412.3, 1187.9, 1260.4, 1301.1)
    found = matches_of(*two(right, (1077.7, 1077.7), others=(1077.7, 1301.1)))
    assert {one.chance for one in found} == {0.5}


def test_what_both_explain_by_their_own_numbers_is_no_match():
    assert matches_of(*two((1412.3, 1412.3), (1412.3, 1412.3))) == []
    assert (
        matches_of(*two((1412.3, 1413.2), (1413.2, 1413.2))) == []
    )  # a slip of less than two tolerances


def test_of_two_mistakes_that_are_the_same_on_other_numbers_the_answers_differ():
    """The most frequent honest agreement, the same mistake, is not even a match."""
    variants, _ = a_class(1, 40)
    answers = {
        id_: dict(simulate(EXERCISE, variant, random.Random(1), "mistaken:eac-over-spi").answers)
        for id_, variant in variants.items()
    }
    states = states_of(variants, answers)
    assert {there["eac"] for there in states.values()} == {"mistaken"}
    assert [one for _, one in matches(EXERCISE, variants, answers, states)
            if one.question == "eac"] == []  # fmt: skip


@given(st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=30), st.integers(-1000, 1000))
def test_the_shortest_half_holds_half_and_moves_with_the_numbers(numbers, by):
    width = shorth(sorted(numbers))
    assert width <= max(numbers) - min(numbers)
    hold = len(numbers) // 2 + 1
    assert any(
        sum(low <= one <= low + width for one in numbers) >= hold for low in numbers
    )  # fmt: skip
    assert shorth(sorted(one + by for one in numbers)) == pytest.approx(width, abs=1e-6)


def test_fewer_than_three_rare_matches_flag_nobody():
    assert MATCHES == 3
    variants, answers = a_class(1, 40)
    ids = sorted(answers, key=lambda id_: -len(answers[id_]))[:2]
    changed = answers | {ids[1]: answers[ids[1]] | {n: answers[ids[0]][n] for n in ("cpi", "eac")}}
    assert pairs_of(variants, changed) == ()
