"""Numbers of lesson 08: scores, weights from swings and pairs, and how sure a rank is."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from pmkit.analysis.aligning.alignment import Alignment, align
from pmkit.analysis.aligning.pairwise import CONSISTENT, weigh
from pmkit.analysis.aligning.swing import swing_weights
from pmkit.learning.makers import Made
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo
from pmkit.model.strategy import Objective, Strategy

OBJECTIVES = ("Air", "Riders", "Money")
DRAWS = 2_000
"""Of weights and scores: the standard error of a share is at most 1.1 points."""

_APART = 0.025


def depot_rank(program: Program) -> Made:
    """Say which place the project takes that all others stand on."""
    found = align(program)
    rank, count = int(found.table.loc["Depot", "rank"]), len(found.projects)  # type: ignore[arg-type]
    return Made(float(rank), work=(
        str(found.explain("Depot")).splitlines()[1].strip(),
        f"{rank - 1} of {count} projects score more",
    ))  # fmt: skip


def sure_first(program: Program) -> Made:
    """Say in how many per cent of draws the leader stays first."""
    shares = align(program).robustness(DRAWS).table[1].sort_values(ascending=False)
    first, second = shares.index[:2]
    return Made(100 * float(shares.iloc[0]), work=(
        f"{DRAWS:,} draws: weights about a fifth off, scores up to 0.1 to either side",
        f"{first} is first in {100 * shares.iloc[0]:.0f} %",
        f"{second} is first in {100 * shares.iloc[1]:.0f} %",
    ))  # fmt: skip


def weighted_score(chance: random.Random, variant: int) -> Made:
    """Ask for the score of a project that opposes one of three objectives.

    A weighted sum; weights are points that are divided by their sum (Keeney & Raiffa, *Decisions
    with Multiple Objectives*, 1976).
    """
    while True:
        points: tuple[int, ...] = (80, 70, 50)
        scores = (0.8, 0.6, -0.4)
        if variant > 0:
            points = tuple(10 * chance.randint(2, 9) for _ in OBJECTIVES)
            scores = (chance.randint(3, 9) / 10, chance.randint(1, 6) / 10,
                      -chance.randint(2, 5) / 10)  # fmt: skip
        total = sum(points)
        found = _aligned(points, {"P": scores})
        score = float(found.scores["P"])
        wrong = {
            "scores-added": sum(scores),
            "negative-as-size": sum(p * abs(s) for p, s in zip(points, scores, strict=True))
            / total,
            "points-not-shares": sum(p * s for p, s in zip(points, scores, strict=True)) / 100,
            "largest-score": max(scores),
        }
        if total != 100 and _are_told_apart(score, wrong, _APART):
            break
    told: dict[str, object] = {f"points_{o}": p for o, p in zip(OBJECTIVES, points, strict=True)}
    told |= {f"score_{o}": f"{s:g}" for o, s in zip(OBJECTIVES, scores, strict=True)}
    parts = " + ".join(f"{p} / {total} x {s:g}" for p, s in zip(points, scores, strict=True))
    return Made(score, told, wrong, (f"points together: {total}", f"{parts} = {score:.2f}"))


def swing_share(chance: random.Random, variant: int) -> Made:
    """Ask for the weight of the objective whose swing is worth less than the best one.

    von Winterfeldt & Edwards, *Decision Analysis and Behavioral Research*, 1986: what is weighed
    is the way from worst to best that these projects can go, not importance as such.
    """
    while True:
        if variant == 0:
            points, asked = (40, 100, 60), (50, 30, 20)
        else:
            points = (10 * chance.randint(2, 6), 100, 10 * chance.randint(3, 9))
            first, second = 5 * chance.randint(8, 12), 5 * chance.randint(3, 6)
            asked = (first, second, 100 - first - second)
        found = swing_weights(dict(zip(OBJECTIVES, points, strict=True)))
        weight = 100 * found.weights["Air"]
        wrong = {"importance-for-swing": float(asked[0]), "swing-as-percent": float(points[0]),
                 "all-weigh-alike": 100 / len(points)}  # fmt: skip
        if _are_told_apart(weight, wrong, 2.0):
            break
    told = {f"points_{o}": p for o, p in zip(OBJECTIVES, points, strict=True)}
    told |= {f"asked_{o}": p for o, p in zip(OBJECTIVES, asked, strict=True)}
    total = sum(points)
    return Made(weight, told, wrong, (
        f"all points: {' + '.join(map(str, points))} = {total}",
        f"Air: {points[0]} / {total} = {weight:.0f} %",
    ))  # fmt: skip


def ratio_of_pairs(chance: random.Random, variant: int) -> Made:
    """Ask what a consistency ratio says.

    AHP: weights are the principal eigenvector of the ratios, the ratio compares how far they
    contradict each other with ratios at random (Saaty, 1977; 1980, limit 0.1).
    """
    is_wanted = variant % 2 == 0
    while True:
        first, second = chance.choice([2, 3, 4]), chance.choice([2, 3])
        third = chance.choice([2, 3, 4, 5, 6, 7, 8, 9]) if is_wanted else chance.choice([1, 0.5])
        found = weigh([("Air", "Riders", first), ("Riders", "Money", second),
                       ("Air", "Money", third)])  # fmt: skip
        ratio = found.consistency_ratio
        if found.is_consistent == is_wanted and ratio > 0.005 and abs(ratio - CONSISTENT) > 0.01:
            break
    words = {1: "just as", 0.5: "half as"}.get(third, f"{third:g} times as")
    told = {"first": first, "second": second, "third": words, "ratio": f"{ratio:.2f}",
            "product": first * second}  # fmt: skip
    side = "at most" if found.is_consistent else "above"
    answer, wrong = (("keep", {"wants-no-contradiction": "again"}) if found.is_consistent
                     else ("again", {"keeps-contradictions": "keep"}))  # fmt: skip
    return Made(answer, told, wrong, (
        f"agreeing judgements: {first} x {second} = {first * second}, told was {third:g}",
        f"consistency ratio {ratio:.2f}, {side} {CONSISTENT}",
    ))  # fmt: skip


def how_sure(chance: random.Random, variant: int) -> Made:
    """Ask what follows from the share of draws in which a project is first.

    Rank acceptability: Lahdelma & Salminen, SMAA-2, *Operations Research* 49(3), 2001.
    """
    is_close = variant % 2 == 0
    while True:
        points = tuple(10 * chance.randint(2, 9) for _ in OBJECTIVES)
        rows = {one: tuple(chance.randint(1, 9) / 10 for _ in OBJECTIVES) for one in "PQ"}
        found = _aligned(points, rows)
        lead = abs(float(found.scores["P"] - found.scores["Q"]))
        if not (0.01 < lead < 0.03 if is_close else 0.1 < lead < 0.2):
            continue
        shares = found.robustness(DRAWS).table[1]
        share = float(shares.max())
        if (0.55 <= share < 0.75) if is_close else 0.95 < share < 0.995:
            break
    first, second = found.table.index[:2]
    told = {"first": first, "second": second, "share": f"{100 * share:.0f}",
            "score_first": f"{found.scores[first]:.2f}",
            "score_second": f"{found.scores[second]:.2f}"}  # fmt: skip
    answer, wrong = (("close", {"rank-as-sure": "sure"}) if is_close
                     else ("sure", {"doubts-a-clear-rank": "close"}))  # fmt: skip
    return Made(answer, told, wrong, (
        f"{first} {told['score_first']}, {second} {told['score_second']}",
        f"{first} is first in {told['share']} % of {DRAWS:,} draws",
    ))  # fmt: skip


def _aligned(points: Sequence[float], rows: Mapping[str, Sequence[float]]) -> Alignment:
    objectives = tuple(Objective(o, weight=p) for o, p in zip(OBJECTIVES, points, strict=True))
    scores = {(project, o): s for project, row in rows.items()
              for o, s in zip(OBJECTIVES, row, strict=True)}  # fmt: skip
    return align(Program((), candidates=tuple(map(ProjectInfo, rows)),
                         strategy=Strategy(objectives, scores)))  # fmt: skip


def _are_told_apart(answer: float, wrong: Mapping[str, float], apart: float) -> bool:
    told = [answer, *wrong.values()]
    return all(abs(a - b) > apart for n, a in enumerate(told) for b in told[:n])
