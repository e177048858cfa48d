# ruff: noqa: E501  (a table is read across)
"""What happened in the sample program up to 30 April 2026, a table for each project.

``start``, ``finish``: actual dates, month-day of 2026. ``percent`` and ``left``: as reported for
what is not finished; ``left`` (working days) where it is not what the percentage says.
``paid days``: where nobody was paid for all working days between start and finish, or more than
one crew was. ``extra``: thousand EUR above what fixed cost and daily rates give.
``why`` is for readers of this file.
"""

DEPOT = """
id           | start | finish | percent | left | paid days | extra | why
Survey       | 01-12 | 01-22  |         |      |           |       | a day late: frozen ground
Design       | 01-23 | 02-24  |         |      |           |       | three days late
Permit       | 02-25 | 04-02  |         |      | 25        |       |
Tender       | 02-25 | 03-24  |         |      |           |       | the buyer waited for all drawings
Contract     | 04-07 | 04-10  |         |      |           |       |
Clearance    | 04-04 | 04-11  |         |      |           | 6     | asbestos in a roof
Groundworks  | 04-13 |        | 90      | 6    |           | 150   | the walls of an older hall under the yard; "nearly done" for a week
Foundations  | 04-27 |        | 50      |      |           | -23   | half of the steel has come
GridRequest  | 01-23 | 01-29  |         |      |           |       |
GridOffer    | 01-30 | 04-02  |         |      |           |       |
Transformer  | 02-25 |        | 75      |      |           | -59   | paid as its milestones are passed
ChargerSpec  | 02-18 | 02-27  |         |      |           |       |
ChargerOrder | 03-02 |        | 80      | 4    | 9         |       | all but signed: lawyers argue about who pays a late delivery
Chargers     | 03-11 |        | 70      |      |           | -78   | the maker began on a letter of intent, before the order
Supervision  | 04-07 |        | 28      | 46   |           |       |
"""

FLEET = """
id            | start | finish | percent | left | paid days | extra | why
Specification | 01-22 | 02-04  |         |      |           |       |
Tender        | 02-05 | 03-04  |         |      |           | -2    |
Evaluate      | 03-05 | 03-13  |         |      |           |       | a day early
Contract      | 03-16 | 03-23  |         |      | 5         |       | a day longer
Ordered       | 03-23 | 03-23  |         |      |           |       |
Production1   | 03-24 |        | 58      | 19   |           |       |
Approval      | 04-30 |        | 5       | 14   |           | -14   | the second half of the fee is due at the end
Workshop      | 03-24 | 04-23  |         |      |           | -9    | a used test bench
Management    | 01-22 |        | 58      | 50   |           |       |
"""

SERVICE = """
id         | start | finish | percent | left | paid days | extra | why
Routes     | 01-12 | 01-21  |         |      |           |       |
Timetable  | 01-22 | 02-13  |         |      |           |       | a day early
Consult    | 02-16 | 03-27  |         |      |           |       |
FinalTable | 03-30 | 04-13  |         |      |           |       |
Publish    | 04-14 | 04-24  |         |      |           | 2     |
Stops      | 04-07 | 04-29  |         |      | 28        |       | two stops at a time
Displays   | 03-17 | 04-17  |         |      |           |       |
Recruit    | 02-16 | 04-02  |         |      |           |       |
Trainers   | 04-07 | 04-16  |         |      |           | 1     |
Roster     | 04-14 | 04-30  |         |      |           |       |
Campaign   | 04-28 |        | 20      |      |           | -9    | printers are paid later
Management | 01-12 |        | 54      | 66   |           |       |
"""

TABLES = {"Depot": DEPOT, "Fleet": FLEET, "Service": SERVICE}

# How activities earn their budget, where it is not their percentage. The price of the buses is due
# when their building begins: they earn it then, or the baseline would call them late every day.
EARNS = {
    "Depot.Design": "50/50",
    "Depot.Permit": "50/50",
    "Depot.Contract": "0/100",
    "Depot.GridRequest": "0/100",
    "Depot.GridOffer": "50/50",
    "Depot.ChargerOrder": "0/100",
    "Depot.Chargers": "80/20",
    "Depot.Foundations": "50/50",
    "Depot.Transformer": "milestones 20 30 50",  # drawings approved, core wound, delivered
    "Depot.Supervision": "level_of_effort",
    "Fleet.Contract": "0/100",
    "Fleet.Production1": "100/0",
    "Fleet.Production2": "100/0",
    "Fleet.Approval": "50/50",
    "Fleet.Workshop": "80/20",
    "Fleet.Management": "level_of_effort",
    "Service.FinalTable": "0/100",
    "Service.Displays": "50/50",
    "Service.Trainers": "50/50",
    "Service.Campaign": "80/20",
    "Service.Management": "level_of_effort",
}

# Every other Thursday, the last one the status date. Three of them are before a holiday.
REPORTS = ("01-22", "02-05", "02-19", "03-05", "03-19", "04-02", "04-16", "04-30")
