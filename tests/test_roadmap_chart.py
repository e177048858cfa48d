"""Projects that work together, drawn: the roadmap, a slip followed, joint confidence."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.together.interfaces import interfaces
from pmkit.analysis.together.program_simulation import simulate_program
from pmkit.analysis.together.propagation import propagate
from pmkit.data import sample
from pmkit.model.activity import Activity
from pmkit.model.benefit import Benefit
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.scenario import Scenario
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.strategy import Strategy
from pmkit.views.joint import joint_chart
from pmkit.views.show import svg
from pmkit.views.theme import DARK
from pmkit.views.together import joint_confidence_chart, propagation_chart, roadmap_chart
from tests.test_project_float import _project

_MINUS = "\u2212"


def _texts(chart: Any) -> list[str]:
    return [e.text or "" for e in ET.fromstring(svg(chart)).iter() if e.tag.endswith("text")]


def _rows(chart: Any, field: str) -> list[dict[str, Any]]:
    """The data of the first layer that has a field."""
    for layer in chart.layer:
        values = layer.data.values
        if values and field in values[0]:
            return [dict(one) for one in values]
    raise AssertionError(f"no layer has {field}")


def _many(count: int, *, dated: bool = True) -> Program:
    start = Settings(start=date(2026, 1, 5)) if dated else Settings()
    projects = tuple(
        _project(f"P{n:02}", ("A", 5 + n % 7, ""), ("B", 5, "A"), settings=start)
        for n in range(count)
    )
    links = tuple(Dependency(f"P{n:02}.A", f"P{n + 1:02}.B") for n in range(count - 1))
    return Program(projects, links, start)


def test_every_project_has_a_lane_and_every_open_interface_a_number_and_a_line() -> None:
    texts = _texts(roadmap_chart(sample()))
    assert {"Depot", "Fleet", "Service", "Program", "Amara Okafor"} <= set(texts)
    assert {"11 d later", "as in the baseline", "7 d later", "20 Jul"} <= set(texts)
    assert {"Depot handed over", "Depot \u2192 Service", "8 Jul", "29 Jun"} <= set(texts)
    assert f"{_MINUS}7 d" in texts
    assert [t for t in texts if t in "123456789"].count("6") == 2  # on the mark and in the list
    assert "7" not in texts
    assert texts.count("drives the finish") == 2


def test_the_title_says_the_finish_and_the_subtitle_counts_what_is_late() -> None:
    chart = roadmap_chart(sample())
    assert chart.title.text == (
        "The program finishes on 5 Aug 2026, 7 working days later than the baseline"
    )
    assert chart.title.subtitle[1] == (
        "Marks: handed over, their lines: to whom; 3 of 6 interfaces late (square), 1 without "
        "float (diamond)"
    )
    assert chart.description.startswith(chart.title.text)
    before = roadmap_chart(sample(progress=False))
    assert before.title.text == "The program finishes on 27 Jul 2026"
    assert "baseline" not in before.title.subtitle[0]
    same = roadmap_chart(set_baseline(sample(progress=False)))
    assert same.title.text.endswith(", as in the baseline")


def test_status_is_not_carried_by_colour_alone() -> None:
    marks = {one["id"]: one for one in _rows(roadmap_chart(sample()), "shape")}
    assert marks["Depot.Handover -> Service.TrialRun"]["shape"] == "square"
    assert marks["Fleet.Inspect1 -> Service.Drivers"]["shape"] == "diamond"
    assert marks["Fleet.Approval -> Service.SafetyCase"]["shape"] == "circle"
    assert marks["Service.Routes -> Fleet.Specification"]["number"] == ""  # met: in no list
    texts = _texts(roadmap_chart(sample()))
    assert (texts.count("late"), texts.count("at risk"), texts.count("on time")) == (3, 1, 2)


def test_benefits_start_when_the_last_that_enables_them_delivers_and_shares_are_told() -> None:
    starts = _rows(roadmap_chart(sample()), "before")
    assert [one["when"] for one in starts] == ["14 Jul", "20 Jul", "5 Aug"]
    assert starts[0]["full"] == "Fares of new riders (30 %)"
    assert "Diesel that is not bought" in starts[2]["full"]


def test_a_benefit_that_starts_early_has_its_name_on_the_right() -> None:
    program = _many(3)
    early = Benefit("X", "Early", money={"benefit_2027": 5.0}, enablers=("P00",))
    long_ = replace(program, projects=(*program.projects, _project("Z", ("A", 90, ""))),
                    strategy=Strategy(benefits=(early,)))  # fmt: skip
    starts = _rows(roadmap_chart(long_), "before")
    assert [(one["before"], one["after"]) for one in starts] == [("", "Early")]


def test_marks_of_one_project_stand_apart_and_on_the_chart() -> None:
    giver = Project(tuple(Activity(f"A{n}", 10 + n / 4) for n in range(6)),
                    members=(ProjectInfo("P"),))  # fmt: skip
    taker = _project("Q", *((f"B{n}", 30, "") for n in range(6)))
    links = tuple(Dependency(f"P.A{n}", f"Q.B{n}") for n in range(6))
    chart = roadmap_chart(Program((giver, taker), links))
    marks = _rows(chart, "shape")
    pixels = sorted(one["at"] for one in marks)
    scale = chart.to_dict()["layer"][0]["encoding"]["x"]["scale"]
    (low, high), (left, right) = scale["domain"], scale["range"]
    apart = [(b - a) / (high - low) * (right - left) for a, b in pairwise(pixels)]
    assert min(apart) > 18.9
    assert low <= pixels[0] <= pixels[-1] <= high


@pytest.mark.parametrize("dated", [True, False])
def test_a_large_program_is_cut_and_says_so(dated: bool) -> None:
    chart = roadmap_chart(_many(40, dated=dated))
    assert chart.title.subtitle[-1] == "The first 24 of 40 projects"
    assert "25 more interfaces are not listed" in chart.title.subtitle
    texts = _texts(chart)
    assert "P23" in texts
    assert "P24" not in texts
    assert ("day 11" in texts) is not dated


def test_what_is_late_or_has_no_float_is_listed_before_what_has_some() -> None:
    texts = _texts(roadmap_chart(_many(40)))
    assert texts.count("at risk") == 3  # P06, P13 and P20 give without float; all are listed
    assert texts.count("drives the finish") == 6  # and those that they drive


def test_it_takes_interfaces_of_a_levelled_schedule_and_draws_without_any() -> None:
    program = _many(3)
    told = interfaces(program, critical_path(program))
    assert roadmap_chart(told).title.text == roadmap_chart(program).title.text
    alone = roadmap_chart(_many(1))
    assert len(alone.title.subtitle) == 1
    assert "Handed over" not in _texts(alone)


def test_long_names_are_cut_to_their_room() -> None:
    name, id_ = "Something that people describe in full " * 5, "Project of long name " * 2
    giver = Project((Activity("A", 5, name),), members=(ProjectInfo(id_, name, manager=name),))
    program = Program(
        (giver, _project("Q", ("B", 9, ""))), (Dependency(f"{id_.strip()}.A", "Q.B"),)
    )
    for chart in (
        roadmap_chart(program),
        propagation_chart(propagate(program, f"{id_.strip()}.A", 2)),
        joint_confidence_chart(simulate_program(program, 20)),
    ):
        said = {chart.title.text, *chart.title.subtitle}
        assert max(len(text) for text in _texts(chart) if text not in said) <= 36
        assert len(chart.title.text) < 92


def test_a_slip_is_drawn_in_the_order_of_the_network_and_ends_with_finishes() -> None:
    chart = propagation_chart(propagate(sample(), "Fleet.Production1", 12))
    assert chart.title.text == (
        "Build the first six buses +12 d: the program finishes 5 days later"
    )
    assert chart.title.subtitle[1:3] == [
        "Diamond: the push came through an interface; 3 interfaces moved",
        "Other projects later: Service 5 d",
    ]
    rows = _rows(chart, "moved")
    assert rows[0]["via"] == "slips"
    trial = next(one for one in rows if one["name"] == "Ride without passengers")
    assert (trial["moved"], trial["absorbed"], trial["text"]) == (5, 7, "+5 d, 7 taken up")
    assert [one["full"] for one in rows[-3:]] == [
        "finish of Fleet", "finish of Service", "finish of program",
    ]  # fmt: skip
    assert [one["moved"] for one in rows[-3:]] == [12, 5, 5]
    through = [one["interface"] for one in rows if one["interface"]]
    assert through == ["Fleet.Inspect1 -> Service.Drivers"]


def test_a_slip_that_float_takes_up_says_when_the_program_still_finishes() -> None:
    chart = propagation_chart(propagate(sample(), "Fleet.Production1", 5), theme=DARK)
    assert chart.title.text == (
        "Build the first six buses +5 d: the program still finishes on 5 Aug 2026"
    )
    program = Program((_project("P", ("A", 1, ""), ("B", 9, "")),))
    undated = propagation_chart(propagate(program, "P.B", 1))
    assert undated.title.text == "B +1 d: the program finishes 1 day later"
    still = propagation_chart(propagate(program, "P.A", 1))
    assert still.title.text == "A +1 d: the program still finishes on day 9"


def test_a_slip_through_a_large_program_is_cut() -> None:
    chain = _project("P", *((f"A{n:02}", 1, f"A{n - 1:02}" if n else "") for n in range(50)))
    chart = propagation_chart(propagate(Program((chain,)), "P.A00", 2))
    assert chart.title.subtitle[-1] == "The first 30 of 50 activities that are reached"
    assert len(_rows(chart, "moved")) == 32


def test_joint_confidence_has_three_shares_for_each_project_with_their_words() -> None:
    found = simulate_program(sample(progress=False), 2_000, 7)
    chart = joint_confidence_chart(found)
    rows = {one["full"]: one for one in _rows(chart, "p_joint")}
    assert list(rows) == ["Depot", "Fleet", "Service", "program"]
    for row in rows.values():
        assert row["p_joint"] <= min(row["p_finish"], row["p_cost"])
    assert rows["Fleet"]["p_joint"] == found.joint(project="Fleet")
    texts = _texts(chart)
    assert f"{100 * rows['Depot']['p_joint']:.0f} % both" in texts
    assert "by 2026-07-27" in texts
    assert chart.title.text == ("The program keeps both finish and cost with 5 %")
    assert chart.title.subtitle[0] == "All its projects at once keep both with 2 %"
    assert "a policy of NASA" in chart.title.subtitle[1]
    assert "correlation 0.3 within a project, 0.2 across" in chart.title.subtitle[2]


def test_joint_confidence_of_one_project_and_of_many() -> None:
    one = joint_confidence_chart(simulate_program(_many(1), 50), theme=DARK)
    assert one.title.text == "The program keeps both finish and cost with 100 %"
    many = joint_confidence_chart(simulate_program(_many(30), 50))
    assert many.title.subtitle[-1] == "The first 24 of 30 projects"


def test_the_trials_of_one_project_are_drawn_as_those_of_a_plan() -> None:
    found = simulate_program(sample(progress=False), 2_000, 7)
    part: Any = found.of("Fleet")
    chart = joint_chart(part)
    shown = int(re.findall(r"^(\d+) % sure of both limits", chart.title.text)[0])
    both = part.joint(part.finish.quantile(0.8), part.cost.quantile(0.8))
    assert shown == pytest.approx(100 * both, abs=1)


def test_what_people_typed_is_only_words() -> None:
    html = "<b>x</b>"
    project = Project((Activity("A", 5, html),), members=(ProjectInfo(html, html, manager=html),))
    program = Program((project, _project("Q", ("B", 9, ""))), (Dependency(f"{html}.A", "Q.B"),))
    for chart in (
        roadmap_chart(program), propagation_chart(propagate(program, f"{html}.A", 1)),
        joint_confidence_chart(simulate_program(program, 20)),
    ):  # fmt: skip
        assert "<b>" not in svg(chart)


def test_what_is_tried_is_held_against_the_plan_before_it():
    plan = sample()
    before = critical_path(plan)
    slipped = Scenario("slip", (Change("Fleet.Production1", remaining_duration="+12"),)).apply(plan)
    assert roadmap_chart(slipped, before).title.text == (
        "The program finishes on 12 Aug 2026, 5 working days later than the plan"
    )
    assert roadmap_chart(plan, before).title.text == (
        "The program finishes on 5 Aug 2026, as in the plan"
    )
