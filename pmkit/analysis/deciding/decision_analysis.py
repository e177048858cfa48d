"""A decision tree rolled back: values, the policy, and what may be asked of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from math import nan
from typing import TYPE_CHECKING, Any

from pmkit.analysis.deciding import flipping, information
from pmkit.analysis.deciding.flipping import Flip
from pmkit.analysis.deciding.information import SampleInformation
from pmkit.analysis.deciding.risk import (
    CertaintyEquivalents,
    certainty_equivalents,
    payoffs,
    position,
)
from pmkit.analysis.deciding.rolling import SAME, Rolled, rolled
from pmkit.analysis.deciding.steps import branch_steps
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.figures import number_text
from pmkit.model.decision import Choice, events_of
from pmkit.model.decision_editing import check_outcome
from pmkit.model.errors import PlanError

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ("node", "kind", "probability", "cost", "payoff", "expected_value", "is_chosen")


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

        ``node kind probability cost payoff expected_value is_chosen``: ``payoff`` is what an end
        pays, ``expected_value`` is net of all costs from the root to there, both money;
        ``is_chosen`` tells whether the best policy ever goes there.
        """
        import pandas as pd

        rows = list(self._rows(self._rolled, "", 0.0, taken=True))
        index = pd.Index([path for path, _ in rows], name="path")
        table = pd.DataFrame([row for _, row in rows], index=index, columns=list(_COLUMNS))
        return table.astype({"probability": float})

    def _rows(
        self, found: Rolled, above: str, spent: float, *, taken: bool
    ) -> Iterator[tuple[str, tuple[Any, ...]]]:
        node = found.node
        kind = "option" if isinstance(node, Choice) else "outcome"
        for place, branch in enumerate(node.branches):
            path = f"{above} > {branch.label}" if above else branch.label
            value = self._sign * (found.ways[place] - spent)
            chosen = taken and found.chosen in (None, place)
            paid = branch.to if isinstance(branch.to, float) else nan
            chance = nan if branch.probability is None else branch.probability
            yield path, (node.name, kind, chance, branch.cost, paid, value, chosen)
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

        option = self.best if option is None else option
        paid = payoffs(self._rolled, position(self.tree, option), self._sign)
        return pd.Series(
            list(paid.values()),
            index=pd.Index(list(paid), name="payoff", dtype=float),
            name="probability",
            dtype=float,
        )

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

    def explain_perfect_information(self, *events: str) -> Explanation:
        """Show what one would do in each case, and what knowing it beforehand adds."""
        return information.explain_perfect_information(
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
        if len(check_outcome(self.tree, event, outcome)) == 1:
            raise PlanError(
                f"event {event!r}: must have at least two outcomes to vary one, got one"
            )
        return flipping.flips(self.tree, self._sign, event, outcome)

    def certainty_equivalent(self, risk_tolerance: float) -> CertaintyEquivalents:
        """Return the certain amount that is as good as each option, if one is averse to risk.

        Parameters
        ----------
        risk_tolerance
            Money, R in the utility 1 - e^(-x/R): about the largest amount for which one would still
            take an even chance of winning R or losing R / 2 (Howard, 1988).

        Raises
        ------
        PlanError
            If it is not a finite amount above 0.
        """
        return certainty_equivalents(self.tree, self.minimise, risk_tolerance)

    def explain(self, option: str | None = None) -> Explanation:
        """Show how the value of an option comes about; of all options where none is named.

        Parameters
        ----------
        option
            At the root, or the path of any branch: ``"build > strong"``. The value of a branch
            further down counts from there on: costs on the way to it are not taken off.

        Raises
        ------
        PlanError
            If there is no such option or path.
        """
        if option is None:
            lines = [f"{label}: {number_text(v)}" for label, v in self.options.items()]
            if len(self.equally_good) > 1:
                lines.append(f"equally good: {', '.join(self.equally_good)}")
            else:
                lines.append(f"{'smallest' if self.minimise else 'largest'}: {self.best}")
            return Explanation(self.tree.name, tuple(lines))
        found, place = self._branch(option)
        return Explanation(
            f"expected value of {option!r}", branch_steps(found, place, option, self._sign)
        )

    def _branch(self, path: str) -> tuple[Rolled, int]:
        """The node that a branch leaves, and which of its branches it is."""
        if path in self.options:
            return self._rolled, position(self.tree, path)
        found, rest = self._rolled, path.split(" > ")
        while True:
            labels = [branch.label for branch in found.node.branches]
            below = found.below[labels.index(rest[0])] if rest[0] in labels else None
            if rest[0] not in labels or (len(rest) > 1 and below is None):
                known = ", ".join(map(repr, self.options))
                raise PlanError(
                    f"decision {self.tree.name!r}: option must be one of {known}, or the path of "
                    f"a branch, got {path!r}"
                )
            if len(rest) == 1:
                return found, labels.index(rest[0])
            assert below is not None
            found, rest = below, rest[1:]

    def __repr__(self) -> str:
        told = ", ".join(f"{label} {number_text(v)}" for label, v in self.options.items())
        which = " or ".join(self.equally_good)
        return f"DecisionAnalysis {self.tree.name!r}: {which} ({told})"

    def _repr_html_(self) -> str:
        shown = self.table.copy()
        shown["expected_value"] = [number_text(v) for v in shown["expected_value"]]
        shown["cost"] = [number_text(v) if v else "" for v in shown["cost"]]
        shown["payoff"] = ["" if v != v else number_text(v) for v in shown["payoff"]]
        shown["probability"] = ["" if p != p else f"{p:g}" for p in shown["probability"]]
        shown["is_chosen"] = ["yes" if taken else "" for taken in shown["is_chosen"]]
        return f"<p>{escape(repr(self))}</p>" + shown.to_html(border=0)
