"""Who decides what, who must hear of it, and what was decided: the governance of a program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from pmkit.model.activity import Moment, at_least_zero, id_text, is_finite
from pmkit.model.errors import PlanError, Problem, repeated
from pmkit.model.moments import from_iso


@dataclass(frozen=True, slots=True)
class Authority:
    """What one role may decide alone.

    Parameters
    ----------
    role
        Such as ``"program manager"``.
    cost
        The largest amount it may commit beyond the plan, money; ``None`` for any.
    days
        The longest delay of a commitment it may accept, working days; ``None`` for any.
    benefit
        The largest benefit it may give up, money; ``None`` for any.
    project
        The project of a program that it is for; empty for the whole program.

    Raises
    ------
    PlanError
        With every field that breaks a rule.

    Examples
    --------
    >>> Authority("project manager", cost=20_000, days=5, benefit=0)
    Authority(role='project manager', cost=20000, days=5, benefit=0, project='')
    """

    role: str
    cost: float | None = None
    days: float | None = None
    benefit: float | None = None
    project: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "project", id_text(self.project))
        problems = [] if str(self.role).strip() else ["role must not be empty"]
        for name in ("cost", "days", "benefit"):
            value = getattr(self, name)
            if value is not None and not at_least_zero(value):
                problems.append(f"{name} must be a finite number >= 0, got {value!r}")
        _raise(self.subject, problems, ())

    @property
    def subject(self) -> str:
        """How a message begins."""
        of = f" for project {self.project!r}" if self.project else ""
        return f"authority of the {self.role}{of}" if self.role else f"authority{of}"


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """Somebody whom the program touches, or who can touch it.

    Parameters
    ----------
    id, name, role
        Identifier, label, and what they are to the program.
    influence, interest
        From 0 to 1.
    position
        From -1 (against) to 1 (for); 0 is neutral.
    cadence_days
        They should hear of it at least this often, calendar days; ``None`` for only when needed.
    channel
        How: ``"steering group"``, ``"e-mail"``.
    concerns
        Projects, benefits or objectives that they care about, by id; empty for everything.
    last_told
        When they last heard.
    owner
        Who keeps in touch.

    Raises
    ------
    PlanError
        With every field that breaks a rule.
    """

    id: str
    name: str = ""
    role: str = ""
    influence: float = 0.5
    interest: float = 0.5
    position: float = 0.0
    cadence_days: float | None = None
    channel: str = ""
    concerns: tuple[str, ...] = ()
    last_told: date | None = None
    owner: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", id_text(self.id))
        object.__setattr__(self, "concerns", tuple(id_text(one) for one in self.concerns))
        object.__setattr__(self, "last_told", from_iso(self.last_told))
        problems = [] if self.id else ["id must not be empty"]
        for name, low in (("influence", 0), ("interest", 0), ("position", -1)):
            value = getattr(self, name)
            if not (is_finite(value) and low <= value <= 1):
                problems.append(f"{name} must be from {low} to 1, got {value!r}")
        cadence: Any = self.cadence_days
        if cadence is not None and not (at_least_zero(cadence) and cadence > 0):
            problems.append(f"cadence_days must be a number of calendar days > 0, got {cadence!r}")
        told: Any = self.last_told
        if told is not None and not isinstance(told, date):
            problems.append(f"last_told must be a date, got {told!r}")
        _raise(f"stakeholder {self.id!r}", problems, (self.id,))


@dataclass(frozen=True, slots=True)
class Gate:
    """A point at which a project is funded on, paused, stopped or redirected.

    Parameters
    ----------
    id, project, name
        Identifier, the project that it is for, and label.
    date
        When it is decided.
    authority
        The role that decides.
    cost_to_complete
        Money still to be spent to finish; ``None`` for what the plan says.
    termination_cost
        What stopping costs: contracts, people, clearing up.
    recoverable
        What stopping gives back: sales, reuse.
    holding_cost
        What a pause costs per month.
    restart_cost
        What going on after a pause costs, once.

    Raises
    ------
    PlanError
        With every field that breaks a rule.
    """

    id: str
    project: str
    name: str = ""
    date: Moment | None = None
    authority: str = "program manager"
    cost_to_complete: float | None = None
    termination_cost: float = 0.0
    recoverable: float = 0.0
    holding_cost: float = 0.0
    restart_cost: float = 0.0
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        for name in ("id", "project"):
            object.__setattr__(self, name, id_text(getattr(self, name)))
        object.__setattr__(self, "date", from_iso(self.date))
        problems = [f"{name} must not be empty" for name in ("id", "project")
                    if not getattr(self, name)]  # fmt: skip
        for name in _GATE_MONEY:
            value = getattr(self, name)
            if not (at_least_zero(value) or (name == "cost_to_complete" and value is None)):
                problems.append(f"{name} must be a finite amount >= 0, got {value!r}")
        moment = self.date
        if moment is not None and not isinstance(moment, date) and not is_finite(moment):
            problems.append(f"date must be a date or a number of working days, got {moment!r}")
        _raise(f"gate {self.id!r}", problems, (self.id,))


class Verdict(StrEnum):
    """What may be decided at a gate."""

    FUND = "fund"
    PAUSE = "pause"
    STOP = "stop"
    REDIRECT = "redirect"


@dataclass(frozen=True, slots=True)
class LoggedDecision:
    """A decision that was taken, with what was known then.

    Parameters
    ----------
    id, name
        Identifier, and what was decided.
    date
        When.
    decided_by
        By which role.
    project, gate
        What it was about; empty where it was about the whole.
    verdict
        ``"fund"``, ``"pause"``, ``"stop"``, ``"redirect"``; empty for another kind of decision.
    known
        What was known then, in words.
    expected
        The value that was expected of the option chosen, money.
    best_rejected
        The value that was expected of the best option not chosen, money.
    realised
        What came of it, money; ``None`` as long as it is not known.

    Raises
    ------
    PlanError
        With every field that breaks a rule.
    """

    id: str
    name: str = ""
    date: Moment | None = None
    decided_by: str = ""
    project: str = ""
    gate: str = ""
    verdict: str = ""
    known: str = ""
    expected: float | None = None
    best_rejected: float | None = None
    realised: float | None = None
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        for name in ("id", "project", "gate"):
            object.__setattr__(self, name, id_text(getattr(self, name)))
        object.__setattr__(self, "date", from_iso(self.date))
        problems = [] if self.id else ["id must not be empty"]
        if self.verdict and self.verdict not in tuple(Verdict):
            problems.append(f"verdict must be one of {', '.join(Verdict)}, got {self.verdict!r}")
        for name in ("expected", "best_rejected", "realised"):
            value = getattr(self, name)
            if value is not None and not is_finite(value):
                problems.append(f"{name} must be a finite amount, got {value!r}")
        moment = self.date
        if moment is not None and not isinstance(moment, date) and not is_finite(moment):
            problems.append(f"date must be a date or a number of working days, got {moment!r}")
        _raise(f"decision {self.id!r}", problems, (self.id,))


@dataclass(frozen=True)
class Governance:
    """Authority, stakeholders, gates and the decision log of a program.

    Parameters
    ----------
    authority
        Who may decide what, the lowest level first.
    stakeholders, gates, decisions
        Each with an id of its own.

    Raises
    ------
    PlanError
        If two of a kind share an id, or a role is given twice for the same project.
    """

    authority: tuple[Authority, ...] = ()
    stakeholders: tuple[Stakeholder, ...] = ()
    gates: tuple[Gate, ...] = ()
    decisions: tuple[LoggedDecision, ...] = ()

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            object.__setattr__(self, name, tuple(getattr(self, name)))
        problems = []
        for group, kind in (("stakeholders", "stakeholder"), ("gates", "gate"),
                            ("decisions", "decision")):  # fmt: skip
            for id_ in repeated(one.id for one in getattr(self, group)):
                problems.append(Problem(f"{kind} {id_!r}: id must be unique, came more than once",
                                        ids=(id_,)))  # fmt: skip
        for subject in repeated(one.subject for one in self.authority):
            problems.append(Problem(f"{subject}: must be given once, came more than once"))
        if problems:
            raise PlanError(problems)

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__dataclass_fields__)


_GATE_MONEY = ("cost_to_complete", "termination_cost", "recoverable", "holding_cost",
               "restart_cost")  # fmt: skip


def _raise(subject: str, problems: list[str], ids: tuple[str, ...]) -> None:
    if problems:
        raise PlanError(Problem(f"{subject}: {said}", ids=ids) for said in problems)
