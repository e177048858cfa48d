"""Slips and pauses on a roadmap: what they move, who takes them up, and what cannot be done."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.together.moved_program import move_program
from pmkit.analysis.together.moves import DAYS, MONTHS, Delay, Pause
from pmkit.analysis.together.propagation import propagate
from pmkit.data import sample
from pmkit.model.activity import Activity, ConstraintKind
from pmkit.model.benefit import Benefit
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.strategy import Strategy
from tests.wording import exactly


def _two(start: date | None = None, **fields: object) -> Program:
    """Depot hands over to Fleet, which has two days of float."""
    settings = Settings(start=start)
    depot = Project((Activity("Build", 10),), settings=settings, members=(ProjectInfo("Depot"),))
    fleet = Project(
        (Activity("Buy", 12), Activity("Test", 3)), (Dependency("Buy", "Test"),),
        settings=settings, members=(ProjectInfo("Fleet"),),
    )  # fmt: skip
    link = Dependency("Depot.Build", "Fleet.Test")
    return Program((depot, fleet), (link,), settings=settings, **fields)  # type: ignore[arg-type]


def test_a_slip_by_hand_five_days_two_of_them_taken_up():
    found = move_program(_two(), [Delay("Depot", 5, "Depot.Build")])
    assert found.table["moved_days"].to_dict() == {"Depot": 5, "Fleet": 3, "program": 3}
    assert found.table["taken_up"].to_dict() == {"Depot": 0, "Fleet": 2, "program": 2}
    assert found.late() == (0, 1)
    assert repr(found) == (
        "MovedProgram 1 move: program finishes day 18, 3 days later; 1 of 1 interfaces late"
    )


def test_one_slip_moves_what_its_propagation_moves():
    program = sample()
    found = move_program(program, [Delay("Fleet", 12, "Fleet.Production1")])
    followed = propagate(program, "Fleet.Production1", 12)
    assert found.table["moved_days"].to_dict() == followed.projects["moved_days"].to_dict()
    assert found["Service"].taken_up == 7
    again = found.propagation(Delay("Fleet", 12, "Fleet.Production1"))
    assert again.table.equals(followed.table)


@given(
    durations=st.lists(st.integers(0, 6), min_size=4, max_size=7),
    links=st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=8),
    days=st.integers(1, 9),
)
def test_all_of_a_project_that_has_not_begun_starts_just_so_much_later(durations, links, days):
    ids = [f"A{n}" for n in range(len(durations))]
    deps = [Dependency(ids[i], ids[j]) for i, j in sorted(links) if i < j < len(ids)]
    one = Project(tuple(map(Activity, ids, durations)), tuple(deps), members=(ProjectInfo("One"),))
    other = Project((Activity("B", 2),), members=(ProjectInfo("Other"),))
    program = Program((one, other), (Dependency(f"One.{ids[-1]}", "Other.B"),))
    before = critical_path(program)
    moved, notes = Delay("One", days).applied(program)
    after = critical_path(moved)
    assert notes == ()
    for n, id_ in enumerate(before.ids):
        if id_.startswith("One."):
            assert after.start[n] == before.start[n] + days
    rows = move_program(program, [Delay("One", days)]).projects
    for row in rows:
        assert 0 <= row.moved <= row.pushed
        assert row.taken_up == row.pushed - row.moved


def test_what_is_dated_moves_on_its_own_calendar_and_what_is_bound_is_told():
    program = sample()
    before = critical_path(program)
    moved, notes = Delay("Service", 3).applied(program)
    after = critical_path(moved)
    assert notes == ("Service: Launch is not held by the slip: bound by a constraint of its own",)
    for n, id_ in enumerate(before.ids):
        if id_.startswith("Service.") and before.state[n] == "not started":
            assert after.start[n] == before.start[n] + 3, id_


def test_a_pause_holds_what_has_not_begun_and_says_what_goes_on():
    program = _two(date(2026, 6, 1))
    pause = Pause("Fleet", date(2026, 6, 8), 2)
    assert (pause.until, str(pause)) == (
        date(2026, 6, 22), "Fleet: paused from 2026-06-08 for 2 weeks"
    )  # fmt: skip
    found = move_program(program, [pause])
    assert found.notes == (
        "Fleet: Buy is not held by the pause: under way then, or bound by a constraint of its own",
    )
    # Test would have begun on the 17th: it begins when the pause ends
    assert critical_path(found.moved).dates("start")[2].astype("datetime64[D]").item() == (
        date(2026, 6, 22)
    )
    assert found["Fleet"].moved == 3


def test_a_pause_in_months_and_one_in_which_nothing_would_begin():
    assert Pause("Fleet", date(2026, 1, 31), 1, MONTHS).until == date(2026, 2, 28)
    found = move_program(_two(date(2026, 6, 1)), [Pause("Fleet", date(2027, 6, 8), 2)])
    assert found.notes == ("Fleet: nothing would begin during the pause, so nothing waits",)
    assert found.finish_moved == 0


def test_without_dates_a_pause_is_in_working_days():
    found = move_program(_two(), [Pause("Fleet", 11.0, 6.0, DAYS)])
    assert found["Fleet"].moved == 5  # from day 12 to day 17


def test_moves_are_made_one_after_the_other():
    moves = [Delay("Depot", 5), Delay("Depot", 2, "Depot.Build")]
    assert move_program(_two(), moves)["Depot"].moved == 7
    # what slips first is under way when the pause begins, and is not held by it
    pause = Pause("Depot", 1.0, 3.0, DAYS)
    assert move_program(_two(), [Delay("Depot", 2), pause])["Depot"].moved == 4
    assert move_program(_two(), [pause, Delay("Depot", 2)])["Depot"].moved == 2


def test_a_delay_costs_the_last_year_a_part_of_its_benefit():
    saved = Benefit("Diesel", money={"benefit_2027": 400, "benefit_2028": 400},
                    enablers=("Depot",))  # fmt: skip
    program = _two(date(2026, 6, 1), strategy=Strategy(benefits=(saved,)))
    found = move_program(program, [Delay("Depot", 10, "Depot.Build")])
    # ten working days are fourteen days: of 2028 so much comes too late
    assert found.benefit_lost == pytest.approx(400 * 14 / 365.25, abs=1e-6)
    (row,) = found.benefits
    assert (row.name, row.delay) == ("Diesel", 14)
    assert move_program(program).benefit_lost == 0


def test_without_dates_what_is_lost_is_not_known():
    saved = Benefit("Diesel", money={"benefit_2027": 400}, enablers=("Depot",))
    program = _two(strategy=Strategy(benefits=(saved,)))
    lost = move_program(program, [Delay("Depot", 5)]).benefit_lost
    assert lost != lost


def test_the_plan_gets_no_baseline_that_it_did_not_have():
    program = _two()
    found = move_program(program, [Delay("Depot", 5)])
    assert found.moved["Depot.Build"].baseline_finish is None
    assert found.agreed["Depot.Build"].baseline_finish == 10
    assert found.moved["Depot.Build"].constraint == ConstraintKind.START_NO_EARLIER_THAN
    again = move_program(program, [Delay("Depot", 5)], before=found.before)
    assert again.table.equals(found.table)


def test_a_project_that_is_done_cannot_start_later():
    done = Project((Activity("Build", 2, percent_complete=100, actual_start=0, actual_finish=2),),
                   members=(ProjectInfo("Depot"),))  # fmt: skip
    ahead = Project((Activity("Test", 3),), members=(ProjectInfo("Fleet"),))
    program = Program((done, ahead), settings=Settings(status_date=2))
    with pytest.raises(PlanError, match=exactly(
        "project 'Depot': all of it has begun, so that it cannot start later"
    )):  # fmt: skip
        move_program(program, [Delay("Depot", 5)])


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Delay("Depot", 0),
         "slip of 'Depot': working days must be > 0 and at most 2,600, got 0"),
        (lambda: Delay("Depot", float("nan"), "Depot.Build"),
         "slip of 'Depot.Build': working days must be > 0 and at most 2,600, got nan"),
        (lambda: Delay("Depot", "3"),  # type: ignore[arg-type]
         "slip of 'Depot': working days must be > 0 and at most 2,600, got '3'"),
        (lambda: Pause("Depot", date(2026, 6, 1), 521),
         "pause of 'Depot': weeks must be > 0 and at most 520, got 521"),
        (lambda: Pause("Depot", date(2026, 6, 1), 1, "days"),
         "pause of 'Depot': unit must be weeks or months in a plan with dates, got 'days'"),
        (lambda: Pause("Depot", 3.0, 1),
         "pause of 'Depot': unit must be working days in a plan without dates, got 'weeks'"),
        (lambda: Pause("Depot", float("inf"), 1, DAYS),
         "pause of 'Depot': must begin on a date or a finite working day, got inf"),
        (lambda: Pause("Depot", date(9999, 12, 1), 3, MONTHS),
         "pause of 'Depot': must end before the year 9999, got 9999-12-01 for 3 months"),
        (lambda: move_program(_two(), [Delay("Boat", 3)]),
         "roadmap: must name a project of the program with activities, got 'Boat'"),
        (lambda: move_program(_two(), [Pause("Depot", date(2026, 6, 1), 3)]),
         "pause of 'Depot': must begin on a date where the plan has dates, else on a working day, "
         "got 2026-06-01"),
        (lambda: move_program(_two().projects[0]),  # type: ignore[arg-type]
         "roadmap: must be asked of a Program, got a Project"),
    ],
)  # fmt: skip
def test_what_cannot_be_moved_is_said(make, sentence):
    with pytest.raises(PlanError, match=exactly(sentence)):
        make()
