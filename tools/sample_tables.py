"""Tables that are read across: text drawn with ``|``."""

from __future__ import annotations


def rows(table: str) -> list[dict[str, str]]:
    """Return the rows of a table, each a cell's text by the heading of its column."""
    header, *lines = (
        [cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()
    )
    return [dict(zip(header, line, strict=True)) for line in lines]
