"""What people do by hand: go down a list, by benefit per money, or by score, and take what fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pmkit.analysis.funding.aims import Aim
from pmkit.analysis.funding.choice_problem import ChoiceProblem, Limit
from pmkit.analysis.funding.holding import broken

RULES = ("benefit per money", "benefit", "score")
_FREE = 1e-9


def by_hand(problem: ChoiceProblem, aim: Aim, rule: str) -> tuple[list[float], tuple[str, ...]]:
    """Return the share of each project, and which limits the list could not keep.

    Mandatory and ticked projects come first. Then the list is gone down once: a project is taken,
    with what it requires, when all that it would break is kept. A list has no way to see that two
    projects bring something only together, that is what it loses.

    Parameters
    ----------
    problem
        What there is to choose from.
    aim
        What counts; each project is valued alone, with what it requires.
    rule
        One of `RULES`.
    """
    count = len(problem.ids)
    share, delay = [0.0] * count, [0] * count
    needs = _needs(problem)

    def alone(i: int) -> float:
        own = [0.0] * count
        for k in {i, *needs[i]}:
            own[k] = 1.0
        with_all = aim.benefit(problem, own, delay)
        own[i] = 0.0
        return with_all - aim.benefit(problem, own, delay)

    worth: Callable[[int], float]
    if rule == "score":
        worth = problem.scores.__getitem__
    else:
        values = [alone(i) for i in range(count)]
        worth = values.__getitem__
        if rule == "benefit per money":
            ratios = [v / max(c, _FREE) for v, c in zip(values, problem.cost, strict=True)]
            worth = ratios.__getitem__
    firm, barred = _firm(problem), _barred(problem)
    for i in firm:
        share[i] = 1.0
    for i in sorted(range(count), key=lambda i: (-worth(i), i)):
        if share[i] or worth(i) <= 0 or i in barred:
            continue
        tried = share.copy()
        for k in {i, *needs[i]}:
            tried[k] = 1.0
        if barred & needs[i] or _breaks(problem, share, tried, delay):
            continue
        share = tried
    return share, tuple(sentence for _, sentence in broken(problem, share, delay))


def _breaks(
    problem: ChoiceProblem, before: Sequence[float], after: Sequence[float], delay: Sequence[int]
) -> bool:
    """Whether taking a project breaks a limit that was kept, but for those still to be met."""
    open_ones = ("minimum", "group")  # the list may still come to them

    def told(share: Sequence[float]) -> set[int]:
        return {id(limit) for limit, _ in broken(problem, share, delay)
                if limit.kind not in open_ones or _is_upper(limit)}  # fmt: skip

    return bool(told(after) - told(before))


def _is_upper(limit: Limit) -> bool:
    return limit.rows[0].high < float("inf")


def _needs(problem: ChoiceProblem) -> list[set[int]]:
    """Of each project: all that it requires, and what that requires."""
    direct: list[set[int]] = [set() for _ in problem.ids]
    for limit in problem.limits:
        if limit.kind == "requires":
            for row in limit.rows:
                told = list(zip(row.columns, row.factors, strict=True))
                for j in (j for j, f in told if f > 0):
                    direct[problem.project[j]] |= {problem.project[k] for k, f in told if f < 0}
    found = []
    for i in range(len(problem.ids)):
        reached, waiting = set[int](), set(direct[i])
        while waiting:
            k = waiting.pop()
            reached.add(k)
            waiting |= direct[k] - reached
        found.append(reached - {i})
    return found


def _firm(problem: ChoiceProblem) -> list[int]:
    return [problem.project[limit.rows[0].columns[0]] for limit in problem.limits
            if limit.kind in ("mandatory", "choice") and limit.rows[0].low == 1]  # fmt: skip


def _barred(problem: ChoiceProblem) -> set[int]:
    return {problem.project[limit.rows[0].columns[0]] for limit in problem.limits
            if limit.kind == "choice" and limit.rows[0].high == 0}  # fmt: skip
