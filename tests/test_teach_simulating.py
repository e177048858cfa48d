"""Simulated students answer as their kind says, on their own numbers, and the same each time."""

from __future__ import annotations

import random
import re
from functools import cache

import pytest

from pmkit.learning.makers import Made
from pmkit.model.errors import PlanError
from pmkit.teach.answers import mark_answers
from pmkit.teach.collecting import Collected
from pmkit.teach.exercise_tables import read_exercise
from pmkit.teach.simulated_policies import solution_of
from pmkit.teach.simulating import known_mistakes, notebook_of, simulate
from pmkit.teach.variants import chance_of, make_variant
from tests.class_cases import PS04, SOURCES

EXERCISE = read_exercise(PS04)


@cache
def variant_number(n):
    return variant_of(n, EXERCISE)


def variant_of(n, exercise=EXERCISE):
    return make_variant(exercise, chance_of(b"simulated", str(n), exercise))


def marked(simulated, variant, exercise=EXERCISE):
    """Mark what needs no engine, by question."""
    values = dict.fromkeys(exercise.asked) | dict(simulated.answers)  # as handed out: None
    told = Collected(values, texts=simulated.texts)
    follow = exercise.code().get("FOLLOW", {})
    return {
        one.question: one for one in mark_answers(exercise, variant, told, follow=follow)
        if exercise.asked[one.question].question.kind not in ("policy", "written")
    }  # fmt: skip


def each_exercise():
    return pytest.mark.parametrize("folder", SOURCES, ids=lambda path: path.name)


@each_exercise()
def test_a_good_student_has_every_automatic_question_right(folder):
    exercise = read_exercise(folder)
    for n in range(5):
        variant = variant_of(n, exercise)
        found = marked(simulate(exercise, variant, random.Random(n), "good"), variant, exercise)
        assert {name: one.state for name, one in found.items() if one.state != "right"} == {}


@each_exercise()
def test_a_mistaken_student_is_recognized_by_the_mistake_and_by_nothing_else(folder):
    exercise, variant = read_exercise(folder), variant_of(1, read_exercise(folder))
    for code, questions in known_mistakes(exercise, variant).items():
        simulated = simulate(exercise, variant, random.Random(1), f"mistaken:{code}")
        for name, one in marked(simulated, variant, exercise).items():
            if name == questions[0]:
                assert (one.state, one.code) == ("mistaken", code), name
            elif name in questions:  # the same mistake again may follow from the first one
                assert one.code == code or one.state == "follows", name
            else:
                assert one.state in ("right", "follows"), name


def test_an_empty_student_hands_in_the_notebook_as_it_was_handed_out():
    from pmkit.teach.notebooks import make_notebook

    simulated = simulate(EXERCISE, variant_of(1), random.Random(1), "empty")
    assert notebook_of(EXERCISE, simulated) == make_notebook(EXERCISE, solved=False)


def test_answers_stand_in_their_cells_as_a_student_types_them():
    simulated = simulate(EXERCISE, variant_of(1), random.Random(1), "good")
    cells = {
        cell.metadata["pmkit"]["question"]: cell.source
        for cell in notebook_of(EXERCISE, simulated).cells if "pmkit" in cell.metadata
    }  # fmt: skip
    assert re.fullmatch(r"cpi = \d\.\d{1,3}", cells["cpi"])
    assert re.fullmatch(r"hides = '[abcd]'", cells["hides"])
    assert re.fullmatch(r"order = \['[abcd]'(, '[abcd]'){3}\]", cells["order"])
    assert cells["decides"] == solution_of(EXERCISE, "decides")
    assert cells["tell"].startswith("By value")


def test_the_abler_a_class_the_more_it_has_right():
    def rights(ability):
        return sum(
            one.state == "right"
            for n in range(15)
            for one in marked(
                simulate(EXERCISE, variant_number(n), random.Random(n), ability=ability),
                variant_number(n),
            ).values()
        )

    weak, middle, able = rights(-1.5), rights(0.0), rights(1.5)
    assert weak + 10 < middle < able - 10


def test_a_class_of_mixed_ability_shows_every_state_and_the_same_seed_the_same_answers():
    states = set()
    for n in range(30):
        variant = variant_of(n)
        one, again = (simulate(EXERCISE, variant, random.Random(n)) for _ in range(2))
        assert one == again
        states |= {each.state for each in marked(one, variant).values()}
    assert {"right", "mistaken", "wrong", "empty"} <= states


def test_who_builds_on_a_wrong_answer_goes_on_with_it():
    variant = variant_of(1)
    simulated = simulate(EXERCISE, variant, random.Random(1), "mistaken:cpi-upside-down")
    bac = variant.made["eac"].told["bac"]
    assert simulated.answers["eac"] == pytest.approx(bac / simulated.answers["cpi"], abs=0.05)
    assert marked(simulated, variant)["eac"].state == "follows"


def test_a_kind_that_there_is_not_is_told():
    with pytest.raises(PlanError) as error:
        simulate(EXERCISE, variant_of(1), random.Random(1), "clever")
    assert str(error.value) == (
        "kind: must be one of good, mixed, empty or mistaken:CODE, got 'clever'"
    )
    with pytest.raises(PlanError, match=r"kind: must name a mistake of ps04_progress on these "
                                        "numbers, one of cpi-upside-down, eac-over-spi, .*, "
                                        "got 'clever'"):  # fmt: skip
        simulate(EXERCISE, variant_of(1), random.Random(1), "mistaken:clever")


def test_mistakes_are_known_by_the_questions_that_know_them():
    variant = variant_of(1)
    known = known_mistakes(EXERCISE, variant)
    assert known["cpi-upside-down"] == ("cpi",)
    assert set(known) <= {code for made in variant.made.values() for code in made.wrong} | {
        option.misconception for asked in EXERCISE.asked.values() for option in asked.options
    }
    assert isinstance(variant.made["cpi"], Made)
