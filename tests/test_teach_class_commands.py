"""The commands lead from the exercises to the feedback, and change nothing that is there."""

from __future__ import annotations

from pathlib import Path

from pmkit.teach.class_folder import KEY, ClassFolder
from pmkit.teach.commands import main
from tests.class_cases import PS04, SOURCES, hand_in

NAME = PS04.name


def test_the_commands_lead_from_the_exercises_to_the_feedback(tmp_path, capsys):
    course, source = str(tmp_path / "class"), str(PS04.parent)
    assert main(["start", course, source]) == 0
    assert main(["release", course, NAME]) == 1
    assert "roster must name at least one student, got none" in capsys.readouterr().err
    (tmp_path / "class" / "roster.csv").write_text("id,name\ns1,Mei\n")
    assert main(["release", course, NAME]) == 0
    assert capsys.readouterr().out.startswith("handouts made: 1, there before: 0; in ")
    assert main(["feedback", course, NAME]) == 1
    assert "ps04_progress must be marked first, got no marks" in capsys.readouterr().err
    hand_in(ClassFolder(Path(course)), "s1", solved=False)
    assert main(["mark", course, NAME, "--without-running"]) == 0
    assert "1 of 1 have handed in and are marked" in capsys.readouterr().out
    assert main(["feedback", course, NAME]) == 0
    assert (tmp_path / "class" / "feedback" / "s1" / NAME / "feedback.html").is_file()


def test_to_start_again_leaves_what_the_instructor_has_changed(tmp_path, capsys):
    course, source = str(tmp_path / "class"), str(PS04.parent)
    assert main(["start", course, source]) == 0
    corrected = tmp_path / "class" / "source" / NAME / "questions.csv"
    corrected.write_text("corrected")
    key = (tmp_path / "class" / KEY).read_text()
    capsys.readouterr()
    assert main(["start", course, source]) == 0
    assert f"left as they are, marks may hang on them: {SOURCES[0].name}, " in (
        capsys.readouterr().out
    )
    assert corrected.read_text() == "corrected"
    assert (tmp_path / "class" / KEY).read_text() == key
