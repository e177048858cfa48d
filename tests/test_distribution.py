"""Curves and histograms as data: shares add up, labels are the quantiles, no trial travels."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import numpy as np
import pytest

from pmkit.analysis.simulating.simulation import simulate
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.settings import Settings
from pmkit.views.distribution import cost_chart, finish_chart, live_cost, live_finish
from pmkit.views.show import svg
from pmkit.views.theme import DARK


def simulation(pessimistic: float = 9, *, start: date | None = date(2026, 3, 2), trials: int = 800):
    """Two uncertain activities in a row, with a daily cost."""
    activities = (
        Activity("A", 4, three_point=ThreePoint(3, 4, pessimistic), cost_per_day=1000),
        Activity("B", 2, three_point=ThreePoint(1, 2, 4), cost_per_day=500),
    )
    plan = Project(activities, (Dependency("A", "B"),), settings=Settings(start=start))
    return simulate(plan, trials=trials, seed=3)


def certain(**settings: Any):
    """A plan in which nothing is uncertain."""
    return simulate(Project((Activity("A", 4),), settings=Settings(**settings)), trials=50, seed=1)


def state(chart: Any) -> dict[str, Any]:
    """What travels: the value of the chart's ``state`` param."""
    return next(p["value"] for p in chart.to_dict()["params"] if p["name"] == "state")


def test_shares_of_the_bins_add_up_to_all_trials():
    shown = state(finish_chart(simulation(), {"slow": simulation(15)}))

    assert [sum(bins) for bins in shown["bins"]] == [pytest.approx(100, abs=0.1)] * 2
    assert len(shown["edges"]) == len(shown["bins"][0]) + 1 == len(shown["bin_text"]) + 1


def test_marks_are_the_quantiles_of_the_simulation():
    one = simulation()

    shown = state(finish_chart(one))

    assert shown["marks"] == [[pytest.approx(one.finish.quantile(q)) for q in (0.5, 0.8, 0.95)]]
    p80 = one.finish.date_quantile(0.8)
    assert shown["mark_text"][0][1] == f"P80  {p80.day} Mar 2026"


def test_the_curve_rises_from_the_first_trial_to_the_last():
    one = simulation()

    (curve,) = state(finish_chart(one))["curve"]

    assert curve == sorted(curve)
    assert curve[0] == pytest.approx(one.finish.samples.min(), abs=1e-4)
    assert curve[-1] == pytest.approx(one.finish.samples.max(), abs=1e-4)


def test_what_travels_does_not_grow_with_the_number_of_trials():
    few, many = (len(json.dumps(state(finish_chart(simulation(trials=n))))) for n in (500, 20_000))

    assert many < 1.3 * few < 10_000


def test_the_title_says_how_sure_the_planned_date_is():
    one = simulation()
    chance = one.finish.probability(6)

    title = state(finish_chart(one))["title"]

    assert title.endswith(f"{100 * chance:.0f} % sure of the planned 9 Mar 2026")
    assert title.startswith("80 % sure to finish by ")


def test_an_undated_title_counts_working_days():
    title = state(finish_chart(simulation(start=None)))["title"]

    assert title.startswith("80 % sure to finish within ")
    assert title.endswith("the planned 6 working days")


def test_two_scenarios_differ_in_line_as_well_as_in_colour_and_the_key_names_them():
    chart = finish_chart(simulation(), {"late permit": simulation(15)})

    top = chart.to_dict()["vconcat"][0]["layer"][1]["encoding"]
    assert len({tuple(dash) for dash in top["strokeDash"]["scale"]["range"]}) == 2
    assert len(set(top["color"]["scale"]["range"])) == 2
    assert [name.split(":")[0] for name in state(chart)["names"]] == ["plan", "late permit"]
    assert "later than the plan" in state(chart)["title"]


def test_a_scenario_that_changes_nothing_is_said_to_change_nothing():
    title = state(finish_chart(simulation(), {"same": simulation()}))["title"]

    assert title.endswith(", as in the plan")


def test_costs_have_their_own_words():
    dearer = {"dearer": simulation(15)}

    assert state(cost_chart(simulation()))["title"].startswith("80 % sure of a cost within ")
    assert state(cost_chart(simulation(), dearer))["title"].endswith("more than the plan")
    assert state(cost_chart(simulation(), dearer | {"same": simulation()}))["title"].startswith(
        "P80 of the cost lies between "
    )


def test_a_certain_plan_has_one_value_and_room_on_either_side():
    shown = state(finish_chart(certain(start=date(2026, 3, 2))))

    assert shown["low"] < 4 < shown["high"]
    assert sorted(shown["bins"][0])[-1] == 100


def test_a_value_on_an_edge_counts_to_the_bin_that_it_ends():
    shown = state(finish_chart(certain()))

    full = shown["bins"][0].index(100)
    assert shown["edges"][full + 1] == 4


def test_another_simulation_is_another_state_of_the_same_chart():
    one, other = simulation(), simulation(15)
    for prepared in (live_finish(one, {"scenario": one}), live_cost(one, {"scenario": one})):
        shown = prepared.state(one, {"scenario": other})

        assert prepared.fits({"another name": other})
        assert not prepared.fits()
        assert shown.keys() == state(prepared.chart).keys()
        assert json.loads(json.dumps(shown)) == shown
        assert np.argmax(shown["bins"][0]) <= np.argmax(shown["bins"][1])


def test_the_planned_finish_follows_the_plan_that_was_simulated():
    slow = Project((Activity("A", 30, three_point=ThreePoint(3, 30, 40)),))
    prepared = live_finish(simulation(start=None))

    assert prepared.state(simulate(slow, trials=100, seed=1))["planned"][0] == 30


@pytest.mark.parametrize("others", [{}, {"slow": simulation(15)}])
def test_every_distribution_can_be_drawn_in_the_dark(others):
    for chart in (finish_chart, cost_chart):
        assert DARK.background in svg(chart(simulation(), others, theme=DARK))


def test_a_plan_that_is_certain_and_free_can_be_drawn():
    assert svg(cost_chart(certain())).startswith("<svg")
    assert svg(finish_chart(certain())).startswith("<svg")
