"""Numbers of lesson 10: two floats, slips that meet, promises together, money in one purse."""

from __future__ import annotations

import random
from itertools import pairwise
from math import prod
from typing import Any

from pmkit.analysis.resourcing.levelling import level
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.together.pooling import pool_costs
from pmkit.analysis.together.program_simulation import simulate_program
from pmkit.analysis.together.propagation import propagate
from pmkit.learning.makers import Made
from pmkit.model.activity import Activity, Assignment
from pmkit.model.dependency import Dependency
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.settings import ProjectInfo

SLIP = 10


def fleet_moves(program: Program) -> Made:
    """Say by how many days the end of Fleet moves when the chargers are ordered later."""
    slip = propagate(program, "Depot.ChargerOrder", SLIP)
    last: Any = slip.table.loc["Fleet.Accept2"]
    moved, absorbed = float(last["moved_days"]), float(last["absorbed_by_float"])
    return Made(moved, work=(
        f"Depot.ChargerOrder +{SLIP} days -> Depot.Energise -> Fleet.ChargeTest -> Fleet.Accept1",
        f"Fleet.Accept2: {SLIP} - {absorbed:g} days of float = {moved:g} days later",
    ))  # fmt: skip


def all_dates(program: Program) -> Made:
    """Say how sure, in per cent, three dates are together that are each 80 % sure."""
    pool = simulate_program(program, trials=2000, seed=7).pooled(0.8)
    dates = 100 * (pool.dates or 0.0)
    return Made(dates, work=(
        f"all three dates are kept in {dates:.0f} of 100 trials (2,000 trials)",
        f"the three budgets together are enough in {100 * pool.pooled:.0f} of 100",
    ))  # fmt: skip


def _project(id_: str, *rows: tuple[str, float, str]) -> Project:
    return Project.from_table(list(rows), members=(ProjectInfo(id_),))


def own_float(chance: random.Random, variant: int) -> Made:
    """Ask how many days an activity may slip before its own project is late.

    Total float counts to the finish of the whole (Kelley & Walker, 1959); the float of a project
    manager counts to what the own project has promised.
    """
    if variant == 0:
        long_, build, cable = 60, 40, 34
    else:
        build = chance.randrange(20, 50, 5)
        cable, long_ = build - chance.randint(3, 9), build + 5 * chance.randint(3, 6)
    program = Program((
        _project("Short", ("Build", build, ""), ("Cable", cable, ""), ("Open", 0, "Build; Cable")),
        _project("Long", ("Buses", long_, "")),
    ))  # fmt: skip
    row: Any = critical_path(program).table.loc["Short.Cable"]
    own, whole = float(row["project_float"]), float(row["total_float"])
    return Made(own, {"build": build, "cable": cable, "long": long_}, {
        "float-of-program": whole,
        "float-between-projects": whole - own,
        "floats-added": own + whole,
        "float-not-critical": 0.0,
    }, (
        f"own float = commitment of the project - finish of Cable = {build} - {cable} = {own:g}",
        f"for comparison, to the program's finish: {long_} - {cable} = {whole:g}",
    ))  # fmt: skip


def slips_meet(chance: random.Random, variant: int) -> Made:
    """Ask how much later a program ends when two slips meet at one start.

    What waits for several starts when the last of them is there (Kelley & Walker, 1959).
    """
    while True:
        depot, fleet = chance.randint(4, 12), chance.randint(5, 14)
        spare, ride = chance.randint(2, 8), 5 * chance.randint(2, 5)
        ready = 5 * chance.randint(5, 9)
        before = _meeting(ready, ready - spare, ride)
        after = _meeting(ready + depot, ready - spare + fleet, ride)
        moved = critical_path(after).finish - critical_path(before).finish
        wrong = {
            "slips-added": float(depot + fleet),
            "slip-one-for-one": float(max(depot, fleet)),
            "slips-beyond-float-added": float(depot + max(fleet - spare, 0)),
        }
        told = {round(x, 6) for x in (moved, *wrong.values())}
        if fleet > spare and fleet > depot and len(told) == len(wrong) + 1:
            break
    names = {"depot": depot, "fleet": fleet, "spare": spare, "ready": ready,
             "early": ready - spare}  # fmt: skip
    return Made(float(moved), names, wrong, (
        f"the hall is ready on day {ready} + {depot} = {ready + depot}",
        f"the buses are ready on day {ready - spare} + {fleet} = {ready - spare + fleet}",
        f"the later of both, {max(ready + depot, ready - spare + fleet)}, instead of {ready}: "
        f"{moved:g} days later",
    ))  # fmt: skip


def _meeting(hall: int, buses: int, ride: int) -> Program:
    """Return a program in which rides wait for a hall and for buses."""
    return Program(
        (_project("Depot", ("Hall", hall, "")), _project("Fleet", ("Buses", buses, "")),
         _project("Service", ("Ride", ride, ""))),
        (Dependency("Depot.Hall", "Service.Ride"), Dependency("Fleet.Buses", "Service.Ride")),
    )  # fmt: skip


def all_met(chance: random.Random, variant: int) -> Made:
    """Ask how sure it is that all of three interfaces are met, each by itself.

    Independent events: the product of their chances. Where they share causes it lies between the
    product and the smallest (Fréchet, 1935).
    """
    while True:
        shares = sorted(chance.sample(range(50, 100, 5), 3))
        right = 100 * prod(share / 100 for share in shares)
        wrong = {
            "chances-smallest": float(shares[0]),
            "chances-average": sum(shares) / 3,
            "chances-misses-added": 100.0 - sum(100 - share for share in shares),
        }
        apart = sorted([right, *wrong.values()])
        if min(b - a for a, b in pairwise(apart)) > 2 and apart[0] > 0:
            break
    chance.shuffle(shares)
    first, second, third = shares
    return Made(right, {"first": first, "second": second, "third": third}, wrong, (
        "all are met = chance of the first x of the second x of the third",
        f"= {first / 100:.2f} x {second / 100:.2f} x {third / 100:.2f} = {right / 100:.3f}",
    ))  # fmt: skip


def money_and_dates(chance: random.Random, variant: int) -> Made:
    """Ask how sure costs and dates are together that are each equally sure.

    Equal independent normal costs that may be moved: see `pool_costs` (Anderson, 2004).
    """
    count, sure = [(4, 60), (10, 60), (3, 80), (5, 70), (4, 80), (3, 60)][variant % 6]
    pooled = round(100 * pool_costs([100.0] * count, 10.0, sure / 100).pooled)
    together = round(100 * (sure / 100) ** count)
    told = {"count": count, "sure": sure, "pooled": pooled, "together": together}
    return Made("apart", told, work=(
        f"money: what one project saves pays for another: {pooled} %",
        f"dates: {sure / 100:g} x itself, {count} times = {together} %",
    ))  # fmt: skip


def one_specialist(chance: random.Random, variant: int) -> Made:
    """Ask how much later a program ends when two projects counted on the same person in full.

    Each plan alone is right; together one must wait (Kelley, 1963, on levelling).
    """
    while True:
        first, start = chance.randint(8, 15), chance.randint(2, 6)
        second, spare = chance.randint(4, 12), chance.randint(1, 4)
        wait = first - start
        if wait > spare and second > wait and 2 * spare != wait:
            break
    plan = _sharing(first, start, second, spare)
    moved = level(plan).finish - critical_path(plan).finish
    wrong = {"person-in-both": 0.0, "person-work-added": float(second),
             "person-overlap-is-delay": float(wait)}  # fmt: skip
    told = {"first": first, "start": start, "second": second, "spare": spare,
            "finish": start + second}  # fmt: skip
    return Made(float(moved), told, wrong, (
        f"she is free on day {first}, the second project planned with day {start}: "
        f"{first} - {start} = {wait} days of waiting",
        f"{wait} - {spare} days of float = {moved:g} days",
    ))  # fmt: skip


def _sharing(first: int, start: int, second: int, spare: int) -> Program:
    """Return two projects that both plan with the one specialist; the first goes first."""
    who, people = (Assignment("Specialist", 1.0),), (Resource("Specialist", capacity=1.0),)
    wiring = Project((Activity("Wire", first, resources=who, priority=2.0),
                      Activity("Open", 30)),
                     (Dependency("Wire", "Open"),), resources=people,
                     members=(ProjectInfo("Depot"),))  # fmt: skip
    tests = Project(
        (Activity("Prepare", start), Activity("Test", second, resources=who, priority=1.0),
         Activity("Ride", first + 30 - start - second - spare)),
        (Dependency("Prepare", "Test"), Dependency("Test", "Ride")),
        resources=people, members=(ProjectInfo("Fleet"),),
    )  # fmt: skip
    return Program((wiring, tests), resources=people)
