"""Write ``pmkit/data/sample_program.xlsx``, the program that the lessons live in.

The city, the companies and the people are invented. The tables below are the source: change a
cell, run ``python -m tools.make_sample``, and commit the workbook with the script.

The story. *Lindhaven* puts electric buses on two lines. Three projects: **Depot** builds the place
where the buses charge, **Fleet** buys the buses, **Service** gets drivers, timetable and passengers
ready. The launch is driven through two of them: the energy study of Service decides what buses Fleet
orders, and the first bus that arrives decides when Service can train drivers. Depot looks safe, with
five days of float. But the trial run waits for all three, and everything that is estimated can only
be a little early and much later: in a simulation Depot is critical in more than a third of the
trials. In June one charging specialist is wanted in three places.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pmkit.model.activity import Activity, Assignment, ConstraintKind, ThreePoint
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency, parse_predecessors
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import ProjectInfo, Settings

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

# The workday of the bus maker, the authorities and the grid operator is the city's.
# days: optimistic / most likely / pessimistic; one number: certain; 0: a milestone.
# fixed cost: one number in thousand EUR, or three points.
# crash: fewest days, and the thousand EUR that it costs more.
DEPOT = """
wbs   | id           | name                                    | days        | predecessors                           | resources                               | group       | fixed cost    | crash   | calendar
1.1.1 | Survey       | Survey the site and the soil            | 6 8 12      |                                        | Electrical engineer; Planner            | ground      | 12            |         |
1.1.2 | Design       | Design the depot                        | 17 20 30    | Survey                                 | Electrical engineer 2                   |             | 35            | 15 18   |
1.1.3 | Permit       | Building permit                         | 20 25 42    | Design                                 | Planner                                 | authority   | 9             |         |
1.2.1 | Tender       | Tender for the building works           | 18 20 28    | Design FS-5                            | Buyer                                   |             | 4             |         |
1.2.2 | Contract     | Sign the building contract              | 3 5 9       | Tender; Permit                         | Buyer                                   |             | 2             |         |
1.2.3 | Clearance    | Clear the old wash hall                 | 5 6 9       | Permit                                 | Site crew                               | ground      | 18            |         | Site
1.2.4 | Groundworks  | Ducts, drains and ground                | 15 18 28    | Contract; Clearance                    | Site crew 2                             | ground      | 130 150 210   | 13 36   | Site
1.2.5 | Foundations  | Charger foundations                     | 7 8 12      | Groundworks SS+12                      | Site crew; Crane                        | ground      | 46            |         | Site
1.3.1 | GridRequest  | Ask for the grid connection             | 4 5 8       | Survey                                 | Electrical engineer                     |             | 3             |         |
1.3.2 | GridOffer    | Grid operator prepares its offer        | 35 40 60    | GridRequest                            |                                         | authority   | 15            |         |
1.3.3 | GridCable    | Medium-voltage cable to the street      | 10 12 18    | GridOffer; Groundworks SS+10           | Site crew; Electrical engineer; Cable 420 | ground    | 24            |         |
1.3.4 | Transformer  | Make and deliver the transformer        | 55 60 85    | Design                                 |                                         | supplier    | 118           | 50 22   |
1.4.1 | ChargerSpec  | Specify the chargers                    | 6 8 12      | Design FF+2; Fleet.Specification SS+5  | Charging specialist                     |             | 0             |         |
1.4.2 | ChargerOrder | Order the chargers                      | 4 5 8       | ChargerSpec                            | Buyer                                   |             | 1             |         |
1.4.3 | Chargers     | Make and deliver twelve chargers        | 45 50 70    | ChargerOrder                           | Charger 12                              | supplier    | 20            |         |
1.4.4 | Install      | Install the chargers                    | 10 12 17    | Foundations FS+7ed; Chargers           | Site crew 2; Crane; Electrical engineer | commission  | 30            | 9 21    | Site
1.4.5 | Wiring       | Wire the chargers and the switchgear    | 8 10 15     | Install SS+5; Transformer              | Electrical engineer 2; Cable 900        | commission  | 12            | 7 14    | Site
1.5.1 | Software     | Smart charging software                 | 18 22 36    | ChargerOrder                           | IT engineer                             |             | 65            |         |
1.5.2 | Energise     | Switch on the power                     | 2 3 6       | Wiring; Install; GridCable             | Charging specialist; Electrical engineer | commission | 6             |         |
1.5.3 | Commission   | Commission the charging hall            | 8 10 17     | Energise; Software                     | Charging specialist; IT engineer        | commission  | 14            | 7 16    |
1.5.4 | FireCheck    | Fire brigade's inspection               | 2 3 7       | Commission FS-2                        | Planner                                 | authority   | 5             |         |
1.5.5 | Handover     | Depot handed over                       | 0           | Commission; FireCheck                  |                                         |             | 0             |         |
1.5.6 | Snags        | Finish the snag list                    | 8 10 18     | Handover                               | Site crew                               |             | 10            |         | Site
"""

FLEET = """
wbs   | id            | name                                   | days        | predecessors                           | resources                               | group       | fixed cost    | crash   | calendar
2.1.1 | Specification | Specify the buses                      | 8 10 15     | Service.Routes                         | Electrical engineer; Charging specialist |            | 0             |         |
2.1.2 | Tender        | Tender for sixteen buses               | 20          | Specification                          | Buyer                                   |             | 6             |         |
2.1.3 | Evaluate      | Evaluate the offers                    | 6 8 14      | Tender                                 | Buyer; Electrical engineer              |             | 0             |         |
2.1.4 | Contract      | Sign the bus contract                  | 4 5 10      | Evaluate                               | Buyer                                   |             | 12            |         |
2.1.5 | Ordered       | Buses ordered                          | 0           | Contract                               |                                         |             | 0             |         |
2.2.1 | Production1   | Build the first six buses              | 42 45 68    | Ordered                                |                                         | supplier    | 2640          | 40 90   |
2.2.2 | Approval      | Type approval                          | 12 15 26    | Production1 SS+25                      | Planner                                 | authority   | 28            |         |
2.2.3 | FactoryTest   | Test in the factory                    | 3 4 7       | Production1; Approval                  | Electrical engineer                     |             | 9             |         |
2.2.4 | Ship1         | Bring six buses to Lindhaven           | 3 4 8       | FactoryTest                            |                                         | supplier    | 21            |         |
2.2.5 | Inspect1      | Inspect six buses                      | 2 3 5       | Ship1                                  | Electrical engineer; Test driver        |             | 2             |         |
2.2.6 | ChargeTest    | Charge every bus at every charger      | 4 5 10      | Inspect1; Depot.Energise FS+2          | Charging specialist; Test driver 2      | commission  | 4             | 3 6     |
2.2.7 | Accept1       | First six buses accepted               | 0           | ChargeTest                             |                                         |             | 0             |         |
2.3.1 | Production2   | Build the other ten buses              | 26 30 44    | Production1 FS-10                      |                                         | supplier    | 4400          |         |
2.3.2 | Ship2         | Bring ten buses to Lindhaven           | 4 5 9       | Production2; Ship1                     |                                         | supplier    | 34            |         |
2.3.3 | Accept2       | Inspect and accept ten buses           | 4 6 10      | Ship2; Accept1; Mechanics              | Electrical engineer; Test driver 2      |             | 5             |         |
2.4.1 | Workshop      | High-voltage tools for the workshop    | 18 22 34    | Ordered                                | Electrical engineer                     |             | 88            |         |
2.4.2 | Mechanics     | Train the mechanics                    | 8 10 14     | Workshop; Inspect1 SS+1                | Charging specialist                     |             | 16            |         |
"""

SERVICE = """
wbs   | id            | name                                   | days        | predecessors                           | resources                               | group       | fixed cost    | crash   | calendar
3.1.1 | Routes        | Energy study of the two lines          | 6 8 11      |                                        | Planner; Electrical engineer            |             | 8             |         |
3.1.2 | Timetable     | Draft the timetable                    | 15 18 26    | Routes                                 | Planner                                 |             | 0             |         |
3.1.3 | Consult       | Ask the public                         | 30          | Timetable                              | Planner                                 |             | 14            |         |
3.1.4 | FinalTable    | Final timetable                        | 8 10 16     | Consult                                | Planner                                 |             | 0             |         |
3.1.5 | Publish       | Publish timetable and fares            | 8 10 14     | FinalTable                             | IT engineer                             |             | 22            |         |
3.2.1 | Stops         | Rebuild eight stops                    | 22 28 44    | FinalTable SS+4                        | Site crew                               | ground      | 85 95 140     |         | Site
3.2.2 | Displays      | Displays and app for passengers        | 20 25 40    | FinalTable FF+5                        | IT engineer                             |             | 54            |         |
3.3.1 | Recruit       | Find trainers and drivers              | 28 35 50    | Timetable                              | Driver trainer                          |             | 11            |         |
3.3.2 | Trainers      | Train the trainers at the bus maker    | 6 8 12      | Recruit                                | Driver trainer 3                        |             | 19            |         |
3.3.3 | Roster        | Agree the roster with the staff        | 12 15 28    | FinalTable                             | Planner                                 |             | 0             |         |
3.3.4 | Drivers       | Train forty drivers                    | 9 10 16     | Trainers; Fleet.Inspect1 SS+2          | Driver trainer 3                        |             | 24            | 8 9     |
3.4.1 | SafetyCase    | Safety case                            | 12 15 24    | Fleet.Approval                         | Electrical engineer                     | authority   | 18            |         |
3.4.2 | TrialRun      | Trial run without passengers           | 12 15 24    | Drivers; Roster; Stops; Depot.Handover; Fleet.Accept1 | Test driver 4; Planner   | commission  | 26            | 11 24   |
3.4.3 | Licence       | Licence to carry passengers            | 4 5 10      | TrialRun; SafetyCase                   | Planner                                 | authority   | 6             |         |
3.5.1 | Campaign      | Campaign for the new lines             | 15 20 25    | Publish                                |                                         |             | 48            |         |
3.5.2 | Replan        | Plan the end of the diesel lines       | 6 8 12      | TrialRun SS+5                          | Planner                                 |             | 0             |         |
3.5.3 | Launch        | First day with passengers              | 0           | Licence; Campaign; Displays; Replan; Fleet.Accept2 FF+3 |              |             | 0             |         |
"""
TABLES = {"Depot": DEPOT, "Fleet": FLEET, "Service": SERVICE}

CONSTRAINTS = {
    # The operator switches the street off for us from this day on.
    "Depot.GridCable": (ConstraintKind.START_NO_EARLIER_THAN, date(2026, 5, 4)),
    # Promised to the ministry that pays a third of the buses.
    "Service.Launch": (ConstraintKind.FINISH_NO_LATER_THAN, date(2026, 8, 21)),
}

RESOURCES = (
    Resource("Electrical engineer", capacity=4, cost_per_day=680, skills=("high voltage", "design")),
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
     "Drill six more holes in the survey", 9, 0.10, 6, 45, "Amara Okafor"),
    ("R2", "threat", "Grid operator moves the outage", "Depot.GridCable", 0.25, (5, 10, 20), 8,
     "Agree a second date now", 2, 0.15, 5, 5, "Amara Okafor"),
    ("R3", "threat", "Battery cells arrive late at the bus maker", "Fleet.Production1", 0.30,
     (5, 8, 25), 0, "Pay for cells from stock", 55, 0.10, 5, 0, "Jonas Lindqvist"),
    ("R4", "threat", "Objections in the consultation", "Service.Consult", 0.25, (5, 10, 20), 6,
     "Two evenings with residents before", 4, 0.15, 6, 4, "Mei Tanaka"),
    ("R5", "threat", "Fire brigade asks for a second exit", "Depot.FireCheck", 0.15, (3, 6, 15), 35,
     "Show the drawings in March", 1, 0.05, 4, 20, "Amara Okafor"),
    ("R6", "threat", "Buses and chargers do not understand each other",
     "Fleet.ChargeTest; Depot.Commission", 0.25, (2, 4, 10), 18,
     "Test one charger in the bus factory", 14, 0.10, 3, 10, "Jonas Lindqvist"),
    ("R7", "threat", "The charging specialist is not there", "Depot.Commission; Fleet.ChargeTest",
     0.10, (3, 8, 15), 22, "Train a second one", 12, 0.05, 3, 6, "Program manager"),
    ("R8", "opportunity", "Permit in the fast procedure", "Depot.Permit", 0.30, (3, 6, 9), 0,
     "Ask for it with a complete file", 3, 0.50, 6, 0, "Amara Okafor"),
    ("R9", "opportunity", "State grant for chargers", "", 0.40, None, 95,
     "Apply before the end of March", 2, 0.60, None, 95, "Program manager"),
)  # fmt: skip

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
        money={"cost_2026": 7_600_000, "benefit_2026": 180_000, "benefit_2027": 1_150_000,
               "benefit_2028": 1_240_000, "benefit_2029": 1_240_000},
        requires=("Depot",),
        sponsor="Head of Operations",
        manager="Jonas Lindqvist",
    ),
    ProjectInfo(
        "Service",
        "Service change on lines 4 and 7",
        money={"cost_2026": 780_000, "benefit_2026": 60_000, "benefit_2027": 420_000,
               "benefit_2028": 450_000, "benefit_2029": 450_000},
        requires=("Depot", "Fleet"),
        sponsor="Head of Passenger Services",
        manager="Mei Tanaka",
    ),
)  # fmt: skip

OBJECTIVES = (
    {"id": "Air", "name": "Cleaner air in the centre", "weight": 0.4},
    {"id": "Riders", "name": "More people ride", "weight": 0.35},
    {"id": "Money", "name": "Lower cost of operation", "weight": 0.25},
)
# project: Air, Riders, Money. The depot closes a car park for a year, so it costs some riders.
CONTRIBUTIONS = {
    "Depot": (0.3, -0.1, 0.4),
    "Fleet": (0.9, 0.3, 0.6),
    "Service": (0.4, 0.9, 0.2),
}


def main() -> None:
    """Write the workbook."""
    from pmkit.files import write

    write(program(), PATH)
    print(f"{PATH.name}: {program()!r}")


def program() -> Program:
    """Build the program from the tables above."""
    rows = {project: _rows(table) for project, table in TABLES.items()}
    ids = {f"{project}.{row['id']}" for project, table in rows.items() for row in table}
    within: dict[str, list[Dependency]] = {project: [] for project in rows}
    between: list[Dependency] = []
    for project, table in rows.items():
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
    return Program(
        tuple(
            Project(
                tuple(_activity(member.id, row) for row in rows[member.id]),
                tuple(within[member.id]),
                SETTINGS,
                CALENDARS,
                RESOURCES,
                members=(member,),
            )
            for member in MEMBERS
        ),
        tuple(between),
        SETTINGS,
        CALENDARS,
        RESOURCES,
        tuple(_risk(*row) for row in RISKS),
        sheets={
            "objectives": [dict(row) for row in OBJECTIVES],
            "contributions": [
                {"project": project, "objective": objective["id"], "score": score}
                for project, scores in CONTRIBUTIONS.items()
                for objective, score in zip(OBJECTIVES, scores, strict=True)
            ],
        },
    )


def _rows(table: str) -> list[dict[str, str]]:
    """Read a table drawn with ``|``."""
    header, *lines = (
        [cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()
    )
    return [dict(zip(header, line, strict=True)) for line in lines]


def _activity(project: str, row: dict[str, str]) -> Activity:
    days = [float(number) for number in row["days"].split()]
    money = [1000 * float(number) for number in row["fixed cost"].split()]
    fields: dict[str, Any] = {}
    if row["crash"]:
        fewest, more = (float(number) for number in row["crash"].split())
        fields["crash_duration"] = fewest
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
        calendar=row["calendar"],
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
