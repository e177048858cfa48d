"""The words of the lessons, each where it was introduced, linked to the words beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.learning.tables import Reader, TableRow
from pmkit.model.errors import PlanError

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("term", "meaning", "see")


@dataclass(frozen=True)
class Term:
    """One word of the field.

    Attributes
    ----------
    term, meaning
        The word, and what it means in plain words.
    see
        Other terms.
    lesson
        Number of the lesson that introduces it.
    """

    term: str
    meaning: str
    see: tuple[str, ...]
    lesson: str

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return "term-" + re.sub(r"[^a-z0-9]+", "-", self.term.lower()).strip("-")


@dataclass(frozen=True, eq=False, repr=False)
class Glossary:
    """All terms, in the order of the alphabet.

    Attributes
    ----------
    terms
        Each of them once.
    """

    terms: tuple[Term, ...]

    def __getitem__(self, term: str) -> Term:
        for one in self.terms:
            if one.term.lower() == term.lower():
                return one
        raise PlanError(f"glossary: term must be one of its {len(self.terms)}, got {term!r}")

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per term: ``meaning see lesson``."""
        import pandas as pd

        rows = [(one.meaning, ", ".join(one.see), one.lesson) for one in self.terms]
        index = pd.Index([one.term for one in self.terms], name="term", dtype=object)
        return pd.DataFrame(rows, index, ["meaning", "see", "lesson"])

    def __repr__(self) -> str:
        lines = (f"{one.term}: {one.meaning}" for one in self.terms)
        return "\n".join([f"Glossary of {len(self.terms)} terms", *lines])

    def _repr_html_(self) -> str:
        items = "".join(map(self._item, self.terms))
        return f"<p>{len(self.terms)} terms</p><dl>{items}</dl>"

    def _item(self, one: Term) -> str:
        links = ", ".join(
            f'<a href="#{self[other].anchor}">{escape(other)}</a>' for other in one.see
        )
        see = f" See {links}." if links else ""
        return (f'<dt id="{one.anchor}"><strong>{escape(one.term)}</strong></dt>'
                f"<dd>{escape(one.meaning)}{see} (lesson {escape(one.lesson)})</dd>")  # fmt: skip


def read_glossary(reader: Reader) -> Glossary:
    """Read the terms of all lessons; what is wrong is gathered in the reader."""
    found: dict[str, tuple[Term, TableRow]] = {}
    anchors: set[str] = set()
    for row in _rows(reader):
        for one in reader.make([row], _term):
            if one.term.lower() in found or one.anchor in anchors:
                reader.problems.append(row.problem("term", "must be there once in all lessons"))
            found.setdefault(one.term.lower(), (one, row))
            anchors.add(one.anchor)
    for one, row in found.values():
        for other in one.see:
            if other.lower() not in found or other.lower() == one.term.lower():
                reader.problems.append(
                    row.problem("see", f"must name another term of the glossary ({other!r})")
                )
    ordered = sorted((one for one, _ in found.values()), key=lambda one: one.term.lower())
    return Glossary(tuple(ordered))


def _rows(reader: Reader) -> list[TableRow]:
    files = [f"{folder}/glossary.csv" for folder in reader.lessons()]
    return [row for file in files for row in reader.rows(file, COLUMNS)]


def _term(row: TableRow) -> Term:
    return Term(row.needed("term"), row.needed("meaning"), row.list("see"), row.file[:2])


@cache
def glossary() -> Glossary:
    """Return the words of all lessons.

    Raises
    ------
    PlanError
        With every term that is there twice, and every one that points nowhere.

    Examples
    --------
    >>> glossary().table.columns.to_list()
    ['meaning', 'see', 'lesson']
    """
    reader = Reader()
    found = read_glossary(reader)
    reader.done()
    return found
