"""Benefits: when they start, how they move with delivery, and what has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from math import isnan
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.resourcing.levelling import level
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.valuing.benefit_plan import plan_benefits
from pmkit.data import sample
from pmkit.model.activity import Activity, Assignment
from pmkit.model.benefit import Benefit
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.strategy import Strategy
from tests.wording import exactly

_START = date(2026, 1, 5)  # a Monday
_AMOUNTS = {"benefit_2027": 36525, "benefit_2028": 73050}  # a day late is 100 and 200


def _project(id_: str, days: float, approved: date | float | None = None, **info: Any) -> Project:
    start = None if isinstance(approved, float) else _START
    return Project((Activity("Work", days, baseline_finish=approved),),
                   settings=Settings(start=start), members=(ProjectInfo(id_, **info),))  # fmt: skip


def _program(*projects: Project, benefits: tuple[Benefit, ...] = (), **settings: Any) -> Program:
    return Program(projects, strategy=Strategy(benefits=benefits),
                   settings=Settings(**settings))  # fmt: skip


def _two(rule: str, shares: tuple[float, ...] = (), **fields: Any) -> Program:
    """A was approved for 9 January and comes 7 days later; B for 23 January, 14 days later."""
    enablers = tuple(zip("AB", shares, strict=True)) if shares else ("A", "B")
    told = {"money": _AMOUNTS, "owner": "Fatima"} | fields
    benefit = Benefit("V", enablers=enablers, rule=rule, **told)  # type: ignore[arg-type]
    return _program(_project("A", 10, date(2026, 1, 9)), _project("B", 25, date(2026, 1, 23)),
                    benefits=(benefit,))  # fmt: skip


def test_all_wait_for_the_last_delivery() -> None:
    plan = plan_benefits(_two("all"))
    row = plan.table.loc["V"]
    assert row["starts_planned"] == pd.Timestamp(2026, 1, 23, 17)
    assert row["starts_forecast"] == pd.Timestamp(2026, 2, 6, 17)
    assert row["delay_days"] == 14
    assert plan.by_year["forecast"].tolist() == pytest.approx(
        [36525 - 14 * 100, 73050 + 14 * 100 - 14 * 200]
    )
    assert plan.beyond_horizon == pytest.approx(14 * 200)


def test_any_comes_with_the_first_delivery() -> None:
    row = plan_benefits(_two("any")).table.loc["V"]
    assert row["starts_planned"] == pd.Timestamp(2026, 1, 9, 17)
    assert row["starts_forecast"] == pd.Timestamp(2026, 1, 16, 17)
    assert row["delay_days"] == 7
    assert row["forecast"] == pytest.approx(109_575 - 7 * 200)


def test_each_share_comes_with_its_own_delivery() -> None:
    row = plan_benefits(_two("share", (0.75, 0.25))).table.loc["V"]
    assert row["starts_forecast"] == pd.Timestamp(2026, 1, 16, 17)
    assert row["delay_days"] == pytest.approx(0.75 * 7 + 0.25 * 14)
    assert row["forecast"] == pytest.approx(109_575 - 200 * (0.75 * 7 + 0.25 * 14))


def test_who_is_not_funded_enables_nothing() -> None:
    worth = {
        (rule, chosen): plan_benefits(_two(rule, shares), projects=chosen, horizon="moves").forecast
        for rule, shares in (("all", ()), ("any", ()), ("share", (0.75, 0.25)))
        for chosen in ((), ("A",), ("B",), ("A", "B"))
    }
    whole = 109_575
    assert worth == pytest.approx({
        ("all", ()): 0, ("all", ("A",)): 0, ("all", ("B",)): 0, ("all", ("A", "B")): whole,
        ("any", ()): 0, ("any", ("A",)): whole, ("any", ("B",)): whole, ("any", ("A", "B")): whole,
        ("share", ()): 0, ("share", ("A",)): 0.75 * whole, ("share", ("B",)): 0.25 * whole,
        ("share", ("A", "B")): whole,
    })  # fmt: skip


def test_when_only_the_second_is_funded_it_comes_later_than_approved() -> None:
    row = plan_benefits(_two("any"), projects=["B"]).table.loc["V"]
    assert row["starts_planned"] == pd.Timestamp(2026, 1, 9, 17)
    assert row["starts_forecast"] == pd.Timestamp(2026, 2, 6, 17)
    assert row["delay_days"] == 28


def test_the_horizon_can_move_with_delivery() -> None:
    plan = plan_benefits(_two("all"), horizon="moves")
    assert plan.forecast == pytest.approx(plan.planned)
    assert plan.by_year.index.tolist() == [2027, 2028, 2029]
    assert plan.by_year.loc[2029, "forecast"] == pytest.approx(2800)
    assert plan.beyond_horizon == 0
    assert plan.notes == ()


def test_without_a_baseline_the_plan_itself_is_what_was_approved() -> None:
    info = {"money": _AMOUNTS, "sponsor": "Mei"}
    program = _program(_project("A", 10, **info))
    plan = plan_benefits(program)
    assert plan.table.loc["A: benefit", "delay_days"] == 0
    assert plan.forecast == plan.planned == 109_575
    slow = _program(_project("A", 15, **info))
    late = plan_benefits(program, schedule=critical_path(slow))
    assert late.table.loc["A: benefit", "delay_days"] == 7
    assert late.forecast == pytest.approx(109_575 - 1400)


def test_a_levelled_schedule_moves_benefits_as_well() -> None:
    one = Activity("Weld", 5, resources=(Assignment("Welder", 1),))
    projects = tuple(
        Project((one,), settings=Settings(start=_START), resources=(Resource("Welder"),),
                members=(ProjectInfo(id_, money=_AMOUNTS),))
        for id_ in "AB"
    )  # fmt: skip
    program = Program(projects)
    levelled = plan_benefits(program, schedule=level(program)).table
    assert sorted(levelled["delay_days"].tolist()) == [0, 7]
    assert levelled["forecast"].sum() == pytest.approx(2 * 109_575 - 1400)


def test_an_earlier_delivery_brings_it_earlier() -> None:
    program = _program(_project("A", 5, date(2026, 1, 16), money={"benefit_2027": 36525}))
    plan = plan_benefits(program)
    assert plan.by_year["forecast"].tolist() == pytest.approx([700, 36525 - 700])
    assert plan.by_year.index.tolist() == [2026, 2027]
    assert "7 days / 365.25 = 0.019 years earlier" in str(plan.explain("A: benefit"))


def test_a_ramp_grows_from_delivery() -> None:
    benefit = Benefit("V", money={"benefit_2026": 100, "benefit_2027": 100}, enablers=("A",),
                      ramp_years=1, owner="F")  # fmt: skip
    program = _program(_project("A", 5), benefits=(benefit,))
    plan = plan_benefits(program)
    start = (datetime(2026, 1, 9, 17) - datetime(2026, 1, 1)).total_seconds() / 86400 / 365
    assert plan.by_year["planned"].tolist() == pytest.approx(
        [100 * (1 - start) / 2, 100 - 100 * start**2 / 2]
    )
    assert plan.by_year["forecast"].tolist() == plan.by_year["planned"].tolist()


def test_disbenefits_move_as_well() -> None:
    money = {key: -amount for key, amount in _AMOUNTS.items()}
    plan, mirrored = plan_benefits(_two("all", money=money)), plan_benefits(_two("all"))
    assert plan.forecast == pytest.approx(-mirrored.forecast)
    assert plan.beyond_horizon == pytest.approx(-2800)


def test_what_has_no_year_counts_once_and_in_no_year() -> None:
    plan = plan_benefits(_two("all", money={"benefit": 50}, probability=0.5))
    assert (plan.planned, plan.forecast, plan.risk_adjusted) == (50, 50, 25)
    assert plan.by_year.empty
    assert plan.present_value(0.1, base=2026, timing="start") == 50
    assert plan.notes == ("told without years, so it is in the totals and in no year: V",)


def test_probabilities_of_projects_and_of_the_benefit_make_the_risk_adjusted_column() -> None:
    one = _project("A", 10, probability=0.8)
    two = _project("B", 10, probability=0.5)
    chances = {"all": 0.9 * 0.4, "any": 0.9 * (1 - 0.2 * 0.5), "share": 0.9 * (0.4 + 0.25)}
    for rule, chance in chances.items():
        benefit = Benefit("V", money=_AMOUNTS, enablers=("A", "B"), rule=rule,  # type: ignore[arg-type]
                          probability=0.9)  # fmt: skip
        plan = plan_benefits(_program(one, two, benefits=(benefit,)))
        assert plan.risk_adjusted == pytest.approx(109_575 * chance)
        assert plan.by_year["risk_adjusted"].sum() == pytest.approx(109_575 * chance)


def test_realised_is_held_against_what_was_planned_to_date() -> None:
    # the middle of 2028 (2 July, a leap year): all of 2027, half of 2028
    settings = Settings(status_date=datetime(2028, 7, 2), start=_START)
    program = replace(_two("all", realised={2027: 30_000, 2028: 20_000}), settings=settings)
    # work that has not begun waits for the status date; the schedule as it was is the forecast
    plan = plan_benefits(program, schedule=critical_path(_two("all")))
    row = plan.table.loc["V"]
    assert row["realised"] == 50_000
    assert row["planned_to_date"] == pytest.approx(36_525 + 36_525)
    assert plan.findings == (
        "benefit 'V': 50,000 realised of 73,050 planned to date, 70,250 with delivery as it is",
    )
    assert plan.by_year["realised"].tolist() == [30_000, 20_000]
    ahead = replace(program, strategy=Strategy(
        benefits=(replace(program.strategy.benefits[0], realised={2027: 73_050}),)
    ))  # fmt: skip
    assert plan_benefits(ahead).findings == ()


def test_without_a_status_date_the_last_realised_year_is_to_date() -> None:
    plan = plan_benefits(_two("all", realised={2027: 36_525}))
    assert plan.table.loc["V", "planned_to_date"] == pytest.approx(36_525)
    assert plan.findings == ()
    assert isnan(plan_benefits(_two("all")).table.loc["V", "planned_to_date"])


def test_what_nobody_recorded_and_what_is_worse_than_planned_is_named() -> None:
    def said(status: date, **fields: Any) -> tuple[str, ...]:
        program = _two("all", **fields)
        at = replace(program, settings=Settings(status_date=status, start=_START, currency="EUR"))
        return plan_benefits(at, schedule=critical_path(program)).findings

    assert said(date(2027, 12, 31)) == (
        "benefit 'V': EUR 36,525 planned to date, nothing recorded as realised",
    )
    assert said(date(2026, 12, 31)) == ()
    harm = {"benefit_2027": -100}
    assert said(date(2027, 12, 31), money=harm, realised={2027: -150.0})[0].startswith(
        "benefit 'V': -EUR 150 realised of -EUR 100 planned to date"
    )
    assert said(date(2026, 6, 30), realised={2027: 5.0}) == (
        "benefit 'V': realised in 2027, which is after the status date",
    )


def test_who_owns_and_enables_nothing_is_named() -> None:
    benefits = (
        Benefit("Orphan", money={"benefit": 1}),
        Benefit("Both", money={"benefit": 1}, enablers=("A", "B"), owner="F"),
        Benefit("Either", money={"benefit": 1}, enablers=("B", "C"), rule="any", owner="F"),
        Benefit("Parts", money={"benefit": 1}, enablers=("A", "B"), rule="share", owner="F"),
        Benefit("Early", money={"benefit_2025": 1}, enablers=("A",), owner="F"),
    )
    program = _program(_project("A", 5, money={"benefit": 3}), _project("B", 5), _project("C", 5),
                       benefits=benefits)  # fmt: skip
    assert plan_benefits(program, projects=["A"]).findings == (
        "benefit 'Orphan': no owner who answers for it",
        "benefit 'Orphan': no enabler: no project brings it about",
        "benefit 'Both': no funded enabler: it needs A and B",
        "benefit 'Either': no funded enabler: it needs one of B and C",
        "benefit 'Parts': 50 % of it has a funded enabler: B not funded",
        "benefit 'Early': planned for 2025, which is over before anything that enables it is "
        "delivered",
        "benefit 'A: benefit': no owner who answers for it, the project has no sponsor",
    )
    assert plan_benefits(program).table.loc["Both", "findings"] == ""


def test_without_activities_it_stands_as_planned_and_a_note_says_so() -> None:
    program = Program((), candidates=(ProjectInfo("A", money=_AMOUNTS, sponsor="Mei"),))
    plan = plan_benefits(program)
    assert plan.forecast == 109_575
    assert isnan(plan.table.loc["A: benefit", "delay_days"])
    assert plan.notes == (
        "no activities say when it is delivered, so what it enables is not moved by it: A",
    )


def test_in_a_plan_without_dates_years_cannot_move() -> None:
    benefit = Benefit("V", money=_AMOUNTS | {}, enablers=("A",), owner="F")
    plan = plan_benefits(_program(_project("A", 10, 8.0), benefits=(benefit,)))
    assert plan.table.loc["V", ["starts_planned", "starts_forecast", "delay_days"]].tolist() == [
        8, 10, 2,
    ]  # fmt: skip
    assert isnan(plan.table.loc["V", "forecast"])
    sentence = ("amounts by year cannot move with delivery, the plan must have a start date "
                "(settings: start), got none: V")  # fmt: skip
    assert plan.notes == (sentence,)
    with pytest.raises(PlanError, match=exactly(f"net present value: {sentence}")):
        plan.present_value(0.1)
    assert repr(plan) == "BenefitPlan 1 benefit: planned 109,575"
    on_time = plan_benefits(_program(_project("A", 8, 8.0), benefits=(benefit,)))
    assert on_time.forecast == 109_575


def test_its_present_value_and_the_one_that_was_planned() -> None:
    plan = plan_benefits(_two("all"), discount_rate=0.1)
    first, second = 36525 - 1400, 73050 - 1400
    assert plan.present_value(timing="end") == pytest.approx(first / 1.1 + second / 1.21)
    assert plan.present_value(of="planned", timing="end") == pytest.approx(
        36525 / 1.1 + 73050 / 1.21
    )
    assert plan.present_value(0, of="planned") == pytest.approx(plan.planned)
    with pytest.raises(PlanError, match=exactly(
        "benefits: of must be one of planned, forecast, risk_adjusted, realised, got 'hoped'"
    )):  # fmt: skip
        plan.present_value(of="hoped")
    with pytest.raises(PlanError, match="discount_rate must be given"):
        plan_benefits(_two("all")).present_value()


def test_it_explains_a_benefit_with_the_numbers_put_in() -> None:
    plan = plan_benefits(_two("share", (0.75, 0.25), probability=0.8))
    assert str(plan.explain("V")).splitlines() == [
        "benefit 'V': shared by A 75 %, B 25 %, Fatima answers for it",
        "  in full, by year: 2027: 36,525, 2028: 73,050",
        "  75 % of it: delivery of A: 2026-01-09 as approved, 2026-01-16 as forecast",
        "  75 % of it: 7 days / 365.25 = 0.019 years later",
        "  25 % of it: delivery of B: 2026-01-23 as approved, 2026-02-06 as forecast",
        "  25 % of it: 14 days / 365.25 = 0.038 years later",
        "  2027: 36,525 becomes 35,650",
        "  2028: 73,050 becomes 72,175",
        "  1,750 would come after 2028, its last planned year, and is not counted",
        "  forecast 107,825 of 109,575 planned",
        "  risk-adjusted: 107,825 x 80 % = 86,260",
    ]
    with pytest.raises(PlanError, match=exactly("benefits: benefit must be one of 'V', got 'W'")):
        plan.explain("W")


def test_a_profile_of_one_benefit_adds_up_with_the_others() -> None:
    plan = plan_benefits(sample())
    assert len(plan.benefits) > 3
    whole = sum(plan.profile(one.benefit.id)["forecast"].sum() for one in plan.benefits)
    assert whole == pytest.approx(plan.by_year["forecast"].sum())


def test_what_cannot_be_asked_is_told() -> None:
    with pytest.raises(PlanError, match=exactly(
        "benefits: horizon must be one of fixed, moves, got 2030"
    )):  # fmt: skip
        plan_benefits(_two("all"), horizon=2030)  # type: ignore[arg-type]
    with pytest.raises(PlanError, match=exactly(
        "benefits: projects must be those of the program, got 'X'"
    )):  # fmt: skip
        plan_benefits(_two("all"), projects=["A", "X"])
    with pytest.raises(PlanError, match=exactly(
        "benefits: the schedule must be of the same program, it has no activity of project 'B'"
    )):  # fmt: skip
        plan_benefits(_two("all"), schedule=critical_path(_program(_project("A", 5))))


def test_nothing_is_said_in_one_line_and_html_is_only_words() -> None:
    assert repr(plan_benefits(_program(_project("A", 5)))) == "BenefitPlan, no benefits"
    assert plan_benefits(_program(_project("A", 5))).by_year.empty
    program = _two("all", name="<b>x</b>")
    html = plan_benefits(program)._repr_html_()
    assert "<b>" not in html
    assert "2026-02-06" in html


@given(st.integers(1, 60), st.integers(0, 60), st.sampled_from(["all", "any", "share"]),
       st.floats(0, 0.3), st.floats(0, 3), st.sampled_from(["fixed", "moves"]))  # fmt: skip
def test_a_longer_project_never_raises_the_present_value_of_benefits(
    days: int, more: int, rule: str, rate: float, ramp: float, horizon: str
) -> None:
    def worth(length: int) -> float:
        benefit = Benefit("V", money=_AMOUNTS, enablers=("A", "B"), rule=rule,  # type: ignore[arg-type]
                          ramp_years=ramp)  # fmt: skip
        program = _program(_project("A", length, date(2026, 2, 2)),
                           _project("B", 20, date(2026, 2, 2)), benefits=(benefit,))  # fmt: skip
        return plan_benefits(program, horizon=horizon).present_value(rate, base=2026)

    assert worth(days + more) <= worth(days) * (1 + 1e-9)
