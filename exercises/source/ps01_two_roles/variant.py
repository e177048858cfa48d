"""Numbers of problem set 1: who decides, what a slip means in each seat, what a program is for."""

import random

import pandas as pd

from pmkit.learning.makers import Made
from pmkit.teach.variants import Variant

ROLES = ("project manager", "program manager", "sponsor", "portfolio board")

# Projects; what the program is for; four sentences of success (program, output, budget, sum of the
# projects); benefits that need all three, and one of each project alone.
STORIES = (
    (("Meters", "Pipes", "Control"), "a town loses less water",
     (("A fifth less water is lost between the spring and the taps than last year",
       "Repair crews are called out at night half as often, with fewer complaints"),
      ("On 30 June, 4,000 meters send their readings every hour",
       "The control room shows all 12 pressure zones on one screen"),
      ("The new pipes cost EUR 60,000 less than was agreed",
       "The meters are bought within their budget of EUR 900,000"),
      ("All three projects end on the agreed day, and none of them is over its budget",)),
     (("Water that is not lost", "Fewer repairs at night"), (
         "Nobody reads meters by hand", "Less sand in the pumps", "One control desk closed"))),
    (("Kitchen", "Vans", "Schools"), "schools cook for themselves",
     (("Three more pupils in ten eat a warm lunch than in the year before",
       "The schools pay a third less for a lunch than the caterer asked"),
      ("On 1 September, the kitchen can cook 1,800 meals in a morning",
       "Six vans keep food above 65 degrees for 90 minutes"),
      ("The kitchen is built for EUR 40,000 below the agreed amount",
       "The vans are leased within the budget of their project"),
      ("All three projects end on the agreed day, and none of them is over its budget",)),
     (("Lunches no longer bought", "Less food thrown away"), (
         "Old kitchen let to a club", "Hired drivers no longer paid", "Dining halls let at night"))),
    (("Hall", "Belts", "Crews"), "an airport moves its baggage to a new hall",
     (("Of a thousand bags, four fewer miss their flight than in the old hall",
       "Passengers who change planes wait 15 minutes less for their bags"),
      ("On 1 April, the belts carry 2,400 bags within one hour",
       "All 160 loaders hold the licence for the new belts"),
      ("The hall is finished for EUR 1.1 million below its budget",
       "The belts cost what the contract says, to the euro"),
      ("All three projects end on the agreed day, and none of them is over its budget",)),
     (("Bags that need not be sent after", "Shorter time on the ground"), (
         "Old hall no longer rented", "Power that new belts save", "Overtime no longer paid"))),
    (("Network", "Plant", "Homes"), "a quarter is heated by a bakery's waste heat",
     (("The 600 homes burn two thirds less gas than in the winter before",
       "Families pay a quarter less for a warm home, and fewer of them are in arrears"),
      ("On 15 September, water of 70 degrees leaves the plant",
       "All 600 homes have a heat exchanger that has passed its test"),
      ("The network is laid for EUR 90,000 less than its budget",
       "The plant stays within the EUR 2.3 million of its contract"),
      ("All three projects end on the agreed day, and none of them is over its budget",)),
     (("Gas that is not burnt", "Carbon price no longer paid"), (
         "Subsidy for the network", "Heat sold to the bakery", "Chimney sweeps no longer paid"))),
)  # fmt: skip
HANDED = ("drawings", "a test report", "a cable list", "training papers", "a safety case",
          "measured data")  # fmt: skip
SUCCESS = ("", "success-is-output", "budget-is-success", "sum-of-projects")

# What happened; whose it is; and which mistake leads to whom.
SITUATIONS = (
    ("What {0} has handed over has been in use for half a year. The yearly report must say whether "
     "the saving that was promised has come.", "owner",
     {"managers-own-everything": "program", "success-is-output": "project"}),
    ("{0} and {1} have both booked the only test stand for the same week. Each plan is right by "
     "itself, and no limit is touched.", "program",
     {"escalated-everything": "sponsor", "slip-stops-at-the-project": "project"}),
    ("{2} has handed over all that was agreed. In the department, people have the new procedure on "
     "their desks and go on working by the old one.", "change",
     {"roles-do-each-others-work": "project", "managers-own-everything": "program"}),
    ("{0} needs an electrician for two weeks more. Her department has promised her to the town "
     "hall for these weeks.", "line",
     {"decided-beyond-authority": "project", "escalated-everything": "sponsor"}),
    ("In {1}, the inspection can be held before or after the painting. Both ways end on the same "
     "day and cost the same, and nobody outside is touched.", "project",
     {"roles-do-each-others-work": "program", "escalated-everything": "sponsor"}),
    ("A new law forbids part of what {2} builds. It is open whether the reason for which this "
     "project was begun still holds.", "sponsor",
     {"decided-beyond-authority": "program", "managers-own-everything": "project"}),
)  # fmt: skip
WORDS = {
    "within": ("a second door", "two more training days", "a stronger pump"),
    "at": ("spare parts for two years", "a quieter fan", "a longer warranty"),
    "late": ("the maker's works are closed", "the permit takes longer", "the ground is wet"),
    "less": ("a smaller version, for fewer users", "one function is left out"),
    "split": ("cleaning of the site, order 1 of 2; order 2, for as much again, follows next week",
              "painting, order 1 of 2; order 2, for as much again, follows next month"),
    "large": ("a second building", "another maker, as the first has given up"),
}  # fmt: skip


def make(chance: random.Random) -> Variant:
    """Draw a program, and everything that is asked about it."""
    names, what_for, sentences, benefits = chance.choice(STORIES)
    limits = _limits(chance)
    made = {"success": _success(chance, sentences, what_for), "owner": _owner(chance, names)}
    made["who"], requests = _requests(chance, names, limits)
    late, status, rates = _late(chance, names, benefits)
    made |= late
    made["surprise"], handed = _handed(chance, names)
    made["stop"] = _stop(chance, limits)
    made["tell"] = Made(None, {"late": " and ".join(status.index[status["days_late"] > 0])})
    files = {"limits.csv": limits, "requests.csv": requests, "status.csv": status,
             "benefits.csv": rates, "handovers.csv": handed}  # fmt: skip
    return Variant(made, files)


def _success(chance: random.Random, sentences: tuple, what_for: str) -> Made:
    keys = list("abcd")
    chance.shuffle(keys)
    told = {f"says_{key}": chance.choice(some) for key, some in zip(keys, sentences, strict=True)}
    wrong = {code: key for key, code in zip(keys, SUCCESS, strict=True) if code}
    return Made(keys[0], told | {"what_for": what_for}, wrong)


def _owner(chance: random.Random, names: tuple) -> Made:
    text, right, wrong = chance.choice(SITUATIONS)
    return Made(right, {"situation": text.format(*names)}, wrong)


def _limits(chance: random.Random) -> pd.DataFrame:
    """What each role may decide alone; the portfolio board decides what is beyond all of it."""
    rows = [
        (1000 * chance.choice((15, 20, 25)), chance.choice((3, 4, 5)), 0),
        (1000 * chance.choice((80, 100, 120)), chance.choice((8, 10, 12)),
         1000 * chance.choice((40, 50, 60))),
        (1000 * chance.choice((300, 400, 500)), chance.choice((20, 25)),
         1000 * chance.choice((200, 250, 300))),
    ]  # fmt: skip
    index = pd.Index(ROLES[:3], name="role")
    return pd.DataFrame(rows, index, ["cost", "days_later", "benefit_given_up"])


def _requests(
    chance: random.Random, names: tuple, limits: pd.DataFrame
) -> tuple[Made, pd.DataFrame]:
    """Six requests; whoever decides must be allowed all three amounts."""
    low, middle, high = (list(map(int, row)) for row in limits.to_numpy())
    small = 1000 * chance.randint(4, low[0] // 1000 - 2)
    half = 1000 * chance.randint(low[0] // 2000 + 2, low[0] // 1000 - 1)
    above = chance.choice(((low, middle), (middle, high)))
    at = chance.choice((low, middle))
    large = chance.choice(
        (1000 * chance.randint(middle[0] // 1000 + 20, high[0] // 1000 - 20), high[0] + 30_000)
    )
    asked = {
        "within": (small, chance.randint(0, low[1] - 1), 0),
        "at": (at[0], at[1], 0),
        "late": (1000 * chance.randint(0, 9), chance.randint(above[0][1] + 1, above[1][1] - 1), 0),
        "less": (1000 * chance.randint(1, 9), 0, _benefit(chance, chance.choice((0, 1)), limits)),
        "split": (half, 0, 0),
        "large": (large, chance.randint(0, low[1]), 0),
    }
    kinds = list(asked)
    chance.shuffle(kinds)
    rows = [(chance.choice(names), chance.choice(WORDS[kind]), *asked[kind]) for kind in kinds]
    table = pd.DataFrame(rows, [f"R{n}" for n in range(1, 7)],
                         ["project", "what", *limits.columns]).rename_axis("request")  # fmt: skip
    whole = [
        (2 * half, 0, 0) if kind == "split" else asked[kind] for kind in kinds
    ]  # two orders for one thing are one decision
    bounds = (low, middle, high)
    each = [[_level(amount, [row[n] for row in bounds]) for n, amount in enumerate(one)]
            for one in whole]  # fmt: skip
    right = [max(one) for one in each]

    def of(levels: list[int]) -> dict[str, int]:
        return dict(zip(table.index, levels, strict=True))

    wrong = {
        "authority-money-only": of([one[0] for one in each]),
        "authority-lowest-counts": of([min(one) for one in each]),
        "split-orders": of([1 if kind == "split" else n
                            for kind, n in zip(kinds, right, strict=True)]),
        "limit-is-beyond": of([n + 1 if kind == "at" else n
                               for kind, n in zip(kinds, right, strict=True)]),
        "escalated-everything": of([min(n + 1, 4) for n in right]),
    }  # fmt: skip
    return Made(of(right), {}, wrong), table


def _level(amount: int, bounds: list[int]) -> int:
    """1 for the project manager to 4 for the board: the lowest that may decide one amount."""
    return next((n for n, bound in enumerate(bounds, 1) if amount <= bound), 4)


def _benefit(chance: random.Random, step: int, limits: pd.DataFrame) -> int:
    low, high = (int(bound) // 1000 for bound in limits["benefit_given_up"].iloc[step : step + 2])
    return 1000 * chance.randint(low + 5, high - 5)


def _late(
    chance: random.Random, names: tuple, benefits: tuple
) -> tuple[dict[str, Made], pd.DataFrame, pd.DataFrame]:
    """Two projects are late: one by more than its float, one by less; and what that costs."""
    last = chance.randint(90, 130)
    float_x, float_y, moves = chance.randint(3, 6), chance.randint(9, 14), chance.randint(2, 8)
    slip_x, slip_y = float_x + moves, chance.randint(float_y - 3, float_y - 1)
    order = chance.sample(
        names, 3
    )  # the one that moves the launch, the one that does not, the last
    planned = dict(zip(order, (last - float_x, last - float_y, last), strict=True))
    slips = dict(zip(order, (slip_x, slip_y, 0), strict=True))
    status = pd.DataFrame(
        {"ready_planned": planned, "days_late": slips}, index=pd.Index(names, name="project")
    )
    together, own = benefits
    rates = [100 * chance.randint(8, 24), 100 * chance.randint(4, 12)]
    alone = {name: 100 * chance.randint(2, 7) for name in names}
    rows = [(what, "all three projects are ready", rate)
            for what, rate in zip(together, rates, strict=True)]  # fmt: skip
    rows += [(what, f"{name} is ready", alone[name])
             for name, what in zip(names, own, strict=True)]  # fmt: skip
    chance.shuffle(rows)
    table = pd.DataFrame(rows, columns=["benefit", "comes_when", "eur_per_working_day"])
    of_launch = sum(rates)
    of_projects = sum(alone[name] * slips[name] for name in names)
    told = {"of_launch": of_launch, "of_projects": of_projects}
    return {
        "launch": Made(moves, {}, {
            "slip-passes-on": max(slips.values()), "slips-add-up": sum(slips.values()),
            "slip-is-used-float": float_x, "slip-stops-at-the-project": 0,
        }),
        "lost": Made(of_launch * moves + of_projects, told, {
            "launch-benefits-only": of_launch * moves,
            "slip-for-launch": of_launch * slip_x + of_projects,
            "all-wait-for-launch": (of_launch + sum(alone.values())) * moves,
        }),
    }, status, table.set_index("benefit")  # fmt: skip


def _handed(chance: random.Random, names: tuple) -> tuple[Made, pd.DataFrame]:
    """Six hand-overs; one comes later than who takes it can bear."""
    gap = chance.randint(3, 5)
    large = gap + chance.randint(2, 4)
    slip = large + chance.randint(2, 5)
    kinds = {  # days after the promise: giver's forecast, what the taker plans with; taker's float
        "": (gap + 1, 1, gap - chance.randint(1, 2)),
        "late-is-known": (slip, slip, chance.randint(2, 6)),
        "largest-gap": (large, 0, large + chance.randint(1, 4)),
        "smallest-float": (0, 0, 0),
        "early": (-chance.randint(2, 4), 0, chance.randint(2, 8)),
        "some": (2, 1, chance.randint(5, 9)),
    }
    keys = [f"h{n}" for n in range(1, 7)]
    things, rows, at = chance.sample(HANDED, 6), [], chance.sample(list(kinds), 6)
    for kind, what in zip(at, things, strict=True):
        giver, taker = chance.sample(names, 2)
        promised = chance.randint(30, 80)
        forecast, planned, float_ = kinds[kind]
        rows.append((what, giver, taker, promised, promised + forecast, promised + planned, float_))
    columns = ["what", "giver", "taker", "promised", "giver_forecast", "taker_plans_with",
               "taker_float"]  # fmt: skip
    table = pd.DataFrame(rows, pd.Index(keys, name="key"), columns)
    told = {key: f"{what}, from {giver} to {taker}"
            for key, (what, giver, taker, *_) in zip(keys, rows, strict=True)}  # fmt: skip
    by_kind = dict(zip(at, keys, strict=True))
    wrong = {code: by_kind[code] for code in ("late-is-known", "largest-gap", "smallest-float")}
    return Made(by_kind[""], told, wrong), table


def _stop(chance: random.Random, limits: pd.DataFrame) -> Made:
    """Whether a project should go on, and who may stop it; all in thousand."""
    own = int(limits.loc["program manager", "benefit_given_up"]) // 1000
    right = chance.choice("bcd")
    if right == "b":  # in all it costs more than it brings, from here on less
        brings = 5 * chance.randint(20, 36)
        to_go = 5 * round(brings * chance.uniform(0.35, 0.7) / 5)
        spent = brings - to_go + 5 * chance.randint(6, 16)
        wrong = {"sunk-cost": "a", "stop-looks-back": "d", "decided-beyond-authority": "c"}
    else:
        brings = chance.randint(own // 2, own - 5)
        if right == "d":
            brings = chance.randint(own + 10, own + 60)
        to_go = brings + chance.randint(8, 40)
        spent = 5 * chance.randint(16, 40)
        wrong = {"sunk-cost": "a", "stop-is-failure": "b"}
        wrong |= (
            {"escalated-everything": "d"} if right == "c" else {"decided-beyond-authority": "c"}
        )
    told = {"extra": chance.choice(("Canteen", "App", "Visitors", "Archive")), "spent": spent,
            "to_go": to_go, "brings": brings}  # fmt: skip
    return Made(right, told, wrong)


FOLLOW = {"lost": lambda told, earlier: told["of_launch"] * earlier["launch"] + told["of_projects"]}
