"""What a learner has done: one file on this machine, written whole or not at all.

Events are only ever added. Two notebooks may be open at a time: whoever writes first reads what the
other has written, under a lock. Nothing is sent anywhere.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from pmkit.learning.locking import Busy, held
from pmkit.model.errors import PlanError

Got = TypeVar("Got")

PLACE = "PMKIT_PROGRESS"
"""Environment variable: the path of the file."""
MARKER = ".pmkit_work"
"""A file of this name marks the folder of a learner's copies; the progress stands beside it."""
NAME = "progress.json"
_VERSION = 1
_PATIENCE = 10.0  # seconds
_TRIES = 40 if os.name == "nt" else 1  # Windows refuses while somebody else looks at the file


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
        """Add one event; when this returns, it is on the disk.

        Raises
        ------
        PlanError
            If the file cannot be written, or is none of pmkit's.
        """
        event = Event(kind, item, facts, datetime.now(UTC).isoformat(timespec="milliseconds"))
        with self._locked():
            self._write([*self._read(), event])

    def content(self) -> bytes:
        """Return everything as a file to keep elsewhere."""
        return _text(self._read()).encode()

    def export(self, path: str | Path) -> None:
        """Write everything to another file."""
        self._told(lambda: Path(path).write_bytes(self.content()))

    def add_from(self, path: str | Path) -> int:
        """Add what another such file holds and this one does not, and return how many that were.

        Parameters
        ----------
        path
            What `export` wrote, or what `reset` kept.
        """
        others = Record(Path(path))._read()
        with self._locked():
            own = self._read()
            known = {event.id for event in own}
            new = [event for event in others if event.id not in known]
            if new:
                self._write(sorted([*own, *new], key=lambda event: event.at))
        return len(new)

    def reset(self) -> Path | None:
        """Forget everything; the file is kept beside, with the time in its name.

        Returns
        -------
        Path or None
            The file that is kept; none where there was nothing to forget.
        """
        with self._locked():
            if not self.path.is_file():
                return None
            stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
            kept = self.path.with_name(f"{self.path.stem}-{stamp}.json")
            self._told(lambda: _patiently(lambda: os.replace(self.path, kept)))
        return kept

    def _read(self) -> list[Event]:
        try:
            text = _patiently(lambda: self.path.read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise PlanError(
                f"progress: {self.path.name} must be a file that can be read, got {_why(error)}"
            ) from None
        except UnicodeDecodeError as error:
            raise self._foreign(error) from None
        try:
            data = json.loads(text)
            if data["version"] != _VERSION:
                raise PlanError(
                    f"progress: version of {self.path.name} must be {_VERSION}, got "
                    f"{data['version']!r}; a newer pmkit wrote it"
                )
            return [_event(told) for told in data["events"]]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            if isinstance(error, PlanError):
                raise
            raise self._foreign(error) from None

    def _foreign(self, error: Exception) -> PlanError:
        return PlanError(
            f"progress: {self.path.name} must be a file that pmkit wrote, got something else "
            f"({error}); it stays as it is, and a reset keeps it beside a new one"
        )

    def _write(self, events: list[Event]) -> None:
        """Write beside, then put in place: whoever reads finds the old file or the new one."""
        part = self.path.with_name(f".{self.path.name}.part")

        def write() -> None:
            with part.open("w", encoding="utf-8") as stream:
                stream.write(_text(events))
                stream.flush()
                os.fsync(stream.fileno())
            if self.path.exists():
                shutil.copymode(self.path, part)
            _patiently(lambda: os.replace(part, self.path))
            _settle(self.path.parent)

        self._told(write)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._told(lambda: self.path.parent.mkdir(parents=True, exist_ok=True))
        lock = held(self.path.with_name(f".{self.path.name}.lock"), _PATIENCE)
        try:
            self._told(lock.__enter__)
        except Busy:
            raise PlanError(
                "progress: another notebook is writing, nothing was stored; try again"
            ) from None
        try:
            yield
        finally:
            lock.__exit__(None, None, None)

    def _told(self, act: Callable[[], Got]) -> Got:
        """Do it; where the machine refuses, say so in a sentence."""
        try:
            return act()
        except OSError as error:
            raise PlanError(
                f"progress: the folder of {self.path.name} must be one that can be written to, "
                f"got {_why(error)}; nothing was stored, {PLACE} can name another file"
            ) from None


def _event(told: Any) -> Event:
    event = Event(**told)
    if not all(isinstance(text, str) for text in (event.kind, event.item, event.at, event.id)):
        raise ValueError(f"an event must have texts, got {told!r}")
    if not isinstance(event.facts, dict):
        raise ValueError(f"facts must have names, got {event.facts!r}")
    return event


def _text(events: list[Event]) -> str:
    data = {"version": _VERSION, "events": [vars(event) for event in events]}
    return json.dumps(data, ensure_ascii=False, indent=1, default=_plain)


def _plain(told: Any) -> Any:
    """Return a numpy number as a number: as a text, ``False`` would be true."""
    return told.item() if hasattr(told, "item") else str(told)


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _patiently(act: Callable[[], Got]) -> Got:
    for _ in range(_TRIES - 1):
        try:
            return act()
        except PermissionError:
            time.sleep(0.05)
    return act()


def _settle(folder: Path) -> None:
    """Have the new name on the disk as well, where folders can be asked for that."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


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
