"""The sheets of a program, read and written: strategy, governance, groups, people."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import pmkit as pm
from pmkit.files import inspect_bytes, read_bytes, to_json, write_bytes
from pmkit.model.benefit import Benefit, EnablerRule, Outcome
from pmkit.model.choosing import Group, PeopleDays
from pmkit.model.governance import Authority, Gate, Governance, LoggedDecision, Stakeholder
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo
from pmkit.model.strategy import Objective, Strategy
from tests.program_files import FORMATS, TWO, read_sheets
from tests.program_plans import programs_with_candidates


@given(plan=programs_with_candidates(), name=st.sampled_from(FORMATS))
@settings(
    max_examples=50,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
def test_a_program_that_is_written_and_read_is_the_same_program(
    plan: Program, name: str, tmp_path_factory: Any
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    pm.write(plan, folder / name)
    again = pm.read(folder / name)
    # What a reader has to say about unknown columns comes on top of the program.
    assert replace(again, notes=plan.notes) == plan
    pm.write(again, folder / name)
    assert pm.read(folder / name) == again


def test_what_people_call_the_columns_is_understood() -> None:
    plan = read_sheets(
        objectives=[{"Objective ID": "Air", "Description": "Clean air", "Importance": "2"},
                    {"Objective ID": "Money", "Importance": 1}],
        contributions=[{"Project": "A", "Objective": "Air", "Rating": "-0.5"}],
        judgements=[{"parent": "", "one": "Air", "other": "Money", "ratio": "3"}],
        outcomes=[{"id": "O", "Deliverables": "Hall; Bus", "colour": "red"}],
        benefits=[{"Benefit ID": "F", "Title": "Fuel", "Enabled by": "A; B", "rule": "and",
                   "Benefit 2027 (EUR)": "1200", "benefit_2028": 5, "Realised 2027": "-3",
                   "Outcome": "O", "Objectives": "Air; Money", "Likelihood": "90%",
                   "Ramp-up (years)": 0.5, "Benefit owner": "Ann", "colour": "blue"},
                  {"Benefit ID": "G", "Enabled by": "A 0.6; B 40%", "rule": "split"}],
        groups=[{"Group": "g", "Members": "A; B", "Minimum": 1.0, "note": "x"}],
        people=[{"Role": "Engineer", "days_2026": 200, "Days 2027": "180"},
                {"Role": "Engineer", "Project": "A", "days_2026": 20}],
        authority=[{"Role": "project manager", "Cost limit": 1e4, "Delay limit": 5,
                    "Benefit limit": 0},
                   {"Role": "board", "Cost limit": "", "Delay limit": "", "Benefit limit": ""}],
        stakeholders=[{"id": "S", "Stakeholder": "Union", "Power": "70%", "interest": 0.8,
                       "Attitude": -0.3, "cadence": 14, "concerns": "A; F",
                       "Last contact": "2026-03-01", "phone": "1"}],
        gates=[{"Gate ID": "G1", "Project ID": "A", "Review date": 12, "Salvage value": 9}],
        decisions=[{"Decision ID": "D1", "Decision": "Go on", "Decided by": "sponsor",
                    "verdict": "go", "Rationale": "cheap", "Expected value": 7}],
    )  # fmt: skip
    assert isinstance(plan, Program)
    assert plan.strategy == Strategy(
        (Objective("Air", "Clean air", 2), Objective("Money", "", 1)),
        {("A", "Air"): -0.5},
        {"": (("Air", "Money", 3),)},
        (Outcome("O", outputs=("Hall", "Bus"), extra={"colour": "red"}),),
        (
            Benefit("F", "Fuel", {"benefit_2027": 1200, "benefit_2028": 5}, ("A", "B"),
                    EnablerRule.ALL, ("O",), ("Air", "Money"), "Ann", 0.9, 0.5, {2027: -3},
                    extra={"colour": "blue"}),
            Benefit("G", enablers=(("A", 0.6), ("B", 0.4)), rule=EnablerRule.SHARE),
        ),
    )  # fmt: skip
    assert plan.groups == (Group("g", projects=("A", "B"), at_least=1, extra={"note": "x"}),)
    assert plan.people == (
        PeopleDays("Engineer", days={2026: 200, 2027: 180}),
        PeopleDays("Engineer", "A", {2026: 20}),
    )
    told = plan.governance
    assert told.authority == (
        Authority("project manager", 10_000, 5, 0), Authority("board"))  # fmt: skip
    (union,) = told.stakeholders
    assert (union.influence, union.position, union.concerns) == (0.7, -0.3, ("A", "F"))
    assert str(union.last_told) == "2026-03-01"
    assert told.gates == (Gate("G1", "A", date=12, recoverable=9),)
    assert told.decisions == (
        LoggedDecision("D1", "Go on", decided_by="sponsor", verdict="fund", known="cheap",
                       expected=7),
    )  # fmt: skip
    assert "Columns of benefits kept as written: colour." in plan.notes
    assert "Columns of stakeholders kept as written: phone." in plan.notes
    assert read_bytes("plan.json", to_json(plan)) == plan


def test_columns_that_cannot_be_kept_are_told() -> None:
    plan = read_sheets(objectives=[{"id": "Air", "colour": "blue"}],
                       people=[{"resource": "E", "days": 3, "colour": "red"}])  # fmt: skip
    for name, sheet in (("colour", "objectives"), ("colour", "people")):
        assert (
            f"Sheet {sheet!r}: column {name!r} is not known to pmkit; it was not kept."
            in plan.notes
        )


def test_what_is_known_of_the_columns_of_a_program_is_shown() -> None:
    reading = inspect_bytes("plan.json", json.dumps({
        "pmkit": 1, "activities": TWO,
        "benefits": [{"Benefit ID": "F", "enablers": "A", "Benefit 2027": 3, "colour": "red"}],
    }))  # fmt: skip
    rows = reading.columns[reading.columns["sheet"] == "benefits"]
    assert rows[["heading", "read_as", "how"]].to_numpy().tolist() == [
        ["Benefit ID", "id", "recognised"], ["enablers", "enablers", "our name"],
        ["Benefit 2027", "benefit_2027", "recognised"], ["colour", "", "kept"],
    ]  # fmt: skip


def test_a_sheet_of_that_name_about_something_else_is_kept_as_it_is() -> None:
    plan = read_sheets(people=[{"Name": "Ann", "Age": 40}],
                       gates=[{"Gate": "North", "Opens": "08:00"}],
                       groups=[{"id": "1", "Name": "x"}])  # fmt: skip
    assert not plan.people
    assert not plan.governance
    assert set(plan.sheets) == {"people", "gates", "groups"}
    assert "Sheets kept without being used: gates, groups, people." in plan.notes
    assert read_bytes("plan.json", to_json(plan)) == plan


@pytest.mark.parametrize("name", FORMATS)
def test_in_a_single_project_these_sheets_are_kept_whatever_they_say(
    name: str, tmp_path: Path
) -> None:
    plan = read_sheets(
        [{"id": "A", "duration": 3}],
        objectives=[{"id": "Air", "weight": "much"}, {"id": "Air", "weight": ""}],
        benefits=[{"id": "F", "enablers": "Z", "what": ""}],
    )
    assert isinstance(plan, Project)
    assert plan.sheets["objectives"][0] == {"id": "Air", "weight": "much"}
    note = (
        "Sheets that are for a program kept without being used: benefits, objectives. Several "
        "projects make one, or the setting plan = program."
    )
    assert plan.notes == (note,)
    pm.write(plan, tmp_path / name)
    assert pm.read(tmp_path / name) == plan


def test_the_setting_plan_makes_a_program_of_one_project() -> None:
    sheets = {"objectives": [{"id": "Air"}], "settings": {"plan": "program"},
              "projects": [{"id": "A"}]}  # fmt: skip
    plan = read_sheets([{"id": "X", "duration": 3}], **sheets)
    assert isinstance(plan, Program)
    assert plan.strategy.objectives == (Objective("Air"),)
    assert plan.notes == ()


def test_no_formula_of_a_program_runs_in_a_spreadsheet() -> None:
    plan = Program((), candidates=(ProjectInfo("=1+1"),), strategy=Strategy(
        benefits=(Benefit("=2+2", owner="@x", enablers=("=1+1",), extra={"=h": "-1"}),)),
        governance=Governance(stakeholders=(Stakeholder("+3", concerns=("=1+1",)),)),
    )  # fmt: skip
    again = read_bytes("plan.xlsx", write_bytes(plan, "plan.xlsx"))
    assert isinstance(again, Program)
    assert (again.strategy, again.governance) == (plan.strategy, plan.governance)
