"""What the sheets have in common: items with their owner and place, checked when made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pmkit.files.cells import Cells, Problems, choice, rule_sentence
from pmkit.files.grids import GridRow, cell_text
from pmkit.files.numbers import Days, Unreadable
from pmkit.model.activity import ThreePoint
from pmkit.model.errors import PlanError


@dataclass(slots=True)
class Section:
    """Items of one sheet, each with the project it belongs to and its row."""

    items: list[tuple[str, Any]] = field(default_factory=list)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)

    def of(self, project: str) -> tuple[Any, ...]:
        """Return the items of one project; of the whole for an empty id."""
        return tuple(item for owner, item in self.items if owner == project)


def keep(
    problems: Problems, make: Callable[..., Any], sheet: str, row: int, subject: str,
    ids: tuple[str, ...], **fields: Any,
) -> Any:  # fmt: skip
    """Make a model object; what it finds wrong gets its place, and ``None`` comes back."""
    try:
        return make(**fields)
    except PlanError as error:
        for problem in error.problems:
            sentence = problem.sentence
            if not sentence.startswith(subject.split(" ", 1)[0]):
                sentence = f"{subject}: {sentence}"
            column = re.match(r"[^:]*: (\w+) ", sentence)
            problems.add(sentence, sheet, row, column[1] if column else "", problem.ids or ids)
    return None


def three_point(
    values: dict[str, Any], broken: set[str], prefix: str, subject: str, *, single: bool = False
) -> ThreePoint | None:
    """Take the three points out of a row's values.

    Raises
    ------
    PlanError
        If only some of the three are there, or they are out of order.
    """
    names = [f"{prefix}{name}" for name in ("optimistic", "most_likely", "pessimistic")]
    shape = values.pop(f"{prefix}distribution", "beta-PERT")
    points = [values.pop(name, None) for name in names]
    if all(point is None for point in points) or broken & set(names):
        return None
    if single and points[0] is None and points[2] is None:
        points = [points[1]] * 3
    if any(point is None for point in points):
        missing = ", ".join(n for n, p in zip(names, points, strict=True) if p is None)
        raise PlanError(f"{subject}: three points must come together, {missing} is empty")
    return ThreePoint(points[0], points[1], points[2], shape)


def days_only(values: dict[str, Any]) -> None:
    """Count elapsed days as days, where nothing better can be done with them."""
    for name, value in values.items():
        if isinstance(value, Days):
            values[name] = value.days


def settle_choices(
    cells: Cells, row: GridRow, values: dict[str, Any], broken: set[str], subject: str,
    ids: tuple[str, ...], others: Mapping[str, dict[str, str]],
) -> None:  # fmt: skip
    """Replace what people write for a closed list of words by the word itself."""
    for column in cells.table.sheet.columns:
        if column.choices and column.name in values:
            word = values[column.name]
            try:
                values[column.name] = choice(column, word, others.get(column.name, {}))
            except Unreadable as error:
                del values[column.name]
                broken.add(column.name)
                cells.problems.add(
                    rule_sentence(subject, column.name, column, word, error),
                    cells.table.grid.name, row.number, column.name, ids,
                )  # fmt: skip


def peek(cells: Cells, row: GridRow, name: str) -> str:
    """Return the text of one cell by our name of its column."""
    match = cells.table.match(name)
    if match is None or match.index >= len(row.cells):
        return ""
    return cell_text(row.cells[match.index])


def note_extra(cells: Cells, row: GridRow, problems: Problems) -> None:
    """Say which columns of a row are lost, in a sheet that cannot keep them."""
    note_unknown(cells, cells.extra(row), problems)


def note_unknown(cells: Cells, headings: Iterable[str], problems: Problems) -> None:
    """Say that columns are lost."""
    for heading in headings:
        problems.note(
            f"Sheet {cells.table.grid.name!r}: column {heading!r} is not known to pmkit; "
            "it was not kept."
        )
