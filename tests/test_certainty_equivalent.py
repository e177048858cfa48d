"""What an option is worth to somebody averse to risk."""

from __future__ import annotations

from math import exp, log
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.deciding.decide import decide
from pmkit.model.decision import Chance, Choice
from pmkit.model.errors import PlanError
from tests.wording import exactly


def _coin(win: float, lose: float, p: float = 0.5) -> Choice:
    return Choice("bet", {"bet": Chance("coin", {"win": (p, win), "lose": (1 - p, lose)}),
                          "pass": 0})  # fmt: skip


def test_the_tolerance_is_about_where_one_just_takes_an_even_chance() -> None:
    """Win R or lose R / 2 (Howard, 1988): about worth nothing at a tolerance of R."""
    sure = decide(_coin(1000, -500)).certainty_equivalent(1000)
    assert abs(sure.options["bet"]) < 10
    assert decide(_coin(1000, -500)).certainty_equivalent(500).best == "pass"
    assert decide(_coin(1000, -500)).certainty_equivalent(5000).best == "bet"


def test_it_is_the_exponential_utility() -> None:
    found = decide(_coin(100, 0)).certainty_equivalent(50)
    assert found.options["bet"] == pytest.approx(-50 * log(0.5 * exp(-2) + 0.5))
    assert found.value == found.options["bet"]
    row = found.table.loc["bet"].to_dict()
    assert row["expected_value"] == 50
    assert row["risk_premium"] == pytest.approx(50 - found.value)
    assert row["is_best"]


def test_of_costs_the_sure_amount_is_higher() -> None:
    found = decide(_coin(100, 0), minimise=True).certainty_equivalent(50)
    assert found.options["bet"] > 50
    assert found.best == "pass"


def test_it_explains_itself_and_is_shown() -> None:
    found = decide(_coin(100, 0)).certainty_equivalent(50)
    assert "ln(" in str(found.explain("bet"))
    assert str(found.explain()).startswith("certainty equivalent of 'bet'")
    assert repr(found).startswith("CertaintyEquivalents 'bet' at a risk tolerance of 50: bet")
    assert "<table" in found._repr_html_()


@pytest.mark.parametrize("tolerance", [0, -1, float("nan"), True, "much"])
def test_another_tolerance_is_refused(tolerance: Any) -> None:
    with pytest.raises(PlanError, match=exactly(
        f"risk tolerance: must be a finite amount > 0, got {tolerance!r}"
    )):  # fmt: skip
        decide(_coin(1, 0)).certainty_equivalent(tolerance)


def test_an_option_that_there_is_not_is_refused() -> None:
    with pytest.raises(PlanError, match=exactly(
        "decision 'bet': option must be one of 'bet', 'pass', got 'fold'"
    )):  # fmt: skip
        decide(_coin(1, 0)).certainty_equivalent(5).explain("fold")


@given(
    win=st.integers(-1000, 1000), lose=st.integers(-1000, 1000), p=st.floats(0.01, 0.99),
    tolerance=st.floats(1, 1e5),
)  # fmt: skip
def test_it_is_never_more_than_the_mean_and_nears_it_as_the_tolerance_grows(
    win: int, lose: int, p: float, tolerance: float
) -> None:
    analysis = decide(_coin(win, lose, p))
    mean = analysis.options["bet"]
    some, more = (analysis.certainty_equivalent(t).options["bet"] for t in (tolerance, 1e9))
    assert min(win, lose) - 1e-6 <= some <= mean + 1e-6
    assert more == pytest.approx(mean, abs=1e-2)
