"""The files that a program is put together from: which hold plans, and which only links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from os import PathLike
from pathlib import Path
from typing import Any

from pmkit.files.finding import lone_projects, our_name, titled
from pmkit.files.grids import Grid
from pmkit.files.headings import Match, heading_score, match_headings, normal
from pmkit.files.merging.links_schema import LINKS
from pmkit.files.opening import Opened, open_path
from pmkit.files.schema import ACTIVITIES
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Plan, Program
from pmkit.model.project import Project

Item = str | PathLike[str] | Plan
"""A file, or a plan that was read before."""
_OF_WORK = {"duration", "optimistic", "remaining_duration", "percent_complete", "outline_level"}
"""A sheet with one of these tells of activities, whatever else it has."""


@dataclass(slots=True)
class Source:
    """One plan on its way into the program.

    Parameters
    ----------
    file
        What messages call it.
    stem
        The same without ending: what it lends to names.
    folder
        Name of the folder it lies in; empty for a plan that was read before.
    plan
        As it was read.
    projects
        Its projects, changed step by step into those of the program.
    ids
        ``{id in the file: id in the program}``.
    whole
        What a program holds beside its projects, by field; nothing for a file of one project.
    calendar
        Name of a program's calendar, by which what has none of its own works.
    place
        Where it stands among the files that were given.
    """

    file: str
    stem: str
    folder: str
    plan: Plan
    projects: list[Project] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    whole: dict[str, Any] = field(default_factory=dict)
    calendar: str | None = None
    place: int = 0

    def __post_init__(self) -> None:
        if isinstance(self.plan, Program):
            self.projects = list(self.plan.projects)
            self.calendar = self.plan.settings.calendar
            self.whole = {
                f.name: getattr(self.plan, f.name)
                for f in fields(Program)
                if f.name not in ("projects", "settings", "notes")
            }
        else:
            self.projects = [self.plan]

    @property
    def label(self) -> str:
        """What is put before a name of this file that another file uses differently."""
        return self.projects[0].id if len(self.projects) == 1 else self.stem

    @property
    def told(self) -> str:
        """How a note begins."""
        if len(self.projects) != 1:
            return self.file
        return f"Project {self.projects[0].id!r} ({self.file})"


@dataclass(slots=True)
class LinksFile:
    """A file without activities: what holds for the program, and the links between projects."""

    file: str
    links: list[Grid]
    others: list[Grid]
    notes: list[str]


def open_all(items: Sequence[Item]) -> tuple[list[Source], list[LinksFile]]:
    """Read every file.

    Raises
    ------
    PlanError
        With what is wrong with any of them.
    """
    from pmkit.files.reader import understand_opened

    if not items:
        raise PlanError("read: at least one file must be given, got none")
    problems = [
        Problem(f"read: each must be the name of a file, or a plan, got {item!r}")
        for item in items
        if not isinstance(item, str | PathLike | Project | Program)
    ]
    if problems:
        raise PlanError(problems)
    problems = list(_twice(items))
    sources: list[Source] = []
    links: list[LinksFile] = []
    for number, item in enumerate(items, 1):
        if isinstance(item, Project | Program):
            name = item.id if isinstance(item, Project) else ""
            label = name or item.name or f"plan {number}"
            sources.append(Source(label, label, "", item, place=number - 1))
            continue
        path = Path(item)
        try:
            opened = open_path(path)
            found = _links_file(opened)
            if found is not None:
                links.append(found)
                continue
            plan = understand_opened(opened).plan
        except PlanError as error:
            problems += [
                Problem(p.sentence, p.file or path.name, p.sheet, p.row, p.column, p.ids)
                for p in error.problems
            ]
            continue
        stem = path.name if path.is_dir() else path.stem
        folder = path.resolve().parent.name
        sources.append(Source(opened.file, stem, folder, plan, place=number - 1))
    if not problems and not sources:
        problems = [
            Problem("a program must have at least one plan beside its links, got none", one.file)
            for one in links
        ]
    if problems:
        raise PlanError(dict.fromkeys(problems))
    names = Counter(source.file for source in sources)
    for source in [s for s in sources if names[s.file] > 1]:
        told = f"{source.folder}/{source.file}" if source.folder else source.file
        source.file = told if source.folder else f"{told} ({source.place + 1})"
    return sources, links


def _twice(items: Sequence[Item]) -> Iterable[Problem]:
    paths = [Path(item).resolve() for item in items if not isinstance(item, Project | Program)]
    for path in dict.fromkeys(path for path in paths if paths.count(path) > 1):
        yield Problem(f"read: each file must be given once, came {paths.count(path)} times",
                      path.name)  # fmt: skip


def _links_file(opened: Opened) -> LinksFile | None:
    """Return what a file without activities holds; ``None`` for a plan."""
    if opened.facts is not None:
        return None
    grids = lone_projects(titled(opened.grids), opened.file)
    links = [grid for grid in grids if is_links(grid)]
    rest = [grid for grid in grids if grid not in links]
    if any(_is_work(grid) for grid in rest):
        return None
    ours = [grid for grid in rest if our_name(grid) not in ("", "activities")]
    if not links and not ours:
        return None
    return LinksFile(opened.file, links, rest, list(opened.notes))


def is_links(grid: Grid) -> bool:
    """Whether a sheet has both ends of a link in each row, and tells nothing of activities."""
    for row in grid.rows[:20]:
        matches = match_headings(LINKS, row.cells)
        if {"predecessor", "successor"} <= _named(matches):
            rest = [m.heading for m in matches if m.column is None]
            of_work = _named(match_headings(ACTIVITIES, rest))
            return not (_OF_WORK & of_work or {"start", "finish"} <= of_work)
    return False


def _is_work(grid: Grid) -> bool:
    """Whether a sheet that is no links may be the one of the activities."""
    if normal(grid.name)[0] == "activities":
        return bool(grid.rows)
    if our_name(grid):
        return our_name(grid) == "activities"
    known = max((heading_score(ACTIVITIES, row) for row in grid.rows[:60]), default=0)
    return known >= 2 and any(
        {"duration", "predecessors"} & _named(match_headings(ACTIVITIES, row.cells))
        for row in grid.rows[:60]
    )


def _named(matches: Sequence[Match]) -> set[str]:
    return {match.column.name for match in matches if match.column is not None}


def by_name(names: Mapping[str, Any], source: Source, *ids: str) -> list[str]:
    """Return the keys of a mapping that mean this file, or the project of that id in it."""
    told = {*ids, source.file, *([source.stem] if len(source.projects) == 1 else [])}
    return [key for key in names if key in told or Path(key).name == source.file
            or key.endswith(f"/{source.file}")]  # fmt: skip
