"""Numbers, percentages and durations as people and spreadsheets write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from pmkit.model.dependency import unit_in_days


class Unreadable(ValueError):
    """A cell that breaks its rule; the message is a hint, or empty."""


class Percent(float):
    """A number from a cell that is shown as a percentage: 0.3 is shown as 30 %."""


class Days(NamedTuple):
    """A duration in days of work, or in elapsed days of 24 hours."""

    days: float
    is_elapsed: bool = False


_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_MONEY_SIGN = re.compile(r"^(?:[€$£¥]|EUR|USD|GBP|CHF|US\$)\s*|\s*(?:[€$£¥]|EUR|USD|GBP|CHF)$")
_GROUPS = {mark: re.compile(rf"[+-]?\d{{1,3}}(?:\{mark}\d{{3}})+") for mark in ",."}
_DIGIT_SPACE = re.compile(r"(?<=\d)[\s\u00a0\u202f'’](?=\d{3}(?:\D|$))")


def decimal_mark(cells: Iterable[str]) -> str:
    """Return the decimal mark that the cells of a European csv file prove, ``"?"`` if none.

    Examples
    --------
    >>> decimal_mark(["1.234", "2,5"]), decimal_mark(["2.5"]), decimal_mark(["1.234"])
    (',', '.', '?')
    """
    proof = {",": False, ".": False}
    for cell in cells:
        for mark in ",.":
            match = re.search(rf"\{mark}(\d+)\D*$", cell)
            if match and (len(match[1]) != 3 or re.match(rf"[+-]?0?\{mark}", cell)):
                proof[mark] = True
    if proof[","] == proof["."]:
        return "?"
    return "," if proof[","] else "."


def read_number(value: object, mark: str = "") -> float:
    """Read a number.

    Parameters
    ----------
    value
        A number, or text such as ``1 234,50``, ``€ 1,234.50``, ``30%`` (0.3).
    mark
        Decimal mark of the file: ``"."``, ``","``, ``""`` for a point unless the text says
        otherwise, or ``"?"`` where the file gives no proof.

    Raises
    ------
    Unreadable
        If it is no number, or a number with two readings.

    Examples
    --------
    >>> read_number("1.234,5"), read_number("-3,5"), read_number("30%")
    (1234.5, -3.5, 0.3)
    """
    if isinstance(value, bool):
        raise Unreadable
    if isinstance(value, int | float):
        try:
            number = float(value)
        except OverflowError:
            raise Unreadable("it is too large") from None
    elif isinstance(value, str):
        number = _number_from_text(value, mark)
    else:
        raise Unreadable
    if not -1e300 < number < 1e300:  # not a number is not between them either
        raise Unreadable
    return number


def _number_from_text(value: str, mark: str) -> float:
    text = value.strip()
    if mark != "?" and mark != "," and _PLAIN.fullmatch(text):
        return float(text)
    if text.endswith("%"):
        return _number_from_text(text[:-1], mark) / 100
    text = _DIGIT_SPACE.sub("", _MONEY_SIGN.sub("", text).replace("\u2212", "-").strip())
    if len(text) > 400:
        raise Unreadable
    if "," in text and "." in text:
        decimal, group = (",", ".") if text.rfind(",") > text.rfind(".") else (".", ",")
        whole, _, fraction = text.rpartition(decimal)
        if not _GROUPS[group].fullmatch(whole):
            raise Unreadable
        text = f"{whole.replace(group, '')}.{fraction}"
    else:
        found = "," if "," in text else "."
        grouped = _GROUPS[found].fullmatch(text)
        if text.count(found) > 1:
            if not grouped:
                raise Unreadable
            text = text.replace(found, "")
        elif grouped and not re.match(rf"[+-]?0\{found}", text):
            # Three digits after one mark: only the file can say what the mark is.
            decimal = mark or "."
            if decimal == "?":
                decimal = ","  # where ; separates the cells
            if found != decimal and mark in ("", "?"):
                one, other = text.replace(found, "."), text.replace(found, "")
                raise Unreadable(f"it may be {one} or {other}; write it without separators")
            text = text.replace(found, "." if found == decimal else "")
        else:
            text = text.replace(",", ".")
    if not _PLAIN.fullmatch(text):
        raise Unreadable
    return float(text)


_UNITS = {
    "t": "d", "tag": "d", "tage": "d", "tagen": "d", "wo": "w", "woche": "w", "wochen": "w",
    "std": "h", "stunde": "h", "stunden": "h", "monat": "mo", "monate": "mo",
    "j": "d", "jour": "d", "jours": "d", "sem": "w", "sm": "w", "semaine": "w", "semaines": "w",
    "heure": "h", "heures": "h", "mois": "mo", "dia": "d", "dias": "d", "día": "d", "días": "d",
    "semana": "w", "semanas": "w", "hora": "h", "horas": "h", "mes": "mo", "meses": "mo",
    "dag": "d", "dagen": "d", "dgn": "d", "weken": "w", "wkn": "w", "dg": "d", "uur": "h",
    "uren": "h", "maand": "mo", "maanden": "mo", "minuten": "m",
    "edays": "ed", "eday": "ed", "ehrs": "eh", "ehr": "eh",
    "ewks": "ew", "ewk": "ew", "emins": "em", "emin": "em", "emons": "emo", "emon": "emo",
}  # fmt: skip
_PART = re.compile(
    r"\s*([+-]?[\d.,'\s\u00a0\u202f]*\d|\d*[.,]\d+)\s*(elapsed\s+)?([^\W\d_]+)?\.?\s*\??\s*(?:,|and)?",
    re.IGNORECASE,
)
_ISO = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?", re.IGNORECASE)


def read_unit(word: str, hours_per_day: float) -> Days | None:
    """Return one unit of a duration: ``d``, ``weeks``, ``Std``, ``jours``, ``ed`` (elapsed)."""
    short = _UNITS.get(word.lower(), word.lower())
    days = unit_in_days(short, hours_per_day)
    if days is not None:
        return Days(days)
    if short.startswith("e"):
        days = unit_in_days(short[1:], hours_per_day, elapsed=True)
        if days is not None:
            return Days(days, True)
    return None


def read_days(value: object, hours_per_day: float = 8.0, mark: str = "", unit: str = "d") -> Days:
    """Read a duration.

    Parameters
    ----------
    value
        A number of `unit`, or text such as ``5 days``, ``2w``, ``1 day 4 hrs``, ``5d?``, ``3 ed``.
    hours_per_day
        Working hours in a working day. A week is five working days, a month twenty.
    mark
        Decimal mark, as for `read_number`.
    unit
        Unit of a bare number, from the heading: ``Duration (h)``.

    Raises
    ------
    Unreadable
        If it is no duration.

    Examples
    --------
    >>> read_days("2w").days, read_days("1 day 4 hrs").days, read_days("3 ed")
    (10.0, 1.5, Days(days=3.0, is_elapsed=True))
    """
    if isinstance(value, timedelta):  # a cell shown as [h]:mm
        return Days(value.total_seconds() / 3600 / hours_per_day)
    if not isinstance(value, str):
        return _times(read_number(value, mark), unit, hours_per_day)
    text = value.strip()
    try:
        if not text.endswith("%"):
            return _times(read_number(text.removesuffix("?"), mark), unit, hours_per_day)
    except Unreadable as error:
        if error.args:
            raise
    iso = _ISO.fullmatch(text)
    if iso and any(iso.groups()):
        days, hours, minutes, seconds = (int(group or 0) for group in iso.groups())
        return Days(days + (hours + minutes / 60 + seconds / 3600) / hours_per_day)
    total, elapsed, position = 0.0, False, 0
    if not text or len(text) > 100:
        raise Unreadable
    while position < len(text):
        match = _PART.match(text, position)
        if not match or not match[3]:
            raise Unreadable
        part = _times(
            read_number(match[1], mark), ("e" if match[2] else "") + match[3], hours_per_day
        )
        total += part.days
        elapsed = elapsed or part.is_elapsed
        position = match.end()
    return Days(total, elapsed)


def _times(number: float, word: str, hours_per_day: float) -> Days:
    if word == "d":
        return Days(number)
    unit = read_unit(word, hours_per_day)
    if unit is None:
        raise Unreadable("its unit must be one of m h d w mo, or em eh ed ew emo (elapsed)")
    # A bare number of days must come back as it was written, to the last bit.
    return Days(number if unit.days == 1 else number * unit.days, unit.is_elapsed)


def read_rate(value: object, hours_per_day: float = 8.0, mark: str = "") -> float:
    """Return an amount per working day, from ``$50.00/hr``, ``400/day`` or 0.

    Raises
    ------
    Unreadable
        If it does not say per what.

    Examples
    --------
    >>> read_rate("$50.00/hr"), read_rate("2.000 €/Woche", mark=",")
    (400.0, 400.0)
    """
    text = str(value).strip()
    amount, slash, unit = text.rpartition("/")
    per = read_unit(unit.strip().rstrip("."), hours_per_day) if slash else None
    if per is None or per.is_elapsed:
        if not read_number(value, mark):
            return 0.0
        raise Unreadable
    return read_number(amount, mark) / per.days


def number_text(number: float) -> str:
    """Return the shortest decimal text that reads back as the same number, without exponent.

    Examples
    --------
    >>> number_text(2.0), number_text(1 / 3), number_text(1e-7)
    ('2', '0.3333333333333333', '0.0000001')
    """
    if float(number).is_integer() and abs(number) < 1e15:
        return str(int(number))
    return format(Decimal(repr(float(number))), "f")


def is_number_text(text: str) -> bool:
    """Whether a text is the way `cell_text` writes a number."""
    return re.fullmatch(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{0,14}[1-9])?", text) is not None
