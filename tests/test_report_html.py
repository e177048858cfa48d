"""What the page of a report says, and in which order."""

from __future__ import annotations

import re

import pytest

from pmkit.analysis.compare import Comparison, compare
from pmkit.files.report import ReportChart, comparison_bytes
from pmkit.model.change import Change
from pmkit.model.project import Project
from pmkit.model.scenario import Scenario
from pmkit.reports import report_bytes
from tests.report_cases import Page, plan_of, shown_text, two_scenarios


@pytest.fixture(scope="module")
def compared() -> Comparison:
    return two_scenarios()


@pytest.fixture(scope="module")
def html(compared: Comparison) -> str:
    return report_bytes(compared, "report.html").decode()


def test_the_page_gives_the_answer_first(html: str) -> None:
    text = shown_text(html)
    # 2026-03-02 is a Monday: ten working days end on Friday the 13th, thirteen on Wednesday
    assert "Depot: scenarios The plan finishes 13 Mar 2026; the chance of that is" in text
    assert "Slow finishes 18 Mar 2026 (3 working days later), is 80 % sure to finish by" in text
    assert "and costs EUR 190 (EUR 30 more)." in text
    assert "Cheap finishes 13 Mar 2026 (no change), is 80 % sure" in text


def test_the_page_traces_the_difference_to_each_change(html: str) -> None:
    text = shown_text(html)
    assert "What each change causes, on top of those before it" in text
    assert re.search(r"B: duration \+3 3 working days later [\d.]+ working days later EUR 30", text)
    assert "C -> D: lag 1 no change" in text
    assert "All together 3 working days later" in text


def test_the_page_lists_what_moves_and_counts_what_does_not(html: str) -> None:
    text = shown_text(html)
    assert "B Build 6 Mar 2026 18 Mar 2026 3 working days later 0 days" in text
    assert "Not in the table: 1 keep their dates but not their float or criticality." in text


def test_the_page_tells_its_assumptions_and_notes(html: str) -> None:
    text = shown_text(html)
    for label, value in (
        ("Simulation", "500 trials, seed 0, the same random numbers in the plan and in each"),
        ("Uncertain durations", "2 beta-PERT, 1 triangular; 1 certain"),
        ("Correlation", "none: durations vary on their own"),
        ("Risk events", "1 event, drawn in every trial"),
        ("Project calendar", "standard: Mon Tue Wed Thu Fri 08:00-12:00 13:00-17:00"),
        ("Working day", "8 hours"),
        ("Date constraints", "dependencies come first; a conflict shows as negative float"),
        ("Made with", "pmkit 0."),
    ):
        assert f"{label} {value}" in text
    assert "Notes on the plan Column 'colour' is kept but not used." in text


def test_a_finish_that_nothing_uncertain_decides_is_told_once() -> None:
    certain = Project.from_table([("A", 3, ""), ("B", 2, "A")])
    slow = Scenario("Slow", Change("B", duration=4))
    html = report_bytes(compare(certain, slow, trials=20), "a.html").decode()
    text = shown_text(html)
    assert "The plan finishes after 5 working days." in text
    assert "Slow finishes after 7 working days (2 working days later)." in text
    assert "P80" not in text
    assert "Certainty the finish is the same in every trial" in text
    assert len(Page(html).all("figure")) == 1


def test_money_is_left_out_of_the_page_where_there_is_none() -> None:
    plan = Project.from_table([("A", 3, ""), ("B", 2, "A")])
    compared = compare(plan, Scenario("Slow", Change("B", duration=4)), trials=0)
    assert (
        "ost" not in shown_text(comparison_bytes(compared, "a.html").decode()).split("What the")[0]
    )


def test_charts_are_drawn_where_there_is_no_scenario_or_no_start_to_share() -> None:
    undated = Scenario("Undated", Change("settings", start=None))
    for scenarios in ([], [undated]):
        page = Page(report_bytes(compare(plan_of(), scenarios, trials=0), "a.html").decode())
        assert len(page.all("figure")) == 1


def test_a_picture_higher_than_a_page_may_run_over_several() -> None:
    compared = compare(plan_of(), trials=0)
    for height, tall in ((1800, False), (1801, True)):
        chart = ReportChart("rows", f'<svg width="9" height="{height}"></svg>')
        html = comparison_bytes(compared, "a.html", [chart]).decode()
        assert ("<figure class='tall'>" in html) is tall


def test_charts_stand_with_their_scenario_and_one_drawing_serves_where_there_is_no_dark_one(
    compared: Comparison,
) -> None:
    charts = [ReportChart("of <all>", "<svg>1</svg>"),
              ReportChart("of one", "<svg>2</svg>", scenario="Cheap")]  # fmt: skip
    html = comparison_bytes(compared, "a.html", charts).decode()
    assert "<figure><svg>1</svg><figcaption>of &lt;all&gt;</figcaption></figure>" in html
    assert html.index("scenario-2") < html.index("<svg>2</svg>") < html.index("id='assumptions'")
    assert "class='dark'" not in html
