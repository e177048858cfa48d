"""Plans with and without dates in one program: those without are given a start, or refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pmkit.files.merging.sources import Source
from pmkit.model.errors import PlanError, Problem
from pmkit.model.moments import as_datetime
from pmkit.model.project import Project


def check_dates(sources: Sequence[Source], starts: dict[str, Any]) -> None:
    """Refuse plans with and without dates together.

    Raises
    ------
    PlanError
        With every plan that has no start date while another one has.
    """
    dated = [s for s in sources if all(p.settings.is_dated for p in s.projects)]
    if not dated:
        return
    problems = []
    for source in sources:
        waiting = [p for p in source.projects if not p.settings.is_dated]
        for project in waiting:
            if starts.get(project.id) is None:
                problems.append(
                    Problem(
                        f"project {project.id!r}: it must have a start date, as "
                        f"{dated[0].file} has one, got none; a sheet of projects may say it",
                        source.file, ids=(project.id,),
                    )
                )  # fmt: skip
        if waiting and not problems:
            try:
                _start(source, starts)
            except PlanError as error:
                problems += [Problem(p.sentence, source.file, ids=p.ids) for p in error.problems]
    if problems:
        raise PlanError(problems)


def _start(source: Source, starts: dict[str, Any]) -> None:
    """Give the projects of a file their start dates, also in the plan as it was read."""

    def started(project: Project, start: Any) -> Project:
        return replace(project, settings=replace(project.settings, start=start))

    told = [starts[p.id] for p in source.projects]
    source.projects = [started(p, s) for p, s in zip(source.projects, told, strict=True)]
    plan = source.plan
    if isinstance(plan, Project):
        source.plan = started(plan, told[0])
    else:
        projects = [started(p, s) for p, s in zip(plan.projects, told, strict=True)]
        settings = replace(plan.settings, start=min(told, key=as_datetime))
        source.plan = replace(plan, projects=tuple(projects), settings=settings)
