"""Numbers of problem set 6: a plan that can be shortened, a time-cost curve, and simulated days."""

import random
from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import product
from math import ceil

import pandas as pd

from pmkit.learning.makers import Made
from pmkit.model.activity import Activity
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.teach.variants import Variant

NAMES = ("Hotel", "Theater", "Bakery", "Clinic", "Workshop", "Market hall")
ACTIVITIES = {"Rooms": "Repair the rooms", "Wiring": "Wiring", "Climate": "Air conditioning",
              "Cases": "Show cases", "Catalog": "Catalog", "Rehearsal": "Rehearsal"}  # fmt: skip
LINKS = (("Rooms", "Wiring"), ("Rooms", "Climate"), ("Wiring", "Cases"), ("Climate", "Cases"),
         ("Cases", "Rehearsal"), ("Rooms", "Catalog"), ("Catalog", "Rehearsal"))  # fmt: skip
BOUGHT = ("Ground", "Walls", "Roof", "Pipes", "Floors", "Doors", "Heating")
DRIVERS = ("Permit", "Delivery", "Assembly", "Software", "Training", "Acceptance")
TEAMS = ("Lighting", "Sound", "Doors", "Lifts", "Alarm")
PLANNED = ("Cables, as ordered", "Paint, as ordered", "Rent of the scaffold",
           "Wages of the crew")  # fmt: skip
KNOWN = ("Asbestos in the ceiling", "Lorry stuck at the border", "Crane fails",
         "Storm breaks a window", "Painter falls ill", "Pump too small")  # fmt: skip
UNKNOWN = ("Old vault found under the floor", "Bats found under the roof",
           "House next door subsides", "Carrier goes bankrupt")  # fmt: skip
WISHES = ("Customer asks for a second shop", "Customer asks for marble in the hall",
          "Customer asks for a lounge", "Customer asks for dearer lamps")  # fmt: skip
MOST = 3


def make(chance: random.Random) -> Variant:
    """Draw a plan, and the tables of two other projects."""
    other, third = chance.sample(NAMES, 2)
    while True:
        days, slopes, spare = _small(chance)
        price = _price(chance, days, slopes)
        if _apart(price, 12):
            break
    best_day, curve = _best_day(chance, other)
    wrong_row, bought = _wrong_row(chance, other)
    sure, certain, teams = _ready(chance)
    promise, stages, trials = _promise(chance, third)
    driver, drivers = _driver(chance, third)
    pays, bills, register = _pays(chance, other)
    made = {
        "price": price,
        "best_day": best_day,
        "wrong_row": wrong_row,
        "offer": _offer(chance, spare),
        "sure": sure,
        "certain": certain,
        "promise": promise,
        "driver": driver,
        "pays": pays,
        "tell": Made(None, {"days": price.told["days"]}),
    }
    files = {"plan.xlsx": _plan(days, slopes), "curve.csv": curve, "bought.csv": bought,
             "teams.csv": teams, "stages.csv": stages, "trials.csv": trials,
             "drivers.csv": drivers, "bills.csv": bills, "register.csv": register}  # fmt: skip
    return Variant(made, files)


def _small(chance: random.Random) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Days, the price of a day less, and the float; the catalog is cheap and has much float."""
    spare = {"Climate": chance.choice((2, 3)), "Catalog": chance.randint(6, 9)}
    wiring, cases = chance.randint(12, 16), chance.randint(8, 11)
    days = {"Rooms": chance.randint(8, 12), "Wiring": wiring,
            "Climate": wiring - spare["Climate"], "Cases": cases,
            "Catalog": wiring + cases - spare["Catalog"], "Rehearsal": 4}  # fmt: skip
    low = 100 * chance.randint(3, 4)
    ends = [low + 100 * chance.randint(3, 5), low + 100 * chance.randint(6, 9)]
    chance.shuffle(ends)
    slopes = {"Rooms": ends[0], "Wiring": low + 100 * chance.randint(1, 4), "Climate": low,
              "Cases": ends[1], "Catalog": low - 100 * chance.choice((1, 2))}  # fmt: skip
    return days, slopes, spare


def _plan(days: Mapping[str, int], slopes: Mapping[str, int]) -> Project:
    return Project(
        tuple(
            Activity(id_, float(days[id_]), told, fixed_cost=10_000.0)
            if id_ not in slopes
            else Activity(id_, float(days[id_]), told, fixed_cost=10_000.0,
                          crash_duration=float(days[id_] - MOST),
                          crash_cost=10_000.0 + MOST * slopes[id_])
            for id_, told in ACTIVITIES.items()
        ),
        tuple(Dependency(before, after) for before, after in LINKS),
        Settings(name="Exhibition", start=date(2027, 3, 1)),
        members=(ProjectInfo("Exhibition"),),
    )  # fmt: skip


def _cheapest(days: Mapping[str, int], slopes: Mapping[str, int], less: int) -> int:
    """What so many days less cost at least; of all ways, by whole days."""
    ids = list(slopes)
    ways = (("Wiring", "Cases"), ("Climate", "Cases"), ("Catalog",))
    normal = max(sum(days[id_] for id_ in way) for way in ways)
    found = []
    for cuts in product(range(MOST + 1), repeat=len(ids)):
        cut = dict(zip(ids, cuts, strict=True))
        longest = max(sum(days[id_] - cut.get(id_, 0) for id_ in way) for way in ways)
        if longest - cut.get("Rooms", 0) <= normal - less:
            found.append(sum(slopes[id_] * each for id_, each in cut.items()))
    return min(found)


def _price(chance: random.Random, days: Mapping[str, int], slopes: Mapping[str, int]) -> Made:
    """The price of some days, when one of the activities cannot be shortened."""
    less, banned = chance.choice((4, 5)), min(("Rooms", "Cases"), key=slopes.__getitem__)
    left = {id_: slope for id_, slope in slopes.items() if id_ not in (banned, "Catalog")}
    one_path = {id_: 0 if id_ == "Climate" else slope for id_, slope in left.items()}
    right = _cheapest(days, left, less)
    return Made(float(right), {"days": less, "banned": banned}, {
        "cheapest-not-critical": float(less * slopes["Catalog"]),
        "average-slope": less * sum(slopes.values()) / len(slopes),
        "banned-crashed": float(_cheapest(days, left | {banned: slopes[banned]}, less)),
        "second-path-missed": float(_cheapest(days, one_path, less)),
    })  # fmt: skip


def _apart(made: Made, gap: float) -> bool:
    values = [made.answer, *made.wrong.values()]
    return all(abs(a - b) > gap for n, a in enumerate(values) for b in values[:n])


def _best_day(chance: random.Random, other: str) -> tuple[Made, pd.DataFrame]:
    """A time-cost curve on which a day is dearer the more were bought, with terms beside it."""
    is_at_due = chance.random() < 0.4
    while True:
        made, curve = _curve(chance, other)
        if _apart(made, 0.9) and is_at_due == (made.answer == made.told["due"]):
            return made, curve


def _curve(chance: random.Random, other: str) -> tuple[Made, pd.DataFrame]:
    normal, count = chance.randint(60, 90), chance.randint(8, 10)
    slopes = sorted(100 * chance.randint(3, 30) for _ in range(count))
    costs = {normal: 1000 * chance.randint(150, 400)}
    for n, slope in enumerate(slopes, 1):
        costs[normal - n] = costs[normal - n + 1] + slope
    due = normal - chance.randint(4, count - 2)
    overhead, penalty = 50 + 100 * chance.randint(4, 11), 20 + 100 * chance.randint(4, 11)

    def best(overhead: float, penalty: float) -> float:
        return float(min(costs, key=lambda day: (
            costs[day] + overhead * day + penalty * max(0, day - due)
        )))  # fmt: skip

    told = {"other": other, "overhead": f"{overhead:,}", "penalty": f"{penalty:,}", "due": due}
    wrong = {"crash-all-days": float(normal - count), "overhead-left-out": best(0, penalty),
             "penalty-left-out": best(overhead, 0)}  # fmt: skip
    if (right := best(overhead, penalty)) != due:
        wrong["due-day"] = float(due)
    curve = pd.DataFrame({"cost": costs}).rename_axis("finish").sort_index()
    return Made(right, told, wrong), curve


def _wrong_row(chance: random.Random, other: str) -> tuple[Made, pd.DataFrame]:
    """Five rows of a crash plan; one contradicts itself or what is cheapest."""
    kind = chance.choice(("cost", "days", "limit", "float"))
    wrong = chance.randrange(5)
    rows = {}
    for n, name in enumerate(chance.sample(BOUGHT, 5)):
        normal, most = chance.randint(8, 20), chance.randint(3, 5)
        less = chance.randint(1, most - 1)
        spare, price = 0, 50 * chance.randint(8, 30)
        if n != wrong and chance.random() < 0.3:
            less, spare = 0, chance.randint(1, 6)
        duration, cost = normal - less, less * price
        if n == wrong and kind == "cost":
            cost += price * chance.choice((1, 2))
        elif n == wrong and kind == "days":
            less, cost = less + 1, (less + 1) * price
        elif n == wrong and kind == "limit":
            less = most + 1
            duration, cost = normal - less, less * price
        elif n == wrong:
            spare = chance.randint(2, 5)
        rows["abcde"[n]] = (name, normal, normal - most, duration, less, price, cost, spare)
    columns = ["activity", "normal", "crash", "duration", "days_bought", "price_per_day", "cost",
               "float_left"]  # fmt: skip
    bought = pd.DataFrame.from_dict(rows, "index", columns=columns).rename_axis("key")
    told = {f"row_{key}": row[0] for key, row in rows.items()} | {"other": other}
    return Made("abcde"[wrong], told), bought


def _offer(chance: random.Random, spare: Mapping[str, int]) -> Made:
    """Days of one activity for a price: all of them, some, or none are worth it."""
    right, beside = chance.choice("abcd"), spare["Climate"]
    worth = 50 * chance.randint(14, 30)
    per_day = worth + 50 * (chance.randint(2, 8) if right == "d" else -chance.randint(2, 8))
    some = beside
    if right == "b":
        offered, less = "Wiring", beside + chance.randint(1, 2)
        wrong = {"parallel-path-missed": "a"}
    elif right == "c":
        offered = chance.choice(("Climate", "Catalog"))
        less = chance.randint(2, spare[offered])
        some, wrong = less - 1, {"cheapest-not-critical": "a"}
    else:
        offered = chance.choice(("Wiring", "Rooms"))
        less = beside if offered == "Wiring" else beside + chance.randint(1, 2)
        some = beside if less > beside else less - 1
        wrong = {"price-not-compared" if right == "d" else "always-a-second-path":
                 "a" if right == "d" else "b"}  # fmt: skip
    told = {"offered": offered, "less": less, "per_day": f"{per_day:,}", "worth": f"{worth:,}",
            "some": f"only {some} day{'' if some == 1 else 's'}"}  # fmt: skip
    return Made(right, told, wrong)


def _ready(chance: random.Random) -> tuple[Made, Made, pd.DataFrame]:
    """Teams that a test needs, and what it is worth to make one of them certain."""
    names = chance.sample(TEAMS, 4)
    percents = chance.sample((70, 75, 80, 85, 90, 95), 4)
    idle = chance.randrange(4)
    needed = {name: p for n, (name, p) in enumerate(zip(names, percents, strict=True)) if n != idle}
    every, none = 1.0, 1.0
    for p in needed.values():
        every, none = every * p / 100, none * (1 - p / 100)
    team = chance.choice(sorted(needed))
    p, loss = needed[team], 1000 * chance.randint(15, 40)
    gain = (every / (p / 100) - every) * loss
    fee = 100 * max(3, round(gain * chance.uniform(0.4, 0.8) / 100))
    sure = Made(100 * every, {}, {
        "merge-bias-missed": float(min(needed.values())),
        "misses-added": 100.0 - sum(100 - p for p in needed.values()),
        "one-of-them-is-enough": 100 * (1 - none),
        "not-needed-counted": every * percents[idle],
        "as-a-share": every,
    })  # fmt: skip
    told = {"loss": f"{loss:,}", "fee": f"{fee:,}", "team": team, "p": p, "lost": loss, "paid": fee}
    certain = Made(gain - fee, told, {
        "one-team-alone": (1 - p / 100) * loss - fee, "fee-left-out": gain,
    })  # fmt: skip
    teams = pd.DataFrame(
        {"ready_by_friday": percents, "test_needs_it": ["no" if n == idle else "yes"
                                                        for n in range(4)]},
        index=pd.Index(names, name="team"),
    )  # fmt: skip
    return sure, certain, teams


def _promise(chance: random.Random, third: str) -> tuple[Made, pd.DataFrame, pd.DataFrame]:
    """Two stages one after the other, played 1,000 times."""
    level, other_level = chance.choice(((80, 50), (90, 50), (90, 80)))
    points = [(low := chance.randint(12, 24), low + chance.randint(3, 6),
               low + chance.randint(18, 30)) for _ in range(2)]  # fmt: skip
    drawn = [[chance.triangular(low, high, mode) for _ in range(1000)]
             for low, mode, high in points]  # fmt: skip
    whole = sorted(ceil(one + other) for one, other in zip(*drawn, strict=True))
    enough = [ceil(sorted(stage)[10 * level - 1]) for stage in drawn]
    days = [whole[10 * level - 1], sum(enough), sum(mode for _, mode, _ in points),
            whole[10 * other_level - 1]]  # fmt: skip
    mixed = days.copy()
    chance.shuffle(mixed)
    keys = dict(zip("abcd", mixed, strict=True))
    found = [next(key for key, day in keys.items() if day == each) for each in days]
    told = {f"day_{key}": day for key, day in keys.items()} | {"third": third, "level": level}
    wrong = dict(zip(("quantiles-added", "plan-date", "other-level"), found[1:], strict=True))
    stages = pd.DataFrame(
        {"plan": [mode for _, mode, _ in points], "suffices": enough},
        index=pd.Index(["stage 1", "stage 2"], name="stage"),
    )
    counts = Counter(whole)
    trials = pd.DataFrame({"trials": [counts[day] for day in sorted(counts)]},
                          index=pd.Index(sorted(counts), name="day"))  # fmt: skip
    return Made(found[0], told, wrong), stages, trials


def _driver(chance: random.Random, third: str) -> tuple[Made, pd.DataFrame]:
    """One that is often critical and varies; one hardly varies, one is seldom critical."""
    pairs = [
        (chance.randint(72, 86), chance.choice((3.6, 3.9, 4.2))),
        (chance.randint(96, 100), chance.choice((0.4, 0.5, 0.6))),
        (chance.randint(8, 16), chance.choice((6.8, 7.4, 8.1))),
        (chance.randint(40, 55), chance.choice((1.5, 1.8, 2.1))),
    ]
    keys = list("abcd")
    chance.shuffle(keys)
    names = chance.sample(DRIVERS, 4)
    rows = dict(sorted(
        (key, (name, *pair)) for key, name, pair in zip(keys, names, pairs, strict=True)
    ))  # fmt: skip
    told = {f"act_{key}": row[0] for key, row in rows.items()} | {"third": third}
    drivers = pd.DataFrame.from_dict(rows, "index", columns=["activity", "criticality", "spread"])
    wrong = {"most-critical": keys[1], "widest-spread": keys[2]}
    return Made(keys[0], told, wrong), drivers.rename_axis("key")


def _pays(chance: random.Random, other: str) -> tuple[Made, pd.DataFrame, pd.DataFrame]:
    """Six bills and where their money comes from."""
    sources = {"estimate": (PLANNED, 1), "contingency": (KNOWN, 2),
               "management reserve": (UNKNOWN, 1), "new money": (WISHES, 2)}  # fmt: skip
    rows, sums, known = [], {}, []
    for source, (pool, count) in sources.items():
        amounts = [100 * chance.randint(12, 95) for _ in range(count)]
        sums[source] = float(sum(amounts))
        happened = chance.sample(pool, count)
        rows += list(zip(happened, amounts, strict=True))
        if source == "contingency":
            rest = [one for one in pool if one not in happened]
            known = [(name, "occurred") for name in happened]
            known += [(name, "open") for name in chance.sample(rest, 2)]
    chance.shuffle(rows)
    chance.shuffle(known)
    swapped = sums | {"contingency": sums["management reserve"],
                      "management reserve": sums["contingency"]}  # fmt: skip
    wish = sums | {"contingency": sums["contingency"] + sums["new money"], "new money": 0.0}
    bills = pd.DataFrame(rows, columns=["what", "amount"])
    bills.index = pd.RangeIndex(1, len(bills) + 1, name="bill")
    register = pd.DataFrame(known, columns=["name", "state"])
    register.index = pd.Index([f"R{n}" for n in range(1, 5)], name="risk")
    wrong = {"reserves-mixed-up": swapped, "wish-from-contingency": wish}
    return Made(sums, {"other": other}, wrong), bills, register


FOLLOW = {
    "certain": lambda told, earlier: (
        (earlier["sure"] / told["p"] - earlier["sure"] / 100) * told["lost"] - told["paid"]
    )
}
