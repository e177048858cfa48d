"""A comparison as one file to send: a workbook, or a page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path

from pmkit.analysis.compare import Comparison
from pmkit.files.writer import replacing
from pmkit.model.errors import PlanError, Problem


@dataclass(frozen=True, slots=True)
class ReportChart:
    """A picture for a report, drawn already.

    Parameters
    ----------
    caption
        What it shows.
    light, dark
        Its svg on paper, and on a dark screen; one serves for both where there is no other.
    scenario
        The scenario it belongs to; empty for a picture of all.
    """

    caption: str
    light: str
    dark: str = ""
    scenario: str = ""


def write_comparison(
    comparison: Comparison,
    path: str | PathLike[str],
    charts: Iterable[ReportChart] = (),
    *,
    made_on: date | None = None,
) -> None:
    """Write a comparison to a workbook (``.xlsx``) or to one self-contained page (``.html``).

    Parameters
    ----------
    comparison
        What `compare` returned.
    path
        The ending says which. What is there already is replaced in one step.
    charts
        For a page; a workbook has a chart of its own.
    made_on
        The date to print. Without it the same comparison gives the same bytes on any day.

    Raises
    ------
    PlanError
        If the ending is another one, or the file cannot be written.
    """
    target = Path(path)
    content = comparison_bytes(comparison, target.name, charts, made_on=made_on)
    if target.is_dir():
        raise PlanError(Problem("a folder of that name exists already", target.name))
    try:
        with replacing(target) as temporary:
            temporary.write_bytes(content)
    except OSError as error:
        raise PlanError(Problem(f"it cannot be written: {error.strerror}", target.name)) from error


def comparison_bytes(
    comparison: Comparison,
    name: str,
    charts: Iterable[ReportChart] = (),
    *,
    made_on: date | None = None,
) -> bytes:
    """Return the file that `write_comparison` writes, for a download.

    Examples
    --------
    >>> from pmkit.analysis.compare import compare
    >>> from pmkit.model.project import Project
    >>> page = comparison_bytes(compare(Project.from_table([("A", 3, "")]), trials=0), "a.html")
    >>> page[:15]
    b'<!doctype html>'
    """
    suffix = Path(name).suffix.lower()
    if suffix == ".html":
        from pmkit.files.report_html import page

        return page(comparison, tuple(charts), made_on).encode("utf-8", "replace")
    if suffix == ".xlsx":
        from pmkit.files.report_xlsx import workbook  # openpyxl is needed only now

        return workbook(comparison, made_on)
    raise PlanError(
        Problem(f"a report must be written as .xlsx or .html, got {suffix or 'no ending'}", name)
    )
