"""A team: who covers the skills that activities want, what nobody covers, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.resourcing.team_changes import hired, improvements, trained, with_people
from pmkit.analysis.resourcing.team_gaps import Gap, find_gaps
from pmkit.analysis.resourcing.team_problem import TeamProblem
from pmkit.analysis.resourcing.team_solving import Answer, solved
from pmkit.analysis.resourcing.team_tables import cover_table, joining, people_table
from pmkit.analysis.resourcing.team_wants import team_problem
from pmkit.analysis.resourcing.team_words import (
    explain_activity,
    explain_person,
    money,
    overheld,
    when,
)
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.activity import Assignment
from pmkit.model.change import Change
from pmkit.model.program import Plan
from pmkit.model.resource import Resource

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
    def notes(self) -> tuple[str, ...]:
        """Where the plan itself has somebody on more than they can be on."""
        return overheld(self)

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
        names = {person.name for person in self.problem.people}
        if str(id_) in names - set(self.schedule.ids):
            return explain_person(self, str(id_))
        return explain_activity(self, id_)

    def __repr__(self) -> str:
        asked = sum(len(want.skills) for want in self.problem.wants)
        if not asked:
            return "Team: no activity that is left wants a skill"
        count = len(self.problem.people)
        gaps = "no gap" if not self.gaps else f"{len(self.gaps)} not"
        proven = "" if self.is_optimal else f"; {self.outcome}"
        people = f"{count} {'person' if count == 1 else 'people'}"
        return (
            f"Team {people}: {asked - len(self.gaps)} of {asked} wanted "
            f"skills covered, {gaps}; joining costs {money(self.plan, self.cost)}{proven}"
        )

    def _repr_html_(self) -> str:
        told = (*(gap.sentence for gap in self.gaps), *self.notes)
        gaps = "".join(f"<li>{escape(sentence)}</li>" for sentence in told)
        table = self.table.to_html(max_rows=30, border=0, float_format="{:.4g}".format, na_rep="")
        return f"<p>{escape(repr(self))}</p><ul>{gaps}</ul>{table}"
