"""Confidence against what came true."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pmkit.learning.calibration as module
from pmkit.learning.calibration import Calibration, Forecast, calibration
from pmkit.learning.pictures.calibration import calibration_chart
from pmkit.learning.record import Record
from pmkit.model.errors import PlanError
from pmkit.views.show import svg
from pmkit.views.theme import DARK

# Brier (1950), table 1: ten forecasts of rain, .7 .9 .8 .4 .2 0 0 0 0 .1, rain on the second, third
# and fourth; each as the confidence in what was held to be the more likely.
BRIER = [
    (70, False), (90, True), (80, True), (60, False), (80, True), (100, True), (100, True),
    (100, True), (100, True), (90, True),
]  # fmt: skip


@pytest.fixture
def own(tmp_path, monkeypatch) -> Record:
    domains = {("prediction", "04-a"): "progress", ("check", "05-a"): "risk",
               ("quarter", "chargers"): "schedule"}  # fmt: skip
    monkeypatch.setattr(module, "domains_of_items", lambda: domains)
    return Record(tmp_path / "progress.json")


def test_the_score_of_the_first_paper_is_found_again():
    """Brier's own score of these is .19; he sums over both classes, so it is twice this one."""
    found = Calibration(tuple(Forecast("risk", "", c / 100, right) for c, right in BRIER))
    assert found.brier == pytest.approx(0.19 / 2)
    assert repr(found) == "Calibration: 10 answers, 87% sure, 80% right, Brier score 0.095"


def test_first_answers_count_and_those_that_were_skipped_are_counted_apart(own):
    own.add("prediction", "04-a", confidence=80, is_right=True)
    own.add("prediction", "04-a", confidence=100, is_right=False)  # later: does not count
    own.add("check", "05-a", confidence=60, is_right=False)
    own.add("check", "05-a", confidence=90, is_right=True)
    own.add("prediction", "gone", confidence=50, is_right=True)
    own.add("prediction", "05-skip", skipped=True)
    own.add("prediction", "05-skip", confidence=100, is_right=True)  # it had seen the answer
    own.add("card", "04-card", confidence=100, is_right=True)  # neither prediction nor check
    table = calibration(own).table
    assert list(table.index) == ["progress", "risk", "other", "all"]
    assert table["answers"].tolist() == [1, 1, 1, 3]
    assert table["skipped"].tolist() == [0, 0, 1, 1]
    assert table["brier"].tolist() == pytest.approx([0.04, 0.36, 0.25, 0.65 / 3])
    assert table.loc["all", "confidence"] == pytest.approx((0.8 + 0.6 + 0.5) / 3)
    assert table.loc["all", "right"] == pytest.approx(2 / 3)


def test_a_decision_of_the_quarter_is_a_forecast_and_taking_it_back_is_none(own):
    own.add("quarter", "chargers", confidence=90, is_right=True, score=100, luck=30)
    own.add("quarter", "undo")
    own.add("quarter", "chargers", confidence=50, is_right=False, score=0, luck=30)
    own.add("message", "11-m", score=5, of=5, is_right=True)  # does not ask how sure
    own.add("conversation", "11-c", score=50, is_right=False)
    assert calibration(own).forecasts == (Forecast("schedule", "chargers", 0.9, True),)


def test_a_confidence_that_is_none_is_left_out(own):
    for n, told in enumerate([None, "80", True, 120, -1]):
        own.add("check", f"04-{n}", confidence=told, is_right=True)
    assert calibration(own).forecasts == ()


def test_each_score_opens_into_its_arithmetic():
    found = Calibration((Forecast("risk", "a", 0.8, True), Forecast("risk", "b", 0.6, False)))
    assert str(found.explain("risk")).splitlines() == [
        "Brier score of risk = 0.200",
        "  Brier score = mean of (confidence - outcome)^2, outcome 1 where right (Brier, 1950)",
        "  = ((0.80 - 1)^2 + (0.60 - 0)^2) / 2",
        "  = 0.4 / 2 = 0.200",
        "  0 is best; 0.25 is 50 % on everything; 1 is sure and always wrong",
        "  sure: 70% on average; right: 50%",
    ]
    with pytest.raises(PlanError) as error:
        found.explain("cost")
    assert str(error.value) == "domain: must be one of risk, all, got 'cost'"


def test_a_long_sum_is_shortened_but_adds_up():
    found = Calibration(tuple(Forecast("risk", "", 0.5, True) for _ in range(30)))
    lines = found.explain().lines
    assert lines[1].count("^2") == 8
    assert lines[1].endswith(" + ...) / 30")
    assert lines[2] == "= 7.5 / 30 = 0.250"


def test_nothing_predicted_yet_is_no_score(own):
    found = calibration(own)
    assert repr(found) == "Calibration: nothing predicted yet"
    assert found.brier is None
    assert found.table.index.tolist() == ["all"]
    assert math.isnan(found.table.loc["all", "brier"])
    assert "no score" in str(found.explain())
    assert "nothing predicted yet" in found._repr_html_()


forecasts = st.lists(
    st.builds(Forecast, st.sampled_from(["risk", "cost"]), st.just(""),
              st.integers(50, 100).map(lambda c: c / 100), st.booleans()),
    min_size=1, max_size=30,
)  # fmt: skip


@given(forecasts)
def test_the_score_is_reliability_less_resolution_plus_uncertainty(told):
    """Murphy, "A new vector partition of the probability score", 1973."""
    found = Calibration(tuple(told))
    groups, right = found.groups, found.table.loc["all", "right"]
    share = groups["number"] / len(told)
    reliability = (share * (groups.index - groups["right"]) ** 2).sum()
    resolution = (share * (groups["right"] - right) ** 2).sum()
    assert found.brier == pytest.approx(reliability - resolution + right * (1 - right))
    assert 0 <= found.brier <= 1


@given(forecasts)
def test_the_score_in_all_is_the_mean_of_the_domains_by_their_answers(told):
    table = Calibration(tuple(told)).table
    domains = table.drop("all")
    weighted = (domains["brier"] * domains["answers"]).sum() / domains["answers"].sum()
    assert table.loc["all", "brier"] == pytest.approx(weighted)


@given(st.lists(st.booleans(), min_size=1))
def test_fifty_per_cent_on_everything_is_a_quarter(outcomes):
    told = tuple(Forecast("risk", "", 0.5, right) for right in outcomes)
    assert Calibration(told).brier == module.GUESS


# The picture


def test_each_confidence_is_a_circle_at_its_share_sized_by_its_number():
    found = Calibration(tuple(Forecast("risk", "", c / 100, right) for c, right in BRIER))
    chart = calibration_chart(found)
    points = chart.layer[1].data.values
    assert [(p["sure"], p["right"], p["number"]) for p in points] == [
        (60, 0, 1), (70, 0, 1), (80, 100, 2), (90, 100, 2), (100, 100, 4),
    ]  # fmt: skip
    assert points[4]["size"] > points[3]["size"] > points[0]["size"]
    ends = chart.layer[0].data.values
    assert all(end["sure"] == end["right"] for end in ends)
    assert chart.title.text == "87 % sure, 80 % right: too sure"
    assert "Brier score 0.10" in chart.title.subtitle[0] or "0.09" in chart.title.subtitle[0]
    assert "100 % of 4" in svg(chart)


@pytest.mark.parametrize(("sure", "verdict"), [(100, "too sure"), (55, "not sure enough"),
                                               (75, "well judged")])  # fmt: skip
def test_the_title_says_how_sure_is_too_sure(sure, verdict):
    told = [Forecast("risk", "", sure / 100, n > 0) for n in range(4)]  # three of four right
    title = calibration_chart(Calibration(tuple(told)), theme=DARK).title.text
    assert title == f"{sure} % sure, 75 % right: {verdict}"


def test_one_answer_is_a_picture_too_and_none_is_a_sentence():
    assert "1 first answer." in svg(calibration_chart(Calibration((Forecast("r", "", 0.3, True),))))
    assert calibration_chart(Calibration()).title.subtitle.startswith("Nothing predicted yet")
