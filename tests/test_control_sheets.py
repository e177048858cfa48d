"""The sheets of tolerances, issues, changes and baselines, read; errors with their place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pmkit.files import left_out, read_bytes, to_json
from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from tests.wording import exactly

_PLAN = [{"id": "A", "duration": 3}, {"id": "B", "duration": 2, "predecessors": "A"}]
_TWO = [{"id": "A", "project": "P", "duration": 3}, {"id": "A", "project": "Q", "duration": 2},
        {"id": "B", "project": "Q", "duration": 2}]  # fmt: skip


def _read(activities: Any = _PLAN, **sheets: Any) -> Any:
    return read_bytes("plan.json", json.dumps({"pmkit": 1, "activities": activities, **sheets}))


def test_every_sheet_is_understood() -> None:
    plan = _read(
        tolerances=[{"on": "Time", "above": 5, "target": "2026-03-31"},
                    {"on": "cost", "above": 10, "unit": "%", "target": 50000}],
        issues=[{"id": "I1", "state": "In progress", "Description": "Wet", "Due date": 4,
                 "activities": "A; B", "days": -1, "colour": "red"}],
        changes=[{"id": "C1", "decision": "open", "changes": [{"target": "A", "duration": "+2"}]}],
        baselines=[{"baseline": "baseline 1", "activity": "", "reason": "C0", "contingency": 9},
                   {"baseline": "baseline 1", "activity": "A", "finish": 3, "cost": 7}],
        settings={"start": "2026-01-05"},
    )  # fmt: skip
    control = plan.control
    assert [str(t.on) for t in control.tolerances] == ["time", "cost"]
    assert str(control.tolerances[0].target) == "2026-03-31"
    assert control.tolerances[1].target == 50000
    issue = control.issues[0]
    assert (issue.name, issue.is_open, issue.activities, issue.due, issue.days) == (
        "Wet", True, ("A", "B"), 4, -1)  # fmt: skip
    assert issue.extra == {"colour": "red"}
    assert "Columns of issues kept as written: colour." in plan.notes
    assert control.requests[0].changes == (Change("A", duration="+2"),)
    kept = control.baseline("baseline 1")
    assert (kept.reason, kept.contingency, kept.activities["A"].cost) == ("C0", 9, 7)
    assert read_bytes("plan.json", to_json(plan)).control == control


def test_in_a_program_each_entry_goes_to_its_project() -> None:
    plan = _read(
        _TWO,
        tolerances=[{"on": "time", "above": 5}, {"on": "time", "above": 2, "project": "Q"}],
        issues=[{"id": "I1", "state": "open", "activities": "B"},
                {"id": "I1", "state": "open", "activities": "A", "project": "P"}],
    )  # fmt: skip
    assert isinstance(plan, Program)
    assert plan.control.issues[0].activities == ("Q.B",)
    assert plan.project("P").control.issues[0].activities == ("A",)
    assert plan.project("Q").control.tolerances[0].above == 2


def test_a_sheet_of_that_name_without_our_headings_is_kept_as_it_is() -> None:
    plan = _read(issues=[{"What": "Wet", "Who": "Ann"}], changes=[{"id": "1", "date": "x"}])
    assert not plan.control
    assert plan.sheets["issues"] == ({"What": "Wet", "Who": "Ann"},)
    assert "Sheets kept without being used: changes, issues." in plan.notes


def test_what_microsoft_project_cannot_hold_is_told() -> None:
    plan = _read(issues=[{"id": "I1", "state": "open"}], tolerances=[{"on": "time", "above": 1}])
    assert {"1 rows of issues", "1 rows of tolerances"} <= set(left_out(plan))


@pytest.mark.parametrize(
    ("sheets", "sentence"),
    [
        ({"tolerances": [{"on": "mood", "above": 1}]},
         "plan.json, tolerances row 1, tolerance on mood: on must be one of time, "
         "cost, scope, quality, benefit, got 'mood'"),
        ({"tolerances": [{"on": "time", "above": "much"}]},
         "plan.json, tolerances row 1, tolerance on time: above must be a finite "
         "number, got 'much'"),
        ({"tolerances": [{"on": "cost", "above": 1, "target": "2026-01-05"}]},
         "plan.json, tolerances row 1, tolerance on cost: target must be a finite "
         "number, got datetime.date(2026, 1, 5)"),
        ({"tolerances": [{"on": "cost", "above": 1, "target": "soon"}]},
         "plan.json, tolerances row 1, tolerance on cost: target must be a number, "
         "or for time a date such as 2026-03-31, got 'soon'"),
        ({"tolerances": [{"on": "time", "above": 1}, {"on": "time", "above": 2}]},
         "plan.json, tolerances row 1, tolerance on time: must be given once, came more than once; "
         "give each a name"),
        ({"issues": [{"id": "I1", "state": "asleep"}]},
         "plan.json, issues row 1, issue 'I1': state must be one of open, closed, "
         "got 'asleep'"),
        ({"issues": [{"id": "", "name": "x", "state": "open"}]},
         "plan.json, issues row 1, issue: id must not be empty"),
        ({"issues": [{"id": "I1", "state": "open", "activities": "Z"}]},
         "plan.json, issues row 1, issue 'I1': activities must be activities of the plan, got 'Z'"),
        ({"issues": [{"id": "I1", "state": "open"}, {"id": "I1", "state": "open"}]},
         "plan.json, issues row 1, issue 'I1': id must be unique, came more than once"),
        ({"changes": [{"id": "C1", "decision": "perhaps"}]},
         "plan.json, changes row 1, change request 'C1': decision must be one of "
         "open, approved, rejected, deferred, got 'perhaps'"),
        ({"changes": [{"id": "C1", "decision": "open", "changes": "longer"}]},
         "plan.json, changes row 1, change request 'C1': changes must be a list "
         "such as [{\"target\": \"B\", \"duration\": \"+2\"}], got 'longer'"),
        ({"baselines": [{"baseline": "", "activity": "A"}]},
         "plan.json, baselines row 1, baseline: name must not be empty"),
        ({"baselines": [{"baseline": "b", "activity": "A"}, {"baseline": "b", "activity": "A"}]},
         "plan.json, baselines row 2, baseline 'b': activity 'A' must be given "
         "once, came more than once"),
        ({"baselines": [{"baseline": "b", "activity": "", "contingency": -1}]},
         "plan.json, baselines row 1, baseline 'b': contingency must be a "
         "finite amount >= 0, got -1.0"),
    ],
)  # fmt: skip
def test_a_broken_entry_is_told_with_its_place(sheets: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        _read(**sheets)


@pytest.mark.parametrize(
    ("sheets", "sentence"),
    [
        ({"issues": [{"id": "I1", "state": "open", "activities": "A"}]},
         "plan.json, issues row 1, issue 'I1': activities must be activities "
         "of the plan (project.activity), got 'A', which is in several projects"),
        ({"tolerances": [{"on": "time", "above": 1, "project": "Z"}]},
         "plan.json, tolerances, issues, changes and baselines: project must be one of the "
         "program's with activities, got 'Z'"),
    ],
)  # fmt: skip
def test_a_broken_entry_of_a_program_too(sheets: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        _read(_TWO, **sheets)


def test_the_cell_is_pointed_at() -> None:
    with pytest.raises(PlanError) as told:
        _read(issues=[{"id": "I1", "state": "asleep"}], tolerances=[{"on": "time", "above": -1}])
    places = {(p.sheet, p.row, p.column) for p in told.value.problems}
    assert places == {("issues", 1, "state"), ("tolerances", 1, "above")}
