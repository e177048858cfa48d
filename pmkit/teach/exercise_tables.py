"""Reading an exercise from its folder: every mistake in its tables has its place."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pmkit.learning.checking.check import Option
from pmkit.learning.exercising.question import KINDS, Question
from pmkit.learning.misconceptions import misconceptions
from pmkit.learning.tables import Reader, TableRow
from pmkit.model.errors import PlanError, Problem
from pmkit.teach.exercise import Asked, Exercise, Mistake, RubricRow

QUESTION_COLUMNS = (
    "name", "kind", "asks", "points", "text", "unit", "decimals", "low", "high", "within", "rows",
    "takes", "reason",
)  # fmt: skip
OPTION_COLUMNS = ("question", "key", "text", "right", "mistake", "reason")
MISTAKE_COLUMNS = ("question", "code", "share", "said")
RUBRIC_COLUMNS = ("question", "row", "points", "says", "model")
ASKS = ("compute", "judge")
SHARE = 0.4
"""Of the points, for an answer that stands for a known mistake, unless the table says otherwise."""


def read_exercise(folder: Path) -> Exercise:
    """Read an exercise; everything that is wrong with its tables comes in one error.

    Raises
    ------
    PlanError
        If a table breaks a rule.
    """
    told = _settings(folder)
    reader = Reader(folder)
    options = _by_question(reader, "options.csv", OPTION_COLUMNS, _option)
    mistakes = _by_question(reader, "mistakes.csv", MISTAKE_COLUMNS, _mistake)
    rubric = _by_question(reader, "rubric.csv", RUBRIC_COLUMNS, _rubric_row)
    asked: dict[str, Asked] = {}
    for row in reader.rows("questions.csv", QUESTION_COLUMNS):
        name = row["name"]
        for one in reader.make([row], lambda row: _asked(row, options, mistakes, rubric)):
            if name in asked:
                reader.problems.append(row.problem("name", "must be there once"))
            asked[name] = one
    for table in (options, mistakes, rubric):
        for name in table.keys() - asked.keys():
            reader.problems.append(Problem(f"question must be one of questions.csv, got {name!r}"))
    reader.done()
    return Exercise(folder, str(told["title"]), str(told["lesson"]), int(told["minutes"]),
                    int(told["version"]), asked)  # fmt: skip


def _settings(folder: Path) -> dict[str, Any]:
    path = folder / "exercise.toml"
    if not path.is_file():
        raise PlanError(f"exercise: must be a folder with an exercise.toml, got {folder.name!r}")
    told = tomllib.loads(path.read_text("utf-8"))
    if missing := [name for name in ("title", "lesson", "minutes", "version") if name not in told]:
        raise PlanError(f"{folder.name}: exercise.toml must name {', '.join(missing)}, got nothing")
    return told


def _by_question(
    reader: Reader, file: str, columns: tuple[str, ...], maker: Callable[[TableRow], Any]
) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in reader.rows(file, columns):
        found.setdefault(row["question"], []).extend(reader.make([row], maker))
    return found


def _option(row: TableRow) -> Option:
    return Option(row.needed("key"), row.needed("text"), row["right"], row["mistake"],
                  row.needed("reason"))  # fmt: skip


def _mistake(row: TableRow) -> Mistake:
    code, said = row.needed("code"), row["said"]
    if not said:
        if code not in misconceptions():
            raise PlanError(row.problem("said", "must not be empty for a mistake of one's own"))
        known = misconceptions()[code]
        said = f"{known.belief} {known.reason}"
    share = row.number("share", SHARE)
    if not 0 <= share < 1:
        raise PlanError(row.problem("share", "must be between 0 and less than 1"))
    return Mistake(code, share, said)


def _rubric_row(row: TableRow) -> RubricRow:
    return RubricRow(row.number("points"), row.needed("says"), row.needed("model"))


def _asked(
    row: TableRow,
    options: Mapping[str, list[Option]],
    mistakes: Mapping[str, list[Mistake]],
    rubric: Mapping[str, list[RubricRow]],
) -> Asked:
    name, kind = row.needed("name"), row.one_of("kind", KINDS)
    if not name.isidentifier():
        raise PlanError(row.problem("name", "must be the name of a variable"))
    own = tuple(options.get(name, ()))
    question = Question(
        name, kind, row.number("points"), row.needed("text"), row["unit"],
        int(row.number("decimals", 0)), _limit(row, "low"), _limit(row, "high"),
        {option.key: option.text for option in own}, row.list("rows"), row.list("takes"),
    )  # fmt: skip
    asked = Asked(
        question, own, {one.code: one for one in mistakes.get(name, ())},
        _limit(row, "within"), row["reason"] if kind == "written" else row.needed("reason"),
        tuple(rubric.get(name, ())), row.one_of("asks", ASKS),
    )  # fmt: skip
    _look_through(row, asked)
    return asked


def _limit(row: TableRow, column: str) -> float | None:
    return row.number(column) if row[column] else None


def _look_through(row: TableRow, asked: Asked) -> None:
    """Refuse a question that cannot be answered, or not be marked."""
    kind, rights = asked.question.kind, [option.right for option in asked.options]
    known = asked.mistakes or {}
    if kind in ("choice", "order") and len(rights) < 2:
        raise PlanError(row.problem("kind", "needs at least two options in options.csv"))
    if kind == "choice" and rights.count("yes") > 1:
        raise PlanError(row.problem("kind", "must have at most one option whose right is yes"))
    if kind == "table" and not asked.question.rows:
        raise PlanError(row.problem("rows", "must not be empty for a table"))
    if kind == "policy" and not asked.question.takes:
        raise PlanError(row.problem("takes", "must not be empty for a policy"))
    if kind == "written" and sum(one.points for one in asked.rubric) != asked.question.points:
        raise PlanError(row.problem("points", "must be what the rows of rubric.csv add up to"))
    said = {"reason": [asked.reason, *(one.reason for one in asked.options)],
            "said": [one.said for one in known.values()]}  # fmt: skip
    for column, texts in said.items():
        if any("{" in text for text in texts):  # a report tells them to a whole class
            raise PlanError(row.problem("name", f"must have no {{number}} in any {column}"))
    for option in asked.options:
        if option.key.lower() == "none":  # `answer = None` is an answer that is left open
            raise PlanError(row.problem("name", "must have no option whose key is none"))
        if option.misconception and option.misconception not in known:
            raise PlanError(row.problem("name", f"option {option.key} names a mistake that is not "
                                                "in mistakes.csv"))  # fmt: skip
