"""The benefits of a program as gains: those on the benefits sheet, and each project's own."""

from __future__ import annotations

from collections.abc import Mapping

from pmkit.analysis.funding.gains import Gain
from pmkit.model.benefit import EnablerRule
from pmkit.model.program import Program
from pmkit.model.yearly import yearly


def to_gain(program: Program, place: Mapping[str, int], horizon: int | None) -> tuple[Gain, ...]:
    """Return every benefit of a program, each once.

    Parameters
    ----------
    program
        With benefits, and projects that have a ``benefit`` of their own.
    place
        Position of each project.
    horizon
        The last year that counts; by default the last that any benefit names.
    """
    sure = {info.id: float(info.probability) for info in program.members}
    own = {info.id: yearly(info.money, "benefit") for info in program.members}
    shared = {one.id: yearly(one.money, "benefit") for one in program.strategy.benefits}
    years = [y for told in (*own.values(), *shared.values()) for y in told if y is not None]
    last = horizon if horizon is not None else max(years, default=None)
    return (
        *(
            Gain(
                one.id, one.rule, tuple(place[p] for p in one.enablers), one.shares,
                tuple(sure[p] for p in one.enablers), float(one.probability), shared[one.id], last,
                one.objectives,
            )
            for one in program.strategy.benefits
        ),
        *(
            Gain(f"{id_}: benefit", EnablerRule.ALL, (place[id_],), (), (sure[id_],), 1.0, told,
                 last)
            for id_, told in own.items() if any(told.values())
        ),
    )  # fmt: skip
