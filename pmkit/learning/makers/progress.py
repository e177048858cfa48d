"""Numbers of lesson 04: how much is done, what it will cost, how late it is."""

from __future__ import annotations

import random
from collections.abc import Sequence

from pmkit.analysis.earning.earned_value import EarnedValue, earned_value
from pmkit.learning.makers import Made
from pmkit.model.activity import Activity
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import StatusPoint

_PAIRS = (("Fleet", "Depot"), ("Tunnel", "Station"), ("Software", "Network"))


def eac_by_cpi(chance: random.Random, variant: int) -> Made:
    """Return an estimate at completion, EAC = BAC / CPI (PMI, Practice Standard for EVM, 2011).

    The numbers of variant 0 are of the kind printed in Gray and Larson, Project Management.
    """
    bac, pv, ev, ac = _figures(chance, variant)
    status = _reported(bac, (pv,), ev, ac)
    wrong = {
        "eac-over-spi": bac / status.spi,
        "eac-spent-plus-budget": float(ac + bac),
        "eac-times-cpi": bac * status.cpi,
        "eac-rest-as-planned": status.eac("pf1"),
    }
    work = (f"CPI = EV / AC = {ev} / {ac} = {status.cpi:.3f}",
            f"EAC = BAC / CPI = {bac} / {status.cpi:.3f} = {status.eac('cpi'):.1f}")  # fmt: skip
    return Made(status.eac("cpi"), _told(bac, pv, ev, ac), wrong, work)


def percent_done(chance: random.Random, variant: int) -> Made:
    """Return EV / BAC of three packages of unequal budgets."""
    if variant == 0:
        budgets, done, time, money = (100, 300, 600), (90, 80, 40), 65, 72
    else:
        budgets = (10 * chance.randint(6, 12), 10 * chance.randint(20, 30),
                   10 * chance.randint(50, 70))  # fmt: skip
        done = (chance.choice((80, 90)), chance.choice((60, 70)), chance.choice((20, 25, 30)))
        time, money = chance.randint(65, 68), chance.randint(70, 76)
    earned = [b * p / 100 for b, p in zip(budgets, done, strict=True)]
    answer = 100 * sum(earned) / sum(budgets)
    told: dict[str, object] = {f"b{n}": b for n, b in enumerate(budgets, 1)}
    told |= {f"p{n}": p for n, p in enumerate(done, 1)} | {"time": time, "money": money}
    wrong = {"time-is-progress": float(time), "money-is-progress": float(money),
             "average-of-percentages": sum(done) / 3}  # fmt: skip
    parts = " + ".join(f"{b} x {p} %" for b, p in zip(budgets, done, strict=True))
    work = (f"EV = {parts} = {sum(earned):g}",
            f"done = EV / BAC = {sum(earned):g} / {sum(budgets)} = {answer:.1f} %")  # fmt: skip
    return Made(answer, told, wrong, work)


def weeks_late(chance: random.Random, variant: int) -> Made:
    """Return the time now less earned schedule, in weeks (Lipke, Schedule is different, 2003)."""
    if variant == 0:
        return _weeks_late((10, 20, 30, 40, 30, 20), 4, 0.5)
    while True:
        first, rise = 5 * chance.randint(2, 6), 5 * chance.randint(1, 5)
        steps = tuple(first + rise * n for n in (0, 1, 2, 2, 1, 0))
        made = _weeks_late(steps, chance.choice((4, 5)), chance.choice((0.2, 0.4, 0.6)))
        money = made.wrong["lateness-by-money"]
        if all(abs(float(other) - float(money)) > 0.2  # type: ignore[arg-type]
               for other in (made.answer, made.wrong["last-full-week"])):  # fmt: skip
            return made


def _weeks_late(steps: Sequence[int], week: int, share: float) -> Made:
    """Return what is late of a plan that earns so much each week, two weeks behind but a share."""
    plan = [sum(steps[: n + 1]) for n in range(len(steps))]
    full = week - 2  # whole weeks that are earned
    ev = plan[full - 1] + share * steps[full]
    status = _reported(plan[-1], plan[:week], ev, ev)
    late = -status.sv_t
    wrong = {
        "sv-as-time": -status.sv,
        "lateness-by-money": week * (1 - status.spi),
        "last-full-week": float(week - full),
    }
    work = (
        f"ES = {full} + ({ev:g} - {plan[full - 1]}) / ({plan[full]} - {plan[full - 1]})"
        f" = {status.es:.2f} weeks",
        f"late = now - ES = {week} - {status.es:.2f} = {late:.2f} weeks",
    )
    told = {"plan": ", ".join(map(str, plan)), "week": week, "ev": f"{ev:g}"}
    return Made(late, told, wrong, work)


def reading(chance: random.Random, variant: int) -> Made:
    """Return what a report of four figures says, and three ways to misread it."""
    bac, pv, ev, ac = _figures(chance, variant)
    status = _reported(bac, (pv,), ev, ac)
    told = _told(bac, pv, ev, ac) | {
        "over": ac - ev, "spent": ac - pv, "short": pv - ev,
        "cpi": f"{status.cpi:.2f}", "tcpi": f"{status.tcpi:.2f}",
    }  # fmt: skip
    work = (
        f"CV = EV - AC = {ev} - {ac} = {ev - ac}",
        f"TCPI = (BAC - EV) / (BAC - AC) = {bac - ev} / {bac - ac} = {status.tcpi:.2f}",
    )
    return Made("true", told, {}, work)


def what_the_sum_hides(chance: random.Random, variant: int) -> Made:
    """Return two projects, one ahead and one behind by as much."""
    early, late = _PAIRS[variant % len(_PAIRS)]
    planned, gap = (100, 30) if variant == 0 else (10 * chance.randint(8, 20), 10)
    if variant:
        gap = planned // 5
    told = {
        "first": early, "second": late, "early": early, "late": late,
        "pv1": planned, "ev1": planned + gap, "pv2": planned, "ev2": planned - gap,
        "spi": "1.00", "low": f"{(planned - gap) / planned:.2f}",
    }  # fmt: skip
    work = (
        f"SPI of {early} = {planned + gap} / {planned} = {(planned + gap) / planned:.2f}",
        f"SPI of {late} = {planned - gap} / {planned} = {(planned - gap) / planned:.2f}",
        f"SPI of both = {2 * planned} / {2 * planned} = 1.00",
    )
    return Made("both", told, {}, work)


def done_at_depot(program: Program) -> Made:
    """Return how many per cent of Depot are earned at the status date."""
    status = earned_value(program.project("Depot"))
    work = (f"done = EV / BAC = {status.ev:,.0f} / {status.bac:,.0f} = "
            f"{100 * status.ev / status.bac:.0f} %",)  # fmt: skip
    return Made(100 * status.ev / status.bac, {}, {}, work)


def without_depot(program: Program) -> Made:
    """Return whether the other two projects are late when they are looked at alone."""
    others = [earned_value(program.project(id_)) for id_ in ("Fleet", "Service")]
    ev, pv = sum(one.ev for one in others), sum(one.pv for one in others)
    spi = ev / pv
    answer = "above 1.00" if spi > 1 else "about 0.94" if spi > 0.91 else "about 0.88"
    whole = earned_value(program)
    work = (
        f"SPI of the program = {whole.ev:,.0f} / {whole.pv:,.0f} = {whole.spi:.2f}",
        f"SPI of Fleet and Service = {ev:,.0f} / {pv:,.0f} = {spi:.3f}",
    )
    return Made(answer, {}, {}, work)


def at_the_end(program: Program) -> Made:
    """Return what SPI and SPI(t) say of a plan of four weeks that took six (Lipke, 2003)."""
    planned, earned = (25, 50, 75, 100, 100, 100), (15, 30, 45, 60, 80, 100)
    status = _series(100, planned, earned, earned)
    spi, spi_t = status.table["spi"], status.table["spi_t"]
    answer = "SPI 1.00, SPI(t) 0.67" if spi.iloc[-1] == 1 and spi_t.iloc[-1] < 1 else "other"
    work = (
        "SPI at the end of each week: " + ", ".join(f"{value:.2f}" for value in spi),
        "SPI(t) at the end of each week: " + ", ".join(f"{value:.2f}" for value in spi_t),
    )
    return Made(answer, work=work)


def _figures(chance: random.Random, variant: int) -> tuple[int, int, int, int]:
    """Return BAC, PV, EV and AC of a project that is late and too dear."""
    if variant == 0:
        return 248, 158, 148, 210
    bac = 10 * chance.randint(24, 60)
    pv = round(bac * chance.uniform(0.55, 0.65))
    ev = pv - chance.randint(bac // 16, bac // 10)
    return bac, pv, ev, round(ev * chance.uniform(1.25, 1.45))


def _reported(bac: float, pv: Sequence[float], ev: float, ac: float) -> EarnedValue:
    """Return the figures at the last of some periods; what was earned before is not asked."""
    before = [0.0] * (len(pv) - 1)
    return _series(bac, pv, [*before, ev], [*before, ac])


def _series(
    bac: float, pv: Sequence[float], ev: Sequence[float], ac: Sequence[float]
) -> EarnedValue:
    """Return the figures of a plan whose progress is known as sums, period by period."""
    points = tuple(
        StatusPoint(float(n), planned, earned, spent)
        for n, (planned, earned, spent) in enumerate(zip(pv, ev, ac, strict=True), 1)
    )
    work = Activity("Work", 10.0, cost_per_day=bac / 10)
    return earned_value(Project((work,), status=points))


def _told(bac: int, pv: int, ev: int, ac: int) -> dict[str, object]:
    return {"bac": bac, "pv": pv, "ev": ev, "ac": ac}
