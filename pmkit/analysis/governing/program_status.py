"""How every project of a program stands, from sums and from the forecast, and what they hide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.control.tolerance_check import Check, ToleranceCheck
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.governing.program_measures import Limit, ProgramMeasures
from pmkit.analysis.governing.project_values import NUMBERS, ProgramValues, program_values
from pmkit.analysis.governing.rag import Rag, rag_of, worst
from pmkit.analysis.governing.status_findings import hidden, overstated
from pmkit.analysis.governing.status_lines import standing_lines, value_lines
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.activity import Moment
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Program
from pmkit.model.tolerance import Measure

if TYPE_CHECKING:
    import pandas as pd

PROGRAM = "program"
"""The row of the whole, below its projects."""

_NEVER = np.datetime64("NaT", "us")

MEASURES = (Measure.TIME, Measure.COST)


@dataclass(frozen=True, slots=True)
class Standing:
    """Time or cost of one project held against its limit.

    Parameters
    ----------
    on
        Time or cost.
    limit
        Up to where it may go, and what was committed to.
    p50, p80
        Of the forecast: working days, or money.
    rag
        What that comes to.
    """

    on: Measure
    limit: Limit
    p50: float
    p80: float
    rag: Rag


@dataclass(frozen=True, slots=True)
class ProjectStatus:
    """One project, or the whole.

    Parameters
    ----------
    project
        Id; empty for the program.
    name, manager
        As the program has them.
    values
        Earned value, by column.
    time, cost
        How each stands.
    reported
        The colour that somebody reported; ``None`` where nobody did.
    """

    project: str
    name: str
    manager: str
    values: Mapping[str, float]
    time: Standing
    cost: Standing
    reported: Rag | None

    @property
    def rag(self) -> Rag:
        """The worse of time and cost."""
        return worst((self.time.rag, self.cost.rag))

    @property
    def label(self) -> str:
        """What the row is called."""
        return self.project or PROGRAM

    @property
    def is_overstated(self) -> bool:
        """Whether a better colour was reported than the forecast has."""
        return self.reported is not None and 0 < self.reported.rank < self.rag.rank


@dataclass(frozen=True, eq=False, repr=False)
class ProgramStatus:
    """Where a program and its projects stand.

    Attributes
    ----------
    program
        The program.
    rows
        One per project in the order of the program, and the program last.
    trials, seed
        Of the simulation that the forecasts come from.
    notes
        What is not known or was left out, a sentence each.
    """

    program: Program
    rows: tuple[ProjectStatus, ...]
    trials: int
    seed: int
    notes: tuple[str, ...]
    _measures: ProgramMeasures
    _values: ProgramValues

    @property
    def schedule(self) -> Schedule:
        """The schedule of the program."""
        return self._measures.schedule

    @property
    def correlation(self) -> str:
        """What varies together with what in the trials, in words."""
        return self._measures.forecasts.correlation

    @property
    def status_date(self) -> Any:
        """Up to when progress is known; ``None`` where that is not known."""
        return self._values.at

    @property
    def whole(self) -> ProjectStatus:
        """The row of the program."""
        return self.rows[-1]

    @property
    def projects(self) -> tuple[ProjectStatus, ...]:
        """The rows of the projects."""
        return self.rows[:-1]

    @cached_property
    def check(self) -> ToleranceCheck:
        """Every tolerance held against the P80 of the forecast."""
        return self._measures.check()

    @property
    def exceptions(self) -> tuple[Check, ...]:
        """The tolerances that the forecast exceeds, of projects and of the program."""
        return self.check.exceeded

    @cached_property
    def overstated(self) -> tuple[str, ...]:
        """Projects of which a better colour was reported than the forecast has, by id."""
        return tuple(row.label for row in self.rows if row.is_overstated)

    @cached_property
    def findings(self) -> tuple[str, ...]:
        """What the figures hide, a sentence each."""
        return (*hidden(self.rows), *overstated(self.rows))

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per project and ``program`` last, indexed by project id.

        Earned value ``bac pv ev ac cv sv cpi spi es at spi_t``; of ``finish`` (working days) and
        ``cost`` the ``_target _limit _p50 _p80``, dates of the four finishes where there are any;
        ``rag_time rag_cost rag reported_rag``.
        """
        import pandas as pd

        index = pd.Index([row.label for row in self.rows], name="project", dtype=object)
        columns: dict[str, Any] = {
            "name": [row.name for row in self.rows],
            "manager": [row.manager for row in self.rows],
        }
        columns |= {name: [row.values[name] for row in self.rows] for name in NUMBERS}
        for name, key in (("finish", "time"), ("cost", "cost")):
            found: list[Standing] = [getattr(row, key) for row in self.rows]
            amounts: dict[str, list[float | None]] = {
                "target": [one.limit.target for one in found],
                "limit": [one.limit.value for one in found],
                "p50": [one.p50 for one in found],
                "p80": [one.p80 for one in found],
            }
            for what, numbers in amounts.items():
                columns[f"{name}_{what}"] = [float("nan") if n is None else n for n in numbers]
                if key == "time" and self.schedule.is_dated:
                    columns[f"{name}_{what}_date"] = np.array(
                        [_NEVER if n is None else self.schedule.date_of(n) for n in numbers],
                        "datetime64[us]",
                    )
        columns["rag_time"] = [str(row.time.rag) for row in self.rows]
        columns["rag_cost"] = [str(row.cost.rag) for row in self.rows]
        columns["rag"] = [str(row.rag) for row in self.rows]
        columns["reported_rag"] = [str(row.reported or "") for row in self.rows]
        return pd.DataFrame(columns, index=index)

    def __getitem__(self, project: object) -> ProjectStatus:
        """Return one row by the id of the project, or ``"program"``."""
        for row in self.rows:
            if row.label == str(project):
                return row
        known = ", ".join(repr(row.label) for row in self.rows)
        raise KeyError(f"no project {project!r}, only {known}")

    def explain(self, project: object = PROGRAM) -> Explanation:
        """Show why a project has its colour, with the numbers put in."""
        row = self[project]
        lines: list[str] = []
        for one in (row.time, row.cost):
            lines += standing_lines(one, self._measures)
        lines += value_lines(row)
        if row.reported is not None:
            lines.append(f"reported: {row.reported}")
        title = f"{row.label} is {row.rag}: time {row.time.rag}, cost {row.cost.rag}"
        return Explanation(title, tuple(lines))

    def __repr__(self) -> str:
        colours = [row.rag for row in self.projects]
        counts = ", ".join(
            f"{colours.count(colour)} {colour}"
            for colour in (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.UNKNOWN)
            if colour in colours
        )
        told = f"ProgramStatus {len(colours)} projects: {counts}; the program is {self.whole.rag}"
        return f"{told}; {self.findings[0]}" if self.findings else told

    def _repr_html_(self) -> str:
        head = ("Project", "RAG", "Time", "Cost", "SPI", "SPI(t)", "CPI", "Finish P80", "Cost P80")
        body = ""
        for row in self.rows:
            cells = [row.label, *(f"{c.symbol} {c}" for c in (row.rag, row.time.rag, row.cost.rag))]
            cells += [_index(row.values[name]) for name in ("spi", "spi_t", "cpi")]
            cells += [self._measures.amount_text(one.on, one.p80) for one in (row.time, row.cost)]
            body += "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
        heads = "".join(f"<th>{word}</th>" for word in head)
        said = "".join(f"<li>{escape(one)}</li>" for one in (*self.findings, *self.notes))
        return (
            f"<p>{escape(repr(self))}</p><table><thead><tr>{heads}</tr></thead>"
            f"<tbody>{body}</tbody></table>" + (f"<ul>{said}</ul>" if said else "")
        )


def program_status(
    program: Program, *, at: Moment | str | None = None, trials: int = 2_000, seed: int = 0,
    within: float | None = None, across: float | None = None,
    reported: Mapping[str, str] | None = None,
) -> ProgramStatus:  # fmt: skip
    """Roll up a program and give each project the colour that its forecast earns.

    Parameters
    ----------
    program
        With a baseline, progress and tolerances, as far as there are any.
    at
        The date at which earned value is measured; the status date by default.
    trials, seed, within, across
        Of the one simulation that all forecasts come from, as for `simulate_program`; durations are
        correlated 0.3 within a project and 0.2 across where nobody says otherwise.
    reported
        The colour that each project reported: ``{project: "green"}``, ``"program"`` for the whole.
        By default the column `reported_rag` or `rag` of the sheet `projects`.

    Returns
    -------
    ProgramStatus
        ``.table``, ``.findings``, ``.exceptions``, ``.overstated`` and ``.explain(project)``.

    Raises
    ------
    PlanError
        For a colour that is none, a project that there is not, a date that cannot be measured, or
        fewer than one trial.

    Notes
    -----
    PV, EV and AC are summed and then divided; earned schedule is read on the summed curve (Lipke,
    2003). A mean of the projects' indices would say something else.

    Green: the P80 of the forecast is within tolerance; amber: the P50 is and the P80 is not; red:
    the P50 is beyond. The limit itself is within. Without a tolerance the limit is the baseline.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import ProjectInfo, Settings
    >>> def one(id_, percent):
    ...     build = Activity("Build", 10, cost_per_day=100, baseline_start=0, baseline_finish=10,
    ...                      actual_start=0, percent_complete=percent, actual_cost=500)
    ...     return Project((build,), settings=Settings(status_date=5), members=(ProjectInfo(id_),))
    >>> status = program_status(Program((one("Ahead", 65), one("Behind", 35))))
    >>> status.table["spi"].tolist()
    [1.3, 0.7, 1.0]
    >>> status.findings[0]
    'program SPI 1.00 hides Behind at 0.70 and Ahead at 1.30'
    >>> print(status.explain("Behind"))
    Behind is red: time red, cost red
      time: finish of the baseline: day 10
      time: no tolerance is set, so the limit is the baseline itself: day 10
      time: P50 day 11.5, P80 day 11.5, 2,000 trials: P50 is beyond the limit by 1.5 days
      cost: budget at completion, contingency included: 1,000
      cost: no tolerance is set, so the limit is the baseline itself: 1,000
      cost: P50 1,150, P80 1,150, 2,000 trials: P50 is beyond the limit by 150
      SPI = EV / PV = 350 / 500 = 0.70
      SPI(t) = ES / AT = 3.5 / 5 = 0.70
      CPI = EV / AC = 350 / 500 = 0.70
    """
    if not isinstance(program, Program):
        raise PlanError("program status: must be a Program, got a project; pm.earned_value and "
                        "pm.check_tolerances tell how one project stands")  # fmt: skip
    if isinstance(trials, bool) or not isinstance(trials, int) or trials < 1:
        raise PlanError(
            f"program status: trials must be a whole number of at least 1, got {trials!r}"
        )
    notes: list[str] = []
    colours = _reported(program, reported, notes)
    measures = ProgramMeasures(program, trials, seed, within=within, across=across)
    values = program_values(program, at)
    rows = []
    infos = {info.id: info for info in program.members}
    for id_ in (*(project.id for project in program.projects), ""):
        info = infos.get(id_)
        time, cost = (_standing(measures, on, id_, notes) for on in MEASURES)
        rows.append(
            ProjectStatus(
                id_, info.name if info else program.name, info.manager if info else "",
                values.rows[id_], time, cost, colours.get(id_),
            )
        )  # fmt: skip
    if waiting := [info.name or info.id for info in program.candidates]:
        notes.append(f"not in the table, for lack of activities: {', '.join(waiting)}")
    return ProgramStatus(
        program, tuple(rows), trials, seed, (*notes, *values.notes), measures, values
    )


def _standing(measures: ProgramMeasures, on: Measure, project: str, notes: list[str]) -> Standing:
    limit = measures.limit(on, project)
    forecast = measures.distribution(on, project)
    p50, p80 = forecast.quantile(0.5), forecast.quantile(0.8)
    if limit.value is None:
        notes.append(f"{on} of {project or 'the program'} has no colour: {limit.reason}")
        return Standing(on, limit, p50, p80, Rag.UNKNOWN)
    beyond = [measures.is_beyond(on, amount, limit.value) for amount in (p50, p80)]
    return Standing(on, limit, p50, p80, rag_of(*beyond))


def _reported(
    program: Program, reported: Mapping[str, str] | None, notes: list[str]
) -> dict[str, Rag]:
    """What was reported, by project; ``""`` for the program."""
    if reported is None:
        return dict(_in_sheet(program, notes))
    known = [project.id for project in program.projects]
    problems, found = [], {}
    for project, word in reported.items():
        if project not in (*known, PROGRAM):
            told = ", ".join(map(repr, (*known, PROGRAM)))
            problems.append(Problem(f"reported: project must be one of {told}, got {project!r}"))
            continue
        try:
            colour = Rag.read(word, f"reported of {project!r}")
        except PlanError as error:
            problems += error.problems
            continue
        found[project if project in known else ""] = colour
    if problems:
        raise PlanError(problems)
    return found


def _in_sheet(program: Program, notes: list[str]) -> list[tuple[str, Rag]]:
    """The column of the sheet `projects`, under whichever of its names."""
    found = []
    for info in program.members:
        told = {str(key).strip().casefold().replace(" ", "_"): value
                for key, value in info.extra.items()}  # fmt: skip
        for column in ("reported_rag", "rag"):
            word = told.get(column)
            if word is None or word != word or not str(word).strip():
                continue
            try:
                found.append((info.id, Rag.read(word, f"project {info.id!r}, {column}")))
            except PlanError as error:
                notes.append(str(error))
            break
    return found


def _index(value: float) -> str:
    return "" if value != value else f"{value:.2f}"
