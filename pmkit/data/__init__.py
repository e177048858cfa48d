"""Tables that lessons and examples read; they can be edited without touching code.

``sample_program.xlsx`` is an invented program of three projects in pmkit's workbook format, made by
``tools/make_sample.py``: a city puts electric buses on two lines. ``sample_class.zip`` is the
folder of an invented class of 30, made by ``tools/make_class.py``.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from pmkit.model.program import Plan, Program

_NOTHING: dict[str, Any] = dict.fromkeys(
    (
        "baseline_start", "baseline_finish", "baseline_cost", "percent_complete",
        "remaining_duration", "actual_start", "actual_finish", "actual_cost",
    )
)  # fmt: skip


def sample_path() -> Path:
    """Return where the sample workbook is.

    Examples
    --------
    >>> sample_path().name
    'sample_program.xlsx'
    """
    return Path(__file__).with_name("sample_program.xlsx")


@cache
def sample_class() -> Path:
    """Return the folder of an invented class of 30 that has handed in exercise 4 and is marked.

    It is unpacked into a temporary folder, which goes when Python ends.

    Examples
    --------
    >>> sorted(path.name for path in sample_class().iterdir())
    ['answers', 'class.key', 'manual', 'marks', 'roster.csv', 'source', 'submitted']
    """
    from atexit import register
    from shutil import rmtree
    from tempfile import mkdtemp
    from zipfile import ZipFile

    folder = Path(mkdtemp(prefix="pmkit-class-"))
    register(rmtree, folder, ignore_errors=True)
    with ZipFile(Path(__file__).with_name("sample_class.zip")) as packed:
        packed.extractall(folder)
    return folder


def sample(*, progress: bool = True) -> Plan:
    """Read the sample program: three projects that deliver one city's electric buses.

    Durations are working days, money is in euros, the start is 12 January 2026. It stands at its
    status date, 30 April 2026, with the baseline that was approved and what has happened since.
    Eight more projects are candidates for money, without activities yet.

    Parameters
    ----------
    progress
        Whether with progress. Without, it is the plan before it was approved: no baseline, no
        status date, nothing has begun.

    Examples
    --------
    >>> program = sample()
    >>> len(program.projects), len(program.candidates), len(program.activities)
    (3, 8, 60)
    >>> sample(progress=False).settings.status_date is None
    True
    """
    from pmkit.files import read  # openpyxl is needed only now

    plan = read(sample_path())
    return plan if progress else _not_begun(plan)


def _not_begun(plan: Any) -> Any:
    """Return a plan with neither baseline nor progress."""
    settings = replace(plan.settings, status_date=None)
    if isinstance(plan, Program):
        projects = tuple(map(_not_begun, plan.projects))
        return replace(plan, projects=projects, settings=settings, status=())
    activities = tuple(replace(activity, **_NOTHING) for activity in plan.activities)
    return replace(plan, activities=activities, settings=settings, status=())
