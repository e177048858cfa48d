"""Cost and finish together: shares of cells, and four corners that add up."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from pmkit.analysis.simulating.simulation import simulate
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.project import Project
from pmkit.model.settings import Settings
from pmkit.views.joint import joint_chart
from pmkit.views.show import svg


@pytest.fixture(scope="module")
def simulation():
    """A dated activity whose cost is uncertain beyond its duration."""
    activity = Activity(
        "A", three_point=ThreePoint(5, 8, 20), cost_per_day=100,
        fixed_cost_estimate=ThreePoint(0, 500, 3000),
    )  # fmt: skip
    plan = Project((activity,), settings=Settings(start=date(2026, 3, 2), currency="EUR"))
    return simulate(plan, trials=4000, seed=5)


def datasets(chart: Any) -> list[list[dict[str, Any]]]:
    """All inline data of the chart."""
    return list(chart.to_dict()["datasets"].values())


def test_cells_hold_all_trials_and_there_are_far_fewer_than_trials(simulation):
    cells = next(rows for rows in datasets(joint_chart(simulation)) if "share" in rows[0])

    assert sum(cell["share"] for cell in cells) == pytest.approx(100, abs=0.5)
    assert len(cells) < 900


def test_the_title_is_the_joint_confidence_of_both_p80s(simulation):
    both = simulation.joint(
        finish=simulation.finish.quantile(0.8), cost=simulation.cost.quantile(0.8)
    )

    chart = joint_chart(simulation)

    assert chart.title.text.startswith(f"{100 * both:.0f} % sure of both limits: within ")
    assert chart.title.subtitle == "Finish alone 80 %, cost alone 80 %"


def test_the_four_corners_are_all_trials(simulation):
    words = [rows[0]["text"] for rows in datasets(joint_chart(simulation)) if "text" in rows[0]]

    corners = {re.sub(r":.*", "", text): int(re.findall(r"\d+", text)[-1]) for text in words}
    assert set(corners) == {"both kept", "late only", "over cost only", "late and over cost"}
    assert sum(corners.values()) == pytest.approx(100, abs=2)


def test_limits_may_be_dates(simulation):
    by_date = joint_chart(simulation, finish=date(2026, 3, 13), cost=2500)
    by_days = joint_chart(simulation, finish=10, cost=2500)

    assert by_date.title.text == by_days.title.text
    assert "13 Mar 2026 and EUR 2,500" in by_date.title.text


def test_a_plan_without_costs_gets_a_sentence():
    free = simulate(Project((Activity("A", three_point=ThreePoint(1, 2, 3)),)), trials=50, seed=1)

    assert joint_chart(free).title.subtitle == "The plan has no costs."


def test_it_can_be_drawn(simulation):
    assert svg(joint_chart(simulation)).startswith("<svg")
