"""Fetching what is handed out and handing in, where a class works on a JupyterHub.

``python -m pmkit.learning.exercising.handing fetch`` and, in a terminal, ``... in FOLDER``. Who one
is the hub says, from the token of one's own server; nothing that is sent names a student.
"""

from __future__ import annotations

import io
import json
import os
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZipFile

from pmkit.learning.exercising.attempts import ATTEMPTS
from pmkit.model.errors import PlanError

ADDRESS, TOKEN = "PMKIT_CLASS_URL", "JUPYTERHUB_API_TOKEN"
_PATIENCE = 30.0  # seconds


@dataclass(frozen=True)
class Receipt:
    """What the class has of an exercise.

    Attributes
    ----------
    exercise
        Its name.
    at
        When it was handed in, by the clock of the server.
    digest
        Of the notebook as it arrived.
    attempt
        How often it was handed in so far; the last one counts.
    """

    exercise: str
    at: str
    digest: str
    attempt: int

    def __repr__(self) -> str:
        return (f"{self.exercise}: handed in at {self.at}, for the {_ordinal(self.attempt)} time, "
                f"the last one counts; receipt {self.digest}")  # fmt: skip


def hand_in(folder: str | os.PathLike[str] = ".") -> Receipt:
    """Hand in the exercise whose notebook lies in a folder.

    What counts is what was saved: save the notebook before.

    Parameters
    ----------
    folder
        The one that the notebook runs in if nothing is said.

    Raises
    ------
    PlanError
        If there is no notebook, or the class does not take it; it says why.
    """
    folder = Path(folder).resolve()
    path = folder / f"{folder.name}.ipynb"
    try:
        notebook = path.read_text("utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        raise PlanError(f"hand in: the notebook {path.name} must lie in {folder.name}, "
                        "is not there or is no text")from None  # fmt: skip
    log = folder / ATTEMPTS
    attempts = log.read_text("utf-8", errors="replace") if log.is_file() else ""
    sent = json.dumps({"notebook": notebook, "attempts": attempts}).encode()
    told = json.loads(_asked(f"in/{folder.name}", sent))
    return Receipt(told["exercise"], told["at"], told["digest"], told["attempt"])


def fetch(folder: str | os.PathLike[str]) -> tuple[str, ...]:
    """Fetch what is handed out to you, and your feedback; what you have stays as it is.

    Parameters
    ----------
    folder
        Where the folder of each exercise is made.

    Returns
    -------
    tuple of str
        Paths of the files that are new, or that the class has written again.
    """
    new = []
    with ZipFile(io.BytesIO(_asked("out"))) as packed:
        for name in packed.namelist():
            parts = PurePosixPath(name).parts
            if not parts or ".." in parts or name.startswith("/"):
                raise PlanError(f"fetch: names of files must stay in their folder, got {name!r}")
            path, content = Path(folder, *parts), packed.read(name)
            is_feedback = path.suffix == ".html"
            if path.exists() and not (is_feedback and path.read_bytes() != content):
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}.part")
            part.write_bytes(content)
            os.replace(part, path)
            new.append(name)
    return tuple(new)


def _asked(what: str, sent: bytes | None = None) -> bytes:
    """Ask the class; of an answer that is a refusal, raise its sentence."""
    address, token = os.environ.get(ADDRESS), os.environ.get(TOKEN)
    if not address or not token:
        raise PlanError("class: must be on a JupyterHub that serves a class; elsewhere your "
                        "teacher says how to hand in")  # fmt: skip
    request = urllib.request.Request(f"{address.rstrip('/')}/{what}", sent, {
        "Authorization": f"token {token}", "Content-Type": "application/json",
    })  # fmt: skip
    # Not through a proxy: the token goes to the class and nowhere else.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=_PATIENCE) as answer:
            content: bytes = answer.read()
            return content
    except urllib.error.HTTPError as error:
        with error:
            raise PlanError(_sentence(error.read(), error.code)) from None
    except OSError as error:
        raise PlanError(
            f"class: must answer, does not ({error}); nothing is lost, try again"
        ) from None


def _sentence(content: bytes, code: int) -> str:
    try:
        told: Any = json.loads(content)["problem"]
        return str(told)
    except (ValueError, KeyError, TypeError):
        return f"class: must answer, got {code}; nothing is lost, try again"


def _ordinal(count: int) -> str:
    """Return a count as it is spoken of.

    Examples
    --------
    >>> [_ordinal(n) for n in (1, 2, 3, 4, 11, 21)]
    ['1st', '2nd', '3rd', '4th', '11th', '21st']
    """
    tail = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{tail}"


def main(words: list[str]) -> int:
    """Fetch or hand in, and say what was done."""
    try:
        match words:
            case ["fetch"] | ["fetch", _]:
                new = fetch(words[1] if len(words) > 1 else Path.home() / "exercises")
                print("\n".join(f"pmkit: new: {name}" for name in new) or "pmkit: nothing new")
            case ["in", folder]:
                print(f"pmkit: {hand_in(folder)!r}")
            case _:
                print("usage: python -m pmkit.learning.exercising.handing fetch [FOLDER] | "
                      "in FOLDER", file=sys.stderr)  # fmt: skip
                return 2
    except PlanError as error:
        print(f"pmkit: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
