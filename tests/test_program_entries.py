"""What is wrong in an entry of a program is told with its place, and all of it at once."""

from __future__ import annotations

from typing import Any

import pytest

from pmkit.model.errors import PlanError
from tests.program_files import TWO, read_sheets
from tests.wording import exactly

_TOP = [{"id": "Air", "weight": 1}]


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
        read_sheets(**sheets)


def test_everything_wrong_in_every_sheet_comes_at_once_and_points_at_its_cell() -> None:
    with pytest.raises(PlanError) as told:
        read_sheets(
            [*TWO, {"id": "Y", "project": "A", "duration": "tbd"}],
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
        read_sheets([*TWO, {"id": "X", "project": "C", "duration": "tbd"}],
                    benefits=[{"id": "F", "enablers": "C"}])  # fmt: skip
    assert [(p.sheet, p.row) for p in told.value.problems] == [("activities", 3)]


def test_what_a_program_finds_wrong_later_gets_its_place_too() -> None:
    """An id with a colon in it does not hide the column."""
    with pytest.raises(PlanError) as told:
        read_sheets(benefits=[{"id": "x: rule", "enablers": "Z"}])
    (problem,) = told.value.problems
    assert (problem.sheet, problem.row) == ("benefits", 1)
