"""One set of rules for a program whose files have several; every difference is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

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

_RULES = ("lag_calendar", "critical_float", "constraints", "progress", "total_float", "critical")
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
                for name in (*_RULES, "hours_per_day", "calendar", "start", "currency")
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


def check_dates(sources: Sequence[Source], starts: dict[str, Any]) -> None:
    """Refuse plans with and without dates together.

    Raises
    ------
    PlanError
        With every plan that has no start date while another one has.
    """
    dated = [s for s in sources if all(p.settings.is_dated for p in s.projects)]
    if not dated:
        return
    problems = []
    for source in sources:
        for position, project in enumerate(source.projects):
            if project.settings.is_dated:
                continue
            start = starts.get(project.id)
            if start is None:
                problems.append(
                    Problem(
                        f"project {project.id!r}: it must have a start date, as "
                        f"{dated[0].file} has one, got none; a sheet of projects may say it",
                        source.file, ids=(project.id,),
                    )
                )  # fmt: skip
                continue
            try:
                settings = replace(project.settings, start=start)
                source.projects[position] = replace(project, settings=settings)
            except PlanError as error:
                problems += [Problem(p.sentence, source.file, ids=p.ids) for p in error.problems]
    if problems:
        raise PlanError(problems)


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
        for name in (*_RULES, "hours_per_day")
    }
    values["calendar"] = first.calendar if base.calendar is None else base.calendar
    values |= {name: told[name][0] for name in _TAKEN if name in told}
    if len(sources) == 1 and isinstance(base.plan, Program):
        values = {n: getattr(base.plan.settings, n) for n in ("name", "finish", "discount_rate")
                  } | values  # fmt: skip
    money = [s.plan.settings for s in sources if isinstance(s.plan, Program)]
    for name in ("contingency", "management_reserve"):
        values.setdefault(name, sum(getattr(one, name) for one in money))
    every = [p.settings for s in sources for p in s.projects]
    starts = [one.start for one in every if one.start is not None]
    if starts:
        values.setdefault("start", min(starts, key=as_datetime))
    notes = [*_differences(sources, base, values, told)]
    notes += _status(sources, values)
    notes += _currency(sources, values)
    notes += _discount(sources, values)
    extra = {k: v for one in sheets if one.program for k, v in one.program.settings.extra.items()}
    settings = Settings(**values, extra=extra)
    calendars = _calendars_of(sources, sheets)
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


def _differences(
    sources: Sequence[Source], base: Source, values: dict[str, Any],
    told: dict[str, tuple[Any, str]],
) -> Iterable[str]:  # fmt: skip
    for source in sources:
        own = source.projects[0].settings
        parts = []
        for name in _RULES:
            mine, theirs = getattr(own, name), values[name]
            if _same_rule(name, mine) == _same_rule(name, theirs):
                continue
            parts.append(f"{name} is {theirs or 'successor'!r} here, {mine or 'successor'!r} there")
        hours = values["hours_per_day"]
        if own.hours_per_day != hours:
            parts.append(
                f"a working day has {hours:g} hours here, {own.hours_per_day:g} there (durations, "
                "lags and costs per day are counted anew)"
            )
        if parts:
            whose = dict.fromkeys(
                told[n][1] if n in told else base.file for n in (*_RULES, "hours_per_day")
            )
            yield (
                f"{source.told}: a program has one set of rules, of {' and '.join(whose)}: "
                f"{'; '.join(parts)}."
            )


def _same_rule(name: str, value: Any) -> Any:
    return "successor" if name == "lag_calendar" and not value else value


def _status(sources: Sequence[Source], values: dict[str, Any]) -> Iterable[str]:
    """The program's status date is the latest one, or the one that a sheet states."""
    dates: dict[str, Any] = {}
    for source in sources:
        own = [p.settings.status_date for p in source.projects] + [source.plan.settings.status_date]
        known = [moment for moment in own if moment is not None]
        dates[source.file] = max(known, key=_end) if known else None
    known = [moment for moment in dates.values() if moment is not None]
    if not known:
        return
    stated = values.setdefault("status_date", max(known, key=_end))
    if len({_end(m) for m in (*known, stated)}) > 1 or len(known) < len(dates):
        each = ", ".join(
            f"{file} {_moment(moment) if moment is not None else 'none'}"
            for file, moment in dates.items()
        )
        yield (
            f"Status dates differ: {each}. In the program progress is known up to "
            f"{_moment(stated)}; work of an older file that is not done moves behind it."
        )


def _end(moment: Any) -> Any:
    return as_datetime(moment, end_of_day=True) if isinstance(moment, date) else moment


def _moment(moment: Any) -> str:
    return f"{moment:%Y-%m-%d}" if isinstance(moment, date) else f"day {moment:g}"


def _currency(sources: Sequence[Source], values: dict[str, Any]) -> Iterable[str]:
    found = {source.file: _currencies(source) for source in sources}
    named = dict.fromkeys(word for words in found.values() for word in words)
    stated = values.get("currency")
    if len(named) > 1 or (stated and named and set(named) != {stated}):
        each = ", ".join(f"{file} {' and '.join(words) or 'none'}" for file, words in found.items())
        yield (
            f"Currencies differ: {each}. Costs are not converted, so a sum over projects adds "
            f"amounts of different money{f' under the name of {stated}' if stated else ''}; bring "
            "the files to one currency first."
        )
        values.setdefault("currency", "")
    elif named and not stated:
        values["currency"] = next(iter(named))
        silent = [file for file, words in found.items() if not words]
        if silent:
            yield (
                f"{' and '.join(silent)} {'names' if len(silent) == 1 else 'name'} no currency: "
                f"amounts there are taken to be in {values['currency']}."
            )


def _currencies(source: Source) -> list[str]:
    words = [source.plan.settings.currency, *(p.settings.currency for p in source.projects)]
    return list(dict.fromkeys(word for word in words if word))


def _discount(sources: Sequence[Source], values: dict[str, Any]) -> Iterable[str]:
    rates = {s.file: s.plan.settings.discount_rate for s in sources}
    known = {rate for rate in rates.values() if rate is not None}
    if "discount_rate" in values or not known:
        return
    if len(known) == 1:
        values["discount_rate"] = known.pop()
        return
    each = ", ".join(f"{file} {rate:g}" for file, rate in rates.items() if rate is not None)
    yield f"Discount rates differ: {each}. The program has none until it is told one."


def _apply(source: Source, settings: Settings, calendars: dict[str, Calendar]) -> None:
    """Bring a file's projects, and what it holds beside them, under the program's rules."""
    rules = {name: getattr(settings, name) for name in _RULES}
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
