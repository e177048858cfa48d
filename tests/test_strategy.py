"""Objectives, contributions and judgements: what fits together, and what the sheets say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import pmkit as pm
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo
from pmkit.model.strategy import Objective, Strategy, strategy_of
from tests.wording import exactly

_TOP = (Objective("A", weight=1), Objective("B", weight=3))


def _program(**sheets: Any) -> Program:
    projects = tuple(
        Project.from_table([("X", 1, "")], members=(ProjectInfo(id_),)) for id_ in ("P", "Q")
    )
    return Program(projects, sheets=sheets)


def test_leaves_are_what_has_no_parts() -> None:
    tree = Strategy((*_TOP, Objective("A1", weight=2, parent="A")))
    assert [one.id for one in tree.leaves] == ["B", "A1"]
    assert [one.id for one in tree.children("A")] == ["A1"]


@pytest.mark.parametrize(
    ("objectives", "contributions", "judgements", "sentence"),
    [
        ((Objective("A"), Objective("A")), {}, {},
         "objective 'A': id must be unique, came more than once"),
        ((Objective("A", weight=-1),), {}, {},
         "objective 'A': weight must be a finite number >= 0, got -1"),
        ((Objective("A", weight=0),), {}, {},
         "objectives: weight must be above 0 for one of those at the top"),
        ((Objective("A", weight=1), Objective("B")), {}, {},
         "objectives: weight must be given for all or none of those at the top"),
        ((Objective("A", parent="Z"),), {}, {},
         "objective 'A': parent must be an objective, got 'Z'"),
        ((Objective("A", parent="A"),), {}, {},
         "objective 'A': must not be a part of itself, came A -> A"),
        (_TOP, {("P", "Z"): 1}, {},
         "contribution of project 'P' to 'Z': objective must be one of the strategy's, got 'Z'"),
        (_TOP, {("P", "A"): 2}, {},
         "contribution of project 'P' to 'A': score must be from -1 to 1, got 2"),
        ((Objective("A"), Objective("B", parent="A")), {("P", "A"): 1}, {},
         "contribution of project 'P' to 'A': must be to an objective without parts"),
        (_TOP, {}, {"": (("A", "Z", 2),)},
         "judgement of 'A' against 'Z': must compare parts of the whole, got 'Z'"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(
    objectives: Any, contributions: Any, judgements: Any, sentence: str
) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        Strategy(objectives, contributions, judgements)


def test_the_sheets_of_a_plan_say_it() -> None:
    plan = _program(
        objectives=({"id": "A", "weight": "2", "name": "Air"}, {"id": 1.0, "weight": 1}),
        contributions=({"project": "P", "objective": "A", "score": "-0.5"},),
        judgements=({"group": "", "one": "A", "other": "1", "ratio": 3},),
    )
    found = strategy_of(plan)
    assert found.objectives == (Objective("A", "Air", 2.0), Objective("1", "", 1.0))
    assert found.contributions == {("P", "A"): -0.5}
    assert found.judgements == {"": (("A", "1", 3.0),)}


def test_what_is_wrong_in_the_sheets_comes_at_once_with_its_place() -> None:
    row = {"project": "P", "objective": "A", "score": 1}
    plan = _program(
        objectives=({"id": "A", "weight": "much"},),
        contributions=(row, row, {"project": "Z", "objective": "A", "score": 1}),
    )
    with pytest.raises(PlanError) as told:
        strategy_of(plan)
    assert [str(problem) for problem in told.value.problems] == [
        "objectives row 2, weight must be a number, got 'much'",
        "contributions row 3, project 'P' and objective 'A' must be scored once, came more than "
        "once",
        "contributions row 4, project must be one of the program's ('P', 'Q'), got 'Z'",
    ]


def test_it_survives_a_workbook(tmp_path: Any) -> None:
    plan = pm.sample()
    judged = replace(plan, sheets={
        **plan.sheets, "judgements": ({"group": "", "one": "Air", "other": "Riders", "ratio": 2},),
    })  # fmt: skip
    pm.write(judged, tmp_path / "plan.xlsx")
    assert strategy_of(pm.read(tmp_path / "plan.xlsx")) == strategy_of(judged)
