"""Numbers of problem set 11: whom a library tells what, by when, and what that asks of them."""

import random
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

from pmkit.learning.makers import Made
from pmkit.teach.variants import Case, Variant

PEOPLE = ("Readers", "Ministry", "Fire brigade", "Donors", "Schools", "Neighbours", "University",
          "Works council", "Publishers", "City council", "Press", "Historians")  # fmt: skip
TAKERS = ("Move", "Catalogue", "Exhibition", "Cafe", "Reading room")
WAYS = ("hire a second crew", "work on Saturdays", "work in two shifts", "buy parts from stock",
        "rent a second lift", "use ready-made walls", "fly the parts in")  # fmt: skip
ROLES = ("sponsor", "portfolio board", "ministry")
PROJECTS = ("Scanning", "Repair", "Visits", "Shop", "Evenings", "Archive", "App", "Maps", "Loans",
            "Podcast")  # fmt: skip
GROUPS = ("monitor", "keep informed", "keep satisfied", "manage closely")
GOALS = ("Readers", "Collections", "Money")
DO = {
    "Catalogue": "shift the scanning of the shelf marks",
    "Move": "book the trucks for other days",
    "Exhibition": "send the loans later",
    "Cafe": "take on its staff later",
    "Works council": "change the shifts of the stacks",
    "Fire brigade": "inspect on another day",
    "University": "move its lectures",
    "Press": "announce another day",
}


def make(chance: random.Random) -> Variant:
    """Draw stakeholders, a delay, reports, a strategy, and everything that is asked about them."""
    today = date(2027, 3, 1) + timedelta(chance.randrange(60))
    overdue, contacts = _overdue(chance, today)
    wrong_row, plan = _wrong_row(chance, today)
    loses, spare, slip = _loses(chance)
    act_on, ways = _act_on(chance)
    order, receivers = _order(chance)
    wrong_line, memo = _wrong_line(chance)
    how_told, cases = _policy(chance)
    made = {
        "overdue": overdue,
        "wrong_row": wrong_row,
        "loses": loses,
        "draft": _draft(chance, slip),
        "reply": _reply(chance, slip),
        "act_on": act_on,
        "order": order,
        "wrong_line": wrong_line,
        "how_told": how_told,
        "tell": _tell(chance),
    }
    files = {"contacts.csv": contacts, "plan.csv": plan, "spare.csv": spare, "ways.csv": ways,
             "receivers.csv": receivers, "memo.csv": memo}  # fmt: skip
    return Variant(made, files, {"how_told": cases})


def _overdue(chance: random.Random, today: date) -> tuple[Made, pd.DataFrame]:
    """The longest overdue is neither the longest silent nor one of the influential."""
    most, rhythm = chance.randint(11, 24), chance.choice((14, 21, 28))
    longest, loud = chance.sample(range(2, most - 3), 2)
    rows = [  # influence, interest, rhythm, silence
        (_low(chance), _high(chance), rhythm, rhythm + most),
        (_low(chance), _low(chance), 90, 90 + longest),
        (_high(chance), _high(chance), rhythm, rhythm + loud),
        (_high(chance), _low(chance), 30, 30),
        (_high(chance), _high(chance), 7, chance.randint(2, 6)),
        (_low(chance), _low(chance), 60, chance.randint(45, 58)),
        (_low(chance), _high(chance), 14, chance.randint(5, 12)),
    ]
    told = {who: (influence, interest, every, str(today - timedelta(silence)))
            for who, (influence, interest, every, silence)
            in zip(chance.sample(PEOPLE, len(rows)), rows, strict=True)}  # fmt: skip
    table = pd.DataFrame.from_dict(
        told, "index", columns=["influence", "interest", "every_days", "last_told"]
    ).rename_axis("who")  # fmt: skip
    return Made(float(most), {"today": today}, {
        "counted-since-last-told": float(rhythm + most),
        "longest-silence": float(90 + longest),
        "due-of-longest-silence": float(longest),
        "influential-only": float(loud),
    }), table.sort_index()  # fmt: skip


def _high(chance: random.Random) -> float:
    return chance.choice((0.6, 0.7, 0.8, 0.9))


def _low(chance: random.Random) -> float:
    return chance.choice((0.1, 0.2, 0.3, 0.4))


def _planned(influence: float, interest: float, every: int, silence: int, gate: int,
             today: date) -> list:  # fmt: skip
    """A row of a communication plan; `gate` in days from today, 0 for none."""
    by_rhythm = every - silence
    due = min(by_rhythm, gate) if gate else by_rhythm
    days = [str(today + timedelta(each)) for each in (-silence, gate, due)]
    return [influence, interest, GROUPS[2 * (influence >= 0.5) + (interest >= 0.5)], every, days[0],
            days[1] if gate else "-", days[2], max(-due, 0)]  # fmt: skip


def _wrong_row(chance: random.Random, today: date) -> tuple[Made, pd.DataFrame]:
    """Six rows of a communication plan; one contradicts itself, two only look as if they did."""
    half = [0.5, chance.choice((0.3, 0.7))]
    chance.shuffle(half)
    rhythm, silence = chance.choice((21, 30)), chance.randint(4, 12)
    kinds = [
        (*half, 14, chance.randint(3, 11), 0),  # half is high
        (_high(chance), _high(chance), 60, chance.randint(20, 30), chance.randint(8, 20)),  # gate
        (_low(chance), _high(chance), 30, 30 + chance.randint(3, 20), 0),
        (_high(chance), _low(chance), 7, 7, 0),
        (_low(chance), _low(chance), 90, chance.randint(60, 85), 60),
        (chance.choice((0.4, 0.6)), chance.choice((0.4, 0.6)), rhythm, silence, 0),
    ]
    rows = [_planned(*kind, today) for kind in kinds]
    off = chance.choice(("group", "due", "overdue"))
    false = rows[{"group": chance.choice((2, 3, 5)), "due": 5, "overdue": 2}[off]]
    if off == "group":
        false[2] = chance.choice([each for each in GROUPS if each != false[2]])
    elif off == "due":
        false[6] = str(today + timedelta(rhythm - silence + chance.choice((7, -3))))
    else:
        false[7] += chance.choice((30, 4, 7))  # 30: all days since they last heard
    named = sorted(zip(chance.sample(PEOPLE, 6), rows, strict=True))
    keys = {id(row): f"r{n}" for n, (_, row) in enumerate(named, 1)}
    columns = ["who", "influence", "interest", "group", "every_days", "last_told", "gate", "due",
               "overdue_days"]  # fmt: skip
    table = pd.DataFrame([[who, *row] for who, row in named], columns=columns,
                         index=pd.Index(list(keys.values()), name="row"))  # fmt: skip
    told = {f"who_{n}": who for n, (who, _) in enumerate(named, 1)}
    return Made(keys[id(false)], told | {"today": today}, {
        "half-is-high": keys[id(rows[0])], "gate-comes-first": keys[id(rows[1])],
    }), table  # fmt: skip


def _loses(chance: random.Random) -> tuple[Made, pd.DataFrame, dict]:
    """One delay and three who wait: the opening moves by what the least spare of them leaves."""
    while True:
        opening = chance.sample(range(3, 13), 3)
        own = [max(each - chance.randint(2, 5), 0) for each in opening]
        late, daily = max(opening) + chance.randint(1, 5), chance.randint(8, 19)
        moves = late - min(opening)
        if moves >= 4 and min(own) < min(opening):
            break
    wrong = {
        "told-own-slip": late,
        "added-the-float": late + min(opening),
        "own-promise-for-opening": late - min(own),
        "takers-added": sum(late - each for each in opening),
        "most-spare": late - max(opening),
    }
    table = pd.DataFrame({"own_spare": own, "opening_spare": opening},
                         index=pd.Index(chance.sample(TAKERS, 3), name="taker"))  # fmt: skip
    slip = {"late": late, "daily": daily, "moves": moves, "own": late - min(own)}
    return (
        Made(float(moves * daily), {"late": late, "daily": daily},
             {code: float(days * daily) for code, days in wrong.items()}),
        table, slip,
    )  # fmt: skip


def _draft(chance: random.Random, slip: dict) -> Made:
    """A message to the program manager, with one fault or none."""
    right = chance.choice(("own", "ask", "terms", "date", "nothing"))
    while True:
        won, limit = chance.randint(2, slip["moves"]), chance.choice((10, 15, 20, 25))
        price = limit - chance.randint(0, 5) if right == "own" else limit + chance.randint(1, 12)
        if price < 0.9 * won * slip["daily"]:
            break
    last = chance.randint(30, 60)
    by = last + chance.randint(2, 5) if right == "date" else last - chance.randint(1, 4)
    days = slip[chance.choice(("late", "own"))] if right == "terms" else slip["moves"]
    loss = days * slip["daily"]
    asks = {True: f"Please give the stacks all the support that you can by day {by}. A second crew "
                  f"would cost {price} thousand and win {won} days.",
            False: f"Please decide by day {by} whether we order a second crew for {price} "
                   f"thousand. It wins {won} days."}  # fmt: skip
    message = (f"{asks[right == 'ask']} Without it the stacks come {slip['late']} days late, which "
               f"costs the library {loss} thousand.")  # fmt: skip
    told = {"message": message, "limit": limit, "last": last, "price": price, "won": won,
            "loss": float(loss), "fault": right}  # fmt: skip
    return Made(right, told, {} if right == "nothing" else {"let-pass": "nothing"})


def _reply(chance: random.Random, slip: dict) -> Made:
    """What the sponsor is answered: two replies differ in their days only."""
    late, moves = slip["late"], slip["moves"]
    other = chance.choice(("told-own-slip", "own-promise-for-opening"))
    days = {"": moves, other: slip["late" if other == "told-own-slip" else "own"]}
    fact = f"As it stands, no: the stacks come {late} days late, which moves the opening by"
    said = {code: f"{fact} {n} days." for code, n in days.items()}
    more = {
        "hid-until-sure": "I cannot say yet. As soon as the new day is sure, you hear it from me.",
        "blamed-first": f"No. House has let us all down: the opening moves by {moves} days.",
        "gave-in": "Yes. We gave you our word for that day, and I will see that we keep it.",
        "activity-detail-upward": f"No. Racks 4 to 9 wait {late} days for bolts, the lift as well.",
    }
    said |= {code: more[code] for code in chance.sample(sorted(more), 2)}
    keys = dict(zip(said, chance.sample("abcd", 4), strict=True))
    told: dict[str, object] = {f"reply_{keys[code]}": text for code, text in said.items()}
    told["by_loss"] = {n * slip["daily"]: keys[code] for code, n in days.items()}
    return Made(keys[""], told, {code: key for code, key in keys.items() if code})


LEVELS = {"higher-is-safer": (0, 1, 1), "beyond-their-limit": (1, 2, -1),
          "price-not-checked": (1, 2, -1)}  # fmt: skip
"""Of a fault, from which to which role it decides, and how far beside it the report asks."""


def _act_on(chance: random.Random) -> tuple[Made, pd.DataFrame]:
    """Four reports, each on a way of its own; three have a fault, and only numbers tell which."""
    allowed = chance.randint(3, 6)
    over = allowed + chance.randint(5, 10)
    limits = (chance.choice((60, 80, 100)), chance.choice((250, 300, 400)))
    today, needed = chance.randint(20, 40), over - allowed
    faults = chance.sample(("not-back-within", "beyond-their-limit", "higher-is-safer",
                            "news-without-date", "price-not-checked"), 3)  # fmt: skip
    keys, names = chance.sample("abcd", 4), chance.sample(WAYS, 4)
    rows, told, wrong = {}, {}, {}
    for key, name, fault in zip(keys, names, ("", *faults), strict=True):
        lowest, highest, off = LEVELS.get(fault, (0, 2, 0))
        level = chance.randint(lowest, highest)
        cost, asked = _cost(chance, level, limits), level + off
        said = _cost(chance, asked, limits) if fault == "price-not-checked" else cost
        won = needed + (-chance.randint(1, 3) if fault == "not-back-within"
                        else chance.randint(0, 3))  # fmt: skip
        last = today + chance.randint(8, 20)
        by = last + (chance.randint(1, 4) if fault == "news-without-date"
                     else -chance.randint(0, 4))  # fmt: skip
        rows[key] = (name, cost, won, last)
        told[f"report_{key}"] = (f"To the {ROLES[asked]}: shall we {name} for {said} thousand, "
                                 f"{won} days earlier? Please answer by day {by}.")  # fmt: skip
        if fault:
            wrong[fault] = key
    table = pd.DataFrame.from_dict(rows, "index", columns=["way", "cost", "days_won", "last_day"])
    told |= {"over": over, "allowed": allowed, "first": limits[0], "second": limits[1],
             "today": today}  # fmt: skip
    return Made(keys[0], told, wrong), table.rename_axis("report").sort_index()


def _cost(chance: random.Random, level: int, limits: tuple[int, int]) -> int:
    """An amount that a role decides; sometimes its limit itself."""
    if level < 2 and chance.random() < 0.25:
        return limits[level]
    low, high = ((20, limits[0]), (limits[0] + 1, limits[1]), (limits[1] + 1, 600))[level]
    return chance.randint(low, high)


def _order(chance: random.Random) -> tuple[Made, pd.DataFrame]:
    """Four receivers; with one talk a day, one order reaches all of them in time."""
    today = chance.randint(30, 50)
    while True:
        notice = chance.sample(range(3, 20), 4)
        influence = chance.sample((0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9), 4)
        keys = chance.sample("abcd", 4)
        begins = [today + n + days for n, days in enumerate(notice)]
        by_day = _sorted(keys, begins)
        loudest = _sorted(keys, [-each for each in influence])
        slowest = _sorted(keys, [-each for each in notice])
        if len({*begins}) == 4 and len({tuple(keys), by_day, loudest, slowest}) == 4:
            break
    rows = {
        key: (who, DO[who], day, days, weight)
        for key, who, day, days, weight in zip(
            keys, chance.sample(sorted(DO), 4), begins, notice, influence, strict=True
        )
    }
    table = pd.DataFrame.from_dict(
        rows, "index", columns=["who", "can", "begins_on_day", "notice_days", "influence"]
    )
    told = {f"tell_{key}": row[0] for key, row in rows.items()} | {"today": today}
    return Made(tuple(keys), told, {
        "first-to-begin": by_day, "by-influence": loudest, "longest-notice": slowest,
    }), table.rename_axis("key").sort_index()  # fmt: skip


def _sorted(keys: list[str], by: list) -> tuple[str, ...]:
    return tuple(key for _, key in sorted(zip(by, keys, strict=True)))


class Projects(NamedTuple):
    """What projects serve and require, and what the objectives weigh, in per cent."""

    serves: dict[str, dict[str, float]]
    requires: dict[str, str]
    was: dict[str, int]
    now: dict[str, int]
    up: str

    def score(self, name: str, weights: dict[str, int]) -> float:
        """Return how well a project serves all objectives."""
        return _score(self.serves[name], weights)

    def fall(self, name: str) -> float:
        """Return the share of its score that a project loses; below 0, it rises."""
        return _fall(self.serves[name], self.was, self.now)

    def stops(self, name: str) -> bool:
        """Say whether a project's score falls so far that it is for review."""
        return self.fall(name) >= REVIEWED

    def line(self, name: str) -> str:
        """Return what a project must hear."""
        if not self.stops(name):
            return _protect(self.up) if self.fall(name) < 0 else CARRY
        for taker, giver in self.requires.items():
            if giver == name and not self.stops(taker):
                return _needed(taker)
        return REVIEW


REVIEWED = 0.25
CARRY = "Go on, and spend nothing extra."
REVIEW = "Commit nothing new until the review."


def _protect(goal: str) -> str:
    return f"Go on, and protect what serves {goal}."


def _needed(taker: str) -> str:
    return f"Do what {taker} needs, and no more."


def _score(serves: dict[str, float], weights: dict[str, int]) -> float:
    return sum(weights[goal] * serves[goal] for goal in GOALS) / 100


def _fall(serves: dict[str, float], was: dict[str, int], now: dict[str, int]) -> float:
    before = _score(serves, was)
    return 1 - _score(serves, now) / before if before else 0.0


def _serves(chance: random.Random, was: dict[str, int], now: dict[str, int],
            stops: bool | None) -> dict[str, float]:  # fmt: skip
    """What one project serves: near no limit, and for review or not as it is wanted."""
    while True:
        serves = {goal: chance.choice((0, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9)) for goal in GOALS}
        fall = _fall(serves, was, now)
        if (_score(serves, was) >= 0.15 and not 0.21 < fall < 0.29 and abs(fall) >= 0.04
                and stops in (None, fall >= REVIEWED)):  # fmt: skip
            return serves


def _projects(chance: random.Random) -> Projects:
    """Six projects; of two that fall far, one is needed by one that goes on."""
    while True:
        up, *down = chance.sample(GOALS, 3)
        was = {goal: chance.choice((25, 30, 35)) for goal in down}
        now = {
            down[0]: was[down[0]] - chance.choice((15, 20)),
            down[1]: was[down[1]] - chance.choice((0, 5, 10)),
        }
        was, now = ({**each, up: 100 - sum(each.values())} for each in (was, now))
        names = sorted(chance.sample(PROJECTS, 6))
        giver, other, taker, stopped = chance.sample(names, 4)
        stops = {giver: True, other: True, stopped: True, taker: False}
        serves = {name: _serves(chance, was, now, stops.get(name)) for name in names}
        found = Projects(serves, {taker: giver, stopped: other}, was, now, up)
        falls = [found.fall(name) for name in names]
        lines = {found.line(name) for name in names}
        if any(0.08 < fall < 0.21 for fall in falls) and len(lines) == 4:
            return found


def _wrong_line(chance: random.Random) -> tuple[Made, pd.DataFrame]:
    """Six projects after a change of weights, and what each is told; one line does not follow."""
    found = _projects(chance)
    names = list(found.serves)
    told = {name: found.line(name) for name in names}
    giver, other = found.requires.values()
    stopped = list(found.requires)[1]
    # who requires another is told right: else it would be in doubt what that other is told
    false = chance.choice([name for name in names if name not in found.requires])
    instead = {CARRY: [REVIEW, _protect(found.up)], REVIEW: [CARRY, _protect(found.up)],
               _protect(found.up): [CARRY, *(_protect(goal) for goal in GOALS if goal != found.up)],
               told[giver]: [REVIEW, CARRY]}[told[false]]  # fmt: skip
    told[false] = _needed(stopped) if false == other else chance.choice(instead)
    small = chance.choice([name for name in names if 0.08 < found.fall(name) < 0.21])
    keys = {name: f"r{n}" for n, name in enumerate(names, 1)}
    table = pd.DataFrame(
        [[name, *found.serves[name].values(), found.requires.get(name, "-"),
          round(found.score(name, found.was), 3), round(found.score(name, found.now), 3),
          told[name]] for name in names],
        index=pd.Index(list(keys.values()), name="row"),
        columns=["project", *GOALS, "requires", "score_was", "score_is", "told"],
    )  # fmt: skip
    texts: dict[str, object] = {f"project_{n}": name for n, name in enumerate(names, 1)}
    texts |= {f"was_{goal}": found.was[goal] for goal in GOALS}
    texts |= {f"now_{goal}": found.now[goal] for goal in GOALS}
    wrong = {"score-is-not-all": giver, "needed-by-one-that-stops": other,
             "small-fall-is-no-review": small}  # fmt: skip
    kept = {code: keys[name] for code, name in wrong.items() if name != false}
    return Made(keys[false], texts, kept), table


def _policy(chance: random.Random) -> tuple[Made, tuple[Case, ...]]:
    """Cases on both sides of each limit, and where two reasons meet."""
    high, limit = chance.choice((0.4, 0.5, 0.6)), chance.choice((4, 5, 6, 8))
    below, rhythm = round(high - 0.1, 1), chance.choice((14, 21, 30))
    far, spare = limit + chance.randint(8, 12), limit - chance.randint(0, 2)
    asked = [
        (0.1, 0.1, 3, rhythm, spare + 1, spare, "talk"),
        (0.9, 0.9, rhythm + 9, rhythm, limit + 5, limit + 2, "talk"),
        (high, 0.1, 3, rhythm, limit + 1, far, "call"),
        (0.9, 0.9, rhythm + 9, rhythm, limit + 3, limit + 3, "call"),
        (high, 0.1, 3, rhythm, limit, far, "nothing"),
        (below, 0.9, 3, rhythm, limit + 1, far, "report"),
        (0.1, 0.1, rhythm, rhythm, 1, far, "write"),
        (0.1, 0.1, rhythm - 1, rhythm, 1, far, "nothing"),
        (0.9, 0.9, rhythm + 1, rhythm, 0, 0, "write"),
        (0.9, high, rhythm - 2, rhythm, spare, spare, "report"),
        (0.9, below, rhythm - 2, rhythm, 0, 3, "nothing"),
        (below, 0.9, rhythm + 5, rhythm, far, far, "write"),
    ]
    told = {"high": high, "limit": limit}
    return Made("cases", told), tuple(Case(tuple(args), how) for *args, how in asked)


def _tell(chance: random.Random) -> Made:
    moves, daily = chance.randint(8, 15), chance.randint(9, 18)
    won = chance.randint(4, moves - 2)
    price = round(won * daily * chance.uniform(0.4, 0.7))
    return Made(None, {
        "moves": moves, "daily": daily, "won": won, "price": price,
        "limit": 10 * (price // 10 + chance.randint(3, 8)), "last": chance.randint(40, 70),
        "way": chance.choice(WAYS),
    })  # fmt: skip


def _of_draft(told: dict, earlier: dict) -> str:
    """The fault of the draft for somebody who has worked out another loss."""
    if told["fault"] not in ("nothing", "terms"):
        raise KeyError("what else is wrong with it does not hang on the loss")
    return "nothing" if abs(earlier["loses"] - told["loss"]) < 1 else "terms"


def _of_reply(told: dict, earlier: dict) -> str:
    """The reply with the days of somebody who has worked out another loss."""
    return told["by_loss"][round(earlier["loses"])]


FOLLOW = {"draft": _of_draft, "reply": _of_reply}
