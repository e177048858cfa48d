"""At which dates earned value is measured."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest

from pmkit.analysis.earning.earned_value import earned_value
from pmkit.model.activity import Activity
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from pmkit.model.settings import Settings, StatusPoint
from tests.earned_plans import planned, undated
from tests.wording import exactly

BUILD = Activity("A", 10, cost_per_day=10, baseline_start=date(2026, 1, 5),
                 baseline_finish=date(2026, 1, 16), actual_start=date(2026, 1, 5),
                 percent_complete=30)  # fmt: skip
PLAN = Project((BUILD,), settings=Settings(start=date(2026, 1, 5), status_date=date(2026, 1, 14)))
UNDATED = undated(planned("A", 0, 10, 100, percent_complete=30), settings=Settings(status_date=8.0))


def refused(plan, at, sentence):
    with pytest.raises(PlanError, match=exactly(sentence)):
        earned_value(plan, at)


@pytest.mark.parametrize(
    "at",
    [
        "2026-01-12", " 2026-01-12 ", date(2026, 1, 12), datetime(2026, 1, 12, 17),
        "2026-01-12T17:00", np.datetime64("2026-01-12T17:00"), ["2026-01-12"],
    ],
)  # fmt: skip
def test_a_date_is_taken_as_people_give_it(at):
    status = earned_value(PLAN, at)
    assert status.pv == pytest.approx(60)
    assert f"{status.status_date:%Y-%m-%d}" == "2026-01-12"
    assert float(np.ravel(status.table.loc["2026-01-12", "pv"])[0]) == pytest.approx(60)


def test_several_dates_come_in_order_each_once():
    status = earned_value(PLAN, ["2026-01-12", date(2026, 1, 7), "2026-01-12"])
    assert [f"{moment:%m-%d}" for moment in status.table.index] == ["01-07", "01-12"]
    assert earned_value(UNDATED, (5, 2)).table.index.tolist() == [2, 5]


def test_by_default_the_dates_of_the_series_and_the_status_date():
    points = (StatusPoint(2, ev=10, ac=12), StatusPoint(6, ev=20, ac=30), StatusPoint(9, pv=50))
    plan = undated(planned("A", 0, 10, 100), settings=Settings(status_date=8.0), status=points)
    assert earned_value(plan).table.index.tolist() == [2, 6, 8]
    assert earned_value(PLAN).table.index.tolist() == [datetime(2026, 1, 14)]


def test_the_same_day_as_the_status_date_is_not_after_it():
    noon = Settings(start=date(2026, 1, 5), status_date=datetime(2026, 1, 14, 12))
    status = earned_value(Project((BUILD,), settings=noon), "2026-01-14")
    assert status.pv == pytest.approx(75)
    assert status.ev == pytest.approx(30)


def test_after_the_status_date_nothing_is_known():
    refused(
        PLAN, "2026-01-15",
        "at must not be after the status date, 2026-01-14, up to which progress is known, "
        "got 2026-01-15",
    )  # fmt: skip
    refused(
        UNDATED, 9,
        "at must not be after the status date, 8.0, up to which progress is known, got 9.0",
    )  # fmt: skip


def test_before_the_start_there_is_nothing():
    refused(
        PLAN, "2026-01-02",
        "at must not be before the start of the plan, 2026-01-05 00:00:00, got 2026-01-02",
    )  # fmt: skip
    refused(UNDATED, -1, "at must not be before the start of the plan, got -1.0")


def test_what_is_no_date_is_refused():
    refused(PLAN, "soon", "at must be a date such as 2026-03-31, got 'soon'")
    refused(PLAN, 5, "at must be a date such as 2026-03-31, got 5")
    refused(PLAN, [], "at must name at least one date, got none")
    refused(UNDATED, "soon", "at must be a number of working days, got 'soon'")
    refused(UNDATED, float("nan"), "at must be a finite number of working days, got nan")
    refused(UNDATED, date(2026, 1, 5),
            "at is a date, so the plan needs a start date too, got 2026-01-05")  # fmt: skip
    zone = datetime(2026, 1, 12, tzinfo=UTC)
    refused(PLAN, zone, f"at must be in the plan's own time, without a time zone, got {zone}")


def test_without_a_status_date_the_latest_report_is_it_and_a_note_says_so():
    done = planned("A", 0, 4, 100, percent_complete=100, actual_start=0, actual_finish=5.0)
    status = earned_value(undated(done))
    assert status.table.index.tolist() == [5]
    assert "no status date is set: 5.0, the latest that reports progress, is it" in status.notes
    assert earned_value(undated(done), at=7).table.index.tolist() == [7]


def test_a_plan_that_reports_nothing_needs_a_date():
    refused(
        undated(planned("A", 0, 10, 100)), None,
        "plan: earned value needs a status date, got none: give at=..., a status_date in the "
        "settings, or a status sheet",
    )  # fmt: skip


def test_a_row_is_found_by_its_date():
    status = earned_value(PLAN, ["2026-01-07", "2026-01-12"])
    assert status.eac("pf1", at="2026-01-07") == status.forecasts["eac_pf1"].iloc[0] or np.isnan(
        status.eac("pf1", at="2026-01-07")
    )
    assert status.row("2026-01-12") == 1
    with pytest.raises(ValueError, match=exactly("at must be one of the dates of the table, got "
                                                 "2026-01-08")):  # fmt: skip
        status.eac_t("es_pf1", at="2026-01-08")
