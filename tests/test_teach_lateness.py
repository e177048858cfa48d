"""A day that has begun is a day late, by the clock on the wall; the two tables are read at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.model.errors import PlanError
from pmkit.teach.arrivals import read_time
from pmkit.teach.lateness import Deadline, deadlines
from tests.class_cases import PS04, make_class

NAME = PS04.name


def test_what_is_wrong_with_deadlines_and_extensions_comes_at_once(tmp_path):
    course = make_class(tmp_path, "s1", "s2")
    (tmp_path / "deadlines.csv").write_text(
        f"exercise,due,share_per_day\n{NAME},2026-03-02 18:00,0.1\nps99,2026-03-02 18:00 UTC,0.1\n"
        f"{NAME},2026-03-02 18:00 UTC,10\n"
    )
    (tmp_path / "extensions.csv").write_text("id,exercise,extra_days\ns9,,1\ns1,,-1\n")
    with pytest.raises(PlanError) as caught:
        deadlines(course, course.exercise(NAME))
    assert [one.column for one in caught.value.problems] == [
        "due", "exercise", "share_per_day", "id", "extra_days"
    ]  # fmt: skip


@given(st.floats(0, 30), st.floats(0, 30), st.floats(0, 1))
def test_who_comes_later_never_loses_less(first, second, share):
    due = Deadline(read_time("2026-03-28 18:00 Europe/Berlin"), share, 5)
    early, late = sorted(due.due.astimezone(UTC) + timedelta(days=d) for d in (first, second))
    assert due.days_late(early) <= due.days_late(late)
    assert 0 <= due.share_off(due.days_late(early)) <= due.share_off(due.days_late(late)) <= 1


def test_a_day_goes_to_the_same_time_of_the_next_day_when_clocks_change():
    due = Deadline(read_time("2026-03-28 18:00 Europe/Berlin"), 0.1)  # 29 March has 23 hours
    assert due.days_late(datetime(2026, 3, 29, 16, 0, tzinfo=UTC)) == 1
    assert due.days_late(datetime(2026, 3, 29, 16, 0, 1, tzinfo=UTC)) == 2
