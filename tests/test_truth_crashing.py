"""Crashing against published cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import pmkit as pm
from pmkit.analysis.cost import direct_cost


def test_general_foundry_has_the_published_costs_and_the_curve_of_the_linear_programme(truth: Path):
    for case in json.loads((truth / "crashing.json").read_text()).values():
        rows = case["activities"]
        plan = pm.Project(
            tuple(
                pm.Activity(id_, row["normal"], crash_duration=row["crash"],
                            crash_cost=row["crash_cost_total"])
                for id_, row in rows.items()
            ),
            tuple(pm.Dependency(p, id_) for id_, row in rows.items() for p in row["predecessors"]),
        )  # fmt: skip
        crashed = pm.crash(plan)
        for finish, cost in {**case["recomputed_lp_curve"], **case["published"]}.items():
            now = crashed.at(float(finish))
            assert now.cost == pytest.approx(cost)
            assert pm.critical_path(now.crashed).finish == pytest.approx(float(finish))
            assert direct_cost(now.crashed).total == pytest.approx(cost)
        ends = [float(finish) for finish in case["recomputed_lp_curve"]]
        assert (crashed.earliest, crashed.normal_finish) == (min(ends), max(ends))
