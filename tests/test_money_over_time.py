"""A program's money by year: net present value, payback, and costs spread by the schedule."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.valuing.cash_flows import money_over_time
from pmkit.model.activity import Activity
from pmkit.model.benefit import Benefit
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.strategy import Strategy
from tests.wording import exactly

_MONDAY = date(2026, 12, 28)


def _of_flows(first: int, *amounts: float, id_: str = "P") -> ProjectInfo:
    """A candidate with an amount in each year: costs below 0, benefits above."""
    money = {
        f"{'benefit' if amount > 0 else 'cost'}_{year}": abs(amount)
        for year, amount in enumerate(amounts, first)
        if amount
    }
    return ProjectInfo(id_, money=money)


def _program(*infos: ProjectInfo, benefits: tuple[Benefit, ...] = (), **settings: Any) -> Program:
    return Program((), candidates=infos, strategy=Strategy(benefits=benefits),
                   settings=Settings(**settings))  # fmt: skip


def _at_work(info: ProjectInfo, *activities: Activity, **settings: Any) -> Project:
    return Project(activities, settings=Settings(start=_MONDAY, **settings), members=(info,))


def test_three_projects_of_a_textbook() -> None:
    # Brealey, Myers & Allen, Principles of Corporate Finance, chapter 5, at 10 %: 2,624, -58, 50
    flows = {"A": (500, 500, 5000), "B": (500, 1800, 0), "C": (1800, 500, 0)}
    program = _program(*(_of_flows(2026, -2000, *told, id_=id_) for id_, told in flows.items()))
    found = {
        id_: money_over_time(program, discount_rate=0.1, timing="start", projects=[id_]).npv
        for id_ in flows
    }
    assert {id_: round(npv) for id_, npv in found.items()} == {"A": 2624, "B": -58, "C": 50}
    whole = money_over_time(program, discount_rate=0.1, timing="start")
    assert whole.npv == pytest.approx(sum(found.values()))


def test_real_amounts_go_with_a_real_rate() -> None:
    # the same book, chapter 6: real flows -100, 35, 50, 30 at 15 % nominal and 10 % inflation:
    # 5.5, as the nominal flows -100, 38.5, 60.5, 39.9 at 15 %
    real = _program(_of_flows(2026, -100, 35, 50, 30))
    nominal = _program(_of_flows(2026, -100, 38.5, 60.5, 39.93))
    one = money_over_time(real, discount_rate=0.15, terms="real", inflation=0.1, timing="start")
    other = money_over_time(nominal, discount_rate=0.15, timing="start")
    assert one.npv == pytest.approx(5.5, abs=0.05)
    assert other.npv == pytest.approx(one.npv, abs=1e-9)
    assert one.rate == pytest.approx(0.0454545, abs=1e-6)


def test_the_table_shows_the_arithmetic() -> None:
    money = money_over_time(_program(_of_flows(2026, -100, 0, 121)), discount_rate=0.1,
                            timing="start")  # fmt: skip
    table = money.table
    assert table.index.name == "year"
    assert table.index.tolist() == [2026, 2027, 2028]
    assert table["factor"].tolist() == pytest.approx([1, 1 / 1.1, 1 / 1.21])
    assert table["present_value"].tolist() == pytest.approx([-100, 0, 100])
    assert table["cumulative"].tolist() == [-100, -100, 21]
    assert table["cumulative_present_value"].iloc[-1] == pytest.approx(money.npv)
    assert money.payback == pytest.approx(2 + 100 / 121)
    assert money.discounted_payback == pytest.approx(3)
    assert money.benefit_cost_ratio == pytest.approx(1)


def test_costs_by_project_and_benefits_by_benefit_add_up_to_the_table() -> None:
    money = money_over_time(_program(_of_flows(2026, -10, 4, id_="A"), _of_flows(2026, -20, 30)))
    assert money.cost_table.index.name == "project"
    assert money.cost_table.sum().tolist() == money.table["cost"].tolist() == [30, 0]
    assert money.benefit_table.sum().tolist() == money.table["benefit"].tolist() == [0, 34]
    assert money.cost_table.loc["A"].tolist() == [10, 0]


def test_benefits_count_once() -> None:
    infos = (_of_flows(2026, -10, id_="A"), _of_flows(2026, -20, id_="B"))
    together = Benefit("T", money={"benefit_2027": 100}, enablers=("A", "B"))
    either = Benefit("E", money={"benefit_2027": 100}, enablers=("A", "B"), rule="any")
    parts = Benefit("S", money={"benefit_2027": 100}, enablers=(("A", 0.75), ("B", 0.25)),
                    rule="share")  # fmt: skip
    worth = {
        (benefit.id, chosen): sum(
            money_over_time(_program(*infos, benefits=(benefit,)), projects=chosen).benefit.values()
        )
        for benefit in (together, either, parts)
        for chosen in ((), ("A",), ("B",), ("A", "B"))
    }
    assert worth == {
        ("T", ()): 0, ("T", ("A",)): 0, ("T", ("B",)): 0, ("T", ("A", "B")): 100,
        ("E", ()): 0, ("E", ("A",)): 100, ("E", ("B",)): 100, ("E", ("A", "B")): 100,
        ("S", ()): 0, ("S", ("A",)): 75, ("S", ("B",)): 25, ("S", ("A", "B")): 100,
    }  # fmt: skip


def test_a_benefit_can_be_adjusted_for_risk() -> None:
    sure = ProjectInfo("A", money={"benefit_2026": 100}, probability=0.5)
    either = Benefit("E", money={"benefit_2026": 100}, enablers=("A", "B"), rule="any",
                     probability=0.9)  # fmt: skip
    program = _program(sure, ProjectInfo("B", probability=0.8), benefits=(either,))
    money = money_over_time(program, risk_adjusted=True)
    assert money.benefits["A: benefit"] == {2026: 50}
    assert money.benefits["E"] == pytest.approx({2026: 100 * 0.9 * (1 - 0.5 * 0.2)})


def test_a_cost_without_years_is_spread_over_working_time() -> None:
    # 4 working days of 2026 (28 to 31 December), 6 of 2027; half of it is due at the start
    info = ProjectInfo("P", money={"cost": 1000})
    build = Activity("Build", 10, cost_per_day=50, fixed_cost=500)
    money = money_over_time(Program((_at_work(info, build),)))
    assert money.costs == {"P": pytest.approx({2026: 500 + 200, 2027: 300})}
    assert money.notes == ("P: cost without years, spread by the schedule",)


def test_without_a_cost_it_is_what_the_activities_will_have_cost() -> None:
    spent = Activity("Dig", 2, cost_per_day=10, actual_start=_MONDAY, percent_complete=50,
                     actual_cost=90)  # fmt: skip
    project = _at_work(ProjectInfo("P"), spent, status_date=_MONDAY)
    money = money_over_time(Program((project,)))
    assert money.cost == {2026: 100}  # 90 spent, 10 to go


def test_activities_that_cost_nothing_share_out_a_cost_by_their_time() -> None:
    info = ProjectInfo("P", money={"cost": 1000})
    project = _at_work(info, Activity("A", 10), Activity("Done", 0))
    assert money_over_time(Program((project,))).cost == pytest.approx({2026: 400, 2027: 600})


def test_costs_move_with_the_schedule_that_is_given() -> None:
    info = ProjectInfo("P", money={"cost": 100})
    program = Program((_at_work(info, Activity("A", 4)),))
    assert money_over_time(program).cost == {2026: 100}
    slow = Program((_at_work(info, Activity("A", 8)),))
    assert money_over_time(program, schedule=critical_path(slow)).cost == {2026: 50, 2027: 50}


def test_without_activities_a_cost_falls_due_when_the_project_starts() -> None:
    infos = (
        ProjectInfo("A", start=date(2027, 5, 1), money={"cost": 5}),
        ProjectInfo("B", money={"cost": 7}),
    )
    money = money_over_time(_program(*infos, start=date(2026, 1, 1)))
    assert money.costs == {"A": {2027: 5}, "B": {2026: 7}}
    assert money.notes == ("A and B: cost without years, counted in the year of the start",)


def test_without_any_year_all_counts_in_year_0() -> None:
    money = money_over_time(_program(ProjectInfo("A", money={"cost": 5, "benefit": 8})),
                            discount_rate=0.1, timing="start")  # fmt: skip
    assert money.net == {0: 3}
    assert money.npv == 3
    assert money.notes == (
        "A: cost without years and without dates, counted in the base year",
        "A: benefit: benefit without years, counted in the base year",
        "nothing says in which year it is: all counts in year 0",
    )


def test_benefits_move_with_delivery_in_a_schedule() -> None:
    done = Activity("A", 10, baseline_finish=date(2026, 12, 28))
    info = ProjectInfo("P", money={"benefit_2027": 36525, "cost_2026": 1})
    program = Program((_at_work(info, done),))
    assert money_over_time(program).benefit == {2027: 36525}
    late = money_over_time(program, schedule=critical_path(program))
    assert late.benefit == pytest.approx({2027: 36525 - 1100})  # 11 days of 365.25
    assert late.notes == ("P: benefit: delay moves part of it beyond its last planned year, which "
                          "is not counted",)  # fmt: skip
    kept = money_over_time(program, schedule=critical_path(program), horizon="moves")
    assert kept.benefit == pytest.approx({2027: 36525 - 1100, 2028: 1100})


def test_the_other_that_brings_a_benefit_may_deliver_later() -> None:
    first = Project((Activity("A", 1),), settings=Settings(start=_MONDAY),
                    members=(ProjectInfo("First"),))  # fmt: skip
    second = Project((Activity("A", 11),), settings=Settings(start=_MONDAY),
                     members=(ProjectInfo("Second"),))  # fmt: skip
    either = Benefit("E", money={"benefit_2027": 36525}, enablers=("First", "Second"), rule="any")
    program = Program((first, second), strategy=Strategy(benefits=(either,)))
    assert money_over_time(program).benefit == {2027: 36525}
    later = money_over_time(program, projects=["Second"])
    assert later.benefit == pytest.approx({2027: 36525 - 1400})  # 28 December to 11 January


def test_the_rate_of_the_settings_counts_and_the_one_told_here_goes_before() -> None:
    program = _program(_of_flows(2026, -100, 110), discount_rate=0.1)
    assert money_over_time(program, timing="start").npv == pytest.approx(0)
    assert money_over_time(program, discount_rate=0, timing="start").npv == 10


def test_without_a_rate_there_are_amounts_and_payback_and_no_npv() -> None:
    money = money_over_time(_program(_of_flows(2026, -100, 200)))
    assert money.payback == 1.5
    assert money.table.columns.tolist() == ["cost", "benefit", "net", "cumulative"]
    assert repr(money) == ("MoneyOverTime 2026 to 2027: cost 100, benefit 200, no discount rate, "
                           "so no NPV, payback 1.5 years")  # fmt: skip
    sentence = exactly(
        "net present value: discount_rate must be given, in settings or here; there is no "
        "default, because it decides which projects pay, got none"
    )
    for ask in ("npv", "discounted_payback", "benefit_cost_ratio"):
        with pytest.raises(PlanError, match=sentence):
            getattr(money, ask)
    with pytest.raises(PlanError, match=sentence):
        money.explain()


def test_it_explains_itself_with_the_numbers_put_in() -> None:
    program = _program(_of_flows(2026, -100, 121), currency="EUR")
    money = money_over_time(program, discount_rate=0.155, terms="real", inflation=0.05,
                            timing="end")  # fmt: skip
    assert str(money.explain()).splitlines() == [
        "net present value EUR 9.09 at the start of 2026",
        "  amounts are in prices of 2026: real rate = (1 + 0.155) / (1 + 0.05) - 1 = 0.1",
        "  factor = (1 + 0.1) ^ -(year - 2026 + 1): money flows at the end of its year",
        "  2026: (0 benefit - 100 cost) x 0.9091 = -90.91",
        "  2027: (121 benefit - 0 cost) x 0.8264 = 100",
        "  NPV = sum of net x factor = EUR 9.09",
        "  benefits over costs = 100 / 90.91 = 1.1, present values",
        "  payback 1.8 years, discounted 1.9 years, from the start of 2026",
    ]


def test_what_people_typed_is_only_words() -> None:
    program = _program(ProjectInfo("<b>x</b>", money={"cost": 1}))
    assert "<b>" not in money_over_time(program)._repr_html_()


def test_everything_that_cannot_be_asked_is_told_at_once() -> None:
    program = _program(_of_flows(2026, -1))
    with pytest.raises(PlanError, match=exactly(
        "money over time: terms must be one of nominal, real, got 'todays'",
        "money over time: timing must be one of start, middle, end, got 'noon'",
        "money over time: horizon must be one of fixed, moves, got 'far'",
        "money over time: base must be a year, got '2026'",
        "money over time: projects must be those of the program, got 'X'",
    )):  # fmt: skip
        money_over_time(program, terms="todays", timing="noon", base="2026",  # type: ignore[arg-type]
                        projects=["P", "X"], horizon="far")  # fmt: skip
    with pytest.raises(PlanError, match=exactly(
        "money over time: inflation must be given with real terms (0 where discount_rate is real "
        "already), got none"
    )):  # fmt: skip
        money_over_time(program, terms="real")
    with pytest.raises(PlanError, match=exactly(
        "money over time: inflation must be left out with nominal terms, got 0.02"
    )):  # fmt: skip
        money_over_time(program, inflation=0.02)


def test_a_plan_without_dates_cannot_move_years() -> None:
    late = Project((Activity("A", 10, baseline_finish=4),),
                   members=(ProjectInfo("P", money={"benefit_2027": 10}),))  # fmt: skip
    program = Program((late,))
    assert money_over_time(program).benefit == {2027: 10}
    with pytest.raises(PlanError, match=exactly(
        "money over time: amounts by year cannot move with delivery, the plan must have a start "
        "date (settings: start), got none: P: benefit"
    )):  # fmt: skip
        money_over_time(program, schedule=critical_path(program))


_AMOUNTS = st.lists(st.floats(-1e5, 1e5), min_size=1, max_size=5)


@given(_AMOUNTS, _AMOUNTS, st.floats(-0.2, 0.5))
def test_net_present_value_adds_up_over_projects(
    one: list[float], other: list[float], rate: float
) -> None:
    program = _program(_of_flows(2026, *one, id_="A"), _of_flows(2027, *other, id_="B"))
    parts = [money_over_time(program, discount_rate=rate, projects=[id_], base=2026).npv
             for id_ in ("A", "B")]  # fmt: skip
    whole = money_over_time(program, discount_rate=rate, base=2026).npv
    assert whole == pytest.approx(sum(parts), rel=1e-9, abs=1e-3)


@given(_AMOUNTS)
def test_at_rate_0_it_is_the_sum(amounts: list[float]) -> None:
    money = money_over_time(_program(_of_flows(2026, *amounts)), discount_rate=0)
    assert money.npv == pytest.approx(sum(amounts), abs=1e-6)
    assert money.table["net"].sum() == pytest.approx(sum(amounts), abs=1e-6)


@given(st.integers(0, 40), st.lists(st.integers(0, 9), min_size=1, max_size=4), st.floats(0, 900))
def test_spreading_a_cost_loses_nothing(before: int, lengths: list[int], fixed: float) -> None:
    chain = [Activity(f"A{n}", length, cost_per_day=10 * (n % 2), fixed_cost=fixed)
             for n, length in enumerate([before, *lengths])]  # fmt: skip
    info = ProjectInfo("P", money={"cost": 1000})
    project = Project(tuple(chain), settings=Settings(start=_MONDAY), members=(info,))
    assert sum(money_over_time(Program((project,))).cost.values()) == pytest.approx(1000)
