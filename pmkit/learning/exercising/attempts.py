"""What was tried: each check of an answer, logged beside the notebook.

A log is a file like any other: it may be damaged, edited or gone. It is read as far as it is one.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

ATTEMPTS = "attempts.jsonl"
_LONG = 200


@dataclass(frozen=True)
class Attempt:
    """One check of an answer.

    Attributes
    ----------
    question
        Name of the question.
    problem
        What was wrong with the form; empty where nothing was.
    given
        What was given, in words; empty where nothing was, or where the log does not say.
    at
        When; ``None`` where the log does not say.
    """

    question: str
    problem: str
    given: str = ""
    at: datetime | None = None

    @property
    def said(self) -> str:
        """What the check said of it."""
        return self.problem.removeprefix(f"{self.question}: ") or "has the form that is asked for"


def note(folder: Path, attempt: Attempt) -> None:
    """Add an attempt to the log in a folder; where nothing can be written, go on without."""
    at = (attempt.at or datetime.now(UTC)).isoformat(timespec="seconds")
    line = json.dumps({"at": at, "question": attempt.question, "given": attempt.given[:_LONG],
                       "problem": attempt.problem})  # fmt: skip
    try:
        with (folder / ATTEMPTS).open("a", encoding="utf-8") as log:
            log.write(line + "\n")
    except OSError:
        return


def read_attempts(folder: Path, questions: Collection[str]) -> tuple[Attempt, ...]:
    """Return the attempts that are logged in a folder, newest last; none where there is no log."""
    try:
        text = (folder / ATTEMPTS).read_text("utf-8", errors="replace")
    except OSError:
        return ()
    return tuple(attempts_of(text, questions))


def attempts_of(text: str, questions: Collection[str]) -> Iterator[Attempt]:
    """Yield the attempts of a log; lines that are none are passed over.

    Parameters
    ----------
    text
        Of the log.
    questions
        Names of the questions; whatever else a log names is passed over.
    """
    for line in text.splitlines():
        try:
            told = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if not isinstance(told, Mapping):
            continue
        question, problem = told.get("question"), told.get("problem")
        if isinstance(question, str) and question in questions and isinstance(problem, str):
            yield Attempt(question, _text(problem), _text(told.get("given")), _time(told.get("at")))


def table_of(attempts: Iterable[Attempt]) -> pd.DataFrame:
    """Return attempts as a table, a row for each; the columns are there when no row is."""
    import pandas as pd

    rows = list(attempts)
    index = pd.RangeIndex(1, len(rows) + 1, name="attempt")
    when = pd.Series([one.at for one in rows], index, dtype="datetime64[us, UTC]")
    told = {name: pd.Series([getattr(one, name) for one in rows], index, dtype=object)
            for name in ("question", "given", "said")}  # fmt: skip
    return pd.DataFrame({"when": when, **told})


def _text(told: Any) -> str:
    """Text that can be shown: a log may hold halves of letters."""
    text = told if isinstance(told, str) else ""
    return text[:_LONG].encode("utf-8", "replace").decode("utf-8")


def _time(told: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(told)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None
