"""Findings in words: over or under, late or early, and what is not known."""

from __future__ import annotations

from datetime import date

import pytest

from pmkit.analysis.earning.earned_value import EarnedValue, earned_value
from pmkit.model.activity import Activity
from pmkit.model.project import Project
from pmkit.model.settings import Settings, StatusPoint
from pmkit.views.status_words import cost_finding, index_text, standing, time_finding

START = date(2026, 3, 2)


def status(pv: float, ev: float, ac: float | None) -> EarnedValue:
    """Two weeks of 100 a day, after the first."""
    work = Activity("A", 10, cost_per_day=100, baseline_start=START,
                    baseline_finish=date(2026, 3, 13))  # fmt: skip
    point = StatusPoint(date(2026, 3, 6), pv, ev, ac)
    return earned_value(
        Project((work,), settings=Settings(start=START, currency="EUR"), status=(point,))
    )


@pytest.mark.parametrize(
    ("ev", "ac", "words"),
    [
        (400, 500, "EUR 100 over budget (CPI 0.80)"),
        (500, 400, "EUR 100 under budget (CPI 1.25)"),
        (500, 500, "on budget (CPI 1.00)"),
        (400, None, "no actual cost is known"),
        (400, 0, "nothing is spent yet"),
    ],
)
def test_cost_is_over_under_on_budget_or_unknown(ev, ac, words):
    assert cost_finding(status(500, ev, ac)) == words


@pytest.mark.parametrize(
    ("ev", "words"),
    [
        (400, "1 working day late (SPI(t) 0.80)"),
        (600, "1 working day early (SPI(t) 1.20)"),
        (500, "on schedule (SPI(t) 1.00)"),
    ],
)
def test_time_is_late_early_or_on_schedule(ev, words):
    assert time_finding(status(500, ev, 500)) == words


def test_the_standing_is_date_cost_and_time():
    assert standing(status(500, 400, 500)) == (
        "6 Mar 2026: EUR 100 over budget (CPI 0.80), 1 working day late (SPI(t) 0.80)"
    )


def test_an_index_close_to_one_has_a_third_decimal():
    assert [index_text(x) for x in (1.0, 0.9971, 1.004, 0.99, 2)] == [
        "1.00", "0.997", "1.004", "0.99", "2.00",
    ]  # fmt: skip
