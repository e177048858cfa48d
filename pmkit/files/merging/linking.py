"""The rows of links between projects as dependencies; what has no end in any file is listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pmkit.files.cells import Cells, Problems, count
from pmkit.files.grids import GridRow
from pmkit.files.headings import understand
from pmkit.files.links import read_links
from pmkit.files.merging.ends import End, Ends
from pmkit.files.merging.links_schema import LINKS
from pmkit.files.merging.sources import LinksFile
from pmkit.files.merging.telling import shown
from pmkit.files.sections import settle_choices
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError, Problem

_WORDS = {
    "finish to start": "FS", "start to start": "SS", "finish to finish": "FF",
    "start to finish": "SF",
}  # fmt: skip
_UNITS = {
    "days": "d", "day": "d", "working days": "d", "elapsed days": "ed", "percent": "%",
    "calendar days": "ed",
}  # fmt: skip


@dataclass(slots=True)
class LinksRead:
    """The dependencies that a program's files of links hold.

    Parameters
    ----------
    links
        In the order of the rows, each once.
    missing
        One problem for each end that is in none of the files.
    by_name
        What was found by the name of an activity, as it stood.
    """

    links: list[Dependency] = field(default_factory=list)
    missing: list[Problem] = field(default_factory=list)
    by_name: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_link_files(files: Sequence[LinksFile], ends: Ends, hours_per_day: float) -> LinksRead:
    """Read the rows of all files of links.

    Raises
    ------
    PlanError
        With every row that cannot be read, or whose end means several activities.
    """
    read = LinksRead()
    found: list[Problem] = []
    for file in files:
        problems = Problems(file.file)
        for grid in file.links:
            try:
                table = understand(LINKS, grid, file.file)
            except PlanError as error:
                problems.found += error.problems
                continue
            cells = Cells(table, problems, hours_per_day)
            kept = [match.heading for match in table.matches if match.column is None]
            if kept:
                names = ", ".join(map(repr, kept))
                read.notes.append(
                    f"{file.file}, {grid.name}: {count(len(kept), 'column')} of links not kept: "
                    f"{names}."
                )
            for row in table.rows:
                link = _row(cells, row, ends, read, hours_per_day)
                if link is not None and link not in read.links:
                    read.links.append(link)
        found += problems.found
    if found:
        raise PlanError(found)
    return read


def _row(
    cells: Cells, row: GridRow, ends: Ends, read: LinksRead, hours_per_day: float
) -> Dependency | None:
    sheet, problems = cells.table.grid.name, cells.problems
    values, broken = cells.values(row, "link", ())
    settle_choices(cells, row, values, broken, "link", (), {"unit": _UNITS})
    told = [values.get(end, "") for end in ("predecessor", "successor")]
    if not any(told):
        return None
    subject = f"link {told[0]!r} -> {told[1]!r}"
    keys = []
    for column, text in zip(("predecessor", "successor"), told, strict=True):
        if not text:
            problems.add(f"{subject}: {column} must not be empty", sheet, row.number, column)
            broken.add(column)
            continue
        end = ends.find(text, values.get(f"{column}_project", ""))
        if end.key:
            keys.append(end.key)
            if end.is_by_name:
                read.by_name.append(f"{text!r} ({end.key})")
            continue
        broken.add(column)
        if end.several:
            problems.add(f"{subject}: {_several(column, text, end)}", sheet, row.number, column)
        else:
            read.missing.append(
                Problem(f"{subject}: {_nowhere(column, text, end)}", problems.file, sheet,
                        row.number, column)
            )  # fmt: skip
    try:
        relation = _relation(values, hours_per_day)
    except PlanError as error:
        broken.add("lag")
        for problem in error.problems:
            problems.add(f"{subject}: {problem.sentence}", sheet, row.number, "lag")
    if broken:
        return None
    return replace(relation, predecessor=keys[0], successor=keys[1])


def _several(column: str, text: str, end: End) -> str:
    keys = ", ".join(end.several[:5]) + (" ..." if len(end.several) > 5 else "")
    return f"{column} must be one activity, got {text!r}, which may be {keys}"


def _nowhere(column: str, text: str, end: End) -> str:
    hint = f" (did you mean {end.hint!r}?)" if end.hint else ""
    return f"{column} must be an activity of one of the files, got {text!r}{hint}"


def _relation(values: dict[str, str], hours_per_day: float) -> Dependency:
    """Return kind and lag of a row, however they are written, between two stand-ins."""
    kind = values.get("kind", "FS")
    plain = " ".join(kind.replace("-", " ").replace("_", " ").casefold().split())
    kind = next((short for long, short in _WORDS.items() if plain.startswith(long)), kind)
    lag = values.get("lag", "")
    unit = {"d": "d", "ed": "ed", "%": "%"}[values.get("unit", "d")]
    if lag and lag.lstrip("+-\u2212").replace(".", "", 1).replace(",", "", 1).isdigit():
        lag += unit
    if lag and lag[0] not in "+-\u2212":
        lag = f"+{lag}"
    try:
        (link,) = read_links(f"a {kind}{lag}", "b", {"a", "b"}, hours_per_day)
    except (PlanError, ValueError):
        raise PlanError(
            f"kind and lag must be such as FS, SS+2 or FF-1.5d, got {kind + lag!r}"
        ) from None
    return link


def left_out(missing: Sequence[Problem]) -> list[str]:
    """Return the sentences that list the links without an end, where they may be missing."""
    rows = list(dict.fromkeys((p.file, p.sheet, p.row) for p in missing))
    if not rows:
        return []
    told = [str(problem) for problem in missing]
    return [
        f"{count(len(rows), 'link')} left out, an end is in none of the files: {shown(told, '; ')}."
    ]
