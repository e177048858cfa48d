"""From understood sheets to one plan: a project, or a program where there are several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pmkit.files.activities import ActivityMaker, progress_note
from pmkit.files.cells import Cells, Problems, count, some
from pmkit.files.drafts import Draft, find_outline, read_drafts
from pmkit.files.grids import cell_text
from pmkit.files.headings import Table
from pmkit.files.links import expand_summaries, read_links
from pmkit.files.sections import (
    Section,
    SettingsRead,
    read_calendars,
    read_notes,
    read_projects,
    read_resources,
    read_risks,
    read_settings,
    read_status,
    settle_choices,
)
from pmkit.model.activity import Activity
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Plan, Program
from pmkit.model.project import LAG_CALENDARS, Project
from pmkit.model.settings import ProjectInfo

_NOTHING = {"-", "--", "\u2013", "\u2014", "none", "n/a", "na", "nil"}
Rows = tuple[Mapping[str, str], ...]


@dataclass(slots=True)
class Parts:
    """What the sheets hold, before it is put together."""

    settings: SettingsRead
    calendars: Section
    resources: Section
    risks: Section
    status: Section
    infos: tuple[ProjectInfo, ...]
    notes: Section
    drafts: list[Draft] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    links: list[Dependency] = field(default_factory=list)
    sheets: dict[str, Rows] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    sheet: str = "activities"


def assemble(tables: Mapping[str, Table], others: Mapping[str, Rows], problems: Problems) -> Plan:
    """Put a plan together from the tables of a file.

    Raises
    ------
    PlanError
        With everything that is wrong in any of them.
    """
    settings = read_settings(tables.get("settings"), problems)
    hours = settings.settings.hours_per_day
    parts = Parts(
        settings,
        read_calendars(tables.get("calendars"), problems),
        read_resources(tables.get("resources"), problems, hours),
        read_risks(tables.get("risks"), problems, hours),
        read_status(tables.get("status"), problems),
        read_projects(tables.get("projects"), problems),
        read_notes(tables.get("notes"), problems),
        sheets=dict(others),
    )
    table = tables["activities"]
    parts.sheet = table.grid.name
    single = settings.settings.extra.get("plan") == "program"
    if single:
        settings.settings = _without_marker(settings.settings)
        settings.members = {k: _without_marker(v) for k, v in settings.members.items()}
    is_program = _read_activities(parts, table, tables.get("dependencies"), problems, single)
    plan: Plan | None = None
    build = _program if is_program else _project
    try:
        plan = build(parts, problems)
    except PlanError as error:
        _attach(error.problems, parts, problems)
    if problems.found or plan is None:
        raise PlanError(sorted(problems.found, key=lambda p: p.sheet != parts.sheet))
    for sentence in (*_kept_columns(parts), progress_note(parts.activities)):
        if sentence:
            problems.note(sentence)
    own = parts.notes.of("")
    return replace(plan, notes=tuple(dict.fromkeys((*own, *problems.notes))))


def _kept_columns(parts: Parts) -> Iterable[str]:
    for name, items in (
        ("activities", parts.activities),
        ("resources", _all(parts.resources)),
        ("risks", _all(parts.risks)),
        ("projects", parts.infos),
    ):
        kept = list(dict.fromkeys(heading for item in items for heading in item.extra))
        if kept:
            yield f"Columns of {name} kept as written: {', '.join(kept)}."


def _without_marker(settings: Any) -> Any:
    return replace(settings, extra={k: v for k, v in settings.extra.items() if k != "plan"})


def _read_activities(
    parts: Parts, table: Table, dependencies: Table | None, problems: Problems, single: bool
) -> bool:
    """Fill in drafts, activities and links; return whether they are several projects."""
    settings = parts.settings.settings
    cells = Cells(table, problems, settings.hours_per_day, settings.is_dated)
    drafts = read_drafts(cells, problems)
    find_outline(drafts, table, problems)
    _keep_raw(drafts, table)
    inactive = [d for d in drafts if d.values.get("active") is False and not d.is_summary]
    if inactive:
        problems.note(
            f"{count(len(inactive), 'inactive activity')} left out: "
            f"{some([d.id for d in inactive])}."
        )
        drafts = _without(drafts, inactive)
    named = dict.fromkeys(d.project for d in drafts if d.project and not d.is_summary)
    is_program = single or len(set(named) | {info.id for info in parts.infos}) > 1
    if is_program and not named and len(parts.infos) == 1:
        for draft in drafts:
            draft.project = parts.infos[0].id
    key = {
        i: f"{d.project}.{d.id}" if is_program and d.project else d.id for i, d in enumerate(drafts)
    }
    maker = ActivityMaker(cells, problems, settings, parts.calendars.of("") or tuple(
        item for _, item in parts.calendars.items
    ), [item for _, item in parts.resources.items])  # fmt: skip
    leaves = [d for d in drafts if not d.is_summary]
    parts.settings.settings = maker.settle_start(leaves)
    _store_summaries(parts, drafts)
    if not leaves:
        problems.add("a plan must have at least one activity, got none", parts.sheet)
        return is_program
    texts = {i: d.values.get("predecessors", "") for i, d in enumerate(drafts)}
    successors = {i: d.values.get("successors", "") for i, d in enumerate(drafts)}
    starts = {d.row: d.values.get("start") for d in leaves}
    made: list[tuple[int, Draft, Activity]] = []
    seen: dict[str, int] = {}
    for i, draft in enumerate(drafts):
        if draft.is_summary:
            continue
        if is_program and not draft.project:
            problems.add(
                f"{draft.subject}: project must say which project it belongs to, got nothing",
                parts.sheet, draft.row, "project", (draft.id,),
            )  # fmt: skip
        activity = maker.make(draft)
        if draft.id and key[i] in seen:
            problems.add(
                f"{draft.subject}: id must be unique within its project, row {seen[key[i]]} has "
                "it too",
                parts.sheet, draft.row, "id", (draft.id,),
            )  # fmt: skip
        elif activity is not None:
            seen[key[i]] = draft.row
            made.append((i, draft, activity))
    parts.keys = {key[i]: d.row for i, d, _ in made}
    links = _read_links(parts, drafts, key, texts, successors, problems)
    links += _link_rows(dependencies, set(key.values()), problems)
    links = expand_summaries(links, drafts, key, problems)
    # In the order in which they are written: by project, then as the activities stand.
    rank = {p: n for n, p in enumerate(dict.fromkeys([*(x.id for x in parts.infos), *named]))}
    made_in_order = sorted(made, key=lambda m: rank.get(m[1].project, 0)) if is_program else made
    order = {key[i]: n for n, (i, _, _) in enumerate(made_in_order)}
    links.sort(key=lambda link: order.get(link.successor, -1))
    followers = {parts.keys[x.successor] for x in links if x.successor in parts.keys}
    activities = maker.keep_starts(
        [a for _, _, a in made], [d for _, d, _ in made], starts, followers
    )
    parts.drafts = [d for _, d, _ in made]
    parts.activities, parts.links = activities, links
    for name, resource in maker.new_resources.items():
        parts.resources.items.append(("", resource))
        parts.resources.places.setdefault(name, (parts.sheet, 0))
    if maker.new_resources:
        names = [repr(name) for name in maker.new_resources]
        problems.note(
            f"{count(len(names), 'resource')} without a row in a resources sheet, so without limit "
            f"or cost: {some(names)}."
        )
    if maker.needs_elapsed_calendar and "24 hours" not in maker.calendars:
        parts.calendars.items.append(("", Calendar.continuous()))
    return is_program


def _keep_raw(drafts: Sequence[Draft], table: Table) -> None:
    cells = {row.number: row.cells for row in table.rows}
    for match in table.matches:
        if match.column is not None and match.column.reading_only:
            for draft in drafts:
                row = cells[draft.row]
                text = cell_text(row[match.index]) if match.index < len(row) else ""
                if text:
                    draft.others[match.column.name] = text


def _without(drafts: Sequence[Draft], gone: Sequence[Draft]) -> list[Draft]:
    away = {id(draft) for draft in gone}
    new: dict[int, int] = {}
    kept: list[Draft] = []
    for position, draft in enumerate(drafts):
        if id(draft) not in away:
            new[position] = len(kept)
            kept.append(draft)
    for draft in kept:
        draft.parents = tuple(new[p] for p in draft.parents if p in new)
    return kept


def _store_summaries(parts: Parts, drafts: Sequence[Draft]) -> None:
    rows = tuple({"wbs": d.values.get("wbs", ""), "name": d.name} for d in drafts if d.is_summary)
    if rows:
        parts.sheets["wbs"] = (*parts.sheets.get("wbs", ()), *rows)


def _read_links(
    parts: Parts, drafts: Sequence[Draft], key: Mapping[int, str], texts: Mapping[int, str],
    successors: Mapping[int, str], problems: Problems,
) -> list[Dependency]:  # fmt: skip
    ids = set(key.values()) - {""}
    hours = parts.settings.settings.hours_per_day
    links: list[Dependency] = []
    turned = not any(texts.values())
    for i, draft in enumerate(drafts):
        text = successors[i] if turned else texts[i]
        if not text or not draft.id or (text.lower() in _NOTHING and text not in ids):
            continue
        project = draft.project if key[i] != draft.id else ""
        try:
            found = read_links(text, key[i], ids, hours, project)
        except PlanError as error:
            for problem in error.problems:
                sentence = problem.sentence.replace(f"activity {key[i]!r}", draft.subject, 1)
                if turned:
                    sentence = sentence.replace("predecessors must", "successors must", 1)
                problems.add(sentence, parts.sheet, draft.row,
                             "successors" if turned else "predecessors", (key[i],))  # fmt: skip
            continue
        if turned:
            found = tuple(replace(x, predecessor=x.successor, successor=x.predecessor)
                          for x in found)  # fmt: skip
        links += found
    return links


def _link_rows(table: Table | None, ids: set[str], problems: Problems) -> list[Dependency]:
    """Read the ``dependencies`` sheet."""
    if table is None:
        return []
    cells = Cells(table, problems)
    links = []
    for row in table.rows:
        values, broken = cells.values(row, "dependency", ())
        settle_choices(cells, row, values, broken, "dependency", (), {})
        for end in ("predecessor", "successor"):
            id_ = values.get(end, "")
            if id_ not in ids:
                broken.add(end)
                problems.add(f"dependency: {end} must be an activity of the plan, got {id_!r}",
                             table.grid.name, row.number, end)  # fmt: skip
        if not broken:
            links.append(Dependency(**values))
    return links


def _project(parts: Parts, problems: Problems) -> Project:
    return Project(
        tuple(parts.activities),
        tuple(parts.links),
        parts.settings.settings,
        _all(parts.calendars),
        _all(parts.resources),
        _all(parts.risks),
        _all(parts.status),
        members=parts.infos,
        sheets=parts.sheets,
    )


def _all(section: Section) -> tuple[Any, ...]:
    return tuple(item for _, item in section.items)


def used_names(
    activities: Iterable[Activity], settings: Any, resources: Mapping[str, Any]
) -> tuple[set[str], set[str]]:
    """Return the names of the calendars and of the resources that a project needs."""
    calendars = {settings.calendar}
    if settings.lag_calendar not in LAG_CALENDARS:
        calendars.add(settings.lag_calendar)
    names: set[str] = set()
    for activity in activities:
        calendars.add(activity.calendar)
        names.update(assignment.resource for assignment in activity.resources)
    calendars |= {resources[name].calendar for name in names if name in resources}
    return calendars - {""}, names


def _program(parts: Parts, problems: Problems) -> Program:
    names = dict.fromkeys([
        *(info.id for info in parts.infos),
        *(activity.project for activity in parts.activities if activity.project),
    ])  # fmt: skip
    infos = {info.id: info for info in parts.infos}
    shared = {r.name: r for r in _all(parts.resources)}
    owner = {f"{a.project}.{a.id}" if a.project else a.id: a for a in parts.activities}
    projects, failed = [], bool(problems.found)
    for name in names:
        activities = tuple(replace(a, project="") for a in parts.activities if a.project == name)
        if not activities:
            _keep_unplanned(parts, infos[name], problems)
            continue
        settings = parts.settings.of(name)
        used_calendars, used_resources = used_names(activities, settings, shared)
        links = tuple(
            replace(x, predecessor=owner[x.predecessor].id, successor=owner[x.successor].id)
            for x in parts.links
            if x.predecessor in owner and x.successor in owner
            and owner[x.predecessor].project == owner[x.successor].project == name
        )  # fmt: skip
        try:
            projects.append(
                Project(
                    activities, links, settings,
                    _own_and_used(parts.calendars, name, used_calendars),
                    _own_and_used(parts.resources, name, used_resources),
                    parts.risks.of(name), parts.status.of(name),
                    (infos.get(name, ProjectInfo(name)),), parts.notes.of(name),
                )
            )  # fmt: skip
        except PlanError as error:
            failed = True
            _attach(error.problems, parts, problems, name)
    risks = tuple(_whole_risk(risk, owner, parts, problems) for risk in parts.risks.of(""))
    if failed or problems.found:
        _check_whole(parts, problems)
        raise PlanError(())
    across = tuple(
        x for x in parts.links if owner[x.predecessor].project != owner[x.successor].project
    )
    return Program(
        tuple(projects), across, parts.settings.settings, parts.calendars.of(""),
        parts.resources.of(""), risks, parts.status.of(""), sheets=parts.sheets,
    )  # fmt: skip


def _own_and_used(section: Section, project: str, used: set[str]) -> tuple[Any, ...]:
    own = section.of(project)
    names = {item.name for item in own}
    return own + tuple(i for i in section.of("") if i.name in used and i.name not in names)


def _keep_unplanned(parts: Parts, info: ProjectInfo, problems: Problems) -> None:
    """A project without activities is a candidate: keep its row, and say so."""
    from pmkit.files.tables import project_rows

    heading, row = project_rows([info])
    kept = {str(h): cell_text(c) for h, c in zip(heading, row, strict=True)}
    parts.sheets["projects"] = (*parts.sheets.get("projects", ()), kept)
    problems.note(f"Project {info.id!r} has no activities: its row is kept, it is not scheduled.")


def _whole_risk(risk: Any, owner: Mapping[str, Activity], parts: Parts, problems: Problems) -> Any:
    """Give a risk of the program ids as ``project.activity``."""
    found = []
    for id_ in risk.activities:
        fitting = [key for key, a in owner.items() if a.id == id_] if id_ not in owner else [id_]
        if len(fitting) == 1:
            found.append(fitting[0])
            continue
        sheet, row = parts.risks.places.get(risk.id, ("risks", 0))
        came = f"{id_!r}, which is in several projects" if fitting else repr(id_)
        problems.add(
            f"risk {risk.id!r}: activities must be activities of the plan (project.activity), "
            f"got {came}",
            sheet, row, "activities", (risk.id,),
        )  # fmt: skip
    return replace(risk, activities=tuple(found))


def _check_whole(parts: Parts, problems: Problems) -> None:
    """Tell cycles across projects too, when something else is wrong already."""
    from pmkit.model.topology import sort_network

    try:
        sort_network(list(parts.keys), [x for x in parts.links if x.successor in parts.keys])
    except PlanError as error:
        known = {problem.sentence for problem in problems.found}
        _attach([p for p in error.problems if p.sentence not in known], parts, problems)


def _attach(found: Iterable[Problem], parts: Parts, problems: Problems, project: str = "") -> None:
    """Give a problem of the model the sheet and row of the first id that it names."""
    for problem in found:
        sheet, row, column = problem.sheet, problem.row, problem.column
        word = problem.sentence.split(" ", 1)[0].rstrip(":")
        if not sheet:
            sections = {"risk": parts.risks, "resource": parts.resources,
                        "calendar": parts.calendars}  # fmt: skip
            if word == "settings":
                match = re.match(r"settings: (\w+)", problem.sentence)
                column = match[1] if match else ""
                sheet, row = parts.settings.sheet, parts.settings.rows.get(column, 0)
            elif word in sections:
                places = sections[word].places
                sheet, row = next((places[i] for i in problem.ids if i in places), ("", 0))
            else:
                keys = [k for i in problem.ids for k in (f"{project}.{i}", i) if k in parts.keys]
                if keys or word in ("activity", "dependency", "dependencies"):
                    sheet, row = parts.sheet, parts.keys[keys[0]] if keys else 0
                    match = re.match(r"activity [^:]*: (\w+)", problem.sentence)
                    column = match[1] if match else "predecessors"
        problems.add(problem.sentence, sheet, row, column, problem.ids)
