"""Risk responses in a simulation: what remains is drawn, what the response costs is due."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pmkit.analysis.compare import compare
from pmkit.analysis.cost_at_completion import cost_at_completion
from pmkit.analysis.simulating.simulation import simulate
from pmkit.files.reader import read_bytes
from pmkit.files.tables import plan_tables
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.change import Change
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent, RiskState
from pmkit.model.scenario import Scenario


def plan_with(risk: RiskEvent) -> Project:
    return Project((Activity("A", 5, fixed_cost=1000),), risks=(risk,))


CERTAIN = RiskEvent("R", "frost", ("A",), 1.0, ThreePoint(10, 10, 10), response="heat",
                    response_cost=1500, response_most_likely=4)  # fmt: skip


def test_a_response_to_a_certain_risk_saves_the_same_days_in_every_trial() -> None:
    before = simulate(plan_with(CERTAIN), trials=500)
    after = simulate(plan_with(replace(CERTAIN, is_responded=True)), trials=500)
    assert set((before.finish.samples - after.finish.samples).tolist()) == {6.0}
    assert set((after.cost.samples - before.cost.samples).tolist()) == {1500.0}


def test_a_rarer_risk_occurs_in_trials_in_which_it_occurred_before() -> None:
    risk = replace(CERTAIN, probability=0.3, response_probability=0.1, response_most_likely=None)
    before = simulate(plan_with(risk), trials=5000, seed=3).finish.samples
    after = simulate(
        plan_with(replace(risk, is_responded=True)), trials=5000, seed=3
    ).finish.samples
    assert set((before - after).tolist()) == {0.0, 10.0}  # what remains is among what was
    assert np.mean(before > 5) == pytest.approx(0.3, abs=0.02)
    assert np.mean(after > 5) == pytest.approx(0.1, abs=0.015)


def test_what_the_register_leaves_empty_stays() -> None:
    risk = RiskEvent("R", "", ("A",), 0.4, ThreePoint(2, 4, 8), 900, is_responded=True)
    left = risk.as_it_stands
    assert (left.probability, left.impact, left.cost_impact) == (0.4, ThreePoint(2, 4, 8), 900)


def test_a_scenario_takes_a_response_and_its_cost_is_told() -> None:
    plan = plan_with(CERTAIN)
    table = compare(plan, Scenario("heat", (Change("R", is_responded=True),)), trials=200).table
    assert table.loc["cost", "heat delta"] == 1500
    assert table.loc["finish_p80", "heat delta"] == -6
    assert cost_at_completion(replace(plan, risks=())) == 1000


@pytest.mark.parametrize("state", [RiskState.OCCURRED, RiskState.CLOSED])
def test_only_an_open_risk_is_drawn(state: RiskState) -> None:
    result = simulate(plan_with(replace(CERTAIN, state=state)), trials=50)
    assert set(result.finish.samples.tolist()) == {5.0}


def test_what_is_taken_and_what_is_over_comes_back_from_a_file() -> None:
    import json

    taken = plan_with(replace(CERTAIN, is_responded=True, state=RiskState.OCCURRED))
    heading, row = plan_tables(taken)["risks"]
    told = dict(zip(heading, row, strict=True))
    assert (told["is_responded"], told["state"]) == ("yes", "occurred")
    sheets = {
        name: [dict(zip(rows[0], cells, strict=True)) for cells in rows[1:]]
        for name, rows in plan_tables(taken).items()
    }
    back = read_bytes("plan.json", json.dumps({"pmkit": 1, **sheets}))
    assert back.risks == taken.risks
    plain = plan_tables(plan_with(CERTAIN))["risks"][0]
    assert "is_responded" not in plain
    assert "state" not in plain
