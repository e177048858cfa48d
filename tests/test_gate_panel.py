"""The gate panel without a browser: what is assumed, what would turn it, decisions, the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pmkit.data import sample
from pmkit.files import read_bytes
from pmkit.model.activity import Activity
from pmkit.model.benefit import Benefit
from pmkit.model.errors import PlanError
from pmkit.model.governance import Authority, Gate, Governance, LoggedDecision
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.strategy import Strategy
from pmkit.widgets.gate import GatePanel
from tests.wording import exactly

_DEPOT = ProjectInfo("Depot", "Charging depot", money={"benefit": 120, "cost": 500})
_GATE = Gate("G1", "Depot", "Before the chargers", cost_to_complete=100, termination_cost=10,
             recoverable=15, holding_cost=2, restart_cost=3)  # fmt: skip


def _program(*decisions: LoggedDecision, gate: Gate = _GATE) -> Program:
    """Fund 120 - 100 = 20; pause 20 - 3 x 2 - 3 = 11; stop 15 - 10 = 5."""
    rules = (Authority("program manager", cost=50, benefit=50), Authority("sponsor"))
    return Program(
        (), candidates=(_DEPOT, ProjectInfo("Roof", money={"cost": 40, "benefit": 30})),
        governance=Governance(rules, gates=(gate,), decisions=decisions),
        settings=Settings(name="City", currency="EUR"),
    )  # fmt: skip


@pytest.fixture
def panel() -> GatePanel:
    return GatePanel(_program())


def _card(panel: GatePanel, title: str) -> dict[str, object]:
    return next(item for item in panel.figures.items if item["title"] == title)


def _turns(panel: GatePanel) -> dict[str, str]:
    """What would turn it, read from the table on the screen."""
    rows = panel.turns.value.split("<tbody>")[1].split("</tr>")[:-1]
    cells = [[c.split("<")[0] for c in row.replace("</", "<").split(">")] for row in rows]
    return {row[2]: row[-1] or row[-2] for row in cells}


def test_it_begins_at_the_next_gate_with_every_option_weighed(panel):
    assert panel.answer.text == (
        "G1 Depot: fund is best, worth EUR 20 from here on, EUR 9 more than pause. "
        "The program manager may decide."
    )
    assert panel.gates.rows == [
        ["G1 Depot", "Before the chargers", "", "program manager", "fund", "20", ""],
        ["Roof", "", "no gate", "", "stop", "0", ""],
    ]
    assert panel.options.rows == [
        ["Fund (best)", "120", "−100", "–", "–", "–", "20", "program manager"],
        ["Pause", "120", "−100", "−9", "–", "–", "11", "program manager"],
        ["Stop", "–", "–", "−10", "15", "–", "5", "sponsor"],
    ]
    assert (_card(panel, "Second best")["value"], _card(panel, "Sunk")["value"]) == (
        "Pause", "EUR 0"
    )  # fmt: skip
    assert {name: box.value for name, box in panel.terms.items()} == {
        "cost_to_complete": 100, "termination_cost": 10, "recoverable": 15, "holding_cost": 2,
        "restart_cost": 3, "benefit": 100, "pause_months": 3, "discount_rate": None,
    }  # fmt: skip


def test_it_says_at_which_value_the_recommendation_turns(panel):
    """Fund 120 x share - cost against stop 15 - 10 = 5: at a cost of 115, a share of 87.5 %."""
    assert _turns(panel) == {
        "Cost to complete": "stop above 115",
        "Ending it costs": "nothing turns it",
        "Comes back if stopped": "stop above 30",
        "Pause costs a month": "nothing turns it",
        "Restart costs": "nothing turns it",
        "Benefits": "stop below 87.5 %",
        "Pause": "nothing turns it",
    }


def test_an_assumption_turns_it_and_undo_turns_it_back(panel):
    panel.terms["cost_to_complete"].type("130")
    assert panel.result.recommended == "stop"
    assert panel.status.text == "G1 Depot: cost to complete EUR 130, not EUR 100."
    assert _turns(panel)["Cost to complete"] == "fund below 115"
    panel.terms["benefit"].type("200")
    assert panel.options.rows[0][1:3] == ["240", "−130"]
    assert list(panel.changes.items) == [
        "G1 Depot: cost to complete EUR 130, not EUR 100",
        "G1 Depot: benefits 200 %, not 100 %",
    ]
    panel.changes.click("Remove", 0)
    assert panel.result.table["value"].to_dict() == {"fund": 140, "pause": 131, "stop": 5}
    panel.undo_button.click()
    panel.undo_button.click()
    assert panel.result.recommended == "stop"
    panel.reset_button.click()
    assert (panel.result.recommended, list(panel.changes.items)) == ("fund", [])


def test_what_the_plan_says_is_assumed_no_more(panel):
    panel.terms["recoverable"].type("40")
    panel.terms["recoverable"].type("15")
    assert list(panel.changes.items) == []
    panel.terms["cost_to_complete"].type("90")
    panel.terms["cost_to_complete"].type("")
    assert panel.terms["cost_to_complete"].value == 100


def test_another_way_is_weighed_as_it_is_typed(panel):
    panel.redirect_name.value = "A smaller  depot"
    panel.redirect["redirect.cost_to_complete"].type("40")
    panel.redirect["redirect.benefit"].type("80")
    assert panel.result.recommended == "redirect"
    assert panel.options.rows[1][:3] == ["Redirect: A smaller depot (best)", "80", "−40"]
    assert panel.option.value == "redirect"
    panel.gates.pick(1)
    assert panel.redirect_name.value == ""
    panel.undo_button.click()  # goes back to where it was typed
    assert panel.gates.picked == 0
    assert panel.redirect_name.value == "A smaller depot"
    assert panel.redirect["redirect.benefit"].value is None


def test_a_role_that_may_not_is_refused_and_nothing_typed_is_lost(panel):
    panel.options.pick(2)
    assert "This goes up to the sponsor" in panel._parts.decision.may.value
    panel.note.value = "The maker is bankrupt"
    panel.decide_button.click()
    assert panel.status.kind == "problem"
    assert panel.status.text.startswith(
        "decision on project 'Depot': stop must be decided by the sponsor or the portfolio board "
        "(the program manager may give up EUR 50, asked for is EUR 120 of benefit), "
        "got 'program manager'"
    )
    assert panel.status.text.replace("'", "&#x27;") in panel._parts.decision.refused.value
    assert (panel.note.value, panel.option.value) == ("The maker is bankrupt", "stop")
    assert panel.log.decisions == ()
    panel.role.value = "sponsor"
    panel.decide_button.click()
    assert (panel.note.value, panel._parts.decision.refused.value) == ("", "")
    assert panel.log["D1"].decision.known.endswith("The maker is bankrupt")


def test_a_decision_is_logged_with_its_quality_apart_from_luck(panel):
    panel.terms["pause_months"].type("6")
    panel.role.value = "sponsor"
    panel.option.value = "stop"
    panel.decide_button.click()
    assert panel.status.text == (
        "D1: stop Depot, decided by the sponsor. It delivers nothing from now on."
    )
    assert panel.gates.rows[0][-1] == "stop (D1)"
    assert panel.log_table.rows == [
        ["D1 stop Depot", "", "sponsor", "5", "−15", "–", "–", "not known yet"]
    ]
    assert "Assumed: pause 6 months." in panel.log["D1"].decision.known
    panel.realised.type("9")
    assert panel.log_table.rows[0][-3:] == ["9", "4", "dumb luck"]
    assert panel.realised.label == "What came of it (EUR)"
    assert "Luck on average so far: EUR 4." in panel._parts.luck.value
    assert list(panel.changes.groups) == ["Assumed", "Decided"]
    panel.changes.click("Remove", 1)
    assert (panel.log.decisions, panel.gates.rows[0][-1]) == ((), "")


def test_what_came_of_a_decision_that_the_plan_brought_along():
    rain = LoggedDecision("D1", "Open in May", expected=80, best_rejected=60)
    panel = GatePanel(_program(rain))
    panel.log_table.pick(0)
    panel.realised.type("-10")
    assert panel.log["D1"].case == "bad break"
    assert "luck = realised - expected = -EUR 10 - EUR 80 = -EUR 90" in panel._parts.judged.value
    panel.undo_button.click()
    assert panel.log["D1"].case == "not known yet"


def test_a_later_decision_that_needs_an_earlier_one_keeps_it():
    """Without Roof, Depot brings nothing, and giving up nothing is within anybody's limits."""
    depot = replace(_DEPOT, requires=("Roof",))
    plan = replace(_program(), candidates=(depot, ProjectInfo("Roof")))
    panel = GatePanel(plan)
    panel.pick("Roof")
    panel.decide("stop", by="sponsor")
    panel.pick("G1")
    assert panel.result["stop"].demand.benefit == 0
    panel.decide("stop")
    panel.changes.click("Remove", 0)
    assert panel.status.kind == "problem"
    assert "stop must be decided by the sponsor" in panel.status.text
    assert len(panel.log.decisions) == 2


def test_a_project_without_a_gate_gets_one_when_an_amount_is_typed(panel):
    panel.pick("Roof")
    assert "has no gate" in panel._parts.notes.value
    panel.terms["termination_cost"].type("25")
    assert panel.result.table["value"].to_dict() == {"fund": -10, "pause": -10, "stop": -25}
    assert "has no gate" not in panel._parts.notes.value
    panel.decide("fund")
    name, _, content = panel._saved()
    saved = read_bytes(name, content)
    assert isinstance(saved, Program)
    assert [g.id for g in saved.governance.gates] == ["G1", "G2"]
    assert saved.governance.gates[1].termination_cost == 25
    assert (saved.governance.decisions[0].gate, saved.governance.decisions[0].verdict) == (
        "G2", "fund"
    )  # fmt: skip
    assert panel.gates.rows[1][-1] == "fund (D1)"


def test_the_saved_plan_opens_with_what_was_typed_and_decided(panel):
    panel.terms["cost_to_complete"].type("90")
    panel.decide("fund", note="=1+1")
    name, _, content = panel._saved()
    again = GatePanel()
    again.load_plan(name, content)
    assert again.terms["cost_to_complete"].value == 90
    assert again.log["D1"].decision.expected == 30
    assert again.gates.rows[0][-1] == "fund (D1)"
    assert panel.plan == _program()  # what was opened is as it was


def test_wrong_input_is_a_sentence_at_its_box_and_on_the_status_line(panel):
    box = panel.terms["termination_cost"]
    for text, sentence in (
        ("much", "Ending it costs: must be a number, got 'much'"),
        ("", "Ending it costs: must be a number, got nothing"),
        ("-5", "gate 'G1': termination_cost must be a finite amount >= 0, got -5.0"),
    ):
        box.type(text)
        assert panel.status.text == sentence
        assert sentence in (box.refusal, box.error)
    panel.terms["benefit"].type("-1")
    assert panel.terms["benefit"].error == (
        "gate review: benefits must be a share of the plan >= 0 %, got -1.0"
    )
    panel.terms["discount_rate"].type("4")
    assert panel.status.text.startswith("gate review: discount_rate needs a date to count from")
    panel.on.type("soon")
    assert panel.status.text == "On: must be a number of working days, got 'soon'"
    assert panel.result.table["value"].to_dict() == {"fund": 20, "pause": 11, "stop": 5}


def test_what_there_is_not_is_refused(panel):
    sentence = "gates: must be a gate, or a project without one, got 'Depot'"
    with pytest.raises(PlanError, match=exactly(sentence)):
        panel.pick("Depot")
    with pytest.raises(PlanError, match="gates: must assume one of cost_to_complete, "):
        panel.set("luck", 3)
    sentence = "decision log: must have the decision, got 'D9'"
    with pytest.raises(PlanError, match=exactly(sentence)):
        panel.realise("D9", 3)
    sentence = "gates: the plan must be changed elsewhere, here it is decided on"
    with pytest.raises(PlanError, match=exactly(sentence)):
        panel.change("Depot", duration=3)
    sentence = ("gates: the plan must be a program with projects to decide on, this is one "
                "project")  # fmt: skip
    with pytest.raises(PlanError, match=exactly(sentence)):
        panel.open_plan(Project.from_table([("A", 3, "")]))
    assert panel.plan == _program()


def test_a_mandatory_project_is_not_stopped():
    plan = replace(_program(), candidates=(replace(_DEPOT, mandatory=True),))
    panel = GatePanel(plan)
    panel.terms["cost_to_complete"].type("300")
    assert panel.options.rows[2][-1] == "nobody: it is mandatory"
    assert _card(panel, "Recommended")["sentence"] == (
        "the program manager may decide; stop would be worth EUR 5, but the project is mandatory"
    )
    panel.option.value = "stop"
    panel.decide_button.click()
    assert panel.status.text == (
        "decision on project 'Depot': stop must not be decided, the project is mandatory"
    )


def test_benefits_come_to_a_share_and_what_is_lost_for_them_stays():
    """A disbenefit does not shrink when benefits do: 0.5 x (120 + 60) - 30 = 60."""
    shared = (Benefit("Air", money={"benefit_2027": 60.0, "benefit": 60.0}, enablers=("Depot",)),
              Benefit("Park", money={"benefit": -30.0}, enablers=("Depot",)))  # fmt: skip
    panel = GatePanel(replace(_program(), strategy=Strategy(benefits=shared)))
    assert panel.result["fund"].benefit == 150
    panel.terms["benefit"].type("50")
    assert panel.result["fund"].benefit == 60
    assert panel.program.strategy.benefits == shared  # an assumption, not the plan


def test_a_dated_plan_counts_from_the_gate_and_a_pause_moves_it():
    """2,000 of working days from 2 March on; the rate counts at every gate."""
    tasks = Project.from_table([("Build", 20, "")], members=(ProjectInfo("Depot"),))
    tasks = replace(tasks, activities=(Activity("Build", 20, fixed_cost=100),),
                    settings=Settings(start=date(2026, 3, 2)))  # fmt: skip
    gates = (Gate("G1", "Depot", date=date(2026, 3, 2)), Gate("G0", "Roof"))
    plan = Program((tasks,), candidates=(ProjectInfo("Roof", money={"cost": 5}),),
                   settings=Settings(start=date(2026, 3, 2)),
                   governance=Governance(gates=gates))  # fmt: skip
    panel = GatePanel(plan)
    assert [row[0] for row in panel.gates.rows] == ["G1 Depot", "G0 Roof"]  # by date
    panel.terms["discount_rate"].type("5")
    assert list(panel.changes.items) == ["Everywhere: discount rate 5 %"]
    panel.on.type("2026-03-04")
    panel.option.value = "pause"
    panel.decide_button.click()
    decided = panel.log["D1"].decision
    assert (decided.verdict, decided.date) == ("pause", date(2026, 3, 4))
    assert "discount rate 5 %" in decided.known
    panel.pick("G0")
    assert panel.terms["discount_rate"].value == 5
    assert panel.result.discount_rate == 0.05


def test_names_are_words(panel):
    info = ProjectInfo("<b>x</b>", "=1+1", money={"benefit": 3})
    gate = Gate("<i>", "<b>x</b>", "<script>", authority="<u>boss</u>")
    rain = LoggedDecision("<D>", "<h1>", known="<img>", expected=1, best_rejected=0)
    panel.open_plan(Program((), candidates=(info,), governance=Governance(
        gates=(gate,), decisions=(rain,))))  # fmt: skip
    panel.redirect_name.value = "<a>"
    panel.log_table.pick(0)
    panel.options.pick(2)
    parts = panel._parts
    pages = (parts.why, parts.notes, parts.decision.may, parts.judged, parts.luck, parts.left,
             parts.turns, parts.assumed.title)  # fmt: skip
    for page in pages:
        for tag in ("<b>", "<i>", "<script>", "<u>", "<h1>", "<img>", "<a>"):
            assert tag not in page.value


def test_the_sample_opens_and_in_the_dark_it_is_drawn_again():
    empty = GatePanel()
    assert (empty.result, repr(empty)) == (None, "GatePanel without a plan")
    empty.sample_button.click()
    assert empty.plan == sample()
    assert empty.gates.rows[0][:3] == [
        "G1 Fleet", "Before the other ten buses are built", "2026-05-15"
    ]  # fmt: skip
    assert _turns(empty)["Cost to complete"] == "stop above 4.85 M"
    assert "GatePanel GateReview gate G1 of project Fleet: fund" in repr(empty)
    light = empty._parts._chart.spec
    empty.status.dark = True
    assert empty._parts._chart.spec != light
