"""What the weights panel works out and says: a strategy with other weights, and what it turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

from pmkit.analysis.aligning.alignment import Alignment
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.strategy import Objective, Strategy
from pmkit.views.theme import share_text
from pmkit.widgets.figure import Figure

DIRECT, SWING, PAIRS = "direct", "swing", "pairs"
WAYS = {
    "Points for the swing from worst to best": SWING,
    "Compared in pairs": PAIRS,
    "Weights as they are typed": DIRECT,
}
Values = tuple[tuple[str, float | None], ...]
"""What was typed: an objective, or a pair ``one > other``, and its number."""


def groups(strategy: Strategy) -> list[tuple[str, str]]:
    """Return the groups of objectives that are weighed against each other: label, parent."""
    names = {one.id: one.name or one.id for one in strategy.objectives}
    parents = dict.fromkeys(one.parent for one in strategy.objectives)
    return [
        (f"Parts of {names[parent]}" if parent else "Objectives at the top", parent)
        for parent in parents
        if len(strategy.children(parent)) > 1
    ]


def beginning(strategy: Strategy, parent: str, way: str) -> Values:
    """Return the numbers that a way begins with: what the plan says, in that way.

    Pairs begin with the ratios of the weights, so that each can be judged anew by itself; where
    pairs were judged already, those that were not stay empty.
    """
    parts = strategy.children(parent)
    if way == PAIRS:
        judged = {frozenset(j[:2]): j for j in strategy.judgements.get(parent, ())}
        found: list[tuple[str, float | None]] = []
        own = {one.id: _weight(one) for one in parts}
        for one, other in combinations([p.id for p in parts], 2):
            told = judged.get(frozenset((one, other)))
            ratio = None if told is None else told[2] if told[0] == one else 1 / told[2]
            if not judged and own[one] and own[other]:
                ratio = round(own[one] / own[other], 4)
            found.append((f"{one} > {other}", ratio))
        return tuple(found)
    weights = [_weight(one) for one in parts]
    top = max(weights) or 1.0
    unit = 100 / top if way == SWING else 1.0
    return tuple((one.id, round(w * unit, 6)) for one, w in zip(parts, weights, strict=True))


def _weight(objective: Objective) -> float:
    return 1.0 if objective.weight is None else float(objective.weight)


def weighed(program: Program, told: Mapping[str, tuple[str, Values]]) -> Program:
    """Return the program with the weights of some groups told anew.

    Raises
    ------
    PlanError
        If a number is missing or below 0, or judgements do not connect the objectives.
    """
    strategy = program.strategy
    weights: dict[str, float | None] = {one.id: one.weight for one in strategy.objectives}
    judgements = dict(strategy.judgements)
    for parent, (way, values) in told.items():
        if way == PAIRS:
            judgements[parent] = tuple(
                (*_pair(key), ratio) for key, ratio in values if ratio is not None
            )
            for one in strategy.children(parent):
                weights[one.id] = None
            continue
        judgements.pop(parent, None)
        missing = [key for key, value in values if value is None]
        if missing:
            raise PlanError(f"weights: {missing[0]} must have a number >= 0, got nothing")
        weights |= dict(values)
    objectives = tuple(replace(one, weight=weights[one.id]) for one in strategy.objectives)
    return replace(program, strategy=replace(strategy, objectives=objectives,
                                             judgements=judgements))  # fmt: skip


def _pair(key: str) -> tuple[str, str]:
    one, other = key.split(" > ")
    return one, other


def figures(alignment: Alignment, before: Alignment) -> list[Figure]:
    """Return the cards: who leads, how surely, what would turn it, and how consistent it is."""
    first = str(alignment.table.index[0])
    was = str(before.table.index[0])
    shares = alignment.robustness(2000).table[1].to_dict()
    sure = float(shares[first])
    flip = alignment.smallest_flip
    found = [
        Figure("leader", "Best aligned", first,
               "as before" if first == was else f"it was {was}",
               "" if first == was else "bad", tuple(str(alignment.explain(first)).splitlines())),
        Figure("sure", "First in", share_text(sure),
               "of 2,000 draws with weights about 20 % and scores 0.1 off",
               "good" if sure >= 0.9 else ""),
    ]  # fmt: skip
    if flip is None:
        found.append(
            Figure(
                "flip",
                "What turns it",
                "nothing",
                "no change of one weight gives another project the first place",
            )
        )
    else:
        found.append(Figure(
            "flip", "What turns it", f"{flip.objective} {share_text(flip.flips_at)}",
            f"instead of {share_text(flip.weight)}: then {flip.second} is as good",
        ))  # fmt: skip
    ratio = alignment.consistency_ratio
    if ratio is not None:
        lines = tuple(line for one in alignment.judged.values()
                      for line in str(one.explain()).splitlines())  # fmt: skip
        is_fine = all(one.is_consistent for one in alignment.judged.values())
        found.append(Figure("consistency", "Consistency ratio", f"{ratio:.3f}",
                            "consistent enough" if is_fine else "above 0.1: look again",
                            "good" if is_fine else "bad", lines))  # fmt: skip
    return found


def said(alignment: Alignment) -> str:
    """Return the answer in a sentence."""
    table = alignment.table
    told = [f"{p} {score:.2f}" for p, score in zip(table.index, table["score"], strict=True)]
    more = f" and {len(told) - 4} more" if len(told) > 4 else ""
    notes = []
    if names := alignment.orphans:
        notes.append(f"{_some(names)} {'serves' if len(names) == 1 else 'serve'} no objective.")
    if names := alignment.unserved:
        notes.append(f"Nobody serves {_some(names)}.")
    return " ".join([f"Alignment: {', '.join(told[:4])}{more}.", *notes])


def _some(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more
