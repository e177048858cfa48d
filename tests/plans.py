"""Plans for property tests: whatever the table format can say."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from hypothesis import strategies as st

from pmkit.model.activity import Activity, ActivityType, Assignment, ConstraintKind, ThreePoint
from pmkit.model.calendar import Calendar
from pmkit.model.control import Control
from pmkit.model.dependency import Dependency
from pmkit.model.moments import is_after
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import (
    CRITICAL_RULES,
    FLOAT_RULES,
    PROGRESS_RULES,
    ProjectInfo,
    Settings,
    StatusPoint,
)
from tests.control_plans import controls

# Text as people and attackers write it: what a spreadsheet would run, separators, quotes, numbers.
_ODD = st.sampled_from([
    "=1+1", "+2", "-3", "@sum", "'quoted'", "'=x", '"a";b', "a;b", "1 FS+2", "A SS", "3.0", "007",
    "1e5", "nan", "yes", "_x0041_", "ünï", "a,b", "x\ny", "Crew 2", "5%", "2026-01-05", "a\tb",
    "#N/A", "TRUE", "0", "-", "[x]", "A.1", "\x07bell",
])  # fmt: skip
_WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\x85\u2028\u2029"), min_size=1, max_size=8
).map(lambda text: text.strip())
text = st.one_of(_ODD, _WORDS)
label = text.filter(bool)
ids = st.one_of(st.integers(0, 99).map(str), st.sampled_from("ABCDE"), label)
days = st.one_of(
    st.integers(0, 60).map(float), st.floats(0, 1e6), st.sampled_from([1 / 3, 0.1 + 0.2, 1e-9])
)
money = st.one_of(st.integers(0, 10_000).map(float), st.floats(0, 1e9))
dates = st.dates(date(1950, 1, 1), date(2090, 1, 1))
times = st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)).flatmap(
    lambda moment: st.sampled_from([moment, moment.replace(microsecond=0, second=0),
                                    moment.replace(hour=0, minute=0, second=0, microsecond=0)])
)  # fmt: skip
moments = st.one_of(dates, times)
# A heading is one line; in a table two headings differ in more than case and spaces.
headings = st.sampled_from([
    "Notes", "Start", "Finish", "Cost", "Task Name", "Text1", "=HYPERLINK", "Duration", "Summary",
    "Outline Level", "Owner", "% Complete", "WBS", "Constraint Type", "m", "a", "b",
])  # fmt: skip
extras = st.dictionaries(headings, label.map(lambda s: s.replace("\x07", "")).filter(bool),
                         max_size=3)  # fmt: skip


@st.composite
def three_points(draw: Any) -> ThreePoint:
    """Three points in order, of either shape."""
    points = sorted(draw(st.lists(days, min_size=3, max_size=3)))
    return ThreePoint(*points, draw(st.sampled_from(["beta-PERT", "triangular"])))


@st.composite
def calendars(draw: Any, name: str) -> Calendar:
    """A working week with some exceptions."""
    shifts = st.sampled_from([
        (), ((480, 720), (780, 1020)), ((0, 1440),), ((60, 61),), ((420, 900),),
    ])  # fmt: skip
    week = draw(st.tuples(*[shifts] * 7).filter(any))
    exceptions = draw(st.dictionaries(dates, shifts, max_size=4))
    return Calendar(name, week, tuple(exceptions.items()))


@st.composite
def settings(draw: Any, calendar_names: list[str]) -> Settings:
    """Settings of a dated or undated plan."""
    dated = draw(st.booleans())
    maybe = st.none() | moments if dated else st.none()
    return Settings(
        name=draw(text),
        start=draw(moments) if dated else None,
        finish=draw(maybe),
        status_date=draw(maybe),
        calendar=draw(st.sampled_from(["", *calendar_names])),
        lag_calendar=draw(st.sampled_from(["", "predecessor", "24 hours", *calendar_names])),
        hours_per_day=draw(st.sampled_from([8.0, 7.5, 24.0])),
        critical_float=draw(st.sampled_from([0.0, -1.0, 2.5])),
        constraints=draw(st.sampled_from(["logic_first", "honour_dates"])),
        progress=draw(st.sampled_from(PROGRESS_RULES)),
        total_float=draw(st.sampled_from(FLOAT_RULES)),
        critical=draw(st.sampled_from(CRITICAL_RULES)),
        currency=draw(st.sampled_from(["", "EUR"])),
        discount_rate=draw(st.sampled_from([None, 0.08])),
        extra=draw(st.dictionaries(st.sampled_from(["colour", "Client"]), label, max_size=1)),
    )


@st.composite
def _periods(draw: Any, moment: Any, latest: Any = None) -> tuple[Any, Any]:
    """A start and a finish in order, either of them perhaps missing, none after the latest."""
    ends = [draw(st.none() | moment) for _ in range(2)]
    if latest is not None:
        ends = [None if end is not None and is_after(end, latest) else end for end in ends]
    if None not in ends and is_after(*ends):
        ends.reverse()
    return ends[0], ends[1]


@st.composite
def activities(
    draw: Any, id_: str, options: Settings, calendar_names: list[str], names: list[str]
) -> Activity:
    """One activity with any of its fields filled in."""
    dated = options.is_dated
    duration = draw(st.none() | days)
    points = draw(three_points() if duration is None else st.none() | three_points())
    moment = moments if dated else st.floats(-5, 500)
    kind = draw(st.sampled_from(list(ConstraintKind)))
    maybe_money = st.none() | money
    baseline = draw(_periods(moment))
    actual = draw(_periods(moment, options.status_date))
    return Activity(
        id_, duration, draw(text), wbs=draw(st.sampled_from(["", "1", "1.1", "1.1.2", "2"])),
        three_point=points,
        correlation_group=draw(st.sampled_from(["", "soil"])),
        fixed_cost=draw(money), cost_per_day=draw(st.sampled_from([0.0, 12.5])),
        fixed_cost_estimate=draw(st.none() | three_points()),
        resources=tuple(
            Assignment(draw(st.sampled_from(names)), draw(days))
            for _ in range(draw(st.integers(0, 2)))
        ) if names else (),
        skills=tuple(draw(st.lists(label, max_size=2))),
        priority=draw(st.none() | st.integers(0, 9).map(float)),
        calendar=draw(st.sampled_from(["", *calendar_names])),
        constraint=kind, constraint_date=draw(moment) if kind.needs_date else None,
        crash_duration=draw(st.none() | days), crash_cost=draw(maybe_money),
        type=draw(st.sampled_from(ActivityType)),
        baseline_start=baseline[0], baseline_finish=baseline[1],
        baseline_cost=draw(maybe_money),
        percent_complete=draw(st.sampled_from([None, 0.0, 33.3, 100.0])),
        remaining_duration=draw(st.none() | days),
        actual_start=actual[0], actual_finish=actual[1],
        actual_cost=draw(maybe_money), ev_method=draw(st.sampled_from(["", "50/50"])),
        extra=draw(extras),
    )  # fmt: skip


_no_control = st.just(Control())


@st.composite
def projects(draw: Any, name: str = "", common: Settings | None = None) -> Project:
    """A project, of its own or a member of a program."""
    calendar_names = draw(st.lists(label, max_size=2, unique=True))
    resource_names = draw(st.lists(label, max_size=3, unique=True))
    options = common or draw(settings(calendar_names))
    if common is not None and draw(st.booleans()):
        options = draw(settings(calendar_names))
    known = draw(st.lists(ids, min_size=1, max_size=5, unique=True))
    members = draw(st.sampled_from([False, True])) if not name else True
    tasks = tuple(draw(activities(id_, options, calendar_names, resource_names)) for id_ in known)
    pairs = [(a, b) for i, a in enumerate(known) for b in known[i + 1 :]]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=5)) if pairs else []
    lags = st.sampled_from([0.0, 2.0, -1.5, 1 / 3, 1e-7, 12345.678])
    links = [
        Dependency(a, b, draw(st.sampled_from(["FS", "SS", "FF", "SF"])), draw(lags),
                   draw(st.sampled_from(["d", "ed", "%"])))
        for a, b in chosen
    ]  # fmt: skip
    links.sort(key=lambda link: known.index(link.successor))
    risk_ids = draw(st.lists(ids, max_size=2, unique=True))
    info = ProjectInfo(
        name or "P", draw(text), draw(st.none() | moments), {"cost": 5.5, "benefit_2027": 7.0},
        draw(st.booleans()), tuple(draw(st.lists(ids, max_size=2))), sponsor=draw(text),
    )  # fmt: skip
    return Project(
        tasks, tuple(links), options,
        tuple(draw(calendars(n)) for n in calendar_names),
        tuple(
            Resource(n, draw(st.sampled_from(["renewable", "consumable"])),
                     draw(st.none() | days), draw(money), 0.0, draw(money),
                     tuple(draw(st.lists(label, max_size=2))), extra=draw(extras))
            for n in resource_names
        ),
        tuple(
            RiskEvent(i, draw(text), tuple(draw(st.lists(st.sampled_from(known), max_size=2))),
                      draw(st.sampled_from([0.0, 0.3, 1.0])), draw(st.none() | three_points()),
                      draw(money), draw(st.sampled_from(["threat", "opportunity"])), draw(text),
                      draw(st.none() | money), response_most_likely=draw(st.none() | days))
            for i in risk_ids
        ),
        tuple(
            StatusPoint(day, draw(st.none() | money), draw(money), None)
            for day in draw(st.lists(moments, max_size=2))
        ),
        members=(info,) if members else (),
        notes=tuple(draw(st.lists(label, max_size=2, unique=True))),
        sheets={} if name else draw(st.sampled_from([
            {}, {"objectives": ({"id": "O1", "weight": "0.5"}, {"id": "O2", "weight": ""})},
            {"a very long name of a sheet, with / and *": ({"=x": "-5"},)},
        ])),
        control=draw(_no_control | controls(known, moments, money, text, ids, extras)),
    )  # fmt: skip


@st.composite
def programs(draw: Any) -> Program:
    """Two projects with links between them."""
    common = draw(settings([]))
    first = draw(projects("Depot", common))
    second = draw(projects("Fleet 2", common))
    try:
        return Program(
            (first, second),
            (Dependency(f"Depot.{first.activities[-1].id}",
                        f"Fleet 2.{second.activities[-1].id}", "SS", 2.5),),
            common,
            draw(st.sampled_from([(), (Calendar.standard("shared"),)])),
            draw(st.sampled_from([(), (Resource("pool"),)])),
        )  # fmt: skip
    except ValueError:  # the two happen to define one name in two ways
        from hypothesis import reject

        reject()
        raise
