"""Why an indicator or a forecast has its value: the formula, with the numbers put in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from pmkit.analysis.earning.forecasts import COST, TIME, Method, method_of
from pmkit.analysis.explanation import Explanation
from pmkit.model.worktime import TICKS_PER_MINUTE

if TYPE_CHECKING:
    from pmkit.analysis.earning.earned_value import EarnedValue

SYMBOLS = {
    "pv": "PV", "ev": "EV", "ac": "AC", "bac": "BAC", "cv": "CV", "sv": "SV", "cpi": "CPI",
    "spi": "SPI", "sci": "SCI", "tcpi": "TCPI", "es": "ES", "es_periods": "ES", "es_days": "ES",
    "at_days": "AT", "at": "AT", "pd": "PD", "sv_t": "SV(t)", "spi_t": "SPI(t)",
    "sci_t": "SCI(t)", "tspi": "TSPI", "percent_planned": "PV %", "percent_earned": "EV %",
    "percent_spent": "AC %", "es_date": "ES",
}  # fmt: skip

_FORMULAS = {
    "cv": ("EV - AC", "what was earned less what was spent; negative is over budget"),
    "sv": ("EV - PV", "what was earned less what was planned; negative is late"),
    "cpi": ("EV / AC", "what each unit of money spent has earned; below 1 is over budget"),
    "spi": ("EV / PV", "what was earned of what was planned; it ends at 1 even when late"),
    "sci": ("SPI x CPI", "cost and schedule in one figure"),
    "tcpi": ("(BAC - EV) / (BAC - AC)", "the cost efficiency that the rest needs to end at BAC"),
    "sv_t": ("ES - AT", "earned schedule less actual time; negative is late"),
    "spi_t": ("ES / AT", "time earned for each unit of time spent; stays below 1 when late"),
    "sci_t": ("SPI(t) x CPI", "cost and time in one figure"),
    "tspi": ("(PD - ES) / (PD - AT)", "the pace that the rest needs to end as planned"),
    "percent_planned": ("100 x PV / BAC", "what should have been done"),
    "percent_earned": ("100 x EV / BAC", "what has been done"),
    "percent_spent": ("100 x AC / BAC", "what has been spent"),
}
_TIMES = {"es", "es_days", "es_periods", "at_days", "at", "pd", "sv_t"}
_MONEY = {"pv", "ev", "ac", "bac", "cv", "sv"}


def explain_earned(status: EarnedValue, name: str, row: int) -> Explanation:
    """Explain a column of the table, or ``"eac cpi"``, ``"etc cpi"``, ``"eac_t es_spi_t"``.

    Parameters
    ----------
    status
        The figures.
    name
        What to explain.
    row
        Position of the status date.
    """
    what, _, method = str(name).strip().partition(" ")
    if what in ("eac", "etc", "vac") and method:
        return _cost_forecast(status, what, method_of(method.strip(), COST), row)
    if what == "eac_t" and method:
        return _time_forecast(status, method_of(method.strip(), TIME), row)
    if not method and what.startswith("eac_t_") and what[6:] in TIME:
        return _time_forecast(status, TIME[what[6:]], row)
    if not method and what.startswith("eac_") and what[4:] in COST:
        return _cost_forecast(status, "eac", COST[what[4:]], row)
    if method or what not in SYMBOLS or what in ("at", "pd"):
        names = ", ".join(n for n in SYMBOLS if n not in ("at", "pd"))
        raise ValueError(
            f"explain: name must be one of {names}, or 'eac cpi', 'etc cpi', 'vac cpi', "
            f"'eac_t es_spi_t' (any method), got {name!r}"
        )
    if what in _FORMULAS:
        return _formula(status, what, row)
    return _SOURCES[what](status, what, row)


def _value(status: EarnedValue, name: str, row: int) -> float:
    if name == "pd":
        measured = status._measured
        days = status._columns["es"] is status._columns["es_days"]
        if days or not len(measured.series):
            return measured.planned_days
        return measured.planned_periods
    if name == "at":
        days = status._columns["es"] is status._columns["es_days"]
        return float(status._columns["at_days" if days else "at_periods"][row])
    return float(status._columns[name][row])


def shown(name: str, value: float) -> str:
    """Return a figure as people read it; missing where it does not exist."""
    if not np.isfinite(value):
        return "missing"
    if name in _MONEY:
        return f"{value:,.{0 if abs(value) >= 1e5 else 2}f}".removesuffix(".00")
    return f"{value:,.6g}" if name in _TIMES else f"{value:.4g}"


def _put_in(formula: str, values: dict[str, str]) -> str:
    """Replace the symbols of a formula by numbers, the longest symbols first."""
    for number, symbol in enumerate(sorted(values, key=len, reverse=True)):
        formula = formula.replace(symbol, f"\x00{number}\x00")
    for number, symbol in enumerate(sorted(values, key=len, reverse=True)):
        value = values[symbol]
        formula = formula.replace(f"\x00{number}\x00", f"({value})" if value[0] == "-" else value)
    return formula


def _formula(status: EarnedValue, name: str, row: int) -> Explanation:
    formula, meaning = _FORMULAS[name]
    used = ("pv", "ev", "ac", "bac", "spi", "cpi", "spi_t", "es", "at", "pd")
    values = {SYMBOLS[n]: shown(n, _value(status, n, row)) for n in used}
    value, symbol = _value(status, name, row), SYMBOLS[name]
    lines = [meaning, f"{symbol} = {formula}"]
    result = shown(name, value)
    lines.append(f"{symbol} = {_put_in(formula, values)} = {result}")
    if not np.isfinite(value):
        lines[-1] = f"{symbol} = {_put_in(formula, values)} does not exist"
    if any(part in formula for part in ("ES", "AT", "PD")):
        lines.append(f"ES, AT and PD in {_unit(status)}")
    return Explanation(f"{symbol} = {result}", tuple(lines))


def _unit(status: EarnedValue) -> str:
    if status._columns["es"] is status._columns["es_days"]:
        return "working days"
    return "periods of the status series"


def _cost_forecast(status: EarnedValue, what: str, method: Method, row: int) -> Explanation:
    columns = status._columns
    used = ("ac", "bac", "ev", "cpi", "spi", "spi_t", "sci", "sci_t")
    values = {SYMBOLS[n]: shown(n, float(columns[n][row])) for n in used}
    at = status.table.index[row] if row != len(columns["ev"]) - 1 else None
    eac = status.eac(method.name, at=at)
    amount, put = shown("bac", eac), _put_in(method.formula, values)
    lines = [method.assumption, f"EAC = {method.formula}"]
    lines.append(f"EAC = {put} = {amount}" if np.isfinite(eac) else f"EAC = {put} does not exist")
    title = f"EAC ({method.name}) = {amount}"
    if what == "etc":
        etc = shown("bac", eac - float(columns["ac"][row]))
        lines.append(f"ETC = EAC - AC = {amount} - {values['AC']} = {etc}")
        title = f"ETC ({method.name}) = {etc}"
    if what == "vac":
        vac = shown("bac", status.bac - eac)
        lines.append(f"VAC = BAC - EAC = {values['BAC']} - {amount} = {vac}")
        title = f"VAC ({method.name}) = {vac}"
    return Explanation(title, tuple(lines))


def _time_forecast(status: EarnedValue, method: Method, row: int) -> Explanation:
    columns, measured = status._columns, status._measured
    used = ("bac", "sv", "spi", "sci", "spi_t", "sci_t")
    values = {SYMBOLS[n]: shown(n, float(columns[n][row])) for n in used}
    values["ES"] = shown("es", float(columns["time_es"][row]))
    values["AT"] = shown("at", float(columns["at"][row]))
    values["PD"] = shown("pd", measured.planned_time)
    value = float(status._time_forecast(method.name)[row])
    amount, put = shown("es", value), _put_in(method.formula, values)
    lines = [method.assumption, f"EAC(t) = {method.formula}"]
    if np.isfinite(value):
        lines.append(f"EAC(t) = {put} = {amount} {status.unit} from the start")
    else:
        lines.append(f"EAC(t) = {put} does not exist")
    when = status.date_of(value)
    if when is not None and np.isfinite(value):
        lines.append(f"that is {when:%Y-%m-%d %H:%M}")
    return Explanation(f"EAC(t) ({method.name}) = {amount} {status.unit}", tuple(lines))


def _titled(status: EarnedValue, name: str, row: int, *lines: str) -> Explanation:
    result = shown(name, _value(status, name, row))
    return Explanation(f"{SYMBOLS[name]} = {result}", tuple(lines))


def _planned(status: EarnedValue, name: str, row: int) -> Explanation:
    measured = status._measured
    value = shown("pv", _value(status, "pv", row))
    if not measured.budget.has_baseline:
        return _titled(status, name, row, "from the status series, linear in working time between "
                       "its dates, 0 at the start")  # fmt: skip
    each = measured.progress.planned(measured.dates.walls[row : row + 1])[0]
    budget = measured.budget.budget
    done = (each >= budget * (1 - 1e-9)) & (budget > 0)
    part = (each > 0) & ~done
    return _titled(
        status,
        name,
        row,
        "from the baseline: a fixed cost is due just after its activity starts, the rest evenly "
        "over working time",
        f"planned to be finished: {int(done.sum())} activities, {shown('pv', each[done].sum())}",
        f"planned to be under way: {int(part.sum())} activities, {shown('pv', each[part].sum())} "
        f"of {shown('pv', budget[part].sum())}",
        f"PV = {shown('pv', each[done].sum())} + {shown('pv', each[part].sum())} = {value}",
    )


def _reported(status: EarnedValue, name: str, row: int) -> Explanation:
    measured = status._measured
    walls = measured.dates.walls[row : row + 1]
    each = measured.progress.at(walls)[0 if name == "ev" else 1][0]
    if not np.isfinite(_value(status, name, row)):
        return _titled(status, name, row, "not reported by activities, nor by a status series")
    if not np.isclose(np.nansum(each), _value(status, name, row), rtol=1e-9, atol=0):
        return _titled(status, name, row, "from the status series, linear in working time between "
                       "its dates, 0 at the start")  # fmt: skip
    some = int(np.count_nonzero(np.nan_to_num(each)))
    what = "earned value method x budget" if name == "ev" else "actual cost"
    past = "" if walls[0] >= measured.dates.status else ", rebuilt for this date from actual dates"
    return _titled(status, name, row, f"sum of {what} over {some} activities{past}")


def _budgeted(status: EarnedValue, name: str, row: int) -> Explanation:
    measured = status._measured
    if not measured.budget.total > 0:
        return _titled(status, name, row, "the last planned value of the status series")
    count = int(np.count_nonzero(measured.budget.budget))
    lines = [f"sum of the budgets of {count} activities: baseline_cost, else direct cost"]
    if behind := float(measured.budget.contingency.sum()):
        work = measured.budget.total - behind
        lines.append(
            f"BAC = {shown('bac', work)} for the work + {shown('bac', behind)} contingency, "
            "spread in proportion to the budgets"
        )
    if reserve := status.plan.network.settings.management_reserve:
        lines.append(f"without the management reserve of {shown('bac', reserve)}")
    return _titled(status, name, row, *lines)


def _scheduled(status: EarnedValue, name: str, row: int) -> Explanation:
    measured = status._measured
    columns, planned = status._columns, measured.planned
    name = "es" if name == "es_date" else name
    ev = float(columns["ev"][row])
    result = shown("es", _value(status, name, row))
    periods = name == "es_periods" or (name == "es" and columns["es"] is columns["es_periods"])
    unit = "periods" if periods else "working days"
    title = f"ES = {result} {unit}"
    if not np.isfinite(ev):
        return Explanation(title, ("there is no earned value",))
    first, last = planned.reaches(np.array([ev]))
    wall = int(np.clip(measured.dates.walls[row], first[0], min(last[0], planned.finish)))
    lines = ["when what is earned should have been earned: the moment at which PV reaches EV"]
    clock = measured.time.project_clock
    begin, end = clock.elapsed(int(first[0])), clock.elapsed(int(min(last[0], planned.finish)))
    if end - begin > TICKS_PER_MINUTE:
        lines.append("PV stays at EV for a while: the actual time counts, kept within that plateau")
    level = float(planned.at(np.array([wall]))[0])
    moment = status.date_of(float(columns["es_days"][row]))
    when = f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else f"{result} {unit}"
    lines.append(f"PV({when}) = {shown('pv', level)}, "
                 f"EV = {shown('ev', ev)}")  # fmt: skip
    if level < ev * (1 - 1e-6) and wall < planned.finish:
        lines.append("a cost falls due right then that takes PV past EV")
    if wall >= planned.finish:
        lines.append("that is the planned finish, which earned schedule never exceeds")
    return Explanation(title, tuple(lines))


def _timed(status: EarnedValue, name: str, row: int) -> Explanation:
    label = status._measured.dates.labels[row]
    when = f"{label:%Y-%m-%d}" if isinstance(label, datetime) else f"day {label:g}"
    return _titled(status, name, row, f"working days from the planned start to {when}")


_SOURCES: dict[str, Callable[[EarnedValue, str, int], Explanation]] = {
    "pv": _planned,
    "ev": _reported,
    "ac": _reported,
    "bac": _budgeted,
    "es": _scheduled,
    "es_periods": _scheduled,
    "es_days": _scheduled,
    "es_date": _scheduled,
    "at_days": _timed,
}
