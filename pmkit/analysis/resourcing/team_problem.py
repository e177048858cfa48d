"""Who is wanted where, who could go there, and who shares an instant with whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from pmkit.model.resource import Resource

ROOM = 1e-9  # of a unit: thirds of a person add up to one


@dataclass(frozen=True, slots=True)
class Want:
    """An activity that is still to be done, and what it asks for.

    Attributes
    ----------
    activity
        Its id.
    skills
        Those it wants, each once.
    start, finish
        When it is under way, in any unit that orders instants.
    days
        Working days it still takes.
    held
        Units of those already on it, by name.
    away
        Of those who do not work throughout: working days missed, and the first of them.
    """

    activity: str
    skills: tuple[str, ...]
    start: float
    finish: float
    days: float
    held: Mapping[str, float] = field(default_factory=dict)
    away: Mapping[str, tuple[float, date | None]] = field(default_factory=dict)

    def overlaps(self, other: Want) -> bool:
        """Whether both are under way at some instant."""
        return self.start < other.finish and other.start < self.finish


@dataclass(frozen=True)
class TeamProblem:
    """What is wanted and who is there.

    Each joins with one whole unit, from the start to the finish of an activity.
    """

    wants: tuple[Want, ...]
    people: tuple[Resource, ...]

    def on_it(self, i: int) -> list[Resource]:
        """Those who are on an activity already."""
        held = self.wants[i].held
        return [person for person in self.people if held.get(person.name, 0) > 0]

    @cached_property
    def open_skills(self) -> list[tuple[str, ...]]:
        """Of each want, the skills that nobody on it has yet."""
        found = []
        for i, want in enumerate(self.wants):
            there = {skill for person in self.on_it(i) for skill in person.skills}
            found.append(tuple(s for s in want.skills if s not in there))
        return found

    def cost(self, i: int, person: Resource) -> float:
        """What one unit of a person costs on an activity: per use, and per working day."""
        return person.cost_per_use + person.cost_per_day * self.wants[i].days

    @cached_property
    def candidates(self) -> dict[tuple[int, str], Resource]:
        """Who could join what, were nobody busy."""
        return {
            (i, person.name): person
            for i, want in enumerate(self.wants)
            if self.open_skills[i]
            for person in self.people
            if not set(self.open_skills[i]).isdisjoint(person.skills)
            and person.name not in want.away
            and not want.held.get(person.name, 0)
            and (person.capacity is None or person.capacity >= 1)
        }

    @cached_property
    def rooms(self) -> list[tuple[list[tuple[int, str]], float]]:
        """Sets of candidates that share an instant, and how many of them there is room for.

        Intervals that share an instant all hold the start of one of them: starts are enough.
        """
        found: dict[tuple[tuple[int, str], ...], float] = {}
        for person in self.people:
            if person.capacity is None:
                continue
            mine = {i for i, name in self.candidates if name == person.name}
            busy = [
                (i, want.held.get(person.name, 0.0))
                for i, want in enumerate(self.wants)
                if i in mine or want.held.get(person.name, 0.0)
            ]
            for at in sorted({self.wants[i].start for i, _ in busy} if mine else ()):
                now = [
                    (i, units) for i, units in busy
                    if self.wants[i].start <= at < self.wants[i].finish
                ]  # fmt: skip
                keys = tuple((i, person.name) for i, _ in now if i in mine)
                if keys:
                    room = person.capacity - sum(units for _, units in now)
                    found[keys] = min(max(room, 0.0), found.get(keys, room))
        return [(list(keys), room) for keys, room in found.items() if room < len(keys)]

    def uncovered(self, joins: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
        """``(position, skill)`` of each skill that nobody covers, in the order of the plan."""
        has: list[set[str]] = [set() for _ in self.wants]
        for i, name in joins:
            has[i] |= set(self.candidates[i, name].skills)
        return [(i, s) for i, skills in enumerate(self.open_skills) for s in skills
                if s not in has[i]]  # fmt: skip
