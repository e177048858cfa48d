"""The status panel without a browser: report progress, read the result."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from ipywidgets import HTML

from pmkit.analysis.earning.earned_value import earned_value
from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.data import sample
from pmkit.files import read_bytes
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from pmkit.model.settings import Settings, StatusPoint
from pmkit.widgets.progress_change import progress_change
from pmkit.widgets.reading import read_status
from pmkit.widgets.status import StatusPanel
from pmkit.widgets.status_charts import StatusCharts

HOSTILE = "<script>alert(1)</script>"


def approved(**settings: object) -> Project:
    """Dig, then pour and wire; ten working days from Monday 5 January 2026, 100 a day each."""
    activities = (
        Activity("Dig", 4, "Dig the pit", cost_per_day=100, wbs="1.1",
                 three_point=ThreePoint(3, 4, 6)),
        Activity("Pour", 6, "Pour concrete", cost_per_day=100, wbs="1.2",
                 three_point=ThreePoint(5, 6, 9)),
        Activity("Wire", 3, cost_per_day=100, wbs="2.1"),
    )  # fmt: skip
    links = (Dependency("Dig", "Pour"), Dependency("Dig", "Wire"))
    plan = Project(activities, links, Settings(name="Shed", start=date(2026, 1, 5), currency="EUR",
                                               **settings))  # fmt: skip
    return set_baseline(plan)


def under_way(plan: Project | None = None, **pour: object) -> Project:
    """The evening of Monday 12 January, day 6: Dig took five days, half of Pour is done."""
    plan = approved(status_date=date(2026, 1, 12)) if plan is None else plan
    progress = {
        "Dig": {"actual_start": date(2026, 1, 5), "actual_finish": date(2026, 1, 9),
                "percent_complete": 100.0, "actual_cost": 500.0},
        "Pour": {"actual_start": date(2026, 1, 12), "percent_complete": 10.0,
                 "actual_cost": 120.0} | pour,
    }  # fmt: skip
    return replace(
        plan, activities=tuple(replace(a, **progress.get(a.id, {})) for a in plan.activities)
    )


@pytest.fixture(autouse=True)
def curves_are_not_drawn(request, monkeypatch):
    """Leave out the two charts that take a second, but where a test is about them."""
    if "curves" not in request.node.name:
        for name in ("_draw_curve", "_draw_trend"):
            monkeypatch.setattr(StatusCharts, name, lambda *_: None)


@pytest.fixture
def panel() -> StatusPanel:
    return StatusPanel(under_way(), trials=0)


@pytest.fixture
def unsure() -> StatusPanel:
    return StatusPanel(under_way(), trials=300, seed=1)


def card(panel: StatusPanel, start: str) -> dict[str, object]:
    return next(item for item in panel.figures.items if item["title"].startswith(start))


def test_the_result_is_what_earned_value_gives(panel):
    expected = earned_value(under_way())
    assert panel.result.table.iloc[-1].equals(expected.table.iloc[-1])
    assert (panel.result.ev, panel.result.pv, panel.result.ac) == (460, 800, 620)


def test_earlier_weeks_are_rebuilt_so_that_there_is_a_trend(panel):
    assert [str(moment)[:10] for moment in panel.result.table.index] == ["2026-01-12"]
    later = StatusPanel(under_way(approved(status_date=date(2026, 1, 26))), trials=0)
    assert [str(moment)[:10] for moment in later.result.table.index] == [
        "2026-01-12", "2026-01-19", "2026-01-26",
    ]  # fmt: skip


def test_figures_come_with_words_and_with_their_arithmetic(panel):
    cpi = card(panel, "Cost performance")
    assert (cpi["value"], cpi["sentence"]) == (
        "0.74",
        "Each euro spent has earned 74 cents of planned work.",
    )
    assert cpi["arithmetic"][-1] == "CPI = 460 / 620 = 0.7419"
    assert card(panel, "Cost variance")["sentence"] == (
        "The work done has cost EUR 160 more than its budget."
    )
    assert card(panel, "Schedule performance")["sentence"].startswith("In 6 working days, as much")
    assert card(panel, "Finish, as scheduled")["sentence"] == (
        "1.4 working days later than the baseline (16 Jan 2026)."
    )
    assert all(item["arithmetic"] for item in panel.figures.items)
    assert panel.answer.text.startswith("12 Jan 2026: EUR 160 over budget (CPI 0.74), ")


def test_a_percentage_is_earned_at_once_and_the_plan_stays_as_it_is(panel):
    panel.activity.value = "Pour"
    panel.percent.type("50%")
    assert panel.result.ev == 400 + 300
    assert panel.plan["Pour"].percent_complete == 10
    assert panel.edited["Pour"].percent_complete == 50
    assert panel.changes.items == ["Pour: percent complete 50 % (was 10 %)"]
    assert panel.status.text == "Changed Pour: percent complete 50 % (was 10 %)."


def test_what_remains_moves_the_finish(panel):
    before = panel.schedule.finish
    panel.activity.value = "Pour"
    panel.remaining.type("+2")  # the box is empty: from what the percentage leaves
    assert panel.schedule.finish == pytest.approx(before + 2)
    assert panel.changes.items == ["Pour: remaining duration 7.4 days (was 5.4 days)"]


def test_a_finish_makes_complete_and_a_percentage_opens_again(panel):
    panel.activity.value = "Pour"
    panel.actual_finish.type("12 Jan 2026")
    assert panel.edited["Pour"].is_complete
    assert panel.percent.value == 100
    assert panel.remaining.disabled
    panel.percent.value = 80
    assert panel.actual_finish.value == ""
    assert not panel.edited["Pour"].is_complete


def test_a_cost_is_spent_and_can_be_taken_back(panel):
    panel.activity.value = "Wire"
    panel.actual_start.type("2026-01-12")
    panel.actual_cost.type("75")
    assert panel.result.ac == 695
    panel.actual_cost.type("")
    assert panel.result.ac == 620
    assert panel.changes.items == ["Wire: actual start 12 Jan 2026 (was none)"]


@pytest.mark.parametrize(
    ("box", "typed", "sentence"),
    [
        ("percent", "140", "Complete (%): must be between 0 and 100, got 140.0"),
        ("actual_cost", "-5", "Actual cost (EUR): must be a finite amount >= 0, got -5.0"),
        ("actual_start", "2026-01-20",
         "Actual start: must not be after the status date, 2026-01-12, got 2026-01-20"),
        ("actual_finish", "2026-01-02",
         "Actual finish: must not be before actual_start, got 2026-01-02 and 2026-01-12"),
    ],
)  # fmt: skip
def test_what_the_plan_refuses_is_said_at_the_box_and_nothing_is_lost(panel, box, typed, sentence):
    panel.activity.value = "Pour"
    before = panel.result
    getattr(panel, box).type(typed)
    assert getattr(panel, box).error == sentence
    assert panel.status.kind == "problem"
    assert panel.result is before
    assert panel.changes.items == []
    panel.activity.value = "Dig"
    assert getattr(panel, box).error == ""


@pytest.mark.parametrize(
    ("box", "typed", "sentence"),
    [
        ("percent", "half", "Complete (%): must be a number, got 'half'"),
        ("actual_start", "soon",
         "Actual start: must be a date such as 2026-04-30 or 30 Apr 2026, got 'soon'"),
        ("actual_finish", "05/03/2026",
         "Actual finish: must be a date such as 2026-04-30 or 30 Apr 2026, got '05/03/2026'"),
        ("at", "", "Status date: must be given, got nothing"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_at_the_box_and_on_the_line(panel, box, typed, sentence):
    panel.activity.value = "Pour"
    getattr(panel, box).type(typed)
    assert getattr(panel, box).refusal == sentence
    assert (panel.status.text, panel.status.kind) == (sentence, "problem")
    assert panel.changes.items == []


def test_what_the_edits_do_stands_beside_the_plan_as_opened(panel):
    assert panel._inputs._deltas.value == ""
    panel.activity.value = "Pour"
    panel.remaining.value = 3
    table = panel._inputs._deltas.value
    assert "<td>20 Jan 2026</td><td><b>15 Jan 2026</b>" in table
    assert "2.4 days earlier" in table
    panel.reset()
    assert panel._inputs._deltas.value == ""


def test_undo_redo_and_reset_walk_through_the_edits(panel):
    panel.activity.value = "Pour"
    panel.percent.value = 50
    panel.actual_cost.value = 300
    panel.undo_button.click()
    assert (panel.result.ev, panel.result.ac) == (700, 620)
    panel.redo_button.click()
    assert panel.result.ac == 800
    panel.reset_button.click()
    assert (panel.result.ev, panel.result.ac) == (460, 620)
    assert panel.percent.value == 10
    panel.undo()
    assert panel.result.ac == 800


def test_going_back_by_hand_is_no_edit(panel):
    panel.activity.value = "Pour"
    panel.percent.value = 50
    panel.percent.value = 10
    assert panel.changes.items == []


def test_a_later_status_date_is_an_edit_too(panel):
    panel.at.type("2026-01-13")
    assert panel.changes.items == ["status date 13 Jan 2026 (was 12 Jan 2026)"]
    assert panel.result.pv == 1000
    assert panel.result.ev == 460


def test_a_status_date_before_what_has_happened_is_refused(panel):
    panel.at.type("2026-01-07")
    assert "must not be after the status date, 2026-01-07" in panel.at.error
    assert panel.result.status_date == datetime(2026, 1, 12)


def test_forecasts_follow_the_chosen_method(panel):
    panel.cost_method.value = "pf1"
    assert card(panel, "Cost at completion")["value"] == "EUR 1,460"
    assert "Assumes: the rest costs what was budgeted." in card(panel, "Cost at comp")["sentence"]
    panel.time_method.value = "es_pf1"
    assert "takes as long as planned" in card(panel, "Finish, forecast")["sentence"]
    assert panel.changes.items == []


def test_ranges_say_how_sure_the_forecasts_are(unsure):
    assert unsure.forecast.finish.quantile(0.8) == (
        earned_value(under_way()).ranges(300, 1).finish.quantile(0.8)
    )
    assert "Simulated: 80 % sure by" in card(unsure, "Finish, forecast")["sentence"]
    assert card(unsure, "Chance to keep the plan")["arithmetic"][0].endswith(
        "of 300 trials end by 16 Jan 2026"
    )


def test_performance_as_planned_is_kinder_when_work_was_slow(unsure):
    slow = unsure.forecast.finish.quantile(0.5)
    unsure.performance.value = "as_planned"
    assert unsure.forecast.performance == "as_planned"
    assert unsure.forecast.finish.quantile(0.5) < slow


def test_out_of_sequence_work_is_told_and_its_rules_differ_in_the_finish():
    plan = approved(status_date=date(2026, 1, 6))
    begun = {"Dig": {"actual_start": date(2026, 1, 5), "percent_complete": 25.0},
             "Pour": {"actual_start": date(2026, 1, 6), "percent_complete": 10.0}}  # fmt: skip
    plan = replace(plan, activities=tuple(
        replace(a, **begun.get(a.id, {})) for a in plan.activities))  # fmt: skip
    panel = StatusPanel(plan, trials=0)
    assert any("started before 'Dig' Dig the pit finished" in text
               for text in panel.attention.items)  # fmt: skip
    labels = {rule: text for text, rule in panel.progress_rule.options}
    assert labels["progress_override"].endswith("days earlier")
    before = panel.schedule.finish
    panel.progress_rule.value = "progress_override"
    assert panel.schedule.finish < before
    assert panel.changes.items == ["progress progress override (was retained logic)"]


def test_what_needs_attention_opens_its_activity():
    panel = StatusPanel(under_way(remaining_duration=9, actual_cost=None), trials=0)
    assert panel.activity.value == "Wire"  # it should have started
    texts = dict(zip(panel.attention.items, panel.attention.groups, strict=True))
    (contradiction,) = [t for t in texts if "but 9 working days are said to remain" in t]
    assert texts[contradiction] == "Remaining work contradicts the percentage"
    assert any("no actual cost is reported for it" in text for text in texts)
    panel.attention.click("Edit", panel.attention.items.index(contradiction))
    assert panel.activity.value == "Pour"
    assert "the percentage alone would leave 5.4" in panel._inputs.form.facts.value


def test_a_plan_without_baseline_offers_to_save_one(panel):
    plan = Project.from_table([("A", 3, ""), ("B", 2, "A")], settings=Settings(status_date=1))
    plan = replace(plan, activities=tuple(replace(a, cost_per_day=10) for a in plan.activities))
    panel = StatusPanel(plan, trials=0)
    assert panel.result is None
    assert panel.answer.text == "The plan has no saved baseline."
    assert panel._answer._lacking.layout.display is None
    panel.baseline_button.click()
    assert panel.result.bac == 50
    assert plan["A"].baseline_start is None
    assert panel._answer._lacking.layout.display == "none"
    panel.undo()
    assert panel.result is None


def test_a_plan_without_status_date_asks_for_it():
    panel = StatusPanel(approved(), trials=0)
    assert panel.answer.text == "The plan has no status date."
    assert panel.baseline_button.layout.display == "none"
    panel.at.type("2026-01-12")
    assert panel.result.pv == 800
    assert panel.result.ev == 0


def test_without_cost_the_cards_say_so_instead_of_numbers():
    panel = StatusPanel(under_way(actual_cost=None), trials=0)
    panel.activity.value = "Dig"
    panel.actual_cost.type("")
    missing = [item["title"] for item in panel.figures.items if item["missing"]]
    assert missing == ["Cost at completion (EAC)", "Cost performance (CPI)", "Cost variance (CV)",
                       "To end within budget (TCPI)"]  # fmt: skip
    assert {item["value"] for item in panel.figures.items if item["missing"]} == {
        "No cost reported"
    }


def test_a_plan_without_cost_says_why_nothing_can_be_measured():
    plan = set_baseline(Project.from_table([("A", 3, "")], settings=Settings(status_date=1)))
    panel = StatusPanel(plan, trials=0)
    assert panel.result is None
    assert panel.answer.text.startswith("plan: the budget at completion must be more than 0, got 0")
    assert panel.schedule.finish == 3


def test_a_status_series_alone_is_read_without_activities_progress():
    series = tuple(
        StatusPoint(date(2026, 1, day), pv, ev, ac)
        for day, pv, ev, ac in ((7, 300, 200, 250), (9, 500, 400, 460), (16, 1300, None, None))
    )
    plan = Project((Activity("A", 10, cost_per_day=130),),
                   settings=Settings(start=date(2026, 1, 5)), status=series)  # fmt: skip
    panel = StatusPanel(plan, trials=100)
    assert panel.result.cpi == pytest.approx(400 / 460)
    assert panel.ranges is None  # no activity says what remains


def test_an_undated_plan_speaks_in_working_days():
    plan = set_baseline(Project((Activity("A", 10, cost_per_day=10),),
                                settings=Settings(status_date=5)))  # fmt: skip
    panel = StatusPanel(plan, trials=100)
    panel.actual_start.type("1,5")
    panel.percent.value = 30
    assert panel.edited["A"].actual_start == 1.5
    assert panel.result.ev == 30
    assert card(panel, "Finish, as scheduled")["value"] == "After 12 working days"
    panel.actual_start.type("soon")
    assert panel.actual_start.refusal == (
        "Actual start: must be a number of working days, got 'soon'"
    )


def test_a_copy_is_saved_with_the_edits_in_it(panel):
    panel.activity.value = "Pour"
    panel.percent.value = 60
    name, media_type, content = panel._saved()
    assert name == "Shed.xlsx"
    assert media_type.endswith("spreadsheetml.sheet")
    again = read_bytes(name, io.BytesIO(content).getvalue())
    assert again["Pour"].percent_complete == 60
    assert earned_value(again).ev == panel.result.ev
    assert "Your file is as it was." in panel.status.text


def test_sums_are_by_branch_and_by_project(panel):
    assert list(panel.group.options) == ["WBS, level 1", "WBS, level 2"]
    assert "<caption>Where the money is (EUR)</caption>" in panel._answer._sums.value
    assert "<th scope='row'>1</th><td>1,000</td>" in panel._answer._sums.value
    panel.group.value = "WBS, level 2"
    assert "<th scope='row'>1.2</th>" in panel._answer._sums.value
    program = StatusPanel(sample(), trials=0)
    assert program.group.value == "Project"


def test_a_plan_that_is_all_done_is_read_to_the_end():
    done = {"actual_start": date(2026, 1, 5), "actual_finish": date(2026, 1, 9),
            "percent_complete": 100.0, "actual_cost": 300.0}  # fmt: skip
    plan = approved(status_date=date(2026, 1, 12))
    plan = replace(plan, activities=tuple(replace(a, **done) for a in plan.activities))
    panel = StatusPanel(plan, trials=100)
    assert panel.result.percent_earned == 100
    assert card(panel, "Chance to keep the plan")["value"] == "100 %"
    panel.activity.value = "Wire"
    panel.percent.value = 50
    assert panel.result.percent_earned < 100


def test_without_a_plan_only_the_first_screen_is_there():
    panel = StatusPanel(trials=0)
    assert panel._work.layout.display == "none"
    assert (panel.result, panel.forecast) == (None, None)
    assert repr(panel) == "StatusPanel without a plan"
    with pytest.raises(PlanError, match="a plan must be open before it is changed, got none"):
        panel.change("A", percent_complete=1)


def test_an_upload_that_is_no_plan_leaves_the_open_one(panel):
    panel.upload.receive({"holiday.xlsx": b"\x00\x01 not a workbook"})
    assert panel.status.kind == "problem"
    assert panel.plan.name == "Shed"
    panel.sample_button.click()
    assert panel.plan.name == "Lindhaven electric buses"
    panel.undo()
    assert panel.plan.name == "Shed"


def test_markup_in_names_is_never_markup():
    plan = under_way()
    plan = replace(
        plan,
        activities=tuple(replace(a, name=HOSTILE, wbs=HOSTILE) for a in plan.activities),
        settings=replace(plan.settings, name=HOSTILE, currency="<b>"),
    )
    panel = StatusPanel(plan, trials=50)
    panel.activity.value = "Pour"
    panel.percent.value = 70
    markup = [w.value for w in _inside(panel) if isinstance(w, HTML)]
    assert any("&lt;script&gt;" in text for text in markup)
    assert not [text for text in markup if "<script" in text or "<b>EUR" in text]


def test_inside_a_running_loop_figures_come_first_and_curves_when_the_hand_rests():
    async def edit() -> StatusPanel:
        panel = StatusPanel(under_way(), trials=200, seed=1)
        await asyncio.sleep(0)
        assert "curve" not in panel._answer.charts._charts
        assert panel.ranges is None
        panel.activity.value = "Pour"
        panel.percent.value = 60
        assert panel.result.ev == 760
        await _until(lambda: panel.ranges is not None)
        await _until(lambda: "curve" in panel._answer.charts._charts)
        return panel

    panel = asyncio.run(edit())
    assert panel._answer.charts._charts["gantt"].state["title"].startswith("Finish ")


def test_a_failure_inside_is_told_and_the_step_is_not_taken(panel, monkeypatch):
    def broken(*_):
        raise RuntimeError("out of ink")

    monkeypatch.setattr(panel._answer.charts, "_draw_gantt", broken)
    panel.activity.value = "Pour"
    panel.percent.value = 60
    assert panel.status.text == (
        "That did not work, and nothing was changed (RuntimeError: out of ink)."
    )
    assert panel.undo_button.disabled


def test_the_sample_program_is_read_with_its_story():
    panel = StatusPanel(sample(), trials=0)
    assert any("'Depot.ChargerOrder' is not complete" in text for text in panel.attention.items)
    panel.change("Depot.ChargerOrder", remaining_duration=1)
    assert panel.changes.items == ["Depot.ChargerOrder: remaining duration 1 day (was 4 days)"]


def test_reporting_one_figure_says_what_follows():
    done = Activity("A", 5, percent_complete=100, actual_start=0, actual_finish=4,
                    remaining_duration=0)  # fmt: skip
    assert progress_change(done, "percent_complete", 80.0) == Change(
        "A", percent_complete=80.0, actual_finish=None, remaining_duration=None
    )
    begun = Activity("A", 5, percent_complete=60, remaining_duration=3)
    assert progress_change(begun, "actual_finish", 4.0) == Change(
        "A", actual_finish=4.0, percent_complete=100.0, remaining_duration=None
    )
    assert progress_change(begun, "actual_cost", 9.0) == Change("A", actual_cost=9.0)


def test_a_reading_names_what_is_lacking():
    plan = Project.from_table([("A", 3, "")])
    assert read_status(plan).lacks == "baseline"
    assert read_status(set_baseline(plan)).lacks == "status date"


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
