"""The choice of projects: the optimum against every choice there is, and what it says of itself."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.funding.fund import fund
from pmkit.analysis.words import money_text
from pmkit.model.benefit import Benefit
from pmkit.model.choosing import Group, PeopleDays
from pmkit.model.errors import InfeasibleError, PlanError
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.strategy import Objective, Strategy
from tests.funding_cases import candidates, every_choice, programs
from tests.wording import exactly

ABC = candidates({"A": (6, 10), "B": (5, 8), "C": (5, 8)})


def _shared(rule: str, *ids: str, **fields: Any) -> Program:
    return Program(
        (),
        candidates=tuple(ProjectInfo(id_, money={"cost": 5}) for id_ in ids),
        strategy=Strategy(
            benefits=(Benefit("X", money={"benefit": 100}, enablers=ids, rule=rule, **fields),)
        ),
    )


def test_the_best_choice_is_not_that_of_the_best_ratio() -> None:
    funding = fund(ABC, 10)
    assert funding.selected == ("B", "C")
    assert (funding.value, funding.cost, funding.bound, funding.gap) == (16, 10, 16, 0)
    assert funding.by_hand["value"].to_dict() == {
        "optimum": 16, "by benefit per money": 10, "by benefit": 10
    }  # fmt: skip


def test_a_project_can_be_in_out_and_in_again_as_the_budget_grows() -> None:
    """A is in at 6 to 9, out at 10, in at 11: the case of the issue."""
    funding = fund(ABC, 10)
    assert funding.intervals("A") == ((6.0, 10.0), (11.0, 15.0))
    for budget, is_in in ((6, True), (9, True), (10, False), (11, True), (5, False)):
        assert ("A" in fund(ABC, budget).selected) is is_in
    assert funding.frontier["value"].tolist() == [8, 10, 16, 18]
    assert funding.is_frontier_exact


def test_two_projects_are_worth_nothing_alone_and_100_together() -> None:
    program = _shared("all", "A", "B")
    assert fund(program, 10).selected == ("A", "B")
    assert fund(program, 10).value == 100
    assert fund(program, 9).selected == ()  # half of it brings nothing, so nothing is spent


def test_two_enablers_of_which_any_will_do_count_once() -> None:
    funding = fund(_shared("any", "A", "B"), 10)
    assert (len(funding.selected), funding.value) == (1, 100)
    assert funding.manual(["A", "B"]).value == 100


def test_shares_are_added() -> None:
    program = _shared("share", "A", "B", shares=(0.7, 0.3))
    assert fund(program, 5).selected == ("A",)
    assert fund(program, 5).value == pytest.approx(70)
    assert fund(program, 10).value == pytest.approx(100)


@settings(max_examples=40)
@given(programs(12), st.integers(0, 24), st.integers(0, 24))
def test_the_optimum_is_that_of_every_choice_counted(
    program: Program, first: float, second: float
) -> None:
    budget = {2026: float(first), 2027: float(second)}
    every = dict(every_choice(program, budget))
    if not every:
        with pytest.raises(InfeasibleError, match="these clash"):
            fund(program, budget)
        return
    funding = fund(program, budget)
    assert funding.value == pytest.approx(max(every.values()))
    assert frozenset(funding.selected) in every
    assert every[frozenset(funding.selected)] == pytest.approx(funding.value)
    assert funding.bound == pytest.approx(funding.value)


@settings(max_examples=25)
@given(programs(5), st.integers(2, 14))
def test_why_tells_the_truth(program: Program, amount: float) -> None:
    """Standing and displacement, against every choice there is."""
    budget = {2026: float(amount), 2027: float(amount)}
    every = dict(every_choice(program, budget))
    if not every:
        return
    funding = fund(program, budget)
    best = max(every.values())
    near = [chosen for chosen, worth in every.items() if worth >= best - 0.01 * abs(best) - 1e-9]
    for id_ in funding.problem.ids:
        word = "core" if all(id_ in c for c in near) else (
            "exterior" if all(id_ not in c for c in near) else "borderline")  # fmt: skip
        assert funding.standing[id_] == word
        is_in = id_ in funding.selected
        said = str(funding.why(id_))
        assert said.startswith(f"project {id_!r}: {'in' if is_in else 'out'}, {word}")
        assert ("do not argue over it" in said) == (word == "borderline")
        others = [worth for c, worth in every.items() if (id_ in c) != is_in]
        if not others:
            assert "no choice keeps to the limits otherwise" in said
        elif word != "borderline":
            assert f"is worth {money_text(max(others))} instead of" in said


@settings(max_examples=25)
@given(programs(5), st.integers(1, 14))
def test_a_limit_less_never_lowers_the_value(program: Program, amount: float) -> None:
    budget = {2026: float(amount), 2027: float(amount)}
    if not dict(every_choice(program, budget)):
        return
    funding = fund(program, budget)
    assert (funding.prices["gain"] >= 0).all()
    kinds = funding.prices["kind"]
    for kind in ("mandatory", "excludes", "group"):
        if (kinds == kind).sum() == 1:  # the only one of its kind: counted by hand without it
            best = max(dict(every_choice(program, budget, without=kind)).values())
            price = funding.prices[kinds == kind]["objective"].iloc[0]
            assert price == pytest.approx(best)


@settings(max_examples=25)
@given(programs(5))
def test_more_money_never_brings_less(program: Program) -> None:
    values = []
    for amount in (0, 3, 6, 9, 12, 30):
        try:
            values.append(fund(program, {2026: amount, 2027: amount}).value)
        except InfeasibleError:
            assert not values  # once there is a choice, more money leaves it one
    assert values == sorted(values)


@settings(max_examples=15)
@given(programs(5), st.integers(4, 12))
def test_the_frontier_is_the_choice_at_each_budget(program: Program, amount: float) -> None:
    budget = {2026: float(amount), 2027: float(amount)}
    if not dict(every_choice(program, budget)):
        return
    frontier = fund(program, budget).frontier
    for row in frontier.to_dict("records"):
        middle = (row["share_from"] + row["share_to"]) / 2
        scaled = {year: limit * middle for year, limit in budget.items()}
        every = dict(every_choice(program, scaled))
        if row["value"] is None or row["value"] != row["value"]:
            assert not every
        else:
            assert row["value"] == pytest.approx(max(every.values()))


def test_yearly_budgets_limit_each_year_and_money_can_be_carried_over() -> None:
    program = Program((), candidates=(
        ProjectInfo("A", money={"cost_2026": 2, "cost_2027": 8, "benefit": 10}),
        ProjectInfo("B", money={"cost_2026": 6, "benefit": 4}),
    ))  # fmt: skip
    assert fund(program, {2026: 6, 2027: 6}).selected == ("B",)
    assert fund(program, {2026: 6, 2027: 6}, carry_over=True).selected == ("A",)
    assert fund(program, {2026: 8, 2027: 8, "total": 10}).selected == ("A",)


def test_a_project_that_may_wait_starts_when_there_is_money() -> None:
    program = Program((), candidates=(
        ProjectInfo("A", money={"cost_2026": 5, "benefit_2027": 10, "benefit_2028": 10}),
        ProjectInfo("B", money={"cost_2026": 5, "benefit_2027": 7, "benefit_2028": 7},
                    may_wait=1),
    ))  # fmt: skip
    funding = fund(program, {2026: 5, 2027: 5})
    assert funding.selected == ("A", "B")
    assert funding.table["delay_years"].to_dict() == {"A": 0, "B": 1}
    assert funding.cost_by_year == {2026: 5, 2027: 5}
    assert funding.value == 20 + 7  # what would come after 2028 is not counted
    assert fund(program, {2026: 5, 2027: 5}, horizon=2030).value == 34


def test_a_benefit_of_two_comes_with_the_later_of_them() -> None:
    program = Program((), candidates=(
        ProjectInfo("A", money={"cost_2026": 5}),
        ProjectInfo("B", money={"cost_2026": 5}, may_wait=2),
    ), strategy=Strategy(benefits=(
        Benefit("X", money={"benefit_2027": 10, "benefit_2028": 10}, enablers=("A", "B")),
    )))  # fmt: skip
    assert fund(program, {2026: 10}).value == 20
    assert fund(program, {2026: 5, 2027: 5}).value == 10
    assert fund(program, {2026: 5, 2027: 0, 2028: 5}).value == 0
    assert fund(program, {2026: 5, 2027: 4}).value == 0  # nobody waits beyond the budgets


def test_part_of_a_project_brings_part_of_its_benefit() -> None:
    program = candidates({"A": (10, 20), "B": (5, 5)}, A={"smallest_share": 0.3})
    funding = fund(program, 8)
    assert funding.selected == ("A",)
    assert funding.choice.share[0] == pytest.approx(0.8)
    assert funding.value == pytest.approx(16)
    assert fund(program, 2).selected == ()


def test_scarce_people_limit_the_choice() -> None:
    told = candidates({"A": (1, 10), "B": (1, 9), "C": (1, 8)})
    people = (PeopleDays("Engineer", days={2026: 100}),
              *(PeopleDays("Engineer", id_, {2026: 60}) for id_ in "AB"))  # fmt: skip
    program = Program((), candidates=told.candidates, people=people)
    funding = fund(program, 100)
    assert funding.selected == ("A", "C")
    assert funding.prices.loc["days of Engineer in 2026", "gain"] == 9
    assert fund(program, 100, people=False).selected == ("A", "B", "C")


def test_a_minimum_for_an_objective_and_for_a_sponsor() -> None:
    program = Program((), candidates=(
        ProjectInfo("A", money={"cost": 5, "benefit": 10}, sponsor="North"),
        ProjectInfo("B", money={"cost": 5, "benefit": 4}, sponsor="South"),
    ), strategy=Strategy((Objective("Air"), Objective("Low", parent="Air")),
                         {("B", "Low"): 1.0}))  # fmt: skip
    assert fund(program, 5).selected == ("A",)
    assert fund(program, 5, minimum={"South": 5}).selected == ("B",)
    assert fund(program, 5, minimum={"Air": 5}).selected == ("B",)


def test_probabilities_count_when_asked() -> None:
    program = candidates({"A": (5, 10), "B": (5, 8)}, A={"probability": 0.5})
    assert fund(program, 5).selected == ("A",)
    assert fund(program, 5, risk_adjusted=True).selected == ("B",)
    assert fund(program, 10, risk_adjusted=True).value == pytest.approx(13)


def test_several_aims_are_measured_each_against_its_best() -> None:
    program = Program((), candidates=(
        ProjectInfo("A", money={"cost": 5, "benefit": 10}),
        ProjectInfo("B", money={"cost": 5, "benefit": 9}),
    ), strategy=Strategy((Objective("Air"),), {("A", "Air"): 0.1, ("B", "Air"): 1.0}))  # fmt: skip
    assert fund(program, 5).selected == ("A",)
    assert fund(program, 5, aim="score").selected == ("B",)
    assert fund(program, 5, aim={"benefit": 0.5, "score": 0.5}).selected == ("B",)
    assert fund(program, 5, aim={"benefit": 0.95, "score": 0.05}).selected == ("A",)
    mixed = fund(program, 5, aim={"benefit": 0.5, "score": 0.5})
    assert mixed.objective == pytest.approx(0.5 * 9 / 10 + 0.5 * 1)


def test_net_present_value_counts_flows_in_the_middle_of_each_year() -> None:
    """100 spent in 2026, 121 gained in 2028, at 10 %: (121 / 1.1^2 - 100) / 1.1^0.5."""
    program = Program((), candidates=(
        ProjectInfo("A", money={"cost_2026": 100, "benefit_2028": 121}),
        ProjectInfo("B", money={"cost_2026": 100, "benefit_2028": 120}),
    ))  # fmt: skip
    funding = fund(program, aim="npv", discount_rate=0.1)
    assert funding.manual(["A"]).objective == pytest.approx(0, abs=1e-9)
    assert "B" not in funding.selected
    assert fund(program, 200, discount_rate=0.1).value == pytest.approx(241 / 1.1**2.5)


def test_the_manual_line_says_what_breaks_and_what_it_costs() -> None:
    line = fund(ABC, 10).manual(["A", "B"])
    assert line.breaks == ("budget: 11 of 10, 1 too much",)
    assert (line.loss, line.added, line.left_out) == (-2, ("A",), ("C",))
    allowed = fund(ABC, 10).manual(["A"])
    assert allowed.is_possible
    assert repr(allowed) == ("ManualLine 1 project: value 10, cost 6, 6 less than the best; keeps "
                             "to all limits")  # fmt: skip


def test_a_line_is_drawn_with_its_own_delays() -> None:
    """The best choice has A a year later; a line with D, which needs A at once, has not."""
    program = Program((), candidates=(
        ProjectInfo("A", may_wait=1,
                    money={"cost_2026": 10, "benefit_2026": 5, "benefit_2027": 5}),
        ProjectInfo("B", money={"cost_2026": 10, "benefit": 20}),
        ProjectInfo("D", money={"cost_2026": 50, "benefit": 1}, requires=("A",)),
    ))  # fmt: skip
    funding = fund(program, {2026: 10, 2027: 10})
    assert (funding.choice.delay, funding.value) == ((1, 0, 0), 25)
    line = funding.manual(["A", "D"])
    assert (line.delay, line.value) == ((0, 0, 0), 11)
    assert funding.with_line(line).value == 11


def test_ticks_are_kept_and_have_a_price() -> None:
    funding = fund(ABC, 10, choose={"A": True})
    assert funding.selected == ("A",)
    assert funding.prices.loc["A is ticked in", "gain"] == 6


def test_what_clashes_is_a_smallest_set() -> None:
    program = Program((), candidates=(
        ProjectInfo("A", money={"cost": 6, "benefit": 1}, mandatory=True),
        ProjectInfo("B", money={"cost": 6, "benefit": 1}, mandatory=True),
        ProjectInfo("C", money={"cost": 1, "benefit": 1}, mandatory=True),
        ProjectInfo("D", money={"cost": 1, "benefit": 1}, excludes=("C",)),
    ), groups=(Group("any", projects=("C", "D"), at_least=1),))  # fmt: skip
    sentence = ("funding: no choice keeps to all limits; these clash: budget; A is mandatory; "
                "B is mandatory")  # fmt: skip
    with pytest.raises(InfeasibleError, match=exactly(sentence)):
        fund(program, 10)


def test_confidence_is_a_share_of_draws_and_the_same_for_a_seed() -> None:
    funding = fund(candidates({"A": (5, 100), "B": (5, 10), "C": (5, 9.9)}), 10)
    sure = funding.with_uncertainty(60, spread=0.1, seed=3)
    assert sure.table.loc["A", "share"] == 1  # ten times the benefit of the others
    assert {*sure.chosen[1:]} != {0}
    assert all(0 < count < 60 for count in sure.chosen[1:])
    assert sum(sure.chosen[1:]) <= 60  # never both: with A there is room for one
    again = funding.with_uncertainty(60, spread=0.1, seed=3)
    assert again.table.equals(sure.table)
    still = funding.with_uncertainty(5, spread=0.0)
    assert still.table["share"].to_dict() == {"A": 1, "B": 1, "C": 0}
    assert (still.kept, still.mean_regret) == (5, 0)


def test_with_one_budget_a_ranked_list_is_nearly_best_and_with_rules_it_is_not() -> None:
    """Ratio: small items, one budget; then two that bring something only together."""
    many = candidates({f"P{n}": (3 + n % 7, 5 + (n * 37) % 11) for n in range(60)})
    assert fund(many, 120).by_hand.loc["by benefit per money", "behind"] < 0.02
    pair = _shared("all", "A", "B")
    own = ProjectInfo("C", money={"cost": 5, "benefit": 20})
    program = Program((), candidates=(*pair.candidates, own), strategy=pair.strategy)
    hand = fund(program, 10).by_hand
    assert hand.loc["by benefit per money", "value"] == 20
    assert hand.loc["optimum", "value"] == 100


@pytest.mark.parametrize(
    ("program", "options", "sentence"),
    [
        (ABC, {"budget": -1}, "funding: budget must be a finite amount >= 0, got -1"),
        (ABC, {"budget": {2026: float("nan")}},
         "funding: budget of 2026 must be a finite amount >= 0, got nan"),
        (ABC, {"budget": {"may": 3}},
         "funding: budget must be an amount, or amounts by year and for 'total', got 'may'"),
        (ABC, {"aim": "fame"},
         "funding: aim must be one of benefit, net benefit, npv, score, got 'fame'"),
        (ABC, {"aim": {"benefit": -1}},
         "funding: weight of 'benefit' must be a finite number >= 0, got -1"),
        (ABC, {"aim": {}}, "funding: aim must have a weight above 0, got none"),
        (ABC, {"aim": "score"},
         "funding: the aim 'score' needs objectives and contributions, got none"),
        (ABC, {"choose": {"Z": True}},
         "funding: choose must name projects of the program, got 'Z'"),
        (ABC, {"minimum": {"Z": 1}},
         "funding: minimum must be for an objective or a sponsor of the program, got 'Z'"),
        (ABC, {"gap": 2}, "funding: gap must be from 0 to below 1, got 2"),
        (ABC, {"time_limit": 0}, "funding: time_limit must be a number of seconds > 0, got 0"),
        (candidates({"A": (1, 1)}, A={"requires": ("Z",)}), {},
         "project 'A': requires must be one of the program's, got 'Z'"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(
    program: Program, options: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        fund(program, **options)


def test_no_rate_no_present_value() -> None:
    with pytest.raises(PlanError, match="discount_rate"):
        fund(ABC, 10, aim="npv")
    rated = Program((), candidates=ABC.candidates, settings=Settings(discount_rate=0.05))
    assert fund(rated, 10, aim="npv").selected


def test_a_proxy_is_named_in_every_result() -> None:
    settings_ = Settings(extra={"benefit_proxy": "equal"})
    funding = fund(Program((), candidates=ABC.candidates, settings=settings_), 10)
    assert repr(funding).endswith("(benefits are a proxy: equal)")
    assert "benefits are a proxy: equal" in str(funding.why("A"))


def test_names_are_escaped() -> None:
    info = ProjectInfo("<b>", "<i>", money={"cost": 1, "benefit": 2})
    told = fund(Program((), candidates=(info,)), 5)._repr_html_()
    assert "<b>" not in told
    assert "<i>" not in told


def test_where_parts_can_be_funded_the_frontier_is_looked_at_each_per_cent() -> None:
    funding = fund(candidates({"A": (10, 20), "B": (5, 5)}, A={"smallest_share": 0.3}), 8)
    assert not funding.is_frontier_exact
    assert len(funding.frontier) == 101
    assert funding.frontier["value"].is_monotonic_increasing
    assert "(looked at each per cent)" in str(funding.why("A"))


def test_between_two_aims_no_efficient_choice_is_beaten_in_both() -> None:
    """Three projects, room for one: benefit 10, 9, 2 and score 0, 0.8, 1; all three are efficient.

    With a benefit of 3 in the middle it lies below the line from 10 to 2, and no weights find it.
    """

    def program(middle: float) -> Program:
        told = {"A": (10, 0.0), "B": (middle, 0.8), "C": (2, 1.0)}
        infos = tuple(ProjectInfo(i, money={"cost": 5, "benefit": b}) for i, (b, _) in told.items())
        scores = {(i, "Air"): s for i, (_, s) in told.items()}
        return Program((), candidates=infos, strategy=Strategy((Objective("Air"),), scores))

    table = fund(program(9), 5).trade_off("benefit", "score")
    assert table["selected"].tolist() == [("A",), ("B",), ("C",)]
    assert table["benefit"].tolist() == [10, 9, 2]
    assert table["score"].tolist() == pytest.approx([0, 0.8, 1])
    assert fund(program(3), 5).trade_off("benefit", "score")["selected"].tolist() == [
        ("A",), ("C",)
    ]  # fmt: skip


def test_two_aims_must_be_two() -> None:
    sentence = "funding: two aims must be different, got 'npv' twice"
    with pytest.raises(PlanError, match=exactly(sentence)):
        fund(ABC, 10).trade_off("npv", "npv")
