"""The Gantt chart of work in progress: what is done, the saved baseline, the progress line."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.activity import Activity
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.settings import Settings
from pmkit.views.gantt import gantt_chart, live_gantt
from pmkit.views.show import svg
from pmkit.views.theme import DARK, LIGHT

START = date(2026, 3, 2)  # a Monday
STATUS = date(2026, 3, 6)


def plan(**progress: Any) -> Project:
    """A (done), B (five days, begun), C (waits for B), a milestone; baseline as first planned."""
    first = set_baseline(
        Project(
            (Activity("A", 2), Activity("B", 5), Activity("C", 3), Activity("End", 0)),
            (Dependency("A", "B"), Dependency("B", "C"), Dependency("C", "End")),
            settings=Settings(start=START),
        )
    )
    known = {
        "A": {"actual_start": START, "actual_finish": date(2026, 3, 4)},
        "B": {"actual_start": date(2026, 3, 5), "percent_complete": 20, **progress},
    }
    activities = tuple(replace(a, **known.get(a.id, {})) for a in first.activities)
    return replace(first, activities=activities, settings=replace(first.settings,
                                                                  status_date=STATUS))  # fmt: skip


def state(chart: Any) -> dict[str, Any]:
    """What travels: the value of the chart's ``state`` param."""
    return next(p["value"] for p in chart.to_dict()["params"] if p["name"] == "state")


def key(chart: Any) -> list[str]:
    """The entries of the key."""
    return chart.to_dict()["layer"][-1]["encoding"]["shape"]["scale"]["domain"]


def ms(*moment: int) -> int:
    """Milliseconds from 1970."""
    return int((datetime(*moment) - datetime(1970, 1, 1)).total_seconds() * 1000)


def test_started_work_stands_at_its_actual_dates_and_says_how_far_it_is():
    shown = state(gantt_chart(critical_path(plan())))

    assert shown["begun"] == [2, 1, 0, 0]
    assert shown["percent"] == [100, 20, 0, 0]
    assert shown["start"][:2] == [ms(2026, 3, 2, 8), ms(2026, 3, 5, 8)]
    assert shown["critical"] == [0, 1, 1, 1]


def test_the_done_part_is_that_share_of_the_bar_and_all_of_what_is_complete():
    shown = state(gantt_chart(critical_path(plan())))

    assert shown["done"][0] == shown["finish"][0]
    assert shown["start"][1] < shown["done"][1] < shown["finish"][1]
    assert shown["done"][2] == shown["start"][2]


def test_the_saved_baseline_is_drawn_unasked_where_there_is_progress():
    schedule = critical_path(plan())

    assert "baseline" in key(gantt_chart(schedule))
    assert "baseline" not in key(gantt_chart(schedule, baseline=False))
    assert state(gantt_chart(schedule))["slip"] == [1, 2, 2, 2]  # B: 4 of 5 days from Monday on
    unstarted = critical_path(set_baseline(Project.from_table([("A", 3, "")])))
    assert "baseline" not in key(gantt_chart(unstarted))
    assert "baseline" in key(gantt_chart(unstarted, baseline="saved"))


def test_a_baseline_that_is_not_there_cannot_be_drawn():
    schedule = critical_path(Project.from_table([("A", 3, "")]))

    with pytest.raises(ValueError, match="no activity has a baseline_finish, so there is no saved"):
        gantt_chart(schedule, baseline="saved")


def test_the_progress_line_leaves_the_status_date_for_who_is_behind():
    chart = gantt_chart(critical_path(plan()))

    shown = state(chart)
    assert shown["ahead"] == [0, -2, 0, 0]  # a day of five done on day 5, planned for day 3
    assert shown["point"][1] == ms(2026, 3, 4, 17)
    assert shown["point"][0] == shown["point"][2] == ms(2026, 3, 6, 17)
    assert "progress line" in key(chart)
    lines = [one for one in chart.to_dict()["layer"] if one["mark"]["type"] == "line"]
    assert len(lines) == 2  # a halo and the line


def test_the_progress_line_can_be_left_out():
    chart = gantt_chart(critical_path(plan()), progress_line=False)

    assert "progress line" not in key(chart)
    assert "status date 6 Mar 2026" in key(chart)


def test_the_title_says_what_is_done_and_how_late_it_all_is():
    assert state(gantt_chart(critical_path(plan())))["title"] == (
        "Finish 17 Mar 2026, 2 working days later than the baseline: "
        "1 of 4 activities is done, 3 of the other 3 critical"
    )


def test_when_everything_is_done_the_title_says_that():
    done = tuple(
        replace(a, percent_complete=100, actual_start=START, actual_finish=STATUS)
        for a in plan().activities
    )
    schedule = critical_path(replace(plan(), activities=done))

    assert state(gantt_chart(schedule))["title"].endswith("everything is done")


def test_a_panel_sets_the_state_of_more_progress():
    gantt = live_gantt(critical_path(plan()), "saved")
    more = critical_path(plan(percent_complete=60))

    shown = gantt.state(more)

    assert gantt.fits(more)
    assert shown.keys() == state(gantt.chart).keys()
    assert shown["percent"][1] == 60
    assert json.loads(json.dumps(shown)) == shown


def test_a_plan_without_progress_does_not_fit_the_chart_of_one_with():
    bare = tuple(
        replace(a, actual_start=None, actual_finish=None, percent_complete=None)
        for a in plan().activities
    )
    unstarted = critical_path(replace(plan(), activities=bare))

    assert not live_gantt(critical_path(plan())).fits(unstarted)


def test_activities_that_the_baseline_does_not_hold_are_drawn_all_the_same():
    activities = (*plan().activities, Activity("New", 4))
    schedule = critical_path(replace(plan(), activities=activities))

    chart = gantt_chart(schedule)

    assert state(chart)["slip"][-1] is None
    assert svg(chart).startswith("<svg")


def test_an_undated_plan_in_progress_is_drawn_in_working_days():
    project = Project(
        (Activity("A", 10, actual_start=0, percent_complete=50, baseline_start=0,
                  baseline_finish=10),),
        settings=Settings(status_date=8),
    )  # fmt: skip

    chart = gantt_chart(critical_path(project))

    assert state(chart)["point"] == [5]
    assert "status date 8" in key(chart)
    assert svg(chart).startswith("<svg")


def test_a_level_of_effort_is_a_thin_bar_with_an_entry_of_its_own():
    activities = (*plan().activities, Activity("Office", 5, type="level_of_effort"))
    links = (*plan().dependencies, Dependency("A", "Office", "SS"), Dependency("C", "Office", "FF"))
    schedule = critical_path(replace(plan(), activities=activities, dependencies=links))

    chart = gantt_chart(schedule)

    assert "level of effort" in key(chart)
    assert state(chart)["ahead"][-1] == 0


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("collapse", [False, True])
def test_groups_with_progress_can_be_drawn_open_and_closed(theme, collapse):
    activities = tuple(
        replace(a, wbs=f"1.{n // 2 + 1}.{n}") for n, a in enumerate(plan().activities)
    )
    schedule = critical_path(replace(plan(), activities=activities))

    chart = gantt_chart(schedule, collapse=collapse, theme=theme)

    assert len(state(chart)["slip"]) == len(state(chart)["start"])
    ET.fromstring(svg(chart))
