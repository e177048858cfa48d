"""Changes of dependencies: named as people write them, replaced, and taken out."""

from __future__ import annotations

from typing import Any

import pytest

from pmkit.model.activity import Activity
from pmkit.model.applying import applied
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from tests.changed_plans import one_of_everything


@pytest.fixture
def plan() -> Project:
    return one_of_everything()


def relations(plan: Project) -> list[str]:
    return [str(link) for link in plan.network.dependencies]


@pytest.mark.parametrize("text", ["A; B SS+2", ["A", "B SS+2"], "A, B SS+2"])
def test_predecessors_replace_the_logic_of_an_activity(plan: Project, text: Any) -> None:
    changed = applied(plan, Change("C", predecessors=text, duration=7))
    assert changed["C"].duration == 7
    assert relations(changed) == [
        "A -> B (FS)", "B -> D (FS)", "C -> D (FS+3)", "A -> C (FS)", "B -> C (SS+2)",
    ]  # fmt: skip


def test_no_predecessors_at_all_set_an_activity_free(plan: Project) -> None:
    assert relations(applied(plan, Change("C", predecessors=""))) == [
        "A -> B (FS)", "B -> D (FS)", "C -> D (FS+3)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "relation"),
    [
        ({"lag": 1}, "FS+1"),
        ({"lag": -2}, "FS-2"),
        ({"lag": "+2"}, "FS+5"),
        ({"lag": "-5"}, "FS-2"),
        ({"lag": "*2"}, "FS+6"),
        ({"kind": "SS"}, "SS+3"),
        ({"kind": "FF", "lag": 0}, "FF"),
        ({"lag": 50, "unit": "%"}, "FS+50%"),
        ({"unit": "ed"}, "FS+3ed"),
    ],
)
def test_a_dependency_takes_a_new_kind_lag_and_unit(
    plan: Project, values: dict[str, Any], relation: str
) -> None:
    for named in ("C -> D", "C->D", " C  ->  D ", "C -> D (FS+3)"):
        assert relations(applied(plan, Change(named, **values)))[4] == f"C -> D ({relation})"


def test_one_of_two_dependencies_between_the_same_pair_is_named_by_its_kind(plan: Project) -> None:
    changed = applied(plan, Change("A -> C (FF)", lag=4))
    assert relations(changed)[1:3] == ["A -> C (SS+2)", "A -> C (FF+4)"]
    changed = applied(plan, Change("A -> C (SS+2)", remove=True))
    assert relations(changed)[1] == "A -> C (FF+1)"
    assert len(changed.dependencies) == 4


def test_two_dependencies_of_one_kind_are_told_apart_by_their_lag() -> None:
    links = (Dependency("A", "B", lag=1), Dependency("A", "B", lag=50, unit="%"))
    plan = Project((Activity("A", 4), Activity("B", 2)), links)
    assert relations(applied(plan, Change("A -> B (FS+50%)", lag=75))) == [
        "A -> B (FS+1)", "A -> B (FS+75%)",
    ]  # fmt: skip


def test_an_arrow_or_brackets_in_an_id_do_not_mislead() -> None:
    plan = Project(
        (Activity("A->B", 4), Activity("C (SS)", 2), Activity("D", 1)),
        (Dependency("A->B", "C (SS)"), Dependency("A->B", "D")),
    )
    assert relations(applied(plan, Change("A->B -> C (SS)", lag=1)))[0] == "A->B -> C (SS) (FS+1)"
    assert relations(applied(plan, Change("A->B -> D (FS)", lag=1)))[1] == "A->B -> D (FS+1)"
