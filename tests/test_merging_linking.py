"""Links between files, in the words of whoever keeps them; what has no end is told."""

from __future__ import annotations

from pathlib import Path

import pytest

import pmkit as pm
from tests.merged_files import links, notes_of, read, text, two_plans
from tests.wording import exactly


@pytest.fixture
def two(tmp_path: Path) -> list[Path]:
    return two_plans(tmp_path)


def test_links_are_read_in_the_words_of_whoever_keeps_them(tmp_path: Path, two: list[Path]) -> None:
    rows = links(
        tmp_path / "links.csv",
        ("depot.B", "fleet.A", "", ""),
        ("B", "fleet.C", "Finish-to-Start (FS)", "2"),
        ("depot.csv: A", "FLEET.C", "SS", "1w"),
        ("depot.A", "fleet.A", "FF-1.5", ""),
        heading="From,To,Type,Lag",
    )
    program = read(*two, rows)
    assert [str(x) for x in program.interdependencies] == [
        "depot.B -> fleet.A (FS)", "depot.B -> fleet.C (FS+2)", "depot.A -> fleet.C (SS+5)",
        "depot.A -> fleet.A (FF-1.5)",
    ]  # fmt: skip
    assert notes_of(program) == []


def test_the_project_may_stand_in_a_column_of_its_own(tmp_path: Path, two: list[Path]) -> None:
    rows = links(tmp_path / "links.csv", ("depot", "A", "fleet", "A", "ed", 2),
                 heading="from project,from,to project,to,unit,lag")  # fmt: skip
    program = read(*two, rows)
    assert [str(x) for x in program.interdependencies] == ["depot.A -> fleet.A (FS+2ed)"]


def test_a_name_is_the_second_chance_of_a_link(tmp_path: Path) -> None:
    depot = text(tmp_path / "depot.csv", "id,name,duration\n1,Power on,3\n2,Test,1\n")
    fleet = text(tmp_path / "fleet.csv", "id,name,duration\n7,Charging test,4\n8,Test,1\n")
    rows = links(tmp_path / "links.csv", ("power  on", "fleet.Charging test"))
    program = read(depot, fleet, rows)
    assert [str(x) for x in program.interdependencies] == ["depot.1 -> fleet.7 (FS)"]
    assert notes_of(program) == [
        "Ends of links found by the name of an activity, not by its id: 'power  on' (depot.1), "
        "'fleet.Charging test' (fleet.7)."
    ]


def test_an_end_that_may_be_several_activities_is_an_error(tmp_path: Path, two: list[Path]) -> None:
    rows = links(tmp_path / "links.csv", ("A", "fleet.C"), ("", "fleet.C"))
    sentences = exactly(
        "links.csv, activities row 2, link 'A' -> 'fleet.C': predecessor must be one activity, got "
        "'A', which may be depot.A, fleet.A",
        "links.csv, activities row 3, link '' -> 'fleet.C': predecessor must not be empty",
    )
    for missing in ("error", "note"):
        with pytest.raises(pm.PlanError, match=sentences):
            read(*two, rows, missing=missing)


def test_missing_ends_are_all_listed(tmp_path: Path, two: list[Path]) -> None:
    rows = links(tmp_path / "links.csv", ("depot.Bb", "fleet.A"), ("depot.B", "fleet.A"),
                 ("road.A", "tram.B"))  # fmt: skip
    listed = [
        "links.csv, activities row 2, link 'depot.Bb' -> 'fleet.A': predecessor must be an "
        "activity of one of the files, got 'depot.Bb' (did you mean 'depot.B'?)",
        "links.csv, activities row 4, link 'road.A' -> 'tram.B': predecessor must be an activity "
        "of one of the files, got 'road.A'",
        "links.csv, activities row 4, link 'road.A' -> 'tram.B': successor must be an activity of "
        "one of the files, got 'tram.B'",
    ]
    with pytest.raises(pm.PlanError, match=exactly(*listed)):
        read(*two, rows)
    program = read(*two, rows, missing="note")
    assert [str(x) for x in program.interdependencies] == ["depot.B -> fleet.A (FS)"]
    assert notes_of(program) == [
        f"2 links left out, an end is in none of the files: {'; '.join(listed)}."
    ]


def test_a_kind_or_lag_that_is_none_is_an_error(tmp_path: Path, two: list[Path]) -> None:
    rows = links(tmp_path / "links.csv", ("depot.A", "fleet.A", "later", ""),
                 ("depot.A", "fleet.C", "", "soon"), heading="from,to,type,lag")  # fmt: skip
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "links.csv, activities row 2, link 'depot.A' -> 'fleet.A': kind and lag must be such "
            "as FS, SS+2 or FF-1.5d, got 'later'",
            "links.csv, activities row 3, link 'depot.A' -> 'fleet.C': kind and lag must be such "
            "as FS, SS+2 or FF-1.5d, got 'FS+soon'",
        ),
    ):
        read(*two, rows)


def test_a_link_within_one_project_stands_with_it(tmp_path: Path, two: list[Path]) -> None:
    rows = links(tmp_path / "links.csv", ("depot.A", "depot.B"), ("fleet.C", "fleet.A"))
    with pytest.raises(
        pm.PlanError,
        match=exactly("links.csv, project 'fleet': dependencies form a cycle: A -> C -> A"),
    ):
        read(*two, rows)
    rows = links(tmp_path / "links.csv", ("depot.A", "depot.B"), ("depot.A", "depot.B", "SS"),
                 heading="from,to,type")  # fmt: skip
    program = read(*two, rows)
    assert [str(x) for x in program.project("depot").dependencies] == ["A -> B (FS)", "A -> B (SS)"]
    assert notes_of(program) == [
        "1 link of links.csv is between activities of one project, and stands with that project."
    ]


def test_columns_of_links_that_are_not_known_are_named(tmp_path: Path, two: list[Path]) -> None:
    rows = links(tmp_path / "links.csv", ("depot.A", "fleet.A", "Ann"), heading="from,to,agreed by")
    assert notes_of(read(*two, rows)) == [
        "links.csv, activities: 1 column of links not kept: 'agreed by'."
    ]


def test_a_table_of_activities_is_no_table_of_links(tmp_path: Path) -> None:
    plan = text(tmp_path / "plan.csv", "id,duration,predecessor,successor\nA,3,,B\nB,2,A,\n")
    program = read(plan)
    assert [str(x) for x in program.project("plan").dependencies] == ["A -> B (FS)"]
