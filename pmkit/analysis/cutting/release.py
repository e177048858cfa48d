"""Money as it is released: an activity starts only when its project's money covers it.

The order is frozen once, by planned start. Everybody is paid in that order, so an activity needs
the money of all before it and its own; nobody is paid out of turn. Then less money, or later
money, never makes anybody start earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from pmkit.analysis.cutting.asking import check_asked_of
from pmkit.analysis.cutting.own_waits import OwnWait, own_waits
from pmkit.analysis.cutting.queue import Queue, queues
from pmkit.analysis.cutting.release_words import money_wait, needs, released_by
from pmkit.analysis.cutting.releasing import (
    SAME,
    Releases,
    Unfunded,
    unfunded,
    when_covered,
    with_releases,
)
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.resourcing.over_allocation import named
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.analysis.words import days_text, moment_text, moment_words, money_text
from pmkit.model.activity import at_least_zero
from pmkit.model.errors import InfeasibleError, PlanError, Problem
from pmkit.model.moments import as_datetime
from pmkit.model.program import Program

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class Release:
    """A program that is worked on as its money comes.

    Attributes
    ----------
    program
        As it was asked about.
    plan
        The same with a milestone for each release of money that somebody waits for; any other
        verb takes it.
    schedule
        Of that plan.
    released
        ``{project: {moment: money}}``, as told.
    before
        The schedule whose order of starts is kept.
    waits
        Activities that wait for money alone.
    notes
        What had to be inferred, a sentence each.
    """

    program: Program
    plan: Program
    schedule: Schedule
    released: Releases
    before: Schedule
    waits: tuple[OwnWait, ...]
    notes: tuple[str, ...]
    _queues: Mapping[str, Queue]
    _covered: Mapping[str, Any]

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per activity that has not begun, of projects whose money is released.

        ``project cost needed released_on ready start waited``: `needed` is the money up to and with
        it, `released_on` when that much has come; instants are working days, and dates beside
        them where the plan has any.
        """
        import pandas as pd

        waits = {wait.activity: wait for wait in self.waits}
        place = {id_: n for n, id_ in enumerate(self.schedule.ids)}
        index, rows = [], []
        for id_, queue in self._queues.items():
            for claim in queue.claims:
                start = float(self.schedule.start[place[claim.activity]])
                wait = waits.get(claim.activity)
                index.append(claim.activity)
                rows.append(
                    (id_, claim.cost, queue.cumulative[claim.activity],
                     self._covered.get(claim.activity), start if wait is None else wait.ready,
                     start, 0.0 if wait is None else wait.days)
                )  # fmt: skip
        names = ["project", "cost", "needed", "released_on", "ready", "start", "waited"]
        found = pd.DataFrame(rows, columns=names, index=pd.Index(index, name="activity"))
        if self.schedule.is_dated:
            for name, side in (("ready", "start"), ("start", "start")):
                found[f"{name}_date"] = self.schedule.date_of(found[name].to_numpy(float), side)
        return found

    def explain(self, activity: object = None) -> Explanation:
        """Tell who waited for money and how long; or of one activity, what its start needs.

        Raises
        ------
        KeyError
            If no money is asked for by such an activity.
        """
        currency = self.program.settings.currency
        if activity is None:
            longest = sorted(self.waits, key=lambda wait: (-wait.days, wait.activity))
            lines = [self._why(wait) for wait in longest] or ["nobody waits for money"]
            moved = self.schedule.finish - self.before.finish
            lines.append(f"finish {moment_text(self.schedule, self.schedule.finish)}, "
                         f"{days_text(moved)} later than without waiting for money")  # fmt: skip
            return Explanation(repr(self), (*lines, *self.notes))
        id_ = str(activity)
        for queue in self._queues.values():
            if id_ in queue.cumulative:
                lines = needs(queue, id_, currency)
                told = released_by(self.released[queue.project], queue.cumulative[id_], currency)
                lines.append(f"released to {queue.project}: {told}")
                wait = next((one for one in self.waits if one.activity == id_), None)
                lines.append("it does not wait for money" if wait is None else self._why(wait))
                return Explanation(f"activity {id_!r}: money to start", tuple(lines))
        raise KeyError(f"no activity {id_!r} that has not begun and asks for released money")

    def _why(self, wait: OwnWait) -> str:
        project = self.program[wait.activity].project
        return money_wait(
            self.schedule, wait, project, self._queues[project].cumulative[wait.activity],
            self._covered[wait.activity], self.program.settings.currency,
        )  # fmt: skip

    def __repr__(self) -> str:
        count = len(self.waits)
        who = "nobody waits for money" if not count else (
            f"{count} {'activity waits' if count == 1 else 'activities wait'} for money"
        )  # fmt: skip
        return f"Release {', '.join(self.released)}: {who}, finish {_finish(self.schedule)}"

    def _repr_html_(self) -> str:
        table = self.table.to_html(border=0, float_format="{:,.6g}".format, max_rows=40)
        return f"<p>{escape(repr(self))}</p>{table}"


def release(program: Program, releases: Releases, *, schedule: Schedule | None = None) -> Release:
    """Schedule a program whose projects may spend money only as it is released.

    Parameters
    ----------
    program
        The program.
    releases
        ``{project: {when: money}}``: what is released at the start of each period. A date, or a
        year for its first of January; in a program without dates working days. Amounts add up:
        what is not spent in one period can be in a later one. A project that is not named is not
        limited.
    schedule
        The order of its starts is the order in which activities are paid; by logic by default. Of a
        levelled one the order of work on each resource is kept too.

    Returns
    -------
    Release
        ``plan schedule waits table explain``.

    Raises
    ------
    PlanError
        For a project that is not at work, an amount below 0, or a moment that is none.
    InfeasibleError
        Naming every activity that the money never reaches, and what is missing.

    Notes
    -----
    All of an activity's cost is asked for when it starts: nothing is ordered in advance of the
    money (FAR 32.702). What was paid and what has begun comes first: it is not stopped. What costs
    nothing waits for no money of its own. Money is a resource that may be used later than it comes
    and not earlier (Carlier & Rinnooy Kan, *Scheduling subject to nonrenewable-resource
    constraints*, 1982).

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.dependency import Dependency
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import ProjectInfo
    >>> depot = Project((Activity("Dig", 10, fixed_cost=60), Activity("Build", 5, fixed_cost=50)),
    ...                 (Dependency("Dig", "Build"),), members=(ProjectInfo("Depot"),))
    >>> found = release(Program((depot,)), {"Depot": {0: 100, 30: 10}})
    >>> found
    Release Depot: 1 activity waits for money, finish day 35
    >>> print(found.explain())
    Release Depot: 1 activity waits for money, finish day 35
      'Depot.Build' waited 20 days, from day 10 to day 30, for money of Depot: it needs 110, which \
is released on day 30
      finish day 35, 20 days later than without waiting for money
    """
    check_asked_of(program, schedule, "release")
    told = _checked(program, releases)
    before = critical_path(program) if schedule is None else schedule
    lines = queues(program, before)
    covered = {id_: when_covered(lines[id_], money) for id_, money in told.items()}
    never = [
        one for id_, money in told.items()
        if (one := unfunded(lines[id_], money, covered[id_])) is not None
    ]  # fmt: skip
    if never:
        raise InfeasibleError(_never_problem(one, program.settings.currency) for one in never)
    held = with_releases(program, before, lines, covered)
    found = critical_path(held.program)
    money_links = {pair for pair in held.added if pair[0] in held.milestones}
    return Release(
        program, held.program, found, told, before, own_waits(found, money_links),
        tuple(_begun_notes(program, lines, told)), {id_: lines[id_] for id_ in told},
        {activity: when for one in covered.values() for activity, when in one.items()},
    )  # fmt: skip


def _finish(schedule: Schedule) -> str:
    return moment_text(schedule, schedule.finish)


def _never_problem(one: Unfunded, currency: str) -> Problem:
    return Problem(
        f"release: project {one.project!r} must get {money_text(one.missing, currency)} more than "
        f"is released, or {named(list(one.activities))} never start",
        ids=one.activities,
    )


def _begun_notes(
    program: Program, lines: Mapping[str, Queue], told: Releases
) -> Iterable[str]:  # fmt: skip
    currency = program.settings.currency
    for id_, money in told.items():
        total, committed = sum(money.values()), lines[id_].committed
        if total < committed - SAME * max(committed, 1.0):
            yield (
                f"{id_}: what has begun is not stopped, it costs {money_text(committed, currency)} "
                f"in all, of which {money_text(total, currency)} is released"
            )


def _checked(program: Program, releases: Releases) -> dict[str, dict[Any, float]]:
    """Return releases by moment, in order; all problems at once."""
    at_work = [project.id for project in program.projects]
    is_dated = bool(program.projects) and program.network.settings.is_dated
    problems, found = [], {}
    if not releases:
        problems.append(Problem("release: at least one project must have money released, got none"))
    for id_, money in releases.items():
        if id_ not in at_work:
            problems.append(
                Problem(f"release: projects must be those with activities "
                        f"({', '.join(at_work) or 'there are none'}), got {id_!r}", ids=(str(id_),))
            )  # fmt: skip
            continue
        moments: dict[Any, float] = {}
        for key, amount in money.items():
            when = _moment(key, is_dated=is_dated)
            if when is None:
                kind = "a date or a year" if is_dated else "a number of working days >= 0"
                problems.append(
                    Problem(f"release of {id_!r}: each moment must be {kind}, got {key!r}")
                )
            elif not at_least_zero(amount):
                problems.append(
                    Problem(f"release of {id_!r}: money at {moment_words(when)} must be a finite "
                            f"amount >= 0, got {amount!r}")
                )  # fmt: skip
            else:
                moments[when] = moments.get(when, 0.0) + float(amount)
        found[id_] = dict(sorted(moments.items(), key=lambda item: _sortable(item[0])))
    if problems:
        raise PlanError(problems)
    return found


def _moment(key: Any, *, is_dated: bool) -> Any:
    if isinstance(key, bool):
        return None
    if not is_dated:
        return float(key) if at_least_zero(key) else None
    if isinstance(key, date):
        return key.date() if isinstance(key, datetime) and key.time() == _MIDNIGHT else key
    return date(int(key), 1, 1) if at_least_zero(key) and key == int(key) and key >= 1 else None


_MIDNIGHT = datetime.min.time()


def _sortable(moment: Any) -> Any:
    return as_datetime(moment) if isinstance(moment, date) else moment
