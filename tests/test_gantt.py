"""The chart as data: what it encodes and says, never its pixels."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.activity import Activity
from pmkit.model.project import Project
from pmkit.model.settings import Settings
from pmkit.views.gantt import gantt_chart, live_gantt
from pmkit.views.show import svg
from pmkit.views.theme import DARK, LIGHT

TABLE = [("Z", 2, ""), ("A", 1, "Z"), ("B", 4, "Z"), ("End", 0, "A; B")]


def plan(**settings: Any) -> Project:
    """Z then A beside B, then a milestone; Z, B and the end are critical."""
    return Project.from_table(TABLE, settings=Settings(**settings))


def state(chart: Any) -> dict[str, Any]:
    """What travels: the value of the chart's ``state`` param."""
    return next(p["value"] for p in chart.to_dict()["params"] if p["name"] == "state")


def items(chart: Any) -> list[dict[str, Any]]:
    """What stays: one dict per activity or group."""
    spec = chart.to_dict()
    return spec["datasets"][spec["data"]["name"]]


def key(chart: Any) -> list[str]:
    """The entries of the key."""
    return chart.to_dict()["layer"][-1]["encoding"]["shape"]["scale"]["domain"]


def layers(chart: Any, mark: str) -> list[dict[str, Any]]:
    """The layers of one mark."""
    return [one for one in chart.to_dict()["layer"] if one["mark"]["type"] == mark]


def test_rows_are_activities_in_the_order_of_the_plan_from_top_to_bottom():
    chart = gantt_chart(critical_path(plan()))

    assert [item["name"] for item in items(chart)] == ["Z", "A", "B", "End"]
    assert [item["row"] for item in items(chart)] == [0, 1, 2, 3]
    y = chart.to_dict()["layer"][1]["encoding"]["y"]["scale"]
    assert y["reverse"] is True


def test_bars_float_and_criticality_are_those_of_the_schedule():
    schedule = critical_path(plan())

    shown = state(gantt_chart(schedule))

    assert shown["start"] == [0, 2, 2, 6]
    assert shown["finish"] == [2, 3, 6, 6]
    assert shown["late"] == [2, 6, 6, 6]
    assert shown["float"] == [0, 3, 0, 0]
    assert shown["critical"] == [1, 0, 1, 1]


def test_dates_are_utc_instants_so_that_every_time_zone_draws_the_same():
    chart = gantt_chart(critical_path(plan(start=date(2026, 3, 2))))

    assert state(chart)["start"][0] == 1_772_438_400_000  # Monday 2 March 2026, 08:00
    assert state(chart)["finish"][0] == 1_772_557_200_000  # Tuesday 3 March 2026, 17:00
    assert state(chart)["tick_labels"][0] == ["2 Mar", "2026"]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_critical_bar_has_a_stripe_so_that_colour_is_not_alone(theme):
    chart = gantt_chart(critical_path(plan()), theme=theme)

    stripes = [one for one in layers(chart, "rule")
               if "datum.critical" in str(one.get("transform"))]  # fmt: skip
    assert [one["mark"]["color"] for one in stripes] == [theme.background]
    assert key(chart)[:3] == ["critical", "has float", "total float"]


def test_the_title_is_the_finding():
    dated = critical_path(plan(start=date(2026, 3, 2)))

    assert state(gantt_chart(critical_path(plan())))["title"] == (
        "Finish after 6 working days: 3 of 4 activities are critical"
    )
    assert state(gantt_chart(dated))["title"] == "Finish 9 Mar 2026: 3 of 4 activities are critical"
    assert gantt_chart(dated).to_dict()["description"] == (
        "Gantt chart. Finish 9 Mar 2026: 3 of 4 activities are critical."
    )


def test_a_baseline_stands_behind_and_the_title_says_what_moved():
    before = critical_path(plan())
    after = critical_path(Project.from_table([("Z", 2, ""), ("A", 1, "Z"), ("B", 5, "Z"),
                                              ("End", 0, "A; B")]))  # fmt: skip

    chart = gantt_chart(after, before, baseline_name="plan")

    assert state(chart)["title"].startswith("Finish after 7 working days, 1 working day later than")
    assert [item["base_finish"] for item in items(chart)] == [2, 3, 6, 6]
    assert "plan" in key(chart)


def test_a_scenario_may_be_called_like_an_entry_of_the_key():
    schedule = critical_path(plan())

    entries = key(gantt_chart(schedule, schedule, baseline_name="critical"))

    assert len(set(entries)) == len(entries) == 6


def test_negative_float_is_drawn_and_said():
    chart = gantt_chart(critical_path(plan(start=date(2026, 3, 2), finish=date(2026, 3, 5))))

    assert state(chart)["title"].endswith("critical, float down to \u22122 working days")
    assert "negative float" in key(chart)


def test_the_status_date_of_the_plan_is_a_line_unless_another_is_asked_for():
    schedule = critical_path(plan(start=date(2026, 3, 2), status_date=date(2026, 3, 4)))

    assert "status date 4 Mar 2026" in key(gantt_chart(schedule))
    assert "today 5 Mar 2026" in key(gantt_chart(schedule, today=date(2026, 3, 5)))
    assert not any("date" in entry for entry in key(gantt_chart(critical_path(plan()))))


def test_weekends_are_shaded_on_a_short_dated_plan_and_not_on_a_long_one():
    short = critical_path(plan(start=date(2026, 3, 2)))
    long = critical_path(
        Project.from_table([("A", 300, "")], settings=Settings(start=date(2026, 3, 2)))
    )

    assert state(gantt_chart(short))["shade"] == 1
    assert state(gantt_chart(long))["shade"] == 0
    assert len(layers(gantt_chart(short), "rect")) == len(layers(gantt_chart(long), "rect")) + 1


def test_an_undated_axis_counts_working_days():
    chart = gantt_chart(critical_path(plan()))

    across = [one["encoding"].get("x", {}) for one in chart.to_dict()["layer"]]
    axes = [x["axis"] for x in across if x.get("axis")]
    assert [axis["title"] for axis in axes] == ["Working days after project start"]


def test_dependencies_of_a_small_plan_are_arrows_between_the_right_ends():
    project = Project.from_table([("A", 3, ""), ("B", 2, "A SS+1")])

    chart = gantt_chart(critical_path(project))

    datasets = chart.to_dict()["datasets"].values()
    arrows = next(rows for rows in datasets if "from_finish" in rows[0])
    assert [(a["a"], a["b"], a["from_finish"], a["to_finish"]) for a in arrows] == [
        (0, 1, False, False)
    ]
    assert "dependency" not in key(gantt_chart(critical_path(project), arrows=False))


def test_a_closed_group_spans_its_activities():
    activities = tuple(Activity(str(n), n, wbs=f"1.{n // 3 + 1}.{n}") for n in range(1, 7))
    schedule = critical_path(Project(activities))

    chart = gantt_chart(schedule, collapse=True)

    groups = [item for item in items(chart) if item["kind"] == "summary"]
    assert [g["name"] for g in groups] == [
        "WBS 1.1, 2 activities", "WBS 1.2, 3 activities", "WBS 1.3, 1 activities",
    ]  # fmt: skip
    assert state(chart)["finish"][-3:] == [2, 5, 6]
    assert state(chart)["critical"][-3:] == [0, 0, 1]
    assert chart.title.subtitle.startswith("Groups are closed")


def test_rows_grow_narrower_with_their_number_but_stay_legible():
    def row_height(count: int) -> float:
        project = Project(tuple(Activity(str(n), 1) for n in range(count)))
        return gantt_chart(critical_path(project)).height / count

    assert [row_height(count) for count in (5, 30, 100, 500)] == [26, 20, 17, 15]


def test_another_schedule_is_another_state_of_the_same_chart():
    before = critical_path(plan(start=date(2026, 3, 2)))
    slow = replace(plan(start=date(2026, 3, 2)),
                   activities=(Activity("Z", 2), Activity("A", 9), Activity("B", 4),
                               Activity("End", 0)))  # fmt: skip
    gantt = live_gantt(before, before, baseline_name="plan")

    shown = gantt.state(critical_path(slow))

    assert shown.keys() == state(gantt.chart).keys()
    assert shown["critical"] == [1, 1, 0, 1]
    assert "5 working days later than the plan" in shown["title"]
    assert json.loads(json.dumps(shown)) == shown


def test_a_live_chart_says_which_schedules_fit_its_rows():
    gantt = live_gantt(critical_path(plan()))

    assert gantt.fits(critical_path(plan()))
    assert not gantt.fits(critical_path(Project.from_table(TABLE[:2])))
    assert not gantt.fits(critical_path(plan(start=date(2026, 3, 2))))


@pytest.mark.parametrize("count", [1, 5, 100, 700])
def test_every_size_of_plan_can_be_drawn(count):
    project = Project(tuple(Activity(str(n), n % 4) for n in range(count)))

    assert svg(gantt_chart(critical_path(project))).startswith("<svg")


def test_a_plan_of_milestones_only_can_be_drawn():
    project = Project.from_table([("A", 0, ""), ("B", 0, "A")])

    assert svg(gantt_chart(critical_path(project))).startswith("<svg")
