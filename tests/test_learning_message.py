"""Messages as they stand in the tables, and what is wrong with them has its place."""

from __future__ import annotations

import csv
import shutil

import pytest

from pmkit.learning.bridge.message import CHOICES, mixed
from pmkit.learning.bridge.message_reading import read_messages
from pmkit.learning.lesson import lesson
from pmkit.learning.misconceptions import read_misconceptions
from pmkit.learning.tables import Reader, tables_folder

FOLDER = "11_the_bridge"
MESSAGES = lesson("11").all_messages
each_message = pytest.mark.parametrize("message", MESSAGES, ids=lambda one: one.id)


@pytest.fixture
def tables(tmp_path):
    """Return a function that edits one cell of a copy of the tables, and reads them."""
    shutil.copytree(tables_folder() / FOLDER, tmp_path / FOLDER)

    def edited(file, line, **cells):
        path = tmp_path / FOLDER / f"{file}.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        rows[line - 2].update(cells)
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        reader = Reader(tmp_path)
        read_messages(reader, FOLDER, read_misconceptions(reader))
        return [(p.sentence, p.file, p.row, p.column) for p in reader.problems]

    return edited


def test_there_are_six_three_from_each_seat():
    seats = [message.seat for message in MESSAGES]
    assert (seats.count("project manager"), seats.count("program manager")) == (3, 3)


@each_message
def test_every_wrong_choice_has_a_reason_and_one_of_each_kind_is_right(message):
    for kind in CHOICES:
        there = message.of_kind(kind)
        assert len(there) >= 3
        assert sum(choice.is_right for choice in there) == 1
        assert all(choice.reason for choice in there)


@each_message
def test_figures_are_those_of_the_program_and_none_is_left_open(message):
    filled = message.filled(lesson("11").program)
    texts = [filled.situation, filled.reply, filled.in_time, filled.too_late,
             *(f.text + f.reason for f in filled.facts),
             *(c.text + c.said + c.reason + c.reply for c in filled.choices)]  # fmt: skip
    assert not any("{" in text for text in texts)


def test_figures_follow_the_program():
    from pmkit.model.applying import applied
    from pmkit.model.change import Change

    program = lesson("11").program
    power = next(message for message in MESSAGES if message.id == "11-power")
    later = applied(program, Change("Depot.Wiring", duration="+2"))
    assert power.filled(program).facts[0].text.startswith("The power is on from 23 June.")
    assert power.filled(later).facts[0].text.startswith("The power is on from 24 June.")


def test_a_mistake_in_a_table_is_named_with_its_place(tables):
    assert tables("message_facts", 2, role="important") == [
        ("row: role must be one of consequence, neutral, detail, got 'important'",
         "11_the_bridge/message_facts.csv", 2, "role"),
        ("11-faster: id needs 8 facts of different keys, 3 or more of them consequences, got "
         "'11-faster'", "11_the_bridge/messages.csv", 2, "id"),
    ]  # fmt: skip


def test_a_belief_must_be_in_the_catalogue(tables):
    found = tables("message_choices", 3, misconception="no-such")
    assert found[0] == ("row: misconception must be one of the catalogue, got 'no-such'",
                        "11_the_bridge/message_choices.csv", 3, "misconception")  # fmt: skip


def test_a_message_without_a_right_receiver_is_refused(tables):
    assert tables("message_choices", 2, right="")[0][0] == (
        "11-faster: id needs choices of audience with different keys, some right and some not, "
        "got '11-faster'"
    )


def test_both_endings_must_differ(tables):
    sentence = "11-faster: late must differ from what happens in time, got ''"
    assert tables("messages", 2, answered="")[0][0] == sentence


def test_changes_must_be_changes(tables):
    assert tables("messages", 3, late="[1]")[0][0].startswith(
        "11-power: late must be a list of changes, such as "
    )


def test_a_date_must_be_one(tables):
    assert tables("messages", 3, date="soon")[0][0] == (
        "11-power: date must be a date such as 2026-05-04, got 'soon'"
    )


def test_the_order_on_screen_is_always_the_same_and_not_that_of_the_table():
    there = MESSAGES[0].choices
    assert mixed(there, "a") == mixed(there, "a") != list(there)
    firsts = [mixed(m.of_kind(k), f"{m.id}/{k}")[0].is_right for m in MESSAGES for k in CHOICES]
    assert 0 < sum(firsts) < len(firsts) / 2
