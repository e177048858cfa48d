"""The chart of who does what: a cell per activity and person, and gaps that stand out."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date

import pytest

import pmkit as pm
from pmkit.views.show import svg
from pmkit.views.team import team_chart
from pmkit.views.theme import DARK, LIGHT


def plan_of(activities, people, **fields):
    return pm.Project(tuple(activities), resources=tuple(people), **fields)


def cells(chart):
    found = {
        (row["activity"], row["person"], row["cover"]): row
        for data in chart.to_dict()["datasets"].values()
        for row in data
        if "cover" in row
    }
    return list(found.values())


@pytest.fixture(scope="module")
def small():
    return pm.assemble_team(
        plan_of(
            [
                pm.Activity("P", 3, "Pipes", skills=("welding",),
                            resources=(pm.Assignment("Ann"),)),
                pm.Activity("Q", 2, skills=("welding", "rigging")),
                pm.Activity("R", 2),
            ],
            [pm.Resource("Ann", skills=("welding",)),
             pm.Resource("Bob", skills=("rigging",), cost_per_day=250)],
            settings=pm.Settings(start=date(2026, 3, 2), currency="EUR"),
        )
    )  # fmt: skip


def test_each_cell_says_who_what_when_and_at_what_cost(small):
    told = {(c["activity"], c["person"]): c for c in cells(team_chart(small))}

    assert set(told) == {("P \u2013 Pipes", "Ann"), ("Q", "Bob"), ("Q", "Nobody")}
    on_it, joins, gap = told["P \u2013 Pipes", "Ann"], told["Q", "Bob"], told["Q", "Nobody"]
    assert on_it["when"] == "2 Mar 2026 to 4 Mar 2026, 3 working days"
    assert (on_it["text"], on_it["money"]) == ("welding", "nothing more")
    assert (joins["text"], joins["money"]) == ("+ rigging", "EUR 500")
    assert (gap["text"], gap["reason"]) == ("! welding", "welding: Ann is busy on P")


def test_activities_are_rows_in_the_order_of_the_plan_and_nobody_is_the_last_column(small):
    params = {p["name"]: p["value"] for p in team_chart(small).to_dict()["params"]}

    assert params == {"columns": ["Ann", "Bob", "Nobody"], "rows": ["P \u2013 Pipes", "Q"]}


def test_a_gap_has_a_sign_dashes_and_a_band_beside_its_colour(small):
    spec = team_chart(small).to_dict()
    boxes = [layer["mark"] for layer in spec["layer"] if layer["mark"]["type"] == "rect"]
    gap = next(mark for mark in boxes if mark.get("stroke") == LIGHT.critical)

    assert gap["strokeDash"]
    bands = next(d for d in spec["datasets"].values() if d and "is_gap" in d[0])
    assert [band["is_gap"] for band in bands] == [False, True]


def test_the_title_says_how_many_are_covered_and_names_the_gaps(small):
    chart = team_chart(small)

    assert chart.title.text == "2 of 3 wanted skills covered, 1 gap: welding in Q"
    assert chart.description == f"Who does what. {chart.title.text}."


def test_without_a_gap_there_is_no_column_for_nobody(small):
    chart = team_chart(small.if_hired("welding"))
    params = {p["name"]: p["value"] for p in chart.to_dict()["params"]}

    assert chart.title.text == "3 of 3 wanted skills covered: no gap"
    assert params["columns"] == ["Ann", "Bob", "New hire"]


def test_somebody_called_nobody_is_not_the_column_of_gaps():
    people = [pm.Resource("Nobody", skills=("welding",))]
    team = pm.assemble_team(plan_of([pm.Activity("P", 1, skills=("welding", "rigging"))], people))

    assert [(c["cover"], c["x"]) for c in cells(team_chart(team))] == [("joins", 0), ("gap", 1)]


def test_where_no_skill_is_wanted_a_sentence_stands_in():
    team = pm.assemble_team(plan_of([pm.Activity("P", 1)], []))

    assert team_chart(team).description == (
        "Who does what. No activity that is left wants a skill."
    )


def test_without_people_there_is_only_the_column_of_gaps():
    team = pm.assemble_team(plan_of([pm.Activity("P", 1, skills=("welding",))], []))

    assert [cell["person"] for cell in cells(team_chart(team))] == ["Nobody"]
    ET.fromstring(svg(team_chart(team)))


def big(activities, people):
    skills = [f"skill {n} with a long name" for n in range(people)]
    return pm.assemble_team(
        plan_of(
            [pm.Activity(f"A{n}", 1, "a name that nobody could fit beside any chart, ever " * 2,
                         skills=(skills[n % people],)) for n in range(activities)],
            [pm.Resource(f"Person number {n}", capacity=None if n else 1, skills=(skill,))
             for n, skill in enumerate(skills)],
        )
    )  # fmt: skip


def test_eighty_activities_and_twenty_people_stay_readable():
    chart = team_chart(big(80, 20))
    spec = chart.to_dict()
    params = {p["name"]: p["value"] for p in spec["params"]}

    assert len(params["rows"]) == 80
    assert len(params["columns"]) == 21
    assert all(len(label) <= 46 for label in params["rows"])
    assert spec["height"] / 80 >= 19
    assert spec["width"] / 21 >= 24
    # too narrow for words: a sign each
    assert {cell["text"] for cell in cells(chart)} == {"+", "!"}
    ET.fromstring(svg(chart))


def test_of_very_many_activities_those_with_gaps_stay():
    team = big(200, 4)
    chart = team_chart(team, most=40)

    shown = {cell["activity"].split()[0] for cell in cells(chart)}
    assert len(shown) == 40
    assert sum(cell["cover"] == "gap" for cell in cells(chart)) == 40
    assert chart.title.subtitle[-1] == "160 more activities, of 200, are not drawn."


def test_people_without_a_part_are_left_out_where_there_are_many():
    people = [pm.Resource(f"P{n}", skills=("welding",), cost_per_day=n) for n in range(14)]
    team = pm.assemble_team(plan_of([pm.Activity("A", 1, skills=("welding",))], people))

    chart = team_chart(team)

    assert [p["value"] for p in chart.to_dict()["params"] if p["name"] == "columns"] == [["P0"]]
    assert chart.title.subtitle[-1] == "13 people without a part: not drawn."


def test_it_follows_the_theme(small):
    assert team_chart(small, theme=DARK).to_dict()["config"]["background"] == DARK.background


def test_the_sample_is_drawn():
    chart = team_chart(pm.assemble_team(pm.sample()))

    assert chart.title.text.endswith(
        "2 gaps: fire safety in Depot.FireCheck; charging in Fleet.Inspect1"
    )
    assert "! fire safety" in svg(chart)
