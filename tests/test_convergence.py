"""When a simulation has run long enough; that it stops there is in `test_simulation.py`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pmkit.analysis.simulating.convergence import Convergence
from pmkit.analysis.simulating.sample_distribution import SampleDistribution
from tests.wording import exactly


def finish(count: int) -> SampleDistribution:
    return SampleDistribution("finish", np.random.default_rng(1).normal(100, 10, count))


def test_more_trials_reach_what_fewer_do_not() -> None:
    rule = Convergence(quantile=0.8, half_width=0.5)
    # The standard error of P80 is sqrt(.8 .2 / n) / f(x) with f = .028: .5 needs about 3,100.
    assert not rule.is_reached(finish(1_500))
    assert rule.is_reached(finish(6_000))


def test_a_relative_width_is_a_share_of_the_estimate() -> None:
    sample = finish(6_000)
    width = 1.959964 * sample.quantile_error(0.8) / sample.quantile(0.8)
    assert Convergence(relative=width * 1.01).is_reached(sample)
    assert not Convergence(relative=width * 0.99).is_reached(sample)


def test_more_confidence_asks_for_more_trials() -> None:
    sample = finish(3_000)
    width = 1.96 * sample.quantile_error(0.8)
    assert Convergence(half_width=width * 1.01).is_reached(sample)
    assert not Convergence(half_width=width * 1.01, confidence=0.99).is_reached(sample)


def test_it_says_what_it_asks_in_words() -> None:
    assert Convergence(half_width=0.5).describe() == "finish P80 within +-0.5 at 95 % confidence"
    rule = Convergence(0.5, relative=0.01, of="cost", confidence=0.9)
    assert rule.describe() == "cost P50 within +-1 % at 90 % confidence"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"quantile": 80}, "convergence: quantile must be between 0 and 1, got 80"),
        ({"confidence": 95}, "convergence: confidence must be between 0 and 1, got 95"),
        (
            {"half_width": None},
            "convergence: give half_width (working days or money) or relative (a share), one of "
            "the two, got None and None",
        ),
        (
            {"relative": 0.1},
            "convergence: give half_width (working days or money) or relative (a share), one of "
            "the two, got 1 and 0.1",
        ),
        ({"half_width": 0}, "convergence: half_width must be a number above 0, got 0"),
        ({"of": "float"}, "convergence: of must be 'finish' or 'cost', got 'float'"),
        ({"max_trials": 0}, "convergence: max_trials must be at least 1, got 0"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=exactly(sentence)):
        Convergence(**({"half_width": 1} | fields))
