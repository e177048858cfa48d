"""A project at its gate: what is ahead of it, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from pmkit.analysis.gating.coming_benefits import Coming, Delivering, coming_benefits
from pmkit.analysis.gating.pausing import delivery_days, paused
from pmkit.analysis.gating.still_to_spend import StillToSpend, still_to_spend
from pmkit.analysis.gating.year_time import DAYS_A_MONTH, amount_then, months_later, year_of
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.model.governance import Gate, Verdict
from pmkit.model.program import Program

WORKDAYS_A_MONTH = DAYS_A_MONTH * 5 / 7
"""Working days in a month, where no calendar tells."""


@dataclass(frozen=True)
class Standing:
    """A project at its gate: what is ahead of it, and of what hangs on it.

    Parameters
    ----------
    program, gate
        What is decided on.
    going
        Projects that go on, itself among them.
    base
        From when on it counts; ``None`` where nothing is dated.
    rate
        Discount rate per year; ``None`` for amounts as planned.
    """

    program: Program
    gate: Gate
    going: frozenset[str]
    base: date | None
    rate: float | None

    @property
    def project(self) -> str:
        """Id of the project."""
        return self.gate.project

    @cached_property
    def now(self) -> float | None:
        """The base as a year with a fraction."""
        return None if self.base is None else year_of(self.base)

    @cached_property
    def benefits(self) -> tuple[Coming, ...]:
        """Whatever is still to come, of every project."""
        return coming_benefits(self.program, self.base)

    @cached_property
    def schedule(self) -> Schedule | None:
        """The dates as they stand; ``None`` where there are none."""
        if not self.program.projects or not self.program.network.settings.is_dated:
            return None
        return critical_path(self.program)

    @cached_property
    def deliveries(self) -> dict[str, float]:
        """When each project delivers, as a year with a fraction, where that is known."""
        if self.schedule is None:
            return {}
        days = delivery_days(self.schedule)
        moments = {p: self.schedule.date_of(d).item() for p, d in days.items()}
        return {project: _year_of(moment) for project, moment in moments.items()}

    @cached_property
    def has_dates(self) -> bool:
        """Whether the plan says when the project delivers."""
        return self.project in self.deliveries

    @cached_property
    def required_by(self) -> tuple[str, ...]:
        """Projects that go on and cannot deliver without it, directly or through others."""
        found: list[str] = []
        needed = {self.project}
        while new := [
            info.id for info in self.program.members
            if info.id in self.going and info.id not in needed and needed & set(info.requires)
        ]:  # fmt: skip
            found += new
            needed |= set(new)
        return tuple(found)

    @cached_property
    def lacking(self) -> tuple[str, ...]:
        """What the project requires and does not go on: it cannot deliver."""
        info = self.program.member(self.project)
        return tuple(other for other in info.requires if other not in self.going)

    def delivering(
        self, going: Iterable[str] | None = None, delays: Mapping[str, float] | None = None
    ) -> Delivering:
        """Return who goes on and when each delivers, of this plan with other delays."""
        chances = {info.id: info.probability for info in self.program.members}
        if self.lacking:
            chances[self.project] = 0.0
        return Delivering(
            self.going if going is None else frozenset(going), chances, self.deliveries,
            delays or {}, self.now, self.rate,
        )  # fmt: skip

    def own(self, delays: Mapping[str, float] | None = None) -> dict[str, float]:
        """Return what comes of what the project enables only if it goes on, by benefit.

        What it brings together with others counts in full, because without it nothing of it comes;
        what others bring as well, only by what it adds.
        """
        there = self.delivering(None, delays)
        without = self.delivering(self.going - {self.project}, delays)
        return {
            one.id: there.worth(one) - without.worth(one)
            for one in self.benefits
            if self.project in one.enablers
        }

    def elsewhere(
        self, delays: Mapping[str, float] | None = None, *, stopped: bool = False
    ) -> dict[str, float]:
        """Return what comes apart from that, by benefit."""
        own = {} if stopped else self.own(delays)
        going = self.going - {self.project, *self.required_by} if stopped else None
        worths = self.delivering(going, delays).worths(self.benefits)
        return {id_: worth - own.get(id_, 0.0) for id_, worth in worths.items()}

    def lost_elsewhere(
        self, delays: Mapping[str, float] | None = None, *, stopped: bool = False
    ) -> dict[str, float]:
        """Return what does not come elsewhere that comes now, by benefit."""
        before, after = self.elsewhere(), self.elsewhere(delays, stopped=stopped)
        lost = {id_: worth - after[id_] for id_, worth in before.items()}
        return {id_: amount for id_, amount in lost.items() if abs(amount) > _SAME}

    @cached_property
    def spending(self) -> StillToSpend:
        """The cost to complete as it stands."""
        return still_to_spend(self.program, self.project, self.gate, self.base)

    def present(
        self, spending: StillToSpend, delay: float = 0.0, due: float | None = None
    ) -> float:
        """Return what money still to be spent is worth at the base, spent so many years later.

        By year where years are told, else evenly from the base until delivery.
        """
        if self.rate is None or self.now is None:
            return spending.amount
        if spending.by_year:
            return sum(
                self.at(amount, max(float(year), self.now) + delay, year + 1.0 + delay)
                for year, amount in spending.by_year
            )
        end = max(self.deliveries.get(self.project, self.now) if due is None else due, self.now)
        return self.at(spending.amount, self.now + delay, end + delay)

    def at(self, amount: float, start: float, end: float | None = None) -> float:
        """Return what money of a moment, or of a stretch of years, is worth at the base."""
        return amount_then(amount, start, start if end is None else end,
                           base=self.now, rate=self.rate)  # fmt: skip

    def pause_delays(self, months: float) -> tuple[dict[str, float], float]:
        """Return by how many years a pause moves each project, and its own delay in working days.

        Where the plan has dates they are worked out anew, so that float is used up first.
        """
        if not months:
            return {}, 0.0
        if self.schedule is not None and self.has_dates and self.base is not None:
            until = months_later(self.base, months)
            delays, late = self.moved(paused(self.program, self.project, until))
            # what requires it and has no dates waits as long
            for other in self.required_by:
                if other not in self.deliveries:
                    delays[other] = delays.get(self.project, 0.0)
            return delays, late
        return self.later(months)

    def later(self, months: float) -> tuple[dict[str, float], float]:
        """Return the same where it delivers months later, and what requires it as well."""
        late = dict.fromkeys((self.project, *self.required_by), months / 12) if months else {}
        return late, months * WORKDAYS_A_MONTH

    def moved(self, changed: Program) -> tuple[dict[str, float], float]:
        """Return by how many years a changed plan moves each project, and its own working days."""
        if self.schedule is None:
            return {}, 0.0
        then = critical_path(changed)
        before, after = delivery_days(self.schedule), delivery_days(then)
        delays = {}
        for project, days in after.items():
            if project in before and abs(days - before[project]) > _SAME:
                moment = _year_of(then.date_of(days).item())
                delays[project] = moment - self.deliveries[project]
        mine = after.get(self.project, 0.0) - before.get(self.project, 0.0)
        return delays, round(mine, 6)


def stopped_projects(program: Program) -> tuple[str, ...]:
    """Return projects that the decision log has stopped and not taken up again since."""
    return tuple(p for p, verdict in _verdicts(program).items() if verdict == Verdict.STOP)


def undecided(program: Program) -> tuple[str, ...]:
    """Return candidates that nobody has funded yet, where other projects have activities.

    Without activities, not mandatory, and never funded in the decision log.
    """
    if not program.projects:
        return ()
    told = _verdicts(program)
    return tuple(c.id for c in program.candidates if not c.mandatory and c.id not in told)


def _verdicts(program: Program) -> dict[str, str]:
    """The last that was decided at a gate, by project."""
    return {one.project: one.verdict for one in program.governance.decisions
            if one.project and one.verdict}  # fmt: skip


def projects_going(program: Program, project: str, beside: Iterable[str] | None) -> frozenset[str]:
    """Return which projects go on with this one: as told, else all that are decided on.

    Not those that were stopped, that it excludes, or that require one of these.
    """
    info = program.member(project)
    rivals = {other.id for other in program.members if project in other.excludes}
    gone = ({*stopped_projects(program), *info.excludes} | rivals) - {project}
    if beside is None:
        asked = {one.id for one in program.members} - set(undecided(program))
    else:
        asked = {str(one) for one in beside}
    going = (asked | {project}) - gone
    while stuck := {
        one.id for one in program.members
        if one.id in going and one.id != project and not set(one.requires) <= going
    }:  # fmt: skip
        going -= stuck
    return frozenset(going)


def _year_of(moment: datetime) -> float:
    """With the hours, so that two deliveries of one day are told apart."""
    from datetime import timedelta

    whole = year_of(moment)
    since = moment - datetime(moment.year, moment.month, moment.day)
    return whole + since / timedelta(365.25)


_SAME = 1e-9
