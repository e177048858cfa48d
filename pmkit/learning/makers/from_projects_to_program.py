"""Numbers of lesson 07: benefits that need several projects, counted once, from when they come."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from pmkit.analysis.valuing.benefit_plan import plan_benefits
from pmkit.analysis.valuing.year_profile import moved
from pmkit.learning.makers import Made
from pmkit.model.benefit import Benefit, EnablerRule
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo
from pmkit.model.strategy import Strategy

UNDER_WAY = ("Depot", "Fleet", "Service")
"""The projects of the sample that have a plan."""

_YEAR = 2028


def alone_share(program: Program) -> Made:
    """Say how many per cent of their joint benefit the three projects bring one at a time."""
    alone = {one: plan_benefits(program, projects=[one]).forecast for one in UNDER_WAY}
    together = plan_benefits(program, projects=UNDER_WAY).forecast
    share = 100 * sum(alone.values()) / together
    lines = tuple(f"only {one} is finished: EUR {worth:,.0f}" for one, worth in alone.items())
    return Made(share, work=(
        *lines,
        f"all three are finished: EUR {together:,.0f}",
        f"EUR {sum(alone.values()):,.0f} / EUR {together:,.0f} = {share:.0f} %",
    ))  # fmt: skip


def fuel_delay(program: Program) -> Made:
    """Say how many calendar days later the saving of diesel starts than planned."""
    row: Any = plan_benefits(program).table.loc["Fuel"]
    first, last = row["starts_planned"], row["starts_forecast"]
    days = float(row["delay_days"])
    return Made(days, work=(
        f"approved: the last of the three delivers on {first:%Y-%m-%d}",
        f"forecast: the last of the three delivers on {last:%Y-%m-%d}",
        f"{last:%Y-%m-%d} - {first:%Y-%m-%d} = {days:.0f} days",
    ))  # fmt: skip


def worth_of_two(chance: random.Random, variant: int) -> Made:
    """Ask what comes when two of three projects are delivered.

    One benefit needs all three, one needs any of two, one needs both that are there, and one is a
    loss. Each benefit counts once, as its rule says (benefits map; Bradley, *Benefit Realisation
    Management*, 2nd ed., 2010).
    """
    while True:
        joint, single, both, loss = _amounts(chance, variant)
        program = _three(joint, single, both, loss)
        comes = plan_benefits(program, projects=["A", "B"]).forecast
        wrong = {
            "benefit-added-per-project": comes + single,
            "benefit-shared-per-head": comes + joint * 2 / 3,
            "disbenefit-left-out": comes + loss,
            "disbenefit-as-gain": comes + 2 * loss,
            "planned-as-coming": plan_benefits(program).planned,
        }
        if len({comes, *wrong.values()}) == 1 + len(wrong):
            break
    told = {"joint": joint, "single": single, "both": both, "loss": loss}
    return Made(comes, told, wrong, (
        f"all of A, B and C ({joint}): C is not there, so 0",
        f"any of A and B ({single}): counts once, {single}",
        f"both A and B ({both}): both are there, {both}",
        f"the loss from A: -{loss}",
        f"0 + {single} + {both} - {loss} = {comes:.0f} thousand EUR",
    ))  # fmt: skip


def _amounts(chance: random.Random, variant: int) -> Sequence[int]:
    if variant == 0:
        return 90, 40, 70, 25
    return (30 * chance.randint(2, 5), 10 * chance.randint(2, 6), 10 * chance.randint(4, 9),
            5 * chance.randint(2, 5))  # fmt: skip


def _three(joint: int, single: int, both: int, loss: int) -> Program:
    benefits = (
        Benefit("Joint", money={"benefit": joint}, enablers=("A", "B", "C")),
        Benefit("Single", money={"benefit": single}, enablers=("A", "B"), rule=EnablerRule.ANY),
        Benefit("Both", money={"benefit": both}, enablers=("A", "B")),
        Benefit("Loss", money={"benefit": -loss}, enablers=("A",)),
    )
    return Program((), candidates=tuple(map(ProjectInfo, "ABC")),
                   strategy=Strategy(benefits=benefits))  # fmt: skip


def first_year(chance: random.Random, variant: int) -> Made:
    """Ask what a benefit brings in the year that begins with the last delivery.

    It starts when the last enabler delivers, and grows evenly: a linear ramp, whose average level
    is used, as in `pmkit.analysis.valuing.year_profile`.
    """
    ramp = 2 if variant % 2 == 0 else 4
    full = 240 if variant == 0 else 80 * chance.randint(2, 9)
    early = 0.5 if variant == 0 else chance.choice([0.5, 1.0])
    amounts = {_YEAR - 1: full * early, _YEAR: float(full)}
    comes = moved({_YEAR: full}, start=float(_YEAR), ramp_years=ramp)[_YEAR]
    wrong = {
        "starts-with-first": moved(amounts, start=_YEAR - early, ramp_years=ramp)[_YEAR],
        "ramp-left-out": float(full),
        "nothing-until-full": 0.0,
    }
    told = {"full": full, "ramp": ramp, "year": _YEAR,
            "first": f"1 {'July' if early == 0.5 else 'January'} {_YEAR - 1}"}  # fmt: skip
    level = 100 / ramp
    return Made(comes, told, wrong, (
        f"it starts when the last project delivers: 1 January {_YEAR}",
        f"level at the end of {_YEAR}: 1 year / {ramp} years = {level:g} %",
        f"average level in {_YEAR}: (0 % + {level:g} %) / 2 = {level / 2:g} %",
        f"{full} x {level / 2:g} % = {comes:g} thousand EUR",
    ))  # fmt: skip
