"""What remains at the status date; the dates nobody reported; logic that passes through."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pmkit.analysis.scheduling.compiling import compiled
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.activity import Activity, ConstraintKind
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.settings import Settings

MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 6)


def plan(*activities: Activity, links: tuple[str, ...] = (), **settings: object) -> Project:
    values = {"start": MONDAY, "status_date": FRIDAY, **settings}
    pairs = tuple(Dependency(*link.split()) for link in links)
    return Project(activities, pairs, Settings(**values))  # type: ignore[arg-type]


def test_a_plan_without_progress_is_scheduled_from_its_start_whatever_its_status_date() -> None:
    project = plan(Activity("A", 2, percent_complete=0))
    assert compiled(project).standing is None
    schedule = critical_path(project)
    assert schedule.finish == 2
    assert "state" not in schedule.table
    assert schedule.state.tolist() == ["not started"]


def test_the_baseline_gives_dates_that_nobody_reported() -> None:
    done = Activity("A", 2, percent_complete=100, baseline_start=MONDAY,
                    baseline_finish=date(2026, 3, 3))  # fmt: skip
    schedule = critical_path(plan(done, Activity("B", 1), links=("A B",)))
    assert schedule.dates("start")[0] == datetime(2026, 3, 2, 8)
    assert schedule.dates("finish")[0] == datetime(2026, 3, 3, 17)
    assert schedule.notes == (
        "No actual_start was reported for A: the baseline's is taken where it lies before the "
        "status date, otherwise the status date.",
        "No actual_finish was reported for A: the baseline's is taken where it lies before the "
        "status date, otherwise the status date.",
    )


def test_without_a_baseline_the_status_date_gives_them() -> None:
    late = Activity("A", 4, percent_complete=50, baseline_start=date(2026, 3, 20))
    schedule = critical_path(plan(late, Activity("B", 2, percent_complete=100)))
    assert schedule.dates("start").tolist() == [datetime(2026, 3, 5, 8), datetime(2026, 3, 5, 8)]
    assert schedule.dates("finish")[1] == datetime(2026, 3, 6, 17)
    assert schedule["A"].early_finish == 7


def test_the_latest_actual_date_is_the_status_date_where_none_is_given() -> None:
    done = Activity("A", 2, actual_start=MONDAY, actual_finish=date(2026, 3, 4))
    schedule = critical_path(plan(done, Activity("B", 1), status_date=None))
    assert schedule.status_date == datetime(2026, 3, 4, 17)
    assert schedule["B"].early_start == 3
    assert schedule.notes == (
        "There is no status date: the latest actual date, 2026-03-04, is it.",
    )


def test_percentages_without_any_date_move_nothing_and_say_so() -> None:
    schedule = critical_path(plan(Activity("A", 4, percent_complete=50), status_date=None))
    assert schedule.finish == 4
    assert schedule.state.tolist() == ["in progress"]
    assert schedule.notes == (
        "Progress has no dates and the plan no status date, so it moves nothing: the schedule is "
        "the plan from its start.",
    )


def test_an_undated_plan_counts_its_progress_in_days() -> None:
    ongoing = Activity("A", 5, percent_complete=20, actual_start=1.0)
    project = Project((ongoing, Activity("B", 3)), (Dependency("A", "B"),), Settings(status_date=3))
    schedule = critical_path(project)
    assert (schedule["A"].early_start, schedule["A"].early_finish) == (3, 7)
    assert schedule.table.loc["A", "start"] == 1
    assert schedule.finish == 10


def test_a_weekend_shift_shows_on_its_own_day() -> None:
    done = Activity("A", 1, actual_start=date(2026, 3, 7), actual_finish=date(2026, 3, 7))
    schedule = critical_path(plan(done, status_date=date(2026, 3, 10)))
    shown = [schedule.dates(end)[0].astype("datetime64[D]").item() for end in ("start", "finish")]
    assert shown == [date(2026, 3, 7)] * 2


def test_a_date_is_the_end_of_the_day_of_the_activity_that_it_is_about() -> None:
    shift = Calendar("late", (((14 * 60, 22 * 60),),) * 7)
    done = Activity("A", 1, calendar="late", actual_start=date(2026, 3, 1),
                    actual_finish=date(2026, 3, 1))  # fmt: skip
    project = Project((done, Activity("B", 1)), (Dependency("A", "B"),),
                      Settings(start=MONDAY, status_date=MONDAY), (shift,))  # fmt: skip
    schedule = critical_path(project)
    assert schedule.dates("finish")[0] == datetime(2026, 3, 1, 22)
    assert schedule.dates("start")[1] == datetime(2026, 3, 3, 8)


def out_of_sequence(progress: str) -> Project:
    """A is done, B has not begun, C behind it is done already, D waits for C."""
    return plan(
        Activity("A", 2, actual_start=MONDAY, actual_finish=date(2026, 3, 3)),
        Activity("B", 3),
        Activity("C", 2, actual_start=date(2026, 3, 4), actual_finish=date(2026, 3, 5)),
        Activity("D", 4),
        links=("A B", "B C", "C D"),
        progress=progress,
    )


def test_what_is_complete_out_of_sequence_passes_on_what_it_should_have_waited_for() -> None:
    # Retained logic, as Leopard Project Controls describe P6 ("Retained Logic vs Progress
    # Override"): C is accepted as complete, B follows the status date and D follows B.
    schedule = critical_path(out_of_sequence("retained_logic"))
    assert (schedule["B"].early_start, schedule["D"].early_start) == (5, 8)
    assert schedule["B"].total_float == 0
    assert schedule["C"].total_float == 0
    assert schedule.dates("finish")[2] == datetime(2026, 3, 5, 17)


@pytest.mark.parametrize("progress", ["progress_override", "unmoved"])
def test_it_passes_nothing_on_where_progress_overrides_logic(progress: str) -> None:
    schedule = critical_path(out_of_sequence(progress))
    assert schedule["D"].early_start == (5 if progress == "progress_override" else 4)
    assert schedule["B"].total_float == (1 if progress == "progress_override" else 3)


def test_dates_do_not_pull_work_into_the_past() -> None:
    begun = Activity("A", 1, actual_start=MONDAY)
    pulled = Activity("B", 2, constraint=ConstraintKind.MUST_START_ON,
                      constraint_date=date(2026, 3, 3))  # fmt: skip
    schedule = critical_path(plan(begun, pulled, constraints="honour_dates"))
    assert schedule["B"].early_start == 5


def test_what_has_begun_is_not_put_off_to_be_as_late_as_possible() -> None:
    begun = Activity("A", 1, actual_start=MONDAY, percent_complete=50,
                     constraint=ConstraintKind.AS_LATE_AS_POSSIBLE)  # fmt: skip
    schedule = critical_path(plan(begun, Activity("B", 9)))
    assert schedule.table.loc["A", "finish"] == 5.5


def test_an_explanation_says_what_is_done_and_what_waits_for_the_status_date() -> None:
    schedule = critical_path(out_of_sequence("retained_logic"))
    assert str(schedule.explain("A")) == (
        "Activity 'A', complete\n"
        "  actual start = 2026-03-02 08:00 (day 0)\n"
        "  actual finish = 2026-03-03 17:00 (day 2)\n"
        "  a complete activity has no float and is not critical"
    )
    assert "the status date, before which no more work can be done" in str(schedule.explain("B"))


def test_a_start_lag_out_of_work_under_way_runs_down_and_still_binds_it() -> None:
    # Five of the seven days have passed by the status date, day 5; two are left, so B starts on
    # day 7 and takes until 17. The rest of A must begin in time for that: it has no float, though
    # its own finish, day 10, has seven days. (P6's "start-to-start lag from early start".)
    begun = Activity("A", 10, actual_start=MONDAY, percent_complete=50)
    project = Project(
        (begun, Activity("B", 10)),
        (Dependency("A", "B", "SS", 7),),
        Settings(start=MONDAY, status_date=FRIDAY),
    )
    schedule = critical_path(project)
    assert schedule["B"].early_start == 7
    assert (schedule["A"].early_finish, schedule["A"].total_float) == (10, 0)
    assert schedule.critical_activities == ("A", "B")


def test_a_table_shows_no_float_for_what_is_done() -> None:
    done = Activity("A", 2, actual_start=MONDAY, actual_finish=date(2026, 3, 3))
    html = critical_path(plan(done, Activity("B", 1)))._repr_html_()
    rows = html.split("<tr>")[-2:]
    assert "<td></td>" in rows[0]
    assert "complete" in rows[0]
    assert "<td>0</td>" in rows[1]
    assert "not started" in rows[1]
