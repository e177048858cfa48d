"""A stand-in for benefits, what remains to be paid, and what a cut leaves."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.funding.fund import fund
from pmkit.analysis.portfolio.cut import PortfolioCut, cut_portfolio
from pmkit.analysis.portfolio.proxy import with_proxy
from pmkit.analysis.portfolio.remaining_cost import done_share, remaining_cost
from pmkit.files.portfolio import read_portfolio
from pmkit.model.activity import Activity
from pmkit.model.benefit import Benefit
from pmkit.model.choosing import Group
from pmkit.model.errors import InfeasibleError, PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo
from pmkit.model.strategy import Strategy
from tests.wording import exactly


def _candidates(costs: dict[str, float], bureaus: str = "", **more: Any) -> Program:
    infos = (
        ProjectInfo(id_, money={"cost": cost}, extra={"bureau": bureau} if bureau else {})
        for (id_, cost), bureau in zip(costs.items(), bureaus or [""] * len(costs), strict=True)
    )
    return Program((), candidates=tuple(infos), **more)


# --- proxies --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxy", "label", "benefits"),
    [
        ("equal", "equal: every project counts 1", [1, 1, 1]),
        ("planned cost", "planned cost: every project counts what it costs", [6, 5, 4]),
        ("bureau score", "bureau score: X 3, Y 1", [3, 1, 3]),
    ],
)
def test_the_proxy_stands_on_every_project_and_on_every_result(
    proxy: str, label: str, benefits: list[float]
) -> None:
    program = _candidates({"A": 6, "B": 5, "C": 4}, "XYX")
    told = with_proxy(program, proxy, scores={"X": 3, "Y": 1})
    assert [info.money["benefit"] for info in told.members] == benefits
    assert told.settings.extra["benefit_proxy"] == label
    assert told.notes == (f"benefits are a proxy: {label}",)
    assert f"benefits are a proxy: {label}" in fund(told, budget=10).notes
    again = with_proxy(told, "equal")
    assert again.notes == ("benefits are a proxy: equal: every project counts 1",)


def test_a_project_with_a_plan_has_the_proxy_too_and_costs_what_its_activities_do() -> None:
    work = (Activity("X", 2, fixed_cost=30), Activity("Y", 2, cost_per_day=5))
    plan = Project(work, members=(ProjectInfo("P"),))
    told = with_proxy(Program((plan,)), "planned cost")
    assert told.project("P").members[0].money == {"benefit": 40}


def test_benefits_that_were_told_are_replaced_and_that_is_noted() -> None:
    infos = (ProjectInfo("A", money={"cost": 5, "benefit_2027": 9}), ProjectInfo("B"))
    strategy = Strategy(benefits=(Benefit("B1", money={"benefit": 3}, enablers=("A",)),))
    told = with_proxy(Program((), candidates=infos, strategy=strategy), "equal")
    assert told.member("A").money == {"cost": 5, "benefit": 1}
    assert told.strategy.benefits == ()
    assert told.notes[1] == "2 benefits that were told are replaced by it"


def test_a_proxy_that_cannot_be_is_refused_in_a_sentence() -> None:
    program = _candidates({"A": 6, "B": 5}, "XY")
    with pytest.raises(PlanError, match=exactly(
        "proxy: must be one of 'equal', 'planned cost', 'bureau score', got 'luck'"
    )):  # fmt: skip
        with_proxy(program, "luck")
    with pytest.raises(PlanError, match=exactly(
        "proxy 'bureau score': score of 'X' must be a finite number >= 0, got -1",
        "proxy 'bureau score': scores must be given for every bureau, got none for 'Y'",
    )):  # fmt: skip
        with_proxy(program, "bureau score", scores={"X": -1})
    with pytest.raises(PlanError, match=exactly(
        "proxy 'bureau score': every project must have a bureau, 'A' has none"
    )):  # fmt: skip
        with_proxy(_candidates({"A": 6}), "bureau score", scores={"X": 1})


# --- what remains ---------------------------------------------------------------------------------


def _going() -> Program:
    work = (
        Activity("done", 5, fixed_cost=100, percent_complete=100),
        Activity("part", 10, fixed_cost=200, percent_complete=25),
        Activity("begun", 10, fixed_cost=50, remaining_duration=4),
        Activity("not", 10, fixed_cost=40),
    )
    over = (Activity("X", 5, fixed_cost=70, percent_complete=100),)
    return Program(
        (Project(work, members=(ProjectInfo("P", money={"cost": 400}),)),
         Project(over, members=(ProjectInfo("Q", money={"cost": 70}),))),
        candidates=(ProjectInfo("R", money={"cost_2026": 30, "cost_2027": 10}),),
    )  # fmt: skip


def test_what_remains_is_what_is_not_done_and_what_no_activity_carries() -> None:
    """200 x .75 + 50 x .4 + 40 + (400 - 390) = 220; R has not begun."""
    found = remaining_cost(_going())
    assert found.table["remaining"].to_dict() == pytest.approx({"P": 220, "Q": 0, "R": 40})
    assert found.table["under_way"].to_dict() == {"P": True, "Q": False, "R": True}
    assert found.table.loc["P", "done"] == pytest.approx(0.45)
    assert repr(found) == "RemainingCost 260 of 510, for 2 of 3 projects"
    assert str(found.explain("P")).splitlines() == [
        "project 'P': 220 of 400 remain to be paid",
        "  part: 200 x (1 - 0.2500) = 150",
        "  begun: 50 x (1 - 0.6000) = 20",
        "  not: 40 x (1 - 0.0000) = 40",
        "  1 activity has nothing left to pay",
        "  planned beside its activities: 10",
    ]


def test_progress_that_is_not_completion_may_count_for_nothing() -> None:
    found = remaining_cost(_going(), done="complete")
    assert found.table["remaining"].to_dict() == pytest.approx({"P": 300, "Q": 0, "R": 40})
    with pytest.raises(PlanError, match=exactly(
        "remaining cost: done must be 'progress' or 'complete', got 'half'"
    )):  # fmt: skip
        remaining_cost(_going(), done="half")
    with pytest.raises(PlanError, match=exactly(
        "remaining cost: project must be one of the program's, got 'Z'"
    )):  # fmt: skip
        found.explain("Z")


def test_the_share_that_is_done_is_never_below_0() -> None:
    assert done_share(Activity("A", 10, remaining_duration=14)) == 0
    assert done_share(Activity("A", 0)) == 0


# --- the cut --------------------------------------------------------------------------------------


def test_a_cut_falls_on_what_remains_and_leaves_what_is_finished_alone() -> None:
    """P has 220 to go, R 40: half of 260 is 130, which pays for R alone under either proxy."""
    found = cut_portfolio(_going(), 0.5)
    assert found.budget == pytest.approx(130)
    assert found.verdicts == {"P": "goes", "Q": "finished", "R": "stays"}
    assert found.firm == ("P", "R")
    assert found.table.loc["Q", "equal"] is None
    assert repr(found) == (
        "PortfolioCut 50 % of 260 left to pay; under equal, planned cost: 1 stay, 1 go, 0 depend"
    )
    assert str(found.explain("Q")) == (
        "project 'Q': it is finished, nothing to cut\n  1 activity has nothing left to pay"
    )


def test_what_depends_on_the_proxy_is_told_with_the_proxies() -> None:
    found = cut_portfolio(_candidates({"A": 95, "B": 45, "C": 45}), 0.45)
    assert found.table[["equal", "planned cost"]].to_numpy().tolist() == [
        [False, True], [True, False], [True, False]]  # fmt: skip
    assert set(found.verdicts.values()) == {"depends"}
    assert found.notes == (
        "benefits are a proxy: equal: every project counts 1",
        "benefits are a proxy: planned cost: every project counts what it costs",
        "the cut falls on what remains to be paid; what is finished is not asked about",
        "of what is under way, the share that is not done remains",
    )
    lines = str(found.explain()).splitlines()
    assert lines[1] == "  budget = (1 - 0.45) x 185 = 101.8"
    assert "  3 depend on the proxy: A, B, C" in lines
    assert lines[-4:] == [f"  {note}" for note in found.notes]
    assert str(found.explain("A")).splitlines()[0] == (
        "project 'A': whether it stays depends on the proxy"
    )


def test_one_of_several_best_choices_is_not_firm() -> None:
    """Of two equal projects one stays: the choice between them is nobody's verdict."""
    found = cut_portfolio(_candidates({"A": 50, "B": 50, "C": 10}), 0.4)
    assert found.verdicts["C"] == "stays"
    assert "C" in found.firm
    assert "A" not in found.firm
    assert "B" not in found.firm


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(1, 30), st.sampled_from("XYZ")), min_size=1, max_size=7),
       st.sampled_from((0.0, 0.2, 0.5, 0.9)))  # fmt: skip
def test_under_each_proxy_no_other_choice_is_better(told: list[Any], share: float) -> None:
    costs = {f"P{n}": float(cost) for n, (cost, _) in enumerate(told)}
    program = _candidates(costs, "".join(bureau for _, bureau in told))
    scores = {"X": 5.0, "Y": 2.0, "Z": 1.0}
    found = cut_portfolio(program, share, scores=scores)
    bureau = dict(zip(costs, (b for _, b in told), strict=True))
    values = {
        "equal": dict.fromkeys(costs, 1.0), "planned cost": costs,
        "bureau score": {id_: scores[bureau[id_]] for id_ in costs},
    }  # fmt: skip
    for proxy, value in values.items():
        best = max(
            sum(value[id_] for id_ in chosen)
            for n in range(len(costs) + 1) for chosen in combinations(costs, n)
            if sum(costs[id_] for id_ in chosen) <= found.budget + 1e-9
        )  # fmt: skip
        selected = found.fundings[proxy].selected
        assert sum(value[id_] for id_ in selected) == pytest.approx(best)
    for id_, verdict in found.verdicts.items():
        kept = [id_ in funding.selected for funding in found.fundings.values()]
        assert verdict == ("stays" if all(kept) else "depends" if any(kept) else "goes")
    if share == 0:
        assert set(found.verdicts.values()) == {"stays"}


def test_what_a_finished_project_is_required_by_or_counts_for_is_met() -> None:
    over = Project((Activity("X", 5, fixed_cost=70, percent_complete=100),),
                   members=(ProjectInfo("Q", money={"cost": 70}),))  # fmt: skip
    infos = (ProjectInfo("A", money={"cost": 10}, requires=("Q",)),
             ProjectInfo("B", money={"cost": 10}))  # fmt: skip
    groups = (Group("g", projects=("Q", "A", "B"), at_least=2, at_most=2),)
    found = cut_portfolio(Program((over,), candidates=infos, groups=groups), 0.0)
    assert found.verdicts["Q"] == "finished"
    assert all(len(funding.selected) == 1 for funding in found.fundings.values())


def test_what_must_be_funded_and_does_not_fit_is_told() -> None:
    infos = (ProjectInfo("A", money={"cost": 90}, mandatory=True),
             ProjectInfo("B", money={"cost": 10}))  # fmt: skip
    with pytest.raises(InfeasibleError, match="A is mandatory"):
        cut_portfolio(Program((), candidates=infos), 0.2)


def test_a_cut_that_cannot_be_is_refused() -> None:
    program = _candidates({"A": 5})
    for share in (-0.1, 1.5, True, "much"):
        with pytest.raises(PlanError, match=exactly(
            f"cut: share must be from 0 to 1, got {share!r}"
        )):  # fmt: skip
            cut_portfolio(program, share)  # type: ignore[arg-type]
    with pytest.raises(PlanError, match=exactly(
        "proxy: must be one of 'equal', 'planned cost', 'bureau score', got 'luck'",
        "proxy 'bureau score': every project must have a bureau, 'A' has none",
    )):  # fmt: skip
        cut_portfolio(program, proxies=("luck", "bureau score"))
    with pytest.raises(PlanError, match=exactly(
        "cut: nothing remains to be paid, so there is nothing to cut"
    )):  # fmt: skip
        cut_portfolio(_candidates({"A": 0}))
    with pytest.raises(PlanError, match=exactly(
        "cut: project must be one of the program's, got 'Z'"
    )):  # fmt: skip
        cut_portfolio(program).explain("Z")


# --- the real one ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(truth: Path) -> Program:
    return read_portfolio(truth / "it_portfolio_2013").program


@pytest.fixture(scope="module")
def cut(real: Program) -> PortfolioCut:
    bureaus = sorted({str(info.extra["bureau"]) for info in real.members})
    return cut_portfolio(real, 0.2, scores={name: n + 1.0 for n, name in enumerate(bureaus)})


def test_of_the_real_portfolio_41_projects_are_under_way(real: Program) -> None:
    """67 of 108 projects are complete, so nothing of theirs can be cut."""
    found = remaining_cost(real)
    assert found.planned == pytest.approx(156_892_000)
    assert sum(found.table["under_way"]) == 41
    strict = remaining_cost(real, done="complete")
    assert sum(strict.table["under_way"]) == 41
    assert found.total < strict.total < found.planned
    open_cost = sum(a.fixed_cost for p in real.projects for a in p.activities if not a.is_complete)
    assert strict.total == pytest.approx(open_cost)


def test_what_a_fifth_less_leaves_of_the_real_portfolio(cut: PortfolioCut) -> None:
    """Each choice is proven best, within the budget, and labelled with its proxy."""
    assert list(cut.fundings) == ["equal", "planned cost", "bureau score"]
    for proxy, funding in cut.fundings.items():
        assert funding.gap == 0
        assert funding.cost <= cut.budget * (1 + 1e-9)
        assert f"benefits are a proxy: {cut.labels[proxy]}" in funding.notes
    counts = cut.table["verdict"].value_counts().to_dict()
    assert counts["finished"] == 67
    assert sum(counts.values()) == 108
    assert counts["stays"] > counts["depends"] > 0
    assert set(cut.firm) <= {*cut.of("stays"), *cut.of("goes")}
