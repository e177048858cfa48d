"""How much a submission may use, and a watch that ends it when it uses more."""

from __future__ import annotations

import os
from dataclasses import dataclass

PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    Attributes
    ----------
    seconds
        Of the clock, from start to end.
    memory, disk
        Bytes, of all its processes together; the disk is memory, too.
    processes
        At the same time, threads of the libraries included.
    output
        Bytes that are read of what it prints.
    """

    seconds: float = 120.0
    memory: int = 2_000_000_000
    disk: int = 64_000_000
    processes: int = 64
    output: int = 2_000_000


@dataclass(frozen=True)
class Use:
    """What processes use at this moment."""

    processes: int
    memory: int


def use_of(pid: int) -> Use:
    """Return what a process and everything that stems from it uses (Linux).

    What has lost its parent inside a namespace of its own is adopted by the first process there,
    and so it is still found.
    """
    children: dict[int, list[int]] = {}
    memory: dict[int, int] = {}
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit():
            continue
        try:
            with open(f"/proc/{entry.name}/stat", encoding="utf-8", errors="replace") as stream:
                told = stream.read().rpartition(")")[2].split()
        except OSError:  # it has ended in the meantime
            continue
        each = int(entry.name)
        children.setdefault(int(told[1]), []).append(each)
        memory[each] = int(told[21]) * PAGE
    found, waiting = [], [pid]
    while waiting:
        each = waiting.pop()
        if each in memory:
            found.append(each)
        waiting += children.get(each, [])
    return Use(len(found), sum(memory[each] for each in found))


def broken(limits: Limits, use: Use, seconds: float) -> str:
    """Say which limit is broken; empty where none is.

    Examples
    --------
    >>> broken(Limits(processes=4), Use(9, 0), 1.0)
    'it started more than 4 processes'
    """
    if seconds > limits.seconds:
        return f"it took longer than {limits.seconds:g} seconds"
    if use.processes > limits.processes:
        return f"it started more than {limits.processes} processes"
    if use.memory > limits.memory:
        return f"it took more than {limits.memory / 1e9:g} GB of memory"
    return ""
