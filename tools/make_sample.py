"""Write ``pmkit/data/sample_program.xlsx``, the program that the lessons live in.

The city, the companies and the people are invented. The tables here and in `sample_activities` are
the source: change a cell, run ``python -m tools.make_sample``, and commit the workbook too.

The story. *Lindhaven* puts electric buses on two lines. Three projects: **Depot** builds the place
where the buses charge, **Fleet** buys the buses, **Service** gets drivers, timetable and
passengers ready.

*As approved* (`approved`). Two of them drive the launch: the energy study of Service decides what
buses Fleet orders, and the first bus that arrives decides when Service can train drivers. Depot
looks safe, with five days of float. But the trial run waits for all three, and an estimate can only
be a little early or a lot late: in a simulation Depot is critical in about a third of the trials.
In June one charging specialist is wanted in three places. No one knows fire safety, and nobody
who knows charging is free to look over the first buses (`SKILLS`): two gaps in the team.

*At 30 April 2026* (`program`). Depot has eaten its float and seven days more, and drives the launch
alone. Drawings came late, so everything after them did. The maker of the chargers began on a letter
of intent, and the order is still not signed: does he stop until it is (retained logic), or go on
(progress override)? That is four days of the launch. The groundworks report 90 %, six days remain,
and they have cost more than their whole budget. Fleet is on time and a little under its budget, yet
its charging test moves too, because Depot has no power. Service is ahead where it has float, which
helps nobody. The program has earned 94 % of what it planned in money; in time it is much further
behind, because one large order hides what is late.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pmkit.model.activity import Activity, ActivityType, Assignment, ConstraintKind, ThreePoint
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency, parse_predecessors
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import ProjectInfo, Settings
from tools.sample_activities import TABLES
from tools.sample_control import with_logs, with_tolerances
from tools.sample_history import with_progress
from tools.sample_progress import EARNS
from tools.sample_strategy import with_strategy
from tools.sample_tables import rows

PATH = Path(__file__).parents[1] / "pmkit" / "data" / "sample_program.xlsx"

SETTINGS = Settings(
    name="Lindhaven electric buses",
    start=date(2026, 1, 12),
    status_date=date(2026, 4, 30),
    calendar="City",
    hours_per_day=8,
    currency="EUR",
    discount_rate=0.04,
)

HOURS = "08:00-12:00 13:00-17:00"
HOLIDAYS = [
    ("2026-04-03", ""),  # Good Friday
    ("2026-04-06", ""),  # Easter Monday
    ("2026-05-01", ""),  # Labour Day
    ("2026-05-14", ""),  # Ascension Day
    ("2026-05-25", ""),  # Whit Monday
]
CALENDARS = (
    Calendar.from_rows("City", [("Mon-Fri", HOURS), *HOLIDAYS]),
    Calendar.from_rows("Site", [("Mon-Sat", HOURS), *HOLIDAYS]),  # builders work on Saturdays
)

CONSTRAINTS = {
    # The operator switches the street off for us from this day on.
    "Depot.GridCable": (ConstraintKind.START_NO_EARLIER_THAN, date(2026, 5, 4)),
    # Promised to the ministry that pays a third of the buses.
    "Service.Launch": (ConstraintKind.FINISH_NO_LATER_THAN, date(2026, 8, 21)),
}

# EUR that each day costs, beside resources: what a delay costs even when nobody works.
COST_PER_DAY = {
    "Depot.Groundworks": 380,  # fence and rented ground
    "Fleet.Production1": 950,  # the city's inspectors live at the factory
    "Fleet.Production2": 950,
    "Service.TrialRun": 1400,  # diesel buses rented for as long as the new ones ride empty
    "Depot.Supervision": 350,
    "Fleet.Management": 300,
    "Service.Management": 260,
}
LEVELS_OF_EFFORT = {"Depot.Supervision", "Fleet.Management", "Service.Management"}

# What must be there, whoever brings it. Nobody has "fire safety"; "charging" has one specialist,
# who trains the mechanics while the first buses are looked over.
SKILLS = {
    "Depot.Design": ("design", "high voltage"),
    "Depot.Permit": ("permits",),
    "Depot.Tender": ("contracts",),
    "Depot.GridCable": ("high voltage",),
    "Depot.ChargerSpec": ("charging",),
    "Depot.ChargerOrder": ("contracts",),
    "Depot.Wiring": ("high voltage",),
    "Depot.Software": ("software",),
    "Depot.Energise": ("high voltage", "charging"),
    "Depot.Commission": ("charging", "software"),
    "Depot.FireCheck": ("permits", "fire safety"),
    "Fleet.Tender": ("contracts",),
    "Fleet.Contract": ("contracts",),
    "Fleet.Approval": ("permits",),
    "Fleet.FactoryTest": ("high voltage",),
    "Fleet.Inspect1": ("high voltage", "charging"),
    "Fleet.ChargeTest": ("charging", "driving", "software"),
    "Fleet.Accept2": ("driving", "contracts"),
    "Fleet.Mechanics": ("charging", "high voltage"),
    "Service.Timetable": ("timetable",),
    "Service.Displays": ("software",),
    "Service.Roster": ("timetable",),
    "Service.Drivers": ("driving",),
    "Service.SafetyCase": ("high voltage", "permits"),
    "Service.TrialRun": ("driving", "timetable"),
    "Service.Licence": ("permits",),
    "Service.Replan": ("timetable",),
}

RESOURCES = (
    Resource("Electrical engineer", capacity=4, cost_per_day=680,
             skills=("high voltage", "design")),
    Resource("Charging specialist", capacity=1, cost_per_day=980,
             skills=("charging", "high voltage")),
    Resource("IT engineer", capacity=2, cost_per_day=640, skills=("software",)),
    Resource("Planner", capacity=3, cost_per_day=560, skills=("permits", "timetable")),
    Resource("Buyer", capacity=2, cost_per_day=590, skills=("contracts",)),
    Resource("Driver trainer", capacity=3, cost_per_day=430, skills=("driving",)),
    Resource("Test driver", capacity=4, cost_per_day=310, skills=("driving",)),
    Resource("Site crew", capacity=4, cost_per_day=1450, calendar="Site"),
    Resource("Crane", capacity=1, cost_per_day=760, cost_per_use=900, calendar="Site"),
    Resource("Charger", "consumable", capacity=None, cost_per_unit=31_000),
    Resource("Cable", "consumable", capacity=None, cost_per_unit=64),
)  # fmt: skip

# id, kind, name, activities, probability, days, thousand EUR,
#   response, its thousand EUR, then: probability, most likely days, thousand EUR, owner
RISKS = (
    ("R1", "threat", "Polluted soil under the wash hall", "Depot.Groundworks", 0.20, (4, 8, 18), 60,
     "Drill six more holes", 9, 0.10, 6, 45, "Amara Okafor"),
    ("R2", "threat", "Grid operator moves the outage", "Depot.GridCable", 0.25, (5, 10, 20), 8,
     "Agree a second date now", 2, 0.15, 5, 5, "Amara Okafor"),
    ("R3", "threat", "Battery cells arrive late at the bus maker", "Fleet.Production1", 0.30,
     (5, 8, 25), 0, "Pay for cells from stock", 55, 0.10, 5, 0, "Jonas Lindqvist"),
    ("R4", "threat", "Objections in the consultation", "Service.Consult", 0.25, (5, 10, 20), 6,
     "Two evenings with residents before", 4, 0.15, 6, 4, "Mei Tanaka"),
    ("R5", "threat", "Fire brigade asks for a second exit", "Depot.FireCheck", 0.15, (3, 6, 15), 35,
     "Walk through the hall with them now", 1, 0.05, 4, 20, "Amara Okafor"),
    ("R6", "threat", "Buses and chargers do not understand each other",
     "Fleet.ChargeTest; Depot.Commission", 0.25, (2, 4, 10), 18,
     "Test one charger in the bus factory", 14, 0.10, 3, 10, "Jonas Lindqvist"),
    ("R7", "threat", "The charging specialist is not there", "Depot.Commission; Fleet.ChargeTest",
     0.10, (3, 8, 15), 22, "Train a second one", 12, 0.05, 3, 6, "Program manager"),
    ("R8", "opportunity", "Permit in the fast procedure", "Depot.Permit", 0.30, (3, 6, 9), 0,
     "Ask for it with a complete file", 3, 0.50, 6, 0, "Amara Okafor"),
    ("R9", "opportunity", "State grant for chargers", "", 0.40, None, 95,
     "Apply with a complete file", 2, 0.60, None, 95, "Program manager"),
)  # fmt: skip

# What they bring together stands with the benefits in `sample_strategy`.
MEMBERS = (
    ProjectInfo(
        "Depot",
        "Charging depot",
        money={"cost_2026": 1_450_000, "benefit_2027": 210_000, "benefit_2028": 260_000,
               "benefit_2029": 260_000},
        requires=(),
        sponsor="Head of Property",
        manager="Amara Okafor",
    ),
    ProjectInfo(
        "Fleet",
        "Sixteen electric buses",
        money={"cost_2026": 7_650_000},
        requires=("Depot",),
        sponsor="Head of Operations",
        manager="Jonas Lindqvist",
    ),
    ProjectInfo(
        "Service",
        "Service change on lines 4 and 7",
        money={"cost_2026": 780_000},
        requires=("Depot", "Fleet"),
        sponsor="Head of Passenger Services",
        manager="Mei Tanaka",
    ),
)  # fmt: skip


def main() -> None:
    """Write the workbook."""
    from pmkit.files import write

    write(program(), PATH)
    print(f"{PATH.name}: {program()!r}")


def program() -> Program:
    """Build the program as it stands at its status date."""
    return with_logs(with_progress(approved()))


def approved() -> Program:
    """Build the program as it was approved, from the tables above."""
    tables = {project: rows(table) for project, table in TABLES.items()}
    ids = {f"{project}.{row['id']}" for project, table in tables.items() for row in table}
    within: dict[str, list[Dependency]] = {project: [] for project in tables}
    between: list[Dependency] = []
    for project, table in tables.items():
        for row in table:
            successor = f"{project}.{row['id']}"
            for link in parse_predecessors(row["predecessors"], successor, ids, 8.0, project):
                if link.predecessor.startswith(f"{project}."):
                    start = len(project) + 1
                    within[project].append(
                        replace(
                            link,
                            predecessor=link.predecessor[start:],
                            successor=link.successor[start:],
                        )
                    )
                else:
                    between.append(link)
    risks = [_risk(*row) for row in RISKS]
    plan = Program(
        tuple(
            Project(
                tuple(_activity(member.id, row) for row in tables[member.id]),
                tuple(within[member.id]),
                SETTINGS,
                CALENDARS,
                RESOURCES,
                tuple(_as_its_own(risk) for risk in risks if _owner(risk) == member.id),
                members=(member,),
            )
            for member in MEMBERS
        ),
        tuple(between),
        SETTINGS,
        CALENDARS,
        RESOURCES,
        tuple(risk for risk in risks if not _owner(risk)),
    )
    return with_strategy(with_tolerances(plan))


def _owner(risk: RiskEvent) -> str:
    """The project in whose register a risk stands; empty for one that touches several, or none."""
    touched = {id_.partition(".")[0] for id_ in risk.activities}
    return touched.pop() if len(touched) == 1 else ""


def _as_its_own(risk: RiskEvent) -> RiskEvent:
    return replace(risk, activities=tuple(id_.partition(".")[2] for id_ in risk.activities))


def _activity(project: str, row: dict[str, str]) -> Activity:
    days = [float(number) for number in row["days"].split()]
    money = [1000 * float(number) for number in row["fixed cost"].split()]
    fields: dict[str, Any] = {}
    if row["crash"]:
        fewest, more = (float(number) for number in row["crash"].split())
        fields["crash_duration"] = fewest
    fields["ev_method"] = EARNS.get(f"{project}.{row['id']}", "")
    if f"{project}.{row['id']}" in LEVELS_OF_EFFORT:
        fields["type"] = ActivityType.LEVEL_OF_EFFORT
    constraint = CONSTRAINTS.get(f"{project}.{row['id']}")
    if constraint:
        fields["constraint"], fields["constraint_date"] = constraint
    activity = Activity(
        row["id"],
        days[len(days) // 2],
        row["name"],
        wbs=row["wbs"],
        three_point=ThreePoint(*days) if len(days) == 3 else None,
        correlation_group=row["group"],
        fixed_cost=money[len(money) // 2],
        fixed_cost_estimate=ThreePoint(*money) if len(money) == 3 else None,
        resources=tuple(_assignment(text) for text in row["resources"].split(";") if text.strip()),
        cost_per_day=COST_PER_DAY.get(f"{project}.{row['id']}", 0),
        calendar=row["calendar"],
        skills=SKILLS.get(f"{project}.{row['id']}", ()),
        **fields,
    )
    if row["crash"]:
        activity = replace(activity, crash_cost=_direct_cost(activity) + 1000 * more)
    return activity


def _assignment(text: str) -> Assignment:
    name, _, units = text.strip().rpartition(" ")
    return Assignment(name, float(units)) if units.isdigit() else Assignment(text.strip())


def _direct_cost(activity: Activity) -> float:
    """The cost rule of docs/design.md, at the planned duration."""
    prices = {resource.name: resource for resource in RESOURCES}
    days = activity.expected_duration
    return (
        activity.fixed_cost
        + activity.cost_per_day * days
        + sum(
            price.cost_per_use + units * (price.cost_per_day * days + price.cost_per_unit)
            for price, units in ((prices[a.resource], a.units) for a in activity.resources)
        )
    )


def _risk(
    id_: str, kind: str, name: str, activities: str, probability: float,
    days: tuple[float, float, float] | None, money: float, response: str, response_money: float,
    probability_then: float, days_then: float | None, money_then: float, owner: str,
) -> RiskEvent:  # fmt: skip
    return RiskEvent(
        id_,
        name,
        tuple(part.strip() for part in activities.split(";") if part.strip()),
        probability,
        ThreePoint(*days) if days else None,
        1000 * money,
        kind,  # type: ignore[arg-type]
        response,
        1000 * response_money,
        probability_then,
        days_then,
        1000 * money_then,
        owner,
    )


if __name__ == "__main__":
    main()
