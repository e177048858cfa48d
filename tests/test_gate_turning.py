"""Where an assumption turns what is recommended at a gate."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.gating.gate_review import GateReview, review_gate
from pmkit.analysis.gating.turning import Turn, turns
from pmkit.model.errors import PlanError
from pmkit.model.governance import Gate, Governance
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo


def _review(cost: float, benefit: float = 120, recoverable: float = 15) -> GateReview:
    depot = ProjectInfo("Depot", money={"benefit": benefit})
    gate = Gate("G1", "Depot", cost_to_complete=cost, recoverable=recoverable, holding_cost=1)
    return review_gate(
        Program((), candidates=(depot,), governance=Governance(gates=(gate,))), "G1"
    )  # fmt: skip


def test_it_turns_where_what_is_ahead_is_worth_what_stopping_gives_back() -> None:
    """120 - cost = 15 at a cost of 105: above it stop, and from above fund below it."""
    (up,) = turns(_review, 100, 0, 500, 1e-4)
    assert (up.at, up.is_above, up.to) == (pytest.approx(105, abs=1e-3), True, "stop")
    (down,) = turns(_review, 140, 0, 500, 1e-4)
    assert (down.at, down.is_above, down.to) == (pytest.approx(105, abs=1e-3), False, "fund")


def test_nothing_turns_it_within_the_ends() -> None:
    assert turns(_review, 20, 10, 100, 1e-3) == ()
    assert turns(_review, 20, 20, 20, 1e-3) == ()


def test_an_end_that_cannot_be_reviewed_is_left_out() -> None:
    def picky(cost: float) -> GateReview:
        if cost > 200:
            raise PlanError("too dear to think of")
        return _review(cost)

    assert turns(picky, 100, 0, 500, 1e-3) == ()
    assert turns(picky, 100, 0, 200, 1e-3)[0].to == "stop"


def test_it_takes_a_handful_of_reviews_where_the_value_is_a_straight_line() -> None:
    seen = []

    def counted(cost: float) -> GateReview:
        seen.append(cost)
        return _review(cost)

    assert turns(counted, 100, 0, 1e6, 1e-3)[0].at == pytest.approx(105, abs=1e-3)
    assert len(seen) == 3
    assert turns(counted, 0, 0, 1e6, 1e-3)[0].at == pytest.approx(105, abs=1e-3)
    assert len(seen) == 6  # from an end, one in the middle tells whether it is straight


def test_a_bent_value_is_closed_in_on() -> None:
    """120 - cost ^ 1.5 = 15 at a cost of 105 ^ (2 / 3) = 22.26."""
    seen = []

    def bent(cost: float) -> GateReview:
        seen.append(cost)
        return _review(cost**1.5)

    (turn,) = turns(bent, 10, 0, 500, 1e-3)
    assert turn.at == pytest.approx(105 ** (2 / 3), abs=1e-3)
    assert 3 < len(seen) < 40


@settings(max_examples=25)
@given(st.floats(0, 1000), st.floats(0, 1000), st.floats(0, 500))
def test_on_either_side_of_it_stands_what_it_says(
    cost: float, benefit: float, recoverable: float
) -> None:
    def at(value: float) -> GateReview:
        return _review(value, benefit, recoverable)

    now = at(cost).recommended
    for turn in turns(at, cost, 0, 3000, 1e-3):
        assert isinstance(turn, Turn)
        assert turn.to != now
        side = 1 if turn.is_above else -1
        assert at(max(turn.at + side * 0.01, 0)).recommended == turn.to
        if abs(turn.at - cost) > 0.01:
            assert at(turn.at - side * 0.01).recommended == now
