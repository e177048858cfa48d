"""The resource histogram: what is drawn, and what it says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import pmkit as pm
from pmkit.analysis.resourcing.usage import resource_usage
from pmkit.model.activity import Activity, Assignment
from pmkit.model.project import Project
from pmkit.model.resource import Resource, ResourceType
from pmkit.model.settings import Settings
from pmkit.views.resources import resource_chart
from pmkit.views.theme import DARK, LIGHT


def plan(
    count: int = 2, resources: int = 1, capacity: float | None = 1, **settings: Any
) -> Project:
    names = [f"R{n:02}" for n in range(resources)]
    activities = tuple(
        Activity(f"{name}-{k}", k + 1 + n % 3, resources=(Assignment(name),))
        for n, name in enumerate(names)
        for k in range(count)
    )
    machines = tuple(Resource(name, capacity=capacity) for name in names)
    return Project(activities, settings=Settings(**settings), resources=machines)


def layers(chart: Any, mark: str) -> list[dict[str, Any]]:
    spec = chart.to_dict()
    for layer in spec["layer"]:
        data = layer.get("data", {})
        layer["points"] = data.get("values") or spec.get("datasets", {}).get(data.get("name"), [])
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == mark]


def boxes(chart: Any, color: str) -> list[dict[str, Any]]:
    found = [layer for layer in layers(chart, "rect") if layer["mark"]["color"] == color]
    return [p for layer in found for p in layer["points"] if "left" in p]


def texts(chart: Any) -> set[str]:
    return {p["text"] for layer in layers(chart, "text") for p in layer["points"]}


def test_what_is_over_capacity_stands_above_the_line_in_another_colour_and_is_named():
    chart = resource_chart(resource_usage(plan()))
    (over,) = boxes(chart, LIGHT.critical)
    assert (over["left"], over["right"]) == (0, 1)
    assert over["used"] == "2 of 1"
    assert over["who"] == "R00-0 and R00-1"
    within = boxes(chart, LIGHT.has_float)
    assert over["base"] == within[0]["top"]
    assert {"R00", "peak 2", "2 wanted", "1 there"} <= texts(chart)


def test_before_stays_as_an_outline_behind_after():
    before = plan(start=date(2026, 1, 5))
    chart = resource_chart(resource_usage(before), resource_usage(pm.level(before)))
    assert chart.title.text == (
        "Before: R00 is over capacity on 1 working day; after: nothing is over capacity"
    )
    assert chart.title.subtitle == ["Finish 6 Jan 2026 before, 7 Jan 2026 after"]
    (outline,) = layers(chart, "line")
    assert outline["mark"]["strokeDash"] == [3, 2]
    assert "peak 2 \u2192 1" in texts(chart)
    (over,) = boxes(chart, LIGHT.critical)
    assert over["used"] == "2 of 1"


def test_a_night_leaves_no_gap_between_steps():
    chart = resource_chart(resource_usage(plan(start=date(2026, 1, 5))))
    first, second = boxes(chart, LIGHT.has_float)
    assert first["right"] == second["left"]


def test_those_most_over_capacity_come_first_and_the_rest_is_counted():
    chart = resource_chart(resource_usage(plan(resources=35)))
    shown = [t for t in texts(chart) if t.startswith("R")]
    assert len(shown) == 30
    assert "5 are left out: " in chart.title.subtitle[-1]
    assert chart.title.subtitle[-1].startswith("The 30 most over capacity or most used")
    assert "R02" in shown
    assert "R33" not in shown


def test_named_resources_are_drawn_in_that_order():
    chart = resource_chart(resource_usage(plan(resources=3)), resources=["R02", "R00"])
    (names,) = [
        [p["text"] for p in layer["points"]]
        for layer in layers(chart, "text")
        if any(p["text"] == "R02" for p in layer["points"])
    ]
    assert names == ["R02", "R00"]
    with pytest.raises(ValueError, match=r"renewable resources of the plan \(R00\), got 'Digger'"):
        resource_chart(resource_usage(plan()), resources=["Digger"])


def test_a_resource_without_a_limit_says_so():
    assert "no limit" in texts(resource_chart(resource_usage(plan(capacity=None))))


def test_thousands_of_steps_are_drawn_as_hundreds():
    activities = tuple(
        Activity(str(n), 1 + n % 7, resources=(Assignment("R", 1 + n % 3),),
                 constraint="start_no_earlier_than", constraint_date=n / 2)
        for n in range(4000)
    )  # fmt: skip
    big = Project(activities, settings=Settings(constraints="logic_first"),
                  resources=(Resource("R", capacity=10),))  # fmt: skip
    usage = resource_usage(big)
    chart = resource_chart(usage)
    drawn = boxes(chart, LIGHT.has_float)
    assert len(drawn) <= 300 < len(usage.profile)
    assert f"peak {usage.table.loc['R', 'peak']:g}" in texts(chart)


@pytest.mark.parametrize(
    ("empty", "sentence"),
    [
        (Project((Activity("A", 1),)), "The plan has no resources."),
        (
            Project((Activity("A", 1),), resources=(Resource("C", ResourceType.CONSUMABLE),)),
            "The plan has no people or machines, only materials, which are used up.",
        ),
        (
            Project((Activity("A", 1),), resources=(Resource("C"),)),
            "No activity that is still to be done uses a resource.",
        ),
    ],
)
def test_where_there_is_nothing_to_draw_a_sentence_says_why(empty, sentence):
    assert resource_chart(resource_usage(empty)).title.subtitle == sentence


def test_a_dated_and_an_undated_usage_do_not_go_together():
    with pytest.raises(ValueError, match="both usages must have dates or neither, got one of each"):
        resource_chart(resource_usage(plan()), resource_usage(plan(start=date(2026, 1, 5))))


def test_it_is_dark_on_a_dark_page():
    chart = resource_chart(resource_usage(plan()), theme=DARK)
    assert chart.to_dict()["config"]["background"] == DARK.background
