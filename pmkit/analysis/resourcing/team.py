"""Team assembly: who covers the skills that activities want, what nobody covers, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.progress import Progress, reporting
from pmkit.analysis.resourcing.team_changes import hired, improvements, trained, with_people
from pmkit.analysis.resourcing.team_gaps import Gap, find_gaps
from pmkit.analysis.resourcing.team_problem import TeamProblem
from pmkit.analysis.resourcing.team_solving import AIMS, Answer, solved
from pmkit.analysis.resourcing.team_tables import cover_table, joining, people_table
from pmkit.analysis.resourcing.team_wants import team_problem
from pmkit.analysis.resourcing.team_words import explain_activity, explain_person, money, when
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.model.activity import Assignment
from pmkit.model.change import Change
from pmkit.model.program import Plan
from pmkit.model.resource import Resource, ResourceType

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class Team:
    """Who does what, by skill.

    Attributes
    ----------
    plan
        The plan, with whoever was hired or trained in it.
    schedule
        Its dates; a team moves none.
    problem
        What is wanted, and who there is.
    answer
        Who joins which activity.
    time_limit
        Seconds that it was given.
    """

    plan: Plan
    schedule: Schedule
    problem: TeamProblem
    answer: Answer
    time_limit: float

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Skills that nobody covers, each with the reason, in the order of the plan."""
        dates = (when(self.schedule, want) for want in self.problem.wants)
        return find_gaps(self.problem, self.answer.joins, dates)

    @property
    def uncovered_days(self) -> float:
        """Working days of all gaps together."""
        return sum(gap.days for gap in self.gaps)

    @property
    def cost(self) -> float:
        """Money for those who join: per use, and per working day. Who was there costs no more."""
        people = {person.name: person for person in self.problem.people}
        return sum((self.problem.cost(i, people[who])
                    for i, who in sorted(self.answer.joins)), 0.0)  # fmt: skip

    @property
    def is_optimal(self) -> bool:
        """Whether no team leaves fewer days uncovered, then fewer gaps, then costs less."""
        return self.answer.is_optimal

    @property
    def bound(self) -> float:
        """Working days that stay uncovered, whatever these people do."""
        return self.uncovered_days if self.is_optimal else self.answer.bound

    @property
    def outcome(self) -> str:
        """What was found and what is proven, in a sentence."""
        if self.is_optimal:
            return "no team of these people leaves fewer days uncovered, or costs less"
        return (
            f"the best found in {self.time_limit:g} seconds; at least {self.bound:.4g} working "
            "days stay uncovered, whatever these people do"
        )

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per activity and wanted skill.

        Columns ``skill person cover start finish days cost reason`` (dated plans also
        ``start_date finish_date``) of the work that is left. ``cover`` is ``on it`` (the plan has
        the person there already), ``joins`` or ``gap``; what a person who joins costs stands in
        the first row of theirs in that activity.
        """
        return cover_table(self.schedule, self.problem, self.answer.joins, self.gaps)

    @cached_property
    def people(self) -> pd.DataFrame:
        """One row per person: ``skills days activities joins cost utilisation``.

        ``days`` are unit-days that are left, those that the plan itself asks for included, and
        ``utilisation`` their share of what there is until the finish. ``cost`` is that of joining.
        """
        return people_table(self.schedule, self.problem, self.answer.joins)

    @cached_property
    def improvements(self) -> pd.DataFrame:
        """Single changes that close gaps, the most days covered first; solved when asked for.

        Columns ``kind person skill gaps_closed days_covered cost_change``. A hire costs per day
        what the dearest of those with such a skill does, else the dearest of all. `cost_change`
        is that of the team's cost: what training costs, the plan does not say.
        """
        return improvements(self)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What puts those who join on their activities; for a scenario of `plan`."""
        found = []
        for i, want in enumerate(self.problem.wants):
            if new := joining(self.problem, i, self.answer.joins):
                there = self.plan.network[want.activity].resources
                both = (*there, *(Assignment(person.name) for person in new))
                found.append(Change(want.activity, resources=both))
        return tuple(found)

    def if_hired(
        self, skills: str | Iterable[str], cost_per_day: float | None = None, name: str = ""
    ) -> Team:
        """Return the team with one person more.

        Parameters
        ----------
        skills
            What the person can do.
        cost_per_day
            Money; unless told, that of the dearest with such a skill, else of the dearest.
        name
            ``"New hire"`` unless told.
        """
        taken = [resource.name for resource in self.plan.network.resources]
        person = hired(self.problem.people, taken, skills, cost_per_day, name)
        return self._with((*self.problem.people, person))

    def if_trained(self, person: str, skill: str) -> Team:
        """Return the team in which somebody has one skill more."""
        return self._with(trained(self.problem.people, person, skill))

    def _with(self, people: tuple[Resource, ...]) -> Team:
        problem = team_problem(self.schedule, people)
        answer = solved(problem, self.time_limit, lambda done: None)
        return Team(
            with_people(self.plan, people), self.schedule, problem, answer, self.time_limit
        )  # fmt: skip

    def explain(self, id_: object) -> Explanation:
        """Say who covers what an activity wants and why; or what a person is on."""
        if str(id_) in self.problem_names and str(id_) not in self.schedule.ids:
            return explain_person(self, str(id_))
        return explain_activity(self, id_)

    @cached_property
    def problem_names(self) -> tuple[str, ...]:
        """Names of the people, in the order of the plan."""
        return tuple(person.name for person in self.problem.people)

    def __repr__(self) -> str:
        asked = sum(len(want.skills) for want in self.problem.wants)
        if not asked:
            return "Team: no activity that is left wants a skill"
        gaps = "no gap" if not self.gaps else f"{len(self.gaps)} not"
        proven = "" if self.is_optimal else f"; {self.outcome}"
        return (
            f"Team {len(self.problem_names)} people: {asked - len(self.gaps)} of {asked} wanted "
            f"skills covered, {gaps}; joining costs {money(self.plan, self.cost)}{proven}"
        )

    def _repr_html_(self) -> str:
        gaps = "".join(f"<li>{escape(gap.sentence)}</li>" for gap in self.gaps)
        table = self.table.to_html(max_rows=30, border=0, float_format="{:.4g}".format, na_rep="")
        return f"<p>{escape(repr(self))}</p><ul>{gaps}</ul>{table}"


def assemble_team(
    plan: Plan | Schedule, *, time_limit: float = 10.0, progress: Progress | None = None
) -> Team:
    """Find who covers the skills that activities want.

    Parameters
    ----------
    plan
        A plan, scheduled by logic alone, or a schedule such as `level` returns.
    time_limit
        Seconds; the best so far and its bound come back when they are over.
    progress
        Called with what is done and what there is in all; returning False cancels.

    Returns
    -------
    Team
        Who joins what, gaps and their reasons, and what one hire or one training would change.

    Raises
    ------
    ValueError
        If `time_limit` is not a finite number of seconds > 0.

    Notes
    -----
    People are the renewable resources that have skills. Who is on an activity already covers
    its skills at no cost; others join with one unit from its start to its finish, if so much of
    their capacity is free and they work whenever it is worked on. Fewest working days uncovered,
    then fewest gaps, then least cost: an assignment problem (Kuhn, 1955) with calendars and
    several skills per person, solved by HiGHS (Huangfu & Hall, 2018).

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.resource import Resource
    >>> plan = Project((Activity("Pipe", 3, skills=("welding",)), Activity("Lift", 2,
    ...                 skills=("rigging",))), resources=(Resource("Ann", skills=("welding",)),))
    >>> team = assemble_team(plan)
    >>> print(*team.gaps)
    Activity 'Lift' wants 'rigging' from day 0 to day 2 (2 working days), and nobody has it.
    >>> team.if_hired("rigging").gaps
    ()
    """
    if not 0 < time_limit < float("inf"):
        raise ValueError(
            f"assemble_team: time_limit must be a finite number of seconds > 0, got {time_limit!r}"
        )
    schedule = plan if isinstance(plan, Schedule) else critical_path(plan)
    people = [
        resource
        for resource in schedule.plan.network.resources
        if resource.skills and resource.type is ResourceType.RENEWABLE
    ]
    problem = team_problem(schedule, people)
    with reporting(progress, "aims") as report:
        answer = solved(problem, time_limit, lambda done: report(done, AIMS))
    return Team(schedule.plan, schedule, problem, answer, time_limit)
