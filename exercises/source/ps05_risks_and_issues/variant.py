"""Numbers of problem set 5: a register, a log with one wrong row, and forecasts of two projects."""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations

import pandas as pd

from pmkit.learning.makers import Made
from pmkit.model.activity import Activity
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.teach.variants import Variant

NAMES = ("Clinic", "Fire station", "Library", "School", "Swimming hall", "Town archive")
ACTIVITIES = {"Site": "Prepare the site", "Ground": "Foundations", "Structure": "Structure",
              "Roof": "Roof and windows", "Power": "Power line", "Plant": "Heating plant",
              "Tests": "Tests"}  # fmt: skip
LINKS = (("Site", "Ground"), ("Ground", "Structure"), ("Structure", "Roof"), ("Roof", "Tests"),
         ("Site", "Power"), ("Power", "Tests"), ("Site", "Plant"), ("Plant", "Tests"))  # fmt: skip
RISKS = {
    "Structure": {"Steel is late": "Second supplier", "Crane fails": "Spare crane",
                  "Formwork breaks": "Stronger formwork"},
    "Roof": {"Storm": "Nets and tents", "Roofers are ill": "Second crew",
             "Glass breaks": "Spare panes"},
    "Power": {"Grid company is late": "Own generator", "Cable is damaged": "Steel pipe",
              "Road stays closed": "Second way in"},
    "Plant": {"Boiler fails its test": "Test at the factory", "Pumps do not fit": "Try a model",
              "Factory is late": "Visit the factory"},
}  # fmt: skip
CLOSED, OCCURRED = ("Permit is refused", "Neighbour goes to court"), ("Old pipes", "Groundwater")
ISSUES = {"Structure": ("Reinforcement is too thin", "Formwork is missing"),
          "Roof": ("Frames have the wrong color", "Scaffold is refused"),
          "Power": ("Drawing is out of date", "Trench has caved in"),
          "Plant": ("Tank has a dent", "Fitter has left")}  # fmt: skip
OWNERS = ("Ms Kaya", "Mr Lind", "Ms Okoro", "Mr Weiss", "Ms Duarte")
RESPONSES = ("Second crane", "Spare pump", "Night guard", "Own welder", "Larger store",
             "Test on a model", "Tent over the roof", "Earlier order")  # fmt: skip
HAPPENED = (
    "The supplier has told us in writing: the windows come 8 days later than ordered.",
    "A digger has hit a water pipe, and the pit is under water.",
    "The surveyor has found asbestos in the old wall.",
    "The inspector has refused the scaffold: nobody works on it until it is changed.",
)
MAY_HAPPEN = (
    "The crane firm may go on strike in summer; its people vote next week.",
    "If it rains for three days, the pit will be flooded and the pumps be too small.",
    "The permit for work at night could be refused; the city has still to decide.",
    "Our only welder has applied for another job and may leave us.",
)
LIKELY = (
    "With a probability of 90 % the road in front of the site is closed during the fair.",
    "The heating firm will very probably be late: it was late on nine of its last ten jobs.",
    "Steel will in all likelihood be dearer by the time we order; few doubt it.",
)
ESTIMATES = (
    "Laying the floors takes 9 to 14 days, most likely 11; the foreman cannot say it better.",
    "Painting needs 6 days at the best and 10 at the worst.",
    "Nobody can say exactly how long the cables take: 12 days, perhaps 15.",
)


def make(chance: random.Random) -> Variant:
    """Draw a project with its register and its log, and the forecast of a sister project."""
    project, other = chance.sample(NAMES, 2)
    floats = {"Power": chance.randint(10, 14), "Plant": chance.randint(3, 6)}
    days = {"Site": 10, "Ground": chance.randint(15, 22), "Structure": chance.randint(20, 30),
            "Roof": chance.randint(10, 15), "Tests": 8}  # fmt: skip
    longest = days["Ground"] + days["Structure"] + days["Roof"]
    days |= {id_: longest - spare for id_, spare in floats.items()}
    while True:
        register = _register(chance, floats)
        matters, matrix = _matters(register, floats, project)
        if matters.answer != matters.wrong["matrix-knows-float"]:
            break
    today = date(2027, 5, 7) + timedelta(weeks=chance.randint(0, 4))
    wrong_issue, log, durations = _log(chance, today, days, register)
    reserve = _reserve(chance, register)
    respond, responses = _respond(chance, other)
    tell_whom, forecast, limits = _tell_whom(chance, other)
    made = {
        "gain": _gain(chance, register, floats, project),
        "reserve": reserve,
        "missing": _missing(chance, reserve, log),
        "matters": matters,
        "log_it": _log_it(chance, today),
        "wrong_issue": wrong_issue,
        "respond": respond,
        "tell_whom": tell_whom,
        "tell": Made(None, {"project": project}),
    }
    files = {"plan.xlsx": _plan(project, days), "register.csv": register, "matrix.csv": matrix,
             "log.csv": log, "durations.csv": durations, "responses.csv": responses,
             "forecast.csv": forecast, "limits.csv": limits}  # fmt: skip
    return Variant(made, files)


def _plan(name: str, days: Mapping[str, int]) -> Project:
    return Project(
        tuple(Activity(id_, float(days[id_]), told) for id_, told in ACTIVITIES.items()),
        tuple(Dependency(before, after) for before, after in LINKS),
        Settings(name=name, start=date(2027, 3, 1)),
        members=(ProjectInfo(name.split()[0]),),
    )


def _register(chance: random.Random, floats: Mapping[str, int]) -> pd.DataFrame:
    """Four open risks, of one the response is taken; one that is closed, and one that occurred.

    The likeliest one hits where there is much float, the longest one where there is little.
    """
    late = floats["Power"] + chance.randint(-3, 1)
    told = {
        "Structure": (chance.choice((30, 35, 40, 45, 50)), chance.randint(5, 9),
                      5 * chance.randint(4, 9)),
        "Roof": (chance.choice((35, 40, 45)), chance.randint(5, 7), 5 * chance.randint(8, 12)),
        "Power": (chance.choice((60, 65, 70, 75)), late, 5 * chance.randint(2, 4)),
        "Plant": (chance.choice((15, 20, 25)), chance.randint(15, 21), 5 * chance.randint(10, 18)),
    }  # fmt: skip
    rows = []
    for activity, (percent, days, cost) in told.items():
        name, response = chance.choice(tuple(RISKS[activity].items()))
        taken = activity == "Roof"
        after = (chance.choice((5, 10)) if not taken else chance.choice((10, 15)),
                 max(2, round(days * chance.uniform(0.4, 0.55))),
                 5 * max(1, round(cost * chance.uniform(0.4, 0.7) / 5)))  # fmt: skip
        state = "open, response taken" if taken else "open"
        rows.append((name, activity, state, percent, days, cost, response, chance.randint(3, 12),
                     *after))  # fmt: skip
    rows.append((chance.choice(CLOSED), "Site", "closed", 50, 10, 5 * chance.randint(8, 14),
                 "Talk to them early", 2, 20, 5, 20))  # fmt: skip
    rows.append((chance.choice(OCCURRED), "Ground", "occurred", 40, 4, 5 * chance.randint(3, 8),
                 "Drill first", 6, 20, 4, 15))  # fmt: skip
    chance.shuffle(rows)
    columns = ["name", "activity", "state", "probability", "days", "cost", "response", "price",
               "probability_after", "days_after", "cost_after"]  # fmt: skip
    index = pd.Index([f"R{n}" for n in range(1, 7)], name="risk")
    return pd.DataFrame(rows, columns=columns, index=index)


def _by_activity(register: pd.DataFrame) -> dict[str, dict]:
    return {row["activity"]: row | {"id": id_}
            for id_, row in zip(register.index, register.to_dict("records"), strict=True)}  # fmt: skip


def _stands(row: Mapping) -> tuple[int, int, int]:
    """Probability in per cent, days and cost, after the response where it is taken."""
    after = "_after" if "taken" in row["state"] else ""
    return row[f"probability{after}"], row[f"days{after}"], row[f"cost{after}"]


def _gain(
    chance: random.Random, register: pd.DataFrame, floats: Mapping[str, int], project: str
) -> Made:
    """The response to what hits the heating plant, whose float takes some of the days."""
    row, price = _by_activity(register)["Plant"], chance.randint(3, 8)
    p, q, spare = row["probability"] / 100, row["probability_after"] / 100, floats["Plant"]
    days, later = row["days"], row["days_after"]
    cost, smaller, paid = row["cost"], row["cost_after"], row["price"]
    before = p * (cost + max(0, days - spare) * price)
    after = q * (smaller + max(0, later - spare) * price)
    told = {"threat": row["name"], "project": project, "day_worth": price}
    return Made(before - after - paid, told, {
        "response-for-free": before - after,
        "response-removes-all": before - paid,
        "impact-in-full": (before / p - after / q) - paid,
        "float-left-out": p * (cost + days * price) - q * (smaller + later * price) - paid,
        "money-only": p * cost - q * smaller - paid,
    })  # fmt: skip


def _reserve(chance: random.Random, register: pd.DataFrame) -> Made:
    """The smallest sum that suffices in so many of 100 cases."""
    confidence = chance.choice((80, 85, 90))
    rows = register.to_dict("records")
    still = [row for row in rows if row["state"].startswith("open")]
    stands = [(p, cost) for p, _, cost in map(_stands, still)]
    untouched = [(row["probability"], row["cost"]) for row in still]
    others = [(row["probability"], row["cost"]) for row in rows if row not in still]
    right = _enough(stands, confidence)
    wrong = {
        "expected-value-enough": sum(p * cost for p, cost in stands) / 100,
        "every-risk-in-full": float(sum(cost for _, cost in stands)),
    }
    more = {"closed-counted": _enough(stands + others, confidence),
            "response-not-seen": _enough(untouched, confidence)}  # fmt: skip
    wrong |= _apart(more, (right, *wrong.values()), 2.5)
    return Made(right, {"confidence": confidence}, wrong)


def _apart(more: Mapping[str, float], there: Iterable[float], gap: float) -> dict[str, float]:
    """Return those that cannot be taken for another."""
    found, seen = {}, list(there)
    for code, value in more.items():
        if all(abs(value - other) > gap for other in seen):
            found[code] = value
            seen.append(value)
    return found


def _enough(threats: Sequence[tuple[int, int]], confidence: int) -> float:
    sums = {0: 1.0}
    for percent, cost in threats:
        new: dict[int, float] = {}
        for amount, share in sums.items():
            new[amount] = new.get(amount, 0.0) + share * (1 - percent / 100)
            new[amount + cost] = new.get(amount + cost, 0.0) + share * percent / 100
        sums = new
    total = 0.0
    for amount in sorted(sums):
        total += sums[amount]
        if total >= confidence / 100 - 1e-9:
            return float(amount)
    raise AssertionError("probabilities add up to one")


def _missing(chance: random.Random, reserve: Made, log: pd.DataFrame) -> Made:
    """What the reserve and the open issues need beyond what is left of the contingency."""
    is_open = log["state"] == "open"
    going, paid = int(log.loc[is_open, "cost"].sum()), int(log.loc[~is_open, "cost"].sum())
    spent = paid + chance.randint(6, 30)
    if abs(spent - going) < 3:
        spent += 6
    asked = chance.randint(8, 25)
    held = round(float(reserve.answer)) + going + spent - asked
    told = {"held": held, "spent": spent, "going": going}
    return Made(float(asked), told, {
        "open-issues-left-out": float(asked - going),
        "paid-twice": float(asked + paid),
        "spent-left-out": float(asked - spent),
    })  # fmt: skip


def _matters(
    register: pd.DataFrame, floats: Mapping[str, int], project: str
) -> tuple[Made, pd.DataFrame]:
    """What moves the finish, beside what a matrix says of it."""
    still = register[register["state"].str.startswith("open")]
    rows = dict(zip("abcd", still.to_dict("records"), strict=True))
    stands = {key: _stands(row) for key, row in rows.items()}
    score = {key: p * days / 100 for key, (p, days, _) in stands.items()}
    moves = {
        key: stands[key][0] * max(0, stands[key][1] - floats.get(row["activity"], 0)) / 100
        for key, row in rows.items()
    }
    best, second = sorted(moves, key=lambda key: -moves[key])[:2]
    dark, long = max(score, key=score.__getitem__), max(rows, key=lambda key: stands[key][1])
    if moves[best] - moves[second] < 0.5:
        dark = best  # two that are too near each other: drawn again
    wrong = {"matrix-knows-float": dark}
    if long not in (best, dark):
        wrong["longest-delay"] = long
    matrix = pd.DataFrame(
        [
            (row["name"], row["activity"], *stands[key][:2], score[key], _field(score[key]))
            for key, row in rows.items()
        ],
        columns=["name", "activity", "probability", "days", "expected_days", "field"],
        index=pd.Index(still.index, name="risk"),
    )
    told = {f"risk_{key}": f"{row['name']} ({row['activity']})" for key, row in rows.items()}
    return Made(best, told | {"project": project}, wrong), matrix


def _field(score: float) -> str:
    return "high" if score >= 5 else "medium" if score >= 2 else "low"


def _log_it(chance: random.Random, today: date) -> Made:
    """One note of what has happened, one of an estimate, and two of what may happen."""
    notes = [chance.choice(pool) for pool in (HAPPENED, LIKELY, ESTIMATES, MAY_HAPPEN)]
    keys = list("abcd")
    chance.shuffle(keys)
    told = {f"note_{key}": note for key, note in zip(keys, notes, strict=True)}
    wrong = {"risk-as-issue": keys[1], "uncertainty-as-issue": keys[2]}
    return Made(keys[0], told | {"today": f"{today:%-d %B %Y}"}, wrong)


def _log(
    chance: random.Random, today: date, days: Mapping[str, int], register: pd.DataFrame
) -> tuple[Made, pd.DataFrame, pd.DataFrame]:
    """Five issues; one has dates that cannot be, or days that are not in the plan."""
    occurred = _by_activity(register)["Ground"]
    hit = ["Ground", "Structure", "Roof", "Power", "Plant"]
    adds = {id_: chance.randint(1, 4) for id_ in hit}
    approved = {id_: days[id_] - adds.get(id_, 0) for id_ in days}
    chance.shuffle(hit)
    states = ["open", "open", "open", "closed", "closed"]
    chance.shuffle(states)
    late = chance.choice([n for n, state in enumerate(states) if state == "open"])
    owners = chance.sample(OWNERS, 5)
    rows = []
    for n, (id_, state) in enumerate(zip(hit, states, strict=True)):
        raised = today - timedelta(days=chance.randint(21, 33))
        due = today + timedelta(days=-chance.randint(3, 9) if n == late else chance.randint(4, 16))
        closed = today - timedelta(days=chance.randint(4, 14)) if state == "closed" else None
        ground = id_ == "Ground"
        rows.append({
            "name": occurred["name"] if ground else chance.choice(ISSUES[id_]), "activity": id_,
            "from_risk": occurred["id"] if ground else "-", "owner": owners[n],
            "raised": _weekday(raised), "due": _weekday(due),
            "closed": "-" if closed is None else _weekday(closed), "state": state,
            "overdue": "yes" if n == late else "no", "days": adds[id_],
            "cost": occurred["cost"] if ground else chance.randint(4, 19),
        })  # fmt: skip
    kind = chance.choice(("closed", "overdue", "days"))
    wrong = chance.choice([n for n, state in enumerate(states) if kind == "days"
                           or state == ("closed" if kind == "closed" else "open")])  # fmt: skip
    if kind == "days":
        approved[hit[wrong]] = days[hit[wrong]]
    elif kind == "overdue":
        rows[wrong]["overdue"] = "no" if wrong == late else "yes"
    else:
        before = rows[wrong]["raised"] - timedelta(days=chance.randint(5, 12))
        rows[wrong]["closed"] = _weekday(before)
    keys = [f"i{n}" for n in range(1, 6)]
    told = {f"issue_{key}": row["name"] for key, row in zip(keys, rows, strict=True)}
    log = pd.DataFrame(rows, index=pd.Index(keys, name="issue"))
    durations = pd.DataFrame(
        {"approved": approved, "now": days}, index=pd.Index(list(ACTIVITIES), name="activity")
    )
    return Made(keys[wrong], told | {"today": f"{today:%-d %B %Y}"}), log, durations


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _respond(chance: random.Random, other: str) -> tuple[Made, pd.DataFrame]:
    """Four responses: two that fit together, one that gains most alone, one that does not pay."""
    names = chance.sample(RESPONSES, 4)
    while True:
        price = dict(zip("PQRS", (chance.randint(8, 14), chance.randint(18, 24),
                                  chance.randint(8, 14), chance.randint(5, 9)),
                         strict=True))  # fmt: skip
        net = dict(zip("PQRS", (chance.randint(7, 14), chance.randint(14, 24),
                                chance.randint(6, 12), -chance.randint(2, 4)),
                       strict=True))  # fmt: skip
        budget = max(price["P"] + price["R"], price["Q"] + price["S"]) + chance.randint(0, 2)
        if budget >= price["Q"] + min(price["P"], price["R"]):
            continue
        sets = [s for n in (1, 2, 3) for s in combinations("PQRS", n)
                if sum(price[x] for x in s) <= budget]  # fmt: skip
        first, second = sorted(sets, key=lambda s: -sum(net[x] for x in s))[:2]
        apart = sum(net[x] for x in first) - sum(net[x] for x in second)
        if apart >= 3 and first in (("P", "R"), ("Q",)):
            break
    options = [("P", "R"), ("Q",), ("Q", "S"), ("P", "Q")]
    order = options.copy()
    chance.shuffle(order)
    keys = dict(zip(order, "abcd", strict=True))
    by_letter = dict(zip("PQRS", names, strict=True))
    told = {f"set_{key}": " and ".join(by_letter[x] for x in each) for each, key in keys.items()}
    best_alone = "two-are-more" if first == ("Q",) else "best-one-alone"
    wrong = {
        "response-dearer-than-risk": keys["Q", "S"],
        "more-than-there-is": keys["P", "Q"],
        best_alone: keys["P", "R"] if first == ("Q",) else keys[("Q",)],
    }
    rows = []
    for letter, name in by_letter.items():
        after = chance.randint(4, 15)
        rows.append((name, after + price[letter] + net[letter], after, price[letter]))
    chance.shuffle(rows)
    table = pd.DataFrame(rows, columns=["response", "expected_before", "expected_after", "price"])
    told |= {"other": other, "budget": budget}
    return Made(keys[first], told, wrong), table.set_index("response")


def _tell_whom(chance: random.Random, other: str) -> tuple[Made, pd.DataFrame, pd.DataFrame]:
    """A forecast at three levels, and the limits of two roles; the plan is within all of them."""
    pm_days, pm_cost = chance.choice((4, 5, 6)), chance.choice((20, 25, 30))
    pg_days, pg_cost = chance.choice((11, 13, 15)), chance.choice((80, 90, 100))
    level, target = chance.choice((50, 80, 90)), chance.choice("abc")

    def who(days: float, cost: float) -> str:
        if days <= pm_days and cost <= pm_cost:
            return "a"
        return "b" if days <= pg_days and cost <= pg_cost else "c"

    steps = (50, 80, 90).index(level) + 1
    most_days, most_cost = {"a": (5, 24), "b": (12, 80), "c": (24, 150)}[target]
    most_days, most_cost = 1 + most_days // steps, 1 + most_cost // steps
    rows, days, cost, right = [], 0, 0, ""
    while right != target:
        days, cost = chance.randint(0, 3), chance.randint(0, pm_cost // 2)
        rows = [("plan as it is", days, cost)]
        for name in ("50 %", "80 %", "90 %"):
            days, cost = days + chance.randint(0, most_days), cost + chance.randint(1, most_cost)
            rows.append((name, days, cost))
        by_level = dict(zip((50, 80, 90), (who(*row[1:]) for row in rows[1:]), strict=True))
        right = by_level[level]
    at = rows[steps]
    elsewhere = [key for key in by_level.values() if key != right]
    others = {"days-alone": who(at[1], 0), "money-alone": who(0, at[2]),
              "other-level": elsewhere[0] if elsewhere else right}  # fmt: skip
    wrong: dict[str, str] = {}
    for code, key in others.items():
        if key not in (right, *wrong.values()):
            wrong[code] = key
    forecast = pd.DataFrame(rows, columns=["confidence", "days", "cost"]).set_index("confidence")
    limits = pd.DataFrame(
        {"days": [pm_days, pg_days], "cost": [pm_cost, pg_cost]},
        index=pd.Index(["project manager", "program manager"], name="who"),
    )
    return Made(right, {"other": other, "level": level}, wrong), forecast, limits


FOLLOW = {
    "missing": lambda told, earlier: (
        earlier["reserve"] + told["going"] + told["spent"] - told["held"]
    )
}
