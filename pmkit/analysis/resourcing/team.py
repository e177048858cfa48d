"""Team assembly: who covers the skills that activities want."""

from __future__ import annotations

from pmkit.analysis.progress import Progress, reporting
from pmkit.analysis.resourcing.team_result import Team as Team
from pmkit.analysis.resourcing.team_solving import AIMS, solved
from pmkit.analysis.resourcing.team_wants import team_problem
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.model.program import Plan
from pmkit.model.resource import ResourceType


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
