"""Levelling against what is known: PSPLIB's j30 instances, real plans and the sample program.

Every schedule goes through the checker of `tests/reference/levelled.py`, which knows nothing of the
code under test. ``PMKIT_ALL_INSTANCES=1`` takes all sixty instances instead of twelve.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any

import pytest

import pmkit as pm
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.program import Plan
from pmkit.model.resource import ResourceType
from tests.psplib import read_rcp, read_sm
from tests.reference.levelled import violations

ALL = os.environ.get("PMKIT_ALL_INSTANCES", "") not in {"", "0"}
REAL = ("C2011-07", "C2011-08", "C2012-04", "C2012-13", "C2019-16")
# a fixed dozen, chosen by name from many parameter sets, before any was run
SAMPLE = ("j3013_2", "j3013_3", "j309_4", "j309_10", "j3041_3", "j3045_8", "j3029_2", "j3029_3",
        "j3010_6", "j3038_3", "j3048_1", "j302_8")  # fmt: skip


def best_known(truth: Path) -> dict[str, int]:
    """Return the best known finish of each instance; all of them are proven optimal."""
    with (truth / "rcpsp_j30" / "best_known.csv").open(newline="") as lines:
        known = {Path(row["file"]).stem: int(row["ub"]) for row in csv.DictReader(lines)}
    return known if ALL else {name: known[name] for name in SAMPLE}


def deviations(truth: Path, **how: Any) -> dict[str, float]:
    """Level every instance, check it, and return how far each finish is above the best known."""
    found = {}
    for name, best in best_known(truth).items():
        plan = read_sm(truth / "rcpsp_j30" / f"{name}.sm")
        levelled = pm.level(plan, **how)
        assert violations(plan, levelled) == [], name
        assert levelled.bound <= best <= levelled.finish, f"{name}: {levelled.outcome}"
        assert levelled.is_optimal == (levelled.finish == levelled.bound), name
        found[name] = levelled.finish / best - 1
    return found


def test_the_heuristic_is_within_one_percent_of_the_best_known_on_average(truth: Path) -> None:
    found = deviations(truth)
    assert sum(found.values()) / len(found) <= 0.01, found


@pytest.mark.long
def test_the_exact_engine_is_within_a_tenth_of_a_percent_on_average(truth: Path) -> None:
    pytest.importorskip("ortools")
    # a number of schedules before the solver, so that its hint is the same on every machine
    found = deviations(truth, engine="exact", schedules=30_000, time_limit=15)
    assert sum(found.values()) / len(found) <= 0.001, found


def over_capacity(plan: Plan) -> list[str]:
    """Name what one activity alone wants too much of: such a plan cannot be levelled."""
    network = plan.network
    capacities = {r.name: r.capacity for r in network.resources if r.type is ResourceType.RENEWABLE}
    return [
        f"activity {activity.id!r}: resource {wanted.resource!r}"
        for activity in network.activities
        for wanted in activity.resources
        if (capacity := capacities.get(wanted.resource)) is not None and wanted.units > capacity
    ]


def check_every_way(plan: Plan, finish: float | None = None) -> None:
    """Level a plan both ways and look at every rule; or see that the error names the demand."""
    if demands := over_capacity(plan):
        with pytest.raises(pm.InfeasibleError) as error:
            pm.level(plan)
        assert all(demand in str(error.value) for demand in demands)
        return
    before = critical_path(plan)
    levelled = pm.level(plan, time_limit=1)
    assert violations(plan, levelled) == []
    assert before.finish <= levelled.bound <= levelled.finish
    if finish is not None:
        assert levelled.finish == pytest.approx(finish)
    smooth = pm.level(plan, aim="smooth", time_limit=1)
    assert violations(plan, smooth, within_capacity=False) == []
    assert smooth.finish == pytest.approx(before.finish)


@pytest.mark.parametrize("name", REAL)
def test_a_real_plan_is_levelled_or_says_who_wants_too_much(name: str, truth: Path) -> None:
    check_every_way(pm.read(truth / "real" / name))


@pytest.mark.parametrize("name", REAL)
def test_a_real_plan_is_levelled_no_later_by_the_exact_engine(name: str, truth: Path) -> None:
    pytest.importorskip("ortools")
    plan = pm.read(truth / "real" / name)
    if over_capacity(plan):
        pytest.skip("one activity wants more than there is")
    exact = pm.level(plan, engine="exact", schedules=60, time_limit=20)
    assert violations(plan, exact) == []
    assert exact.finish <= pm.level(plan, schedules=60).finish + 1e-9


@pytest.mark.parametrize("progress", [False, True])
def test_the_sample_program_is_levelled(progress: bool) -> None:
    check_every_way(pm.sample(progress=progress))


@pytest.mark.parametrize("progress", [False, True])
def test_the_checker_finds_what_the_critical_path_of_the_sample_does_wrong(progress: bool) -> None:
    plan = pm.sample(progress=progress)
    found = violations(plan, critical_path(plan))
    assert any("'Charging specialist': at most 1 units" in sentence for sentence in found)
    assert all(sentence.startswith("resource ") for sentence in found)


PATTERSON = """
5 1
3
0 0 2 2 3
2 2 1 4
3 2 1 5
1 3 1 5
0 0 0
"""


def test_a_patterson_file_is_read_and_levelled(tmp_path: Path) -> None:
    (tmp_path / "one.rcp").write_text(PATTERSON)
    plan = read_rcp(tmp_path / "one.rcp")
    assert [str(link) for link in plan.dependencies] == [
        "1 -> 2 (FS)", "1 -> 3 (FS)", "2 -> 4 (FS)", "3 -> 5 (FS)", "4 -> 5 (FS)",
    ]  # fmt: skip
    assert critical_path(plan).finish == 3
    levelled = pm.level(plan)
    assert violations(plan, levelled) == []
    assert levelled.finish == 6  # no two of the three fit beside each other
