"""A log of attempts is read as far as it is one, and counted by student."""

from __future__ import annotations

import json

from pmkit.learning.exercising.attempts import ATTEMPTS, Attempt
from pmkit.learning.exercising.work import open_exercise
from pmkit.teach.attempts import MOST_ATTEMPTS, attempts_handed_in, tries_of
from tests.class_cases import PS04, make_class

NAMES = ("cpi", "eac")


def log(folder, *lines):
    folder.mkdir(parents=True, exist_ok=True)
    told = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    (folder / ATTEMPTS).write_text("\n".join(told), "utf-8")
    return attempts_handed_in(folder, NAMES)


def test_what_a_notebook_writes_is_read(tmp_path):
    course = make_class(tmp_path, "ann")
    work = open_exercise(course.handout(PS04.name, "ann"))
    work.check("cpi", "tbd")
    work.check("cpi", 0.9)
    work.check("eac", None)
    found = attempts_handed_in(work.folder, NAMES)
    assert [one.question for one in found] == ["cpi", "cpi", "eac"]
    assert [bool(one.problem) for one in found] == [True, False, True]


def test_lines_that_are_no_attempts_are_passed_over(tmp_path):
    good = {"question": "cpi", "problem": "", "at": "2026"}
    found = log(tmp_path, good, "{", "[" * 5000, "[1]", "null", {"question": "rm", "problem": ""},
                {"question": ["cpi"], "problem": ""}, {"question": "cpi", "problem": 3},
                {"question": "cpi"})  # fmt: skip
    assert found == (Attempt("cpi", ""),)


def test_a_log_that_is_too_long_or_a_link_is_not_read(tmp_path):
    (tmp_path / ATTEMPTS).write_text("x" * (MOST_ATTEMPTS + 1), "utf-8")
    assert attempts_handed_in(tmp_path, NAMES) == ()
    (tmp_path / ATTEMPTS).unlink()
    secret = tmp_path / "secret"
    secret.write_text(json.dumps({"question": "cpi", "problem": "secret"}), "utf-8")
    (tmp_path / ATTEMPTS).symlink_to(secret)
    assert attempts_handed_in(tmp_path, NAMES) == ()
    assert attempts_handed_in(tmp_path / "nowhere", NAMES) == ()


def test_tries_are_those_of_the_middle_student_and_problems_are_counted_by_student():
    wrong = [Attempt("cpi", f"cpi: must be between 0 and 5, got {n}") for n in (93, 94)]
    found = tries_of(
        {"a": (*wrong, Attempt("cpi", "")), "b": (Attempt("cpi", ""),), "c": wrong, "d": ()}, NAMES
    )
    (cpi,) = found
    assert (cpi.question, cpi.students, cpi.tries, cpi.most) == ("cpi", 3, 2, 3)
    assert cpi.problems == (("must be between 0 and 5", 2),)
