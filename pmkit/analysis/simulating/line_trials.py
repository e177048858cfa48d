"""Many trials at once on a number line: plans of one calendar, and undated plans.

Every step of the network is done for all trials of a block before the next. The forward run notes
in which trials each dependency drives its successor; the backward run follows the driving
dependencies from the finish, so that a full backward pass is not needed to know how often an
activity is critical.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from pmkit.analysis.simulating.line_network import LineNetwork, Step
from pmkit.analysis.simulating.workspace import vectors

Duration = Any
"""A vector of trials, or one number where the duration is certain; in units."""


class LineTrials:
    """Runs blocks of trials of one network.

    Parameters
    ----------
    network
        The steps.
    """

    def __init__(self, network: LineNetwork) -> None:
        self.network = network
        self._widest = max((len(step.links) for step in network.steps), default=0)
        count = len(network.steps)
        self._masks: list[Any] = []
        self.start: list[Any] = [None] * count
        self.finish: list[Any] = [None] * count

    def forward(self, duration_of: Callable[[int], Duration], count: int) -> Any:
        """Schedule every activity in all trials, and return the finishes of the plan.

        Parameters
        ----------
        duration_of
            Draws the durations of one activity by position; asked once each, in order of work.
        count
            How many trials.
        """
        network = self.network
        slots = list(vectors("instants", network.slots, count, network.dtype))
        masks = self._masks = list(vectors("driving", network.masks, count, "?"))
        shifted = list(vectors("shifted", self._widest, count, network.dtype))
        scratch, spare = vectors("scratch", 2, count, network.dtype)
        starts, finishes = self.start, self.finish
        durations: list[Any] = [None] * len(starts)
        total = np.zeros(count, network.dtype)
        maximum, add, equal = np.maximum, np.add, np.equal
        for step in network.steps:
            i = step.position
            duration = durations[i] = duration_of(i)
            finish = slots[step.finish_slot]
            links = step.links
            if len(links) == 1 and links[0].mask < 0 and step.start_slot < 0:
                link = links[0]
                start = finishes[link.pred] if link.from_finish else starts[link.pred]
                add(start, duration, out=finish)
                if link.lag:
                    add(finish, link.lag, out=finish)
                if link.percent:
                    add(finish, _share(durations[link.pred], link.percent), out=finish)
            else:
                start = scratch if step.start_slot < 0 else slots[step.start_slot]
                asked = []
                for k, link in enumerate(links):
                    moment = finishes[link.pred] if link.from_finish else starts[link.pred]
                    if link.lag:
                        moment = add(moment, link.lag, out=shifted[k])
                    if link.percent:
                        share = _share(durations[link.pred], link.percent)
                        moment = add(moment, share, out=shifted[k])
                    if link.to_finish:
                        moment = np.subtract(moment, duration, out=shifted[k])
                    asked.append(moment)
                if not asked:
                    start.fill(step.floor)
                elif len(asked) == 1:
                    if step.is_clipped:
                        maximum(asked[0], step.floor, out=start)
                    else:
                        np.copyto(start, asked[0])
                else:
                    maximum(asked[0], asked[1], out=start)
                    for moment in asked[2:]:
                        maximum(start, moment, out=start)
                    if step.is_clipped:
                        maximum(start, step.floor, out=start)
                if step.finish_floor is not None:
                    np.subtract(step.finish_floor, duration, out=spare)
                    maximum(start, spare, out=start)
                if step.start_cap is not None or step.finish_cap is not None:
                    _hold_down(step, start, duration, spare)
                for link, moment in zip(links, asked, strict=True):
                    if link.mask >= 0:
                        equal(moment, start, out=masks[link.mask])
                add(start, duration, out=finish)
                if step.start_slot >= 0:
                    starts[i] = start
            finishes[i] = finish
            if step.may_be_last:
                maximum(total, finish, out=total)
        return total

    def critical(self, total: Any) -> Any:
        """Count the trials in which each activity is on a driving chain to the finish."""
        masks = self._masks
        counts = np.zeros(len(self.finish), dtype=np.int64)
        critical: list[Any] = [None] * len(self.finish)
        for step in reversed(self.network.steps):
            i = step.position
            found = critical[i]
            if step.may_be_last:
                ends = np.equal(self.finish[i], total)
                found = ends if found is None else np.logical_or(ends, found, out=ends)
            if found is None:
                continue
            critical[i] = None  # the vector may pass on to its predecessor
            counts[i] = np.count_nonzero(found)
            if not counts[i]:
                continue
            for link in step.links:
                if link.mask < 0:
                    driven = found
                else:
                    driven = masks[link.mask]
                    np.logical_and(driven, found, out=driven)
                other = critical[link.pred]
                if other is None:
                    critical[link.pred] = driven
                else:
                    np.logical_or(other, driven, out=other)
        return counts

    def reaches(self, durations: Any, total: Any) -> Iterator[tuple[int, Any]]:
        """Yield the position of each activity with its duration + total float, in units.

        A full backward pass; each vector is valid until the next.

        Parameters
        ----------
        durations
            By position, as they were drawn for the forward run.
        total
            Finishes of the plan.
        """
        late: list[Any] = [None] * len(self.finish)
        free: list[Any] = []
        late_start, bound = np.empty_like(total), np.empty_like(total)
        minimum = np.minimum
        for step in reversed(self.network.steps):
            i = step.position
            late_finish = late[i]
            if late_finish is None:
                late_finish = total
            else:
                minimum(late_finish, total, out=late_finish)
                free.append(late_finish)
            np.subtract(late_finish, durations[i], out=late_start)
            for link in step.links:
                limit = late_finish if link.to_finish else late_start
                if link.lag:
                    limit = np.subtract(limit, link.lag, out=bound)
                if link.percent:
                    share = _share(durations[link.pred], link.percent)
                    limit = np.subtract(limit, share, out=bound)
                if not link.from_finish:
                    limit = np.add(limit, durations[link.pred], out=bound)
                other = late[link.pred]
                if other is not None:
                    minimum(other, limit, out=other)
                elif len(free) > 1:  # the last one may be the late finish at hand
                    late[link.pred] = free.pop(0)
                    np.copyto(late[link.pred], limit)
                else:
                    late[link.pred] = limit.copy()
            yield i, np.subtract(late_finish, self.start[i], out=bound)


def _share(duration: Duration, percent: float) -> Duration:
    return np.rint(duration * percent)


def _hold_down(step: Step, start: Any, duration: Duration, spare: Any) -> None:
    """Keep a start at or before its dates, though not before the project of the activity."""
    if step.finish_cap is None:
        spare.fill(step.start_cap)
    else:
        np.subtract(step.finish_cap, duration, out=spare)
        if step.start_cap is not None:
            np.minimum(spare, step.start_cap, out=spare)
    np.maximum(spare, step.earliest, out=spare)
    np.minimum(start, spare, out=start)
