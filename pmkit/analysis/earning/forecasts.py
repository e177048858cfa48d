"""Forecasts of cost and time at completion, each named by what it assumes of the rest.

Cost: ``EAC = AC + (BAC - EV) / PF`` (Christensen, 1993; PMI, 2011). Time: the planned value rate
(Anbari, 2003), earned duration (Jacob, 2003) and earned schedule (Lipke, 2003), in the notation of
Vandevoorde & Vanhoucke (2006), doi:10.1016/j.ijproman.2005.10.004.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from pmkit.analysis.earning.indicators import ratio


@dataclass(frozen=True, slots=True)
class Method:
    """One way to forecast.

    Attributes
    ----------
    name
        As `eac` and `eac_t` take it.
    kind
        ``"cost"`` or ``"time"``.
    factor
        Performance factor of the work that remains, as a formula.
    assumption
        What it says of the rest, a short sentence.
    formula
        The whole forecast.
    """

    name: str
    kind: str
    factor: str
    assumption: str
    formula: str


def _cost(name: str, factor: str, assumption: str) -> Method:
    return Method(name, "cost", factor, assumption, f"AC + (BAC - EV) / {factor}")


COST = {
    method.name: method
    for method in (
        Method("pf1", "cost", "1", "The rest costs what was budgeted.", "AC + (BAC - EV)"),
        _cost("cpi", "CPI", "The rest is as cost-efficient as the work so far."),
        _cost("spi", "SPI", "The rest costs more (or less) as the work so far is late."),
        _cost("spi_t", "SPI(t)", "As spi, with lateness measured in time."),
        _cost("sci", "SCI", "Cost and lateness so far both weigh on the rest."),
        _cost("sci_t", "SCI(t)", "As sci, with lateness measured in time."),
        _cost("cpi80_spi20", "(0.8 x CPI + 0.2 x SPI)", "Cost so far weighs 80 %, lateness 20 %."),
        _cost("cpi80_spi_t20", "(0.8 x CPI + 0.2 x SPI(t))",
              "As cpi80_spi20, with lateness measured in time."),
    )
}  # fmt: skip
TIME = {
    method.name: method
    for method in (
        Method("pv_pf1", "time", "1", "The rest takes as long as planned; lateness is SV in money.",
               "PD - SV x PD / BAC"),
        Method("pv_spi", "time", "SPI", "The rest is as late as the work so far, in money.",
               "PD / SPI"),
        Method("pv_sci", "time", "SCI", "Lateness and cost so far both slow the rest.",
               "PD / SCI"),
        Method("ed_pf1", "time", "1", "The rest takes as long as planned; earned so far: AT x SPI.",
               "max(PD, AT) + AT x (1 - SPI)"),
        Method("ed_spi", "time", "SPI", "The rest is as late as the work so far, in money.",
               "max(PD, AT) / SPI"),
        Method("ed_sci", "time", "SCI", "Lateness and cost so far both slow the rest.",
               "AT + (max(PD, AT) - AT x SPI) / SCI"),
        Method("es_pf1", "time", "1", "The rest takes as long as planned; lateness is measured "
               "in time.", "AT + (PD - ES)"),
        Method("es_spi_t", "time", "SPI(t)", "The rest is as late as the work so far, in time.",
               "AT + (PD - ES) / SPI(t)"),
        Method("es_sci_t", "time", "SCI(t)", "Lateness in time and cost so far both slow the "
               "rest.", "AT + (PD - ES) / SCI(t)"),
    )
}  # fmt: skip
_SAME_AS = {"pv_1": "pv_pf1", "ed_1": "ed_pf1", "es_1": "es_pf1", "1": "pf1"}


def method_of(name: str, methods: Mapping[str, Method]) -> Method:
    """Return a method by name.

    Raises
    ------
    ValueError
        For another name; it lists the methods.
    """
    found = methods.get(_SAME_AS.get(name, name)) if isinstance(name, str) else None
    if found is None:
        raise ValueError(f"method must be one of {', '.join(methods)}, got {name!r}")
    return found


def cost_forecast(name: str, table: Mapping[str, Any]) -> Any:
    """Return the estimate at completion of each row, money.

    Parameters
    ----------
    name
        One of `COST`.
    table
        Columns ``bac ev ac cpi spi spi_t sci sci_t``.
    """
    factor = performance_factor(name, table)
    return table["ac"] + ratio(table["bac"] - table["ev"], factor)


def performance_factor(name: str, table: Mapping[str, Any]) -> Any:
    """Return what the remaining budget is divided by."""
    if name == "pf1":
        return np.ones(len(table["ev"]))
    if name.startswith("cpi80"):
        return 0.8 * table["cpi"] + 0.2 * table["spi_t" if "spi_t" in name else "spi"]
    return table[name]


def time_forecast(name: str, table: Mapping[str, Any], planned_duration: float) -> Any:
    """Return the forecast duration of each row, in the unit of its actual time.

    Parameters
    ----------
    name
        One of `TIME`.
    table
        Columns ``bac sv spi sci spi_t sci_t``, and ``at`` and ``time_es`` in one unit.
    planned_duration
        In that unit.
    """
    return _TIME_FORMULAS[name](table, planned_duration, np.maximum(planned_duration, table["at"]))


_TIME_FORMULAS: dict[str, Callable[[Mapping[str, Any], float, Any], Any]] = {
    "pv_pf1": lambda t, pd, _: pd - t["sv"] * ratio(pd, t["bac"]),
    "pv_spi": lambda t, pd, _: ratio(pd, t["spi"]),
    "pv_sci": lambda t, pd, _: ratio(pd, t["sci"]),
    "ed_pf1": lambda t, pd, longest: longest + t["at"] * (1 - t["spi"]),
    "ed_spi": lambda t, pd, longest: ratio(longest, t["spi"]),
    "ed_sci": lambda t, pd, longest: t["at"] + ratio(longest - t["at"] * t["spi"], t["sci"]),
    "es_pf1": lambda t, pd, _: t["at"] + pd - t["time_es"],
    "es_spi_t": lambda t, pd, _: t["at"] + ratio(pd - t["time_es"], t["spi_t"]),
    "es_sci_t": lambda t, pd, _: t["at"] + ratio(pd - t["time_es"], t["sci_t"]),
}
