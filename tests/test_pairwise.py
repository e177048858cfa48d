"""Weights by pairwise comparison, beside published cases."""

from __future__ import annotations

import json
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.aligning.pairwise import weigh
from pmkit.analysis.aligning.random_index import RANDOM_INDEX, expected_at_random
from pmkit.model.errors import PlanError
from tests.wording import exactly

weights = st.lists(st.floats(0.05, 20), min_size=2, max_size=7)


def _pairs(values: list[float]) -> list[tuple[str, str, float]]:
    return [(f"x{i}", f"x{k}", values[i] / values[k]) for i, k in
            combinations(range(len(values)), 2)]  # fmt: skip


@pytest.fixture
def cases(truth) -> Any:
    return json.loads((truth / "ahp.json").read_text())


def test_the_drinks_of_saaty_2008_with_both_random_indices(cases: Any) -> None:
    """Saaty, "Decision making with the analytic hierarchy process", 2008."""
    case = cases["saaty_2008_drinks"]
    found = weigh(tuple(pair) for pair in case["pairs"])
    assert found.weights == pytest.approx(case["expected"]["weights"], abs=5e-5)
    assert found.consistency_ratio == pytest.approx(case["expected"]["cr_saaty"], abs=5e-4)
    other = weigh((tuple(pair) for pair in case["pairs"]), random_index="donegan_dodd")
    assert other.consistency_ratio == pytest.approx(case["expected"]["cr_donegan_dodd"], abs=5e-5)


def test_the_cars_of_a_hierarchy_to_three_decimals(cases: Any) -> None:
    case = cases["wikipedia_car"]
    levels = {name: weigh(map(tuple, pairs)).weights for name, pairs in case["hier"].items()}

    def spread(name: str, share: float) -> dict[str, float]:
        found: dict[str, float] = {}
        for part, weight in levels[name].items():
            below = spread(part, share * weight) if part in levels else {part: share * weight}
            for leaf, value in below.items():
                found[leaf] = found.get(leaf, 0.0) + value
        return found

    assert spread("Criteria", 1.0) == pytest.approx(case["expected"]["weights"], abs=5e-4)


@given(weights)
def test_ratios_of_weights_give_the_weights_back_and_are_consistent(values: list[float]) -> None:
    found = weigh(_pairs(values))
    total = sum(values)
    expected = {f"x{n}": value / total for n, value in enumerate(values)}
    assert found.weights == pytest.approx(expected, rel=1e-6)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-6)


@given(weights, st.randoms(use_true_random=False))
def test_consistent_judgements_need_not_all_be_made(values: list[float], random: Any) -> None:
    pairs = _pairs(values)
    tree = pairs[: len(values) - 1]  # all against the first
    more = [pair for pair in pairs[len(values) - 1 :] if random.random() < 0.5]
    found = weigh([*tree, *more])
    assert found.weights == pytest.approx(weigh(pairs).weights, rel=1e-4)
    assert len(found.missing) == len(pairs) - len(tree) - len(more)


def test_a_gap_is_filled_so_that_the_eigenvalue_is_least() -> None:
    """Bozoki, Fulop & Ronyai (2010): one minimum; here found by trying."""
    told = [("a", "b", 2), ("b", "c", 3), ("c", "d", 2), ("a", "c", 4), ("b", "d", 4)]
    found = weigh(told)
    assert found.missing == (("a", "d"),)
    tried = [weigh([*told, ("a", "d", ratio)]).consistency_ratio for ratio in
             np.linspace(6, 16, 400)]  # fmt: skip
    assert found.consistency_ratio <= min(tried) + 1e-9
    assert found.consistency_ratio == pytest.approx(min(tried), abs=1e-5)


def test_the_judgement_that_hurts_most_is_named_with_what_would_fit() -> None:
    told = [("a", "b", 2), ("a", "c", 4), ("a", "d", 8), ("b", "c", 2), ("b", "d", 4),
            ("c", "d", 1 / 3)]  # fmt: skip
    found = weigh(told)
    assert found.worst == ("c", "d", pytest.approx(1 / 3))
    assert found.table.iloc[0]["would_be"] == pytest.approx(2, rel=1e-4)
    assert found.table.iloc[0]["ratio_without"] == pytest.approx(0, abs=1e-6)
    assert not found.is_consistent
    assert "c against d hurts most: 0.333 was judged, 2 would fit the others" in str(
        found.explain()
    )


def test_what_fits_has_no_worst_and_two_things_cannot_contradict_each_other() -> None:
    assert weigh([("a", "b", 9)]).consistency_ratio == 0
    assert weigh([("a", "b", 2), ("b", "c", 3), ("a", "c", 6)]).worst is None


def test_a_weight_shows_its_arithmetic() -> None:
    told = str(weigh([("a", "b", 3)]).explain("a"))
    assert told.splitlines()[1].strip() == "(1 x 0.750 + 3 x 0.250) / 2.000 = 1.5 / 2.000"


def test_a_table_of_random_indices_ends_somewhere() -> None:
    assert expected_at_random("saaty", 2) == 0
    assert max(RANDOM_INDEX["saaty"]) == 15


@pytest.mark.parametrize(
    ("judgements", "sentence"),
    [
        ([("a", "b")], "judgement 1: must be two names and a ratio, got ('a', 'b')"),
        ([("a", " a ", 2)], "judgement 1: must compare two different things, got 'a' and 'a'"),
        ([("a", "b", 0)],
         "judgement 1, 'a' against 'b': ratio must be a finite number > 0, got 0"),
        ([("a", "b", 2), ("b", "a", 2)],
         "judgement 2: 'b' and 'a' must be compared once, came more than once"),
        ([], "judgements: must compare at least two things, got none"),
        ([("a", "b", 2), ("c", "d", 2)],
         "judgements: must connect everything that is compared, 'a' and 'c' are compared with "
         "nothing in common"),
        ([("x", f"y{n}", 1) for n in range(15)],
         "judgements: at most 15 things can be compared with the random index of saaty, got 16"),
    ],
)  # fmt: skip
def test_what_is_no_judgement_is_refused(judgements: Any, sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        weigh(judgements)


def test_an_unknown_table_is_refused_and_an_unknown_name_is_not_found() -> None:
    with pytest.raises(
        PlanError, match=exactly("random_index: must be one of saaty, donegan_dodd, got 'mine'")
    ):
        weigh([("a", "b", 2)], random_index="mine")
    with pytest.raises(PlanError, match=exactly("weights: name must be one of 'a', 'b', got 'c'")):
        weigh([("a", "b", 2)]).explain("c")
