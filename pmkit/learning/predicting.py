"""Predictions: what a learner expects before a cell is run, and what it came to."""

from __future__ import annotations

from dataclasses import dataclass

from pmkit.learning.makers import Made, find_maker
from pmkit.learning.tables import Reader, TableRow
from pmkit.learning.words import DOMAINS
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan

COLUMNS = ("id", "domain", "question", "unit", "decimals", "within", "options", "maker", "reason")


@dataclass(frozen=True)
class Prediction:
    """Something to predict.

    Attributes
    ----------
    id
        Such as ``04-late``.
    domain
        One of `DOMAINS`.
    question
        What is asked.
    options
        What there is to choose from; none where a number is asked.
    unit, decimals, within
        Of a number; `within` says how far off still counts as right.
    maker
        Name of the function that works it out from a program.
    reason
        Why it comes out so.
    """

    id: str
    domain: str
    question: str
    options: tuple[str, ...]
    unit: str
    decimals: int
    within: float
    maker: str
    reason: str

    def outcome(self, plan: Plan) -> Made:
        """Work it out: a number, or the text of an option."""
        return find_maker(self.maker)(plan)

    def is_right(self, expected: float | str, answer: object) -> bool:
        """Tell whether an expectation came true."""
        if isinstance(answer, str) or isinstance(expected, str):
            return expected == answer
        return isinstance(answer, int | float) and abs(expected - answer) <= self.within

    def told(self, answer: object) -> str:
        """Return an answer as a person reads it."""
        if isinstance(answer, int | float):
            return f"{answer:,.{self.decimals}f} {self.unit}".strip()
        return str(answer)


def read_predictions(reader: Reader, folder: str) -> list[Prediction]:
    """Read the predictions of a lesson."""
    return reader.make(reader.rows(f"{folder}/predictions.csv", COLUMNS), _made)


def _made(row: TableRow) -> Prediction:
    try:
        find_maker(row["maker"])
    except PlanError as error:
        raise PlanError(row.problem("maker", str(error).partition(": ")[2])) from None
    decimals = int(row.number("decimals", 0))
    return Prediction(
        row.needed("id"), row.one_of("domain", DOMAINS), row.needed("question"),
        row.list("options"), row["unit"], decimals,
        row.number("within", 0.5000001 * 10**-decimals), row["maker"], row.needed("reason"),
    )  # fmt: skip
