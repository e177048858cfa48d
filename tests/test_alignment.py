"""Projects against objectives: scores, ranks, what drives them and what would turn them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.aligning.alignment import Alignment, align
from pmkit.data import sample
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo
from pmkit.model.strategy import Objective, Strategy
from tests.wording import exactly


def _program(**told: Any) -> Program:
    projects = tuple(
        Project.from_table([("X", 1, "")], members=(ProjectInfo(id_),)) for id_ in ("P", "Q")
    )
    return Program(projects, strategy=Strategy(**told))


_ONE = (Objective("A"),)


def _alignment(scores: dict[str, tuple[float, ...]], weights: tuple[float, ...]) -> Alignment:
    objectives = tuple(Objective(f"o{n}", weight=w) for n, w in enumerate(weights))
    told = {(p, f"o{n}"): s for p, row in scores.items() for n, s in enumerate(row)}
    return Alignment(tuple(scores), Strategy(objectives, told), {})


def test_a_score_is_weights_times_contributions() -> None:
    """Depot: 0.4 x 0.3 + 0.35 x -0.1 + 0.25 x 0.4."""
    found = align(sample())
    three = found.table.loc[["Fleet", "Service", "Depot"]]
    assert three["score"].round(6).tolist() == [0.615, 0.525, 0.185]
    assert three["rank"].tolist() == [1, 2, 8]  # eight projects without activities are ranked too
    assert found.table.loc["Depot", ["driven_by", "held_back_by"]].tolist() == ["Air", "Riders"]
    assert str(found.explain("Depot")).splitlines()[1].strip() == (
        "0.4 x 0.3 (Air) + 0.35 x -0.1 (Riders) + 0.25 x 0.4 (Money) = 0.185"
    )
    assert found.consistency_ratio is None


def test_the_parts_of_an_objective_share_out_its_weight() -> None:
    strategy = Strategy((
        Objective("A", weight=1), Objective("B", weight=3), Objective("A1", weight=1, parent="A"),
        Objective("A2", weight=4, parent="A"),
    ))  # fmt: skip
    found = Alignment(("P",), strategy, {})
    assert found.weights.to_dict() == pytest.approx({"A1": 0.05, "A2": 0.2, "B": 0.75})


def test_without_weights_all_count_the_same() -> None:
    found = Alignment(("P",), Strategy((Objective("A"), Objective("B"))), {})
    assert found.weights.tolist() == [0.5, 0.5]


def test_judgements_of_pairs_come_before_weights() -> None:
    plan = _program(
        objectives=(Objective("A", weight=1), Objective("B", weight=1)),
        contributions={("P", "A"): 1},
        judgements={"": (("A", "B", 3),)},
    )
    found = align(plan)
    assert found.weights.to_dict() == pytest.approx({"A": 0.75, "B": 0.25})
    assert found.consistency_ratio == 0


def test_orphans_what_nobody_serves_and_what_is_opposed_are_named() -> None:
    found = _alignment({"P": (1, 0, -0.5), "Q": (0, 0, 0.5), "R": (0, 0, -1)}, (1, 1, 1))
    assert found.orphans == ("R",)
    assert found.unserved == ("o1",)
    assert found.opposed == (("o2", ("Q",), ("P", "R")),)
    assert "it serves no objective" in str(found.explain("R"))
    assert repr(found).endswith("; 1 orphan; 1 objective unserved")


def test_equal_scores_share_a_rank() -> None:
    found = _alignment({"P": (1, 0), "Q": (0, 1), "R": (0, 0.5)}, (1, 1))
    assert found.table["rank"].tolist() == [1, 1, 3]


def test_the_smallest_change_of_a_weight_that_turns_the_first_place() -> None:
    """Fleet leads Service by 0.09; with Riders at 0.4348 of all they are equal."""
    flip = align(sample()).smallest_flip
    assert flip is not None
    assert (flip.objective, flip.first, flip.second) == ("Riders", "Fleet", "Service")
    assert flip.flips_at == pytest.approx(10 / 23)
    assert flip.change == pytest.approx(10 / 23 - 0.35)


def test_where_one_is_better_in_everything_nothing_turns_it() -> None:
    found = _alignment({"P": (1, 0.5), "Q": (0.5, 0.2)}, (2, 1))
    assert found.flips("Q", "P") == ()
    assert found.smallest_flip is None


scores = st.lists(
    st.tuples(*[st.integers(-10, 10).map(lambda n: n / 10)] * 3), min_size=2, max_size=5
)
three = st.tuples(*[st.integers(1, 9)] * 3)


@given(scores, three)
def test_at_a_flip_the_two_are_equal(rows: list[tuple[float, ...]], weights: Any) -> None:
    found = _alignment({f"P{n}": row for n, row in enumerate(rows)}, weights)
    for flip in found.flips("P0", "P1"):
        moved = found.weights * (1 - flip.flips_at) / (1 - flip.weight)
        moved[flip.objective] = flip.flips_at
        assert moved.sum() == pytest.approx(1)
        both = found.contributions @ moved
        assert both["P0"] == pytest.approx(both["P1"], abs=1e-9)


@given(scores, three)
def test_each_rank_is_taken_once_in_each_draw(rows: list[tuple[float, ...]], weights: Any) -> None:
    found = _alignment({f"P{n}": row for n, row in enumerate(rows)}, weights)
    table = found.robustness(draws=200).table
    assert table.sum(axis=0).tolist() == pytest.approx([1] * len(rows))
    assert table.sum(axis=1).tolist() == pytest.approx([1] * len(rows))


def test_a_lead_that_noise_cannot_close_is_certain_and_equals_share() -> None:
    clear = _alignment({"P": (1, 1), "Q": (-1, -1)}, (1, 1)).robustness()
    assert clear.table.loc["P"].tolist() == [1, 0]
    assert clear.standard_error == 0
    even = _alignment({"P": (0.5, 0.5), "Q": (0.5, 0.5)}, (1, 1)).robustness()
    assert even.table.loc["P", 1] == pytest.approx(0.5, abs=4 * even.standard_error)
    assert even.standard_error == pytest.approx(0.005, abs=1e-4)


def test_weights_are_drawn_around_the_stated_ones_and_off_by_a_fifth() -> None:
    from pmkit.analysis.aligning.robustness import drawn_weights

    weights = np.array([0.5, 0.3, 0.2])
    drawn = drawn_weights(np.random.default_rng(1), weights, 20_000)
    assert drawn.mean(axis=0) == pytest.approx(weights, abs=0.003)
    relative = (drawn.std(axis=0) / weights) ** 2
    assert relative.mean() == pytest.approx(0.2**2, rel=0.05)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: align(Project.from_table([("A", 1, "")])),
         "alignment: the plan must have projects, got none"),
        (lambda: align(_program()), "objectives: must have at least one, got none"),
        (lambda: align(_program(objectives=_ONE)).explain("Z"),
         "alignment: project must be one of 'P', 'Q', got 'Z'"),
        (lambda: align(_program(objectives=_ONE)).flips("P", "Z"),
         "flips: project must be one of 'P', 'Q', got 'Z'"),
        (lambda: align(sample()).robustness(0), "robustness: draws must be at least 1, got 0"),
        (lambda: align(_program(
            objectives=(Objective("A"), Objective("B"), Objective("C")),
            judgements={"": (("A", "B", 3),)})),
         "judgements: must compare all of those at the top, got nothing on 'C'"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused(call: Any, sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        call()


def test_what_people_typed_is_escaped() -> None:
    found = _alignment({"<b>": (1,), "Q": (0,)}, (1,))
    assert "<b>" not in found._repr_html_()
