"""Moments in order: dates with and without a time, and working days."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.model.activity import Activity
from pmkit.model.moments import as_datetime, is_after, moment_problems
from pmkit.model.settings import Settings

days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
dated = days | st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))


def test_a_date_without_a_time_is_the_start_or_the_end_of_its_day() -> None:
    assert as_datetime(date(2026, 3, 31)) == datetime(2026, 3, 31)
    assert as_datetime(date(2026, 3, 31), end_of_day=True) == datetime(2026, 4, 1)
    noon = datetime(2026, 3, 31, 12)
    assert as_datetime(noon, end_of_day=True) == noon


@given(dated, dated)
def test_of_two_moments_at_most_one_is_after_the_other(first: date, second: date) -> None:
    assert not (is_after(first, second) and is_after(second, first))
    assert not is_after(first, first)


@given(days, st.times())
def test_nothing_in_a_day_is_after_that_day(day: date, hour: object) -> None:
    moment = datetime.combine(day, hour)  # type: ignore[arg-type]
    assert not is_after(moment, day)
    assert not is_after(day, moment)


def test_working_days_compare_as_numbers_and_not_with_dates() -> None:
    assert is_after(2.5, 2.0)
    assert not is_after(2.5, date(2026, 1, 1))
    assert not is_after(date(2026, 1, 1), 2.5)


DATED, UNDATED = Settings(start=date(2026, 3, 2)), Settings()


@pytest.mark.parametrize(
    ("settings", "fields", "sentence"),
    [
        (UNDATED, {"actual_start": date(2026, 3, 3)},
         "activity 'A': actual_start is a date, so the plan needs a start date too, "
         "got 2026-03-03"),
        (DATED, {"baseline_finish": 3.0},
         "activity 'A': baseline_finish must be a date, as the plan has a start date, got 3.0"),
        (UNDATED, {"actual_finish": float("inf")},
         "activity 'A': actual_finish must be a finite number of working days in a plan without "
         "a start date, got inf"),
        (UNDATED, {"baseline_start": 3.0, "baseline_finish": 2.0},
         "activity 'A': baseline_finish must not be before baseline_start, got 2.0 and 3.0"),
        (Settings(status_date=4.0), {"actual_start": 5.0},
         "activity 'A': actual_start must not be after the status date, 4.0, got 5.0"),
    ],
)  # fmt: skip
def test_a_moment_that_does_not_fit_is_a_sentence(
    settings: Settings, fields: dict[str, object], sentence: str
) -> None:
    (problem,) = moment_problems([Activity("A", 1, **fields)], settings)  # type: ignore[arg-type]
    assert str(problem) == sentence
    assert problem.ids == ("A",)


def test_what_fits_is_no_problem() -> None:
    activity = Activity("A", 1, actual_start=date(2026, 3, 2), actual_finish=date(2026, 3, 2),
                        baseline_start=date(2026, 3, 2))  # fmt: skip
    settings = Settings(start=date(2026, 3, 2), status_date=date(2026, 3, 2))
    assert list(moment_problems([activity], settings)) == []
