"""Programs to choose from, drawn at random, and every choice there is, counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from hypothesis import strategies as st

from pmkit.model.benefit import Benefit
from pmkit.model.choosing import Group
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo
from pmkit.model.strategy import Strategy

YEARS = (2026, 2027)


def candidates(told: dict[str, tuple[float, float]], **fields: dict[str, Any]) -> Program:
    """Return a program of projects that have a cost and a benefit of their own."""
    return Program(
        (),
        candidates=tuple(
            ProjectInfo(id_, money={"cost": cost, "benefit": benefit}, **fields.get(id_, {}))
            for id_, (cost, benefit) in told.items()
        ),
    )


@st.composite
def programs(draw: Any, most: int = 6) -> Program:
    """Draw a program with benefits of every rule, groups, and projects that need or rule out."""
    count = draw(st.integers(2, most))
    ids = [chr(65 + n) for n in range(count)]
    some = st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True)
    infos = []
    for n, id_ in enumerate(ids):
        money = {f"cost_{year}": float(draw(st.integers(0, 6))) for year in YEARS}
        money |= {"benefit": float(draw(st.integers(0, 9)))}
        others = [o for o in ids if o != id_]
        infos.append(
            ProjectInfo(
                id_,
                money=money,
                mandatory=draw(st.integers(0, 9)) == 0,
                requires=(ids[draw(st.integers(0, n - 1))],) if n and draw(st.booleans()) else (),
                excludes=(draw(st.sampled_from(others)),) if draw(st.integers(0, 5)) == 0 else (),
            )
        )
    benefits = []
    for n in range(draw(st.integers(0, 3))):
        rule = draw(st.sampled_from(["all", "any", "share"]))
        amount = float(draw(st.integers(-6, 20)))
        benefits.append(
            Benefit(f"G{n}", money={"benefit": amount}, enablers=tuple(draw(some)), rule=rule)
        )
    groups = [Group("some", projects=tuple(draw(some)), at_least=1)] if draw(st.booleans()) else []
    return Program(
        (),
        candidates=tuple(infos),
        strategy=Strategy(benefits=tuple(benefits)),
        groups=tuple(groups),
    )


def every_choice(
    program: Program, by_year: dict[int, float], *, without: str = ""
) -> Iterator[tuple[frozenset[str], float]]:
    """Yield every choice that keeps to the limits, and its value; `without` one kind of limit.

    Written anew for the tests: it shares nothing with the programme.
    """
    infos = program.candidates
    for ticks in product((False, True), repeat=len(infos)):
        chosen = {info.id for info, is_in in zip(infos, ticks, strict=True) if is_in}
        if without != "budget" and any(
            sum(i.money.get(f"cost_{year}", 0) for i in infos if i.id in chosen) > limit
            for year, limit in by_year.items()
        ):
            continue
        if without != "mandatory" and any(i.mandatory and i.id not in chosen for i in infos):
            continue
        if without != "requires" and any(
            i.id in chosen and not chosen.issuperset(i.requires) for i in infos
        ):
            continue
        if without != "excludes" and any(
            i.id in chosen and not chosen.isdisjoint(i.excludes) for i in infos
        ):
            continue
        if without != "group" and any(
            len(chosen.intersection(g.projects)) < (g.at_least or 0) for g in program.groups
        ):
            continue
        yield frozenset(chosen), value(program, chosen)


def value(program: Program, chosen: set[str]) -> float:
    """Return the benefits of a choice, each counted once."""
    total = sum(i.money.get("benefit", 0.0) for i in program.candidates if i.id in chosen)
    for benefit in program.strategy.benefits:
        amount, there = sum(benefit.money.values()), chosen.intersection(benefit.enablers)
        if benefit.rule == "share":
            total += amount * len(there) / len(benefit.enablers)
        elif (len(there) == len(benefit.enablers)) if benefit.rule == "all" else there:
            total += amount
    return total
