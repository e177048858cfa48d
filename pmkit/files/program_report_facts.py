"""What a program report says, gathered once: nothing here knows of html."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from pmkit.analysis.control.logs import issue_log
from pmkit.analysis.governing.decisions_needed import DecisionNeeded, decisions_needed
from pmkit.analysis.governing.escalation import Escalation, escalate
from pmkit.analysis.governing.program_money import ProgramMoney, program_money
from pmkit.analysis.governing.program_status import ProgramStatus, program_status
from pmkit.analysis.governing.since_last import ProgramChanges, changes_since
from pmkit.analysis.governing.status_findings import hidden, listed, overstated
from pmkit.analysis.together.interface import Interface
from pmkit.analysis.together.interfaces import interfaces
from pmkit.analysis.valuing.benefit_forecast import BenefitForecast
from pmkit.analysis.valuing.benefit_plan import plan_benefits
from pmkit.analysis.words import moment_words, money_text
from pmkit.model.activity import Moment
from pmkit.model.program import Program

_FEW = 3
WEIGHED = 6
"""Exceptions whose options are weighed: as many as the page shows."""

_SIZES = ((1e9, 1e6, " million"), (1e6, 1e3, " thousand"))
"""From which amount on the page counts in what."""


@dataclass(frozen=True)
class BenefitRow:
    """One benefit, money; NaN where it is not known."""

    name: str
    owner: str
    starts: datetime | float | None
    planned: float
    forecast: float
    realised: float


@dataclass(frozen=True, eq=False)
class ReportFacts:
    """Everything on the page, in its order.

    Attributes
    ----------
    status, escalation
        Of the program.
    days
        How far ahead is looked.
    decisions, interfaces, money, benefits, exceptions
        Blocks of the page. Benefits are those that projects under way enable, the largest first.
    changes
        Since the last report; ``None`` where there was none.
    """

    status: ProgramStatus
    escalation: Escalation
    days: int
    decisions: tuple[DecisionNeeded, ...]
    interfaces: tuple[Interface, ...]
    money: ProgramMoney
    benefits: tuple[BenefitRow, ...]
    exceptions: tuple[str, ...]
    changes: ProgramChanges | None

    @property
    def program(self) -> Program:
        """The program."""
        return self.status.program

    @property
    def size(self) -> float:
        """What amounts are counted in: thousands or millions where they are large."""
        return self._counted[0]

    @cached_property
    def _counted(self) -> tuple[float, str]:
        amounts = [self.money.budget, self.money.forecast, sum(r.planned for r in self.benefits)]
        largest = max((abs(amount) for amount in amounts if amount == amount), default=0.0)
        return next(((size, word) for least, size, word in _SIZES if largest >= least), (1.0, ""))

    @property
    def unit(self) -> str:
        """The same in words."""
        return f"{self.money.currency}{self._counted[1]}".strip()


def report_facts(
    program: Program, *, previous: Program | None, at: Moment | str | None,
    reported: Mapping[str, str] | None, confidence: float, days: int, trials: int, seed: int,
    within: float | None, across: float | None,
) -> ReportFacts:  # fmt: skip
    """Gather what a report says; see `program_report`."""
    asked: dict[str, Any] = {"trials": trials, "seed": seed, "within": within, "across": across}
    status = program_status(program, at=at, reported=reported, **asked)
    escalation = escalate(status, confidence=confidence)
    changes = None
    if previous is not None:
        changes = changes_since(previous, status, **asked)
    return ReportFacts(
        status, escalation, days, decisions_needed(escalation, days, most=WEIGHED),
        interfaces(program, status.schedule).due_within(days).rows, program_money(status),
        _benefits(program), _exceptions(status, escalation), changes,
    )  # fmt: skip


def _benefits(program: Program) -> tuple[BenefitRow, ...]:
    at_work = {project.id for project in program.projects}
    plan = plan_benefits(program, projects=at_work)
    rows = [_row(one) for one in plan.benefits if at_work & set(one.benefit.enablers)]
    return tuple(sorted(rows, key=lambda row: -abs(row.planned)))


def _row(one: BenefitForecast) -> BenefitRow:
    realised: Any = one.benefit.realised
    return BenefitRow(
        one.benefit.name or one.benefit.id, one.benefit.owner, one.starts_forecast,
        one.planned_total, one.forecast_total,
        float(sum(realised.values())) if realised else float("nan"),
    )  # fmt: skip


def _overstated(status: ProgramStatus) -> tuple[str, ...]:
    """Colours that are too kind; many of them in one sentence."""
    if len(status.overstated) <= _FEW:
        return tuple(overstated(status.rows))
    parts = [f"{label} ({status[label].reported}, {status[label].rag})"
             for label in status.overstated]  # fmt: skip
    return (f"reported better than computed: {listed(parts, _FEW)}",)


def _exceptions(status: ProgramStatus, escalation: Escalation) -> tuple[str, ...]:
    """What the figures hide, what is beyond its tolerance, and what should have been settled."""
    currency = status.program.settings.currency
    said = [*hidden(status.rows), *_overstated(status)]
    for issue in issue_log(status.program).overdue:
        name = f"issue {issue.id} {issue.name}".rstrip()
        said.append(f"due {moment_words(issue.due)}, of {issue.owner or 'nobody'}: {name}")
    lost = [row for row in _benefits(status.program) if row.forecast < row.planned - 0.5]
    if lost:
        less = money_text(sum(row.planned - row.forecast for row in lost), currency)
        said.append(f"benefits: {less} less than planned is forecast")
    # what is exceeded stands above as a decision; here by how much, after what stands nowhere else
    check = escalation.check
    for one in check.exceeded:
        of = "" if one.tolerance.project else "program "
        said.append(of + check.sentence(one).rsplit(": the ", 1)[0])
    return tuple(said)
