"""Forecast against tolerance: at the limit, just over it, and over two at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.control.tolerance_check import ToleranceCheck, check_tolerances
from pmkit.model.activity import Activity
from pmkit.model.control import Control
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.tolerance import Tolerance
from tests.wording import exactly

# Ten days and 1,000 were approved; it takes what each test says.


def _plan(
    days: float = 10.0, cost: float = 1000.0, *tolerances: Tolerance, **fields: Any
) -> Project:
    build = Activity("Build", days, fixed_cost=cost, baseline_start=0, baseline_finish=10,
                     baseline_cost=1000)  # fmt: skip
    return Project((build,), control=Control(tolerances), **fields)


def _limit(on: str, **fields: Any) -> Tolerance:
    return Tolerance(on, **fields)  # type: ignore[arg-type]


def _check(*args: Any, **fields: Any) -> ToleranceCheck:
    return check_tolerances(_plan(*args, **fields))


@pytest.mark.parametrize(
    ("tolerance", "at", "over"),
    [
        (_limit("time", above=2), (12, 1000), (12.0001, 1000)),
        (_limit("time", below=2), (8, 1000), (7.9999, 1000)),
        (_limit("time", above=20, unit="%"), (12, 1000), (12.0001, 1000)),
        (_limit("time", above=1, target=11), (12, 1000), (12.0001, 1000)),
        (_limit("cost", above=100), (10, 1100), (10, 1100.01)),
        (_limit("cost", below=100), (10, 900), (10, 899.99)),
        (_limit("cost", above=10, unit="%"), (10, 1100), (10, 1100.01)),
        (_limit("cost", above=0, target=1050), (10, 1050), (10, 1050.01)),
        (_limit("time", above=0), (10, 1000), (10.0001, 1000)),
    ],
)
def test_what_is_at_its_limit_is_within_and_what_is_just_over_is_not(
    tolerance: Tolerance, at: tuple[float, float], over: tuple[float, float]
) -> None:
    (check,) = _check(*at, tolerance).checks
    assert check.state == "within"
    assert check.used in (pytest.approx(1), 0)
    answer = _check(*over, tolerance)
    assert answer.checks[0].state == "exceeded"
    assert answer.authority == "program manager"


@pytest.mark.parametrize(
    ("fields", "at", "over"),
    [
        ({"on": "scope", "below": 2, "target": 24, "unit": "rooms"}, 22, 21),
        ({"on": "quality", "above": 0.5, "target": 1.0, "unit": "defects"}, 1.5, 1.51),
        ({"on": "benefit", "below": 5, "unit": "%", "target": 200_000}, 190_000, 189_999),
    ],
)
def test_what_the_plan_does_not_tell_is_told(
    fields: dict[str, Any], at: float, over: float
) -> None:
    assert _check(10, 1000, Tolerance(**fields, forecast=at)).is_within
    assert not _check(10, 1000, Tolerance(**fields, forecast=over)).is_within


def test_a_benefit_falls_with_every_day_after_the_baseline() -> None:
    benefit = _limit("benefit", below=900, target=50_000, lost_per_day=300)
    assert _check(13, 1000, benefit).is_within  # 3 x 300
    late = _check(13.01, 1000, benefit)
    assert late["benefit"].state == "exceeded"
    assert late["benefit"].measured.forecast == pytest.approx(50_000 - 300 * 3.01)
    assert _check(8, 1000, benefit)["benefit"].deviation == 0  # early gains nothing


def test_two_at_once_go_to_whoever_decides_on_each() -> None:
    limits = (_limit("time", above=2), _limit("cost", above=100, authority="sponsor"),
              _limit("scope", below=1, target=5, forecast=5))  # fmt: skip
    answer = _check(13, 1200, *limits)
    assert [c.subject for c in answer.exceeded] == ["time", "cost"]
    assert answer.authority == "program manager and sponsor"
    assert repr(answer) == (
        "ToleranceCheck 2 of 3 exceeded: time; cost; the program manager and the sponsor decide"
    )
    assert _check(12, 1200, *limits).authority == "sponsor"
    assert _check(12, 1100, *limits).authority == "project manager"


def test_the_budget_includes_contingency_and_excludes_the_management_reserve() -> None:
    settings = Settings(contingency=150, management_reserve=9_999)
    limit = _limit("cost", above=0)
    assert _check(10, 1150, limit, settings=settings).is_within
    assert not _check(10, 1150.01, limit, settings=settings).is_within


def test_a_response_that_is_taken_costs() -> None:
    risk = RiskEvent("R1", activities=("Build",), response_cost=101, is_responded=True)
    assert not _check(10, 1000, _limit("cost", above=100), risks=(risk,)).is_within


def test_each_project_of_a_program_has_its_own() -> None:
    def member(id_: str, days: float, *tolerances: Tolerance) -> Project:
        return replace(_plan(days, 1000 + days, *tolerances), members=(ProjectInfo(id_),))

    program = Program(
        (member("P", 12, _limit("time", above=1)), member("Q", 15, _limit("cost", above=15))),
        control=Control((_limit("time", above=5),)),
    )
    table = check_tolerances(program).table
    assert table.index.tolist() == ["time", "time of P", "cost of Q"]
    assert table["deviation"].tolist() == [5, 2, 15]
    assert table["state"].tolist() == ["within", "exceeded", "within"]


def test_a_date_is_the_end_of_its_day() -> None:
    start = Settings(start=date(2026, 1, 5))
    days = {"baseline_start": date(2026, 1, 5), "baseline_finish": date(2026, 1, 16)}
    control = Control((_limit("time", above=2), _limit("time", above=0, name="fair",
                                                       target=date(2026, 1, 20))))  # fmt: skip
    plan = Project((Activity("Build", 12, **days),), settings=start, control=control)
    answer = check_tolerances(plan)
    assert answer.is_within
    assert answer["fair"].deviation == 0
    assert "the limit is 2026-01-20" in str(answer.explain("time"))


def test_the_limit_is_a_day_to_act_until() -> None:
    settings = Settings(status_date=6)
    answer = _check(14, 1000, _limit("time", above=2), settings=settings)
    assert str(answer.explain("time")).splitlines()[-1].strip() == (
        "the limit is day 12, 6 days after the status date: it is not broken yet"
    )
    past = _check(14, 1000, _limit("time", above=2, target=2), settings=settings)
    assert "day 4, 2 days before the status date: it is broken" in str(past.explain("time"))


def test_with_confidence_the_simulation_is_the_forecast() -> None:
    risk = RiskEvent("R1", activities=("Build",), probability=0.5, impact=4, cost_impact=200)  # type: ignore[arg-type]
    sure = (_limit("time", above=3, confidence=0.4), _limit("time", above=3, name="P80",
            confidence=0.8), _limit("cost", above=100, confidence=0.8))  # fmt: skip
    answer = _check(10, 1000, *sure, risks=(risk,))
    assert answer.table["deviation"].tolist() == pytest.approx([0, 4, 200])
    assert [c.state for c in answer.checks] == ["within", "exceeded", "exceeded"]


@pytest.mark.parametrize(
    ("tolerance", "reason"),
    [
        (_limit("time", above=2), "needs a target, or a saved baseline"),
        (_limit("cost", above=2), "needs a target, or activities that cost something"),
        (_limit("benefit", below=2, target=5, lost_per_day=1),
         "needs a saved baseline to count the days that cost benefit"),
        (_limit("scope", below=2, target=0, forecast=0, unit="%"),
         "a target of 0 has no per cent"),
    ],
)  # fmt: skip
def test_what_cannot_be_known_is_said_to_be_unknown(tolerance: Tolerance, reason: str) -> None:
    plan = Project((Activity("A", 3),), control=Control((tolerance,)))
    (check,) = check_tolerances(plan).checks
    assert (check.state, check.reason) == ("unknown", reason)
    assert check.reason in str(check_tolerances(plan).explain(check.subject))


def test_a_chance_is_known_for_the_whole_only() -> None:
    member = replace(_plan(10, 1000, _limit("time", above=1, confidence=0.8)),
                     members=(ProjectInfo("P"),))  # fmt: skip
    (check,) = check_tolerances(Program((member,))).checks
    assert check.reason == (
        "a chance is known for the whole plan only; leave confidence empty for a project"
    )


def test_without_tolerances_the_project_manager_decides() -> None:
    answer = check_tolerances(_plan())
    assert (answer.authority, repr(answer)) == ("project manager", "ToleranceCheck none set")
    assert answer.table.empty


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        (_plan(10, 1000, _limit("time", above=1, project="Z")),
         "tolerance: project must be one of the plan's (none), got 'Z'"),
        (_plan(10, 1000, _limit("time", above=1, target=date(2026, 1, 5))),
         "tolerance on time: target must be a number of working days, because the plan has no "
         "start date, got 2026-01-05"),
    ],
)  # fmt: skip
def test_a_tolerance_that_does_not_fit_is_refused(plan: Project, sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        check_tolerances(plan)


def test_one_that_there_is_not_is_not_found() -> None:
    with pytest.raises(KeyError, match="no tolerance 'cost', only 'time'"):
        _check(10, 1000, _limit("time", above=1))["cost"]


def test_what_people_typed_is_escaped() -> None:
    shown = _check(10, 1000, _limit("scope", name="<b>", below=1, target=1, forecast=1))
    assert "<b>" not in shown._repr_html_()
    assert "&lt;b&gt;" in shown._repr_html_()


@given(days=st.floats(0, 40), above=st.floats(0, 20), below=st.floats(0, 20))
def test_it_is_exceeded_where_the_deviation_is_beyond_the_limit_and_nowhere_else(
    days: float, above: float, below: float
) -> None:
    (check,) = _check(days, 1000, _limit("time", above=above, below=below)).checks
    assert check.deviation is not None
    if check.state == "exceeded":
        assert check.deviation > above or check.deviation < -below
    else:
        assert -below - 2e-6 <= check.deviation <= above + 2e-6
