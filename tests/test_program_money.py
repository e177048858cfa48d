"""The money of a program: it adds up, and falls into the years in which it is due."""

from __future__ import annotations

from datetime import date

import pytest

from pmkit.analysis.governing.program_money import program_money
from pmkit.analysis.governing.program_status import program_status
from pmkit.data import sample
from pmkit.model.activity import Activity
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings


def test_years_are_those_of_the_baseline_and_of_the_schedule_as_it_is() -> None:
    # Monday 28 December 2026: 4 working days of that year, then 6 of 2027; as it is now, 16
    build = Activity("Build", 20, cost_per_day=100, baseline_start=date(2026, 12, 28),
                     baseline_finish=date(2027, 1, 8), baseline_cost=1_000)  # fmt: skip
    depot = Project((build,), settings=Settings(start=date(2026, 12, 28)),
                    members=(ProjectInfo("Depot"),))  # fmt: skip
    money = program_money(
        program_status(Program((depot,), settings=Settings(start=date(2026, 12, 28), currency="EUR",
                                                           status_date=date(2026, 12, 28))))
    )  # fmt: skip
    assert money.budget_by_year == pytest.approx({2026: 400, 2027: 600})
    assert money.forecast_by_year == pytest.approx({2026: 400, 2027: 1_600})
    assert (money.budget, money.forecast, money.p80, money.currency) == (1_000, 2_000, 2_000, "EUR")


def test_the_years_of_the_sample_add_up_to_its_totals() -> None:
    money = program_money(program_status(sample(), trials=50))
    assert sum(money.budget_by_year.values()) == pytest.approx(money.budget)
    assert sum(money.forecast_by_year.values()) == pytest.approx(money.forecast)
    assert money.spent < money.forecast < money.p80


def test_without_dates_and_baseline_there_are_totals_only() -> None:
    bare = Project((Activity("A", 3, fixed_cost=5),), members=(ProjectInfo("P"),))
    money = program_money(program_status(Program((bare,)), trials=2))
    assert (money.budget_by_year, money.forecast_by_year) == ({}, {})
    assert (money.budget, money.forecast) == (5, 5)
    assert money.spent != money.spent
