"""The health panel without a browser: pick a rule, an offender, mend it, go back."""

from __future__ import annotations

import pytest

from pmkit.analysis.health import check_health
from pmkit.data import sample
from pmkit.files import read_bytes
from pmkit.model.activity import Activity
from pmkit.model.project import Project
from pmkit.widgets.health import HealthPanel


def _plan() -> Project:
    return Project.from_table([
        ("A", 3, ""), ("B", 60, "A"), ("C", 2, "A FS+2"), ("D", 1, "B FS+1; C"),
    ])  # fmt: skip


@pytest.fixture
def panel() -> HealthPanel:
    return HealthPanel(_plan())


def _texts(panel: HealthPanel) -> list[str]:
    return [row[0] for row in panel.offenders.rows]


def test_it_begins_with_the_first_rule_that_fails(panel):
    assert panel.check.value == panel.result.failed[0] == "lags"
    assert _texts(panel) == ["A -> C (FS+2)", "B -> D (FS+1)"]
    assert panel.answer.text == f"{len(panel.result.passed)} of 12 checks passed, 6 not checked."
    assert "Pick an offender" in panel.detail.value


def test_an_offender_shows_its_way_and_mending_it_is_a_step_that_can_be_undone(panel):
    panel.offenders.pick(0)
    assert "Mending it: A -&gt; C (FS+2): lag 0" in panel.detail.value
    assert "A: day 0 to 3" in panel.detail.value
    panel.mend_button.click()
    assert _texts(panel) == ["B -> D (FS+1)"]
    assert panel.result.plan.dependencies[1].lag == 0
    assert panel.plan.dependencies[1].lag == 2  # the plan as it was opened
    panel.undo()
    assert len(_texts(panel)) == 2
    panel.redo()
    assert len(_texts(panel)) == 1


def test_all_of_a_rule_are_mended_in_one_step(panel):
    panel.mend_all_button.click()
    assert _texts(panel) == []
    assert "lags" in panel.result.passed
    assert panel.status.text.startswith("Mended A -> C (FS+2): lag 0")
    assert "There is nothing to mend." in panel.detail.value
    panel.undo()
    assert len(_texts(panel)) == 2
    panel.reset()
    assert panel.reset_button.disabled


def test_a_threshold_is_typed_and_emptied_to_be_the_usual_one(panel):
    assert panel.threshold.label == "At most (%)"
    panel.threshold.type("70")
    assert "lags" in panel.result.passed
    panel.threshold.type("")
    assert "lags" in panel.result.failed
    assert panel.threshold.value == 5
    panel.threshold.type("700")
    assert panel.threshold.error == (
        "threshold 'lags': must be a percentage from 0 to 100, got 700.0"
    )
    assert "lags" in panel.result.failed
    panel.pick_check("critical_path_test")
    panel.threshold.type("30")
    assert panel.result["critical_path_test"].value == 30


def test_where_nothing_is_obvious_there_is_no_button(panel):
    panel.check.value = "high_duration"
    panel.offenders.pick(0)
    assert panel.mend_button.layout.display == "none"
    assert "60 days to go" in panel.detail.value
    with pytest.raises(ValueError, match="mend: an offender with an obvious change must be"):
        panel.mend()


def test_what_cannot_be_checked_says_why(panel):
    panel.check.value = "bei"
    assert "needs a saved baseline and a status date" in panel.meaning_text
    assert panel.offenders.empty == "It cannot be checked."


def test_the_sample_has_dates_and_names():
    panel = HealthPanel(sample())
    panel.check.value = "missed_activities"
    panel.offenders.pick(0)
    assert "Depot.Survey" in panel.detail.value
    assert "2026" in panel.detail.value
    assert repr(panel.result) == repr(check_health(sample()))


def test_the_mended_plan_is_saved(panel):
    panel.mend_all_button.click()
    name, _, content = panel._saved()
    again = read_bytes(name, content)
    assert [link.lag for link in again.dependencies] == [0, 0, 0, 0]


def test_what_people_typed_is_escaped():
    bad = Project((Activity("A", 60, name="<b>x</b>"),))
    panel = HealthPanel(bad)
    panel.check.value = "high_duration"
    panel.offenders.pick(0)
    assert "<b>x" not in panel.detail.value


def test_without_a_plan_it_asks_for_one():
    panel = HealthPanel()
    assert panel.result is None
    assert repr(panel) == "HealthPanel without a plan"
    panel.open_sample()
    assert panel.result is not None


def test_a_problem_of_one_rule_is_forgotten_when_another_is_picked(panel):
    panel.threshold.type("700")
    assert panel.status.kind == "problem"
    panel.check.value = "leads"
    assert (panel.status.kind, panel.status.text[:11]) == ("done", "Pick a rule")


def test_the_usual_threshold_is_no_change(panel):
    panel.threshold.type("7")
    panel.threshold.type("5")
    assert panel.reset_button.disabled


def test_it_says_which_rule_breaks_when_another_is_mended():
    panel = HealthPanel(sample())
    panel.pick_check("relationship_types")
    panel.mend_all()
    assert panel.status.text.endswith("Now failing: high float, negative float.")


def test_a_threshold_has_the_unit_and_the_step_of_its_rule():
    panel = HealthPanel(sample())
    told = {}
    for name in ("leads", "cpli", "critical_path_test"):
        panel.check.value = name
        told[name] = panel.threshold.label, panel.threshold.step
    assert told == {
        "leads": ("At most (%)", 1),
        "cpli": ("At least", 0.05),
        "critical_path_test": ("Delay that is tried (days)", 1),
    }
