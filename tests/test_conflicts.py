"""Where projects stand in each other's way: people, objectives, deliverables."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from pmkit.analysis.aligning.alignment import Alignment, align
from pmkit.analysis.aligning.conflicts import Conflicts, conflicts
from pmkit.data import sample
from pmkit.model.activity import Activity, Assignment
from pmkit.model.choosing import PeopleDays
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.settings import ProjectInfo
from pmkit.model.strategy import Objective, Strategy
from tests.wording import exactly


def _project(id_: str, *work: tuple[str, float, float], **info: Any) -> Project:
    """Activities one after the other: id, days, units of Crane."""
    activities = tuple(
        Activity(a, days, resources=(Assignment("Crane", units),) if units else ())
        for a, days, units in work
    )
    links = tuple(Dependency(a.id, b.id) for a, b in pairwise(activities))
    cranes = (Resource("Crane", capacity=1),)
    return Project(activities, links, resources=cranes, members=(ProjectInfo(id_, **info),))


def _sentences(found: Conflicts) -> list[str]:
    return [str(one) for one in found]


def test_two_projects_want_one_crane_at_the_same_time() -> None:
    """P works with it on days 0 to 4, Q on days 3 to 6: one day is over."""
    program = Program((_project("P", ("A", 4, 1)), _project("Q", ("W", 3, 0), ("B", 3, 1))))
    found = conflicts(program)
    assert _sentences(found) == [
        "P and Q want more of Crane than there is, from day 3 to day 4, 1 day in all: up to 2 "
        "where there is 1"
    ]
    assert found.table.iloc[0][["kind", "what", "projects"]].tolist() == [
        "same scarce resource", "Crane", "P, Q"]  # fmt: skip
    assert found.table.index.name == "conflict"
    assert [c.what for c in found.of("Q")] == ["Crane"]
    assert found.of("R") == ()


def test_several_stretches_are_told_together_each_in_the_explanation() -> None:
    program = Program((_project("P", ("A", 2, 1), ("W", 2, 0), ("C", 2, 1)),
                       _project("Q", ("B", 5, 1))))  # fmt: skip
    found = conflicts(program)
    assert _sentences(found) == [
        "P and Q want more of Crane than there is, 2 times from day 0 to day 5, 3 days in all: up "
        "to 2 where there is 1"
    ]
    assert str(found.explain(1)).splitlines() == [
        "same scarce resource: Crane (P, Q)",
        "  'Crane': 2 units held from day 0 to day 2, of 1 there is: P.A and Q.B.",
        "  'Crane': 2 units held from day 4 to day 5, of 1 there is: Q.B and P.C.",
    ]


def test_a_project_that_wants_too_much_alone_is_its_own_affair() -> None:
    assert len(conflicts(Program((_project("P", ("A", 4, 2)), _project("Q", ("B", 1, 0)))))) == 0


def test_nothing_is_in_the_way_one_after_the_other() -> None:
    program = Program((_project("P", ("A", 4, 1)), _project("Q", ("W", 4, 0), ("B", 3, 1))))
    assert repr(conflicts(program)) == "Conflicts none"


def test_people_are_counted_by_year_as_if_all_were_funded() -> None:
    people = (
        PeopleDays("Engineer", days={2026: 200, 2027: 200}),
        PeopleDays("Engineer", "P", {2026: 150, 2027: 50}),
        PeopleDays("Engineer", "Q", {2026: 80, 2027: 150}),
        PeopleDays("Buyer", days={None: 100}),
        PeopleDays("Buyer", "P", {2026: 60}),
        PeopleDays("Buyer", "Q", {2027: 60}),
    )
    program = Program((), candidates=(ProjectInfo("P"), ProjectInfo("Q")), people=people)
    assert _sentences(conflicts(program)) == [
        "P and Q need 230 days of Engineer in 2026, there are 200: 30 too many if all are funded "
        "(P 150, Q 80)",
        "P and Q need 120 days of Buyer, there are 100: 20 too many if all are funded (P 60, Q 60)",
    ]


def test_days_without_a_year_are_held_against_all_years() -> None:
    people = (PeopleDays("Engineer", days={2026: 100, 2027: 100}),
              PeopleDays("Engineer", "P", {None: 120}),
              PeopleDays("Engineer", "Q", {2026: 90}))  # fmt: skip
    program = Program((), candidates=(ProjectInfo("P"), ProjectInfo("Q")), people=people)
    assert [c.what for c in conflicts(program)] == ["Engineer"]


def test_who_serves_and_who_opposes_an_objective_is_told() -> None:
    strategy = Strategy((Objective("Air", "Cleaner air"), Objective("Cost")),
                        {("P", "Air"): 0.5, ("Q", "Air"): -0.25, ("P", "Cost"): 1.0})  # fmt: skip
    program = Program((), candidates=(ProjectInfo("P"), ProjectInfo("Q")), strategy=strategy)
    expected = ["Air (Cleaner air): P (+0.5) serves it, Q (-0.25) opposes it"]
    assert _sentences(conflicts(program)) == expected
    assert _sentences(align(program).conflicts) == expected
    assert _sentences(Alignment(("P", "Q"), strategy, {}).conflicts) == expected


def test_the_same_deliverable_is_the_same_whatever_its_case_and_spaces() -> None:
    infos = (ProjectInfo("P", delivers=("Charging  points", "Manual")),
             ProjectInfo("Q", delivers=("charging points",)),
             ProjectInfo("R", delivers=("CHARGINGPOINTS", "Buses")))  # fmt: skip
    found = conflicts(Program((), candidates=infos))
    assert _sentences(found) == [
        "P, Q and R list the same deliverable, 'Charging points': one of them is to deliver it"
    ]
    assert repr(found) == "Conflicts 1: 1 same deliverable"
    once = ProjectInfo("P", delivers=("Manual", "manual"))  # twice by one is no conflict
    assert len(conflicts(Program((), candidates=(once, ProjectInfo("Q"))))) == 0


def test_the_sample_has_conflicts_of_each_kind() -> None:
    found = align(sample(progress=False)).conflicts
    told = found.table.set_index("what")["projects"].to_dict()
    assert told["Charging specialist"] == "Depot, Fleet"
    assert told["Riders"].startswith("Depot, Fleet, Service")
    assert told["Ticket readers in every bus"] == "Ticketing, Cards"
    assert "Charging specialist in 2027" in told
    assert str(found.found[0]) == (
        "Depot and Fleet want more of Charging specialist than there is, from 2026-06-15 to "
        "2026-06-23, 7 days in all: up to 3 where there is 1"
    )


def test_there_is_no_conflict_of_that_number() -> None:
    program = Program((), candidates=(ProjectInfo("P"),))
    with pytest.raises(PlanError, match=exactly(
        "conflicts: number must be of a conflict, there is none, got 1"
    )):  # fmt: skip
        conflicts(program).explain(1)


def test_what_people_typed_is_only_words() -> None:
    infos = (ProjectInfo("P", delivers=("<b>x</b>",)), ProjectInfo("Q", delivers=("<b>x</b>",)))
    assert "<b>" not in conflicts(Program((), candidates=infos))._repr_html_()
