"""What limits a choice of projects beside money: groups of projects, and scarce people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pmkit.model.activity import at_least_zero, id_text
from pmkit.model.errors import PlanError, Problem


@dataclass(frozen=True, slots=True)
class Group:
    """Projects of which at least, or at most, so many are to be chosen.

    Parameters
    ----------
    id, name
        Identifier and label.
    projects
        Ids.
    at_least, at_most
        How many; ``None`` for any number.

    Raises
    ------
    PlanError
        With every field that breaks a rule.

    Examples
    --------
    >>> Group("ticketing", projects=("A", "B"), at_least=1)
    Group ticketing: at least 1 of A, B
    """

    id: str
    name: str = ""
    projects: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", id_text(self.id))
        object.__setattr__(self, "projects", tuple(id_text(one) for one in self.projects))
        problems = [] if self.id else ["id must not be empty"]
        if not self.projects:
            problems.append("projects must be named, got none")
        if self.at_least is None and self.at_most is None:
            problems.append("at_least or at_most must be given, got neither")
        for name in ("at_least", "at_most"):
            value: Any = getattr(self, name)
            if value is not None and not (at_least_zero(value) and value == int(value)):
                problems.append(f"{name} must be a whole number >= 0, got {value!r}")
        if problems:
            raise PlanError(Problem(f"group {self.id!r}: {said}", ids=(self.id,))
                            for said in problems)  # fmt: skip

    def __repr__(self) -> str:
        limits = (("least", self.at_least), ("most", self.at_most))
        parts = [f"at {word} {value:g}" for word, value in limits if value is not None]
        return f"Group {self.id}: {' and '.join(parts)} of {', '.join(self.projects)}"


@dataclass(frozen=True, slots=True)
class PeopleDays:
    """Days of scarce people: what there is, or what one project needs.

    Parameters
    ----------
    resource
        Who they are, such as ``"Engineer"``.
    project
        The project that needs them; empty for what there is.
    days
        ``{year: person-days}``; a key ``None`` is for the whole time.

    Raises
    ------
    PlanError
        With every field that breaks a rule.

    Examples
    --------
    >>> PeopleDays("Engineer", days={2026: 220})
    PeopleDays Engineer: 220 days in 2026
    """

    resource: str
    project: str = ""
    days: Mapping[int | None, float] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "project", id_text(self.project))
        problems = [] if str(self.resource).strip() else ["resource must not be empty"]
        for year, amount in self.days.items():
            if not at_least_zero(amount):
                column = "days" if year is None else f"days_{year}"
                problems.append(f"{column} must be a finite number of person-days >= 0, "
                                f"got {amount!r}")  # fmt: skip
        if problems:
            raise PlanError(Problem(f"{self.subject}: {said}") for said in problems)

    @property
    def subject(self) -> str:
        """How a message begins."""
        of = f" for project {self.project!r}" if self.project else ""
        return f"people {self.resource!r}{of}"

    def __repr__(self) -> str:
        parts = [f"{amount:g} days" + ("" if year is None else f" in {year}")
                 for year, amount in self.days.items()]  # fmt: skip
        of = f" for {self.project}" if self.project else ""
        return f"PeopleDays {self.resource}{of}: {', '.join(parts)}"
