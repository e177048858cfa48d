"""A slip followed through a program: whom it moves, and where float takes it up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.together.interfaces import interfaces
from pmkit.analysis.together.propagation import propagate
from pmkit.data import sample
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from tests.test_project_float import _project, programs
from tests.wording import exactly


def _chain() -> Program:
    """S: A 5, B 5. T: X waits for B and for W (12 days), then Y. U: Z waits for Y, ends on 30."""
    return Program(
        (
            _project("S", ("A", 5, ""), ("B", 5, "A")),
            _project("T", ("W", 12, ""), ("X", 4, "W"), ("Y", 4, "X")),
            _project("U", ("V", 25, ""), ("Z", 5, "V")),
        ),
        (Dependency("S.B", "T.X"), Dependency("T.Y", "U.Z")),
    )


def test_a_slip_is_followed_project_by_project_with_what_float_takes_up_where() -> None:
    """By hand: 5 days for A. X waits for W until day 12: 2 are taken up, 3 go on. Z has 5: all."""
    found = propagate(_chain(), "S.A", 5)
    assert found.table[["project", "moved_days", "absorbed_by_float", "via"]].values.tolist() == [
        ["S", 5.0, 0.0, ""],
        ["S", 5.0, 0.0, "S.A"],
        ["T", 3.0, 2.0, "S.B"],
        ["T", 3.0, 0.0, "T.X"],
        ["U", 0.0, 3.0, "T.Y"],
    ]
    assert found.table.index.tolist() == ["S.A", "S.B", "T.X", "T.Y", "U.Z"]
    assert found.table["interface"].tolist() == ["", "", "S.B -> T.X", "", "T.Y -> U.Z"]
    assert found.projects["moved_days"].to_dict() == {"S": 5, "T": 3, "U": 0, "program": 0}
    assert found.is_absorbed
    crossed = found.interfaces
    assert crossed["moved_days"].to_dict() == {"S.B -> T.X": 5, "T.Y -> U.Z": 3}
    assert crossed["absorbed_by_float"].to_dict() == {"S.B -> T.X": 2, "T.Y -> U.Z": 3}


def test_floats_are_not_added_up_two_paths_share_them() -> None:
    """B and C both have 4 days, the same four: 6 days in A leave 2 whichever way they take."""
    program = Program(
        (
            _project("S", ("A", 2, ""), ("B", 3, "A"), ("C", 3, "B")),
            _project("T", ("W", 12, ""), ("X", 1, "W")),
        ),
        (Dependency("S.C", "T.X"),),
    )
    found = propagate(program, "S.A", 6)
    assert found["T.X"].moved == 2
    assert found["T.X"].absorbed == 4
    assert found.program_moved == 2


def test_what_drives_is_what_pushed_not_what_moved_furthest() -> None:
    """P moves 5 and has 4 days to X; Q moves 3 and has none: X moves 3, by Q, nothing taken up."""
    program = Program(
        (
            _project("S", ("A", 5, ""), ("P", 2, "A"), ("H", 9, "")),
            _project("T", ("Q", 2, ""), ("X", 1, "Q")),
        ),
        (Dependency("S.P", "T.X"), Dependency("S.A", "T.Q", lag=2)),
    )
    found = propagate(program, "S.A", 5)
    assert (found["T.X"].moved, found["T.X"].via) == (5, "T.Q")


def test_the_explanation_follows_the_way() -> None:
    found = propagate(_chain(), "S.A", 5)
    assert str(found.explain("U.Z")) == "\n".join([
        "U.Z: does not move",
        "  S.A finishes 5 days later: it slips",
        "  S.B is pushed by S.A: 5 days later",
        "  T.X is pushed through the interface S.B -> T.X, 2 days taken up by float: 3 days later",
        "  T.Y is pushed by T.X: 3 days later",
        "  U.Z is pushed through the interface T.Y -> U.Z, 3 days taken up by float: does not move",
    ])  # fmt: skip
    assert str(found.explain()) == "\n".join([
        "Propagation S.A +5 days: 4 activities move and 2 interfaces; S +5, T +3; the program "
        "still finishes on day 30",
        "  S.A finishes 5 days later",
        "  interface S.B -> T.X: 5 days later, 2 days of it taken up by float",
        "  interface T.Y -> U.Z: 3 days later, 3 days of it taken up by float",
        "  S: finishes 5 days later",
        "  T: finishes 3 days later",
        "  U: finishes when it would have",
        "  program: finishes when it would have",
    ])  # fmt: skip
    with pytest.raises(KeyError, match=r"'U\.V' is not reached by the slip of 'S\.A'"):
        found.explain("U.V")


def test_the_scenario_is_the_slip_and_can_be_applied_again() -> None:
    found = propagate(_chain(), "S.A", 5)
    assert critical_path(found.scenario.apply(_chain())).end.tolist() == found.after.end.tolist()


def test_three_points_are_stretched_with_the_work() -> None:
    activity = Activity("A", three_point=ThreePoint(4, 5, 6))
    program = Program((Project((activity,), members=(ProjectInfo("S"),)),))
    slipped = propagate(program, "S.A", 5).after.plan["S.A"]
    assert slipped.three_point == ThreePoint(8, 10, 12)


def test_a_milestone_comes_later_and_work_under_way_has_more_left() -> None:
    program = Program((_project("S", ("M", 0, ""), ("A", 3, "M")), _project("T", ("X", 4, ""))))
    found = propagate(program, "S.M", 2)
    assert {row.id: row.moved for row in found.rows} == {"S.M": 2, "S.A": 2}
    begun = replace(program.projects[1].activities[0], actual_start=0.0, percent_complete=50)
    program = replace(
        program,
        projects=(program.projects[0], replace(program.projects[1], activities=(begun,))),
        settings=Settings(status_date=2.0),
    )
    found = propagate(program, "T.X", 1.5)
    assert (found["T.X"].moved, found.projects.loc["T", "moved_days"]) == (1.5, 1.5)


def test_a_dated_milestone_slips_over_the_weekend() -> None:
    start = Settings(start=date(2026, 1, 5))  # a Monday
    project = _project("S", ("A", 5, ""), ("M", 0, "A"), ("B", 1, "M"), settings=start)
    program = Program((project,), settings=start)
    found = propagate(program, "S.M", 1)  # from Friday evening
    assert found.table["moved_days"].tolist() == [1, 1]
    assert str(found.table.loc["S.B", "finish"])[:10] == "2026-01-13"


def test_a_lag_in_per_cent_of_the_slip_can_push_further_than_the_slip() -> None:
    program = Program(
        (_project("S", ("A", 10, "")), _project("T", ("X", 4, ""))),
        (Dependency("S.A", "T.X", lag=50, unit="%"),),
    )
    found = propagate(program, "S.A", 4)
    assert (found["T.X"].moved, found["T.X"].absorbed) == (6, 0)


def test_start_to_start_is_not_pushed_by_what_only_takes_longer() -> None:
    program = Program(
        (_project("S", ("A", 10, "")), _project("T", ("X", 4, ""), ("Y", 20, ""))),
        (Dependency("S.A", "T.X", "SS", 1),),
    )
    assert [row.id for row in propagate(program, "S.A", 4).rows] == ["S.A"]


def test_what_spans_follows_what_it_spans() -> None:
    effort = Activity("M", 5, type="level_of_effort")
    ties = (Dependency("C", "M", "SS"), Dependency("C", "M", "FF"))
    program = Program((Project((Activity("C", 5), effort), ties, members=(ProjectInfo("S"),)),))
    rows = propagate(program, "S.C", 2).rows
    assert [(row.id, row.moved, row.via) for row in rows] == [("S.C", 2, ""), ("S.M", 2, "S.C")]


def test_on_the_sample_five_days_of_the_bus_maker_stop_in_the_float_of_the_trial() -> None:
    found = propagate(sample(), "Fleet.Production1", 5)
    assert repr(found) == (
        "Propagation Fleet.Production1 +5 days: 10 activities move and 2 interfaces; Fleet +5; "
        "the program still finishes on 2026-08-05"
    )
    assert found["Service.TrialRun"].absorbed == 5
    further = propagate(sample(), "Fleet.Production1", 12)  # it had 7
    assert further.projects["moved_days"].to_dict() == {
        "Depot": 0, "Fleet": 12, "Service": 5, "program": 5,
    }  # fmt: skip


def test_a_promise_of_the_baseline_is_kept_up_to_the_project_float() -> None:
    saved = set_baseline(_chain())
    found = propagate(saved, "S.A", 1)
    assert found.interfaces_after["S.B -> T.X"].late == 1
    assert found.before.table.loc["S.A", "project_float"] == 0


@pytest.mark.parametrize(
    ("activity", "days", "sentence"),
    [
        ("S.Q", 2, "propagate: must name an activity of the program, got 'S.Q'"),
        ("S.A", 0, "propagate: days must be a finite number of working days > 0, got 0"),
        ("S.A", "x", "propagate: days must be a finite number of working days > 0, got 'x'"),
        ("S.A", float("nan"),
         "propagate: days must be a finite number of working days > 0, got nan"),
        ("S.D", 2, "activity 'S.D': is complete, so that it cannot slip"),
        ("S.M", 2, "activity 'S.M': only spans others, so that it slips when they do and not by "
                   "itself"),
    ],
)  # fmt: skip
def test_what_cannot_slip_is_said(activity: str, days: float, sentence: str) -> None:
    effort = Activity("M", 5, type="level_of_effort")
    done = Activity("D", 2, actual_start=0.0, actual_finish=2.0)
    project = Project((Activity("A", 5), done, effort), members=(ProjectInfo("S"),))
    program = Program((project,), settings=Settings(status_date=2.0))
    with pytest.raises(PlanError, match=exactly(sentence)):
        propagate(program, activity, days)


def test_a_project_alone_is_refused_and_a_project_may_be_called_program() -> None:
    sentence = "propagate: must be asked of a Program, got a Project"
    with pytest.raises(PlanError, match=exactly(sentence)):
        propagate(_project("S", ("A", 1, "")), "A", 1)  # type: ignore[arg-type]
    program = Program((_project("program", ("A", 1, "")),))
    assert list(propagate(program, "program.A", 1).projects.index) == ["program", "the program"]


def test_what_people_typed_is_only_words_in_html() -> None:
    program = Program((_project("S", ("<b>A</b>", 1, "")),))
    found = propagate(program, "S.<b>A</b>", 1)
    assert "<b>" not in found._repr_html_()
    assert "<b>" not in found.explain()._repr_html_()


@given(programs(), st.data())
@settings(max_examples=60)
def test_nothing_moves_further_than_the_slip_and_each_push_adds_up(
    program: Program, data: st.DataObject
) -> None:
    schedule = critical_path(program)
    id_ = data.draw(st.sampled_from(schedule.ids))
    days = data.draw(st.integers(1, 6))
    found = propagate(program, id_, days)
    assert found.rows[0].id == id_
    moved = {row.id: row.moved for row in found.rows}
    for row in found.rows:
        assert 0 <= row.moved <= days
        if row.via and row.moved:
            assert row.moved + row.absorbed <= days
            assert moved[row.via] >= row.moved
    unreached = [n for n, i in enumerate(schedule.ids) if i not in moved]
    assert (found.after.end[unreached] == found.before.end[unreached]).all()
    most = max(0, days - schedule[id_].total_float)
    assert found.program_moved <= most
    if found.rows[0].moved == days and not _start_only(program, id_):
        assert found.program_moved == most


@given(programs(), st.data())
@settings(max_examples=60)
def test_a_slip_within_the_project_float_moves_no_other_project(
    program: Program, data: st.DataObject
) -> None:
    schedule = critical_path(program)
    id_ = data.draw(st.sampled_from(list(schedule.ids)))
    room = schedule.project_float[schedule.ids.index(id_)]
    project = id_.split(".")[0]
    for days, stays in ((room, True), (room + 3, False)):
        if days <= 0:
            continue
        found = propagate(program, id_, float(days))
        others = [row for row in found.rows if row.moved and row.project != project]
        own = found.projects.loc[project, "moved_days"]
        if stays:
            assert not others
            assert own == 0
            taken = [one for one in interfaces(program) if one.giving_project != project]
            now = found.interfaces_after
            assert all(now[one.id].forecast == one.forecast for one in taken)
        elif found.rows[0].moved == days and not _start_only(program, id_):
            assert others or own > 0


def _start_only(program: Program, id_: str) -> bool:
    """Whether something hangs on the start of an activity, which does not move with its finish."""
    mine = [link for link in program.dependencies if link.predecessor == id_]
    return any(link.kind.value[0] == "S" for link in mine)
