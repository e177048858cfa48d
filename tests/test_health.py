"""Schedule health: a plan with hand-counted offenders for each of the DCMA's fourteen points."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.health import Health, check_health
from pmkit.analysis.health.rules import RULES
from pmkit.model.activity import Activity, Assignment
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.scenario import Scenario
from pmkit.model.settings import Settings
from tests.wording import exactly


def _chain(*days: float, **fields: Any) -> Project:
    """T1 -> T2 -> ... with one day each unless told."""
    tasks = tuple(Activity(f"T{n}", d, **fields) for n, d in enumerate(days, 1))
    links = tuple(Dependency(a.id, b.id) for a, b in pairwise(tasks))
    return Project(tasks, links)


def _with(plan: Project, *links: tuple[Any, ...], **fields: Any) -> Project:
    return replace(plan, dependencies=(*plan.dependencies, *(Dependency(*x) for x in links)),
                   **fields)  # fmt: skip


def _found(plan: Project, name: str, **limits: float) -> tuple[float | None, tuple[str, ...], Any]:
    check = check_health(plan, limits)[name]
    return check.value, check.offenders, check.passed


# 1 to 4: logic


def test_1_logic_counts_what_lacks_a_predecessor_or_a_successor() -> None:
    """Of 6, T6 hangs free; T1 begins and T5 ends the project, which is no offence."""
    plan = Project((*_chain(*[1.0] * 5).activities, Activity("T6", 1)),
                   _chain(*[1.0] * 5).dependencies)  # fmt: skip
    value, offenders, passed = _found(plan, "logic")
    assert value == pytest.approx(100 / 6)
    assert offenders == ("T6",)
    assert passed is False
    assert _found(_chain(*[1.0] * 5), "logic") == (0, (), True)


def test_2_leads_are_lags_below_zero() -> None:
    plan = _with(_chain(3.0, 3.0, 3.0), ("T1", "T3", "FS", -1))
    assert _found(plan, "leads") == (pytest.approx(100 / 3), ("T1 -> T3 (FS-1)",), False)


def test_3_lags_are_above_zero_and_five_per_cent_may_be() -> None:
    """One of 20 dependencies is 5 %, at the threshold; one of 19 is over it."""
    at = _chain(*[1.0] * 20)
    at = _with(at, ("T1", "T3", "FS", 1))
    assert _found(at, "lags") == (pytest.approx(5.0), ("T1 -> T3 (FS+1)",), True)
    over = _with(_chain(*[1.0] * 19), ("T1", "T3", "FS", 1))
    value, _, passed = _found(over, "lags")
    assert value == pytest.approx(100 / 19)
    assert passed is False


def test_4_nine_of_ten_dependencies_are_finish_to_start() -> None:
    at = _with(_chain(*[1.0] * 10), ("T1", "T3", "SS", 0))
    assert _found(at, "relationship_types") == (pytest.approx(90), ("T1 -> T3 (SS)",), True)
    over = _with(_chain(*[1.0] * 9), ("T1", "T3", "FF", 0))
    value, offenders, passed = _found(over, "relationship_types")
    assert (offenders, passed) == (("T1 -> T3 (FF)",), False)
    assert value == pytest.approx(100 * 8 / 9)


# 5 to 10: dates, float, length, resources


def test_5_hard_constraints_are_those_that_logic_cannot_move() -> None:
    kinds = ["must_start_on", "must_finish_on", "start_no_later_than", "finish_no_later_than",
             "start_no_earlier_than", "finish_no_earlier_than"]  # fmt: skip
    tasks = tuple(Activity(f"T{n}", 1, constraint=k, constraint_date=50)
                  for n, k in enumerate(kinds))  # fmt: skip
    value, offenders, passed = _found(Project(tasks), "hard_constraints")
    assert offenders == ("T0", "T1", "T2", "T3")
    assert value == pytest.approx(100 * 4 / 6)
    assert passed is False


def test_6_high_float_is_above_44_days() -> None:
    """Two side activities, with 44 and 45 days of float beside a chain of 46."""
    plan = Project(
        (Activity("Long", 46), Activity("S44", 2), Activity("S45", 1), Activity("End", 1)),
        tuple(Dependency(a, "End") for a in ("Long", "S44", "S45")),
    )
    assert _found(plan, "high_float") == (25, ("S45",), False)
    assert _found(plan, "high_float", high_float_days=45) == (0, (), True)


def test_7_negative_float_cannot_keep_a_date() -> None:
    plan = replace(_chain(3.0, 3.0), settings=Settings(finish=5))
    assert _found(plan, "negative_float") == (100, ("T1", "T2"), False)
    assert _found(replace(plan, settings=Settings(finish=6)), "negative_float") == (0, (), True)


def test_8_high_duration_is_more_than_44_days_to_go() -> None:
    plan = _chain(44.0, 45.0)
    assert _found(plan, "high_duration") == (50, ("T2",), False)
    begun = replace(plan.activities[1], actual_start=0, remaining_duration=44)
    begun_plan = replace(plan, activities=(plan.activities[0], begun))
    assert _found(begun_plan, "high_duration")[1] == ()


def test_9_invalid_dates_lie_before_the_status_date() -> None:
    """A forecast in the past: MS Project leaves late work where it was."""
    plan = replace(_chain(2.0, 2.0), settings=Settings(status_date=3, progress="unmoved"))
    value, offenders, passed = _found(plan, "invalid_dates")
    assert (value, offenders, passed) == (2, ("T1", "T2"), False)
    begun = replace(plan.activities[0], actual_start=2, percent_complete=10)
    moved = replace(plan, activities=(begun, plan.activities[1]), settings=Settings(status_date=3))
    assert _found(moved, "invalid_dates") == (0, (), True)


def test_10_resources_are_missing_where_nobody_works_and_nothing_is_paid() -> None:
    tasks = (
        Activity("Who", 1, resources=(Assignment("Ann"),)), Activity("Paid", 1, fixed_cost=5),
        Activity("None", 1), Activity("Short", 0.5),
    )  # fmt: skip
    plan = Project(tasks, resources=(Resource("Ann"),))
    value, offenders, passed = _found(plan, "resources")
    assert (offenders, passed) == (("None",), False)
    assert value == pytest.approx(100 / 3)
    assert check_health(_chain(1.0, 1.0))["resources"].reason == (
        "the plan has no resources and no costs"
    )


# 11 to 14: against the baseline


def _tracked() -> Project:
    """At day 10 four were due: one done in time, one late, one not done, one in time."""

    def task(id_: str, finish: float, done: float | None) -> Activity:
        told: dict[str, Any] = {} if done is None else {
            "actual_start": 0, "actual_finish": done, "percent_complete": 100}  # fmt: skip
        return Activity(id_, 2, baseline_start=finish - 2, baseline_finish=finish, **told)

    tasks = (task("In time", 4, 4), task("Late", 6, 7), task("Not done", 8, None),
             task("Early", 10, 9), task("Future", 14, None))  # fmt: skip
    return Project(tasks, settings=Settings(status_date=10))


def test_11_missed_activities_are_late_or_not_done() -> None:
    assert _found(_tracked(), "missed_activities") == (50, ("Late", "Not done"), False)


def test_12_the_critical_path_test_moves_the_finish_by_the_delay() -> None:
    assert _found(_chain(3.0, 3.0), "critical_path_test") == (600, (), True)
    tasks = (Activity("A", 3), Activity("B", 3, constraint="must_start_on", constraint_date=50))
    broken = Project(tasks, (Dependency("A", "B"),), Settings(constraints="honour_dates"))
    value, offenders, passed = _found(broken, "critical_path_test")
    assert passed is (value == 600)
    assert offenders == (() if passed else offenders)
    assert _found(_chain(3.0), "critical_path_test", critical_path_delay=5) == (5, (), True)


def test_13_cpli_weighs_the_float_against_the_length() -> None:
    """A path of 100 days with 5 days too many: (100 - 5) / 100 = 0.95, at the threshold."""
    at = replace(_chain(60.0, 40.0), settings=Settings(finish=95))
    assert _found(at, "cpli")[0] == pytest.approx(0.95)
    assert _found(at, "cpli")[2] is True
    over = replace(at, settings=Settings(finish=94))
    value, offenders, passed = _found(over, "cpli")
    assert (value, passed) == (pytest.approx(0.94), False)
    assert offenders == ("T1", "T2")


def test_14_bei_counts_what_is_complete_against_what_was_to_be() -> None:
    """Three complete of four due: 0.75."""
    value, offenders, passed = _found(_tracked(), "bei")
    assert (value, offenders, passed) == (0.75, ("Not done",), False)
    extra = Activity("New", 1)  # without a baseline: it was to be, too
    plan = replace(_tracked(), activities=(*_tracked().activities, extra))
    assert _found(plan, "bei")[0] == pytest.approx(0.6)


# The additions


def test_merge_hotspots_have_more_than_two_predecessors() -> None:
    tasks = tuple(Activity(i, 1) for i in "ABCDE")
    links = (*(Dependency(a, "D") for a in "ABC"), Dependency("D", "E"), Dependency("A", "E"))
    value, offenders, passed = _found(Project(tasks, links), "merge_hotspots")
    assert (value, offenders, passed) == (20, ("D",), False)
    assert _found(Project(tasks, links), "merge_hotspots", merge_predecessors=3)[1] == ()


def test_progress_out_of_sequence_is_found() -> None:
    tasks = (Activity("A", 5), Activity("B", 5, actual_start=1, percent_complete=20))
    plan = Project(tasks, (Dependency("A", "B"),), Settings(status_date=3))
    value, offenders, passed = _found(plan, "out_of_sequence")
    assert (value, offenders, passed) == (1, ("A -> B (FS)",), False)


def test_dangling_ends_are_governed_by_nobody() -> None:
    """B's start waits for nobody (FF), and nobody waits for B's finish (SS)."""
    tasks = tuple(Activity(i, 2) for i in "ABC")
    plan = Project(tasks, (Dependency("A", "B", "FF"), Dependency("B", "C", "SS")))
    assert _found(plan, "dangling_starts")[1] == ("B",)
    assert _found(plan, "dangling_finishes")[1] == ("B",)


# The whole


def test_the_table_has_every_rule_in_order() -> None:
    health = check_health(_tracked())
    assert health.table.index.tolist() == list(RULES)
    assert sum(rule.is_dcma for rule in RULES.values()) == 14
    assert len(health.passed) + len(health.failed) + len(health.unchecked) == 18
    assert health.score == len(health.passed) / (len(health.passed) + len(health.failed))
    assert health.table.loc["bei", "value"] == 0.75


def test_what_is_complete_and_what_spans_others_is_not_counted() -> None:
    tasks = (
        Activity("Done", 99, actual_start=0, actual_finish=99, percent_complete=100),
        Activity("Level", 99, type="level_of_effort"), Activity("Gate", 0), Activity("Do", 1),
    )  # fmt: skip
    plan = Project(tasks, (Dependency("Done", "Do"), Dependency("Do", "Gate")),
                   Settings(status_date=100))  # fmt: skip
    check = check_health(plan)["high_duration"]
    assert (check.of, check.offenders) == (1, ())


def test_what_cannot_be_checked_says_why() -> None:
    health = check_health(_chain(1.0, 1.0))
    assert health["bei"].reason == "needs a saved baseline and a status date"
    assert health["cpli"].reason == "needs a saved baseline or an imposed finish"
    assert health["invalid_dates"].reason == "needs a status date"
    assert health["bei"].value_text == "not checked"
    over = Activity("A", 1, actual_start=0, actual_finish=1, percent_complete=100)
    assert check_health(Project((over,)))["logic"].reason == "nothing is left to do"


def test_the_explanation_names_offenders_and_says_what_to_do() -> None:
    named = replace(_chain(44.0, 45.0).activities[1], name="Wait long")
    plan = replace(_chain(44.0, 45.0), activities=(_chain(44.0).activities[0], named))
    assert str(check_health(plan).explain("high_duration")).splitlines() == [
        "High duration: 50 %, at most 5 %: failed",
        "  " + check_health(plan)["high_duration"].meaning,
        "  1 of 2 incomplete activities = 50 %",
        "  T2 Wait long: 45 days to go",
        "  Split it into steps whose completion can be seen.",
    ]
    many = check_health(_chain(*[50.0] * 15)).explain("high_duration")
    assert "and 3 more" in str(many)
    assert str(check_health(plan).explain("bei")).startswith("Baseline execution index (BEI): not")


def test_mending_what_is_obvious_mends_it() -> None:
    plan = _with(_chain(3.0, 3.0, 3.0), ("T1", "T3", "SS", 2))
    health = check_health(plan)
    for name in ("lags", "relationship_types"):
        mended = Scenario("m", health.ways(name)).apply(plan)
        assert check_health(mended)[name].offenders == ()
    hard = replace(plan, activities=(
        replace(plan.activities[0], constraint="must_start_on", constraint_date=1),
        *plan.activities[1:],
    ))  # fmt: skip
    (way,) = check_health(hard).ways("hard_constraints")
    assert str(way) == "T1: constraint start_no_earlier_than"
    assert check_health(plan).way("high_duration", "T1") is None


def test_dates_before_the_status_date_are_mended_by_moving_to_it() -> None:
    settings_ = Settings(start=date(2026, 1, 5), status_date=date(2026, 1, 8), progress="unmoved")
    plan = replace(_chain(2.0, 2.0), settings=settings_)
    health = check_health(plan)
    mended = Scenario("m", health.ways("invalid_dates")).apply(plan)
    assert check_health(mended)["invalid_dates"].passed


def test_a_value_that_fails_never_reads_like_its_threshold() -> None:
    check = check_health(_chain(60.0, 40.0), {"high_duration": 49.999})["high_duration"]
    assert check.passed is False
    assert check.value_text == "50 %"
    assert check.threshold_text == "at most 50 %" or check.value_text != check.threshold_text


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        ([1], "thresholds: must be names and numbers such as {'lags': 10}, got [1]"),
        ({"lags": 101}, "threshold 'lags': must be a percentage from 0 to 100, got 101"),
        ({"bei": -1}, "threshold 'bei': must be a finite number >= 0, got -1"),
        ({"invalid_dates": 1.5}, "threshold 'invalid_dates': must be a whole number >= 0, got 1.5"),
        ({"high_float_days": -1},
         "threshold 'high_float_days': must be a finite number of working days >= 0, got -1"),
        ({"critical_path_delay": 0}, "threshold 'critical_path_delay': must be a number of working "
                                     "days from 1 to 100,000, got 0"),
        ({"lags": True}, "threshold 'lags': must be a percentage from 0 to 100, got True"),
    ],
)  # fmt: skip
def test_a_threshold_that_cannot_be_is_refused(limits: Any, sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        check_health(_chain(1.0), limits)


def test_an_unknown_threshold_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(PlanError, match=r"^thresholds: must be named bei, cpli, .*, got 'mood'$"):
        check_health(_chain(1.0), {"mood": 1})
    with pytest.raises(KeyError, match="no check 'mood', only logic, leads"):
        check_health(_chain(1.0))["mood"]


def test_what_people_typed_is_escaped() -> None:
    assert "<td>Logic</td>" in check_health(_chain(1.0))._repr_html_()


@st.composite
def _plans(draw: Any) -> Project:
    days = draw(st.lists(st.integers(0, 80), min_size=1, max_size=7))
    tasks = tuple(Activity(f"T{n}", d) for n, d in enumerate(days))
    pairs = [(a, b) for a in range(len(days)) for b in range(a + 1, len(days))]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=8, unique=True)) if pairs else []
    kinds, lags = st.sampled_from(["FS", "SS", "FF", "SF"]), st.integers(-5, 5)
    links = tuple(Dependency(f"T{a}", f"T{b}", draw(kinds), draw(lags)) for a, b in chosen)
    finish = draw(st.none() | st.integers(1, 100))
    return Project(tasks, links, Settings(finish=finish))


@given(plan=_plans())
@settings(max_examples=60)
def test_offenders_are_among_those_that_were_looked_at(plan: Project) -> None:
    health: Health = check_health(plan)
    for check in health.checks:
        assert check.count <= check.of
        assert (check.passed is None) == bool(check.reason)
        assert len(check.details) == check.count
    for name in ("leads", "lags", "relationship_types"):
        mended = Scenario("m", health.ways(name)).apply(plan) if health.ways(name) else plan
        assert check_health(mended)[name].offenders == ()
