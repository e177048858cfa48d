"""Handing out: the same notebook for everybody, and a folder of own numbers for each student."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from pmkit.learning.exercising.work import DATA, QUESTIONS
from pmkit.teach.class_folder import ClassFolder, write_json
from pmkit.teach.exercise import Exercise
from pmkit.teach.making import Through
from pmkit.teach.notebooks import make_notebook
from pmkit.teach.variants import Variant, chance_of, make_variant, told_question


def release(course: ClassFolder, name: str, through: Through = iter) -> list[str]:
    """Make the handout of each student who has none.

    Somebody who joins late gets one by calling it again; what was handed out is left alone.

    Parameters
    ----------
    course, name
        The class, and the exercise.
    through
        Goes through the students while their numbers are made.

    Returns
    -------
    list of str
        Ids of those whose handout was made.
    """
    exercise = course.exercise(name)
    notebook = make_notebook(exercise, solved=False)
    without = [id_ for id_ in course.roster if not course.handout(name, id_).is_dir()]
    for id_ in through(without):
        variant = make_variant(exercise, chance_of(course.key, course.roster[id_].seed, exercise))
        write_handout(course.handout(name, id_), exercise, variant, notebook)
    return without


def write_handout(folder: Path, exercise: Exercise, variant: Variant, notebook: Any) -> None:
    """Write a notebook and its data, whole or not at all."""
    import nbformat

    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(mkdtemp(dir=folder.parent, prefix=".new-"))
    try:
        nbformat.write(notebook, new / f"{exercise.name}.ipynb")
        write_data(new / DATA, exercise, variant)
        new.chmod(0o755)
        os.replace(new, folder)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def write_data(folder: Path, exercise: Exercise, variant: Variant) -> None:
    """Write what a student works with: the files and the questions, no answers."""
    from pmkit.files.writer import write

    folder.mkdir()
    for name, content in variant.files.items():
        if hasattr(content, "to_csv"):
            content.to_csv(folder / name)
        else:
            write(content, folder / name)
    questions = [
        told_question(asked, variant.made[name]).to_dict() for name, asked in exercise.asked.items()
    ]
    write_json(folder / QUESTIONS, {
        "exercise": exercise.name, "title": exercise.title, "version": exercise.version,
        "questions": questions,
    })  # fmt: skip
