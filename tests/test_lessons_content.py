"""What the tables of the lessons hold: enough of everything, and every answer marked as it should.

Where lessons are edited by hand, these tests say what was forgotten.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pytest

from pmkit.data import sample
from pmkit.learning.bridge.conversation import FIRST, Conversation
from pmkit.learning.bridge.conversation_scoring import scored
from pmkit.learning.bridge.message import CHOICES, Message
from pmkit.learning.bridge.message_marking import marked
from pmkit.learning.bridge.writing import Written
from pmkit.learning.cards.card import Card
from pmkit.learning.cards.judging import BEYOND, ESCALATED, judge, owner_of
from pmkit.learning.checking.check import Check
from pmkit.learning.checking.marking import mark
from pmkit.learning.checking.posing import Posed, pose
from pmkit.learning.glossary import read_glossary
from pmkit.learning.lesson import Lesson, lessons, read_lessons
from pmkit.learning.makers import Answer
from pmkit.learning.misconceptions import misconceptions
from pmkit.learning.quarter.script import quarter
from pmkit.learning.standards import read_standards
from pmkit.learning.tables import Reader, tables_folder
from pmkit.learning.words import KINDS
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.scenario import Scenario

NUMBERS = [f"{n:02}" for n in range(1, 13)]
VARIANTS = range(6)
PLAYED = "12"
"""The lesson that is a script of its own: its six events stand for its cards."""
MANAGERS = ("project manager", "program manager")
FACTS = ("amount", "forecast", "interface")
each_lesson = pytest.mark.parametrize("number", NUMBERS)


@cache
def everything() -> tuple[Lesson, ...]:
    """Return the lessons; what is wrong in the tables is told by the first test."""
    return read_lessons(Reader())


def one(number: str) -> Lesson:
    return next(each for each in everything() if each.number == number)


def cards() -> list[Card]:
    return [card for each in everything() for card in each.all_cards]


def checks() -> list[Check]:
    return [check for each in everything() for check in each.all_checks]


@cache
def program() -> Program:
    plan = sample()
    assert isinstance(plan, Program)
    return plan


def test_all_tables_are_read_without_a_problem():
    reader = Reader()
    read_lessons(reader)
    read_glossary(reader)
    read_standards(reader)
    assert [str(problem) for problem in reader.problems] == []
    assert len(lessons()) == 12


def test_every_row_of_options_belongs_to_a_check_or_a_card():
    ids = {check.id for check in checks()} | {card.id for card in cards()}
    for table, column in (("options", "check"), ("card_options", "card")):
        for path in tables_folder().glob(f"*/{table}.csv"):
            with path.open(encoding="utf-8-sig", newline="") as stream:
                told = {row[column].strip() for row in csv.DictReader(stream)}
            assert told - {""} <= ids, path


# Cards


def test_there_are_at_least_eighty_situations():
    assert len(cards()) >= 80


@each_lesson
def test_each_lesson_has_at_least_six_situations(number):
    found = len(one(number).all_cards)
    events = len(quarter().events) if number == PLAYED else 0
    assert found + events >= 6


def test_at_least_fifteen_belong_to_neither_manager():
    assert len([card for card in cards() if card.owner not in MANAGERS]) >= 15


def pairs() -> dict[frozenset[str], list[Card]]:
    found: dict[frozenset[str], list[Card]] = {}
    for card in cards():
        if card.pair:
            found.setdefault(frozenset({card.id, card.pair}), []).append(card)
    return found


def test_at_least_fifteen_pairs_differ_in_one_fact_that_changes_the_owner():
    assert len(pairs()) >= 15


def test_the_cards_of_a_pair_name_each_other_and_differ_in_nothing_but_the_fact():
    for ids, both in pairs().items():
        assert len(both) == 2, f"{sorted(ids)} must name each other"
        one, other = both
        assert one.owner != other.owner, one.id
        assert one.fact == other.fact != "", one.id
        assert any(word in one.fact.lower() for word in (*FACTS, "benefit")), one.fact
        assert one.basis == other.basis, one.id
        amounts = [(one.cost, other.cost), (one.days, other.days), (one.benefit, other.benefit)]
        changed = sum(a != b for a, b in amounts)
        if one.basis == "authority":  # an interface is told in words; all else stays as it is
            assert changed == 1, one.id
            assert (one.seat, one.project, one.tolerance) == (
                other.seat, other.project, other.tolerance), one.id  # fmt: skip
        else:
            assert changed == 0, one.id


def test_in_at_least_ten_both_act_in_order():
    both = [card for card in cards() if card.then]
    assert len(both) >= 10
    assert [card.id for card in both if card.then == card.owner] == []


def test_at_least_ten_have_two_options_that_are_accepted():
    assert len([c for c in cards() if sum(o.is_accepted for o in c.options) >= 2]) >= 10


def test_the_right_option_is_rarely_the_longest():
    longest = [
        card.id for card in cards()
        if len(next(o for o in card.options if o.verdict == "right").text)
        >= max(len(o.text) for o in card.options)
    ]  # fmt: skip
    assert len(longest) <= 0.4 * len(cards())


def test_the_owner_of_every_amount_is_the_one_of_the_authority_table():
    computed = {card.id: owner_of(card, program()) for card in cards()}
    assert computed == {card.id: card.owner for card in cards()}


def test_amounts_decide_only_where_there_are_some_and_the_project_is_there():
    known = {"", *(each.id for each in (*program().projects, *program().candidates))}
    for card in cards():
        if card.basis == "authority":
            assert card.cost or card.days or card.benefit, card.id
        assert card.project in known, card.id


def test_every_change_that_an_option_makes_applies_to_the_sample():
    refused = []
    for card in cards():
        for option in card.options:
            try:
                Scenario(card.id, option.changes).apply(program())
            except PlanError as error:
                refused.append(f"{card.id} {option.key}: {error}")
    assert refused == []


def test_every_option_of_a_card_has_its_reason_and_no_two_are_the_same():
    for card in cards():
        assert all(option.reason for option in card.options), card.id
        assert len({option.text for option in card.options}) == len(card.options), card.id
        assert len({option.key for option in card.options}) == len(card.options), card.id


def test_every_card_can_be_judged_with_every_answer():
    for card in cards():
        for option in card.options:
            found = judge(card, program(), card.owner, option.key)
            assert found.is_owner_right, card.id
            assert found.is_option_accepted == option.is_accepted, card.id


# Checks


@each_lesson
def test_each_lesson_has_four_to_eight_checks_and_six_misconceptions(number):
    assert 4 <= len(one(number).all_checks) <= 8
    if number != PLAYED:
        path = next(tables_folder().glob(f"{number}_*/misconceptions.csv"))
        with path.open(encoding="utf-8-sig", newline="") as stream:
            assert len(list(csv.DictReader(stream))) >= 4


def test_every_kind_of_check_is_asked_and_ids_are_there_once():
    assert {check.kind for check in checks()} == set(KINDS)
    for items in (checks(), cards(), [p for each in everything() for p in each.all_predictions]):
        ids = [item.id for item in items]
        assert sorted(ids) == sorted(set(ids))


@each_lesson
def test_each_lesson_promises_two_or_three_outcomes_each_tied_to_two_checks(number):
    lesson = one(number)
    assert 2 <= len(lesson.outcomes) <= 3
    tied = [check.outcome for check in lesson.all_checks]
    assert set(tied) == {outcome.id for outcome in lesson.outcomes}
    assert min(map(tied.count, set(tied))) >= 2


@each_lesson
def test_each_lesson_asks_for_a_prediction(number):
    if number != PLAYED:
        assert len(one(number).all_predictions) >= 2


def test_every_prediction_comes_to_something_and_a_choice_to_one_of_its_options():
    for each in everything():
        for told in each.all_predictions:
            answer = told.outcome(program()).answer
            assert told.is_right(answer, answer), told.id
            if told.options:
                assert answer in told.options, told.id
            else:
                assert isinstance(answer, int | float), told.id


def test_what_is_taught_is_named_as_in_the_table():
    with (tables_folder() / "taught.csv").open(encoding="utf-8") as stream:
        known = {row["id"] for row in csv.DictReader(stream)}
    told = {id_ for item in (*checks(), *cards()) for id_ in item.teaches}
    assert told - known == set()
    assert [item.id for item in (*checks(), *cards()) if not item.teaches] == []


@cache
def of_lesson(number: str) -> tuple[Posed, ...]:
    """Return six variants of every check of a lesson; what a decision asks is on its card."""
    return tuple(
        pose(check, variant) for check in one(number).all_checks for variant in VARIANTS
        if check.kind != "decision"
    )  # fmt: skip


def exact_and_typed(told: Posed, answer: Answer) -> list[Answer]:
    """Return an answer as it is worked out, and with the decimals that a learner types."""
    typed = round(answer, told.check.decimals) if isinstance(answer, float) else answer
    return [answer, typed]


@each_lesson
def test_the_right_answer_of_every_variant_is_marked_right(number):
    for told in of_lesson(number):
        for answer in exact_and_typed(told, told.answer):
            assert mark(told, answer).is_right, (told.check.id, told.variant, answer)
        assert told.told(told.answer), (told.check.id, told.variant)


@each_lesson
def test_every_answer_of_a_misconception_is_marked_wrong_and_named(number):
    for told in of_lesson(number):
        for id_, leads_to in told.wrong.items():
            for answer in exact_and_typed(told, leads_to):
                found = mark(told, answer)
                where = (told.check.id, told.variant, id_, answer)
                assert not found.is_right, where
                assert found.misconception is not None, where
                assert found.misconception.id == id_, where
                assert found.sentence.startswith(found.misconception.belief), where


@each_lesson
def test_no_number_that_is_typed_can_stand_for_two_answers(number):
    for told in of_lesson(number):
        numbers = sorted(
            a for a in (told.answer, *told.wrong.values()) if isinstance(a, int | float)
        )
        apart = 1.99 * told.check.within  # twice, but for the hair that a half has more
        assert all(b - a >= apart for a, b in pairwise(numbers)), (told.check.id, told.variant)


@each_lesson
def test_every_question_with_numbers_knows_mistakes_and_shows_the_way(number):
    for told in of_lesson(number):
        if told.check.maker:
            assert told.wrong, (told.check.id, told.variant)
            assert told.work, (told.check.id, told.variant)


@each_lesson
def test_every_wrong_option_is_marked_wrong_with_a_reason(number):
    for told in of_lesson(number):
        if told.check.kind == "choice":
            for option in told.options:
                if option.key != told.answer:
                    found = mark(told, option.key)
                    assert not found.is_right, (told.check.id, told.variant, option.key)
                    assert option.reason, (told.check.id, told.variant, option.key)
                    assert option.reason in found.sentence
        elif told.check.kind in ("order", "sort"):  # what comes first cannot come too early
            late = [o for o in told.options if told.check.kind == "sort" or o.right != "1"]
            assert all(o.reason or o.misconception for o in late), told.check.id


@each_lesson
def test_texts_have_their_numbers_and_no_braces_are_left(number):
    for told in of_lesson(number):
        texts = [told.question, told.hint, told.reason, *told.work]
        texts += [text for option in told.options for text in (option.text, option.reason)]
        assert not any("{" in text or "}" in text for text in texts), told.check.id
        assert told.question
        assert told.hint
        assert told.reason


@each_lesson
def test_the_next_question_is_another_one(number):
    for check in one(number).all_checks:
        if check.kind != "decision":
            shown = {(p.question, tuple(o.text for o in p.options))
                     for p in (pose(check, variant) for variant in (0, 1, 2))}  # fmt: skip
            assert len(shown) == 3, check.id


def test_a_decision_names_a_card_in_each_variant():
    known = {card.id for card in cards()}
    for check in checks():
        if check.kind == "decision":
            named = [wording.card for wording in check.wordings]
            assert set(named) <= known, check.id
            assert len(set(named)) == 3, check.id


# Misconceptions: each is recognised from what it leads to


def test_there_are_at_least_sixty_misconceptions():
    assert len(misconceptions()) >= 60


def named_by_checks() -> Iterator[str]:
    for number in NUMBERS:
        for told in of_lesson(number):
            for answer in wrong_answers(told):
                found = mark(told, answer).misconception
                if found:
                    yield found.id


def wrong_answers(told: Posed) -> Iterator[Answer]:
    yield from told.wrong.values()
    right = told.answer
    if told.check.kind == "order" and isinstance(right, tuple):
        for option in told.options:  # it, too early by one
            at = right.index(option.key)
            if at:
                yield (*right[: at - 1], option.key, right[at - 1], *right[at + 1 :])
    if told.check.kind == "sort" and isinstance(right, dict):
        for option in told.options:
            for other in told.bins:
                if other != right[option.key]:
                    yield {**right, option.key: other}


def named_by_cards() -> Iterator[str]:
    roles = [row.role for row in program().governance.authority]
    for card in cards():
        for option in card.options:
            for owner in {card.owner, *roles}:
                for found in judge(card, program(), owner, option.key).misconceptions:
                    yield found.id


def named_by_messages(message: Message) -> Iterator[str]:
    told = {kind: message.right(kind).key for kind in CHOICES}
    useful = sorted((f for f in message.facts if f.role != "detail"),
                    key=lambda fact: fact.role != "consequence")  # fmt: skip
    facts = tuple(fact.key for fact in useful[:3])
    written = [Written(message, facts=facts, **{**told, choice.kind: choice.key})
               for choice in message.choices]  # fmt: skip
    for fact in message.facts:
        for places in ((fact.key, *facts[:2]), (*facts[1:], fact.key)):
            if len(set(places)) == 3:
                written.append(Written(message, facts=places, **told))
    for each in written:
        for found in marked(each, program()).misconceptions:
            yield found.id


def named_by_conversations(talk: Conversation) -> Iterator[str]:
    paths: list[tuple[str, list[str]]] = [(FIRST, [])]
    while paths:
        node, keys = paths.pop()
        for reply in talk.at(node):
            said = [*keys, reply.key]
            for found in scored(talk, said).misconceptions:
                yield found.id
            if reply.next:
                paths.append((reply.next, said))


def test_every_misconception_is_recognised_from_an_answer_that_it_leads_to():
    named = {*named_by_checks(), *named_by_cards()}
    for each in everything():
        for message in each.all_messages:
            named |= set(named_by_messages(message))
        for talk in each.all_conversations:
            named |= set(named_by_conversations(talk))
    named |= {option.misconception for event in quarter().events for option in event.options}
    assert sorted(set(misconceptions()) - named) == []
    assert {ESCALATED, BEYOND} <= named


def test_no_belief_gives_its_answer_away_and_each_has_a_reason_and_a_hint():
    for told in misconceptions().values():
        assert told.belief.startswith(("You", "Your")), told.id
        assert told.reason != told.hint, told.id
