"""The panel without a browser: move an input, read the result."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import replace
from datetime import date

import pytest
from ipywidgets import HTML

from pmkit.analysis.compare import compare
from pmkit.data import sample
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.errors import Cancelled, PlanError
from pmkit.model.project import Project
from pmkit.model.settings import Settings
from pmkit.widgets.what_if import WhatIf

HOSTILE = "<script>alert(1)</script>"
TEMPLATE_CSV = b"id,duration,predecessors\nDig,5,\nPour,3,Dig\n"


def plan(**settings: object) -> Project:
    activities = (
        Activity("A", 3, "Design", three_point=ThreePoint(2, 3, 5), cost_per_day=100),
        Activity("B", 4, "Build"),
        Activity("C", 2, "Paint"),
    )
    links = (Dependency("A", "B"), Dependency("A", "C"))
    return Project(activities, links, Settings(name="Shed", **settings))


@pytest.fixture
def panel() -> WhatIf:
    return WhatIf(plan(), trials=0)


@pytest.fixture
def unsure() -> WhatIf:
    return WhatIf(plan(), trials=200, seed=1)


def test_a_new_duration_moves_the_finish_and_leaves_the_plan_as_it_is(panel):
    panel.activity.value = "B"
    panel.duration.value = 9
    assert panel.schedule.finish == 12
    assert panel.plan["B"].duration == 4
    assert panel.scenario.changes == (Change("B", duration=9),)
    assert panel.answer.text.startswith(
        "Finish after 12 working days, 5 working days later than the plan."
    )
    assert panel.changes.items == ["B: duration 9 days (plan: 4)"]


def test_the_result_is_what_compare_gives(unsure):
    unsure.change("B", duration=9)
    expected = compare(plan(), [unsure.scenario], trials=200, seed=1)
    assert unsure.result.table.equals(expected.table)


def test_another_cell_can_observe_schedule_and_comparison(unsure):
    seen = []
    unsure.observe(
        lambda change: seen.append((change.name, change.new)), ["schedule", "comparison"]
    )
    unsure.change("A", duration=5)
    assert [name for name, _ in seen] == ["schedule", "comparison"]
    assert seen[0][1].finish == 9
    assert seen[1][1].schedules["What if"].finish == 9


def test_the_first_activity_picked_is_one_that_decides_the_finish(panel):
    assert panel.activity.value == "A"
    assert panel.duration.value == 3
    assert [box.value for box in (panel.optimistic, panel.most_likely, panel.pessimistic)] == [
        2, 3, 5,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "days"),
    [("7", 7), ("7.5", 7.5), ("7,5", 7.5), (" +5 ", 8), ("-2", 1), ("*2", 6), ("+50%", 4.5),
     ("4 days", 4)],
)  # fmt: skip
def test_durations_are_typed_as_people_write_them(panel, typed, days):
    panel.duration.type(typed)
    assert panel.schedule["A"].early_finish == days
    assert panel.status.kind == "done"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("tbd", "must be a number or a change such as +5 or +10%, got 'tbd'"),
        ("", "must be a number, got nothing"),
        ("nan", "must be a number or a change such as +5 or +10%, got 'nan'"),
        ("1e9", "must be a number or a change such as +5 or +10%, got '1e9'"),
        ("50%", "must be a number or a change such as +5 or +10%, got '50%'"),
    ],
)
def test_what_cannot_be_read_ends_in_a_sentence_and_changes_nothing(panel, typed, sentence):
    panel.duration.type(typed)
    assert (panel.status.text, panel.status.kind) == (
        f"Duration (working days): {sentence}",
        "problem",
    )
    assert panel.duration.value == 3
    assert panel.scenario.changes == ()


def test_a_negative_duration_is_refused_and_the_box_shows_the_old_one(panel):
    panel.duration.value = -4
    assert panel.status.text == (
        "activity 'A': duration must be a finite number of working days >= 0, got -4.0"
    )
    assert panel.duration.value == 3
    assert panel.schedule.finish == 7


def test_three_points_wait_in_their_boxes_until_they_are_in_order(panel):
    panel.optimistic.value = 6
    assert panel.status.text == (
        "change of activity 'A': three points must be finite, >= 0 and in order optimistic <= "
        "most_likely <= pessimistic, got 6, 3, 5"
    )
    assert panel.optimistic.error
    assert panel.scenario.changes == ()
    panel.pessimistic.value = 9
    panel.most_likely.value = 7
    assert panel.scenario.changes == (
        Change("A", optimistic=6.0, most_likely=7.0, pessimistic=9.0),
    )
    assert not panel.optimistic.error


def test_the_first_point_of_a_fixed_duration_starts_the_others_at_the_duration(panel):
    panel.activity.value = "B"
    panel.pessimistic.value = 10
    assert panel.scenario.changes == (
        Change("B", optimistic=4.0, most_likely=4.0, pessimistic=10.0),
    )


def test_points_typed_after_a_duration_keep_the_stretched_ones(panel):
    panel.duration.value = 6
    panel.pessimistic.value = 20
    assert panel.scenario.changes == (
        Change("A", duration=6.0, optimistic=4.0, most_likely=6.0, pessimistic=20.0),
    )


def test_a_lag_moves_what_comes_after_and_may_be_negative(panel):
    panel.activity.value = "B"
    assert dict(panel.dependency.options) == {"after A (FS)": "A -> B"}
    panel.lag.value = 2
    assert panel.schedule.finish == 9
    panel.lag.type("-1")
    assert panel.schedule.finish == 6
    panel.lag.value = 0
    assert panel.scenario.changes == ()


def test_going_back_to_what_the_plan_has_is_no_change(panel):
    panel.duration.value = 8
    panel.duration.value = 3
    assert panel.scenario.changes == ()
    assert panel.changes.items == []


def test_a_risk_is_added_to_the_activity_that_is_picked(unsure):
    unsure.activity.value = "B"
    unsure.risk_name.value = "Late permit"
    unsure.risk_probability.type("40%")
    unsure.risk_days.value = 10
    unsure.risk_cost.value = 500
    unsure.add_risk.click()
    (risk,) = unsure.result.outcomes["What if"].plan.risks
    assert (risk.activities, risk.probability, risk.cost_impact) == (("B",), 0.4, 500)
    assert unsure.changes.items == ["W1: risk 'Late permit' on B: 40 %, 10 working days, cost 500"]
    before, after = unsure.result.table.loc["finish_p80", ["plan", "What if"]]
    assert after > before + 5


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_probability_beyond_its_limits_is_refused(panel, percent):
    panel.risk_probability.value = percent
    panel.add_risk.click()
    assert panel.status.text == (
        f"risk 'W1': probability must be between 0 and 100 %, got {percent}"
    )
    assert panel.scenario.changes == ()


def test_a_risk_must_do_something(panel):
    panel.risk_days.value = 0
    panel.add_risk.click()
    assert panel.status.text == "risk 'W1': must delay or cost something, got neither"


def test_undo_and_redo_walk_through_the_changes(panel):
    panel.change("A", duration=5)
    panel.change("B", duration=1)
    panel.undo_button.click()
    assert panel.schedule.finish == 9
    panel.undo_button.click()
    assert panel.schedule.finish == 7
    assert panel.undo_button.disabled
    panel.redo_button.click()
    panel.redo_button.click()
    assert panel.schedule.finish == 7  # C is the longest now
    assert panel.redo_button.disabled


def test_reset_drops_the_changes_and_undo_brings_them_back(panel):
    panel.change("A", duration=5)
    panel.reset_button.click()
    assert panel.schedule.finish == 7
    panel.undo()
    assert panel.schedule.finish == 9


def test_one_change_can_be_removed_and_the_others_stay(panel):
    panel.change("A", duration=5)
    panel.change("B", duration=6)
    panel.changes.click("Remove", 0)
    assert panel.scenario.changes == (Change("B", duration=6),)
    assert panel.status.text == "Removed: A: duration 5 days (plan: 3)."


def test_a_kept_scenario_stands_beside_the_plan_and_the_next_one(panel):
    panel.change("A", duration=5)
    panel.name.value = "Slow design"
    panel.keep.click()
    panel.change("B", duration=8)
    assert list(panel.result.outcomes) == ["plan", "Slow design", "What if"]
    assert panel.kept.items == ["Slow design (1 change)"]
    panel.kept.click("Open", 0)
    assert panel.scenario.name == "Slow design"
    assert list(panel.result.outcomes) == ["plan", "Slow design"]
    panel.kept.click("Remove", 0)
    assert list(panel.result.outcomes) == ["plan", "What if"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "scenario: name must not be empty"),
        ("plan", "scenario 'plan': name must not be taken already, choose another"),
    ],
)
def test_a_scenario_needs_a_name_of_its_own(panel, name, sentence):
    panel.change("A", duration=5)
    panel.name.value = name
    panel.keep.click()
    assert panel.status.text == sentence
    assert panel.kept.items == []


def test_scenarios_survive_json(unsure):
    unsure.change("A", duration=5)
    unsure.activity.value = "B"
    unsure.add_risk.click()
    unsure.keep_scenario("Both")
    unsure.change("A -> B", lag=1)
    again = WhatIf(plan(), trials=200, seed=1)
    again.from_json(unsure.to_json())
    assert again.result.table.equals(unsure.result.table)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "scenarios: must be a json file saved by this panel, got something else"),
        ("[]", "scenarios: must be a json file saved by this panel, got something else"),
        ('{"pmkit": "scenarios", "version": 9}', "scenarios: version must be 1, got 9"),
    ],
)
def test_json_of_something_else_is_refused_and_nothing_is_lost(panel, text, sentence):
    panel.change("A", duration=5)
    with pytest.raises(PlanError) as error:
        panel.from_json(text)
    assert str(error.value) == sentence
    assert panel.schedule.finish == 9


def test_scenarios_of_another_plan_are_refused_whole(panel):
    other = WhatIf(Project.from_table([("X", 1, "")]), trials=0)
    other.change("X", duration=2)
    other.keep_scenario("Theirs")
    with pytest.raises(PlanError, match="scenario 'Theirs': change of 'X': must name an activity"):
        panel.from_json(other.to_json())
    assert panel.kept.items == []


def test_without_a_plan_only_the_first_screen_is_there():
    panel = WhatIf(trials=0)
    assert panel._work.layout.display == "none"
    assert panel.result is None
    assert repr(panel) == "WhatIf without a plan"
    with pytest.raises(PlanError, match="a plan must be open before it is changed, got none"):
        panel.change("A", duration=1)


def test_a_plan_is_opened_from_bytes_and_undo_brings_the_old_one_back(panel):
    panel.change("A", duration=5)
    panel.load_plan("dig.csv", TEMPLATE_CSV)
    assert panel.schedule.finish == 8
    assert panel.scenario.changes == ()
    panel.undo()
    assert panel.plan.name == "Shed"
    assert panel.schedule.finish == 9


def test_an_upload_that_is_no_plan_leaves_the_open_one(panel):
    panel.upload.receive({"holiday.xlsx": b"\x00\x01 not a workbook"})
    assert panel.status.kind == "problem"
    assert "holiday.xlsx" in panel.status.text
    assert panel.plan.name == "Shed"


def test_several_csv_files_are_one_plan(panel):
    panel.upload.receive({"activities.csv": TEMPLATE_CSV, "settings.csv": b"key,value\nname,Pit\n"})
    assert (panel.plan.name, panel.schedule.finish) == ("Pit", 8)


def test_the_problems_of_a_file_are_told_up_to_a_number_that_a_person_reads(panel):
    rows = "".join(f"T{n},soon,\n" for n in range(30))
    panel.upload.receive({"bad.csv": b"id,duration,predecessors\n" + rows.encode()})
    lines = panel.status.text.splitlines()
    assert len(lines) == 9
    assert lines[-1] == "... and 22 more problems like these."


def test_markup_in_names_is_never_markup():
    activities = (Activity("A", 3, HOSTILE), Activity(HOSTILE, 2))
    hostile = Project(
        activities,
        (Dependency("A", HOSTILE),),
        Settings(name=HOSTILE),
        notes=(f"note {HOSTILE}",),
    )
    panel = WhatIf(hostile, trials=100)
    for id_ in ("A", HOSTILE):
        panel.activity.value = id_
        panel.duration.value = 9
    panel.name.value = HOSTILE
    panel.keep_scenario()
    panel.change("A", duration=1)
    panel.upload.receive({f"{HOSTILE}.csv": b"nothing"})
    markup = [w.value for w in _inside(panel) if isinstance(w, HTML)]
    assert any("&lt;script&gt;" in text for text in markup)
    assert not [text for text in markup if "<script" in text]


def test_what_had_to_be_inferred_about_progress_is_said_on_the_screen():
    panel = WhatIf(Project((Activity("A", 3, percent_complete=50),)), trials=0)
    assert "so it moves nothing" in panel._opening.notes.value
    panel.activity.value = "A"
    assert panel.duration.label == "Duration (working days)"


def under_way():
    """Day 4: A is done, B has two of its days still to go, C waits for B."""
    return Project(
        (
            Activity("A", 3, actual_start=0, actual_finish=3),
            Activity("B", 4, actual_start=3, percent_complete=25, remaining_duration=3),
            Activity("C", 2),
        ),
        (Dependency("A", "B"), Dependency("B", "C")),
        Settings(status_date=4),
    )


def test_what_is_complete_cannot_be_changed_and_a_sentence_says_so():
    panel = WhatIf(under_way(), trials=0)
    panel.activity.value = "A"
    assert panel.duration.disabled
    assert panel.add_risk.disabled
    assert "Complete: what has happened cannot be changed." in panel._inputs.form.facts.value
    panel.activity.value = "C"
    assert not panel.duration.disabled
    assert not panel.add_risk.disabled


def test_of_an_activity_in_progress_the_remaining_duration_is_changed():
    panel = WhatIf(under_way(), trials=0)
    assert panel.activity.value == "B"  # the first on the chain with work still to do
    assert (panel.duration.label, panel.duration.value) == ("Remaining duration (working days)", 3)
    panel.duration.type("+2")
    assert panel.scenario.changes == (Change("B", remaining_duration=5.0),)
    assert panel.changes.items == ["B: remaining duration 5 days (was 3 days)"]
    assert panel.schedule.finish == 4 + 5 + 2
    panel.duration.value = 3
    assert panel.scenario.changes == ()


def test_the_saved_baseline_can_stand_behind_the_bars():
    activities = tuple(
        replace(a, baseline_start=0.0, baseline_finish=6.0) for a in under_way().activities
    )
    panel = WhatIf(replace(under_way(), activities=activities), trials=0)
    behind = panel._answer.behind
    assert [label for label, _ in behind.options] == ["Current plan", "Saved baseline"]
    behind.value = "saved baseline"
    assert "3 working days later than the baseline" in panel._answer._gantt_chart.state["title"]


def test_a_lag_before_what_is_complete_is_over():
    done = {"actual_start": 0, "actual_finish": 2}
    activities = (Activity("A", 2, **done), Activity("B", 2, **done), Activity("C", 2))
    links = (Dependency("A", "B", "SS"), Dependency("B", "C"))
    panel = WhatIf(Project(activities, links, Settings(status_date=3)), trials=0)
    panel.activity.value = "B"
    panel.dependency.value = "A -> B"
    assert panel.lag.disabled
    panel.dependency.value = "B -> C"
    assert not panel.lag.disabled


def test_a_search_narrows_the_list_and_picks_the_first_match(panel):
    panel.search.value = "paint"
    assert [id_ for _, id_ in panel.activity.options] == ["C"]
    assert panel.activity.value == "C"
    assert panel.duration.value == 2
    panel.search.value = "no such thing"
    assert panel.activity.value is None
    assert panel.duration.disabled
    panel.search.value = ""
    assert len(panel.activity.options) == 3


def test_a_program_is_searched_by_project_and_bare_ids_are_shown():
    panel = WhatIf(sample(), trials=0)
    panel.search.value = "fleet"
    labels = [label for label, _ in panel.activity.options]
    assert labels
    assert all(label.endswith("(Fleet)") for label in labels)
    assert not [label for label in labels if label.startswith("Fleet.")]


def test_reports_are_made_of_what_is_on_the_screen(unsure):
    unsure.change("A", duration=5)
    name, media_type, content = unsure._report("xlsx")
    assert (name, content[:2]) == ("what_if_Shed.xlsx", b"PK")
    assert media_type.endswith("spreadsheetml.sheet")
    name, media_type, content = unsure._report("html")
    assert (name, media_type) == ("what_if_Shed.html", "text/html")
    assert b"What if" in content


def test_a_dated_plan_speaks_in_dates():
    panel = WhatIf(plan(start=date(2026, 1, 5)), trials=0)
    panel.change("B", duration=9)
    assert panel.answer.text == (
        "Finish 20 Jan 2026 (after 12 working days), 5 working days later than the plan."
    )


def test_a_plan_without_uncertainty_says_so():
    panel = WhatIf(Project.from_table([("A", 3, "")]), trials=100)
    assert panel.answer.text.endswith("Nothing in it is uncertain yet.")


def test_inside_a_running_loop_the_result_is_waited_for():
    async def ask() -> float:
        panel = WhatIf(plan(), trials=200, seed=1)
        panel.change("B", duration=9)
        assert panel.comparison is None  # the page is drawn first
        return panel.result.schedules["What if"].finish

    assert asyncio.run(ask()) == 12


def test_a_long_simulation_runs_beside_the_page_and_can_be_stopped(monkeypatch):
    asked = []

    def endless(_plan, *, progress, **_):
        while True:
            asked.append(1)
            time.sleep(0.005)
            if progress(1, 4) is False:
                raise Cancelled("stopped")

    async def stop() -> WhatIf:
        panel = WhatIf(plan(), trials=200, seed=1)
        await _until(lambda: not panel._outcomes.runner.busy)
        monkeypatch.setattr("pmkit.analysis.simulating.simulation.simulate", endless)
        panel._outcomes.runner._seconds_per_draw = 1.0  # as it is on a large plan
        panel.change("B", duration=9)
        await _until(lambda: "25 %" in panel._progress.bar.value)
        assert panel._progress.box.layout.display is None
        panel._progress.cancel.click()
        count = len(asked)
        await asyncio.sleep(0.1)
        assert len(asked) <= count + 1
        monkeypatch.undo()
        assert panel.result.schedules["What if"].finish == 12  # wanted after all
        return panel

    panel = asyncio.run(stop())
    assert panel._progress.box.layout.display == "none"
    assert panel.status.text == "The simulation was stopped; dates without uncertainty are shown."
    assert panel.schedule.finish == 12


def test_a_long_simulation_that_is_not_stopped_arrives():
    async def wait() -> WhatIf:
        panel = WhatIf(plan(), trials=200, seed=1)
        panel._outcomes.runner._seconds_per_draw = 1.0
        panel.change("B", duration=9)
        await _until(lambda: not panel._outcomes.runner.busy)
        return panel

    panel = asyncio.run(wait())
    assert panel.comparison.schedules["What if"].finish == 12
    assert panel._progress.box.layout.display == "none"


def test_a_failure_inside_is_told_and_the_step_is_not_taken(panel, monkeypatch):
    def broken(*_):
        raise RuntimeError("out of ink")

    monkeypatch.setattr(panel._answer, "_draw_gantt", broken)
    panel.duration.value = 9
    assert panel.status.text == (
        "That did not work, and nothing was changed (RuntimeError: out of ink)."
    )
    assert panel.undo_button.disabled
    assert panel.duration.value == 3


def test_saved_json_is_for_people_too(panel):
    panel.change("A", duration=5)
    saved = json.loads(panel.to_json())
    assert saved["plan"] == "Shed"
    assert saved["changes"] == [{"target": "A", "duration": 5}]


async def _until(happened):
    for _ in range(500):
        if happened():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen within five seconds")


def _inside(widget):
    found = [widget]
    for child in getattr(widget, "children", ()):
        found += _inside(child)
    return found
