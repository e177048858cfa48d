"""Numbers of lesson 05: what a risk is worth, which response pays, how much to keep in hand."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import product
from math import prod

from pmkit.analysis.deciding.decide import decide
from pmkit.analysis.governing.escalation import escalate
from pmkit.analysis.risking.assess import assess_risks
from pmkit.learning.makers import Made
from pmkit.model.decision import Chance, Choice
from pmkit.model.program import Program

_CONFIDENCE = 0.8
_TRIALS, _SEED = 2000, 7


def response_worth(chance: random.Random, variant: int) -> Made:
    """Return the net gain of a response: what it takes off the expected impact, less its cost.

    Expected monetary value: PMI, A Guide to the PMBOK, 6th ed., 2017, section 11.4.
    """
    while True:
        if variant == 0:
            percent, impact, left, smaller, cost = 20, 60, 10, 45, 4
        else:
            percent, left = chance.choice((30, 40, 50)), chance.choice((10, 20))
            impact = 10 * chance.randint(5, 12)
            smaller, cost = impact - 10 * chance.randint(1, 3), chance.randint(3, 9)
        before, after = percent * impact / 100, left * smaller / 100
        answer = before - after - cost
        wrong = {
            "response-for-free": before - after,
            "response-removes-all": before - cost,
            "impact-in-full": float(impact - smaller - cost),
        }
        if answer > 0 and _apart([answer, *wrong.values()], 0.3):
            break
    told = {"p": percent, "impact": impact, "q": left, "smaller": smaller, "cost": cost}
    work = (
        f"expected before = {percent} % x {impact} = {before:g}",
        f"expected after = {left} % x {smaller} = {after:g}",
        f"net gain = {before:g} - {after:g} - {cost} = {answer:g} thousand",
    )
    return Made(answer, told, wrong, work)


def money_in_hand(chance: random.Random, variant: int) -> Made:
    """Return the money that is enough in 80 % of cases, for three threats that do not depend."""
    while True:
        if variant == 0:
            percents, impacts = (10, 30, 50), (100, 40, 30)
        else:
            percents = (10, chance.choice((20, 30)), chance.choice((50, 60)))
            impacts = (10 * chance.randint(9, 14), 10 * chance.randint(4, 7),
                       10 * chance.randint(2, 3))  # fmt: skip
        sums = _sums(percents, impacts)
        answer, work = _enough(sums)
        wrong = {
            "expected-value-enough": sum(p * i for p, i in zip(percents, impacts, strict=True))
            / 100,
            "every-risk-in-full": float(sum(impacts)),
            "likely-risks-only": float(impacts[2]),
        }
        is_new = variant == 0 or answer != 70  # the answer of variant 0
        if is_new and _apart([answer, *wrong.values()], 2.5):
            break
    told: dict[str, object] = {f"p{n}": p for n, p in enumerate(percents, 1)}
    told |= {f"i{n}": i for n, i in enumerate(impacts, 1)}
    return Made(answer, told, wrong, work)


def tree(chance: random.Random, variant: int) -> Made:
    """Return the expected value of the better branch of a decision tree.

    The numbers of variant 0 are those of PMI, A Guide to the PMBOK, 6th ed., 2017, figure 11-16.
    """
    while True:
        if variant == 0:
            build, upgrade, percent = 120, 50, 60
            new, old = (200, 90), (120, 60)
        else:
            build, upgrade = 10 * chance.randint(10, 16), 10 * chance.randint(4, 7)
            percent = chance.choice((40, 60, 70))
            new = (build + 10 * chance.randint(6, 12), build - 10 * chance.randint(3, 6))
            old = (upgrade + 10 * chance.randint(4, 8), upgrade + 10 * chance.randint(0, 2))
        net = {"build": (new[0] - build, new[1] - build),
               "upgrade": (old[0] - upgrade, old[1] - upgrade)}  # fmt: skip
        values = {name: (percent * a + (100 - percent) * b) / 100 for name, (a, b) in net.items()}
        weigh = {name: Chance(name, {"strong": (percent / 100, a), "weak": (1 - percent / 100, b)})
                 for name, (a, b) in net.items()}  # fmt: skip
        found = decide(Choice("plant", weigh))
        best, gross = max(values, key=values.__getitem__), max(
            (percent * a + (100 - percent) * b) / 100 for a, b in (new, old)
        )  # fmt: skip
        wrong = {
            "best-case-as-value": float(max(a for a, _ in net.values())),
            "cost-of-branch-left-out": gross,
            "outcomes-equally-likely": max(sum(pair) / 2 for pair in net.values()),
        }
        if _apart([found.value, *wrong.values()], 1.0) and _apart(list(values.values()), 1.0):
            break
    told = {
        "build": build, "upgrade": upgrade, "p": percent, "q": 100 - percent,
        "new_strong": new[0], "new_weak": new[1], "old_strong": old[0], "old_weak": old[1],
    }  # fmt: skip
    work = tuple(
        f"{name} = {percent} % x {a} + {100 - percent} % x {b} = {values[name]:g}"
        for name, (a, b) in net.items()
    )
    return Made(found.value, told, wrong, (*work, f"the better is {best}: {found.value:g} million"))


def moves_the_finish(program: Program) -> Made:
    """Return which of Depot's risks moves the handover most."""
    depot = program.project("Depot")
    table = assess_risks(depot, trials=_TRIALS, seed=_SEED).table
    effect = table.loc[table["can_occur"], "finish_effect"]
    names = {risk.id: risk.name for risk in depot.risks}
    work = tuple(f"{names[str(id_)]}: {days:.1f} days of the mean finish, in {_TRIALS:,} trials"
                 for id_, days in effect.items())  # fmt: skip
    return Made(names[str(effect.idxmax())], work=work)


def who_decides_on_depot(program: Program) -> Made:
    """Return who decides about Depot, seen from its forecast at 80 %."""
    row = escalate(program, confidence=_CONFIDENCE, trials=_TRIALS).table.loc["Depot"]
    work = (
        f"forecast at 80 % = day {row['forecast']:.0f}, limit = day {row['limit']:.0f}, "
        f"beyond = {row['beyond']:.0f} working days",
        f"why: {row['reason']}",
    )
    return Made(str(row["role"]), work=work)


def _sums(percents: Sequence[int], impacts: Sequence[int]) -> list[tuple[float, float]]:
    """Return what may be needed, each with its probability, from the smallest."""
    found: dict[float, float] = {}
    for occurs in product((False, True), repeat=len(percents)):
        cost = float(sum(i for i, yes in zip(impacts, occurs, strict=True) if yes))
        each = (p if yes else 100 - p for p, yes in zip(percents, occurs, strict=True))
        found[cost] = found.get(cost, 0.0) + prod(each) / 100 ** len(percents)
    return sorted(found.items())


def _enough(sums: Sequence[tuple[float, float]]) -> tuple[float, tuple[str, ...]]:
    """Return the smallest sum that is enough in 80 % of cases, and the way there."""
    total, told = 0.0, []
    for cost, probability in sums:
        total += probability
        told.append(f"{cost:g} thousand is enough in {100 * total:.1f} %")
        if total >= _CONFIDENCE - 1e-9:
            return cost, tuple(told)
    raise AssertionError("probabilities add up to one")


def _apart(values: Sequence[float], least: float) -> bool:
    return all(abs(a - b) > least for n, a in enumerate(values) for b in values[:n])
