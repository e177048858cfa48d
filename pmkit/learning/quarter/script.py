"""A scripted quarter: what comes up, what could be done, and what then happened."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from pmkit.learning.misconceptions import read_misconceptions
from pmkit.learning.tables import Reader, TableRow
from pmkit.learning.words import DOMAINS, SEATS
from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.scenario import Scenario

EVENT_COLUMNS = (
    "id", "date", "seat", "project", "domain", "title", "known", "question", "news", "happened",
    "changes", "teaches",
)  # fmt: skip
OPTION_COLUMNS = ("event", "key", "text", "changes", "reason", "misconception")
FOLDER = "12_both_seats"


@dataclass(frozen=True)
class QuarterOption:
    """Something that can be done about an event.

    Attributes
    ----------
    key, text
        What it is called in the table, and what the learner reads.
    changes
        What it does to the program; none for "wait".
    reason
        What is to be said about it.
    misconception
        Id of the belief behind it; may be empty.
    """

    key: str
    text: str
    changes: tuple[Change, ...]
    reason: str
    misconception: str = ""


@dataclass(frozen=True)
class QuarterEvent:
    """Something that comes up, and that a seat has to decide.

    Attributes
    ----------
    id, title
        What it is called.
    date, seat, project
        When, who decides, and in which project; empty for the whole program.
    domain, teaches
        What it is about.
    known, question
        What is known at that date, and what is asked.
    news
        What the event itself does to the program, whatever is decided.
    options
        What can be done.
    happened, changes
        What then happened, in words and as changes: nobody knew it before.
    """

    id: str
    title: str
    date: date
    seat: str
    project: str
    domain: str
    known: str
    question: str
    news: tuple[Change, ...]
    options: tuple[QuarterOption, ...]
    happened: str
    changes: tuple[Change, ...]
    teaches: tuple[str, ...] = ()

    def option(self, key: str) -> QuarterOption:
        """Return an option by its key.

        Raises
        ------
        PlanError
            If there is none.
        """
        for option in self.options:
            if option.key == key:
                return option
        known = ", ".join(option.key for option in self.options)
        raise PlanError(f"quarter, {self.id}: option must be one of {known}, got {key!r}")


@dataclass(frozen=True, eq=False, repr=False)
class Quarter:
    """Events of a quarter, in the order of their dates.

    Attributes
    ----------
    program
        As it stands before the first of them.
    events
        What comes up.
    """

    program: Program
    events: tuple[QuarterEvent, ...]

    def event(self, id_: str) -> QuarterEvent:
        """Return an event by its id.

        Raises
        ------
        PlanError
            If there is none.
        """
        for event in self.events:
            if event.id == id_:
                return event
        known = ", ".join(event.id for event in self.events)
        raise PlanError(f"quarter: event must be one of {known}, got {id_!r}")

    def of(self, seat: str) -> tuple[QuarterEvent, ...]:
        """Return the events that a seat decides."""
        return tuple(event for event in self.events if event.seat == seat)

    def __repr__(self) -> str:
        first, last = self.events[0].date, self.events[-1].date
        return f"Quarter {len(self.events)} events, {first:%d %b %Y} to {last:%d %b %Y}"


def read_quarter(
    reader: Reader, program: Program, misconceptions: Mapping[str, object], folder: str = FOLDER
) -> Quarter:
    """Read a quarter; what is wrong in its tables is gathered in the reader.

    Parameters
    ----------
    reader
        Reads the tables.
    program
        To which every change must apply.
    misconceptions
        The catalogue, by id.
    folder
        Of the lesson.
    """
    options: dict[str, list[QuarterOption]] = {}
    for row in reader.rows(f"{folder}/quarter_options.csv", OPTION_COLUMNS):
        for option in reader.make([row], lambda row: _option(row, program, misconceptions)):
            options.setdefault(row["event"], []).append(option)
    rows = reader.rows(f"{folder}/quarter.csv", EVENT_COLUMNS)
    events = reader.make(rows, lambda row: _event(row, program, options.pop(row["id"], [])))
    if options:
        reader.problems += [
            rows[0].problem("id", f"must be there for the options of event {id_!r}")
            for id_ in options if rows
        ]  # fmt: skip
    return Quarter(program, tuple(sorted(events, key=lambda event: event.date)))


def _option(
    row: TableRow, program: Program, misconceptions: Mapping[str, object]
) -> QuarterOption:  # fmt: skip
    told = row["misconception"]
    if told and told not in misconceptions:
        raise PlanError(row.problem("misconception", "must be one of the catalogue"))
    return QuarterOption(row.needed("key"), row.needed("text"), _changes(row, "changes", program),
                         row.needed("reason"), told)  # fmt: skip


def _event(row: TableRow, program: Program, options: Sequence[QuarterOption]) -> QuarterEvent:
    keys = [option.key for option in options]
    if len(keys) < 3 or len(set(keys)) < len(keys):
        raise PlanError(
            row.problem("id", "needs three options or more, each with a key of its own")
        )
    try:
        when = date.fromisoformat(row["date"])
    except ValueError:
        raise PlanError(row.problem("date", "must be a date such as 2026-05-06")) from None
    if row["project"]:
        row.one_of("project", [project.id for project in program.projects])
    return QuarterEvent(
        row.needed("id"), row.needed("title"), when, row.one_of("seat", SEATS), row["project"],
        row.one_of("domain", DOMAINS), row.needed("known"), row.needed("question"),
        _changes(row, "news", program), tuple(options), row.needed("happened"),
        _changes(row, "changes", program), row.list("teaches"),
    )  # fmt: skip


def _changes(row: TableRow, column: str, program: Program) -> tuple[Change, ...]:
    """Read changes, and try them."""
    if not row[column]:
        return ()
    try:
        told = {"name": row["id"] or row["key"], "changes": json.loads(row[column])}
        scenario = Scenario.from_dict(told)
        scenario.apply(program)
    except (ValueError, PlanError) as error:
        why = error.problems[0].sentence if isinstance(error, PlanError) else "it is no json"
        raise PlanError(row.problem(
            column, f"must be a list of changes of the program ({why})"
        )) from None  # fmt: skip
    return scenario.changes


@cache
def quarter() -> Quarter:
    """Return the quarter of lesson 12, on the sample program.

    Raises
    ------
    PlanError
        With everything that is wrong in its tables, and where.
    """
    from pmkit.data import sample

    reader, program = Reader(), sample()
    assert isinstance(program, Program)
    found = read_quarter(reader, program, read_misconceptions(reader))
    reader.done()
    return found
