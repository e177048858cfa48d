"""The risk panel without a browser: pick a risk, take its response, type its numbers, go back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pmkit.analysis.risking import assess_risks
from pmkit.data import sample
from pmkit.files import read_bytes
from pmkit.model.activity import Activity
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import Settings
from pmkit.widgets.risks import RiskPanel


def _plan() -> Project:
    sure = {"probability": 1.0, "response_probability": 0.0, "response": "Do it"}
    return Project(
        (Activity("A", 10, cost_per_day=100), Activity("B", 5)),
        (Dependency("A", "B"),),
        Settings(currency="EUR"),
        risks=(
            RiskEvent("R1", "Small", ("B",), impact=1, response_cost=900, **sure),  # type: ignore[arg-type]
            RiskEvent("R2", "Large", ("A",), impact=6, cost_impact=400, response_cost=300, **sure),  # type: ignore[arg-type]
        ),
    )  # fmt: skip


@pytest.fixture
def panel() -> RiskPanel:
    return RiskPanel(_plan())


def _card(panel: RiskPanel, title: str) -> str:
    return str(next(item for item in panel.figures.items if item["title"] == title)["value"])


def test_it_begins_with_what_moves_the_plan_most(panel):
    assert [row[0] for row in panel.register.rows] == ["R2 \u2013 Large", "R1 \u2013 Small"]
    assert panel.register.rows[0][1:] == ["100 %", "+6 d", "+EUR 1,000", "EUR 300", "+EUR 700", ""]
    assert panel.register.picked == 0
    assert panel.answer.text == (
        "For 80 % confidence keep 7 working days and EUR 1,000 in hand. 1 response is worth what "
        "it costs."
    )
    assert "net gain EUR 700: worth it" in panel.explanation.value


def test_a_response_is_taken_and_given_up(panel):
    panel.take_button.click()
    assert panel.result.risks[1].is_responded
    assert panel.register.rows[-1][-1] == "yes"
    assert _card(panel, "Responses taken") == "1 of 2"
    assert _card(panel, "Gained by them") == "6 days"
    assert panel.take_button.description == "Give the response up"
    panel.take_button.click()
    assert not panel.result.risks[1].is_responded
    panel.undo()
    assert panel.result.risks[1].is_responded
    assert not panel.plan.risks[1].is_responded  # the plan as it was opened


def test_the_best_responses_follow_what_a_day_is_worth(panel):
    panel.best_button.click()
    assert [r.id for r in panel.result.risks if r.is_responded] == ["R2"]
    assert panel.status.text == "Took R2 for EUR 300: net gain EUR 700."
    panel.best_button.click()
    assert panel.status.text == "The best responses are taken already: R2."
    panel.terms["day_worth"].type("1000")
    panel.best_button.click()
    assert [r.id for r in panel.result.risks if r.is_responded] == ["R1", "R2"]
    panel.terms["budget"].type("500")
    panel.best_button.click()
    assert [r.id for r in panel.result.risks if r.is_responded] == ["R2"]


def test_what_is_typed_of_a_risk_is_weighed_at_once(panel):
    panel.boxes["probability"].type("0")
    assert panel.result["R2"].probability == 0
    panel.undo()
    panel.pick("R2")
    panel.boxes["days"].type("2")
    assert panel.result["R2"].impact.most_likely == 2
    panel.boxes["response_cost"].type("50")
    assert panel.result["R2"].response_cost == 50
    panel.boxes["response_probability"].type("")
    assert panel.result["R2"].response_probability is None
    panel.boxes["cost_impact"].type("1")
    assert panel.result["R2"].cost_impact == 1
    panel.reset()
    assert panel.result.risks == _plan().risks


def test_what_cannot_be_is_refused_and_nothing_is_lost(panel):
    panel.boxes["probability"].type("120")
    assert panel.boxes["probability"].error == (
        "risk 'R2': probability must be between 0 and 100 %, got 120"
    )
    panel.terms["confidence"].type("100")
    assert "must be more than 0 and less than 100 %" in panel.terms["confidence"].error
    assert panel.result.confidence == 0.8
    assert panel.result.risks == _plan().risks


def test_confidence_is_followed(panel):
    half = replace(_plan().risks[1], probability=0.5)
    panel.open_plan(replace(_plan(), risks=(half,)))
    before = _card(panel, "Time to keep in hand")
    panel.terms["confidence"].type("30")
    assert (before, _card(panel, "Time to keep in hand")) == ("6 days", "0 days")


def test_a_plan_without_risks_gets_one(panel):
    panel.open_plan(Project((Activity("A", 5),)))
    assert panel.answer.text == "No risk is in the register."
    panel.form.name.value = "Rain"
    panel.form.add.click()
    assert panel.register.rows[0][0] == "R1 \u2013 Rain"
    panel.form.probability.type("300")
    panel.form.add.click()
    assert "probability must be between 0 and 100 %" in panel.status.text
    assert len(panel.register.rows) == 1


def test_the_result_is_that_of_assess_risks():
    panel = RiskPanel(sample())
    again = assess_risks(sample(), trials=2000)
    assert panel.result.table["net_gain"].tolist()[:3] == again.table["net_gain"].tolist()[:3]


def test_the_register_is_saved(panel):
    panel.take_button.click()
    name, _, content = panel._saved()
    assert read_bytes(name, content).risks[1].is_responded


def test_what_people_typed_is_escaped():
    bad = replace(_plan(), risks=(replace(_plan().risks[0], name="<b>x</b>", response="<i>"),))
    panel = RiskPanel(bad)
    assert "<b>x" not in panel.explanation.value
    assert "<i>" not in panel.explanation.value


def test_without_a_plan_it_asks_for_one():
    panel = RiskPanel()
    assert panel.result is None
    assert repr(panel) == "RiskPanel without a plan"


def test_an_edit_is_told_in_words_and_what_the_plan_says_anyway_is_none(panel):
    panel.pick("R2")
    panel.boxes["probability"].type("25")
    panel.boxes["days"].type("3")
    panel.boxes["response_cost"].type("")
    assert panel.changes.items == [
        "R2: probability 25 % (plan: 100 %), days if it occurs 3 (plan: 6), cost of the response "
        "none (plan: EUR 300)"
    ]
    assert panel.status.text == "Changed R2: cost of the response none (plan: EUR 300)."
    panel.remove_change(0)
    assert panel.status.text.startswith("Removed: R2: probability 25 %")
    panel.take()
    assert panel.changes.items == ["R2: response taken"]
    panel.take()
    assert panel.changes.items == []
    assert panel.reset_button.disabled


def test_days_that_are_typed_back_bring_the_three_points_back():
    panel = RiskPanel(sample())
    panel.pick("R3")
    for typed in ("0", "12", "8"):
        panel.boxes["days"].type(typed)
    assert (
        panel.result["R3"].impact == next(r for r in sample().network.risks if r.id == "R3").impact
    )
    assert panel.changes.items == []


def test_terms_below_zero_are_refused_at_once(panel):
    for name in ("budget", "day_worth"):
        panel.terms[name].type("-5")
        assert panel.terms[name].error.endswith("must be at least 0, got -5")
    panel.boxes["days"].type("-3")
    assert panel.boxes["days"].error == "risk 'R2': days must be at least 0, got -3"
    assert panel.undo_button.disabled


def test_a_problem_of_one_risk_is_forgotten_when_another_is_picked(panel):
    panel.boxes["probability"].type("120")
    panel.pick("R1")
    assert (panel.status.kind, panel.status.text[:11]) == ("done", "Pick a risk")


def test_a_risk_that_is_refused_leaves_the_one_that_was_picked(panel):
    panel.form.days.type("-4")
    panel.form.add.click()
    assert panel.status.kind == "problem"
    panel.take_button.click()
    assert panel.status.text == "Changed R2: response taken."
    panel.form.days.type("4")
    panel.form.name.value = "Rain"
    panel.form.add.click()
    assert panel.form.name.value == ""


def test_a_response_that_comes_too_late_is_not_counted():
    assert _card(RiskPanel(sample()), "Responses taken") == "0 of 7"  # two of nine are over
