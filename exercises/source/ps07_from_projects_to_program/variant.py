"""Numbers of problem set 7: benefits that need several projects, and slips on their way to them."""

import random
from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import pandas as pd

from pmkit.learning.makers import Made
from pmkit.model.activity import Activity
from pmkit.model.dependency import Dependency
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.teach.variants import Case, Variant

NAMES = ("Quay", "Cranes", "Railway", "Customs", "Gates", "Power", "Basin", "Storage")
YEARS = range(2027, 2031)
GAINS = ("Ships wait less", "Less diesel", "More containers", "Lower fines", "Less overtime")
LOSSES = ("Rent of the old yard", "Noise money to neighbors", "Dearer insurance")
OUTPUTS = ("Four new cranes stand on the quay.", "The track to the terminal is laid and tested.",
           "The booking system for trucks has been handed over.")  # fmt: skip
OUTCOMES = ("Drivers book their slot before they come.", "Two ships are unloaded at the same time.",
            "Every second container leaves the port by train.")  # fmt: skip
BENEFITS = ("Waiting ships cost the port EUR {n},000 less a year.",
            "Diesel costs EUR {n},000 less a year than before.",
            "Fines for late papers have fallen by EUR {n},000 a year.")  # fmt: skip
KEPT = ("The cranes cost EUR {n},000 less than their budget.",
        "The track was laid for EUR {n},000 less than was estimated.",
        "No change was made to the booking system after its design was agreed.")  # fmt: skip
CHAINS = (
    ("New cranes", "Two ships are unloaded at once", "Waiting ships", "head of the terminal"),
    ("Booking system", "Drivers book a slot before they come", "Idle trucks", "head of transport"),
    ("Rail track", "Containers leave by train", "Diesel", "head of logistics"),
    ("Customs counter", "Papers are checked before a ship comes", "Fines", "head of customs"),
    ("Shore power", "Ships switch off their engines in port", "Fees for fumes", "head of energy"),
    ("Training center", "Crews change shifts without a stop", "Overtime", "head of personnel"),
)


def make(chance: random.Random) -> Variant:
    """Draw a port: its benefits, a program of three projects, a map and a profile."""
    comes, stopping, benefits = _comes(chance)
    starts, program = _starts(chance)
    wrong_link, links = _wrong_link(chance)
    wrong_year, profile, deliveries = _wrong_year(chance)
    crew, crews = _crew(chance)
    act, cases = _policy(chance)
    made = {
        "comes": comes,
        "stopping": stopping,
        "starts": starts,
        "gain": _gain(chance),
        "wrong_link": wrong_link,
        "wrong_year": wrong_year,
        "crew": crew,
        "act": act,
        "tell": Made(None, starts.told),
    }
    files = {"benefits.csv": benefits, "program.xlsx": program, "map.csv": links,
             "profile.csv": profile, "deliveries.csv": deliveries, "crew.csv": crews}  # fmt: skip
    return Variant(made, files, {"act": cases})


def _comes(chance: random.Random) -> tuple[Made, Made, pd.DataFrame]:
    """What comes without one of four projects, and what it is worth to stop it."""
    stopped, one, two, three = chance.sample(NAMES, 4)
    joint, single, both = (10 * chance.randint(*span) for span in ((12, 30), (4, 11), (6, 14)))
    shared, loss = 50 * chance.randint(2, 5), 5 * chance.randint(4, 10)
    part = chance.choice((0.4, 0.6, 0.8))
    rows = [
        (f"{stopped}; {one}; {two}", "all", "-", joint),
        (f"{two}; {three}", "any", "-", single),
        (f"{one}; {three}", "all", "-", both),
        (f"{stopped}; {three}", "share", f"{1 - part:.1f}; {part:.1f}", shared),
        (one, "all", "-", -loss),
    ]
    gains = chance.sample(GAINS, 4)
    names = [*gains, chance.choice(LOSSES)]
    table = [(name, *row) for name, row in zip(names, rows, strict=True)]
    chance.shuffle(table)
    planned, right = joint + single + both + shared - loss, single + both + part * shared - loss
    years = chance.choice((3, 4, 5))
    lost, spent = planned - right, 10 * chance.randint(15, 60)
    to_go = round(lost * years + chance.choice((-1, 1)) * chance.randint(40, 180))
    told = {"stopped": stopped, "spent": spent, "to_go": f"{to_go:,}", "years": years,
            "planned": planned, "left": to_go}  # fmt: skip
    comes = Made(float(right), told, {
        "benefit-added-per-project": float(right + single),
        "benefit-shared-per-head": right + joint * 2 / 3,
        "disbenefit-left-out": float(right + loss),
        "planned-as-coming": float(planned),
        "share-as-all": float(right - part * shared),
    })  # fmt: skip
    stopping = Made(to_go - lost * years, told, {
        "spent-counted": to_go + spent - lost * years,
        "one-year-only": to_go - lost,
        "benefits-left-out": float(to_go),
    })  # fmt: skip
    columns = ["benefit", "needs", "rule", "parts", "thousand_a_year"]
    return comes, stopping, pd.DataFrame(table, columns=columns).set_index("benefit")


def _starts(chance: random.Random) -> tuple[Made, Program]:
    """A slip that meets the float of a hand-over, and that of whoever waits for it."""
    first, waits, last = chance.sample(NAMES, 3)
    at_hand_over, at_last = chance.randint(2, 5), chance.randint(2, 5)
    moved = chance.randint(4, 9)
    slip = at_hand_over + at_last + moved
    design, build, own = chance.randint(10, 20), chance.randint(15, 25), chance.randint(3, 6)
    ready = design + build
    prepare, fit = ready + at_hand_over, chance.randint(25, 32)
    launch = prepare + fit + at_last
    projects = (
        _project(first, (("Design", design), ("Build", build), ("Accept", own))),
        _project(waits, (("Prepare", prepare), ("Fit", fit))),
        _project(last, (("Buy", launch // 2), ("Install", launch - launch // 2))),
    )
    order = list(projects)
    chance.shuffle(order)
    program = Program(
        tuple(order), (Dependency(f"{first}.Build", f"{waits}.Fit"),),
        settings=Settings(name="Port", start=date(2027, 3, 1)),
    )  # fmt: skip
    return Made(float(moved), {"first": first, "slip": slip}, {
        "slip-as-given": float(slip),
        "own-finish-only": float(max(0, ready + slip + own - launch)),
        "float-to-last-left-out": float(slip - at_hand_over),
    }), program  # fmt: skip


def _project(id_: str, activities: tuple[tuple[str, int], ...]) -> Project:
    names = [name for name, _ in activities]
    return Project(
        tuple(Activity(name, float(days), name) for name, days in activities),
        tuple(Dependency(a, b) for a, b in pairwise(names)),
        Settings(name=id_, start=date(2027, 3, 1)),
        members=(ProjectInfo(id_),),
    )


def _gain(chance: random.Random) -> Made:
    """An output, an outcome, a benefit, and a project that went well."""
    said = [chance.choice(pool).format(n=10 * chance.randint(9, 60))
            for pool in (BENEFITS, OUTPUTS, OUTCOMES, KEPT)]  # fmt: skip
    keys = list("abcd")
    chance.shuffle(keys)
    told = {f"said_{key}": each for key, each in zip(keys, said, strict=True)}
    wrong = dict(zip(("output-as-benefit", "outcome-as-benefit", "budget-as-benefit"), keys[1:],
                     strict=True))  # fmt: skip
    return Made(keys[0], told, wrong)


def _wrong_link(chance: random.Random) -> tuple[Made, pd.DataFrame]:
    """Five chains from output to owner; one has in a column what does not belong there."""
    rows, wrong = [], chance.randrange(5)
    kind = chance.choice(("outcome", "benefit", "owner"))
    for n, (output, outcome, cost, owner) in enumerate(chance.sample(CHAINS, 5)):
        benefit = f"{cost}: EUR {10 * chance.randint(6, 40)},000 less a year"
        if n == wrong:
            outcome = f"{output} delivered and accepted" if kind == "outcome" else outcome
            benefit = f"{output} ready within the budget" if kind == "benefit" else benefit
            owner = "project manager" if kind == "owner" else owner
        rows.append((output, outcome, benefit, owner))
    keys = [f"b{n}" for n in range(1, 6)]
    links = pd.DataFrame(rows, columns=["output", "outcome", "benefit", "owner"])
    links.index = pd.Index(keys, name="row")
    told = {f"link_{key}": row[0] for key, row in zip(keys, rows, strict=True)}
    return Made(keys[wrong], told), links


def _wrong_year(chance: random.Random) -> tuple[Made, pd.DataFrame, pd.DataFrame]:
    """Five benefits by year; one starts too early, does not grow, or brings too much."""
    names = chance.sample(NAMES, 4)
    days = [date(2027, 1, 1), date(2027, 7, 1), date(2028, 1, 1), date(2028, 7, 1)]
    chance.shuffle(days)
    delivered = dict(zip(names, days, strict=True))
    wrong, kind = chance.randrange(5), chance.choice(("first", "no ramp", "too much"))
    rows = {}
    for n, key in enumerate("abcde"):
        needs = chance.sample(names, chance.choice((2, 3)) if n == wrong else chance.randint(1, 3))
        ramp = chance.choice((1, 2)) if n == wrong else chance.choice((0, 1, 2))
        full, starts = 40 * chance.randint(3, 12), max(delivered[one] for one in needs)
        if n == wrong and kind == "first":
            starts = min(delivered[one] for one in needs)
        by_year = _by_year(full, starts, 0 if n == wrong and kind == "no ramp" else ramp)
        if n == wrong and kind == "too much":
            by_year[-1] = round(full * chance.choice((1.1, 1.2, 1.25)))
        rows[key] = ("; ".join(needs), starts.isoformat(), full, ramp, *by_year)
    columns = ["needs", "starts", "full_a_year", "ramp_years", *map(str, YEARS)]
    profile = pd.DataFrame.from_dict(rows, "index", columns=columns).rename_axis("benefit")
    deliveries = pd.DataFrame({"delivered": [day.isoformat() for day in delivered.values()]},
                              index=pd.Index(list(delivered), name="project"))  # fmt: skip
    return Made("abcde"[wrong]), profile, deliveries


def _by_year(full: int, starts: date, ramp: int) -> list[int]:
    """What comes in each year, from a moment on, growing evenly for some years."""
    begin = starts.year + (starts.month - 1) / 12

    def until(moment: float) -> float:
        time = max(0.0, moment - begin)
        return time * time / (2 * ramp) if time < ramp else time - ramp / 2

    return [round(full * (until(year + 1) - until(year))) for year in YEARS]


def _crew(chance: random.Random) -> tuple[Made, pd.DataFrame]:
    """Four projects with a shared benefit, and one crew."""
    names, is_last = chance.sample(NAMES, 4), chance.random() < 0.5
    while True:
        joint = chance.randint(8, 16)
        last = chance.randint(90, 120)
        days = [last, last - chance.randint(1, 9), last - chance.randint(12, 25),
                last - chance.randint(12, 30)]  # fmt: skip
        saves = [chance.randint(6, 10), *(chance.randint(4, 14) for _ in range(3))]
        own = [chance.randint(1, 4), *(chance.randint(1, 9) for _ in range(3))]
        worth = [a * b for a, b in zip(saves, own, strict=True)]
        gains = worth.copy()
        gains[0] += joint * min(saves[0], last - days[1])
        best, second = sorted(gains, reverse=True)[:2]
        if best >= 1.15 * second and (best == gains[0]) == is_last and len(set(worth)) == 4:
            break
    keys = list("abcd")
    chance.shuffle(keys)
    most = max(range(4), key=worth.__getitem__)
    ways = {"best-for-one-project": most, "most-days": max(range(4), key=saves.__getitem__),
            "last-one-at-any-price": 0}  # fmt: skip
    right, wrong = gains.index(best), {}
    for code, n in ways.items():
        if n != right and keys[n] not in wrong.values():
            wrong[code] = keys[n]
    rows = dict(sorted(
        (key, row) for key, *row in zip(keys, names, days, saves, own, strict=True)
    ))  # fmt: skip
    columns = ["project", "finished_on_day", "days_saved_by_crew", "own_benefit_a_day"]
    told = {f"crew_{key}": row[0] for key, row in rows.items()} | {"joint": joint}
    table = pd.DataFrame.from_dict(rows, "index", columns=columns).rename_axis("key")
    return Made(keys[right], told, wrong), table


def _policy(chance: random.Random) -> tuple[Made, tuple[Case, ...]]:
    """Slips on both sides of what can be spared, of what it saves, and of the limit."""
    limit = 1000 * chance.choice((20, 30, 40))

    def act(slip: int, spare: int, daily_loss: int, cost: int) -> str:
        if cost >= max(0, slip - spare) * daily_loss:
            return "accept"
        return "buy" if cost <= limit else "ask"

    spare, daily = chance.randint(3, 8), 1000 * chance.randint(6, 9)
    asked = [
        (spare, spare, daily, 100), (spare - 1, spare, daily, 0), (spare + 1, spare, daily, 1000),
        (spare + 2, spare, daily, 2 * daily), (spare + 2, spare, daily, 2 * daily - 1),
        (spare + 9, spare, daily, limit), (spare + 9, spare, daily, limit + 1),
        (spare + 9, spare, daily, 9 * daily - 1), (9, 0, daily, limit + 1),
        (9, 9, daily, limit + 1),
    ]  # fmt: skip
    return Made("cases", {"limit": f"{limit:,}"}), tuple(Case(case, act(*case)) for case in asked)


def _follow(told: Mapping, earlier: Mapping) -> float:
    return told["left"] - (told["planned"] - earlier["comes"]) * told["years"]


FOLLOW = {"stopping": _follow}
