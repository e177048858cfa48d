"""Decision trees as plain values and as tables, and another tree from one at hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.deciding.decide import decide
from pmkit.model.decision import Chance, Choice
from pmkit.model.decision_editing import branches_of, shifted, with_amounts, with_probability
from pmkit.model.decision_record import from_dict, from_table, to_dict, to_table
from pmkit.model.errors import PlanError
from tests.wording import exactly


def _demand(strong: float, weak: float) -> Chance:
    return Chance("demand", {"strong": (0.6, strong), "weak": (0.4, weak)})


_PLANT = Choice("plant", {"build": (_demand(200, 90), 120), "upgrade": (_demand(120, 60), 50)})
_amounts = st.integers(-1000, 1000).map(float)
_labels = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3, unique=True)


@st.composite
def _trees(draw: Any, depth: int = 2) -> Choice:
    def node(left: int, kind: str) -> Any:
        labels = draw(_labels)
        ends = [
            draw(_amounts) if not left or draw(st.booleans())
            else node(left - 1, draw(st.sampled_from(["choice", "event"])))
            for _ in labels
        ]  # fmt: skip
        name = f"{kind} {draw(st.integers(0, 10**9))}"
        if kind == "choice":
            costs = [draw(st.integers(0, 50)) for _ in labels]
            return Choice(name, dict(zip(labels, zip(ends, costs, strict=True), strict=True)))
        share = 1 / len(labels)
        return Chance(name, {label: (share, to) for label, to in zip(labels, ends, strict=True)})

    return node(depth, "choice")  # type: ignore[no-any-return]


@given(tree=_trees())
def test_a_tree_comes_back_from_values_and_from_a_table(tree: Choice) -> None:
    assert from_dict(to_dict(tree)) == tree
    assert from_table(to_table(tree)) == tree
    assert Choice.from_dict(tree.to_dict()) == tree


def test_one_event_in_two_places_is_two_nodes_of_one_name() -> None:
    rows = to_table(_PLANT)
    assert [row["node"] for row in rows[2:]] == ["demand", "demand", "demand, upgrade",
                                                 "demand, upgrade"]  # fmt: skip
    assert {row["name"] for row in rows[2:]} == {"demand"}


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "decision: must have at least one row, got none"),
        ([{"node": "A", "branch": "b"}], "decision row 2: leads_to must be given, got nothing"),
        ([{"node": "A", "branch": "b", "leads_to": "C"}],
         "decision row 2, 'A': leads_to must be an amount or another node, got 'C'"),
        ([{"node": "A", "branch": "b", "leads_to": "A"}],
         "decision: must not lead back to itself: A -> A"),
        ([{"node": "A", "branch": "b", "leads_to": 1}, {"node": "B", "branch": "c", "leads_to": 2}],
         "decision: every node must be led to from 'A', the first row's, got 'B'"),
        ([{"node": "A", "branch": "b", "leads_to": 1, "probability": 1}],
         "decision: the root must be a choice, got an event"),
        ([{"node": "A", "branch": "b", "leads_to": "B"},
          {"node": "B", "branch": "c", "leads_to": 1, "probability": 0.5},
          {"node": "B", "branch": "d", "leads_to": 1}],
         "decision row 4, 'B': probability must be given for every outcome of an event, or for "
         "none, got nothing"),
        ([{"node": "A", "branch": "b", "leads_to": 1}, {"node": "A", "branch": "b", "leads_to": 2}],
         "choice 'A', option 'b': must be given once, came more than once"),
        ([{"node": "A", "branch": "b", "leads_to": 1, "cost": "much"}],
         "decision row 2: cost must be a number, got 'much'"),
    ],
)  # fmt: skip
def test_rows_that_are_no_tree_are_refused(rows: list[dict[str, Any]], sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        from_table(rows)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([], "decision: a node must be a 'choice' or an 'event' with a list of 'branches', got []"),
        ({"choice": "A", "branches": [{}]},
         "choice 'A': a branch must have a 'label' and a 'to', got {}"),
        ({"event": "A", "branches": [{"label": "b", "to": 1, "probability": 1}]},
         "decision: the root must be a choice, got an event"),
    ],
)  # fmt: skip
def test_values_that_are_no_tree_are_refused(values: Any, sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        from_dict(values)


def test_a_tree_deeper_than_any_decision_is_refused() -> None:
    values: Any = 1
    for n in range(150):
        values = {"choice": f"c{n}", "branches": [{"label": "a", "to": values}]}
    with pytest.raises(PlanError, match=exactly(
        "decision: a path must have at most 100 choices and events"
    )):  # fmt: skip
        from_dict(values)


# Editing


def test_one_amount_changes_and_nothing_else() -> None:
    dear = with_amounts(_PLANT, ("build",), cost=100)
    assert decide(dear).options == {"build": 56, "upgrade": 46}
    less = with_amounts(_PLANT, ("build", "strong"), payoff=0)
    assert decide(less).options["upgrade"] == 46
    assert [p for p, _, _ in branches_of(_PLANT)][:3] == [
        ("build",), ("build", "strong"), ("build", "weak")]  # fmt: skip


def test_a_probability_changes_where_it_is_asked_for() -> None:
    every = with_probability(_PLANT, "demand", "strong", 0.9)
    assert [b.to.probabilities["strong"] for b in every.branches] == [0.9, 0.9]  # type: ignore[union-attr]
    one = with_probability(_PLANT, "demand", "strong", 0.9, at=("build",))
    assert [b.to.probabilities["strong"] for b in one.branches] == [0.9, 0.6]  # type: ignore[union-attr]


@given(
    chances=st.lists(st.floats(0.01, 1), min_size=2, max_size=5), p=st.floats(0, 1),
)  # fmt: skip
def test_shifted_probabilities_add_up_and_keep_their_proportions(
    chances: list[float], p: float
) -> None:
    total = sum(chances)
    told = {str(n): c / total for n, c in enumerate(chances)}
    moved = shifted(told, "0", p)
    assert sum(moved.values()) == pytest.approx(1)
    assert moved["0"] == p
    for label in list(told)[1:]:
        assert moved[label] * (1 - told["0"]) == pytest.approx(told[label] * (1 - p))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: with_amounts(_PLANT, ("wait",), cost=1),
         "decision 'plant': must have the branch, got 'wait'"),
        (lambda: with_amounts(_PLANT, ("build",), payoff=1),
         "'build': must be an end of the tree to pay something, got a branch that leads to "
         "'demand'"),
        (lambda: with_probability(_PLANT, "demand", "strong", 1.5),
         "event 'demand', outcome 'strong': probability must be between 0 and 1, got 1.5"),
        (lambda: with_probability(_PLANT, "rain", "strong", 0.5),
         "decision: event must be one of the tree ('demand'), got 'rain'"),
        (lambda: with_probability(_PLANT, "demand", "fair", 0.5),
         "event 'demand': outcome must be one of its own ('strong', 'weak'), got 'fair'"),
        (lambda: with_probability(Choice("c", {"a": Chance("e", {"x": (1, 1)})}), "e", "x", 0.5),
         "event 'e', outcome 'x': probability must be 1, as the only outcome, got 0.5"),
    ],
)  # fmt: skip
def test_what_cannot_be_edited_is_refused(call: Any, sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        call()
