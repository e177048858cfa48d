"""One process at a time: a lock of the operating system, which ends with whoever holds it."""

from __future__ import annotations

import errno
import importlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_NONE_HERE = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP}
"""What a file system says that has no locks."""


class Busy(Exception):
    """Somebody else holds the lock, for longer than there was patience."""


@contextmanager
def held(path: Path, patience: float) -> Iterator[None]:
    """Hold a lock until the block ends.

    A process that is killed leaves nothing behind: the system lets go of its locks at once. Where
    the file system has none, the block runs without.

    Parameters
    ----------
    path
        A file that stands for what is locked; it is made and stays.
    patience
        Seconds to wait for others.

    Raises
    ------
    Busy
        If somebody else holds it for longer than that.
    OSError
        If the file cannot be made.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, held(Path(folder) / "lock", 1):
    ...     pass
    """
    opened = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    until = time.monotonic() + patience
    try:
        while not _taken(opened):
            if time.monotonic() > until:
                raise Busy
            time.sleep(0.01)
        yield
    finally:
        os.close(opened)


def _taken(opened: int) -> bool:
    """Try once."""
    try:
        if os.name == "nt":
            windows: Any = importlib.import_module("msvcrt")
            windows.locking(opened, windows.LK_NBLCK, 1)
        else:
            posix: Any = importlib.import_module("fcntl")
            posix.flock(opened, posix.LOCK_EX | posix.LOCK_NB)
    except OSError as error:
        return error.errno in _NONE_HERE
    return True
