"""Money as it is released, and a cut in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.cutting.cutting import FundingCut, cut
from pmkit.analysis.cutting.release import Release, release
from pmkit.analysis.resourcing.levelling import level
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.simulating.simulation import simulate
from pmkit.analysis.valuing.cash_flows import money_over_time
from pmkit.data import sample
from pmkit.model.activity import Activity, ActivityType, Assignment, ConstraintKind
from pmkit.model.benefit import Benefit
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency
from pmkit.model.errors import InfeasibleError, PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.strategy import Strategy
from tests.cut_plans import programs
from tests.wording import exactly

UNDATED = Settings()
DATED = Settings(start=date(2026, 3, 2))
few = settings(max_examples=25)


def program(
    *activities: Activity, links: str = "", told: Settings = UNDATED, **more: Any
) -> Program:
    """One project, Depot, with links such as ``A B, B C``."""
    pairs = [pair.split() for pair in links.split(",") if pair.strip()]
    depot = Project(
        activities, tuple(Dependency(a, b) for a, b in pairs), told,
        members=(ProjectInfo("Depot"),), **more,
    )  # fmt: skip
    return Program((depot,), settings=told)


def starts(found: Release) -> dict[str, float]:
    pairs = zip(found.schedule.ids, found.schedule.start.tolist(), strict=True)
    return {id_.removeprefix("Depot."): start for id_, start in pairs}


# A costs 50 and B 60; by hand, with what comes when
def test_an_activity_starts_when_the_money_covers_what_started_before_and_its_own_cost() -> None:
    plan = program(Activity("A", 4, fixed_cost=50), Activity("B", 5, fixed_cost=60))
    found = release(plan, {"Depot": {0: 60, 10: 50}})
    assert starts(found) == {"A": 0, "B": 10, "Money day 10": 10}
    assert found.schedule.finish == 15
    assert found.table.loc["Depot.B", ["needed", "released_on", "ready", "waited"]].tolist() == [
        110, 10, 0, 10,
    ]  # fmt: skip


def test_nobody_is_paid_out_of_turn() -> None:
    ordered = Activity("A", 4, fixed_cost=90), Activity("B", 5, fixed_cost=10), Activity("C", 2)
    plan = program(*ordered, links="C B")
    found = release(plan, {"Depot": {0: 20, 30: 80}})  # B could be paid on day 2, A is before it
    assert starts(found) == {"A": 30, "B": 30, "C": 0, "Money day 30": 30}


def test_what_is_not_spent_in_one_period_is_there_in_the_next() -> None:
    plan = program(Activity("A", 4, fixed_cost=5), Activity("B", 5, fixed_cost=15), links="A B")
    assert starts(release(plan, {"Depot": {0: 10, 8: 10}}))["B"] == 8


def test_what_is_paid_and_what_has_begun_comes_first_and_is_not_stopped() -> None:
    begun = Activity(
        "A", 10, cost_per_day=10, actual_start=0.0, percent_complete=50, actual_cost=30
    )
    plan = program(begun, Activity("B", 5, fixed_cost=20), links="A B",
                   told=Settings(status_date=5.0))  # fmt: skip
    # 30 spent and 5 days x 10 to go are 80: B needs 100
    found = release(plan, {"Depot": {0: 90, 20: 10}})
    assert found.schedule["Depot.B"].early_start == 20
    assert found.schedule.end[0] == 10
    short = release(plan, {"Depot": {0: 70, 20: 30}})
    assert short.schedule.end[0] == 10
    assert short.notes == ()
    assert "30 spent + 50 for the rest of what has begun + 20 of its own = 100" in str(
        short.explain("Depot.B")
    )


def test_when_even_what_has_begun_is_not_covered_it_says_so() -> None:
    begun = Activity("A", 10, fixed_cost=80, actual_start=0.0)
    plan = program(begun, told=Settings(status_date=5.0))
    assert release(plan, {"Depot": {0: 70}}).notes == (
        "Depot: what has begun is not stopped, it costs 80 in all, of which 70 is released",
    )


def test_what_costs_nothing_waits_for_no_money() -> None:
    plan = program(Activity("A", 4, fixed_cost=9), Activity("M", 0), Activity("B", 2), links="M B")
    found = starts(release(plan, {"Depot": {40: 9}}))
    assert (found["A"], found["M"], found["B"]) == (40, 0, 0)


def test_money_for_a_level_of_effort_comes_before_what_it_spans_and_it_does_not_wait() -> None:
    span = Activity("Z", 10, cost_per_day=5, type=ActivityType.LEVEL_OF_EFFORT)
    depot = Project(
        (Activity("A", 4, fixed_cost=10), span), (Dependency("A", "Z", "SS"),),
        members=(ProjectInfo("Depot"),),
    )  # fmt: skip
    found = release(Program((depot,)), {"Depot": {0: 50, 20: 10}})  # Z takes 50, A needs 60
    assert found.schedule["Depot.A"].early_start == 20
    assert [wait.activity for wait in found.waits] == ["Depot.A"]
    assert release(Program((depot,)), {"Depot": {0: 60}}).schedule.finish == 10


def test_a_year_is_its_first_of_january_and_calendars_and_dependencies_hold() -> None:
    site = Calendar.from_rows("Site", [("Mon-Sat", "08:00-12:00 13:00-17:00")])
    plan = program(
        Activity("A", 4, fixed_cost=5, calendar="Site"), Activity("B", 5, fixed_cost=15),
        links="A B", told=Settings(start=date(2026, 12, 21)), calendars=(site,),
    )  # fmt: skip
    found = release(plan, {"Depot": {2026: 10, 2027: 10}})
    assert str(found.schedule.dates("start")[1])[:10] == "2027-01-01"  # a Friday
    assert str(found.schedule.dates("finish")[1])[:10] == "2027-01-07"
    assert [(w.activity, w.ready, w.days) for w in found.waits] == [("Depot.B", 4, 5)]
    same = release(plan, {"Depot": {date(2026, 12, 1): 20}})
    assert same.schedule.finish == critical_path(plan).finish
    assert same.waits == ()


def test_a_project_that_is_not_named_is_not_limited() -> None:
    both = [Project((Activity("A", 4, fixed_cost=10),), members=(ProjectInfo(p),)) for p in "PQ"]
    found = release(Program(tuple(both)), {"P": {50: 10}})
    assert found.schedule.start.tolist()[::2] == [50, 0]


def test_a_levelled_schedule_keeps_its_order_of_work() -> None:
    crane = (Assignment("Crane"),)
    plan = program(
        Activity("A", 3, fixed_cost=10, resources=crane), Activity("B", 2, fixed_cost=10,
                                                                    resources=crane),
        resources=(Resource("Crane"),),
    )  # fmt: skip
    levelled = level(plan)
    first, last = sorted(
        ("A", "B"), key=lambda id_: levelled.start[levelled.ids.index(f"Depot.{id_}")]
    )
    found = starts(release(plan, {"Depot": {0: 0, 10: 20}}, schedule=levelled))
    assert found[first] == 10
    assert found[last] == 10 + levelled.end.min()


@pytest.mark.parametrize("kind", [ConstraintKind.MUST_START_ON, ConstraintKind.START_NO_LATER_THAN])
def test_a_date_that_would_pull_work_in_front_of_its_money_goes(kind: ConstraintKind) -> None:
    told = Settings(constraints="honour_dates")
    late = Activity("A", 3, fixed_cost=10, constraint=kind, constraint_date=2.0)
    found = release(program(late, told=told), {"Depot": {0: 0, 10: 10}})
    assert found.schedule.start.tolist()[0] == 10
    kept = release(program(late, told=told), {"Depot": {0: 10}})
    assert kept.schedule.start.tolist()[0] == critical_path(program(late, told=told)).start[0]


def test_an_id_that_is_taken_is_not_taken_twice() -> None:
    plan = program(Activity("Money day 10", 4, fixed_cost=50))
    assert release(plan, {"Depot": {10: 50}}).schedule.ids == (
        "Depot.Money day 10", "Depot.Money day 10'",
    )  # fmt: skip


def test_money_that_never_comes_is_an_error_that_names_everybody_and_what_is_missing() -> None:
    both = [
        Project((Activity("A", 4, fixed_cost=10), Activity("B", 4, fixed_cost=25)),
                settings=Settings(currency="EUR"), members=(ProjectInfo(p),))
        for p in "PQ"
    ]  # fmt: skip
    with pytest.raises(
        InfeasibleError,
        match=exactly(
            "release: project 'P' must get EUR 5 more than is released, or P.B never start",
            "release: project 'Q' must get EUR 35 more than is released, or Q.A and Q.B never "
            "start",
        ),
    ) as caught:
        release(Program(tuple(both), settings=Settings(currency="EUR")), {"P": {0: 30}, "Q": {}})
    assert caught.value.ids == ("P.B", "Q.A", "Q.B")


def test_all_that_cannot_be_asked_is_told_at_once() -> None:
    plan = program(Activity("A", 4, fixed_cost=10))
    with pytest.raises(
        PlanError,
        match=exactly(
            "release: projects must be those with activities (Depot), got 'Fleet'",
            "release of 'Depot': each moment must be a number of working days >= 0, got -1",
            "release of 'Depot': money at day 2 must be a finite amount >= 0, got 'much'",
        ),
    ):
        release(plan, {"Fleet": {0: 1}, "Depot": {-1: 5, 2: "much"}})  # type: ignore[dict-item]
    with pytest.raises(
        PlanError, match=exactly("release: at least one project must have money released, got none")
    ):
        release(plan, {})
    with pytest.raises(
        PlanError,
        match=exactly("release of 'Depot': each moment must be a date or a year, got 0.5"),
    ):
        release(program(Activity("A", 4), told=DATED), {"Depot": {0.5: 5}})


def test_it_is_explained_and_shown() -> None:
    plan = program(Activity("A", 4, fixed_cost=50), Activity("B", 5, fixed_cost=60))
    found = release(plan, {"Depot": {0: 60, 10: 50}})
    assert str(found.explain("Depot.B")).splitlines() == [
        "activity 'Depot.B': money to start",
        "  needed = 50 for Depot.A + 60 of its own = 110",
        "  released to Depot: 60 from day 0, 110 from day 10",
        "  'Depot.B' waited 10 days, from day 0 to day 10, for money of Depot: it needs 110, which "
        "is released on day 10",
    ]
    assert str(found.explain("Depot.A")).endswith("it does not wait for money")
    with pytest.raises(KeyError, match="no activity 'C' that has not begun"):
        found.explain("C")
    assert (
        "<b>"
        not in release(program(Activity("<b>", 4, fixed_cost=50)), {"Depot": {0: 60}})._repr_html_()
    )


@few
@given(programs(dated=False), st.data())
def test_what_has_started_is_always_paid_and_less_money_is_never_earlier(
    plan: Program, data: Any
) -> None:
    costs = {a.id: a.fixed_cost + a.cost_per_day * a.expected_duration for a in plan.activities}
    told, less = {}, {}
    for project in plan.projects:
        total = sum(c for id_, c in costs.items() if id_.startswith(f"{project.id}."))
        parts = data.draw(st.lists(st.integers(0, 40), min_size=3, max_size=3))
        moved = data.draw(st.integers(0, parts[0]))
        last = max(total - sum(parts), 0)
        told[project.id] = {0: parts[0], 15: parts[1], 30: parts[2], 60: last}
        less[project.id] = {0: parts[0] - moved, 15: parts[1], 30: parts[2], 60: last + moved}
    found, later = release(plan, told), release(plan, less)
    start = dict(zip(found.schedule.ids, found.schedule.start.tolist(), strict=True))
    for project in plan.projects:
        moments = list(told[project.id])
        sums = list(accumulate(told[project.id].values()))
        mine = [id_ for id_ in costs if id_.startswith(f"{project.id}.")]
        for at in (start[id_] for id_ in mine if costs[id_]):
            released = max(s for m, s in zip(moments, sums, strict=True) if m <= at)
            assert sum(costs[id_] for id_ in mine if start[id_] <= at) <= released + 1e-6
    now = dict(zip(later.schedule.ids, later.schedule.start.tolist(), strict=True))
    assert all(now[id_] >= start[id_] for id_ in costs)
    assert later.schedule.finish >= found.schedule.finish


# -- a cut ----------------------------------------------------------------------------------------


def two_years() -> Program:
    """A 60 and B 40 in 2026, C 100 in 2027, one after another, with a benefit of 1000 in 2027."""
    build = program(
        Activity("A", 10, fixed_cost=60), Activity("B", 5, fixed_cost=40),
        Activity("C", 5, fixed_cost=100, constraint=ConstraintKind.START_NO_EARLIER_THAN,
                 constraint_date=date(2027, 2, 1)),
        links="A B, B C", told=replace(DATED, currency="EUR"),
    )  # fmt: skip
    return replace(
        build,
        strategy=Strategy(
            benefits=(Benefit("Fuel", money={"benefit_2027": 365}, enablers=("Depot",)),)
        ),
    )


def test_a_cut_in_one_year_comes_back_the_next_and_whoever_waited_is_named() -> None:
    found = cut(two_years(), shares=[0.2], trials=0, discount_rate=0.0)
    table = found.table
    assert table.index.tolist() == [0.0, 0.2]
    assert table["cut"].tolist() == [0, 20]  # of the 100 of 2026
    assert [d.isoformat()[:10] for d in table["finish_date"]] == ["2027-02-05", "2027-02-05"]
    assert table["waited_activities"].tolist() == [0, 1]
    assert table["waited_days"].tolist() == [0, 209]  # B from 16 March to 1 January
    assert str(found.explain(0.2)).splitlines()[:2] == [
        "20 % less money in 2026: EUR 20 of EUR 100 still to be paid, back in 2027",
        "  'Depot.B' waited 209 days, from 2026-03-16 to 2027-01-01, for money of Depot: it needs "
        "EUR 100, which is released on 2027-01-01",
    ]
    assert repr(found) == "FundingCut release in 2026: 0 % 2027-02-05, 20 % 2027-02-05"


def test_a_cut_in_a_later_year_waits_for_the_year_after() -> None:
    found = cut(two_years(), shares=(0, 0.5), year=2027, trials=0)
    assert found.table["cut"].tolist() == [0, 50]
    assert found.table["finish_date"].iloc[1].isoformat()[:10] == "2028-01-07"
    assert cut(two_years(), shares=(0, 0.5), year=2028, trials=0).table["cut"].tolist() == [0, 0]


def test_worth_is_that_of_money_over_time_with_the_schedule_of_the_cut() -> None:
    plan = two_years()
    found = cut(plan, shares=(0, 0.2), trials=0, discount_rate=0.1)
    money = money_over_time(plan, schedule=found.schedules[0.2], discount_rate=0.1, base=2026)
    assert found.table["npv"].tolist()[1] == pytest.approx(money.npv)
    # A in 2026; B and C in 2027; the program finishes as planned, and so does the benefit
    factor = [1.1**-0.5, 1.1**-1.5]
    assert found.outcomes[0.2].money.cost == {2026: 60, 2027: 140}  # type: ignore[union-attr]
    assert money.npv == pytest.approx(-60 * factor[0] + (365 - 140) * factor[1])


def test_without_a_rate_there_is_no_worth_and_it_says_so() -> None:
    found = cut(two_years(), shares=(0, 0.2), trials=0)
    assert np.isnan(found.table["npv"]).all()
    assert found.notes[-1] == "no NPV: discount_rate must be given, in settings or here"
    assert "NPV" not in str(found.explain(0.2))


def test_money_that_never_comes_back_leaves_no_finish_and_names_who_never_starts() -> None:
    found = cut(two_years(), shares=(0, 0.2), returns="never", trials=0)
    assert np.isnan(found.table["finish"].iloc[1])
    assert found.table["never_start"].tolist() == [0, 1]
    assert found.outcomes[0.2].never_start == ("Depot.C",)  # it is paid last
    assert (
        str(found.explain(0.2)).splitlines()[1]
        == "  Depot.C never starts: EUR 20 of Depot never comes"
    )
    assert repr(found) == "FundingCut release in 2026: 0 % 2027-02-05, 20 % never"
    assert list(found.schedules) == [0.0]


def test_only_the_projects_that_are_named_are_cut() -> None:
    plan = sample()
    found = cut(plan, shares=(0, 0.3), projects="Service", trials=0)
    assert {w.activity.partition(".")[0] for w in found.outcomes[0.3].waits} == {"Service"}
    assert found.table["cut"].iloc[1] < 100_000


def test_by_month_each_month_gives_up_the_same_share() -> None:
    plan = program(
        Activity("A", 10, fixed_cost=60), Activity("B", 20, fixed_cost=40),
        Activity("C", 5, fixed_cost=100), links="A B, B C", told=DATED,
    )  # fmt: skip
    found = cut(plan, shares=(0, 0.2), period="month", trials=0)
    # March needs 100 and gives up 20, April needs 100 and gives up 20: 40 are back in January
    assert found.outcomes[0.2].released == {
        "Depot": {date(2026, 3, 1): 80, date(2026, 4, 1): 80, date(2027, 1, 1): 40}
    }
    starts_ = dict(zip(found.schedules[0.2].ids, found.schedules[0.2].dates("start"), strict=True))
    assert str(starts_["Depot.B"])[:10] == "2026-04-01"
    assert str(starts_["Depot.C"])[:10] == "2027-01-01"


@pytest.fixture(scope="module")
def cuts() -> FundingCut:
    """The sample with 10, 20 and 30 % less money in 2026."""
    return cut(sample(), trials=2000, seed=7)


def test_no_cut_changes_nothing(cuts: FundingCut) -> None:
    base = cuts.outcomes[0.0]
    assert base.finish == critical_path(sample()).finish
    assert base.p80 == pytest.approx(simulate(sample(), 2000, seed=7).finish.quantile(0.8))
    assert base.waits == ()
    assert str(cuts.explain(0)).startswith("Nothing cut in 2026\n  nobody waits for money\n")


def test_the_sample_finishes_later_with_each_cut_and_is_worth_less(cuts: FundingCut) -> None:
    table = cuts.table
    assert table["finish"].is_monotonic_increasing
    assert table["p80"].is_monotonic_increasing
    assert (table["p80"].to_numpy() >= table["finish"].to_numpy()).all()
    assert (table["npv"].to_numpy()[1:] < table["npv"].to_numpy()[0]).all()
    assert [d.year for d in table["finish_date"]] == [2026, 2027, 2027, 2027]
    # 5,375,860 are still to be paid: the rest of what has begun, and what starts in 2026
    assert table["cut"].to_numpy() == pytest.approx(5_375_860 * np.array([0, 0.1, 0.2, 0.3]))


def test_the_order_for_the_buses_waits_because_nothing_else_is_large_enough(
    cuts: FundingCut,
) -> None:
    told = str(cuts.explain(0.1))
    assert (
        "'Fleet.Production2' waited 163 days, from 2026-05-18 to 2027-01-01, for money of Fleet: "
        "it needs EUR 7,332,310, which is released on 2027-01-01"
    ) in told
    assert "they are not stopped, so the others bear the whole cut" in told
    assert cuts.program == sample()


def test_the_plan_of_a_cut_is_a_plan_like_any_other(cuts: FundingCut) -> None:
    assert critical_path(cuts.plans[0.2]).finish == cuts.outcomes[0.2].finish
    assert "Fleet.Money 2027-01-01" in cuts.schedules[0.2].ids
    assert "<td>" in cuts._repr_html_()


def test_a_share_that_was_not_asked_about_is_named(cuts: FundingCut) -> None:
    with pytest.raises(
        KeyError, match=r"no cut of 0\.5 was asked about, there is 0, 0\.1, 0\.2, 0\.3"
    ):
        cuts.explain(0.5)


@few
@given(programs(), st.sampled_from(["next year", "never"]), st.sampled_from(["year", "month"]))
def test_a_bigger_cut_never_finishes_earlier_in_any_trial(
    plan: Program, returns: str, period: str
) -> None:
    found = cut(plan, shares=(0, 0.1, 0.4, 1), returns=returns, period=period, trials=40)
    assert found.outcomes[0.0].finish == critical_path(plan).finish
    for less, more in pairwise(found.outcomes.values()):
        if more.schedule is not None:
            assert more.finish >= less.finish - 1e-9
        if more.simulation is not None and less.simulation is not None:
            late = more.simulation.finish.samples - less.simulation.finish.samples
            assert late.min() >= -1e-3  # units of time may be rounded


def test_all_that_is_wrong_with_a_cut_is_told_at_once() -> None:
    with pytest.raises(
        PlanError,
        match=exactly(
            "cut: by must be one of release, capacity, got 'magic'",
            "cut: returns must be one of next year, never, got 'soon'",
            "cut: period must be one of year, quarter, month, got 'week'",
            "cut: shares must be from 0 to 1 (0.1 for 10 %), got 2",
            "cut: trials must be a whole number >= 0, got 0.5",
            "cut: year must not be over: it is 2026, got 2025",
            "cut: resource must be left out with by='release', got 'Planner'",
            "cut: projects must be those with activities (Depot, Fleet, Service), got 'Tram'",
            "net present value: discount_rate must be a finite share per year above -1 (0.07 for "
            "7 %), got -2",
        ),
    ):
        cut(sample(), by="magic", returns="soon", period="week", shares=[2], trials=0.5,  # type: ignore[arg-type]
            year=2025, resource="Planner", projects="Tram", discount_rate=-2)  # fmt: skip


def test_a_program_without_dates_or_without_work_has_no_year_to_cut() -> None:
    with pytest.raises(
        PlanError,
        match=exactly(
            "cut: the program must have a start date, or nothing says what falls into a year; "
            "without one only by='capacity' with returns='never' can be asked"
        ),
    ):
        cut(program(Activity("A", 3)))
    with pytest.raises(
        PlanError, match=exactly("cut: the program must have a project with activities, got none")
    ):
        cut(Program((), candidates=(ProjectInfo("Solar"),)))


def test_it_is_asked_of_a_program_and_of_a_schedule_of_its_own() -> None:
    plan = program(Activity("A", 3, fixed_cost=5))
    other = critical_path(program(Activity("B", 3)))
    asking = {
        "cut": lambda p, s: cut(p, schedule=s),
        "release": lambda p, s: release(p, {"Depot": {0: 5}}, schedule=s),
    }
    for word, ask in asking.items():
        with pytest.raises(
            PlanError, match=exactly(f"{word}: must be asked of a Program, got a Project")
        ):
            ask(plan.projects[0], None)
        with pytest.raises(
            PlanError,
            match=exactly(
                f"{word}: the schedule must be of the program's own activities, got another"
            ),
        ):
            ask(plan, other)
