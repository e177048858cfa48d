"""What people believe that is not so: recognised in an answer, and answered with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pmkit.learning.tables import Reader, TableRow
from pmkit.learning.words import DOMAINS

COLUMNS = ("id", "domain", "belief", "reason", "hint")


@dataclass(frozen=True)
class Misconception:
    """One mistaken belief.

    Attributes
    ----------
    id
        Such as ``eac-over-spi``.
    domain
        One of `DOMAINS`.
    belief
        What was done, as said to the learner: "You divided the budget by SPI."
    reason
        Why it is not so.
    hint
        What to look at instead, without the answer.
    """

    id: str
    domain: str
    belief: str
    reason: str
    hint: str


def read_misconceptions(reader: Reader) -> dict[str, Misconception]:
    """Read the catalogue: the tables of all lessons together."""
    found: dict[str, Misconception] = {}
    for folder in reader.lessons():
        for row in reader.rows(f"{folder}/misconceptions.csv", COLUMNS):
            for one in reader.make([row], _made):
                if one.id in found:
                    reader.problems.append(row.problem("id", "must be there once in all lessons"))
                found[one.id] = one
    return found


def _made(row: TableRow) -> Misconception:
    return Misconception(row.needed("id"), row.one_of("domain", DOMAINS), row.needed("belief"),
                         row.needed("reason"), row.needed("hint"))  # fmt: skip


@cache
def misconceptions() -> dict[str, Misconception]:
    """Return the catalogue that ships with pmkit, by id."""
    reader = Reader()
    found = read_misconceptions(reader)
    reader.done()
    return found
