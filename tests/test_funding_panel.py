"""The funding panel without a browser: budget, ticks, the line by hand, why, and the way back."""

from __future__ import annotations

import asyncio
import csv
import io
from typing import Any

import pytest

from pmkit.data import sample
from pmkit.model.benefit import Benefit
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.strategy import Strategy
from pmkit.views.theme import money_text
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


def _shared() -> Program:
    """A program in which what one project brings depends on the others."""
    told = {"A": (3, 1), "B": (3, 0), "C": (5, 8), "D": (2, 1)}
    both = Benefit("both", money={"benefit": 20}, enablers=("A", "B"), rule="all")
    return Program(
        (),
        candidates=tuple(
            ProjectInfo(id_, money={"cost_2026": cost, "benefit": benefit})
            for id_, (cost, benefit) in told.items()
        ),
        strategy=Strategy(benefits=(both,)),
        settings=Settings(currency="EUR"),
    )


def _drawn(panel: FundingPanel, chart: str) -> list[dict[str, Any]]:
    """Every row of data of a chart that is on the screen."""
    spec = panel._parts._pictures.charts[chart].spec
    return [row for rows in spec["datasets"].values() for row in rows]


def _bubbles(panel: FundingPanel) -> dict[str, dict[str, Any]]:
    return {row["project"]: row for row in _drawn(panel, "bubbles") if "project" in row}


def _mark(panel: FundingPanel) -> str:
    """What stands beside the mark of the frontier; nothing where there is no frontier."""
    if panel._parts._third.layout.display == "none":
        return ""
    names = [row.get("name", "") for row in _drawn(panel, "frontier")]
    return next(name for name in names if name.startswith(("today: ", "your choice: ")))


def _says_one_thing(panel: FundingPanel) -> None:
    """Assert that table, chart, cards, frontier, sentence and file tell the same choice."""
    place = panel.projects.headings.index
    bubbles = _bubbles(panel)
    told = {
        row[0]: (row[place("Decision")] == "funded", row[place("Cost")], row[place("Benefit")])
        for row in panel.projects.rows
    }
    drawn = {id_: (row["is_in"], money_text(row["cost"]), money_text(row["benefit"]))
             for id_, row in bubbles.items()}  # fmt: skip
    assert told == drawn
    selected = [id_ for id_, (is_in, *_) in told.items() if is_in]
    value, cost = _card(panel, "Value"), _card(panel, "Cost")
    title = panel._parts._pictures.charts["bubbles"].spec["title"]["text"]
    assert title == (
        f"{len(selected)} of {len(told)} projects funded: value {value} for {cost}"
    )  # fmt: skip
    assert _card(panel, "Funded") == f"{len(selected)} of {len(told)}"
    assert value in panel.answer.text
    if panel.manual is None:
        assert panel.answer.text.startswith(f"Fund {', '.join(sorted(selected))}: ")
    assert _mark(panel).partition(": ")[2].partition(", breaks")[0] in (value, "")
    arithmetic = next(i["arithmetic"] for i in panel.figures.items if i["title"] == "Value")
    assert f"value = {value.removeprefix('EUR ')}" in map(str.strip, arithmetic)
    _, _, content = panel._saved()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert sorted(selected) == [row["project"] for row in rows if row["selected"] == "yes"]
    for row in rows:
        assert money_text(float(row["benefit"])) == told[row["project"]][2]


_STEPS = (
    lambda panel: panel.tick("D", True),
    lambda panel: panel.tick("C", False),
    lambda panel: panel.undo_button.click(),
    lambda panel: setattr(panel.line, "value", True),
    lambda panel: panel.tick("A", True),
    lambda panel: panel.tick("D", None),
    lambda panel: panel.budget.type("9"),
    lambda panel: panel.tick("B", True),
    lambda panel: panel.tick("C", True),
    lambda panel: panel.budget.type(""),
    lambda panel: panel.undo_button.click(),
    lambda panel: panel.undo_button.click(),
    lambda panel: panel.tick("A", None),
    lambda panel: setattr(panel.line, "value", False),
    lambda panel: panel.budget.type("6"),
    lambda panel: panel.undo_button.click(),
    lambda panel: panel.reset_button.click(),
    lambda panel: panel.undo_button.click(),
    lambda panel: panel.redo_button.click(),
)


@pytest.mark.parametrize("in_a_page", [False, True])
def test_table_charts_cards_sentence_and_file_tell_the_same_choice_after_every_step(in_a_page):
    def go_through() -> None:
        panel = FundingPanel(_shared())
        panel._pictures.finish()
        _says_one_thing(panel)
        for step in _STEPS:
            step(panel)
            panel._pictures.finish()
            _says_one_thing(panel)

    async def page() -> None:
        go_through()

    asyncio.run(page()) if in_a_page else go_through()


def test_the_bubbles_do_not_wait_and_the_frontier_is_covered_until_it_is_drawn():
    async def page() -> None:
        panel = FundingPanel(_program())
        panel._pictures.finish()
        panel.budget.type("10")
        assert [id_ for id_, row in _bubbles(panel).items() if row["is_in"]] == ["B", "C"]
        assert "pmkit-old" in panel._parts._third._dom_classes
        assert _mark(panel) == "today: EUR 10"
        panel._pictures.finish()
        assert "pmkit-old" not in panel._parts._third._dom_classes
        assert _mark(panel) == "today: EUR 16"
        panel.budget.type("9")
        panel.undo_button.click()  # what is drawn is right again
        assert "pmkit-old" not in panel._parts._third._dom_classes

    asyncio.run(page())


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


def test_a_year_without_a_budget_takes_nothing_from_the_budgets_there_are():
    money = {"A": {"cost_2026": 4, "cost_2027": 9, "benefit": 20}, "B": {"cost_2026": 4}}
    panel = FundingPanel(
        Program((), candidates=tuple(ProjectInfo(id_, money=m) for id_, m in money.items()))
    )
    panel.budget.type("")
    panel.years[2026].type("5")
    assert panel.answer.text == "Fund A: 20."
    cost = next(item for item in panel.figures.items if item["title"] == "Cost")
    assert (cost["value"], cost["sentence"], cost["tone"]) == ("13", "1 of the budget is left", "")
    panel.years[2027].type("7")
    panel.line.value = True
    panel.tick("A", True)
    cost = next(item for item in panel.figures.items if item["title"] == "Cost")
    assert (cost["sentence"], cost["tone"]) == ("1 more than the budget", "bad")


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


def test_a_row_is_picked_by_its_name_where_the_table_has_another_order_meanwhile(panel):
    assert [row[0] for row in panel.projects.rows] == ["A", "B", "C"]
    sent = {"picked": 0, "name": "A"}
    panel.budget.type("10")  # the page still shows A on top when somebody clicks on it
    assert [row[0] for row in panel.projects.rows] == ["B", "C", "A"]
    panel.projects._on_sent(panel.projects, sent, None)
    panel.tick_in.click()
    assert panel.changes.items == ["A: ticked in"]
    panel.projects._on_sent(panel.projects, {"picked": 1, "name": "gone"}, None)
    assert "project &#x27;A&#x27;" in panel.why.value


def test_the_reasons_of_the_best_choice_are_not_taken_for_those_of_the_ticks(panel):
    panel.budget.type("10")
    panel.line.value = True
    panel.pick("B")
    panel.untick.click()
    assert panel.status.text == "B is not ticked any more, so it is out."
    assert "Not in your choice. The best one: project &#x27;B&#x27;: in" in panel.why.value
    assert _mark(panel) == "your choice: EUR 8"
    panel.tick("A", True)
    panel.tick("B", True)
    assert _mark(panel) == "your choice: EUR 26, breaks 1 limit"


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
    assert panel.aim.value == "benefit"  # which is what everything else tells


def test_ticks_that_leave_no_best_choice_go_on_being_all_that_is_funded(panel):
    panel.line.value = True
    for id_ in "ABC":
        panel.tick(id_, True)
    panel.line.value = False
    assert panel.status.kind == "problem"
    assert panel.line.value is True
    assert panel.manual.selected == ("A", "B", "C")


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
