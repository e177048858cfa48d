"""What each project still costs, by year: as its row says, else as its activities say."""

from __future__ import annotations

from pmkit.analysis.cost_at_completion import cost_at_completion, spent_so_far
from pmkit.analysis.scheduling.compiling import compiled
from pmkit.model.program import Program
from pmkit.model.yearly import yearly


def still_to_pay(program: Program) -> tuple[list[dict[int | None, float]], list[str]]:
    """Return the cost of each project by year (``None``: no year is told), and what was assumed.

    A project whose row has no cost is taken to cost what its activities still have to spend:
    what was spent is spent whatever is decided.
    """
    plans = {project.id: project for project in program.projects}
    costs: list[dict[int | None, float]] = []
    computed = []
    for info in program.members:
        told = yearly(info.money, "cost")
        if not told and info.id in plans:
            plan = plans[info.id]
            left = cost_at_completion(plan) - sum(spent_so_far(compiled(plan)).values())
            told = {None: max(left, 0.0)}
            computed.append(info.id)
        costs.append(told)
    notes = []
    if computed:
        names = ", ".join(computed[:3]) + (
            f" and {len(computed) - 3} more" if len(computed) > 3 else "")  # fmt: skip
        notes.append(f"{names}: cost is what its activities still have to spend")
    return costs, notes
