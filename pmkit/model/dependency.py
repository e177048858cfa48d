"""Dependencies between activities, and how people write them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pmkit.model.activity import id_text, is_finite
from pmkit.model.errors import PlanError


class DependencyKind(StrEnum):
    """Which end of the predecessor (first letter) governs which end of the successor."""

    FINISH_TO_START = "FS"
    START_TO_START = "SS"
    FINISH_TO_FINISH = "FF"
    START_TO_FINISH = "SF"


class LagUnit(StrEnum):
    """What a lag is counted in."""

    WORKING_DAYS = "d"
    ELAPSED_DAYS = "ed"
    PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Dependency:
    """A logical relationship between two activities.

    Parameters
    ----------
    predecessor, successor
        Ids of the two activities.
    kind
        Finish-to-start unless stated otherwise.
    lag
        Added to the relationship; negative for a lead.
    unit
        ``"d"`` working days (default), ``"ed"`` elapsed days of 24 hours, ``"%"`` of the
        predecessor's duration.

    Examples
    --------
    >>> str(Dependency("A", "B", "SS", 2))
    'A -> B (SS+2)'
    """

    predecessor: str
    successor: str
    kind: DependencyKind = DependencyKind.FINISH_TO_START
    lag: float = 0.0
    unit: LagUnit = LagUnit.WORKING_DAYS

    def __post_init__(self) -> None:
        for end in ("predecessor", "successor"):
            id_ = getattr(self, end)
            if type(id_) is not str or id_ != id_.strip():
                object.__setattr__(self, end, id_text(id_))
        if type(self.kind) is not DependencyKind:
            if self.kind not in DependencyKind.__members__.values():
                raise PlanError(
                    f"dependency {self.predecessor} -> {self.successor}: kind must be one of "
                    f"FS, SS, FF, SF, got {self.kind!r}",
                    self.predecessor,
                    self.successor,
                )
            object.__setattr__(self, "kind", DependencyKind(self.kind))
        if type(self.unit) is not LagUnit:
            if self.unit not in LagUnit.__members__.values():
                raise PlanError(
                    f"dependency {self.predecessor} -> {self.successor}: unit of the lag must be "
                    f"one of d, ed, %, got {self.unit!r}",
                    self.predecessor,
                    self.successor,
                )
            object.__setattr__(self, "unit", LagUnit(self.unit))
        if not is_finite(self.lag):
            raise PlanError(
                f"dependency {self.predecessor} -> {self.successor}: lag must be a finite number "
                f"of days, got {self.lag!r}",
                self.predecessor,
                self.successor,
            )

    @property
    def relation(self) -> str:
        """Kind and lag as people write them: ``FS``, ``SS+2``, ``FF-1.5``, ``FS+50%``."""
        if not self.lag:
            return str(self.kind)
        unit = "" if self.unit is LagUnit.WORKING_DAYS else self.unit
        return f"{self.kind}{self.lag:+.12g}{unit}"

    def __str__(self) -> str:
        return f"{self.predecessor} -> {self.successor} ({self.relation})"

    def as_predecessor(self) -> str:
        """Return the text of a ``predecessors`` cell: ``A``, ``B SS+2``."""
        return self.predecessor if self.relation == "FS" else f"{self.predecessor} {self.relation}"


# Days of each unit. A week is five working days, a month twenty, as scheduling tools default to;
# elapsed units count 24-hour days.
_WORKING = {"d": 1.0, "w": 5.0, "mo": 20.0}
_ELAPSED = {"ed": 1.0, "ew": 7.0, "eh": 1 / 24, "em": 1 / 1440, "emo": 30.0}
_LONG_NAMES = {
    "day": "d", "days": "d", "wk": "w", "wks": "w", "week": "w", "weeks": "w",
    "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "min": "m", "mins": "m",
    "minute": "m", "minutes": "m", "mon": "mo", "mons": "mo", "month": "mo", "months": "mo",
    "dy": "d", "dys": "d",
}  # fmt: skip
_NUMBER = r"\d+(?:[.,]\d+)?|[.,]\d+"
_RELATION = re.compile(
    rf"\s*(?P<kind>FS|SS|FF|SF)?\s*(?:(?P<sign>[+\-\u2212])\s*(?P<number>{_NUMBER})"
    r"\s*(?P<elapsed>e(?:lapsed\s+)?)?(?P<unit>%|[a-z]+)?)?\s*$",
    re.IGNORECASE,
)


def unit_in_days(unit: str, hours_per_day: float, *, elapsed: bool = False) -> float | None:
    """Return the days in one ``d w h m mo`` (or ``day``, ``weeks`` ...), ``None`` if unknown.

    Parameters
    ----------
    unit
        As people write it, any case.
    hours_per_day
        Working hours in a working day.
    elapsed
        Whether days have 24 hours.
    """
    short = _LONG_NAMES.get(unit.lower(), unit.lower())
    if elapsed:
        return _ELAPSED.get("e" + short)
    if short == "h":
        return 1 / hours_per_day
    if short == "m":
        return 1 / (60 * hours_per_day)
    return _WORKING.get(short)


def parse_predecessors(
    text: str, successor: str, ids: Collection[str], hours_per_day: float = 8.0, project: str = ""
) -> tuple[Dependency, ...]:
    """Read a ``predecessors`` cell as people type it.

    Parameters
    ----------
    text
        ``A; B SS+2; 3FS+2d; C FF-1.5; D+1w; E+50%; F+3ed``.
    successor
        Id of the activity whose predecessors these are.
    ids
        Every id of the plan; pass a set. The longest exact id wins, the rest of a part is kind,
        sign, number and unit. Parts are split on ``;``, and on ``,`` where every part resolves.
    hours_per_day
        For lags in hours and minutes.
    project
        In a program, the project of the successor: a bare id means this project.

    Raises
    ------
    PlanError
        For an unknown id, a relation that cannot be read, or a text with two readings.

    Examples
    --------
    >>> [str(d) for d in parse_predecessors("A; B SS+2", "C", {"A", "B", "C"})]
    ['A -> C (FS)', 'B -> C (SS+2)']
    """
    found: list[Dependency] = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        whole = _read_part(part, successor, ids, hours_per_day, project)
        pieces: list[Dependency] | None = None
        if "," in part:
            read = [
                _read_part(piece.strip(), successor, ids, hours_per_day, project)
                for piece in part.split(",")
                if piece.strip()
            ]
            pieces = [one for one in read if one] if read and all(read) else None
        if whole and pieces and [whole] != pieces:
            readings = " and ".join(dependency.as_predecessor() for dependency in pieces)
            raise PlanError(
                f"activity {successor!r}: predecessors must have one reading, got {part!r}, which "
                f"is {whole.as_predecessor()!r} or {readings!r}; separate with ';'",
                successor,
            )
        if not (whole or pieces):
            raise _unreadable(part, successor, ids)
        found += pieces or ([whole] if whole else [])
    return tuple(found)


def _read_part(
    part: str, successor: str, ids: Collection[str], hours_per_day: float, project: str
) -> Dependency | None:
    for end in range(len(part), 0, -1):
        if end < len(part) and part[end - 1] == " ":
            continue
        id_ = _resolve(part[:end], ids, project)
        if id_ is None:
            continue
        match = _RELATION.match(part, end)
        if match is None:
            continue
        lag, unit = 0.0, LagUnit.WORKING_DAYS
        if match["number"]:
            lag = float(match["number"].replace(",", "."))
            if match["sign"] != "+":
                lag = -lag
            word = match["unit"] or "d"
            elapsed = bool(match["elapsed"])
            if word == "%":
                unit = LagUnit.PERCENT
            else:
                days = unit_in_days(word, hours_per_day, elapsed=elapsed)
                if days is None:
                    continue
                lag *= days
                unit = LagUnit.ELAPSED_DAYS if elapsed else LagUnit.WORKING_DAYS
        kind = DependencyKind((match["kind"] or "FS").upper())
        return Dependency(id_, successor, kind, lag, unit)
    return None


def _resolve(text: str, ids: Collection[str], project: str) -> str | None:
    """A bare id means the same project; an exact id wins over ``project.activity``."""
    own = f"{project}.{text}" if project else text
    for candidate in (own, text):
        if candidate in ids:
            return candidate
    return None


def _unreadable(part: str, successor: str, ids: Collection[str]) -> PlanError:
    from difflib import get_close_matches  # only on the way to an error

    near = get_close_matches(part, list(_first(ids, 5000)), n=1)
    hint = f" (did you mean {near[0]!r}?)" if near else ""
    return PlanError(
        f"activity {successor!r}: predecessors must name activities of the plan, each with FS, SS, "
        f"FF or SF and a lag such as +2d where it has one, got {part!r}{hint}",
        successor,
    )


def _first(ids: Collection[str], count: int) -> Iterator[str]:
    for _, id_ in zip(range(count), ids, strict=False):
        yield id_
