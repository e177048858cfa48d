"""The worker process from the outside: started on first use, kept, ended when a file is too much.

One file at a time, under one lock. A process made by fork starts a worker of its own.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from pmkit.files.tools.java import find_java, require_packages
from pmkit.files.tools.kinds import Kind
from pmkit.files.tools.worker import IDLE_SECONDS
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Plan

SECONDS = 120.0
"""So long may one file take, the start of Java included."""
MEGABYTES = 1024
"""So much memory Java may use for the contents of one file."""
_LARGEST_ANSWER = 512 << 20


class _Ended(Exception):
    """The worker is gone."""


class Worker:
    """A worker process with a Java virtual machine.

    Parameters
    ----------
    megabytes
        Most memory for Java's objects.
    """

    def __init__(self, megabytes: int) -> None:
        require_packages()
        java = find_java()
        self.owner = os.getpid()
        self.megabytes = megabytes
        self.last = time.monotonic()
        self._folder = Path(tempfile.mkdtemp(prefix="pmkit-"))
        hosts = self._folder / "hosts"
        hosts.touch()
        options = [
            f"-Xmx{megabytes}m", "-Xss4m", "-XX:+UseSerialGC", "-Xrs", "-Djava.awt.headless=true",
            # What it looks up must stand in this file, which is empty: it has no network.
            f"-Djdk.net.hosts.file={hosts}",
            f"-Djava.io.tmpdir={self._folder}",
            f"-XX:ErrorFile={self._folder / 'crash.log'}",
            "-Djdk.xml.entityExpansionLimit=1", "-Djavax.xml.accessExternalDTD=",
            "-Djavax.xml.accessExternalSchema=", "-Dfile.encoding=UTF-8",
        ]  # fmt: skip
        root = str(Path(__file__).resolve().parents[3])
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        with (self._folder / "errors.txt").open("wb") as errors:
            self.process = subprocess.Popen(
                # -P: a file of the reader's folder must not stand in for a module of Python.
                [sys.executable, "-P", "-m", "pmkit.files.tools.worker", str(self._folder),
                 str(java.library), *options],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
                cwd=self._folder,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
                start_new_session=os.name == "posix",
            )  # fmt: skip
        self.is_ready = False

    @property
    def is_usable(self) -> bool:
        """Whether it still runs, for this process, and will do so for a while."""
        return (
            self.owner == os.getpid()
            and self.process.poll() is None
            and time.monotonic() - self.last < IDLE_SECONDS - 30
        )

    def ask(self, request: dict[str, Any], data: bytes, seconds: float) -> tuple[Any, bytes]:
        """Return the answer to a request.

        Raises
        ------
        TimeoutError
            If it takes too long.
        _Ended
            If the process ended instead of answering, with the last thing that it said.
        """
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            if not self.is_ready:
                answer, _ = self._receive()
                if "ready" not in answer:
                    return answer, b""
                self.is_ready = True
            assert self.process.stdin is not None
            header = json.dumps({**request, "size": len(data)}).encode()
            self.process.stdin.write(header + b"\n")
            self.process.stdin.write(data)
            self.process.stdin.flush()
            return self._receive()
        except (OSError, ValueError) as error:
            raise _Ended(str(error)) from None
        finally:
            timer.cancel()
            self.last = time.monotonic()
            if late.is_set():
                raise TimeoutError

    def _receive(self) -> tuple[Any, bytes]:
        stream = self.process.stdout
        assert stream is not None
        line = stream.readline(_LARGEST_ANSWER)
        if not line.endswith(b"\n"):
            raise _Ended("the process ended")
        answer = json.loads(line)
        content = stream.read(min(answer["size"], _LARGEST_ANSWER))
        if len(content) < answer["size"]:
            raise _Ended("the process ended")
        return answer, content

    def said(self) -> str:
        """Return the last line that the process wrote before it ended."""
        with suppress(OSError):
            text = (self._folder / "errors.txt").read_text("utf-8", "replace").strip()
            return text.rpartition("\n")[2][-200:]
        return ""

    def end(self) -> None:
        """Stop the process and remove its folder."""
        if self.owner != os.getpid():
            return  # a fork: it belongs to the parent
        self.process.kill()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        shutil.rmtree(self._folder, ignore_errors=True)


_lock = threading.Lock()
_worker: Worker | None = None


def stop() -> None:
    """End the worker, if there is one; the next file starts another."""
    global _worker
    with _lock:
        worker, _worker = _worker, None
        if worker is not None:
            worker.end()


atexit.register(stop)


def _after_fork() -> None:
    """A forked process has the pipes of its parent's worker, which ends when all are closed."""
    global _lock, _worker
    worker, _lock, _worker = _worker, threading.Lock(), None
    if worker is None:
        return
    worker.process.returncode = 0  # nothing to wait for
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (worker.process.stdin, worker.process.stdout):
        if stream is not None:  # what may stand in its buffer must not go to the parent's worker
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def _ask(request: dict[str, Any], data: bytes) -> tuple[Any, bytes]:
    """Ask the worker, and end it whenever it could be in an unknown state."""
    global _worker
    with _lock:
        if _worker is None or not _worker.is_usable or _worker.megabytes != MEGABYTES:
            if _worker is not None:
                _worker.end()
            _worker = None
            _worker = Worker(MEGABYTES)
        worker = _worker
        try:
            answer, content = worker.ask(request, data, SECONDS)
        except BaseException as error:
            _worker = None
            if isinstance(error, _Ended):
                with suppress(subprocess.TimeoutExpired):
                    worker.process.wait(5)
                error.args = (worker.said(),)
            worker.end()
            raise
        if answer.get("error") in ("memory", "deep", "java", "answer"):
            _worker = None
            worker.end()
        return answer, content


def read_facts(data: bytes, kind: Kind, file: str, charset: str = "") -> dict[str, Any]:
    """Return what a project tool's file holds, as plain json.

    Parameters
    ----------
    data
        The file's content.
    kind
        Its format.
    file
        Its name, for errors.
    charset
        Encoding of a text file, where MPXJ should not choose.

    Raises
    ------
    PlanError
        In one sentence: no Java, a password, a damaged file, too much memory or time.
    """
    return dict(_checked({"do": "read", "kind": kind.key, "charset": charset}, data, file,
                         kind.name)[0]["facts"])  # fmt: skip


def write_mspdi(plan: Plan, file: str) -> bytes:
    """Return a plan as the content of a Microsoft Project XML file.

    Raises
    ------
    PlanError
        If the plan has no dates, or Java is not there.
    """
    from pmkit.files.tools.mspdi import mspdi_facts

    try:
        facts = mspdi_facts(plan)
    except PlanError as error:
        raise PlanError(Problem(error.problems[0].sentence, file)) from None
    data = json.dumps(facts, allow_nan=False).encode()
    return _checked({"do": "write"}, data, file, "Microsoft Project XML")[1]


def _checked(request: dict[str, Any], data: bytes, file: str, name: str) -> tuple[Any, bytes]:
    def refuse(sentence: str) -> PlanError:
        return PlanError(Problem(sentence, file))

    try:
        answer, content = _ask(request, data)
    except PlanError as error:
        raise refuse(error.problems[0].sentence) from None
    except TimeoutError:
        raise refuse(
            f"{name} must be read within {SECONDS:g} seconds, this one took longer and was stopped"
        ) from None
    except _Ended as ended:
        raise refuse(f"{name} must be one that MPXJ can read, this one ended it: {ended}") from None
    except OSError as error:
        raise refuse(f"the process that reads {name} does not start: {error}") from None
    what, detail = answer.get("error"), answer.get("detail")
    if what is None:
        return answer, content
    if what == "password":
        raise refuse(f"{name} must not be protected by a password, this one is; save it without")
    if what == "memory":
        raise refuse(f"{name} must fit into {MEGABYTES} MB of Java's memory, this one needs more")
    if what == "deep":
        raise refuse(f"{name} must not be nested deeper than plans are, this one is")
    if what == "java":
        raise refuse(f"Java does not start: {detail}")
    raise refuse(f"{name} must be whole, this one cannot be read: {detail}")
