"""What the sample program is for, who decides on it, and what else could be done with the money.

Most of what the three projects bring, none of them brings alone: fuel is saved when buses, chargers
and timetable are there. So the money stands with benefits that need several projects, and only what
Depot saves by itself stands with Depot. One benefit has no owner, one is a loss, one comes when
either of two candidates is done.

Eight candidates wait for money. Two sell tickets in two ways and rule each other out, one of them
must come; stops without steps are a duty; the electric line 9 needs mechanics who know high
voltage, and a course that serves no objective itself gives them. The one charging specialist has
fewer days in 2027 than they all ask for.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pmkit.model.benefit import Benefit, Outcome
from pmkit.model.choosing import Group, PeopleDays
from pmkit.model.governance import Authority, Gate, Governance, LoggedDecision, Stakeholder
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo
from pmkit.model.strategy import Objective, Strategy
from tools.sample_tables import rows

DELIVERS = {
    "Depot": ("Charging depot",),
    "Fleet": ("Sixteen electric buses", "High-voltage workshop"),
    "Service": ("New timetable", "Forty trained drivers"),
}

OBJECTIVES = (
    Objective("Air", "Cleaner air in the centre", 0.4),
    Objective("Riders", "More people ride", 0.35),
    Objective("Money", "Lower cost of operation", 0.25),
)
# The depot closes a car park for a year, so it costs some riders. The course serves nothing itself.
CONTRIBUTIONS = """
project   | Air | Riders | Money
Depot     | 0.3 | -0.1   | 0.4
Fleet     | 0.9 | 0.3    | 0.6
Service   | 0.4 | 0.9    | 0.2
Solar     | 0.3 |        | 0.3
Storage   | 0.1 |        | 0.3
Ticketing | 0.1 | 0.6    | 0.3
Cards     |     | 0.4    | 0.4
Shelters  |     | 0.5    | -0.2
Priority  | 0.2 | 0.6    | 0.1
LineNine  | 0.8 | 0.3    | 0.2
"""

OUTCOMES = (
    Outcome("Power", "Lines 4 and 7 run on power",
            ("Charging depot", "Sixteen electric buses", "Forty trained drivers"),
            "Head of Operations"),
    Outcome("Upkeep", "The city maintains its electric buses itself",
            ("Charging depot", "High-voltage workshop"), "Head of Workshops"),
    Outcome("Ride", "People take the bus because it is quiet and often there",
            ("Sixteen electric buses", "New timetable"), "Head of Passenger Services"),
    Outcome("OwnPower", "The depot makes or stores part of its power",
            ("Solar roof", "Battery store"), "Head of Property"),
)  # fmt: skip

# Thousand EUR. Without the last, and with what Depot brings alone, they add up to what the three
# projects were approved with: 240 in 2026, 1,780 in 2027, 1,950 a year from then on.
BENEFITS = """
id      | name                              | 2026 | 2027 | 2028 | 2029
Fuel    | Diesel that is not bought         | 130  | 760  | 790  | 790
Repairs | Repairs that electric buses spare | 50   | 300  | 310  | 310
Fares   | Fares of new riders               | 60   | 420  | 450  | 450
Health  | Less harm to people in the centre | 20   | 150  | 160  | 160
Parking | Fees of the car park that is lost | -20  | -60  | -20  | -20
GridFee | Less to pay for power at peaks    |      |      | 55   | 55
"""
ABOUT_BENEFITS = {
    "Fuel": {"enablers": ("Depot", "Fleet", "Service"), "outcomes": ("Power",),
             "objectives": ("Air", "Money"), "owner": "Head of Operations", "probability": 0.95},
    "Repairs": {"enablers": ("Depot", "Fleet"), "outcomes": ("Upkeep",), "objectives": ("Money",),
                "owner": "Head of Workshops", "probability": 0.9, "ramp_years": 0.5},
    "Fares": {"enablers": (("Fleet", 0.3), ("Service", 0.7)), "rule": "share",
              "outcomes": ("Ride",), "objectives": ("Riders", "Money"),
              "owner": "Head of Passenger Services", "probability": 0.8, "ramp_years": 1.0},
    # Nobody has said yes to answering for it.
    "Health": {"enablers": ("Depot", "Fleet", "Service"), "outcomes": ("Power",),
               "objectives": ("Air",), "probability": 0.9},
    "Parking": {"enablers": ("Depot",), "objectives": ("Money",), "owner": "Head of Property",
                "realised": {2026: -12_000}},
    "GridFee": {"enablers": ("Solar", "Storage"), "rule": "any", "outcomes": ("OwnPower",),
                "objectives": ("Money",), "owner": "Head of Property", "probability": 0.85},
}  # fmt: skip

CANDIDATES = """
id        | name                                   | cost 2026 | cost 2027 | benefit 2027 | benefit 2028 | benefit 2029
Solar     | Solar roof on the depot                | 90        | 310       |              | 62           | 66
Storage   | Old bus batteries store power          | 60        | 240       |              | 48           | 52
Ticketing | Tickets by phone                       | 140       | 260       | 60           | 170          | 170
Cards     | Bank cards as tickets                  | 110       | 150       | 40           | 110          | 110
Shelters  | Twenty stops without steps             | 120       | 180       |              | 15           | 15
Priority  | Green lights for buses at 14 crossings | 80        | 220       | 50           | 140          | 140
LineNine  | Electric buses on line 9               |           | 3900      |              | 540          | 640
Training  | Course in high voltage for mechanics   | 70        | 40        | 20           | 45           | 45
"""  # noqa: E501  (a table is read across)
ABOUT_CANDIDATES = {
    "Solar": {"requires": ("Depot",), "sponsor": "Head of Property", "delivers": ("Solar roof",),
              "may_wait": 1, "probability": 0.95},
    "Storage": {"requires": ("Depot",), "sponsor": "Head of Property",
                "delivers": ("Battery store",), "may_wait": 1, "probability": 0.8},
    "Ticketing": {"excludes": ("Cards",), "sponsor": "Head of Passenger Services",
                  "delivers": ("Ticket readers in every bus",), "probability": 0.85},
    "Cards": {"excludes": ("Ticketing",), "sponsor": "Head of Passenger Services",
              "delivers": ("Ticket readers in every bus",), "probability": 0.95},
    "Shelters": {"mandatory": True, "sponsor": "Head of Passenger Services",
                 "delivers": ("Twenty stops without steps",)},
    "Priority": {"sponsor": "Head of Operations", "delivers": ("Bus priority at 14 crossings",),
                 "smallest_share": 0.5, "probability": 0.9},
    "LineNine": {"requires": ("Depot", "Fleet", "Training"), "sponsor": "Head of Operations",
                 "delivers": ("Nine electric buses",), "may_wait": 1, "probability": 0.75},
    "Training": {"sponsor": "Head of Operations", "delivers": ("Twelve trained mechanics",)},
}  # fmt: skip

GROUPS = (Group("Tickets", "The old machines lose their licence at the end of 2027",
                ("Ticketing", "Cards"), at_least=1),)  # fmt: skip
# Days of the one charging specialist; Depot and Fleet need what their activities say.
PEOPLE = {
    "": {2026: 110, 2027: 110},
    "Depot": {2026: 21},
    "Fleet": {2026: 25},
    "Solar": {2026: 5, 2027: 10},
    "Storage": {2026: 20, 2027: 45},
    "LineNine": {2027: 70},
    "Training": {2026: 15, 2027: 20},
}

AUTHORITY = (
    Authority("project manager", cost=20_000, days=5, benefit=0),
    Authority("program manager", cost=100_000, days=10, benefit=50_000),
    Authority("sponsor", cost=400_000, days=20, benefit=250_000),
    Authority("portfolio board"),
)

# influence, interest, position; how often they should hear, in days; when they last did
STAKEHOLDERS = """
id        | name                          | role                       | power       | days | channel               | concerns       | told       | owner
Committee | Council's transport committee | decides on the money       | 0.9 0.7 0.5 | 30   | report                |                | 2026-04-14 | Program manager
Ministry  | Ministry of the environment   | pays a third of the buses  | 0.9 0.6 0.7 | 90   | letter                | Fleet; Air     | 2026-01-20 | Program manager
Union     | Drivers' union                | speaks for 90 drivers      | 0.7 0.8 0.0 | 30   | meeting               | Service        | 2026-04-02 | Mei Tanaka
Grid      | Grid operator                 | connects the depot         | 0.7 0.3 0.0 | 14   | phone                 | Depot          | 2026-04-22 | Amara Okafor
Fire      | Fire brigade                  | inspects the charging hall | 0.8 0.4 0.1 |      | visit                 | Depot          | 2026-03-18 | Amara Okafor
Maker     | Bus maker                     | builds the buses           | 0.6 0.9 0.8 | 14   | call                  | Fleet          | 2026-04-28 | Jonas Lindqvist
Residents | Residents beside the depot    | hear the building work     | 0.4 0.8 -0.4 | 60  | evening in the school | Depot          | 2026-03-24 | Amara Okafor
Shops     | Shopkeepers at the car park   | lose parking customers     | 0.3 0.8 -0.7 | 30  | letter                | Depot; Parking | 2026-02-27 | Amara Okafor
"""  # noqa: E501  (a table is read across)

GATES = (
    Gate("G1", "Fleet", "Before the other ten buses are built", date(2026, 5, 15), "sponsor",
         termination_cost=1_150_000, recoverable=600_000, holding_cost=22_000,
         restart_cost=40_000),
    Gate("G2", "Depot", "Before the chargers are put up", date(2026, 5, 29),
         termination_cost=140_000, recoverable=90_000, holding_cost=9_000, restart_cost=25_000),
    Gate("G3", "Service", "Before buses ride without passengers", date(2026, 7, 3),
         termination_cost=35_000, recoverable=10_000, holding_cost=6_000, restart_cost=8_000),
)  # fmt: skip

DECISIONS = (
    LoggedDecision(
        "D1", "Depot, buses and service at the same time", date(2026, 1, 9), "portfolio board",
        verdict="fund", expected=640_000, best_rejected=410_000,
        known="Over twelve years, after cost. One after the other is safer, and a year later",
    ),
    LoggedDecision(
        "D2", "The maker of the chargers may begin on a letter of intent", date(2026, 3, 9),
        "program manager", "Depot", expected=45_000, best_rejected=20_000,
        known="To sign first takes three weeks; half of that is float of Depot",
    ),
    LoggedDecision(
        "D3", "All sixteen buses from one maker", date(2026, 3, 13), "sponsor", "Fleet",
        verdict="fund", expected=220_000, best_rejected=160_000, realised=205_000,
        known="Two makers would cost more spare parts, and one late maker would hurt less",
    ),
)  # fmt: skip


def with_strategy(plan: Program) -> Program:
    """Return the program with what it is for, who decides, and its candidates."""
    projects = tuple(
        replace(
            project, members=(replace(project.members[0], delivers=DELIVERS[project.id]),)
        )
        for project in plan.projects
    )  # fmt: skip
    return replace(
        plan,
        projects=projects,
        candidates=tuple(_candidate(row) for row in rows(CANDIDATES)),
        strategy=Strategy(
            OBJECTIVES,
            {
                (row["project"], objective.id): float(row[objective.id])
                for row in rows(CONTRIBUTIONS)
                for objective in OBJECTIVES
                if row[objective.id]
            },
            {},
            OUTCOMES,
            tuple(_benefit(row) for row in rows(BENEFITS)),
        ),
        governance=Governance(
            AUTHORITY, tuple(_stakeholder(row) for row in rows(STAKEHOLDERS)), GATES, DECISIONS
        ),
        groups=GROUPS,
        people=tuple(
            PeopleDays("Charging specialist", project, dict(days))
            for project, days in PEOPLE.items()
        ),
    )


def _thousands(row: dict[str, str], keys: dict[str, str]) -> dict[str, float]:
    return {ours: 1000 * float(row[theirs]) for theirs, ours in keys.items() if row[theirs]}


def _benefit(row: dict[str, str]) -> Benefit:
    years = {year: f"benefit_{year}" for year in row if year.isdigit()}
    about: dict[str, object] = dict(ABOUT_BENEFITS[row["id"]])
    return Benefit(row["id"], row["name"], _thousands(row, years), **about)  # type: ignore[arg-type]


def _candidate(row: dict[str, str]) -> ProjectInfo:
    years = {key: key.replace(" ", "_") for key in row if key[-4:].isdigit()}
    about: dict[str, object] = dict(ABOUT_CANDIDATES[row["id"]])
    return ProjectInfo(row["id"], row["name"], money=_thousands(row, years), **about)  # type: ignore[arg-type]


def _stakeholder(row: dict[str, str]) -> Stakeholder:
    influence, interest, position = map(float, row["power"].split())
    return Stakeholder(
        row["id"], row["name"], row["role"], influence, interest, position,
        float(row["days"]) if row["days"] else None, row["channel"],
        tuple(one.strip() for one in row["concerns"].split(";") if one.strip()),
        date.fromisoformat(row["told"]), row["owner"],
    )  # fmt: skip
