"""Weights from swings: how much it is worth to go from the worst to the best on each objective."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.figures import number_text
from pmkit.model.activity import at_least_zero
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Program
from pmkit.model.strategy import strategy_of

if TYPE_CHECKING:
    import pandas as pd

MOST = 100
"""Points of the swing that is worth most."""
_SAME = 1e-9


@dataclass(frozen=True, eq=False, repr=False)
class SwingWeights:
    """Weights in proportion to the points of swings.

    Attributes
    ----------
    points
        ``{objective: points}``; the swing that is worth most has 100.
    swings
        ``{objective: words}``: from what to what, where it was told.
    """

    points: Mapping[str, float]
    swings: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def weights(self) -> dict[str, float]:
        """The weights, which add up to 1."""
        total = sum(self.points.values())
        return {name: told / total for name, told in self.points.items()}

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per objective, the heaviest first: ``points weight rank swing``."""
        import pandas as pd

        ordered = sorted(self.points, key=lambda name: -self.points[name])
        rows = [
            (self.points[name], self.weights[name],
             1 + sum(other > self.points[name] for other in self.points.values()),
             self.swings.get(name, ""))
            for name in ordered
        ]  # fmt: skip
        index = pd.Index(ordered, name="objective", dtype=object)
        return pd.DataFrame(rows, index=index, columns=["points", "weight", "rank", "swing"])

    def on(self, program: Program) -> Program:
        """Return the program with these weights on its objectives.

        The objectives must be all the parts of one objective, or all those at the top.

        Raises
        ------
        PlanError
            If they are not, or are judged in pairs already.
        """
        strategy = strategy_of(program)
        parents = {one.id: one.parent for one in strategy.objectives}
        problems = [
            Problem(f"swing weights: objective must be one of the program's, got {name!r}")
            for name in self.points if name not in parents
        ]  # fmt: skip
        if problems:
            raise PlanError(problems)
        parent = parents[next(iter(self.points))]
        whose = f"the parts of {parent!r}" if parent else "those at the top"
        beside = [one.id for one in strategy.children(parent)]
        problems = [
            Problem(f"swing weights: must be for {whose}, got {name!r}, which is not one of them")
            for name in self.points if name not in beside
        ] + [
            Problem(f"swing weights: must be for all of {whose}, got nothing on {name!r}")
            for name in beside if name not in self.points
        ]  # fmt: skip
        if parent in strategy.judgements:
            problems.append(Problem(f"swing weights: {whose} must have weights or judgements of "
                                    "pairs, there are judgements already"))  # fmt: skip
        if problems:
            raise PlanError(problems)
        objectives = tuple(
            replace(one, weight=self.weights[one.id]) if one.parent == parent else one
            for one in strategy.objectives
        )
        return replace(program, strategy=replace(strategy, objectives=objectives))

    def explain(self, name: str | None = None) -> Explanation:
        """Show how the weights come about; or that of one objective.

        Raises
        ------
        PlanError
            If no objective of that name has points.
        """
        if name is not None and name not in self.points:
            known = ", ".join(map(repr, self.points))
            raise PlanError(f"swing weights: name must be one of {known}, got {name!r}")
        told = [number_text(amount) for amount in self.points.values()]
        total = number_text(sum(self.points.values()))
        best = next(one for one, points in self.points.items() if MOST - points <= _SAME)
        lines = [f"all points: {' + '.join(told)} = {total}"]
        for one in self.points if name is None else (name,):
            points = number_text(self.points[one])
            lines.append(f"{one}: {points} / {total} = {self.weights[one]:.3f}{self._of(one)}")
            if one != best:
                lines.append(f"its swing is worth {points} % of the swing of {best}")
        if name is None:
            heaviest = ", ".join(self.table.index[:1])
            return Explanation(f"{len(self.points)} weights from swings, {heaviest} is the "
                               "heaviest", tuple(lines))  # fmt: skip
        return Explanation(f"weight of {name} = {self.weights[name]:.3f}", tuple(lines))

    def _of(self, name: str) -> str:
        return f" (swing {self.swings[name]})" if self.swings.get(name) else ""

    def __repr__(self) -> str:
        ranked = sorted(self.weights.items(), key=lambda item: -item[1])
        told = ", ".join(f"{name} {weight:.3f}" for name, weight in ranked[:4])
        more = f" and {len(ranked) - 4} more" if len(ranked) > 4 else ""
        return f"SwingWeights {told}{more}"

    def _repr_html_(self) -> str:
        table = self.table.to_html(border=0, float_format="{:.3f}".format)
        return f"<p>{escape(repr(self))}</p>{table}"


def swing_weights(
    points: Mapping[str, float] | Iterable[tuple[str, float]],
    *,
    swings: Mapping[str, str] | None = None,
) -> SwingWeights:
    """Return the weights of objectives from the points of their swings.

    Imagine that everything stands at its worst. Which objective would you bring to its best first?
    That swing has 100 points; every other has points for what it is worth beside that one.

    Parameters
    ----------
    points
        ``{"Air": 100, "Riders": 60}``: points from 0 to 100, the swing that is worth most 100.
    swings
        ``{"Air": "from 40 to 25 micrograms"}``: from what to what, for the record.

    Returns
    -------
    SwingWeights
        Weights that add up to 1.

    Raises
    ------
    PlanError
        With every objective whose points are none, or when no swing has 100.

    Notes
    -----
    von Winterfeldt & Edwards, "Decision analysis and behavioral research", 1986. What is weighed is
    the swing over the range at hand, not importance in the abstract (Parnell & Trainor, "Using the
    swing weight matrix to weight multiple objectives", INCOSE, 2009): an objective on which all
    projects do about the same has a small swing, however important it is.

    Examples
    --------
    >>> found = swing_weights({"Air": 100, "Riders": 60, "Money": 40})
    >>> found
    SwingWeights Air 0.500, Riders 0.300, Money 0.200
    >>> print(found.explain("Riders"))
    weight of Riders = 0.300
      all points: 100 + 60 + 40 = 200
      Riders: 60 / 200 = 0.300
      its swing is worth 60 % of the swing of Air
    """
    told = points.items() if isinstance(points, Mapping) else points
    problems, found = list[Problem](), dict[str, float]()
    for name, amount in told:
        text, value = str(name).strip(), _value(amount)
        if not text:
            problems.append(Problem("swing weights: an objective must have a name, got an empty "
                                    "one"))  # fmt: skip
        elif text in found:
            problems.append(Problem(f"swing weights: {text!r} must have points once, came more "
                                    "than once"))  # fmt: skip
        elif value is None:
            problems.append(Problem(f"swing weights: points of {text!r} must be a number from 0 to "
                                    f"{MOST}, got {amount!r}"))  # fmt: skip
        else:
            found[text] = value
    problems += [
        Problem(f"swing weights: swings must be told of objectives with points, got {name!r}")
        for name in swings or {} if name not in found and not problems
    ]  # fmt: skip
    if not problems and not found:
        problems.append(Problem("swing weights: must be for at least one objective, got none"))
    elif not problems and max(found.values()) < MOST - _SAME:
        most = number_text(max(found.values()))
        problems.append(Problem(f"swing weights: the swing that is worth most must have {MOST} "
                                f"points, the most is {most}"))  # fmt: skip
    if problems:
        raise PlanError(problems)
    return SwingWeights(found, dict(swings or {}))


def _value(amount: Any) -> float | None:
    if isinstance(amount, bool) or not at_least_zero(amount) or amount > MOST:
        return None
    return float(amount)
