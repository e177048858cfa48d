"""What drives the finish, the strongest first, with the value in words."""

from __future__ import annotations

from typing import Any

import pytest

from pmkit.analysis.simulating.simulation import simulate
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.views.drivers import criticality_chart, tornado
from pmkit.views.show import svg

ACTIVITIES = (
    Activity("P", 2, "Permit", three_point=ThreePoint(1, 2, 20)),
    Activity("S", 3, "Survey", three_point=ThreePoint(2.9, 3, 3.1)),
    Activity("H", 1, "Handover"),
)


@pytest.fixture(scope="module")
def simulation():
    """Permit beside survey, then a handover that is certain."""
    plan = Project(ACTIVITIES, (Dependency("P", "H"), Dependency("S", "H")))
    return simulate(plan, trials=1000, seed=2)


def rows(chart: Any) -> list[dict[str, Any]]:
    """The bars, from top to bottom."""
    spec = chart.to_dict()
    return spec["datasets"][spec["data"]["name"]]


def test_bars_are_the_criticality_of_the_table_highest_first(simulation):
    shown = rows(criticality_chart(simulation))

    table = simulation.table["criticality"]
    assert [row["name"] for row in shown] == [
        "H \u2013 Handover",
        "P \u2013 Permit",
        "S \u2013 Survey",
    ]
    assert [row["value"] for row in shown] == [
        pytest.approx(100 * table[id_], abs=0.06) for id_ in "HPS"
    ]
    assert all("%" in row["text"] for row in shown)


def test_the_title_names_the_leader(simulation):
    assert criticality_chart(simulation).title.text == (
        "H \u2013 Handover is critical in 100 % of the trials; 3 of 3 activities ever are"
    )
    assert tornado(simulation).title.text.startswith(
        "P \u2013 Permit moves the finish most: schedule "
    )


def test_several_leaders_are_counted():
    plan = Project.from_table([("A", 1, ""), ("B", 1, "A")])

    title = criticality_chart(simulate(plan, trials=50, seed=1)).title.text

    assert title.startswith("2 activities are critical in 100 % of the trials")


def test_what_is_always_critical_but_never_varies_moves_nothing(simulation):
    for measure in ("schedule_sensitivity", "cruciality"):
        names = [row["name"] for row in rows(tornado(simulation, measure))]
        assert names[0] == "P \u2013 Permit"
        assert "H \u2013 Handover" not in names


def test_only_the_first_are_drawn_when_there_are_many(simulation):
    assert len(rows(criticality_chart(simulation, top=2))) == 2


def test_a_plan_without_uncertainty_gets_a_sentence():
    certain = simulate(Project.from_table([("A", 1, "")]), trials=50, seed=1)

    assert tornado(certain).title.subtitle == "No activity moves the finish."


def test_a_measure_that_is_not_in_the_table_is_refused(simulation):
    with pytest.raises(ValueError, match="measure must be one of schedule_sensitivity, cruciality"):
        tornado(simulation, "luck")


def test_drivers_can_be_drawn(simulation):
    for chart in (criticality_chart(simulation), tornado(simulation, "significance")):
        assert svg(chart).startswith("<svg")
