"""Every figure of earned value shows its work."""

from __future__ import annotations

from datetime import date

import pytest

from pmkit.analysis.earning.earned_explanation import SYMBOLS, shown
from pmkit.analysis.earning.earned_value import COLUMNS, earned_value
from pmkit.analysis.earning.forecasts import COST, TIME
from pmkit.model.activity import Activity
from pmkit.model.project import Project
from pmkit.model.settings import Settings, StatusPoint
from tests.earned_plans import planned, undated
from tests.wording import exactly

LATE = undated(
    planned("A", 0, 10, 1000, percent_complete=40, actual_start=0, actual_cost=500),
    settings=Settings(status_date=5.0),
)


def text(name, plan=LATE, **where):
    return str(earned_value(plan).explain(name, **where)).splitlines()


def test_an_index_is_its_formula_with_the_numbers_put_in():
    assert text("cpi") == [
        "CPI = 0.8",
        "  what each unit of money spent has earned; below 1 is over budget",
        "  CPI = EV / AC",
        "  CPI = 400 / 500 = 0.8",
    ]
    assert text("tcpi")[-1] == "  TCPI = (1,000 - 400) / (1,000 - 500) = 1.2"
    assert text("sv_t")[-2:] == ["  SV(t) = 4 - 5 = -1", "  ES, AT and PD in working days"]
    assert text("sci_t")[-1] == "  SCI(t) = 0.8 x 0.8 = 0.64"
    assert text("percent_earned")[-1] == "  EV % = 100 x 400 / 1,000 = 40"


def test_a_forecast_says_what_it_assumes_and_how_it_adds_up():
    assert text("eac cpi") == [
        "EAC (cpi) = 1,250",
        "  The rest is as cost-efficient as the work so far.",
        "  EAC = AC + (BAC - EV) / CPI",
        "  EAC = 500 + (1,000 - 400) / 0.8 = 1,250",
    ]
    assert text("etc cpi")[-1] == "  ETC = EAC - AC = 1,250 - 500 = 750"
    assert text("vac cpi")[-1] == "  VAC = BAC - EAC = 1,000 - 1,250 = -250"
    assert text("eac cpi80_spi20")[-1] == (
        "  EAC = 500 + (1,000 - 400) / (0.8 x 0.8 + 0.2 x 0.8) = 1,250"
    )
    assert text("eac_t es_spi_t")[-1] == "  EAC(t) = 5 + (10 - 4) / 0.8 = 12.5 days from the start"
    assert text("eac_t pv_pf1")[-1] == (
        "  EAC(t) = 10 - (-100) x 10 / 1,000 = 11 days from the start"
    )
    assert text("eac_t_ed_spi") == text("eac_t ed_spi")
    assert text("eac_cpi") == text("eac cpi")


def test_planned_and_earned_value_say_where_they_come_from():
    assert text("pv")[-3:] == [
        "  planned to be finished: 0 activities, 0",
        "  planned to be under way: 1 activities, 500 of 1,000",
        "  PV = 0 + 500 = 500",
    ]
    assert text("ev")[1] == "  sum of earned value method x budget over 1 activities"
    assert text("ac")[1] == "  sum of actual cost over 1 activities"
    assert text("bac")[1] == "  sum of the budgets of 1 activities: baseline_cost, else direct cost"
    series = undated(Activity("A", 10), status=(StatusPoint(5, pv=50, ev=40),
                                                StatusPoint(10, pv=100)))  # fmt: skip
    linear = "  from the status series, linear in working time between its dates, 0 at the start"
    assert text("pv", series)[1] == text("ev", series)[1] == linear
    assert text("ac", series) == [
        "AC = missing", "  not reported by activities, nor by a status series",
    ]  # fmt: skip
    assert text("bac", series)[1] == "  the last planned value of the status series"


def test_what_does_not_exist_says_why():
    nothing = undated(planned("A", 0, 10, 1000, percent_complete=40),
                      settings=Settings(status_date=5.0))  # fmt: skip
    assert text("cpi", nothing)[-1] == "  CPI = 400 / missing does not exist"
    assert text("eac cpi", nothing)[-1] == (
        "  EAC = missing + (1,000 - 400) / missing does not exist"
    )


def test_earned_schedule_says_when_and_where_the_curve_is_flat():
    flat = undated(
        planned("A", 0, 2, 100, percent_complete=100, actual_start=0, actual_finish=2),
        planned("B", 6, 10, 100),
        settings=Settings(status_date=4.0),
    )
    assert text("es", flat)[1:] == [
        "  when what is earned should have been earned: the moment at which PV reaches EV",
        "  PV stays at EV for a while: the actual time counts, kept within that plateau",
        "  PV(4 working days) = 100, EV = 100",
    ]
    done = undated(planned("A", 0, 2, 100, percent_complete=100, actual_start=0, actual_finish=4))
    assert text("es", done)[-1] == (
        "  that is the planned finish, which earned schedule never exceeds"
    )
    jump = undated(planned("A", 0, 2, 100, percent_complete=20), Activity(
        "B", 2, fixed_cost=100, cost_per_day=10, baseline_start=1.0, baseline_finish=3.0,
        percent_complete=50), settings=Settings(status_date=4.0))  # fmt: skip
    assert "  a cost falls due right then that takes PV past EV" in text("es", jump)


def test_a_dated_forecast_names_its_date():
    dates = {"baseline_start": date(2026, 1, 5), "baseline_finish": date(2026, 1, 16)}
    build = Activity("A", 10, cost_per_day=100, percent_complete=40, actual_cost=500, **dates)
    plan = Project((build,), settings=Settings(start=date(2026, 1, 5),
                                               status_date=date(2026, 1, 9)))  # fmt: skip
    assert text("eac_t es_spi_t", plan)[-1] == "  that is 2026-01-21 12:00"
    assert text("es_date", plan)[-1] == "  PV(2026-01-08 17:00) = 400, EV = 400"
    assert text("at_days", plan)[-1] == "  working days from the planned start to 2026-01-09"


def test_every_column_and_every_forecast_is_explained():
    status = earned_value(LATE, at=[2, 5])
    for at in (2, 5):
        for name in (*COLUMNS, "es_date"):
            assert str(status.explain(name, at=at)).startswith(f"{SYMBOLS[name]} = "), name
        for name in COST:
            for what in ("eac", "etc", "vac"):
                assert len(status.explain(f"{what} {name}", at=at).lines) >= 3
        for name in TIME:
            assert "EAC(t) = " in str(status.explain(f"eac_t {name}", at=at))
    assert status.explain("ev", at=2).lines[0].endswith(", rebuilt for this date from actual dates")


def test_other_names_are_refused_with_the_names_there_are():
    names = ", ".join(name for name in SYMBOLS if name not in ("at", "pd"))
    sentence = (
        f"explain: name must be one of {names}, or 'eac cpi', 'etc cpi', 'vac cpi', "
        "'eac_t es_spi_t' (any method), got 'luck'"
    )
    with pytest.raises(ValueError, match=exactly(sentence)):
        earned_value(LATE).explain("luck")
    with pytest.raises(ValueError, match="method must be one of"):
        earned_value(LATE).explain("eac luck")


def test_figures_are_rounded_to_what_people_read():
    assert shown("ev", 1234.5) == "1,234.50"
    assert shown("cpi", 2 / 3) == "0.6667"
    assert shown("es", 12.3456789) == "12.3457"
    assert shown("cpi", float("nan")) == "missing"
