"""What has moved in a program since an earlier state of it was reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from pmkit.analysis.governing.program_status import ProgramStatus, program_status
from pmkit.analysis.words import days_text, money_text
from pmkit.model.errors import PlanError
from pmkit.model.moments import as_datetime
from pmkit.model.program import Program

if TYPE_CHECKING:
    import pandas as pd

_DAY, _SHARE = 0.05, 0.0005
"""From how many days, and which share of the budget, a move is worth a sentence."""


@dataclass(frozen=True, eq=False, repr=False)
class ProgramChanges:
    """Two states of one program, held against each other.

    Attributes
    ----------
    before, now
        Their status, from the same random numbers.
    """

    before: ProgramStatus
    now: ProgramStatus

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per project that is in both, and the program: what moved.

        ``finish_delta cost_delta`` of the P80 in working days and money, ``rag_before rag_now``.
        """
        import pandas as pd

        rows = [
            (label, now.time.p80 - self._shift - was.time.p80, now.cost.p80 - was.cost.p80,
             str(was.rag), str(now.rag))
            for label, was, now in self._both
        ]  # fmt: skip
        columns = ["project", "finish_delta", "cost_delta", "rag_before", "rag_now"]
        return pd.DataFrame(rows, columns=columns).set_index("project")

    @cached_property
    def _both(self) -> list[tuple[str, Any, Any]]:
        old = {row.label: row for row in self.before.rows}
        return [(row.label, old[row.label], row) for row in self.now.rows if row.label in old]

    @property
    def _shift(self) -> float:
        """Working days that the count of days begins later now than before."""
        start = self.now.program.network.settings.start
        if start is None or not self.before.schedule.is_dated:
            return 0.0
        return -self.before.schedule.days_of(as_datetime(start))  # a bare date is its end

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """What moved, a sentence each, the program first."""
        return tuple(self._told())

    def _told(self) -> Iterator[str]:
        currency = self.now.program.settings.currency
        both = {label: (was, now) for label, was, now in self._both}
        moved = self.table
        days, money = moved["finish_delta"].to_dict(), moved["cost_delta"].to_dict()
        for label in sorted(both, key=lambda one: one != "program"):
            was, now = both[label]
            parts = []
            if abs(days[label]) >= _DAY:
                word = "later" if days[label] > 0 else "earlier"
                parts.append(f"P80 finish {days_text(round(abs(days[label]), 1))} {word}")
            if abs(money[label]) >= max(_SHARE * abs(was.cost.p80), 1e-6):
                word = "more" if money[label] > 0 else "less"
                parts.append(f"P80 cost {money_text(abs(money[label]), currency)} {word}")
            if was.rag is not now.rag:
                parts.append(f"{was.rag} to {now.rag}")
            if parts:
                yield f"{label}: {', '.join(parts)}"
        old, new = (set(row.label for row in one.rows) for one in (self.before, self.now))  # noqa: C401
        for row in self.now.rows:
            if row.label not in old:
                yield f"{row.label}: new in the program, {row.rag}"
        for row in self.before.rows:
            if row.label not in new:
                yield f"{row.label}: no longer in the program"
        yield from _logs(self.before.program, self.now.program)

    def __repr__(self) -> str:
        count = len(self.sentences)
        if not count:
            return "ProgramChanges: nothing has moved"
        return f"ProgramChanges: {count} change{'' if count == 1 else 's'}; {self.sentences[0]}"

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{escape(one)}</li>" for one in self.sentences)
        return f"<p>{escape(repr(self))}</p>" + (f"<ul>{items}</ul>" if items else "")


def _logs(before: Program, now: Program) -> Iterator[str]:
    """Issues and requests that are new, settled or decided."""
    old = {issue.id: issue for issue in before.network.control.issues}
    for issue in now.network.control.issues:
        name = f"{issue.id} {issue.name}".rstrip()
        if issue.id not in old:
            yield f"new issue {name}" + ("" if issue.is_open else ", closed already")
        elif old[issue.id].is_open and not issue.is_open:
            yield f"issue {name} is closed"
    asked = {request.id: request for request in before.network.control.requests}
    for request in now.network.control.requests:
        name = f"{request.id} {request.name}".rstrip()
        if request.id not in asked:
            yield f"new change request {name}" + ("" if request.is_open else
                                                  f", {request.decision}")  # fmt: skip
        elif asked[request.id].is_open and not request.is_open:
            yield f"change {name} is {request.decision}"
    known = {decision.id for decision in before.governance.decisions}
    for decision in now.governance.decisions:
        if decision.id not in known:
            by = f" by the {decision.decided_by}" if decision.decided_by else ""
            yield f"decided{by}: {decision.name or decision.verdict or decision.id}"


def changes_since(
    previous: Program | ProgramStatus, program: Program | ProgramStatus, *, trials: int = 2_000,
    seed: int = 0, within: float | None = None, across: float | None = None,
) -> ProgramChanges:  # fmt: skip
    """Hold a program against an earlier state of it: finishes, cost, colours, logs.

    Parameters
    ----------
    previous, program
        The earlier and the present state; a status that is known already serves as well.
    trials, seed, within, across
        Of the simulations, as for `simulate_program`: the same random numbers, so that a difference
        is not chance.

    Raises
    ------
    PlanError
        If one has dates and the other has not.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import ProjectInfo
    >>> def program(days):
    ...     build = Activity("Build", days, baseline_start=0, baseline_finish=10)
    ...     return Program((Project((build,), members=(ProjectInfo("Depot"),)),))
    >>> changes_since(program(10), program(12)).sentences[0]
    'program: P80 finish 2 days later, green to red'
    """
    found = [
        one if isinstance(one, ProgramStatus) else
        program_status(one, trials=trials, seed=seed, within=within, across=across)
        for one in (previous, program)
    ]  # fmt: skip
    if found[0].schedule.is_dated != found[1].schedule.is_dated:
        raise PlanError("changes: both states of a program must have dates, or none of them")
    return ProgramChanges(found[0], found[1])
