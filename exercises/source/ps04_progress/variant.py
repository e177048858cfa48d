"""Numbers of problem set 4: a report of two projects over six months, with one figure changed."""

import random

import pandas as pd

from pmkit.learning.makers import Made
from pmkit.teach.variants import Case, Variant

MONTHS = range(1, 7)
NAMES = ("Bridge", "Depot", "Harbour", "Library", "Metro", "School", "Tunnel", "Archive")


def make(chance: random.Random) -> Variant:
    """Draw a report, and everything that is asked about it."""
    names = chance.sample(NAMES, 6)
    mine, other = _project(chance), _project(chance)
    month = chance.choice((3, 4))
    changed, rows = _changed(chance, other)
    report = pd.DataFrame(
        [(names[0], n, *mine[n], mine[n][1] / mine[n][2]) for n in MONTHS if n <= month]
        + [(names[1], n, *rows[n]) for n in MONTHS],
        columns=["project", "month", "pv", "ev", "ac", "cpi"],
    )
    report["cpi"] = report["cpi"].round(3)
    report.index = pd.RangeIndex(1, len(report) + 1, name="row")
    plan = pd.DataFrame({"pv": [mine[n][0] for n in MONTHS]}, index=pd.Index(MONTHS, name="month"))
    hides, four = _hides(chance, names[2:6])
    order, parts = _order(chance, names[0])
    decides, cases, limits = _policy(chance)
    made = _figures(mine, month, names[0]) | {
        "wrong_month": Made(f"m{changed}", {"other": names[1]}),
        "hides": hides,
        "order": order,
        "decides": decides,
        "tell": Made(None, {"project": names[0], "month": month}),
    }
    files = {"report.csv": report, "plan.csv": plan, "four.csv": four, "parts.csv": parts,
             "limits.csv": limits}  # fmt: skip
    return Variant(made, files, {"decides": cases})


def _project(chance: random.Random) -> dict[int, tuple[int, int, int]]:
    """PV, EV and AC of each month, in thousand, since the start."""
    pv = ev = ac = 0
    found = {}
    for n in MONTHS:
        planned = chance.choice((80, 120, 160, 200, 260)) + 10 * n
        pv += planned
        ev += round(planned * chance.uniform(0.6, 0.92))
        ac += round(planned * chance.uniform(0.95, 1.2))
        found[n] = (pv, ev, ac)
    return found


def _changed(chance: random.Random, rows: dict) -> tuple[int, dict]:
    """Change one month so that it cannot be true: its EV falls, or its CPI is another."""
    changed = chance.choice((3, 4, 5))
    told = {n: (*row, round(row[1] / row[2], 3)) for n, row in rows.items()}
    pv, ev, ac, cpi = told[changed]
    if chance.random() < 0.5:
        ev = told[changed - 1][1] - chance.randint(15, 40)
        told[changed] = (pv, ev, ac, round(ev / ac, 3))
    else:
        told[changed] = (pv, ev, ac, round(cpi + chance.choice((0.12, 0.18)), 3))
    return changed, told


def _figures(rows: dict, month: int, name: str) -> dict[str, Made]:
    pv, ev, ac = rows[month]
    bac = rows[6][0]
    told = {"month": month, "project": name, "bac": bac, "pv": pv, "ev": ev, "ac": ac}
    cpi, spi = ev / ac, ev / pv
    before = max([0] + [n for n in MONTHS if rows[n][0] <= ev])
    at = rows[before][0] if before else 0
    earned_schedule = before + (ev - at) / (rows[before + 1][0] - at)
    return {
        "cpi": Made(cpi, told, {"cpi-upside-down": ac / ev, "spi-for-cpi": spi}),
        "eac": Made(bac / cpi, told, {
            "eac-over-spi": bac / spi, "eac-times-cpi": bac * cpi,
            "eac-rest-as-planned": ac + bac - ev, "eac-spent-plus-budget": ac + bac,
        }),
        "months_late": Made(month - earned_schedule, told, {
            "sv-as-time": (pv - ev) / (bac / 6), "late-by-spi": (1 - spi) * month,
        }),
    }  # fmt: skip


def _hides(chance: random.Random, names: list[str]) -> tuple[Made, pd.DataFrame]:
    """One with SPI near 1 and a low SPI(t); one that is openly late; two in order."""
    pairs = [
        (chance.uniform(0.96, 0.98), chance.uniform(0.72, 0.84)),
        (low := chance.uniform(0.70, 0.78), low + chance.uniform(0.01, 0.03)),
        (near := chance.uniform(0.97, 1.0), near + chance.uniform(-0.02, 0.02)),
        (good := chance.uniform(1.0, 1.06), good + chance.uniform(-0.02, 0.02)),
    ]
    keys = list("abcd")
    chance.shuffle(keys)
    rows = {key: (names["abcd".index(key)], *pair) for key, pair in zip(keys, pairs, strict=True)}
    told = {f"name_{key}": row[0] for key, row in rows.items()}
    four = pd.DataFrame.from_dict(rows, "index", columns=["project", "spi", "spi_t"])
    four = four.sort_index().rename_axis("key").round(2)
    return Made(keys[0], told, {"lowest-spi": keys[1]}), four


def _order(chance: random.Random, project: str) -> tuple[Made, pd.DataFrame]:
    """Four parts with EV and AC; the lowest CPI comes first."""
    names = chance.sample(("Ground works", "Electrics", "Software", "Interiors", "Roof"), 4)
    cpis = [0.70, 0.85, 0.98, 1.12]
    chance.shuffle(cpis)
    earned = chance.sample(range(120, 480, 10), 4)
    rows = {
        key: (name, ev, round(ev / cpi))
        for key, name, ev, cpi in zip("abcd", names, earned, cpis, strict=True)
    }
    by_cpi = tuple(sorted(rows, key=lambda key: rows[key][1] / rows[key][2]))
    by_ev = tuple(sorted(rows, key=lambda key: rows[key][1]))
    told = {f"part_{key}": row[0] for key, row in rows.items()} | {"project": project}
    parts = pd.DataFrame.from_dict(rows, "index", columns=["part", "ev", "ac"])
    wrong = {"order-by-ev": by_ev, "upside-down": by_cpi[::-1]}
    return Made(by_cpi, told, wrong), parts.rename_axis("key")


def _policy(chance: random.Random) -> tuple[Made, tuple[Case, ...], pd.DataFrame]:
    """Limits of authority, and cases on both sides of each."""
    pm_cost, pg_cost = 1000 * chance.choice((15, 20, 25)), 1000 * chance.choice((80, 100, 120))
    pm_days, pg_days = chance.choice((3, 5)), chance.choice((10, 12))

    def who(cost: float, days: float) -> str:
        if cost <= pm_cost and days <= pm_days:
            return "project manager"
        return "program manager" if cost <= pg_cost and days <= pg_days else "sponsor"

    asked = [(0, 0), (pm_cost, pm_days), (pm_cost + 1, 0), (0, pm_days + 1), (pg_cost, pg_days),
             (pg_cost + 1, 0), (0, pg_days + 1), (pm_cost, pg_days + 1)]  # fmt: skip
    told = {"pm_cost": f"{pm_cost:,}", "pm_days": pm_days, "pg_cost": f"{pg_cost:,}",
            "pg_days": pg_days}  # fmt: skip
    limits = pd.DataFrame(
        {"cost": [pm_cost, pg_cost], "days": [pm_days, pg_days]},
        index=pd.Index(["project manager", "program manager"], name="who"),
    )
    return Made("cases", told), tuple(Case(case, who(*case)) for case in asked), limits


FOLLOW = {"eac": lambda told, earlier: told["bac"] / earlier["cpi"]}
