"""Conversations: every way through them takes three turns, and is scored by behaviour."""

from __future__ import annotations

import csv
import shutil
from itertools import product

import pytest

from pmkit.learning.bridge.conversation import FIRST, read_conversations
from pmkit.learning.bridge.conversation_scoring import converse
from pmkit.learning.lesson import lesson
from pmkit.learning.makers.the_bridge import faster
from pmkit.learning.misconceptions import read_misconceptions
from pmkit.learning.tables import Reader, tables_folder
from pmkit.model.errors import PlanError

FOLDER = "11_the_bridge"
TALKS = lesson("11").all_conversations
each_talk = pytest.mark.parametrize("talk", TALKS, ids=lambda one: one.id)


def ways(talk, node=FIRST):
    """Return every way through a conversation, by keys."""
    if not node:
        return [()]
    return [(r.key, *rest) for r in talk.at(node) for rest in ways(talk, r.next)]


def test_there_are_the_four_that_are_asked_for():
    assert [talk.id for talk in TALKS] == ["11-engineer", "11-badnews", "11-micro", "11-sponsor"]


@each_talk
def test_every_way_has_three_turns_and_a_score_of_its_behaviours(talk):
    for way in ways(talk):
        found = converse(talk.id, way)
        assert found.is_over
        assert found.points == sum(reply.behaviour.score for reply in found.said)
        assert len(found.alternatives) == sum(reply.score < 2 for reply in found.said)


@each_talk
def test_the_best_way_gets_everything_and_needs_no_alternative(talk):
    best = max(ways(talk), key=lambda way: converse(talk.id, way).points)
    found = converse(talk.id, best)
    assert (found.score, found.alternatives, found.misconceptions) == (100, (), ())
    assert len(found.worked) == 7


@each_talk
def test_the_other_answers_to_how_one_speaks(talk):
    replies = [reply.answer for reply in talk.replies]
    assert len(set(replies)) == len(replies)
    assert len({reply.next for reply in talk.at(FIRST)}) == 2


@each_talk
def test_who_spoke_badly_can_still_repair_it(talk):
    worst = min(talk.at(FIRST), key=lambda reply: reply.score)
    best = [talk.best(worst.next)]
    best.append(talk.best(best[0].next))
    assert converse(talk.id, [worst.key, *(reply.key for reply in best)]).points >= 4


def test_figures_that_are_said_are_those_of_the_program():
    told = faster(lesson("11").program).told
    texts = " ".join(reply.text + reply.answer for talk in TALKS for reply in talk.replies)
    for figure in (f"EUR {told['price']}", f"EUR {told['gain']}", told["launch"], told["by"]):
        assert figure in texts
    assert (told["late"], told["won"]) == ("12", "6")
    assert "twelve working days late" in texts
    assert "six days" in texts


def test_an_alternative_says_what_why_and_what_would_have_come_back():
    found = converse("11-badnews", ["hides", "names-fact-and-effect", "offers-options"])
    assert found.points == 4
    assert len(found.alternatives) == 1
    first = found.alternatives[0]
    assert first.startswith("Turn 1: you could have said: “No. We hand over twelve working days")
    assert "because a fact and what follows from it can be checked" in first
    assert "(Stone, Patton & Heen, 1999)" in first
    assert [one.id for one in found.misconceptions] == ["hid-until-sure"]


def test_results_are_tables_and_lines_and_markup():
    found = converse("11-micro", ["blames", "threatens"])
    assert repr(found) == "ConversationScore 11-micro: 0 of 6 points in 2 of 3 turns"
    assert list(found.table.columns) == ["you_said", "behaviour", "points", "answer"]
    assert "score = (0 + 0) / 6 = 0 %" in str(found.explain())
    assert "<table>" in found._repr_html_()
    assert len(converse("11-micro", []).table) == 0


@pytest.mark.parametrize(
    ("talk", "replies", "sentence"),
    [
        ("11-micro", ["sings"], "replies: turn 1 must be one of names-fact-and-effect, gives-in, "
                                "blames, got 'sings'"),
        ("11-micro", ["blames", "threatens", "blames", "blames"],
         "replies: must be at most 3, got 4"),
        ("11-x", [], "conversation: must be one of 11-engineer, 11-badnews, 11-micro, "
                     "11-sponsor, got '11-x'"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_refused(talk, replies, sentence):
    with pytest.raises(PlanError) as error:
        converse(talk, replies)
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("file", "cells", "sentence"),
    [
        ("conversation_turns", {"next": ""},
         "11-engineer: id needs exactly 3 turns on every way, got '11-engineer'"),
        ("conversation_turns", {"behaviour": "puts-off"},
         "11-engineer: id needs a reply worth 2 points at node 1, got '11-engineer'"),
        ("conversation_turns", {"key": "threatens"},
         "11-engineer: id needs three different replies at node 1, got '11-engineer'"),
        ("behaviours", {"score": "5"},
         "asks-openly: score must be a whole number from 0 to 2, got '5'"),
        ("conversations", {"seat": "chair"},
         "11-engineer: seat must be one of project manager, program manager, got 'chair'"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_table_is_named(tmp_path, file, cells, sentence):
    shutil.copytree(tables_folder() / FOLDER, tmp_path / FOLDER)
    path = tmp_path / FOLDER / f"{file}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0].update(cells)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    reader = Reader(tmp_path)
    read_conversations(reader, FOLDER, read_misconceptions(reader))
    assert sentence in [problem.sentence for problem in reader.problems]


def test_no_way_is_there_twice():
    assert all(len(set(ways(talk))) == 27 == len(list(product("abc", repeat=3))) for talk in TALKS)
