"""Amounts by year: the columns ``cost``, ``cost_2026``, ``benefit``, ``benefit_2027`` ..."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from pmkit.model.activity import is_finite


@lru_cache(maxsize=4096)  # thousands of projects share a handful of columns
def of_year(key: str) -> tuple[str, int | None]:
    """Return the word of a column and its year; ``None`` where it has none.

    Examples
    --------
    >>> of_year("cost_2026"), of_year("benefit")
    (('cost', 2026), ('benefit', None))
    """
    word, _, year = key.rpartition("_")
    return (word, int(year)) if word and year.isdigit() else (key, None)


def yearly(money: Mapping[str, float], word: str) -> dict[int | None, float]:
    """Return the amounts of a word by year; those without a year under ``None``.

    A column without a year is left out where there are years: it is their sum.

    Examples
    --------
    >>> yearly({"cost": 5, "cost_2026": 2, "cost_2027": 3, "benefit": 9}, "cost")
    {2026: 2.0, 2027: 3.0}
    >>> yearly({"benefit": 9}, "benefit")
    {None: 9.0}
    """
    found: dict[int | None, float] = {}
    for key in sorted(money):
        told, year = of_year(key)
        if told == word:
            found[year] = float(money[key])
    if len(found) > 1:
        found.pop(None, None)
    return found


def broken_money(
    money: Mapping[str, float], *words: str, may_be_negative: bool = False
) -> Iterable[str]:
    """Tell what is wrong with amounts by year, a sentence each without its subject."""
    for key, amount in money.items():
        if of_year(key)[0] not in words:
            names = " or ".join(f"{word}, {word}_2027" for word in words)
            yield f"money must be {names} ..., got {key!r}"
        elif not is_finite(amount) or (amount < 0 and not may_be_negative):
            rule = "" if may_be_negative else " >= 0"
            yield f"{key} must be a finite amount{rule}, got {amount!r}"
    for word in words:
        keys = [key for key in money if key != word and of_year(key)[0] == word]
        dated = [float(money[key]) for key in keys if is_finite(money[key])]
        whole = money.get(word)
        if dated and whole is not None and is_finite(whole) and (
            abs(whole - sum(dated)) > _SAME * max(1.0, abs(whole))
        ):  # fmt: skip
            yield f"{word} must be the sum of its years, {sum(dated):,.12g}, got {whole!r}"


_SAME = 1e-6
