"""Reading messages from the tables of a lesson."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

from pmkit.learning.bridge.message import (
    CHOICES,
    FACT_ROLES,
    FACTS,
    PICKED,
    Message,
    MessageChoice,
    MessageFact,
)  # fmt: skip
from pmkit.learning.makers import find_maker
from pmkit.learning.tables import Reader, TableRow
from pmkit.learning.words import DOMAINS, SEATS
from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.scenario import Scenario

MESSAGE_COLUMNS = (
    "id", "title", "domain", "seat", "sender", "date", "situation", "terms", "reply", "in_time",
    "answered", "too_late", "late", "maker", "teaches",
)  # fmt: skip
FACT_COLUMNS = ("message", "key", "text", "role", "reason", "misconception")
CHOICE_COLUMNS = ("message", "kind", "key", "text", "said", "right", "misconception", "reason",
                  "reply")  # fmt: skip


def read_messages(
    reader: Reader, folder: str, misconceptions: Mapping[str, object]
) -> list[Message]:
    """Read the messages of a lesson."""
    facts: dict[str, list[MessageFact]] = {}
    for row in reader.rows(f"{folder}/message_facts.csv", FACT_COLUMNS):
        for fact in reader.make([row], lambda row: _fact(row, misconceptions)):
            facts.setdefault(row["message"], []).append(fact)
    choices: dict[str, list[MessageChoice]] = {}
    for row in reader.rows(f"{folder}/message_choices.csv", CHOICE_COLUMNS):
        for choice in reader.make([row], lambda row: _choice(row, misconceptions)):
            choices.setdefault(row["message"], []).append(choice)
    return reader.make(
        reader.rows(f"{folder}/messages.csv", MESSAGE_COLUMNS),
        lambda row: _message(row, facts.get(row["id"], []), choices.get(row["id"], [])),
    )


def known_belief(row: TableRow, misconceptions: Mapping[str, object]) -> str:
    """Return the misconception that a row names, if any.

    Raises
    ------
    PlanError
        If it is not in the catalogue.
    """
    told = row["misconception"]
    if told and told not in misconceptions:
        raise PlanError(row.problem("misconception", "must be one of the catalogue"))
    return told


def day_of(row: TableRow) -> date:
    """Return the date of a row.

    Raises
    ------
    PlanError
        If it is none.
    """
    try:
        return date.fromisoformat(row["date"])
    except ValueError:
        raise PlanError(row.problem("date", "must be a date such as 2026-05-04")) from None


def _fact(row: TableRow, misconceptions: Mapping[str, object]) -> MessageFact:
    return MessageFact(row.needed("key"), row.needed("text"), row.one_of("role", FACT_ROLES),
                       row.needed("reason"), known_belief(row, misconceptions))  # fmt: skip


def _choice(row: TableRow, misconceptions: Mapping[str, object]) -> MessageChoice:
    return MessageChoice(
        row.one_of("kind", CHOICES), row.needed("key"), row.needed("text"),
        row["said"] or row["text"], row.one_of("right", ("yes", "")) == "yes",
        known_belief(row, misconceptions), row.needed("reason"), row["reply"],
    )  # fmt: skip


def _message(
    row: TableRow, facts: Sequence[MessageFact], choices: Sequence[MessageChoice]
) -> Message:
    roles = [fact.role for fact in facts]
    if len({fact.key for fact in facts}) != FACTS or roles.count("consequence") < PICKED:
        raise PlanError(row.problem(
            "id", f"needs {FACTS} facts of different keys, {PICKED} or more of them consequences"
        ))  # fmt: skip
    for kind in CHOICES:
        of_kind = [choice for choice in choices if choice.kind == kind]
        right = [choice.is_right for choice in of_kind]
        if len({choice.key for choice in of_kind}) != len(right) or set(right) != {True, False}:
            raise PlanError(row.problem(
                "id", f"needs choices of {kind} with different keys, some right and some not"
            ))  # fmt: skip
    if row["maker"]:
        try:
            find_maker(row["maker"])
        except PlanError as error:
            raise PlanError(row.problem("maker", str(error).partition(": ")[2])) from None
    answered, late = _changes(row, "answered"), _changes(row, "late")
    if answered == late:
        raise PlanError(row.problem("late", "must differ from what happens in time"))
    return Message(
        row.needed("id"), row.needed("title"), row.one_of("domain", DOMAINS),
        row.one_of("seat", SEATS), row.needed("sender"), day_of(row), row.needed("situation"),
        row.needed("terms"), row.needed("reply"), row.needed("in_time"), row.needed("too_late"),
        answered, late, row["maker"], row.list("teaches"),
        tuple(facts), tuple(choices),
    )  # fmt: skip


def _changes(row: TableRow, column: str) -> tuple[Change, ...]:
    if not row[column]:
        return ()
    try:
        data = {"name": row["id"], "changes": json.loads(row[column])}
        return Scenario.from_dict(data).changes
    except (ValueError, PlanError):
        raise PlanError(row.problem(
            column, 'must be a list of changes, such as [{"target": "Depot.Wiring", '
            '"duration": "+3"}]'
        )) from None  # fmt: skip
