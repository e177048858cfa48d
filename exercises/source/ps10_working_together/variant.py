"""Numbers of problem set 10: three projects of a concert hall, interfaces, one person, promises."""

import random
from math import prod

import pandas as pd

from pmkit.learning.makers import Made
from pmkit.model.dependency import Dependency
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo
from pmkit.teach.variants import Case, Variant

HANDED = ("Power of the stage", "Keys of the foyer", "Load of the roof", "Seat plan", "Fire plan",
         "Ticket gates", "Goods lift", "Sound of the hall", "Data lines", "Piano room")  # fmt: skip
PEOPLE = ("acoustics engineer", "rigging inspector", "lighting designer", "fire safety engineer")
PROJECTS = ("Lighting", "Acoustics", "Foyer", "Archive", "Tickets", "Kitchen")
COLUMNS = ["what", "promised", "forecast", "needed", "needed_by_program", "late", "project_float",
           "total_float", "status"]  # fmt: skip


def make(chance: random.Random) -> Variant:
    """Draw a program, interfaces of another, and everything that is asked about them."""
    plan, floats = _program(chance)
    wrong_row, handed = _wrong_row(chance)
    order, open_ones = _order(chance)
    first, later, shared = _shared(chance)
    decides, cases = _policy(chance)
    giver, taker = chance.sample(PROJECTS, 2)
    days = chance.randint(6, 14)
    made = {
        "own": _own(floats),
        "moves": _moves(chance, floats),
        "wrong_row": wrong_row,
        "order": order,
        "goes_first": first,
        "later": later,
        "cannot": _cannot(chance),
        "decides": decides,
        "tell": Made(None, {"giver": giver, "taker": taker, "what": chance.choice(HANDED),
                            "days": days, "float": days - chance.randint(2, 4)}),
    }  # fmt: skip
    files = {"plan.xlsx": plan, "handed.csv": handed, "open.csv": open_ones,
             "shared.csv": shared}  # fmt: skip
    return Variant(made, files, {"decides": cases})


def _program(chance: random.Random) -> tuple[Program, dict]:
    """Hall is ready some days before Stage; Stage waits for the power of Hall."""
    shell, long = chance.randint(12, 20), chance.randint(20, 28)
    while True:
        own, spare, wait = chance.randint(5, 12), chance.randint(3, 9), chance.randint(2, 6)
        used, power = chance.randint(2, 3), long - own - chance.randint(1, 5)
        build = chance.randint(6, 14)
        order = shell + power - wait - build
        told = (own, own - used, spare, own + spare - used, 2 * own + spare - used, 0)
        if order > 2 and len(set(told)) == len(told):
            break
    rig = chance.randint(3, 6)
    test = shell + long + 1 + spare - (shell + power) - rig
    rehearse, offer = chance.randint(10, 20), chance.randint(8, 15)
    ready = shell + long + 1 + spare
    sell = ready + rehearse - offer - chance.randint(5, 12)
    both = [("Roof", long - own), ("Seats", long)]
    if chance.random() < 0.5:
        both = [("Roof", long), ("Seats", long - own)]
    short = min(both, key=lambda row: row[1])[0]
    plan = Program(
        (
            _project("Hall", [("Shell", shell, ""), *((n, d, "Shell") for n, d in both),
                              ("Power", power, "Shell"), ("Check", 1, "Roof; Seats; Power")]),
            _project("Stage", [("Order", order, ""), ("Build", build, "Order"),
                               ("Rig", rig, "Build"), ("Test", test, "Rig")]),
            _project("Season", [("Offer", offer, ""), ("Sell", sell, "Offer"),
                                ("Rehearse", rehearse, ""), ("Open", 1, "Rehearse; Sell")]),
        ),
        (Dependency("Hall.Power", "Stage.Rig"), Dependency("Hall.Check", "Season.Rehearse"),
         Dependency("Stage.Test", "Season.Rehearse")),
    )  # fmt: skip
    drives = "Seats" if short == "Roof" else "Roof"
    return plan, {"own": own, "spare": spare, "wait": wait, "used": used, "short": short,
                  "drives": drives}  # fmt: skip


def _project(id_: str, rows: list[tuple[str, int, str]]) -> Project:
    return Project.from_table(rows, members=(ProjectInfo(id_),))


def _own(floats: dict) -> Made:
    own, used = floats["own"], floats["used"]
    whole = own + floats["spare"]
    told = {"activity": f"Hall.{floats['short']}", "used": used}
    return Made(float(own - used), told, {
        "float-of-program": float(whole - used),
        "used-forgotten": float(own),
        "floats-added": float(own + whole - used),
        "float-between-projects": float(floats["spare"]),
        "float-not-critical": 0.0,
    })  # fmt: skip


def _moves(chance: random.Random, floats: dict) -> Made:
    spare, wait = floats["spare"], floats["wait"]
    while True:
        first, second = spare + chance.randint(2, 9), wait + chance.randint(2, 9)
        added = first - spare + second - wait
        if added != max(first, second) and first - spare != second - wait:
            break
    told = {"first": f"Hall.{floats['drives']}", "first_days": first, "second_days": second}
    return Made(float(max(first - spare, second - wait)), told, {
        "slips-added": float(first + second),
        "slip-one-for-one": float(max(first, second)),
        "slips-beyond-float-added": float(added),
    })  # fmt: skip


def _row(late: int, own: int, more: int, promised: int) -> list:
    """An interface: late against its promise, float to what is needed, and more to the program."""
    forecast = promised + late
    status = "late" if late > 0 or own < 0 else "at risk" if own == 0 else "on time"
    return [promised, forecast, forecast + own, forecast + own + more, late, own, own + more,
            status]  # fmt: skip


def _wrong_row(chance: random.Random) -> tuple[Made, pd.DataFrame]:
    """Six interfaces in the order of what is needed; one contradicts itself."""
    days = sorted(chance.sample(range(20, 90), 6))
    kinds = [
        (chance.randint(4, 9), -chance.randint(2, 4), chance.randint(6, 9)),  # two floats differ
        (chance.randint(2, 6), chance.randint(3, 9), chance.randint(2, 5)),  # late, with float
        (0, 0, chance.randint(3, 8)),
        (-chance.randint(1, 3), chance.randint(4, 9), 0),
        (chance.choice((0, 3)), chance.randint(2, 6), chance.randint(0, 4)),
        (chance.randint(3, 6), -chance.randint(1, 3), chance.randint(0, 5)),
    ]
    rows = [_row(*kind, day) for kind, day in zip(kinds, chance.sample(days, 6), strict=True)]
    off = chance.choice(("late", "float", "status", "needed"))
    false = rows[4]
    if off == "late":
        false[4] += chance.choice((4, 5))
        false[7] = "late"
    elif off == "float":
        false[5] += chance.choice((3, 4))
    elif off == "status":
        false[7] = "at risk" if false[7] == "on time" else "on time"
    else:
        false[6] = false[5] - chance.randint(2, 4)
    named = list(zip(chance.sample(HANDED, 6), rows, strict=True))
    named.sort(key=lambda each: (each[1][2], each[0]))
    keys = {id(row): f"r{n}" for n, (_, row) in enumerate(named, 1)}
    told = {f"what_{n}": what for n, (what, _) in enumerate(named, 1)}
    table = pd.DataFrame([[what, *row] for what, row in named], columns=COLUMNS,
                         index=pd.Index(list(keys.values()), name="row"))  # fmt: skip
    wrong = {"two-floats-differ": keys[id(rows[0])], "late-with-float": keys[id(rows[1])]}
    return Made(keys[id(false)], told, wrong), table


def _order(chance: random.Random) -> tuple[Made, pd.DataFrame]:
    """Four interfaces whose order is another one by each column."""
    whole = [chance.randint(-9, -5), chance.randint(-3, -1), chance.randint(1, 3),
             chance.randint(5, 9)]  # fmt: skip
    while True:
        own = [each - gap for each, gap in zip(whole, chance.sample(range(13), 4), strict=True)]
        late = chance.sample(range(1, 15), 4)
        keys = chance.sample("abcd", 4)
        by_whole = tuple(keys)
        by_late = tuple(key for _, key in sorted(zip(late, keys, strict=True), reverse=True))
        by_own = tuple(key for _, key in sorted(zip(own, keys, strict=True)))
        if len(set(own)) == 4 and len({by_whole, by_late, by_own, by_whole[::-1]}) == 4:
            break
    names = dict(zip(keys, chance.sample(HANDED, 4), strict=True))
    table = pd.DataFrame(
        {"what": list(names.values()), "late": late, "project_float": own, "total_float": whole},
        index=pd.Index(keys, name="key"),
    ).sort_index()  # fmt: skip
    told = {f"open_{key}": name for key, name in names.items()}
    wrong = {"order-by-late": by_late, "order-by-project-float": by_own,
             "upside-down": by_whole[::-1]}  # fmt: skip
    return Made(by_whole, told, wrong), table


def _shared(chance: random.Random) -> tuple[Made, Made, pd.DataFrame]:
    """Two projects that want the same person in the same days; one order is better."""
    names, who = chance.sample(PROJECTS, 2), chance.choice(PEOPLE)
    while True:
        begins = [chance.randint(10, 17), chance.randint(10, 17)]
        work = [chance.randint(6, 14), chance.randint(6, 14)]
        own = [chance.randint(0, 5), chance.randint(0, 5)]
        whole = [each + chance.randint(1, 5) for each in own]
        wait = [begins[1] + work[1] - begins[0], begins[0] + work[0] - begins[1]]
        moves = [wait[1] - whole[1], wait[0] - whole[0]]  # with the first, the second one first
        best = 0 if moves[0] < moves[1] else 1
        waits = 1 - best
        nearer, earlier = own.index(min(own)), begins.index(min(begins))
        if (min(*moves, *wait) > 0 and abs(moves[0] - moves[1]) > 1 and own[0] != own[1]
                and begins[0] != begins[1] and waits in (nearer, earlier)):  # fmt: skip
            break
    told = {"giver": names[0], "taker": names[1], "specialist": who}
    wrong = {"by-turns": "turns"}
    if waits == nearer:
        wrong["own-promise-first"] = "ab"[nearer]
    elif waits == earlier:
        wrong["first-come"] = "ab"[earlier]
    right, kept = float(moves[best]), {}
    for code, value in {
        "person-overlap-is-delay": wait[waits],
        "person-work-added": work[best],
        "person-in-both": 0,
        "own-float-for-program": wait[waits] - own[waits],
    }.items():
        if value not in (right, moves[waits], *kept.values()):
            kept[code] = float(value)
    shared = pd.DataFrame(
        {"from_day": begins, "days_of_work": work, "project_float": own, "total_float": whole},
        index=pd.Index(names, name="project"),
    )
    by_key = {"a": float(moves[0]), "b": float(moves[1])}
    return Made("ab"[best], told, wrong), Made(right, {"moves": by_key}, kept), shared


def _cannot(chance: random.Random) -> Made:
    """Three numbers on dates and one on money; one date's number is beyond what is possible."""
    while True:
        dates = chance.sample(range(70, 96), 3)
        product = 100 * prod(date / 100 for date in dates)
        least, most = sum(dates) - 200, min(dates)
        if least > 20 and product - least > 8 and most - product > 10 and max(dates) - most > 6:
            break
    sure = chance.choice((60, 70, 75, 80))
    shared = round(product) + chance.randint(3, round(most - product) - 3)
    opposed = least + chance.randint(2, round(product - least) - 3)
    beyond = chance.choice((most + chance.randint(2, 4), least - chance.randint(4, 9)))
    money = sure + chance.randint(8, 14)
    said = [f"All three dates are kept: {share} %" for share in (beyond, shared, opposed)]
    said.append(f"All the money together is enough: {money} %")
    keys = chance.sample("abcd", 4)
    told = {f"said_{key}": text for key, text in zip(keys, said, strict=True)}
    one, two, three = dates
    told |= {"one": one, "two": two, "three": three, "sure": sure}
    return Made(keys[0], told, {
        "only-the-product": keys[1], "below-the-product": keys[2], "money-like-dates": keys[3],
    })  # fmt: skip


def _policy(chance: random.Random) -> tuple[Made, tuple[Case, ...]]:
    """Cases on both sides of each limit, and of the float of whoever waits."""
    cost, more_cost = chance.choice((10, 15, 20)), chance.choice((80, 100, 120))
    days, more_days = chance.choice((3, 4, 5)), chance.choice((9, 10, 12))
    own, far = chance.randint(4, 8), chance.randint(15, 20)
    manager, program, sponsor = "project manager", "program manager", "sponsor"
    asked = [
        (0, own, own, [], manager),
        (cost, own + days, own, [], manager),
        (1, 6, 9, [6, far], manager),
        (0, 2, own, [own], manager),
        (cost + 1, 0, own, [], program),
        (0, own + days + 1, own, [], program),
        (0, 6, 9, [far, 5], program),
        (more_cost, own + more_days, own, [own, far], program),
        (more_cost + 1, 0, own, [], sponsor),
        (0, own + more_days + 1, own, [], sponsor),
        (0, more_days + 4, far, [far, 3], sponsor),
        (1, far + more_days + 1, far, [far + 5], sponsor),
    ]
    told = {"pm_cost": cost, "pg_cost": more_cost, "pm_days": days, "pg_days": more_days}
    return Made("cases", told), tuple(Case(tuple(args), who) for *args, who in asked)


FOLLOW = {"later": lambda told, earlier: told["moves"][earlier["goes_first"]]}
