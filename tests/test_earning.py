"""Earned value methods as people type them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.model.activity import Activity
from pmkit.model.earning import EarningRule
from pmkit.model.errors import PlanError
from tests.wording import exactly

RULE = (
    "ev_method must be empty or 'percent', two shares that add to 100 such as '0/100' or '50/50', "
    "'milestones' with weights that add to 100 such as 'milestones 20 30 50', or "
    "'level_of_effort'"
)


@pytest.mark.parametrize(
    ("text", "percent", "started", "finished", "earned"),
    [
        # PMI, Practice Standard for Earned Value Management (2011), ch. 4: fixed formula,
        # weighted milestone, percent complete
        ("", 40, True, False, 0.4),
        ("percent", 40, True, False, 0.4),
        ("0/100", 99, True, False, 0.0),
        ("0/100", 100, True, True, 1.0),
        ("50/50", 0, False, False, 0.0),
        ("50/50", 0, True, False, 0.5),
        ("50/50", 100, True, True, 1.0),
        ("25 / 75", 80, True, False, 0.25),
        ("milestones 20 30 50", 19, True, False, 0.0),
        ("milestones 20 30 50", 20, True, False, 0.2),
        ("milestones 20 30 50", 60, True, False, 0.5),
        ("Milestones 20, 30, 50", 100, True, True, 1.0),
        ("milestones 33.3 33.3 33.4", 66.6, True, False, 0.666),
    ],
)
def test_methods_earn_what_the_standard_says(text, percent, started, finished, earned):
    rule = EarningRule.parse(text)
    assert rule.earned(percent, started, finished) == pytest.approx(earned)
    found = rule.earned_array(np.array([percent]), np.array([started]), np.array([finished]))
    assert found[0] == pytest.approx(earned)


def test_level_of_effort_is_known_under_its_names():
    for text in ("level_of_effort", "Level of effort", "LOE"):
        assert EarningRule.parse(text).is_level_of_effort
    assert not EarningRule.parse("0/100").is_level_of_effort


@pytest.mark.parametrize("text", ["half", "50", "50/50/0", "a/b", "milestones", "milestones 50 x"])
def test_what_is_no_method_is_an_error(text):
    with pytest.raises(PlanError, match=exactly(f"{RULE}, got {text!r}")):
        EarningRule.parse(text)


@pytest.mark.parametrize(
    ("text", "total"), [("50/60", "110"), ("milestones 20 30", "50"), ("0/0", "0")]
)
def test_shares_must_add_to_100(text, total):
    with pytest.raises(PlanError, match=exactly(f"{RULE}; the shares of {text!r} add to {total}")):
        EarningRule.parse(text)


def test_an_activity_checks_its_method():
    with pytest.raises(PlanError, match=exactly(f"activity 'A': {RULE}, got 'half'")):
        Activity("A", 1, ev_method="half")


@given(st.lists(st.integers(1, 30), min_size=2, max_size=6), st.floats(0, 100), st.floats(0, 100))
def test_more_work_never_earns_less(weights, one, other):
    low, high = sorted((one, other))
    share = 100 / sum(weights)
    text = "milestones " + " ".join(f"{w * share:.12f}" for w in weights)
    for method in ("", "30/70", text):
        rule = EarningRule.parse(method)
        earned = [rule.earned(p, True, p == 100) for p in (low, high)]
        assert 0 <= earned[0] <= earned[1] <= 1


@given(st.sampled_from(["percent", "50/50", "0/100", "milestones 20 30 50", "level_of_effort"]))
def test_a_rule_is_written_as_it_is_read(text):
    assert str(EarningRule.parse(text)) == text
    assert EarningRule.parse(str(EarningRule.parse(text))) == EarningRule.parse(text)
