"""Numbers of lesson 3: who is wanted twice, who waits, and whether more people help."""

from __future__ import annotations

import random
from typing import Any

from pmkit.analysis.resourcing.levelling import level
from pmkit.analysis.resourcing.usage import resource_usage
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.learning.adding_people import add_people
from pmkit.learning.makers import Made
from pmkit.model.activity import Activity, Assignment
from pmkit.model.dependency import Dependency
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource

_SCARCE = "Charging specialist"


def specialists_wanted(program: Program) -> Made:
    """Say how many charging specialists are wanted on the day when most are."""
    row: Any = resource_usage(program).table.loc[_SCARCE]
    peak, there = float(row["peak"]), float(row["capacity"])
    day = f"{row['peak_date']:%d %b %Y}"
    return Made(peak, work=(
        f"on {day} {peak:g} are wanted, and there is {there:g}",
        "Depot, Fleet and the mechanics' course have each planned with the same person",
    ))  # fmt: skip


def program_later(program: Program) -> Made:
    """Say how many days later the program ends when people do one thing at a time."""
    levelled = level(program)
    before, after = levelled.unlevelled.finish, levelled.finish
    return Made(round(after - before, 6), work=(
        f"as logic allows: day {before:g}; with the people there are: day {after:g}",
        f"{after:g} - {before:g} = {after - before:g} working days",
    ))  # fmt: skip


def days_of_too_few(chance: random.Random, variant: int) -> Made:
    """Ask on how many days more people are wanted than there are."""
    first, start, second = 8, 5, 7
    if variant:  # few days in common: then the average is below what there is
        first, second = chance.randint(5, 9), chance.randint(7, 10)
        start = first - chance.randint(2, 3)
    wanted, other, there = 3, 3, 4
    plan = _two(first, wanted, second, other, there, start)
    usage = resource_usage(plan)
    days = float(usage.table["over_days"]["Fitter"])
    work = first * wanted + second * other
    told = {"first": first, "start": start, "second": second, "wanted": wanted, "other": other,
            "there": there}  # fmt: skip
    wrong = {
        "over-allocation-averaged": 0.0,
        "over-allocation-in-person-days": days * (wanted + other - there),
        "over-allocation-all-days": float(second),
    }
    return Made(days, told, wrong, (
        f"Cables are pulled on days 1 to {first}, boxes put up on days {start + 1} to "
        f"{start + second}",
        f"both on days {start + 1} to {first}: {days:g} days, when {wanted} + {other} = "
        f"{wanted + other} are wanted of {there}",
        f"on average {work} / {start + second} = {work / (start + second):.1f} are wanted, which "
        "hides it",
    ))  # fmt: skip


def _two(
    first: float, wanted: float, second: float, other: float, there: float, start: float
) -> Project:
    activities = (
        Activity("Cables", first, resources=(Assignment("Fitter", wanted),)),
        Activity("Boxes", second, resources=(Assignment("Fitter", other),)),
    )
    link = (Dependency("Cables", "Boxes", "SS", start),)  # type: ignore[arg-type]
    return Project(activities, link, resources=(Resource("Fitter", capacity=there),))


def later_by_waiting(chance: random.Random, variant: int) -> Made:
    """Ask by how many days a project ends later when one of two activities has to wait.

    Levelling moves the finish only by what the float does not absorb (Kelley, 1963).
    """
    first, second, rest = 4, 6, 12
    if variant:
        first, second = chance.randint(3, 5), chance.randint(6, 9)
        rest = second + first + (1 if variant % 2 == 0 else -chance.randint(1, 2))
    plan = _one_person(first, second, rest)
    before, after = critical_path(plan).finish, level(plan).finish
    moved = round(after - before, 6)
    told = {"first": first, "second": second, "rest": rest}
    wrong: dict[str, float] = {"levelling-always-moves": float(first)}
    if moved:
        wrong["levelling-is-free"] = 0.0
    else:
        wrong["levelling-adds-up"] = float(first + second)
    return Made(moved, told, wrong, (
        f"without waiting: the longer of {second} and {rest} = {before:g} days",
        f"one after the other: {first} + {second} = {first + second} days; the building goes on "
        f"for {rest}",
        f"ends after {after:g} days: {moved:g} later",
    ))  # fmt: skip


def _one_person(first: float, second: float, rest: float) -> Project:
    own = (Assignment("Specialist", 1.0),)
    activities = (Activity("Test", first, resources=own), Activity("Train", second, resources=own),
                  Activity("Build", rest))  # fmt: skip
    return Project(activities, (), resources=(Resource("Specialist", capacity=1),))


def rest_with_help(chance: random.Random, variant: int) -> Made:
    """Ask how long the rest takes when people are added late (Brooks, 1975).

    See `pmkit.learning.adding_people` for the model.
    """
    work, people, more, ramp_up = 12, 2, 2, 5
    while variant:  # until the days come out with one decimal
        people, more = chance.randint(3, 5), chance.choice([1, 2])
        ramp_up = chance.randint(3, 6)
        work = chance.randint(6, 24) * people
        days = 10 * add_people(work, people, more, ramp_up=ramp_up).days
        if abs(days - round(days)) < 1e-9 and work > ramp_up * people:
            break
    added = add_people(work, people, more, ramp_up=ramp_up)
    eager = ramp_up + (work - ramp_up * added.pace_before) / (people + more)
    told = {"work": work, "people": people, "more": more, "ramp_up": ramp_up,
            "loss": f"{100 * (1 - added.pace_after / (people + more)):g}",
            "before": f"{added.days_without:g}"}  # fmt: skip
    wrong = {
        "twice-the-people-half-the-time": work / (people + more),
        "ramp-up-forgotten": work / added.pace_after,
        "coordination-forgotten": eager,
    }
    return Made(added.days, told, wrong, added.explain().lines[1:-2])


def waiting_when_busy(chance: random.Random, variant: int) -> Made:
    """Ask how long a request waits for somebody who is busy most of the time.

    Requests that come at random to one person wait on average service x busy / (1 - busy) (Erlang,
    1909; Kendall, 1953: the queue M/M/1).
    """
    busy, service = 90, 2
    if variant:
        busy, service = chance.choice([75, 80, 90, 95]), chance.randint(3, 5)
    share = busy / 100
    waits = service * share / (1 - share)
    wrong = {
        "busy-is-productive": 0.0,
        "busy-times-service": service * share,
        "waiting-left-out": float(service),
    }
    return Made(waits, {"busy": busy, "service": service}, wrong, (
        "waiting = service x busy / (1 - busy)",
        f"= {service} x {share:g} / (1 - {share:g}) = {waits:.1f} days",
    ))  # fmt: skip
