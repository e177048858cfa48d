"""A program on one page to send: one file that needs nothing else, and prints on one A4."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from os import PathLike
from pathlib import Path

from pmkit.files.writer import replacing
from pmkit.model.activity import Moment
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Program


def program_report(
    program: Program, path: str | PathLike[str], *, previous: Program | None = None,
    at: Moment | str | None = None, reported: Mapping[str, str] | None = None,
    confidence: float = 0.8, days: int = 60, trials: int = 2_000, seed: int = 0,
    within: float | None = None, across: float | None = None, made_on: date | None = None,
) -> None:  # fmt: skip
    """Write how a program stands as one page of html, which prints on one A4.

    In this order: the decisions that are needed, the colour of every project, what is delivered
    between projects soon, money, benefits, exceptions, and what has changed since the last report.

    Parameters
    ----------
    program
        The program.
    path
        ``program.html``. What is there already is replaced in one step.
    previous
        The program as it was last reported, to say what has moved.
    at, reported
        As for `program_status`.
    confidence
        As for `escalate`.
    days
        How many calendar days ahead interfaces and gates are looked for; working days in a plan
        without dates.
    trials, seed, within, across
        Of the simulations, as for `simulate_program`.
    made_on
        The date to print. Without it the same program gives the same bytes on any day.

    Raises
    ------
    PlanError
        If the ending is another one, or the file cannot be written; as `program_status`.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import ProjectInfo
    >>> depot = Project((Activity("Build", 3),), members=(ProjectInfo("Depot"),))
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "program.html")
    ...     program_report(Program((depot,)), path, trials=10)
    ...     "Decisions needed" in path.read_text(encoding="utf-8")
    True
    """
    target = Path(path)
    content = program_report_bytes(
        program, target.name, previous=previous, at=at, reported=reported, confidence=confidence,
        days=days, trials=trials, seed=seed, within=within, across=across, made_on=made_on,
    )  # fmt: skip
    if target.is_dir():
        raise PlanError(Problem("a folder of that name exists already", target.name))
    try:
        with replacing(target) as temporary:
            temporary.write_bytes(content)
    except OSError as error:
        raise PlanError(Problem(f"it cannot be written: {error.strerror}", target.name)) from error


def program_report_bytes(
    program: Program, name: str = "program.html", *, previous: Program | None = None,
    at: Moment | str | None = None, reported: Mapping[str, str] | None = None,
    confidence: float = 0.8, days: int = 60, trials: int = 2_000, seed: int = 0,
    within: float | None = None, across: float | None = None, made_on: date | None = None,
) -> bytes:  # fmt: skip
    """Return the page that `program_report` writes, for a download.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.settings import ProjectInfo
    >>> depot = Project((Activity("Build", 3),), members=(ProjectInfo("Depot"),))
    >>> program_report_bytes(Program((depot,)), trials=10)[:15]
    b'<!doctype html>'
    """
    suffix = Path(name).suffix.lower()
    if suffix != ".html":
        raise PlanError(
            Problem(f"a program report must be written as .html, got {suffix or 'no ending'}", name)
        )
    from pmkit.files.program_report_facts import report_facts
    from pmkit.files.program_report_html import page

    facts = report_facts(
        program, previous=previous, at=at, reported=reported, confidence=confidence, days=days,
        trials=trials, seed=seed, within=within, across=across,
    )  # fmt: skip
    return page(facts, made_on).encode("utf-8", "replace")
