"""From the facts of a project tool's file to a plan, with everything that was lost on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pmkit.files.tools.convert_calendars import Calendars
from pmkit.files.tools.convert_check import differences
from pmkit.files.tools.convert_custom import add_extra, add_priorities
from pmkit.files.tools.convert_dates import Dates
from pmkit.files.tools.convert_durations import Durations
from pmkit.files.tools.convert_links import links_of
from pmkit.files.tools.convert_options import settings_of
from pmkit.files.tools.convert_program import crossing_links, one_program, program_rules
from pmkit.files.tools.convert_progress import Progress
from pmkit.files.tools.convert_resources import Resources, unused
from pmkit.files.tools.convert_source import Item, Source, counted, named
from pmkit.model.activity import Activity, ActivityType
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Plan
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings


def to_plan(facts: Mapping[str, Any], file: str) -> Plan:
    """Return the plan that a project tool's file holds.

    Parameters
    ----------
    facts
        As :mod:`pmkit.files.tools.extract` describes them, with the file's other projects in
        ``others``.
    file
        Its name, for errors.

    Returns
    -------
    Project or Program
        A program when the file holds several projects. Its ``notes`` say what is not honoured.

    Raises
    ------
    PlanError
        If it holds no activity, or nothing that can be scheduled.

    Examples
    --------
    >>> dig = {"uid": 1, "name": "Dig", "duration": 960}
    >>> pour = {"uid": 2, "name": "Pour", "duration": 480}
    >>> link = {"predecessor": 1, "successor": 2, "type": "FS"}
    >>> to_plan({"project": {"start": "2026-03-02T08:00"}, "tasks": [dig, pour],
    ...          "relations": [link]}, "site.xml")
    Project 2 activities, 1 dependencies, starts 2026-03-02 08:00:00
    """
    try:
        return _to_plan(facts, file)
    except PlanError as error:
        raise PlanError(
            Problem(p.sentence, p.file or file, p.sheet, p.row, p.column, p.ids)
            for p in error.problems
        ) from None


def _to_plan(facts: Mapping[str, Any], file: str) -> Plan:
    sources = [Source(facts), *map(Source, facts.get("others", ()))]
    first = sources[0]
    kept = [s for s in sources if s.items and not s.project.get("is_baseline")]
    kept = kept or [s for s in sources if s.items]
    if not kept:
        raise PlanError("a plan must have at least one activity, the file has none")
    calendars = Calendars(kept)
    rules = program_rules(kept) if len(kept) > 1 else {}
    projects = [_project(source, calendars, file, rules) for source in kept]
    left_out = [_title(s) for s in sources if s not in kept]
    notes = [*_about(facts), *(_lost(first))]
    if left_out:
        notes.append(
            f"{counted(len(left_out), 'project')} left out, without activities or saved as a "
            f"baseline of another: {named(left_out)}."
        )
    if len(projects) == 1:
        plan: Plan = projects[0].with_notes(*notes)
    else:
        links = crossing_links(kept, projects)
        plan = one_program(kept, projects, links, calendars, rules, notes)
    found = differences(plan, kept, calendars)
    return plan.with_notes(*found) if found else plan


def _project(source: Source, calendars: Calendars, file: str, rules: Mapping[str, Any]) -> Project:
    if "minutes_per_day" in rules:
        source.minutes_per_day = rules["minutes_per_day"]
    Durations(source, calendars).settle()
    Progress(source).settle()
    dates = Dates(source)
    constraints = dates.settle()
    settings: dict[str, Any] = settings_of(source, calendars)
    settings |= {"constraints": constraints} | dict(rules.get("settings", {}))
    settings["start"] = dates.before(settings["start"])
    resources = Resources(source, calendars)
    resources.assign()
    unused(source)
    add_extra(source)
    add_priorities(source)
    links = links_of(source, calendars, dates.fixed(), file)
    problems: list[Problem] = []
    activities = []
    for item in source.items:
        try:
            activities.append(_activity(item))
        except PlanError as error:
            problems += error.problems
    if problems:
        raise PlanError(problems)
    used = {a.calendar for a in activities} | {r.calendar for r in resources.by_uid.values()}
    used.add(settings["calendar"])
    rows = tuple(
        {"wbs": str(t.get("wbs") or t.get("outline") or ""), "name": str(t.get("name", ""))}
        for t in source.summaries.values()
    )
    members: tuple[ProjectInfo, ...] = ()
    if rules:
        members = (ProjectInfo(rules["ids"][id(source)], settings["name"], settings["start"]),)
    return Project(
        tuple(activities),
        tuple(links),
        Settings(**settings),
        tuple(c for name, c in calendars.by_name.items() if name in used),
        tuple(resources.by_uid.values()),
        members=members,
        notes=tuple(source.notes),
        sheets={"wbs": rows} if rows else {},
    )


def _activity(item: Item) -> Activity:
    task = item.task
    fields = dict(item.fields)
    if item.type != "activity":
        fields["type"] = ActivityType(item.type)
        if item.type == "level_of_effort":
            fields.setdefault("ev_method", "level_of_effort")
    return Activity(
        item.id,
        name=" ".join(str(task.get("name", "")).split()),
        wbs=str(task.get("wbs") or task.get("outline") or ""),
        extra=item.extra,
        **fields,
    )


def _title(source: Source) -> str:
    project = source.project
    return str(project.get("id") or project.get("title") or project.get("name") or "unnamed")


def _about(facts: Mapping[str, Any]) -> list[str]:
    source = facts.get("source", {})
    application = str(source.get("application") or "a project tool")
    if application == "Microsoft":
        application = "Microsoft Project"
    kind = str(source.get("type") or "")
    return [f"Read from {application}" + (f" ({kind})." if kind else ".")]


def _lost(source: Source) -> list[str]:
    lost = [str(sentence) for sentence in source.facts.get("lost", ())]
    return [f"Parts of the file could not be read: {named(lost)}."] if lost else []


def mapping(facts: Mapping[str, Any]) -> tuple[dict[str, str], ...]:
    """Return what each field of the file's tasks was read as, for `pmkit.inspect`."""
    rows = []
    for field, column in _READ_AS.items():
        found = (t[field] for t in facts.get("tasks", ()) if t.get(field) not in (None, "", 0))
        example = next(found, None)
        if example is not None:
            rows.append({
                "sheet": "activities", "heading": field, "read_as": column,
                "how": "project tool", "example": str(example)[:40],
            })  # fmt: skip
    return tuple(rows)


_READ_AS = {
    "uid": "id", "id": "id", "name": "name", "wbs": "wbs", "duration": "duration",
    "calendar": "calendar", "constraint": "constraint", "constraint_date": "constraint_date",
    "deadline": "constraint_date", "fixed_cost": "fixed_cost", "percent": "percent_complete",
    "percent_activity": "percent_complete", "remaining_duration": "remaining_duration",
    "actual_start": "actual_start", "actual_finish": "actual_finish",
    "actual_cost": "actual_cost", "baseline_start": "baseline_start",
    "baseline_finish": "baseline_finish", "baseline_cost": "baseline_cost",
    "priority": "priority", "activity_type": "type",
}  # fmt: skip
