"""What has moved in a program since it was last reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.governing.program_status import program_status
from pmkit.analysis.governing.since_last import changes_since
from pmkit.model.activity import Activity
from pmkit.model.change_request import ChangeRequest, Decision
from pmkit.model.control import Control
from pmkit.model.errors import PlanError
from pmkit.model.governance import Governance, LoggedDecision
from pmkit.model.issue import Issue, IssueState
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from tests.wording import exactly


def _member(id_: str, days: float, cost: float = 1_000, **fields: Any) -> Project:
    build = Activity("Build", days, fixed_cost=cost, baseline_start=0, baseline_finish=10,
                     baseline_cost=1_000)  # fmt: skip
    return Project((build,), members=(ProjectInfo(id_),), **fields)


def _told(before: Program, now: Program) -> tuple[str, ...]:
    return changes_since(before, now, trials=3).sentences


def test_finish_cost_and_colour_that_moved_are_told_the_program_first() -> None:
    before = Program((_member("P", 10), _member("Q", 9)))
    now = Program((_member("P", 12.5, 1_200), _member("Q", 8)))
    assert _told(before, now) == (
        "program: P80 finish 2.5 days later, P80 cost 200 more, green to red",
        "P: P80 finish 2.5 days later, P80 cost 200 more, green to red",
        "Q: P80 finish 1 day earlier",
    )
    table = changes_since(before, now, trials=3).table
    assert table.loc["P"].tolist() == [2.5, 200, "green", "red"]
    assert table.index.tolist() == ["P", "Q", "program"]


def test_what_has_not_moved_is_not_told() -> None:
    program = Program((_member("P", 12),))
    assert _told(program, program) == ()
    assert repr(changes_since(program, program, trials=3)) == "ProgramChanges: nothing has moved"


@settings(max_examples=15)
@given(st.integers(1, 30), st.integers(1, 30))
def test_forth_and_back_is_the_same_with_its_sign_turned(old: int, new: int) -> None:
    before, now = (program_status(Program((_member("P", d),)), trials=2) for d in (old, new))
    forth, back = changes_since(before, now).table, changes_since(now, before).table
    assert forth["finish_delta"].tolist() == (-back["finish_delta"]).tolist() == [new - old] * 2


def test_projects_that_came_and_went_are_named() -> None:
    before = Program((_member("P", 10), _member("Q", 10)))
    now = Program((_member("P", 10), _member("R", 11)))
    assert _told(before, now)[-2:] == ("R: new in the program, red", "Q: no longer in the program")


def test_logs_tell_what_is_new_and_what_was_settled() -> None:
    def program(control: Control, *decisions: LoggedDecision) -> Program:
        return Program((_member("P", 10, control=control),),
                       governance=Governance(decisions=decisions))  # fmt: skip

    first = Issue("I1", "Rock")
    asked = ChangeRequest("C1", "Paint")
    before = program(Control(issues=(first,), requests=(asked,)))
    now = program(
        Control(
            issues=(replace(first, state=IssueState.CLOSED), Issue("I2", "Water")),
            requests=(replace(asked, decision=Decision.REJECTED), ChangeRequest("C2", "Roof")),
        ),
        LoggedDecision("D1", "Go on", decided_by="sponsor"),
    )
    assert _told(before, now) == (
        "issue P.I1 Rock is closed",
        "new issue P.I2 Water",
        "change P.C1 Paint is rejected",
        "new change request P.C2 Roof",
        "decided by the sponsor: Go on",
    )


def test_a_program_that_starts_earlier_now_is_held_against_the_same_days() -> None:
    def program(start: date, days: int) -> Program:
        build = Activity("Build", days, baseline_start=date(2026, 1, 12),
                         baseline_finish=date(2026, 1, 23))  # fmt: skip
        project = Project((build,), settings=Settings(start=start), members=(ProjectInfo("P"),))
        return Program((project,), settings=Settings(start=start))

    # both end on Friday 23 January, five working days more of work begin a week earlier
    before, now = program(date(2026, 1, 12), 10), program(date(2026, 1, 5), 15)
    assert changes_since(before, now, trials=3).table["finish_delta"].tolist() == [0, 0]
    assert changes_since(now, before, trials=3).table["finish_delta"].tolist() == [0, 0]


def test_days_and_dates_do_not_compare() -> None:
    dated = Program(
        (Project((Activity("A", 1),), members=(ProjectInfo("P"),)),),
        settings=Settings(start=date(2026, 1, 5)),
    )
    undated = Program((_member("P", 10),))
    with pytest.raises(
        PlanError,
        match=exactly("changes: both states of a program must have dates, or none of them"),
    ):
        changes_since(dated, undated, trials=2)


def test_html_is_escaped() -> None:
    before, now = (Program((_member("<b>P</b>", days),)) for days in (10, 11))
    html = changes_since(before, now, trials=2)._repr_html_()
    assert "<b>P" not in html
    assert "&lt;b&gt;P" in html
