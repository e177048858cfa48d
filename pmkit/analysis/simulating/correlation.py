"""Durations that vary together: a common factor by group, or a matrix.

Either way the rank of an activity's duration comes from a standard normal that mixes independent
ones (a Gaussian copula), so each duration keeps the distribution of its own three points. Without
correlation the highs and lows of many activities cancel, and early and late finishes look less
likely than they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from pmkit.model.activity import id_text
from pmkit.model.errors import PlanError, Problem
from pmkit.model.project import Project

if TYPE_CHECKING:
    import pandas as pd

    Correlation = (
        float
        | Mapping[str, float]
        | Mapping[tuple[str, str], float]
        | Mapping[str | tuple[str, str], float]
        | pd.DataFrame
    )

GROUP_DEFAULT = 0.5
"""Correlation within a `correlation_group` where none is given."""

Mixture = tuple[tuple[str, float], ...]
"""Names of independent standard normals and their weights, whose squares add up to one."""

_ROUNDING = 1e-8  # an eigenvalue above minus this is a zero


def mixtures(project: Project, correlation: Correlation | None) -> dict[str, Mixture]:
    """Return how the normal of each correlated activity is mixed.

    Parameters
    ----------
    project
        Its activities may carry a `correlation_group`.
    correlation
        One number for all groups (for all activities where the plan has no groups), numbers by
        group, numbers by pair of activity ids, or a square DataFrame with activity ids as index
        and columns. Pairs that are not named are independent; an activity in a pair or matrix
        leaves its group.

    Raises
    ------
    PlanError
        For a correlation outside -1 to 1, an unknown id or group, a matrix that is not symmetric,
        or correlations that contradict each other.
    """
    if correlation is None:
        return _by_group(project, {}, GROUP_DEFAULT)
    if isinstance(correlation, int | float):
        _check_strength({"correlation": float(correlation)})
        has_groups = any(activity.correlation_group for activity in project.activities)
        return _by_group(project, {}, float(correlation), everyone=not has_groups)
    if isinstance(correlation, Mapping):
        pairs = {key: float(v) for key, v in correlation.items() if isinstance(key, tuple)}
        groups = {key: float(v) for key, v in correlation.items() if isinstance(key, str)}
        known = {activity.correlation_group for activity in project.activities}
        for group in groups:
            if group not in known:
                raise PlanError(
                    f"correlation: group {group!r} must be a correlation_group of the plan, "
                    f"which has {', '.join(sorted(known - {''})) or 'none'}",
                    group,
                )
        _check_strength({f"correlation of group {g!r}": value for g, value in groups.items()})
        found = _by_group(project, groups, GROUP_DEFAULT)
        if pairs:
            found.update(_by_matrix(project, *_matrix_of_pairs(pairs)))
        return found
    ids = [id_text(label) for label in correlation.index]
    columns = [id_text(label) for label in correlation.columns]
    if sorted(ids) != sorted(columns) or len(set(ids)) < len(ids):
        raise PlanError(
            "correlation: a matrix must have the same activity ids as index and as columns, each "
            f"once, got {len(ids)} rows and {len(columns)} columns"
        )
    matrix = correlation.to_numpy(dtype=np.float64)[:, [columns.index(id_) for id_ in ids]]
    found = _by_group(project, {}, GROUP_DEFAULT)
    found.update(_by_matrix(project, ids, matrix))
    return found


def _check_strength(named: Mapping[str, float]) -> None:
    problems = [
        Problem(
            f"{name}: must be between 0 and 1 (a common factor cannot be negative), "
            f"got {value:.12g}"
        )
        for name, value in named.items()
        if not 0 <= value <= 1
    ]
    if problems:
        raise PlanError(problems)


def _by_group(
    project: Project, given: Mapping[str, float], default: float, *, everyone: bool = False
) -> dict[str, Mixture]:
    found: dict[str, Mixture] = {}
    for activity in project.activities:
        group = activity.correlation_group
        strength = given.get(group, default) if group or everyone else 0.0
        if strength:
            common, own = strength**0.5, (1 - strength) ** 0.5
            parts = ((f"group {group}", common), (f"activity {activity.id}", own))
            found[activity.id] = tuple(part for part in parts if part[1])
    return found


def _matrix_of_pairs(
    pairs: Mapping[tuple[str, str], float],
) -> tuple[list[str], np.ndarray]:
    ids = list(dict.fromkeys(id_text(id_) for pair in pairs for id_ in pair))
    matrix = np.eye(len(ids))
    for pair, value in pairs.items():
        a, b = (ids.index(id_text(id_)) for id_ in pair)
        if a == b and value != 1:
            raise PlanError(
                f"correlation of {ids[a]!r} with itself: must be 1, got {value:.12g}", ids[a]
            )
        matrix[a, b] = matrix[b, a] = value
    return ids, matrix


def _by_matrix(project: Project, ids: Sequence[str], matrix: np.ndarray) -> dict[str, Mixture]:
    problems = []
    for id_ in ids:
        if id_ not in project.topology.index:
            problems.append(
                Problem(f"correlation: ids must be activities of the plan, got {id_!r}", ids=(id_,))
            )
    for a in range(len(ids)):
        if matrix[a, a] != 1:
            problems.append(
                Problem(
                    f"correlation of {ids[a]!r} with itself: must be 1, got {matrix[a, a]:.12g}",
                    ids=(ids[a],),
                )
            )
        for b in range(a):
            pair = f"correlation of {ids[b]!r} and {ids[a]!r}"
            both = (ids[b], ids[a])
            if not -1 <= matrix[b, a] <= 1:
                problems.append(
                    Problem(f"{pair}: must be between -1 and 1, got {matrix[b, a]:.12g}", ids=both)
                )
            elif abs(matrix[a, b] - matrix[b, a]) > _ROUNDING:
                problems.append(
                    Problem(
                        f"{pair}: must be the same both ways, got {matrix[b, a]:.12g} and "
                        f"{matrix[a, b]:.12g}",
                        ids=both,
                    )
                )
    if problems:
        raise PlanError(problems)
    # In the order of the plan, so that the order of the matrix does not change the draws.
    index = project.topology.index
    order = sorted(range(len(ids)), key=lambda place: index[ids[place]])
    ids, matrix = [ids[place] for place in order], matrix[np.ix_(order, order)]
    lowest, directions = np.linalg.eigh(matrix)
    if lowest[0] < -_ROUNDING:
        shares = np.abs(directions[:, 0])
        clash = [id_ for id_, share in zip(ids, shares, strict=True) if share > 0.1 * shares.max()]
        raise PlanError(
            f"correlation: the correlations among {', '.join(map(repr, clash))} contradict each "
            "other (no variables can have them all; the matrix must be positive semidefinite, "
            f"its smallest eigenvalue is {lowest[0]:.4g})",
            *clash,
        )
    # A perfect correlation makes the matrix singular; a hair on the diagonal lets it factor.
    factor = np.linalg.cholesky((matrix + 1e-9 * np.eye(len(ids))) / (1 + 1e-9))
    return {
        id_: tuple(
            (f"activity {other}", float(weight))
            for other, weight in zip(ids, factor[row], strict=True)
            if abs(weight) > _ROUNDING
        )
        for row, id_ in enumerate(ids)
    }
