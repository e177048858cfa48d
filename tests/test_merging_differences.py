"""What files of one program say differently: calendars, people, rules, dates and money."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import pmkit as pm
from pmkit.analysis.cost import direct_cost
from pmkit.files.workbook import write_workbook
from pmkit.model.settings import ProjectInfo, Settings
from tests.merged_files import dated, notes_of, project, read, week
from tests.wording import exactly

# --- calendars and resources


def test_calendars_of_one_name_that_differ_are_kept_apart(tmp_path: Path) -> None:
    one, other = dated("D", week("site")), dated("F", week("site", "Mon-Sat"))
    program = read(one, other, dated("G", week("site")))
    assert [p.settings.calendar for p in program.projects] == ["site", "F: site", "site"]
    assert notes_of(program) == [
        "Calendar 'site' of F is another one than that of D; it is called 'F: site' here."
    ]
    alone, within = pm.critical_path(other), pm.critical_path(program)
    place = within.ids.index("F.A")
    assert (alone.dates("early_finish") == within.dates("early_finish")[place : place + 2]).all()


def test_a_plan_without_a_calendar_keeps_its_week_in_a_program_that_has_one() -> None:
    bare = project("F", settings=Settings(start=date(2026, 3, 2)))
    program = read(dated("D", week("site", "Mon-Sat")), bare)
    assert program.settings.calendar == "site"
    assert program.project("F").settings.calendar == "standard"
    assert notes_of(program) == []  # no date is another one
    alone, within = pm.critical_path(bare), pm.critical_path(program)
    assert alone.dates("early_finish").tolist() == within.dates("early_finish")[2:].tolist()


def staffed(id_: str, *resources: pm.Resource) -> pm.Project:
    assigned = tuple(pm.Assignment(r.name) for r in resources)
    return pm.Project((pm.Activity("A", 3, resources=assigned),), resources=resources,
                      members=(ProjectInfo(id_),))  # fmt: skip


def test_resources_of_one_name_are_kept_apart_unless_somebody_says_that_they_are_one() -> None:
    engineer = pm.Resource("Engineer", capacity=2)
    plans = staffed("D", engineer), staffed("F", engineer, pm.Resource("Crane"))
    apart = read(*plans)
    assert [r.name for r in apart.network.resources] == ["D: Engineer", "F: Engineer", "Crane"]
    assert apart["F.A"].resources == (pm.Assignment("F: Engineer"), pm.Assignment("Crane"))
    assert notes_of(apart) == [
        "Resources of the same name in several files are kept apart, each with its project's name "
        "before its own: 'Engineer' (D, F). Where they are the same people or machines, say so "
        "with merge_resources=True, or with their names."
    ]
    one = read(*plans, merge_resources=True)
    assert [r.name for r in one.network.resources] == ["Engineer", "Crane"]
    assert notes_of(one) == ["Resources that are one in all files that have them: 'Engineer'."]
    assert pm.level(apart).finish == 3
    assert pm.level(read(*plans, merge_resources=["Engineer"])).finish == 3  # there are two
    alone = pm.Resource("Engineer")
    assert (
        pm.level(read(staffed("D", alone), staffed("F", alone), merge_resources=True)).finish == 6
    )


def test_merged_resources_that_differ_have_the_largest_capacity() -> None:
    plans = (
        staffed("D", pm.Resource("Engineer", capacity=2, cost_per_day=500, skills=("test",))),
        staffed("F", pm.Resource("Engineer", capacity=3, cost_per_day=400, skills=("weld",))),
    )
    program = read(*plans, merge_resources=True)
    assert program.network.resources == (
        pm.Resource("Engineer", capacity=3, cost_per_day=500, skills=("test", "weld")),
    )
    assert notes_of(program) == [
        "Resource 'Engineer' of D and F is one resource, though the files differ: capacity 3, "
        "cost_per_day 500, skills test; weld here (the largest capacity, the rest of the first)."
    ]


def test_resources_of_other_names_can_be_one() -> None:
    plans = staffed("D", pm.Resource("Engineer")), staffed("F", pm.Resource("Ing."))
    program = read(*plans, merge_resources={"Ing.": "Engineer"})
    assert [r.name for r in program.network.resources] == ["Engineer"]
    assert program["F.A"].resources == (pm.Assignment("Engineer"),)
    with pytest.raises(
        pm.PlanError,
        match=exactly("merge_resources: must name resources of the files, got 'Crane'"),
    ):
        read(*plans, merge_resources=["Crane"])


def test_a_resource_that_the_program_lists_is_one_for_all(tmp_path: Path) -> None:
    rows = [["name", "type", "capacity"], ["Engineer", "renewable", 4]]
    write_workbook(tmp_path / "links.xlsx", {"resources": rows})
    engineer = pm.Resource("Engineer", capacity=2)
    program = read(staffed("D", engineer), staffed("F", engineer), tmp_path / "links.xlsx")
    assert program.network.resources == (pm.Resource("Engineer", capacity=4),)
    assert notes_of(program) == [
        "Resource 'Engineer' of D and F is one resource, though the files differ: capacity 4 here "
        "(the program)."
    ]


# --- rules, dates, money


def under_way(id_: str, **more: Any) -> pm.Project:
    begun = pm.Activity("A", 3, actual_start=date(2026, 3, 2), remaining_duration=2)
    settings = Settings(start=date(2026, 3, 2), **more)
    return pm.Project((begun, pm.Activity("B", 2)), (pm.Dependency("A", "B"),), settings,
                      members=(ProjectInfo(id_),))  # fmt: skip


def test_rules_that_differ_are_told_with_the_dates_that_they_move() -> None:
    plan = under_way("D", status_date=date(2026, 3, 10))
    other = under_way("F", status_date=date(2026, 3, 10), progress="unmoved")
    program = read(plan, other)
    assert notes_of(program) == [
        "Project 'F' (F): a program has one set of rules, of D: progress is 'retained_logic' here, "
        "'unmoved' there.",
        "Project 'F' (F): in the program, before any link between the files, 2 of 2 activities have"
        " other early dates than alone, the most F.A 6 days later, F.B 6 days later.",
    ]
    turned = read(plan, other, rules="F")
    assert turned.settings.progress == "unmoved"
    assert notes_of(turned)[1] == (
        "Project 'D' (D): in the program, before any link between the files, 2 of 2 activities have"
        " other early dates than alone, the most D.A 6 days earlier, D.B 6 days earlier."
    )
    with pytest.raises(
        pm.PlanError, match=exactly("rules: must be one of the files (D, F), got 'G'")
    ):
        read(plan, other, rules="G")


def test_the_settings_of_a_program_go_before_the_rules_of_a_file(tmp_path: Path) -> None:
    write_workbook(tmp_path / "links.xlsx",
                   {"settings": [["key", "value"], ["progress", "unmoved"]]})  # fmt: skip
    program = read(dated("D", week("site")), tmp_path / "links.xlsx")
    assert program.settings.progress == "unmoved"
    assert notes_of(program) == [
        "Project 'D' (D): a program has one set of rules, of D and links.xlsx: progress is "
        "'unmoved' here, 'retained_logic' there."
    ]


def test_days_of_other_lengths_are_the_same_hours() -> None:
    shift = week("shift", hours="08:00-15:00")
    long = pm.Project(
        (pm.Activity("A", 8, cost_per_day=70, three_point=pm.ThreePoint(4, 8, 16)),
         pm.Activity("B", 2)),
        (pm.Dependency("A", "B", lag=4),),
        Settings(start=date(2026, 3, 2), calendar="shift", hours_per_day=7),
        (shift,), members=(ProjectInfo("F"),),
        risks=(pm.RiskEvent("R1", "", ("A",), 0.5, 4.0),),  # type: ignore[arg-type]
    )  # fmt: skip
    program = read(dated("D", week("site")), long)
    activity, link = program["F.A"], program.project("F").dependencies[0]
    assert (activity.duration, activity.cost_per_day, link.lag) == (7, 80, 3.5)
    assert activity.three_point == pm.ThreePoint(3.5, 7, 14)
    risk = program.project("F").risks[0]
    assert risk.impact == pm.ThreePoint(3.5, 3.5, 3.5)
    assert direct_cost(program).total == direct_cost(long).total
    assert notes_of(program) == [
        "Project 'F' (F): a program has one set of rules, of D: a working day has 8 hours here, 7 "
        "there (durations, lags and costs per day are counted anew)."
    ]
    alone, within = pm.critical_path(long), pm.critical_path(program)
    assert alone.dates("early_finish").tolist() == within.dates("early_finish")[2:].tolist()


def test_status_dates_that_differ_are_named() -> None:
    one = under_way("D", status_date=date(2026, 3, 2))
    other = under_way("F", status_date=date(2026, 3, 31))
    program = read(one, other, project("G", settings=Settings(start=date(2026, 3, 2))))
    assert program.network.settings.status_date == date(2026, 3, 31)
    assert notes_of(program)[0] == (
        "Status dates differ: D 2026-03-02, F 2026-03-31, G none. In the program progress is known "
        "up to 2026-03-31."
    )
    assert [note[:15] for note in notes_of(program)[1:]] == ["Project 'D' (D)", "Project 'G' (G)"]


def test_currencies_that_differ_are_named_and_not_converted() -> None:
    plans = [dated(id_, week("site"), currency=money)
             for id_, money in (("D", "EUR"), ("F", "NOK"), ("G", ""))]  # fmt: skip
    program = read(*plans)
    assert program.settings.currency == ""
    assert notes_of(program) == [
        "Currencies differ: D EUR, F NOK, G none. Costs are not converted, so a sum over projects "
        "adds amounts of different money; bring the files to one currency first."
    ]
    same = read(plans[0], plans[2])
    assert same.settings.currency == "EUR"
    assert notes_of(same) == ["G names no currency: amounts there are taken to be in EUR."]


def test_discount_rates_that_differ_are_named() -> None:
    plans = [dated("D", week("site"), discount_rate=0.03),
             dated("F", week("site"), discount_rate=0.05)]  # fmt: skip
    program = read(*plans)
    assert program.settings.discount_rate is None
    assert notes_of(program) == [
        "Discount rates differ: D 0.03, F 0.05. The program has none until it is told one."
    ]
    assert read(plans[0], dated("G", week("site"))).settings.discount_rate == 0.03
