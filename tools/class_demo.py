"""A class from the first command to the last: 30 invented students hand in, and are marked.

    make class-demo      or      python -m tools.class_demo [FOLDER]

Some are good, some make the known mistakes, and there are empty, broken, late, absent and hostile
ones. Every command is printed before it is run; exercises/README.md goes through the same ones.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import nbformat

from pmkit.teach.class_folder import ClassFolder, write_text
from pmkit.teach.exercise import Exercise
from pmkit.teach.simulating import known_mistakes, notebook_of, simulate
from pmkit.teach.variants import Variant, chance_of, make_variant

ROOT = Path(__file__).parents[1]
EXERCISE = "ps04_progress"
STUDENTS = 30
DUE = "2026-11-20T23:59:00+01:00"
IN_TIME, LATE = "2026-11-20 20:15:00.000000 UTC", "2026-11-22 09:30:00.000000 UTC"
NAMES = (
    "Okafor, Amara", "Lindqvist, Jonas", "Tanaka, Mei", "van Dam, Ben", "Silva, Ines",
    "Novak, Petr", "Haddad, Leila", "Kim, Jisoo", "Mensah, Kofi", "Rossi, Giulia",
    "Nguyen, Minh", "Schmidt, Clara", "Ali, Yusuf", "Petrov, Anna", "Garcia, Luis",
    "Jensen, Freja", "Chen, Wei", "Dubois, Leo", "Hansen, Nora", "Singh, Arjun",
    "Moreau, Eva", "Costa, Rui", "Weber, Paul", "Yilmaz, Deniz", "Brown, Ella",
    "Popescu, Dan", "Virtanen, Aino", '=HYPERLINK("http://example.org","me")',
    "<script>document.title='owned'</script>", "Bobby Tables'); DROP TABLE student;--",
)  # fmt: skip
HOSTILE = {
    "sleeps for ever": "import time\ntime.sleep(9999)",
    "forks without end": "import os\nwhile True: os.fork()",
    "takes memory without end": "x = []\nwhile True: x.append(bytes([1]) * 10**7)",
    "prints a gigabyte": "import os\nwhile True: os.write(1, b'x' * 10**5)",
    "reads the gradebook and the solution": (
        "print(open('../../gradebook.db', 'rb').read())\n"
        "print(open('../../source/ps04_progress/ps04_progress.py').read())"
    ),
    "forges its results": (
        "import json, os, sys\ntold = json.load(open('submission.json'))\n"
        "forged = json.dumps({'answers': {'cpi': 1}, 'policies': {}, 'errors': []})\n"
        "print(chr(10) + told['mark'] + forged, file=sys.__stdout__, flush=True)\nos._exit(0)"
    ),
}


def main() -> None:
    """Go through all of it; end with the first command that does not end well."""
    begun = time.monotonic()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "work" / "class_demo"
    clear(folder)
    teach("start", folder, ROOT / "exercises" / "source")
    write_roster(folder / "roster.csv")
    write_text(folder / "deadlines.csv", "exercise,due,share_per_day,days_at_most\n"
               f"{EXERCISE},{DUE},0.1,5\n")  # fmt: skip
    teach("release", folder, EXERCISE)
    for line in hand_in_all(ClassFolder(folder)):
        print(line)
    for command in COMMANDS:
        teach(*(folder if word == "my_class" else word for word in command.split()))
    print(f"\nall of it in {time.monotonic() - begun:.0f} s; look around in {folder}")


COMMANDS = (
    f"mark my_class {EXERCISE}",
    f"mark my_class {EXERCISE}",
    f"reading my_class {EXERCISE}",
    f"feedback my_class {EXERCISE}",
    f"gradebook my_class {EXERCISE}",
    f"export my_class {EXERCISE} --to canvas",
    f"export my_class {EXERCISE} --to moodle",
    f"report my_class {EXERCISE}",
)
"""After handing in; marking again marks nobody twice."""


def clear(folder: Path) -> None:
    """Make room, where an earlier demonstration is all that is there."""
    mark = folder / ".class-demo"
    if folder.exists() and not mark.exists():
        sys.exit(f"{folder} is there and is no earlier demonstration; it is left alone")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    mark.touch()


def teach(*words: str | Path) -> None:
    """Run a command of the instructor and show it as it is typed."""
    print(f"\n$ python -m pmkit.teach {' '.join(map(str, words))}", flush=True)
    done = subprocess.run([sys.executable, "-m", "pmkit.teach", *map(str, words)], check=False)
    if done.returncode:
        sys.exit(f"this command ended with {done.returncode}")


def write_roster(path: Path) -> None:
    """Write 30 students; three have names that try something."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("id", "name", "email", "was"))
        for n, name in enumerate(NAMES, 1):
            writer.writerow((f"s{n:02d}", name, f"s{n:02d}@example.org", ""))


def hand_in_all(course: ClassFolder) -> Iterator[str]:
    """Hand in for everybody but one; say of each what it is."""
    exercise = course.exercise(EXERCISE)
    variants = {
        id_: make_variant(exercise, chance_of(course.key, student.seed, exercise))
        for id_, student in course.roster.items()
    }
    hostile = iter(HOSTILE.items())
    for n, (id_, variant) in enumerate(variants.items()):
        kind, notebook, came = KINDS[n], None, IN_TIME
        if kind == "absent":
            yield f"  {id_}: hands in nothing"
            continue
        if kind == "hostile":
            kind, source = next(hostile)
            notebook = made(exercise, variant, "good", n)
            notebook.cells.append(nbformat.v4.new_code_cell(source))
        elif kind == "late":
            kind, came, notebook = (
                "good, a day and a half late",
                LATE,
                made(exercise, variant, "good", n),
            )
        elif kind == "mistaken":
            codes = sorted(known_mistakes(exercise, variant))
            kind = f"mistaken:{codes[n % len(codes)]}"
        text = "{" if kind == "broken" else nbformat.writes(
            notebook or made(exercise, variant, kind, n)
        )  # fmt: skip
        folder = course.submitted(EXERCISE, id_)
        write_text(folder / f"{EXERCISE}.ipynb", text)
        write_text(folder / "timestamp.txt", came)
        yield f"  {id_}: {kind}"


def made(exercise: Exercise, variant: Variant, kind: str, n: int) -> Any:
    """Return a simulated student's notebook."""
    return notebook_of(exercise, simulate(exercise, variant, Random(n), kind))


KINDS = (
    *["good"] * 4, *["mistaken"] * 11, *["mixed"] * 4, "empty", "broken", "absent", *["late"] * 2,
    *["hostile"] * len(HOSTILE),
)  # fmt: skip
assert len(KINDS) == len(NAMES) == STUDENTS


if __name__ == "__main__":
    main()
