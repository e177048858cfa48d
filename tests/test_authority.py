"""Who may decide alone: at the limit, one cent and one tick beyond it, beyond everybody."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.governing.authority import Decider, who_decides
from pmkit.model.benefit import Benefit
from pmkit.model.errors import PlanError
from pmkit.model.governance import Authority, Governance, Stakeholder
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.strategy import Strategy
from tests.wording import exactly

TICK = 1 / (8 * 3_600_000_000)  # a microsecond, in days of eight hours

LEVELS = (
    Authority("project manager", cost=20_000, days=5, benefit=0),
    Authority("program manager", cost=100_000, days=20, benefit=10_000),
    Authority("sponsor", cost=500_000, days=60, benefit=None),
)


def _program(*levels: Authority, **fields: Any) -> Program:
    return Program(
        (),
        candidates=(
            ProjectInfo("Depot", manager="Amara", sponsor="Kofi"),
            ProjectInfo("Fleet", manager="Jonas"),
        ),
        governance=Governance(levels or LEVELS),
        **fields,
    )


def _role(**asked: Any) -> str:
    return who_decides(_program(), project="Depot", **asked).role


@pytest.mark.parametrize(
    ("asked", "role"),
    [
        ({}, "project manager"),
        ({"cost": 20_000}, "project manager"),
        ({"cost": 20_000.01}, "program manager"),
        ({"days": 5}, "project manager"),
        ({"days": 5 + TICK}, "program manager"),
        ({"days": 5 + TICK / 4}, "project manager"),  # no clock tells a quarter of a tick
        ({"benefit": 0.01}, "program manager"),
        ({"cost": 100_000, "days": 20, "benefit": 10_000}, "program manager"),
        ({"cost": 1, "days": 20 + TICK}, "sponsor"),  # each of the three is held against its limit
        ({"benefit": 1e9}, "sponsor"),  # no limit is set
        ({"cost": 500_000.01}, "portfolio board"),
    ],
)
def test_the_lowest_role_whose_limits_all_hold_decides(asked: dict[str, float], role: str) -> None:
    assert _role(**asked) == role


@given(
    cost=st.integers(0, 600_000), days=st.integers(0, 70), benefit=st.integers(0, 20_000),
    more=st.sampled_from(["cost", "days", "benefit"]),
)  # fmt: skip
def test_asking_for_more_never_brings_a_decision_down(
    cost: int, days: int, benefit: int, more: str
) -> None:
    asked = {"cost": cost, "days": days, "benefit": benefit}
    order = [level.role for level in LEVELS] + ["portfolio board"]
    place = order.index(_role(**asked))
    assert order.index(_role(**asked | {more: asked[more] + 1})) >= place
    for level in LEVELS[:place]:  # nobody lower may
        limits = {"cost": level.cost, "days": level.days, "benefit": level.benefit}
        assert any(limit is not None and asked[name] > limit for name, limit in limits.items())


def test_sums_of_many_amounts_do_not_go_beyond_by_their_last_digit() -> None:
    program = _program(Authority("project manager", cost=0.3, days=0.3))
    assert who_decides(program, project="Depot", cost=0.1 + 0.2, days=0.1 + 0.2).is_within


def test_what_is_set_for_a_project_takes_the_place_of_what_is_set_for_all() -> None:
    own = Authority("Project Manager", cost=1_000, days=1, project="Depot")
    program = _program(*LEVELS, own)
    assert who_decides(program, project="Depot", cost=1_000).role == "Project Manager"
    assert who_decides(program, project="Depot", cost=1_000.01).role == "program manager"
    assert who_decides(program, project="Fleet", cost=1_000.01).role == "project manager"
    table = who_decides(program, project="Depot", cost=1_000.01).table
    assert table.index.tolist() == ["Project Manager", "program manager", "sponsor"]
    assert table["project"].tolist() == ["Depot", "", ""]
    assert table["may"].tolist() == [False, True, True]
    assert table["reason"].iloc[0] == "may commit 1,000, asked for is 0.01 more"


def test_beyond_everybody_it_is_said_so() -> None:
    beyond = who_decides(_program(), project="Depot", cost=600_000)
    assert (beyond.role, beyond.is_within) == ("portfolio board", False)
    assert beyond.sentence == (
        "600,000 more in Depot: the portfolio board decides, because it is beyond the authority of "
        "everybody who has a limit"
    )
    board = who_decides(_program(*LEVELS, Authority("portfolio board", cost=1e6)), cost=1e6 + 1)
    assert (board.role, board.is_within) == ("", False)
    assert board.sentence == (
        "1,000,001 more: beyond the authority of everybody, also of the portfolio board"
    )


def test_where_no_authority_is_set_nothing_says_who_decides() -> None:
    nobody = who_decides(Program((), candidates=(ProjectInfo("A"),)), project="A", days=1)
    assert (nobody.role, nobody.table.empty) == ("", True)
    assert nobody.sentence == "1 day later in A: no authority is set, so nothing says who decides"


def test_people_are_named_and_the_owners_of_a_benefit_are_heard() -> None:
    strategy = Strategy(benefits=(
        Benefit("B1", owner="Lena", enablers=("Depot", "Fleet")),
        Benefit("B2", "Quiet streets", enablers=("Depot",)),
        Benefit("B3", owner="Omar", enablers=("Fleet",)),
    ))  # fmt: skip
    program = _program(strategy=strategy)
    found = who_decides(program, project="Depot", benefit=50_000)
    assert (found.person, found.owners) == ("Kofi", ("Lena", "nobody owns Quiet streets"))
    assert found.sentence == (
        "50,000 less benefit in Depot: the sponsor (Kofi) decides; the benefit owner (Lena) is "
        "heard, nobody owns Quiet streets"
    )
    assert who_decides(program, project="Depot", cost=1).owners == ()
    assert who_decides(program, benefit=50_000).owners == (
        "Lena", "nobody owns Quiet streets", "Omar"
    )  # fmt: skip


def test_a_person_may_be_known_as_a_stakeholder_with_the_role() -> None:
    rules = Governance(LEVELS, (Stakeholder("S1", "Ines", "Program manager"),))
    program = Program((), candidates=(ProjectInfo("Depot"),), governance=rules)
    assert who_decides(program, project="Depot", cost=50_000).person == "Ines"


def test_why_nobody_lower_may_is_told_role_by_role() -> None:
    program = _program(settings=Settings(currency="EUR"))
    told = who_decides(program, project="Depot", cost=50_000, days=30)
    assert str(told.explain()).splitlines() == [
        "EUR 50,000 more and 30 days later in Depot: the sponsor (Kofi) decides",
        "  project manager: may commit EUR 20,000, asked for is EUR 50,000",
        "  program manager: may accept 20 days, asked for is 30 days",
        "  sponsor: may decide it, the limit itself is within",
    ]
    assert repr(told).startswith("Decider: EUR 50,000 more")


def test_html_is_escaped() -> None:
    program = _program(Authority("<script>boss</script>", cost=5))
    html = who_decides(program, project="Depot", cost=5)._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;boss" in html


def test_all_that_is_wrong_comes_at_once() -> None:
    with pytest.raises(
        PlanError,
        match=exactly(
            "who decides: cost must be a finite amount >= 0, got -1",
            "who decides: days must be a finite number of working days >= 0, got nan",
            "who decides: project must be one of the program's ('Depot', 'Fleet'), got 'Tram'",
        ),
    ):
        who_decides(_program(), project="Tram", cost=-1, days=float("nan"))


def test_the_answer_has_a_type_of_its_own() -> None:
    assert isinstance(who_decides(_program()), Decider)
