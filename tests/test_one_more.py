"""What one more unit of a resource would gain."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

import pmkit as pm
from pmkit.analysis.resourcing.one_more import one_more
from pmkit.model.activity import Activity, Assignment
from pmkit.model.errors import Cancelled
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from tests.resource_plans import shared_plans


def both(id_: str, days: float) -> Activity:
    return Activity(id_, days, resources=(Assignment("Crane"), Assignment("Crew")))


def test_the_best_gain_comes_first_and_only_what_is_waited_for_is_looked_at():
    crane, crew = (Assignment("Crane"),), (Assignment("Crew"),)
    plan = Project(
        (Activity("A", 4, resources=crane), Activity("B", 4, resources=crane),
         Activity("C", 1, resources=crew), Activity("D", 1, resources=crew),
         Activity("E", 1, resources=(Assignment("Idle"),))),
        resources=(Resource("Crew"), Resource("Crane"), Resource("Idle")),
    )  # fmt: skip
    gains = one_more(pm.level(plan))
    assert [(gain.resource, gain.gained) for gain in gains] == [("Crane", 4), ("Crew", 0)]
    assert gains[0].levelled.finish == 4


def test_one_more_of_either_may_gain_nothing_where_both_are_short():
    plan = Project((both("A", 2), both("B", 3)), resources=(Resource("Crane"), Resource("Crew")))
    assert [gain.gained for gain in one_more(pm.level(plan))] == [0]


def test_where_nobody_waits_there_is_nothing_to_try():
    assert one_more(pm.level(Project((Activity("A", 2),)))) == ()


def test_it_can_be_stopped():
    plan = Project((both("A", 2), both("B", 3)), resources=(Resource("Crane"), Resource("Crew")))
    with pytest.raises(Cancelled):
        one_more(pm.level(plan), progress=lambda done, total: False)


@settings(max_examples=20, deadline=None, derandomize=True, database=None)
@given(shared_plans())
def test_a_gain_is_the_difference_of_two_finishes_and_never_negative(plan):
    levelled = pm.level(plan, schedules=50)
    for gain in one_more(levelled):
        assert gain.gained == pytest.approx(max(levelled.finish - gain.levelled.finish, 0))
        assert gain.levelled.finish >= levelled.unlevelled.finish
