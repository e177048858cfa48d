"""Each question as an item of a test: how easy it was, and whether it tells the able from others.

Notes
-----
What waits for the teacher counts nothing: a question in which many wait is left out of the total,
and so are, in correlations and alpha, the students who wait in one of the others. Nothing given is
0, as in the marks. Who handed in nothing is not in the class that is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from pmkit.teach.intervals import Estimate, correlation, share

MANY_WAIT = 0.2
"""Of the students: where more wait for their points, a question is left out of the total."""
DRAWS = 2000
"""Classes that are drawn for the interval of alpha."""

Points = Mapping[str, Mapping[str, float | None]]
"""By student, then by question: the points; ``None`` where they wait for the teacher."""


@dataclass(frozen=True)
class Item:
    """How a class did in one question.

    Attributes
    ----------
    question, out_of
        Its name, and its points.
    facility
        Mean share of the points; ``None`` where nobody has any yet.
    discrimination
        Correlation of its points with those of all other questions together (corrected item-total
        correlation). ``None`` where it has none, and ``why`` says why.
    why
        Why there is no correlation.
    waiting
        How many wait for the teacher.
    """

    question: str
    out_of: float
    facility: Estimate | None
    discrimination: Estimate | None
    why: str = ""
    waiting: int = 0


@dataclass(frozen=True)
class ItemAnalysis:
    """All questions of an exercise, as one class did them.

    Attributes
    ----------
    items
        In the order of the exercise.
    alpha
        Cronbach's alpha of the exercise; ``None`` where it has none.
    left_out
        Questions that are in no total because many wait.
    complete
        How many students the correlations stand on.
    """

    items: tuple[Item, ...]
    alpha: Estimate | None
    left_out: tuple[str, ...]
    complete: int

    def __getitem__(self, question: str) -> Item:
        return next(item for item in self.items if item.question == question)


def analyze_items(points: Points, out_of: Mapping[str, float]) -> ItemAnalysis:
    """Return how a class did in each question.

    Parameters
    ----------
    points
        Of the students who handed in.
    out_of
        What each question is worth, in their order.

    Notes
    -----
    Facility is the mean share of the points; its interval is Wilson's (1927). The correlation is
    that with the rest of the total, not with the total, which holds the question itself; its
    interval is Fisher's (1921). Alpha is Cronbach's, "Coefficient alpha and the internal structure
    of tests" (Psychometrika 16, 1951); its interval is the middle 95 % of the alphas of `DRAWS`
    classes drawn from the students with replacement (Efron, 1979), with a fixed seed.
    """
    columns = {
        name: [given.get(name) for given in points.values()] for name in out_of
    }  # fmt: skip
    waiting = {name: column.count(None) for name, column in columns.items()}
    left_out = tuple(n for n in out_of if waiting[n] > MANY_WAIT * len(points) or not points)
    kept = [name for name in out_of if name not in left_out]
    rows = [[given.get(name) for name in kept] for given in points.values()]
    complete = [row for row in rows if None not in row]
    scores = np.array(complete, float).reshape(len(complete), len(kept))
    items = []
    for name, worth in out_of.items():
        there = [given for given in columns[name] if given is not None]
        facility = share(sum(there) / worth, len(there)) if there and worth else None
        if name in left_out:  # those who left it empty are not the class
            facility, r, why = None, None, "its points are not in yet"
        else:
            r, why = item_rest(scores, kept.index(name))
        items.append(Item(name, worth, facility, r, why, waiting[name]))
    return ItemAnalysis(tuple(items), alpha_interval(scores), left_out, len(scores))


def item_rest(scores: Any, column: int) -> tuple[Estimate | None, str]:
    """Return the correlation of a column with the sum of the others, or why there is none.

    Parameters
    ----------
    scores
        A row for each student, a column for each question.
    column
        Which one.
    """
    if len(scores) < 4:
        return None, "fewer than 4 students have all their points"
    own, rest = scores[:, column], np.delete(scores, column, axis=1).sum(axis=1)
    for points, of in ((own, "this question"), (rest, "all other questions")):
        if np.ptp(points) < 1e-9:
            return None, f"everybody has the same points in {of}"
    r = float(np.corrcoef(own, rest)[0, 1])
    return correlation(max(-1.0, min(1.0, r)), len(scores)), ""


def alpha(scores: Any) -> float | None:
    """Return Cronbach's alpha; ``None`` for one question, or where all totals are the same.

    Parameters
    ----------
    scores
        A row for each student, a column for each question.

    Examples
    --------
    >>> round(alpha(np.array([[1, 2], [3, 3], [4, 5]])), 3)
    0.963
    """
    count, questions = scores.shape
    if count < 2 or questions < 2:
        return None
    total = scores.sum(axis=1).var(ddof=1)
    if total < 1e-12:
        return None
    return float(questions / (questions - 1) * (1 - scores.var(axis=0, ddof=1).sum() / total))


def alpha_interval(scores: Any) -> Estimate | None:
    """Return alpha with the interval of classes drawn from this one."""
    found = alpha(scores)
    if found is None or len(scores) < 4:
        return None
    count, questions = scores.shape
    drawn = scores[np.random.default_rng(1951).integers(0, count, (DRAWS, count))]
    totals = drawn.sum(axis=2).var(axis=1, ddof=1)
    parts = drawn.var(axis=1, ddof=1).sum(axis=1)
    known = totals > 1e-12
    alphas = questions / (questions - 1) * (1 - parts[known] / totals[known])
    low, high = np.quantile(alphas, [0.025, 0.975])
    return Estimate(found, float(low), float(high), count)
