"""Decision quality: judged by what was known, whatever happens then."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit import Change, Program, critical_path, plan_benefits, sample
from pmkit.analysis.valuing.benefit_forecast import benefit_forecast
from pmkit.analysis.valuing.delivery import Delivery, deliveries
from pmkit.learning.deciding.quality import score_decision
from pmkit.learning.deciding.worth import Yardstick
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.benefit import Benefit
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent
from pmkit.model.scenario import Scenario
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.strategy import Strategy

LATE = Change("Depot.Commission", duration="+5")
EARLY = Change("Depot.Commission", duration="-2")


@pytest.fixture(scope="module")
def three():
    return {"wait": [], "late": [LATE], "early": [EARLY]}


@pytest.fixture(scope="module")
def score(three):
    return score_decision(sample(), three, "wait", trials=400)


def small(spread=True):
    """A program of two projects that bring about 100 a day together."""
    points = {"three_point": ThreePoint(8, 10, 20)} if spread else {"duration": 10}
    work = Activity("Work", cost_per_day=100, **points)
    use = Activity("Use", 5, cost_per_day=10)
    start = Settings(start=date(2026, 1, 5), currency="EUR")
    money = {"benefit_2026": 36_525, "benefit_2027": 36_525}
    benefit = Benefit("Riders", money=money, enablers=("Depot", "Fleet"))
    return Program(
        (Project((work,), settings=start, members=(ProjectInfo("Depot"),)),
         Project((use,), settings=start, members=(ProjectInfo("Fleet"),))),
        strategy=Strategy(benefits=(benefit,)),
    )  # fmt: skip


def test_the_best_option_gets_100_and_the_worst_0(score):
    assert (score.best, score.worst) == ("early", "late")
    assert score.score_of("early") == 100.0
    assert score.score_of("late") == 0.0
    assert 0 < score.score < 100


def test_the_score_is_the_share_of_what_could_be_won_by_deciding(score):
    expected = score.table["expected"]
    share = (expected["wait"] - expected["late"]) / (expected["early"] - expected["late"])
    assert score.score == pytest.approx(100 * share)


def test_expected_is_benefits_less_cost_less_the_penalty_for_what_is_missed(score):
    one = score.options["wait"]
    value = one.benefits.mean() - one.cost.mean() - 20_000 * one.missed.mean()
    assert score.table.loc["wait", "expected"] == pytest.approx(value)


@pytest.mark.parametrize("days", ["+1", "+30", "+90"])
def test_without_uncertainty_the_benefits_are_those_of_the_benefit_forecast(days):
    program = small(spread=False)
    later = Scenario("later", (Change("Depot.Work", duration=days),)).apply(program)
    worth = Yardstick(program, 0.0).measure(later, 2, 1)
    known = {
        id_: Delivery(one.planned, deliveries(later)[id_].forecast)
        for id_, one in deliveries(program).items()
    }
    (benefit,) = program.strategy.benefits
    wanted = benefit_forecast(benefit, set(known), known, dict.fromkeys(known, 1.0)).forecast_total
    assert wanted < plan_benefits(program).benefits[0].forecast_total
    assert worth.benefits == pytest.approx([wanted, wanted], rel=1e-4)


def test_every_option_meets_the_same_draws():
    same = score_decision(sample(), {"a": [], "b": []}, "a", trials=50)
    assert np.array_equal(same.options["a"].value, same.options["b"].value)


def test_options_that_do_the_same_all_get_100_and_it_is_said_plainly():
    same = score_decision(sample(), {"a": [], "b": []}, "b", trials=50)
    assert [same.score_of(name) for name in ("a", "b")] == [100.0, 100.0]
    assert same.is_all_equal
    assert repr(same) == "DecisionScore 'b': quality 100 of 100, all options are equally good"
    assert "no option can be told from the best: all are equally good" in str(same.explain())


def test_what_is_within_two_standard_errors_of_the_best_gets_full_marks():
    rare = RiskEvent("R99", activities=("Depot.Install",), probability=0.01, cost_impact=5_000)
    options = {"wait": [], "rare": [Change("rare", risk=rare)], "late": [LATE]}
    near = score_decision(sample(), options, "rare", trials=200)
    apart, error = near.behind("rare")
    assert 0 < apart <= 2 * error
    assert (near.best, near.score, near.score_of("late")) == ("wait", 100.0, 0.0)
    assert "within two standard errors" in str(near.explain())


def test_a_good_decision_with_a_bad_draw_keeps_its_score(three):
    good = score_decision(sample(), three, "early", trials=400)
    draws = [good.what_happened(seed) for seed in range(12)]
    assert min(draw.luck for draw in draws) < 30
    assert max(draw.luck for draw in draws) > 70
    assert {draw.score for draw in draws} == {100.0}


def test_what_happened_as_changes_moves_luck_and_not_the_score(score):
    bad = score.what_happened(changes=[Change("Depot.Install", duration="+20")])
    good = score.what_happened(changes=[Change("Depot.Install", duration="-6")])
    assert bad.luck < 35 < good.luck
    assert bad.score == good.score == score.score
    assert score.luck is None
    assert "the score stays as it is" in str(bad.explain())


def test_luck_is_the_place_among_all_that_could_have_happened(score):
    one = score.what_happened(3)
    below = float((score.options["wait"].value < one.came).mean())
    assert one.luck == pytest.approx(100 * below, abs=0.5)


def test_a_later_interface_costs_the_penalty():
    free = score_decision(sample(), {"wait": [], "late": [LATE]}, "wait", trials=200, penalty=0)
    paid = score_decision(sample(), {"wait": [], "late": [LATE]}, "wait", trials=200, penalty=1e5)
    more = paid.behind("late")[0] - free.behind("late")[0]
    missed = paid.table["interfaces"]
    assert more == pytest.approx(1e5 * (missed["late"] - missed["wait"]))
    assert more > 0


def test_interfaces_are_held_against_the_program_as_it_stands_and_not_as_an_option_moves_it(score):
    missed = score.table["interfaces"]
    assert missed["early"] < missed["wait"] < missed["late"]


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(-3, 12), min_size=2, max_size=4, unique=True), st.data())
def test_a_score_is_between_0_and_100_and_the_better_option_has_no_lower_one(days, data):
    options = {str(n): [Change("Depot.Work", duration=f"{n:+d}")] if n else [] for n in days}
    chosen = data.draw(st.sampled_from(sorted(options)))
    found = score_decision(small(), options, chosen, trials=60)
    scores = {name: found.score_of(name) for name in options}
    assert all(0 <= value <= 100 for value in scores.values())
    assert scores[found.best] == 100
    ranked = sorted(options, key=lambda name: found.options[name].expected)
    assert [scores[name] for name in ranked] == sorted(scores.values())
    if not found._is_as_good(found.worst):
        assert scores[found.worst] == 0


def test_the_table_tells_expected_spread_finish_and_interfaces_of_each_option(score):
    assert list(score.table.columns) == [
        "expected", "standard_error", "p10", "p50", "p90", "behind", "behind_error", "finish",
        "interfaces", "score",
    ]  # fmt: skip
    assert (score.table["p10"] < score.table["p90"]).all()
    assert score.table.index.name == "option"


def test_html_escapes_the_names_of_options():
    made = score_decision(small(), {"<b>": [], "b": []}, "<b>", trials=10)
    assert "<b>" not in made._repr_html_()


@pytest.mark.parametrize(
    ("options", "chosen", "sentence"),
    [
        ({"a": []}, "a", "decision quality: there must be two options or more, got 1"),
        ({"a": [], "b": []}, "c", "decision quality: chosen must be one of a, b, got 'c'"),
        ({"a": [], "b": [Change("Nobody", duration=1)]}, "a", "scenario 'b': change of 'Nobody': "),
    ],
)
def test_what_cannot_be_judged_is_refused(options, chosen, sentence):
    with pytest.raises(PlanError, match=f"^{re.escape(sentence)}"):
        score_decision(small(), options, chosen, trials=10)


def test_a_plan_without_dates_is_refused():
    program = Program((Project((Activity("A", 1),), members=(ProjectInfo("P"),)),))
    sentence = (
        "decision quality: the program must have a start date, so that delay moves its benefits, "
        "got none"
    )
    with pytest.raises(PlanError, match=f"^{re.escape(sentence)}$"):
        score_decision(program, {"a": [], "b": []}, "a", trials=10)


def test_a_penalty_below_zero_and_a_single_trial_are_refused():
    with pytest.raises(PlanError, match="penalty must be an amount of at least 0, got -1"):
        score_decision(small(), {"a": [], "b": []}, "a", trials=10, penalty=-1)
    with pytest.raises(ValueError, match="trials must be a whole number of at least 2, got 1"):
        score_decision(small(), {"a": [], "b": []}, "a", trials=1)


def test_what_happened_is_told_by_a_seed_or_by_changes(score):
    sentence = "what happened: must be told by a seed or by changes, one of the two"
    with pytest.raises(PlanError, match=f"^{sentence}$"):
        score.what_happened()
    with pytest.raises(PlanError, match=f"^{sentence}$"):
        score.what_happened(1, changes=[LATE])


def test_the_program_itself_is_not_touched(three):
    program = sample()
    before = critical_path(program).finish
    score_decision(program, three, "late", trials=20)
    assert critical_path(program).finish == before
