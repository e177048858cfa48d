"""A self-portrait: skills rated from 1 to 5, beside what each seat asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from pmkit.learning.tables import Reader, TableRow
from pmkit.learning.words import SEATS
from pmkit.model.errors import PlanError

if TYPE_CHECKING:
    import pandas as pd

LEVELS = {
    1: "new to me", 2: "done once", 3: "done with help", 4: "done alone", 5: "shown to others",
}  # fmt: skip
"""What a rating means."""

BOTH = "both seats"
AIMS = (*SEATS, BOTH)
"""What a learner may aim at."""

_FILE = "01_two_roles/skills.csv"
_COLUMNS = ("id", "name", "shows", "project_manager", "program_manager", "lessons")


@dataclass(frozen=True)
class Skill:
    """Something that one of the two managers has to be good at.

    Attributes
    ----------
    id, name
        Such as ``schedule`` and ``Schedules``.
    shows
        What somebody can say who has it.
    needed
        The level that each seat asks for.
    lessons
        Numbers of the lessons that teach it.
    """

    id: str
    name: str
    shows: str
    needed: Mapping[str, int]
    lessons: tuple[str, ...]

    def wanted(self, aim: str) -> int:
        """Return the level that an aim asks for."""
        return max(self.needed.values()) if aim == BOTH else self.needed[aim]


@dataclass(frozen=True, eq=False, repr=False)
class Portrait:
    """How a learner sees their own skills, and what follows from it.

    Attributes
    ----------
    skills
        All of them.
    ratings
        From 1 to 5, by id; a skill that is not rated is left out.
    aim
        One of `AIMS`.
    """

    skills: tuple[Skill, ...]
    ratings: Mapping[str, int]
    aim: str = BOTH

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per skill: ``yours``, what each seat asks for, and ``missing`` for the aim."""
        import pandas as pd

        rows = [
            (self.ratings.get(s.id), *(s.needed[seat] for seat in SEATS), self.missing(s))
            for s in self.skills
        ]
        index = pd.Index([s.name for s in self.skills], name="skill")
        table = pd.DataFrame(rows, index, ["yours", *SEATS, "missing"])
        return table.astype({"yours": "Int64"})

    def missing(self, skill: Skill) -> int:
        """Return how many levels are missing; none of a skill that is not rated."""
        yours = self.ratings.get(skill.id)
        return 0 if yours is None else max(skill.wanted(self.aim) - yours, 0)

    @cached_property
    def next_lessons(self) -> pd.DataFrame:
        """Lessons that help most, the first first: ``title missing skills``."""
        import pandas as pd

        from pmkit.learning.lesson import lessons

        titles = {one.number: one.title for one in lessons()}
        rows: dict[str, list[Skill]] = {}
        for skill in self.skills:
            for number in skill.lessons if self.missing(skill) else ():
                rows.setdefault(number, []).append(skill)
        helped = {n: sum(map(self.missing, found)) for n, found in rows.items()}
        order = sorted(rows, key=lambda n: (-helped[n], n))
        told = [(titles.get(n, ""), helped[n], "; ".join(s.name for s in rows[n])) for n in order]
        index = pd.Index(order, name="lesson", dtype=object)
        return pd.DataFrame(told, index, ["title", "missing", "skills"])

    def chart(self, **look: Any) -> Any:
        """Return the picture: the learner beside what each seat asks for; see `skills_chart`."""
        from pmkit.learning.pictures.skills import skills_chart

        return skills_chart(self, **look)

    @property
    def sentence(self) -> str:
        """What it comes to, in words."""
        if not self.ratings:
            return f"{len(self.skills)} skills, none rated yet."
        short = [s.name for s in self.skills if self.missing(s)]
        rated = f"{len(self.ratings)} of {len(self.skills)} skills rated"
        if not short:
            return f"{rated}: all that {_asks(self.aim)} is there."
        return f"{rated}: {', '.join(short)} {'is' if len(short) == 1 else 'are'} below what " + (
            f"{_asks(self.aim)}."
        )

    def __repr__(self) -> str:
        return f"Portrait: {self.sentence}"

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.sentence)}</p>{self.table.to_html(border=0, na_rep='')}"


def _asks(aim: str) -> str:
    return f"{aim} ask for" if aim == BOTH else f"the {aim}'s seat asks for"


def portrait(ratings: Mapping[str, int], aim: str = BOTH) -> Portrait:
    """Put ratings beside what the seats ask for.

    Parameters
    ----------
    ratings
        From 1 to 5, by id of the skill.
    aim
        ``"project manager"``, ``"program manager"`` or ``"both seats"``.

    Returns
    -------
    Portrait
        With ``.table``, ``.next_lessons`` and ``.chart()``.

    Raises
    ------
    PlanError
        If there is no such skill, rating or aim.

    Notes
    -----
    The levels asked for are a suggestion that stands in ``skills.csv``; which skills there are
    follows the technical, strategic and people sides of PMI's Talent Triangle (PMI, 2015).

    Examples
    --------
    >>> portrait({"schedule": 5, "strategy": 3}, "program manager")
    Portrait: 2 of 10 skills rated: Strategic mindset is below what the program manager's seat asks for.
    """  # noqa: E501
    known = skills()
    if aim not in AIMS:
        raise PlanError(f"aim: must be one of {', '.join(AIMS)}, got {aim!r}")
    ids = [skill.id for skill in known]
    for id_, level in ratings.items():
        if id_ not in ids:
            raise PlanError(f"skill: must be one of {', '.join(ids)}, got {id_!r}")
        if level not in LEVELS or isinstance(level, bool):
            raise PlanError(f"skill {id_!r}: rating must be 1, 2, 3, 4 or 5, got {level!r}")
    return Portrait(known, {id_: int(ratings[id_]) for id_ in ids if id_ in ratings}, aim)


def read_skills(reader: Reader) -> tuple[Skill, ...]:
    """Read the table of skills; what is wrong in it is gathered in the reader."""
    return tuple(reader.make(reader.rows(_FILE, _COLUMNS), _skill))


def _skill(row: TableRow) -> Skill:
    needed = {seat: int(row.one_of(seat.replace(" ", "_"), [str(n) for n in LEVELS]))
              for seat in SEATS}  # fmt: skip
    return Skill(row.needed("id"), row.needed("name"), row.needed("shows"), needed,
                 row.list("lessons"))  # fmt: skip


@cache
def skills() -> tuple[Skill, ...]:
    """Return the skills of both seats."""
    reader = Reader()
    found = read_skills(reader)
    reader.done()
    return found
