"""Payback: how long until what was spent has come back."""

from __future__ import annotations

from collections.abc import Mapping

from pmkit.analysis.valuing.discounting import discount_factor

_SAME = 1e-9  # relative: what is left of sums and differences of amounts


def payback(flows: Mapping[int, float], base: int) -> float | None:
    """Return the years from the start of the base year until the money is back for good.

    Parameters
    ----------
    flows
        ``{year: amount}``, less than 0 for what is spent; even over each calendar year. A year
        before the base is spent when the base year starts.
    base
        The year from whose start years are counted.

    Returns
    -------
    float or None
        0 where nothing is ever out; ``None`` where it never comes back.

    Notes
    -----
    The textbook counts until the cumulative flow reaches what was invested (Brealey, Myers & Allen,
    *Principles of Corporate Finance*, chapter 5); where it falls below 0 again, it is not back
    yet. Payback says nothing of what comes after it: look at NPV too.

    Examples
    --------
    >>> payback({2025: -2000, 2026: 500, 2027: 500, 2028: 5000}, 2026)
    2.2
    >>> payback({2026: -100, 2027: 50}, 2026) is None
    True
    """
    total, since = 0.0, 0.0
    out = _SAME * max((abs(amount) for amount in flows.values()), default=0.0)
    for year in sorted(flows):
        before, total = total, total + flows[year]
        if before < -out <= total:
            since = year - base + before / (before - total)
    if total < -out:
        return None
    return max(float(since), 0.0)


def discounted_payback(
    flows: Mapping[int, float], rate: float, base: int, timing: str = "middle"
) -> float | None:
    """Return the same for present values: until the money is back with what it could have earned.

    Parameters
    ----------
    flows, base
        As for `payback`.
    rate, timing
        As for `discount_factor`.

    Raises
    ------
    PlanError
        For a rate of -1 or less, or an unknown timing.

    Examples
    --------
    >>> flows = {2025: -1000, 2026: 600, 2027: 600}
    >>> round(discounted_payback(flows, 0.1, 2026, timing="end"), 3)
    1.917
    """
    now = {y: amount * discount_factor(y, rate, base, timing) for y, amount in flows.items()}
    return payback(now, base)
