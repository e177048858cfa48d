"""The process in which Java runs: ``python -m pmkit.files.tools.worker FOLDER JVM OPTION...``.

A request is a line of json, then as many bytes as its ``size`` says; so is an answer. Files
travel as bytes: no name, path or encoding of a file system comes between. The process ends with
its parent (the pipe closes), in the middle of a file too, and removes its folder then.
"""

from __future__ import annotations

import json
import os
import queue
import re
import shutil
import signal
import sys
import threading
from contextlib import suppress
from typing import Any, BinaryIO

IDLE_SECONDS = 900.0
"""After so long without a file the process ends; the next file starts another."""

_CLASS = re.compile(r"^(?:[a-z]\w*\.)+[A-Z]\w*(?:: |$)")  # java.lang.RuntimeException:
Request = tuple[dict[str, Any], bytes]


def main(arguments: list[str]) -> None:
    """Answer requests until the parent goes away."""
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is meant for the parent
    folder, library, *options = arguments
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what Java prints must not come between the answers
    requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, requests, folder), daemon=True).start()
    try:
        _start_java(library, options)
    except BaseException as error:
        _answer(answers, {"error": "java", "detail": _first_line(error)})
        _leave(1)
    _answer(answers, {"ready": True})
    while True:
        try:
            request, data = requests.get(timeout=IDLE_SECONDS)
        except queue.Empty:
            _leave(0)
        fatal = False
        try:
            content = b""
            answer: dict[str, Any] = {}
            if request["do"] == "read":
                answer["facts"] = _read(data, request["kind"], request["charset"])
            else:
                content = _build(data)
        except BaseException as error:
            answer, fatal = _refusal(error)
        _answer(answers, answer, content)
        if fatal:
            _leave(1)


def _leave(code: int) -> None:
    """End at once: Java's own threads would keep an orderly exit waiting."""
    os._exit(code)


def _listen(stream: BinaryIO, requests: queue.SimpleQueue[Request], folder: str) -> None:
    """Hand requests over; when the parent is gone, end whatever is going on."""
    try:
        while line := stream.readline():
            request = json.loads(line)
            data = stream.read(request["size"])
            if len(data) < request["size"]:
                break
            requests.put((request, data))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _leave(0)


def _answer(answers: BinaryIO, answer: dict[str, Any], content: bytes = b"") -> None:
    try:
        text = json.dumps({**answer, "size": len(content)}, allow_nan=False)
    except (ValueError, MemoryError) as error:
        text = json.dumps({"error": "answer", "detail": _first_line(error), "size": 0})
        content = b""
    answers.write(text.encode() + b"\n" + content)
    answers.flush()


def _start_java(library: str, options: list[str]) -> None:
    import jpype
    import mpxj  # noqa: F401  (puts its jars on the class path)

    jpype.startJVM(library, *options, convertStrings=False, interrupt=False)


def _read(data: bytes, kind: str, charset: str) -> dict[str, Any]:
    import jpype

    from pmkit.files.tools.building import own_fields
    from pmkit.files.tools.extract import extract
    from pmkit.files.tools.kinds import KINDS

    reader = jpype.JClass(KINDS[kind].reader)()
    if charset:
        reader.setCharset(jpype.JClass("java.nio.charset.Charset").forName(charset))
    if kind in ("xer", "pmxml"):
        reader.setLinkCrossProjectRelations(True)
    array = jpype.JArray(jpype.JByte)(data)
    stream = jpype.JClass("java.io.ByteArrayInputStream")(array)
    projects = [project for project in reader.readAll(stream) if project is not None]
    if not projects:
        raise ValueError("it holds no project")
    facts, *others = [extract(project) for project in projects]
    if others:
        facts["others"] = others
    if kind == "mspdi" and (ours := own_fields(projects[0])) is not None:
        facts["ours"] = ours
    return facts


def _build(data: bytes) -> bytes:
    from pmkit.files.tools.building import build

    return build(data)


def _refusal(error: BaseException) -> tuple[dict[str, Any], bool]:
    """Return what to tell the parent, and whether this process is of no use any more."""
    whole = f"{type(error)} {error}"
    text = _first_line(error)
    # JPype says no more than the second where Java has no room left for the bytes of the file.
    if isinstance(error, MemoryError) or re.search("OutOfMemoryError|Fatal error occurred", whole):
        return {"error": "memory", "detail": text}, True
    if "StackOverflowError" in whole or isinstance(error, RecursionError):
        return {"error": "deep", "detail": text}, True
    if "password" in text.lower():
        return {"error": "password", "detail": text}, False
    return {"error": "unreadable", "detail": text}, not isinstance(error, Exception)


def _first_line(error: BaseException) -> str:
    """What went wrong, with the innermost cause of a Java exception."""
    text = _CLASS.sub("", str(error)) or type(error).__name__
    seen = 0
    cause = getattr(error, "getCause", lambda: None)()
    while cause is not None and seen < 10:
        inner = cause.getMessage()
        text = f"{text}: {inner}" if inner is not None else f"{text}: {cause.getClass().getName()}"
        cause, seen = cause.getCause(), seen + 1
    return " ".join(text.split())[:300]


if __name__ == "__main__":
    main(sys.argv[1:])
