"""Numbers of lesson 09: choices within budgets and links, and gates without what is spent."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from pmkit.analysis.funding.fund import fund
from pmkit.analysis.funding.funding import Funding
from pmkit.analysis.gating.gate_review import review_gate
from pmkit.learning.makers import Made
from pmkit.model.benefit import Benefit
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo
from pmkit.model.strategy import Objective, Strategy

MONEY = {2026: 10_400_000.0, 2027: 4_800_000.0}
"""What the treasurer of the sample can give in each year."""

_IDS = "ABCD"
_Row = tuple[int, int, int, int]  # cost in both years, benefit, score


def list_loses(program: Program) -> Made:
    """Say how many per cent of the best value a list by benefit per money loses."""
    found = fund(program, MONEY).by_hand["value"]
    best, by_list = found["optimum"], found["by benefit per money"]
    loss = 100 * (best - by_list) / best
    return Made(float(loss), work=(
        f"best choice EUR {best:,.0f}, ranked list EUR {by_list:,.0f}",
        f"({best:,.0f} - {by_list:,.0f}) / {best:,.0f} = {loss:.1f} %",
    ))  # fmt: skip


def best_at_gate(program: Program) -> Made:
    """Say which option of gate G1 is worth most from here on."""
    review = review_gate(program, "G1")
    lines = tuple(f"{name}: EUR {value:,.0f}" for name, value in review.table["value"].items())
    return Made(f"{review.recommended}", work=lines)


def best_in_caps(chance: random.Random, variant: int) -> Made:
    """Ask for the most that four projects can bring within the budgets of two years.

    The choice is a knapsack with two limits (Weingartner, 1963); a list by ratio or by benefit is
    no more than a guess at it (Dantzig, 1957, for one limit and divisible projects).
    """
    while True:
        rows = [(chance.randint(1, 5), chance.randint(1, 4), chance.randint(4, 14),
                 10 * chance.randint(2, 9)) for _ in _IDS]  # fmt: skip
        limits = {2026: chance.randint(6, 8), 2027: chance.randint(4, 6)}
        if _is_telling(rows, limits):
            break
    found = fund(_four(rows), limits)
    by_hand = found.by_hand["value"]
    wrong = {
        "fund-by-ratio": float(by_hand["by benefit per money"]),
        "fund-by-benefit": float(by_hand["by benefit"]),
        "fund-by-score": float(by_hand["by score"]),
        "fund-years-added": fund(_four(rows), float(sum(limits.values()))).value,
    }
    told = "; ".join(
        f"{id_} costs {first} + {second}, brings {brings} (score {score})"
        for id_, (first, second, brings, score) in zip(_IDS, rows, strict=True)
    )
    return Made(found.value, {"rows": told, "first": limits[2026], "second": limits[2027]}, wrong,
                _kept(found, rows, limits))  # fmt: skip


def _is_telling(rows: Sequence[_Row], limits: Mapping[int, int]) -> bool:
    """Tell, before any solver is asked, whether each way leads to a value of its own."""
    first, second = limits.values()

    def fits(some: Sequence[_Row]) -> bool:
        return sum(r[0] for r in some) <= first and sum(r[1] for r in some) <= second

    def listed(key: Callable[[_Row], float]) -> int:
        taken: list[_Row] = []
        for row in sorted(rows, key=key, reverse=True):
            taken += [row] if fits([*taken, row]) else []
        return sum(row[2] for row in taken)

    keys: list[Callable[[_Row], float]] = [
        lambda r: r[2] / (r[0] + r[1]), lambda r: r[2], lambda r: r[3],
    ]  # fmt: skip
    lists = set(map(listed, keys))
    if len(lists) < len(keys) or any(len({key(row) for row in rows}) < len(rows) for key in keys):
        return False
    some = [part for n in range(5) for part in combinations(rows, n)]
    whole = [part for part in some if sum(r[0] + r[1] for r in part) <= first + second]
    values = {max(sum(r[2] for r in part) for part in kept)
              for kept in ([part for part in some if fits(part)], whole)}  # fmt: skip
    return len(values | lists) == len(keys) + 2


def _four(rows: Sequence[_Row]) -> Program:
    infos = tuple(
        ProjectInfo(id_, money={"cost_2026": c, "cost_2027": d, "benefit": b})
        for id_, (c, d, b, _) in zip(_IDS, rows, strict=True)
    )
    scores = {(id_, "Aim"): row[3] / 100 for id_, row in zip(_IDS, rows, strict=True)}
    return Program((), candidates=infos, strategy=Strategy((Objective("Aim", weight=1.0),), scores))


def _kept(found: Funding, rows: Sequence[_Row], limits: Mapping[int, int]) -> tuple[str, ...]:
    of = dict(zip(_IDS, rows, strict=True))
    chosen = [of[id_] for id_ in found.selected]
    lines = [
        f"{year}: {_sum([row[n] for row in chosen])}, at most {limit}"
        for n, (year, limit) in enumerate(limits.items())
    ]
    brings = f"best within both years: {' and '.join(found.selected)} bring "
    return (brings + _sum([row[2] for row in chosen]), *lines)


def shared_benefit(chance: random.Random, variant: int) -> Made:
    """Ask for the most that three projects can bring when a benefit needs any of two.

    A benefit counts once, whoever enables it; a project comes with what it requires (Weingartner,
    1966, on interdependent projects).
    """
    while True:
        costs = [chance.randint(2, 5) for _ in range(3)]
        own = [chance.randint(1, 4), chance.randint(1, 4), chance.randint(6, 9)]
        grid, limit = chance.randint(5, 8), chance.randint(6, 9)
        if sum(costs) - min(costs) <= limit < sum(costs) and own[1] < own[0]:
            found = fund(_three(costs, own, grid), limit)
            twice = [own[0] + grid, own[1] + grid, own[2]]
            wrong = {
                "fund-any-twice": fund(_three(costs, twice), limit).value,
                "fund-links-ignored": fund(_three(costs, own, grid, needs=()), limit).value,
            }
            if _are_told_apart(found.value, wrong):
                break
    parts = dict(zip("ABC", own, strict=True))
    lines = [f"{id_} {parts[id_]}" for id_ in found.selected]
    if {"A", "B"} & set(found.selected):
        lines.append(f"the grid fee once {grid}")
    told = {"a": own[0], "b": own[1], "c": own[2], "grid": grid, "limit": limit,
            "cost_a": costs[0], "cost_b": costs[1], "cost_c": costs[2]}  # fmt: skip
    of = dict(zip("ABC", costs, strict=True))
    spent = _sum([of[id_] for id_ in found.selected])
    return Made(found.value, told, wrong, (
        f"best that can be had: {' and '.join(found.selected)}, cost {spent}, at most {limit}",
        f"{' + '.join(lines)} = {found.value:g}",
    ))  # fmt: skip


def _three(
    costs: Sequence[int], own: Sequence[int], grid: int = 0, needs: tuple[str, ...] = ("B",)
) -> Program:
    infos = tuple(
        ProjectInfo(id_, money={"cost": cost, "benefit": brings},
                    requires=needs if id_ == "C" else ())
        for id_, cost, brings in zip("ABC", costs, own, strict=True)
    )  # fmt: skip
    shared = Benefit("Grid fee", money={"benefit": grid}, enablers=("A", "B"), rule="any")  # type: ignore[arg-type]
    return Program((), candidates=infos, strategy=Strategy(benefits=(shared,) if grid else ()))


def going_on(chance: random.Random, variant: int) -> Made:
    """Ask how much better going on is than stopping, in thousands.

    Only what still comes in or goes out, and differs between the options, counts (Brealey, Myers &
    Allen, 2020, *Principles of Corporate Finance*, 13th ed., ch. 6). People count what is spent all
    the same (Arkes & Blumer, 1985).
    """
    while True:
        benefit = 10 * chance.randint(30, 90)
        rest = benefit + 10 * chance.randint(1, 9)
        spent, ending = 10 * chance.randint(20, 60), 10 * chance.randint(3, 12)
        back = 10 * chance.randint(1, 9)
        on, stop = benefit - rest, back - ending
        wrong = {
            "gate-sunk-cost": float(on - spent - stop),
            "gate-exit-forgotten": float(on - back),
            "gate-stop-is-nothing": float(on),
            "gate-nothing-comes-back": float(on + ending),
        }
        if _are_told_apart(float(on - stop), wrong):
            break
    told = {"benefit": benefit, "rest": rest, "spent": spent, "ending": ending, "back": back}
    return Made(float(on - stop), told, wrong, (
        f"going on = benefit to come - cost to complete = {benefit} - {rest} = {on}",
        f"stopping = what comes back - cost of ending = {back} - {ending} = {stop}",
        f"going on - stopping = {on} - ({stop}) = {on - stop}; the {spent} spent are in neither",
    ))  # fmt: skip


def _are_told_apart(right: float, wrong: Mapping[str, float]) -> bool:
    """Tell whether each mistake leads to a number of its own."""
    return len({round(value, 6) for value in (right, *wrong.values())}) == len(wrong) + 1


def _sum(numbers: Sequence[int]) -> str:
    return f"{' + '.join(map(str, numbers))} = {sum(numbers)}"
