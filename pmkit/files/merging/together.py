"""Reading several files as one program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pmkit.files.merging.checking import moved_dates
from pmkit.files.merging.dating import check_dates
from pmkit.files.merging.ends import Ends
from pmkit.files.merging.linking import LinksRead, read_link_files
from pmkit.files.merging.naming import Names, named_projects
from pmkit.files.merging.reporting import about_links, about_sheets, first_note, notes_of
from pmkit.files.merging.rules import as_in_their_programs, one_set_of_rules
from pmkit.files.merging.sharing import Merge, settle_calendars, settle_resources
from pmkit.files.merging.sheets import (
    ProgramSheets,
    project_rows_of,
    read_program_sheets,
)
from pmkit.files.merging.sources import Item, LinksFile, Source, open_all
from pmkit.files.merging.wholes import together, unlike_ids, with_row, without_their_totals
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Program
from pmkit.model.project import Project

MISSING = ("error", "note")


def read_together(
    items: Sequence[Item], *, names: Names | None = None, merge_resources: Merge = False,
    rules: str | None = None, missing: str = "error",
) -> Program:  # fmt: skip
    """Read several files as one program.

    Parameters
    ----------
    items
        Files of any kind that `pmkit.read` knows, or plans that were read before. A file of one
        project is a project of the program, the projects of a program all join it. A file without
        activities holds the links between projects (a sheet with columns ``predecessor`` and
        ``successor``, ends as ``project.activity``) and any sheet of a program: settings, projects,
        objectives, benefits and so on.
    names
        Ids of the projects: ``{file or id: id}``, or one for each file. By default the id in a
        sheet of projects, else the name of the file without its ending.
    merge_resources
        Resources of one name in several files are kept apart, unless this is True (all are one),
        the names of those that are one, or ``{name: common name}``. One that a file without
        activities lists is the program's, and so one for all.
    rules
        File whose hours per day, calendar, and rules for lags, progress, constraints and floats
        hold, where the settings of the program do not say them; by default the first.
    missing
        What a link without an activity at one of its ends is: ``"error"``, or ``"note"`` to leave
        it out and list it.

    Returns
    -------
    Program
        Its notes say what was renamed, merged, left out, and what differs between the files.

    Raises
    ------
    PlanError
        With what is wrong in any of the files, each with file, sheet, row and column.

    Examples
    --------
    >>> depot = Project.from_table([("Build", 10, "")])
    >>> fleet = Project.from_table([("Accept", 2, "")])
    >>> program = read_together([depot, fleet], names=["Depot", "Fleet"])
    >>> [project.id for project in program.projects]
    ['Depot', 'Fleet']
    """
    if missing not in MISSING:
        raise PlanError(f"missing: must be one of {', '.join(MISSING)}, got {missing!r}")
    sources, files = open_all(items)
    as_in_their_programs(sources)
    rows = project_rows_of(files)
    notes = named_projects(sources, rows, names, len(items))
    sheets = _read_sheets(files, sources)
    programs = [one.program for one in sheets if one.program is not None]
    _check_dates(sources, sheets)
    notes += settle_calendars(sources, [c for one in programs for c in one.calendars])
    ruled = one_set_of_rules(sources, sheets, rules)
    notes += ruled.notes
    notes += settle_resources(
        sources, [r for one in programs for r in one.resources], merge_resources
    )
    read = _read_links(files, sources, ruled.settings.hours_per_day, missing)
    notes += unlike_ids(sources) + without_their_totals(sources)
    projects = [project for source in sources for project in source.projects]
    inner, own = _own_links(sources)
    unlinked = _unlinked(projects, inner, ruled.settings, sources, programs)
    if unlinked is not None:
        notes += moved_dates(unlinked, [source for source in sources if source.projects])
    projects = _with_rows(projects, sheets)
    file = files[0].file if len(files) == 1 else ""
    new = [*inner, *(x for x in read.links if x not in own)]
    projects, across, within = _placed(projects, new, file)
    notes += about_links(files, read, within, missing)
    whole = together(
        [(s.file, s.whole) for s in sources if s.whole]
        + [(one.file, vars_of(one.program)) for one in sheets if one.program is not None]
    )
    own_notes = [f"{s.told}: {note}" for s in sources for note in notes_of(s)]
    own_notes += [f"{one.file}: {n}" for one in sheets if one.program for n in one.program.notes]
    own_notes += about_sheets(sheets)
    first = first_note(sources, files, across)
    return _program(
        projects, across, ruled.settings, sources, programs, whole,
        tuple(dict.fromkeys([first, *notes, *own_notes])), file,
    )  # fmt: skip


def vars_of(program: Program) -> dict[str, Any]:
    """Return the fields of a program, by name."""
    return {name: getattr(program, name) for name in Program.__dataclass_fields__}


def _read_sheets(files: Sequence[LinksFile], sources: Sequence[Source]) -> list[ProgramSheets]:
    problems: list[Problem] = []
    found = []
    for file in files:
        try:
            found.append(read_program_sheets(file, sources))
        except PlanError as error:
            problems += error.problems
    if problems:
        raise PlanError(problems)
    return found


def _check_dates(sources: Sequence[Source], sheets: Sequence[ProgramSheets]) -> None:
    starts = {p.id: p.members[0].start for one in sheets if one.program
              for p in one.program.projects}  # fmt: skip
    stated = [one for one in sheets if "start" in one.stated]
    start = stated[0].setting("start") if stated else None
    file = next((one.file for one in stated or sheets if one.program), "")
    check_dates(sources, starts, start, file)


def _read_links(
    files: Sequence[LinksFile], sources: Sequence[Source], hours_per_day: float, missing: str
) -> LinksRead:
    read = read_link_files(files, Ends(sources), hours_per_day)
    if read.missing and missing == "error":
        raise PlanError(read.missing)
    return read


def _own_links(sources: Sequence[Source]) -> tuple[list[Dependency], set[Dependency]]:
    """Return the links that programs among the files have already, and all links of the files."""
    inner = [x for s in sources for x in s.whole.get("interdependencies", ())]
    own = {
        replace(x, predecessor=f"{p.id}.{x.predecessor}", successor=f"{p.id}.{x.successor}")
        for s in sources
        for p in s.projects
        for x in p.dependencies
    }
    return inner, own | set(inner)


def _unlinked(
    projects: Sequence[Project], inner: Sequence[Dependency], settings: Any,
    sources: Sequence[Source], programs: Sequence[Program],
) -> Program | None:  # fmt: skip
    """Return the program before any link between the files; ``None`` where it cannot be made."""
    try:
        return Program(
            tuple(projects), tuple(inner), settings, _shared("calendars", sources, programs)
        )
    except PlanError:
        return None  # told, with everything else, when the whole is made


def _shared(kind: str, sources: Sequence[Source], programs: Sequence[Program]) -> tuple[Any, ...]:
    groups = [getattr(one, kind) for one in programs]
    groups += [source.whole.get(kind, ()) for source in sources]
    found: dict[str, Any] = {}
    for item in (item for group in groups for item in group):
        found.setdefault(item.name, item)
    return tuple(found.values())


def _with_rows(projects: Sequence[Project], sheets: Sequence[ProgramSheets]) -> list[Project]:
    found = {project.id: project for project in projects}
    for one in sheets:
        for stated in one.program.projects if one.program else ():
            found[stated.id] = with_row(found[stated.id], stated, one.file)
    return list(found.values())


def _placed(
    projects: Sequence[Project], links: Sequence[Dependency], file: str
) -> tuple[list[Project], tuple[Dependency, ...], int]:
    """Give a link between two activities of one project to that project; return how many.

    Raises
    ------
    PlanError
        If such a link closes a circle; `file` is where it stands.
    """
    home = {f"{p.id}.{a.id}": (p.id, a.id) for p in projects for a in p.activities}
    inside: dict[str, list[Dependency]] = {}
    across = []
    for link in links:
        one, other = home[link.predecessor], home[link.successor]
        if one[0] == other[0]:
            own = replace(link, predecessor=one[1], successor=other[1])
            inside.setdefault(one[0], []).append(own)
        else:
            across.append(link)
    placed, problems = [], list[Problem]()
    for project in projects:
        all_links = (*project.dependencies, *inside.get(project.id, ()))
        try:
            placed.append(replace(project, dependencies=all_links))
        except PlanError as error:
            problems += [Problem(f"project {project.id!r}: {p.sentence}", file, ids=p.ids)
                         for p in error.problems]  # fmt: skip
    if problems:
        raise PlanError(problems)
    return placed, tuple(dict.fromkeys(across)), sum(map(len, inside.values()))


def _program(
    projects: Sequence[Project], across: tuple[Dependency, ...], settings: Any,
    sources: Sequence[Source], programs: Sequence[Program], whole: dict[str, Any],
    notes: tuple[str, ...], file: str,
) -> Program:  # fmt: skip
    try:
        return Program(
            tuple(replace(project, notes=()) for project in projects), across, settings,
            _shared("calendars", sources, programs), _shared("resources", sources, programs),
            notes=notes, **whole,
        )  # fmt: skip
    except PlanError as error:
        linked = {end for link in across for end in (link.predecessor, link.successor)}
        raise PlanError(
            Problem(p.sentence, p.file or (file if set(p.ids) & linked else ""), p.sheet, p.row,
                    p.column, p.ids)
            for p in error.problems
        ) from None  # fmt: skip
