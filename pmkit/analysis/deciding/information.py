"""What it is worth to know more before one decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from pmkit.analysis.deciding.rolling import SAME, Rolled, rolled
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.figures import number_text
from pmkit.model.activity import at_least_zero
from pmkit.model.decision import Node, events_of
from pmkit.model.errors import PlanError

if TYPE_CHECKING:
    import pandas as pd

_MOST = 20_000
"""Ways in which events may turn out, each of which is a tree to roll back."""

_SHOWN = 12


@dataclass(frozen=True)
class Signal:
    """What a study may say, and what follows from it.

    Parameters
    ----------
    label
        What it says.
    probability
        How likely it says so.
    beliefs
        Probability of each outcome of the event then (Bayes).
    best
        The best option then.
    value
        What the decision is worth then, before the study's cost.
    """

    label: str
    probability: float
    beliefs: Mapping[str, float]
    best: str
    value: float


@dataclass(frozen=True, repr=False)
class SampleInformation:
    """What a study is worth that may err.

    Parameters
    ----------
    event
        What it is about.
    value
        What it adds to the expected value, money: the most that one should pay for it.
    cost
        What it costs.
    perfect
        What knowing for certain would add.
    signals
        What it may say.
    """

    event: str
    value: float
    cost: float
    perfect: float
    signals: tuple[Signal, ...]

    @property
    def net_value(self) -> float:
        """What is left of its value after its cost."""
        return self.value - self.cost

    @property
    def is_worth_it(self) -> bool:
        """Whether it gains more than it costs."""
        return self.net_value > 0

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per signal: ``probability best value`` and the beliefs, a column per outcome."""
        import pandas as pd

        columns = ["probability", "best", "value", *(f"P({o})" for o in self._outcomes)]
        rows = [
            (s.probability, s.best, s.value, *(s.beliefs[o] for o in self._outcomes))
            for s in self.signals
        ]
        index = pd.Index([s.label for s in self.signals], name="signal")
        return pd.DataFrame(rows, index=index, columns=columns)

    @property
    def _outcomes(self) -> tuple[str, ...]:
        return tuple(self.signals[0].beliefs) if self.signals else ()

    def explain(self) -> Explanation:
        """Show what each signal leads to."""
        lines = [
            f"it says {s.label!r} with probability {s.probability:.3g}: "
            + ", ".join(f"P({label}) = {p:.3g}" for label, p in s.beliefs.items())
            + f"; take {s.best!r}, worth {number_text(s.value)}"
            for s in self.signals
        ]
        lines.append(
            f"value = {number_text(self.value)}, of at most {number_text(self.perfect)} for "
            f"certain knowledge; less its cost of {number_text(self.cost)} = "
            f"{number_text(self.net_value)}"
        )
        return Explanation(f"a study of {self.event!r}", tuple(lines))

    def __repr__(self) -> str:
        worth = "worth" if self.is_worth_it else "not worth"
        return (
            f"SampleInformation on {self.event!r}: adds {number_text(self.value)}, "
            f"{worth} its cost of {number_text(self.cost)}"
        )

    def _repr_html_(self) -> str:
        html = self.table.to_html(border=0, float_format="{:,.6g}".format)
        return f"<p>{escape(repr(self))}</p>{html}"


def chances_of(tree: Node, event: str) -> dict[str, float]:
    """Return the probabilities of an event, which must be the same wherever it stands.

    Raises
    ------
    PlanError
        If there is no such event, or what is decided changes its probabilities.
    """
    events = events_of(tree)
    if event not in events:
        known = ", ".join(map(repr, events)) or "none"
        raise PlanError(f"decision: event must be one of the tree ({known}), got {event!r}")
    first, *others = events[event]
    for other in others:
        same = first.probabilities.keys() == other.probabilities.keys() and all(
            abs(first.probabilities[label] - chance) <= SAME
            for label, chance in other.probabilities.items()
        )
        if not same:
            raise PlanError(
                f"event {event!r}: must have the same probabilities wherever it stands to be known "
                f"beforehand, got {_told(first.probabilities)} and {_told(other.probabilities)}"
            )
    return first.probabilities


def _told(chances: Mapping[str, float]) -> str:
    return ", ".join(f"{label} {chance:g}" for label, chance in chances.items())


@dataclass(frozen=True)
class Known:
    """What is decided when events are known beforehand to turn out one way.

    Parameters
    ----------
    outcomes
        By event.
    probability
        How likely they turn out so.
    best
        The best option then.
    value
        What the decision is worth then.
    """

    outcomes: Mapping[str, str]
    probability: float
    best: str
    value: float


def cases(tree: Node, sign: int, events: tuple[str, ...]) -> tuple[Known, ...]:
    """Return what is decided for each way in which events may turn out.

    Raises
    ------
    PlanError
        If there is no such event, what is decided changes its probabilities, or the ways are too
        many.
    """
    chances = {event: chances_of(tree, event) for event in dict.fromkeys(events)}
    count = prod(len(outcomes) for outcomes in chances.values())
    if count > _MOST:
        raise PlanError(
            f"perfect information: must be about events with at most {_MOST:,} combinations of "
            f"outcomes, got {count:,}; name fewer events"
        )
    found = []
    for outcomes in product(*chances.values()):
        happens = dict(zip(chances, outcomes, strict=True))
        chance = prod(chances[event][outcome] for event, outcome in happens.items())
        if chance > 0:
            certain = {
                event: {label: float(label == outcome) for label in chances[event]}
                for event, outcome in happens.items()
            }
            answer = rolled(tree, sign, certain)
            found.append(Known(happens, chance, _best(answer), sign * answer.value))
    return tuple(found)


def perfect_information(tree: Node, sign: int, events: tuple[str, ...]) -> float:
    """Return what knowing the outcome of events before the first choice adds, money >= 0."""
    informed = sum(case.probability * sign * case.value for case in cases(tree, sign, events))
    return max(informed - rolled(tree, sign).value, 0.0)


def explain_perfect_information(tree: Node, sign: int, events: tuple[str, ...]) -> Explanation:
    """Show what one would do in each case, and what that adds."""
    found = cases(tree, sign, events)
    lines = [
        f"{', '.join(f'{event} {outcome}' for event, outcome in case.outcomes.items())}, with "
        f"probability {case.probability:.3g}: take {case.best!r}, worth {number_text(case.value)}"
        for case in found[:_SHOWN]
    ]
    if len(found) > _SHOWN:
        lines.append(f"and {len(found) - _SHOWN} more cases")
    base = sign * rolled(tree, sign).value
    informed = sum(case.probability * case.value for case in found)
    if len(found) <= _SHOWN:
        terms = " + ".join(f"{c.probability:.3g} x {number_text(c.value)}" for c in found)
        lines.append(f"knowing beforehand: {terms} = {number_text(informed)}")
    else:
        lines.append(f"knowing beforehand: {number_text(informed)}")
    more, less = (informed, base) if sign > 0 else (base, informed)
    lines.append(
        f"worth {number_text(more)} - {number_text(less)} = "
        f"{number_text(max(more - less, 0.0))} more than not knowing"
    )
    what = ", ".join(dict.fromkeys(events)) or "nothing"
    return Explanation(f"value of knowing {what} beforehand", tuple(lines))


def _best(answer: Rolled) -> str:
    return "" if answer.chosen is None else answer.node.branches[answer.chosen].label


def sample_information(
    tree: Node,
    sign: int,
    event: str,
    likelihoods: Mapping[str, Mapping[str, float]],
    cost: float,
) -> SampleInformation:
    """Return what a study of an event is worth; see `DecisionAnalysis.sample_information`."""
    prior = chances_of(tree, event)
    _refuse(event, prior, likelihoods, cost)
    base, informed, signals = rolled(tree, sign).value, 0.0, []
    for label, given in likelihoods.items():
        joint = {outcome: prior[outcome] * given[outcome] for outcome in prior}
        chance = sum(joint.values())
        if chance <= 0:
            continue
        beliefs = {outcome: share / chance for outcome, share in joint.items()}
        answer = rolled(tree, sign, {event: beliefs})
        informed += chance * answer.value
        signals.append(Signal(label, chance, beliefs, _best(answer), sign * answer.value))
    perfect = perfect_information(tree, sign, (event,))
    return SampleInformation(event, max(informed - base, 0.0), cost, perfect, tuple(signals))


def _refuse(
    event: str, prior: Mapping[str, float], likelihoods: Mapping[str, Mapping[str, float]],
    cost: float,
) -> None:  # fmt: skip
    subject = f"study of {event!r}"
    if isinstance(cost, bool) or not at_least_zero(cost):
        raise PlanError(f"{subject}: cost must be a finite amount >= 0, got {cost!r}")
    for label, given in likelihoods.items():
        if set(given) != set(prior):
            raise PlanError(
                f"{subject}, signal {label!r}: must give a probability for each outcome "
                f"({', '.join(prior)}), got {', '.join(given) or 'none'}"
            )
        for outcome, chance in given.items():
            if isinstance(chance, bool) or not (at_least_zero(chance) and chance <= 1):
                raise PlanError(
                    f"{subject}, signal {label!r}: probability given {outcome!r} must be between "
                    f"0 and 1, got {chance!r}"
                )
    for outcome in prior:
        total = sum(given[outcome] for given in likelihoods.values())
        if abs(total - 1) > SAME:
            raise PlanError(
                f"{subject}: the probabilities of its signals given {outcome!r} must add up to 1, "
                f"got {total:.6g}"
            )
