"""What goes up to whom: at each limit, one tick and one cent beyond it."""

from __future__ import annotations

from typing import Any

import pytest

from pmkit.analysis.control.proposals import ACCEPT
from pmkit.analysis.governing.escalation import Escalation, escalate
from pmkit.analysis.governing.ladder import ladder
from pmkit.analysis.governing.program_status import program_status
from pmkit.data import sample
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.benefit import Benefit
from pmkit.model.change import Change
from pmkit.model.control import Control
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.governance import Authority, Governance
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent
from pmkit.model.scenario import Scenario
from pmkit.model.settings import ProjectInfo
from pmkit.model.strategy import Strategy
from pmkit.model.tolerance import Tolerance
from tests.wording import exactly

TICK, CENT = 1 / (8 * 3_600_000_000), 0.01

LEVELS = (
    Authority("project manager", cost=200, days=3),
    Authority("program manager", cost=300, days=6),
    Authority("sponsor", cost=600, days=12),
)


def _limit(on: str, above: float, **fields: Any) -> Tolerance:
    return Tolerance(on, above=above, **fields)  # type: ignore[arg-type]


def _program(
    days: float = 10, cost: float = 1_000, *, time: float = 3, money: float = 200,
    levels: tuple[Authority, ...] = (), authority: str = "program manager",
    whole: tuple[Tolerance, ...] = (), **fields: Any,
) -> Program:  # fmt: skip
    """One project that was approved for 10 days and 1,000, beside one that takes far longer."""
    build = Activity("Build", days, fixed_cost=cost, baseline_start=0, baseline_finish=10,
                     baseline_cost=1_000)  # fmt: skip
    long = Activity("Wait", 40, fixed_cost=9_000, baseline_start=0, baseline_finish=40,
                    baseline_cost=9_000)  # fmt: skip
    own = Control((_limit("time", time, authority=authority), _limit("cost", money)))
    return Program(
        (
            Project((build,), members=(ProjectInfo("P", manager="Amara", sponsor="Kofi"),),
                    control=own),
            Project((long,), members=(ProjectInfo("Q"),)),
        ),
        control=Control(whole or (_limit("time", 0), _limit("cost", 5, unit="%"))),
        governance=Governance(levels), **fields,
    )  # fmt: skip


def _to(*args: Any, **fields: Any) -> str:
    return escalate(_program(*args, **fields), trials=3)["P"].role


# -- Boundaries ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "cost", "role", "level"),
    [
        (10, 1_000, "project manager", 0),
        (13, 1_000, "project manager", 0),  # exactly at its tolerance
        (13 + TICK, 1_000, "program manager", 1),
        (10, 1_200, "project manager", 0),
        (10, 1_200 + CENT, "program manager", 1),
        (16, 1_000, "program manager", 1),  # exactly at the authority of the program manager
        (16 + TICK, 1_000, "sponsor", 2),
        (10, 1_300, "program manager", 1),
        (10, 1_300 + CENT, "sponsor", 2),
        (22, 1_000, "sponsor", 2),
        (22 + TICK, 1_000, "portfolio board", 3),
        (10, 1_600 + CENT, "portfolio board", 3),
        (14, 1_500 + CENT, "sponsor", 2),  # the higher of both measures
    ],
)
def test_the_limit_itself_is_within_and_one_tick_or_cent_beyond_goes_up(
    days: float, cost: float, role: str, level: int
) -> None:
    whole = (_limit("time", 0), _limit("cost", 9_000))
    item = escalate(_program(days, cost, levels=LEVELS, whole=whole), trials=3)["P"]
    assert (item.role, item.level, item.is_beyond) == (role, level, level > 0)


@pytest.mark.parametrize(
    ("days", "cost", "role"),
    [
        (40, 1_000, "program manager"),  # as late as the program may be
        (40 + TICK, 1_000, "sponsor"),
        (10, 1_500, "program manager"),  # 5 % of 10,000 is what the program may cost more
        (10, 1_500 + CENT, "sponsor"),
    ],
)
def test_what_breaks_the_tolerance_of_the_program_by_itself_goes_to_the_sponsor(
    days: float, cost: float, role: str
) -> None:
    assert _to(days, cost) == role


def test_within_tolerance_authority_is_not_asked_for() -> None:
    narrow = (Authority("project manager", cost=0, days=0),)
    assert _to(12, 1_150, levels=narrow) == "project manager"


def test_a_tolerance_says_itself_who_decides_beyond_it() -> None:
    assert _to(13 + TICK, authority="sponsor") == "sponsor"
    item = escalate(_program(14, authority="design board"), trials=3)["P"]
    assert (item.role, item.level) == ("design board", 1)
    assert "beyond its tolerance on time the design board decides, as was agreed" in item.lines


def test_the_trigger_is_the_forecast_before_the_breach() -> None:
    build = Activity("Build", 10, three_point=ThreePoint(9, 10, 20), fixed_cost=5,
                     baseline_start=0, baseline_finish=10)  # fmt: skip
    program = Program((
        Project((build,), members=(ProjectInfo("P"),), control=Control((_limit("time", 1),))),
    ))  # fmt: skip
    assert escalate(program)["P"].role == "program manager"  # P80 is 13, day 11 is its limit
    assert escalate(program, confidence=0.01)["P"].role == "project manager"
    own = Control((_limit("time", 1, confidence=0.01),))
    sure = Program((Project((build,), members=(ProjectInfo("P"),), control=own),))
    assert not escalate(sure)["P"].is_beyond


def test_the_program_itself_goes_up_from_its_manager_to_the_sponsor() -> None:
    at, over = (_program(days, whole=(_limit("time", 10),)) for days in (50, 50 + TICK))
    assert escalate(at, trials=3)["program"].role == "program manager"
    item = escalate(over, trials=3)["program"]
    assert (item.role, item.level, item.measure) == ("sponsor", 2, "time")


def test_a_status_that_is_known_serves_with_its_trials() -> None:
    program = sample()
    again = escalate(program_status(program, trials=300, seed=2), confidence=0.6)
    assert again.items == escalate(program, trials=300, seed=2, confidence=0.6).items


# -- The ladder ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ((), ["project manager", "program manager", "sponsor", "portfolio board"]),
        (("Program Manager", "portfolio board"),
         ["project manager", "Program Manager", "sponsor", "portfolio board"]),
        (("project manager", "team board", "program manager", "city council"),
         ["project manager", "team board", "program manager", "sponsor", "city council",
          "portfolio board"]),
    ],
)  # fmt: skip
def test_roles_that_are_not_set_stand_where_they_always_do(
    roles: tuple[str, ...], expected: list[str]
) -> None:
    program = _program(levels=tuple(Authority(role, cost=1) for role in roles))
    assert [step.role for step in ladder(program, "P").steps] == expected


def test_a_role_that_only_a_tolerance_names_reaches_as_far_as_the_one_below_it() -> None:
    at = escalate(_program(16, levels=LEVELS, authority="design board"), trials=3)["P"]
    over = escalate(_program(16 + TICK, levels=LEVELS, authority="design board"), trials=3)["P"]
    assert (at.role, over.role) == ("design board", "sponsor")


def test_where_the_board_too_has_a_limit_nobody_may_decide_alone() -> None:
    levels = (*LEVELS, Authority("portfolio board", days=20))
    item = escalate(_program(10 + 20 + TICK, levels=levels), trials=3)["P"]
    assert item.role == "portfolio board"
    assert item.lines[-1].endswith(
        "the portfolio board may accept 20 days, asked for is a bit more: nobody may decide it "
        "alone, so the portfolio board may"
    )


# -- Options ---------------------------------------------------------------------------


def _crashable(**fields: Any) -> Program:
    build = Activity("Build", 15, fixed_cost=100, crash_duration=9, crash_cost=400,
                     baseline_start=0, baseline_finish=10, baseline_cost=100)  # fmt: skip
    return Program((
        Project((build,), members=(ProjectInfo("P"),), control=Control((_limit("time", 2),)),
                **fields),
    ), control=Control((_limit("time", 9), _limit("cost", 1_000))))  # fmt: skip


def test_an_exception_report_has_two_options_at_least_and_recommends_one() -> None:
    found = escalate(_crashable(), trials=3)
    report = found.report("P")
    assert report is not None
    assert report.authority == "program manager"
    # 15 days to 12: 3 x (400 - 100) / (15 - 9) = 150 dearer, by hand; cost may rise by nothing
    assert report.table["cost"].tolist() == [100, 250]
    assert report.table["exceeded"].tolist() == ["time of P", "cost of P"]
    assert [option.name for option in report.options] == [ACCEPT, "Crash P to day 12"]
    assert found.table.loc["P", "options"] == 2
    assert found.table.loc["P", "recommended"] == report.recommended


def test_risks_are_responded_to_and_both_together_is_an_option() -> None:
    frost = RiskEvent("R1", activities=("Build",), probability=0.9,
                      impact=ThreePoint(2, 4, 6), response_cost=10,
                      response_probability=0.0)  # fmt: skip
    report = escalate(_crashable(risks=(frost,)), trials=200).report("P")
    assert report is not None
    names = [option.name for option in report.options]
    assert names[0] == ACCEPT
    assert names[2] == "Respond to the risks of P"
    assert names[3] == f"{names[1]}, and respond to the risks"
    together = report[names[3]]
    assert {change.target for change in together.scenario.changes} == {"P.Build", "R1"}
    assert together.check["time of P"].measured.forecast == pytest.approx(
        min(o.check["time of P"].measured.forecast or 0.0 for o in report.options)
    )


def test_a_project_that_waits_for_another_may_win_time_there() -> None:
    power = Activity("Power", 15, fixed_cost=100, crash_duration=9, crash_cost=400,
                     baseline_start=0, baseline_finish=10)  # fmt: skip
    test = Activity("Test", 5, fixed_cost=10, baseline_start=10, baseline_finish=15)
    program = Program(
        (Project((power,), members=(ProjectInfo("Depot"),)),
         Project((test,), members=(ProjectInfo("Fleet"),))),
        (Dependency("Depot.Power", "Fleet.Test"),), control=Control((_limit("time", 9),)),
    )  # fmt: skip
    report = escalate(program, trials=3).report("Fleet")
    assert report is not None
    assert [option.name for option in report.options] == [ACCEPT, "Crash Depot to day 10"]
    assert report.recommended == "Crash Depot to day 10"


def test_where_money_and_responses_are_of_no_use_work_overlaps() -> None:
    dig = Activity("Dig", 12, fixed_cost=10, baseline_start=0, baseline_finish=8)
    pour = Activity("Pour", 4, fixed_cost=10, baseline_start=8, baseline_finish=12)
    project = Project((dig, pour), (Dependency("Dig", "Pour"),), members=(ProjectInfo("P"),))
    report = escalate(Program((project,)), trials=3).report("P")
    assert report is not None
    option = report["Begin P.Pour 4 days before P.Dig ends"]
    assert option.scenario.changes == (Change("P.Dig -> P.Pour", lag=-4),)
    assert option.check.is_within
    assert report.recommended == option.name


def test_where_the_plan_knows_one_option_only_it_asks_for_others() -> None:
    found = escalate(_program(10, 1_300), trials=3)
    assert found.report("P") is None
    assert found.table.loc["P", "options"] == 0
    assert str(found.table.loc["P", "reason"]).endswith(
        "the plan itself knows no second option: give escalate(..., options={project: "
        "[Scenario(...), ...]})"
    )
    cheaper = Scenario("Build less", [Change("P.Build", fixed_cost=1_100)])
    given = escalate(_program(10, 1_300), trials=3, options={"P": [Scenario("Pay"), cheaper]})
    report = given.report("P")
    assert report is not None
    assert report.recommended == "Build less"


def test_within_tolerance_there_is_no_exception_report() -> None:
    found = escalate(_program(), trials=3)
    assert found.report("P") is None
    assert found.raised == ()
    assert repr(found) == (
        "Escalation at P80: all within tolerance, the project managers decide"
    )  # fmt: skip


# -- The result ------------------------------------------------------------------------


def test_the_owners_of_a_benefit_that_is_affected_are_named() -> None:
    strategy = Strategy(benefits=(Benefit("B1", owner="Lena", enablers=("P",)),))
    late = escalate(_program(14, strategy=strategy), trials=3)["P"]
    assert late.heard == ("Lena",)
    assert late.sentence == (
        "P: time 1 day beyond its limit: the program manager decides; the benefit owner (Lena) is "
        "heard"
    )
    dear = escalate(_program(10, 1_300, strategy=strategy), trials=3)["P"]
    assert dear.heard == ()  # it comes in full and on time


def test_a_loss_of_benefit_asks_for_authority_over_benefits() -> None:
    levels = (Authority("program manager", benefit=40), Authority("sponsor", benefit=90))
    lost = Tolerance("benefit", below=10, target=100, forecast=50)  # type: ignore[arg-type]
    base = _program(levels=levels)
    first = base.projects[0]
    program = Program(
        (Project(first.activities, members=first.members, control=Control((lost,))),
         base.projects[1]),
        governance=base.governance,
    )  # fmt: skip
    item = escalate(program, trials=3)["P"]
    assert (item.role, item.measure, item.beyond) == ("sponsor", "benefit", 40)


@pytest.fixture(scope="module")
def found() -> Escalation:
    return escalate(sample())


def test_the_sample_goes_up_as_its_story_has_it(found: Escalation) -> None:
    table = found.table
    assert table.index.tolist() == ["Depot", "Fleet", "Service", "program"]
    assert table.columns.tolist() == [
        "measure", "forecast", "limit", "beyond", "unit", "level", "role", "person", "reason",
        "options", "recommended", "heard",
    ]  # fmt: skip
    assert (table["options"] >= 2).all()
    assert (table["recommended"] != "").all()
    assert table.loc["Depot", "level"] >= 2
    assert [item.level for item in found.raised] == sorted(
        (item.level for item in found.raised), reverse=True
    )


def test_why_is_told_with_its_numbers(found: Escalation) -> None:
    told = str(found.explain("Fleet")).splitlines()
    assert told[0].startswith("Fleet: time 5.7 days beyond its limit: the ")
    assert told[1:4] == [
        "  finish of the baseline: 2026-07-14",
        "  finish with 80% confidence, 2,000 trials of the program: 2026-08-03",
        "  allowed: 8 days above, so the limit is 2026-07-24",
    ]


def test_html_is_escaped() -> None:
    program = _program(14, authority="<i>board</i>")
    html = escalate(program, trials=3)._repr_html_()
    assert "<i>" not in html
    assert "&lt;i&gt;board" in html


def test_all_that_is_wrong_comes_at_once() -> None:
    with pytest.raises(
        PlanError,
        match=exactly(
            "escalate: options must be about one of 'P', 'Q', 'program', got 'Z'",
            "escalate: options about 'P' must be at least two, got 1",
        ),
    ):
        escalate(_program(), options={"Z": [Scenario("a"), Scenario("b")], "P": [Scenario("a")]})
    with pytest.raises(
        PlanError, match=exactly("escalate: confidence must be between 0 and 1, got 80")
    ):
        escalate(_program(), confidence=80)
    with pytest.raises(KeyError, match="no project 'Z', only 'P', 'Q', 'program'"):
        escalate(_program(), trials=3)["Z"]
