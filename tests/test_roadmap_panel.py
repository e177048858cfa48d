"""The roadmap panel without a browser: slips, pauses, both seats, and the way back."""

from __future__ import annotations

from datetime import date

import pytest

from pmkit.data import sample
from pmkit.files import read_bytes
from pmkit.model.activity import Activity
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.widgets.roadmap import RoadmapPanel
from tests.wording import exactly


def _two(start: date | None = None, name: str = "Build") -> Program:
    settings = Settings(name="Two", start=start)
    depot = Project(
        (Activity("Build", 10, name=name),), settings=settings, members=(ProjectInfo("Depot"),)
    )
    fleet = Project(
        (Activity("Buy", 12), Activity("Test", 3)), (Dependency("Buy", "Test"),),
        settings=settings, members=(ProjectInfo("Fleet", "Buses"),),
    )  # fmt: skip
    link = Dependency("Depot.Build", "Fleet.Test")
    return Program((depot, fleet), (link,), settings=settings)


@pytest.fixture
def quick(monkeypatch):
    """Words and numbers only: the pictures have a test of their own."""
    monkeypatch.setattr(RoadmapPanel, "_draw", lambda _: None)


@pytest.fixture
def panel(quick) -> RoadmapPanel:
    return RoadmapPanel(_two(date(2026, 6, 1)), trials=100)


def _card(panel: RoadmapPanel, name: str) -> dict[str, object]:
    return next(item for item in panel.figures.items if item["name"] == name)


def test_it_begins_with_the_plan_as_it_stands(panel):
    assert panel.answer.text == "The program finishes on 19 Jun 2026. Nothing has been moved yet."
    assert [_card(panel, name)["value"] for name in ("finish", "latest", "late", "p80")] == [
        "19 Jun 2026", "none", "0 of 1", "19 Jun 2026"
    ]  # fmt: skip
    assert panel.projects.rows[1] == [
        "Fleet \u2013 Buses", "19 Jun 2026", "19 Jun 2026", "\u2013", "\u2013", "\u2013",
        "19 Jun 2026",
    ]  # fmt: skip
    assert (panel.project.value, panel.activity.value, panel.slip.value) == ("Depot",) * 2 + (None,)
    assert panel.begins.value == "2026-06-01"
    assert panel.reset_button.disabled


def test_a_slip_is_typed_changed_and_emptied(panel):
    panel.activity.value = "Depot.Build"
    panel.slip.type("5")
    assert panel.status.text == "Depot.Build slips 5 working days."
    assert panel.answer.text == (
        "The program finishes on 24 Jun 2026, 3 working days later than the plan. Depot finishes 5 "
        "working days later, Fleet 3. Float takes up 2 working days in Fleet."
    )
    assert _card(panel, "float")["value"] == "2 working days"
    assert panel.projects.rows[1][3:6] == ["+3 d", "+5 d", "2 d"]
    assert _card(panel, "p80")["value"] == "24 Jun 2026"
    panel.slip.type("2")
    assert list(panel.changes.items) == ["Depot.Build slips 2 working days"]
    assert panel.result.finish_moved == 0
    panel.slip.type("")
    assert panel.status.text == "Removed: Depot.Build slips 2 working days."
    assert list(panel.changes.items) == []


def test_slips_and_pauses_add_up_and_each_can_be_removed(panel):
    panel.slip.type("1")
    panel.project.value = "Fleet"
    panel.begins.type("8 Jun 2026")
    assert panel.status.text == "A pause begins to count once it is said for how long."
    panel.length.type("1")
    assert list(panel.changes.items) == [
        "Depot: all that has not begun starts 1 working day later",
        "Fleet is paused from 8 Jun 2026 for 1 week, until 15 Jun 2026",
    ]
    panel.unit.value = "months"
    assert panel.changes.items[1].endswith("for 1 month, until 8 Jul 2026")
    assert panel.result["Fleet"].moved == 15
    assert "Buy is not held by the pause" in panel.status.text
    panel.changes.click("Remove", 1)
    assert panel.result.finish_moved == 0
    assert panel.begins.value == "2026-06-08"  # what was typed is kept
    assert panel.unit.value == "months"
    panel.undo_button.click()
    assert panel.result["Fleet"].moved == 15
    assert panel.length.value == 1


def test_undo_redo_and_reset_turn_to_what_was_moved(panel):
    panel.slip.type("4")
    panel.project.value = "Fleet"
    panel.slip.type("2")
    panel.project.value = "Depot"
    panel.undo_button.click()
    assert (panel.project.value, panel.slip.value) == ("Fleet", None)
    panel.undo_button.click()
    assert (panel.project.value, panel.slip.value) == ("Depot", None)
    panel.redo_button.click()
    assert panel.slip.value == 4
    panel.reset_button.click()
    assert panel.result.moves == ()
    panel.undo_button.click()
    assert panel.slip.value == 4


def test_both_seats_see_their_own_float(quick):
    panel = RoadmapPanel(sample(), trials=0)
    place = panel.interfaces.rows
    row = next(one for one in place if one[0] == "Depot handed over")
    assert row[4:] == ["0 d", "0 d", "late"]
    panel.seat.value = "Depot"
    row = next(one for one in panel.interfaces.rows if one[0] == "Depot handed over")
    assert row[4:] == ["\u22127 d", "\u22127 d", "late"]
    assert all("Depot" in one[1] for one in panel.interfaces.rows)
    assert _card(panel, "finish")["title"] == "Finish of Depot"
    assert panel.answer.text == "Depot finishes on 20 Jul 2026. Nothing has been moved yet."
    panel.pick("Depot.Handover")
    panel.slip.type("5")
    assert panel.answer.text.startswith(
        "Depot finishes on 27 Jul 2026, 5 working days later than the plan. The program finishes "
    )


def test_an_interface_is_picked_and_told(panel):
    panel.slip.type("4")
    assert list(panel.interfaces.rows) == [[
        "Build", "Depot\u00a0\u2192\u00a0Fleet", "12 Jun 2026", "18 Jun 2026", "2 d", "0 d", "late"
    ]]  # fmt: skip
    panel.interfaces.pick(0)
    assert "it comes 4 working days later than the plan" in panel.why.value


def test_what_cannot_be_is_a_sentence_at_the_box_and_nothing_is_lost(panel):
    panel.slip.type("5")
    panel.slip.type("-3")
    sentence = "slip of 'Depot': working days must be > 0 and at most 2,600, got -3"
    assert (panel.status.kind, panel.status.text, panel.slip.error) == (
        "problem", sentence, sentence
    )  # fmt: skip
    assert (panel.slip.value, panel.result.moves[0].days) == (-3, 5)
    panel.begins.type("soon")
    assert panel.status.text == (
        "Pause from: must be a date such as 2026-04-30 or 30 Apr 2026, got 'soon'"
    )
    panel.length.type("9999")
    assert panel.length.error == "pause of 'Depot': weeks must be > 0 and at most 520, got 9,999"
    assert len(panel.changes.items) == 1
    panel.slip.type("6")
    assert (panel.slip.error, panel.length.error) == ("", "")


def test_without_dates_and_without_trials(quick):
    panel = RoadmapPanel(_two(), trials=0)
    assert panel.answer.text == (
        "The program finishes after 15 working days. Nothing has been moved yet."
    )
    assert _card(panel, "p80")["missing"]
    assert panel.projects.headings[-1] == "Taken up"
    panel.project.value = "Fleet"
    panel.begins.type("11")
    panel.length.type("6")
    assert panel.changes.items[0] == (
        "Fleet is paused from day 11 for 6 working days, until day 17"
    )
    assert panel.answer.text.startswith("The program finishes after 20 working days, 5 working ")


def test_the_changed_plan_is_saved_and_the_plan_is_as_it_was(panel):
    plan = panel.plan
    panel.activity.value = "Depot.Build"
    panel.slip.type("5")
    name, _, content = panel._saved()
    read = read_bytes(name, content)
    assert read["Depot.Build"].duration == 15
    assert read["Depot.Build"].baseline_finish is None
    assert panel.plan is plan
    assert plan["Depot.Build"].duration == 10


def test_a_simulation_that_is_stopped_says_so(panel):
    panel._runner.forget()
    panel._on_cancel()
    assert _card(panel, "p80")["sentence"] == "the simulation was stopped"
    assert panel.status.text.startswith("The simulation was stopped")
    panel.slip.type("5")  # the next one runs again
    assert _card(panel, "p80")["value"] == "24 Jun 2026"


def test_names_are_words(panel):
    panel.open_plan(_two(name="<b>Build</b>"))
    panel.slip.type("3")
    assert "<b>" not in panel.why.value
    assert "&lt;b&gt;" in panel.why.value
    assert panel.interfaces.rows[0][0] == "<b>Build</b>"  # shown as text


def test_what_is_no_program_is_refused(panel):
    before = panel.plan
    alone = Project.from_table([("A", 3, "")])
    sentence = ("roadmap: the plan must be a program with several projects, this is one "
                "project")  # fmt: skip
    with pytest.raises(PlanError, match=exactly(sentence)):
        panel.open_plan(alone)
    ideas = Program((), candidates=(ProjectInfo("A", money={"cost": 1}),))
    sentence = "roadmap: the program must have a project with activities to move, this has none"
    with pytest.raises(PlanError, match=exactly(sentence)):
        panel.open_plan(ideas)
    assert panel.plan is before


def test_a_caller_is_told_what_is_not_there(panel):
    sentence = ("roadmap: must name a project with activities, or an activity of the program, got "
                "'Boat'")  # fmt: skip
    for act in (panel.pick, panel.see_from, lambda id_: panel.slip_by(id_, 3)):
        with pytest.raises(PlanError, match=exactly(sentence)):
            act("Boat")
    with pytest.raises(PlanError, match=exactly(
        "pause: must be of a project, got the activity 'Depot.Build'"
    )):  # fmt: skip
        panel.pause("Depot.Build", date(2026, 6, 1), 2)
    with pytest.raises(PlanError, match=exactly(
        "roadmap: must be an interface of the program, got 'A -> B'"
    )):  # fmt: skip
        panel.show_interface("A -> B")
    with pytest.raises(PlanError, match=exactly(
        "roadmap: the plan must be changed elsewhere, here it slips and pauses"
    )):  # fmt: skip
        panel.change("Depot.Build", duration=3)


def test_dark_and_light_are_drawn_and_a_slip_is_followed():
    panel = RoadmapPanel(_two(date(2026, 6, 1)), trials=0)
    panel.activity.value = "Depot.Build"
    panel.slip.type("5")
    charts = panel._parts._pictures.charts
    light = charts["map"].spec
    assert charts["pushed"].spec["title"]["text"].startswith("Build +5 d")
    panel.status.dark = True
    assert charts["map"].spec["config"]["background"] != light["config"]["background"]
    panel.project.value = "Fleet"
    assert panel._parts._pushed.layout.display == "none"


def test_the_sample_opens_and_without_a_plan_there_is_an_invitation():
    empty = RoadmapPanel(trials=50)
    assert (empty.result, repr(empty)) == (None, "RoadmapPanel without a plan")
    empty.undo_button.click()
    empty.sample_button.click()
    assert empty.plan == sample()
    assert empty.result.finish_moved == 0
    assert empty.simulation.trials == 50
    empty.undo_button.click()  # there is nothing before the first plan
    assert empty.plan == sample()
