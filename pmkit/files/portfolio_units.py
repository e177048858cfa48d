"""What a heading of somebody's portfolio says beside its words: money in millions, days, epochs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_CURRENCIES = "usd|eur|gbp|chf|cad|aud|nzd|jpy|inr|sek|nok|dkk|pln|zar"
_SIGNS = {"$": "USD", "us$": "USD", "£": "GBP", "€": "EUR"}
_SCALES = {"000": 1e3, "k": 1e3, "tsd": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6,
           "mln": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}  # fmt: skip
_SCALE = r"(?:000|thousands?|tsd|k|millions?|mio|mln|mn|m|billions?|bn)"
_MONEY = rf"(?:{_CURRENCIES}|us\$|[$£€])"
_TOGETHER = re.compile(
    rf"(?<![a-z0-9])(?:in\s+)?(?:({_SCALE})[\s_]*({_MONEY})|({_MONEY})[\s_']*({_SCALE})?'?s?)"
    r"(?![a-z0-9])"
)
_WORD = re.compile(
    r"(?<![a-z0-9])(?:in\s+)?(thousands?|tsd|millions?|mio|mln|billions?|bn)(?![a-z])"
)
_IN_BRACKETS = re.compile(rf"[(\[]\s*(?:in\s+)?({_SCALE})\s*[)\]]")
_EPOCH = re.compile(r"\bdays?[\s_]+(?:after|since|from)[\s_]+(\d{4})(?:-(\d{2})-(\d{2}))?")
_TIME = re.compile(r"[\s_]*[(\[]?\s*(?:in[\s_]+)?\b(days?|weeks?|months?|years?)\b\s*[)\]]?\s*$")
_DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}


@dataclass(frozen=True, slots=True)
class HeadingUnit:
    """What a column is counted in, as its heading says.

    Attributes
    ----------
    words
        The heading without the unit.
    factor
        What money is multiplied by; ``None`` where the heading names no unit.
    currency
        Its currency; empty where the heading names none.
    days
        Calendar days of one unit of time; ``None`` where none is named.
    epoch
        The day from which dates are counted in days.
    """

    words: str
    factor: float | None = None
    currency: str = ""
    days: float | None = None
    epoch: date | None = None


def heading_unit(heading: str) -> HeadingUnit:
    """Take the unit out of a heading.

    Examples
    --------
    >>> heading_unit("planned_cost_musd")
    HeadingUnit(words='planned_cost', factor=1000000.0, currency='USD', days=None, epoch=None)
    >>> heading_unit("Whole Life Costs (£m) (in total)").currency, heading_unit("Delay_days").days
    ('GBP', 1.0)
    >>> heading_unit("start_days_after_2000").epoch
    datetime.date(2000, 1, 1)
    """
    text = heading.strip()
    low = text.lower().replace("_", " ")  # as long as the text, so that places agree
    if match := _EPOCH.search(low):
        year, month, day = match.groups()
        epoch = date(int(year), int(month or 1), int(day or 1))
        return HeadingUnit(_without(text, match), epoch=epoch)
    factor, currency = money_unit(low)
    if factor is not None:
        for pattern in (_TOGETHER, _WORD, _IN_BRACKETS):
            if match := pattern.search(low):
                text, low = _without(text, match), _without(low, match)
        text = re.sub(r"[\s_]+(?:of|in)$", "", text)
        return HeadingUnit(text or heading, factor, currency)
    if (match := _TIME.search(low)) and match.start():
        return HeadingUnit(_without(text, match), days=_DAYS[match[1].rstrip("s")])
    return HeadingUnit(text)


def _without(text: str, match: re.Match[str]) -> str:
    rest = text[: match.start()] + " " + text[match.end() :]
    return re.sub(r"[(\[]\s*[)\]]", " ", rest).strip(" _-,:")


def money_unit(text: str) -> tuple[float | None, str]:
    """Return what a text says that money is counted in: a factor and a currency.

    Examples
    --------
    >>> money_unit("million USD"), money_unit("£k"), money_unit("EUR"), money_unit("cost")
    ((1000000.0, 'USD'), (1000.0, 'GBP'), (1.0, 'EUR'), (None, ''))
    """
    low = text.lower().replace("_", " ")
    factor, currency = None, ""
    if match := _TOGETHER.search(low):
        sign = match[2] or match[3]
        currency = _SIGNS.get(sign, sign.upper())
        factor = _scale(match[1] or match[4] or "")
    if factor in (None, 1.0):
        match = _WORD.search(low) or _IN_BRACKETS.search(low)
        factor = _scale(match[1]) if match else factor
    return factor, currency


def _scale(word: str) -> float:
    return _SCALES[word if word in _SCALES else word.removesuffix("s")] if word else 1.0


def days_of(word: str) -> float | None:
    """Return the calendar days of a unit of time in a cell: ``days``, ``wks``, ``mo``.

    Examples
    --------
    >>> days_of("days"), days_of("wk"), days_of("hours")
    (1.0, 7.0, 0.041666666666666664)
    """
    low = word.lower().strip(". ")
    for unit, days in (("day", 1.0), ("d", 1.0), ("week", 7.0), ("wk", 7.0), ("w", 7.0),
                       ("month", 365.25 / 12), ("mth", 365.25 / 12), ("mo", 365.25 / 12),
                       ("year", 365.25), ("yr", 365.25), ("hour", 1 / 24), ("hr", 1 / 24),
                       ("h", 1 / 24)):  # fmt: skip
        if low in (unit, unit + "s", "e" + unit, "e" + unit + "s"):
            return days
    return None
