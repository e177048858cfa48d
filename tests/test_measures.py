"""Words and axes of finishes and costs."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.simulating.simulation import simulate
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.project import Project
from pmkit.model.settings import Settings
from pmkit.views.measures import CostMeasure, FinishMeasure, multiples, nice_step


def simulation(**settings):
    """One uncertain activity that costs money."""
    activity = Activity("A", three_point=ThreePoint(2, 3, 7), cost_per_day=1000)
    return simulate(Project((activity,), settings=Settings(**settings)), trials=100, seed=1)


def test_a_dated_finish_is_named_by_its_date_and_an_undated_one_by_its_days():
    dated, undated = simulation(start=date(2026, 3, 2)), simulation()

    assert FinishMeasure(dated).text(5) == "6 Mar 2026"
    assert FinishMeasure(undated).text(5) == "5 working days"


def test_ticks_of_a_finish_are_whole_working_days_that_step_over_weekends():
    scale = FinishMeasure(simulation(start=date(2026, 3, 2))).scale(4, 8, 5)

    assert scale.ticks == [4, 5, 6, 7, 8]
    assert scale.labels[:3] == [["5 Mar", "2026"], ["6 Mar", ""], ["9 Mar", ""]]


def test_a_cost_is_named_with_its_currency():
    measure = CostMeasure(simulation(currency="EUR"))

    assert measure.text(1_250_000) == "EUR 1.25 M"
    assert measure.title == "Total cost (EUR)"


@given(st.floats(1e-6, 1e12), st.integers(2, 60))
def test_a_nice_step_leaves_no_more_steps_than_asked_for_and_not_far_fewer(span, most):
    step = nice_step(span, most, ())

    assert span / step <= most * 1.000001
    assert span / step >= most / 2.6


@given(st.floats(-1e6, 1e6), st.floats(0.1, 1e4), st.sampled_from([0.1, 0.25, 1, 5, 1000]))
def test_multiples_lie_between_the_ends_one_step_apart(low, span, step):
    found = multiples(low, low + span, step)

    assert all(low - 1e-6 <= value <= low + span + 1e-6 for value in found)
    assert all(abs(b - a - step) < 1e-6 for a, b in pairwise(found))
