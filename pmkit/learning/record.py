"""What a learner has done: one file on this machine, written whole or not at all.

Events are only ever added. Two notebooks may be open at a time: whoever writes first reads what the
other has written, under a lock. Nothing is sent anywhere.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from pmkit.model.errors import PlanError

PLACE = "PMKIT_PROGRESS"
"""Environment variable: the path of the file."""
MARKER = ".pmkit_work"
"""A file of this name marks the folder of a learner's copies; the progress stands beside it."""
NAME = "progress.json"
_VERSION = 1
_PATIENCE = 5.0  # seconds
_STALE = 30.0


@dataclass(frozen=True)
class Event:
    """One thing a learner has done.

    Attributes
    ----------
    kind
        ``opened prediction check card message conversation quarter skill``.
    item
        Id of what it is about, such as ``04-eac``.
    facts
        What was answered and what came of it.
    at
        When, in UTC, ISO.
    id
        Its own, so that two files can be put together.
    """

    kind: str
    item: str
    facts: Mapping[str, Any]
    at: str
    id: str = field(default_factory=lambda: uuid4().hex)


@dataclass(frozen=True)
class Record:
    """A learner's file.

    Parameters
    ----------
    path
        Where it is; it need not be there yet.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     record = Record(Path(folder) / "progress.json")
    ...     record.add("prediction", "04-late", expected=10, confidence=80, is_right=False)
    ...     [(event.item, event.facts["confidence"]) for event in record.events("prediction")]
    [('04-late', 80)]
    """

    path: Path

    def events(self, kind: str = "", item: str = "") -> tuple[Event, ...]:
        """Return what was done, the oldest first."""
        return tuple(
            event for event in self._read()
            if kind in ("", event.kind) and item in ("", event.item)
        )  # fmt: skip

    def add(self, kind: str, item: str, **facts: Any) -> None:
        """Add one event."""
        event = Event(kind, item, facts, datetime.now(UTC).isoformat(timespec="milliseconds"))
        with self._locked():
            self._write([*self._read(), event])

    def reset(self) -> None:
        """Forget everything; the file is kept beside, with the time in its name."""
        with self._locked():
            if self.path.is_file():
                stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
                os.replace(self.path, self.path.with_name(f"{self.path.stem}-{stamp}.json"))

    def _read(self) -> list[Event]:
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        try:
            data = json.loads(text)
            if data["version"] != _VERSION:
                raise PlanError(f"progress: version must be {_VERSION}, got {data['version']!r}")
            return [Event(**event) for event in data["events"]]
        except (ValueError, KeyError, TypeError) as error:
            if isinstance(error, PlanError):
                raise
            raise PlanError(
                f"progress: {self.path.name} must be a file that pmkit wrote, got something else "
                f"({error})"
            ) from None

    def _write(self, events: list[Event]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        data = {"version": _VERSION, "events": [vars(event) for event in events]}
        part = self.path.with_name(f".{self.path.name}.{uuid4().hex}")
        try:
            with part.open("w", encoding="utf-8") as stream:
                json.dump(data, stream, ensure_ascii=False, indent=1, default=str)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(part, self.path)
        finally:
            part.unlink(missing_ok=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold a file that only one can make; one that a killed kernel left is taken away."""
        lock = self.path.with_name(f".{self.path.name}.lock")
        lock.parent.mkdir(parents=True, exist_ok=True)
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
                break
            except FileExistsError:
                if _age(lock) > _STALE:
                    lock.unlink(missing_ok=True)
                elif time.monotonic() > until:
                    raise PlanError(
                        "progress: another notebook is writing, nothing was stored; try again"
                    ) from None
                else:
                    time.sleep(0.02)
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def record() -> Record:
    """Return the learner's own file: of the folder of copies, else of the user.

    The environment variable ``PMKIT_PROGRESS`` names another.
    """
    if told := os.environ.get(PLACE):
        return Record(Path(told))
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file():
            return Record(folder / NAME)
    return Record(Path.home() / ".pmkit" / NAME)
