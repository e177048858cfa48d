"""The funding panel without a browser: budget, ticks, the line by hand, why, and the way back."""

from __future__ import annotations

import csv
import io

import pytest

from pmkit.data import sample
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.widgets.funding import FundingPanel
from tests.wording import exactly


def _program(**fields: object) -> Program:
    told = {"A": (6, 10), "B": (5, 8), "C": (5, 8)}
    return Program(
        (),
        candidates=tuple(
            ProjectInfo(id_, money={"cost_2026": cost, "benefit": benefit}, **fields)  # type: ignore[arg-type]
            for id_, (cost, benefit) in told.items()
        ),
        settings=Settings(name="Three", currency="EUR"),
    )


@pytest.fixture
def panel() -> FundingPanel:
    return FundingPanel(_program())


def _card(panel: FundingPanel, title: str) -> str:
    return str(next(item for item in panel.figures.items if item["title"] == title)["value"])


def test_it_begins_with_a_part_of_the_money_and_the_best_choice(panel):
    assert panel.budget.value == 9.6
    assert panel.result.selected == ("A",)
    assert panel.answer.text == "Fund A: EUR 10."
    assert panel.projects.headings == ["Project", "Decision", "Standing", "My tick", "Cost",
                                       "Benefit"]  # fmt: skip
    assert panel.projects.rows[0] == ["A", "funded", "core", "", "6", "10"]
    assert list(panel.years) == [2026]


def test_another_budget_another_choice_and_undo(panel):
    panel.budget.type("10")
    assert panel.result.selected == ("B", "C")
    assert _card(panel, "Value") == "EUR 16"
    panel.years[2026].type("5")
    assert len(panel.result.selected) == 1
    panel.undo_button.click()
    panel.undo_button.click()
    assert panel.result.selected == ("A",)
    panel.redo_button.click()
    assert panel.result.selected == ("B", "C")


def test_a_tick_has_a_price_and_can_be_taken_back(panel):
    panel.budget.type("10")
    panel.pick("A")
    assert "the best choice with it is worth 10 instead of 16, 6 less" in panel.why.value
    panel.tick_in.click()
    assert panel.result.selected == ("A",)
    assert _card(panel, "What your ticks cost") == "EUR 6"
    assert list(panel.changes.items) == ["A: ticked in"]
    assert panel.tick_in.disabled
    panel.changes.click("Remove", 0)
    assert panel.result.selected == ("B", "C")
    assert panel.status.text == "A is left to the optimum."


def test_the_line_by_hand_begins_at_the_optimum_and_says_what_breaks(panel):
    panel.budget.type("10")
    panel.line.value = True
    assert panel.manual.selected == ("B", "C")
    assert panel.answer.text == "Your choice brings EUR 16. It keeps to all limits."
    panel.pick("A")
    panel.tick_in.click()
    assert panel.answer.text == (
        "Your choice brings EUR 26. It breaks 1 limit: budget: 16 of 10, 6 too much."
    )
    assert _card(panel, "What your ticks cost") == "+EUR 10"


def test_what_leaves_no_choice_is_refused_and_nothing_changes():
    panel = FundingPanel(_program(mandatory=True))
    assert panel.budget.value == 16  # sixty per cent would not do
    panel.budget.type("10")
    assert panel.status.kind == "problem"
    assert panel.status.text.startswith("funding: no choice keeps to all limits; these clash: ")
    assert panel.budget.error == panel.status.text
    assert panel.result.selected == ("A", "B", "C")


def test_a_word_in_place_of_money_is_refused(panel):
    panel.budget.type("much")
    assert panel.status.text.endswith("must be a number, got 'much'")


def test_one_project_is_nothing_to_choose_from(panel):
    alone = Project.from_table([("A", 3, "")])
    sentence = ("funding: the plan must be a program with several projects to choose from, this "
                "is one project")  # fmt: skip
    with pytest.raises(PlanError, match=exactly(sentence)):
        panel.open_plan(alone)
    assert panel.plan == _program()


def test_an_aim_that_needs_a_rate_is_refused_in_a_sentence(panel):
    panel.aim.value = "npv"
    assert panel.status.kind == "problem"
    assert "discount_rate" in panel.status.text


def test_names_are_words_and_the_file_runs_nothing():
    info = ProjectInfo("=1+1", "<b>x</b>", money={"cost": 1, "benefit": 2})
    panel = FundingPanel(Program((), candidates=(info,)))
    panel.budget.type("1")
    assert "<b>" not in panel.why.value
    _, _, content = panel._saved()
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[1][0].startswith("'=")
    assert rows[1][2] == "yes"


def test_the_sample_opens_and_without_a_plan_there_is_an_invitation():
    empty = FundingPanel()
    assert empty.result is None
    empty.sample_button.click()
    assert empty.plan == sample()
    assert empty.result.value > 0
    assert "FundingPanel Funding" in repr(empty)
