"""Fields that people added to a project tool, kept as text; ids and rows of the tool likewise."""

from __future__ import annotations

from typing import Any

from pmkit.files.tools.convert_source import Source, named

OWN = "pmkit "
"""So begin the names of the fields that an export of ours wrote; they are put back elsewhere."""
_LONGEST = 2000
_TAKEN = ("uid", "row", "notes")


def add_extra(source: Source) -> None:
    """Keep in ``extra`` of every item what a plan has no column for."""
    kept: set[str] = set()
    for item in source.items:
        task = item.task
        for heading, value in {**task.get("codes", {}), **task.get("custom", {})}.items():
            if str(heading).startswith(OWN):
                continue
            name = f"{heading} (custom)" if heading in _TAKEN else str(heading)
            item.extra[name[:100]] = _as_text(value)
            kept.add(str(heading))
        if task.get("notes"):
            item.extra["notes"] = str(task["notes"])[:_LONGEST]
        item.extra["uid"] = str(task["uid"])
        if "row" in task and not source.is_primavera:
            item.extra["row"] = str(task["row"])
    if kept:
        source.note(f"Fields of the file kept as extra columns: {named(sorted(kept), 8)}.")


def _as_text(value: Any) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)[:_LONGEST]


def add_priorities(source: Source) -> None:
    """Fill in ``priority`` where the file has any but the usual 500."""
    given = [item.task.get("priority", 500) for item in source.items]
    if any(value != 500 for value in given):
        for item, value in zip(source.items, given, strict=True):
            item.fields["priority"] = float(value)
