"""What could be done about a project whose forecast is beyond its tolerance, as the plan knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np

from pmkit.analysis.control.exceptions import Option
from pmkit.analysis.control.proposals import ACCEPT, crash_to
from pmkit.analysis.control.tolerance_check import ToleranceCheck
from pmkit.analysis.cost_at_completion import cost_at_completion
from pmkit.analysis.governing.program_measures import ProgramMeasures
from pmkit.analysis.scheduling.driving import driving_chain, driving_links
from pmkit.analysis.words import days_text
from pmkit.model.change import Change
from pmkit.model.dependency import DependencyKind
from pmkit.model.program import Program
from pmkit.model.scenario import Scenario
from pmkit.model.tolerance import Measure

_FS = DependencyKind.FINISH_TO_START
_OVERLAP = 0.5
"""The largest part of an activity that the next one may overlap."""


def options_for(project: str, check: ToleranceCheck, measures: ProgramMeasures) -> list[Scenario]:
    """Return what the plan itself knows: to go on, to crash, to respond to risks, to overlap.

    Parameters
    ----------
    project
        Id; empty for the program.
    check
        Its tolerances, held against the forecast.
    measures
        The forecast.
    """
    late = _days_beyond(check)
    links = _driving(project, measures) if late > 0 else set()
    sources = _sources(project, links, measures.program) if late > 0 else []
    found = [Scenario(ACCEPT)]
    crashes = [one for source in sources for one in _crashes(source, check, measures, late)]
    responses = list(_responses(sources or ([project] if project else []), measures.program))
    found += crashes + responses
    if crashes and responses:
        both = (*crashes[0].changes, *responses[0].changes)
        found.append(Scenario(f"{crashes[0].name}, and respond to the risks", both))
    if late > 0 and len(found) < 2:
        found += _overlaps(project, links, measures, late)
    return found


def _sources(project: str, links: set[tuple[str, str]], program: Program) -> list[str]:
    """Where time could be won: the project itself, then those that it waits for."""
    if not project:
        return [""]
    owners = [program[id_].project for link in sorted(links) for id_ in link]
    return list(dict.fromkeys([project, *owners]))


def weighing(
    program: Program, again: Callable[[Program], ToleranceCheck]
) -> Callable[[Scenario], Option]:
    """Return what says what an option comes to.

    Parameters
    ----------
    program
        As it is.
    again
        Holds a program against the same tolerances.
    """

    def weighed(scenario: Scenario) -> Option:
        changed = scenario.apply(program) if scenario.changes else program
        assert isinstance(changed, Program)
        return Option(scenario, again(changed), cost_at_completion(changed))

    return weighed


def _days_beyond(check: ToleranceCheck) -> float:
    """Working days that the forecast is beyond the tightest limit on time."""
    days = [0.0]
    for one in check.exceeded:
        if one.tolerance.on is Measure.TIME and (one.deviation or 0) > 0:
            share = one.measured.base / 100 if one.tolerance.unit == "%" else 1.0
            days.append(((one.deviation or 0.0) - (one.limit or 0.0)) * share)
    return max(days)


def _crashes(
    project: str, check: ToleranceCheck, measures: ProgramMeasures, late: float
) -> Iterator[Scenario]:
    """Crash by as many days as the forecast is beyond its limit, or as far as money can."""
    schedule = measures.schedule
    if not project:
        yield from crash_to(check, "", schedule.finish - late)
        return
    mine = [n for n, a in enumerate(measures.program.activities) if a.project == project]
    yield from crash_to(check, project, float(schedule.end[mine].max()) - late)


def _responses(projects: list[str], program: Program) -> Iterator[Scenario]:
    """Take the responses to risks that act on some projects, or on any."""
    whole = projects in ([], [""])
    of = "" if whole else f" of {' and '.join(projects)}"
    left = [
        risk for risk in program.network.risks
        if risk.is_open and risk.has_response and not risk.is_responded
        and (whole or any(program[id_].project in projects for id_ in risk.activities))
    ]  # fmt: skip
    if left:
        yield Scenario(
            f"Respond to the risks{of}", tuple(Change(risk.id, is_responded=True) for risk in left)
        )


def _overlaps(
    project: str, links: set[tuple[str, str]], measures: ProgramMeasures, late: float
) -> Iterator[Scenario]:
    """Let the next work begin before the longest work that drives the finish ends.

    Fast tracking (PMI, *A Guide to the PMBOK*, 6th ed., 2017, 6.5.2.6): it costs no money in the
    plan and brings risk, which whoever decides has to judge.
    """
    program = measures.program
    rooms = []
    for link in program.dependencies:
        if (link.predecessor, link.successor) not in links or link.lag or link.kind != _FS:
            continue
        before, after = program[link.predecessor], program[link.successor]
        if after.is_started or before.is_complete or before.type.is_span:
            continue
        if project and project not in (before.project, after.project):
            continue
        rooms.append((_OVERLAP * before.remaining, before.id, after.id))
    room, before_id, after_id = max(rooms, default=(0.0, "", ""))
    days = round(min(room, late), 1) or min(room, late)
    if days > 0:
        yield Scenario(
            f"Begin {after_id} {days_text(days)} before {before_id} ends",
            (Change(f"{before_id} -> {after_id}", lag=-days),),
        )


def _driving(project: str, measures: ProgramMeasures) -> set[tuple[str, str]]:
    """The links of the chain that drives the finish of a project, or of the program."""
    schedule = measures.schedule
    net = schedule._net
    ends = np.array(
        [
            -np.inf if (project and a.project != project) or a.type.is_span else float(end)
            for a, end in zip(measures.program.activities, schedule.end.tolist(), strict=True)
        ]
    )
    last = set(np.flatnonzero(ends == ends.max()).tolist())
    chain = driving_chain(net, driving_links(net, schedule._ticks), last)
    return set(pairwise(schedule.ids[place] for place in chain))
