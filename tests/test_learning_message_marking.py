"""Marks of a message: five rows, each lost for its own reason, and what comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.learning.bridge.message import CHOICES
from pmkit.learning.bridge.message_marking import ROWS, mark_message
from pmkit.learning.lesson import lesson
from pmkit.model.errors import PlanError

LESSON = lesson("11")
MESSAGES = LESSON.all_messages
KINDS = {"receiver": "audience", "ask": "ask", "date": "deadline"}
each_message = pytest.mark.parametrize("message", MESSAGES, ids=lambda one: one.id)


def by_role(message, role):
    return [fact.key for fact in message.facts if fact.role == role]


def perfect(message):
    told = {kind: message.right(kind).key for kind in CHOICES}
    return {**told, "facts": by_role(message, "consequence")[:3]}


def mark(message, **other):
    return mark_message(message.id, **{**perfect(message), **other}, program=LESSON.program)


def lost(found):
    return [row.row for row in found.rows if not row.is_met]


@each_message
def test_a_message_with_all_that_is_needed_gets_five_of_five(message):
    found = mark(message)
    assert (found.score, found.is_in_time, found.misconceptions) == (5, True, ())
    assert found.reply == found.message.reply


@each_message
@pytest.mark.parametrize("row", KINDS)
def test_a_wrong_choice_loses_exactly_its_row(message, row):
    for choice in message.of_kind(KINDS[row]):
        if not choice.is_right:
            found = mark(message, **{KINDS[row]: choice.key})
            assert lost(found) == [row]
            assert not found.is_in_time
            assert found.reply != found.message.reply


@each_message
def test_a_neutral_fact_in_place_of_one_consequence_loses_nothing(message):
    facts = [*by_role(message, "consequence")[:2], by_role(message, "neutral")[0]]
    assert mark(message, facts=facts).score == 5


@each_message
def test_without_the_consequence_exactly_that_row_is_lost(message):
    facts = [by_role(message, "consequence")[0], *by_role(message, "neutral")[:2]]
    found = mark(message, facts=facts)
    assert lost(found) == ["consequence"]
    assert found.reply.startswith("Why should I?")


@each_message
def test_a_detail_loses_its_row_and_is_still_answered_in_time(message):
    for key in by_role(message, "detail"):
        found = mark(message, facts=[*by_role(message, "consequence")[:2], key])
        assert (lost(found), found.is_in_time) == (["detail"], True)
    for level in message.of_kind("detail"):
        if not level.is_right:
            assert lost(mark(message, detail=level.key)) == ["detail"]


def test_who_is_asked_nothing_says_so():
    found = mark(MESSAGES[0], ask="inform")
    assert found.reply == "Thank you for the information. I do not know what you want from me."
    assert [one.id for one in found.misconceptions] == ["no-ask"]


def test_both_seats_see_what_an_answer_in_time_is_worth():
    figures = {one.figure: one for one in mark(MESSAGES[0]).figures}
    launch = figures["launch"]
    assert (launch.too_late - launch.in_time).days == 8
    assert launch.stands == launch.too_late
    assert figures["cost"].in_time - figures["cost"].too_late == pytest.approx(30_000)
    assert {one.seat for one in figures.values()} == {"project manager", "program manager"}


@each_message
def test_too_late_costs_something_in_both_seats(message):
    moved = {one.seat for one in mark(message).figures if not one.is_the_same}
    assert moved == {"project manager", "program manager"}


def test_a_message_is_read_with_the_answer_first():
    lines = mark(MESSAGES[0]).text.splitlines()
    assert lines[4].startswith("Please back the option that is 6 days faster for EUR 30,000")
    assert lines[5].startswith("I need an answer by 22 May")
    assert [line[:2] for line in lines[6:9]] == ["- "] * 3


def test_results_are_tables_and_lines_and_markup():
    found = mark(MESSAGES[1], audience="all")
    assert list(found.table.columns) == ["met", "why"]
    assert list(found.table.index) == list(ROWS.values())
    assert list(found.effect.columns) == ["seat", "stands", "in_time", "too_late"]
    assert repr(found) == "MessageMark 11-power: 4 of 5, answered too late"
    assert "Right receiver: no." in str(found.explain())
    assert "<table>" in found._repr_html_()


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"facts": ["launch", "float"]}, "facts: exactly three of eight must be picked, got 2"),
        ({"facts": ["launch"] * 3}, "facts: must be different ones, got launch, launch, launch"),
        ({"audience": "me"},
         "audience: must be one of program, sponsor, copy, team, got 'me'"),
        ({"ask": ""}, "ask: must be picked, got nothing"),
        ({"facts": ["launch", "float", "x"]},
         "facts: must be some of launch, float, price, walls, ground, wiring, rota, drawing, "
         "got 'x'"),
    ],
)  # fmt: skip
def test_what_cannot_be_sent_is_refused(other, sentence):
    with pytest.raises(PlanError) as error:
        mark(MESSAGES[0], **other)
    assert str(error.value) == sentence


def test_an_unknown_message_is_refused():
    with pytest.raises(PlanError, match=r"message: must be one of 11-faster, .*, got '11-x'"):
        mark_message("11-x", audience="", facts=(), ask="", deadline="", detail="")


@given(st.data())
def test_the_score_counts_the_rows_and_the_order_of_facts_is_free(data):
    message = data.draw(st.sampled_from(MESSAGES))
    told = {kind: data.draw(st.sampled_from([c.key for c in message.of_kind(kind)]))
            for kind in CHOICES}  # fmt: skip
    keys = [fact.key for fact in message.facts]
    facts = data.draw(st.permutations(keys))[:3]
    one, other = mark(message, **told, facts=facts), mark(message, **told, facts=facts[::-1])
    assert one.score == other.score == 5 - len(lost(one))
    right = {kind: message.right(kind).key == told[kind] for kind in CHOICES}
    assert one.is_met("receiver") == right["audience"]
    assert one.is_met("ask") == right["ask"]
    assert one.is_met("date") == right["deadline"]
    assert one.is_met("detail") <= right["detail"]
