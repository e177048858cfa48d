"""Numbers of lesson 11, the bridge: what is told to whom, in figures of the seat that hears it."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from pmkit.analysis.control.change_requests import assess_change
from pmkit.analysis.cutting.effects import effects
from pmkit.analysis.gating.gate_review import review_gate
from pmkit.analysis.governing.program_status import program_status
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.telling.communication import communication_plan
from pmkit.analysis.telling.exception_bridge import translate_exception
from pmkit.analysis.telling.strategy_bridge import translate_strategy
from pmkit.analysis.together.interfaces import interfaces
from pmkit.learning.makers import Made
from pmkit.model.change import Change
from pmkit.model.program import Program
from pmkit.model.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

_ENERGISE = "Depot.Energise -> Fleet.ChargeTest"
_HANDOVER = "Depot.Handover -> Service.TrialRun"
_DRIVERS = "Fleet.Inspect1 -> Service.Drivers"


# Predictions


def overdue_people(program: Program) -> Made:
    """How many stakeholders have waited longer than was agreed."""
    told = communication_plan(program)
    table = told.table.loc[list(told.overdue)]
    work = tuple(
        f"{id_}: due {row.due:%d %b}, {row.overdue_days:.0f} days overdue"
        for id_, row in table.iterrows()
    )
    return Made(float(len(told.overdue)), work=work)


def decider(program: Program) -> Made:
    """Who decides on what the Depot project recommends; the answer is the text of an option."""
    told = translate_exception(program, "Depot")
    return Made(f"the {told.decider}", work=(told.question,))


# Checks


def overdue_days(chance: random.Random, variant: int) -> Made:
    """How long somebody has waited beyond what was agreed.

    Overdue = today - (last told + rhythm). A plan for communication names who is told what, how,
    and how often (PMI, *PMBOK Guide*, 6th ed., 2017, section 10.1).
    """
    if variant == 0:
        last, rhythm, today = date(2026, 1, 20), 90, date(2026, 4, 30)
    else:
        rhythm = chance.choice((14, 21, 30, 60))
        last = date(2026, 3, 2) + timedelta(chance.randrange(28))
        today = last + timedelta(rhythm + chance.randrange(3, rhythm))
    due = last + timedelta(rhythm)
    waited = (today - last).days
    answer = waited - rhythm
    return Made(
        float(answer),
        {"last": _day(last), "rhythm": rhythm, "today": _day(today)},
        {"counted-since-last-told": float(waited), "told-only-news": 0.0},
        (f"due = last told + rhythm = {_day(last)} + {rhythm} days = {_day(due)}",
         f"overdue = today - due = {_day(today)} - {_day(due)} = {answer} days"),
    )  # fmt: skip


def launch_moves(chance: random.Random, variant: int) -> Made:
    """A slip in the terms of the program: what is left of it after the float of the interface."""
    late, float_ = (12, 4) if variant == 0 else (chance.randrange(9, 20), chance.randrange(2, 8))
    answer = late - float_
    return Made(
        float(answer), {"late": late, "float": float_},
        {"told-own-slip": float(late), "added-the-float": float(late + float_)},
        (f"launch moves = slip - total float of the interface = {late} - {float_} "
         f"= {answer} days",),
    )  # fmt: skip


# Messages: the figures are those of the program as it stands


def faster(program: Program) -> Made:
    """What it costs and brings to have the depot earlier."""
    moved = _moved(program, (
        Change("Depot.Wiring", duration=7.0, fixed_cost=30080.0),
        Change("Depot.Commission", duration=7.0, fixed_cost=34860.0),
    ))  # fmt: skip
    row, dates = _row(interfaces(program).table, _HANDOVER), _dates(program)
    gate = _gate(program, "G2")
    return Made(told={
        **_launch(program), "late": f"{row.late:.0f}", "handover": _day(row.forecast),
        "won": f"{-moved['days']:.0f}", "price": f"{moved['cost']:,.0f}",
        "gain": _rounded(moved["benefits"]), "gate": _day(gate),
        "by": _day(gate - timedelta(7)), "too_late": _day(dates["Depot.Commission"][0]),
        "wiring": _days(program, "Depot.Wiring"),
        "done": f"{program['Depot.Groundworks'].percent_complete:.0f}",
        "left": f"{program['Depot.Groundworks'].remaining:.0f}",
    })  # fmt: skip


def power(program: Program) -> Made:
    """When the power is on, and what that leaves to the charging test."""
    row, dates = _row(interfaces(program).table, _ENERGISE), _dates(program)
    software = critical_path(program).table.total_float["Depot.Software"]
    return Made(told={
        "late": f"{row.late:.0f}", "energise": _day(row.forecast), "old": _day(row.promised),
        "test_start": _day(dates["Fleet.ChargeTest"][0]), "own": f"{-row.project_float:.0f}",
        "spare": f"{row.total_float:.0f}", "by": _day(row.promised - timedelta(14)),
        "software_float": f"{software:.0f}",
    })  # fmt: skip


def gate(program: Program) -> Made:
    """What gate G1 of the Fleet project is about."""
    review = review_gate(program, "G1").table["value"]
    moved = _moved(program, (Change("Fleet.Production2", duration="+20"),))
    status = _row(program_status(program).table, "Fleet")
    when = _gate(program, "G1")
    return Made(told={
        **_launch(program), "better": _rounded(review["fund"] - review["stop"]),
        "launch_late": _day(moved["launch"]), "lost": _rounded(-moved["benefits"]),
        "under": _rounded(status.cv), "cpi": f"{status.cpi:.2f}", "spi": f"{status.spi:.2f}",
        "gate": _day(when), "month_later": _day(when + timedelta(31)),
        "done": f"{program['Fleet.Production1'].percent_complete:.0f}",
    })  # fmt: skip


def chargers(program: Program) -> Made:
    """What a shift of strategy means for the Depot project, and what is not decided yet."""
    from pmkit.analysis.aligning.alignment import align
    from pmkit.analysis.aligning.swing import swing_weights

    asked = assess_change(program, "Depot.C2")
    riders = swing_weights({"Riders": 100, "Air": 50, "Money": 30}).on(program)
    old, new = (align(one).table.score["Depot"] for one in (program, riders))
    told = translate_strategy(program, riders).table
    request = asked.request
    moved = _moved(program, request.changes)
    dates = _dates(program)
    return Made(told={
        "cost": f"{moved['cost']:,.0f}", "decider": "program manager and the sponsor",
        "old": f"{old:.3f}", "new": f"{new:.3f}", "ranked": len(told),
        "signed": _day(dates["Depot.ChargerOrder"][1]), "install": _day(dates["Depot.Install"][0]),
    })  # fmt: skip


def electricians(program: Program) -> Made:
    """When Depot needs two electrical engineers, and what one of them alone would mean."""
    moved = _moved(program, (Change("Depot.Wiring", duration="+4"),))
    start, finish = _dates(program)["Depot.Wiring"]
    status = _row(program_status(program).table, "Depot")
    return Made(told={
        **_launch(program), "start": _day(start), "finish": _day(finish),
        "days": _days(program, "Depot.Wiring"), "launch_late": _day(moved["launch"]),
        "by": _day(start - timedelta(14)), "cpi": f"{status.cpi:.2f}", "more": 4,
    })  # fmt: skip


def drivers(program: Program) -> Made:
    """When drivers are trained, and how far that may move."""
    dates, table = _dates(program), critical_path(program).table
    start, finish = dates["Service.Drivers"]
    status = _row(program_status(program).table, "Service")
    return Made(told={
        **_launch(program), "start": _day(start), "finish": _day(finish),
        "float": f"{table.total_float['Service.Drivers']:.0f}",
        "arrive": _day(_row(interfaces(program).table, _DRIVERS).forecast),
        "by": _day(start - timedelta(21)), "spi_t": f"{status.spi_t:.2f}",
        "ship": _days(program, "Fleet.Ship1"),
    })  # fmt: skip


def _row(table: pd.DataFrame, id_: str) -> Any:
    return table.loc[id_]


def _gate(program: Program, id_: str) -> date:
    found = next(gate.date for gate in program.governance.gates if gate.id == id_)
    assert isinstance(found, date)
    return found


def _day(moment: date | datetime) -> str:
    return f"{moment.day} {moment:%B}"


def _rounded(amount: float) -> str:
    return f"{round(amount, -3):,.0f}"


def _days(program: Program, id_: str) -> str:
    return f"{program[id_].expected_duration:.0f}"


def _launch(program: Program) -> dict[str, str]:
    row = _row(program_status(program).table, "program")
    now = _dates(program)["Service.Launch"][1]
    return {"launch": _day(now), "approved": _day(row.finish_target_date)}


@cache
def _dates(program: Program) -> dict[str, tuple[datetime, datetime]]:
    table = critical_path(program).table
    return {
        str(id_): (row.start_date, row.finish_date)
        for id_, row in table[["start_date", "finish_date"]].iterrows()
    }


@cache
def _moved(program: Program, changes: tuple[Change, ...]) -> dict[str, Any]:
    """What changes do to the launch (days, and its new date), the cost and the benefits."""
    table = effects(program, Scenario("told", changes), trials=0).table
    return {
        "days": table.delta["finish"], "launch": table.after["finish_date"],
        "cost": table.delta["cost"], "benefits": table.delta["benefits"],
    }  # fmt: skip
