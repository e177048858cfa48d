"""Numbers of lesson 06: what a week costs, how sure a date is, which money is for what."""

from __future__ import annotations

import random
from collections.abc import Mapping

from pmkit.analysis.crashing.crashing import crash
from pmkit.analysis.simulating.simulation import simulate
from pmkit.learning.makers import Made
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.dependency import Dependency
from pmkit.model.program import Program
from pmkit.model.project import Project

_TRIALS, _SEED = 2000, 7
_CRITICAL = ("A", "B", "D")
_LINKS = (("A", "B"), ("A", "C"), ("B", "D"), ("C", "D"))


def cheapest_day(chance: random.Random, variant: int) -> Made:
    """Return what one day costs where it is cheapest (Kelley and Walker, 1959: crashing)."""
    days, slopes, most = _small(chance, variant)
    plan = _network(days, slopes, most)
    normal = crash(plan).normal_finish
    cost = crash(plan, finish=normal - 1).cost - crash(plan, finish=normal).cost
    wrong = {
        "cheapest-not-critical": float(slopes["C"]),
        "average-slope": sum(slopes.values()) / len(slopes),
        "crash-everything": float(most * sum(slopes.values())),
    }
    names = ", ".join(f"{id_} EUR {slopes[id_]:,}" for id_ in _CRITICAL)
    work = (
        f"critical: A -> B -> D = {days['A']} + {days['B']} + {days['D']} = {normal:g} days; "
        f"C has {days['B'] - days['C']} days of float",
        f"a day less of what is critical: {names}; the least is EUR {cost:,.0f}",
    )
    return Made(cost, _told(days, slopes, most), wrong, work)


def days_worth_buying(chance: random.Random, variant: int) -> Made:
    """Return how many days to buy when each day saves overhead and penalty."""
    days, slopes, most = _small(chance, variant)
    first, second, third = sorted(slopes[id_] for id_ in _CRITICAL)
    if variant == 0 or chance.random() < 0.5:
        penalty, saved = first + 50, (second + third) // 2
    else:
        penalty, saved = first - 100, (first + second) // 2
    overhead = saved - penalty
    plan = _network(days, slopes, most)
    normal = crash(plan).normal_finish
    due = normal - 3 * most
    best = crash(plan, indirect_cost=overhead, due=due, penalty=penalty)
    wrong = {
        "crash-all-days": float(3 * most),
        "overhead-left-out": normal - crash(plan, due=due, penalty=penalty).finish,
    }
    told = _told(days, slopes, most) | {
        "overhead": overhead, "penalty": penalty, "due": f"{due:g}",
    }  # fmt: skip
    work = (
        f"a day saves {overhead:,} + {penalty:,} = EUR {saved:,}",
        f"{most} days cost EUR {first:,} each, {most} more EUR {second:,} each, the last {most} "
        f"EUR {third:,} each: buy while a day costs less than EUR {saved:,}",
    )
    return Made(normal - best.finish, told, wrong, work)


def all_ready(chance: random.Random, variant: int) -> Made:
    """Return how sure the later of some paths is: merge bias (MacCrimmon and Ryavec, 1964)."""
    percent, paths = (80, 3)
    if variant:
        percent, paths = chance.choice(((70, 2), (75, 2), (85, 2), (85, 3), (90, 3), (90, 4)))
    answer = 100 * (percent / 100) ** paths
    wrong = {
        "merge-bias-missed": float(percent),
        "misses-added": float(100 - paths * (100 - percent)),
        "one-of-them-is-enough": 100 * (1 - (1 - percent / 100) ** paths),
    }
    work = (f"all = {' x '.join([f'{percent / 100:.2f}'] * paths)} = {answer:.1f} %",)
    words = {2: "Two", 3: "Three", 4: "Four"}
    return Made(answer, {"p": percent, "n": paths, "teams": words[paths]}, wrong, work)


def baseline(chance: random.Random, variant: int) -> Made:
    """Return the cost baseline: work and contingency, without the management reserve.

    PMI, A Guide to the PMBOK, 6th ed., 2017, figure 7-8.
    """
    if variant == 0:
        work, contingency, reserve = 800, 90, 60
    else:
        work, contingency = 10 * chance.randint(40, 120), 5 * chance.randint(9, 20)
        reserve = contingency + 5 * chance.choice((-5, -4, 3, 4))
    told = {"work": work, "contingency": contingency, "reserve": reserve}
    wrong = {
        "reserve-in-baseline": float(work + contingency + reserve),
        "contingency-outside": float(work),
        "reserves-mixed-up": float(work + reserve),
    }
    lines = (
        f"baseline = {work} + {contingency} = {work + contingency} thousand",
        f"with the management reserve the budget is {work + contingency + reserve} thousand",
    )
    return Made(float(work + contingency), told, wrong, lines)


def planned_date(program: Program) -> Made:
    """Return how likely Depot ends on the day that its plan says."""
    simulation = simulate(program.project("Depot"), _TRIALS, _SEED)
    depot = crash(program.project("Depot"))
    share = 100 * simulation.finish.probability(depot.normal_finish)
    work = (f"in {_TRIALS:,} trials, {share:.0f} % end on day {depot.normal_finish:g} or before",
            f"half of them end by day {simulation.finish.quantile(0.5):.0f}, "
            f"80 % by day {simulation.finish.quantile(0.8):.0f}")  # fmt: skip
    return Made(share, work=work)


def worth_of_days(program: Program) -> Made:
    """Return how many days of Depot are worth their price, with its terms."""
    found = crash(program.project("Depot"), indirect_cost=3000, due="2026-07-10", penalty=2000)
    days = found.normal_finish - found.finish
    most = found.normal_finish - found.earliest
    answer = "none" if not days else "all" if days == most else "some"
    work = (
        f"{days:g} of {most:g} working days are bought; the project then costs EUR "
        f"{found.total:,.0f} in all",
    )
    return Made(answer, work=work)


def shape_of_estimates(program: Program) -> Made:
    """Return how far two shapes of the same three points lie apart at day 47.

    Network of Reliable Construction: Hillier and Lieberman, Introduction to Operations Research,
    7th ed., 2001.
    """
    beta, triangular = (
        simulate(_reliable(shape), 100_000, 1).finish.probability(47)
        for shape in ("beta-PERT", "triangular")
    )
    gap = 100 * (beta - triangular)
    answer = (
        "less than 5 points" if gap < 5 else "about 10 points" if gap < 15 else "over 20 points"
    )
    work = (
        f"finish by day 47: beta-PERT {beta:.0%}, triangular {triangular:.0%}".replace("%", " %"),
    )
    return Made(answer, work=work)


def _small(chance: random.Random, variant: int) -> tuple[dict[str, int], dict[str, int], int]:
    """Return days, what a day less costs, and how many can be bought of each activity.

    C is the cheapest and has float, however much of B is bought.
    """
    if variant == 0:
        return _of("ABCD", 5, 8, 4, 3), _of("ABCD", 900, 700, 200, 1200), 2
    most, long = chance.choice((2, 3)), chance.randint(8, 11)
    days = _of("ABCD", chance.randint(4, 6), long, long - most - 2, chance.randint(4, 6))
    first = 100 * chance.randint(4, 7)
    a, b, d = chance.sample(
        [first, first + 100 * chance.randint(2, 3), first + 100 * chance.randint(5, 7)], 3
    )
    return days, _of("ABCD", a, b, first - 100 * chance.randint(2, 3), d), most


def _network(days: Mapping[str, int], slopes: Mapping[str, int], most: int) -> Project:
    """Return A, then B and C side by side, then D."""
    return Project(
        tuple(
            Activity(id_, float(days[id_]), fixed_cost=10_000.0,
                     crash_duration=float(days[id_] - most),
                     crash_cost=10_000.0 + most * slopes[id_])
            for id_ in days
        ),
        tuple(Dependency(before, after) for before, after in _LINKS),
    )  # fmt: skip


def _of(ids: str, *values: int) -> dict[str, int]:
    return dict(zip(ids, values, strict=True))


def _told(days: Mapping[str, int], slopes: Mapping[str, int], most: int) -> dict[str, object]:
    told: dict[str, object] = {f"{id_.lower()}": value for id_, value in days.items()}
    return told | {f"c{id_.lower()}": value for id_, value in slopes.items()} | {"most": most}


_RELIABLE = {
    "A": (1, 2, 3, ""), "B": (2, 3.5, 8, "A"), "C": (6, 9, 18, "B"), "D": (4, 5.5, 10, "C"),
    "E": (1, 4.5, 5, "C"), "F": (4, 4, 10, "E"), "G": (5, 6.5, 11, "D"), "H": (5, 8, 17, "EG"),
    "I": (3, 7.5, 9, "C"), "J": (3, 9, 9, "FI"), "K": (4, 4, 4, "J"), "L": (1, 5.5, 7, "J"),
    "M": (1, 2, 3, "H"), "N": (5, 5.5, 9, "KL"),
}  # fmt: skip


def _reliable(shape: str) -> Project:
    return Project(
        tuple(
            Activity(id_, three_point=ThreePoint(low, mode, high, shape))  # type: ignore[arg-type]
            for id_, (low, mode, high, _) in _RELIABLE.items()
        ),
        tuple(Dependency(before, id_) for id_, row in _RELIABLE.items() for before in row[3]),
    )
