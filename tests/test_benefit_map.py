"""The benefits map: what leads to what, what is missing, what does not come without funding."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.aligning.benefit_links import NodeKind
from pmkit.analysis.aligning.benefit_map import BenefitMap, map_benefits
from pmkit.model.benefit import Benefit, Outcome
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.strategy import Objective, Strategy
from tests.wording import exactly


def program(**changes: Any) -> Program:
    """Depot and Fleet deliver what outcome O1 needs; O1 gives B1, which serves Air."""
    given_: dict[str, Any] = {
        "outcomes": (Outcome("O1", "Electric line", ("chargers", "Buses"), owner="Operations"),),
        "benefits": (Benefit("B1", "Less NO2", {"benefit": 80}, ("Depot", "Fleet"),
                             outcomes=("O1",), objectives=("Air",), owner="City"),),
        "objectives": (Objective("Air", "Cleaner air"),), "contributions": {},
    }  # fmt: skip
    infos = changes.pop("infos", (ProjectInfo("Depot", delivers=("Chargers",)),
                                  ProjectInfo("Fleet", delivers=("buses",))))  # fmt: skip
    return Program((), candidates=infos, strategy=Strategy(**(given_ | changes)),
                   settings=Settings(currency="EUR"))  # fmt: skip


def _sentences(found: BenefitMap) -> list[str]:
    return [str(gap) for gap in found.gaps]


def test_a_whole_chain_has_no_gap_and_names_match_without_case_and_spaces() -> None:
    found = map_benefits(program())
    assert _sentences(found) == []
    assert repr(found) == (
        "BenefitMap 2 projects, 2 outputs, 1 outcome, 1 benefit, 1 objective; 0 gaps"
    )
    pairs = {(edge.source[1], edge.target[1]) for edge in found.edges}
    assert pairs == {("Depot", "chargers"), ("Fleet", "buses"), ("chargers", "O1"),
                     ("buses", "O1"), ("O1", "B1"), ("B1", "Air")}  # fmt: skip
    assert found.table.loc["B1", ["kind", "comes_from", "leads_to"]].tolist() == [
        "benefit", "O1", "Air"]  # fmt: skip
    assert found.table.index.name == "id"


def test_the_chain_of_a_benefit_is_told() -> None:
    assert str(map_benefits(program()).explain("B1")).splitlines() == [
        "benefit B1 (Less NO2), EUR 80",
        "  'Chargers' of Depot and 'buses' of Fleet bring about outcome O1 (Electric line), owned "
        "by Operations",
        "  it comes when Depot and Fleet are delivered",
        "  it serves Air (Cleaner air)",
        "  City answers for it",
    ]


def test_every_kind_of_gap_has_its_sentence() -> None:
    infos = (
        ProjectInfo("Depot", delivers=("Chargers", "Manual")),
        ProjectInfo("Fleet", delivers=("Buses", "chargers")), ProjectInfo("Idle"),
    )  # fmt: skip
    outcomes = (Outcome("O1", outputs=("Chargers", "Buses", "Drivers")), Outcome("O2"))
    benefits = (
        Benefit("B1", enablers=("Depot",), outcomes=("O1",), objectives=("Air",)),
        Benefit("B2", owner="City"),
    )
    objectives = (Objective("Air"), Objective("Noise"))
    found = map_benefits(
        program(infos=infos, outcomes=outcomes, benefits=benefits, objectives=objectives)
    )
    assert _sentences(found) == [
        "project Idle leads to no benefit",
        "output 'Chargers' is listed by Depot and Fleet: one of them is to deliver it",
        "output 'Manual' of Depot is used by no outcome",
        "output 'Drivers' is delivered by no project, O1 needs it",
        "outcome O2 comes from no output",
        "outcome O2 gives no benefit",
        "benefit B1 needs 'Buses' of Fleet, which is not among its enablers: a choice of projects "
        "does not know it",
        "benefit B1 has no owner who answers for it",
        "benefit B2 has no enabler: no project brings it about",
        "benefit B2 serves no objective",
        "objective Noise is served by no benefit",
    ]
    orphans = found.orphans.set_index("sentence")["gap"].to_dict()
    assert orphans["output 'Manual' of Depot is used by no outcome"] == "used by nobody"
    assert found.orphans.index.name == "orphan"


def test_a_benefit_of_a_parent_serves_its_parts() -> None:
    objectives = (Objective("Air"), Objective("Air1", parent="Air"))
    assert _sentences(map_benefits(program(objectives=objectives))) == []


def test_a_project_may_enable_a_benefit_without_an_output_in_between() -> None:
    benefits = (Benefit("B1", enablers=("Depot",), objectives=("Air",), owner="City"),)
    found = map_benefits(program(benefits=benefits, outcomes=()))
    assert [(e.source[1], e.target[1]) for e in found.edges if e.is_short_cut] == [("Depot", "B1")]
    assert _sentences(found) == ["project Fleet leads to no benefit"]
    assert found.notes == ("there are no outcomes, so nothing is said on outputs that nobody uses",)


def test_a_projects_own_benefit_serves_what_the_project_contributes_to() -> None:
    infos = (ProjectInfo("App", money={"benefit_2027": 20, "benefit_2028": 30}, sponsor="Lee"),)
    found = map_benefits(program(infos=infos, outcomes=(), benefits=(),
                                 contributions={("App", "Air"): 0.5}))  # fmt: skip
    assert _sentences(found) == []
    assert str(found.explain("App: benefit")).splitlines() == [
        "benefit App: benefit, EUR 50", "  it comes when App is delivered",
        "  it serves Air (Cleaner air)", "  Lee answers for it",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "chosen", "expected"),
    [
        ("all", ("Depot",), ("not funded", "needs Fleet, not funded")),
        ("any", ("Depot",), ("funded", "")),
        ("share", ("Depot",), ("in part", "75 % funded")),
        ("all", (), ("not funded", "no funded enabler")),
        ("any", (), ("not funded", "no funded enabler")),
        ("share", ("Depot", "Fleet"), ("funded", "")),
    ],
)  # fmt: skip
def test_what_does_not_come_with_the_projects_chosen(
    rule: str, chosen: tuple[str, ...], expected: tuple[str, str]
) -> None:
    enablers: Any = (("Depot", 0.75), ("Fleet", 0.25)) if rule == "share" else ("Depot", "Fleet")
    benefits = (Benefit("B1", money={"benefit": 80}, enablers=enablers, rule=rule,  # type: ignore[arg-type]
                        outcomes=("O1",), objectives=("Air",), owner="City"),)  # fmt: skip
    found = map_benefits(program(benefits=benefits), projects=chosen)
    assert found.standings[NodeKind.BENEFIT, "B1"] == expected
    assert found.unfunded == (() if expected[0] == "funded" else ("B1",))


def test_an_outcome_comes_in_part_and_the_rest_follows() -> None:
    found = map_benefits(program(), projects=["Depot"])
    assert found.table["standing"].to_dict() == {
        "Depot": "funded", "Fleet": "not funded", "Chargers": "funded", "buses": "not funded",
        "O1": "in part: lacks buses", "B1": "not funded: needs Fleet, not funded",
        "Air": "not funded: no benefit funded",
    }  # fmt: skip
    assert str(found.explain("B1")).splitlines()[-1] == (
        "  with the projects chosen it is not funded: needs Fleet, not funded"
    )
    assert repr(found).endswith("0 gaps, 1 benefits not funded in full")


@given(st.sets(st.sampled_from("ABCDE")), st.sets(st.sampled_from("ABCDE")),
       st.sampled_from(("all", "any", "share")))  # fmt: skip
def test_funding_more_never_loses_a_benefit(some: set[str], more: set[str], rule: str) -> None:
    infos = tuple(ProjectInfo(id_) for id_ in "ABCDE")
    benefits = tuple(Benefit(f"B{n}", enablers=tuple("ABCDE"[n : n + 2]), rule=rule)  # type: ignore[arg-type]
                     for n in range(4))  # fmt: skip
    whole = program(infos=infos, benefits=benefits, outcomes=())
    few = set(map_benefits(whole, projects=some).unfunded)
    assert set(map_benefits(whole, projects=some | more).unfunded) <= few
    assert map_benefits(whole, projects="ABCDE").unfunded == ()


def test_what_is_asked_for_must_exist() -> None:
    with pytest.raises(PlanError, match=exactly(
        "benefits map: projects must be of the program, got 'X'",
        "benefits map: projects must be of the program, got 'Y'",
    )):  # fmt: skip
        map_benefits(program(), projects=("X", "Depot", "Y"))
    with pytest.raises(PlanError, match=exactly(
        "benefits map: benefit must be one of 'B1', got 'B9'"
    )):  # fmt: skip
        map_benefits(program()).explain("B9")


def test_what_people_typed_is_only_words() -> None:
    infos = (ProjectInfo("P", delivers=("<b>x</b>",)),)
    assert "<b>" not in map_benefits(program(infos=infos, benefits=()))._repr_html_()
