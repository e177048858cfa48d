"""The indicators of earned value management, against published examples."""

from __future__ import annotations

import numpy as np
import pytest

from pmkit.analysis.earning.earned_value import earned_value
from pmkit.analysis.earning.indicators import money_indicators, ratio, time_indicators
from pmkit.model.activity import Activity
from pmkit.model.project import Project
from pmkit.model.settings import StatusPoint


def measured(bac, pv, ev, ac):
    work = Activity("Work", 10, fixed_cost=bac)
    points = (StatusPoint(5, pv=pv, ev=ev, ac=ac), StatusPoint(10, pv=bac))
    return earned_value(Project((work,), status=points), at=5)


def test_the_example_in_the_manner_of_gray_and_larson():
    # Larson & Gray, "Project Management: The Managerial Process", ch. 13: BAC 248, EV 148,
    # PV 158, AC 210
    status = measured(248, 158, 148, 210)
    assert (status.cv, status.sv) == (-62, -10)
    assert status.cpi == pytest.approx(0.705, abs=5e-4)
    assert status.spi == pytest.approx(0.937, abs=5e-4)
    assert status.eac("cpi") == pytest.approx(351.9, abs=0.05)
    assert status.tcpi == pytest.approx(2.63, abs=5e-3)


def test_the_formulas_of_the_pmbok():
    # PMI, "A Guide to the Project Management Body of Knowledge", 6th ed. (2017), table 7-1, on
    # round figures: BAC 1,000, PV 500, EV 400, AC 500
    status = measured(1000, 500, 400, 500)
    assert (status.cv, status.sv, status.cpi, status.spi) == (-100, -100, 0.8, 0.8)
    assert status.eac("cpi") == pytest.approx(1000 / 0.8)
    assert status.eac("pf1") == pytest.approx(500 + 1000 - 400)
    assert status.eac("sci") == pytest.approx(500 + 600 / (0.8 * 0.8))
    assert status.etc("cpi") == pytest.approx(1250 - 500)
    assert status.vac("cpi") == pytest.approx(-250)
    assert status.tcpi == pytest.approx(600 / 500)
    percentages = (status.percent_planned, status.percent_earned, status.percent_spent)
    assert percentages == (50, 40, 50)


def test_what_does_not_exist_is_missing_never_infinite():
    found = money_indicators(np.zeros(2), np.array([0.0, 5.0]), np.zeros(2), np.array([10.0, 10.0]))
    assert np.isnan(found["cpi"]).all()
    assert np.isnan(found["spi"]).all()
    assert np.isnan(found["sci"]).all()
    assert np.isnan(money_indicators(10.0, 5.0, 10.0, 10.0)["tcpi"])
    assert np.isnan(time_indicators(np.zeros(1), np.zeros(1), 0.0, np.ones(1))["spi_t"])
    assert np.isnan(ratio(np.inf, 1.0))
    assert str(ratio(0.0, -5.0)) == "0.0"


def test_an_overspent_budget_shows_as_a_negative_efficiency_to_complete():
    assert measured(100, 80, 60, 120).tcpi == pytest.approx(-2)


def test_indices_of_time():
    found = time_indicators(np.array([6.0]), np.array([8.0]), 12.0, np.array([0.5]))
    assert {name: float(value[0]) for name, value in found.items()} == {
        "sv_t": -2, "spi_t": 0.75, "sci_t": 0.375, "tspi": 1.5,
    }  # fmt: skip
