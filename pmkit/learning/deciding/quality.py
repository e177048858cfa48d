"""How good a decision was, apart from how it turned out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from math import isfinite, sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from pmkit.analysis.explanation import Explanation
from pmkit.learning.deciding.worth import TrialWorth, Yardstick
from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DecisionScore", "score_decision"]

PENALTY = 20_000.0
"""Money for an interface that comes too late, where nobody says: in the sample, what a project
manager may decide alone. It stands for people who wait, and for trust."""
TRIALS, SEED = 2_000, 12
_ERRORS = 2.0  # standard errors within which two options count as equally good
_SAME = 1e-9  # relative


@dataclass(frozen=True, eq=False, repr=False)
class DecisionScore:
    """A decision judged by what was known when it was taken.

    Attributes
    ----------
    chosen, best, worst
        Names of options; best and worst by expected value.
    score
        0 to 100: 100 for the best, and for what cannot be told from it.
    options
        What each option comes to in every trial.
    trials, seed
        The same for all options.
    penalty
        Money for an interface that is missed.
    came
        Value of what then happened; ``None`` while nobody knows.
    """

    chosen: str
    options: Mapping[str, TrialWorth]
    trials: int
    seed: int
    penalty: float
    _yardstick: Yardstick
    came: float | None = None

    @cached_property
    def best(self) -> str:
        """The option of the highest expected value."""
        return max(self.options, key=lambda name: self.options[name].expected)

    @cached_property
    def worst(self) -> str:
        """The option of the lowest expected value."""
        return min(self.options, key=lambda name: self.options[name].expected)

    @cached_property
    def score(self) -> float:
        """Of the option that was chosen."""
        return self.score_of(self.chosen)

    @property
    def is_best(self) -> bool:
        """Whether what was chosen gets full marks."""
        return self.score >= 100.0

    @property
    def is_all_equal(self) -> bool:
        """Whether no option can be told from the best."""
        return all(self._is_as_good(name) for name in self.options)

    def score_of(self, option: str) -> float:
        """Return the score that an option would have got."""
        if self._is_as_good(option):
            return 100.0
        low, high = self.options[self.worst].expected, self.options[self.best].expected
        return 100.0 * (self.options[option].expected - low) / (high - low)

    def behind(self, option: str) -> tuple[float, float]:
        """Return by how much an option is behind the best, and the standard error of that.

        Trial by trial: what happens to both alike does not count.
        """
        apart = self.options[self.best].value - self.options[option].value
        error = float(np.std(apart, ddof=1)) / sqrt(self.trials) if self.trials > 1 else 0.0
        return float(apart.mean()), error

    def _is_as_good(self, option: str) -> bool:
        apart, error = self.behind(option)
        scale = max(abs(self.options[self.best].expected), 1.0)
        return apart <= _ERRORS * error + _SAME * scale

    @property
    def luck(self) -> float | None:
        """Percentile, 0 to 100, of what then happened among what could have; 50 is no luck."""
        if self.came is None:
            return None
        value = self.options[self.chosen].value
        same = np.isclose(value, self.came, rtol=_SAME, atol=0.0)
        below = (value < self.came) & ~same
        return float(100.0 * (below.sum() + same.sum() / 2) / len(value))

    def what_happened(self, seed: int | None = None, *, changes: Iterable[Change] = ()
                      ) -> DecisionScore:  # fmt: skip
        """Return the same decision with what then happened; its score stays.

        Parameters
        ----------
        seed
            One later draw of the program with the option chosen: what came, by chance.
        changes
            What has become known instead: the mean of the program with these.

        Raises
        ------
        PlanError
            If both are given, or neither.
        """
        told = tuple(changes)
        if (seed is None) == (not told):
            raise PlanError("what happened: must be told by a seed or by changes, one of the two")
        chosen = self.options[self.chosen]
        program, yardstick = chosen.simulation.program, self._yardstick
        if seed is not None:
            return replace(self, came=yardstick.measure(program, 1, seed).expected)
        changed = Scenario("what happened", told).apply(program)
        assert isinstance(changed, Program)
        came = yardstick.measure(changed, self.trials, self.seed)
        return replace(self, came=came.expected)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per option.

        ``expected standard_error p10 p50 p90`` of its value, money; ``behind`` the best and
        ``behind_error``; ``finish`` of the program (P50), ``interfaces`` missed on average, and
        the ``score`` that it would get.
        """
        import pandas as pd

        rows = []
        for name, one in self.options.items():
            finish = one.simulation.finish
            behind, error = self.behind(name)
            p10, p50, p90 = (float(x) for x in np.quantile(one.value, (0.1, 0.5, 0.9)))
            rows.append({
                "expected": one.expected,
                "standard_error": float(np.std(one.value, ddof=1)) / sqrt(self.trials)
                if self.trials > 1 else 0.0,
                "p10": p10, "p50": p50, "p90": p90, "behind": behind, "behind_error": error,
                "finish": finish.date_quantile(0.5), "interfaces": float(one.missed.mean()),
                "score": self.score_of(name),
            })  # fmt: skip
        return pd.DataFrame(rows, pd.Index(list(self.options), name="option", dtype=object))

    def explain(self) -> Explanation:
        """Show the score with the numbers put in."""
        currency = self._yardstick.program.settings.currency
        lines = [
            f"expected value of {name!r} = benefits {one.benefits.mean():,.0f} - cost "
            f"{one.cost.mean():,.0f} - {self.penalty:,.0f} x {one.missed.mean():.2f} interfaces "
            f"missed = {one.expected:,.0f} {currency}".rstrip()
            for name, one in self.options.items()
        ]
        lines += [self._arithmetic(), f"{self.trials:,} trials, the same draws for every option; "
                  "only what was known at the time"]  # fmt: skip
        if (luck := self.luck) is not None:
            lines.append(f"what then happened is worth {self.came:,.0f}: better than {luck:.0f} % "
                         "of what could have happened; the score stays as it is")  # fmt: skip
        return Explanation(f"{self.chosen!r}: decision quality {self.score:.0f} of 100",
                           tuple(lines))  # fmt: skip

    def _arithmetic(self) -> str:
        if self.is_all_equal:
            return "no option can be told from the best: all are equally good, each gets 100"
        apart, error = self.behind(self.chosen)
        if self.chosen == self.best:
            return "it is the best: 100"
        if self.is_best:
            return (f"{apart:,.0f} behind the best, within two standard errors "
                    f"(2 x {error:,.0f}): full marks, 100")  # fmt: skip
        low, high = (_amount(self.options[name].expected) for name in (self.worst, self.best))
        own = _amount(self.options[self.chosen].expected)
        return (f"score = 100 x (E[chosen] - E[worst]) / (E[best] - E[worst]) = 100 x ({own} "
                f"- {low}) / ({high} - {low}) = {self.score:.0f}")  # fmt: skip

    def __repr__(self) -> str:
        told = f"DecisionScore {self.chosen!r}: quality {self.score:.0f} of 100"
        if self.is_all_equal:
            told += ", all options are equally good"
        elif not self.is_best:
            told += f", best is {self.best!r}"
        return told if self.luck is None else f"{told}; luck {self.luck:.0f} of 100"

    def _repr_html_(self) -> str:
        shown = self.table.assign(
            finish=[f"{day:%d %b %Y}" for day in self.table["finish"]]
        ).to_html(border=0, float_format="{:,.0f}".format)  # fmt: skip
        return f"<p>{escape(repr(self))}</p>{shown}"


def _amount(number: float) -> str:
    return f"{number:,.0f}" if number >= 0 else f"({number:,.0f})"


def score_decision(
    program: Program,
    options: Mapping[str, Iterable[Change]],
    chosen: str,
    *,
    trials: int = TRIALS,
    seed: int = SEED,
    penalty: float = PENALTY,
    agreed: Program | None = None,
) -> DecisionScore:
    """Judge a decision by what was known, not by how it turned out.

    Parameters
    ----------
    program
        As it stood when the decision was taken.
    options
        What could have been done: changes by name; no change for "wait".
    chosen
        The name of what was done.
    trials, seed
        Every option is simulated with the same draws (common random numbers).
    penalty
        Money for each interface that comes later than the program needs it.
    agreed
        The program that says when interfaces are needed; the one that stands by default.

    Returns
    -------
    DecisionScore
        ``score table luck explain what_happened``.

    Raises
    ------
    PlanError
        For less than two options, a choice that is none of them, or a change that cannot be.
    ValueError
        For less than two trials.

    Notes
    -----
    score = 100 x (E[chosen] - E[worst]) / (E[best] - E[worst]), where E is the mean over the trials
    of benefits (each by the probability that it comes, moved with delivery as in `plan_benefits`,
    not discounted) less cost, less the penalty. Full marks within two standard errors of the paired
    difference to the best. A decision is good when it follows from what is known, what can be done
    and what is wanted; a good one can turn out badly (Howard, 1966, *Decision analysis: applied
    decision theory*; 1988, *Decision analysis: practice and promise*).

    Examples
    --------
    >>> from pmkit.data import sample
    >>> score = score_decision(sample(), {
    ...     "wait": [], "lose a week": [Change("Depot.Commission", duration="+5")]}, "wait")
    >>> score.score, score.best
    (100.0, 'wait')
    """
    if trials < 2:
        raise ValueError(f"score_decision: trials must be a whole number of at least 2, got "
                         f"{trials!r}")  # fmt: skip
    if not (isfinite(penalty) and penalty >= 0):
        raise PlanError(
            f"decision quality: penalty must be an amount of at least 0, got {penalty!r}"
        )
    if len(options) < 2:
        raise PlanError(f"decision quality: there must be two options or more, got {len(options)}")
    if chosen not in options:
        raise PlanError(f"decision quality: chosen must be one of {', '.join(options)}, got "
                        f"{chosen!r}")  # fmt: skip
    yardstick = Yardstick(program if agreed is None else agreed, penalty)
    return score_with(yardstick, program, options, chosen, trials=trials, seed=seed)


def score_with(
    yardstick: Yardstick,
    program: Program,
    options: Mapping[str, Iterable[Change]],
    chosen: str,
    *,
    trials: int = TRIALS,
    seed: int = SEED,
) -> DecisionScore:
    """Judge a decision with what several decisions are measured with, as `score_decision` does."""
    found: dict[str, TrialWorth] = {}
    for name, changes in options.items():
        changed = Scenario(name, tuple(changes)).apply(program)
        assert isinstance(changed, Program)
        found[name] = yardstick.measure(changed, trials, seed)
    return DecisionScore(chosen, MappingProxyType(found), trials, seed, yardstick.penalty,
                         yardstick)  # fmt: skip
