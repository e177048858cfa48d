"""Numbers of lesson 2: how long a network takes, whose float it is, what a change moves."""

from __future__ import annotations

import random

from pmkit.analysis.control.change_requests import ask_change, assess_change, decide_change
from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.learning.makers import Made
from pmkit.model.change import Change
from pmkit.model.change_request import ChangeRequest
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.scenario import Scenario

_USED = 10  # days that the other ten buses take longer


def critical_yet_harmless(program: Program) -> Made:
    """Say how many days later Depot is handed over when two chargers more are put up."""
    assessment = assess_change(program.project("Depot"), "C2")
    before, after = assessment.before.schedule.table, assessment.after.schedule.table
    moved = round(float(after["early_finish"]["Handover"] - before["early_finish"]["Handover"]), 6)
    install, wiring = (after["early_finish"][id_] for id_ in ("Install", "Wiring"))
    return Made(moved, work=(
        f"Install ends {install - before['early_finish']['Install']:g} days later, on day "
        f"{install:g}",
        f"Wiring waits for the start of Install, and ends on day {wiring:g}, as before",
        f"Handover: {moved:g} days later",
    ))  # fmt: skip


def float_left(program: Program) -> Made:
    """Say how many days Fleet's last activity may still slip when the one before used its float."""
    used = Scenario("later", (Change("Fleet.Production2", duration=f"+{_USED}"),))
    before = critical_path(program).table["total_float"]
    after = critical_path(used.apply(program)).table["total_float"]
    left = float(after["Fleet.Accept2"])
    return Made(left, work=(
        f"before: Production2 {before['Fleet.Production2']:g} days, Accept2 "
        f"{before['Fleet.Accept2']:g} days: the same days",
        f"left for Accept2 = {before['Fleet.Accept2']:g} - {_USED} = {left:g} days",
    ))  # fmt: skip


def finish_of_network(chance: random.Random, variant: int) -> Made:
    """Ask when a small project ends: its longest path decides (Kelley & Walker, 1959)."""
    design, permit, tender, build, lag = 6, 9, 4, 7, 3
    if variant:
        design, build = chance.randint(3, 9), chance.randint(4, 9)
        tender = chance.randint(4, 7)
        lag = chance.randint(1, tender - 1)
        permit = tender + chance.randint(2, 6)
    found = _network(design, permit, tender, build, lag)
    without = _network(design, permit, tender, build, 0).finish
    wrong = {
        "summed-all-durations": float(design + permit + tender + build),
        "shortest-path": float(design + tender + build),
        "lag-forgotten": without,
    }
    told = {"design": design, "permit": permit, "tender": tender, "build": build, "lag": lag}
    return Made(found.finish, told, wrong, (
        f"by way of the permit: {design} + {permit} + {lag} + {build} = {found.finish:g} days",
        f"by way of the tender: {design} + {tender} + {build} = {design + tender + build} days",
        "the longest path decides: the build waits for both",
    ))  # fmt: skip


def _network(design: int, permit: int, tender: int, build: int, lag: int) -> Schedule:
    rows = [("Design", design, ""), ("Permit", permit, "Design"), ("Tender", tender, "Design"),
            ("Build", build, f"Permit FS+{lag}; Tender")]  # fmt: skip
    return critical_path(Project.from_table(rows))


def shared_float(chance: random.Random, variant: int) -> Made:
    """Ask what is left of the float of one activity when the one before has used some.

    Total float belongs to a path, not to an activity (Kelley & Walker, 1959).
    """
    first, second, float_, used = 5, 4, 7, 3
    if variant:
        first, second = chance.randint(3, 8), chance.randint(2, 7)
        float_ = chance.randint(4, 9)
        used = chance.randint(1, float_ - 1)
    longer = first + second + float_
    left = _two_in_a_row(first + used, second, longer).table["total_float"]["Fit"]
    told = {"first": first, "second": second, "longer": longer, "used": used}
    wrong = {
        "total-float-is-own": float(float_),
        "float-counted-twice": float(2 * float_ - used),
        "free-float-read-as-total": 0.0,
    }
    return Made(float(left), told, wrong, (
        f"float of both together = {longer} - ({first} + {second}) = {float_} days",
        f"left for the second = {float_} - {used} = {left:g} days",
    ))  # fmt: skip


def _two_in_a_row(first: int, second: int, longer: int) -> Schedule:
    rows = [("Make", first, ""), ("Fit", second, "Make"), ("Power", longer, ""),
            ("Open", 0, "Fit; Power")]  # fmt: skip
    return critical_path(Project.from_table(rows))


def late_after_rebaseline(chance: random.Random, variant: int) -> Made:
    """Ask how late a project is against a baseline that an agreed change has moved.

    The baseline moves by what the change does, and by nothing else (PMI, *Practice Standard for
    Scheduling*, 3rd ed., 2019).
    """
    planned, late, more = 60, 6, 4
    if variant:
        planned, late = 10 * chance.randint(3, 9), chance.randint(5, 9)
        more = chance.choice([n for n in range(2, 9) if n != late and 2 * n != late])
    plan = set_baseline(Project.from_table([("Build", planned - 10, ""), ("Test", 10, "Build")]))
    behind = Scenario("late", (Change("Build", duration=f"+{late}"),)).apply(plan)
    request = ChangeRequest("C1", "a second door", (Change("Test", duration=f"+{more}"),))
    assert isinstance(behind, Project)
    agreed = decide_change(ask_change(behind, request), "C1", "approved", on=1, by="sponsor")
    assert isinstance(agreed, Project)
    finish, baseline = critical_path(agreed).finish, agreed["Test"].baseline_finish
    assert isinstance(baseline, int | float)
    told = {"planned": planned, "late": late, "more": more, "forecast": planned + late}
    wrong = {
        "rebaseline-wipes-lateness": 0.0,
        "late-against-first-baseline": float(late + more),
        "change-helps-lateness": float(late - more),
    }
    return Made(finish - baseline, told, wrong, (
        f"new forecast = {planned + late} + {more} = {finish:g}",
        f"new baseline = {planned} + {more} = {baseline:g}",
        f"late = {finish:g} - {baseline:g} = {finish - baseline:g} days",
    ))  # fmt: skip
