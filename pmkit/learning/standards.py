"""How PMI, MSP and ISO draw the lines between project, program and portfolio: one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.learning.tables import Reader
from pmkit.model.errors import PlanError

if TYPE_CHECKING:
    import pandas as pd

BODIES = ("PMI", "MSP", "ISO")
COLUMNS = ("question", *BODIES)


@dataclass(frozen=True, eq=False, repr=False)
class Standards:
    """Answers of three bodies to the same questions, in our words.

    Attributes
    ----------
    rows
        Question, and the answers of PMI, MSP and ISO; the first row names the editions.
    """

    rows: tuple[tuple[str, str, str, str], ...]

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per question, one column per body: ``PMI MSP ISO``."""
        import pandas as pd

        index = pd.Index([row[0] for row in self.rows], name="question", dtype=object)
        return pd.DataFrame([row[1:] for row in self.rows], index, list(BODIES))

    def __repr__(self) -> str:
        lines = [f"{question}\n" + "\n".join(_said(answers)) for question, *answers in self.rows]
        return "\n".join(["How PMI, MSP and ISO draw the lines", *lines])

    def _repr_html_(self) -> str:
        head = "".join(
            f"<th scope='col' style='text-align:left'>{escape(name)}</th>"
            for name in ("Question", *BODIES)
        )
        body = "".join(
            f"<tr><th scope='row' style='text-align:left'>{escape(question)}</th>"
            + "".join(f"<td style='text-align:left'>{escape(text)}</td>" for text in answers)
            + "</tr>"
            for question, *answers in self.rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _said(answers: Sequence[str]) -> list[str]:
    return [f"  {name}: {text}" for name, text in zip(BODIES, answers, strict=True)]


def read_standards(reader: Reader) -> Standards:
    """Read the table; what is wrong is gathered in the reader."""
    rows = reader.make(
        reader.rows("standards.csv", COLUMNS),
        lambda row: (row.needed("question"), *(row.needed(body) for body in BODIES)),
    )
    return Standards(tuple((q, pmi, msp, iso) for q, pmi, msp, iso in rows))


@cache
def standards() -> Standards:
    """Return how PMI, MSP and ISO draw the lines between project, program and portfolio.

    Notes
    -----
    Told in our words from the PMBOK Guide (PMI, 7th ed., 2021), The Standard for Program Management
    (PMI, 4th ed., 2017; 5th ed., 2024), Managing Successful Programmes (AXELOS, 5th ed., 2020), ISO
    21502:2020, ISO 21503:2022 and ISO 21504:2022. Where a role matters to you, read it there.

    Examples
    --------
    >>> standards().table.loc["Which word for what was handed over and what it is good for?", "ISO"]
    'Output, outcome, benefit'
    """
    reader = Reader()
    found = read_standards(reader)
    reader.done()
    if not found.rows:
        raise PlanError("standards.csv: must hold at least one row, got none")
    return found
