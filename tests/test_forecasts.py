"""Forecasts of cost and time at completion, against the published formulas."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.earning.earned_value import earned_value
from pmkit.analysis.earning.forecasts import COST, TIME, cost_forecast, method_of, time_forecast
from pmkit.model.project import Project
from pmkit.model.settings import Settings, StatusPoint
from tests.earned_plans import planned, undated
from tests.wording import exactly


def row(bac, pv, ev, ac, es, at):
    spi, cpi, spi_t = ev / pv, ev / ac, es / at
    found = {
        "bac": bac, "ev": ev, "ac": ac, "sv": ev - pv, "spi": spi, "cpi": cpi, "sci": spi * cpi,
        "spi_t": spi_t, "sci_t": spi_t * cpi, "time_es": es, "at": at,
    }  # fmt: skip
    return {name: np.array([value], float) for name, value in found.items()}


def in_time(name, table, duration):
    return float(time_forecast(name, table, duration)[0])


def test_time_forecasts_follow_vandevoorde_and_vanhoucke():
    # Vandevoorde & Vanhoucke (2006): the planned value, earned duration and earned
    # schedule methods, on figures of our own: PD 12, AT 6, PV 60, EV 48, AC 64, BAC 120, ES 5
    table = row(120, 60, 48, 64, 5, 6)
    spi, cpi, spi_t, duration, at = 0.8, 0.75, 5 / 6, 12, 6
    sci, sci_t, ed = spi * cpi, spi_t * cpi, 6 * spi
    expected = {
        "pv_pf1": duration - (48 - 60) / (120 / duration),  # PD - TV, TV = SV / PV rate
        "pv_spi": duration / spi,
        "pv_sci": duration / sci,
        "ed_pf1": duration + at * (1 - spi),
        "ed_spi": duration / spi,
        "ed_sci": duration / sci + at * (1 - 1 / cpi),
        "es_pf1": at + (duration - 5),
        "es_spi_t": at + (duration - 5) / spi_t,
        "es_sci_t": at + (duration - 5) / sci_t,
    }
    assert set(expected) == set(TIME)
    for name, value in expected.items():
        assert in_time(name, table, duration) == pytest.approx(value), name
        if name.startswith("ed"):  # general form: AT + (max(PD, AT) - ED) / PF
            factor = {"ed_pf1": 1, "ed_spi": spi, "ed_sci": sci}[name]
            assert in_time(name, table, duration) == pytest.approx(at + (duration - ed) / factor)


def test_after_the_planned_duration_earned_duration_counts_from_the_actual_time():
    # ibid.: the planned duration is replaced by the actual duration when that is exceeded
    table = row(120, 120, 96, 96, 9, 15)
    assert in_time("ed_pf1", table, 12) == pytest.approx(15 + 15 * 0.2)
    assert in_time("ed_spi", table, 12) == pytest.approx(15 / 0.8)


def test_cost_forecasts_follow_christensen():
    # Christensen (1993): EAC = AC + (BAC - EV) / index, with eight indices
    table = row(120, 60, 48, 64, 5, 6)
    spi, cpi, spi_t = 0.8, 0.75, 5 / 6
    indices = {
        "pf1": 1, "cpi": cpi, "spi": spi, "spi_t": spi_t, "sci": spi * cpi, "sci_t": spi_t * cpi,
        "cpi80_spi20": 0.8 * cpi + 0.2 * spi, "cpi80_spi_t20": 0.8 * cpi + 0.2 * spi_t,
    }  # fmt: skip
    assert set(indices) == set(COST)
    for name, index in indices.items():
        assert float(cost_forecast(name, table)[0]) == pytest.approx(64 + 72 / index), name


def test_unknown_methods_are_answered_with_the_methods():
    methods = "pf1, cpi, spi, spi_t, sci, sci_t, cpi80_spi20, cpi80_spi_t20"
    status = earned_value(undated(planned("A", 0, 10, 100, percent_complete=40)), at=5)
    with pytest.raises(ValueError, match=exactly(f"method must be one of {methods}, got 'best'")):
        status.eac("best")
    methods = "pv_pf1, pv_spi, pv_sci, ed_pf1, ed_spi, ed_sci, es_pf1, es_spi_t, es_sci_t"
    with pytest.raises(ValueError, match=exactly(f"method must be one of {methods}, got 'cpi'")):
        status.eac_t("cpi")


def test_planned_pace_has_a_short_name_too():
    assert [method_of(name, TIME).name for name in ("pv_1", "ed_1", "es_1")] == [
        "pv_pf1", "ed_pf1", "es_pf1",
    ]  # fmt: skip


def test_every_method_names_its_assumption_in_one_sentence():
    for method in (*COST.values(), *TIME.values()):
        assert method.assumption.endswith(".")
        assert 5 <= len(method.assumption.split()) <= 14


def test_all_forecasts_of_a_finished_project_are_what_happened():
    done = planned("A", 0, 10, 100, percent_complete=100, actual_start=0, actual_finish=14,
                   actual_cost=130)  # fmt: skip
    status = earned_value(undated(done), at=14)
    assert {name: status.eac(name) for name in COST} == pytest.approx(dict.fromkeys(COST, 130))
    for name in ("ed_pf1", "ed_spi", "es_pf1", "es_spi_t", "es_sci_t"):
        assert status.eac_t(name) == pytest.approx(14)
    # the planned value methods know no time: they fall back to the planned duration
    assert status.eac_t("pv_spi") == 10


def test_a_forecast_table_holds_every_method_with_value_and_date():
    points = (StatusPoint(date(2026, 1, 9), pv=50, ev=40, ac=50),
              StatusPoint(date(2026, 1, 16), pv=100))  # fmt: skip
    plan = Project.from_table([("A", 10, "")], status=points)
    dated = Project(plan.activities, settings=Settings(start=date(2026, 1, 5)), status=points)
    status = earned_value(dated)
    assert list(status.forecast.index) == [*COST, *TIME]
    assert status.forecast.loc["cpi", "value"] == pytest.approx(125)
    assert status.forecast["date"].notna().tolist() == [False] * 8 + [True] * 9
    assert status.eac_t("es_spi_t") == pytest.approx(12.5)
    assert status.eac_t_date("es_spi_t") == datetime(2026, 1, 21, 12)
    assert status.forecasts.shape == (1, 17)
    assert status.forecasts["eac_t_es_spi_t"].iloc[0] == pytest.approx(12.5)


def test_a_forecast_beyond_the_calendar_keeps_its_value_and_has_no_date():
    points = (StatusPoint(date(2026, 1, 9), pv=1e9, ev=1.0, ac=1.0),)
    plan = Project.from_table([("A", 10, "")], settings=Settings(start=date(2026, 1, 5)),
                              status=points)  # fmt: skip
    status = earned_value(plan)
    assert status.eac_t("pv_spi") == pytest.approx(5e9)
    assert status.eac_t_date("pv_spi") is None
    assert status.forecast["date"].isna()["pv_spi"]


@given(st.floats(1, 99), st.floats(1, 99), st.floats(1, 1e4))
def test_a_project_on_plan_and_budget_ends_as_planned(share, duration, budget):
    at = duration * share / 100
    table = row(budget, budget * share / 100, budget * share / 100, budget * share / 100, at, at)
    for name in COST:
        assert float(cost_forecast(name, table)[0]) == pytest.approx(budget)
    for name in TIME:
        assert in_time(name, table, duration) == pytest.approx(duration)
