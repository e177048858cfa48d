"""Tolerances and issues drawn: what the charts say, and where their marks stand."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
import vl_convert

from pmkit.analysis.control.logs import issue_log
from pmkit.analysis.control.tolerance_check import check_tolerances
from pmkit.data import sample
from pmkit.model.activity import Activity, Moment
from pmkit.model.control import Control
from pmkit.model.issue import Issue, IssueState
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import Settings
from pmkit.model.tolerance import Measure, Tolerance
from pmkit.views.control import issue_chart, tolerance_chart
from pmkit.views.show import svg
from pmkit.views.theme import DARK, LIGHT, Theme

HTML = "<b>Rock</b> & <script>alert(1)</script>"


def _texts(chart: Any) -> list[str]:
    tags = ("text", "tspan")  # a text of two lines has a tspan for each
    return [e.text or "" for e in ET.fromstring(svg(chart)).iter() if e.tag.endswith(tags)]


def _rows(chart: Any) -> list[dict[str, Any]]:
    """The rows of a chart, from top to bottom."""
    sets = chart.to_dict()["datasets"].values()
    return next(rows for rows in sets if "row" in rows[0])


def _status(chart: Any) -> dict[str, Any] | None:
    """Where the line of the status date stands; nothing where it is not drawn."""
    lines = [row for rows in chart.to_dict()["datasets"].values() for row in rows
             if str(row.get("name", "")).startswith("status date")]  # fmt: skip
    return lines[0] if lines else None


def _ms(*day: int) -> float:
    return (datetime(*day) - datetime(1970, 1, 1)).total_seconds() * 1000  # type: ignore[arg-type]


def _checked(*tolerances: Tolerance) -> Any:
    """A plan that takes 8 days, not 5, and costs 1,250, not 1,000."""
    build = Activity("Build", 8, baseline_start=0, baseline_finish=5, baseline_cost=1000,
                     fixed_cost=1250)  # fmt: skip
    plan = Project((build,), settings=Settings(currency="EUR"), control=Control(tolerances))
    return check_tolerances(plan)


def _told(name: str, forecast: float, **fields: Any) -> Tolerance:
    return Tolerance(Measure.SCOPE, name=name, target=100, forecast=forecast, unit="pt", **fields)


TIME, COST = Tolerance(Measure.TIME, above=2), Tolerance(Measure.COST, above=500)


def test_a_tolerance_says_how_far_off_it_is_of_what_is_allowed_and_who_decides() -> None:
    chart = tolerance_chart(_checked(TIME, COST))
    assert chart.title.text == "1 of 2 tolerances exceeded: time; the program manager decides"
    time, cost = _rows(chart)
    assert (time["mark"], time["state"], time["used"]) == (
        "exceeded", "exceeded: the program manager decides", 1.5)  # fmt: skip
    assert (time["off"], time["allowed"]) == ("3 days above its target", "150 % of 2 days allowed")
    assert (cost["mark"], cost["state"], cost["used"]) == ("within", "within", 0.5)
    assert (cost["off"], cost["allowed"]) == (
        "EUR 250 above its target", "50 % of EUR 500 allowed")  # fmt: skip
    assert time["color"] == LIGHT.critical != cost["color"]
    texts = _texts(chart)
    assert "limit, 100 %" in texts
    assert {"time", "cost", "within"} <= set(texts)


def test_tolerances_stand_in_the_order_of_the_plan() -> None:
    rows = _rows(tolerance_chart(_checked(COST, TIME, _told("Doors", 100, above=1))))
    assert [row["subject"] for row in rows] == ["cost", "time", "Doors"]
    assert [row["row"] for row in rows] == [0, 1, 2]


def test_the_title_says_that_all_are_kept() -> None:
    kept = _checked(COST, replace(TIME, above=3.0))
    assert tolerance_chart(kept).title.text == (
        "All 2 tolerances are kept: the project manager decides"
    )
    assert tolerance_chart(_checked(COST)).title.text == (
        "The one tolerance is kept: the project manager decides"
    )


def test_a_title_that_would_be_too_long_leaves_who_decides_to_the_line_below_it() -> None:
    several = _checked(TIME, replace(COST, above=10.0, authority="sponsor"),
                       _told("Doors", 90, below=1), _told("Windows", 90, below=1))  # fmt: skip
    wide, usual = (tolerance_chart(several, width=width) for width in (1000, 640))
    head = "4 of 4 tolerances exceeded: time, cost, Doors and 1 more"
    assert wide.title.text == f"{head}; the program manager and the sponsor decide"
    assert usual.title.text == head
    assert usual.title.subtitle[0] == "The program manager and the sponsor decide"
    long = "A measure that has a very long name"
    narrow = tolerance_chart(_checked(TIME, _told(long, 90, below=1)), width=460).title.text
    assert narrow == "2 of 2 tolerances exceeded: time and 1 more"


def test_a_bar_ends_at_two_and_a_half_times_the_limit_and_the_words_go_on() -> None:
    rows = _rows(chart := tolerance_chart(_checked(
        _told("Far", 140, above=10), _told("At the end", 125, above=10),
        _told("Nothing allowed", 101, above=0), _told("Beyond words", 1e9, above=0.01),
    )))  # fmt: skip
    assert [row["used"] for row in rows] == [2.5] * 4
    assert [row["is_cut"] for row in rows] == [True, False, True, True]
    assert [row["allowed"] for row in rows] == [
        "400 % of 10 pt allowed", "250 % of 10 pt allowed", "0 pt allowed",
        "over 9,999 % of 0.01 pt allowed",
    ]  # fmt: skip
    assert _texts(chart).count("\u2192") == 3
    assert chart.title.subtitle[-1].endswith("(\u2192 goes on)")


def test_at_the_limit_is_within_and_just_beyond_it_says_over() -> None:
    at, over, on, none, tiny = _rows(tolerance_chart(_checked(
        _told("At", 110, above=10), _told("Over", 110.01, above=10), _told("On", 100, above=10),
        _told("None", 100, above=0), _told("Tiny", 100 + 2e-7, above=1e-7),
    )))  # fmt: skip
    assert (at["mark"], at["allowed"]) == ("within", "100 % of 10 pt allowed")
    assert (over["mark"], over["allowed"]) == ("exceeded", "over 100 % of 10 pt allowed")
    assert (on["off"], on["allowed"], on["used"]) == ("on its target", "10 pt allowed", 0)
    assert (none["off"], none["allowed"], none["used"]) == ("on its target", "0 pt allowed", 0)
    assert (tiny["mark"], tiny["used"]) == ("within", 1)


def test_on_the_side_without_a_limit_there_is_no_bar() -> None:
    chart = tolerance_chart(_checked(Tolerance(Measure.TIME, below=2)))
    (row,) = _rows(chart)
    assert (row["used"], row["mark"], row["state"]) == (None, "within", "within")
    assert (row["off"], row["allowed"]) == ("3 days above its target", "as far as it likes")
    assert "limit, 100 %" not in _texts(chart)


def test_what_is_not_known_says_why() -> None:
    plan = Project((Activity("A", 1),), control=Control((TIME, _told("Doors", 103, above=1))))
    chart = tolerance_chart(check_tolerances(plan))
    assert chart.title.text == (
        "1 of 2 tolerances exceeded, 1 not known: Doors; the program manager decides"
    )
    row = _rows(chart)[0]
    assert (row["mark"], row["state"], row["used"], row["off"]) == (
        "unknown",
        "not known",
        None,
        "",
    )
    assert row["reason"] == ["needs a target, or a saved baseline"]
    assert "needs a target, or a saved baseline" in _texts(chart)
    kept = Control((TIME, _told("Doors", 100, above=1)))
    assert tolerance_chart(check_tolerances(replace(plan, control=kept))).title.text == (
        "1 of 2 tolerances kept, 1 not known: the project manager decides"
    )


def test_a_long_reason_has_two_lines() -> None:
    plan = sample().project("Depot")
    sure = Tolerance(Measure.TIME, above=1, project="Depot", confidence=0.8)
    chart = tolerance_chart(check_tolerances(replace(plan, control=Control((sure,)))), width=500)
    (row,) = _rows(chart)
    assert " ".join(row["reason"]).startswith("a chance is known for the whole plan only; leave")
    assert len(row["reason"]) == 2
    assert row["reason_at"] < row["row"]
    assert chart.title.text == "The one tolerance cannot be checked"
    assert chart.title.subtitle == ["How each one stands, and why, is beside it"]


def test_a_plan_without_tolerances_says_so() -> None:
    assert tolerance_chart(_checked(), theme=DARK).description == (
        "Tolerances. No tolerance is set, so nothing says when somebody else decides."
    )


def test_words_of_people_are_only_words() -> None:
    odd = _told(f"{HTML} " * 4, 200, above=1, authority="the\nboard of <i>all</i> directors")
    chart = tolerance_chart(_checked(odd))
    (row,) = _rows(chart)
    assert row["name"].startswith("<b>Rock</b> & <script>")
    assert row["name"].endswith("\u2026")
    assert row["state"].endswith("\u2026 decides")
    assert "\n" not in "".join([row["name"], row["state"], chart.title.text, *chart.title.subtitle])
    assert any(text.startswith("<b>Rock</b> & <script>") for text in _texts(chart))


def test_a_narrow_chart_of_tolerances_keeps_room_for_its_words() -> None:
    assert tolerance_chart(_checked(TIME), width=100).to_dict()["width"] == 460
    assert tolerance_chart(_checked(TIME), width=500).to_dict()["width"] == 500


def _log(*issues: Issue, status: Moment | None = date(2026, 4, 30), dated: bool = True) -> Any:
    settings = Settings(start=date(2026, 1, 12) if dated else None, status_date=status)
    return issue_log(Project((Activity("A", 5),), settings=settings, control=Control((), issues)))


ORDER = Issue("I2", "Charger order not signed", owner="City lawyer", raised=date(2026, 3, 11),
              due=date(2026, 4, 24))  # fmt: skip
HALL = Issue("I1", "Walls of an older hall", owner="Amara", raised=date(2026, 4, 16),
             due=date(2026, 5, 8))  # fmt: skip
ROOF = Issue(
    "I3", "Asbestos", raised=date(2026, 4, 7), due=date(2026, 4, 11), state=IssueState.CLOSED
)


def test_issues_stand_in_the_order_of_the_log_with_owner_and_overdue_days_in_words() -> None:
    chart = issue_chart(_log(ROOF, HALL, ORDER))
    assert chart.title.text == (
        "2 of 3 issues are open, 1 overdue: I2 \u2013 Charger order not signed"
    )
    order, hall, roof = _rows(chart)
    assert order["label"] == "I2 \u2013 Charger order not signed"
    assert order["line"] == "overdue 6 calendar days \u2013 City lawyer"
    assert hall["line"] == "due 8 May 2026 \u2013 Amara"
    assert roof["line"] == "closed, was due 11 Apr 2026 \u2013 no owner"
    assert [row["row"] for row in (order, hall, roof)] == [0, 1, 2]
    assert {order["label"], order["line"], "status date 30 Apr 2026"} <= set(_texts(chart))
    assert chart.title.subtitle == [
        "Bar: from raised (circle) to due (diamond). Dashes: overdue. Hollow: closed"
    ]


def test_a_bar_goes_from_the_morning_of_one_day_to_the_evening_of_the_other() -> None:
    chart = issue_chart(_log(ORDER))
    (row,) = _rows(chart)
    assert (row["raised"], row["end"]) == (_ms(2026, 3, 11), _ms(2026, 4, 25))
    assert row["due"] == row["end"] == row["late_from"]
    status = _status(chart)
    assert status is not None
    assert row["late"] == status["at"] == _ms(2026, 5, 1)
    timed = replace(ORDER, raised=datetime(2026, 3, 11, 9), due=datetime(2026, 4, 24, 12))
    (row,) = _rows(issue_chart(_log(timed)))
    assert (row["raised"], row["end"]) == (_ms(2026, 3, 11, 9), _ms(2026, 4, 24, 12))


def test_open_is_solid_closed_is_hollow_and_overdue_has_a_colour_of_its_own() -> None:
    order, hall, roof = _rows(issue_chart(_log(ORDER, HALL, ROOF), theme=DARK))
    assert (order["color"], order["fill"]) == (DARK.critical, DARK.critical)
    assert (hall["color"], hall["fill"]) == (DARK.has_float, DARK.has_float)
    assert (roof["color"], roof["fill"]) == (DARK.muted, DARK.background)


@pytest.mark.parametrize(
    ("issues", "title"),
    [
        ((ORDER, replace(ORDER, id="I9"), HALL), "3 of 3 issues are open, 2 overdue: I2 \u2013 "
         "Charger order not signed and 1 more"),
        ((HALL, ROOF), "1 of 2 issues is open, none overdue; due first: I1 \u2013 "
         "Walls of an older hall"),
        ((replace(HALL, due=None), ROOF), "1 of 2 issues is open; none has a due date"),
        ((ROOF, replace(ROOF, id="I4")), "All 2 issues are closed"),
        ((ROOF,), "The one issue is closed"),
    ],
)  # fmt: skip
def test_the_title_counts_and_names_what_is_due(issues: tuple[Issue, ...], title: str) -> None:
    assert issue_chart(_log(*issues)).title.text == title


def test_a_day_is_a_day_and_hours_are_since_that_day() -> None:
    yesterday = replace(ORDER, due=date(2026, 4, 29))
    assert _rows(issue_chart(_log(yesterday)))[0]["stands"] == "overdue 1 calendar day"
    morning = replace(ORDER, due=datetime(2026, 4, 30, 9))
    late = _log(morning, status=datetime(2026, 4, 30, 17))
    assert _rows(issue_chart(late))[0]["stands"] == "overdue since that day"
    assert _rows(issue_chart(_log(replace(ORDER, due=date(2026, 4, 30)))))[0]["late"] is None


def test_without_a_due_date_a_bar_is_open_until_the_status_date() -> None:
    chart = issue_chart(_log(Issue("I4", raised=date(2026, 4, 1)), HALL))
    row = _rows(chart)[1]
    assert row["line"] == "no due date \u2013 no owner"
    assert row["due"] is None
    assert row["end"] == row["tip"] == _ms(2026, 5, 1)
    assert "Arrow: no due date" in chart.title.subtitle[0]
    after = _rows(issue_chart(_log(Issue("I1", raised=date(2026, 5, 7)))))[0]
    assert after["tip"] == after["raised"]


def test_without_a_due_date_what_is_closed_shows_only_when_it_was_raised() -> None:
    (row,) = _rows(issue_chart(_log(replace(ROOF, due=None))))
    assert (row["stands"], row["end"], row["tip"]) == ("closed", None, None)
    assert row["raised"] == _ms(2026, 4, 7)


def test_without_a_raised_date_there_is_only_the_mark_when_it_is_due() -> None:
    late, (row,) = replace(ORDER, raised=None), _rows(issue_chart(_log(replace(HALL, raised=None))))
    assert (row["raised"], row["end"], row["raised_text"]) == (None, None, "not told")
    assert row["due"] == _ms(2026, 5, 9)
    assert _rows(issue_chart(_log(late)))[0]["late_from"] == _ms(2026, 4, 25)


def test_without_a_status_date_nothing_is_overdue_and_open_ends_reach_the_edge() -> None:
    chart = issue_chart(_log(ORDER, Issue("I4", raised=date(2026, 4, 1)), status=None))
    assert chart.title.text == (
        "2 of 2 issues are open; due first: I2 \u2013 Charger order not signed"
    )
    order, open_ = _rows(chart)
    assert order["late"] is None
    assert open_["tip"] > order["due"]
    assert _status(chart) is None


def test_a_plan_without_dates_counts_working_days() -> None:
    issues = Issue("1", "Rock", raised=0, due=2.5), Issue("2", "Roll", raised=3)
    chart = issue_chart(_log(*issues, status=4.0, dated=False))
    assert chart.title.text == "2 of 2 issues are open, 1 overdue: 1 Rock"
    rock, roll = _rows(chart)
    assert rock["stands"] == "overdue 1.5 working days"
    assert (rock["raised"], rock["due"], rock["late"], roll["tip"]) == (0, 2.5, 4, 4)
    assert {"status date day 4", "Working days after start"} <= set(_texts(chart))


def test_what_does_not_fit_the_plan_is_told_in_words() -> None:
    chart = issue_chart(_log(HALL, Issue("I8", "Number", due=50.0, raised=3)))
    number = next(row for row in _rows(chart) if row["label"].startswith("I8"))
    assert number["stands"] == "due day 50"
    assert (number["raised_text"], number["raised"], number["due"]) == ("day 3", None, None)
    mixed = Issue("I1", raised=3, due=date(2026, 4, 1))
    (row,) = _rows(issue_chart(_log(mixed)))
    assert (row["raised"], row["end"], row["due"]) == (None, None, _ms(2026, 4, 2))


def test_dates_in_a_plan_without_dates_have_a_time_line_without_a_status_date() -> None:
    chart = issue_chart(_log(ORDER, status=4.0, dated=False))
    (row,) = _rows(chart)
    assert (row["raised"], row["late"]) == (_ms(2026, 3, 11), None)
    assert _status(chart) is None
    days = _rows(issue_chart(_log(Issue("I1", raised=1, due=3))))[0]
    assert (days["raised"], days["end"]) == (1, 3)


def test_what_was_due_before_it_was_raised_says_so() -> None:
    back = replace(ORDER, raised=date(2026, 4, 20), due=date(2026, 4, 2))
    chart = issue_chart(_log(back))
    (row,) = _rows(chart)
    assert row["stands"] == "overdue 28 calendar days, due before raised"
    assert (row["end"], row["back"], row["late_from"]) == (None, row["raised"], row["raised"])
    assert "Dots: due before raised" in chart.title.subtitle[0]
    soon = replace(back, raised=date(2026, 5, 20), due=date(2026, 5, 4))
    assert _rows(issue_chart(_log(soon)))[0]["stands"] == "due 4 May 2026, before raised"
    unseen = replace(back, raised=date(2026, 5, 20))
    assert _rows(issue_chart(_log(unseen)))[0]["late"] is None


def test_where_nobody_told_a_date_there_is_no_time_line() -> None:
    chart = issue_chart(_log(Issue("I1", "Rock"), Issue("I2", state=IssueState.CLOSED)))
    assert chart.title.subtitle == ["None has a place on a time line"]
    assert _status(chart) is None
    assert {"I1 \u2013 Rock", "no due date \u2013 no owner", "I2"} <= set(_texts(chart))


def test_of_dozens_of_issues_the_first_twenty_are_drawn() -> None:
    many = [replace(HALL, id=f"I{n}", due=date(2026, 5, 1 + n)) for n in range(30)]
    chart = issue_chart(_log(*many, *(replace(ROOF, id=f"J{n}") for n in range(4))))
    assert [row["name"].split()[0] for row in _rows(chart)] == [f"I{n}" for n in range(20)]
    assert chart.title.text.startswith("30 of 34 issues are open, none overdue; due first: I0")
    assert chart.title.subtitle[1] == "The first 20 of 34; 14 more in the log"
    assert "The first 20 of 34; 14 more in the log" in chart.description


def test_few_days_are_drawn_as_days_and_a_wrong_century_too() -> None:
    near = issue_chart(_log(replace(HALL, raised=None, due=date(2026, 4, 30))))
    assert {"29 Apr", "30 Apr", "1 May"} <= set(_texts(near))
    assert "1000" in _texts(issue_chart(_log(replace(ORDER, raised=date(26, 4, 1)))))


def test_names_of_issues_are_only_words() -> None:
    odd = Issue("I1", f"{HTML}\n" * 5, owner=f"{HTML} " * 5, due=date(2026, 4, 1))
    chart = issue_chart(_log(odd))
    (row,) = _rows(chart)
    assert row["label"].startswith("I1 \u2013 <b>Rock</b> & <script>")
    assert len(row["label"]) == 44
    assert row["line"].startswith("overdue 29 calendar days \u2013 <b>Rock</b>")
    assert chart.title.text.endswith("\u2026")
    assert "\n" not in row["label"] + row["line"] + chart.title.text
    assert any(text.startswith("I1 \u2013 <b>Rock</b>") for text in _texts(chart))


def test_a_plan_without_issues_says_so() -> None:
    assert issue_chart(_log(), theme=DARK).description == "Issues. No issue has been raised."


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_both_are_drawn_in_either_theme(theme: Theme) -> None:
    plan: Program = replace(
        sample(), control=Control((TIME, replace(COST, above=1.0)), (ORDER, HALL, ROOF))
    )  # fmt: skip
    for chart in (
        tolerance_chart(check_tolerances(plan), theme=theme, width=500),
        issue_chart(issue_log(plan), theme=theme),
    ):
        drawing = vl_convert.vegalite_to_svg(chart.to_dict())
        assert drawing.startswith("<svg")
        assert theme.background in drawing
        assert "NaN" not in drawing
        assert svg(chart) == svg(chart)
