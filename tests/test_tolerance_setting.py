"""Agreeing on a tolerance, and dropping it."""

from __future__ import annotations

import pytest

from pmkit.analysis.control.tolerance_setting import remove_tolerance, set_tolerance
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo
from pmkit.model.tolerance import Measure, Tolerance
from tests.wording import exactly

_TIME, _COST = Tolerance(Measure.TIME, above=5), Tolerance(Measure.COST, above=100)


def _program() -> Program:
    return Program(
        tuple(Project.from_table([("A", 1, "")], members=(ProjectInfo(id_),)) for id_ in "PQ")
    )


def test_another_one_on_the_same_thing_takes_its_place_in_the_order() -> None:
    plan = Project.from_table([("A", 1, "")])
    for tolerance in (_TIME, _COST, Tolerance(Measure.TIME, above=2)):
        plan = set_tolerance(plan, tolerance)
    assert [(t.label, t.above) for t in plan.control.tolerances] == [("time", 2), ("cost", 100)]


def test_that_of_a_project_is_kept_with_the_project() -> None:
    program = set_tolerance(_program(), Tolerance(Measure.TIME, above=5, project="Q"))
    assert program.control.tolerances == ()
    assert program.project("Q").control.tolerances == (_TIME,)
    assert program.network.control.tolerances[0].project == "Q"
    dropped = remove_tolerance(program, program.network.control.tolerances[0])
    assert dropped.project("Q").control.tolerances == ()


def test_what_is_not_there_can_be_dropped_without_harm() -> None:
    plan = set_tolerance(Project.from_table([("A", 1, "")]), _TIME)
    assert remove_tolerance(plan, _COST) == plan
    assert remove_tolerance(plan, _TIME).control.tolerances == ()


def test_a_project_that_is_not_of_the_program_is_refused() -> None:
    with pytest.raises(
        PlanError,
        match=exactly(
            "tolerance on time of project 'R': project must be one of the program's ('P', 'Q'), "
            "got 'R'"
        ),
    ):
        set_tolerance(_program(), Tolerance(Measure.TIME, above=5, project="R"))
