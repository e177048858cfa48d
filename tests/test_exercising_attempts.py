"""What was tried is logged and read again, as far as the log is one."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.learning.exercising.attempts import (
    ATTEMPTS,
    Attempt,
    attempts_of,
    note,
    read_attempts,
    table_of,
)

NAMES = ("cpi", "eac")
AT = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


def test_what_is_noted_is_read_again_the_newest_last(tmp_path):
    tried = (Attempt("eac", "eac: is not answered yet", "", AT), Attempt("cpi", "", "0.83", AT))
    for one in tried:
        note(tmp_path, one)
    assert read_attempts(tmp_path, NAMES) == tried
    assert [one.said for one in tried] == ["is not answered yet", "has the form that is asked for"]


def test_the_time_is_noted_where_none_is_given(tmp_path):
    before = datetime.now(UTC).replace(microsecond=0)
    note(tmp_path, Attempt("cpi", ""))
    (found,) = read_attempts(tmp_path, NAMES)
    assert found.at is not None
    assert before <= found.at <= datetime.now(UTC)


@pytest.mark.parametrize(
    "line",
    ["{", "[" * 5000, "[1]", "null", "", '{"question": "rm", "problem": ""}', '{"question": "cpi"}',
     '{"question": ["cpi"], "problem": ""}', '{"question": "cpi", "problem": 3}', "\ufffd\x00"],
)  # fmt: skip
def test_a_line_that_is_no_attempt_is_passed_over(tmp_path, line):
    good = json.dumps({"at": "2026-03-02T18:00:00+00:00", "question": "cpi", "problem": ""})
    (tmp_path / ATTEMPTS).write_text(f"{line}\n{good}\n{line}", "utf-8")
    assert read_attempts(tmp_path, NAMES) == (Attempt("cpi", "", "", AT),)


@pytest.mark.parametrize("at", [None, 7, "never", "0001-01-01T00:00:00+10:00", []])
def test_an_attempt_whose_time_is_none_is_there_without_one(at):
    line = json.dumps({"at": at, "question": "cpi", "problem": "", "given": at})
    (found,) = attempts_of(line, NAMES)
    assert found.at is None
    assert table_of([found])["when"].isna().all()


@given(st.binary(max_size=200))
def test_no_log_raises(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("log")
    (folder / ATTEMPTS).write_bytes(content)
    table = table_of(read_attempts(folder, NAMES))
    assert list(table.columns) == ["when", "question", "given", "said"]


def test_halves_of_letters_and_long_texts_can_be_shown():
    line = json.dumps({"question": "cpi", "problem": "x" * 999, "given": "\ud800" + "y" * 999})
    (found,) = attempts_of(line, NAMES)
    assert found == Attempt("cpi", "x" * 200, "?" + "y" * 199)


def test_without_a_log_the_table_has_its_columns_and_no_row(tmp_path):
    none, some = table_of(read_attempts(tmp_path, NAMES)), table_of([Attempt("cpi", "", "1", AT)])
    assert len(none) == 0
    assert none.dtypes.equals(some.dtypes)
    assert list(some.columns) == ["when", "question", "given", "said"]
    assert list(some.loc[1]) == [AT, "cpi", "1", "has the form that is asked for"]
    assert (none.index.name, list(some.index)) == ("attempt", [1])


def test_where_nothing_can_be_written_or_read_it_goes_on(tmp_path):
    (tmp_path / ATTEMPTS).mkdir()
    note(tmp_path, Attempt("cpi", ""))
    assert read_attempts(tmp_path, NAMES) == ()
