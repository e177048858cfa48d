"""A project at its gate: what is ahead of it, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pmkit.analysis.gating.coming import Coming, arrivals, later
from pmkit.analysis.gating.pausing import delivery_days, paused
from pmkit.analysis.gating.still_to_spend import StillToSpend, still_to_spend
from pmkit.analysis.gating.year_time import DAYS_A_MONTH, amount_then, months_later, year_of
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.analysis.valuing.delivery import Delivery, deliveries
from pmkit.model.benefit import Benefit
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
    def coming(self) -> Coming:
        """Whatever is still to come, of every project."""
        chances = {info.id: float(info.probability) for info in self.program.members}
        if self.lacking:
            chances[self.project] = 0.0
        return Coming(self.program, chances, self.base, self.rate)

    @property
    def benefits(self) -> tuple[Benefit, ...]:
        """Every benefit of the program, once."""
        return self.coming.benefits

    @cached_property
    def schedule(self) -> Schedule | None:
        """The dates as they stand; ``None`` where there are none."""
        if not self.program.projects or not self.program.network.settings.is_dated:
            return None
        return critical_path(self.program)

    @cached_property
    def known(self) -> dict[str, Delivery]:
        """When each project delivers."""
        return arrivals(self.program, self.base, self.project, *self.required_by)

    @cached_property
    def is_scheduled(self) -> bool:
        """Whether the project has activities with dates."""
        return self.schedule is not None and any(
            one.id == self.project for one in self.program.projects
        )

    def due(self, project: str, known: Mapping[str, Delivery] | None = None) -> float | None:
        """When a project delivers, as a year with a fraction; ``None`` where that is unknown."""
        if self.schedule is None or not any(one.id == project for one in self.program.projects):
            return None
        moment = (self.known if known is None else known)[project].forecast
        return year_of(moment) if isinstance(moment, date) else None

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

    def own(self, known: Mapping[str, Delivery] | None = None) -> dict[str, float]:
        """Return what comes of what the project enables only if it goes on, by benefit.

        What it brings together with others counts in full, because without it nothing of it comes;
        what others bring as well, only by what it adds.
        """
        when = self.known if known is None else known
        rest = self.going - {self.project}
        return {
            one.id: self.coming.worth(one, self.going, when) - self.coming.worth(one, rest, when)
            for one in self.benefits
            if self.project in one.enablers
        }

    def elsewhere(
        self, known: Mapping[str, Delivery] | None = None, *, stopped: bool = False
    ) -> dict[str, float]:
        """Return what comes apart from that, by benefit."""
        when = self.known if known is None else known
        own = {} if stopped else self.own(when)
        going = self.going - {self.project, *self.required_by} if stopped else self.going
        worths = self.coming.worths(going, when)
        return {id_: worth - own.get(id_, 0.0) for id_, worth in worths.items()}

    def lost_elsewhere(
        self, known: Mapping[str, Delivery] | None = None, *, stopped: bool = False
    ) -> dict[str, float]:
        """Return what does not come elsewhere that comes now, by benefit."""
        before, after = self.elsewhere(), self.elsewhere(known, stopped=stopped)
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
        end = max((self.due(self.project) if due is None else due) or self.now, self.now)
        return self.at(spending.amount, self.now + delay, end + delay)

    def at(self, amount: float, start: float, end: float | None = None) -> float:
        """Return what money of a moment, or of a stretch of years, is worth at the base."""
        return amount_then(amount, start, start if end is None else end,
                           base=self.now, rate=self.rate)  # fmt: skip

    def paused(self, months: float) -> tuple[dict[str, Delivery], float]:
        """Return when each project delivers after a pause of this one, and its own delay in days.

        Where the plan has dates they are worked out anew, so that float is used up first. Working
        days.
        """
        if not (self.is_scheduled and self.base is not None):
            return self.later(months)
        until = months_later(self.base, months)
        known, late = self.moved(paused(self.program, self.project, self.base, until))
        # what requires it and has no dates waits as long
        undated = [p for p in self.required_by if self.due(p) is None]
        return later(known, months, *undated), late

    def later(self, months: float) -> tuple[dict[str, Delivery], float]:
        """Return the same where it delivers months later, and what requires it as well."""
        known = later(self.known, months, self.project, *self.required_by)
        return known, months * WORKDAYS_A_MONTH

    def moved(self, changed: Program) -> tuple[dict[str, Delivery], float]:
        """Return when each project of a changed plan delivers, and its own delay in days."""
        if self.schedule is None:
            return self.known, 0.0
        then = critical_path(changed)
        after = {p: Delivery(self.known[p].planned, one.forecast)
                 for p, one in deliveries(self.program, then).items()}  # fmt: skip
        before, now = delivery_days(self.schedule), delivery_days(then)
        late = now.get(self.project, 0.0) - before.get(self.project, 0.0)
        return self.known | after, round(late, 6)


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


_SAME = 1e-9
