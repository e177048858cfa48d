"""Who must hear what of a program, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from html import escape
from math import ceil
from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.telling.concerns import concerned_projects, unknown_concerns
from pmkit.analysis.telling.news import News, program_news
from pmkit.model.errors import PlanError
from pmkit.model.governance import Stakeholder
from pmkit.model.program import Program

if TYPE_CHECKING:
    import pandas as pd

CLOSELY, SATISFIED = "manage closely", "keep satisfied"
INFORMED, MONITOR = "keep informed", "monitor"
_ARTICLES = {
    "exception": "an exception",
    "gate": "a gate",
    "slip": "a slip",
    "decision": "a decision",
}

HALF = 0.5
"""From here on influence and interest are high."""


def group_of(stakeholder: Stakeholder) -> str:
    """Return how to deal with somebody, by influence and interest (Mendelow, 1991).

    Examples
    --------
    >>> group_of(Stakeholder("Mayor", influence=0.9, interest=0.3))
    'keep satisfied'
    """
    if stakeholder.influence >= HALF:
        return CLOSELY if stakeholder.interest >= HALF else SATISFIED
    return INFORMED if stakeholder.interest >= HALF else MONITOR


@dataclass(frozen=True)
class ToTell:
    """One stakeholder, what they must hear, and when.

    Parameters
    ----------
    stakeholder
        Who.
    at
        The date of the plan.
    news
        What they must hear.
    """

    stakeholder: Stakeholder
    at: date
    news: tuple[News, ...]

    @property
    def group(self) -> str:
        """How to deal with them: ``"manage closely"``, ``"keep satisfied"`` and so on."""
        return group_of(self.stakeholder)

    @property
    def is_influential(self) -> bool:
        """Whether their influence is high."""
        return self.stakeholder.influence >= HALF

    @property
    def regular(self) -> date | None:
        """When they are due by their cadence; ``None`` where they have none."""
        one = self.stakeholder
        if one.cadence_days is None:
            return None
        if one.last_told is None:
            return self.at
        told = one.last_told
        # a date without a time: part of a day is the next day
        return told + timedelta(ceil(one.cadence_days))

    @cached_property
    def pressing(self) -> tuple[News, ...]:
        """News that do not wait for the cadence.

        Exceptions, for whoever has influence; gates; and all, for whom there is no cadence.
        """
        if self.stakeholder.cadence_days is None:
            return self.news
        return tuple(
            one for one in self.news
            if one.kind == "gate" or (one.kind == "exception" and self.is_influential)
        )  # fmt: skip

    @cached_property
    def due(self) -> date | None:
        """When they must hear next; ``None`` where there is nothing."""
        dates = [_when(one, self.at) for one in self.pressing]
        if self.regular is not None:
            dates.append(self.regular)
        return min(dates, default=None)

    @property
    def overdue_days(self) -> int:
        """Calendar days since they were due by their cadence; 0 where they are not."""
        return max((self.at - self.regular).days, 0) if self.regular else 0

    @property
    def is_opponent(self) -> bool:
        """Whether they are against it and have influence."""
        return self.is_influential and self.stakeholder.position < 0


@dataclass(frozen=True, eq=False, repr=False)
class CommunicationPlan:
    """Stakeholders, how to deal with each, and who must hear what when.

    Attributes
    ----------
    entries
        One per stakeholder, whoever is due first, first.
    at
        The date of the plan.
    notes
        What the plan could not make sense of.
    """

    entries: tuple[ToTell, ...]
    at: date
    notes: tuple[str, ...] = ()

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per stakeholder, whoever is due first, first.

        ``name role influence interest position group owner channel cadence_days last_told due
        overdue_days to_hear``: `due` a date or nothing, `to_hear` the number of news for them.
        """
        import pandas as pd

        rows = [
            (
                one.stakeholder.name or one.stakeholder.id, one.stakeholder.role,
                one.stakeholder.influence, one.stakeholder.interest, one.stakeholder.position,
                one.group, one.stakeholder.owner, one.stakeholder.channel,
                one.stakeholder.cadence_days, one.stakeholder.last_told, one.due,
                one.overdue_days, len(one.news),
            )
            for one in self.entries
        ]  # fmt: skip
        columns = ["name", "role", "influence", "interest", "position", "group", "owner", "channel",
                   "cadence_days", "last_told", "due", "overdue_days", "to_hear"]  # fmt: skip
        index = pd.Index(
            [one.stakeholder.id for one in self.entries], name="stakeholder", dtype=object
        )
        table = pd.DataFrame(rows, index=index, columns=columns)
        return table.astype({"cadence_days": float, "last_told": object, "due": object})

    def due(self, before: date | str | None = None) -> pd.DataFrame:
        """Return the rows of those who must hear before the end of a day; by default today's.

        Raises
        ------
        PlanError
            If it is no date.
        """
        from pmkit.model.moments import from_iso

        told = self.at if before is None else from_iso(before)
        if not isinstance(told, date):
            raise PlanError(f"communication plan: before must be a date, got {before!r}")
        day = told.date() if isinstance(told, datetime) else told
        there = [one.due is not None and one.due <= day for one in self.entries]
        return self.table[there]

    @property
    def overdue(self) -> tuple[str, ...]:
        """Ids of those who should have heard by now, the longest overdue first."""
        late = [one for one in self.entries if one.overdue_days > 0]
        return tuple(one.stakeholder.id for one in sorted(late, key=lambda one: -one.overdue_days))

    @property
    def opponents(self) -> tuple[str, ...]:
        """Ids of those who are against it and have influence, the most dangerous first."""
        against = [one.stakeholder for one in self.entries if one.is_opponent]
        return tuple(one.id for one in sorted(against, key=lambda s: s.influence * s.position))

    @property
    def without_owner(self) -> tuple[str, ...]:
        """Ids of those with whom nobody keeps in touch."""
        return tuple(one.stakeholder.id for one in self.entries if not one.stakeholder.owner)

    def __getitem__(self, id: object) -> ToTell:
        """Return one by the id of the stakeholder."""
        for one in self.entries:
            if one.stakeholder.id == str(id):
                return one
        known = ", ".join(repr(one.stakeholder.id) for one in self.entries) or "none"
        raise KeyError(f"no stakeholder {str(id)!r}, only {known}")

    def explain(self, stakeholder: str) -> Explanation:
        """Show why somebody is dealt with so, when they are due, and what they must hear."""
        one = self[stakeholder]
        who = one.stakeholder
        lines = [f"{_high('influence', who.influence)}, {_high('interest', who.interest)}: "
                 f"{one.group}"]  # fmt: skip
        if one.is_opponent:
            lines.append(f"position {who.position:g}: against it, with influence")
        lines.append(_regular(one))
        if one.pressing and one.due is not None and (one.regular is None or one.due < one.regular):
            first = min(one.pressing, key=lambda news: _when(news, self.at))
            lines.append(f"{_ARTICLES[first.kind]} does not wait: due {one.due}")
        lines += [str(news) for news in one.news] or ["nothing new that concerns them"]
        how = " ".join(f"{word} {said}" for word, said in (("by", who.channel), ("from", who.owner))
                       if said)  # fmt: skip
        due = "nothing is due" if one.due is None else f"due {one.due}"
        name = who.name or who.id
        return Explanation(f"{name}: {due}{f', {how}' if how else ''}", tuple(lines))

    def __str__(self) -> str:
        lines = [repr(self)]
        lines += [f"  {self.explain(one.stakeholder.id).title}" for one in self.entries if one.due]
        return "\n".join([*lines, *(f"  note: {note}" for note in self.notes)])

    def __repr__(self) -> str:
        count = len(self.entries)
        parts = [f"{count} stakeholder{'' if count == 1 else 's'}"]
        parts.append(f"{sum(o.due is not None and o.due <= self.at for o in self.entries)} due by "
                     f"{self.at}")  # fmt: skip
        groups = {
            "overdue": self.overdue,
            "against it with influence": self.opponents,
            "nobody keeps in touch with": self.without_owner,
        }
        for word, names in groups.items():
            if names:
                parts.append(f"{word}: {', '.join(names)}")
        return f"CommunicationPlan {'; '.join(parts)}"

    def _repr_html_(self) -> str:
        table = self.table.to_html(border=0, na_rep="")
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        return f"<p>{escape(repr(self))}</p>{table}{f'<ul>{notes}</ul>' if notes else ''}"


def communication_plan(
    program: Program, *, at: date | str | None = None, ahead: int = 60
) -> CommunicationPlan:
    """Say who must hear what of a program, and when.

    Parameters
    ----------
    program
        With its stakeholders in ``program.governance.stakeholders``.
    at
        The date of the plan; by default the status date.
    ahead
        Calendar days within which a gate is told of.

    Returns
    -------
    CommunicationPlan
        ``.table``, ``.due(before)``, ``.overdue``, ``.opponents``, ``.explain(stakeholder)``.

    Raises
    ------
    PlanError
        If there is no date to count from.

    Notes
    -----
    Influence and interest, each high from 0.5 on, say how to deal with somebody (Mendelow,
    *Proceedings of the Second International Conference on Information Systems*, 1991): manage
    closely, keep satisfied, keep informed, monitor. They are due by their cadence, and at once for
    an exception where they have influence. A gate is told of before it is decided. News are what
    concerns their projects, the enablers of their benefits, and what contributes to their
    objectives; of decisions, those since they last heard.

    Examples
    --------
    >>> from pmkit.model.governance import Governance
    >>> from pmkit.model.settings import ProjectInfo
    >>> mayor = Stakeholder("Mayor", influence=0.9, interest=0.8, position=-0.5, cadence_days=30,
    ...                     last_told="2026-03-01", owner="Program manager", channel="visit")
    >>> plan = Program((), candidates=(ProjectInfo("Depot"),), governance=Governance((), (mayor,)))
    >>> told = communication_plan(plan, at="2026-04-10")
    >>> told
    CommunicationPlan 1 stakeholder; 1 due by 2026-04-10; overdue: Mayor; against it with
    influence: Mayor
    >>> print(told.explain("Mayor"))
    Mayor: due 2026-03-31, by visit from Program manager
      influence 0.9 is high, interest 0.8 is high: manage closely
      position -0.5: against it, with influence
      last told 2026-03-01 + 30 days = 2026-03-31: 10 days overdue
      nothing new that concerns them
    """
    from pmkit.model.moments import from_iso

    if not isinstance(program, Program):
        raise PlanError(f"communication plan: needs a program, got {type(program).__name__}")
    settings = program.network.settings if program.projects else program.settings
    told = settings.status_date if at is None else from_iso(at)
    if not isinstance(told, date):
        raise PlanError(
            "communication plan: needs a date to count from; give at=date(...), or the program a "
            f"status date, got {told!r}"
        )
    day = told.date() if isinstance(told, datetime) else told
    news = program_news(program, day, ahead)
    entries = [
        ToTell(who, day, tuple(one for one in news if _concerns(program, who, one)))
        for who in program.governance.stakeholders
    ]
    order = sorted(entries, key=lambda one: (one.due is None, one.due or day,
                                             -one.stakeholder.influence))  # fmt: skip
    return CommunicationPlan(tuple(order), day, tuple(unknown_concerns(program)))


def _when(news: News, at: date) -> date:
    """Until when somebody must hear it: a gate before it is decided, anything else at once."""
    return max(news.day, at) if news.kind == "gate" and news.day else at


def _concerns(program: Program, who: Stakeholder, news: News) -> bool:
    if news.kind == "decision" and news.day and who.last_told and news.day <= who.last_told:
        return False
    if not who.concerns or not news.projects:
        return True
    return bool(set(news.projects) & concerned_projects(program, who))


def _high(name: str, value: float) -> str:
    return f"{name} {value:g} is {'high' if value >= HALF else 'low'}"


def _regular(one: ToTell) -> str:
    who = one.stakeholder
    if who.cadence_days is None:
        return "told only when there is something to tell"
    if who.last_told is None:
        return f"every {who.cadence_days:g} days, and never told yet: due now"
    due = f"last told {who.last_told} + {who.cadence_days:g} days = {one.regular}"
    if one.overdue_days:
        return f"{due}: {one.overdue_days} day{'' if one.overdue_days == 1 else 's'} overdue"
    return due
