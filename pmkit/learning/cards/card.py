"""Decision cards: a situation, what is known, and what could be done."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pmkit.learning.tables import Reader, TableRow
from pmkit.learning.words import DOMAINS, ROLES, SEATS
from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.scenario import Scenario

CARD_COLUMNS = (
    "id", "title", "domain", "seat", "date", "project", "known", "tolerance", "question", "basis",
    "cost", "days", "benefit", "owner", "then", "why", "pair", "fact", "teaches",
)  # fmt: skip
CARD_OPTION_COLUMNS = ("card", "key", "text", "verdict", "reason", "misconception", "changes")
BASES = ("authority", "role")
VERDICTS = ("right", "defensible", "wrong")


@dataclass(frozen=True)
class CardOption:
    """Something that could be done.

    Attributes
    ----------
    key, text
        What it is called in the table, and what the learner reads.
    verdict
        ``right``; ``defensible`` where it is accepted as well; ``wrong``.
    reason
        Why.
    misconception
        Id of the belief behind a wrong one; may be empty.
    changes
        What it would do to the sample program; empty where the model cannot say.
    """

    key: str
    text: str
    verdict: str
    reason: str
    misconception: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Whether it counts as right."""
        return self.verdict != "wrong"


@dataclass(frozen=True)
class Card:
    """A situation in which somebody has to decide.

    Attributes
    ----------
    id
        Such as ``05-crane``: the number of the lesson comes first.
    title, domain, seat, date
        What it is about; whose seat the learner sits in; when.
    project
        Id in the sample program; empty for the whole program.
    known, tolerance
        What is known at that date, and what was agreed.
    question
        What is asked: "What do you do?"
    basis
        ``authority`` where amounts decide whose decision it is; ``role`` where the role does.
    cost, days, benefit
        Amounts at stake, for the authority table.
    owner
        Whose decision it is.
    then
        Who has to act after the owner, if anybody: both act, in this order.
    why
        Why it is the owner's.
    pair, fact
        The card that differs in one fact, so that its owner is another; and that fact.
    teaches
        Ids of lines of what is taught.
    options
        What could be done.
    """

    id: str
    title: str
    domain: str
    seat: str
    date: date
    project: str
    known: str
    tolerance: str
    question: str
    basis: str
    cost: float
    days: float
    benefit: float
    owner: str
    then: str
    why: str
    pair: str
    fact: str
    teaches: tuple[str, ...]
    options: tuple[CardOption, ...]

    @property
    def lesson(self) -> str:
        """Number of its lesson."""
        return self.id[:2]

    def option(self, key: str) -> CardOption:
        """Return an option by its key."""
        return next(option for option in self.options if option.key == key)


def read_cards(reader: Reader, folder: str, misconceptions: Mapping[str, object]) -> list[Card]:
    """Read the cards of a lesson."""
    options: dict[str, list[CardOption]] = {}
    for row in reader.rows(f"{folder}/card_options.csv", CARD_OPTION_COLUMNS):
        for option in reader.make([row], lambda row: _option(row, misconceptions)):
            options.setdefault(row["card"], []).append(option)
    rows = reader.rows(f"{folder}/cards.csv", CARD_COLUMNS)
    return reader.make(rows, lambda row: _card(row, options.get(row["id"], [])))


def _option(row: TableRow, misconceptions: Mapping[str, object]) -> CardOption:
    told = row["misconception"]
    if told and told not in misconceptions:
        raise PlanError(row.problem("misconception", "must be one of the catalogue"))
    changes: tuple[Change, ...] = ()
    if row["changes"]:
        try:
            data = {"name": row["card"], "changes": json.loads(row["changes"])}
            changes = Scenario.from_dict(data).changes
        except (ValueError, PlanError):
            raise PlanError(row.problem(
                "changes", 'must be a list of changes, such as [{"target": "Depot.Wiring", '
                '"duration": "+3"}]'
            )) from None  # fmt: skip
    return CardOption(row.needed("key"), row.needed("text"), row.one_of("verdict", VERDICTS),
                      row.needed("reason"), told, changes)  # fmt: skip


def _card(row: TableRow, options: Sequence[CardOption]) -> Card:
    verdicts = [option.verdict for option in options]
    if len(verdicts) < 3 or verdicts.count("right") != 1:
        raise PlanError(row.problem("id", "needs three options or more, one of them right"))
    try:
        when = date.fromisoformat(row["date"])
    except ValueError:
        raise PlanError(row.problem("date", "must be a date such as 2026-05-04")) from None
    then = row.one_of("then", ROLES) if row["then"] else ""
    return Card(
        row.needed("id"), row.needed("title"), row.one_of("domain", DOMAINS),
        row.one_of("seat", SEATS), when, row["project"], row.needed("known"), row["tolerance"],
        row.needed("question"), row.one_of("basis", BASES), row.number("cost", 0),
        row.number("days", 0), row.number("benefit", 0), row.one_of("owner", ROLES), then,
        row.needed("why"), row["pair"], row["fact"], row.list("teaches"), tuple(options),
    )  # fmt: skip
