"""The roster says who there is, and each mistake in it is told with its place."""

from __future__ import annotations

import pytest

from pmkit.model.errors import PlanError
from pmkit.teach.roster import Student, read_roster

HEAD = "id,name,email,was\n"


def test_students_are_read_with_what_they_have(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(HEAD + 's1,"Okafor, Amara",a@x.org,\ns2,,,old2\n', "utf-8")
    found = read_roster(path)
    assert found["s1"] == Student("s1", "Okafor, Amara", "a@x.org")
    assert (found["s1"].seed, found["s2"].seed) == ("s1", "old2")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("../up,,,\n", "id must be letters, digits, '.', '_' or '-', at most 64, got '../up'"),
        (".x,,,\n", "id must be letters, digits, '.', '_' or '-', at most 64, got '.x'"),
        ("s1,,,\nS1,,,\n", "id must be there once, in any case of letters, got 'S1'"),
        ("s1,,,\ns2,,,s1\n", "was is the first id of s1, too, got 's1'"),
        (",Nobody,,\n", "id must not be empty, got ''"),
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
        "roster: must be a file with the columns id, name, email, was, got no file roster.csv"
    )
