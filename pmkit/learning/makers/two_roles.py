"""Numbers of lesson 1: whose decision an amount is, and what a slip means in each seat."""

from __future__ import annotations

import random

from pmkit.analysis.governing.authority import LEVELS, who_decides
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.data import sample
from pmkit.learning.makers import Made
from pmkit.model.change import Change
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.scenario import Scenario

_LATER = 6  # days on site that Depot's snag list takes longer: a week, with its Saturday
_COSTS, _DAYS, _BENEFITS = ((5, 20), (30, 95), (120, 390)), ((2, 5), (6, 10)), (
    (0, 0), (5, 45), (60, 240),
)  # fmt: skip
"""Amounts within the limits of each role in the sample, the lowest first; money in thousands."""


def without_depot(program: Program) -> Made:
    """Say how much of a benefit is left when one of its three projects fails."""
    benefit = next(one for one in program.strategy.benefits if one.id == "Fuel")
    needed = ", ".join(benefit.enablers)
    left = "nothing" if benefit.rule == "all" else "two thirds"
    return Made(left, work=(
        f"{benefit.id} needs {benefit.rule} of {needed}",
        f"without Depot: {len(benefit.enablers) - 1} of {len(benefit.enablers)} are there, so "
        f"{left} comes",
    ))  # fmt: skip


def launch_later(program: Program) -> Made:
    """Say how many days later the program ends when Depot's snag list takes longer."""
    change = Change("Depot.Snags", duration=f"+{_LATER}")
    changed = Scenario("more snags", (change,)).apply(program)
    assert isinstance(changed, Program)
    before, after = critical_path(program), critical_path(changed)
    moved = round(after.finish - before.finish, 6)
    own = (
        critical_path(changed.project("Depot")).finish
        - critical_path(program.project("Depot")).finish
    )
    float_ = before.table["total_float"]["Depot.Snags"]
    return Made(moved, work=(
        f"in the project's seat: Depot ends {own:g} days later",
        f"in the program's seat: float of Depot.Snags = {float_:g} days, so nobody else waits",
        f"launch later by {moved:g} days",
    ))  # fmt: skip


def who_may(chance: random.Random, variant: int) -> Made:
    """Ask who decides on money, delay and benefit at once, by the sample's authority table.

    Each amount on its own lies within the limits of another role; whoever decides must be allowed
    all three (delegated authority: PMI, *The Standard for Program Management*, 4th ed., 2017).
    """
    program = sample()
    assert isinstance(program, Program)
    highest = variant % 2  # 0: up to the sponsor, 1: up to the program manager
    ranks = [2 - highest, 1 - highest, 0]
    cost = 1000 * chance.randint(*_COSTS[ranks[1]])
    days = chance.randint(*_DAYS[ranks[2]])
    benefit = 1000 * chance.randint(*_BENEFITS[ranks[0]])
    amounts = {"cost": cost, "days": days, "benefit": benefit}
    alone = [who_decides(program, project="Depot", **{name: amount}).role
             for name, amount in amounts.items()]  # fmt: skip
    right = who_decides(program, project="Depot", **amounts).role
    wrong: dict[str, str] = {
        "authority-lowest-counts": alone[1],
        "escalated-everything": LEVELS[-1],
    }
    if alone[0] != alone[1]:
        wrong["authority-money-only"] = alone[0]
    told = {"cost": f"{cost:,}", "days": days, "benefit": f"{benefit:,}"}
    return Made(right, told, wrong, (
        f"money: EUR {cost:,} is within the limits of the {alone[0]}",
        f"delay: {days} days are within the limits of the {alone[1]}",
        f"benefit given up: EUR {benefit:,} is within the limits of the {alone[2]}",
        f"whoever decides must be allowed all three: the {right}",
    ))  # fmt: skip


def slip_in_both_seats(chance: random.Random, variant: int) -> Made:
    """Ask how many days a launch moves when one project slips by more than its float.

    Two projects feed the launch; the float of the shorter one is the difference of their lengths
    (Kelley & Walker, 1959).
    """
    shorter, longer, slip = 12, 17, 8
    if variant:
        shorter = chance.randint(8, 15)
        longer = shorter + chance.randint(2, 6)
        slip = 2 * (longer - shorter) + chance.randint(1, 4)
    before, after = (_launch(shorter + more, longer) for more in (0, slip))
    float_ = longer - shorter
    moved = after - before
    told = {"shorter": shorter, "longer": longer, "slip": slip}
    wrong = {
        "slip-passes-on": float(slip),
        "slip-stops-at-the-project": 0.0,
        "slip-is-used-float": float(float_),
    }
    return Made(moved, told, wrong, (
        f"float of the hall to the launch = {longer} - {shorter} = {float_} days",
        f"launch later = slip - float = {slip} - {float_} = {moved:g} days",
    ))  # fmt: skip


def _launch(hall: float, buses: float) -> float:
    rows = [("Hall", hall, ""), ("Buses", buses, ""), ("Launch", 0, "Hall; Buses")]
    return critical_path(Project.from_table(rows)).finish
