"""The decision panel without a browser: type an amount or a probability, see what is best."""

from __future__ import annotations

import json

import pytest

from pmkit.files.decisions import decision_csv, read_decision
from pmkit.model.decision import Chance, Choice
from pmkit.model.errors import PlanError
from pmkit.widgets.decision import DecisionPanel, example
from tests.wording import exactly


@pytest.fixture
def panel() -> DecisionPanel:
    return DecisionPanel()


def test_it_begins_with_the_example(panel):
    assert panel.result.options == {"build new": 36, "upgrade": 46}
    assert panel.answer.text == "upgrade is best: expected value 46, against build new 36."
    assert "worth 52 - 46 = 6 more than not knowing" in panel.knowing.value
    assert panel.undo_button.disabled
    assert panel.reset_button.disabled


def test_a_cost_is_typed_and_undone(panel):
    panel.amounts["cost"].type("100")
    assert panel.result.best == "build new"
    assert panel.status.text == "build new now costs 100."
    panel.undo()
    assert panel.result.best == "upgrade"
    panel.redo()
    assert panel.amounts["cost"].value == 100
    panel.reset()
    assert panel.tree == example()
    panel.undo()
    assert panel.result.best == "build new"


def test_a_probability_changes_the_event_wherever_it_stands(panel):
    panel.branch.value = ("upgrade", "strong")
    assert panel.amounts["cost"].layout.display != "none"
    panel.amounts["probability"].type("90")
    assert panel.result.best == "build new"
    assert panel.tree.branches[0].to.probabilities["strong"] == 0.9
    panel.amounts["payoff"].type("-20")
    assert panel.tree.branches[1].to.branches[0].to == -20


def test_only_what_a_branch_has_can_be_typed(panel):
    def visible() -> list[str]:
        return [n for n, box in panel.amounts.items() if box.layout.display != "none"]

    assert visible() == ["cost"]
    panel.branch.value = ("build new", "weak")
    assert visible() == ["cost", "payoff", "probability"]


def test_a_study_is_worth_what_its_answers_change(panel):
    assert "adds 1.6: worth its cost of 0" in panel.study.value
    panel.study_cost.type("2")
    assert "not worth its cost of 2" in panel.study.value
    for box in panel.right:
        box.type("100")
    assert "adds 6" in panel.study.value  # certain knowledge
    panel.right[0].type("120")
    assert "must be between 0 and 100 %" in panel.right[0].error


def test_a_tolerance_shows_what_is_worth_it_for_certain(panel):
    assert "Type one" in panel.averse.value
    panel.tolerance.type("100")
    assert "upgrade: worth 41.57 for certain (best)" in panel.averse.value
    panel.tolerance.type("0")
    assert panel.tolerance.error == "risk tolerance: must be a finite amount > 0, got 0.0"


def test_what_cannot_be_is_refused_and_nothing_is_lost(panel):
    panel.amounts["cost"].type("-5")
    assert "cost must be a finite amount >= 0" in panel.amounts["cost"].error
    panel.branch.value = ("build new", "strong")
    panel.amounts["probability"].type("140")
    assert "probability must be between 0 and 100 %, got 140" in panel.status.text
    assert panel.tree == example()


def test_a_tree_without_an_event_says_so():
    panel = DecisionPanel(Choice("Depot", {"build": 36, "wait": 30}))
    assert "nothing is uncertain" in panel.knowing.value
    panel.amounts["payoff"].type("20")
    assert panel.result.best == "wait"


def test_costs_can_be_minimised():
    panel = DecisionPanel(Choice("Depot", {"build": 36, "wait": 30}), minimise=True)
    assert panel.result.best == "wait"


def test_a_saved_tree_is_opened_again(panel):
    panel.amounts["cost"].type("100")
    name, _, content = panel._saved()
    other = DecisionPanel(Choice("x", {"a": 1}))
    other.upload.receive({name: content})
    assert other.tree == panel.tree
    assert other.status.text == "Opened decision.csv."
    other.undo()
    assert other.tree == Choice("x", {"a": 1})


def test_what_is_no_tree_is_refused(panel):
    panel.upload.receive({"x.csv": b"a,b\n1,2\n"})
    assert panel.status.text == (
        "x.csv, decision: a table must have the headings node, branch, probability, cost, "
        "leads_to, got others"
    )
    assert panel.tree == example()
    panel.upload.receive({"x.json": b"{"})
    assert "json must be what tree.to_dict() gives" in panel.status.text


def test_text_that_a_spreadsheet_would_run_comes_back_as_text():
    tree = Choice("=1+1", {"=cmd": Chance("@e", {"+a": (0.5, 1), "-b": (0.5, 2)}), "b": 1.25})
    assert "'=cmd" in decision_csv(tree)
    assert read_decision("t.csv", decision_csv(tree).encode()) == tree
    assert read_decision("t.json", json.dumps(tree.to_dict()).encode()) == tree


def test_a_broken_row_is_told_with_its_file():
    with pytest.raises(PlanError, match=exactly(
        "t.csv, decision row 2: leads_to must be given, got nothing"
    )):  # fmt: skip
        read_decision("t.csv", b"node,branch,leads_to\nA,b,\n")


def test_what_people_typed_is_escaped():
    event = Chance("<b>e</b>", {"<i>x</i>": (0.5, 1), "y": (0.5, 2)})
    panel = DecisionPanel(Choice("c", {"<u>a</u>": event, "b": 1}))
    for html in (panel.explanation.value, panel.knowing.value, panel.study.value):
        assert "<b>e" not in html
        assert "<i>x" not in html
        assert "<u>a" not in html


def test_a_box_that_is_wrong_holds_nothing_else_up(panel):
    panel.tolerance.type("0")
    panel.right[0].type("120")
    panel.amounts["cost"].type("100")
    assert panel.amounts["cost"].error == ""
    assert panel.status.text == "build new now costs 100."
    assert "must be between 0 and 100 %, got 120" in panel.study.value
    assert "must be a finite amount &gt; 0" in panel.averse.value
    assert not panel.undo_button.disabled
    panel.right[1].type("90")
    assert panel.right[1].error == ""  # the other one is wrong
    panel.study_cost.type("-1")
    assert panel.study_cost.error == "The study costs: must be at least 0, got -1"


def test_undo_of_opening_brings_back_what_reset_goes_to(panel):
    panel.open_tree(Choice("x", {"a": 1, "b": 2}))
    panel.undo()
    assert panel.reset_button.disabled
    panel.amounts["cost"].type("100")
    panel.reset()
    assert panel.tree == example()


def test_a_problem_of_one_branch_is_forgotten_when_another_is_picked(panel):
    panel.amounts["cost"].type("-5")
    panel.branch.value = ("upgrade",)
    assert (panel.status.kind, panel.status.text[:13]) == ("done", "Pick a branch")


def test_the_sentence_says_what_is_best():
    assert DecisionPanel(Choice("x", {"a": 3, "b": 1}), minimise=True).answer.text == (
        "b is best: expected cost 1, against a 3."
    )
    assert DecisionPanel(Choice("x", {"a": 3, "b": 3})).answer.text == (
        "a and b are equally good: expected value 3."
    )
