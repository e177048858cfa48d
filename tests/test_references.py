"""What a program says of projects is about projects that it has, and is said once."""

from __future__ import annotations

from typing import Any

import pytest

from pmkit.model.benefit import Benefit
from pmkit.model.choosing import Group, PeopleDays
from pmkit.model.errors import PlanError
from pmkit.model.governance import Authority, Gate, Governance, LoggedDecision
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo
from pmkit.model.strategy import Objective, Strategy
from tests.wording import exactly

_AIR = (Objective("Air"),)


@pytest.mark.parametrize(
    ("told", "sentences"),
    [
        ({"strategy": Strategy(_AIR, {("Z", "Air"): 1})},
         ["contribution of project 'Z' to 'Air': project must be one of the program's, got 'Z'"]),
        ({"strategy": Strategy(benefits=(Benefit("F", enablers=("A", "Z")),))},
         ["benefit 'F': enablers must be one of the program's, got 'Z'"]),
        ({"groups": (Group("g", projects=("Z",), at_least=1), Group("g", projects=("A",),
                                                                    at_least=1))},
         ["group 'g': projects must be one of the program's, got 'Z'",
          "group 'g': id must be unique, came more than once"]),
        ({"people": (PeopleDays("E", "Z"), PeopleDays("E"), PeopleDays("E", days={2026: 1}))},
         ["people 'E' for project 'Z': project must be one of the program's, got 'Z'",
          "people 'E': must be given once, came more than once"]),
        ({"governance": Governance(
            (Authority("sponsor", project="Z"),), (), (Gate("G", "Z"),),
            (LoggedDecision("D", project="Z"),))},
         ["gate 'G': project must be one of the program's, got 'Z'",
          "decision 'D': project must be one of the program's, got 'Z'",
          "authority of the sponsor for project 'Z': project must be one of the program's, got "
          "'Z'"]),
    ],
)  # fmt: skip
def test_what_is_about_no_project_or_said_twice_is_refused(
    told: dict[str, Any], sentences: list[str]
) -> None:
    with pytest.raises(PlanError, match=exactly(*sentences)):
        Program((), candidates=(ProjectInfo("A"),), **told)


def test_an_empty_project_is_the_whole_program() -> None:
    program = Program(
        (), candidates=(ProjectInfo("A"),), people=(PeopleDays("E"),),
        governance=Governance((Authority("sponsor"),), (), (), (LoggedDecision("D"),)),
    )  # fmt: skip
    assert program.member("A") is program.members[0]
    with pytest.raises(KeyError, match="no project 'Z' in the program"):
        program.member("Z")
