"""Serial schedule generation on a grid, with all slots of all resources in one whole number.

Free units stand in fields of bits, slot after slot. One subtraction then tells for every slot at
once whether an activity fits: a field that has too little borrows from its guard bit. So a plan of
30 activities is placed in a tenth of a millisecond, in plain Python.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd

from pmkit.analysis.resourcing.tasks import Tasks

_MOST_BITS = 120_000  # beyond that, numbers are so long that events are quicker


class Grid:
    """One plan on a grid of equal slots, on the number line.

    Parameters
    ----------
    tasks
        What is to be placed, on a number line.
    length
        Ticks that a schedule may last; what would last longer is given up.
    origin
        Instant of the first slot.
    """

    def __init__(self, tasks: Tasks, length: int, origin: int = 0) -> None:
        self.tasks = tasks
        self.step = step_of(tasks, origin)
        self.slots = -(-length // self.step)
        self.origin = origin
        widths = [max(capacity, 1).bit_length() + 1 for capacity in tasks.capacity]
        self.width = sum(widths) + 1  # and one bit to collect what is missing in a slot
        ones = ((1 << (self.width * self.slots)) - 1) // ((1 << self.width) - 1)
        offsets, at = [], 0
        for width in widths:
            offsets.append(at)
            at += width
        guards = sum(1 << (o + w - 1) for o, w in zip(offsets, widths, strict=True))
        self.guards = guards * ones
        self.top = (1 << (self.width - 1)) * ones
        self.below = ((1 << (self.width - 1)) - 1) * ones
        empty = sum(c << o for c, o in zip(tasks.capacity, offsets, strict=True))
        self.patterns = [sum(parts << offsets[r] for r, parts in w) for w in tasks.wanted]
        self.lengths = [duration // self.step for duration in tasks.duration]
        self.asks = [pattern * ones for pattern in self.patterns]
        self.holds = [
            pattern * (((1 << (self.width * n)) - 1) // ((1 << self.width) - 1)) if n else 0
            for pattern, n in zip(self.patterns, self.lengths, strict=True)
        ]
        self.floor = [-(-(floor - origin) // self.step) for floor in tasks.floor]
        self.into = [[(p, offset // self.step) for p, offset in into] for into in tasks.into]
        self.free = empty * ones | self.guards

    @staticmethod
    def suits(tasks: Tasks, length: int, origin: int = 0) -> bool:
        """Whether a plan is short and coarse enough; pinned work is left to events."""
        if not tasks.is_line or tasks.pinned:
            return False
        width = sum(max(c, 1).bit_length() + 1 for c in tasks.capacity) + 1
        return width * (length // step_of(tasks, origin) + 1) <= _MOST_BITS

    def place_in_order(self, order: Iterable[int]) -> tuple[list[int], list[int]] | None:
        """Return starts and finishes in slots; ``None`` where it would last too long."""
        free, guards, top, below = self.free, self.guards, self.top, self.below
        width, lengths, asks, holds = self.width, self.lengths, self.asks, self.holds
        into, slots, shift = self.into, self.slots, self.width - 1
        start, finish = self.floor.copy(), [0] * len(lengths)
        for i in order:
            at = start[i]
            for p, offset in into[i]:
                if start[p] + offset > at:
                    at = start[p] + offset
            length = lengths[i]
            if holds[i]:
                # the collecting bit of a slot is set where no guard of it is missing
                missing = ((free - asks[i]) & guards) ^ guards
                fits = ((missing + below) & top) ^ top
                run = 1
                while run < length:
                    more = min(run, length - run)
                    fits &= fits >> (more * width)
                    run += more
                fits >>= at * width + shift
                if not fits:
                    return None
                at += ((fits & -fits).bit_length() - 1) // width
                free -= holds[i] << (at * width)
            start[i] = at
            finish[i] = at + length
            if finish[i] > slots:
                return None
        return start, finish


def step_of(tasks: Tasks, origin: int) -> int:
    """Return the length of a slot: the largest that all lengths and dates are multiples of."""
    offsets = (offset for into in tasks.into for _, offset in into)
    floors = (floor - origin for floor in tasks.floor)
    return gcd(*tasks.duration, *offsets, *floors) or 1
