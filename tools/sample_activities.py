# ruff: noqa: E501  (a table is read across)
"""The activities of the sample program, a table for each project.

``days``: optimistic, most likely, pessimistic; one number: certain; 0: a milestone.
``fixed cost``: thousand EUR, one number or three points.
``crash``: the fewest days possible, and the thousand EUR that this costs more.
The last row of each table is a level of effort: it lasts as long as what it is tied to.
The bus maker, the authorities and the grid operator work on the city's days.
"""

DEPOT = """
wbs   | id           | name                                    | days        | predecessors                           | resources                               | group       | fixed cost    | crash   | calendar
1.1.1 | Survey       | Look at the site and the soil           | 6 8 12      |                                        | Electrical engineer; Planner            | ground      | 12            |         |
1.1.2 | Design       | Drawings and calculations               | 17 20 30    | Survey                                 | Electrical engineer 2                   |             | 35            | 15 18   |
1.1.3 | Permit       | Building permit                         | 20 25 42    | Design                                 | Planner                                 | authority   | 9             |         |
1.2.1 | Tender       | Offers for the building works           | 18 20 28    | Design FS-5                            | Buyer                                   |             | 4             |         |
1.2.2 | Contract     | Sign with the builder                   | 3 5 9       | Tender; Permit                         | Buyer                                   |             | 2             |         |
1.2.3 | Clearance    | Clear the old wash hall                 | 5 6 9       | Permit                                 | Site crew                               | ground      | 18            |         | Site
1.2.4 | Groundworks  | Ducts, drains and ground                | 15 18 28    | Contract; Clearance                    | Site crew 2                             | ground      | 130 150 210   | 13 36   | Site
1.2.5 | Foundations  | Charger foundations                     | 7 8 12      | Groundworks SS+12                      | Site crew; Crane                        | ground      | 46            |         | Site
1.3.1 | GridRequest  | Ask for the grid connection             | 4 5 8       | Survey                                 | Electrical engineer                     |             | 3             |         |
1.3.2 | GridOffer    | Grid operator prepares its offer        | 35 40 60    | GridRequest                            |                                         | authority   | 15            |         |
1.3.3 | GridCable    | Medium-voltage cable to the street      | 10 12 18    | GridOffer; Groundworks SS+10           | Site crew; Electrical engineer; Cable 420 | ground    | 24            |         |
1.3.4 | Transformer  | Make and deliver the transformer        | 55 60 85    | Design                                 |                                         | supplier    | 118           | 50 22   |
1.4.1 | ChargerSpec  | Say what chargers we need               | 6 8 12      | Design FF+2; Fleet.Specification SS+5  | Charging specialist                     |             | 0             |         |
1.4.2 | ChargerOrder | Sign for twelve chargers                | 4 5 8       | ChargerSpec                            | Buyer                                   |             | 1             |         |
1.4.3 | Chargers     | Make and deliver twelve chargers        | 45 50 70    | ChargerOrder                           | Charger 12                              | supplier    | 20            |         |
1.4.4 | Install      | Put up the chargers                     | 10 12 17    | Foundations FS+7ed; Chargers           | Site crew 2; Crane; Electrical engineer | commission  | 30            | 9 21    | Site
1.4.5 | Wiring       | Connect chargers and switchgear         | 8 10 15     | Install SS+5; Transformer              | Electrical engineer 2; Cable 900        | commission  | 12            | 7 14    | Site
1.5.1 | Software     | Smart charging                          | 18 22 36    | ChargerOrder                           | IT engineer                             |             | 65            |         |
1.5.2 | Energise     | Switch on the power                     | 2 3 6       | Wiring; Install; GridCable             | Charging specialist; Electrical engineer | commission | 6             |         |
1.5.3 | Commission   | Test the charging hall                  | 8 10 17     | Energise; Software                     | Charging specialist; IT engineer        | commission  | 14            | 7 16    |
1.5.4 | FireCheck    | Fire brigade's inspection               | 2 3 7       | Commission FS-2                        | Planner                                 | authority   | 5             |         |
1.5.5 | Handover     | Depot handed over                       | 0           | Commission; FireCheck                  |                                         |             | 0             |         |
1.5.6 | Snags        | Finish the snag list                    | 8 10 18     | Handover                               | Site crew                               |             | 10            |         | Site
1.6.1 | Supervision  | Site supervision                        | 58          | Clearance SS; Handover FF              |                                         |             | 0             |         |
"""

FLEET = """
wbs   | id            | name                                   | days        | predecessors                           | resources                               | group       | fixed cost    | crash   | calendar
2.1.1 | Specification | Say what buses we need                 | 8 10 15     | Service.Routes                         | Electrical engineer; Charging specialist |            | 0             |         |
2.1.2 | Tender        | Offers for sixteen buses               | 20          | Specification                          | Buyer                                   |             | 6             |         |
2.1.3 | Evaluate      | Compare the offers                     | 6 8 14      | Tender                                 | Buyer; Electrical engineer              |             | 0             |         |
2.1.4 | Contract      | Sign with the bus maker                | 4 5 10      | Evaluate                               | Buyer                                   |             | 12            |         |
2.1.5 | Ordered       | Buses ordered                          | 0           | Contract                               |                                         |             | 0             |         |
2.2.1 | Production1   | Build the first six buses              | 42 45 68    | Ordered                                |                                         | supplier    | 2640          | 40 90   |
2.2.2 | Approval      | Type approval                          | 12 15 26    | Production1 SS+25                      | Planner                                 | authority   | 28            |         |
2.2.3 | FactoryTest   | Test in the factory                    | 3 4 7       | Production1; Approval                  | Electrical engineer                     |             | 9             |         |
2.2.4 | Ship1         | Bring six buses to Lindhaven           | 3 4 8       | FactoryTest                            |                                         | supplier    | 21            |         |
2.2.5 | Inspect1      | Look over six buses                    | 2 3 5       | Ship1                                  | Electrical engineer; Test driver        |             | 2             |         |
2.2.6 | ChargeTest    | Every bus at every charger             | 4 5 10      | Inspect1; Depot.Energise FS+2          | Charging specialist; Test driver 2      | commission  | 4             | 3 6     |
2.2.7 | Accept1       | First six buses accepted               | 0           | ChargeTest                             |                                         |             | 0             |         |
2.3.1 | Production2   | Build the other ten buses              | 26 30 44    | Production1 FS-10                      |                                         | supplier    | 4400          |         |
2.3.2 | Ship2         | Bring ten buses to Lindhaven           | 4 5 9       | Production2; Ship1                     |                                         | supplier    | 34            |         |
2.3.3 | Accept2       | Ten buses looked over and accepted     | 4 6 10      | Ship2; Accept1; Mechanics              | Electrical engineer; Test driver 2      |             | 5             |         |
2.4.1 | Workshop      | High-voltage tools                     | 18 22 34    | Ordered                                | Electrical engineer                     |             | 88            |         |
2.4.2 | Mechanics     | Train the mechanics                    | 8 10 14     | Workshop; Inspect1 SS+1                | Charging specialist                     |             | 16            |         |
2.5.1 | Management    | Look after the purchase of the buses   | 119         | Specification SS; Accept2 FF           |                                         |             | 0             |         |
"""

SERVICE = """
wbs   | id            | name                                   | days        | predecessors                           | resources                               | group       | fixed cost    | crash   | calendar
3.1.1 | Routes        | Energy study of the two lines          | 6 8 11      |                                        | Planner; Electrical engineer            |             | 8             |         |
3.1.2 | Timetable     | First draft                            | 15 18 26    | Routes                                 | Planner                                 |             | 0             |         |
3.1.3 | Consult       | Ask the public                         | 30          | Timetable                              | Planner                                 |             | 14            |         |
3.1.4 | FinalTable    | Final timetable                        | 8 10 16     | Consult                                | Planner                                 |             | 0             |         |
3.1.5 | Publish       | Print times and fares                  | 8 10 14     | FinalTable                             | IT engineer                             |             | 22            |         |
3.2.1 | Stops         | Rebuild eight stops                    | 22 28 44    | FinalTable SS+4                        | Site crew                               | ground      | 85 95 140     |         | Site
3.2.2 | Displays      | Screens and app for passengers         | 20 25 40    | FinalTable FF+5                        | IT engineer                             |             | 54            |         |
3.3.1 | Recruit       | Find trainers and drivers              | 28 35 50    | Timetable                              | Driver trainer                          |             | 11            |         |
3.3.2 | Trainers      | Train the trainers at the bus maker    | 6 8 12      | Recruit                                | Driver trainer 3                        |             | 19            |         |
3.3.3 | Roster        | Shifts agreed with the staff           | 12 15 28    | FinalTable                             | Planner                                 |             | 0             |         |
3.3.4 | Drivers       | Train forty drivers                    | 9 10 16     | Trainers; Fleet.Inspect1 SS+2          | Driver trainer 3                        |             | 24            | 8 9     |
3.4.1 | SafetyCase    | Proof that it is safe                  | 12 15 24    | Fleet.Approval                         | Electrical engineer                     | authority   | 18            |         |
3.4.2 | TrialRun      | Ride without passengers                | 12 15 24    | Drivers; Roster; Stops; Depot.Handover; Fleet.Accept1 | Test driver 4; Planner   | commission  | 26            | 11 24   |
3.4.3 | Licence       | Permission for passengers              | 4 5 10      | TrialRun; SafetyCase                   | Planner                                 | authority   | 6             |         |
3.5.1 | Campaign      | Tell the city                          | 15 20 25    | Publish                                |                                         |             | 48            |         |
3.5.2 | Replan        | Plan the end of diesel                 | 6 8 12      | TrialRun SS+5                          | Planner                                 |             | 0             |         |
3.5.3 | Launch        | First day with passengers              | 0           | Licence; Campaign; Displays; Replan; Fleet.Accept2 FF+3 |              |             | 0             |         |
3.6.1 | Management    | Look after the change of service       | 136         | Routes SS; Launch FF                                    |              |             | 0             |         |
"""
TABLES = {"Depot": DEPOT, "Fleet": FLEET, "Service": SERVICE}
