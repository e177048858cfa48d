"""Plans with and without dates in one program: those without are given a start, or refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pmkit.files.merging.sources import Source
from pmkit.model.errors import PlanError, Problem
from pmkit.model.moments import as_datetime
from pmkit.model.project import Project


def check_dates(
    sources: Sequence[Source], starts: Mapping[str, Any], start: Any, file: str
) -> None:
    """Give plans without dates a start where one is stated, and refuse them beside others' dates.

    Parameters
    ----------
    sources
        The files; their projects are changed.
    starts
        Start of each project, from a sheet of projects.
    start
        Start of the program, from a sheet of settings; ``None`` where none states it.
    file
        The file that states one of these.

    Raises
    ------
    PlanError
        With every plan that has no start date while another one has.
    """
    told = {p.id: starts.get(p.id) or start for s in sources for p in s.projects}
    dated = [s.file for s in sources if any(p.settings.is_dated for p in s.projects)]
    dated += [file] if any(one is not None for one in told.values()) else []
    if not dated:
        return
    problems = []
    for source in sources:
        waiting = [p for p in source.projects if not p.settings.is_dated]
        for project in waiting:
            if told[project.id] is None:
                problems.append(
                    Problem(
                        f"project {project.id!r}: it must have a start date, as {dated[0]} has "
                        "one, got none; a sheet of projects or settings may say it",
                        source.file, ids=(project.id,),
                    )
                )  # fmt: skip
        if waiting and not problems:
            try:
                _start(source, told)
            except PlanError as error:
                problems += [Problem(p.sentence, source.file, ids=p.ids) for p in error.problems]
    if problems:
        raise PlanError(problems)


def _start(source: Source, starts: Mapping[str, Any]) -> None:
    """Give the projects of a file their start dates, also in the plan as it was read."""

    def started(project: Project, start: Any) -> Project:
        return replace(project, settings=replace(project.settings, start=start))

    told = [p.settings.start or starts[p.id] for p in source.projects]
    source.projects = [started(p, s) for p, s in zip(source.projects, told, strict=True)]
    plan = source.plan
    if isinstance(plan, Project):
        source.plan = started(plan, told[0])
    else:
        projects = [started(p, s) for p, s in zip(plan.projects, told, strict=True)]
        settings = replace(plan.settings, start=min(told, key=as_datetime))
        source.plan = replace(plan, projects=tuple(projects), settings=settings)
