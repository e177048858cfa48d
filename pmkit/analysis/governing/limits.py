"""Whether an amount is beyond a limit: the limit itself is within, one tick or one cent is not."""

from __future__ import annotations

from pmkit.model.worktime import TICKS_PER_HOUR

_SUMS = 1e-12  # relative; what adding up many amounts leaves, far below a cent


def exceeds_days(days: float, limit: float, hours_per_day: float = 8.0) -> bool:
    """Whether working days are beyond a limit, counted in whole ticks.

    Examples
    --------
    >>> exceeds_days(5, 5), exceeds_days(5 + 1 / (8 * 3_600_000_000), 5)
    (False, True)
    >>> exceeds_days(0.1 + 0.2, 0.3)
    False
    """
    ticks = hours_per_day * TICKS_PER_HOUR
    return round(days * ticks) > round(limit * ticks)


def exceeds_money(amount: float, limit: float) -> bool:
    """Whether money is beyond a limit.

    Examples
    --------
    >>> exceeds_money(20_000, 20_000), exceeds_money(20_000.01, 20_000)
    (False, True)
    >>> exceeds_money(0.1 + 0.2, 0.3)
    False
    """
    return amount > limit + _SUMS * max(1.0, abs(limit))
