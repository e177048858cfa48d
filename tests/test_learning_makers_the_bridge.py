"""Numbers of lesson 11, its misconceptions, and what its tables promise."""

from __future__ import annotations

import random

import pytest

from pmkit.learning.cards.judging import judge
from pmkit.learning.checking.marking import mark
from pmkit.learning.checking.posing import pose
from pmkit.learning.lesson import lesson
from pmkit.learning.makers import the_bridge
from pmkit.learning.misconceptions import misconceptions

LESSON = lesson("11")
VARIANTS = range(6)


@pytest.mark.parametrize("variant", VARIANTS)
def test_mistakes_lead_to_the_answers_that_they_lead_to(variant):
    made = the_bridge.launch_moves(random.Random(variant), variant)
    late, float_ = made.told["late"], made.told["float"]
    assert made.answer == late - float_
    assert made.wrong == {"told-own-slip": late, "added-the-float": late + float_}


def test_the_question_as_it_is_asked_is_the_sample_s_own():
    row = the_bridge.communication_plan(LESSON.program).table.loc["Ministry"]
    made = the_bridge.overdue_days(random.Random(0), 0)
    assert made.answer == row.overdue_days
    assert made.told == {"last": "20 January", "rhythm": row.cadence_days, "today": "30 April"}


def test_predictions_are_worked_out_on_the_program():
    assert LESSON.prediction("waiting").outcome(LESSON.program).answer == 2
    decided = LESSON.prediction("decider")
    answer = decided.outcome(LESSON.program).answer
    assert answer == "the portfolio board"
    assert answer in decided.options


def test_every_misconception_of_the_lesson_is_recognised_somewhere():
    found = set()
    for check in LESSON.all_checks:
        for variant in VARIANTS:
            posed = pose(check, variant)
            for id_, answer in posed.wrong.items():
                known = mark(posed, answer).misconception
                assert known is not None
                assert known.id == id_
                found.add(id_)
    for card in LESSON.all_cards:
        for option in card.options:
            judged = judge(card, LESSON.program, card.owner, option.key)
            found |= {one.id for one in judged.misconceptions}
    for message in LESSON.all_messages:
        found |= {one.misconception for one in (*message.facts, *message.choices)}
    for talk in LESSON.all_conversations:
        found |= {reply.behaviour.misconception for reply in talk.replies}
    own = _own()
    assert len(own) >= 6
    assert own <= found


def _own():
    from pmkit.learning.tables import Reader

    rows = Reader().rows("11_the_bridge/misconceptions.csv",
                         ("id", "domain", "belief", "reason", "hint"))  # fmt: skip
    assert {row["id"] for row in rows} <= set(misconceptions())
    return {row["id"] for row in rows}


def test_each_outcome_is_asked_twice_and_pairs_flip_the_owner():
    for outcome in LESSON.outcomes:
        assert sum(check.outcome == outcome.id for check in LESSON.all_checks) >= 2
    cards = {card.id: card for card in LESSON.all_cards}
    paired = [card for card in cards.values() if card.pair]
    assert len(paired) == 4
    assert all(cards[card.pair].pair == card.id for card in paired)
    assert all(cards[card.pair].owner != card.owner for card in paired)
