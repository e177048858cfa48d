"""Commands are named as they are written about, and what is wrong is a sentence."""

from __future__ import annotations

import pytest

from pmkit.teach.commands import main
from tests.class_cases import PS04, make_class

NAMES = ("start", "release", "mark", "sheet", "reading", "correct", "export", "feedback",
         "gradebook", "report", "try", "alone")  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_each_command_says_what_it_does(name, capsys):
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: python -m pmkit.teach {name} ")


def test_what_is_wrong_ends_in_a_sentence(tmp_path, capsys):
    make_class(tmp_path, "s1")
    assert main(["mark", str(tmp_path), "ps99", "--without-running"]) == 1
    said = capsys.readouterr().err
    assert said == f"pmkit: exercise: must be one of {PS04.name}, got 'ps99'\n"
