"""Tables that lessons and examples read; they can be edited without touching code.

``sample_program.xlsx`` is an invented program of three projects in pmkit's workbook format, made by
``tools/make_sample.py``: a city puts electric buses on two lines.
"""

from __future__ import annotations

from pathlib import Path

from pmkit.model.program import Plan


def sample_path() -> Path:
    """Return where the sample workbook is.

    Examples
    --------
    >>> sample_path().name
    'sample_program.xlsx'
    """
    return Path(__file__).with_name("sample_program.xlsx")


def sample() -> Plan:
    """Read the sample program: three projects that deliver one city's electric buses.

    Durations are working days, money is in euros, the start is 12 January 2026.

    Examples
    --------
    >>> sample()
    Program 'Lindhaven electric buses': 3 projects, 57 activities, 8 interdependencies
    """
    from pmkit.files import read  # openpyxl is needed only now

    return read(sample_path())
