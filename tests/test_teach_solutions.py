"""An exercise's solution is right on every student's files, whatever was drawn for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pmkit.teach.answers import mark_answers
from pmkit.teach.collecting import Collected
from pmkit.teach.exercise_tables import read_exercise
from pmkit.teach.notebooks import make_notebook
from pmkit.teach.releasing import write_data
from pmkit.teach.variants import PUBLIC_KEY, chance_of, make_variant
from tests.class_cases import SOURCES
from tests.now_and_later import rest_is_long

STATES = {"right", "to read", "untouched"}  # a written answer is not looked at here


@pytest.mark.parametrize("variants", rest_is_long([1, 60], [1]))
@pytest.mark.parametrize("folder", SOURCES, ids=lambda folder: folder.name)
def test_the_solution_finds_every_answer_in_the_student_s_files(
    folder: Path, variants: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Without the sandbox, which is tried on fewer of them: what is ours is safe to run."""
    exercise = read_exercise(folder)
    cells = [c.source for c in make_notebook(exercise, solved=True).cells if c.cell_type == "code"]
    code = [compile(cell, folder.name, "exec") for cell in cells]
    for n in range(variants):
        variant = make_variant(exercise, chance_of(PUBLIC_KEY, f"solved {n}", exercise))
        (tmp_path / str(n)).mkdir()
        write_data(tmp_path / str(n) / "data", exercise, variant)
        monkeypatch.chdir(tmp_path / str(n))
        names: dict[str, Any] = {}
        with pd.option_context("display.max_colwidth", None, "display.max_rows", None):
            for cell in code:  # what it sets for its own tables ends with it
                exec(cell, names)
        values = {name: names[name] for name in exercise.asked if name in names}
        returned = {
            name: [{"returns": names[name](*case.arguments)} for case in cases]
            for name, cases in variant.cases.items()
        }
        marks = mark_answers(exercise, variant, Collected(values, returned))
        lost = [(one.question, one.state, one.said) for one in marks if one.state not in STATES]
        assert lost == [], f"variant {n}"
