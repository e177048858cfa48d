"""The order of activities, and the errors of a network that has none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.topology import sort_network
from tests.wording import exactly


def links(*pairs: str) -> list[Dependency]:
    return [Dependency(*pair.split()) for pair in pairs]


def test_every_predecessor_comes_before_its_successors() -> None:
    topology = sort_network(["C", "B", "A"], links("A B", "B C", "A C"))
    assert [["C", "B", "A"][position] for position in topology.order] == ["A", "B", "C"]
    assert topology.levels == [2, 1, 0]
    assert topology.index == {"C": 0, "B": 1, "A": 2}
    pairs = zip(topology.predecessors, topology.successors, strict=True)
    assert sorted(pairs) == [(1, 0), (2, 0), (2, 1)]


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[str], list[Dependency]]:
    count = draw(st.integers(1, 12))
    rank = draw(st.permutations(range(count)))
    pairs = draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))))
    return [str(n) for n in range(count)], [
        Dependency(str(a), str(b)) for a, b in pairs if rank[a] < rank[b]
    ]


@given(networks())
def test_the_order_holds_each_activity_once_and_levels_are_longest_chains(
    network: tuple[list[str], list[Dependency]],
) -> None:
    ids, dependencies = network
    topology = sort_network(ids, dependencies)
    assert sorted(topology.order) == list(range(len(ids)))
    place = {position: n for n, position in enumerate(topology.order)}
    before: dict[int, list[int]] = {n: [] for n in range(len(ids))}
    for p, s in zip(topology.predecessors, topology.successors, strict=True):
        assert place[p] < place[s]
        before[s].append(p)
    for s, predecessors in before.items():
        assert topology.levels[s] == max((topology.levels[p] + 1 for p in predecessors), default=0)


@pytest.mark.parametrize(
    ("ids", "pairs", "cycle"),
    [
        ("A B C", ["A B", "B C", "C A"], "A -> B -> C -> A"),
        ("A", ["A A"], "A -> A"),
        ("S C B A E", ["S C", "C A", "A B", "B C", "B E"], "C -> A -> B -> C"),
        ("A B C D", ["A B", "B A", "C D", "D C"], "A -> B -> A"),
        ("T A B", ["A B", "B A", "B T"], "A -> B -> A"),
    ],
)
def test_a_cycle_is_named_in_order_of_work(ids: str, pairs: list[str], cycle: str) -> None:
    with pytest.raises(PlanError, match=exactly(f"dependencies form a cycle: {cycle}")) as caught:
        sort_network(ids.split(), links(*pairs))
    assert caught.value.ids == tuple(dict.fromkeys(cycle.split(" -> ")))


def test_a_cycle_of_ten_thousand_activities_is_found() -> None:
    ids = [str(n) for n in range(10_000)]
    dependencies = [Dependency(a, b) for a, b in zip(ids, [*ids[1:], ids[0]], strict=True)]
    with pytest.raises(PlanError) as caught:
        sort_network(ids, dependencies)
    assert len(caught.value.ids) == 10_000


def test_repeated_ids_and_unknown_ends_come_together() -> None:
    with pytest.raises(
        PlanError,
        match=exactly(
            "activity 'A': id must be unique within its project, came more than once",
            "dependency A -> X (FS): both ends must be activities of the plan, there is no 'X'",
            "dependency Y -> B (SS+1): both ends must be activities of the plan, there is no 'Y'",
        ),
    ) as caught:
        sort_network(["A", "B", "A", "A"], [Dependency("A", "X"), Dependency("Y", "B", "SS", 1)])
    assert caught.value.ids == ("A", "B")


@given(networks(), st.data())
def test_a_network_that_keeps_some_dependencies_is_the_network_of_those(
    network: tuple[list[str], list[Dependency]], data: st.DataObject
) -> None:
    ids, dependencies = network
    topology = sort_network(ids, dependencies)
    count = len(dependencies)
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=count, max_size=count)), dtype=bool)
    some = topology.keeping(kept)
    left = [dependencies[int(k)] for k in topology.links[kept]]
    expected = sort_network(ids, left)
    assert [sorted(p) for p in some.preceding] == [sorted(p) for p in expected.preceding]
    assert [sorted(s) for s in some.following] == [sorted(s) for s in expected.following]
    assert some.is_plain == expected.is_plain
    place = {position: turn for turn, position in enumerate(some.order)}
    assert all(place[p] < place[s]
               for p, s in zip(some.predecessors, some.successors, strict=True))  # fmt: skip
