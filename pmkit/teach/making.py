"""Whose numbers are being made, on the screen: an author's ``variant.py`` has no limit of time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator

Through = Callable[[Collection[str]], Iterable[str]]
"""Goes through students while the numbers of each are made; ``iter`` does it without a word."""


def on_screen(exercise: str) -> Through:
    """Return what goes through students and says whose numbers are made, before they are.

    Where one never ends, the line says which one; where one fails, the line stays.

    Parameters
    ----------
    exercise
        Its name.
    """

    def through(students: Collection[str]) -> Iterator[str]:
        from tqdm import tqdm

        line = f"numbers of {exercise}: {{n_fmt}} of {{total_fmt}} made{{postfix}}"
        with tqdm(total=len(students), bar_format=line, file=sys.stderr) as bar:
            for bar.n, student in enumerate(students):
                bar.set_postfix_str(f"now {student}")
                yield student
            bar.leave = False

    return through
