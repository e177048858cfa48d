"""The panel of a learner's progress without a browser."""

from __future__ import annotations

import json

import pytest

import pmkit.learning.standing as standing_module
from pmkit.learning.panels.progress import ProgressPanel
from pmkit.learning.record import Record
from pmkit.model.errors import PlanError
from tests.lesson_cases import lessons


@pytest.fixture
def own(tmp_path, monkeypatch) -> Record:
    monkeypatch.setattr(standing_module, "lessons", lessons)
    return Record(tmp_path / "progress.json")


@pytest.fixture
def panel(own) -> ProgressPanel:
    own.add("check", "01-a", confidence=80, is_right=False)
    return ProgressPanel(own)


def titles(panel: ProgressPanel) -> list[str]:
    """Return the titles of the two pictures."""
    return [chart.state["title"] for chart in panel._drawings.charts.values()]


def visible(widget) -> bool:
    return widget.layout.display != "none"


def test_it_shows_both_pictures_and_what_to_do_next(panel):
    assert titles(panel) == [
        "0 of 3 outcomes reached, 0 of 1 checks right at first.", "80 % sure, 0 % right: too sure.",
    ]  # fmt: skip
    assert "Go on with lesson 01, One &lt;first&gt;: 3 checks left." in panel.next_steps.value
    assert panel.result.table.loc["01", "checks_answered"] == 1


def test_its_one_line_says_nothing_of_this_machine(panel, tmp_path):
    empty = ProgressPanel(Record(tmp_path / "other.json"))
    assert repr(panel) == repr(empty) == "ProgressPanel of what is answered on this machine"


def test_with_nothing_answered_it_says_where_to_begin(own):
    panel = ProgressPanel(own)
    assert titles(panel) == ["Nothing answered yet: begin with lesson 01.", "How sure, how right."]
    assert "Begin lesson 01" in panel.next_steps.value
    assert panel.status.text.startswith("Nothing is answered yet. Open a lesson")
    assert not own.path.exists()  # looking writes nothing


def test_refresh_reads_what_another_notebook_has_written(panel, own):
    own.add("check", "01-b", confidence=80, is_right=True)
    panel.refresh_button.click()
    assert titles(panel)[0] == "0 of 3 outcomes reached, 1 of 2 checks right at first."
    assert panel.status.text == "This is where you stand."


def test_export_gives_the_whole_file(panel, own):
    name, kind, content = panel.export_button._make()
    assert (name, kind) == ("pmkit-progress.json", "application/json")
    assert json.loads(content) == json.loads(own.path.read_text())
    assert panel.status.text == "Made pmkit-progress.json, everything that you have answered."


def test_restore_adds_what_an_export_holds_and_what_is_here_stays(panel, own, tmp_path):
    other = Record(tmp_path / "other.json")
    other.add("check", "01-b", confidence=80, is_right=True)
    for said in ("1 entry is added.", "All that it holds was here already."):
        panel.restore_button.receive({"pmkit-progress.json": other.content()})
        assert panel.status.text == said
        assert [e.item for e in own.events()] == ["01-a", "01-b"]
    assert panel.result.table.loc["01", "checks_answered"] == 2


def test_a_file_that_export_did_not_make_is_not_restored(panel, own):
    before = own.path.read_bytes()
    panel.restore_button.receive({"../plan.json": b"\xff{"})
    assert (panel.status.kind, panel.status.text) == (
        "problem",
        "../plan.json: must be a file that Export made, got something else; nothing is added",
    )
    assert own.path.read_bytes() == before


def test_reset_asks_first_and_no_keeps_everything(panel, own):
    assert not visible(panel._question)
    panel.reset_button.click()
    assert visible(panel._question)
    assert len(own.events()) == 1
    panel.no_button.click()
    assert not visible(panel._question)
    assert len(own.events()) == 1
    assert not visible(panel.undo_button)


def test_a_reset_begins_again_and_undo_brings_everything_back(panel, own):
    panel.reset_button.click()
    panel.yes_button.click()
    assert own.events() == ()
    assert titles(panel)[0] == "Nothing answered yet: begin with lesson 01."
    assert panel.status.text.startswith("You begin again. What was there is kept as progress-")
    own.add("check", "01-b", is_right=True, confidence=60)
    panel.undo_button.click()
    assert [e.item for e in own.events()] == ["01-a", "01-b"]
    assert panel.status.text == "1 entry is back."
    assert not visible(panel.undo_button)
    with pytest.raises(PlanError) as error:
        panel.undo()
    assert str(error.value) == "undo: something must have been reset before, got nothing"


def test_a_reset_of_nothing_says_so(own):
    panel = ProgressPanel(own)
    panel.reset()
    assert panel.status.text == "There was nothing to forget."
    assert not visible(panel.undo_button)


def test_a_broken_file_is_told_in_the_panel_and_a_reset_helps(own):
    own.path.write_text("{")
    panel = ProgressPanel(own)
    assert panel.status.kind == "problem"
    assert "must be a file that pmkit wrote" in panel.status.text
    assert panel._exported() is None
    assert "Press Reset to begin a new file" in panel.next_steps.value
    assert not visible(panel._pictures)
    panel.reset_button.click()
    panel.yes_button.click()
    assert panel.status.kind == "done"
    assert visible(panel._pictures)
    assert titles(panel)[0] == "Nothing answered yet: begin with lesson 01."


def test_on_a_dark_page_the_pictures_are_dark(panel):
    panel.status.dark = True
    specs = [chart.spec["config"]["background"] for chart in panel._drawings.charts.values()]
    assert specs == ["#16191d", "#16191d"]
