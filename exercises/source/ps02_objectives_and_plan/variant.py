"""Numbers of problem set 2: a program of three projects, requests for more days, and one change."""

import random

import pandas as pd

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.learning.makers import Made
from pmkit.model.dependency import Dependency
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo
from pmkit.teach.variants import Case, Variant

# Projects (site, goods, service), who asks for the change and what it is, and four wordings of an
# objective: one that can be tested, work, a wish, a number without a day.
STORIES = (
    (("Quay", "Ferry", "Crew"), "The harbor master asks for a second ramp on the ferry", (
        ("On 1 June, 60 cars leave the ferry over the quay within 15 minutes",
         "By 20 May, 3 test landings in a row succeed at low tide"),
        ("Pour the concrete of the quay, mark its four lanes and put up the lights of the car park",
         "Hold two weeks of training on the bridge and in the engine room"),
        ("A quay that is safe, modern and easy to use for everybody who comes by car, by bicycle or on foot",
         "By 1 June, islanders feel better connected with the town than they ever were"),
        ("60 cars can stand on the quay in four lanes at the same time",
         "Nine in ten landings take less than ten minutes"),
    )),
    (("Rooms", "Devices", "Teaching"), "The head of the laboratory asks for a second microscope", (
        ("On 1 October, 24 students work at the benches with the air changed 8 times an hour",
         "By 15 September, 20 devices have passed the acceptance test of their maker"),
        ("Fit out the rooms, put up 24 benches, connect the gas and have the air ducts cleaned",
         "Write the handbook and hold the safety course in September"),
        ("A laboratory of the highest standard that attracts the best students",
         "By 1 October, the devices are as up to date as possible, and nothing is missing"),
        ("24 students can work at the benches, with the air changed 8 times an hour",
         "Every device measures the reference sample within 2 %"),
    )),
    (("Stations", "Cabins", "Operation"), "The fire brigade asks for an exit in each cabin floor", (
        ("On 1 July, 900 people are carried up within one hour",
         "By 10 June, an empty cabin is brought down by hand within 20 minutes"),
        ("Build both stations, set the 7 masts and pull the rope",
         "Train the crew of both shifts in June, and print the timetable"),
        ("A cable car that the whole town is proud of, and that sets an example for others",
         "By 1 July, the way to the university is quick and pleasant"),
        ("900 people can be carried up within one hour",
         "The doors of a cabin close within 4 seconds, and never on a hand"),
    )),
    (("Hall", "Slides", "Team"), "The town asks for a ramp for wheelchairs on each slide tower", (
        ("On 1 May, the water of all three pools has 28 degrees and passes the hygiene test",
         "By 20 April, 12 life guards hold the silver badge"),
        ("Tile the 3 pools, fit the filters, paint the hall and fill in the water in April",
         "Advertise, choose and train the life guards by April"),
        ("A pool for the whole family, open to all, that people like to come back to again and again",
         "By 1 May, the hall is ready, in perfect order and as clean as it can be"),
        ("The water of all three pools has 28 degrees and passes the hygiene test",
         "From the alarm on, a life guard is at any place in 20 seconds"),
    )),
)  # fmt: skip
OBJECTIVES = ("", "objective-is-activity", "wish-is-objective", "objective-without-day")
MOVES = (
    ("Lease", "Floor plan", "Walls", "Cabling", "Network", "Desks", "Boxes", "Move"),
    ("Inventory", "Concept", "Shelves", "Labels", "Scanner", "Books", "Posters", "Opening"),
    ("Survey", "Drawing", "Frame", "Pipes", "Pressure test", "Roof", "Garden", "Acceptance"),
)


def make(chance: random.Random) -> Variant:
    """Draw a program, and everything that is asked about it."""
    names, asks, wordings = chance.choice(STORIES)
    plan, days, floats = _program(chance, names)
    made = _objective(chance, wordings) | _dates(chance, names, asks, plan, days, floats)
    made["row"], schedule = _schedule(chance)
    made["alone"], requests, starts = _requests(chance, names, plan, floats)
    made["decides"], cases, limit = _policy(chance)
    made["tell"] = Made()
    files = {"plan.xlsx": _written(names, plan), "schedule.csv": schedule,
             "requests.csv": requests, "starts.csv": starts, "limits.csv": limit}  # fmt: skip
    return Variant(made, files, {"decides": cases})


def _program(chance: random.Random, names: tuple) -> tuple[dict, dict, dict]:
    """Durations and predecessors by activity; days and floats that the questions are about."""
    site, goods, service = names
    while True:
        rules, specify, accept = chance.randint(3, 6), chance.randint(6, 12), chance.randint(4, 8)
        assemble, before, slack = chance.randint(24, 36), chance.randint(3, 6), chance.randint(2, 5)
        register = assemble + slack - before
        trial_from = rules + specify + before + register + accept
        own, train_float, gap = chance.randint(4, 8), chance.randint(4, 9), chance.randint(0, 2)
        design, permit = chance.randint(5, 9), chance.randint(7, 14)
        fit_out, handover = chance.randint(5, 9), chance.randint(2, 4)
        works = trial_from - own - design - permit - fit_out - handover
        train = chance.randint(6, 10)
        recruit = trial_from - train_float - train - rules
        sample = recruit - gap - specify
        if works >= 8 and sample >= 8:
            break
    plan = {
        f"{site}.Design": (design, ()),
        f"{site}.Permit": (permit, ((f"{site}.Design", "FS", 0),)),
        f"{site}.Works": (works, ((f"{site}.Permit", "FS", 0),)),
        f"{site}.FitOut": (fit_out, ((f"{site}.Works", "FS", 0),)),
        f"{site}.Handover": (handover, ((f"{site}.FitOut", "FS", 0),)),
        f"{service}.Rules": (rules, ()),
        f"{goods}.Specify": (specify, ((f"{service}.Rules", "FS", 0),)),
        f"{goods}.Sample": (sample, ((f"{goods}.Specify", "FS", 0),)),
        f"{goods}.Assemble": (assemble, ((f"{goods}.Specify", "FS", 0),)),
        f"{goods}.Register": (register, ((f"{goods}.Assemble", "SS", before),)),
        f"{goods}.Accept": (
            accept, ((f"{goods}.Assemble", "FS", 0), (f"{goods}.Register", "FS", 0))),
        f"{service}.Recruit": (recruit, ((f"{service}.Rules", "FS", 0),)),
        f"{service}.Train": (
            train, ((f"{service}.Recruit", "FS", 0), (f"{goods}.Sample", "FS", 0))),
        f"{service}.Trial": (chance.randint(8, 15), (
            (f"{service}.Train", "FS", 0), (f"{goods}.Accept", "FS", 0),
            (f"{site}.Handover", "FS", 0))),
        f"{service}.Launch": (0, ((f"{service}.Trial", "FS", 0),)),
    }  # fmt: skip
    return plan, {"slack": slack}, {"site": own, "train": train_float, "gap": gap}


def _written(names: tuple, plan: dict) -> Program:
    """The program as a plan."""
    links = [
        Dependency(before, id_, kind, lag)
        for id_, (_, waits) in plan.items() for before, kind, lag in waits
    ]  # fmt: skip
    inside = [link for link in links if _of(link.predecessor) == _of(link.successor)]
    projects = []
    for name in names:
        rows = [(_bare(id_), days, "") for id_, (days, _) in plan.items() if _of(id_) == name]
        own = [Dependency(_bare(link.predecessor), _bare(link.successor), link.kind, link.lag)
               for link in inside if _of(link.successor) == name]  # fmt: skip
        found = Project.from_table(rows, members=(ProjectInfo(name),))
        projects.append(Project(found.activities, tuple(own), members=found.members))
    return Program(tuple(projects), tuple(link for link in links if link not in inside))


def _of(id_: str) -> str:
    return id_.split(".")[0]


def _bare(id_: str) -> str:
    return id_.split(".")[1]


def _starts(plan: dict, later: str = "", days: float = 0) -> dict[str, float]:
    """Early starts, where one activity takes so many days longer: the forward pass."""
    starts: dict[str, float] = {}
    for id_, (_, waits) in plan.items():
        starts[id_] = max([0] + [
            starts[before] + lag
            + (0 if kind == "SS" else plan[before][0] + (days if before == later else 0))
            for before, kind, lag in waits
        ])  # fmt: skip
    return starts


def _objective(chance: random.Random, wordings: tuple) -> dict[str, Made]:
    keys = list("abcd")
    chance.shuffle(keys)
    told = {f"objective_{key}": chance.choice(words)
            for key, words in zip(keys, wordings, strict=True)}  # fmt: skip
    wrong = {code: key for key, code in zip(keys, OBJECTIVES, strict=True) if code}
    return {"testable": Made(keys[0], told, wrong)}


def _dates(
    chance: random.Random, names: tuple, asks: str, plan: dict, days: dict, floats: dict
) -> dict[str, Made]:
    site, goods, _ = names
    planned = _starts(plan)[f"{names[2]}.Launch"]
    lag = floats["site"] + chance.randint(3, 8)
    finish = planned + lag - floats["site"]
    used = chance.randint(2, floats["site"] - 1)
    more = days["slack"] + chance.choice([n for n in range(2, 8) if n != days["slack"]])
    moves = more - days["slack"]
    forecast = planned + chance.randint(3, 9)
    everything = sum(duration for duration, _ in plan.values())
    return {
        "finish": Made(finish, {"site": site, "lag": lag}, {
            "lag-forgotten": planned, "slip-passes-on": planned + lag,
            "summed-all-durations": everything + lag,
        }),
        "left": Made(floats["site"] - used, {"site": site, "used": used}, {
            "total-float-is-own": floats["site"],
            "float-counted-twice": 2 * floats["site"] - used,
            "free-float-read-as-total": 0,
        }),
        "moves": Made(moves, {"goods": goods, "asks": asks, "more": more}, {
            "every-critical-day-counts": more, "slack-for-delay": days["slack"],
            "slip-stops-at-the-project": 0,
        }),
        "promise": Made(planned + moves, {"planned": planned, "forecast": forecast}, {
            "rebaseline-wipes-lateness": forecast + moves, "forecast-is-promise": forecast,
            "baseline-never-moves": planned,
        }),
    }  # fmt: skip


def _schedule(chance: random.Random) -> tuple[Made, pd.DataFrame]:
    """A schedule with one row that cannot be true."""
    names = chance.choice(MOVES)
    lag, shorter = chance.randint(2, 4), chance.randint(3, 6)
    third, fourth, fifth = (chance.randint(4, 9) for _ in range(3))
    sixth = lag + fourth + fifth - shorter - third
    if sixth < 2:
        third, sixth = 3, lag + fourth + fifth - shorter - 3
    waits = ["", names[0], names[1], f"{names[1]} FS+{lag}", names[3], names[2], names[0],
             f"{names[4]}; {names[5]}; {names[6]}"]  # fmt: skip
    lasts = [chance.randint(3, 8), chance.randint(3, 8), third, fourth, fifth, max(sixth, 1),
             chance.randint(3, 7), chance.randint(1, 3)]  # fmt: skip
    columns = ["early_start", "early_finish", "late_start", "late_finish", "total_float",
               "free_float"]  # fmt: skip
    rows = list(zip(names, lasts, waits, strict=True))
    table = critical_path(Project.from_table(rows)).table[columns].loc[list(names)].astype(int)
    table.insert(0, "predecessors", waits)
    table.insert(0, "duration", lasts)
    table.index.name = "activity"
    number = chance.choice((1, 2, 4, 5, 6))
    _plant(chance, table, names[number], number)
    wrong = {"lag-taken-for-gap": "r4"}
    if number != 2:
        wrong["free-float-read-as-total"] = "r3"
    told = {f"r{n}": name for n, name in enumerate(names, 1)}
    return Made(f"r{number + 1}", told, wrong), table


def _plant(chance: random.Random, table: pd.DataFrame, name: str, number: int) -> None:
    """Change one row so that it contradicts itself, or those before or after it."""
    off = chance.choice((2, 3))
    if number == 2:
        table.loc[name, "free_float"] = table.loc[name, "total_float"]
        return
    kind = "float" if number == 1 else chance.choice(("early", "late", "float"))
    moved = {
        "early": {"early_start": -off, "early_finish": -off, "total_float": off, "free_float": off},
        "late": {"late_start": off, "late_finish": off, "total_float": off},
        "float": {"total_float": off},
    }[kind]
    for column, by in moved.items():
        table.loc[name, column] += by


def _requests(
    chance: random.Random, names: tuple, plan: dict, floats: dict
) -> tuple[Made, pd.DataFrame, pd.DataFrame]:
    """Four requests for more days, and when everything starts with each."""
    site, goods, service = names
    first, second = chance.sample([f"{site}.{id_}" for id_ in ("Design", "Permit", "Works")], 2)
    own = (first, floats["site"] - chance.randint(0, 2))
    if chance.random() < 0.5:
        own = (f"{service}.Recruit", chance.randint(3, floats["train"]))
    asked = [
        own,
        (f"{goods}.Sample", floats["gap"] + chance.randint(2, floats["train"])),
        (f"{goods}.{chance.choice(('Specify', 'Register', 'Accept'))}", chance.randint(1, 2)),
        (second, floats["site"] + chance.randint(1, 2)),
    ]
    keys = list("abcd")
    chance.shuffle(keys)
    by_key = dict(sorted(zip(keys, asked, strict=True)))
    requests = pd.DataFrame.from_dict(by_key, "index", columns=["activity", "days_more"])
    starts = pd.DataFrame(
        {"now": _starts(plan)} | {key: _starts(plan, *one) for key, one in by_key.items()}
    )
    told = {f"request_{key}": f"{id_}, {days} day{'' if days == 1 else 's'} more"
            for key, (id_, days) in by_key.items()}  # fmt: skip
    wrong = {"alone-within-total-float": keys[1], "alone-few-days": keys[2],
             "alone-beyond-float": keys[3]}  # fmt: skip
    return (Made(keys[0], told, wrong), requests.rename_axis("request"),
            starts.rename_axis("activity"))  # fmt: skip


def _policy(chance: random.Random) -> tuple[Made, tuple[Case, ...], pd.DataFrame]:
    """Who decides about a delay, and cases on both sides of each limit."""
    limit = chance.choice((3, 5, 8, 10))
    near, far = chance.randint(2, 5), chance.randint(8, 12)

    def who(days: float, to_others: float, to_launch: float) -> str:
        if days <= to_others:
            return "project manager"
        return "program manager" if days - to_launch <= limit else "sponsor"

    asked = [
        (near, near, far), (far, far, far), (30, 30, 40), (1, 1, 1),
        (near + 1, near, far), (far + limit, near, far), (far + limit - 1, 0, far), (limit, 0, 0),
        (limit + 2, 1, 20),
        (far + limit + 1, near, far), (limit + 1, 0, 0), (far + limit + 1, far, far), (60, 0, 40),
    ]  # fmt: skip
    table = pd.DataFrame({"launch_later_days": [limit]}, pd.Index(["program manager"], name="who"))
    told = {"limit": limit}
    return Made("cases", told), tuple(Case(case, who(*case)) for case in asked), table


FOLLOW = {"promise": lambda told, earlier: told["planned"] + earlier["moves"]}
