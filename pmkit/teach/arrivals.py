"""When something was handed in: what its time stamp says, else the time of its file."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pmkit.model.errors import PlanError

TIMESTAMP = "timestamp.txt"
"""Of nbgrader, beside a notebook that it has collected; written alike where a hub takes one in."""
MOST_STAMP = 200
"""Bytes of a time stamp that is read."""
_ZONE = re.compile(r"(.*\d)\s*([A-Za-z][\w/+-]*)")
_OFFSET = re.compile(r"\s+(?=[+-]\d\d:?\d\d$)")


def arrival(folder: Path, exercise: str) -> datetime | None:
    """Return when a submission came: its ``timestamp.txt``, else the time of its notebook.

    Parameters
    ----------
    folder
        What was handed in; links are not followed.
    exercise
        Its name.

    Raises
    ------
    PlanError
        If the time stamp is no time.
    """
    if (told := stamped(folder)) is not None:
        return told
    path = folder / f"{exercise}.ipynb"
    if path.is_symlink() or not path.is_file():
        return None
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def stamped(folder: Path) -> datetime | None:
    """Return what stands in ``timestamp.txt``; ``None`` where there is none.

    Raises
    ------
    PlanError
        If it is no time.
    """
    path = folder / TIMESTAMP
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST_STAMP:
        return None
    text = path.read_text("utf-8", "replace").strip()
    place = "/".join(path.parts[-4:])
    try:
        told = read_time(text)
    except ValueError:
        raise PlanError(f"{place}: must be a date and a time, such as 2026-03-02 17:58:23 UTC, "
                        f"got {text!r}") from None  # fmt: skip
    return told if told.tzinfo else told.replace(tzinfo=UTC)  # as nbgrader reads it


def read_time(text: str) -> datetime:
    """Read a date and a time: iso, also with a zone by its name; without one where none is told.

    Raises
    ------
    ValueError
        If it is none, or its zone is not known.

    Examples
    --------
    >>> read_time("2015-02-02 15:58:23.948203 UTC").isoformat()
    '2015-02-02T15:58:23.948203+00:00'
    >>> read_time("2026-03-02 18:00 Europe/Berlin").isoformat()
    '2026-03-02T18:00:00+01:00'
    """
    try:
        return datetime.fromisoformat(_OFFSET.sub("", text.strip()))
    except ValueError:
        named = _ZONE.fullmatch(text.strip())
        if not named:
            raise
    try:
        zone = UTC if named[2].upper() in ("UTC", "GMT", "Z") else ZoneInfo(named[2])
    except (KeyError, OSError) as error:
        raise ValueError(f"no zone {named[2]}") from error
    return datetime.fromisoformat(named[1]).replace(tzinfo=zone)
