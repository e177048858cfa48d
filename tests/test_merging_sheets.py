"""Sheets that are about the program, beside the files of its projects."""

from __future__ import annotations

from pathlib import Path

import pytest

import pmkit as pm
from pmkit.files.workbook import write_workbook
from pmkit.model.settings import Settings
from tests.merged_files import notes_of, project, read, text, two_plans
from tests.wording import exactly


@pytest.fixture
def two(tmp_path: Path) -> list[Path]:
    return two_plans(tmp_path)


def test_sheets_of_a_program_beside_the_links_come_through(tmp_path: Path, two: list[Path]) -> None:
    write_workbook(tmp_path / "program.xlsx", {
        "interfaces": [["predecessor", "successor"], ["Depot.B", "Buses.A"]],
        "projects": [["id", "name", "file", "sponsor", "requires", "cost_2026"],
                     ["Depot", "Charging depot", None, "Ann", None, 100],
                     ["Buses", "Sixteen buses", "fleet.csv", "Bea", "Depot", 200],
                     ["Later", "Line nine", None, "Ann", "Buses", 50]],
        "objectives": [["id", "name", "weight"], ["Air", "Clean air", 1]],
        "contributions": [["project", "objective", "score"], ["Depot", "Air", 0.5]],
        "benefits": [["id", "enablers", "benefit"], ["Fuel", "Depot; Buses", 900]],
        "risks": [["id", "activities", "probability", "most_likely"], ["R1", "Buses.A", 0.2, 3]],
        "settings": [["key", "value"], ["name", "Electric buses"], ["currency", "EUR"]],
    })  # fmt: skip
    program = read(*two, tmp_path / "program.xlsx")
    assert program.name == "Electric buses"
    assert [(m.id, m.name, m.sponsor, m.requires, dict(m.money)) for m in program.members] == [
        ("Depot", "Charging depot", "Ann", (), {"cost_2026": 100}),
        ("Buses", "Sixteen buses", "Bea", ("Depot",), {"cost_2026": 200}),
        ("Later", "Line nine", "Ann", ("Buses",), {"cost_2026": 50}),
    ]
    assert [info.id for info in program.candidates] == ["Later"]
    assert program.strategy.contributions == {("Depot", "Air"): 0.5}
    assert program.strategy.benefits[0].enablers == ("Depot", "Buses")
    assert program.risks[0].activities == ("Buses.A",)
    assert [str(x) for x in program.interdependencies] == ["Depot.B -> Buses.A (FS)"]
    assert (
        "program.xlsx: 1 project that no file has activities for kept as a candidate: Later."
        in program.notes
    )


def test_what_is_wrong_in_such_a_sheet_is_told_with_its_place(
    tmp_path: Path, two: list[Path]
) -> None:
    write_workbook(tmp_path / "program.xlsx", {
        "risks": [["id", "activities", "probability", "most_likely"], ["R1", "depot.X", 0.2, 3]],
    })  # fmt: skip
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "program.xlsx, risks row 2, risk 'R1': activities must be activities of the plan "
            "(project.activity), got 'depot.X'"
        ),
    ):
        read(*two, tmp_path / "program.xlsx")


def test_what_two_files_say_under_one_id_is_an_error(tmp_path: Path, two: list[Path]) -> None:
    for name, weight in (("one", 1), ("other", 2)):
        write_workbook(tmp_path / f"{name}.xlsx", {
            "projects": [["id"], ["depot"]],
            "objectives": [["id", "weight"], ["Air", weight]],
        })  # fmt: skip
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "other.xlsx, objective 'Air': id must be unique, came more than once (one.xlsx has it "
            "too)"
        ),
    ):
        read(*two, tmp_path / "one.xlsx", tmp_path / "other.xlsx")


def test_a_list_of_projects_brings_candidates(tmp_path: Path, two: list[Path]) -> None:
    listed = text(tmp_path / "candidates.csv", "id,cost,benefit\nLater,50,90\n")
    program = read(*two, listed)
    assert [(one.id, dict(one.money)) for one in program.candidates] == [
        ("Later", {"cost": 50, "benefit": 90}),
    ]  # fmt: skip


def test_two_programs_join_and_keep_their_registers_apart(tmp_path: Path) -> None:
    def program(one: str, other: str) -> pm.Program:
        risk = pm.RiskEvent("R1", "", (f"{one}.A",), 0.3, 2.0)  # type: ignore[arg-type]
        return pm.Program(
            (project(one), project(other)), (pm.Dependency(f"{one}.B", f"{other}.A"),),
            risks=(risk,), settings=Settings(name=f"{one} and {other}", contingency=100.0),
            control=pm.Control(tolerances=(pm.Tolerance("time", above=5),)),
        )  # fmt: skip

    pm.write(program("A", "B"), tmp_path / "north.json")
    pm.write(program("C", "D"), tmp_path / "south.json")
    joined = read(tmp_path / "north.json", tmp_path / "south.json")
    assert [r.id for r in joined.network.risks] == ["north: R1", "south: R1"]
    assert len(joined.interdependencies) == 2
    assert joined.settings.contingency == 200
    assert joined.control.tolerances == ()
    assert notes_of(joined)[:4] == [
        "north.json: another file has these ids too, they are called 'north: R1' and so on here: "
        "R1.",
        "south.json: another file has these ids too, they are called 'south: R1' and so on here: "
        "R1.",
        "north.json: tolerances of its program left out, as they are about its projects alone and "
        "this program has more.",
        "south.json: tolerances of its program left out, as they are about its projects alone and "
        "this program has more.",
    ]
