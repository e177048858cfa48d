"""Numbers of problem set 12: options as they were known, what came of them, and two seats."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from pmkit.learning.makers import Made
from pmkit.teach.variants import Case, Variant

PROJECTS = ("Building", "Filling", "Cold store", "Licence", "Training", "Packing", "Laboratory",
            "Power", "Water", "Roads")  # fmt: skip
OPTIONS = ("second shift", "air freight", "rented machine", "other supplier", "weekend work",
           "borrowed crew", "smaller batch", "early order", "longer test", "used machine")  # fmt: skip
GOOD_NEWS = ("A second crew is free", "The authority needs less time", "Freight gets cheaper",
             "A better machine can be had", "The buyer pays more for an early start",
             "Night work is allowed")  # fmt: skip
BAD_NEWS = ("Steel gets dearer", "The maker needs one more week", "The road is closed",
            "Glass is scarce", "Tests take longer", "Frost stops all work outside")  # fmt: skip
RECORD = ["decision", "taken", "taken_missed", "refused", "refused_missed", "p50", "came",
          "refused_came"]  # fmt: skip


def make(chance: random.Random) -> Variant:
    """Draw decisions, their futures, and everything that is asked about them."""
    penalty = chance.choice((20, 30, 40, 50))
    value, score, options = _options(chance, penalty)
    luck, futures = _luck(chance)
    wrong_row, review = _wrong_row(chance)
    record, records = _record(chance, penalty)
    then_best, facts = _then_best(chance)
    talk_to, loss, seats = _seats(chance, penalty)
    acts, cases = _policy(chance)
    made = {
        "value": value,
        "score": score,
        "luck": luck,
        "wrong_row": wrong_row,
        "record": record,
        "then_best": then_best,
        "talk_to": talk_to,
        "loss": loss,
        "acts": acts,
        "tell": _tell(chance),
    }
    files = {"options.csv": options, "futures.csv": futures, "review.csv": review,
             "records.csv": records, "facts.csv": facts, "seats.csv": seats}  # fmt: skip
    return Variant(made, files, {"acts": cases})


def _are_apart(answers: Sequence[float], by: float) -> bool:
    return all(abs(one - other) > by for one, other in combinations(answers, 2))


class Option(NamedTuple):
    """What is known of an option; money in thousand, the chance and the missed in tenths."""

    well: int
    benefits_well: int
    benefits_badly: int
    cost: int
    missed: int

    def worth(self, penalty: int, *, well: int | None = None) -> float:
        """Return its value for the program, as it is or with another chance to go well."""
        well = self.well if well is None else well
        benefits = well * self.benefits_well + (10 - well) * self.benefits_badly
        return (benefits - penalty * self.missed) / 10 - self.cost


def _options(chance: random.Random, penalty: int) -> tuple[Made, Made, pd.DataFrame]:
    """Five options; each way of getting it wrong finds another one to be the best."""
    while True:
        options = [_option(chance, is_waiting=n == 0) for n in range(5)]
        ways = {
            "right": [one.worth(penalty) for one in options],
            "penalty-forgotten": [one.worth(0) for one in options],
            "best-case-only": [one.worth(penalty, well=10) for one in options],
            "half-and-half": [one.worth(penalty, well=5) for one in options],
        }
        right = ways["right"]
        ranked = sorted(range(5), key=right.__getitem__, reverse=True)
        best, taken = ranked[0], ranked[chance.choice((1, 2, 3))]
        largest = max(range(5), key=lambda n: options[n].worth(0) + options[n].cost)
        values = {way: max(worth) for way, worth in ways.items()}
        values["one-figure-only"] = right[largest]
        scores = {way: _score(worth, taken) for way, worth in ways.items()}
        told = {
            "right": scores["right"],
            "worst-as-zero": 100 * right[taken] / right[best],
            "score-counts-loss": 100 - scores["right"],
            "rank-is-score": 25.0 * (4 - ranked.index(taken)),
            "penalty-forgotten": scores["penalty-forgotten"],
            "best-case-only": scores["best-case-only"],
        }
        others = {ways[way].index(values[way]) for way in ("penalty-forgotten", "best-case-only")}
        if (best not in others and right[best] - right[ranked[1]] >= 12 and min(right) > 0
                and 15 <= scores["right"] <= 90 and _are_apart(list(values.values()), 1)
                and _are_apart(list(told.values()), 3)):  # fmt: skip
            break
    names = ["wait", *chance.sample(OPTIONS, 4)]
    rows = [(10 * o.well, o.benefits_well, o.benefits_badly, o.cost, o.missed / 10)
            for o in options]  # fmt: skip
    table = pd.DataFrame(
        rows, columns=["goes_well", "benefits_well", "benefits_badly", "cost", "missed"],
        index=pd.Index(names, name="option"),
    )  # fmt: skip
    known = {"taken": f"'{names[taken]}'", "own": right[taken], "worst": min(right),
             "scores": {round(values[way]): scores[way] for way in ways}}  # fmt: skip
    return _made(values, {"penalty": penalty}), _made(told, known), table


def _option(chance: random.Random, *, is_waiting: bool) -> Option:
    well = 10 * chance.randint(60, 115)
    cost = 0 if is_waiting else 10 * chance.randint(3, 22)
    return Option(chance.choice((3, 4, 6, 7, 8)), well, well - 10 * chance.randint(5, 45), cost,
                  chance.randint(0, 24))  # fmt: skip


def _score(worth: Sequence[float], taken: int) -> float:
    return 100 * (worth[taken] - min(worth)) / (max(worth) - min(worth))


def _made(answers: Mapping[str, float], told: Mapping[str, object]) -> Made:
    """What is right, and what each mistake leads to."""
    return Made(answers["right"], told, {c: v for c, v in answers.items() if c != "right"})


def _luck(chance: random.Random) -> tuple[Made, pd.DataFrame]:
    """Twenty futures of two options, and what happened."""
    while True:
        middle = chance.randint(300, 700)
        taken = [middle + 5 * chance.randint(-30, 30) for _ in range(20)]
        refused = [middle + 5 * chance.randint(-22, 18) for _ in range(20)]
        came = chance.choice(taken)
        least, most = min(taken), max(taken)
        answers = {
            "right": _percentile(taken, came),
            "share-above": 100 - _percentile(taken, came),
            "other-option": _percentile(refused, came),
            "share-of-range": 100 * (came - least) / (most - least),
            "equal-in-full": _percentile(taken, came) + 2.5 * taken.count(came),
        }
        if 10 < answers["right"] < 90 and _are_apart(list(answers.values()), 1.2):
            break
    first, second = chance.sample(OPTIONS, 2)
    table = pd.DataFrame({first: taken, second: refused},
                         index=pd.RangeIndex(1, 21, name="future"))  # fmt: skip
    told = {"project": chance.choice(PROJECTS), "first": f"'{first}'", "second": f"'{second}'",
            "came": came}  # fmt: skip
    return _made(answers, told), table


def _percentile(futures: Sequence[int], came: int) -> float:
    below = sum(value < came for value in futures)
    return 100 * (below + futures.count(came) / 2) / len(futures)


class Decision(NamedTuple):
    """A row of a review: expected values, quality, P10, P90, what came, and luck."""

    worst: int
    best: int
    taken: int
    quality: int
    p10: int
    p90: int
    came: int
    luck: int


def _wrong_row(chance: random.Random) -> tuple[Made, pd.DataFrame]:
    """Six decisions; one contradicts itself. Three look strange, and are true."""
    share, below = chance.uniform, -10 * chance.randint(3, 12)
    lucky = _decision(chance, share(0.0, 0.2), "high")
    more_than_best = max(lucky.came, lucky.best + chance.randint(5, 30))
    rows = {
        "resulting": _decision(chance, 1.0, "low"),
        "bad-but-lucky": lucky._replace(came=more_than_best),
        "below-zero": _decision(chance, share(0.3, 0.8), "between", worst=below),
        "one more": _decision(chance, share(0.4, 0.9), "between"),
        "another": _decision(chance, share(0.1, 0.9), chance.choice(("low", "between", "high"))),
        "right": _false_decision(chance),
    }
    order, names = chance.sample(list(rows), 6), chance.sample(PROJECTS, 6)
    key = {kind: f"r{n}" for n, kind in enumerate(order, 1)}
    table = pd.DataFrame([rows[kind] for kind in order], columns=Decision._fields,
                         index=pd.Index(list(key.values()), name="row"))  # fmt: skip
    table.insert(0, "decision", names)
    told = {f"what_{n}": name for n, name in enumerate(names, 1)}
    wrong = {code: key[code] for code in ("resulting", "bad-but-lucky", "below-zero")}
    return Made(key["right"], told, wrong), table


def _decision(chance: random.Random, share: float, came: str, worst: int = 0) -> Decision:
    """All figures fit each other."""
    worst = worst or 10 * chance.randint(20, 60)
    best = worst + 10 * chance.randint(10, 30)
    taken = worst + round(share * (best - worst))
    low, high = taken - chance.randint(60, 140), taken + chance.randint(50, 120)
    if came == "low":
        value, luck = low - chance.randint(8, 40), chance.randint(2, 8)
    elif came == "high":
        value, luck = high + chance.randint(8, 40), chance.randint(92, 98)
    else:
        place = chance.uniform(0.25, 0.75)
        value, luck = low + round(place * (high - low)), round(10 + 80 * place)
    quality = round(100 * (taken - worst) / (best - worst))
    return Decision(worst, best, taken, quality, low, high, value, luck)


def _false_decision(chance: random.Random) -> Decision:
    """One figure does not fit the others."""
    kind = chance.choice(("from zero", "loss", "above the best", "too sure", "not beyond"))
    if kind == "not beyond":
        one = _decision(chance, chance.uniform(0.2, 0.9), chance.choice(("low", "high")))
        return one._replace(luck=chance.randint(25, 75))
    if kind == "from zero":
        one = _decision(chance, chance.uniform(0.2, 0.4), "between")
        return one._replace(quality=round(100 * one.taken / one.best))
    one = _decision(chance, chance.choice((0.15, 0.25, 0.3, 0.7, 0.8)), "between")
    if kind == "loss":
        return one._replace(quality=100 - one.quality)
    if kind == "above the best":
        up = one.best + chance.randint(8, 35) - one.taken
        return one._replace(taken=one.taken + up, quality=100, p10=one.p10 + up,
                            p90=one.p90 + up, came=one.came + up)  # fmt: skip
    return one._replace(luck=chance.choice((chance.randint(3, 7), chance.randint(93, 97))))


class Told(NamedTuple):
    """What is true of a decision of two options."""

    is_good: bool
    looks_good: bool
    """Without the penalty."""
    is_lucky: bool
    beats_refused: bool
    """In what then happened."""


GOOD_UNLUCKY = {
    "right": Told(True, False, False, False),
    "hindsight": Told(False, False, False, True),
    "penalty-forgotten": Told(False, True, False, False),
    "other-luck": Told(True, True, True, True),
    "one more": Told(False, False, True, True),
    "another": Told(False, True, True, False),
}
"""Who takes which decision to be good, with bad luck. All turned round: bad, with good luck."""


def _record(chance: random.Random, penalty: int) -> tuple[Made, pd.DataFrame]:
    """Six decisions: good or not by what was known, lucky or not by what came."""
    is_good = chance.random() < 0.5
    asked = "good, and had bad luck" if is_good else "bad, and had good luck"
    keys = chance.sample("abcdef", 6)
    names = dict(zip(keys, chance.sample(PROJECTS, 6), strict=True))
    rows, by_code = {}, {}
    for key, (code, told) in zip(keys, GOOD_UNLUCKY.items(), strict=True):
        told = told if is_good else Told(*(not each for each in told))
        rows[key] = [names[key], *_recorded(chance, told, penalty)]
        by_code[code] = key
    table = pd.DataFrame.from_dict(rows, "index", columns=RECORD).sort_index().rename_axis("key")
    wrong = {code: by_code[code] for code in ("hindsight", "penalty-forgotten", "other-luck")}
    told = {f"record_{key}": name for key, name in names.items()}
    told |= {"asked": asked, "penalty": str(penalty)}
    return Made(by_code["right"], told, wrong), table


def _recorded(chance: random.Random, told: Told, penalty: int) -> list[float]:
    """Figures of two options of which this is true."""
    while True:
        other = 10 * chance.randint(30, 70)
        ahead = 10 * chance.randint(2, 7) * (1 if told.is_good else -1)
        missed = [chance.randint(0, 22), chance.randint(0, 22)]
        taken = other + ahead + penalty * missed[0] / 10
        refused = other + penalty * missed[1] / 10
        if (taken > refused) == told.looks_good and abs(taken - refused) >= 10:
            break
    middle = other + ahead + chance.randint(-15, 15)
    came = middle + 5 * chance.randint(5, 20) * (1 if told.is_lucky else -1)
    refused_came = came + 5 * chance.randint(4, 16) * (-1 if told.beats_refused else 1)
    return [int(taken), missed[0] / 10, int(refused), missed[1] / 10, middle, came, refused_came]


LINES = {"old": "right", "old, wrong": "wrong", "forecast": "right", "forecast, wrong": "wrong",
         "told late": "right", "new": "right"}  # fmt: skip
KNOWN = ("old", "old, wrong", "forecast", "forecast, wrong")
WAYS = {
    "hindsight": ("old", "forecast", "told late", "new"),
    "every-line": tuple(LINES),
    "wrong-left-out": ("old", "forecast"),
    "day-of-fact": ("old", "old, wrong", "told late"),
    "plan-as-it-was": (),
}
"""Which lines count, for whom."""


def _then_best(chance: random.Random) -> tuple[Made, pd.DataFrame]:
    """Lines about four options; who counts other lines finds another option to be the best."""
    while True:
        plan = [10 * chance.randint(30, 50) for _ in range(4)]
        news = {line: chance.choice((GOOD_NEWS, BAD_NEWS)) for line in LINES}
        adds = {line: _adds(chance, 1 if news[line] is GOOD_NEWS else -1) for line in LINES}
        right, margin = _best_of(plan, adds, KNOWN)
        found = {code: _best_of(plan, adds, lines) for code, lines in WAYS.items()}
        others = {n for n, _ in found.values()}
        if (margin >= 20 and min(margin for _, margin in found.values()) >= 10
                and right not in others and len(others) > 1):  # fmt: skip
            break
    day = chance.randint(30, 50)
    days = {
        "old": (before := day - chance.randint(12, 20), before + chance.randint(0, 3)),
        "old, wrong": (before := day - chance.randint(6, 11), before + chance.randint(0, 3)),
        "forecast": (day + chance.randint(4, 12), day - chance.randint(2, 9)),
        "forecast, wrong": (day + chance.randint(4, 12), day - chance.randint(2, 9)),
        "told late": (day - chance.randint(2, 6), day + chance.randint(2, 8)),
        "new": (after := day + chance.randint(3, 12), after + chance.randint(0, 2)),
    }
    says = {id(pool): chance.sample(pool, len(pool)) for pool in (GOOD_NEWS, BAD_NEWS)}
    rows = [(says[id(news[line])].pop(), *days[line], proved, *adds[line])
            for line, proved in LINES.items()]  # fmt: skip
    rows.sort(key=lambda row: row[1:3])
    names = chance.sample(OPTIONS, 4)
    table = pd.DataFrame([("By the plan", 0, 0, "-", *plan), *rows],
                         columns=["says", "holds_from", "told_day", "proved", *names],
                         index=pd.RangeIndex(len(LINES) + 1, name="line"))  # fmt: skip
    wrong: dict[str, str] = {}
    for code, (n, _) in found.items():
        if "abcd"[n] not in wrong.values():
            wrong[code] = "abcd"[n]
    told = {f"option_{key}": name for key, name in zip("abcd", names, strict=True)}
    return Made("abcd"[right], told | {"day": day}, wrong), table


def _adds(chance: random.Random, sign: int) -> list[int]:
    """What news, good or bad, do to the value of four options: to some of them nothing."""
    changes = [10 * sign * chance.choice((3, 4, 5, 6, 8, 9)) for _ in range(3)]
    return chance.sample([*changes[: chance.choice((1, 2, 3))], 0, 0, 0], 4)


def _best_of(plan: Sequence[int], adds: Mapping[str, Sequence[int]], lines: Sequence[str]
             ) -> tuple[int, int]:  # fmt: skip
    """Return which option is the best when these lines count, and by how much."""
    worth = [sum(each) for each in zip(plan, *(adds[line] for line in lines), strict=True)]
    *_, second, first = sorted(worth)
    return worth.index(first), first - second


class Choice(NamedTuple):
    """What an option of a project does: in thousand, and interfaces missed in tenths."""

    own: int
    others: int
    missed: int

    def worth(self, penalty: int) -> float:
        """Return its value for the program."""
        return self.own + self.others - penalty * self.missed / 10


def _seats(chance: random.Random, penalty: int) -> tuple[Made, Made, pd.DataFrame]:
    """Four projects of three options; the order is another one in each wrong way."""
    while True:
        choices = {key: [_choice(chance) for _ in range(3)] for key in "abcd"}
        liked = {key: max(three) for key, three in choices.items()}
        best = {key: max(three, key=lambda one: one.worth(penalty))
                for key, three in choices.items()}  # fmt: skip
        losses = {key: best[key].worth(penalty) - liked[key].worth(penalty) for key in "abcd"}
        seen = {key: max(one.worth(0) for one in choices[key]) - liked[key].worth(0)
                for key in "abcd"}  # fmt: skip
        orders = {
            "right": _ranked(losses),
            "order-by-own": _ranked({key: one.own for key, one in liked.items()}),
            "order-by-favourite": _ranked({k: -one.worth(penalty) for k, one in liked.items()}),
            "penalty-forgotten": _ranked(seen),
            "upside-down": _ranked(losses)[::-1],
        }
        if (all(len({one.own for one in three}) == 3 for three in choices.values())
                and _are_apart(list(losses.values()), 8) and _are_apart(list(seen.values()), 3)
                and len(set(orders.values())) == len(orders)):  # fmt: skip
            break
    names = chance.sample(PROJECTS, 4)
    rows = [
        (name, option, one.own, one.others, one.missed / 10)
        for name, three in zip(names, choices.values(), strict=True)
        for option, one in zip(chance.sample(OPTIONS, 3), three, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["project", "option", "own", "others", "missed"],
                         index=pd.RangeIndex(1, 13, name="row"))  # fmt: skip
    told = {f"project_{key}": name for key, name in zip("abcd", names, strict=True)}
    told["penalty"] = str(penalty)
    order = Made(orders["right"], told, {c: o for c, o in orders.items() if c != "right"})
    first, unseen = orders["right"][0], orders["penalty-forgotten"]
    loss = _loss(losses, liked[first], best[first], seen[first], penalty)
    told = {"losses": losses, "same_way": {unseen: seen[unseen[0]]}}
    return order, replace(loss, told=told), table


def _choice(chance: random.Random) -> Choice:
    return Choice(5 * chance.randint(2, 30), 5 * chance.randint(-24, 8), chance.randint(0, 22))


def _ranked(by: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(by, key=lambda key: by[key], reverse=True))


def _loss(losses: Mapping[str, float], liked: Choice, best: Choice, seen: float, penalty: int
          ) -> Made:  # fmt: skip
    right = max(losses.values())
    answers = {
        "own-given-up": float(liked.own - best.own),
        "own-left-out": right + liked.own - best.own,
        "penalty-forgotten": seen,
        "favourite-alone": abs(liked.worth(penalty)),
    }
    kept: dict[str, float] = {}
    for code, value in answers.items():
        if _are_apart([right, value, *kept.values()], 1):
            kept[code] = value
    return Made(right, {}, kept)


def _policy(chance: random.Random) -> tuple[Made, tuple[Case, ...]]:
    """Cases on both sides of the limit, of what asking costs, and of who waits."""
    limit, asking = 5 * chance.randint(3, 8), chance.choice((8, 10, 12, 15))
    one, other, third = chance.sample(OPTIONS, 3)
    three, two = ["wait", one, other], ["wait", one]
    worth = 10 * chance.randint(10, 30)
    asked = [
        (three, [0, 40, 90], [worth, worth + 30, worth - 20], [0, limit, limit - 1], [0, 0, 0],
         one),
        (two, [0, -10], [worth, worth + 60], [0, limit + 1], [0, 0], "ask"),
        (two, [5, 10], [worth, worth + asking], [0, limit + 9], [0, 0], "wait"),
        (two, [20, 10], [worth, worth + asking + 1], [0, limit + 5], [0, 0], "ask"),
        (three, [0, 70, 10], [worth, worth + 90, worth + 20], [0, 5, 10], [0, 1, 0], "ask"),
        (three, [0, 70, 10], [worth, worth + 25, worth + 20], [0, 5, 10], [0, 2, 0], other),
        (two, [90, 10], [worth + 50, worth], [limit + 1, limit + 30], [0, 0], "ask"),
        (two, [30, 10], [-40, -70], [0, limit], [1, 1], "ask"),
        (two, [-5, -60], [-80, -30], [0, limit], [0, 0], one),
        (three, [0, 120, 30], [worth, worth - 60, worth + 10], [0, limit + 40, 3], [0, 2, 0],
         other),
        ([third], [-20], [worth], [limit], [0], third),
        ([other, one, "wait"], [80, 20, 0], [worth + 2 * asking, worth + 1, worth],
         [limit, limit, 0], [1, 0, 0], "ask"),
    ]  # fmt: skip
    return Made("cases", {"limit": limit, "asking": asking}), tuple(
        Case(tuple(told), act) for *told, act in asked
    )


def _tell(chance: random.Random) -> Made:
    """A good decision that had bad luck, or a bad one that had good luck."""
    (project, waits), (first, second) = chance.sample(PROJECTS, 2), chance.sample(OPTIONS, 2)
    refused, sign = 10 * chance.randint(30, 50), chance.choice((1, -1))
    expected = refused + sign * 10 * chance.randint(5, 9)
    middle = expected + chance.randint(-9, 9)
    return Made(None, {
        "day": chance.randint(30, 60), "project": project, "waits": waits, "first": f"'{first}'",
        "second": f"'{second}'", "expected": expected, "refused": refused, "middle": middle,
        "came": middle - sign * 10 * chance.randint(10, 18), "days": chance.randint(4, 12),
    })  # fmt: skip


def _follow_score(told: Mapping, earlier: Mapping) -> float:
    """Who has another best value goes on with it, or in the same way."""
    best, worst = earlier["value"], told["worst"]
    same_way = told["scores"].get(round(best))
    return 100 * (told["own"] - worst) / (best - worst) if same_way is None else same_way


def _follow_loss(told: Mapping, earlier: Mapping) -> float:
    """Who puts another one first goes on with that, or forgets the penalty again."""
    order = earlier["talk_to"]
    return told["same_way"].get(order, told["losses"][order[0]])


FOLLOW = {"score": _follow_score, "loss": _follow_loss}
