"""Weights from pairwise comparison: the analytic hierarchy process (Saaty, 1980)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.aligning.random_index import expected_at_random
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.figures import number_text
from pmkit.model.activity import is_finite
from pmkit.model.errors import PlanError, Problem

if TYPE_CHECKING:
    import pandas as pd

Judgement = tuple[str, str, float]
"""One thing, another, and how many times as important the first is."""
_STEPS, _SHORT, _SAME = 1_000, 1e-9, 1e-12
CONSISTENT = 0.1
"""Up to this ratio judgements are taken to be consistent enough (Saaty, 1980)."""


@dataclass(frozen=True, eq=False, repr=False)
class PairwiseWeights:
    """Weights that fit judgements best, and how well the judgements fit each other.

    Attributes
    ----------
    names
        What was compared, in the order in which it was named.
    judgements
        As given.
    table_name
        Which random index the consistency ratio is divided by.
    """

    names: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    table_name: str
    _matrix: Any
    """Ratios, shape (names, names); those that nobody judged are filled in."""

    @cached_property
    def _principal(self) -> tuple[float, Any]:
        return principal(self._matrix)

    @cached_property
    def weights(self) -> dict[str, float]:
        """The weights, which add up to 1."""
        return dict(zip(self.names, self._principal[1].tolist(), strict=True))

    @cached_property
    def consistency_ratio(self) -> float:
        """How inconsistent the judgements are: 0 not at all, 1 as much as at random."""
        count = len(self.names)
        expected = expected_at_random(self.table_name, count)
        if not expected:
            return 0.0
        return max((self._principal[0] - count) / (count - 1) / expected, 0.0)

    @property
    def is_consistent(self) -> bool:
        """Whether the ratio is at most 0.1."""
        return self.consistency_ratio <= CONSISTENT

    @cached_property
    def missing(self) -> tuple[tuple[str, str], ...]:
        """Pairs that nobody judged."""
        judged = {frozenset(judgement[:2]) for judgement in self.judgements}
        return tuple(
            (one, other)
            for n, one in enumerate(self.names)
            for other in self.names[n + 1 :]
            if frozenset((one, other)) not in judged
        )

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per judgement, the one that hurts consistency most first.

        ``one other ratio would_be ratio_without``: what it would have to be to fit the others, and
        the consistency ratio if it were.
        """
        import pandas as pd

        rows = []
        for one, other, ratio in self.judgements:
            fits, left = self._without(one, other)
            rows.append((one, other, ratio, fits, left))
        columns = ["one", "other", "ratio", "would_be", "ratio_without"]
        table = pd.DataFrame(rows, columns=columns).astype({"ratio": float})
        order = table["ratio_without"].round(12).sort_values(kind="stable").index
        return table.loc[order].reset_index(drop=True).rename_axis("judgement")

    @property
    def worst(self) -> Judgement | None:
        """The judgement without which consistency would be best; ``None`` where all fit."""
        if self.consistency_ratio < 1e-9:
            return None
        row = self.table.iloc[0]
        return str(row["one"]), str(row["other"]), float(row["ratio"])

    def _without(self, one: str, other: str) -> tuple[float, float]:
        """What a judgement would be if it followed from the others, and the ratio then."""
        kept = tuple(j for j in self.judgements if {one, other} != set(j[:2]))
        i, k = self.names.index(one), self.names.index(other)
        if not _connects(self.names, kept):  # nothing else tells: it fits by itself
            return float(self._matrix[i, k]), self.consistency_ratio
        found = PairwiseWeights(self.names, kept, self.table_name, completed(self.names, kept))
        return float(found._matrix[i, k]), found.consistency_ratio

    def explain(self, name: str | None = None) -> Explanation:
        """Show the ratio and what hurts it most; or how one weight comes about.

        Raises
        ------
        PlanError
            If nothing of that name was compared.
        """
        if name is not None:
            return self._explain_weight(name)
        count, value = len(self.names), self._principal[0]
        index = (value - count) / max(count - 1, 1)
        expected = expected_at_random(self.table_name, count)
        lines = [
            f"principal eigenvalue = {value:.4f} of {count} things",
            f"consistency index = ({value:.4f} - {count}) / {max(count - 1, 1)} = {index:.4f}",
        ]
        if expected:
            lines.append(
                f"consistency ratio = {index:.4f} / {expected:g} = {self.consistency_ratio:.4f}, "
                f"by the random index of {self.table_name.replace('_', ' and ').title()}"
            )
        worst = self.worst
        if worst is not None:
            row = self.table.iloc[0]
            lines.append(
                f"{worst[0]} against {worst[1]} hurts most: {worst[2]:.3g} was judged, "
                f"{float(row['would_be']):.3g} would fit the others; the ratio would be "
                f"{float(row['ratio_without']):.4f}"
            )
        verdict = "consistent enough" if self.is_consistent else "look again at the judgements"
        return Explanation(f"consistency ratio {self.consistency_ratio:.3f}: {verdict}",
                           tuple(lines))  # fmt: skip

    def _explain_weight(self, name: str) -> Explanation:
        if name not in self.weights:
            known = ", ".join(map(repr, self.names))
            raise PlanError(f"weights: name must be one of {known}, got {name!r}")
        i, weight = self.names.index(name), self.weights[name]
        parts = [
            f"{self._matrix[i, k]:.3g} x {self.weights[other]:.3f}"
            for k, other in enumerate(self.names)
        ]
        value = self._principal[0]
        total = float(self._matrix[i] @ self._principal[1])
        return Explanation(
            f"weight of {name} = {weight:.3f}",
            (f"({' + '.join(parts)}) / {value:.3f} = {number_text(total)} / {value:.3f}",),
        )

    def __repr__(self) -> str:
        ranked = sorted(self.weights.items(), key=lambda item: -item[1])
        told = ", ".join(f"{name} {weight:.3f}" for name, weight in ranked[:4])
        more = f" and {len(ranked) - 4} more" if len(ranked) > 4 else ""
        return f"PairwiseWeights {told}{more}; consistency ratio {self.consistency_ratio:.3f}"

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self))}</p>"


def weigh(judgements: Iterable[Judgement], *, random_index: str = "saaty") -> PairwiseWeights:
    """Return the weights of things that were compared in pairs, and how consistent that was.

    Parameters
    ----------
    judgements
        ``("coffee", "wine", 9)``: coffee is nine times as important. A pair may be missing, as
        long as what was judged connects all of them.
    random_index
        Table behind the consistency ratio: ``"saaty"`` (2005) or ``"donegan_dodd"`` (1991).

    Returns
    -------
    PairwiseWeights
        The principal eigenvector, the consistency ratio, and what hurts it most.

    Raises
    ------
    PlanError
        With every judgement that is not one, a pair that is judged twice, things that nothing
        connects, or more of them than the random index knows.

    Notes
    -----
    Missing ratios are those that make the judgements most consistent: they minimise the principal
    eigenvalue, which has one minimum (Bozoki, Fulop & Ronyai, 2010).

    Examples
    --------
    >>> found = weigh([("air", "riders", 2), ("riders", "money", 3), ("air", "money", 6)])
    >>> found
    PairwiseWeights air 0.600, riders 0.300, money 0.100; consistency ratio 0.000
    """
    told = _checked(judgements)
    names = tuple(dict.fromkeys(name for one, other, _ in told for name in (one, other)))
    expected_at_random(random_index, len(names))
    if not _connects(names, told):
        raise PlanError(
            f"judgements: must connect everything that is compared, {names[0]!r} and "
            f"{_unconnected(names, told)!r} are compared with nothing in common"
        )
    return PairwiseWeights(names, told, random_index, completed(names, told))


def _checked(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    problems, seen, told = [], set(), []
    for number, judgement in enumerate(judgements, start=1):
        try:
            one, other, ratio = judgement
        except (TypeError, ValueError):
            problems.append(f"judgement {number}: must be two names and a ratio, got {judgement!r}")
            continue
        one, other = str(one).strip(), str(other).strip()
        pair = frozenset((one, other))
        if not one or not other or one == other:
            problems.append(f"judgement {number}: must compare two different things, got "
                            f"{one!r} and {other!r}")  # fmt: skip
        elif isinstance(ratio, bool) or not is_finite(ratio) or ratio <= 0:
            problems.append(f"judgement {number}, {one!r} against {other!r}: ratio must be a "
                            f"finite number > 0, got {ratio!r}")  # fmt: skip
        elif pair in seen:
            problems.append(f"judgement {number}: {one!r} and {other!r} must be compared once, "
                            "came more than once")  # fmt: skip
        else:
            seen.add(pair)
            told.append((one, other, float(ratio)))
    if problems:
        raise PlanError(Problem(sentence) for sentence in problems)
    if not told:
        raise PlanError("judgements: must compare at least two things, got none")
    return tuple(told)


def _reached(names: tuple[str, ...], judgements: tuple[Judgement, ...]) -> set[str]:
    reached, more = {names[0]}, True
    while more:
        touching = [j[:2] for j in judgements if reached & set(j[:2])]
        found = reached.union(*touching) if touching else reached
        more, reached = len(found) > len(reached), set(found)
    return reached


def _connects(names: tuple[str, ...], judgements: tuple[Judgement, ...]) -> bool:
    return len(_reached(names, judgements)) == len(names)


def _unconnected(names: tuple[str, ...], judgements: tuple[Judgement, ...]) -> str:
    reached = _reached(names, judgements)
    return next(name for name in names if name not in reached)


def completed(names: tuple[str, ...], judgements: tuple[Judgement, ...]) -> Any:
    """Return the matrix of ratios, what nobody judged filled in as consistently as possible."""
    index = {name: n for n, name in enumerate(names)}
    matrix = np.eye(len(names))
    judged = np.eye(len(names), dtype=bool)
    for one, other, ratio in judgements:
        i, k = index[one], index[other]
        matrix[i, k], matrix[k, i] = ratio, 1 / ratio
        judged[i, k] = judged[k, i] = True
    gaps = [(i, k) for i in range(len(names)) for k in range(i + 1, len(names)) if not judged[i, k]]
    if not gaps:
        return matrix
    return _with_best(matrix, gaps, judged)


def _with_best(matrix: Any, gaps: list[tuple[int, int]], judged: Any) -> Any:
    """Fill gaps so that the principal eigenvalue is least: convex in the logarithms.

    Where it is least, each ratio follows from the two eigenvectors. Going there from what the
    ratios are is going down, so that a step that is short enough always helps.
    """
    rows, columns = (np.array(part) for part in zip(*gaps, strict=True))

    def filled(logs: Any) -> Any:
        made = matrix.copy()
        made[rows, columns], made[columns, rows] = np.exp(logs), np.exp(-logs)
        return made

    start = _by_least_squares(matrix, judged)
    logs = start[rows] - start[columns]
    value, right = principal(filled(logs))
    for _ in range(_STEPS):
        left = np.log(principal(filled(logs).T)[1])
        right = np.log(right)
        way = (left[columns] + right[rows] - left[rows] - right[columns]) / 2 - logs
        length = 1.0
        while length > _SHORT:
            tried, right_there = principal(filled(logs + length * way))
            if tried < value:
                break
            length /= 2
        if length <= _SHORT or np.abs(way).max() < _SAME:
            break
        logs, value, right = logs + length * way, tried, right_there
    return filled(logs)


def _by_least_squares(matrix: Any, judged: Any) -> Any:
    """Logarithms of weights that fit what was judged in the least squares: a good start."""
    known = np.argwhere(np.triu(judged, 1))
    equations = np.zeros((len(known) + 1, len(matrix)))
    equations[np.arange(len(known)), known[:, 0]] = 1
    equations[np.arange(len(known)), known[:, 1]] = -1
    equations[-1] = 1
    values = np.append(np.log(matrix[known[:, 0], known[:, 1]]), 0.0)
    return np.linalg.lstsq(equations, values, rcond=None)[0]


def principal(matrix: Any) -> tuple[float, Any]:
    """Return the largest eigenvalue of a positive matrix, and its eigenvector, adding up to 1."""
    values, vectors = np.linalg.eig(matrix)
    place = int(values.real.argmax())
    vector = np.abs(vectors[:, place].real)
    return float(values[place].real), vector / vector.sum()
