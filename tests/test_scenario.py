"""Scenarios: changes in order on a plan that stays as it is, named in errors, saved as json."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.activity import Activity, Assignment, Distribution, ThreePoint
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from pmkit.model.scenario import Scenario
from tests.wording import exactly


@pytest.fixture
def plan() -> Project:
    return Project.from_table(
        [("A", 3, ""), ("B", 4, "A"), ("C", 2, "A"), ("D", 1, "B; C")],
        resources=(Resource("Crew"),),
    )


# -- Applying --------------------------------------------------------------------------


def test_changes_are_applied_in_order_each_on_the_result_of_the_last(plan: Project) -> None:
    grown = Scenario("grow", [Change("B", duration="+2"), Change("B", duration="*2")])
    assert grown.apply(plan)["B"].duration == 12
    doubled = Scenario("double", [Change("B", duration="*2"), Change("B", duration="+2")])
    assert doubled.apply(plan)["B"].duration == 10


def test_a_later_change_may_build_on_an_earlier_one(plan: Project) -> None:
    frost = RiskEvent("frost", activities=("B",), probability=0.2, impact=3)
    scenario = Scenario("winter", [Change("new", risk=frost), Change("frost", probability="*2")])
    assert scenario.apply(plan).risks[0].probability == 0.4


def test_the_plan_itself_stays_as_it_is(plan: Project) -> None:
    before = repr(vars(plan)["activities"]), plan.dependencies, plan.settings
    changes = [Change("B", duration=9, predecessors="C"), Change("settings", name="x")]
    Scenario("all", changes).apply(plan)
    assert (repr(plan.activities), plan.dependencies, plan.settings) == before


def test_without_changes_a_scenario_gives_an_equal_plan(plan: Project) -> None:
    assert Scenario("same").apply(plan) == plan


def test_dropping_the_last_change_undoes_it(plan: Project) -> None:
    changes = (Change("B", duration=9), Change("C -> D", lag=2), Change("Crew", capacity=4))
    steps = [Scenario("s", changes[:count]).apply(plan) for count in range(4)]
    assert len(set(steps)) == 4
    assert [Scenario("s", changes[:count]).apply(plan) for count in (2, 1, 0)] == steps[2::-1]


def test_one_change_needs_no_list() -> None:
    assert Scenario("slow", Change("B", duration=9)).changes == (Change("B", duration=9),)


@st.composite
def _plans(draw: st.DrawFn) -> Project:
    """Return a network of finish-to-start dependencies, each forward in the activity list."""
    ids = "ABCDEFG"[: draw(st.integers(1, 7))]
    pairs = [(p, s) for n, s in enumerate(ids) for p in ids[:n] if draw(st.booleans())]
    return Project(
        tuple(Activity(id_, draw(st.integers(0, 9))) for id_ in ids),
        tuple(Dependency(p, s, lag=draw(st.integers(-2, 3))) for p, s in pairs),
    )


@given(_plans(), st.data())
def test_a_longer_activity_never_finishes_the_plan_earlier(plan: Project, data: Any) -> None:
    id_ = data.draw(st.sampled_from([a.id for a in plan.activities]))
    days = data.draw(st.floats(0, 20))
    later = Scenario("later", [Change(id_, duration=f"+{days:.6f}")]).apply(plan)
    assert critical_path(later).finish >= critical_path(plan).finish


@given(_plans(), st.data())
def test_the_same_predecessors_written_again_change_no_date(plan: Project, data: Any) -> None:
    id_ = data.draw(st.sampled_from([a.id for a in plan.activities]))
    text = "; ".join(d.as_predecessor() for d in plan.dependencies if d.successor == id_)
    again = Scenario("again", [Change(id_, predecessors=text)]).apply(plan)
    assert set(again.dependencies) == set(plan.dependencies)
    assert critical_path(again).table.equals(critical_path(plan).table)


# -- As json ---------------------------------------------------------------------------

_TEXTS = st.text(max_size=8)
_DAYS = st.floats(0, 1e6)
_POINTS = st.builds(
    lambda points, shape: ThreePoint(*sorted(points), shape),
    st.tuples(_DAYS, _DAYS, _DAYS),
    st.sampled_from(Distribution),
)
_RISKS = st.builds(
    RiskEvent,
    st.text("RST9", min_size=1),
    _TEXTS,
    st.lists(st.text("ABC", min_size=1), max_size=3).map(tuple),
    st.floats(0, 1),
    st.none() | _POINTS,
    _DAYS,
    st.sampled_from(["threat", "opportunity"]),
    response_probability=st.none() | st.floats(0, 1),
)
_CHANGES = st.one_of(
    st.builds(Change, _TEXTS, duration=_DAYS | st.just("+10%"), name=_TEXTS),
    st.builds(Change, _TEXTS, three_point=_POINTS, fixed_cost_estimate=st.none() | _POINTS),
    st.builds(Change, _TEXTS, resources=st.lists(st.builds(Assignment, _TEXTS, _DAYS))),
    st.builds(Change, _TEXTS, resources=st.lists(st.tuples(_TEXTS, _DAYS))),
    st.builds(Change, _TEXTS, risk=_RISKS),
    st.builds(Change, _TEXTS, impact=_POINTS, activities=st.lists(_TEXTS)),
    st.builds(Change, _TEXTS, start=st.dates() | st.datetimes(), finish=st.none() | _DAYS),
    st.builds(Change, _TEXTS, lag=st.floats(-99, 99), remove=st.booleans(), predecessors=_TEXTS),
)
_SCENARIOS = st.builds(
    Scenario, _TEXTS.filter(lambda text: text.strip()), st.lists(_CHANGES, max_size=4)
)


@given(_SCENARIOS)
def test_a_scenario_comes_back_from_json_as_it_went(scenario: Scenario) -> None:
    text = json.dumps(scenario.to_dict(), allow_nan=False)
    again = Scenario.from_dict(json.loads(text))
    assert again == scenario
    assert [str(change) for change in again.changes] == [str(change) for change in scenario.changes]


def test_json_is_what_a_person_could_have_written() -> None:
    scenario = Scenario(
        "winter",
        [
            Change("B", duration="+5", constraint_date=date(2026, 5, 29)),
            Change("B", actual_start=datetime(2026, 5, 29, 8)),
            Change("R9", risk=RiskEvent("R9", "frost", ("B",), 0.25, 2)),
        ],
    )
    assert scenario.to_dict() == {
        "name": "winter",
        "changes": [
            {"target": "B", "duration": "+5", "constraint_date": "2026-05-29"},
            {"target": "B", "actual_start": "2026-05-29T08:00:00"},
            {
                "target": "R9",
                "risk": {
                    "id": "R9",
                    "name": "frost",
                    "activities": ["B"],
                    "probability": 0.25,
                    "impact": {
                        "optimistic": 2.0,
                        "most_likely": 2.0,
                        "pessimistic": 2.0,
                        "distribution": "beta-PERT",
                    },
                    "cost_impact": 0.0,
                    "kind": "threat",
                },
            },
        ],
    }


# -- What does not fit -----------------------------------------------------------------


def test_an_error_names_the_scenario_and_keeps_the_ids(plan: Project) -> None:
    sentence = (
        "scenario 'odd': activity 'B': duration must be a finite number of working days >= 0, "
        "got -1"
    )
    with pytest.raises(PlanError, match=exactly(sentence)) as caught:
        Scenario("odd", [Change("A", duration=1), Change("B", duration=-1)]).apply(plan)
    assert caught.value.ids == ("B",)


@pytest.mark.parametrize("name", ["", "  "])
def test_a_scenario_needs_a_name(name: str) -> None:
    with pytest.raises(PlanError, match=exactly("scenario: name must not be empty")):
        Scenario(name)


def test_what_is_no_change_is_refused() -> None:
    sentence = "scenario 'odd': changes must each be a Change, got ('B', 9)"
    with pytest.raises(PlanError, match=exactly(sentence)):
        Scenario("odd", [("B", 9)])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ({}, "KeyError: 'changes'"),
        ({"changes": []}, "KeyError: 'name'"),
        ([], "TypeError: list indices must be integers or slices, not str"),
        ({"name": "x", "changes": ["B"]}, "AttributeError: 'str' object has no attribute 'items'"),
        ({"name": "x", "changes": [{"duration": 3}]}, "KeyError: 'target'"),
        ({"name": "x", "changes": 3}, "TypeError: 'int' object is not iterable"),
    ],
)
def test_json_of_another_form_is_refused(data: Any, what: str) -> None:
    sentence = (
        "scenario: must have a name and a list of changes, each with its target, as saved by "
        f"pmkit, got something else ({what})"
    )
    with pytest.raises(PlanError, match=exactly(sentence)):
        Scenario.from_dict(data)


@pytest.mark.parametrize(
    "change",
    [
        {"target": "R", "risk": {"id": "R", "colour": "red"}},
        {"target": "A", "three_point": {"optimistic": 1}},
        {"target": "A", "resources": [{"name": "Crew"}]},
    ],
)
def test_json_with_parts_of_another_form_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(PlanError, match=r"\Ascenario: must have a name and a list of changes, "):
        Scenario.from_dict({"name": "x", "changes": [change]})
