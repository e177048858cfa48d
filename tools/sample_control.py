"""What the sample program is kept in hand with: tolerances, and the logs up to 30 April 2026.

Tolerances were agreed with the approved plan. Depot's forecast is beyond two of its five, so that
its manager may not decide alone any more; the program is within all of its own, so that the program
manager may. What the issues have cost and added stands in the progress of `sample_progress`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pmkit.model.change import Change
from pmkit.model.change_request import ChangeRequest
from pmkit.model.control import Control
from pmkit.model.issue import Issue
from pmkit.model.program import Program
from pmkit.model.tolerance import Measure, Tolerance

_BOARD, _SPONSOR = "portfolio board", "sponsor"

TOLERANCES = {
    "": (
        Tolerance(Measure.TIME, above=10, authority=_BOARD),
        Tolerance(Measure.COST, above=3, unit="%", authority=_BOARD),
    ),
    "Depot": (
        Tolerance(Measure.TIME, above=5),
        Tolerance(Measure.COST, above=5, unit="%", authority=_SPONSOR),
        Tolerance(Measure.SCOPE, name="Chargers", target=12, forecast=12, below=0, unit="chargers"),
        Tolerance(Measure.QUALITY, name="Snags at handover", target=15, forecast=20, above=10,
                  unit="snags"),
        Tolerance(Measure.BENEFIT, name="Saved in the first year", target=210_000, below=10,
                  unit="%", lost_per_day=840),
    ),
    "Fleet": (
        Tolerance(Measure.TIME, above=8),
        Tolerance(Measure.COST, above=2, unit="%", authority=_SPONSOR),
    ),
    "Service": (
        Tolerance(Measure.TIME, above=8),
        Tolerance(Measure.COST, above=5, unit="%", authority=_SPONSOR),
    ),
}  # fmt: skip

ISSUES = {
    "Depot": (
        Issue("I1", "Asbestos in the roof of the wash hall", owner="Amara Okafor",
              raised=date(2026, 4, 7), due=date(2026, 4, 11), state="closed",
              activities=("Clearance",), note="Taken out by a licensed firm, 6,000 in its cost"),
        Issue("I2", "Walls of an older hall under the yard", owner="Amara Okafor",
              raised=date(2026, 4, 16), due=date(2026, 5, 8), activities=("Groundworks",), days=4,
              note="Broken out day by day; in the cost so far"),
        Issue("I3", "The charger order is not signed, and the maker has begun", owner="City lawyer",
              raised=date(2026, 3, 11), due=date(2026, 4, 24), activities=("ChargerOrder",),
              note="Who pays for a late delivery?"),
    ),
}  # fmt: skip

REQUESTS = {
    "Depot": (
        ChangeRequest("C1", "A rest room for drivers", (Change("Install", fixed_cost=48_000),),
                      benefit=0, asked_by="Head of Operations", asked_on=date(2026, 3, 2),
                      reason="Drivers wait for their buses", decision="rejected",
                      decided_by="project manager", decided_on=date(2026, 3, 5),
                      note="Not what the depot is for; there is one across the street"),
        ChangeRequest("C2", "Two chargers more",
                      (Change("Chargers", resources=(("Charger", 14),)),
                       Change("Install", duration="+2")),
                      benefit=96_000, asked_by="Head of Operations", asked_on=date(2026, 4, 27),
                      reason="Two buses more are likely in 2027"),
    ),
}  # fmt: skip


def with_tolerances(approved: Program) -> Program:
    """Return the program with what was agreed when it was approved."""
    projects = tuple(
        replace(project, control=Control(TOLERANCES[project.id])) for project in approved.projects
    )
    return replace(approved, projects=projects, control=Control(TOLERANCES[""]))


def with_logs(plan: Program) -> Program:
    """Return the program with the issues and change requests that its projects have."""
    projects = tuple(
        replace(
            project,
            control=replace(
                project.control,
                issues=ISSUES.get(project.id, ()),
                requests=REQUESTS.get(project.id, ()),
            ),
        )
        for project in plan.projects
    )
    return replace(plan, projects=projects)
