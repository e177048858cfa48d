"""Time is counted exactly: a second is seen, fractions add up, and too long is told."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.errors import PlanError
from tests.schedule_plans import MONDAY, table_of
from tests.wording import exactly

SECOND = 1 / (8 * 3600)


@pytest.mark.parametrize("start", [None, MONDAY, datetime(2026, 1, 9, 16, 59, 30)])
def test_sixty_activities_of_one_second_in_a_chain_take_a_minute(start: date | None) -> None:
    rows = [(n, SECOND, str(n - 1) if n else "") for n in range(60)]
    schedule = critical_path(table_of(*rows, ("beside", 59 * SECOND, ""), start=start))
    assert schedule.finish == pytest.approx(60 * SECOND, rel=1e-9)
    assert schedule.critical_activities == tuple(str(n) for n in range(60))
    assert schedule["beside"].total_float == pytest.approx(SECOND, rel=1e-6)
    assert len(set(schedule.early_start.tolist())) == 60


@pytest.mark.parametrize("start", [None, MONDAY])
def test_a_second_of_float_is_seen_in_ten_thousand_days(start: date | None) -> None:
    rows = [("A", 10_000, ""), ("B", 10_000 - SECOND, ""), ("C", 1, "A; B")]
    schedule = critical_path(table_of(*rows, start=start))
    assert schedule.critical_activities == ("A", "C")
    assert schedule["B"].total_float == pytest.approx(SECOND, rel=1e-6)
    assert schedule["B"].free_float == pytest.approx(SECOND, rel=1e-6)


@pytest.mark.parametrize("parts", [3, 6, 7, 9])
@pytest.mark.parametrize("start", [None, MONDAY])
def test_fractions_of_a_day_add_up(parts: int, start: date | None) -> None:
    days = 7 if parts == 7 else 1
    rows = [(n, days / parts, str(n - 1) if n else "") for n in range(parts)]
    plan = table_of(*rows, ("whole", days, ""), start=start)
    schedule = critical_path(plan)
    assert len(schedule.critical_activities) == parts + 1
    assert set(schedule.total_float.tolist()) == {0}
    assert schedule.finish == days


def test_tenths_do_not_hide_the_critical_path() -> None:
    schedule = critical_path(table_of(("A", 0.1, ""), ("B", 0.2, "A"), ("C", 0.7, "B")))
    assert schedule.critical_activities == ("A", "B", "C")
    assert schedule.finish == 1


@pytest.mark.parametrize("start", [None, MONDAY])
@pytest.mark.parametrize(("days", "came"), [(3e7, "30,000,000"), (1e300, "1e+300")])
def test_a_plan_beyond_all_years_says_how_long_it_may_be(
    days: float, came: str, start: date | None
) -> None:
    sentence = (
        f"plan: durations and lags must add up to less than 26,687,997 working days, got {came}"
    )
    with pytest.raises(PlanError, match=exactly(sentence)):
        critical_path(table_of(("A", days, ""), start=start))


def test_a_plan_beyond_the_year_9999_names_the_calendar() -> None:
    sentence = (
        "calendar 'standard': the plan needs working time beyond year 9999; check its durations "
        "(in working days) and the calendar's working hours"
    )
    schedule = critical_path(table_of(("A", 3e6, ""), start=MONDAY))
    with pytest.raises(PlanError, match=exactly(sentence)):
        _ = schedule.table
