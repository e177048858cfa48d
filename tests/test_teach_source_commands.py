"""An exercise that somebody writes is tried, and what is wrong with it comes at once."""

from __future__ import annotations

import shutil

from pmkit.teach.commands import main
from tests.class_cases import PS04


def test_what_is_wrong_with_an_exercise_is_told_before_anything_runs(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("pmkit.teach.source_commands.choose_engine", None)  # would be called to run
    monkeypatch.setattr("pmkit.teach.making.is_screen", lambda: True)
    source = shutil.copytree(PS04, tmp_path / PS04.name)
    with (source / "mistakes.csv").open("a", encoding="utf-8") as table:
        table.write("cpi,never-made,0.5,Nobody can do this.\n")
    assert main(["try", str(source)]) == 1
    said = capsys.readouterr().err
    assert f"numbers of {PS04.name}: 0 of 20 made, now try 0" in said
    assert said.endswith(
        "pmkit: cpi: no variant and no option leads to never-made of mistakes.csv\n"
    )
