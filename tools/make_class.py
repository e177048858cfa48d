"""Make the class that ships with pmkit: 30 invented students, simulated, run and marked.

Usage: python tools/make_class.py; it takes some minutes, and needs Linux and bubblewrap.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import nbformat

from pmkit.learning.exercising.attempts import ATTEMPTS
from pmkit.teach.class_folder import KEY, ClassFolder, write_text
from pmkit.teach.exercise import Exercise
from pmkit.teach.manual import Manual, write_manual
from pmkit.teach.marking_class import Marking
from pmkit.teach.releasing import release
from pmkit.teach.sandbox.choosing import choose_engine
from pmkit.teach.simulating import Simulated, notebook_of, simulate

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "pmkit" / "data" / "sample_class.zip"
EXERCISE = "ps04_progress"
SEED = 30
NAMES = (
    "Amara Okafor", "Ana Costa", "Aylin Demir", "Ben Fischer", "Chidi Eze", "Clara Moreau",
    "Daniel Kim", "Elif Kaya", "Emma Jansen", "Farah Haddad", "Felix Wagner", "Grace Mbeki",
    "Hana Sato", "Ivan Petrov", "Jonas Berg", "Julia Nowak", "Kofi Mensah", "Lara Rossi",
    "Leon Becker", "Lucia Ortega", "Mateo Silva", "Mei Lin", "Nadia Rahman", "Noah Visser",
    "Olga Ivanova", "Omar Farouk", "Priya Nair", "Sofia Lund", "Tom Walsh", "Yusuf Ali",
)  # fmt: skip
COPIES = {"s23": "s07"}
"""Who hands in the notebook of whom."""
EMPTY = "s29"
ARRIVED = 1_773_136_800
"""10 March 2026, 10:00 UTC."""


def main() -> None:
    """Make the class in a temporary folder, and put what is kept where pmkit finds it."""
    with tempfile.TemporaryDirectory() as place:
        course = ClassFolder(Path(place) / "class")
        shutil.copytree(ROOT / "exercises" / "source" / EXERCISE, course.root / "source" / EXERCISE)
        rows = [f"s{n:02},{name},,," for n, name in enumerate(NAMES, 1)]
        write_text(course.root / "roster.csv", "\n".join(["id,name,email,was", *rows, ""]).replace(
            ",,,", ",,"))  # fmt: skip
        write_text(course.root / KEY, b"of the class that ships with it".hex())
        release(course, EXERCISE)
        exercise = course.exercise(EXERCISE)
        marking = Marking(course, exercise, choose_engine())
        given = hand_in(course, exercise, marking)
        marking.everybody(lambda id_: print(id_, end=" ", flush=True, file=sys.stderr))
        read_texts(course, exercise, given)
        keep(course)


def hand_in(course: ClassFolder, exercise: Exercise, marking: Marking) -> dict[str, Simulated]:
    """Let everybody hand in a notebook and a log of attempts."""
    given = {}
    for n, id_ in enumerate(course.roster):
        chance = random.Random(1000 * SEED + n)
        kind = "empty" if id_ == EMPTY else "mixed"
        given[id_] = simulate(exercise, marking.variants[id_], chance, kind)
    given |= {id_: given[whose] for id_, whose in COPIES.items()}
    for n, (id_, simulated) in enumerate(given.items()):
        folder = course.submitted(EXERCISE, id_)
        folder.mkdir(parents=True)
        path = folder / f"{EXERCISE}.ipynb"
        nbformat.write(notebook_of(exercise, simulated), path)
        os.utime(path, (ARRIVED, ARRIVED))
        log = "".join(attempts(simulated, random.Random(2000 * SEED + n)))
        if log and n % 5:  # some do not hand in their log
            write_text(folder / ATTEMPTS, log)
    return given


def attempts(simulated: Simulated, chance: random.Random) -> Any:
    """Yield lines of a log: checks of each answer, some of them of a wrong form first."""
    problems = {
        "cpi": ("cpi: must be between 0 and 5, got 93", "cpi: is not answered yet"),
        "eac": ("eac: is not answered yet",),
        "order": ("order: must be a list of a, b, c, d, each once, the first one first, got 'a'",),
        "hides": ("hides: must be one of a, b, c, d, got 'Metro'",),
    }
    for question in (*simulated.answers, *simulated.policies):
        for n in range(1, 1 + chance.choice((1, 1, 2, 2, 3, 5))):
            told = chance.choice(problems.get(question, ("",)))
            problem = told if n == 1 and chance.random() < 0.35 else ""
            at = f"2026-03-{1 + chance.randrange(9):02}T1{chance.randrange(10)}:00:00+00:00"
            yield json.dumps({"at": at, "question": question, "problem": problem}) + "\n"


def read_texts(course: ClassFolder, exercise: Exercise, given: dict[str, Simulated]) -> None:
    """Give the points of the written answer: those of the rows that a text has."""
    manual: dict[str, dict[str, Manual]] = {}
    for id_, simulated in given.items():
        for question, asked in exercise.asked.items():
            if asked.question.kind != "written":
                continue
            rubric, text = asked.rubric, simulated.texts.get(question, "")
            points = sum(row.points for row in rubric if row.model in text)
            missing = [row.says for row in rubric if row.model not in text]
            manual[id_] = {question: Manual(points, f"Missing: {missing[0]}" if missing else "")}
    write_manual(course, exercise, manual)


def keep(course: ClassFolder) -> None:
    """Pack what a report stands on, the same bytes for the same class."""
    logs = sorted(course.root.glob(f"submitted/*/{EXERCISE}/{ATTEMPTS}"))
    kept = [course.root / name for name in ("roster.csv", KEY)] + logs
    for name in ("source", "answers", "marks", "manual"):
        kept += sorted(path for path in (course.root / name).rglob("*") if path.is_file())
    with zipfile.ZipFile(HOME, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in kept:
            name = path.relative_to(course.root).as_posix()
            if "__pycache__" not in name:
                packed.writestr(zipfile.ZipInfo(name, (2026, 3, 10, 12, 0, 0)), path.read_bytes(),
                                zipfile.ZIP_DEFLATED)  # fmt: skip


if __name__ == "__main__":
    main()
