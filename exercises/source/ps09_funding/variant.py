"""Numbers of problem set 9: ideas and money of two years, what changed since, and a gate."""

import random
from typing import NamedTuple

import numpy as np
import pandas as pd

from pmkit.learning.makers import Made
from pmkit.model.benefit import Benefit
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo
from pmkit.model.strategy import Strategy
from pmkit.teach.variants import Case, Variant

IDEAS = ("Pumps", "Meters", "Leaks", "Filters", "Basin", "Mains", "Valves", "Sensors", "Turbine",
         "Tower", "Wells", "Lab")  # fmt: skip
OTHERS = ("Billing", "Portal", "Archive", "Mobile", "Desk", "Website", "Maps", "Payroll")
EXTRA = (100, 200, 300, 400)
GRANT = "Energy grant"


class Idea(NamedTuple):
    """What one idea costs in each year and brings, in thousand."""

    first: int
    second: int
    brings: int


class Rules(NamedTuple):
    """What a choice must keep to; the grant comes once when either of two ideas is in."""

    money: tuple[int, int]
    links: tuple[tuple[str, str], ...]
    order: str
    grant: int
    granted: tuple[str, str]


Ideas = dict[str, Idea]


def make(chance: random.Random) -> Variant:
    """Draw ideas, what changed, and everything that is asked about them."""
    rule = chance.choice(("first", "second", "link", "order", "nothing"))
    best = breaks = offer = None
    while best is None or breaks is None or offer is None:
        ideas, was, rules, held = _ideas(chance)
        all_ = Choices(ideas, was)
        best = _best(ideas, all_, was, rules)
        breaks = best and _breaks(chance, all_, rules, rule)
        offer = breaks and _offer(chance, all_, rules)
    best.told.update(first=was.money[0], second=was.money[1], held=held, duty=rules.order,
                     taker=rules.links[1][0], giver=rules.links[1][1])  # fmt: skip
    close, nearly = _close(chance)
    project, other = chance.sample([name for name in IDEAS if name not in ideas], 2)
    gate, worth = _gate(chance, project, other)
    decides, cases, limits = _policy(chance)
    told = {"project": project}
    made = {
        "best": best,
        "breaks": breaks,
        "offer": offer[0],
        "close": close,
        "stopped": Made(worth["stop"], told, _stopped(gate)),
        "gap": _gap(gate, worth),
        "flaw": _flaw(chance, gate, worth),
        "decides": decides,
        "tell": Made(None, told),
    }
    files = {"ideas.csv": _table(ideas, was), "plan.xlsx": _plan(ideas, was),
             "more.csv": offer[1], "nearly.csv": nearly, "gate.csv": gate,
             "limits.csv": limits}  # fmt: skip
    return Variant(made, files, {"decides": cases})


def _ideas(chance: random.Random) -> tuple[Ideas, Rules, Rules, int]:
    """Seven ideas; the rules as they were in the plan, as they are now, and what was promised."""
    names = chance.sample(IDEAS, 7)
    ideas = {}
    for name in names:
        first, second = 20 * chance.randint(4, 22), 20 * chance.randint(3, 20)
        ideas[name] = Idea(first, second, _tens((first + second) * chance.uniform(0.9, 2.1)))
    a, b, c, d, order, e, f = chance.sample(names, 7)
    cost = ideas[order].first + ideas[order].second
    ideas[order] = ideas[order]._replace(brings=_tens(cost * chance.uniform(0.2, 0.5)))
    money = tuple(
        _tens(sum(idea[n] for idea in ideas.values()) * chance.uniform(*share))
        for n, share in enumerate(((0.48, 0.56), (0.58, 0.68)))
    )
    grant, held = 10 * chance.randint(12, 30), 10 * chance.randint(5, 14)
    was = Rules(money, ((a, b),), "", grant, (e, f))
    now = was._replace(money=(money[0], money[1] - held), links=((a, b), (c, d)), order=order)
    return ideas, was, now, held


def _tens(amount: float) -> int:
    return 10 * round(amount / 10)


class Choices:
    """All choices of some ideas: what each costs and brings."""

    def __init__(self, ideas: Ideas, rules: Rules) -> None:
        self.names = tuple(ideas)
        numbers = np.arange(2 ** len(ideas))
        self.picks = (numbers[:, None] >> np.arange(len(ideas))) & 1
        self.first, self.second, self.own = (self.picks @ np.array(list(ideas.values()))).T
        self.grants = sum(self.has(name) for name in rules.granted)
        self.worth = self.own + rules.grant * np.minimum(self.grants, 1)
        self.twice = self.own + rules.grant * self.grants

    def has(self, name: str) -> np.ndarray:
        """Return in which choices an idea is: 1, or 0."""
        return self.picks[:, self.names.index(name)]

    def broken(self, rules: Rules) -> dict[str, np.ndarray]:
        """Return which choices break which rule."""
        link = sum(self.has(one) * (1 - self.has(other)) for one, other in rules.links)
        return {
            "first": self.first > rules.money[0],
            "second": self.second > rules.money[1],
            "link": link > 0,
            "order": self.has(rules.order) == 0 if rules.order else np.zeros(len(link), bool),
        }

    def keeping(self, rules: Rules, *, but: str = "") -> np.ndarray:
        """Return which choices keep to all rules, or to all but one."""
        broken = self.broken(rules)
        return ~np.logical_or.reduce([off for rule, off in broken.items() if rule != but])

    def best(self, rules: Rules, *, but: str = "") -> float:
        """Return what the best of these brings."""
        return float(self.worth[self.keeping(rules, but=but)].max(initial=0))


def _best(ideas: Ideas, all_: Choices, was: Rules, now: Rules) -> Made | None:
    broken = all_.broken(now)
    added = ~(broken["link"] | broken["order"]) & (all_.first + all_.second <= sum(now.money))
    wrong = {
        "plan-as-it-was": all_.best(was),
        "order-forgotten": all_.best(now, but="order"),
        "promise-forgotten": all_.best(now._replace(money=was.money)),
        "fund-links-ignored": all_.best(now, but="link"),
        "fund-years-added": float(all_.worth[added].max(initial=0)),
        "fund-by-ratio": float(_listed(ideas, now)),
        "fund-any-twice": float(all_.twice[all_.keeping(now)].max(initial=0)),
    }
    right = all_.best(now)
    apart: dict[str, float] = {}
    for code, value in wrong.items():
        if value not in (right, *apart.values()):
            apart[code] = value
    return Made(right, {}, apart) if len(apart) > 4 and "plan-as-it-was" in apart else None


def _listed(ideas: Ideas, rules: Rules) -> int:
    """Go down a list by benefit for each thousand; each comes with what it requires."""
    needs = dict(rules.links)

    def fits(names: set[str]) -> bool:
        return all(sum(ideas[name][n] for name in names) <= rules.money[n] for n in (0, 1))

    def ratio(name: str) -> float:
        brings = ideas[name].brings + rules.grant * (name in rules.granted)
        return brings / (ideas[name].first + ideas[name].second)

    taken = {rules.order}
    for name in sorted(ideas, key=ratio, reverse=True):
        more = {name, needs.get(name, name)}
        more |= {needs[each] for each in more if each in needs}
        if fits(taken | more):
            taken |= more
    own = sum(ideas[name].brings for name in taken)
    return own + rules.grant * any(name in taken for name in rules.granted)


def _breaks(chance: random.Random, all_: Choices, rules: Rules, right: str) -> Made | None:
    """A proposal whose sum is within the money of both years, and that breaks one rule or none."""
    whole, spent, broken = sum(rules.money), all_.first + all_.second, all_.broken(rules)
    fits = (spent <= whole) & (spent > 0.8 * whole) & (all_.picks.sum(axis=1) > 2)
    for rule, off in broken.items():
        fits &= off if rule == right else ~off
    if right == "nothing":  # what is best stays to be found
        fits &= all_.worth < all_.worth[all_.keeping(rules)].max(initial=0)
    if not fits.any():
        return None
    n = chance.choice(np.flatnonzero(fits).tolist())
    names = [name for name, is_in in zip(all_.names, all_.picks[n], strict=True) if is_in]
    told = {"chosen": f"{', '.join(names[:-1])} and {names[-1]}", "spent": int(spent[n]),
            "whole": whole, "brings": int(all_.worth[n])}  # fmt: skip
    codes = {"first": "fund-years-added", "second": "fund-years-added",
             "link": "fund-links-ignored", "order": "order-forgotten"}  # fmt: skip
    return Made(right, told, {codes[right]: "nothing"} if right in codes else {})


def _offer(chance: random.Random, all_: Choices, rules: Rules) -> tuple[Made, pd.DataFrame] | None:
    """What more money of the second year brings, and a price at which one amount is the best."""
    first, second = rules.money
    worth = [all_.best(rules._replace(money=(first, second + more))) for more in (0, *EXTRA)]
    gains = [round(each - worth[0]) for each in worth]
    most = gains.index(max(gains))
    ratio = max(range(1, 5), key=lambda n: gains[n] / EXTRA[n - 1])
    prices: dict[int, list[float]] = {}
    for price in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.1, 1.2, 1.4, 1.6, 1.8, 2.2, 2.6):
        net = [gain - price * more for gain, more in zip(gains, (0, *EXTRA), strict=True)]
        *_, other, right = sorted(range(5), key=net.__getitem__)
        if net[right] - net[other] >= 15 and {most, ratio} - {right}:
            prices.setdefault(right, []).append(price)
    rights = sorted(prices.keys() - {0})
    if not prices or not most or (not rights and chance.random() < 0.8):
        return None  # where money brings one step only, the answer would too often be: nothing
    right = chance.choice(rights or [0])
    keys = ("nothing", *"abcd")
    wrong = {"most-benefit": keys[most]} if most != right else {}
    if ratio not in (right, most):
        wrong["best-ratio"] = keys[ratio]
    table = pd.DataFrame(
        {"more_benefit": gains}, index=pd.Index((0, *EXTRA), name="more_money_2028")
    )
    return Made(keys[right], {"price": f"{chance.choice(prices[right]):g}"}, wrong), table


def _close(chance: random.Random) -> tuple[Made, pd.DataFrame]:
    """Nine choices: one idea changes among those that are as good, one only beyond the error."""
    picks = (np.arange(64)[:, None] >> np.arange(6)) & 1
    found: list[tuple[int, np.ndarray]] = []
    while not found:
        cost = np.array([10 * chance.randint(8, 40) for _ in range(6)])
        brings = np.array([round(each * chance.uniform(1.0, 2.2)) for each in cost.tolist()])
        poor = chance.randrange(6)
        brings[poor] = round(0.4 * int(cost[poor]))
        kept = picks[picks @ cost <= cost.sum() * chance.uniform(0.5, 0.7)]
        listed = kept[np.argsort(-(kept @ brings), kind="stable")][:9]
        is_in, is_out = listed.any(axis=0), (1 - listed).any(axis=0)
        if is_in.all():
            continue  # one idea is in none of the nine
        behind = 100 * (1 - listed @ brings / (listed[0] @ brings))
        for within in (1, 2, 3, 4, 5):
            good = listed[behind <= within]
            changes = good.any(axis=0) & (1 - good).any(axis=0)
            kinds = np.select([changes, is_in & is_out, ~is_in], [0, 1, 2], 3)
            if (3 <= len(good) <= 7 and np.abs(behind - within).min() > 0.15
                    and {0, 1, 2} <= set(kinds.tolist()) and changes.sum() < 4):  # fmt: skip
                found.append((within, kinds))
    within, kinds = chance.choice(found)
    picked = [chance.choice(np.flatnonzero(kinds == kind).tolist()) for kind in (0, 1, 2)]
    picked.append(chance.choice([n for n in np.flatnonzero(kinds).tolist() if n not in picked]))
    names = chance.sample(OTHERS, 6)
    told = [names[n] for n in picked]
    keys = dict(zip(sorted(told), "abcd", strict=True))
    table = pd.DataFrame(listed, columns=names, index=pd.RangeIndex(1, 10, name="choice"))
    table.insert(0, "benefit", listed @ brings)
    named = {f"name_{key}": name for name, key in keys.items()} | {"within": within}
    wrong = {"beyond-the-error": keys[told[1]], "never-chosen": keys[told[2]]}
    return Made(keys[told[0]], named, wrong), table


def _gate(chance: random.Random, project: str, other: str) -> tuple[pd.DataFrame, dict[str, float]]:
    """Amounts of a gate, each with what it is of, so that no two options are near each other."""
    while True:
        benefit = 10 * chance.randint(60, 120)
        rest = benefit + 10 * chance.randint(-22, 28)
        dearer, late = 10 * chance.randint(2, 25), 10 * chance.randint(2, 15)
        waits = 10 * chance.randint(2, 9)
        spent, ending = 10 * chance.randint(40, 90), 10 * chance.randint(8, 30)
        back, lost = 10 * chance.randint(3, 40), 10 * chance.randint(6, 35)
        if chance.random() < 0.35:  # a pause that makes it cheaper: prices fall
            dearer = -10 * chance.randint(10, 30)
        worth = {
            "on": benefit - rest,
            "pause": benefit - late - rest - dearer - waits,
            "stop": back - ending - lost,
        }
        values = sorted(worth.values())
        if min(values[1] - values[0], values[2] - values[1]) >= 30 and abs(worth["stop"]) >= 30:
            break
    changes = "dearer" if dearer > 0 else "cheaper"
    rows = {
        "spent so far": (spent, project),
        "to complete it": (rest, project),
        "its benefits, once it is complete": (benefit, project),
        f"a pause makes completing {changes} by": (abs(dearer), project),
        "benefits that a pause loses": (late, project),
        "benefits that others lose by a pause": (waits, other),
        "to end contracts, if it stops": (ending, project),
        "machines can be sold, if it stops": (back, project),
        "benefits that others lose, if it stops": (lost, other),
    }
    table = pd.DataFrame.from_dict(rows, "index", columns=["thousand", "of"])
    return table.rename_axis("what"), {name: float(value) for name, value in worth.items()}


def _amounts(gate: pd.DataFrame) -> dict[str, float]:
    names = ("spent", "rest", "benefit", "dearer", "late", "waits", "ending", "back", "lost")
    return dict(zip(names, map(float, gate["thousand"]), strict=True))


def _stopped(gate: pd.DataFrame) -> dict[str, float]:
    """What each mistake takes stopping to be worth."""
    told = _amounts(gate)
    right = told["back"] - told["ending"] - told["lost"]
    return {
        "gate-sunk-cost": right - told["spent"],
        "gate-exit-forgotten": right + told["ending"],
        "gate-nothing-comes-back": right - told["back"],
        "others-forgotten": right + told["lost"],
        "gate-stop-is-nothing": 0.0,
    }


def _gap(gate: pd.DataFrame, worth: dict[str, float]) -> Made:
    stops = _stopped(gate)
    wrong = {
        code: _lead(worth["on"], worth["pause"], stops[code])
        for code in ("gate-sunk-cost", "gate-stop-is-nothing", "gate-exit-forgotten")
    }
    own = _amounts(gate)
    wrong["others-forgotten"] = _lead(
        worth["on"], worth["pause"] + own["waits"], stops["others-forgotten"]
    )
    right, kept = _lead(**worth), {}
    for code, value in wrong.items():
        if all(abs(value - other) > 2 for other in (right, *kept.values())):
            kept[code] = value
    return Made(right, {"on": worth["on"], "pause": worth["pause"]}, kept)


def _lead(on: float, pause: float, stop: float) -> float:
    ranked = sorted((on, pause, stop))
    return ranked[2] - ranked[1]


def _flaw(chance: random.Random, gate: pd.DataFrame, worth: dict[str, float]) -> Made:
    """A report with one flaw, or none; it recommends what its own figures make the best."""
    stops, told = _stopped(gate), dict(worth)
    kinds = ["sunk", "others", "ending", "zero", "nothing"]
    right = chance.choice([*kinds, "advice"])
    if right == "sunk":
        told["stop"] = stops["gate-sunk-cost"]
    elif right == "others":
        told["stop"] = stops["others-forgotten"]
        told["pause"] += _amounts(gate)["waits"]
    elif right == "ending":
        told["stop"] = stops["gate-exit-forgotten"]
    elif right == "zero":
        told["stop"] = 0.0
    words = {"on": "going on", "pause": "a pause", "stop": "stopping"}
    advice, why, wrong = max(told, key=told.__getitem__), "", {"let-pass": "nothing"}
    if right == "advice":
        ranked = sorted(worth, key=worth.__getitem__)
        advice = "stop" if worth["on"] < 0 and ranked[2] != "stop" else ranked[1]
        if advice == "stop" and worth["on"] < 0:
            why, wrong = " because going on is below zero", {"gate-negative-means-stop": "nothing"}
    named = {f"told_{name}": f"{value:.0f}" for name, value in told.items()}
    named |= {"advice": words[advice] + why, "project": gate["of"].iloc[0]}
    return Made(right, named, {} if right == "nothing" else wrong)


def _policy(chance: random.Random) -> tuple[Made, tuple[Case, ...], pd.DataFrame]:
    """Limits of two roles, and cases on both sides of each."""
    cost, days = 10 * chance.choice((8, 10, 12)), chance.choice((8, 10, 12))
    benefit = 10 * chance.choice((4, 5, 6))
    more_cost, more_days = 10 * chance.choice((35, 40, 45)), chance.choice((18, 20, 24))
    more_benefit = 10 * chance.choice((20, 25, 30))
    manager, sponsor, board = "program manager", "sponsor", "portfolio board"
    asked = [
        ([cost], days, benefit, False, manager),
        ([], days - 1, 0, False, manager),
        ([cost - 30, 20, 10], 0, 0, False, manager),
        ([cost // 2], 0, benefit, False, manager),
        ([cost - 10, 11], 0, 0, False, sponsor),
        ([5], days + 1, 0, False, sponsor),
        ([], 0, benefit + 1, False, sponsor),
        ([5], 0, 0, True, sponsor),
        ([more_cost - 50, 50], more_days, more_benefit, True, sponsor),
        ([cost, cost, more_cost - 2 * cost + 1], 0, 0, False, board),
        ([], more_days + 1, 0, False, board),
        ([1], 0, more_benefit + 1, True, board),
    ]
    limits = pd.DataFrame(
        {"cost": [cost, more_cost], "days": [days, more_days],
         "benefit": [benefit, more_benefit]},
        index=pd.Index([manager, sponsor], name="who"),
    )  # fmt: skip
    return Made("cases"), tuple(Case(tuple(told), who) for *told, who in asked), limits


def _table(ideas: Ideas, was: Rules) -> pd.DataFrame:
    needs = dict(was.links)
    rows = [(*idea, needs.get(name, "-")) for name, idea in ideas.items()]
    columns = ["cost_2027", "cost_2028", "benefit", "requires"]
    table = pd.DataFrame(rows, columns=columns, index=pd.Index(list(ideas), name="idea"))
    table["grant"] = [was.grant if name in was.granted else 0 for name in ideas]
    return table


def _plan(ideas: Ideas, was: Rules) -> Program:
    needs = dict(was.links)
    infos = tuple(
        ProjectInfo(
            name,
            money={"cost_2027": idea.first, "cost_2028": idea.second, "benefit": idea.brings},
            requires=(needs[name],) if name in needs else (),
        )
        for name, idea in ideas.items()
    )
    grant = Benefit(GRANT, money={"benefit": was.grant}, enablers=was.granted, rule="any")
    return Program((), candidates=infos, strategy=Strategy(benefits=(grant,)))


FOLLOW = {
    "gap": lambda told, earlier: _lead(told["on"], told["pause"], earlier["stopped"]),
}
