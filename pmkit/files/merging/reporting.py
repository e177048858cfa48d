"""What is said of a program that was put together: where it comes from, and what was done."""

from __future__ import annotations

from collections.abc import Sequence

from pmkit.files.cells import count
from pmkit.files.merging.linking import LinksRead, left_out
from pmkit.files.merging.sheets import ProgramSheets, own_settings
from pmkit.files.merging.sources import LinksFile, Source
from pmkit.files.merging.telling import listed, shown
from pmkit.model.dependency import Dependency
from pmkit.model.program import Program


def about_links(
    files: Sequence[LinksFile], read: LinksRead, within: int, missing: str
) -> list[str]:
    """Say which links were found by name, stand within a project, or were left out."""
    notes = list(read.notes)
    if read.by_name:
        notes.append(
            f"Ends of links found by the name of an activity, not by its id: {shown(read.by_name)}."
        )
    if within:
        names = listed(file.file for file in files)
        notes.append(
            f"{count(within, 'link')} of {names} {'is' if within == 1 else 'are'} between "
            "activities of one project, and stands with that project."
        )
    return notes + (left_out(read.missing) if missing == "note" else [])


def notes_of(source: Source) -> list[str]:
    """Return what the reader said of a file, and of its projects."""
    notes = list(source.plan.notes)
    if isinstance(source.plan, Program):
        notes += [f"project {p.id!r}: {note}" for p in source.projects for note in p.notes]
    return notes


def about_sheets(sheets: Sequence[ProgramSheets]) -> list[str]:
    """Say what of the sheets of a program is not used, or waits for its activities."""
    notes = []
    for one in sheets:
        if one.program is None:
            continue
        if own := own_settings(one):
            notes.append(
                f"{one.file}: settings of single projects are not used, they stand in the files of "
                f"those projects: {', '.join(own)}."
            )
        if one.program.candidates:
            names = [info.id for info in one.program.candidates]
            notes.append(
                f"{one.file}: {count(len(names), 'project')} that no file has activities for kept "
                f"as {'a candidate' if len(names) == 1 else 'candidates'}: {shown(names)}."
            )
    return notes


def first_note(
    sources: Sequence[Source], files: Sequence[LinksFile], across: Sequence[Dependency]
) -> str:
    """Say which files the program comes from."""
    each = "; ".join(f"{s.file} ({', '.join(p.id for p in s.projects)})" for s in sources)
    beside = f"; {', '.join(file.file for file in files)}" if files else ""
    projects = sum(len(s.projects) for s in sources)
    return (
        f"Read from {count(len(sources) + len(files), 'file')}, {count(projects, 'project')} and "
        f"{count(len(across), 'interdependency')}: {each}{beside}."
    )
