"""The control panel, moved as a hand would move it, without a browser."""

from __future__ import annotations

from dataclasses import replace

import pytest

import pmkit as pm
from pmkit.model.control import Control
from pmkit.widgets.control import ControlPanel


@pytest.fixture
def late() -> pm.Project:
    """Three days late, one allowed; two of them can be bought; a risk, an issue, a request."""
    tasks = (
        pm.Activity("A", 8, "Dig", fixed_cost=800, crash_duration=6, crash_cost=1000,
                    baseline_start=0, baseline_finish=5, baseline_cost=800),
        pm.Activity("B", 5, "Pour", fixed_cost=200, baseline_start=5, baseline_finish=10,
                    baseline_cost=200),
    )  # fmt: skip
    control = Control(
        (pm.Tolerance("time", above=1),),
        (pm.Issue("I1", "Rock", owner="Ann", activities=("A",), days=2),),
        (pm.ChangeRequest("C1", "Rails", (pm.Change("B", duration="+1"),), benefit=90),),
    )
    risk = pm.RiskEvent("R1", "Rain", ("B",), 0.3, 2, 50, owner="Bo")
    return pm.Project(tasks, (pm.Dependency("A", "B"),), pm.Settings(name="Wall"),
                      risks=(risk,), control=control)  # fmt: skip


def test_it_says_what_is_beyond_tolerance_who_decides_and_what_goes_up(late) -> None:
    panel = ControlPanel(late)
    assert (
        panel.answer.text == "The forecast is beyond tolerance: time. The program manager decides."
    )
    assert panel.report is not None
    assert panel.option.value == panel.report.recommended == "Crash to day 11"
    assert repr(panel) == (
        f"ControlPanel {late!r}, ToleranceCheck 1 of 1 exceeded: time; the program manager decides"
    )


def test_the_project_manager_may_not_approve_beyond_tolerance_and_nothing_is_half_done(late):
    panel = ControlPanel(late)
    panel.decide_buttons["approved"].click()
    assert (panel.status.kind, panel.status.text) == ("problem", (
        "change request 'C1': must be approved by the program manager (time: 4 days above its "
        "target, 1 day allowed: the program manager decides), got the project manager"
    ))  # fmt: skip
    assert panel.result.plan is late
    panel.role.value = "program manager"
    panel.decide_buttons["approved"].click()
    assert panel.status.text == "Change C1 approved by the program manager."
    assert panel.result.plan["B"].duration == 6
    assert panel.change_log.rows[0][3:6] == ["approved", "program manager", "+1 day"]


def test_an_option_that_is_agreed_on_is_the_plan_and_undo_brings_back_what_was(late) -> None:
    panel = ControlPanel(late)
    panel.settle_button.click()
    assert panel.status.text == (
        "Crash to day 11: agreed on by the program manager, and the new baseline."
    )
    assert panel.answer.text == "The forecast is within tolerance. The project manager decides."
    assert panel.report is None
    assert "Nothing goes up" in panel._parts.report.value
    panel.undo_button.click()
    assert panel.answer.text.startswith("The forecast is beyond tolerance")
    panel.redo_button.click()
    assert panel.result.is_within
    panel.reset_button.click()
    assert panel.result.plan is late
    assert panel.steps.items == []
    assert panel.reset_button.disabled


def test_a_risk_that_occurred_fills_the_boxes_and_becomes_an_issue(late) -> None:
    panel = ControlPanel(late)
    form = panel.issue_form
    form.risk.value = "R1"
    assert (form.name.value, form.owner.value, form.days.value, form.cost.value) == (
        "Rain", "Bo", 2.0, 50.0)  # fmt: skip
    form.add.click()
    assert panel.status.text == "Raised issue I2 Rain."
    assert panel.result.plan["B"].duration == 7
    assert panel.result.plan.risks[0].state == "occurred"
    assert panel.issue_log.rows[panel.issue_log.picked][0] == "I2 – Rain"
    assert "R1" not in [value for _, value in form.risk.options]
    assert form.name.value == ""


def test_what_nobody_had_foreseen_needs_a_name_and_an_activity_for_its_days(late) -> None:
    panel = ControlPanel(late)
    panel.issue_form.add.click()
    assert panel.status.text == "issue: must have a name, or the id of a risk that occurred"
    panel.issue_form.name.value, panel.issue_form.days.value = "Strike", 3
    panel.issue_form.add.click()
    assert panel.status.text == (
        "issue 'I2': days must be those of an activity that is still to be done, got 3 days on none"
    )
    panel.issue_form.activity.value = "B"
    panel.issue_form.add.click()
    assert panel.result.plan["B"].duration == 8


def test_what_an_issue_adds_is_corrected_and_it_is_closed(late) -> None:
    panel = ControlPanel(late)
    panel.issue_log.pick(0)
    panel._parts.issue_days.value = 5
    assert panel.result.plan["A"].duration == 11
    assert panel.steps.items == ["Issue I1 now adds 5 days."]
    panel._parts.issue_note.value = "blasted"
    panel._parts.close.click()
    assert panel.issue_log.rows[0][3] == "closed"
    assert panel._parts.close.disabled
    assert panel.result.plan.control.issues[0].note == "blasted"


def test_a_change_is_asked_for_and_assessed_before_anybody_decides(late) -> None:
    panel = ControlPanel(late)
    form = panel.change_form
    form.ask.click()
    assert panel.status.text == "change: must say what would be different, got nothing"
    form.name.value, form.days.value, form.benefit.value = "Gate", 2, 500
    form.ask.click()
    assert panel.status.text == (
        "change: an activity must be picked for its days and cost, got none"
    )
    form.activity.value = "B"
    form.ask.click()
    assert panel.status.text == "Asked for change C2 Gate."
    assert panel.change_log.picked == 1
    assert "finish: day 13 -&gt; day 15, +2 days" in panel._parts.change.value
    assert form.name.value == ""


def test_an_own_option_is_weighed_beside_what_the_plan_knows(late) -> None:
    panel = ControlPanel(late)
    form = panel.change_form
    form.name.value, form.activity.value, form.days.value = "Fewer posts", "B", -3
    form.weigh.click()
    assert [name for _, name in panel.option.options][-1] == "Fewer posts"
    assert panel.report["Fewer posts"].finish == 10
    panel.option.value = "Fewer posts"
    panel.settle_button.click()
    assert panel.result.plan["B"].duration == 2
    form.name.value, form.activity.value, form.days.value = "Fewer still", "B", -1
    form.weigh.click()
    assert panel.status.text == "option: a tolerance must be exceeded to weigh one, none is"


def test_with_one_option_only_it_says_what_is_missing(late) -> None:
    alone = replace(late["A"], crash_duration=None, crash_cost=None)
    panel = ControlPanel(replace(late, activities=(alone, late["B"])))
    assert panel.report is None
    assert "Only one option is known" in panel._parts.report.value
    assert panel.settle_button.layout.display == "none"


def test_a_tolerance_is_set_renamed_and_dropped(late) -> None:
    panel = ControlPanel(late)
    form = panel.tolerance_form
    form.above.value = 3
    form.set.click()
    assert panel.result.is_within
    form.name.value = "Opening day"
    form.set.click()
    assert [t.label for t in panel.result.plan.control.tolerances] == ["Opening day"]
    form.drop.click()
    assert panel.answer.text == "No tolerance is set yet."
    form.measure.value, form.below.value = "scope", 1
    form.set.click()
    assert panel.status.text == (
        "tolerance on scope: target must be given, the plan does not tell it, got none\n"
        "tolerance on scope: forecast must be given, the plan does not tell it, got none"
    )
    form.target.value, form.forecast.value = 10, 8
    form.set.click()
    assert [check.subject for check in panel.result.exceeded] == ["scope"]


def test_a_plan_without_a_baseline_says_so_and_can_get_one() -> None:
    panel = ControlPanel(pm.Project.from_table([("A", 3, "")]))
    panel.tolerance_form.set.click()
    assert panel.answer.text == "Not known: time needs a target, or a saved baseline."
    panel._parts.baseline.click()
    assert panel.answer.text == "The forecast is within tolerance. The project manager decides."
    assert panel._parts.baseline.layout.display == "none"


def test_text_is_shown_as_text(late) -> None:
    panel = ControlPanel(late)
    bad = "<img src=x onerror=alert(1)>"
    panel.issue_form.name.value, panel.issue_form.owner.value = bad, bad
    panel.issue_form.add.click()
    panel.change_form.name.value = bad
    panel.change_form.activity.value, panel.change_form.days.value = "B", -1
    panel.change_form.weigh.click()
    panel.change_form.name.value = bad
    panel.change_form.ask.click()
    for html in (panel._parts.issue, panel._parts.change, panel._parts.report):
        assert "<img" not in html.value
        assert "&lt;img" in html.value


def test_in_a_program_tolerances_belong_to_projects_and_one_of_them_is_crashed() -> None:
    panel = ControlPanel(pm.sample())
    assert panel.answer.text == (
        "The forecast is beyond tolerance: time of Depot; cost of Depot. The program manager and "
        "the sponsor decide."
    )
    assert panel.option.value == "Crash Depot to 2026-07-10"
    panel.settle_button.click()
    assert panel.result.is_within
    assert panel.result.plan.project("Depot")["Wiring"].duration == 7


def test_what_was_done_is_in_the_copy_and_the_report_is_a_text(late, tmp_path) -> None:
    panel = ControlPanel(late)
    name, _, text = panel._parts.save_report._make()
    assert (name, text.decode().splitlines()[0]) == (
        "exception_report.txt", "Exception report to the program manager")  # fmt: skip
    panel.settle_button.click()
    assert panel._parts.save_report._make() is None
    name, _, content = panel._parts.save._make()
    (tmp_path / name).write_bytes(content)
    back = pm.read(tmp_path / name)
    assert back.control.requests[-1].name == "Crash to day 11"
    assert back.control.baselines[0].activities["B"].finish == 10


def test_a_step_in_the_middle_cannot_be_taken_out_of_what_builds_on_it(late) -> None:
    panel = ControlPanel(late)
    panel.change("B", duration=2)
    assert panel.steps.items == ["Changed B: duration 2 days (plan: 5)."]
    with pytest.raises(pm.PlanError, match="the last step must be taken back first, use undo"):
        panel.remove_change(0)


def test_without_a_plan_it_asks_for_one() -> None:
    panel = ControlPanel()
    assert repr(panel) == "ControlPanel without a plan"
    assert panel.status.text == "To begin, open a plan, or the sample."
    panel.sample_button.click()
    assert panel.plan is not None
