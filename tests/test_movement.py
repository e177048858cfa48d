"""What moved between two states of a plan: every difference once, with a hand-computed delta."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pmkit as pm
from pmkit.analysis.moving.movement import Movement, what_moved
from pmkit.model.settings import ProjectInfo, Settings
from tests.project_files import java_or_skip
from tests.wording import exactly


def plan(*rows: tuple[Any, ...], **fields: Any) -> pm.Project:
    return pm.Project.from_table(rows, **fields)


def told(movement: Movement) -> list[tuple[Any, ...]]:
    return [(r.project, r.activity, r.what, r.before, r.after, r.delta) for r in movement.rows]


MAY = plan(("A", 3, ""), ("B", 2, "A"), ("C", 4, "A"), ("D", 1, "B; C"))


def with_activity(project: pm.Project, id_: str, **fields: Any) -> pm.Project:
    return replace(project, activities=tuple(
        replace(a, **fields) if a.id == id_ else a for a in project.activities
    ))  # fmt: skip


# --- dates, floats, links: by hand


def test_a_longer_activity_takes_its_float_and_then_moves_who_waits_for_it() -> None:
    """B has 2 days of float beside C; 5 days more take them, and D moves by the other 3."""
    june = with_activity(MAY, "B", duration=7)
    movement = what_moved(MAY, june)
    assert told(movement) == [
        ("", "B", "finish", 5.0, 10.0, 5.0),
        ("", "B", "duration", 2, 7, 5.0),
        ("", "B", "total_float", 2.0, 0.0, -2.0),
        ("", "B", "is_critical", False, True, None),
        ("", "C", "total_float", 0.0, 3.0, 3.0),
        ("", "C", "is_critical", True, False, None),
        ("", "D", "start", 7.0, 10.0, 3.0),
        ("", "D", "finish", 8.0, 11.0, 3.0),
    ]
    assert (movement.finish_delta, movement.cost_delta) == (3, 0)
    assert repr(movement) == "Movement 8 changes; finish 3 days later, cost the same"
    assert movement.summary == (
        "plan: finish day 8 -> day 11, 3 days later.",
        "2 activities finish later, the most B 5 days, D 3 days.",
        "1 activity loses float, B 2 days.",
        "1 activity critical now: B.",
    )
    assert str(movement.explain("D")) == (
        "Activity D\n"
        "  start day 7 -> day 10 (3 days later)\n"
        "  finish day 8 -> day 11 (3 days later)\n"
        "  it waits for B, which finishes 5 days later: duration 2 days -> 7 days (5 days more)\n"
        "  B waits for A, which did not move"
    )
    assert str(movement.explain("A")) == "Activity A\n  nothing of it moved"


def test_what_is_added_removed_and_linked_otherwise() -> None:
    june = plan(("A", 3, ""), ("C", 4, "A SS+1"), ("D", 1, "C; E"), ("E", 2, "A"))
    movement = what_moved(MAY, june)
    assert [row[:5] for row in told(movement) if row[2] in ("added", "removed", "dependency")] == [
        ("", "E", "added", None, "E"),
        ("", "B", "removed", "B", None),
        ("", "A -> B", "dependency", "FS", None),
        ("", "A -> C", "dependency", "FS", "SS+1"),
        ("", "B -> D", "dependency", "FS", None),
        ("", "E -> D", "dependency", None, "FS"),
        ("", "A -> E", "dependency", None, "FS"),
    ]
    assert movement.summary == (
        "plan: finish day 8 -> day 6, 2 days earlier.",
        "1 activity added: E.",
        "1 activity removed: B.",
        "2 activities finish earlier, the most C 2 days, D 2 days.",
        "Dependencies: 2 added (E -> D, A -> E); 2 removed (A -> B, B -> D); 1 changed (A -> C).",
    )
    assert str(movement.explain("B")) == "Activity B\n  only the earlier plan has it"
    assert str(movement.explain("C")).endswith(
        "A -> C: dependency FS -> SS+1\n  it waits for A, which did not move"
    )


def test_dates_move_in_working_days() -> None:
    """A week later from Friday to Friday is five working days, and none of the weekend."""
    begun = Settings(start=date(2026, 3, 2))
    may = plan(("A", 5, ""), ("B", 1, "A"), settings=begun)
    june = with_activity(may, "A", duration=10)
    (finish, *_) = [row for row in told(what_moved(may, june)) if row[2] == "finish"]
    assert finish == ("", "A", "finish", datetime(2026, 3, 6, 17), datetime(2026, 3, 13, 17), 5.0)
    later = replace(may, settings=Settings(start=date(2026, 3, 9)))
    rows = told(what_moved(may, later))
    assert rows[0] == ("", "", "start", date(2026, 3, 2), date(2026, 3, 9), 5.0)
    assert [row[5] for row in rows if row[2] == "finish"] == [5.0, 5.0]


def test_days_of_other_lengths_are_compared_as_hours() -> None:
    may = plan(("A", 8, ""), settings=Settings(hours_per_day=7))
    june = plan(("A", 7, ""), settings=Settings(hours_per_day=8))
    assert [row[2] for row in told(what_moved(may, june))] == ["hours_per_day"]


def test_costs_and_the_money_behind_the_work() -> None:
    cheap = pm.Activity("A", 4, cost_per_day=100)
    may = pm.Project((cheap,), settings=Settings(currency="EUR", contingency=50))
    june = pm.Project((replace(cheap, cost_per_day=120),),
                      settings=Settings(currency="EUR", contingency=20))  # fmt: skip
    movement = what_moved(may, june)
    assert told(movement) == [
        ("", "", "contingency", 50, 20, -30.0),
        ("", "A", "cost", 400.0, 480.0, 80.0),
    ]
    assert movement.cost_delta == 80
    assert movement.summary == ("plan: cost EUR 400 -> EUR 480, EUR 80 more.",)
    assert str(movement.explain("plan")) == (
        "plan\n"
        "  finish day 4 -> day 4 (the same)\n"
        "  cost EUR 400 -> EUR 480 (EUR 80 more)\n"
        "  A: cost EUR 400 -> EUR 480 (EUR 80 more)\n"
        "  contingency EUR 50 -> EUR 20 (EUR 30 less)"
    )


def test_another_baseline_is_told_first() -> None:
    approved = pm.set_baseline(MAY)
    assert isinstance(approved, pm.Project)
    assert what_moved(MAY, approved).summary == (
        "4 activities have a baseline that there was not before: A, B, C ... and 1 more.",
    )
    moved = with_activity(approved, "D", baseline_finish=12.0, duration=2)
    movement = what_moved(approved, moved)
    assert movement.summary[0] == "1 activity has another baseline: D."
    assert movement.projects.loc["plan", "rebaselined"] == 1
    assert ("", "D", "baseline_finish", 8.0, 12.0, 4.0) in told(movement)


def test_progress_also_backwards() -> None:
    status = Settings(status_date=3.0)
    may = replace(with_activity(MAY, "A", actual_start=0.0, percent_complete=60), settings=status)
    june = with_activity(may, "A", percent_complete=100, actual_finish=3.0)
    june = replace(june, settings=Settings(status_date=4.0))
    june = with_activity(june, "B", actual_start=3.0, percent_complete=50)
    rows = what_moved(may, june).summary
    assert "1 activity begun: B." in rows
    assert "1 activity finished: A." in rows
    back = what_moved(june, may).summary
    assert "1 activity no longer finished: A." in back
    assert "1 activity less complete than before: A." in back


def test_resources_risks_and_calendars() -> None:
    site = pm.Calendar.from_rows("site", [("Mon-Fri", "08:00-16:00")])
    longer = pm.Calendar.from_rows("site", [("Mon-Fri", "08:00-16:00"), ("Sat", "08:00-12:00")])
    risk = pm.RiskEvent("R1", "Late", (), 0.2)
    may = replace(MAY, calendars=(site,), resources=(pm.Resource("Crane"),), risks=(risk,))
    june = replace(
        MAY, calendars=(longer,), resources=(pm.Resource("Crane", capacity=2),),
        risks=(replace(risk, probability=0.5), pm.RiskEvent("R2", "Rain", (), 0.1)),
    )  # fmt: skip
    movement = what_moved(may, june)
    assert told(movement) == [
        ("", "", "resource Crane: capacity", 1, 2, 1.0),
        ("", "", "risk R1: probability", 0.2, 0.5, 0.3),
        ("", "", "risk R2 added", None, "Rain", None),
        ("", "", "calendar site", None, "Sat 08:00-12:00", None),
    ]
    assert movement.summary == (
        "Resources: Crane: capacity.", "Risks: R1: probability; R2 added.", "Calendars: site.",
    )  # fmt: skip


# --- who is who


def test_a_tools_own_number_goes_before_an_id() -> None:
    """A row was put in above: ids moved by one, the numbers stayed."""
    may = pm.Project((pm.Activity("1", 3, "Dig", extra={"uid": "70"}),
                      pm.Activity("2", 2, "Pour", extra={"uid": "71"})))  # fmt: skip
    june = pm.Project((pm.Activity("1", 1, "Fence", extra={"uid": "90"}),
                       pm.Activity("2", 3, "Dig", extra={"uid": "70"}),
                       pm.Activity("3", 2, "Pour", extra={"uid": "71"})))  # fmt: skip
    movement = what_moved(may, june)
    assert movement.matching.pairs == (("1", "2"), ("2", "3"))
    assert movement.matching.added == ("1",)
    assert [row[:5] for row in told(movement) if row[2] == "id"] == [
        ("", "2", "id", "1", "2"), ("", "3", "id", "2", "3"),
    ]  # fmt: skip
    bare = [replace(p, activities=tuple(replace(a, extra={}) for a in p.activities))
            for p in (may, june)]  # fmt: skip
    assert what_moved(*bare).matching.pairs == (("1", "1"), ("2", "2"))
    assert what_moved(*bare, by="name").matching.pairs == (("1", "2"), ("2", "3"))


def test_an_activity_under_another_id_keeps_its_links() -> None:
    one = {"uid": "1"}
    may = with_activity(MAY, "A", extra=one)
    june = plan(("A1", 3, ""), ("B", 2, "A1"), ("C", 4, "A1"), ("D", 1, "B; C"))
    june = with_activity(june, "A1", extra=one)
    movement = what_moved(may, june)
    assert told(movement) == [("", "A1", "id", "A", "A1", None)]
    assert movement.summary == ("1 activity with another id: A1.",)


# --- programs


def program(build: float, accept: float = 2) -> pm.Program:
    depot = plan(("Build", build, ""), members=(ProjectInfo("Depot"),))
    fleet = plan(("Accept", accept, ""), ("Test", 1, "Accept"), members=(ProjectInfo("Fleet"),))
    return pm.Program((depot, fleet), (pm.Dependency("Depot.Build", "Fleet.Test"),))


def test_an_interface_moves_with_who_hands_over() -> None:
    movement = what_moved(program(10), program(13))
    assert ("Depot", "Depot.Build -> Fleet.Test", "interface", 10.0, 13.0, 3.0) in told(movement)
    assert movement.projects["finish_delta"].to_dict() == {"program": 3, "Depot": 3, "Fleet": 3}
    assert movement.projects["later"].to_dict() == {"program": 2, "Depot": 1, "Fleet": 1}
    assert movement.summary == (
        "program: finish day 11 -> day 14, 3 days later.",
        "Depot: finish day 10 -> day 13, 3 days later.",
        "Fleet: finish day 11 -> day 14, 3 days later.",
        "2 activities finish later, the most Depot.Build 3 days, Fleet.Test 3 days.",
        "1 interface later, Depot.Build -> Fleet.Test 3 days.",
    )
    assert str(movement.explain("Fleet.Test")).splitlines()[3:] == [
        "  it waits for Depot.Build, which finishes 3 days later: duration 10 days -> 13 days "
        "(3 days more)"
    ]
    assert str(movement.explain("Fleet")).splitlines()[:2] == [
        "Project Fleet", "  finish day 11 -> day 14 (3 days later)",
    ]  # fmt: skip


def test_a_project_that_came_or_went() -> None:
    more = replace(program(10), projects=(
        *program(10).projects, plan(("Sign", 1, ""), members=(ProjectInfo("Road"),)),
    ))  # fmt: skip
    movement = what_moved(program(10), more)
    assert movement.summary == ("Road: new.", "1 activity added: Road.Sign.")
    assert str(movement.explain("Road")) == "Project Road\n  only the later plan has it"
    back = what_moved(more, program(10))
    assert back.summary == ("Road: no longer there.", "1 activity removed: Road.Sign.")
    assert back.projects.loc["Road", "removed"] == 1


def test_next_months_files_are_held_against_this_months(tmp_path: Path) -> None:
    months = []
    for month, build in (("may", 10), ("june", 12)):
        folder = tmp_path / month
        folder.mkdir()
        for one in program(build).projects:
            pm.write(one, folder / f"{one.id}.xlsx")
        (folder / "links.csv").write_text("from,to\nDepot.Build,Fleet.Test\n")
        months.append(pm.read([folder / "Depot.xlsx", folder / "Fleet.xlsx", folder / "links.csv"]))
    movement = what_moved(*months)
    assert repr(movement) == "Movement 6 changes; finish 2 days later, cost the same"


def test_the_sample_under_way_against_the_approved_plan() -> None:
    movement = what_moved(pm.sample(progress=False), pm.sample())
    assert movement.finish_delta == 7  # docs/design.md: seven days later than approved
    assert movement.projects.loc["Fleet", "finish_delta"] == 0  # which is on time
    assert movement.table.columns.tolist() == [
        "project", "activity", "what", "before", "after", "delta",
    ]  # fmt: skip
    assert movement.table.index.name == "change"
    html = movement._repr_html_()
    assert "finish 7 days later" in html
    assert "more, in .table" in html


def test_the_same_file_of_another_tool_has_not_moved(truth: Path) -> None:
    java_or_skip()
    one = pm.read(truth / "primavera/xernative_sample.xer")
    assert repr(what_moved(one, one)) == "Movement: nothing moved"


# --- laws and broken input


@st.composite
def projects(draw: st.DrawFn) -> pm.Project:
    rows = []
    for number in range(draw(st.integers(1, 6))):
        before = [f"A{n}" for n in range(number) if draw(st.booleans())]
        rows.append((f"A{number}", draw(st.integers(0, 5)), "; ".join(before)))
    return plan(*rows)


@given(projects(), projects())
@settings(max_examples=25)
def test_there_and_back_moves_by_nothing(one: pm.Project, other: pm.Project) -> None:
    there, back = what_moved(one, other), what_moved(other, one)
    schedules = pm.critical_path(one), pm.critical_path(other)
    assert there.finish_delta == schedules[1].finish - schedules[0].finish
    assert there.finish_delta == -back.finish_delta
    assert (there.matching.added, there.matching.removed) == (
        back.matching.removed, back.matching.added,
    )  # fmt: skip
    deltas = [sorted((r.activity, r.what, sign * (r.delta or 0.0)) for r in m.rows
                     if r.delta is not None) for m, sign in ((there, 1), (back, -1))]  # fmt: skip
    assert deltas[0] == deltas[1]
    assert not what_moved(one, one).rows


def test_plans_that_cannot_be_compared_are_refused() -> None:
    with pytest.raises(
        pm.PlanError,
        match=exactly("what_moved: both plans must be programs, or both projects"),
    ):
        what_moved(MAY, program(3))
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "what_moved: both plans must have dates, or none of them, got dates before and none "
            "after"
        ),
    ):
        what_moved(replace(MAY, settings=Settings(start=date(2026, 3, 2))), MAY)
    with pytest.raises(
        pm.PlanError, match=exactly("what_moved: by must be one of id, name, got 'row'")
    ):
        what_moved(MAY, MAY, by="row")
    only = pm.Program((), candidates=(ProjectInfo("P"),))
    with pytest.raises(
        pm.PlanError,
        match=exactly("what_moved: after must have activities, got candidates only"),
    ):
        what_moved(program(3), only)
    with pytest.raises(KeyError, match="no activity or project 'Z' in either plan"):
        what_moved(MAY, MAY).explain("Z")


def test_what_is_shown_is_escaped() -> None:
    june = with_activity(MAY, "A", name="<b>")
    assert "&lt;b&gt;" in what_moved(MAY, june)._repr_html_()
    assert "<b>" not in what_moved(MAY, june)._repr_html_()
