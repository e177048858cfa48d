import io
import json
import shutil
from datetime import UTC, datetime, timedelta, timezone
from zipfile import ZipFile

import pytest

from pmkit.model.errors import PlanError
from pmkit.teach import receiving
from pmkit.teach.arrivals import arrival
from pmkit.teach.class_folder import ClassFolder, write_text
from pmkit.teach.receiving import packed_for, student_of, take_in
from tests.class_cases import PS04, make_class

NOTEBOOK = json.dumps({"cells": []})
NOW = datetime(2026, 11, 29, 23, 59, tzinfo=UTC)
NAME = PS04.name


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = tmp_path_factory.mktemp("class")
    make_class(root, "S01", "s02")
    return root


@pytest.fixture
def course(made, tmp_path):
    shutil.copytree(made, tmp_path / "class")
    return ClassFolder(tmp_path / "class")


def take(course, student="S01", exercise=NAME, notebook=NOTEBOOK, attempts="", now=NOW):
    return take_in(course, student, exercise, notebook, attempts, now)


def test_a_user_of_the_hub_is_the_student_of_the_same_letters(course):
    assert student_of(course, "s01") == "S01"
    with pytest.raises(PlanError, match=r"^s03: must be on the roster of the class, is not; ask "
                                        "your teacher$"):  # fmt: skip
        student_of(course, "s03")


def test_a_student_gets_the_own_folder_and_the_own_feedback_and_nothing_else(course):
    for student in ("S01", "s02"):
        write_text(course.root / "feedback" / student / NAME / "feedback.html", f"of {student}")
    (course.handout(NAME, "S01") / "link").symlink_to(course.root / "class.key")
    with ZipFile(io.BytesIO(packed_for(course, "S01"))) as packed:
        names = set(packed.namelist())
        assert packed.read(f"{NAME}/feedback.html") == b"of S01"
        for name in names - {f"{NAME}/feedback.html"}:
            there = course.handout(NAME, "S01") / name.removeprefix(f"{NAME}/")
            assert packed.read(name) == there.read_bytes()
    assert f"{NAME}/{NAME}.ipynb" in names
    assert f"{NAME}/data/questions.json" in names
    assert not any("link" in name for name in names)


def test_what_is_handed_in_lies_where_it_is_marked_with_the_time_as_nbgrader_writes_it(course):
    now = NOW.astimezone(timezone(timedelta(hours=9)))
    receipt = take(course, attempts="{}\n", now=now)
    folder = course.submitted(NAME, "S01")
    assert (folder / f"{NAME}.ipynb").read_text() == NOTEBOOK
    assert (folder / "attempts.jsonl").read_text() == "{}\n"
    assert (folder / "timestamp.txt").read_text() == "2026-11-29 23:59:00.000000 UTC\n"
    assert arrival(folder, NAME) == NOW
    assert (receipt.at, receipt.attempt) == ("2026-11-29 23:59:00.000000 UTC", 1)


def test_the_last_one_counts_and_the_earlier_ones_are_kept_with_their_times(course):
    texts = [json.dumps({"cells": [{"n": n}]}) for n in range(3)]
    counts = [
        take(course, notebook=text, now=NOW + timedelta(hours=n)).attempt
        for n, text in enumerate(texts)
    ]
    assert counts == [1, 2, 3]
    before = course.root / "submitted_before" / "S01" / NAME
    assert {p.name for p in before.iterdir()} == {
        "0001.ipynb", "0001.txt", "0002.ipynb", "0002.txt",
    }  # fmt: skip
    assert (before / "0002.ipynb").read_text() == texts[1]
    assert (before / "0002.txt").read_text() == "2026-11-30 00:59:00.000000 UTC\n"
    assert (course.submitted(NAME, "S01") / f"{NAME}.ipynb").read_text() == texts[2]


def test_only_so_many_earlier_ones_are_kept_and_the_count_goes_on(course, monkeypatch):
    monkeypatch.setattr(receiving, "MOST_KEPT", 2)
    assert [take(course).attempt for _ in range(5)] == [1, 2, 3, 4, 5]
    before = course.root / "submitted_before" / "S01" / NAME
    assert {p.stem for p in before.iterdir()} == {"0003", "0004"}


@pytest.mark.parametrize(("told", "problem"), [
    ({"exercise": "ps99"}, "hand in: must be an exercise that you were given, got 'ps99'"),
    ({"exercise": "../s02"}, "hand in: must be an exercise that you were given, got '../s02'"),
    ({"exercise": ""}, "hand in: must be an exercise that you were given, got ''"),
    ({"notebook": "[]"}, f"hand in: {NAME}.ipynb must be a notebook, got something else"),
    ({"notebook": "no"}, f"hand in: {NAME}.ipynb must be a notebook, got something else"),
    ({"notebook": '{"cells": 1}'}, f"hand in: {NAME}.ipynb must be a notebook, got something else"),
    ({"notebook": '{"cells": [], "a": "\ud800"}'},
     f"hand in: {NAME}.ipynb must be a notebook, got something else"),
    ({"notebook": "[" * 200_000}, f"hand in: {NAME}.ipynb must be a notebook, got something else"),
    ({"notebook": '{"cells": []}' + " " * 12_345_678},
     f"hand in: {NAME}.ipynb must have at most 10 MB, got 12.3 MB; clear its outputs and save"),
])  # fmt: skip
def test_what_is_not_taken_is_said_and_changes_nothing(course, told, problem):
    with pytest.raises(PlanError) as raised:
        take(course, **told)
    assert str(raised.value) == problem
    assert not (course.root / "submitted").exists()
    assert not (course.root / "submitted_before").exists()


def test_a_log_that_is_too_long_or_no_text_does_not_keep_the_notebook_out(course):
    take(course, attempts="x" * 2_000_001)
    take(course, attempts="\ud800")
    folder = course.submitted(NAME, "S01")
    assert {p.name for p in folder.iterdir()} == {f"{NAME}.ipynb", "timestamp.txt"}
