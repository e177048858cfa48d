"""What a change in one project does to everything the program manager looks at."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.compare import compare
from pmkit.analysis.cutting.effects import Effects, effects
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.valuing.benefit_plan import plan_benefits
from pmkit.data import sample
from pmkit.model.activity import Activity
from pmkit.model.benefit import Benefit
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.scenario import Scenario
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.strategy import Strategy
from tests.cut_plans import programs
from tests.wording import exactly

TOLD = Settings(start=date(2026, 9, 7), currency="EUR")
few = settings(max_examples=15)


def two() -> Program:
    """Depot builds 10 days for Fleet, which buys 12 days and tests 3; a benefit of 365 in 2027."""
    depot = Project((Activity("Build", 10, cost_per_day=10),), (), TOLD,
                    members=(ProjectInfo("Depot"),))  # fmt: skip
    fleet = Project((Activity("Buy", 12), Activity("Test", 3)), (Dependency("Buy", "Test"),), TOLD,
                    members=(ProjectInfo("Fleet"),))  # fmt: skip
    saved = Benefit("Fuel", money={"benefit_2027": 365}, enablers=("Depot", "Fleet"))
    return Program((depot, fleet), (Dependency("Depot.Build", "Fleet.Test"),), TOLD,
                   strategy=Strategy(benefits=(saved,)))  # fmt: skip


def row(found: Effects, measure: str) -> list[Any]:
    return found.table.loc[measure, ["before", "after", "delta"]].tolist()


# the interface has 2 days of float; a slip of 5 takes both and moves the finish by 3
def test_a_slip_eats_the_float_of_the_interface_then_moves_the_finish_by_hand() -> None:
    found = effects(two(), Change("Depot.Build", duration="+5"), trials=0, discount_rate=0.0)
    assert row(found, "finish") == [15, 18, 3]
    assert row(found, "Depot.Build -> Fleet.Test float") == [2, 0, -2]
    assert row(found, "cost") == [100, 150, 50]
    assert row(found, "Fleet delivers")[2] == 5  # Friday to Wednesday
    # five calendar days of 365.25 come after 2027, and are not counted
    lost = 365 * 5 / 365.25
    assert row(found, "benefits") == pytest.approx([365, 365 - lost, -lost])
    assert row(found, "npv") == pytest.approx([265, 215 - lost, -50 - lost])
    assert repr(found) == (
        "Effects of Depot.Build: duration +5: finish +3 days, 1 of 1 interfaces touched"
    )


def test_a_crash_that_no_one_waits_for_only_gives_float() -> None:
    found = effects(two(), Change("Depot.Build", duration="-4"), trials=0)
    assert row(found, "finish") == [15, 15, 0]
    assert row(found, "Depot.Build -> Fleet.Test float") == [2, 6, 4]
    assert row(found, "benefits")[2] == 0
    assert found.interfaces.loc["Depot.Build -> Fleet.Test", "forecast_after"].isoformat()[:10] == (
        "2026-09-14"
    )


def test_it_is_told_step_by_step() -> None:
    found = effects(two(), Change("Depot.Build", duration="+5"), trials=0, discount_rate=0.0)
    assert str(found.explain()).splitlines() == [
        "Effects of Depot.Build: duration +5",
        "  finish 2026-09-25 -> 2026-09-30 (+3 days)",
        "  Depot.Build -> Fleet.Test: handed over 2026-09-18 -> 2026-09-25, float 2 days -> 0 days",
        "  Depot delivers 2026-09-18 -> 2026-09-25 (+7 calendar days)",
        "  Fleet delivers 2026-09-25 -> 2026-09-30 (+5 calendar days)",
        "  cost EUR 100 -> EUR 150 (+EUR 50)",
        "  benefits EUR 365 -> EUR 360 (-EUR 5)",
        "  NPV EUR 265 -> EUR 210 (-EUR 55)",
        "  NPV: costs are what activities cost as scheduled, what was spent included; benefits "
        "start at delivery; of projects that are at work",
    ]
    assert found.benefits["forecast_after"].tolist() == pytest.approx([365 - 365 * 5 / 365.25])


def test_an_interface_that_goes_and_one_that_comes_are_told() -> None:
    gone = effects(two(), Change("Depot.Build -> Fleet.Test", remove=True), trials=0)
    assert row(gone, "Depot.Build -> Fleet.Test float")[:2] == [2, None]
    assert "Depot.Build -> Fleet.Test: is no interface any more" in str(gone.explain())
    new = effects(two(), Change("Fleet.Buy", predecessors="Depot.Build"), trials=0)
    assert row(new, "Depot.Build -> Fleet.Buy float")[1] == 0
    assert "Depot.Build -> Fleet.Buy: is a new interface, float 0 days" in str(new.explain())
    assert row(new, "finish") == [15, 25, 10]


def test_without_a_rate_or_without_dates_there_is_no_worth_and_it_says_so() -> None:
    found = effects(two(), Change("Depot.Build", duration="+5"), trials=0)
    assert np.isnan(row(found, "npv")[0])
    assert found.notes == ("no NPV: discount_rate must be given, in settings or here",)
    assert "NPV EUR" not in str(found.explain())


def test_the_figures_are_those_of_compare_and_of_the_benefits() -> None:
    plan = sample()
    slip = Scenario("late steel", [Change("Depot.Install", duration="+10")])
    found = effects(plan, slip, trials=1000, seed=7)
    told = compare(plan, slip, trials=1000, seed=7).table
    for measure, figure in (("finish", "finish"), ("p80", "finish_p80"), ("cost_p80", "cost_p80")):
        expected = told.loc[figure, ["plan", "late steel", "late steel delta"]].tolist()
        assert row(found, measure) == pytest.approx(expected)
    schedule = critical_path(slip.apply(plan))
    at_work = ["Depot", "Fleet", "Service"]
    forecast = plan_benefits(plan, schedule=schedule, projects=at_work).forecast
    assert row(found, "benefits")[1] == pytest.approx(forecast)


def test_a_slip_of_the_depot_reaches_fleet_and_service_in_the_sample() -> None:
    found = effects(sample(), Change("Depot.Install", duration="+10"), trials=1000, seed=7)
    told = str(found.explain())
    assert row(found, "finish") == [143, 149, 6]
    assert "Depot.Handover -> Service.TrialRun: handed over 2026-07-08 -> 2026-07-16" in told
    assert "Service delivers 2026-08-05 -> 2026-08-13 (+8 calendar days)" in told
    assert row(found, "npv")[2] < row(found, "benefits")[2] < 0  # less benefit, and dearer
    assert repr(found).endswith("6 of 8 interfaces touched")
    html = found._repr_html_()
    assert "<td>2026-08-05</td><td>2026-08-13</td><td>+8 calendar days</td>" in html


def test_what_people_typed_is_only_words() -> None:
    named = Scenario("<b>late</b>", [Change("Depot.Build", duration="+5")])
    assert "<b>" not in effects(two(), named, trials=0)._repr_html_()


@few
@given(programs(), st.integers(0, 3), st.integers(1, 20))
def test_a_longer_activity_without_reversed_links_never_brings_anything_forward(
    plan: Program, place: int, days: int
) -> None:
    if any(link.kind.value in ("FF", "SF") for link in plan.dependencies):
        return  # there a longer activity may have to start earlier, and whoever starts with it
    activity = plan.activities[place % len(plan.activities)]
    found = effects(plan, Change(activity.id, duration=f"+{days}"), trials=0)
    assert row(found, "finish")[2] >= 0
    for project in ("P", "Q"):
        assert row(found, f"{project} delivers")[2] >= 0


@few
@given(programs())
def test_a_change_that_changes_nothing_has_no_effect(plan: Program) -> None:
    found = effects(plan, Change(plan.activities[0].id, duration="+0"), trials=0)
    assert all(delta in (0, None) or delta != delta for delta in found.table["delta"])
    assert "0 of" in repr(found)


def test_a_change_must_be_given_and_fit() -> None:
    with pytest.raises(
        PlanError, match=exactly("effects: at least one change must be given, got none")
    ):
        effects(two(), [])
    with pytest.raises(
        PlanError, match=exactly("effects: must be asked of a Program, got a Project")
    ):
        effects(Project((Activity("A", 3),)), Change("A", duration=4))  # type: ignore[arg-type]
    with pytest.raises(PlanError, match="must name an activity, a risk, a resource"):
        effects(two(), Change("Depot.Paint", duration=4))
