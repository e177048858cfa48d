"""Numbers of lesson 12: how good a decision was, what an option is worth, what luck comes to."""

from __future__ import annotations

import random

from pmkit.analysis.together.program_simulation import simulate_program
from pmkit.learning.deciding.quality import SEED, TRIALS
from pmkit.learning.makers import Made
from pmkit.model.program import Program


def decision_score(chance: random.Random, variant: int) -> Made:
    """Return 100 x (E[chosen] - E[worst]) / (E[best] - E[worst]).

    Decision quality holds only what was known (Howard, 1988, *Decision analysis: practice and
    promise*).
    """
    if variant == 0:
        best, chosen, worst = 420, 396, 340
    else:
        worst = 10 * chance.randint(20, 40)
        best = worst + 10 * chance.randint(6, 12)
        chosen = worst + round((best - worst) * chance.choice((0.62, 0.7, 0.78, 0.84)))
    answer = 100 * (chosen - worst) / (best - worst)
    wrong = {"worst-as-zero": 100 * chosen / best, "score-counts-loss": 100 - answer,
             "rank-is-score": 50.0}  # fmt: skip
    work = ("score = 100 x (E[chosen] - E[worst]) / (E[best] - E[worst])",
            f"= 100 x ({chosen} - {worst}) / ({best} - {worst}) = 100 x {chosen - worst} / "
            f"{best - worst} = {answer:.0f}")  # fmt: skip
    return Made(answer, {"best": best, "chosen": chosen, "worst": worst}, wrong, work)


def best_option(chance: random.Random, variant: int) -> Made:
    """Return figures of four options: the cheapest, the best, the one that misses, the largest."""
    step = 1 if variant == 0 else chance.choice((2, 3, 4))
    start = 500 if variant == 0 else 100 * chance.randint(4, 9)
    penalty = 20 * step
    benefits = [start, start + 40 * step, start + 90 * step, start + 110 * step]
    costs = [start - 200 * step, start - 170 * step, start - 150 * step, start - 90 * step]
    costs = [cost + 200 * (step - 1) for cost in costs]
    missed = [2, 0, 3, 1]
    values = [b - c - penalty * m for b, c, m in zip(benefits, costs, missed, strict=True)]
    told: dict[str, object] = {"penalty": penalty}
    for n, figures in enumerate(zip(benefits, costs, missed, values, strict=True), 1):
        told |= {f"{name}{n}": value for name, value in zip("bcmv", figures, strict=True)}
    work = tuple(
        f"{name}: {b} - {c} - {penalty} x {m} = {v}"
        for name, b, c, m, v in zip("ABCD", benefits, costs, missed, values, strict=True)
    )
    return Made(None, told, {}, work)


def width_of_the_futures(program: Program) -> Made:
    """Return the working days between P10 and P90 of the launch, nothing decided."""
    finish = simulate_program(program, TRIALS, SEED).finish
    low, high = finish.quantile(0.1), finish.quantile(0.9)
    days = [f"{finish.date_of(value):%d %b}" for value in (low, high)]
    return Made(round(high - low, 1), work=(
        f"P10 of the launch: {days[0]}, day {low:.1f}; P90: {days[1]}, day {high:.1f}",
        f"{high:.1f} - {low:.1f} = {high - low:.1f} working days",
    ))  # fmt: skip


def well_decided_badly_turned_out(program: Program) -> Made:
    """Return how many decisions of full quality had a luck below 50."""
    from pmkit.learning.quarter.play import play_quarter

    play = play_quarter()
    luck = [round(one.score.luck or 0.0) for one in play.decisions]
    bad = sum(value < 50 for value in luck)
    quality = ", ".join(f"{one.score.score:.0f}" for one in play.decisions)
    return Made(float(bad), work=(
        f"decision quality by the rule: {quality}",
        f"luck, percentile of what then happened: {', '.join(map(str, luck))}",
        f"below 50: {bad} of {len(luck)}",
    ))  # fmt: skip
