"""The chart of slips: the latest first, in words and dates."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.activity import Activity
from pmkit.model.project import Project
from pmkit.model.settings import Settings
from pmkit.views.show import svg
from pmkit.views.slips import slip_chart


def test_the_latest_comes_first_and_what_is_on_time_is_left_out():
    plan = Project(
        tuple(Activity(n, d, baseline_start=0, baseline_finish=3) for n, d in
              (("A", 4), ("B", 9), ("C", 3), ("D", 2)))
    )  # fmt: skip

    chart = slip_chart(critical_path(plan))

    rows = next(iter(chart.to_dict()["datasets"].values()))
    assert [row["name"] for row in rows] == ["B", "A"]
    assert [row["text"] for row in rows] == ["+6: was day 3, now 9", "+1: was day 3, now 4"]
    assert chart.title.text == (
        "B is 6 working days later than the baseline; 2 of 4 activities are later"
    )


def test_what_is_finished_says_so_and_has_another_colour():
    done = Activity("A", 4, actual_start=date(2026, 3, 2), actual_finish=date(2026, 3, 6),
                    baseline_start=date(2026, 3, 2), baseline_finish=date(2026, 3, 5))  # fmt: skip
    plan = Project((done,), settings=Settings(start=date(2026, 3, 2),
                                              status_date=date(2026, 3, 9)))  # fmt: skip

    chart = slip_chart(critical_path(plan))

    rows = next(iter(chart.to_dict()["datasets"].values()))
    assert rows[0]["text"] == "+1: was 5 Mar, finished 6 Mar"
    assert "color" in rows[0]
    ET.fromstring(svg(chart))


def test_no_more_than_asked_for_are_shown():
    plan = Project(tuple(Activity(str(n), 5, baseline_finish=1) for n in range(30)))

    chart = slip_chart(critical_path(plan), top=15)

    assert len(next(iter(chart.to_dict()["datasets"].values()))) == 15


def test_a_sentence_stands_in_where_nothing_is_late_or_nothing_is_saved():
    on_time = Project((Activity("A", 3, baseline_start=0, baseline_finish=3),))
    bare = Project.from_table([("A", 3, "")])

    assert slip_chart(critical_path(on_time)).description == (
        "Slip. None of 1 activities finishes later than in the baseline."
    )
    assert "no saved baseline" in slip_chart(critical_path(bare)).description


def test_another_schedule_can_be_the_baseline():
    before = critical_path(Project.from_table([("A", 3, ""), ("B", 2, "A")]))
    after = critical_path(Project.from_table([("A", 5, ""), ("B", 2, "A")]))

    assert slip_chart(after, before).title.text.startswith("A is 2 working days later")
