"""The id of each project when several files are read together, and what refers to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import pmkit as pm
from pmkit.model.settings import ProjectInfo
from tests.merged_files import LINKS, notes_of, project, read, text, two_plans
from tests.wording import exactly


@pytest.fixture
def two(tmp_path: Path) -> list[Path]:
    return two_plans(tmp_path)


def test_the_id_of_a_project_is_its_own_else_the_name_of_its_file(
    tmp_path: Path, two: list[Path]
) -> None:
    pm.write(project("Service"), tmp_path / "third.xlsx")
    pm.write(project(), tmp_path / "folder")
    program = read(*two, tmp_path / "third.xlsx", tmp_path / "folder")
    assert [p.id for p in program.projects] == ["depot", "fleet", "Service", "folder"]
    assert program.notes == (
        "Read from 4 files, 4 projects and 0 interdependencies: depot.csv (depot); fleet.csv "
        "(fleet); third.xlsx (Service); folder (folder).",
    )


def test_names_may_be_given_by_file_by_id_or_in_order(tmp_path: Path, two: list[Path]) -> None:
    by_file = read(*two, names={"depot.csv": "D", "fleet": "F"})
    in_order = read(*two, names=["D", None])
    assert [p.id for p in by_file.projects] == ["D", "F"]
    assert [p.id for p in in_order.projects] == ["D", "fleet"]
    both = tmp_path / "both.json"
    pm.write(pm.Program((project("P1"), project("P2"))), both)
    by_id = read(both, two[0], names={"P1": "Depot", "both.json: P2": "Fleet"})
    assert [p.id for p in by_id.projects] == ["Depot", "Fleet", "depot"]


def test_names_that_fit_nothing_are_refused(two: list[Path]) -> None:
    with pytest.raises(
        pm.PlanError,
        match=exactly("names: must be of the files or projects that are read, got 'bus.csv'"),
    ):
        read(*two, names={"bus.csv": "D"})
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "names: must be one for each of the 2 files (None for those that keep theirs), got 1"
        ),
    ):
        read(*two, names=["D"])
    with pytest.raises(
        pm.PlanError,
        match=exactly("names: must give each project an id of its own, 'D' came more than once"),
    ):
        read(*two, names=["D", "D"])


def test_projects_of_one_id_get_the_name_of_their_file(tmp_path: Path) -> None:
    for name in ("depot", "fleet"):
        pm.write(project("P1"), tmp_path / f"{name}.json")
    program = read(tmp_path / "depot.json", tmp_path / "fleet.json")
    assert [p.id for p in program.projects] == ["depot-P1", "fleet-P1"]
    assert notes_of(program) == [
        "Project 'P1' of depot.json is called 'depot-P1' here, because fleet.json has that id too.",
        "Project 'P1' of fleet.json is called 'fleet-P1' here, because depot.json has that id too.",
    ]


def test_files_of_one_name_get_the_name_of_their_folder(tmp_path: Path) -> None:
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        text(tmp_path / name / "plan.csv", LINKS + "A,3,\n")
    program = read(tmp_path / "north" / "plan.csv", tmp_path / "south" / "plan.csv")
    assert [p.id for p in program.projects] == ["north-plan", "south-plan"]
    assert "plan.csv (north-plan)" in program.notes[0]


def test_what_refers_to_a_project_follows_its_new_id(tmp_path: Path) -> None:
    one = replace(project("P1"), members=(ProjectInfo("P1", requires=("P2",)),))
    risk = pm.RiskEvent("R1", "", ("P1.B",), 0.3, 2.0)  # type: ignore[arg-type]
    program = pm.Program(
        (one, project("P2")), (pm.Dependency("P2.B", "P1.A"),), risks=(risk,),
        control=pm.Control(requests=(
            pm.ChangeRequest("C1", changes=(pm.Change("P1.A", duration=4),
                                            pm.Change("P1.A -> P1.B (FS)", lag=1))),
        )),
    )  # fmt: skip
    pm.write(program, tmp_path / "both.json")
    pm.write(project("P1"), tmp_path / "other.json")
    again = read(tmp_path / "both.json", tmp_path / "other.json")
    assert [p.id for p in again.projects] == ["both-P1", "P2", "other-P1"]
    assert again.project("both-P1").members[0].requires == ("P2",)
    assert [str(x) for x in again.interdependencies] == ["P2.B -> both-P1.A (FS)"]
    assert again.risks[0].activities == ("both-P1.B",)
    assert [c.target for c in again.control.requests[0].changes] == [
        "both-P1.A", "both-P1.A -> both-P1.B (FS)",
    ]  # fmt: skip
