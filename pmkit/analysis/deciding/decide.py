"""Decide: what each option of a decision tree is worth, which is best, and how sure that is."""

from __future__ import annotations

from typing import Any

from pmkit.analysis.deciding.decision_analysis import DecisionAnalysis
from pmkit.model.decision import Chance, Choice, events_of
from pmkit.model.errors import PlanError

__all__ = ["Chance", "Choice", "DecisionAnalysis", "decide"]


def decide(tree: Choice, *, minimise: bool = False) -> DecisionAnalysis:
    """Roll a decision tree back: the expected value of every option, and the best of them.

    Parameters
    ----------
    tree
        A choice, its options and the events behind them.
    minimise
        Whether payoffs are costs (or days): the smallest expected value is the best, and the costs
        of branches are added.

    Returns
    -------
    DecisionAnalysis
        Values, the policy, what information is worth, and where the choice flips.

    Raises
    ------
    PlanError
        If the root is not a choice, or an event has other outcomes in another place.

    Notes
    -----
    At an event the mean counts, at a choice the best (Raiffa, 1968). Costs on the way are taken
    off.

    Examples
    --------
    The plant of PMBOK 6 (2017), figure 11-16:

    >>> def plant(strong, weak):
    ...     return Chance("demand", {"strong": (0.6, strong), "weak": (0.4, weak)})
    >>> tree = Choice("plant", {"build": (plant(200, 90), 120), "upgrade": (plant(120, 60), 50)})
    >>> analysis = decide(tree)
    >>> analysis
    DecisionAnalysis 'plant': upgrade (build 36, upgrade 46)
    >>> (flip,) = analysis.flips("demand", "strong")
    >>> round(analysis.perfect_information(), 9), round(flip.probability, 9)
    (6.0, 0.8)
    """
    root: Any = tree
    if not isinstance(root, Choice):
        raise PlanError(f"decision: the root must be a choice, got {type(root).__name__}")
    for event, places in events_of(tree).items():
        first = set(places[0].probabilities)
        for other in places[1:]:
            if set(other.probabilities) != first:
                raise PlanError(
                    f"event {event!r}: must have the same outcomes wherever it stands, got "
                    f"{', '.join(places[0].probabilities)} and {', '.join(other.probabilities)}"
                )
    return DecisionAnalysis(tree, bool(minimise))
