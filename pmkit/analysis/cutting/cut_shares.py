"""One question about a cut, answered share by share: the plan, its dates, its trials, its worth."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pmkit.analysis.cost_at_completion import cost_at_completion
from pmkit.analysis.cutting.asking import Asked
from pmkit.analysis.cutting.capacity import Window, levelled_again, with_fewer_units
from pmkit.analysis.cutting.cut_outcome import CutOutcome, Wait
from pmkit.analysis.cutting.holding import Held
from pmkit.analysis.cutting.less_money import cut_money, still_to_pay
from pmkit.analysis.cutting.own_waits import OwnWait, own_waits
from pmkit.analysis.cutting.queue import queues
from pmkit.analysis.cutting.release_words import moment_text_at, money_wait
from pmkit.analysis.cutting.releasing import Unfunded, unfunded, when_covered, with_releases
from pmkit.analysis.cutting.worth import money_as_scheduled
from pmkit.analysis.progress import Progress
from pmkit.analysis.resourcing.levelling import LevelledSchedule
from pmkit.analysis.resourcing.over_allocation import named
from pmkit.analysis.resourcing.usage import resource_usage
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.analysis.words import days_text, moment_text, money_text
from pmkit.model.program import Program

if TYPE_CHECKING:
    from pmkit.analysis.simulating.correlation import Correlation

_SAME = 1e-6


class Shares:
    """One question about a program, answered share by share."""

    def __init__(
        self, program: Program, asked: Asked, before: Schedule, trials: int, seed: int,
        correlation: Correlation | None, discount_rate: float | None,
    ) -> None:  # fmt: skip
        self.program, self.asked, self.before = program, asked, before
        self.trials, self.seed, self.correlation = trials, seed, correlation
        self.discount_rate = discount_rate
        self.currency = program.settings.currency
        self.uncut: dict[str, float] = {}
        """Of each activity, working days that it waits uncut."""
        self.differs: tuple[str, ...] = ()
        """Where the order as links is not quite the levelled schedule."""

    def with_less_money(self, share: float, progress: Progress | None) -> CutOutcome:
        """Return what a share of a year's money does."""
        lines = queues(self.program, self.before)
        released, less, remaining = {}, 0.0, 0.0
        for id_ in self.asked.projects:
            money = lines[id_].needed(self._first, self.asked.period)
            left = still_to_pay(lines[id_], self.asked.year, self.asked.from_now)
            remaining += left
            less += share * left
            released[id_] = cut_money(money, share * left, self.asked, lines[id_])
        covered = {id_: when_covered(lines[id_], money) for id_, money in released.items()}
        never = tuple(
            one for id_, money in released.items()
            if (one := unfunded(lines[id_], money, covered[id_])) is not None
        )  # fmt: skip
        if never:
            return CutOutcome(share, less, remaining, released=released, never=never)
        held = with_releases(self.program, self.before, lines, covered)

        def why(plan: Schedule, wait: OwnWait) -> str:
            project = self.program[wait.activity].project
            needed = lines[project].cumulative[wait.activity]
            when = covered[project][wait.activity]
            return money_wait(plan, wait, project, needed, when, self.currency)

        of_money = {pair for pair in held.added if pair[0] in held.milestones}
        found = CutOutcome(share, less, remaining, released=released)
        return self._worked_out(found, held, of_money, why, progress)

    def with_fewer_units(self, share: float, progress: Progress | None) -> CutOutcome:
        """Return what a share of a resource's units does."""
        assert isinstance(self.before, LevelledSchedule)
        assert self.asked.resource is not None
        name = self.asked.resource
        units = next(r.capacity for r in self.program.network.resources if r.name == name)
        assert units is not None
        left = (1 - share) * units
        if share and not self.asked.keep_order:
            fewer = levelled_again(self.program, name, left, self.seed)
        else:
            window = Window(self.asked.first, self.asked.back)
            fewer = with_fewer_units(self.program, self.before, name, left, window)
        if fewer.held is None:
            never = (Unfunded(name, fewer.never, units - left),)
            return CutOutcome(share, units - left, units, never=never)
        held = fewer.held
        wanted = {
            (a.id, one.resource): one.units for a in self.program.activities for one in a.resources
        }
        there = {r.name: r.capacity for r in self.program.network.resources} | {name: left}

        def why(plan: Schedule, wait: OwnWait) -> str:
            holds = [d for d in wait.drivers if d in held.milestones]
            if holds:
                of, said = name, f"they are back on {held.milestones[holds[0]].until}"
            else:
                of = fewer.links[wait.drivers[0], wait.activity]
                verb = "has" if len(wait.drivers) == 1 else "have"
                said = f"{named(list(wait.drivers))} {verb} them first"
            return (
                f"{wait.activity!r} waited {days_text(wait.days)}, from "
                f"{moment_text_at(plan, wait.ready)} to {moment_text_at(plan, wait.start)}, for "
                f"units of {of}: it wants {wanted[wait.activity, of]:g} of {there[of]:g}, {said}"
            )

        found = CutOutcome(share, units - left, units)
        done = self._worked_out(found, held, held.added, why, progress)
        if not share and done.schedule is not None:
            self.differs = tuple(self._differs(done.schedule))
        return done

    def _differs(self, kept: Schedule) -> Iterable[str]:
        """Say where the order of work as links is not quite the levelled schedule."""
        if abs(kept.finish - self.before.finish) > _SAME:
            yield (
                f"with its order kept as links the uncut program finishes "
                f"{moment_text(kept, kept.finish)}, not "
                f"{moment_text(self.before, self.before.finish)} as levelled: lags, dates and what "
                "has begun count a little differently"
            )
        if over := resource_usage(kept).over_allocations:
            yield f"over capacity also uncut, because what has begun is not stopped: {over[0]}"

    @property
    def _first(self) -> date:
        start = self.before.start_date
        assert start is not None  # money by year asks for dates
        return start

    def _worked_out(
        self, found: CutOutcome, held: Held, added: Iterable[tuple[str, str]],
        why: Callable[[Schedule, OwnWait], str], progress: Progress | None,
    ) -> CutOutcome:  # fmt: skip
        """Schedule, simulate and value the plan of one share."""
        plan = held.program
        schedule = critical_path(plan)
        alone = own_waits(schedule, frozenset(added))
        if not self.uncut and not found.share:
            self.uncut = {wait.activity: wait.days for wait in alone}
        longer = [(wait, wait.days - self.uncut.get(wait.activity, 0.0)) for wait in alone]
        waits = tuple(
            Wait(wait.activity, round(days, 9), why(schedule, wait))
            for wait, days in longer if days > 1e-9
        )  # fmt: skip
        simulation = None
        if self.trials:
            from pmkit.analysis.simulating.simulation import simulate

            simulation = simulate(
                plan, self.trials, self.seed, correlation=self.correlation, progress=progress
            )
        return replace(
            found, plan=plan, schedule=schedule, simulation=simulation, waits=waits,
            cost=cost_at_completion(plan),
            money=money_as_scheduled(self.program, schedule, self.discount_rate),
        )  # fmt: skip

    def notes(self) -> Iterable[str]:
        """Tell what had to be assumed, a sentence each."""
        if self.asked.by == "release":
            lines = queues(self.program, self.before)
            rest = sum(lines[id_].rest for id_ in self.asked.projects)
            if rest:
                yield (
                    f"{money_text(rest, self.currency)} of what remains is for activities that "
                    "have begun; they are not stopped, so the others bear the whole cut"
                )
            yield "in the trials, too, money of a later period is not there earlier"
            return
        yield from self.differs
        if self.asked.keep_order:
            yield "the order of work is that of the uncut levelled schedule"
        else:
            yield "levelled again at each share, and that order kept in the trials"
