"""Numbers of problem set 8: swings, contributions and places of seven projects of a hospital."""

import random
from datetime import date, timedelta
from itertools import combinations, pairwise

import pandas as pd

from pmkit.analysis.aligning.robustness import robustness
from pmkit.learning.makers import Made
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo
from pmkit.model.strategy import Objective, Strategy
from pmkit.teach.variants import Case, Variant

OBJECTIVES = ("Safety", "Waiting", "Staff", "Cost")
NAMES = ("Records", "Beds", "Theatre", "Imaging", "Pharmacy", "Triage", "Roster", "Wards",
         "Dialysis", "Robots", "Porters", "Kitchen")  # fmt: skip
ORPHANS = ("Network", "Training", "Cabling", "Register")
MEMBERS = ("Dr Adler", "Ms Brandt", "Mr Costa", "Ms Dimitrova", "Mr Eriksen", "Dr Fofana")
BOARD = "portfolio board"
SWINGS, IMPORTANT = "what is each swing worth?", "how important is each objective?"
DRAWS = 300
"""Of the table of places: shares there are known to about three points."""

Weights = dict[str, float]
Scores = dict[str, tuple[float, ...]]


def make(chance: random.Random) -> Variant:
    """Draw objectives, projects and judgements, and everything that is asked about them."""
    score = flip = None
    while score is None or flip is None:
        swings, points, told = _swings(chance)
        weights = _shares(points)
        survey = _shares(dict(zip(OBJECTIVES, swings["importance"], strict=True)))
        names = [*chance.sample(NAMES, 6), chance.choice(ORPHANS)]
        scores, situation = _contributions(chance, names, weights)
        score = _score(chance, scores, points, survey)
        flip = _flip(chance, scores, weights, survey)
    needs = {chance.choice(sorted(_ranked(scores, weights)[:3])): names[6]}
    plan = _plan(names, scores, needs, survey)
    pairs, judgements = _pairs(chance)
    firm, ranks = _places(chance, situation, scores, weights)
    usable, proposals = _proposals(chance, _ranked(scores, weights), _ranked(scores, survey))
    made = {
        "weights": _weights(swings, points, told),
        "score": score,
        "flip": flip,
        "pairs": pairs,
        "firm": firm,
        "usable": usable,
        "treat": Made("cases"),
        "tell": Made(None, {"orphan": names[6]}),
    }
    files = {"swings.csv": swings, "plan.xlsx": plan, "judgements.csv": judgements,
             "ranks.csv": ranks, "proposals.csv": proposals,
             "candidates.csv": _candidates(chance, names, scores, needs)}  # fmt: skip
    return Variant(made, files, {"treat": _cases(chance)})


def _shares(points: dict) -> Weights:
    total = sum(points.values())
    return {name: points[name] / total for name in OBJECTIVES}


def _weighted(row: tuple[float, ...], weights: Weights) -> float:
    return sum(weights[o] * part for o, part in zip(OBJECTIVES, row, strict=True))


def _ranked(scores: Scores, weights: Weights) -> list[str]:
    return sorted(scores, key=lambda name: -_weighted(scores[name], weights))


def _swings(chance: random.Random) -> tuple[pd.DataFrame, Weights, str]:
    """Each swing is compared with one that has points already; the best one has 100."""
    order = chance.sample(OBJECTIVES, 4)
    points, beside, per_cent = {order[0]: 100.0}, {order[0]: "none is worth more"}, {order[0]: 100}
    for n, name in enumerate(order[1:]):
        other = order[n] if n < 2 else chance.choice(order[1:3])
        beside[name], per_cent[name] = other, chance.choice((90, 80, 75, 70, 60, 50))
        points[name] = points[other] * per_cent[name] / 100
    important = chance.choice(([40, 30, 20, 10], [35, 30, 25, 10], [45, 25, 20, 10]))
    chance.shuffle(important)
    ranges = {
        "Safety": ("falls per 1,000 days", chance.choice((6, 7, 8)), chance.choice((4, 5))),
        "Waiting": ("weeks", chance.choice((18, 21, 24)), chance.choice((6, 8, 9))),
        "Staff": ("who leave, % a year", chance.choice((16, 18)), chance.choice((9, 11))),
        "Cost": ("million EUR a year", chance.choice((240, 260)), chance.choice((228, 232))),
    }
    table = pd.DataFrame(
        [(*ranges[name], beside[name], per_cent[name], important[n])
         for n, name in enumerate(OBJECTIVES)],
        columns=["measure", "worst", "best", "compared_with", "per_cent", "importance"],
        index=pd.Index(OBJECTIVES, name="objective"),
    )  # fmt: skip
    told = " ".join([f"From worst to best, the swing of {order[0]} is worth most: 100 points."] + [
        f"That of {name} is worth {per_cent[name]} % of that of {beside[name]}."
        for name in order[1:]
    ])  # fmt: skip
    return table, points, told


def _weights(swings: pd.DataFrame, points: Weights, told: str) -> Made:
    per_cent = dict(zip(OBJECTIVES, swings["per_cent"], strict=True))
    important = dict(zip(OBJECTIVES, map(float, swings["importance"]), strict=True))
    return Made(_hundreds(_shares(points)), {"chain": told}, {
        "chain-not-followed": _hundreds(_shares(per_cent)),
        "importance-for-swing": important,
        "swing-as-percent": dict(points),
        "all-weigh-alike": dict.fromkeys(OBJECTIVES, 25.0),
    })  # fmt: skip


def _hundreds(weights: Weights) -> Weights:
    return {name: 100 * weight for name, weight in weights.items()}


def _contributions(chance: random.Random, names: list[str], weights: Weights) -> tuple[Scores, str]:
    """Draw until the first places stand as one of three situations wants them."""
    situation = chance.choice(("both", "lead", "ranked"))
    while True:
        scores = {name: _row(chance) for name in names[:6]} | {names[6]: (0.0,) * 4}
        found = sorted((_weighted(row, weights) for row in scores.values()), reverse=True)
        if found[-1] < 0 or found[-2] < 0.05:
            continue  # the one that serves nothing must be the last
        first, second = found[0] - found[1], found[1] - found[2]
        near = {"both": (first, second), "lead": (second, first)}
        if situation == "ranked" and min(first, second) > 0.13:
            return scores, situation
        if situation != "ranked":
            small, large = near[situation]
            if 0.004 < small < 0.015 and large > 0.12:
                return scores, situation


def _row(chance: random.Random) -> tuple[float, ...]:
    row = [chance.randint(0, 9) / 10 for _ in OBJECTIVES]
    row[chance.randrange(4)] = -chance.randint(2, 6) / 10
    return tuple(row)


def _plan(names: list[str], scores: Scores, needs: dict[str, str], survey: Weights) -> Program:
    """The plan has the weights of the survey still."""
    infos = tuple(
        ProjectInfo(name, requires=(needs[name],) if name in needs else ()) for name in names
    )
    objectives = tuple(Objective(o, weight=round(100 * survey[o])) for o in OBJECTIVES)
    told = {
        (name, o): part
        for name in names for o, part in zip(OBJECTIVES, scores[name], strict=True) if part
    }  # fmt: skip
    return Program((), candidates=infos, strategy=Strategy(objectives, told))


def _score(chance: random.Random, scores: Scores, points: Weights, survey: Weights) -> Made | None:
    weights, made = _shares(points), []
    for project, row in scores.items():
        right, wrong = _weighted(row, weights), {
            "survey-weights": _weighted(row, survey),
            "scores-added": sum(row),
            "negative-as-size": _weighted(tuple(map(abs, row)), weights),
            "points-not-shares": _weighted(row, {o: points[o] / 100 for o in OBJECTIVES}),
        }  # fmt: skip
        if min(row) < 0 and _are_apart([right, *wrong.values()], 0.03):
            made.append(Made(right, {"project": project, "row": row}, wrong))
    return chance.choice(made) if made else None


def _are_apart(numbers: list[float], least: float) -> bool:
    found = sorted(numbers)
    return all(b - a >= least for a, b in pairwise(found))


def _flip(chance: random.Random, scores: Scores, weights: Weights, survey: Weights) -> Made | None:
    """Two projects and an objective at whose weight, between 5 and 95 %, they are equal."""
    made = []
    for first, second in combinations(_ranked(scores, weights)[:5], 2):
        ahead = tuple(a - b for a, b in zip(scores[first], scores[second], strict=True))
        for own, o in zip(ahead, OBJECTIVES, strict=True):
            at = 100 * _equal_at(ahead, o, weights)
            if not 5 < at < 95:
                continue
            wrong = {
                "change-for-weight": abs(at - 100 * weights[o]),
                "others-kept": -100 * (_weighted(ahead, weights) - weights[o] * own) / own,
                "survey-weights": 100 * _equal_at(ahead, o, survey),
            }
            wrong = {code: x for code, x in wrong.items() if 0 <= x <= 100}
            if len(wrong) > 1 and _are_apart([at, *wrong.values()], 1.5):
                told = {"first": first, "second": second, "objective": o, "ahead": ahead}
                made.append(Made(at, told, wrong))
    return chance.choice(made) if made else None


def _equal_at(ahead: tuple[float, ...], objective: str, weights: Weights) -> float:
    """The weight of an objective at which a lead is gone; below 0 where there is none."""
    own = ahead[OBJECTIVES.index(objective)]
    rest = (_weighted(ahead, weights) - weights[objective] * own) / (1 - weights[objective])
    return rest / (rest - own) if rest * own < 0 else -1.0


def _pairs(chance: random.Random) -> tuple[Made, pd.DataFrame]:
    """Full agreement, near it, far from it, each with its ratio; and one ratio that is false."""
    first, second = chance.choice(((2, 2), (2, 3), (3, 2), (2, 4)))
    agrees = (first, second, first * second)
    near = chance.choice(((2, 3, 4), (3, 3, 6), (2, 2, 3), (3, 2, 4), (2, 4, 5)))
    far = chance.choice(((3, 2, 1), (2, 3, 0.5), (2, 4, 1), (4, 2, 1)))
    if chance.random() < 0.5:
        false, ratio = chance.choice(((3, 3, 1), (2, 2, 0.5), (4, 3, 2))), chance.randint(2, 6)
    else:
        false, ratio = chance.choice(((2, 2, 5), (3, 2, 7), (2, 3, 8))), chance.randint(30, 70)
    rows = [(*row, round(_ratio(*row), 2)) for row in (agrees, near, far)]
    rows.append((*false, ratio / 100))
    keys, names = list("abcd"), sorted(chance.sample(MEMBERS, 4))
    chance.shuffle(keys)
    told = {f"member_{key}": name for key, name in zip("abcd", names, strict=True)}
    table = pd.DataFrame.from_dict(
        {key: (told[f"member_{key}"], *row) for key, row in zip(keys, rows, strict=True)}, "index",
        columns=["member", "Safety_to_Waiting", "Waiting_to_Staff", "Safety_to_Staff", "ratio"],
    ).sort_index().rename_axis("key")  # fmt: skip
    return Made(keys[3], told, {"high-is-false": keys[2], "zero-is-false": keys[0]}), table


def _ratio(first: float, second: float, third: float) -> float:
    """The consistency ratio of three things, whose largest eigenvalue has a closed form."""
    root = (third / (first * second)) ** (1 / 3)
    return (1 + root + 1 / root - 3) / 2 / 0.52


def _places(
    chance: random.Random, situation: str, scores: Scores, weights: Weights
) -> tuple[Made, pd.DataFrame]:
    contributions = pd.DataFrame.from_dict(scores, "index", columns=list(OBJECTIVES))
    drawn = robustness(pd.Series(weights), contributions, DRAWS, chance.randrange(10**6)).table
    table = (100 * drawn).round().astype(int).rename_axis("project").sort_index()
    first, second = _ranked(scores, weights)[:2]
    told = {"first": first, "second": second, "share": table.loc[first, 1]}
    wrong = {"acceptability-as-quality": "reached"}
    wrong["doubts-a-clear-rank" if situation == "ranked" else "rank-as-sure"] = (
        "both" if situation == "ranked" else "ranked"
    )
    return Made(situation, told, wrong), table


def _proposals(
    chance: random.Random, ranked: list[str], by_survey: list[str]
) -> tuple[Made, pd.DataFrame]:
    """One set from the owner, of swings, before the scores; each other one fails one of these."""
    published = date(2026, chance.choice((3, 4, 5)), chance.randint(8, 24))
    before = [published - timedelta(days=n) for n in chance.sample(range(9, 60), 3)]
    after = published + timedelta(days=chance.randint(4, 20))
    other = chance.choice(("program manager", f"manager of {ranked[1]}", "clerk of the board"))
    rows = [
        (BOARD, SWINGS, before[0], ranked[0]),
        (BOARD, SWINGS, after, ranked[chance.choice((1, 2))]),
        (BOARD, IMPORTANT, before[1], by_survey[0]),
        (other, SWINGS, before[2], ranked[chance.choice((0, 1))]),
    ]
    keys = list("abcd")
    chance.shuffle(keys)
    table = pd.DataFrame.from_dict(
        dict(zip(keys, rows, strict=True)), "index",
        columns=["set_by", "asked", "set_on", "first_by_it"],
    ).sort_index().rename_axis("row")  # fmt: skip
    return Made(keys[0], {"published": published.isoformat()}, {
        "weights-for-the-wish": keys[1], "importance-for-swing": keys[2], "not-the-owner": keys[3],
    }), table  # fmt: skip


def _candidates(
    chance: random.Random, names: list[str], scores: Scores, needs: dict[str, str]
) -> pd.DataFrame:
    duty = chance.choice([name for name in names[:6] if name not in needs])
    return pd.DataFrame(
        [(OBJECTIVES[max(range(4), key=scores[name].__getitem__)] if any(scores[name]) else "-",
          "yes" if name == duty else "no", needs.get(name, "-")) for name in names],
        columns=["serves_most", "duty", "requires"], index=pd.Index(names, name="project"),
    )  # fmt: skip


def _cases(chance: random.Random) -> tuple[Case, ...]:
    """Chains, a circle, both directions, and each word more than once."""
    a, b, c, d, e, f, g, h = chance.sample(NAMES, 8)
    serving, duties = [a, b], [b, c]
    requires = [[a, d], [d, e], [c, f], [g, h], [h, g], [g, a]]
    more = [[f, a], [a, g]]
    asked = [
        (a, serving, duties, requires, "serves"),
        (b, serving, duties, requires, "serves"),
        (c, serving, duties, requires, "duty"),
        (d, [], [d, e], requires, "duty"),
        (d, serving, duties, requires, "enabler"),
        (e, serving, duties, requires, "enabler"),
        (f, serving, duties, requires, "enabler"),
        (h, serving, duties, [*requires, *more], "enabler"),
        (g, serving, duties, requires, "ask why"),
        (e, [b], duties, requires, "ask why"),
        (d, serving, duties, [[d, a], [d, c]], "ask why"),
    ]
    return tuple(Case(tuple(told), word) for *told, word in asked)


def _by_own(told, earlier):
    return {name: earlier["weights"][name] / 100 for name in OBJECTIVES}


FOLLOW = {
    "score": lambda told, earlier: _weighted(told["row"], _by_own(told, earlier)),
    "flip": lambda told, earlier: 100 * _equal_at(
        told["ahead"], told["objective"], _shares(earlier["weights"])
    ),
}  # fmt: skip
