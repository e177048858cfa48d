"""What a chart of a program's status says of all projects, and where each stands on its tracks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pmkit.analysis.governing.program_status import ProgramStatus, ProjectStatus, Standing
from pmkit.analysis.governing.rag import Rag
from pmkit.views.axes import date_ticks
from pmkit.views.measures import multiples, nice_step
from pmkit.views.theme import Theme, day_text, number_text, short_day_text, shortened, titled
from pmkit.views.time_axis import place, time_axis

ROW, MOST = 44, 30
"""Pixels of a row, and projects that are drawn at most."""

_BAR, _BAND = 0.14, 0.3  # of a row: half the height of the forecast, and of what was agreed
_ROOM = 70  # pixels right of the latest bar, for its figure
_TICK = 44  # pixels that the text of a date takes
_THIN = 3.0  # pixels that a forecast has at least
_MINUS = "\u2212"
_AMBER = {"light": "#c98a00", "dark": "#f0e442"}


@dataclass(frozen=True)
class StatusRows:
    """Rows with their places in pixels, and the ticks of both tracks."""

    points: tuple[dict[str, Any], ...]
    finish_ticks: list[dict[str, Any]]
    cost_ticks: list[dict[str, Any]]


def colours(theme: Theme) -> dict[Rag, str]:
    """Return the colour of each state in a theme."""
    return {Rag.GREEN: theme.scenario, Rag.AMBER: _AMBER[theme.name], Rag.RED: theme.critical,
            Rag.UNKNOWN: theme.muted}  # fmt: skip


def shown_rows(status: ProgramStatus) -> list[ProjectStatus]:
    """Return the projects that are drawn, in their order, and the program last."""
    projects = list(status.projects)
    if len(projects) > MOST:
        worst = sorted(projects, key=lambda row: -row.rag.rank)[:MOST]
        kept = {row.project for row in worst}
        projects = [row for row in projects if row.project in kept]
    return [*projects, status.whole]


def status_rows(
    status: ProgramStatus, finish: tuple[int, int], cost: tuple[int, int], theme: Theme
) -> StatusRows:
    """Return the rows of the chart.

    Parameters
    ----------
    status
        Of the program.
    finish, cost
        Where the two tracks begin and end, in pixels.
    theme
        Colours.
    """
    rows = shown_rows(status)
    schedule = status.schedule

    def at(days: float) -> float:
        return place(schedule.date_of(days).item()) if schedule.is_dated else days

    when, finish_ticks = _finish_scale(rows, at, finish, is_dated=schedule.is_dated)
    money, cost_ticks = _cost_scale(rows, cost)
    points = []
    for n, row in enumerate(rows):
        point = _row(n, row, theme) | {
            "low": n - 0.5, "high": n + 0.5, "above": n - _BAND, "below": n + _BAND,
            "bar_above": n - _BAR, "bar_below": n + _BAR,
        }  # fmt: skip
        point |= _placed("finish", row.time, lambda days: when(at(days)), theme)
        point["finish_end"] = _end(status, row.time.p80)
        point["finish_told"] = told(row.time, lambda days: _moment(status, days))
        target = row.cost.limit.target
        if target:
            point |= _placed("cost", row.cost, _share_of(target, money), theme)
            over = number_text(round(100 * (row.cost.p80 / target - 1), 1))
            sign = "" if over.startswith(_MINUS) or over == "0" else "+"
            point["cost_end"] = f"{sign}{over} %"
        point["cost_told"] = told(row.cost, lambda money: _amount(status, money))
        points.append(point)
    return StatusRows(tuple(points), finish_ticks, cost_ticks)


def _share_of(target: float, x: Callable[[float], float]) -> Callable[[float], float]:
    return lambda amount: x(100 * amount / target)


def _row(n: int, row: ProjectStatus, theme: Theme) -> dict[str, Any]:
    name = titled(row.project, row.name) if row.project else row.label.capitalize()
    if row.project and row.name.casefold().startswith(row.project.casefold()):
        name = row.name
    state = f"{row.rag}: time {row.time.rag}, cost {row.cost.rag}"
    if row.is_overstated:
        state = f"{row.rag}, reported {row.reported}"
    return {
        "row": n, "project": row.name or row.label, "name": shortened(name, 60), "state": state,
        "mark": str(row.rag), "rag": f"{row.rag}: time {row.time.rag}, cost {row.cost.rag}",
        "color": colours(theme)[row.rag], "reported": str(row.reported or "nothing"),
    }  # fmt: skip


def _placed(name: str, one: Standing, x: Callable[[float], float], theme: Theme) -> dict[str, Any]:
    """Where target, limit and forecast stand, in pixels; a certain forecast can still be seen."""
    found: dict[str, Any] = {f"{name}_color": colours(theme)[one.rag]}
    if one.limit.target is not None and one.limit.value is not None:
        found |= {f"{name}_target": x(one.limit.target), f"{name}_limit": x(one.limit.value)}
    left, right = x(one.p50), x(one.p80)
    spare = max(_THIN - (right - left), 0.0) / 2
    ends = {f"{name}_p50": left, f"{name}_from": left - spare, f"{name}_to": right + spare}
    beside = max(right + spare, found.get(f"{name}_limit", right))  # its figure hides nothing
    return found | ends | {f"{name}_beside": beside}


def _finish_scale(
    rows: list[ProjectStatus], at: Callable[[float], float], track: tuple[int, int],
    *, is_dated: bool,
) -> tuple[Callable[[float], float], list[dict[str, Any]]]:  # fmt: skip
    days = [d for row in rows for d in _amounts(row.time)]
    axis = time_axis([at(d) for d in days], is_dated, max(track[1] - track[0] - _ROOM, 60), 0.03)

    def x(value: float) -> float:
        return track[0] + axis.pixel(value)

    ticks = axis.ticks
    if is_dated:
        ticks = date_ticks(int(axis.low), int(axis.high), max(axis.width // _TICK, 2))
    return x, [
        {"x": x(value), "text": labels[0], "year": labels[1]}
        for value, labels in zip(ticks.values, ticks.labels, strict=True)
        if axis.holds(value)
    ]


def _cost_scale(
    rows: list[ProjectStatus], track: tuple[int, int]
) -> tuple[Callable[[float], float], list[dict[str, Any]]]:
    """Per cent of the budget, on a scale that all projects share."""
    shares = [
        100 * money / row.cost.limit.target
        for row in rows if row.cost.limit.target for money in _amounts(row.cost)
    ]  # fmt: skip
    if not shares:
        return (lambda _: float(track[0])), []
    low, high = min(*shares, 98.0), max(*shares, 102.0)
    room = max(track[1] - track[0] - 46, 40)

    def x(value: float) -> float:
        return track[0] + (value - low) / (high - low) * room

    step = nice_step(high - low, max(room // 44, 1), (1, 2, 5, 10, 20, 25, 50, 100, 200, 500))
    ticks = [{"x": x(v), "text": f"{number_text(v)} %", "year": ""}
             for v in multiples(low, high, step)]  # fmt: skip
    return x, ticks


def _amounts(one: Standing) -> list[float]:
    told = (one.limit.target, one.limit.value, one.p50, one.p80)
    return [amount for amount in told if amount is not None]


def _moment(status: ProgramStatus, days: float) -> str:
    if status.schedule.is_dated:
        return day_text(status.schedule.date_of(days).item())
    return f"day {number_text(round(days, 1))}"


def _amount(status: ProgramStatus, money: float) -> str:
    return f"{status.program.settings.currency} {money:,.0f}".strip()


def _end(status: ProgramStatus, days: float) -> str:
    if status.schedule.is_dated:
        return short_day_text(status.schedule.date_of(days).item())
    return f"day {number_text(round(days, 1))}"


def told(one: Standing, text: Callable[[float], str]) -> str:
    """Return forecast, target and limit in words."""
    said = f"P50 {text(one.p50)}, P80 {text(one.p80)}"
    if one.limit.target is None or one.limit.value is None:
        return f"{said}; nothing was agreed"
    return f"{said}; agreed {text(one.limit.target)}, limit {text(one.limit.value)}"


def title_of(status: ProgramStatus) -> str:
    """Return how many projects have which colour, the worst first."""
    found = [row.rag for row in status.projects]
    counts = [(found.count(c), c) for c in (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.UNKNOWN)]
    parts = [f"{count} {colour}" for count, colour in counts if count]
    count, first = next((n, c) for n, c in counts if n)
    verb = "is" if count == 1 else "are"
    head = f"{count} of {len(found)} projects {verb} {first}"
    if len(found) == 1:
        head = f"The one project is {first}"
    return f"{', '.join([head, *parts[1:]])}; the program is {status.whole.rag}"


def how_to_read(status: ProgramStatus, shown: int) -> list[str]:
    """Return how the rows are read, and what they hide."""
    how = ["Line: what was agreed, grey: its tolerance, bar: P50 to P80 of the forecast"]
    if len(status.projects) > shown - 1:
        how[0] += f". The worst {shown - 1} of {len(status.projects)}"
    if status.findings:
        said = shortened(status.findings[0], 110)
        how.append(said[:1].upper() + said[1:])
    return how
