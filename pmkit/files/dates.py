"""Dates as people write them: read when they have one reading, refused when they have two."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time

from pmkit.files.numbers import Unreadable

_NAMES = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12, "mai": 5, "okt": 10, "dez": 12, "mär": 3, "mrz": 3,
    "fév": 2, "fev": 2, "avr": 4, "aoû": 8, "aou": 8, "déc": 12, "juin": 6, "juil": 7,
    "ene": 1, "abr": 4, "ago": 8, "dic": 12, "mei": 5, "maa": 3, "mrt": 3, "juli": 7, "juni": 6,
}  # fmt: skip
_WEEKDAYS = {
    "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
    "mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6,
    "lun": 0, "mar": 1, "mer": 2, "jeu": 3, "ven": 4, "sam": 5, "dim": 6,
    "mié": 2, "mie": 2, "jue": 3, "vie": 4, "sáb": 5, "sab": 5, "dom": 6,
    "ma": 0, "wo": 2, "vr": 4, "za": 5, "zo": 6,
}  # fmt: skip
_TIME = r"(?:[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?(?:\s*Uhr)?)?"
_WEEKDAY = r"(?:([^\W\d_]{2,})\.?,?\s+)?"
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T\s]\s*\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,6}\d*)?)?)?")
_ZONE = re.compile(r"(?<=\d)\s*(?:Z|[+-]\d{2}:?\d{2})$")
_NUMERIC = re.compile(rf"{_WEEKDAY}(\d{{1,2}})([./-])(\d{{1,2}})\3(\d{{4}}|\d{{2}}){_TIME}")
_YEAR_FIRST = re.compile(rf"{_WEEKDAY}(\d{{4}})[./](\d{{1,2}})[./](\d{{1,2}}){_TIME}")
_DAY_NAME = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})\.?[\s-]*([^\W\d_]{{3,}})\.?,?[\s-]*(\d{{4}}|'?\d{{2}}){_TIME}"
)
_NAME_DAY = re.compile(
    rf"{_WEEKDAY}([^\W\d_]{{3,}})\.?\s+(\d{{1,2}}),?\s+(\d{{4}}|'?\d{{2}}){_TIME}"
)
NO_DATE = {"na", "n/a", "nv", "n.v.", "-", "--", "none", "null", "nat", "nc", "nd"}
"""How scheduling tools write that there is no date."""


def day_order(cells: Iterable[str]) -> str:
    """Return ``"dmy"`` or ``"mdy"`` where some date of a column proves it, ``""`` if none or both.

    Examples
    --------
    >>> day_order(["01/02/2026", "25/02/2026"]), day_order(["01/02/2026"])
    ('dmy', '')
    """
    orders = set()
    for cell in cells:
        match = _NUMERIC.fullmatch(cell.strip())
        if match and match[3] != ".":
            first, second = int(match[2]), int(match[4])
            if first > 12 >= second:
                orders.add("dmy")
            elif second > 12 >= first:
                orders.add("mdy")
    return orders.pop() if len(orders) == 1 else ""


def read_moment(text: str, order: str = "") -> date | datetime:
    """Read a date, with or without a time.

    Parameters
    ----------
    text
        ISO (``2026-03-31``, ``2026-03-31T17:00``), ``31.03.2026``, ``31 Mar 2026``,
        ``Mon 5/1/26`` (the weekday settles the order) ...
    order
        ``"dmy"`` or ``"mdy"`` where the other dates of the column prove it.

    Raises
    ------
    Unreadable
        If it is no date, or a date with two readings.

    Examples
    --------
    >>> read_moment("2026-03-31"), read_moment("31.03.2026 17:00")
    (datetime.date(2026, 3, 31), datetime.datetime(2026, 3, 31, 17, 0))
    >>> read_moment("05/03/2026")
    Traceback (most recent call last):
    ...
    pmkit.files.numbers.Unreadable: it may be 2026-03-05 or 2026-05-03; write the one you mean
    """
    cleaned = " ".join(text.split())
    if len(cleaned) > 60:
        raise Unreadable
    cleaned = re.sub(r"\s*(?:\*|\bA)$", "", cleaned)  # Primavera marks actual and constrained dates
    if _ISO.match(cleaned):
        cleaned = _ZONE.sub("", cleaned)  # local to the plan, whatever the zone
    try:
        if _ISO.fullmatch(cleaned):
            moment = datetime.fromisoformat(cleaned.replace(",", "."))
            return moment.date() if len(cleaned) == 10 else moment
        if match := _YEAR_FIRST.fullmatch(cleaned):
            return _moment(int(match[2]), int(match[3]), int(match[4]), match.groups()[4:])
        if match := _NUMERIC.fullmatch(cleaned):
            return _two_orders(match, order)
        if match := _DAY_NAME.fullmatch(cleaned):
            return _moment(_year(match[4]), _month(match[3]), int(match[2]), match.groups()[4:])
        if match := _NAME_DAY.fullmatch(cleaned):
            return _moment(_year(match[4]), _month(match[2]), int(match[3]), match.groups()[4:])
    except Unreadable:
        raise
    except ValueError:
        raise Unreadable("there is no such day") from None
    raise Unreadable


def _year(text: str) -> int:
    year = int(text.lstrip("'"))
    return year if len(text) == 4 else 2000 + year if year < 70 else 1900 + year


def _month(name: str) -> int:
    word = name.lower()
    number = _NAMES.get(word[:4]) or _NAMES.get(word[:3])
    if number is None:
        raise Unreadable
    return number


def _moment(year: int, month: int, day: int, clock: tuple[str | None, ...]) -> date | datetime:
    hour, minute, second, half = clock
    if hour is None:
        return date(year, month, day)
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half.lower().startswith("p") else 0)
    return datetime.combine(date(year, month, day), time(hours, int(minute or 0), int(second or 0)))


def _two_orders(match: re.Match[str], order: str) -> date | datetime:
    first, second, year = int(match[2]), int(match[4]), _year(match[5])
    clock = match.groups()[5:]
    readings = {}
    for name, month, day in (("dmy", second, first), ("mdy", first, second)):
        if month <= 12 and not (match[3] == "." and name == "mdy"):
            readings[name] = _moment(year, month, day, clock)
    weekday = _WEEKDAYS.get((match[1] or "").lower(), _WEEKDAYS.get((match[1] or "").lower()[:3]))
    if weekday is not None:
        fitting = {key: day for key, day in readings.items() if day.weekday() == weekday}
        readings = fitting or readings
    if order in readings:
        return readings[order]
    different = sorted(set(readings.values()), key=str)
    if not different:
        raise Unreadable("there is no such day")
    if len(different) > 1:
        both = " or ".join(day.isoformat() for day in readings.values())
        raise Unreadable(f"it may be {both}; write the one you mean")
    return different[0]
