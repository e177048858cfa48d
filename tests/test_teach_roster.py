"""The roster says who there is, and each mistake in it is told with its place."""

from __future__ import annotations

from datetime import date

import pytest

from pmkit.model.errors import PlanError
from pmkit.teach.roster import Student, days_late, read_roster

HEAD = "id,name,email,extra_time,extra_days,was\n"


def test_students_are_read_with_what_they_have(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(HEAD + 's1,"Okafor, Amara",a@x.org,0.25,,\ns2,,,,3,old2\n', "utf-8")
    found = read_roster(path)
    assert found["s1"] == Student("s1", "Okafor, Amara", "a@x.org", 0.25)
    assert (found["s1"].seed, found["s2"].seed, found["s2"].extra_days) == ("s1", "old2", 3)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("../up,,,,,\n", "id must be letters, digits, '.', '_' or '-', at most 64, got '../up'"),
        (".x,,,,,\n", "id must be letters, digits, '.', '_' or '-', at most 64, got '.x'"),
        ("s1,,,,,\nS1,,,,,\n", "id must be there once, in any case of letters, got 'S1'"),
        ("s1,,,,,\ns2,,,,,s1\n", "was is the first id of s1, too, got 's1'"),
        ("s1,,,-1,,\n", "extra_time must not be less than 0, got '-1'"),
        ("s1,,,,soon,\n", "extra_days must be a number, got 'soon'"),
        (",Nobody,,,,\n", "id must not be empty, got ''"),
        ("", "roster must name at least one student, got none"),
    ],
)
def test_a_broken_roster_is_told_why(tmp_path, rows, sentence):
    path = tmp_path / "roster.csv"
    path.write_text(HEAD + rows, "utf-8")
    with pytest.raises(PlanError) as error:
        read_roster(path)
    assert sentence in str(error.value)


def test_no_roster_is_told_what_it_must_have(tmp_path):
    with pytest.raises(PlanError) as error:
        read_roster(tmp_path / "roster.csv")
    assert str(error.value) == (
        "roster: must be a file with the columns id, name, email, extra_time, extra_days, was, "
        "got no file roster.csv"
    )


def test_an_extension_counts_before_a_day_is_late():
    due, came = date(2026, 11, 2), date(2026, 11, 5)
    assert days_late(came, due, Student("a")) == 3
    assert days_late(came, due, Student("a", extra_days=3)) == 0
    assert days_late(due, due, Student("a")) == 0
