"""Every indicator of every period of five real projects, as their tool stored them.

DSLIB (Batselier & Vanhoucke, 2015, doi:10.1016/j.ijproman.2014.09.004). Stored earned-schedule
dates are whole hours: the tool walks from the actual time, hour by hour, until planned value has
been passed, so a stored date lies up to an hour further from the actual time than the exact one.
Forecast dates are rounded to the nearest hour. Everything else is exact to 1e-6.
"""

from __future__ import annotations

import csv
from datetime import datetime

import numpy as np
import pytest

from pmkit.analysis.earning.earned_value import EarnedValue, earned_value
from pmkit.analysis.earning.forecasts import cost_forecast, time_forecast
from pmkit.analysis.earning.indicators import ratio
from pmkit.files import read

PROJECTS = {"C2011-07": 23, "C2012-13": 28, "C2013-03": 18, "C2014-04": 36, "C2016-28": 4}
MONEY = {
    "pv": "Planned Value (PV)",
    "ev": "Earned Value (EV)",
    "ac": "Actual Cost (AC)",
    "sv": "Schedule Variance (SV)",
    "spi": "Schedule Performance Index (SPI)",
    "cv": "Cost Variance (CV)",
    "cpi": "Cost Performance Index (CPI)",
}
COST = {
    "pf1": "1", "cpi": "CPI", "spi": "SPI", "spi_t": "SPI(t)", "sci": "SCI", "sci_t": "SCI(t)",
    "cpi80_spi20": "0.8*CPI+0.2*SPI", "cpi80_spi_t20": "0.8*CPI+0.2*SPI(t)",
}  # fmt: skip
TIME = {
    "pv_pf1": "PV (PF=1)", "pv_spi": "PV (PF=SPI)", "pv_sci": "PV (PF=SCI)",
    "ed_pf1": "ED (PF=1)", "ed_spi": "ED (PF=SPI)", "es_pf1": "ES (PF=1)",
    "es_spi_t": "ES (PF=SPI(t))", "es_sci_t": "ES (PF=SCI(t))",
}  # fmt: skip
HOURS = 8  # a day


class Case:
    """A measured plan beside what is stored of it, times in working hours since the start."""

    def __init__(self, folder) -> None:
        self.status: EarnedValue = earned_value(read(folder))
        with (folder / "expected_earned_value.csv").open(encoding="utf-8-sig", newline="") as file:
            self.rows = list(csv.DictReader(file))

    def stored(self, name):
        return np.array([float(row[name]) for row in self.rows])

    def stored_hours(self, name):
        time = self.status._measured.time
        walls = [time.wall(datetime.fromisoformat(row[name]), end_of_day=True) for row in self.rows]
        return time.days(np.array(walls)) * HOURS

    def with_stored_es(self):
        """The columns that formulas take, with the stored earned schedule in place of the exact."""
        columns = dict(self.status._measured.columns)
        columns["time_es"] = self.stored_hours("Earned Schedule (ES)") / HOURS
        columns["spi_t"] = ratio(columns["time_es"], columns["at"])
        columns["sci_t"] = columns["spi_t"] * columns["cpi"]
        return columns


@pytest.fixture(scope="module", params=PROJECTS)
def case(request, truth):
    return Case(truth / "real" / request.param)


def test_the_rows_are_the_status_dates(case):
    assert [str(moment.isoformat()) for moment in case.status.table.index] == [
        row["Status date"] for row in case.rows
    ]


@pytest.mark.parametrize("name", MONEY)
def test_money_and_its_indices_are_the_stored_ones(case, name):
    stored = case.stored(MONEY[name])
    got = case.status.table[name].to_numpy()
    # a variance is the difference of amounts that are stored with ten digits
    slack = 1e-9 * case.status.bac if name in ("sv", "cv") else 0.0
    np.testing.assert_allclose(got, stored, rtol=1e-6, atol=slack)


def test_earned_schedule_is_within_the_hour_that_the_tool_walks_too_far(case):
    stored = case.stored_hours("Earned Schedule (ES)")
    exact = case.status.table["es_days"].to_numpy() * HOURS
    ahead = case.status.table["sv"].to_numpy() > 0
    too_far = np.where(ahead, stored - exact, exact - stored)
    assert (too_far >= -1e-3).all()
    # in a jump of planned value the tool stops at the first hour after it
    assert (too_far <= 1 + 1e-3).all()
    np.testing.assert_array_equal(case.status.table["es"], case.status.table["es_days"])


def test_indices_of_time_follow_from_earned_schedule(case):
    columns = case.with_stored_es()
    stored = case.stored("Schedule Performance Index (SPI(t))")
    np.testing.assert_allclose(columns["spi_t"], stored, rtol=1e-6)
    exact = case.status.table["spi_t"].to_numpy()
    hour = 1.001 / HOURS / case.status.table["at_days"].to_numpy()
    assert (np.abs(exact - stored) <= hour).all()


@pytest.mark.parametrize("name", COST)
def test_every_forecast_of_cost_is_the_stored_one(case, name):
    stored = case.stored(f"EAC (PF={COST[name]})")
    np.testing.assert_allclose(cost_forecast(name, case.with_stored_es()), stored, rtol=1e-6)
    if "_t" not in name:
        got = case.status.forecasts[f"eac_{name}"].to_numpy()
        np.testing.assert_allclose(got, stored, rtol=1e-6)
        assert case.status.eac(name) == pytest.approx(stored[-1], rel=1e-6)


@pytest.mark.parametrize("name", TIME)
def test_every_forecast_of_time_is_the_stored_one_to_the_hour(case, name):
    stored = case.stored_hours(f"EAC(t)-{TIME[name]}")
    planned = case.status.planned_duration
    got = time_forecast(name, case.with_stored_es(), planned) * HOURS
    assert (np.abs(got - stored) <= 0.5 + 1e-3).all()
    if "es" not in name:
        mine = case.status.forecasts[f"eac_t_{name}"].to_numpy() * HOURS
        assert (np.abs(mine - stored) <= 0.5 + 1e-3).all()


def test_all_109_periods_were_compared(truth):
    counts = {name: len(Case(truth / "real" / name).rows) for name in PROJECTS}
    assert counts == PROJECTS
    assert sum(counts.values()) == 109
