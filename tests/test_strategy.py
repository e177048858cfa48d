"""Objectives, contributions and judgements: what fits together."""

from __future__ import annotations

from typing import Any

import pytest

from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo
from pmkit.model.strategy import Objective, Strategy, strategy_of
from tests.wording import exactly

_TOP = (Objective("A", weight=1), Objective("B", weight=3))


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


def test_a_project_has_no_strategy_and_a_program_its_own() -> None:
    project = Project.from_table([("X", 1, "")], members=(ProjectInfo("P"),))
    told = Strategy(_TOP, {("P", "A"): -0.5})
    assert strategy_of(project) == Strategy()
    assert strategy_of(Program((project,), strategy=told)) == told
