"""Where an assumption, moved from what it is now, turns what is recommended at a gate."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass

from pmkit.analysis.gating.gate_review import GateReview
from pmkit.model.errors import PlanError

_MOST_STEPS = 60
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Turn:
    """A value of an assumption beyond which another option is recommended.

    Parameters
    ----------
    at
        The value.
    is_above
        Whether it turns above it, or below.
    to
        The verdict that is recommended beyond it.
    """

    at: float
    is_above: bool
    to: str


def turns(
    review: Callable[[float], GateReview], now: float, low: float, high: float, within: float
) -> tuple[Turn, ...]:
    """Return the values nearest to the present one at which the recommendation turns.

    Parameters
    ----------
    review
        Returns the review with a value of the assumption.
    now
        The present value.
    low, high
        How far to look; an end that cannot be reviewed is left out.
    within
        How exact, in the unit of the assumption, where the value of an option is no straight line.

    Returns
    -------
    tuple
        At most one below and one above.

    Notes
    -----
    Most values are straight lines in what is assumed: then three reviews tell where two of them
    cross. Where they are not, the lead of what is recommended over the best of the rest is halved,
    or cut by the false position where that is quicker. Between `now` and an end that still has the
    same recommendation nothing is looked for: what is best at both ends of lines is best between.

    Examples
    --------
    >>> from pmkit.analysis.gating.gate_review import review_gate
    >>> from pmkit.model.governance import Gate, Governance
    >>> from pmkit.model.program import Program
    >>> from pmkit.model.settings import ProjectInfo
    >>> def at_cost(cost):
    ...     gate = Gate("G1", "Depot", cost_to_complete=cost, recoverable=15, holding_cost=1)
    ...     depot = ProjectInfo("Depot", money={"benefit": 120})
    ...     rules = Governance(gates=(gate,))
    ...     return review_gate(Program((), candidates=(depot,), governance=rules), "G1")
    >>> [(round(one.at, 2), one.is_above, one.to) for one in turns(at_cost, 100, 0, 500, 1e-3)]
    [(105.0, True, 'stop')]
    """
    asked = looking(now, low, high, within)
    value = next(asked)
    while True:
        try:
            try:
                found = review(value)
            except PlanError as error:
                value = asked.throw(error)
            else:
                value = asked.send(found)
        except StopIteration as done:
            told: tuple[Turn, ...] = done.value
            return told


def looking(
    now: float, low: float, high: float, within: float
) -> Generator[float, GateReview, tuple[Turn, ...]]:
    """Ask for one review after the other, each by a value, until it is known where it turns.

    For whoever has other things to do between two reviews; `turns` says the rest. A review that
    cannot be had is answered by throwing its error.
    """
    points = {now: (yield now)}
    verdict = points[now].recommended
    for end in (low, high):
        if end not in points and (end < now) == (end == low):
            try:
                points[end] = yield end
            except PlanError:
                continue
    turning = [end for end in points if points[end].recommended != verdict]
    if turning and len(points) == 2:
        middle = (now + turning[0]) / 2
        points[middle] = yield middle
    is_straight = _are_straight(points)
    found = []
    for end in turning:
        if is_straight:
            at, to = _crossing(points, verdict, now, end)
        else:
            at, to = yield from _halving(points, verdict, now, end, within)
        found.append(Turn(at, end > now, to))
    return tuple(found)


def _are_straight(points: Mapping[float, GateReview]) -> bool:
    """Whether the value of every option is a straight line through all points, three or more."""
    low, high = min(points), max(points)
    if len(points) < 3:
        return False
    for option in points[low].options:
        first, last = (points[end][option.verdict].value for end in (low, high))
        room = _SAME * max(1.0, abs(first), abs(last))
        for at, review in points.items():
            expected = first + (last - first) * (at - low) / (high - low)
            if abs(review[option.verdict].value - expected) > room:
                return False
    return True


def _crossing(
    points: Mapping[float, GateReview], verdict: str, now: float, end: float
) -> tuple[float, str]:
    """Where the first rival overtakes, all values being straight lines."""
    here, there = points[now], points[end]
    first, to = 1.0, there.recommended
    for rival in here.options:
        if rival.barred or rival.verdict == verdict:
            continue
        ahead, behind = (one[verdict].value - one[rival.verdict].value for one in (here, there))
        if behind < 0 and ahead / (ahead - behind) < first:
            first, to = max(ahead / (ahead - behind), 0.0), str(rival.verdict)
    return now + first * (end - now), to


def _halving(
    points: Mapping[float, GateReview], verdict: str, same: float, other: float, within: float
) -> Generator[float, GateReview, tuple[float, str]]:
    """Close in from a value that has the verdict, and one that has not."""
    to, ahead = points[other].recommended, _lead(points[same], verdict)
    behind = _lead(points[other], verdict)
    for step in range(_MOST_STEPS):
        if abs(other - same) <= within:
            break
        value = (same + other) / 2
        # every third step halves, whatever the shape of the lead
        if step % 3 < 2 and ahead > 0 > behind:
            value = same + (other - same) * ahead / (ahead - behind)
            # a hair to either side in turn, so that both ends close in
            nudge = within * 0.4 * (1 if other > same else -1)
            value += nudge if step % 2 == 0 else -nudge
            if not min(same, other) < value < max(same, other):
                value = (same + other) / 2
        found = yield value
        if found.recommended == verdict:
            same, ahead = value, _lead(found, verdict)
        else:
            other, behind, to = value, _lead(found, verdict), found.recommended
    return (same + other) / 2, to


def _lead(review: GateReview, verdict: str) -> float:
    """How far an option is ahead of the best of the rest."""
    rivals = [o.value for o in review.options if o.verdict != verdict and not o.barred]
    return review[verdict].value - max(rivals)
