"""What ``hub.toml`` says, and the accounts of a class."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pmkit.model.errors import PlanError
from pmkit.teach.class_folder import ClassFolder

WAYS = ("accounts", "file", "demonstration")
KINDS = ("accounts", "systemd", "together")
NO_LIMITS = {
    "accounts": "The limits of memory and CPU are not held: plain accounts have none. One user can "
    "take the whole machine; servers of the kind \"systemd\", or Kubernetes, hold them.",
    "together": "All servers run in one account: every user can read every file, the work of "
    "others, the class key and marks too; no limit of memory or CPU is held. To look at it only.",
}  # fmt: skip
DEMONSTRATION = (
    "One password for all: everybody who knows it can sign in as any student. For a demonstration."
)
_ACCOUNT = re.compile(r"[a-z_][a-z0-9_.-]{0,31}")
_TABLES = {
    "class": {"folder": str, "owner": str, "lessons": str, "instructors": list},
    "sign_in": {"way": str, "file": str},
    "servers": {"kind": str, "memory": str, "cpu": float, "most_at_once": int,
                "idle_minutes": float, "most_hours": float, "homes": str},
    "web": {"address": str, "state": str, "proxy": str},
}  # fmt: skip
_MAY_BE_LEFT_OUT = {"file", "homes", "proxy"}


@dataclass(frozen=True)
class HubSettings:
    """A class on a hub; the names are those of ``hub.toml``."""

    folder: Path
    owner: str
    lessons: Path
    instructors: tuple[str, ...]
    way: str
    kind: str
    memory: str
    cpu: float
    most_at_once: int
    idle_minutes: float
    most_hours: float
    address: str
    state: Path
    file: Path | None = None
    homes: str = ""
    proxy: str = ""

    @property
    def seconds_idle(self) -> int:
        return max(1, round(60 * self.idle_minutes))

    def students(self) -> set[str]:
        """Return the users' names of the roster: its ids, in small letters."""
        names = {id_.lower() for id_ in ClassFolder(self.folder).roster}
        wrong = sorted(name for name in names if not _ACCOUNT.fullmatch(name))
        if wrong and self.kind != "together":
            raise PlanError(
                "roster: an id must be a name that an account can have, which begins with a letter "
                f"and has at most 32 of a-z, 0-9, '.', '_' and '-', got {', '.join(wrong)}; write "
                "such a one, and the old id into the column was"
            )
        if taken := sorted(names & {name.lower() for name in self.instructors}):
            raise PlanError(f"roster: must not name an instructor, got {', '.join(taken)}")
        return names


def read_settings(path: Path) -> HubSettings:
    """Read ``hub.toml``; everything that is wrong with it comes in one error."""
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise PlanError(f"hub: PMKIT_HUB must name a file that is there, got {path}") from None
    except tomllib.TOMLDecodeError as error:
        raise PlanError(f"{path.name}: must be TOML, got something else ({error})") from None
    problems = list(_problems(told))
    if problems:
        raise PlanError("\n".join(f"{path.name}: {problem}" for problem in problems))
    values = {key: value for table in told.values() for key, value in table.items()}
    for name in ("folder", "lessons", "state", "file"):
        if name in values:
            values[name] = Path(values[name])
    return HubSettings(**{**values, "instructors": tuple(values["instructors"])})


def _problems(told: Mapping[str, Any]) -> Any:
    for table, keys in _TABLES.items():
        there = told.get(table, {})
        for key in sorted(set(there) - set(keys)):
            yield f"[{table}] {key} must be one of {', '.join(keys)}, or not there"
        for key, kind in keys.items():
            if key not in there:
                if key not in _MAY_BE_LEFT_OUT:
                    yield f"[{table}] {key} must be there, is not"
                continue
            value = there[key]
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            if kind in (int, float):
                if not (is_number and value > 0):
                    yield f"[{table}] {key} must be a number > 0, got {value!r}"
            elif not isinstance(value, kind):
                yield f"[{table}] {key} must be a {kind.__name__}, got {value!r}"
    for table, key, words in (("sign_in", "way", WAYS), ("servers", "kind", KINDS)):
        value = told.get(table, {}).get(key)
        if isinstance(value, str) and value not in words:
            yield f"[{table}] {key} must be one of {', '.join(words)}, got {value!r}"
    sign_in = told.get("sign_in", {})
    if sign_in.get("way") == "file" and "file" not in sign_in:
        yield '[sign_in] file must be there with way = "file", is not'
    for table in sorted(set(told) - set(_TABLES)):
        yield f"[{table}] must be one of {', '.join(_TABLES)}"
