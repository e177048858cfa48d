"""The sheets of a program, read and written: strategy, governance, groups, people, candidates."""

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
from pmkit.files.enablers import format_enablers, parse_enablers
from pmkit.model.benefit import Benefit, EnablerRule, Outcome
from pmkit.model.choosing import Group, PeopleDays
from pmkit.model.errors import PlanError
from pmkit.model.governance import Authority, Gate, Governance, LoggedDecision, Stakeholder
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo
from pmkit.model.strategy import Objective, Strategy
from tests.program_plans import programs_with_candidates
from tests.wording import exactly

FORMATS = ("plan.json", "plan.xlsx", "plan")
_TWO = [{"id": "X", "project": "A", "duration": 3}, {"id": "X", "project": "B", "duration": 2}]
_TOP = [{"id": "Air", "weight": 1}]


def _read(activities: Any = _TWO, **sheets: Any) -> Any:
    return read_bytes("plan.json", json.dumps({"pmkit": 1, "activities": activities, **sheets}))


def _candidates(*rows: dict[str, Any], **sheets: Any) -> Any:
    return read_bytes("plan.json", json.dumps({"pmkit": 1, "projects": rows, **sheets}))


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
    plan = _read(
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
    plan = _read(objectives=[{"id": "Air", "colour": "blue"}],
                 people=[{"resource": "E", "days": 3, "colour": "red"}])  # fmt: skip
    for name, sheet in (("colour", "objectives"), ("colour", "people")):
        assert (
            f"Sheet {sheet!r}: column {name!r} is not known to pmkit; it was not kept."
            in plan.notes
        )


@pytest.mark.parametrize(
    ("text", "shared", "found"),
    [
        ("A; B", False, (("A", None), ("B", None))),
        ("A 0.6; B 40%", True, (("A", 0.6), ("B", 0.4))),
        ("A 0,6; B 40 %", True, (("A", 0.6), ("B", 0.4))),
        ("Line 9; B", True, (("Line 9", None), ("B", None))),
        ("Line 9 0.5; B 0.5", True, (("Line 9", 0.5), ("B", 0.5))),
        ('"A 0.6" 0.5; "B" 0.5', True, (("A 0.6", 0.5), ("B", 0.5))),
        ("A 0.6", False, (("A", 0.6),)),
        ("Zed 5", False, (("Zed 5", None),)),
        ("Zed 0.5", True, (("Zed", 0.5),)),
    ],
)
def test_a_share_stands_after_its_project_and_an_exact_id_wins(
    text: str, shared: bool, found: Any
) -> None:
    assert parse_enablers(text, {"A", "B", "Line 9"}, shared=shared) == found


def test_an_id_that_looks_like_a_share_is_quoted_when_it_must() -> None:
    assert format_enablers(("A", "A 0.5"), (0.5, 0.5), {"A", "A 0.5"}) == '"A" 0.5; A 0.5 0.5'


@pytest.mark.parametrize(
    ("sheets", "sentence"),
    [
        ({"objectives": [{"id": "Air", "weight": "much"}]},
         "plan.json, objectives row 1, objective 'Air': weight must be a finite number, "
         "got 'much'"),
        ({"objectives": [{"id": "Air", "weight": -1}]},
         "plan.json, objectives row 1, objective 'Air': weight must be a finite number >= 0, "
         "got -1.0"),
        ({"objectives": [{"id": "Air"}, {"id": "", "name": "x"}]},
         "plan.json, objectives row 2, objective: id must not be empty"),
        ({"objectives": [{"id": "Air"}, {"id": "Air", "weight": ""}]},
         "plan.json, objectives row 1, objective 'Air': id must be unique, came more than once"),
        ({"objectives": [{"id": "Air", "weight": 1}, {"id": "Sea", "weight": ""}]},
         "plan.json, objectives, objectives: weight must be given for all or none of those at "
         "the top"),
        ({"objectives": [*_TOP, {"id": "Sea", "weight": 1, "parent": "Z"}]},
         "plan.json, objectives row 2, objective 'Sea': parent must be an objective, got 'Z'"),
        ({"objectives": _TOP, "contributions": [{"project": "A", "objective": "Air",
                                                 "score": "high"}]},
         "plan.json, contributions row 1, contribution of project 'A' to 'Air': score must be a "
         "finite number, got 'high'"),
        ({"objectives": _TOP, "contributions": [{"project": "A", "objective": "Air", "score": 2}]},
         "plan.json, contributions row 1, contribution of project 'A' to 'Air': score must be "
         "from -1 to 1, got 2.0"),
        ({"objectives": _TOP, "contributions": [{"project": "A", "objective": "Air", "score": 1},
                                                {"project": "Z", "objective": "Air", "score": 1}]},
         "plan.json, contributions row 2, contribution of project 'Z' to 'Air': project must be "
         "one of the program's, got 'Z'"),
        ({"objectives": _TOP, "contributions": [{"project": "A", "objective": "Air", "score": 1}]
          * 2},
         "plan.json, contributions row 2, contribution of project 'A' to 'Air': must be given "
         "once, came more than once"),
        ({"objectives": _TOP, "contributions": [{"project": "", "objective": "Air", "score": 1}]},
         "plan.json, contributions row 1, contribution: project must not be empty"),
        ({"objectives": _TOP, "contributions": [{"project": "A", "objective": "Z", "score": 1}]},
         "plan.json, contributions row 1, contribution of project 'A' to 'Z': objective must be "
         "one of the strategy's, got 'Z'"),
        ({"objectives": _TOP, "judgements": [{"group": "", "one": "Air", "other": "Z",
                                              "ratio": 2}]},
         "plan.json, judgements row 1, judgement of 'Air' against 'Z': must compare parts of the "
         "whole, got 'Z'"),
        ({"outcomes": [{"id": "", "name": "x"}]},
         "plan.json, outcomes row 1, outcome: id must not be empty"),
        ({"benefits": [{"id": "F", "enablers": "A; Z"}]},
         "plan.json, benefits row 1, benefit 'F': enablers must be one of the program's, got 'Z'"),
        ({"benefits": [{"id": "F", "enablers": "A", "rule": "perhaps"}]},
         "plan.json, benefits row 1, benefit 'F': rule must be one of all, any, share, got "
         "'perhaps'"),
        ({"benefits": [{"id": "F", "enablers": "A 0.6; B 0.4"}]},
         "plan.json, benefits row 1, benefit 'F': shares must be given with the rule share only, "
         "got all"),
        ({"benefits": [{"id": "F", "enablers": "A 0.6; B 0.6", "rule": "share"}]},
         "plan.json, benefits row 1, benefit 'F': shares must add up to 1, got 1.2"),
        ({"benefits": [{"id": "F", "enablers": "A 0.6; B", "rule": "share"}]},
         "plan.json, benefits row 1, benefit 'F': shares must be a number >= 0 for each enabler, "
         "got 0.6, None"),
        ({"benefits": [{"id": "F", "enablers": "A", "benefit_2027": "lots"}]},
         "plan.json, benefits row 1, benefit 'F': benefit_2027 must be a finite number, got "
         "'lots'"),
        ({"benefits": [{"id": "F", "enablers": "A", "benefit_2027": 1, "Benefit 2027": 2}]},
         "plan.json, benefits row 1, benefit 'F': benefit_2027 must come in one column, came in "
         "two"),
        ({"benefits": [{"id": "F", "enablers": "A", "benefit": 5, "benefit_2027": 3}]},
         "plan.json, benefits row 1, benefit 'F': benefit must be the sum of its years, 3, got "
         "5.0"),
        ({"benefits": [{"id": "F", "enablers": "A", "outcomes": "O"}]},
         "plan.json, benefits row 1, benefit 'F': outcomes must be those of the strategy, got "
         "'O'"),
        ({"groups": [{"id": "g", "projects": "A; Z", "at_least": 1}]},
         "plan.json, groups row 1, group 'g': projects must be one of the program's, got 'Z'"),
        ({"groups": [{"id": "g", "projects": "A", "at_least": 1.5}]},
         "plan.json, groups row 1, group 'g': at_least must be a whole number >= 0, got 1.5"),
        ({"groups": [{"id": "g", "projects": "A"}]},
         "plan.json, groups row 1, group 'g': at_least or at_most must be given, got neither"),
        ({"groups": [{"id": "g", "projects": "A", "at_least": 1}] * 2},
         "plan.json, groups row 1, group 'g': id must be unique, came more than once"),
        ({"people": [{"resource": "E", "project": "Z", "days": 3}]},
         "plan.json, people row 1, people 'E' for project 'Z': project must be one of the "
         "program's, got 'Z'"),
        ({"people": [{"resource": "E", "days_2026": -3}]},
         "plan.json, people row 1, people 'E': days_2026 must be a finite number of person-days "
         ">= 0, got -3.0"),
        ({"people": [{"resource": "", "days": 3}]},
         "plan.json, people row 1, people '': resource must not be empty"),
        ({"people": [{"resource": "E", "days": 3}, {"resource": "E", "days": 4}]},
         "plan.json, people row 1, people 'E': must be given once, came more than once"),
        ({"authority": [{"role": "sponsor", "cost": "all", "days": 1, "benefit": 1}]},
         "plan.json, authority row 1, authority of the sponsor: cost must be a finite number, got "
         "'all'"),
        ({"authority": [{"role": "", "cost": 1, "days": 1, "benefit": 1}]},
         "plan.json, authority row 1, authority: role must not be empty"),
        ({"authority": [{"role": "sponsor", "cost": 1, "days": 1, "benefit": 1, "project": "A"},
                        {"role": "sponsor", "cost": 1, "days": 1, "benefit": 1, "project": "Z"}]},
         "plan.json, authority row 2, authority of the sponsor for project 'Z': project must be "
         "one of the program's, got 'Z'"),
        ({"stakeholders": [{"id": "S", "influence": 2}]},
         "plan.json, stakeholders row 1, stakeholder 'S': influence must be from 0 to 1, got 2.0"),
        ({"stakeholders": [{"id": "S", "influence": "High"}]},
         "plan.json, stakeholders row 1, stakeholder 'S': influence must be a number from 0 to 1, "
         "got 'High'"),
        ({"stakeholders": [{"id": "S", "last_told": "soon"}]},
         "plan.json, stakeholders row 1, stakeholder 'S': last_told must be a date such as "
         "2026-03-31 or 2026-03-31T17:00, got 'soon'"),
        ({"gates": [{"id": "G", "project": "Z"}]},
         "plan.json, gates row 1, gate 'G': project must be one of the program's, got 'Z'"),
        ({"gates": [{"id": "G", "project": ""}]},
         "plan.json, gates row 1, gate 'G': project must not be empty"),
        ({"gates": [{"id": "G", "project": "A", "recoverable": -1}]},
         "plan.json, gates row 1, gate 'G': recoverable must be a finite amount >= 0, got -1.0"),
        ({"decisions": [{"id": "D", "verdict": "sell"}]},
         "plan.json, decisions row 1, decision 'D': verdict must be one of fund, pause, stop, "
         "redirect, got 'sell'"),
        ({"decisions": [{"id": "D", "project": "Z"}]},
         "plan.json, decisions row 1, decision 'D': project must be one of the program's, got "
         "'Z'"),
        ({"decisions": [{"id": "D"}, {"id": "D", "name": "x"}]},
         "plan.json, decisions row 1, decision 'D': id must be unique, came more than once"),
        ({"projects": [{"id": "A", "smallest_share": 2}, {"id": "B"}]},
         "plan.json, projects row 1, project 'A': smallest_share must be above 0 and below 1, got "
         "2.0"),
        ({"projects": [{"id": "A", "may_wait": 0.5}, {"id": "B"}]},
         "plan.json, projects row 1, project 'A': may_wait must be a whole number of years >= 0, "
         "got 0.5"),
        ({"projects": [{"id": "A", "cost_2026": "much"}, {"id": "B"}]},
         "plan.json, projects row 1, project 'A': cost_2026 must be a finite number, got 'much'"),
    ],
)  # fmt: skip
def test_a_broken_entry_is_told_with_its_place(sheets: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        _read(**sheets)


def test_everything_wrong_in_every_sheet_comes_at_once_and_points_at_its_cell() -> None:
    with pytest.raises(PlanError) as told:
        _read(
            [*_TWO, {"id": "Y", "project": "A", "duration": "tbd"}],
            objectives=[{"id": "Air", "weight": "much"}],
            contributions=[{"project": "Z", "objective": "Air", "score": 1}],
            benefits=[{"id": "F", "enablers": "Z", "probability": 3}],
            groups=[{"id": "g", "projects": "A; Z", "at_most": -1}],
            gates=[{"id": "G", "project": "Z", "recoverable": -1}],
            people=[{"resource": "E", "project": "Z", "days_2026": "few"}],
        )  # fmt: skip
    places = {(p.sheet, p.row, p.column) for p in told.value.problems}
    assert places == {
        ("activities", 3, "duration"), ("objectives", 1, "weight"),
        ("contributions", 1, "project"), ("benefits", 1, "probability"),
        ("benefits", 1, "enablers"), ("groups", 1, "at_most"), ("groups", 1, "projects"),
        ("gates", 1, "recoverable"), ("gates", 1, "project"), ("people", 1, "days_2026"),
        ("people", 1, "project"),
    }  # fmt: skip


def test_a_project_whose_activities_are_wrong_is_not_unknown_too() -> None:
    with pytest.raises(PlanError) as told:
        _read([*_TWO, {"id": "X", "project": "C", "duration": "tbd"}],
              benefits=[{"id": "F", "enablers": "C"}])  # fmt: skip
    assert [(p.sheet, p.row) for p in told.value.problems] == [("activities", 3)]


def test_what_a_program_finds_wrong_later_gets_its_place_too() -> None:
    """An id with a colon in it does not hide the column."""
    with pytest.raises(PlanError) as told:
        _read(benefits=[{"id": "x: rule", "enablers": "Z"}])
    (problem,) = told.value.problems
    assert (problem.sheet, problem.row) == ("benefits", 1)


def test_a_sheet_of_that_name_about_something_else_is_kept_as_it_is() -> None:
    plan = _read(people=[{"Name": "Ann", "Age": 40}], gates=[{"Gate": "North", "Opens": "08:00"}],
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
    plan = _read(
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
    plan = _read([{"id": "X", "duration": 3}], **sheets)
    assert isinstance(plan, Program)
    assert plan.strategy.objectives == (Objective("Air"),)
    assert plan.notes == ()


def test_projects_without_activities_are_candidates() -> None:
    plan = _read(
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
    plan = _candidates({"id": "C", "cost": 5}, settings={"plan": "program"})
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
    plan = _candidates({"id": "C"}, {"id": "D"}, {"id": "E"}, **sheets)
    assert [project.id for project in plan.projects] == ["C", "D"]
    assert [info.id for info in plan.candidates] == ["E"]


def test_a_broken_list_of_projects_is_told_and_nothing_else() -> None:
    with pytest.raises(PlanError, match=exactly(
        "plan.json, projects row 2, project 'C': id must be unique, came more than once"
    )):  # fmt: skip
        _candidates({"id": "C", "cost": 1}, {"id": "C", "cost": 2})


def test_columns_of_candidates_cannot_be_renamed_as_activities() -> None:
    with pytest.raises(PlanError, match=r"^plan.json, a plan must have a sheet of activities with"):
        read_bytes("plan.json", json.dumps({"pmkit": 1, "projects": [{"id": "C"}]}),
                   columns={"id": "id"})  # fmt: skip


def test_what_is_known_of_the_columns_of_a_program_is_shown() -> None:
    reading = inspect_bytes("plan.json", json.dumps({
        "pmkit": 1, "activities": _TWO,
        "benefits": [{"Benefit ID": "F", "enablers": "A", "Benefit 2027": 3, "colour": "red"}],
    }))  # fmt: skip
    rows = reading.columns[reading.columns["sheet"] == "benefits"]
    assert rows[["heading", "read_as", "how"]].to_numpy().tolist() == [
        ["Benefit ID", "id", "recognised"], ["enablers", "enablers", "our name"],
        ["Benefit 2027", "benefit_2027", "recognised"], ["colour", "", "kept"],
    ]  # fmt: skip


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


def test_no_formula_of_a_program_runs_in_a_spreadsheet() -> None:
    plan = Program((), candidates=(ProjectInfo("=1+1"),), strategy=Strategy(
        benefits=(Benefit("=2+2", owner="@x", enablers=("=1+1",), extra={"=h": "-1"}),)),
        governance=Governance(stakeholders=(Stakeholder("+3", concerns=("=1+1",)),)),
    )  # fmt: skip
    again = read_bytes("plan.xlsx", write_bytes(plan, "plan.xlsx"))
    assert isinstance(again, Program)
    assert (again.strategy, again.governance) == (plan.strategy, plan.governance)
