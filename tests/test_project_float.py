"""Two floats, two seats: to the program's finish, and to what the own project is committed to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.data import sample
from pmkit.model.activity import Activity
from pmkit.model.calendar import Calendar
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.scenario import Scenario
from pmkit.model.settings import ProjectInfo, Settings


def _project(id_: str, *rows: tuple[str, float, str], **fields: object) -> Project:
    return Project.from_table(list(rows), members=(ProjectInfo(id_),), **fields)


def _floats(schedule: Schedule) -> dict[str, float]:
    return dict(zip(schedule.ids, schedule.project_float.tolist(), strict=True))


def test_the_short_one_of_two_projects_has_twenty_days_in_one_seat_and_none_in_the_other() -> None:
    short = _project("S", ("A", 30, ""), ("B", 10, "A"), ("C", 5, ""))
    table = critical_path(Program((short, _project("L", ("A", 60, ""))))).table
    assert table.loc[["S.A", "S.B"], "total_float"].tolist() == [20, 20]
    assert table.loc[["S.A", "S.B"], "project_float"].tolist() == [0, 0]
    assert table.loc["S.C", ["total_float", "project_float"]].tolist() == [55, 35]
    assert table.loc["L.A", ["total_float", "project_float"]].tolist() == [0, 0]
    assert table.index[table["is_driving"]].tolist() == ["L.A"]


def test_what_another_project_waits_for_is_promised_for_when_it_is_needed() -> None:
    """X starts on day 20 and waits 2 days after C, which is done on day 5: 13 days, not 35."""
    short = _project("S", ("B", 40, ""), ("C", 5, ""))
    long_ = _project("L", ("W", 20, ""), ("X", 40, "W"))
    program = Program((short, long_), (Dependency("S.C", "L.X", lag=2),))
    assert _floats(critical_path(program)) == {"S.B": 0, "S.C": 13, "L.W": 0, "L.X": 0}


def test_the_promise_is_kept_by_the_project_and_not_by_the_end_of_the_whole() -> None:
    """X has 30 days of float in its program; C may still not use them."""
    short = _project("S", ("B", 40, ""), ("C", 5, ""))
    other = _project("O", ("X", 5, ""))
    program = Program((short, other), (Dependency("S.C", "O.X"),))
    schedule = critical_path(program)
    assert schedule["S.C"].total_float == 30
    assert _floats(schedule)["S.C"] == 0


@pytest.mark.parametrize(
    ("link", "own"),
    [
        (Dependency("S.C", "L.X", "SS", 1), 14),  # C starts on day 0, X on day 15
        (Dependency("S.C", "L.X", "FF", 1), 14),  # C is done on day 5, X on day 20
        (Dependency("S.C", "L.X", "SF", 1), 19),
    ],
)
def test_each_kind_of_interface_has_its_own_promise(link: Dependency, own: float) -> None:
    short = _project("S", ("B", 60, ""), ("C", 5, ""))
    long_ = _project("L", ("W", 15, ""), ("X", 5, "W"), ("Y", 60, ""))
    assert _floats(critical_path(Program((short, long_), (link,))))["S.C"] == own


def test_a_baseline_is_a_commitment_and_a_promise() -> None:
    saved = set_baseline(
        Program(
            (_project("S", ("A", 10, ""), ("C", 4, "")), _project("L", ("X", 10, ""))),
            (Dependency("S.C", "L.X"),),
        )
    )
    later = Scenario("later", [Change("S.A", duration=13), Change("S.C", duration=6)]).apply(saved)
    schedule = critical_path(later)
    assert _floats(schedule) == {"S.A": -3, "S.C": -2, "L.X": -2}
    assert schedule["S.A"].total_float == 3


def test_an_imposed_finish_of_the_project_comes_before_its_baseline() -> None:
    own = _project("S", ("A", 10, ""), settings=Settings(finish=12))
    program = Program((own, _project("L", ("X", 30, ""))))
    assert _floats(critical_path(program))["S.A"] == 2


def test_a_project_may_have_more_float_than_its_program() -> None:
    own = _project("S", ("A", 10, ""), settings=Settings(finish=50))
    schedule = critical_path(Program((own, _project("L", ("X", 30, "")))))
    assert (schedule["S.A"].total_float, _floats(schedule)["S.A"]) == (20, 40)


def test_with_several_calendars_float_counts_on_that_of_the_activity() -> None:
    daily = Calendar.from_rows("daily", [("Mon-Sun", "08:00-12:00 13:00-17:00")])
    start = Settings(start=date(2026, 1, 5))
    build = Activity("A", 5, calendar="daily")  # Monday to Friday
    short = Project((build, Activity("B", 10)), settings=start, calendars=(daily,),
                    members=(ProjectInfo("S"),))  # fmt: skip
    long_ = _project("L", ("X", 20, ""), settings=start)
    schedule = critical_path(Program((short, long_), settings=start))
    assert _floats(schedule)["S.A"] == 7  # to the second Friday, weekend included
    assert schedule["S.A"].total_float == 21


def test_what_is_complete_has_none_and_the_sample_tells_its_story() -> None:
    table = critical_path(sample()).table
    assert set(table.loc[table["state"] == "complete", "project_float"]) == {0}
    assert table.loc["Depot.Handover", ["total_float", "project_float"]].tolist() == [0, -12]
    assert table.loc["Fleet.Production1", ["total_float", "project_float"]].tolist() == [7, 0]
    assert "Depot.ChargerOrder" in table.index[table["is_driving"]]


def test_the_explanation_tells_both_floats_apart() -> None:
    told = str(critical_path(sample()).explain("Depot.Handover"))
    assert "total float = late - early = 0 days: critical, a delay moves the finish" in told
    assert (
        "project float = -12 days: project 'Depot' cannot keep by that much what it is committed to"
    ) in told


def test_a_project_alone_has_one_float() -> None:
    schedule = critical_path(Project.from_table([("A", 3, ""), ("B", 1, "")]))
    assert schedule.project_float.tolist() == schedule.total_float.tolist()
    assert "project_float" not in schedule.table


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Two or three undated projects with links of every kind within and between them."""
    kinds = st.sampled_from(["FS", "SS", "FF", "SF"])
    projects, links, earlier = [], [], []
    for id_ in "PQR"[: draw(st.integers(2, 3))]:
        count = draw(st.integers(1, 3))
        tasks = tuple(Activity(f"A{i}", draw(st.integers(1, 6))) for i in range(count))
        own = tuple(
            Dependency(f"A{i}", f"A{i + 1}", draw(kinds), draw(st.integers(0, 2)))
            for i in range(count - 1)
            if draw(st.booleans())
        )
        projects.append(Project(tasks, own, members=(ProjectInfo(id_),)))
        mine = [f"{id_}.A{i}" for i in range(count)]
        links += [
            Dependency(draw(st.sampled_from(earlier)), target, draw(kinds), draw(st.integers(0, 2)))
            for target in mine
            if earlier and draw(st.booleans())
        ]
        earlier += mine
    return Program(tuple(projects), tuple(links))


@given(programs(), st.data())
@settings(max_examples=80)
def test_it_is_the_delay_that_neither_the_own_finish_nor_another_project_notices(
    program: Program, data: st.DataObject
) -> None:
    schedule = critical_path(program)
    floats = _floats(schedule)
    id_ = data.draw(st.sampled_from(schedule.ids))
    own = floats[id_]
    assert own >= 0
    for more, notices in ((own, False), (own + 1, True)):
        delayed = _delayed(program, id_, schedule[id_].early_start + more)
        now = critical_path(delayed)
        mine = [i for i in now.ids if i.startswith(f"{id_[0]}.")]
        noticed = max(now[i].early_finish for i in mine) > max(
            schedule[i].early_finish for i in mine
        ) or any(
            now[i].early_start > schedule[i].early_start for i in now.ids if i not in mine
        )  # fmt: skip
        assert noticed is notices


def _delayed(program: Program, id_: str, start: float) -> Program:
    project, own = id_.split(".")
    projects = tuple(
        replace(p, activities=tuple(
            replace(a, constraint="start_no_earlier_than", constraint_date=start)
            if (p.id, a.id) == (project, own) else a
            for a in p.activities
        ))
        for p in program.projects
    )  # fmt: skip
    return replace(program, projects=projects)
