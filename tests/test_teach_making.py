"""Whoever waits for the numbers of a class sees whose are being made, before they are."""

from __future__ import annotations

import pytest

from pmkit.teach.commands import main
from pmkit.teach.making import on_screen
from tests.class_cases import PS04, hand_in, make_class

NAME = PS04.name
NEVER_MADE = "\n\ndef make(chance):\n    raise KeyboardInterrupt\n"


@pytest.fixture
def screen(capsys, monkeypatch):
    """Return what is printed, as somebody before a screen sees it."""
    monkeypatch.setattr("pmkit.teach.making.is_screen", lambda: True)
    return capsys


def test_a_student_is_named_before_the_numbers_are_made(screen):
    going = iter(on_screen("ps04")(["s1", "s2"]))
    for made, student in enumerate(("s1", "s2")):
        assert next(going) == student
        said = screen.readouterr().err.splitlines()
        assert said[-1].strip() == f"numbers of ps04: {made} of 2 made, now {student}"
    assert next(going, "done") == "done"
    assert screen.readouterr().err.endswith(" \r")  # nothing of it stays


@pytest.mark.parametrize("is_live", [True, False])
def test_the_line_stays_where_somebody_has_waited_long_enough(
    tmp_path, capsys, monkeypatch, is_live
):
    monkeypatch.setattr("pmkit.teach.making.is_screen", lambda: is_live)
    course = make_class(tmp_path, "s1")
    (tmp_path / "roster.csv").write_text("id\ns1\nlate\n")
    path = course.exercise(NAME).folder / "variant.py"
    path.write_text(path.read_text("utf-8") + NEVER_MADE, "utf-8")
    with pytest.raises(KeyboardInterrupt):
        main(["release", str(tmp_path), NAME])
    assert capsys.readouterr().err.endswith(f"numbers of {NAME}: 0 of 1 made, now late\n")


@pytest.mark.parametrize(
    "command", [["release"], ["mark", "--without-running"], ["reading"], ["correct"], ["feedback"],
                ["report"]], ids=lambda words: words[0],
)  # fmt: skip
def test_each_command_that_makes_numbers_says_whose(tmp_path, screen, command):
    course = make_class(tmp_path, "s1")
    hand_in(course, "s1", solved=False)
    assert main(["mark", str(tmp_path), NAME, "--without-running"]) == 0
    if command == ["release"]:
        (tmp_path / "roster.csv").write_text("id\ns1\nlate\n")
    screen.readouterr()
    assert main([command[0], str(tmp_path), NAME, *command[1:]]) == 0
    whose = "late" if command == ["release"] else "s1"
    assert f"numbers of {NAME}: 0 of 1 made, now {whose}" in screen.readouterr().err


def test_a_log_is_not_filled_with_it(capsys):
    assert list(on_screen("ps04")(["s1", "s2"])) == ["s1", "s2"]
    assert capsys.readouterr().err == ""
