"""Bubblewrap: namespaces of Linux, without a service and without an image."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pmkit.teach.sandbox.limits import Limits, Use, use_of

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc/alternatives", "/etc/ld.so.cache")


@dataclass(frozen=True)
class Bubblewrap:
    """Runs a submission with no network, a system that it may only read, and a folder of memory.

    It sees the system's libraries, this Python with its packages, and pmkit; not the class folder,
    not the sources of exercises, nobody's home.
    """

    name: str = "bubblewrap"

    @staticmethod
    def is_there() -> bool:
        """Whether it is installed."""
        return shutil.which("bwrap") is not None

    def command(self, given: Path, limits: Limits) -> Sequence[str]:
        """Return the command that runs the runner on a folder that it may only read."""
        runner = Path(__file__).parents[1] / "runner.py"
        # What is asked for and never touched is no memory in use: it has a limit of its own.
        prepare = (
            f"ulimit -c 0; ulimit -v {3 * limits.memory // 1024}; cp -r /given/. /submission && "
            f'cd /submission && exec "$0" -I {runner}'
        )
        return [
            shutil.which("bwrap") or "bwrap",
            "--unshare-all", "--die-with-parent", "--new-session", "--as-pid-1", "--clearenv",
            "--cap-drop", "ALL",
            "--proc", "/proc", "--dev", "/dev",
            "--size", str(limits.disk), "--tmpfs", "/submission",
            "--size", str(limits.disk), "--tmpfs", "/tmp",  # first: this Python may lie in there
            "--size", "1000000", "--tmpfs", "/dev/shm",
            *_read_only(),
            "--ro-bind", str(given), "/given",
            *_set("HOME", "/submission"), *_set("PATH", "/usr/bin:/bin"), *_set("LANG", "C.UTF-8"),
            *_set("PYTHONHASHSEED", "0"), *_set("OMP_NUM_THREADS", "1"),
            *_set("OPENBLAS_NUM_THREADS", "1"), *_set("IPYTHONDIR", "/submission/.ipython"),
            "/bin/sh", "-c", prepare, sys.executable,
        ]  # fmt: skip

    def use(self, pid: int) -> Use:
        """Return what the submission and everything that stems from it uses."""
        return use_of(pid)

    def end(self, given: Path) -> None:
        """Nothing goes on: all of it dies with its first process."""


def _set(name: str, value: str) -> tuple[str, str, str]:
    return ("--setenv", name, value)


def _read_only() -> Iterator[str]:
    """What may be read: the least that this Python and pmkit need."""
    own = Path(__file__).parents[2]  # pmkit
    wanted = [*SYSTEM, sys.base_prefix, sys.prefix, str(own)]
    for path in dict.fromkeys(wanted):
        if Path(path).is_symlink() and path in SYSTEM:
            yield from ("--symlink", str(Path(path).readlink()), path)
        elif Path(path).exists():
            yield from ("--ro-bind", path, path)
