"""Quantiles, probabilities and their errors, from a list of trials."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.simulating.sample_distribution import SampleDistribution
from pmkit.model.calendar import Calendar
from pmkit.model.worktime import TICKS_PER_HOUR, WorkClock, to_tick

SAMPLES = st.lists(st.floats(0, 1e6), min_size=1, max_size=60).map(np.array)
DAY = 8 * TICKS_PER_HOUR


def dated(*days: float) -> SampleDistribution:
    clock = WorkClock(Calendar.standard(), to_tick(datetime(2026, 3, 2)))  # a Monday
    return SampleDistribution("finish", np.array(days), "d", clock, DAY)


@given(SAMPLES, st.floats(0, 1))
def test_the_probability_of_a_quantile_is_at_least_its_share(samples: np.ndarray, q: float) -> None:
    distribution = SampleDistribution("finish", samples)
    assert distribution.probability(distribution.quantile(q)) >= q - 1e-9


@given(SAMPLES, st.floats(0, 1), st.floats(0, 1))
def test_quantiles_never_fall(samples: np.ndarray, a: float, b: float) -> None:
    distribution = SampleDistribution("finish", samples)
    assert distribution.quantile(min(a, b)) <= distribution.quantile(max(a, b))


@given(SAMPLES, st.floats(0, 1e6), st.floats(0, 1e6))
def test_probabilities_never_fall(samples: np.ndarray, a: float, b: float) -> None:
    distribution = SampleDistribution("finish", samples)
    assert distribution.probability(min(a, b)) <= distribution.probability(max(a, b))


def test_a_number_that_went_through_a_division_still_counts_as_at_most() -> None:
    assert SampleDistribution("finish", np.array([0.1 + 0.2])).probability(0.3) == 1


def test_a_date_without_a_time_is_the_end_of_that_working_day() -> None:
    finish = dated(1.0, 1.5, 2.0, 2.5)
    assert finish.probability(date(2026, 3, 2)) == 0.25
    assert finish.probability("2026-03-03") == 0.75
    assert finish.probability(datetime(2026, 3, 3, 12)) == 0.5
    assert finish.probability("2026-03-03T12:00") == 0.5
    assert finish.probability("2.0") == 0.75


def test_a_finish_at_the_end_of_friday_is_not_shown_on_monday() -> None:
    assert dated(5.0).date_quantile(0.5) == datetime(2026, 3, 6, 17)


def test_without_a_start_there_is_no_date() -> None:
    assert SampleDistribution("finish", np.array([1.0])).date_quantile(0.5) is None
    with pytest.raises(
        ValueError,
        match=r"finish: a limit must be a number \(the plan has no start date\), got 2026-03-02",
    ):
        SampleDistribution("finish", np.array([1.0])).probability(date(2026, 3, 2))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("soon", "finish: a limit must be a number or a date such as 2026-05-29, got 'soon'"),
        (float("nan"), "finish: a limit must be a number or a date, got nan"),
    ],
)
def test_a_limit_that_is_none_is_refused(wrong: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        dated(1.0).probability(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("q", [-0.1, 1.1, 80, float("nan")])
def test_a_quantile_outside_0_to_1_is_refused(q: float) -> None:
    with pytest.raises(ValueError, match=r"finish: a quantile must be between 0 and 1 \(0.8 for"):
        dated(1.0).quantile(q)


def test_standard_errors_are_what_repetition_shows() -> None:
    rng = np.random.default_rng(5)
    count, repeats = 2_000, 300
    runs = [SampleDistribution("cost", rng.normal(100, 15, count)) for _ in range(repeats)]
    p80 = [run.quantile(0.8) for run in runs]
    means = [run.mean() for run in runs]
    shares = [run.probability(110) for run in runs]
    # a standard deviation from 300 repeats is itself known to 4 %
    assert np.mean([r.quantile_error(0.8) for r in runs]) == pytest.approx(np.std(p80), rel=0.15)
    assert np.mean([r.standard_error() for r in runs]) == pytest.approx(np.std(means), rel=0.15)
    assert runs[0].probability_error(110) == pytest.approx(np.std(shares), rel=0.15)


def test_an_exact_figure_has_no_error() -> None:
    exact = SampleDistribution("cost", np.full(50, 7.0))
    assert (exact.std(), exact.standard_error(), exact.quantile_error(0.8)) == (0, 0, 0)
    assert SampleDistribution("cost", np.array([7.0])).std() == 0


def test_the_trials_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        dated(1.0).samples[0] = 2


def test_explain_puts_the_numbers_in() -> None:
    lines = str(dated(*np.arange(1.0, 11.0)).explain(0.8))
    assert "rank = 0.8 x 10 trials = 8" in lines
    assert "finish P80 = 8.0 d (2026-03-11)" in lines


def test_every_trial_is_in_the_histogram() -> None:
    histogram = dated(1, 2, 2, 9).histogram(bins=4)
    assert histogram.counts.tolist() == [3, 0, 0, 1]
    assert len(histogram.edges) == 5


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (1_234_567, "1.23 M EUR"),
        (8_483, "8,483 EUR"),
        (2.5e9, "2.50 bn EUR"),
        (12.345, "12.35 EUR"),
    ],
)
def test_money_reads_as_people_write_it(money: float, text: str) -> None:
    cost = SampleDistribution("cost", np.array([money]), "EUR")
    assert cost.amount(money) == text
