"""Decide: what each option of a decision tree is worth, which is best, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from pmkit.analysis.deciding import flipping, information
from pmkit.analysis.deciding.flipping import Flip
from pmkit.analysis.deciding.information import SampleInformation
from pmkit.analysis.deciding.rolling import SAME, Rolled, rolled
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.figures import number_text
from pmkit.model.decision import Chance, Choice, events_of
from pmkit.model.errors import PlanError

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ("node", "kind", "probability", "cost", "expected_value", "is_chosen")


@dataclass(frozen=True, repr=False)
class DecisionAnalysis:
    """A decision tree rolled back.

    Parameters
    ----------
    tree
        The tree; its root is a choice.
    minimise
        Whether its payoffs are costs.
    """

    tree: Choice
    minimise: bool = False

    @property
    def _sign(self) -> int:
        return -1 if self.minimise else 1

    @cached_property
    def _rolled(self) -> Rolled:
        return rolled(self.tree, self._sign)

    @property
    def value(self) -> float:
        """Expected monetary value of the best option."""
        return self._sign * self._rolled.value

    @property
    def options(self) -> dict[str, float]:
        """Expected monetary value of each option at the root."""
        ways = zip(self.tree.branches, self._rolled.ways, strict=True)
        return {branch.label: self._sign * way for branch, way in ways}

    @property
    def best(self) -> str:
        """The best option at the root; of equally good ones the first."""
        assert self._rolled.chosen is not None  # the root is a choice
        return self.tree.branches[self._rolled.chosen].label

    @property
    def equally_good(self) -> tuple[str, ...]:
        """All options that are as good as the best."""
        top = self.options[self.best]
        near = SAME * max(1.0, *(abs(value) for value in self.options.values()))
        return tuple(label for label, v in self.options.items() if abs(v - top) <= near)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per branch, indexed by its path (``build > strong``).

        ``expected_value`` is net of all costs from the root to there, money; ``is_chosen`` tells
        whether the best policy ever goes there.
        """
        import pandas as pd

        rows = list(self._rows(self._rolled, "", 0.0, taken=True))
        index = pd.Index([path for path, _ in rows], name="path")
        return pd.DataFrame([row for _, row in rows], index=index, columns=list(_COLUMNS))

    def _rows(
        self, found: Rolled, above: str, spent: float, *, taken: bool
    ) -> Iterator[tuple[str, tuple[Any, ...]]]:
        node = found.node
        kind = "option" if isinstance(node, Choice) else "outcome"
        for place, branch in enumerate(node.branches):
            path = f"{above} > {branch.label}" if above else branch.label
            value = self._sign * (found.ways[place] - spent)
            chosen = taken and found.chosen in (None, place)
            yield path, (node.name, kind, branch.probability, branch.cost, value, chosen)
            below = found.below[place]
            if below is not None:
                yield from self._rows(below, path, spent + branch.cost, taken=chosen)

    @property
    def policy(self) -> dict[str, str]:
        """What to choose at every choice that the best policy may come to, by its path."""
        table = self.table[(self.table["kind"] == "option") & self.table["is_chosen"]]
        found = {}
        for path, node in zip(table.index, table["node"], strict=True):
            above, _, label = str(path).rpartition(" > ")
            found[f"{above} > {node}" if above else node] = label
        return found

    def risk_profile(self, option: str | None = None) -> pd.Series:
        """Return the probability of each payoff, net of costs, smallest first.

        Parameters
        ----------
        option
            At the root; the best where none is named. Later choices are the best ones.

        Raises
        ------
        PlanError
            If there is no such option.
        """
        import pandas as pd

        place = self._place(self.best if option is None else option)
        branch, below = self.tree.branches[place], self._rolled.below[place]
        paid: dict[float, float] = {}
        if below is None:
            paid[self._sign * self._rolled.ways[place]] = 1.0
        else:
            self._pay(below, branch.cost, 1.0, paid)
        values = sorted(paid)
        return pd.Series([paid[v] for v in values], index=pd.Index(values, name="payoff"),
                         name="probability", dtype=float)  # fmt: skip

    def _pay(self, found: Rolled, spent: float, chance: float, paid: dict[float, float]) -> None:
        for place, branch in enumerate(found.node.branches):
            if found.chosen not in (None, place):
                continue
            share = chance * (1.0 if branch.probability is None else branch.probability)
            below = found.below[place]
            if below is not None:
                self._pay(below, spent + branch.cost, share, paid)
            elif share > 0:
                value = round(self._sign * (found.ways[place] - spent), 9)
                paid[value] = paid.get(value, 0.0) + share

    def perfect_information(self, *events: str) -> float:
        """Return what it is worth to know events before the first choice (EVPI), money >= 0.

        Parameters
        ----------
        events
            Names; all events of the tree where none is named.

        Raises
        ------
        PlanError
            If there is no such event, or its probabilities depend on what is decided.
        """
        return information.perfect_information(
            self.tree, self._sign, events or tuple(events_of(self.tree))
        )

    def sample_information(
        self, event: str, likelihoods: Mapping[str, Mapping[str, float]], cost: float = 0.0
    ) -> SampleInformation:
        """Return what a study is worth that may err (EVSI; Raiffa & Schlaifer, 1961).

        Parameters
        ----------
        event
            What it is about.
        likelihoods
            ``{signal: {outcome: probability of the signal given that outcome}}``.
        cost
            Of the study, money.

        Raises
        ------
        PlanError
            If the probabilities do not fit together.
        """
        return information.sample_information(self.tree, self._sign, event, likelihoods, cost)

    def flips(self, event: str, outcome: str) -> tuple[Flip, ...]:
        """Return every probability of an outcome at which another option becomes the best.

        The other outcomes of the event keep their proportions; the event changes wherever it
        stands.

        Raises
        ------
        PlanError
            If there is no such event or outcome.
        """
        places = events_of(self.tree).get(event)
        if places is None:
            information.chances_of(self.tree, event)  # raises, and says which there are
        known = dict.fromkeys(label for node in places or () for label in node.probabilities)
        if outcome not in known:
            raise PlanError(
                f"event {event!r}: outcome must be one of its own ({', '.join(map(repr, known))}), "
                f"got {outcome!r}"
            )
        if any(len(node.branches) == 1 for node in places or ()):
            raise PlanError(
                f"event {event!r}: must have at least two outcomes to vary one, got one"
            )
        return flipping.flips(self.tree, self._sign, event, outcome)

    def explain(self, option: str | None = None) -> Explanation:
        """Show how the value of an option comes about; of all options where none is named."""
        if option is None:
            lines = [f"{label}: {number_text(v)}" for label, v in self.options.items()]
            if len(self.equally_good) > 1:
                lines.append(f"equally good: {', '.join(self.equally_good)}")
            else:
                lines.append(f"{'smallest' if self.minimise else 'largest'}: {self.best}")
            return Explanation(self.tree.name, tuple(lines))
        place = self._place(option)
        branch, below = self.tree.branches[place], self._rolled.below[place]
        lines = [] if below is None else list(self._steps(below, option))
        worth = self._sign * (self._rolled.ways[place] + branch.cost)
        value = self._sign * self._rolled.ways[place]
        cost = f" {'+' if self.minimise else '-'} cost {number_text(branch.cost)}"
        lines.append(
            f"{option} = {number_text(worth)}{cost if branch.cost else ''} = {number_text(value)}"
        )
        return Explanation(f"expected value of {option!r}", tuple(lines))

    def _steps(self, found: Rolled, path: str) -> Iterator[str]:
        node = found.node
        for branch, below in zip(node.branches, found.below, strict=True):
            if below is not None:
                yield from self._steps(below, f"{path} > {branch.label}")
        told = [number_text(self._sign * way) for way in found.ways]
        value = number_text(self._sign * found.value)
        if isinstance(node, Chance):
            terms = " + ".join(
                f"{b.probability:g} x {v}" for b, v in zip(node.branches, told, strict=True)
            )
            yield f"{path}, {node.name}: {terms} = {value}"
        else:
            assert found.chosen is not None
            word = "smallest" if self.minimise else "largest"
            yield (
                f"{path}, {node.name}: {word} of {', '.join(told)} = {value} "
                f"({node.branches[found.chosen].label})"
            )

    def _place(self, option: str) -> int:
        labels = [branch.label for branch in self.tree.branches]
        if option not in labels:
            raise PlanError(
                f"decision {self.tree.name!r}: option must be one of "
                f"{', '.join(map(repr, labels))}, got {option!r}"
            )
        return labels.index(option)

    def __repr__(self) -> str:
        told = ", ".join(f"{label} {number_text(v)}" for label, v in self.options.items())
        which = " or ".join(self.equally_good)
        return f"DecisionAnalysis {self.tree.name!r}: {which} ({told})"

    def _repr_html_(self) -> str:
        shown = self.table.copy()
        shown["expected_value"] = [number_text(v) for v in shown["expected_value"]]
        shown["cost"] = [number_text(v) if v else "" for v in shown["cost"]]
        shown["probability"] = [
            "" if p is None or p != p else f"{p:g}" for p in shown["probability"]
        ]
        shown["is_chosen"] = ["yes" if taken else "" for taken in shown["is_chosen"]]
        return f"<p>{escape(repr(self))}</p>" + shown.to_html(border=0)


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
