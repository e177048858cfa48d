"""Which rows a Gantt chart has, at 5 activities and at 10,000."""

from __future__ import annotations

from pmkit.model.activity import Activity
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo
from pmkit.views.rows import MOST_OPEN, MOST_ROWS, arrange, group_activities


def branches(count: int, each: int) -> Project:
    """A project whose WBS has `count` branches of `each` activities."""
    return Project(
        tuple(
            Activity(f"{b}-{n}", 1, wbs=f"1.{b + 1}.{n + 1}")
            for b in range(count)
            for n in range(each)
        )
    )


def test_a_small_plan_has_one_row_per_activity_in_the_order_of_the_plan():
    project = Project.from_table([("Z", 2, ""), ("A", 1, "Z")])

    rows = arrange(project, [0, 0])

    assert [row.label for row in rows.rows] == ["Z", "A"]
    assert rows.row_of == (0, 1)
    assert rows.has_own == (True, True)


def test_a_large_plan_is_closed_to_one_row_per_branch_of_its_wbs():
    project = branches(4, 40)

    rows = arrange(project, [0.0] * 160)

    assert [row.label for row in rows.rows] == [f"WBS 1.{n} (40)" for n in (1, 2, 3, 4)]
    assert rows.closed == 4
    assert not any(rows.has_own)


def test_a_branch_can_stay_open_in_a_closed_chart():
    rows = arrange(branches(4, 40), [0.0] * 160, expand=["1.2"])

    assert len(rows.rows) == 4 + 40
    assert rows.closed == 3
    assert sum(rows.has_own) == 40


def test_a_program_has_a_row_above_each_project_with_its_name():
    depot = Project.from_table([("Build", 3, "")], members=(ProjectInfo("P1", "Depot"),))
    fleet = Project.from_table([("Accept", 2, "")], members=(ProjectInfo("P2"),))

    rows = arrange(Program((depot, fleet)).network, [0, 0])

    assert [row.label.strip("\u00a0") for row in rows.rows] == ["Depot", "Build", "P2", "Accept"]
    assert [row.is_summary for row in rows.rows] == [True, False, True, False]


def test_the_least_float_is_drawn_when_there_are_more_rows_than_room():
    count = MOST_ROWS + 5
    project = Project(tuple(Activity(str(n), 1) for n in range(count)))

    rows = arrange(project, [float(n < 5) for n in range(count)])

    assert rows.omitted == 5
    assert rows.row_of[:6] == (-1, -1, -1, -1, -1, 0)


def test_ten_thousand_activities_in_a_hundred_projects_are_a_hundred_rows():
    projects = tuple(
        Project(tuple(Activity(str(n), 1) for n in range(100)), members=(ProjectInfo(f"P{p}"),))
        for p in range(100)
    )

    rows = arrange(Program(projects).network, [0.0] * 10_000)

    assert len(rows.rows) == 100
    assert rows.closed == 100


def test_nothing_is_grouped_where_the_wbs_says_nothing():
    flat = [Activity(str(n), 1, wbs=str(n)) for n in range(MOST_OPEN)]

    assert group_activities(flat) == {}
    assert group_activities([Activity("A", 1, wbs="1.1"), Activity("B", 1)]) == {}


def test_a_long_name_is_cut_at_the_axis_and_whole_in_the_tooltip():
    name = "Install the power generators, lighting, toilets and fencing of the whole site"
    rows = arrange(Project((Activity("A", 1, name),)), [0])

    assert rows.rows[0].label.endswith("\u2026")
    assert rows.rows[0].name == f"A \u2013 {name}"
