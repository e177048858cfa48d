"""Try every attack of tests/hostile.py here, and write what came of each into docs/attacks.md.

python -m tools.attack_table
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from pmkit.teach.class_folder import write_text
from pmkit.teach.sandbox.choosing import choose_engine
from pmkit.teach.sandbox.engine import Engine
from tests.hostile import ATTACKS, FEW, PLANTED, attacked, came, planted

PAGE = Path(__file__).parents[1] / "docs" / "attacks.md"
HEAD = f"""# What hostile submissions try

Written by `python -m tools.attack_table`, which tries each one in {{engine}} and puts down what
came of it; `make test-all` tries them all again. Each stands between a cell that gives an answer
before it and one that gives an answer after it. The limits are those of the tests:
{FEW.seconds:g} s (2 s for those that wait), {FEW.memory / 1e9:g} GB of memory,
{FEW.disk / 1e6:g} MB of disk, {FEW.processes} processes, {FEW.output / 1e6:g} MB of output; those
of a class are in `exercises/README.md`. A submission is given no answer, no test and no key, so
there is none to find.

| it | what came of it |
|---|---|
"""


def rows(engine: Engine) -> Iterator[tuple[str, str, str]]:
    """Try all of them: what is tried, what came, and what should have come."""
    for attack in ATTACKS:
        yield attack.tries, came(attacked(attack, engine)), attack.outcome
    for trick in PLANTED:
        with TemporaryDirectory() as folder:
            points = planted(trick, engine, Path(folder))
        as_it_should = points == trick.points
        yield trick.tries, trick.outcome if as_it_should else f"{points:g} points", trick.outcome


def main() -> None:
    """Write the page; say so where something came otherwise than the tests want it."""
    engine = choose_engine()
    found = list(rows(engine))
    lines = "".join(f"| {tries} | {outcome} |\n" for tries, outcome, _ in found)
    write_text(PAGE, HEAD.format(engine=engine.name) + lines)
    if off := [tries for tries, outcome, wanted in found if outcome != wanted]:
        sys.exit(f"otherwise than it should be: {', '.join(off)}")
    print(f"{len(found)} attacks in {engine.name}, each as it should be; {PAGE.name} is written")


if __name__ == "__main__":
    main()
