"""Running a submission in an engine: what it is given, what comes back, and how it ended."""

from __future__ import annotations

import json
import secrets
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO, Any, Protocol

from pmkit.teach.sandbox.limits import Limits, Use, broken

UNFINISHED = "it ended before its last cell"
_LOOK = 0.05
"""Seconds between two looks at what is used."""


class Engine(Protocol):
    """What contains a submission: bubblewrap, or a container."""

    @property
    def name(self) -> str:
        """What it is called."""

    def command(self, given: Path, limits: Limits) -> Sequence[str]:
        """Return the command that runs the runner on a folder that it may only read."""

    def use(self, pid: int) -> Use:
        """Return what is used at this moment; nothing, where the engine itself holds the limits."""

    def end(self, given: Path) -> None:
        """End what goes on when its command has been killed."""


@dataclass(frozen=True)
class Ran:
    """What came of a submission.

    Attributes
    ----------
    answers
        By the name of a variable, as `runner.as_json` tells them.
    policies
        By the name of a function, what each case came to.
    errors
        Number of a cell, and what went wrong there.
    stopped
        Why it was ended, or why nothing came back, said of the submission ("it ..."); empty where
        it ran to its end.
    """

    answers: Mapping[str, Any] = field(default_factory=dict)
    policies: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    errors: Sequence[tuple[int, str]] = ()
    stopped: str = ""


def run_contained(
    engine: Engine,
    cells: Sequence[str],
    names: Sequence[str],
    cases: Mapping[str, Sequence[Sequence[Any]]],
    data: Callable[[Path], None],
    limits: Limits | None = None,
) -> Ran:
    """Run cells in an engine and return what the named variables hold.

    Parameters
    ----------
    engine
        Where it runs.
    cells
        Sources, in order.
    names
        Of variables and functions.
    cases
        Lists of arguments for each function; what must come out is not given.
    data
        Fills the folder that the cells find beside them.
    limits
        What may be used.

    Raises
    ------
    OSError
        If the engine itself cannot be started: nobody's fault, and nothing to mark.
    """
    limits = limits or Limits()
    mark = secrets.token_hex(16)
    with TemporaryDirectory(prefix="pmkit-marking-") as place:
        given = Path(place) / "given"
        given.mkdir()
        data(given)
        told = {"cells": list(cells), "names": list(names), "cases": dict(cases), "mark": mark}
        (given / "submission.json").write_text(json.dumps(told), "utf-8")
        try:
            printed, why, code = _watched(engine, given, limits)
        finally:
            engine.end(given)
    ended, told_lines = bool(why) or code != 0, printed.decode("utf-8", "replace").splitlines()
    for line in reversed(told_lines):
        if line.startswith(mark):
            return _read(line.removeprefix(mark), why or (UNFINISHED if ended else ""))
    return Ran(stopped=why or UNFINISHED)


def _watched(engine: Engine, given: Path, limits: Limits) -> tuple[bytes, str, int]:
    """Run it under watch; return what it printed, why it was ended, and its exit code."""
    begun, why = time.monotonic(), ""
    process = subprocess.Popen(
        engine.command(given, limits), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    printed = _Printed(process.stdout, limits.output)
    printed.start()
    while process.poll() is None:
        why = broken(limits, engine.use(process.pid), time.monotonic() - begun)
        if printed.is_too_much:
            why = f"it printed more than {limits.output / 1e6:g} MB"
        if why:
            process.kill()  # with it everything that stems from it: it must not outlive its parent
            break
        time.sleep(_LOOK)
    process.wait()
    printed.join(5)
    process.stdout.close()
    return bytes(printed.kept), why, process.returncode


class _Printed(Thread):
    """Reads what is printed, so that nobody waits for it, and keeps so many bytes."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        super().__init__(daemon=True)
        self.stream, self.most, self.kept, self.is_too_much = stream, most, bytearray(), False

    def run(self) -> None:
        while chunk := self.stream.read(65_536):
            if len(self.kept) + len(chunk) > self.most:
                self.is_too_much = True
                return
            self.kept += chunk


def _read(line: str, why: str) -> Ran:
    """Read what the runner printed; a submission may have printed it, too, so it is not trusted."""
    try:
        told = json.loads(line)
        answers, policies = dict(told["answers"]), dict(told["policies"])
        errors = [(int(n), str(text)) for n, text in told["errors"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        return Ran(stopped=why or "it changed how its results are told")
    return Ran(answers, policies, errors, why)
