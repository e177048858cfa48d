"""What goes up, to whom, and with which options: by the forecast, before anything is broken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from pmkit.analysis.control.exceptions import ExceptionReport, report_on
from pmkit.analysis.control.tolerance_check import ToleranceCheck
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.governing.escalation_options import options_for, weighing
from pmkit.analysis.governing.program_measures import ProgramMeasures
from pmkit.analysis.governing.program_status import PROGRAM, ProgramStatus
from pmkit.analysis.governing.raising import Raised, raised
from pmkit.analysis.governing.status_findings import listed
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Program
from pmkit.model.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

_WORK, _FEWEST = 5_000_000, 200
"""Activities x trials that one option may take, and trials at least: a large program has fewer
trials for each of its options, all of them the same ones."""
_NO_SECOND = ("the plan itself knows no second option: give escalate(..., options={project: "
              "[Scenario(...), ...]})")  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class Escalation:
    """Who decides about each project, and about the program, by what is forecast.

    Attributes
    ----------
    program
        The program.
    confidence
        The quantile of the forecast that triggers.
    items
        One per project in the order of the program, and the program last.
    """

    program: Program
    confidence: float
    items: tuple[Raised, ...]
    _measures: ProgramMeasures
    _given: Mapping[str, tuple[Scenario, ...]]
    _reports: dict[str, ExceptionReport | None] = field(default_factory=dict)

    @property
    def schedule(self) -> Schedule:
        """The schedule of the program as it is."""
        return self._measures.schedule

    @property
    def check(self) -> ToleranceCheck:
        """Every tolerance held against the forecast, the default ones too."""
        return self._measures.check()

    @property
    def raised(self) -> tuple[Raised, ...]:
        """Those beyond tolerance, the highest level first, and the program before its projects."""
        beyond = [item for item in self.items if item.is_beyond]
        return tuple(sorted(beyond, key=lambda item: (-item.level, item.project != "")))

    def report(self, project: object = PROGRAM) -> ExceptionReport | None:
        """Return the exception report about a project: at least two options, one recommended.

        ``None`` within tolerance, and where neither the plan nor anybody else knows two options.
        """
        item = self[project]
        if not item.is_beyond:
            return None
        if item.label not in self._reports:
            self._reports[item.label] = self._report(item)
        return self._reports[item.label]

    def _report(self, item: Raised) -> ExceptionReport | None:
        check = self._measures.check(item.project)
        given = self._given.get(item.label, ())
        chosen = given or tuple(options_for(item.project, check, self._measures))
        if len(chosen) < 2:
            return None
        trials = min(self._measures.trials, max(_WORK // len(self.program.activities), _FEWEST))

        def again(changed: Program) -> ToleranceCheck:
            if changed is self.program and trials == self._measures.trials:
                return check
            now = replace(self._measures, plan=changed, trials=trials)
            return now.check(item.project)

        found = report_on(
            check, chosen, weighing(self.program, again), are_given=bool(given)
        )  # fmt: skip
        return replace(found, to=item.role)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per project and ``program`` last: the measure that decides who decides.

        ``measure forecast limit beyond unit level role person reason options recommended heard``:
        `forecast` and `limit` in working days for time, else in the unit; `beyond` is 0 within;
        `level` 0 for the project manager to 3 for the portfolio board; `options` how many the
        exception report has.
        """
        import pandas as pd

        rows: list[tuple[Any, ...]] = []
        for item in self.items:
            report = self.report(item.label)
            reason = item.reason
            if item.is_beyond and report is None:
                reason = f"{reason}; {_NO_SECOND}"
            rows.append((
                item.measure, item.forecast, item.limit, item.beyond, item.unit, item.level,
                item.role, item.person, reason, len(report.options) if report else 0,
                report.recommended if report else "", ", ".join(item.heard),
            ))  # fmt: skip
        columns = ["measure", "forecast", "limit", "beyond", "unit", "level", "role", "person",
                   "reason", "options", "recommended", "heard"]  # fmt: skip
        index = pd.Index([item.label for item in self.items], name="project", dtype=object)
        table = pd.DataFrame(rows, index=index, columns=columns)
        return table.astype(dict.fromkeys(("forecast", "limit", "beyond"), float))

    def __getitem__(self, project: object) -> Raised:
        """Return one by the id of the project, or ``"program"``."""
        for item in self.items:
            if item.label == str(project):
                return item
        known = ", ".join(repr(item.label) for item in self.items)
        raise KeyError(f"no project {project!r}, only {known}")

    def explain(self, project: object = PROGRAM) -> Explanation:
        """Show the forecast, the limits, and why it goes to whom."""
        item = self[project]
        return Explanation(item.sentence, item.lines)

    def __repr__(self) -> str:
        head = f"Escalation at P{100 * self.confidence:g}: "
        if not self.raised:
            return f"{head}all within tolerance, the project managers decide"
        roles = dict.fromkeys(item.role for item in self.raised)
        parts = [
            f"{listed([item.label for item in self.raised if item.role == role])} to the {role}"
            for role in roles
        ]
        return head + "; ".join(parts)

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{escape(item.sentence)}</li>" for item in self.items)
        return f"<p>{escape(repr(self))}</p><ul>{items}</ul>"


def escalate(
    program: Program | ProgramStatus, *, confidence: float = 0.8, trials: int = 2_000,
    seed: int = 0, within: float | None = None, across: float | None = None,
    options: Mapping[str, Iterable[Scenario]] | None = None,
) -> Escalation:  # fmt: skip
    """Say who decides about each project, by its forecast and before its tolerance is broken.

    Parameters
    ----------
    program
        With tolerances, and with the authority of its roles where there is any; a status that is
        known already serves as well, with its trials.
    confidence
        The quantile of the forecast that triggers; a tolerance that states a confidence of its own
        keeps that.
    trials, seed, within, across
        Of the simulation, as for `simulate_program`.
    options
        What could be done, by project (``"program"`` for the whole), at least two each; by default
        what the plan itself knows.

    Returns
    -------
    Escalation
        ``.table``, ``.raised``, ``.report(project)`` and ``.explain(project)``.

    Raises
    ------
    PlanError
        For a confidence outside 0 to 1, or options about a project that there is not.

    Notes
    -----
    Management by exception (AXELOS, *PRINCE2*, 2017, ch. 12): within the tolerance of a project
    its manager decides. Beyond it an exception report goes to the program manager. It goes on to
    the sponsor where the forecast of the project alone would break the tolerance of the program, or
    where what is asked for is beyond the program manager's authority; and to the portfolio board
    beyond that of the sponsor. The limit itself is within.

    What is asked for is what the forecast is beyond the baseline: days, money, benefit.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.control import Control
    >>> from pmkit.model.governance import Authority, Governance
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import ProjectInfo
    >>> from pmkit.model.tolerance import Tolerance
    >>> build = Activity("Build", 8, fixed_cost=100, crash_duration=5, crash_cost=400,
    ...                  baseline_start=0, baseline_finish=5)
    >>> depot = Project((build,), members=(ProjectInfo("Depot", manager="Amara"),),
    ...                 control=Control((Tolerance("time", above=2),)))
    >>> program = Program((depot,), control=Control((Tolerance("time", above=4),)),
    ...                   governance=Governance((Authority("project manager", days=2),
    ...                                          Authority("program manager", days=5))))
    >>> raised = escalate(program)
    >>> raised
    Escalation at P80: Depot to the program manager
    >>> raised.report("Depot").recommended
    'Crash Depot to day 7'
    >>> print(raised.explain("Depot"))
    Depot: time 1 day beyond its limit: the program manager decides
      finish of the baseline: day 5
      finish with 80% confidence, 2,000 trials of the program: day 8
      allowed: 2 days above, so the limit is day 7
      beyond the tolerance of Depot: at least the program manager
      it asks for 3 days later: the program manager may
    """
    if isinstance(confidence, bool) or not (
        isinstance(confidence, int | float) and 0 < confidence < 1
    ):
        raise PlanError(f"escalate: confidence must be between 0 and 1, got {confidence!r}")
    if isinstance(program, ProgramStatus):
        measures, program = program._measures.at(float(confidence)), program.program
    else:
        measures = ProgramMeasures(program, trials, seed, float(confidence), within, across)
    known = [*(project.id for project in program.projects), PROGRAM]
    given = {str(key): tuple(some) for key, some in (options or {}).items()}
    told = ", ".join(map(repr, known))
    problems = [
        Problem(f"escalate: options must be about one of {told}, got {key!r}")
        for key in given
        if key not in known
    ] + [
        Problem(f"escalate: options about {key!r} must be at least two, got {len(some)}")
        for key, some in given.items()
        if len(some) < 2
    ]
    if problems:
        raise PlanError(problems)
    check = measures.check()
    items = tuple(
        raised(program, project, check, measures)
        for project in (*(one.id for one in program.projects), "")
    )
    return Escalation(program, float(confidence), items, measures, given)
