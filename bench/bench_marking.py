"""Marking the answers of a class, question by question, once they have been collected.

python bench/bench_marking.py

Of each student, each question gets the right answer and one for each mistake that its numbers lead
to, marked beside the numbers of all the others, as `mark` does. The goal is 5 ms an answer. No peer
marks a single answer: nbgrader runs a notebook with its tests, which takes seconds.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from pmkit.teach.exercise import Exercise
from pmkit.teach.exercise_tables import read_exercise
from pmkit.teach.marking import mark_answer
from pmkit.teach.variants import PUBLIC_KEY, chance_of, make_variant

SOURCES = Path(__file__).resolve().parents[1] / "exercises" / "source"
CLASS = 30


def seconds(exercise: Exercise) -> Iterator[float]:
    """Yield the wall time of each answer; rules and texts are not marked here."""
    variants = {
        str(n): make_variant(exercise, chance_of(PUBLIC_KEY, str(n), exercise))
        for n in range(CLASS)
    }
    for name, asked in exercise.asked.items():
        if asked.question.kind in ("policy", "written"):
            continue
        made = {id_: variant.made[name] for id_, variant in variants.items()}
        for id_, own in made.items():
            others = {other: made[other] for other in made if other != id_}
            for answer in (own.answer, *(own.wrong or {}).values()):
                begin = time.perf_counter()
                mark_answer(asked, own, answer, others=others)
                yield time.perf_counter() - begin


def told(name: str, times: list[float]) -> str:
    """Return a line of the result."""
    median, largest = statistics.median(times) * 1e3, max(times) * 1e3
    return f"{name:30} {len(times):6} answers, median {median:.3f} ms, largest {largest:.2f} ms"


def main() -> None:
    everything: list[float] = []
    for folder in sorted(SOURCES.iterdir()):
        times = list(seconds(read_exercise(folder)))
        print(told(folder.name, times))
        everything += times
    print(told("all", everything))


if __name__ == "__main__":
    main()
