"""Projects without activities are candidates, beside others or alone in their file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import pmkit as pm
from pmkit.files import inspect_bytes, read_bytes, to_json
from pmkit.model.benefit import Benefit
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo
from pmkit.model.strategy import Strategy
from tests.program_files import FORMATS, read_candidates, read_sheets
from tests.wording import exactly


def test_projects_without_activities_are_candidates() -> None:
    plan = read_sheets(
        projects=[{"id": "A"}, {"id": "C", "cost_2026": 5, "cost_2027": 6, "benefit": "1 000",
                                "requires": "A; B", "delivers": "Hall; Bus", "mandatory": "yes",
                                "smallest share": "50%", "may_wait": 1, "probability": "80%"}],
        groups=[{"id": "g", "projects": "A; C", "at_most": 1}],
    )  # fmt: skip
    assert [p.id for p in plan.projects] == ["A", "B"]
    assert plan.candidates == (
        ProjectInfo("C", money={"cost_2026": 5, "cost_2027": 6, "benefit": 1000}, mandatory=True,
                    requires=("A", "B"), delivers=("Hall", "Bus"), probability=0.8,
                    smallest_share=0.5, may_wait=1),
    )  # fmt: skip
    assert "1 project without activities kept, not scheduled: C." in plan.notes
    assert not plan.sheets
    again = read_bytes("plan.json", to_json(plan))
    assert again == plan


def test_a_file_that_says_it_is_a_program_needs_no_note_about_candidates() -> None:
    plan = read_candidates({"id": "C", "cost": 5}, settings={"plan": "program"})
    assert plan.notes == ()
    assert repr(plan) == (
        "Program 1 projects, 1 without activities, 0 activities, 0 interdependencies"
    )


@pytest.mark.parametrize("name", FORMATS)
def test_a_program_of_candidates_alone_needs_no_activities(name: str, tmp_path: Path) -> None:
    plan = Program((), candidates=(ProjectInfo("C", money={"cost": 5.0}), ProjectInfo("D")),
                   strategy=Strategy(benefits=(Benefit("F", enablers=("C", "D")),)),
                   sheets={"Budget": ({"name": "x", "start": "2026", "cost": "5"},)})  # fmt: skip
    for _ in range(2):  # a folder that holds candidates is replaced like any plan
        pm.write(plan, tmp_path / name)
    again = pm.read(tmp_path / name)
    assert isinstance(again, Program)
    assert (again.candidates, again.strategy, again.sheets) == (
        plan.candidates, plan.strategy, plan.sheets)  # fmt: skip
    with pytest.raises(PlanError, match=exactly(
        "program: no project has activities yet, so nothing can be scheduled"
    )):  # fmt: skip
        pm.critical_path(again)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("projects.csv", "id,name\nC,Hall\nD,Bus\n"),
        ("wishes.csv", "Project ID,Title,Cost 2026,Benefit 2027 (EUR),Sponsor\nC,Hall,5,7,\nD,Bus,"
                       '"1,000",8,Ann\n'),
        ("wishes.csv", "Projekt;x\n1;2\nproject;cost;benefit\nC;5;7\nD;6;8\n"),
    ],
)  # fmt: skip
def test_one_csv_file_of_projects_is_a_program_of_candidates(name: str, text: str) -> None:
    reading = inspect_bytes(name, text)
    assert isinstance(reading.plan, Program)
    assert [info.id for info in reading.plan.candidates] == ["C", "D"]
    read_as = dict(zip(reading.columns["heading"], reading.columns["read_as"], strict=True))
    if "Cost 2026" in read_as:
        assert read_as["Benefit 2027 (EUR)"] == "benefit_2027"
        assert reading.plan.candidates[1].money == {"cost_2026": 1000, "benefit_2027": 8}


@pytest.mark.parametrize(
    "text", ["id,name,duration\nA,Dig,3\n", "id,name,start,finish\nA,Dig,1,2\n"]
)
def test_a_csv_file_that_says_when_work_is_done_holds_activities(text: str) -> None:
    assert isinstance(read_bytes("projects.csv", text), Project)


def test_a_foreign_sheet_of_activities_beside_the_projects_is_still_found() -> None:
    sheets = {"Master plan": [{"Task Name": "Dig", "Duration": "3 days", "Project": "C"},
                              {"Task Name": "Lay", "Duration": 1, "Project": "D"}]}  # fmt: skip
    plan = read_candidates({"id": "C"}, {"id": "D"}, {"id": "E"}, **sheets)
    assert [project.id for project in plan.projects] == ["C", "D"]
    assert [info.id for info in plan.candidates] == ["E"]


def test_a_broken_list_of_projects_is_told_and_nothing_else() -> None:
    with pytest.raises(PlanError, match=exactly(
        "plan.json, projects row 2, project 'C': id must be unique, came more than once"
    )):  # fmt: skip
        read_candidates({"id": "C", "cost": 1}, {"id": "C", "cost": 2})


def test_columns_of_candidates_cannot_be_renamed_as_activities() -> None:
    with pytest.raises(PlanError, match=r"^plan.json, a plan must have a sheet of activities with"):
        read_bytes("plan.json", json.dumps({"pmkit": 1, "projects": [{"id": "C"}]}),
                   columns={"id": "id"})  # fmt: skip


def test_five_thousand_candidates_come_back(tmp_path: Path) -> None:
    infos = tuple(
        ProjectInfo(f"P{n}", f"Project {n}", money={"cost_2026": n, "benefit_2027": 2 * n},
                    requires=(f"P{n - 1}",) if n % 9 == 1 else ())
        for n in range(5000)
    )  # fmt: skip
    benefits = tuple(Benefit(f"B{n}", enablers=(f"P{n}", f"P{n + 1}")) for n in range(2000))
    plan = Program((), candidates=infos, strategy=Strategy(benefits=benefits))
    for name in ("plan.xlsx", "plan"):
        pm.write(plan, tmp_path / name)
        assert pm.read(tmp_path / name) == plan
