"""A stand-in for benefits that nobody told: chosen by the user, and named on every result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pmkit.analysis.cost import direct_cost
from pmkit.analysis.figures import number_text
from pmkit.model.activity import at_least_zero
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo
from pmkit.model.yearly import of_year, yearly

EQUAL, PLANNED_COST, SCORE = "equal", "planned cost", "bureau score"
PROXIES = (EQUAL, PLANNED_COST, SCORE)
LABEL = "benefit_proxy"
"""The setting of a program (in ``settings.extra``) that says what its benefits stand for."""


def with_proxy(
    program: Program, proxy: str, *, scores: Mapping[str, float] | None = None, by: str = "bureau"
) -> Program:
    """Return the program with a stand-in for the benefit of each project.

    Parameters
    ----------
    program
        Its projects; benefits that they or its strategy have already are replaced.
    proxy
        ``"equal"`` (each project counts 1), ``"planned cost"`` (each counts what it costs) or
        ``"bureau score"`` (each counts the score of its bureau).
    scores
        ``{bureau: score}``, for the last of these.
    by
        Column of the projects that `scores` are for.

    Returns
    -------
    Program
        With ``benefit`` on every project, and the proxy told in its notes and as
        ``settings.extra["benefit_proxy"]``, where `fund` finds it.

    Raises
    ------
    PlanError
        If there is no such proxy, or with every bureau that has no score.

    Notes
    -----
    A proxy is an assumption. What holds under several of them rests on it less; see
    `cut_portfolio`.

    Examples
    --------
    >>> a, b = (ProjectInfo(i, money={"cost": c}) for i, c in (("A", 6), ("B", 5)))
    >>> told = with_proxy(Program((), candidates=(a, b)), "planned cost")
    >>> [info.money["benefit"] for info in told.members], told.settings.extra["benefit_proxy"]
    ([6.0, 5.0], 'planned cost: every project counts what it costs')
    """
    infos = program.members
    label, values = _values(program, infos, proxy, dict(scores or {}), by)

    def valued(info: ProjectInfo) -> ProjectInfo:
        money = {key: amount for key, amount in info.money.items() if of_year(key)[0] != "benefit"}
        return replace(info, money={**money, "benefit": values[info.id]})

    had = len(program.strategy.benefits) + sum(
        bool(yearly(info.money, "benefit")) for info in infos if LABEL not in program.settings.extra
    )
    notes = [note for note in program.notes if not note.startswith(_NOTE)]
    notes.append(f"{_NOTE}{label}")
    if had:
        notes.append(f"{had} benefits that were told are replaced by it")
    return replace(
        program,
        projects=tuple(replace(p, members=(valued(p.members[0]),)) for p in program.projects),
        candidates=tuple(valued(info) for info in program.candidates),
        strategy=replace(program.strategy, benefits=()),
        settings=replace(program.settings, extra={**program.settings.extra, LABEL: label}),
        notes=tuple(notes),
    )


_NOTE = "benefits are a proxy: "


def _values(
    program: Program, infos: tuple[ProjectInfo, ...], proxy: str, scores: dict[str, float], by: str
) -> tuple[str, dict[str, float]]:
    if proxy == EQUAL:
        return f"{EQUAL}: every project counts 1", dict.fromkeys((i.id for i in infos), 1.0)
    if proxy == PLANNED_COST:
        plans = {project.id: project for project in program.projects}
        costs = {info.id: planned_cost(info, plans.get(info.id)) for info in infos}
        return f"{PLANNED_COST}: every project counts what it costs", costs
    if proxy != SCORE:
        raise PlanError(f"proxy: must be one of {', '.join(map(repr, PROXIES))}, got {proxy!r}")
    groups = {info.id: _group(info, by) for info in infos}
    problems = [
        Problem(f"proxy {SCORE!r}: score of {name!r} must be a finite number >= 0, got {told!r}")
        for name, told in scores.items() if not at_least_zero(told)
    ] + [
        Problem(f"proxy {SCORE!r}: scores must be given for every {by}, got none for {name!r}"
                if name else f"proxy {SCORE!r}: every project must have a {by}, "
                f"{next(id_ for id_, own in groups.items() if not own)!r} has none")
        for name in dict.fromkeys(groups.values()) if name not in scores
    ]  # fmt: skip
    if problems:
        raise PlanError(problems)
    told = ", ".join(f"{name} {number_text(scores[name])}"
                     for name in dict.fromkeys(groups.values()))  # fmt: skip
    return f"{by} score: {told}", {id_: float(scores[name]) for id_, name in groups.items()}


def _group(info: ProjectInfo, by: str) -> str:
    told: Any = info.extra.get(by, getattr(info, by, ""))
    return str(told or "").strip()


def planned_cost(info: ProjectInfo, plan: Project | None) -> float:
    """Return what a project is planned to cost: as its row says, else as its activities do."""
    told = yearly(info.money, "cost")
    if told or plan is None:
        return sum(told.values())
    return float(direct_cost(plan).total)
