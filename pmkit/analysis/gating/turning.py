"""Where an assumption, moved from what it is now, turns what is recommended at a gate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pmkit.analysis.gating.gate_review import GateReview
from pmkit.model.errors import PlanError

_MOST_STEPS = 60


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
    review: Callable[[float], GateReview],
    now: float,
    low: float,
    high: float,
    within: float,
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
        How exact, in the unit of the assumption.

    Returns
    -------
    tuple
        At most one below and one above.

    Notes
    -----
    Bisection on the lead of what is recommended over the best of the rest, with a step of the
    false position where it is quicker: most values are straight lines in what is typed. Between
    `now` and an end that still has the same recommendation nothing is looked for: as each option's
    value is a line, or close to one, what is best at both ends is best between them.

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
    here = review(now)
    verdict = here.recommended

    def lead(value: float) -> tuple[str, float]:
        found = review(value)
        rivals = [o.value for o in found.options if o.verdict != verdict and not o.barred]
        return found.recommended, found[verdict].value - max(rivals)

    found = []
    for end, is_above in ((low, False), (high, True)):
        if end >= now if not is_above else end <= now:
            continue
        try:
            turned = _between(lead, verdict, now, end, within)
        except PlanError:
            continue
        if turned is not None:
            found.append(Turn(turned[0], is_above, turned[1]))
    return tuple(found)


def _between(
    lead: Callable[[float], tuple[str, float]], verdict: str, same: float, other: float,
    within: float,
) -> tuple[float, str] | None:  # fmt: skip
    """Where it turns between a value that has the verdict and an end; nothing where it does not."""
    to, behind = lead(other)
    if to == verdict:
        return None
    _, ahead = lead(same)
    for step in range(_MOST_STEPS):
        if abs(other - same) <= within:
            break
        value = (same + other) / 2
        # every third step halves, whatever the shape of the lead
        if step % 3 < 2 and ahead > 0 > behind:
            value = same + (other - same) * ahead / (ahead - behind)
            # a hair to either side in turn, so that both ends close in on a straight line
            nudge = within * 0.4 * (1 if other > same else -1)
            value += nudge if step % 2 == 0 else -nudge
            if not min(same, other) < value < max(same, other):
                value = (same + other) / 2
        told, gap = lead(value)
        if told == verdict:
            same, ahead = value, gap
        else:
            other, behind, to = value, gap, told
    return (same + other) / 2, to
