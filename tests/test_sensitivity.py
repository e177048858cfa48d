"""The four indices, against a published run, theory and their definitions."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

import pmkit as pm
from pmkit.analysis.simulating.sensitivity import LOOKED_AT
from pmkit.analysis.simulating.simulation import simulate
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project


def chain(*points: tuple[float, float, float]) -> Project:
    activities = tuple(Activity(f"A{k}", three_point=ThreePoint(*p)) for k, p in enumerate(points))
    links = tuple(Dependency(f"A{k}", f"A{k + 1}") for k in range(len(points) - 1))
    return Project(activities, links)


def test_the_published_run_of_a_real_project_is_met(truth: Path) -> None:
    # C2016-28 of DSLIB (Batselier & Vanhoucke, 2015): a small-sample run, so criticality and
    # significance agree closely, cruciality only roughly.
    folder = truth / "real" / "C2016-28"
    with (folder / "expected_sensitivity.csv").open(encoding="utf-8") as file:
        expected = {row["id"]: row for row in csv.DictReader(file)}
    table = simulate(pm.read(folder), seed=1).table.loc[list(expected)]
    for name, column, mean_apart in (
        ("criticality", "criticality_index", 0.02),
        ("significance", "significance_index", 0.02),
        ("schedule_sensitivity", "schedule_sensitivity_index", 0.03),
        ("cruciality", "cruciality_r", 0.08),
    ):
        published = np.array([float(row[column]) for row in expected.values()])
        assert np.abs(table[name] - published).mean() < mean_apart, name


def test_in_a_chain_sensitivity_and_cruciality_are_the_share_of_the_spread() -> None:
    # Independent durations add up, so correlation with the sum is sigma_i / sigma_T.
    plan = chain((2, 3, 10), (5, 6, 7), (1, 4, 6))
    table = simulate(plan, seed=2).table
    spans = [(2, 3, 10), (5, 6, 7), (1, 4, 6)]
    means = [(o + 4 * m + p) / 6 for o, m, p in spans]
    variances = [(u - o) * (p - u) / 7 for u, (o, _, p) in zip(means, spans, strict=True)]
    shares = np.sqrt(np.array(variances) / sum(variances))
    assert table["schedule_sensitivity"].to_numpy() == pytest.approx(shares, abs=0.02)
    assert table["cruciality"].to_numpy() == pytest.approx(shares, abs=0.03)
    assert table["criticality"].tolist() == [1, 1, 1]
    assert table["significance"].to_numpy() == pytest.approx(np.ones(3), abs=1e-6)


def test_float_lowers_significance_as_defined() -> None:
    # Fixed durations: A 10 critical; B 4 with 6 days of float: 4 / (4 + 6)
    plan = Project((Activity("A", 10), Activity("B", 4)))
    table = simulate(plan, 50).table
    assert table["significance"].to_numpy() == pytest.approx([1, 0.4], abs=1e-6)
    assert table["cruciality"].tolist() == [0, 0]
    assert table["schedule_sensitivity"].tolist() == [0, 0]


def test_a_driving_start_is_critical_though_its_duration_does_not_matter() -> None:
    # B starts with A and is far longer: a delay of A's start delays all, its length delays nothing.
    plan = Project(
        (Activity("A", three_point=ThreePoint(1, 2, 3)), Activity("B", 20)),
        (Dependency("A", "B", "SS"),),  # type: ignore[arg-type]
    )
    row = simulate(plan, 2_000).table.loc["A"]
    assert row["criticality"] == 1
    assert row["cruciality"] == 0


def test_a_milestone_is_not_significant_and_disturbs_nothing() -> None:
    plan = Project((Activity("A", 3), Activity("M", 0)), (Dependency("A", "M"),))
    table = simulate(plan, 5).table
    assert table["significance"].tolist() == [1, 0]
    assert table["criticality"].tolist() == [1, 1]


def test_a_plan_that_takes_no_time_has_indices_too() -> None:
    table = simulate(Project((Activity("M", 0),)), 5).table
    assert table.notna().all().all()


def test_a_long_run_is_looked_at_in_part_and_once() -> None:
    simulation = simulate(chain((2, 3, 10)), 3 * LOOKED_AT)
    assert simulation._sensitivity.trials == LOOKED_AT
    assert simulation._sensitivity is simulation._sensitivity
