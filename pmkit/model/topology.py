"""The order in which activities can be scheduled, found once when a plan is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter, lt
from typing import Any

import numpy as np

from pmkit.model.dependency import Dependency, DependencyKind, LagUnit
from pmkit.model.errors import PlanError, Problem

_WIDE = 50  # activities per level from which a numpy call per level pays
_LARGE = 2000  # activities below which plain lists win in any case


@dataclass(frozen=True, slots=True, eq=False)
class Batches:
    """Dependencies grouped level by level, for passes that take a level at a time.

    Attributes
    ----------
    links
        Positions in the order of work, regrouped.
    levels
        For each level: where its dependencies begin and end in `links`, where each activity's
        begin within them, and the positions of those activities.
    """

    links: Any
    levels: tuple[tuple[int, int, Any, Any], ...]

    @classmethod
    def of(cls, target: Any, level: Any) -> Batches:
        """Group dependencies by the activity they act on, in ascending order of its level."""
        links = np.lexsort((target, level))
        target, level = target[links], level[links]
        firsts = np.concatenate([[0], np.flatnonzero(np.diff(target)) + 1])
        bounds = np.concatenate([[0], np.flatnonzero(np.diff(level)) + 1, [len(links)]])
        at = np.searchsorted(firsts, bounds)
        return cls(
            links,
            tuple(
                (low, high, firsts[first:last] - low, target[firsts[first:last]])
                for low, high, first, last in zip(
                    bounds[:-1].tolist(), bounds[1:].tolist(), at[:-1].tolist(), at[1:].tolist(),
                    strict=True,
                )
            ),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Topology:
    """Positions in place of ids, and every predecessor before its successors.

    Dependencies are held in the order of work: sorted so that every dependency into an activity
    comes before any out of it. A forward pass is then one run over them, a backward pass the same
    run in reverse.

    Attributes
    ----------
    index
        Position of each activity id.
    links
        Position in the plan of each dependency, int64, in the order of work.
    predecessors, successors
        Positions of the two ends of each, in the order of work.
    pred, succ
        The same as int64 arrays.
    from_finish, to_finish
        Whether each ties the predecessor's finish, and the successor's finish.
    lag, unit
        Lag as written, and its unit (0 working days, 1 elapsed days, 2 percent).
    preceding, following
        Positions of the predecessors and of the successors of each activity.
    is_plain
        Whether every dependency is finish-to-start without a lag.
    order
        Positions of all activities, every predecessor before its successors.
    levels
        Length of the longest chain of dependencies that leads to each activity.
    forward, backward
        The dependencies by level of their successor, and from the last level of their
        predecessor back; ``None`` for small plans and for long thin ones.
    """

    index: dict[str, int]
    links: Any
    predecessors: list[int]
    successors: list[int]
    pred: Any
    succ: Any
    from_finish: Any
    to_finish: Any
    lag: Any
    unit: Any
    preceding: list[list[int]]
    following: list[list[int]]
    is_plain: bool
    order: list[int]
    levels: list[int]
    forward: Batches | None
    backward: Batches | None

    def keeping(self, kept: Any) -> Topology:
        """Return the network with some of its dependencies, in the same order of work.

        Parameters
        ----------
        kept
            Whether each dependency stays, in the order of work; bool, shape (dependencies,).
        """
        pred, succ = self.pred[kept], self.succ[kept]
        preceding: list[list[int]] = [[] for _ in self.order]
        following: list[list[int]] = [[] for _ in self.order]
        for p, s in zip(pred.tolist(), succ.tolist(), strict=True):
            following[p].append(s)
            preceding[s].append(p)
        from_finish, to_finish, lag = self.from_finish[kept], self.to_finish[kept], self.lag[kept]
        return replace(
            self,
            links=self.links[kept],
            predecessors=pred.tolist(),
            successors=succ.tolist(),
            pred=pred,
            succ=succ,
            from_finish=from_finish,
            to_finish=to_finish,
            lag=lag,
            unit=self.unit[kept],
            preceding=preceding,
            following=following,
            is_plain=bool(from_finish.all() and not to_finish.any() and not lag.any()),
            forward=None,
            backward=None,
        )


def sort_network(ids: Sequence[str], dependencies: Sequence[Dependency]) -> Topology:
    """Check ids and dependencies, and sort the activities (Kahn, 1962).

    Raises
    ------
    PlanError
        If an id repeats, a dependency names an unknown activity or its own, or the dependencies
        form a cycle.
    """
    index = {id_: position for position, id_ in enumerate(ids)}
    problems: list[Problem] = []
    if len(index) < len(ids):
        seen: set[str] = set()
        repeated = dict.fromkeys(id_ for id_ in ids if id_ in seen or seen.add(id_))  # type: ignore[func-returns-value]
        problems += [
            Problem(f"activity {id_!r}: id must be unique within its project, came more than once",
                    ids=(id_,))
            for id_ in repeated
        ]  # fmt: skip
    try:
        predecessors = [index[link.predecessor] for link in dependencies]
        successors = [index[link.successor] for link in dependencies]
    except KeyError:
        for link in dependencies:
            for id_ in (link.predecessor, link.successor):
                if id_ not in index:
                    problems.append(
                        Problem(
                            f"dependency {link}: both ends must be activities of the plan, there "
                            f"is no {id_!r}",
                            ids=(link.successor if id_ == link.predecessor else link.predecessor,),
                        )
                    )
    if problems:
        raise PlanError(problems)
    count = len(ids)
    following: list[list[int]] = [[] for _ in range(count)]
    preceding: list[list[int]] = [[] for _ in range(count)]
    for predecessor, successor in zip(predecessors, successors, strict=True):
        following[predecessor].append(successor)
        preceding[successor].append(predecessor)
    if all(map(lt, predecessors, successors)):
        order = list(range(count))  # as written: neighbours in the plan stay neighbours in memory
    else:
        waiting = list(map(len, preceding))
        order = [position for position in range(count) if not waiting[position]]
        for position in order:  # grows while it is read
            for successor in following[position]:
                waiting[successor] -= 1
                if not waiting[successor]:
                    order.append(successor)
        if len(order) < count:
            raise _cycle_error(ids, following, waiting)
    levels = [0] * count
    for position in order:
        for predecessor in preceding[position]:
            if levels[predecessor] >= levels[position]:
                levels[position] = levels[predecessor] + 1
    ends = (predecessors, successors, preceding, following)
    return _arranged(index, ends, dependencies, order, levels)


_FROM_FINISH = {k: k.value[0] == "F" for k in DependencyKind}
_TO_FINISH = {k: k.value[1] == "F" for k in DependencyKind}
_UNIT = {LagUnit.WORKING_DAYS: 0, LagUnit.ELAPSED_DAYS: 1, LagUnit.PERCENT: 2}


def _arranged(
    index: dict[str, int],
    ends: tuple[list[int], list[int], list[list[int]], list[list[int]]],
    dependencies: Sequence[Dependency],
    order: list[int],
    levels: list[int],
) -> Topology:
    predecessors, successors, preceding, following = ends
    count = len(dependencies)
    rank = np.empty(len(order), dtype=np.int64)
    rank[np.array(order, dtype=np.int64)] = np.arange(len(order))
    pred = np.array(predecessors, dtype=np.int64)
    succ = np.array(successors, dtype=np.int64)
    links = np.argsort(rank[pred], kind="stable")
    pred, succ = pred[links], succ[links]
    kinds = list(map(attrgetter("kind"), dependencies))
    units = map(attrgetter("unit"), dependencies)
    from_finish = np.fromiter(map(_FROM_FINISH.__getitem__, kinds), bool, count)[links]
    to_finish = np.fromiter(map(_TO_FINISH.__getitem__, kinds), bool, count)[links]
    lag = np.fromiter(map(attrgetter("lag"), dependencies), np.float64, count)[links]
    depth = max(levels) + 1
    is_wide = count > 0 and len(order) > _LARGE and len(order) > _WIDE * depth
    level = np.array(levels, dtype=np.int64)
    return Topology(
        index=index,
        links=links,
        predecessors=pred.tolist(),
        successors=succ.tolist(),
        pred=pred,
        succ=succ,
        from_finish=from_finish,
        to_finish=to_finish,
        lag=lag,
        unit=np.fromiter(map(_UNIT.__getitem__, units), np.int8, count)[links],
        preceding=preceding,
        following=following,
        is_plain=bool(from_finish.all() and not to_finish.any() and not lag.any()),
        order=order,
        levels=levels,
        forward=Batches.of(succ, level[succ]) if is_wide else None,
        backward=Batches.of(pred, -level[pred]) if is_wide else None,
    )


def _cycle_error(ids: Sequence[str], following: list[list[int]], waiting: list[int]) -> PlanError:
    """Name one cycle, in order of work, from its first activity in the plan."""
    unsorted = {position for position, count in enumerate(waiting) if count}
    # Going back along links from any unsorted activity stays unsorted, and so must come round.
    before = {s: p for p in sorted(unsorted, reverse=True) for s in following[p] if s in unsorted}
    position, seen = min(unsorted), set[int]()
    while position not in seen:
        seen.add(position)
        position = before[position]
    cycle = [position]
    while before[cycle[-1]] != position:
        cycle.append(before[cycle[-1]])
    cycle.reverse()
    turn = cycle.index(min(cycle))
    named = [ids[p] for p in cycle[turn:] + cycle[: turn + 1]]
    return PlanError(f"dependencies form a cycle: {' -> '.join(named)}", *named)
