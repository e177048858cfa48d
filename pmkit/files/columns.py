"""What a sheet and a column of the table format are."""

from __future__ import annotations

from dataclasses import dataclass

RULES = {
    "id": "text or a whole number",
    "text": "text",
    "days": "a finite number of working days >= 0",
    "money": "a finite amount >= 0",
    "number": "a finite number",
    "percent": "a number between 0 and 100",
    "probability": "a probability between 0 and 1 (or 0% to 100%)",
    "moment": "a date such as 2026-03-31 or 2026-03-31T17:00",
    "target": "a number, or for time a date such as 2026-03-31",
    "date": "a date such as 2026-03-31 or 2026-03-31T17:00",
    "choice": "one of the words below",
    "flag": "yes or no",
    "rate": "an amount per unit of time, such as 50/hr or 400/day",
    "list": "names separated by ;",
    "links": "activities of the plan separated by ;",
    "assignments": "resources separated by ;, each with its units where not 1",
    "enablers": "projects separated by ;, each with its share where the rule is share",
    "level": "a number from 0 to 1",
}
"""What a cell of each kind must hold: the words of an error and of a comment in the template."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how it is written, what it must hold, what others call it.

    Parameters
    ----------
    name
        Heading in our own format.
    kind
        A key of `RULES`.
    note
        One sentence for the person who fills it in.
    aliases
        Headings of other tools, best first, as `pmkit.files.headings.normal` writes them.
    choices
        The words allowed, where they are a closed list.
    examples
        Cells of the template's example rows.
    reading_only
        Understood in other people's files, never written.
    """

    name: str
    kind: str
    note: str = ""
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    examples: tuple[object, ...] = ()
    reading_only: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, or one csv file of a folder."""

    name: str
    note: str
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    """Without these headings, as we write them, a sheet of that name is somebody else's."""
    about: tuple[str, ...] = ()
    """The same of columns that people call by many names: any of those will do."""
    yearly: tuple[str, ...] = ()
    """Words with a column for each year: ``benefit_2027``."""

    def column(self, name: str) -> Column | None:
        """Return a column by its own name."""
        return next((column for column in self.columns if column.name == name), None)


def aliases(text: str) -> tuple[str, ...]:
    """Return the headings that a text lists between ``|``."""
    return tuple(part.strip() for part in text.split("|"))
