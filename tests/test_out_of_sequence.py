"""Progress out of sequence, worked out by hand.

Oracle, Primavera P6 help, "Schedule Options": under *retained logic* the remaining duration of a
started activity waits until all its predecessors are complete; under *progress override* its
remaining duration is scheduled without delay, from the data date. Instants below are working days
after the project start, so day 5 is the end of the fifth working day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.analysis.simulating.simulation import simulate
from pmkit.model.activity import Activity
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from pmkit.model.settings import Settings
from tests.wording import exactly

MONDAY = date(2026, 3, 2)


def chain(progress: str) -> Project:
    """A -> B -> C -> D, five days each: A is done, B has not begun, C is 40 % done."""
    return Project(
        (
            Activity("A", 5, actual_start=MONDAY, actual_finish=date(2026, 3, 6)),
            Activity("B", 5),
            Activity("C", 5, actual_start=date(2026, 3, 5), percent_complete=40),
            Activity("D", 5),
        ),
        tuple(Dependency(*pair) for pair in ("AB", "BC", "CD")),
        Settings(start=MONDAY, status_date=date(2026, 3, 6), progress=progress),
    )


def columns(schedule: Schedule, id_: str) -> tuple[float, ...]:
    """Early start and finish, late start and finish, total and free float."""
    row = schedule.table.loc[id_]
    names = ("early_start", "early_finish", "late_start", "late_finish", "total_float",
             "free_float")  # fmt: skip
    return tuple(float(row[name]) for name in names)


def test_retained_logic_lets_the_remaining_work_wait_for_its_predecessor() -> None:
    schedule = critical_path(chain("retained_logic"))
    # The status date is the end of day 5. Forward: B 5 + 5 = 10; 60 % of C remains, 3 days, and
    # waits for B: 10 + 3 = 13; D 13 + 5 = 18. Backward from 18: D 13, C 10, B 5: no float.
    assert columns(schedule, "A") == (0, 5, 0, 5, 0, 0)
    assert columns(schedule, "B") == (5, 10, 5, 10, 0, 0)
    assert columns(schedule, "C") == (10, 13, 10, 13, 0, 0)
    assert columns(schedule, "D") == (13, 18, 13, 18, 0, 0)
    assert schedule.finish == 18
    assert schedule.finish_date == datetime(2026, 3, 25, 17)  # three weeks are 15 days, Wed is 18
    assert schedule.critical_activities == ("B", "C", "D")


def test_progress_override_goes_on_at_the_status_date() -> None:
    schedule = critical_path(chain("progress_override"))
    # C does not wait: 5 + 3 = 8, D 8 + 5 = 13. B 5 + 5 = 10 holds nobody up any more, so it may
    # finish with the project: late start 13 - 5 = 8, float 13 - 10 = 3.
    assert columns(schedule, "B") == (5, 10, 8, 13, 3, 3)
    assert columns(schedule, "C") == (5, 8, 5, 8, 0, 0)
    assert columns(schedule, "D") == (8, 13, 8, 13, 0, 0)
    assert schedule.finish == 13
    assert schedule.finish_date == datetime(2026, 3, 18, 17)
    assert schedule.critical_activities == ("C", "D")


def test_unmoved_keeps_a_started_activity_in_one_piece() -> None:
    schedule = critical_path(chain("unmoved"))
    # C runs from its actual start, the beginning of Thursday (3), for 5 days: 8. D 8 + 5 = 13.
    assert columns(schedule, "C")[:2] == (3, 8)
    assert columns(schedule, "D")[:2] == (8, 13)
    assert columns(schedule, "B")[:2] == (5, 10)  # after A, wherever the status date is
    assert schedule.finish == 13


def test_late_work_stays_in_the_past_when_the_status_date_moves_nothing() -> None:
    plan = Project.from_table(
        [("A", 2, ""), ("B", 2, "")],
        settings=Settings(start=MONDAY, status_date=date(2026, 3, 6), progress="unmoved"),
    )
    begun = replace(plan.activities[1], actual_start=MONDAY)
    schedule = critical_path(replace(plan, activities=(plan.activities[0], begun)))
    assert columns(schedule, "A")[:2] == (0, 2)


@pytest.mark.parametrize("progress", ["retained_logic", "progress_override", "unmoved"])
def test_work_out_of_sequence_is_named_whatever_the_option(progress: str) -> None:
    schedule = critical_path(chain(progress))
    assert [(one.predecessor, one.successor, one.relation) for one in schedule.out_of_sequence] == [
        ("B", "C", "FS")
    ]
    assert list(schedule.state) == ["complete", "not started", "in progress", "not started"]
    assert schedule.status_date == datetime(2026, 3, 6, 17)
    assert schedule.table["start_date"]["C"] == datetime(2026, 3, 5, 8)  # as it happened


@pytest.mark.parametrize(
    ("progress", "finish"), [("retained_logic", 160), ("progress_override", 155)]
)
def test_a_published_example(progress: str, finish: float) -> None:
    """M.C. Dean, Inc. (2010), Project CPM Scheduling, "Retained Logic / Out of Sequence Progress".

    The data date is work day 151, so 150 days have passed. A and its successor B have started, five
    days of work remain of each: A finishes at the end of day 151 + 5 - 1 = 155; B starts on day
    156 under retained logic and finishes on day 156 + 5 - 1 = 160.
    """
    plan = Project(
        (
            Activity("A", 10, actual_start=145.0, remaining_duration=5),
            Activity("B", 10, actual_start=147.0, remaining_duration=5),
        ),
        (Dependency("A", "B"),),
        Settings(status_date=150.0, progress=progress),
    )
    schedule = critical_path(plan)
    assert schedule["A"].early_finish == 155
    assert schedule["B"].early_finish == finish


def test_finish_links_hold_under_progress_override() -> None:
    # B may not finish before two days after A (FF+2), started or not. A: 5 + 4 = 9, so B's finish
    # is 11 and its two remaining days start at 9. Nothing here is out of sequence.
    plan = Project(
        (Activity("A", 4), Activity("B", 4, actual_start=3.0, percent_complete=50)),
        (Dependency("A", "B", "FF", 2),),
        Settings(status_date=5.0, progress="progress_override"),
    )
    schedule = critical_path(plan)
    assert columns(schedule, "A") == (5, 9, 5, 9, 0, 0)
    assert columns(schedule, "B") == (9, 11, 9, 11, 0, 0)
    assert schedule.out_of_sequence == ()


def test_a_lag_after_a_start_runs_down_while_the_predecessor_works() -> None:
    # Oracle, Primavera P6 help, "Schedule Options": start-to-start lag from the early start. A has
    # worked 5 - 1 = 4 days, so nothing is left of B's lag of 3 days, and 4 of C's 8 days.
    plan = Project(
        (
            Activity("A", 10, actual_start=1.0, remaining_duration=6),
            Activity("B", 2),
            Activity("C", 2),
        ),
        (Dependency("A", "B", "SS", 3), Dependency("A", "C", "SS", 8)),
        Settings(status_date=5.0),
    )
    schedule = critical_path(plan)
    # A: 5 + 6 = 11, as late as the finish; B 5 to 7 with 4 days of float; C 5 + 4 = 9 to 11.
    assert columns(schedule, "A") == (5, 11, 5, 11, 0, 0)
    assert columns(schedule, "B") == (5, 7, 9, 11, 4, 4)
    assert columns(schedule, "C") == (9, 11, 9, 11, 0, 0)


def test_what_starts_with_a_started_activity_waits_for_its_remaining_work() -> None:
    # B (4 days) has not started, A, 50 % done, waits for it under retained logic: 5 + 4 = 9. C was
    # to start with A, and starts with what remains of it: 9, not 5. Under progress override A goes
    # on at the status date, and C with it.
    plan = Project(
        (
            Activity("B", 4),
            Activity("A", 4, actual_start=3.0, percent_complete=50),
            Activity("C", 3),
        ),
        (Dependency("B", "A"), Dependency("A", "C", "SS")),
        Settings(status_date=5.0),
    )
    schedule = critical_path(plan)
    assert columns(schedule, "A")[:2] == (9, 11)
    assert columns(schedule, "C")[:2] == (9, 12)
    override = replace(plan, settings=replace(plan.settings, progress="progress_override"))
    assert columns(critical_path(override), "C")[:2] == (5, 8)


def test_logic_passes_through_what_was_completed_out_of_sequence() -> None:
    # Leopard Project Controls, "Retained Logic vs Progress Override vs Actual Dates": of a chain A
    # B C D, where C is complete before B has started, B follows the data date and D follows B.
    plan = chain("retained_logic")
    done = replace(plan.activities[2], actual_finish=date(2026, 3, 6), percent_complete=100)
    plan = replace(plan, activities=(*plan.activities[:2], done, plan.activities[3]))
    schedule = critical_path(plan)
    # B 5 + 5 = 10, D 10 + 5 = 15, both critical; under progress override D follows C: 5 + 5 = 10.
    assert columns(schedule, "B") == (5, 10, 5, 10, 0, 0)
    assert columns(schedule, "D") == (10, 15, 10, 15, 0, 0)
    assert columns(schedule, "C") == (3, 5, 3, 5, 0, 0)
    assert schedule.critical_activities == ("B", "D")
    override = replace(plan, settings=replace(plan.settings, progress="progress_override"))
    assert columns(critical_path(override), "D")[:2] == (5, 10)


def test_simulating_certain_remaining_work_gives_the_schedule() -> None:
    for progress in ("retained_logic", "progress_override", "unmoved"):
        plan = chain(progress)
        simulation = simulate(plan, trials=20, seed=1)
        assert simulation.finish.std() == 0
        assert simulation.finish.mean() == pytest.approx(critical_path(plan).finish)


# Activities that span others


def supervised() -> Project:
    """A (3) -> B (4) -> C (2), supervised from the start of A to the finish of C."""
    return Project(
        (
            Activity("A", 3),
            Activity("supervision", 1, type="level_of_effort"),
            Activity("B", 4),
            Activity("C", 2),
        ),
        (
            Dependency("A", "B"),
            Dependency("B", "C"),
            Dependency("A", "supervision", "SS"),
            Dependency("supervision", "C", "FF"),
        ),
    )


def test_a_level_of_effort_spans_what_it_is_tied_to() -> None:
    schedule = critical_path(supervised())
    # C finishes at 3 + 4 + 2 = 9, and so does the supervision, which began with A.
    assert columns(schedule, "supervision")[:2] == (0, 9)
    assert schedule.finish == 9
    assert schedule.critical_activities == ("A", "B", "C")
    assert schedule.longest_path == ("A", "B", "C")


def test_a_level_of_effort_is_not_on_the_longest_path_either() -> None:
    plan = supervised()
    plan = replace(plan, settings=replace(plan.settings, critical="longest_path"))
    assert critical_path(plan).critical_activities == ("A", "B", "C")


def test_a_level_of_effort_drives_nobody() -> None:
    plan = supervised()
    after = (Activity("Z", 1),)
    link = (Dependency("supervision", "Z"),)
    schedule = critical_path(
        replace(plan, activities=plan.activities + after, dependencies=plan.dependencies + link)
    )
    assert columns(schedule, "Z")[:2] == (0, 1)  # nothing but the supervision comes before it
    assert schedule.finish == 9


def test_a_level_of_effort_takes_the_earliest_start_and_the_latest_finish() -> None:
    plan = Project(
        (
            Activity("first", 2),
            Activity("A", 3),
            Activity("B", 6),
            Activity("care", 1, type="level_of_effort"),
        ),
        (
            Dependency("first", "A"),
            Dependency("first", "B"),
            Dependency("A", "care", "SS"),
            Dependency("B", "care", "SS"),
            Dependency("A", "care", "FF"),
            Dependency("B", "care", "FF"),
        ),
    )
    # A 2 to 5 and B 2 to 8: from 2 to 8. With one day before B, B 3 to 9: from 2 to 9.
    assert columns(critical_path(plan), "care")[:2] == (2, 8)
    links = (plan.dependencies[0], Dependency("first", "B", "FS", 1), *plan.dependencies[2:])
    assert columns(critical_path(replace(plan, dependencies=links)), "care")[:2] == (2, 9)


def test_a_wbs_summary_spans_its_own_place_and_below() -> None:
    plan = Project(
        (
            Activity("A", 3, wbs="1.1"),
            Activity("B", 4, wbs="1.2.1"),
            Activity("C", 2, wbs="10"),
            Activity("D", 2, wbs="2"),
            Activity("phase", 1, wbs="1", type="wbs_summary"),
            Activity("part", 1, wbs="1.2", type="wbs_summary"),
        ),
        (Dependency("D", "A"), Dependency("A", "B"), Dependency("B", "C")),
    )
    schedule = critical_path(plan)
    # D 0 to 2, A 2 to 5, B 5 to 9, C 9 to 11; "10" does not lie below "1".
    assert columns(schedule, "phase")[:2] == (2, 9)
    assert columns(schedule, "part")[:2] == (5, 9)
    assert schedule.critical_activities == ("A", "B", "C", "D")


# Progress that cannot be


def progressed(settings: Settings, **fields: object) -> Project:
    return Project((Activity("A", 5, **fields),), settings=settings)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"actual_start": date(2026, 3, 10)},
            "activity 'A': actual_start must not be after the status date, 2026-03-06, got "
            "2026-03-10",
        ),
        (
            {"actual_start": MONDAY, "actual_finish": datetime(2026, 3, 9, 12)},
            "activity 'A': actual_finish must not be after the status date, 2026-03-06, got "
            "2026-03-09 12:00:00",
        ),
        (
            {"actual_start": date(2026, 3, 5), "actual_finish": date(2026, 3, 4)},
            "activity 'A': actual_finish must not be before actual_start, got 2026-03-04 and "
            "2026-03-05",
        ),
        (
            {"baseline_start": date(2026, 3, 5), "baseline_finish": date(2026, 3, 4)},
            "activity 'A': baseline_finish must not be before baseline_start, got 2026-03-04 and "
            "2026-03-05",
        ),
        (
            {"actual_start": 3.0},
            "activity 'A': actual_start must be a date, as the plan has a start date, got 3.0",
        ),
    ],
)
def test_dates_that_cannot_be_are_refused(fields: dict[str, object], sentence: str) -> None:
    settings = Settings(start=MONDAY, status_date=date(2026, 3, 6))
    with pytest.raises(PlanError, match=exactly(sentence)):
        progressed(settings, **fields)


def test_days_that_cannot_be_are_refused_in_a_plan_without_dates() -> None:
    with pytest.raises(PlanError) as caught:
        Project(
            (
                Activity("A", 5, actual_start=6.0),
                Activity("B", 5, actual_start=4.0, actual_finish=2.0),
                Activity("C", 5, actual_start=MONDAY),
            ),
            settings=Settings(status_date=5.0),
        )
    assert str(caught.value).splitlines() == [
        "activity 'A': actual_start must not be after the status date, 5.0, got 6.0",
        "activity 'B': actual_finish must not be before actual_start, got 2.0 and 4.0",
        "activity 'C': actual_start is a date, so the plan needs a start date too, got 2026-03-02",
    ]


def test_what_happened_on_the_status_date_itself_is_not_after_it() -> None:
    settings = Settings(start=MONDAY, status_date=date(2026, 3, 6))
    progressed(settings, actual_start=date(2026, 3, 6), actual_finish=datetime(2026, 3, 6, 17))


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("progress", "retained_logic, progress_override, unmoved"),
        ("total_float", "smaller, start, finish"),
        ("critical", "total_float, longest_path"),
    ],
)
def test_a_rule_that_does_not_exist_is_refused(field: str, words: str) -> None:
    with pytest.raises(
        PlanError, match=exactly(f"settings: {field} must be one of {words}, got 'actual'")
    ):
        Settings(**{field: "actual"})


def test_midnight_is_the_end_of_the_status_date() -> None:
    settings = Settings(start=MONDAY, status_date=date(2026, 3, 6))
    progressed(settings, actual_start=MONDAY, actual_finish=datetime(2026, 3, 7))
    with pytest.raises(PlanError, match="must not be after the status date, 2026-03-06, got"):
        progressed(settings, actual_start=MONDAY, actual_finish=datetime(2026, 3, 7, 0, 1))
