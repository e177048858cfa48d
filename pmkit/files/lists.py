"""Cells that hold several things: names separated by ``;``, resources with their units."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from pmkit.files.numbers import Unreadable, number_text, read_number
from pmkit.model.activity import Assignment
from pmkit.model.errors import PlanError

_QUOTED = re.compile(r'\s*"((?:[^"]|"")*)"\s*([^;]*)(?:;|$)')
_BRACKETS = re.compile(r"(.*\S)\s*\[\s*([\d.,]+)\s*(%?)[^\]]*\]")
_TRAILING = re.compile(r"(.*\S)\s+(?:[x×]\s*)?(-?\d+(?:[.,]\d+)?|[.,]\d+)")
_LEADING = re.compile(r"(\d+(?:[.,]\d+)?)\s*[x×]?\s+(\S.*)")


def split_list(text: str) -> list[str]:
    """Split on ``;``; an item that holds one itself stands in double quotes.

    Examples
    --------
    >>> split_list('A; "B;1"; C')
    ['A', 'B;1', 'C']
    """
    return [item.strip() if item else quoted for item, quoted, _ in split_items(text)]


def join_list(items: Iterable[str]) -> str:
    """Return the text that `split_list` reads."""
    return "; ".join(quote_item(item) if ";" in item or item.startswith('"') else item
                     for item in items)  # fmt: skip


def quote_item(item: str) -> str:
    """Return an item in double quotes, as `split_items` reads it."""
    return '"' + item.replace('"', '""') + '"'


def split_items(text: str) -> Iterable[tuple[str, str, str]]:
    """Yield (plain item, quoted item, what follows the closing quote) for each between ``;``."""
    position = 0
    while position < len(text):
        match = _QUOTED.match(text, position)
        if match:
            yield "", match[1].replace('""', '"'), match[2].strip()
            position = match.end()
            continue
        end = text.find(";", position)
        end = len(text) if end < 0 else end
        if item := text[position:end].strip():
            yield item, "", ""
        position = end + 1


def parse_assignments(
    text: str, known: Collection[str] = (), *, brackets_only: bool = False
) -> tuple[Assignment, ...]:
    """Read a ``resources`` cell.

    Parameters
    ----------
    text
        ``Engineer 2; Crane``, or as MS Project writes it ``Engineer[200%],Crane``.
    known
        Names of the plan's resources: a name that matches exactly wins over name and units.
    brackets_only
        Units stand in brackets only, as in MS Project: ``Team 1`` is a name.

    Raises
    ------
    Unreadable
        If units cannot be read.

    Examples
    --------
    >>> [str(a) for a in parse_assignments("Crew 7; Crew 2", {"Crew", "Crew 7"})]
    ['Crew 7', 'Crew 2']
    """
    found = []
    for plain, quoted, units in split_items(text):
        if not plain:
            found.append(_assignment(quoted, units) if units else Assignment(quoted))
            continue
        pieces = re.split(r",(?![^\[]*\])", plain) if plain not in known else [plain]
        read = [_read(piece.strip(), known, brackets_only) for piece in pieces if piece.strip()]
        if len(read) > 1 and not brackets_only and any(a.resource not in known for a in read):
            read = [_read(plain, known, brackets_only)]
        found += read
    return tuple(found)


def _assignment(name: str, number: str, percent: str = "") -> Assignment:
    try:
        units = read_number(number.replace(",", "."))
        return Assignment(name, units / 100 if percent else units)
    except PlanError as error:
        raise Unreadable(error.problems[0].sentence) from None


def _read(item: str, known: Collection[str], brackets_only: bool) -> Assignment:
    if item in known:
        return Assignment(item)
    if match := _BRACKETS.fullmatch(item):
        return _assignment(match[1], match[2], match[3])
    if not brackets_only:
        if match := _TRAILING.fullmatch(item):
            return _assignment(match[1], match[2])
        if (match := _LEADING.fullmatch(item)) and match[2] in known:
            return _assignment(match[2], match[1])
    return Assignment(item)


def format_assignments(assignments: Iterable[Assignment], known: Collection[str] = ()) -> str:
    """Return the text that `parse_assignments` reads back, with quotes only where it must.

    Examples
    --------
    >>> format_assignments([Assignment("Crew", 7)], {"Crew", "Crew 7"})
    '"Crew" 7'
    """
    return "; ".join(_format(assignment, known) for assignment in assignments)


def _format(assignment: Assignment, known: Collection[str]) -> str:
    units = "" if assignment.units == 1 else f" {number_text(assignment.units)}"
    text = assignment.resource + units
    try:
        if parse_assignments(text, known) == (assignment,):
            return text
    except (Unreadable, PlanError):
        pass
    return quote_item(assignment.resource) + units
