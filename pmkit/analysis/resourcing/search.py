"""The built-in heuristic: priority rules, justification, and a search over orders of work.

Rules give the first orders (Kolisch, 1996). Each schedule is pushed right and left again (forward-
backward improvement: Tormos & Lova, 2001; Valls, Ballestín & Quintanilla, 2005). Orders are then
crossed and disturbed (a genetic algorithm over activity lists: Hartmann, 1998). With a number of
schedules and a seed, the answer is the same on every machine.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from pmkit.analysis.resourcing.event_placing import place_in_order
from pmkit.analysis.resourcing.grid_placing import Grid, step_of
from pmkit.analysis.resourcing.tasks import Tasks

_POPULATION = 40
_STALE = 40  # generations of children without a better one, after which the search begins anew


@dataclass(frozen=True, slots=True)
class Placed:
    """One schedule: starts, finishes, and the instant at which all is finished."""

    start: list[int]
    finish: list[int]
    length: int


class Search:
    """Schedules of one plan, counted.

    Parameters
    ----------
    tasks
        What is to be placed.
    keys
        Of each rule by name, a number for each activity: the smallest goes first.
    bound
        No schedule can finish before it.
    schedules
        How many may be made.
    deadline
        Moment of `time.perf_counter` at which to stop; ``None`` for none.
    report
        Told how many schedules have been made, and of how many.
    """

    def __init__(
        self,
        tasks: Tasks,
        keys: dict[str, list[float]],
        bound: int,
        schedules: int,
        deadline: float | None,
        report: Callable[[int, int], None],
    ) -> None:
        self.tasks, self.keys, self.bound = tasks, keys, bound
        self.schedules, self.deadline, self.report = schedules, deadline, report
        self.made = 0
        self.best: Placed | None = None
        self._grids: tuple[Grid, Grid] | None = None
        self._rank = {i: k for k, i in enumerate(tasks.order)}

    @property
    def is_over(self) -> bool:
        """Whether nothing better can be found, or nothing more may be tried."""
        if self.best is not None and self.best.length <= self.bound:
            return True
        if self.made >= self.schedules:
            return True
        return self.deadline is not None and time.perf_counter() >= self.deadline

    def by_rule(self, rule: str) -> Placed:
        """Return the schedule of one priority rule, as it comes."""
        placed = self._forward(in_order(self.tasks, self.keys[rule]))
        assert placed is not None  # no horizon is set before the first schedule
        return placed

    def run(self, seed: int) -> Placed:
        """Return the best schedule found."""
        chance = random.Random(seed)
        for rule in self.keys:
            self._justified(self.by_rule(rule))
            if self.is_over:
                break
        assert self.best is not None
        self._prepare_grids(self.best.length)
        while not self.is_over:
            self._evolve(chance)
        return self.best

    def _evolve(self, chance: random.Random) -> None:
        """Breed orders until nothing better has come for a while."""
        keys = list(self.keys.values())
        crowd: list[tuple[int, list[int]]] = []
        while len(crowd) < _POPULATION and not self.is_over:
            chosen = chance.choice(keys)
            spread = (max(chosen) - min(chosen)) * chance.choice((0.05, 0.2, 0.5)) or 1.0
            noisy = [key + chance.random() * spread for key in chosen]
            self._join(crowd, in_order(self.tasks, noisy))
        stale, best = 0, min((length for length, _ in crowd), default=0)
        while stale < _STALE * _POPULATION and len(crowd) > 1 and not self.is_over:
            mother, father = (
                min(chance.choice(crowd), chance.choice(crowd), key=lambda one: one[0])
                for _ in range(2)
            )
            child = self._crossed(mother[1], father[1], chance)
            self._join(crowd, child)
            if len(crowd) > _POPULATION:
                crowd.remove(max(crowd, key=lambda one: one[0]))
            least = min(length for length, _ in crowd)
            stale, best = (0, least) if least < best else (stale + 1, best)

    def _crossed(self, mother: list[int], father: list[int], chance: random.Random) -> list[int]:
        """Two-point crossover, then neighbours that need not wait for each other may swap."""
        count = len(mother)
        low, high = sorted(chance.sample(range(count + 1), 2))
        child = mother[:low]
        held = set(child)
        middle = [i for i in father if i not in held][: high - low]
        held.update(middle)
        child += middle
        child += [i for i in mother if i not in held]
        preceding = self.tasks.preceding
        for k in range(count - 1):
            if chance.random() < 0.05 and child[k] not in preceding[child[k + 1]]:
                child[k], child[k + 1] = child[k + 1], child[k]
        return child

    def _join(self, crowd: list[tuple[int, list[int]]], order: list[int]) -> None:
        placed = self._forward(order)
        if placed is None:
            return
        placed = self._justified(placed)
        start, rank = placed.start, self._rank
        by_start = sorted(range(len(start)), key=lambda i: (start[i], rank[i]))
        member = placed.length, feasible(self.tasks, by_start)
        if member not in crowd:
            crowd.append(member)

    def _prepare_grids(self, length: int) -> None:
        """Go over to the grid, which is quicker, once it is known how long a schedule may be."""
        tasks = self.tasks
        origin = min(tasks.floor, default=0)
        room = (length - origin) * 5 // 4 + step_of(tasks, origin)
        mirrored = tasks.mirrored(0)  # its dates may lie off the slots of the other
        if Grid.suits(tasks, room, origin) and Grid.suits(mirrored, room):
            self._grids = Grid(tasks, room, origin), Grid(mirrored, room, 0)

    def _made(self) -> None:
        self.made += 1
        if self.made % 64 == 0:
            self.report(self.made, self.schedules)

    def _kept(self, start: list[int], finish: list[int]) -> Placed:
        placed = Placed(start, finish, max(finish))
        if self.best is None or placed.length < self.best.length:
            self.best = placed
        return placed

    def _forward(self, order: list[int]) -> Placed | None:
        self._made()
        if self._grids is None:
            return self._kept(*place_in_order(self.tasks, order))
        grid = self._grids[0]
        found = grid.place_in_order(order)
        if found is None:
            return None
        step, origin = grid.step, grid.origin
        start, finish = ([origin + step * n for n in instants] for instants in found)
        return self._kept(start, finish)

    def _justified(self, placed: Placed) -> Placed:
        """Push a schedule to the right and to the left again: it never gets longer."""
        finish = placed.finish
        tasks = self.tasks
        order = feasible(
            tasks, sorted(range(tasks.count), key=lambda i: (-finish[i], -placed.start[i])),
            backward=True,
        )  # fmt: skip
        self._made()
        if self._grids is None:
            _, backward = place_in_order(tasks.mirrored(placed.length), order)
            starts = [-end for end in backward]
        else:
            found = self._grids[1].place_in_order(order)
            if found is None:
                return placed
            starts = [-end for end in found[1]]
        again = feasible(tasks, sorted(range(tasks.count), key=lambda i: starts[i]))
        return self._forward(again) or placed


def in_order(tasks: Tasks, keys: list[float], *, backward: bool = False) -> list[int]:
    """Return all activities, each after what it waits for, the smallest key first."""
    preceding, following = tasks.preceding, tasks.following
    if backward:
        preceding, following = following, preceding
    waiting = [len(before) for before in preceding]
    ready = [(keys[i], i) for i, n in enumerate(waiting) if not n]
    heapify(ready)
    order = []
    while ready:
        _, i = heappop(ready)
        order.append(i)
        for s in following[i]:
            waiting[s] -= 1
            if not waiting[s]:
                heappush(ready, (keys[s], s))
    return order


def feasible(tasks: Tasks, order: list[int], *, backward: bool = False) -> list[int]:
    """Return an order in which all come after what they wait for; the same where it does."""
    before = tasks.following if backward else tasks.preceding
    place = {i: k for k, i in enumerate(order)}
    if all(place[p] < k for k, i in enumerate(order) for p in before[i]):
        return order
    keys = [0.0] * tasks.count
    for k, i in enumerate(order):
        keys[i] = float(k)
    return in_order(tasks, keys, backward=backward)
