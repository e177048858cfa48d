"""Whose numbers are being made, on the screen: an author's ``variant.py`` has no limit of time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator

Through = Callable[[Collection[str]], Iterable[str]]
"""Goes through students while the numbers of each are made; ``iter`` does it without a word."""


def is_screen() -> bool:
    """Whether what is said while people wait goes to a screen, not into a log."""
    return sys.stderr.isatty()


def on_screen(exercise: str) -> Through:
    """Return what goes through students and says whose numbers are made, before they are.

    Where one never ends, the line says which one; where one fails, the line stays. In a log, which
    cannot take a line back, that is the only one.

    Parameters
    ----------
    exercise
        Its name.
    """

    def through(students: Collection[str]) -> Iterator[str]:
        from tqdm import tqdm

        begun, is_live = f"numbers of {exercise}: ", is_screen()
        line = begun + "{n_fmt} of {total_fmt} made{postfix}"
        with tqdm(
            total=len(students), bar_format=line, file=sys.stderr, disable=not is_live
        ) as bar:
            for made, student in enumerate(students):
                bar.n = made
                bar.set_postfix_str(f"now {student}")
                try:
                    yield student
                except GeneratorExit:
                    if not is_live:
                        told = f"{begun}{made} of {len(students)} made, now {student}"
                        print(told, file=sys.stderr)
                    raise
            bar.leave = False

    return through
