"""Checks: what is asked of a learner after something was taught."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pmkit.learning.makers import find_maker
from pmkit.learning.tables import Reader, TableRow
from pmkit.learning.words import DOMAINS, KINDS, VARIANTS
from pmkit.model.errors import PlanError

CHECK_COLUMNS = (
    "id", "variant", "kind", "outcome", "domain", "teaches", "question", "unit", "decimals",
    "within", "maker", "card", "bins", "hint", "reason",
)  # fmt: skip
OPTION_COLUMNS = ("check", "variant", "key", "text", "right", "misconception", "reason")


@dataclass(frozen=True)
class Option:
    """Something to choose, to put in order, or to sort.

    Attributes
    ----------
    key, text
        What it is called in the table, and what the learner reads (with ``{names}`` of numbers).
    right
        Of a choice: ``yes`` where it is right; in an order: its place from 1; else: its bin.
    misconception
        Id of what somebody believes who takes it, puts it too early, or into another bin.
    reason
        Why it is right or not, for this option alone.
    """

    key: str
    text: str
    right: str = ""
    misconception: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Wording:
    """How one variant of a check is asked.

    Attributes
    ----------
    question
        With ``{names}`` of the maker's numbers.
    options
        What there is to choose from, if anything.
    bins
        Where things can be sorted into.
    hint, reason
        What helps after the first miss; why the right answer is right.
    card
        Id of the decision card, of a decision.
    """

    question: str
    options: tuple[Option, ...] = ()
    bins: tuple[str, ...] = ()
    hint: str = ""
    reason: str = ""
    card: str = ""


@dataclass(frozen=True)
class Check:
    """One question, in three variants of the same kind.

    Attributes
    ----------
    id
        Such as ``04-eac``: the number of the lesson comes first.
    kind
        One of `KINDS`.
    outcome
        Id of what a learner can do who answers it.
    domain
        One of `DOMAINS`.
    teaches
        Ids of lines of what is taught.
    unit, decimals, within
        Of a numeric answer: its unit, what is shown, and how far off is still right.
    maker
        Name of the function that makes its numbers; empty where the texts say everything.
    wordings
        One for all variants, or one for each.
    """

    id: str
    kind: str
    outcome: str
    domain: str
    wordings: tuple[Wording, ...]
    teaches: tuple[str, ...] = ()
    unit: str = ""
    decimals: int = 0
    within: float = 0.0
    maker: str = ""

    @property
    def lesson(self) -> str:
        """Number of its lesson."""
        return self.id[:2]

    def wording(self, variant: int) -> Wording:
        """Return how a variant is asked; beyond the last the later ones come round again."""
        if variant < len(self.wordings):
            return self.wordings[variant]
        return self.wordings[-1]


def read_checks(reader: Reader, folder: str, misconceptions: Mapping[str, object]) -> list[Check]:
    """Read the checks of a lesson."""
    options: dict[tuple[str, str], list[Option]] = {}
    for row in reader.rows(f"{folder}/options.csv", OPTION_COLUMNS):
        for option in reader.make([row], lambda row: _option(row, misconceptions)):
            options.setdefault((row["check"], row["variant"] or ""), []).append(option)
    rows: dict[str, list[TableRow]] = {}
    for row in reader.rows(f"{folder}/checks.csv", CHECK_COLUMNS):
        rows.setdefault(row["id"], []).append(row)
    return reader.make(
        [told[0] for told in rows.values()], lambda first: _check(rows[first["id"]], options)
    )


def _option(row: TableRow, misconceptions: Mapping[str, object]) -> Option:
    told = row["misconception"]
    if told and told not in misconceptions:
        raise PlanError(row.problem("misconception", "must be one of the catalogue"))
    return Option(row.needed("key"), row.needed("text"), row["right"], told, row["reason"])


def _check(rows: Sequence[TableRow], options: Mapping[tuple[str, str], list[Option]]) -> Check:
    first = rows[0]
    kind, maker = first.one_of("kind", KINDS), first["maker"]
    if maker:
        try:
            find_maker(maker)
        except PlanError as error:
            raise PlanError(first.problem("maker", str(error).partition(": ")[2])) from None
    elif kind == "numeric":
        raise PlanError(first.problem("maker", "must be named for a numeric check"))
    if not maker and [row["variant"] for row in rows] != [str(v) for v in VARIANTS]:
        raise PlanError(first.problem(
            "variant", "must be 0, 1 and 2, a row each, where no maker varies the numbers"
        ))  # fmt: skip
    decimals = int(first.number("decimals", 0))
    wordings = tuple(
        Wording(
            row.needed("question"),
            tuple(options.get((row["id"], row["variant"]), options.get((row["id"], ""), []))),
            row.list("bins") or first.list("bins"),
            row["hint"] or first.needed("hint"),
            row["reason"] or first.needed("reason"),
            row["card"],
        )
        for row in rows
    )
    for row, wording in zip(rows, wordings, strict=True):
        _look_through(row, kind, wording, bool(maker))
    return Check(
        first.needed("id"), kind, first.needed("outcome"), first.one_of("domain", DOMAINS),
        wordings, first.list("teaches"), first["unit"], decimals,
        first.number("within", 0.5000001 * 10**-decimals), maker,
    )  # fmt: skip


def _look_through(row: TableRow, kind: str, wording: Wording, has_maker: bool) -> None:
    """Refuse a variant that cannot be answered."""
    rights = [option.right for option in wording.options]
    if kind == "numeric":
        return
    if kind == "decision":
        row.needed("card")
        return
    if len(rights) < 2:
        raise PlanError(row.problem("kind", "needs at least two options in options.csv"))
    if kind == "choice" and not has_maker and rights.count("yes") != 1:
        raise PlanError(row.problem("kind", "needs one option whose right is yes"))
    if kind == "order" and sorted(rights) != sorted(str(n + 1) for n in range(len(rights))):
        raise PlanError(row.problem("kind", "needs options whose right counts from 1"))
    if kind == "sort" and not set(rights) <= set(wording.bins):
        raise PlanError(row.problem("bins", f"must hold every bin of the options, {rights}"))
