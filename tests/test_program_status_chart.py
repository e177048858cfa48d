"""The status of a program, drawn: what the rows hold, and that no colour stands alone."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest

from pmkit.analysis.governing.program_status import ProgramStatus, program_status
from pmkit.data import sample
from pmkit.model.activity import Activity
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo
from pmkit.views.program_status import program_status_chart
from pmkit.views.program_status_rows import MOST, ROW
from pmkit.views.show import svg
from pmkit.views.theme import DARK


def _member(id_: str, days: float, name: str = "", cost: float = 1_000, **plan: Any) -> Project:
    plan = {"baseline_start": 0, "baseline_finish": 10, "baseline_cost": 1_000} | plan
    build = Activity("Build", days, fixed_cost=cost, **plan)
    return Project((build,), members=(ProjectInfo(id_, name),))


def _texts(chart: Any) -> list[str]:
    return [e.text or "" for e in ET.fromstring(svg(chart)).iter() if e.tag.endswith("text")]


def _rows(chart: Any) -> list[dict[str, Any]]:
    return list(chart.layer[0].data.values)


@pytest.fixture(scope="module")
def status() -> ProgramStatus:
    return program_status(sample(), reported={"Depot": "green"})


def test_the_title_counts_the_colours_and_the_subtitle_tells_what_hides(
    status: ProgramStatus,
) -> None:
    title = program_status_chart(status).title
    assert title.text == "2 of 3 projects are red, 1 amber; the program is red"
    assert title.subtitle[1] == "Program CPI 0.97 hides Depot at 0.81"


def test_every_row_has_its_colour_in_words_and_its_figures(status: ProgramStatus) -> None:
    texts = _texts(program_status_chart(status))
    assert {"Depot \u2013 Charging depot", "red, reported green", "amber: time amber, cost green",
            "Program"} <= set(texts)  # fmt: skip
    assert {"5 Aug", "3 Aug", "25 Aug", "+18.5 %", "100 %", "Finish"} <= set(texts)


def test_places_follow_the_numbers_and_both_tracks_stay_apart(status: ProgramStatus) -> None:
    chart = program_status_chart(status, width=700)
    depot, fleet, service, whole = _rows(chart)
    assert depot["finish_target"] < depot["finish_limit"] < depot["finish_p50"] < depot["finish_to"]
    assert fleet["finish_p50"] <= fleet["finish_limit"] < fleet["finish_to"]  # amber
    assert service["finish_p50"] == whole["finish_p50"]
    assert depot["cost_limit"] < depot["cost_p50"]
    for row in (depot, fleet, service, whole):
        assert row["finish_beside"] < row["cost_target"] < row["cost_beside"] < 700
        assert row["cost_target"] == depot["cost_target"]  # 100 % of each budget
    assert chart.height == 4 * ROW


def test_colour_is_never_alone(status: ProgramStatus) -> None:
    program = Program((_member("Red", 12), _member("Green", 9)))
    shapes = {"circle", "triangle-up", "square", "cross"}
    spec = program_status_chart(program_status(program, trials=2)).to_dict()
    found = [layer["encoding"]["shape"]["scale"]["range"] for layer in spec["layer"]
             if "shape" in layer.get("encoding", {})]  # fmt: skip
    assert [set(one) for one in found] == [shapes]
    assert {row["state"] for row in _rows(program_status_chart(status, theme=DARK))} == {
        "red, reported green", "amber: time amber, cost green", "red: time red, cost green"
    }  # fmt: skip


def test_a_plan_without_dates_and_without_what_was_agreed_is_drawn_too() -> None:
    bare = _member("Bare", 4, baseline_start=None, baseline_finish=None)
    chart = program_status_chart(program_status(Program((bare, _member("P", 12))), trials=2))
    texts = _texts(chart)
    assert {"day 4", "day 12", "green: time unknown, cost green"} <= set(texts)
    assert "finish_target" not in _rows(chart)[0]
    alone = program_status(Program((_member("P", 12),)), trials=2)
    assert program_status_chart(alone).title.text == "The one project is red; the program is red"


def test_a_project_that_costs_nothing_has_a_finish_only() -> None:
    free = _member("Free", 12, cost=0, baseline_cost=None)
    chart = program_status_chart(program_status(Program((free,)), trials=2))
    assert "cost_p50" not in _rows(chart)[0]
    assert "red: time red, cost unknown" in _texts(chart)


def test_of_many_projects_the_worst_are_drawn() -> None:
    members = [_member(f"P{n}", 9 if n < 20 else 12) for n in range(40)]
    chart = program_status_chart(program_status(Program(tuple(members)), trials=2))
    rows = _rows(chart)
    assert len(rows) == MOST + 1
    assert [row["mark"] for row in rows].count("red") == 21  # with the program
    assert chart.title.subtitle[0].endswith(f"The worst {MOST} of 40")


def test_what_people_typed_is_only_words() -> None:
    program = Program((_member("<b>x</b>" * 9, 12, "<script>"), _member("Q", 9)))
    drawn = svg(program_status_chart(program_status(program, trials=2)))
    assert "<b>" not in drawn
    assert "<script>" not in drawn
