"""Figures: what they are called, and how they and their differences read."""

from __future__ import annotations

from datetime import datetime
from math import nan
from typing import Any

import pytest

from pmkit.analysis.figures import FIGURES, delta_text, difference, figure_text, number_text


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (-1e-12, "0"), (5.000000000000001, "5"), (0.125, "0.12"), (99.994, "99.99"),
     (123.456, "123.5"), (999.96, "1,000"), (9_999.7, "10,000"), (1_234_567.8, "1,234,568"),
     (-2.5, "-2.5")],
)  # fmt: skip
def test_a_number_has_the_decimals_its_size_deserves(number: float, text: str) -> None:
    assert number_text(number) == text


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("finish", 1.0, "1 day"),
        ("finish_p80", 52.25, "52.25 days"),
        ("finish_date", datetime(2026, 5, 29, 17), "2026-05-29"),
        ("chance_of_plan_finish", 0.05, "5 %"),
        ("cost", 309_400.4, "EUR 309,400"),
        ("critical_activities", 5, "5"),
        ("finish", None, ""),
        ("finish", nan, ""),
    ],
)
def test_a_figure_reads_with_its_unit(name: str, value: Any, text: str) -> None:
    assert figure_text(name, value, "EUR") == text


@pytest.mark.parametrize(
    ("name", "delta", "text"),
    [
        ("finish", 1, "+1 day"),
        ("finish", -2.5, "-2.5 days"),
        ("finish", 1e-12, "no change"),
        ("finish_date", -1, "-1 calendar day"),
        ("chance_of_plan_finish", -0.004, "-0.4 points"),
        ("chance_of_plan_finish", 0.00001, "no change"),
        ("cost_p80", -1200, "-EUR 1,200"),
        ("critical_activities", 2, "+2"),
        ("finish", None, "unknown"),
    ],
)
def test_a_delta_reads_with_its_sign_and_unit(name: str, delta: float | None, text: str) -> None:
    assert delta_text(name, delta, "EUR") == text


def test_dates_differ_in_calendar_days_whatever_the_hour() -> None:
    assert difference(datetime(2026, 6, 1, 8), datetime(2026, 5, 29, 17)) == 3
    assert difference(datetime(2026, 6, 1, 8), None) is None


def test_every_figure_has_its_own_title() -> None:
    titles = [kind.title for kind in FIGURES.values()]
    assert len(set(titles)) == len(titles)
