"""One set of rules for a program whose files have several; every difference is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pmkit.files.merging.differences import (
    RULES,
    rule_differences,
    settle_currency,
    settle_discount,
    settle_status,
)
from pmkit.files.merging.hours import (
    control_in_days,
    in_days_of,
    links_in_days,
    resource_in_days,
    risk_in_days,
)
from pmkit.files.merging.sheets import ProgramSheets
from pmkit.files.merging.sources import Source, by_name
from pmkit.model.calendar import Calendar
from pmkit.model.errors import PlanError, Problem
from pmkit.model.moments import as_datetime
from pmkit.model.program import Program
from pmkit.model.project import LAG_CALENDARS, Project
from pmkit.model.resource import Resource
from pmkit.model.settings import Settings

_TAKEN = ("name", "finish", "discount_rate", "contingency", "management_reserve", "start",
          "status_date", "currency", "calendar", "hours_per_day")  # fmt: skip


@dataclass(slots=True)
class Rules:
    """Settings of the program, and what to say about those of the files."""

    settings: Settings
    notes: list[str] = field(default_factory=list)


def as_in_their_programs(sources: Sequence[Source]) -> None:
    """Write out what a project takes from the program of its file, before it leaves it."""
    nothing = Settings()
    for source in sources:
        plan = source.plan
        if not isinstance(plan, Program):
            continue
        known = {c.name: c for c in plan.network.calendars} if plan.projects else {}
        projects = []
        for project in source.projects:
            own = project.settings
            rules = {
                name: getattr(plan.settings, name)
                for name in (*RULES, "hours_per_day", "calendar", "start", "currency")
                if getattr(own, name) == getattr(nothing, name)
            }
            calendar = rules.get("calendar") or own.calendar
            names = {c.name for c in project.calendars}
            more = tuple(
                known[name]
                for name in dict.fromkeys((calendar, rules.get("lag_calendar", "")))
                if name and name in known and name not in names
            )
            projects.append(
                replace(project, settings=replace(own, **rules),
                        calendars=(*project.calendars, *more))
            )  # fmt: skip
        source.projects = projects


def one_set_of_rules(
    sources: Sequence[Source], sheets: Sequence[ProgramSheets], rules: str | None
) -> Rules:
    """Return the settings of the program, and change the projects so that they hold.

    Parameters
    ----------
    sources
        The files; their projects are changed.
    sheets
        What files without activities say: what they state goes before any other.
    rules
        The file, or the project, whose rules hold where no sheet states them; the first by default.

    Raises
    ------
    PlanError
        If `rules` names none of the files.
    """
    everybody, sources = sources, [source for source in sources if source.projects]
    if not sources:
        raise PlanError("read: at least one of the files must have activities, got none")
    base = _base(sources, rules)
    told = {n: (one.setting(n), one.file) for one in reversed(sheets) for n in one.stated}
    first = base.projects[0].settings
    values: dict[str, Any] = {
        name: told[name][0] if name in told else getattr(first, name)
        for name in (*RULES, "hours_per_day")
    }
    values["calendar"] = first.calendar if base.calendar is None else base.calendar
    values |= {name: told[name][0] for name in _TAKEN if name in told}
    if len(sources) == 1 and isinstance(base.plan, Program):
        values = {n: getattr(base.plan.settings, n) for n in ("name", "finish", "discount_rate")
                  } | values  # fmt: skip
    money = [s.plan.settings for s in sources if isinstance(s.plan, Program)]
    for name in ("contingency", "management_reserve"):
        values.setdefault(name, sum((getattr(one, name) for one in money), 0.0))
    every = [p.settings for s in sources for p in s.projects]
    starts = [one.start for one in every if one.start is not None]
    if starts:
        values.setdefault("start", min(starts, key=as_datetime))
    notes = [*rule_differences(sources, base, values, told)]
    notes += settle_status(sources, values)
    notes += settle_currency(sources, values)
    notes += settle_discount(sources, values)
    extra = {k: v for one in sheets if one.program for k, v in one.program.settings.extra.items()}
    settings = Settings(**values, extra=extra)
    calendars = _calendars_of(sources, sheets)
    for name in ("calendar", "lag_calendar"):
        word = values[name]
        if name in told and word not in calendars and word not in LAG_CALENDARS:
            raise PlanError(
                Problem(f"settings: {name} must be one of the plan's calendars, got {word!r}",
                        told[name][1], "settings", column=name)
            )  # fmt: skip
    for source in everybody:
        _apply(source, settings, calendars)
    return Rules(settings, notes)


def _base(sources: Sequence[Source], rules: str | None) -> Source:
    if rules is None:
        return sources[0]
    for source in sources:
        ids = [*source.ids, *source.ids.values()]
        if by_name({str(rules): None}, source, *ids):
            return source
    files = ", ".join(source.file for source in sources)
    raise PlanError(f"rules: must be one of the files ({files}), got {str(rules)!r}")


def _calendars_of(
    sources: Sequence[Source], sheets: Sequence[ProgramSheets]
) -> dict[str, Calendar]:
    groups = [one.program.calendars for one in sheets if one.program]
    groups += [s.whole.get("calendars", ()) for s in sources]
    groups += [p.calendars for s in sources for p in s.projects]
    return {c.name: c for group in groups for c in group}


def _apply(source: Source, settings: Settings, calendars: dict[str, Calendar]) -> None:
    """Bring a file's projects, and what it holds beside them, under the program's rules."""
    rules = {name: getattr(settings, name) for name in RULES}
    hours = source.projects[0].settings.hours_per_day if source.projects else 0.0
    source.projects = [
        _with_rules(in_days_of(p, settings.hours_per_day), settings, rules, calendars,
                    p.settings.calendar if source.calendar is None else source.calendar)
        for p in source.projects
    ]  # fmt: skip
    whole = source.whole
    if hours and whole and hours != settings.hours_per_day:
        by = hours / settings.hours_per_day
        whole["interdependencies"] = links_in_days(whole["interdependencies"], by)
        whole["risks"] = tuple(risk_in_days(risk, by) for risk in whole["risks"])
        whole["resources"] = tuple(resource_in_days(r, by) for r in whole["resources"])
        whole["control"] = control_in_days(whole["control"], by)
    if whole and source.calendar != settings.calendar:
        standing = source.calendar or _standard(calendars)
        named = calendars.get(standing) or Calendar.standard(standing)
        whole["resources"] = _working_by(whole["resources"], standing)
        whole["calendars"] = (*(c for c in whole["calendars"] if c.name != standing), named)


def _with_rules(
    project: Project, settings: Settings, rules: dict[str, Any], calendars: dict[str, Calendar],
    standing: str,
) -> Project:  # fmt: skip
    """Return a project under the program's rules, with its own calendar named.

    Parameters
    ----------
    standing
        The calendar by which a resource works that has none of its own.
    """
    own = project.settings.calendar
    known = {c.name: c for c in project.calendars}
    if not own and settings.calendar:
        own = _standard(calendars)
        known[own] = Calendar.standard(own)
    lag = settings.lag_calendar
    if lag not in LAG_CALENDARS and lag in calendars:
        known[lag] = calendars[lag]
    resources = project.resources
    if standing != settings.calendar:
        name = standing or _standard(calendars)
        known.setdefault(name, calendars.get(name) or Calendar.standard(name))
        resources = _working_by(resources, name)
    return replace(
        project,
        settings=replace(project.settings, calendar=own, **rules),
        calendars=tuple(known.values()),
        resources=resources,
    )


def _working_by(resources: Sequence[Resource], calendar: str) -> tuple[Resource, ...]:
    """Name the calendar of those without one: the program's, which they would take, is another."""
    return tuple(r if r.calendar else replace(r, calendar=calendar) for r in resources)


def _standard(calendars: dict[str, Calendar]) -> str:
    """Return a name for Monday to Friday, 8 hours, that means nothing else."""
    name = "standard"
    while name in calendars and calendars[name] != Calendar.standard(name):
        name = f"{name} (Mon-Fri, 8 h)"
    return name
