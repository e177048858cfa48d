"""The best choice at every budget: from half of it to half as much again.

The budgets are scaled together. The best choice at a scale is asked for, then the smallest scale at
which it is still as good; just below that another one is best. So the whole staircase is found,
step by step (the epsilon-constraint method; Haimes, Lasdon & Wismer, 1971).
"""

from __future__ import annotations

from dataclasses import dataclass

from pmkit.analysis.funding.programme import Choice, FundingProgramme

LOW, HIGH = 0.5, 1.5
_STEP = 1e-6  # of the budget: two that differ by less are one
_ROOM = 1e-8  # relative: of the worth of two choices that are equally good


@dataclass(frozen=True, slots=True)
class BudgetStep:
    """A range of budgets with one best choice.

    Attributes
    ----------
    low, high
        Shares of the budget; the choice is best from `low` on, and below `high`.
    choice
        The projects; ``None`` where no choice keeps to the limits.
    """

    low: float
    high: float
    choice: Choice | None


def budget_steps(programme: FundingProgramme, most: int) -> tuple[tuple[BudgetStep, ...], bool]:
    """Return the best choices over the budgets, the largest first, and whether they are exact.

    Parameters
    ----------
    programme
        The question; its budgets are scaled.
    most
        How many steps are looked for. A problem with more, or with projects that can be funded in
        part, is asked at every per cent instead.
    """
    if any(share < 1 for share in programme.problem.smallest):
        return _grid(programme), False  # part of a project: the value grows with every coin
    found: list[BudgetStep] = []
    scale, high = HIGH, HIGH
    while scale >= LOW and len(found) < most:
        best = programme.best(scale=scale)
        if best is None:
            found.append(BudgetStep(LOW, high, None))
            return tuple(found), True
        room = _ROOM * max(1.0, abs(best.objective))
        kept = programme.cheapest(best.objective - room, scale)
        low, choice = scale, best
        if kept is not None and kept[0].objective >= best.objective - 2 * room:
            choice, low = Choice(kept[0].share, kept[0].delay, kept[0].objective, best.bound,
                                 best.is_proven), min(kept[1], scale)  # fmt: skip
        found.append(BudgetStep(max(low, LOW), high, choice))
        high, scale = low, low - _STEP
    if scale < LOW:
        return tuple(found), all(s.choice is None or s.choice.is_proven for s in found)
    return _grid(programme), False


def _grid(programme: FundingProgramme) -> tuple[BudgetStep, ...]:
    """Ask at every per cent; between two of them the choice is taken to be that below."""
    found = []
    for percent in range(round(HIGH * 100), round(LOW * 100) - 1, -1):
        choice = programme.best(scale=percent / 100)
        high = HIGH if percent == round(HIGH * 100) else (percent + 1) / 100
        found.append(BudgetStep(percent / 100, high, choice))
    return tuple(found)
