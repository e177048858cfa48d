"""What a plan is kept in hand with: the logs, the limits, and the baselines before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pmkit.model.baseline import Baseline, Planned
from pmkit.model.change import Change
from pmkit.model.change_request import ChangeRequest
from pmkit.model.control import Control
from pmkit.model.errors import PlanError
from pmkit.model.issue import Issue
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo
from pmkit.model.tolerance import Measure, Tolerance
from tests.wording import exactly

_TIME = Tolerance(Measure.TIME, above=5)
_CONTROL = Control(
    (_TIME,),
    (Issue("I1", activities=("A",)),),
    (ChangeRequest("C1", changes=(Change("A", duration=4), Change("A -> B", lag=1),
                                  Change("settings", status_date=2))),),
    (Baseline("baseline 1", {"A": Planned(0.0, 3.0, 10.0)}),),
)  # fmt: skip


_NOTHING = Control()


def _project(id_: str, control: Control = _NOTHING) -> Project:
    plan = Project.from_table([("A", 3, ""), ("B", 2, "A")])
    return replace(plan, members=(ProjectInfo(id_),), control=control)


def test_nothing_in_it_is_nothing() -> None:
    assert not Control()
    assert Control((_TIME,))


def test_a_program_sees_the_control_of_its_projects() -> None:
    program = Program((_project("P", _CONTROL), _project("Q")), control=Control((_TIME,)))
    seen = program.network.control
    assert [t.subject for t in seen.tolerances] == [
        "tolerance on time", "tolerance on time of project 'P'"]  # fmt: skip
    assert (seen.issues[0].id, seen.issues[0].activities) == ("P.I1", ("P.A",))
    assert seen.requests[0].changes == (
        Change("P.A", duration=4), Change("P.A -> P.B", lag=1), Change("settings", status_date=2),
    )  # fmt: skip
    assert seen.baseline("P.baseline 1").activities == {"P.A": Planned(0.0, 3.0, 10.0)}


def test_a_tolerance_of_a_project_stands_with_that_project() -> None:
    elsewhere = Control((replace(_TIME, project="P"),))
    with pytest.raises(PlanError, match=exactly(
        "tolerance on time of project 'P': must stand in the control of that project, without its "
        "id, came in that of the program"
    )):  # fmt: skip
        Program((_project("P"),), control=elsewhere)
    with pytest.raises(PlanError, match=exactly(
        "tolerance on time of project 'P': must stand in the control of that project, without its "
        "id, came in that of project 'Q'"
    )):  # fmt: skip
        Program((_project("P"), _project("Q", elsewhere)))


def test_an_issue_is_about_activities_of_the_plan() -> None:
    with pytest.raises(PlanError, match=exactly(
        "issue 'I1': activities must be activities of the plan, got 'Z'"
    )):  # fmt: skip
        _project("P", Control(issues=(Issue("I1", activities=("Z",)),)))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"issues": (Issue("I1"), Issue("I1"))},
         "issue 'I1': id must be unique, came more than once"),
        ({"requests": (ChangeRequest("C"), ChangeRequest("C"))},
         "change request 'C': id must be unique, came more than once"),
        ({"baselines": (Baseline("b", {}), Baseline("b", {}))},
         "baseline 'b': name must be unique, came more than once"),
        ({"tolerances": (_TIME, _TIME)},
         "tolerance on time: must be given once, came more than once; give each a name"),
    ],
)  # fmt: skip
def test_a_log_holds_each_entry_once(fields: dict[str, tuple[object, ...]], sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        Control(**fields)  # type: ignore[arg-type]


def test_a_baseline_is_asked_for_by_name() -> None:
    assert _CONTROL.baseline("baseline 1").contingency == 0
    with pytest.raises(PlanError, match=exactly(
        "baseline: must be one of those that were kept ('baseline 1'), got 'first'"
    )):  # fmt: skip
        _CONTROL.baseline("first")
    with pytest.raises(PlanError, match=exactly(
        "baseline: must be one of those that were kept (none), got 'first'"
    )):  # fmt: skip
        Control().baseline("first")


def test_a_broken_baseline_is_refused() -> None:
    with pytest.raises(PlanError, match=exactly("baseline: name must not be empty")):
        Baseline(" ", {})
    with pytest.raises(PlanError, match=exactly(
        "baseline 'b': contingency must be a finite amount >= 0, got -1"
    )):  # fmt: skip
        Baseline("b", {}, contingency=-1)
