"""Forecast ranges: the rest simulated, and the point forecasts in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from pmkit.analysis.earning.earned_value import earned_value
from pmkit.analysis.earning.forecast_range import forecast_range
from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.model.activity import Activity, Assignment, ThreePoint
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.settings import ProjectInfo, Settings, StatusPoint
from tests.earned_plans import planned, undated
from tests.wording import exactly


def chain(*activities, **fields):
    ids = [activity.id for activity in activities]
    return Project(activities, tuple(Dependency(a, b) for a, b in pairwise(ids)), **fields)


def sure(id_, start, finish, cost, **fields):
    return planned(id_, start, finish, cost, **fields)


HALF = chain(
    sure("A", 0, 10, 1000, percent_complete=100, actual_start=0, actual_finish=12.5,
         actual_cost=1250),
    sure("B", 10, 20, 1000),
    settings=Settings(status_date=12.5),
)  # fmt: skip


def test_a_certain_rest_that_goes_on_as_so_far_ends_where_the_point_forecasts_say():
    # with SPI(t) = 10 / 12.5 and CPI = 0.8, B takes 12.5 days and costs 1,250
    status = earned_value(HALF)
    found = status.ranges(trials=20)
    assert set(found.finish.samples) == {25.0}
    np.testing.assert_allclose(found.cost.samples, status.eac("cpi"))
    assert status.eac_t("es_spi_t") == pytest.approx(25)
    assert found.table.loc[["cpi", "es_spi_t"], "percentile"].tolist() == [100, 100]
    assert found.table.loc[["pf1", "es_pf1"], "percentile"].tolist() == [0, 0]


def test_as_planned_the_rest_takes_and_costs_what_was_estimated():
    found = earned_value(HALF).ranges(trials=20, performance="as_planned")
    assert set(found.finish.samples) == {22.5}
    np.testing.assert_allclose(found.cost.samples, 2250)


def test_work_under_way_keeps_its_actual_cost_and_only_its_rest_is_stretched():
    going = sure("A", 0, 10, 1000, percent_complete=40, actual_start=0, actual_cost=500)
    status = earned_value(chain(going, settings=Settings(status_date=5.0)))
    found = status.ranges(trials=20)
    np.testing.assert_allclose(found.finish.samples, 12.5)
    np.testing.assert_allclose(found.cost.samples, 1250)


@pytest.mark.parametrize("kind", ["fixed", "baseline only", "resources", "series"])
def test_what_is_left_of_the_budget_counts_however_it_is_given(kind):
    fields = {"baseline_start": 0.0, "baseline_finish": 10.0, "percent_complete": 40,
              "actual_start": 0.0, "actual_cost": 500.0}  # fmt: skip
    more, points = (), ()
    if kind == "fixed":
        fields["fixed_cost"] = 1000
    if kind == "baseline only":
        fields["baseline_cost"] = 1000
    if kind == "resources":
        more, fields["resources"] = (Resource("Crew", cost_per_day=50),), (Assignment("Crew", 2),)
    if kind == "series":
        fields["cost_per_day"], fields["actual_cost"] = 100, None
        points = (StatusPoint(5, ac=500),)
    plan = Project((Activity("A", 10, **fields),), resources=more, status=points,
                   settings=Settings(status_date=5.0))  # fmt: skip
    status = earned_value(plan)
    assert status.eac("cpi") == pytest.approx(1250)
    np.testing.assert_allclose(status.ranges(trials=10).cost.samples, 1250)


def test_an_uncertain_rest_makes_a_range_with_the_point_forecasts_in_it():
    done = sure("A", 0, 10, 1000, percent_complete=100, actual_start=0, actual_finish=10,
                actual_cost=1000)  # fmt: skip
    rest = Activity("B", 10, three_point=ThreePoint(6, 10, 20), cost_per_day=100,
                    baseline_start=10.0, baseline_finish=20.0)  # fmt: skip
    status = earned_value(chain(done, rest, settings=Settings(status_date=10.0)))
    found = status.ranges(trials=4000, seed=3)
    assert found.finish.mean() == pytest.approx(10 + 11, abs=0.2)
    assert found.finish.quantile(0.1) < 20 < found.finish.quantile(0.9)
    percentile = found.table.loc["es_spi_t", "percentile"]
    assert percentile == pytest.approx(100 * found.finish.probability(20))
    again = status.ranges(trials=4000, seed=3)
    np.testing.assert_array_equal(again.finish.samples, found.finish.samples)


def test_a_program_is_simulated_as_a_whole():
    def member(id_, *activities):
        return Project(activities, members=(ProjectInfo(id_),))

    program = set_baseline(Program(
        (member("P", Activity("A", 10, cost_per_day=100)),
         member("Q", Activity("A", 10, three_point=ThreePoint(8, 10, 15), cost_per_day=50))),
        (Dependency("P.A", "Q.A"),), settings=Settings(start=date(2026, 1, 5)),
    ))  # fmt: skip
    begun = replace(program.projects[0]["A"], percent_complete=50, actual_cost=600,
                    actual_start=date(2026, 1, 5))  # fmt: skip
    program = replace(
        program,
        projects=(replace(program.projects[0], activities=(begun,)), program.projects[1]),
        settings=replace(program.settings, status_date=date(2026, 1, 9)),
    )
    status = earned_value(program)
    found = status.ranges(trials=200)
    assert found.finish.is_dated
    # what remains costs 1 / CPI times as much: 500 of P, and Q's 10.5 days at 50
    assert found.cost.mean() == pytest.approx(600 + 1.2 * (500 + 50 * 10.5), rel=0.01)


def test_without_indices_the_rest_goes_as_planned_and_a_note_says_so():
    going = sure("A", 0, 10, 1000, percent_complete=50, actual_start=0)
    found = earned_value(chain(going, settings=Settings(status_date=5.0))).ranges(trials=10)
    assert found.notes == ("CPI does not exist yet: the rest costs as much as planned",)
    np.testing.assert_allclose(found.cost.samples, 1000)


def test_a_rest_that_nobody_reports_by_activity_cannot_be_simulated():
    plan = undated(planned("A", 0, 10, 100), status=(StatusPoint(5, ev=40, ac=50),))
    sentence = (
        "ranges: what remains is known from the progress of the activities (percent_complete, "
        "actual dates), and none is reported"
    )
    with pytest.raises(PlanError, match=exactly(sentence)):
        earned_value(plan).ranges()


def test_the_rest_begins_at_the_status_date():
    sentence = (
        "ranges: the rest is simulated from the status date, and the last date measured, 10.0, is "
        "before it"
    )
    with pytest.raises(PlanError, match=exactly(sentence)):
        forecast_range(earned_value(HALF, at=10))


def test_another_performance_is_refused():
    sentence = "performance must be one of so_far, as_planned, got 'hoped'"
    with pytest.raises(ValueError, match=exactly(sentence)):
        earned_value(HALF).ranges(performance="hoped")


def test_it_reads_in_one_line_and_as_a_table():
    found = earned_value(HALF).ranges(trials=20)
    assert repr(found) == (
        "ForecastRange, the rest goes as the work so far: finish P50 25.0 d, P80 25.0 d; "
        "cost P50 2,500, P80 2,500"
    )
    assert "<th>es_spi_t</th>" in found._repr_html_()
