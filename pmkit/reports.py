"""A report to send: pictures from the views and words from the files, joined in one place.

Views and files do not know each other, so the one verb that needs both stands above them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any

from pmkit.analysis.compare import PLAN, Comparison
from pmkit.files.report import ReportChart, comparison_bytes, write_comparison

_WIDE, _BESIDE_NAMES = 880, 720
"""Widths of plots on the page, in pixels: alone, and beside the names of activities."""


def report(
    comparison: Comparison, path: str | PathLike[str], *, made_on: date | None = None
) -> None:
    """Write a comparison as one file to send.

    Parameters
    ----------
    comparison
        What `compare` returned.
    path
        ``report.html`` for one self-contained page with its charts, which prints on A4;
        ``report.xlsx`` for a workbook.
    made_on
        The date to print. Without it the same comparison gives the same bytes on any day.

    Raises
    ------
    PlanError
        If the ending is another one, or the file cannot be written.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from pmkit.analysis.compare import compare
    >>> from pmkit.model.project import Project
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "report.xlsx")
    ...     report(compare(Project.from_table([("A", 3, "")]), trials=0), path)
    ...     path.stat().st_size > 5_000
    True
    """
    write_comparison(comparison, path, _charts_for(comparison, path), made_on=made_on)


def report_bytes(comparison: Comparison, name: str, *, made_on: date | None = None) -> bytes:
    """Return the file that `report` writes, for a download; `name` says which kind by its ending.

    Examples
    --------
    >>> from pmkit.analysis.compare import compare
    >>> from pmkit.model.project import Project
    >>> report_bytes(compare(Project.from_table([("A", 3, "")]), trials=0), "report.xlsx")[:2]
    b'PK'
    """
    return comparison_bytes(comparison, name, _charts_for(comparison, name), made_on=made_on)


def _charts_for(comparison: Comparison, path: str | PathLike[str]) -> tuple[ReportChart, ...]:
    return tuple(_charts(comparison)) if Path(path).suffix.lower() == ".html" else ()


def _charts(comparison: Comparison) -> Iterator[ReportChart]:
    from pmkit.views.distribution import cost_chart, finish_chart  # Altair is needed only now
    from pmkit.views.gantt import gantt_chart

    simulations = comparison.simulations
    plan = comparison.schedules[PLAN]
    for view, figure in ((finish_chart, "finish"), (cost_chart, "cost")):
        if any(getattr(one, figure).std() > 0 for one in simulations.values()):
            first, *others = simulations.items()
            yield _drawn(
                view,
                f"How likely each {figure} is: the plan and its scenarios.",
                first[1],
                dict(others),
                width=_WIDE,
            )
    if not comparison.scenarios:
        yield _drawn(gantt_chart, "The schedule of the plan.", plan, width=_BESIDE_NAMES)
    for scenario in comparison.scenarios:
        schedule = comparison.schedules[scenario.name]
        behind = plan if plan.is_dated == schedule.is_dated else None
        yield _drawn(
            gantt_chart,
            "The schedule of the scenario, with the plan behind it.",
            schedule,
            behind,
            scenario=scenario.name,
            baseline_name="plan",
            width=_BESIDE_NAMES,
        )


def _drawn(
    view: Callable[..., Any], caption: str, *shown: Any, scenario: str = "", **options: Any
) -> ReportChart:
    from pmkit.views.show import svg
    from pmkit.views.theme import DARK, LIGHT

    light, dark = (svg(view(*shown, theme=theme, **options)) for theme in (LIGHT, DARK))
    return ReportChart(caption, light, dark, scenario)
