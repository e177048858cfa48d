"""A project's exception, translated into what the sponsor must decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.analysis.control.exceptions import ExceptionReport, Option
from pmkit.analysis.control.tolerance_check import Check
from pmkit.analysis.cost_at_completion import cost_at_completion
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.gating.pausing import delivery_days
from pmkit.analysis.governing.escalation import escalate
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.telling.deadlines import Deadline, deadlines
from pmkit.analysis.valuing.benefit_plan import plan_benefits
from pmkit.analysis.words import days_text, moment_text, money_text
from pmkit.model.errors import PlanError
from pmkit.model.program import Program

if TYPE_CHECKING:
    import pandas as pd

_SAME = 1e-6
_INDENTED = " style='margin-left:1.5em'"


@dataclass(frozen=True, eq=False)
class WeighedOption:
    """One option in the sponsor's terms.

    Parameters
    ----------
    option
        From the exception report.
    days
        By how many working days the project delivers later (below 0: earlier) than as it is.
    cost
        Money more than as it is.
    benefit
        Money of benefit that comes less than was planned; ``None`` where no dates tell.
    """

    option: Option
    days: float
    cost: float
    benefit: float | None

    @property
    def name(self) -> str:
        """What it is called."""
        return self.option.name


@dataclass(frozen=True, eq=False, repr=False)
class ExceptionTranslation:
    """What the sponsor must decide about a project.

    Attributes
    ----------
    report
        The exception report that it comes from.
    project
        Id; empty for the program.
    decider, person
        The role that decides, and by name where the program tells.
    reason
        Why it goes so high, as a clause; may be empty.
    options
        At least two.
    deadlines
        What is missed unless it is decided before, the first first.
    """

    report: ExceptionReport
    project: str
    decider: str
    person: str
    reason: str
    options: tuple[WeighedOption, ...]
    deadlines: tuple[Deadline, ...]

    @property
    def recommended(self) -> str:
        """Name of the option that is recommended."""
        return self.report.recommended

    @property
    def best(self) -> WeighedOption:
        """The option that is recommended."""
        return self[self.recommended]

    @property
    def decide_by(self) -> date | float | None:
        """When it must be decided at the latest; ``None`` where nothing is missed.

        A date; in a plan without dates working days after its start.
        """
        return self.deadlines[0].when if self.deadlines else None

    @property
    def question(self) -> str:
        """What is to be decided, in one sentence."""
        about = self.project or "the program"
        exceeded = " and ".join(self._off(one) for one in self.report.check.exceeded)
        best = self.best
        if not best.option.scenario.changes:
            return f"{about}: {exceeded}: shall it go on as it is{self._price(best)}?"
        return f"{about}: {exceeded}: shall we {_lower(best.name)}{self._price(best)}?"

    def _off(self, one: Check) -> str:
        """How far a tolerance is exceeded."""
        deviation = one.deviation or 0.0
        off, allowed = (one.amount(_told(abs(amount or 0.0)), self._currency)
                        for amount in (deviation, one.limit))  # fmt: skip
        way = "above" if deviation > 0 else "below"
        return f"{one.tolerance.label} is forecast {off} {way} target, {allowed} allowed"

    def _price(self, one: WeighedOption) -> str:
        """What an option costs, wins and leaves at stake, as the end of a sentence."""
        parts = []
        if one.cost > _SAME:
            parts.append(f"for {money_text(one.cost, self._currency)} more")
        elif one.cost < -_SAME:
            parts.append(f"for {money_text(-one.cost, self._currency)} less")
        if abs(one.days) > _SAME:
            way = "earlier" if one.days < 0 else "later"
            parts.append(f"{days_text(round(abs(one.days), 1))} {way}")
        if one.benefit is not None and abs(one.benefit) > _SAME:
            lost = money_text(abs(one.benefit), self._currency)
            parts.append(f"with {lost} of benefit {'lost' if one.benefit > 0 else 'gained'}")
        return f" {', '.join(parts)}" if parts else ""

    @property
    def _currency(self) -> str:
        return self.report.plan.settings.currency

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per option.

        ``days cost benefit_at_stake finish within recommended``: working days by which the project
        delivers later (below 0: earlier) and money more than as it is; benefit that comes less than
        planned, NaN where no dates tell; the finish of the program.
        """
        import pandas as pd

        rows = [
            (
                one.days, one.cost, one.benefit,
                moment_text(one.option.check.schedule, one.option.finish),
                one.option.check.is_within, one.name == self.recommended,
            )
            for one in self.options
        ]  # fmt: skip
        columns = ["days", "cost", "benefit_at_stake", "finish", "within", "recommended"]
        index = pd.Index([one.name for one in self.options], name="option", dtype=object)
        table = pd.DataFrame(rows, index=index, columns=columns)
        return table.astype({"days": float, "cost": float, "benefit_at_stake": float})

    def __getitem__(self, name: object) -> WeighedOption:
        """Return an option by name."""
        for one in self.options:
            if one.name == str(name):
                return one
        known = ", ".join(repr(one.name) for one in self.options)
        raise KeyError(f"no option {str(name)!r}, only {known}")

    def explain(self, option: str | None = None) -> Explanation:
        """Show what an option comes to; without one, who decides, by when, and why."""
        if option is not None:
            one = self[option]
            told = self.report.explain(option)
            lines = list(told.lines)
            if one.benefit is not None:
                lines.append("benefit that comes less than planned: "
                             f"{money_text(one.benefit, self._currency)}")  # fmt: skip
            return Explanation(f"{option}{self._price(one)}", tuple(lines))
        lines = [f"{self._who} decides{f': {self.reason}' if self.reason else ''}"]
        lines += [one.sentence for one in self.deadlines] or ["nothing is missed by waiting"]
        lines.append(f"recommended: {self.recommended}, {self.report.reason}")
        return Explanation(self.question, tuple(lines))

    @property
    def _who(self) -> str:
        return f"the {self.decider}" + (f" ({self.person})" if self.person else "")

    def __str__(self) -> str:
        by = f", by {self.deadlines[0].shown}" if self.deadlines else ""
        lines = [self.question, f"To decide: {self._who}{by}"]
        lines += [f"  {one.sentence}" for one in self.deadlines[:1]]
        lines.append("Options")
        for one in self.options:
            mark = " (recommended)" if one.name == self.recommended else ""
            lines.append(f"  {one.name}{mark}:{self._price(one) or ' nothing changes'}")
        lines.append(f"Recommended: {self.recommended}, {self.report.reason}")
        return "\n".join(lines)

    def __repr__(self) -> str:
        by = f" by {self.deadlines[0].shown}" if self.deadlines else ""
        return (
            f"ExceptionTranslation {self.project or 'program'}: {self._who} decides{by}, "
            f"{len(self.options)} options, recommended: {self.recommended}"
        )

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<li{_INDENTED if line.startswith(' ') else ''}>{escape(line.strip())}</li>"
            for line in str(self).splitlines()[1:]
        )
        return f"<p><strong>{escape(self.question)}</strong></p><ul>{rows}</ul>"


def translate_exception(
    source: Program | ExceptionReport,
    project: str = "",
    *,
    confidence: float = 0.8,
    trials: int = 2_000,
    seed: int = 0,
) -> ExceptionTranslation:
    """Translate a project's exception into what its sponsor must decide.

    Parameters
    ----------
    source
        A program, or an exception report about one.
    project
        The project; empty for the program as a whole.
    confidence, trials, seed
        Of the forecast that triggers, where a program is given; see `escalate`.

    Returns
    -------
    ExceptionTranslation
        The question in one sentence, the options with their cost, days and benefit at stake, a
        recommendation, by when, and who decides. Printed, it is what the sponsor reads.

    Raises
    ------
    PlanError
        If there is no such project, nothing is beyond tolerance, or only one option is known.

    Notes
    -----
    The benefit at stake is what comes less than planned when projects deliver as the option has it
    (`plan_benefits`, with the probability that it comes). It is to be decided before the first of
    these: work begins that the recommended option would do differently; another project needs what
    this one has promised; its next gate.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.control import Control
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import ProjectInfo
    >>> from pmkit.model.tolerance import Tolerance
    >>> build = Activity("Build", 8, fixed_cost=100, crash_duration=5, crash_cost=400,
    ...                  baseline_start=0, baseline_finish=5)
    >>> info = ProjectInfo("Depot", manager="Amara", sponsor="Head of Property")
    >>> depot = Project((build,), members=(info,), control=Control((Tolerance("time", above=1),)))
    >>> asked = translate_exception(Program((depot,)), "Depot")
    >>> asked.question
    'Depot: time is forecast 3 days above target, 1 day allowed: shall we crash Depot to day 6 for
    200 more, 2 days earlier?'
    >>> asked
    ExceptionTranslation Depot: the program manager decides by day 0, 2 options, recommended: Crash
    Depot to day 6
    """
    project = str(project)
    if isinstance(source, ExceptionReport):
        report, program = source, source.plan
        if not isinstance(program, Program):
            raise PlanError("translate exception: the report must be about a program, got one "
                            f"about a {type(program).__name__}")  # fmt: skip
        _known(program, project)
        decider, person, reason = report.authority, "", ""
    elif isinstance(source, Program):
        program = source
        _known(program, project)
        raised = escalate(program, confidence=confidence, trials=trials, seed=seed)
        item = raised[project or "program"]
        if not item.is_beyond:
            raise PlanError(
                f"translate exception: {item.label} must be beyond tolerance, it is within: "
                f"{item.who} decides"
            )
        found = raised.report(item.label)
        if found is None:
            raise PlanError(
                f"translate exception: {item.label} must have at least two options, the plan "
                "itself knows one; make an exception_report(plan, options) with others"
            )
        report, decider, person, reason = found, item.role, item.person, item.reason
    else:
        raise PlanError("translate exception: needs a program or an exception report, got "
                        f"{type(source).__name__}")  # fmt: skip
    options = tuple(_weighed(program, project, report, one) for one in report.options)
    when = deadlines(program, project, report.check.schedule, report[report.recommended].scenario)
    return ExceptionTranslation(report, project, decider, person, reason, options, when)


def _known(program: Program, project: str) -> None:
    ids = [one.id for one in program.projects]
    if project and project not in ids:
        known = ", ".join(map(repr, ids)) or "none"
        raise PlanError(
            f"translate exception: project must be one with activities ({known}), got {project!r}"
        )


def _weighed(
    program: Program, project: str, report: ExceptionReport, option: Option
) -> WeighedOption:
    before, after = report.check.schedule, option.check.schedule
    days = _finish(project, after) - _finish(project, before)
    cost = option.cost - cost_at_completion(program)
    return WeighedOption(option, round(days, 6), cost, _at_stake(program, after))


def _finish(project: str, schedule: Schedule) -> float:
    return delivery_days(schedule)[project] if project else schedule.finish


def _at_stake(program: Program, schedule: Schedule) -> float | None:
    """What comes less than planned of all benefits, with the probability that it comes."""
    total = 0.0
    for one in plan_benefits(program, schedule=schedule).benefits:
        if one.forecast_total:
            total += (one.planned_total - one.forecast_total) * (
                one.risk_adjusted_total / one.forecast_total
            )
    return None if total != total else total


def _told(amount: float) -> float:
    """How far a forecast is off, as exactly as a reader needs it."""
    return round(amount, 1) if amount >= 1 else amount


def _lower(name: str) -> str:
    """A name as it stands within a sentence."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
