"""Agreeing on a tolerance, and dropping it: what the next check is held against."""

from __future__ import annotations

from dataclasses import replace

from pmkit.analysis.control.entries import with_control
from pmkit.model.control import Control
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan, Program
from pmkit.model.tolerance import Tolerance


def set_tolerance(plan: Plan, tolerance: Tolerance) -> Plan:
    """Return the plan with a tolerance, in place of one on the same thing.

    Parameters
    ----------
    plan
        A project or a program.
    tolerance
        What was agreed; in a program its `project` says whose it is.

    Raises
    ------
    PlanError
        If the program has no such project.

    Examples
    --------
    >>> from pmkit.model.project import Project
    >>> plan = set_tolerance(Project.from_table([("A", 3, "")]), Tolerance("time", above=5))
    >>> set_tolerance(plan, Tolerance("time", above=2)).control.tolerances
    (Tolerance time: up to 2 d above,)
    """
    owner, own = _owned(plan, tolerance)

    def edit(control: Control) -> Control:
        kept = [t for t in control.tolerances if t.subject != own.subject]
        places = [t.subject for t in control.tolerances]
        place = places.index(own.subject) if own.subject in places else len(kept)
        return replace(control, tolerances=(*kept[:place], own, *kept[place:]))

    return with_control(plan, owner, edit)


def remove_tolerance(plan: Plan, tolerance: Tolerance) -> Plan:
    """Return the plan without the tolerance on the same thing; as it is where it has none."""
    owner, own = _owned(plan, tolerance)
    return with_control(
        plan,
        owner,
        lambda control: replace(
            control, tolerances=tuple(t for t in control.tolerances if t.subject != own.subject)
        ),
    )


def _owned(plan: Plan, tolerance: Tolerance) -> tuple[str, Tolerance]:
    """The project of a program that a tolerance is kept with, and how it stands there."""
    if not isinstance(plan, Program) or not tolerance.project:
        return "", tolerance
    known = [project.id for project in plan.projects]
    if tolerance.project not in known:
        raise PlanError(
            f"{tolerance.subject}: project must be one of the program's "
            f"({', '.join(map(repr, known))}), got {tolerance.project!r}"
        )
    return tolerance.project, replace(tolerance, project="")
