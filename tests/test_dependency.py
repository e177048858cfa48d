"""Dependencies, and the many ways in which people write them."""

from __future__ import annotations

from math import inf, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.model.dependency import (
    Dependency,
    DependencyKind,
    LagUnit,
    parse_predecessors,
    unit_in_days,
)
from pmkit.model.errors import PlanError
from tests.wording import exactly

IDS = {"A", "B", "C", "D", "E", "F", "3", "12", "Dig pit", "P-1", "P", "1.2", "1", "a+b", "R&D"}


def read(text: str, **options: Any) -> list[str]:
    return [str(link) for link in parse_predecessors(text, "Z", IDS, **options)]


@pytest.mark.parametrize(
    ("cell", "links"),
    [
        ("", []),
        (" ; ", []),
        ("A", ["A -> Z (FS)"]),
        (
            "A; B SS+2; 3FS+2d; C FF-1.5; D+1w; E+50%; F+3ed",
            ["A -> Z (FS)", "B -> Z (SS+2)", "3 -> Z (FS+2)", "C -> Z (FF-1.5)", "D -> Z (FS+5)",
             "E -> Z (FS+50%)", "F -> Z (FS+3ed)"],
        ),
        ("A, B SS+2, 3FF", ["A -> Z (FS)", "B -> Z (SS+2)", "3 -> Z (FF)"]),
        ("A,B;C", ["A -> Z (FS)", "B -> Z (FS)", "C -> Z (FS)"]),
        ("12FS+4 days", ["12 -> Z (FS+4)"]),
        ("12 fs + 4 Hours", ["12 -> Z (FS+0.5)"]),
        ("12SS-30min", ["12 -> Z (SS-0.0625)"]),
        ("12FF+1 ewk", ["12 -> Z (FF+7ed)"]),
        ("12FF+2 elapsed days", ["12 -> Z (FF+2ed)"]),
        ("12+1mo", ["12 -> Z (FS+20)"]),
        ("12SF\u22122", ["12 -> Z (SF-2)"]),
        ("A FS+1,5", ["A -> Z (FS+1.5)"]),
        ("Dig pit SS", ["Dig pit -> Z (SS)"]),
        ("R&D FF+1", ["R&D -> Z (FF+1)"]),
        ("a+b+2", ["a+b -> Z (FS+2)"]),
    ],
)  # fmt: skip
def test_predecessors_are_read_as_people_type_them(cell: str, links: list[str]) -> None:
    assert read(cell) == links


@pytest.mark.parametrize(
    ("cell", "link"),
    [
        ("P-1", "P-1 -> Z (FS)"),
        ("P-2", "P -> Z (FS-2)"),
        ("P-1-2", "P-1 -> Z (FS-2)"),
        ("1.2", "1.2 -> Z (FS)"),
        ("1.2FS+.5", "1.2 -> Z (FS+0.5)"),
    ],
)
def test_the_longest_exact_id_wins(cell: str, link: str) -> None:
    assert read(cell) == [link]


def test_lags_in_hours_follow_the_working_day() -> None:
    assert read("A+6h", hours_per_day=6) == ["A -> Z (FS+1)"]


@pytest.mark.parametrize(
    ("cell", "link"),
    [
        ("X", "Fleet.X -> Fleet.Z (FS)"),
        ("Depot.X", "Depot.X -> Fleet.Z (FS)"),
        ("Only SS+1", "Only -> Fleet.Z (SS+1)"),
    ],
)
def test_in_a_program_a_bare_id_means_the_same_project(cell: str, link: str) -> None:
    ids = {"Fleet.X", "Fleet.Z", "Depot.X", "X", "Only"}
    found = parse_predecessors(cell, "Fleet.Z", ids, project="Fleet")
    assert [str(one) for one in found] == [link]


def test_a_comma_with_two_readings_is_an_error_that_shows_both() -> None:
    sentence = (
        "activity 'Z': predecessors must have one reading, got 'A+1,5', which is 'A FS+1.5' or "
        "'A FS+1 and 5'; separate with ';'"
    )
    with pytest.raises(PlanError, match=exactly(sentence)) as caught:
        parse_predecessors("A+1,5", "Z", {"A", "5"})
    assert caught.value.ids == ("Z",)


@pytest.mark.parametrize(
    ("cell", "came"),
    [
        ("Q", "'Q'"),
        ("A XX", "'A XX'"),
        ("A SS+", "'A SS+'"),
        ("A SS+2 parsecs", "'A SS+2 parsecs'"),
        ("A; Q SS", "'Q SS'"),
        ("A, Q", "'A, Q'"),
        ("Dig pot", "'Dig pot' (did you mean 'Dig pit'?)"),
    ],
)
def test_what_cannot_be_read_is_named(cell: str, came: str) -> None:
    sentence = (
        "activity 'Z': predecessors must name activities of the plan, each with FS, SS, FF or SF "
        f"and a lag such as +2d where it has one, got {came}"
    )
    with pytest.raises(PlanError, match=exactly(sentence)):
        read(cell)


dependencies = st.builds(
    Dependency,
    st.sampled_from(sorted(IDS)),
    st.just("Z"),
    st.sampled_from(DependencyKind),
    st.integers(-4000, 4000).map(lambda n: n / 16),
    st.sampled_from(LagUnit),
)


@given(st.lists(dependencies, max_size=5))
def test_dependencies_written_and_read_again_are_the_same(links: list[Dependency]) -> None:
    links = [
        link if link.lag else Dependency(link.predecessor, "Z", link.kind) for link in links
    ]  # without a lag there is no unit to write
    cell = "; ".join(link.as_predecessor() for link in links)
    assert parse_predecessors(cell, "Z", IDS) == tuple(links)


def test_ids_and_kinds_become_what_they_stand_for() -> None:
    link = Dependency(1, 2.0, "SS", 1, "ed")  # type: ignore[arg-type]
    assert (link.predecessor, link.successor) == ("1", "2")
    assert link.kind is DependencyKind.START_TO_START
    assert link.unit is LagUnit.ELAPSED_DAYS


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (("XX",), "dependency A -> B: kind must be one of FS, SS, FF, SF, got 'XX'"),
        (("FS", 1, "h"), "dependency A -> B: unit of the lag must be one of d, ed, %, got 'h'"),
        (("FS", inf), "dependency A -> B: lag must be a finite number of days, got inf"),
        (("FS", nan), "dependency A -> B: lag must be a finite number of days, got nan"),
        (("FS", "2d"), "dependency A -> B: lag must be a finite number of days, got '2d'"),
    ],
)
def test_a_broken_dependency_is_named_with_both_ends(
    fields: tuple[Any, ...], sentence: str
) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)) as caught:
        Dependency("A", "B", *fields)
    assert caught.value.ids == ("A", "B")


@pytest.mark.parametrize(
    ("unit", "elapsed", "days"),
    [
        ("d", False, 1), ("W", False, 5), ("h", False, 1 / 8), ("m", False, 1 / 480),
        ("mo", False, 20), ("days", False, 1), ("wks", False, 5), ("h", True, 1 / 24),
        ("week", True, 7), ("mons", True, 30), ("year", False, None), ("year", True, None),
    ],
)  # fmt: skip
def test_units_of_time_in_days(unit: str, elapsed: bool, days: float | None) -> None:
    assert unit_in_days(unit, 8, elapsed=elapsed) == days
