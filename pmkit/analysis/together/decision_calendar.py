"""The calendar of a program: what must be decided or handed over, by whom, and by when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.analysis.together.calendar_entries import KINDS, Entry, all_entries
from pmkit.analysis.together.coming import is_coming, status_instant
from pmkit.model.errors import PlanError
from pmkit.model.program import Program

if TYPE_CHECKING:
    import pandas as pd

OVERDUE, NOW, AHEAD, UNDATED = "overdue", "now", "ahead", "no date"
_SAME = 1e-6


@dataclass(frozen=True, eq=False, repr=False)
class DecisionCalendar:
    """What must be decided or handed over, in the order of dates.

    Attributes
    ----------
    program, schedule
        The program, and the schedule that was looked at.
    entries
        What is to be done; those that nobody has dated come last.
    """

    program: Program
    schedule: Schedule
    entries: tuple[Entry, ...]

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def state(self, entry: Entry) -> str:
        """Return ``"overdue"``, ``"now"``, ``"ahead"`` or ``"no date"``, at the status date."""
        if not entry.at.is_known:
            return UNDATED
        now = status_instant(self.schedule)
        if now.date is not None and entry.at.date is not None:
            days = (entry.at.date.date() - now.date.date()).days
        else:
            away = entry.at.days - now.days
            days = 0 if abs(away) <= _SAME else int(np.sign(away))
        return NOW if not days else OVERDUE if days < 0 else AHEAD

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per entry: ``date what project who kind state``.

        The date is a working day of a plan without dates.
        """
        import pandas as pd

        dated = self.schedule.is_dated
        moments = [e.at.date if dated else e.at.days for e in self.entries]
        columns = {
            "date": pd.Series(moments, dtype="datetime64[us]" if dated else float).to_numpy(),
            **{name: [getattr(entry, name) for entry in self.entries]
               for name in ("what", "project", "who", "kind")},
            "state": [self.state(entry) for entry in self.entries],
        }  # fmt: skip
        index = pd.RangeIndex(1, len(self.entries) + 1, name="entry")
        found = pd.DataFrame(columns, index=index)
        if dated:
            found["date"] = found["date"].dt.normalize()
        return found

    def within(self, days: float) -> DecisionCalendar:
        """Return what comes within so many days of the status date, what is overdue included.

        Parameters
        ----------
        days
            Calendar days; working days in a plan without dates.
        """
        kept = [entry for entry in self.entries if is_coming(self.schedule, entry.at, days)]
        return replace(self, entries=tuple(kept))

    def of(self, project: str) -> DecisionCalendar:
        """Return what one project has to do with, and what it is to be given."""
        self.program.member(project)
        kept = [entry for entry in self.entries if project in (entry.project, entry.taker)]
        return replace(self, entries=tuple(kept))

    def explain(self, entry: int) -> Explanation:
        """Say where an entry, by its number in the table, comes from.

        Raises
        ------
        KeyError
            If there is no entry of that number.
        """
        if not 1 <= entry <= len(self.entries):
            raise KeyError(f"no entry {entry!r} in a calendar of {len(self.entries)}")
        one = self.entries[entry - 1]
        lines = [f"{one.kind}, {self.state(one)}", f"who: {one.who or 'nobody is named'}"]
        return Explanation(f"{one.at if one.at.is_known else 'no date'}: {one.what}",
                           (*lines, one.reason))  # fmt: skip

    def __repr__(self) -> str:
        if not self.entries:
            return "DecisionCalendar nothing to decide or to hand over"
        told = Counter(entry.kind for entry in self.entries)
        parts = ", ".join(
            f"{told[kind]} {kind}{'' if told[kind] == 1 else 's'}" for kind in KINDS if told[kind]
        )
        overdue = sum(self.state(entry) == OVERDUE for entry in self.entries)
        ahead = [entry for entry in self.entries if self.state(entry) == AHEAD]
        following = f"; next {ahead[0].at}: {ahead[0].what}" if ahead else ""
        return (
            f"DecisionCalendar {len(self.entries)} entries, {overdue} overdue: {parts}{following}"
        )

    def _repr_html_(self) -> str:
        shown = self.table.copy()
        if self.schedule.is_dated:
            shown["date"] = shown["date"].dt.strftime("%Y-%m-%d")
        table = shown.to_html(max_rows=60, border=0, float_format="{:.4g}".format, na_rep="")
        return f"<p>{escape(repr(self))}</p>{table}"


def decision_calendar(program: Program, schedule: Schedule | None = None) -> DecisionCalendar:
    """Return what must be decided or handed over when, from everything the program knows.

    Parameters
    ----------
    program
        With or without dates.
    schedule
        Of it; its critical path by default.

    Returns
    -------
    DecisionCalendar
        Tolerances that are exceeded and change requests that are open (to be decided now), issues
        with the day they are due, gates that nobody has decided at, interfaces with the day they
        are needed, and activities with a date that they must keep.

    Raises
    ------
    PlanError
        If the plan is not a program.

    Notes
    -----
    An interface stands at the day on which the taking project needs it, not at its forecast: what
    comes too late is to be decided before that day. When stakeholders next hear of the program is
    told elsewhere.

    Examples
    --------
    >>> from pmkit.model.dependency import Dependency
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import ProjectInfo
    >>> depot = Project.from_table([("Build", 10, "")], members=(ProjectInfo("Depot"),))
    >>> fleet = Project.from_table([("Buy", 12, ""), ("Test", 3, "Buy")],
    ...                            members=(ProjectInfo("Fleet"),))
    >>> found = decision_calendar(Program((depot, fleet),
    ...                                   (Dependency("Depot.Build", "Fleet.Test"),)))
    >>> found
    DecisionCalendar 1 entries, 0 overdue: 1 handover; next day 12: Build, for Fleet
    >>> print(found.explain(1))
    day 12: Build, for Fleet
      handover, ahead
      who: Depot to Fleet
      needed then; forecast day 10, 2 days of float
    """
    if not isinstance(program, Program):
        raise PlanError(
            f"decision_calendar: must be asked of a Program, got a {type(program).__name__}"
        )
    if schedule is None:
        schedule = critical_path(program)

    def place(entry: Entry) -> tuple[bool, float, int]:
        known = entry.at.is_known
        return (not known, entry.at.days if known else 0.0, KINDS.index(entry.kind))

    return DecisionCalendar(
        program, schedule, tuple(sorted(all_entries(program, schedule), key=place))
    )
