"""What several projects share: planning alone, and levelled together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.resourcing.usage import resource_usage
from pmkit.analysis.together.shared_people import shared_people
from pmkit.data import sample
from pmkit.model.activity import Activity, Assignment
from pmkit.model.dependency import Dependency
from pmkit.model.errors import InfeasibleError, PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.settings import ProjectInfo, Settings
from tests.wording import exactly

_CRANE = Resource("Crane", capacity=1)


def _site(id_: str, *days: float, units: float = 1, resources: object = (_CRANE,)) -> Project:
    lifts = tuple(
        Activity(f"L{n}", length, resources=(Assignment("Crane", units),))
        for n, length in enumerate(days)
    )
    return Project(lifts, members=(ProjectInfo(id_),), resources=resources)


def test_alone_each_waits_for_itself_together_for_each_other() -> None:
    """By hand: P lifts 3 + 2 days, Q 4; one crane. Alone 5 and 4; together 9 days of lifting."""
    found = shared_people(Program((_site("P", 3, 2), _site("Q", 4))))
    assert dict(found.users) == {"Crane": ("P", "Q")}
    table = found.projects
    assert table["logic"].tolist() == [3, 4, 4]
    assert table["alone"].tolist() == [5, 4, 5]
    assert table.loc["program", "together"] == 9
    assert table.loc["program", "moved_days"] == 4
    row = found.table.loc["Crane"]
    assert row[["capacity", "peak_alone", "over_days_alone"]].tolist() == [1, 2, 4]
    assert row[["peak_together", "over_days_together", "unit_days"]].tolist() == [1, 0, 9]


def test_whom_one_waits_for_is_named_only_where_it_is_another_project() -> None:
    found = shared_people(Program((_site("P", 3, 2), _site("Q", 4))))
    waits = found.waits
    owner = {"P.L0": "P", "P.L1": "P", "Q.L0": "Q"}
    assert len(waits)
    for id_, row in waits.iterrows():
        assert all(owner[holder] != row["project"] for holder in row["holders"].split("; "))
        assert row["days"] > 0
        assert owner[id_] == row["project"]
    told = str(found.explain("Crane"))
    assert told.startswith("Crane: 2 held at most when each project plans alone, 1 together")
    assert "each planning alone: 'Crane': 2 units held" in told
    assert "waits for" in told


def test_enough_for_both_moves_nobody() -> None:
    two = (Resource("Crane", capacity=2),)
    found = shared_people(Program((_site("P", 3, resources=two), _site("Q", 4, resources=two))))
    assert not found.clashes
    assert found.projects["moved_days"].tolist() == [0, 0, 0]
    assert repr(found) == (
        "SharedPeople 1 shared, 0 over-allocated when each project plans alone; together no "
        "project moves, the program does not"
    )
    assert "they never hold more than there is" in str(found.explain("Crane"))


def test_interfaces_are_kept_alone_as_well() -> None:
    program = Program((_site("P", 3), _site("Q", 4)), (Dependency("P.L0", "Q.L0"),))
    found = shared_people(program)
    assert not found.clashes  # one after the other anyway
    assert found.projects.loc["Q", "alone"] == 7


def test_what_one_project_alone_uses_is_not_shared() -> None:
    other = Project((Activity("A", 2),), members=(ProjectInfo("Q"),), resources=(_CRANE,))
    found = shared_people(Program((_site("P", 3, 2), other)))
    assert repr(found) == "SharedPeople none: no two projects use the same resource"
    assert len(found.table) == len(found.waits) == 0
    assert found.projects["moved_days"].tolist() == [0, 0, 0]
    with pytest.raises(KeyError, match="no resource 'Crane' that several projects use, only none"):
        found.explain("Crane")


def test_what_is_complete_uses_nothing_any_more() -> None:
    done = Activity("L0", 3, resources=(Assignment("Crane"),), actual_start=0.0, actual_finish=3.0)
    finished = Project((done,), members=(ProjectInfo("P"),), resources=(_CRANE,))
    found = shared_people(Program((finished, _site("Q", 4)), settings=Settings(status_date=3.0)))
    assert not found.users


def test_a_resource_that_is_called_like_its_alias_is_another() -> None:
    odd = (_CRANE, Resource("Crane of P", capacity=1))
    lift = Activity("L", 2, resources=(Assignment("Crane"), Assignment("Crane of P")))
    first = Project((lift,), members=(ProjectInfo("P"),), resources=odd)
    found = shared_people(Program((first, _site("Q", 4, resources=odd))))
    assert list(found.users) == ["Crane"]
    assert found.table.loc["Crane", "over_days_alone"] == 2


def test_on_the_sample_the_charging_specialist_is_in_two_places() -> None:
    found = shared_people(sample(progress=False), schedules=40)
    assert found.table["over_days_alone"].to_dict() == {
        "Test driver": 6, "Buyer": 5, "Charging specialist": 3, "Electrical engineer": 0,
        "IT engineer": 0, "Planner": 0, "Site crew": 0,
    }  # fmt: skip
    assert (found.table["over_days_together"] == 0).all()
    assert "Depot.Commission and Fleet.ChargeTest" in str(found.explain("Charging specialist"))


def test_more_than_there_is_cannot_be_levelled() -> None:
    with pytest.raises(InfeasibleError):
        shared_people(Program((_site("P", 3, units=2), _site("Q", 4))))


def test_it_is_refused_for_a_project_and_safe_in_html() -> None:
    sentence = "shared_people: must be asked of a Program, got a Project"
    with pytest.raises(PlanError, match=exactly(sentence)):
        shared_people(_site("P", 1))  # type: ignore[arg-type]
    name = "<b>Crane</b>"
    projects = tuple(
        Project((Activity("L", 1, resources=(Assignment(name),)),), members=(ProjectInfo(id_),),
                resources=(Resource(name),))
        for id_ in "PQ"
    )  # fmt: skip
    found = shared_people(Program(projects))
    assert "<b>" not in found._repr_html_()
    assert "<b>" not in found.explain(name)._repr_html_()


_SITES = st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=3), min_size=2, max_size=3)


@given(_SITES, st.integers(1, 2))
@settings(max_examples=15)
def test_together_nothing_is_over_and_alone_no_project_is_over_by_itself(
    sites: list[list[int]], capacity: int
) -> None:
    crane = (Resource("Crane", capacity=capacity),)
    projects = [_site(f"P{n}", *days, resources=crane) for n, days in enumerate(sites)]
    found = shared_people(Program(tuple(projects)), schedules=5)
    assert not resource_usage(found.together).over_allocations
    assert found.together.finish >= sum(map(sum, sites)) / capacity
    # what is over when they plan alone is over because there are several
    for n, days in enumerate(sites):
        mine = [(row.start, row.finish) for id_, row in found.alone.table.iterrows()
                if id_.startswith(f"P{n}.")]  # fmt: skip
        for moment in {start for start, _ in mine}:
            assert sum(start <= moment < finish for start, finish in mine) <= capacity
        assert len(mine) == len(days)
