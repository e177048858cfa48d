"""An instructor goes through every command with every exercise, for a class of all kinds."""

from __future__ import annotations

import random

import nbformat
import pytest

from pmkit.teach.class_folder import ClassFolder
from pmkit.teach.commands import main
from pmkit.teach.marking_class import Marking
from pmkit.teach.simulating import notebook_of, simulate
from tests.class_cases import SOURCES, contained, hand_in, make_class
from tests.now_and_later import rest_is_long

COMMANDS = (
    ("mark",), ("sheet",), ("sheet", "--anonymous"), ("reading",), ("feedback",), ("gradebook",),
    ("export", "--to", "canvas"), ("export", "--to", "moodle"), ("report",),
    ("report", "--pseudonyms"), ("correct",), ("mark", "--again"),
)  # fmt: skip
KINDS = ("mixed", "mixed", "mixed", "empty")


def hand_in_all(course: ClassFolder, name: str) -> None:
    """Hand in the solution, nothing, and what students of these kinds would."""
    hand_in(course, "s0", name=name)
    hand_in(course, "s1", solved=False, name=name)
    exercise = course.exercise(name)
    variants = Marking(course, exercise, None).variants
    for n, kind in enumerate(KINDS, 2):
        simulated = simulate(exercise, variants[f"s{n}"], random.Random(n), kind)
        folder = course.submitted(name, f"s{n}")
        folder.mkdir(parents=True)
        nbformat.write(notebook_of(exercise, simulated), folder / f"{name}.ipynb")


@contained
@pytest.mark.parametrize("source", rest_is_long(SOURCES, [SOURCES[0]]),
                         ids=[each.name for each in SOURCES])  # fmt: skip
def test_every_command_goes_through(source, tmp_path, capsys):
    pytest.importorskip("nbgrader")
    course = make_class(tmp_path, *(f"s{n}" for n in range(2 + len(KINDS))), source=source)
    hand_in_all(course, source.name)
    for command, *more in COMMANDS:
        code = main([command, str(tmp_path), source.name, *more])
        assert code == 0, f"{command} {more}: {capsys.readouterr().err}"
    again = capsys.readouterr().out.rpartition("of 6 have handed in and are marked\n")[2]
    assert " -> " not in again  # the same answers have the same marks
    sheet = (tmp_path / "marks" / f"{source.name}.csv").read_text("utf-8").splitlines()
    assert len(sheet) == 1 + 2 + len(KINDS)
