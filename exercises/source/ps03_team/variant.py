"""Numbers of problem set 3: who is wanted twice, who waits, who can do it, and who comes late."""

import random
from itertools import permutations

import pandas as pd

from pmkit.learning.adding_people import AddedPeople, add_people
from pmkit.learning.makers import Made
from pmkit.model.activity import Activity, Assignment
from pmkit.model.dependency import Dependency
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.settings import ProjectInfo
from pmkit.teach.variants import Variant

# Projects; in each what comes first and what the scarce people do then; who is scarce, one and
# several; four calls for one of them; an activity that wants two skills, and who is on it.
STORIES = (
    (("Collection", "House", "Shows"), (("Survey", "Pack"), ("Cases", "Fit"), ("Walls", "Hang")),
     "restorer", ("Glass", "Paper", "Frames", "Clocks"),
     ("The loan from abroad", "papers of customs", "climate tests", "registrar")),
    (("Software", "Data", "Training"), (("Build", "Link"), ("Clean", "Load"), ("Script", "Trial")),
     "interface engineer", ("Orders", "Results", "Invoices", "Archive"),
     ("The acceptance by the doctors", "test scripts", "data protection", "tester")),
    (("Stage", "Lights", "Sound"), (("Floor", "Hoists"), ("Cables", "Bridges"),
     ("Walls", "Speakers")), "rigger", ("Curtain", "Bridge", "Elevator", "Screens"),
     ("The inspection by the town", "load tests", "fire safety", "foreman")),
    (("Machines", "Building", "Hygiene"), (("Frames", "Drives"), ("Floor", "Doors"),
     ("Pipes", "Valves")), "control engineer", ("Filler", "Washer", "Labels", "Packing"),
     ("The first filling", "food safety", "pressure tests", "operator")),
)  # fmt: skip
RESOURCES = ("Electrician", "Planner", "Painter", "Crane", "Buyer", "Tester", "Trainer", "Welder")
TEAMS = ("Cabling", "Drawings", "Software", "Manuals")


def make(chance: random.Random) -> Variant:
    """Draw three projects that want the same people, and everything that is asked about them."""
    names, works, scarce, calls, wants = chance.choice(STORIES)
    over, plan, activities = _over(chance, names, works, scarce)
    made = {"over": over}
    made["contradicts"], usage = _usage(chance)
    waiting, wanted = _waiting(chance, calls, names, scarce)
    made |= waiting
    made["cover"], offers = _cover(chance, wants)
    made["gain"] = _gain(chance)
    made["helps"], teams = _helps(chance)
    made["busy"] = _busy(chance, scarce)
    made["tell"] = Made(None, {"scarce": scarce})
    files = {"plan.xlsx": plan, "activities.csv": activities, "usage.csv": usage,
             "wanted.csv": wanted, "offers.csv": offers, "teams.csv": teams}  # fmt: skip
    return Variant(made, files)


def _over(
    chance: random.Random, names: tuple, works: tuple, scarce: str
) -> tuple[Made, Program, pd.DataFrame]:
    """On how many days too few people are there, when the first work of one project takes longer."""
    there = chance.choice((3, 4, 5))
    while True:
        units = [chance.randint(2, there - 1) for _ in names]
        begins = [chance.randint(6, 14) for _ in names]
        lasts = [chance.randint(6, 12) for _ in names]
        more = chance.randint(3, 7)
        before, now = (_wanted([begins[0], begins[1] + late, begins[2]], lasts, units)
                       for late in (0, more))  # fmt: skip
        days = [sum(n > there for n in each) for each in (before, now)]
        average = sum(now) / sum(n > 0 for n in now)
        person_days = sum(n - there for n in now if n > there)
        if days[1] >= 3 and average <= there and len({0, person_days, *days}) == 4:
            break
    wrong = {
        "plan-as-it-was": days[0], "over-allocation-in-person-days": person_days,
        "over-allocation-averaged": 0,
    }  # fmt: skip
    at_once = _wanted([begins[0], begins[1] + more, begins[2]], lasts, [1, 1, 1])
    if (both := sum(n > 1 for n in at_once)) not in (days[1], *wrong.values()):
        wrong["two-at-once"] = both
    told = {"activity": f"{names[1]}.{works[1][0]}", "more": more, "scarce": scarce,
            "there": there}  # fmt: skip
    rows = [
        (f"{name}.{id_}", days, wanted)
        for name, ids, begin, last, n in zip(names, works, begins, lasts, units, strict=True)
        for id_, days, wanted in zip(ids, (begin, last), (0, n), strict=True)
    ]
    table = pd.DataFrame(rows, columns=["activity", "days", "people_wanted"]).set_index("activity")
    shared = (Resource(scarce, capacity=there),)
    projects = [
        Project(
            (Activity(first, begin), Activity(second, last, resources=(Assignment(scarce, n),))),
            (Dependency(first, second),), resources=shared, members=(ProjectInfo(name),),
        )
        for name, (first, second), begin, last, n
        in zip(names, works, begins, lasts, units, strict=True)
    ]  # fmt: skip
    return Made(days[1], told, wrong), Program(tuple(projects), resources=shared), table


def _wanted(begins: list[int], lasts: list[int], units: list[int]) -> list[int]:
    """How many are wanted on each day."""
    return [
        sum(n for begin, last, n in zip(begins, lasts, units, strict=True)
            if begin <= day < begin + last)
        for day in range(40)
    ]  # fmt: skip


def _usage(chance: random.Random) -> tuple[Made, pd.DataFrame]:
    """Six people or machines over so many days; the figures of one cannot be true."""
    days = chance.choice((40, 50, 60))
    names, keys = chance.sample(RESOURCES, 6), [f"r{n}" for n in range(1, 7)]
    kinds = chance.sample(["averaged", "full", "low", "some", "over", "planted"], 6)
    rows = [_use(chance, kind, days) for kind in kinds]
    columns = ["there_are", "most_wanted", "person_days", "days_of_too_few", "planned_percent"]
    table = pd.DataFrame(rows, pd.Index(names, name="who"), columns)
    at = dict(zip(kinds, keys, strict=True))
    wrong = {"over-allocation-averaged": at["averaged"], "full-is-over": at["full"]}
    told = dict(zip(keys, names, strict=True)) | {"days": days}
    return Made(at["planted"], told, wrong), table


def _use(chance: random.Random, kind: str, days: int) -> tuple[int, int, int, int, int]:
    """What there is, the most wanted, person-days, days of too few, per cent of what there is."""
    there = chance.randint(2, 5)
    share = {"averaged": (0.3, 0.42), "full": (0.86, 0.95), "low": (0.2, 0.5), "some": (0.4, 0.7),
             "over": (0.55, 0.8), "planted": (0.45, 0.65)}[kind]  # fmt: skip
    done = round(there * days * chance.uniform(*share))
    told = round(100 * done / (there * days))
    few = chance.randint(3, max(3, min(9, done // (2 * (there + 1)))))
    if kind in ("averaged", "over"):
        return there, there + chance.randint(1, 2), done, few, told
    most = there - 1 if done < 0.9 * (there - 1) * days and chance.random() < 0.5 else there
    if kind in ("low", "some"):
        return there, most, done, 0, told
    if kind == "full":
        return there, there, done, 0, told
    why = chance.choice(("none over", "nobody short", "per cent", "too little"))
    if why == "none over":
        return there, most, done, few, told
    if why == "nobody short":
        return there, there + chance.randint(1, 2), done, 0, told
    if why == "per cent":
        return there, there, done, 0, told + chance.choice((-1, 1)) * chance.randint(14, 22)
    few = chance.randint(9, 13)  # on each of these days at least one more than there are
    done = few * (there + 1) - chance.randint(4, 7)
    return there, there + 1, done, few, round(100 * done / (there * days))


def _waiting(
    chance: random.Random, calls: tuple, names: tuple, scarce: str
) -> tuple[dict[str, Made], pd.DataFrame]:
    """Four calls for one person: in the best order the launch moves by so much (Jackson, 1955)."""
    while True:
        days = [chance.randint(2, 9) for _ in calls]
        floats = [chance.randint(0, 16) for _ in calls]
        jobs = list(zip(days, floats, strict=True))
        least = min(_later(order) for order in permutations(jobs))
        shortest = _later(sorted(jobs))
        if 2 <= least <= 9 and shortest > least and len(set(days)) == 4:
            break
    of = chance.sample((*names, chance.choice(names)), 4)
    table = pd.DataFrame({"project": of, "days": days, "total_float": floats},
                         pd.Index(calls, name="activity"))  # fmt: skip
    wrong = {"levelling-is-free": 0, "levelling-adds-up": sum(days), "shortest-first": shortest}
    by_float = _later(sorted(jobs, key=lambda job: job[1]))
    if by_float not in (least, shortest):
        wrong["least-float-first"] = by_float
    return {
        "least": Made(least, {"scarce": scarce}, wrong),
        "lend": _lend(chance, least, scarce),
    }, table


def _later(order: list) -> int:
    """By how many days the launch moves in this order."""
    done = later = 0
    for days, float_ in order:
        done += days
        later = max(later, done - days - float_)
    return later


def _lend(chance: random.Random, least: int, scarce: str) -> Made:
    """Borrow people or let work wait; and who may decide that."""
    right = chance.choice("abc")
    while True:
        day, limit = 1000 * chance.randint(4, 15), 1000 * chance.choice((20, 25, 30, 40))
        price = 1000 * chance.randint(8, 90)
        told = {"day_eur": day, "price_eur": price, "limit_eur": limit}
        off = abs(price - least * day) >= 3000 and price != limit
        if off and _whether(told, least) == right:
            break
    wrong = {"busy-is-productive": "d"}
    if right == "c":
        wrong["waiting-is-never-cheaper"] = "a" if price <= limit else "b"
    else:
        wrong["levelling-is-free"] = "c"
        wrong |= {"escalated-everything": "b"} if right == "a" else {
            "decided-beyond-authority": "a"}  # fmt: skip
    said = {name.removesuffix("_eur"): f"{amount:,}" for name, amount in told.items()}
    return Made(right, told | said | {"scarce": scarce}, wrong)


def _whether(told: dict, least: float) -> str:
    if told["price_eur"] >= least * told["day_eur"]:
        return "c"
    return "a" if told["price_eur"] <= told["limit_eur"] else "b"


def _cover(chance: random.Random, wants: tuple) -> tuple[Made, pd.DataFrame]:
    """Five offers for a skill that is missing: some lack it, some come too late, some are dear."""
    activity, has, lacks, person = wants
    start, days, float_ = chance.randint(30, 60), chance.randint(3, 6), chance.randint(3, 8)
    ready = start + chance.choice((-6, -4, chance.randint(1, float_)))
    costs = sorted(100 * n for n in chance.sample(range(30, 90, 4), 3))
    chance.shuffle(costs)
    low = min(costs)
    offers = [
        (f"somebody from an agency, with {lacks}", start - chance.randint(0, 5), costs[0]),
        (f"a colleague of another project, with {lacks}", start + chance.randint(1, float_),
         costs[1]),
        (f"a course in {lacks} for the {person} who is on it", ready, costs[2]),
        (f"an engineer of the maker, with {lacks}", start + float_ + chance.randint(1, 3),
         low - 100 * chance.randint(5, 12)),
        (f"a second {person}, with {has}", start - chance.randint(2, 8),
         low - 100 * chance.randint(13, 20)),
    ]  # fmt: skip
    valid = offers[:3]
    right = min(valid, key=lambda one: one[2])
    keys = list("abcde")
    chance.shuffle(keys)
    by_key = dict(sorted(zip(keys, offers, strict=True)))
    key_of = {one[0]: key for key, one in by_key.items()}
    wrong = {"skill-is-headcount": key_of[offers[4][0]], "after-the-float": key_of[offers[3][0]]}
    if right[1] > start:
        at_once = min((one for one in valid if one[1] <= start), key=lambda one: one[2])
        wrong["float-not-used"] = key_of[at_once[0]]
    told = {f"offer_{key}": one[0] for key, one in by_key.items()} | {
        "activity": activity, "has": has, "lacks": lacks, "person": person, "start": start,
        "days": days, "float": float_}  # fmt: skip
    table = pd.DataFrame.from_dict(by_key, "index", columns=["what", "ready_on_day", "cost"])
    return Made(key_of[right[0]], told, wrong), table.rename_axis("offer")


def _gain(chance: random.Random) -> Made:
    """How much earlier, or later, the rest ends when people join (Brooks, 1975)."""
    while True:
        people, more = chance.randint(3, 6), chance.choice((1, 2, 3))
        ramp_up, half = chance.randint(3, 7), chance.choice((0.25, 0.5))
        loss = chance.choice((0.04, 0.05, 0.06))
        work = people * chance.randint(4, 22)
        added = add_people(work, people, more, ramp_up=ramp_up, help=half, coordination=loss)
        if work > ramp_up * people and abs(added.gain) >= 0.3:
            break
    without, joined = work / people, people + more
    told = {"people": people, "joining": f"{more} more join{'s' if more == 1 else ''}", "work": work,
            "ramp_up": ramp_up, "part": "a quarter of a day" if half == 0.25 else "half a day",
            "loss": f"{100 * loss * more:g}", "without": f"{without:g}"}  # fmt: skip
    wrong = {
        "twice-the-people-half-the-time": without - work / joined,
        "ramp-up-forgotten": without - work / added.pace_after,
        "coordination-forgotten":
            without - ramp_up - (work - ramp_up * added.pace_before) / joined,
        "sign-turned": -added.gain,
    }  # fmt: skip
    return Made(added.gain, told, wrong)


def _helps(chance: random.Random) -> tuple[Made, pd.DataFrame]:
    """Four teams that get more people; one of them ends earlier."""
    found: dict[str, AddedPeople] = {}
    while len(found) < 4:
        few, some, eaten, slow = (chance.randint(3, 7) for _ in range(4))
        tried = {
            "": add_people(few * chance.randint(18, 30), few, chance.randint(2, 3),
                           ramp_up=chance.randint(4, 6)),
            "short": add_people(some * chance.randint(3, 6), some, chance.randint(1, 3),
                                ramp_up=chance.randint(5, 7)),
            "eaten": add_people(eaten * chance.randint(14, 28), eaten, chance.randint(2, 3), coordination=0.25,
                                ramp_up=chance.randint(3, 5), help=0.25),
            "slow": add_people(slow * chance.randint(9, 13), slow, 4, help=0.5,
                               ramp_up=chance.randint(8, 9)) if slow > 3 else None,
        }  # fmt: skip
        for kind, added in tried.items():
            if kind not in found and added and _fits(kind, added):
                found[kind] = added
    keys, names = list("abcd"), chance.sample(TEAMS, 4)
    kinds = chance.sample(list(found), 4)
    rows = [(name, found[kind].people, found[kind].more, found[kind].work, found[kind].ramp_up,
             found[kind].pace_before, found[kind].pace_after)
            for name, kind in zip(names, kinds, strict=True)]  # fmt: skip
    columns = ["team", "people", "newcomers", "work_left", "days_of_learning",
               "pace_while_learning", "pace_afterwards"]  # fmt: skip
    table = pd.DataFrame(rows, pd.Index(keys, name="key"), columns).round(2)
    at = dict(zip(kinds, keys, strict=True))
    wrong = {"ramp-up-forgotten": at["short"], "coordination-forgotten": at["eaten"],
             "twice-the-people-half-the-time": at["slow"]}  # fmt: skip
    return Made(at[""], {f"team_{key}": name for key, name in zip(keys, names, strict=True)},
                wrong), table  # fmt: skip


def _fits(kind: str, added: AddedPeople) -> bool:
    """Whether a team is a clear case of its kind."""
    if kind == "eaten":
        return added.pace_after < added.people - 0.1
    return added.gain >= 1 if not kind else added.gain <= -0.5 and added.pace_after > added.people


def _busy(chance: random.Random, scarce: str) -> Made:
    """How busy somebody may be if nobody is to wait for long (Erlang, 1909)."""
    takes = chance.randint(2, 5)
    waits = takes + chance.randint(1, 8)
    share = 100 * waits / (waits + takes)
    return Made(share, {"scarce": scarce, "takes": takes, "waits": waits}, {
        "busy-is-productive": 100.0, "work-in-waiting": 100 * (1 - takes / waits),
        "free-for-busy": 100 - share, "share-for-percent": share / 100,
    })  # fmt: skip


FOLLOW = {"lend": lambda told, earlier: _whether(told, earlier["least"])}
