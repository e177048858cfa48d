"""A program simulated by project: joint confidence, all interfaces kept, what they share."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.control.tolerance_check import check_tolerances
from pmkit.analysis.progress import Cancelled
from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.analysis.simulating.simulation import simulate
from pmkit.analysis.together.program_simulation import ProgramSimulation, simulate_program
from pmkit.data import sample
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.calendar import Calendar
from pmkit.model.control import Control
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.tolerance import Measure, Tolerance
from tests.test_project_float import programs
from tests.wording import exactly

_POINTS = ThreePoint(8, 10, 18)


def _work(id_: str, *activities: Activity, **fields: object) -> Project:
    given = activities or (Activity("Work", three_point=_POINTS, cost_per_day=1_000),)
    return Project(given, members=(ProjectInfo(id_),), **fields)


def _sides(count: int = 2, **fields: object) -> Program:
    return Program(tuple(_work(f"P{n}") for n in range(count)), **fields)


def test_the_whole_is_what_simulate_says_and_its_projects_make_it_up() -> None:
    """With the same correlation the random numbers are those of `simulate`, trial by trial."""
    for plan in (sample(), sample(progress=False)):
        alone = simulate(plan, trials=2_000, seed=7)
        found = simulate_program(plan, 2_000, 7, correlation={})
        assert (found.finish.samples == alone.finish.samples).all()
        assert found.cost.samples == pytest.approx(alone.cost.samples)
        assert (found.criticality == alone.criticality).all()
        parts = [part for id_, part in found.parts.items() if id_]
        assert (np.max([p.finish.samples for p in parts], axis=0) == found.finish.samples).all()


def test_what_is_paid_by_no_project_is_paid_by_the_program() -> None:
    """R9, a grant of 95,000 with 0.4, stands in the program's register; R7 acts on two projects."""
    found = simulate_program(sample(), 4_000, 7)
    rest = found.cost.samples - sum(p.cost.samples for i, p in found.parts.items() if i)
    amounts = set(np.round(rest, 3).tolist())
    assert amounts == {-95e3, -77e3, -73e3, -55e3, 0, 18e3, 22e3, 40e3}
    granted = np.isin(np.round(rest, 3), (-95e3, -77e3, -73e3, -55e3))
    assert np.mean(granted) == pytest.approx(0.4, abs=0.03)


def test_a_risk_is_paid_by_the_project_it_acts_on_or_whose_register_has_it() -> None:
    inside = RiskEvent("R", probability=1.0, cost_impact=50.0)
    acting = RiskEvent("S", activities=("P1.Work",), probability=1.0, cost_impact=7.0)
    shared = RiskEvent("T", activities=("P0.Work", "P1.Work"), probability=1.0, cost_impact=100.0)
    first = replace(_work("P0", Activity("Work", 1)), risks=(inside,))
    same_id = RiskEvent("R", probability=1.0, cost_impact=1e3)
    second = _work("P1", Activity("Work", 1))
    program = Program((first, second), risks=(acting, shared, same_id))
    found = simulate_program(program, 10)
    money = {id_: part.cost.samples[0] for id_, part in found.parts.items()}
    assert money == {"": 1157, "P0": 50, "P1": 7}


def test_defaults_are_printed_and_independence_is_asked_for() -> None:
    assert simulate_program(_sides(), 10).correlation == (
        "0.3 within a project, 0.2 across (defaults)"
    )
    asked = simulate_program(_sides(), 10, within=0, across=0)
    assert asked.correlation == "0 within a project, 0 across (as asked)"
    less = simulate_program(_sides(), 10, within=0.1)
    assert less.correlation == "0.1 within a project, 0.1 across (as asked)"
    more = simulate_program(_sides(), 10, across=0.6)
    assert more.correlation == "0.6 within a project, 0.6 across (as asked)"
    matrix = {("P0.Work", "P1.Work"): 0.9}
    assert simulate_program(_sides(), 10, correlation=matrix).correlation == "as given"
    assert "correlation 0.3 within a project, 0.2 across, 0.5 within 4 groups (defaults)" in repr(
        simulate_program(sample(), 100)
    )


def test_correlation_widens_the_whole_and_leaves_each_as_it_was() -> None:
    program = _sides(12)
    found = {r: simulate_program(program, 10_000, 3, within=r, across=r) for r in (0.0, 0.3, 0.9)}
    spread = [one.cost.std() for one in found.values()]
    assert spread[0] < spread[1] < spread[2]
    # sd of a sum of n equal ones is sd sqrt(n (1 + (n - 1) r)); the r of the costs themselves is a
    # little below that of their normals
    alone = found[0.0].of("P1").cost.std()
    assert spread[0] == pytest.approx(alone * 12**0.5, rel=0.03)
    assert spread[1] == pytest.approx(alone * (12 * (1 + 11 * 0.3)) ** 0.5, rel=0.05)
    assert found[0.9].of("P1").cost.std() == pytest.approx(alone, rel=0.03)


def test_the_same_seed_gives_the_same_answer_on_any_executor() -> None:
    links = (Dependency("P0.Work", "P2.Work"), Dependency("P1.Work", "P2.Work"))
    program = _sides(3, interdependencies=links)
    alone = simulate_program(program, 12_000, 5)
    with ThreadPoolExecutor(2) as executor:
        shared = simulate_program(program, 12_000, 5, executor=executor)
    for id_, part in alone.parts.items():
        assert (part.finish.samples == shared.parts[id_].finish.samples).all()
        assert (part.cost.samples == shared.parts[id_].cost.samples).all()
    assert alone.interface_table.equals(shared.interface_table)


def test_joint_confidence_lies_between_the_bounds_and_the_target_is_what_was_agreed() -> None:
    saved = set_baseline(_sides())
    found = simulate_program(saved, 4_000, 1)
    table = found.table
    assert table["finish_target"].tolist() == [11, 11, 11]  # (8 + 40 + 18) / 6
    assert table["cost_target"].tolist() == [11_000, 11_000, 22_000]
    for name, row in table.iterrows():
        both, one, other = row["p_joint"], row["p_finish_on_target"], row["p_cost_on_target"]
        assert max(one + other - 1, 0) <= both <= min(one, other)
        assert both == found.joint(project="" if name == "program" else str(name))
    # cost is time here: in a project both are kept or neither
    assert table.loc["P0", "p_joint"] == table.loc["P0", "p_finish_on_target"]


def test_targets_agree_with_those_of_tolerances() -> None:
    plan = sample()
    found = simulate_program(plan, 100)
    control = Control((Tolerance(Measure.TIME, above=0), Tolerance(Measure.COST, above=0)))
    check = check_tolerances(replace(plan, control=control))
    part = found.of()
    assert part.finish_target.days == check["time"].measured.target
    assert part.cost_target == check["cost"].measured.target
    assert part.has_baseline


def test_without_a_baseline_the_schedule_is_the_target() -> None:
    found = simulate_program(sample(progress=False), 100)
    assert found.of().finish_target.days == 136
    assert "from the schedule, no baseline was saved" in str(found.explain())
    assert not found.of("Depot").has_baseline


def test_the_cost_of_a_joint_confidence_is_kept_with_it_and_no_less_is() -> None:
    part = simulate_program(_sides(), 4_000, 2).of()
    late = part.finish.quantile(0.9)
    cost = part.cost_for(0.7, late)
    assert part.joint(late, cost) >= 0.7
    assert part.joint(late, cost - 1) < 0.7
    assert part.cost_for(0.95, late) == float("inf")  # the finish alone is 90 % sure
    with pytest.raises(ValueError, match=r"joint confidence must be above 0 and up to 1, got 70"):
        part.cost_for(70)


def test_dates_and_days_are_limits_alike() -> None:
    found = simulate_program(sample(progress=False), 500, 1)
    assert found.joint("2026-08-28", 9.6e6) == found.joint(date(2026, 8, 28), 9.6e6)
    assert 0 < found.joint("2026-08-28", 9.6e6) < 1


def _interfaces(count: int, within: float, across: float) -> ProgramSimulation:
    """So many projects that each owe one thing to the last, promised for the same likely date."""
    givers = tuple(_work(f"P{n}") for n in range(count))
    links = tuple(Dependency(f"P{n}.Work", "Z.Use") for n in range(count))
    program = Program((*givers, _work("Z", Activity("Use", 5))), links)
    return simulate_program(set_baseline(program), 10_000, 4, within=within, across=across)


def test_all_interfaces_kept_is_the_product_where_they_are_independent() -> None:
    merge = _interfaces(5, 0, 0).all_interfaces()
    assert merge.together == pytest.approx(merge.product, abs=4 * merge.error)
    assert merge.product == pytest.approx(merge.smallest**5, rel=0.1)
    assert merge.together < merge.smallest


def test_what_they_have_in_common_brings_them_nearer_to_the_least_sure() -> None:
    found = [_interfaces(5, r, r).all_interfaces() for r in (0.0, 0.5, 1.0)]
    assert found[0].together < found[1].together < found[2].together
    assert found[1].product < found[1].together < found[1].smallest
    assert found[2].together == pytest.approx(found[2].smallest)


def test_merge_bias_names_who_stands_in_the_way() -> None:
    merge = simulate_program(sample(progress=False), 4_000, 7).all_interfaces("needed")
    table = merge.table
    assert table.index[0] == merge.least_sure == "Fleet.Inspect1 -> Service.Drivers"
    assert (table["p_kept_without"] >= merge.together).all()
    told = str(merge.explain())
    assert f"the least sure alone, {merge.least_sure}: {merge.smallest:.3f}" in told
    assert "dates do not pool" in told


def test_nothing_to_keep_is_kept() -> None:
    merge = simulate_program(_sides(), 10).all_interfaces()
    assert (merge.together, merge.least_sure, len(merge.table)) == (1.0, "", 0)
    assert repr(merge) == "MergeBias interfaces as promised: there are none"
    assert str(merge.explain()) == repr(merge)


def test_certain_interfaces_are_kept_and_what_is_met_is_not_watched() -> None:
    projects = _work("P", Activity("A", 5)), _work("Q", Activity("B", 5))
    program = Program(projects, (Dependency("P.A", "Q.B"),))
    found = simulate_program(set_baseline(program), 50)
    assert found.interface_table.iloc[0, :3].tolist() == [1, 1, 1]
    assert found.table["p_joint"].tolist() == [1, 1, 1]
    assert {one.id for one in simulate_program(sample(), 50).watched} == {
        one.id for one in simulate_program(sample(), 50).interfaces if not one.is_met
    }


def test_an_interface_is_kept_on_the_calendar_of_its_giver() -> None:
    """Promised for Sunday: Saturday night is in time, and Monday is not."""
    daily = Calendar.from_rows("daily", [("Mon-Sun", "08:00-16:00")])
    start = Settings(start=date(2026, 1, 5))  # a Monday
    for days, chance in ((7, 1.0), (8, 0.0)):
        giver = Activity("Work", days, calendar="daily", baseline_start=date(2026, 1, 5),
                         baseline_finish=date(2026, 1, 11))  # fmt: skip
        program = Program(
            (_work("P", giver, settings=start, calendars=(daily,)),
             _work("Q", Activity("Use", 5), settings=start)),
            (Dependency("P.Work", "Q.Use"),), start,
        )  # fmt: skip
        found = simulate_program(program, 20)
        assert found.interface_table["p_promised"].tolist() == [chance]


def test_starts_are_watched_too() -> None:
    uncertain = Activity("A", three_point=_POINTS)
    first = _work("P", uncertain, Activity("B", 2), dependencies=(Dependency("A", "B"),))
    program = Program((first, _work("Q", Activity("Use", 5))), (Dependency("P.B", "Q.Use", "SS"),))
    found = simulate_program(program, 2_000, 1)
    assert found.interface_table["p50"].iloc[0] == pytest.approx(
        found.of("P").finish.quantile(0.5) - 2
    )


def test_a_project_that_is_done_stays_where_it_ended() -> None:
    done = Activity("A", 5, actual_start=0.0, actual_finish=6.0)
    program = Program((_work("P", done), _work("Q")), settings=Settings(status_date=7.0))
    found = simulate_program(program, 50)
    assert set(found.of("P").finish.samples) == {6.0}
    assert found.of("Q").finish.samples.min() > 7


def test_progress_can_cancel_and_is_told() -> None:
    told = []
    simulate_program(_sides(), 100, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (100, 100)
    with pytest.raises(Cancelled):
        simulate_program(_sides(), 100, progress=lambda done, of: False)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"trials": 0}, "simulate_program: trials must be a whole number of at least 1, got 0"),
        ({"seed": 1.5}, "simulate_program: seed must be a whole number, got 1.5"),
        ({"within": 0.3, "correlation": 0.2}, "simulate_program: correlation must stand alone, or "
                                              "within and across, got both"),
        ({"within": 2}, "correlation within: must be between 0 and 1, got 2"),
    ],
)  # fmt: skip
def test_what_cannot_be_simulated_is_refused(wrong: dict, sentence: str) -> None:
    with pytest.raises(ValueError, match=exactly(sentence)):
        simulate_program(_sides(), **wrong)


def test_a_project_alone_is_refused_and_unknown_ones_are_named() -> None:
    sentence = "simulate_program: must be asked of a Program, got a Project"
    with pytest.raises(PlanError, match=exactly(sentence)):
        simulate_program(_work("P"))  # type: ignore[arg-type]
    found = simulate_program(_sides(), 10)
    with pytest.raises(KeyError, match="no project 'X' was simulated, only 'P0', 'P1'"):
        found.of("X")
    with pytest.raises(ValueError, match="by must be one of promised, needed, needed_by_program"):
        found.all_interfaces("asked")


def test_it_is_read_in_words_and_in_html() -> None:
    found = simulate_program(Program((_work("<b>P</b>"),)), 100, 1)
    assert "<b>" not in found._repr_html_()
    assert "<b>" not in found.explain("<b>P</b>")._repr_html_()
    assert repr(found.of("<b>P</b>")).startswith("SimulatedPart <b>P</b>: on target in time")
    found = simulate_program(sample(progress=False), 1_000, 7)
    shown = str(found.explain("Depot.Handover -> Service.TrialRun"))
    assert "promised 2026-06-22: " in shown
    assert "of 1,000 trials" in shown


@given(programs(), st.integers(0, 3))
@settings(max_examples=15)
def test_without_uncertainty_every_project_ends_where_it_is_scheduled(
    program: Program, seed: int
) -> None:
    found = simulate_program(program, 3, seed)
    table = found.table
    assert (table[["p_finish_on_target", "p_cost_on_target", "p_joint"]] == 1).all(axis=None)
    assert (table["p50"] == table["finish_target"]).all()
    assert found.all_interfaces("needed").together == 1
