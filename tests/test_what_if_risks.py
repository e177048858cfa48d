"""A risk is added to an activity."""

from __future__ import annotations

import pytest

from pmkit.widgets.what_if import WhatIf
from tests.what_if_plans import shed


@pytest.fixture
def panel() -> WhatIf:
    return WhatIf(shed(), trials=0)


@pytest.fixture
def unsure() -> WhatIf:
    return WhatIf(shed(), trials=200, seed=1)


def test_a_risk_is_added_to_the_activity_that_is_picked(unsure):
    unsure.activity.value = "B"
    unsure.risk_name.value = "Late permit"
    unsure.risk_probability.type("40%")
    unsure.risk_days.value = 10
    unsure.risk_cost.value = 500
    unsure.add_risk.click()
    (risk,) = unsure.result.outcomes["What if"].plan.risks
    assert (risk.activities, risk.probability, risk.cost_impact) == (("B",), 0.4, 500)
    assert unsure.changes.items == ["W1: risk 'Late permit' on B: 40 %, 10 working days, cost 500"]
    before, after = unsure.result.table.loc["finish_p80", ["plan", "What if"]]
    assert after > before + 5


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_probability_beyond_its_limits_is_refused(panel, percent):
    panel.risk_probability.value = percent
    panel.add_risk.click()
    assert panel.status.text == (
        f"risk 'W1': probability must be between 0 and 100 %, got {percent}"
    )
    assert panel.scenario.changes == ()


def test_a_risk_must_do_something(panel):
    panel.risk_days.value = 0
    panel.add_risk.click()
    assert panel.status.text == "risk 'W1': must delay or cost something, got neither"
